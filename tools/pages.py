"""Run the code of the pages in docs/ and of the notebook, and write what it prints where it is printed.

A page with Python blocks is a program: its blocks run in order, in a folder of their own, and a block of text after one
is its output. Also writes docs/API.md from the docstrings and docs/GLOSSARY.md from the vocabularies. ``--check``
writes nothing and names what would change, exit status 1.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import inspect
import io
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import lingang

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTEBOOK = ROOT / "examples" / "three_questions.ipynb"

_BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.MULTILINE | re.DOTALL)

GLOSSARY = {
    "participation_role": "The role of someone or something in an event.",
    "event_status": "Whether the event took place.",
    "evidence_basis": "On what a value rests.",
    "year_basis": "Where the year of a day is from.",
    "position_kind": "What a title says of a person.",
    "campaign_relation": "What an item does with a campaign.",
    "link_relation": "What two events have to do with each other.",
    "quotation_form": "How speech is given.",
    "speaker_kind": "Who speaks.",
    "byline_role": "The part of those who made the item.",
}
"""The vocabularies that a reader of the tables meets first, each with what it is of."""


def runnable() -> list[Path]:
    """The pages whose code is run."""
    return [DOCS / "QUESTIONS.md", DOCS / "FAQ.md", *sorted((DOCS / "analyses").glob("*.md"))]


def rerun(text: str, name: str) -> str:
    """A page with the output that its code has now; what its code raises is raised, with the line of the page."""
    space: dict[str, object] = {"__name__": name}

    def run(match: re.Match[str]) -> str:
        first = text.count("\n", 0, match.start("code"))
        code = compile("\n" * first + match["code"], name, "exec")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, space)
        lines = "".join(f"{line.rstrip()}\n" for line in printed.getvalue().splitlines())
        shown = f"```python\n{match['code']}```\n"
        return f"{shown}\n```text\n{lines}```\n" if lines else shown

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return _BLOCK.sub(run, text)


def glossary() -> str:
    """docs/GLOSSARY.md: the words of the vocabularies, with labels and definitions."""
    words = lingang.load("words")
    parts = [
        "# Glossary\n\nMade from the vocabularies by `python tools/pages.py`; "
        'every word is in `lingang.load("words")`.\n'
    ]
    for vocabulary, what in GLOSSARY.items():
        rows = words[words["vocabulary"] == vocabulary].sort_values("position")
        lines = [
            f"| `{row['word']}` | {row['label_en']} | {row['label_zh']} | {row['definition']} |\n"
            for row in rows.astype("object").to_dict("records")
        ]
        heading = vocabulary.replace("_", " ").capitalize()
        table = "| word | English | Chinese | what it is |\n| --- | --- | --- | --- |\n"
        parts.append(f"## {heading}\n\n{what}\n\n{table}{''.join(lines)}")
    return "\n".join(parts)


def _described(docstring: str) -> str:
    """A docstring as Markdown: literals in single marks, an example as a block."""
    prose, mark, example = docstring.partition(">>> ")
    prose = prose.replace("``", "`").strip()
    return f"{prose}\n\n```pycon\n{mark}{example.strip()}\n```\n" if mark else f"{prose}\n"


def _signature(found: object) -> str:
    """The parameters of a function; annotations stand without the marks of a text."""
    return (
        re.sub(r"""(: |-> )(["'])(.*?)\2(?=[,)]| =|$)""", r"\1\3", str(inspect.signature(found)))
        if callable(found)
        else ""
    )


def api() -> str:
    """docs/API.md: every public function, with its signature and its docstring."""
    parts = [
        "# API\n\nMade from the docstrings by `python tools/pages.py`. The functions are those of the installed "
        "dataset; `lingang.open(PATH)` gives a `Dataset` with the same as its methods.\n"
    ]
    for name in sorted(lingang.__all__, key=lambda name: (name != "open", name.lower())):
        found = getattr(lingang, name)
        if name.startswith("__"):
            continue
        signature = _signature(found) if not inspect.isclass(found) else ""
        parts.append(
            f"## {name}\n\n```python\nlingang.{name}{signature}\n```\n\n{_described(inspect.getdoc(found) or '')}"
        )
    return "\n".join(parts)


def fresh_notebook(text: str) -> str:
    """The notebook as a run from its first cell leaves it, without what differs from run to run."""
    import matplotlib
    import nbformat
    import pandas as pd
    from nbclient import NotebookClient

    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}}).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "run_with": {"matplotlib": matplotlib.__version__, "pandas": pd.__version__},
    }
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number}", {}
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = _small(output.data["image/png"])
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _small(picture: str) -> str:
    """A figure with a palette, which is enough for it and a fifth of the size."""
    from PIL import Image

    drawn = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")
    out = io.BytesIO()
    drawn.quantize(24, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


def made() -> Iterator[tuple[Path, str]]:
    """Every file that is written here, with what belongs in it."""
    for path in runnable():
        yield path, rerun(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    yield DOCS / "API.md", api()
    yield DOCS / "GLOSSARY.md", glossary()


def main(arguments: list[str]) -> int:
    """Write the pages, and with ``--notebook`` the notebook; returns the exit status."""
    parser = argparse.ArgumentParser(prog="pages.py", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page would change")
    parser.add_argument("--notebook", action="store_true", help="the notebook, instead of the pages")
    options = parser.parse_args(arguments)
    files = [(NOTEBOOK, fresh_notebook(NOTEBOOK.read_text(encoding="utf-8")))] if options.notebook else list(made())
    stale = [(path, text) for path, text in files if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path, text in stale:
        sys.stdout.write(f"{path.relative_to(ROOT).as_posix()} {'differs' if options.check else 'written'}\n")
        if not options.check:
            path.write_text(text, encoding="utf-8")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
