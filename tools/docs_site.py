"""Hooks of mkdocs: the pages of the root beside those of docs/, links that lead where the pages stand on the site, and
the notebook as a page.

A link to a file that is no page of the site is left as its text, as is one of a page that GitHub alone renders; a link
that leads nowhere in the repository stays, for ``mkdocs build --strict`` to tell.
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = "examples/three_questions.ipynb"

PLACES = {
    "README.md": "index.md",
    "README.zh.md": "zh.md",
    "dataset/CASES.md": "CASES.md",
    NOTEBOOK: "NOTEBOOK.md",
    **{
        name: name
        for name in (
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "DATASHEET.md",
            "DATA_DICTIONARY.md",
            "ETHICS.md",
            "RIGHTS.md",
            "SECURITY.md",
        )
    },
}
"""Files outside docs/ that are pages of the site, and the names that they have there."""

_SOURCES = {place: source for source, place in PLACES.items()}
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pages of the root, and the notebook with its pictures, beside those of docs/."""
    for source, place in PLACES.items():
        if source != NOTEBOOK:
            files.append(File.generated(config, place, content=(ROOT / source).read_text(encoding="utf-8")))
    text, pictures = notebook_page(json.loads((ROOT / NOTEBOOK).read_text(encoding="utf-8")))
    files.append(File.generated(config, PLACES[NOTEBOOK], content=text))
    for name, data in pictures.items():
        files.append(File.generated(config, name, content=data))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its links and lists as the site needs them."""
    place = page.file.src_uri
    pages = {file.src_uri for file in files if file.inclusion.is_included()}  # type: ignore[no-untyped-call]
    parts = _FENCE.split(markdown)  # text and fenced blocks in turn
    parts[::2] = [indented(relinked(part, place, pages)) for part in parts[::2]]
    return "".join(parts)


def relinked(text: str, place: str, pages: set[str]) -> str:
    """Links of a page as they lead from its place on the site, whose files are ``pages``."""
    folder = posixpath.dirname(_SOURCES.get(place, f"docs/{place}"))

    def lead(match: re.Match[str]) -> str:
        mark, shown, target = match.groups()
        path, hash_, anchor = target.partition("#")
        if not path or re.match(r"[a-z]+:", path):
            return match[0]
        meant = posixpath.normpath(posixpath.join(folder, path))
        on_site = PLACES.get(meant, meant.removeprefix("docs/") if meant.startswith("docs/") else "")
        if on_site in pages:
            return f"{mark}[{shown}]({posixpath.relpath(on_site, posixpath.dirname(place) or '.')}{hash_}{anchor})"
        return shown if (ROOT / meant).exists() else match[0]

    return _LINK.sub(lead, text)


def indented(text: str) -> str:
    """What hangs on an item of a numbered list, by four spaces: three are enough elsewhere, not here."""
    return re.sub(r"^   (?=[ \S])", "    ", text, flags=re.MULTILINE)


def notebook_page(notebook: dict[str, Any]) -> tuple[str, dict[str, bytes]]:
    """The cells of a notebook as Markdown, and its pictures by name."""
    parts: list[str] = []
    pictures: dict[str, bytes] = {}
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/png" in data:
                name = f"notebook-{len(pictures) + 1}.png"
                pictures[name] = base64.b64decode("".join(data["image/png"]))
                parts.append(f"![{source.partition(chr(10))[0].removeprefix('# ')}]({name})")  # its first remark
            else:
                parts.append(f"```text\n{''.join(output.get('text', data.get('text/plain', '')))}\n```")
    return "\n\n".join(parts) + "\n", pictures
