"""Build what this repository carries: validate raw/ and dataset/, then write every generated file, in one step.

``src/lingang/data/``, ``schema/``, ``CITATION.cff``, ``.zenodo.json``, ``DATA_DICTIONARY.md`` and ``docs/RULES.md``
change together or not at all; before them the JSON of the lexicon, which is read at every start. ``--check`` writes
nothing and names what a build would change; ``--release`` makes a release in dist/.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lingang.cli.streams import open_streams, run
from lingang.lexicon.shipped import write_layers

if TYPE_CHECKING:
    from lingang.build.root import Published

ROOT = Path(__file__).resolve().parent
DATA, SCHEMA, RULES = "src/lingang/data", "schema", "docs/RULES.md"
KNOWN = {
    DATA: re.compile(
        r"[a-z_]+\.(jsonl|parquet)|schema/[a-z_]+\.schema\.json|(CODEBOOK|CASES)\.md|(about|lexicon)\.json|SHA256SUMS"
    ),
    SCHEMA: re.compile(r"(authored/)?[a-z_]+\.schema\.json"),
}
"""The files that may stand in the folders that are made anew: any other is somebody's own, and stops the build."""


def generated_files(root: Path, published: Published) -> dict[str, bytes]:
    """Every generated file of a repository by its path, made of checked tables and the facts beside them."""
    from lingang.about import About
    from lingang.build.root import guides
    from lingang.editor.files import schema_text
    from lingang.files.contents import contents, table_schemas
    from lingang.release.build import generated
    from lingang.release.citation import ZENODO, zenodo
    from lingang.rules.explain import markdown
    from lingang.tables import TABLES

    tables, facts = published.tables, published.facts
    assert tables is not None, "there was no error"
    made = contents(tables, guides(root), facts, root / DATA)
    schemas = {**table_schemas(facts.get("base"), tables.lexicon), **schema_text(facts.get("base"), tables.lexicon)}
    files = {f"{DATA}/{name}": data for name, data in made.items()}
    files |= {f"{SCHEMA}/{name}": data for name, data in schemas.items()}
    about = About.of(facts)
    files |= generated({table.name: tables.rows(table.name) for table in TABLES}, about, tables.lexicon)
    return files | {RULES: markdown().encode(), ZENODO: zenodo(about)}


def checked(root: Path, *, strict: bool) -> Published | None:
    """The tables of a root; ``None``, with the report printed, where there is an error."""
    from lingang.build.root import validated
    from lingang.printers import PRINTERS
    from lingang.rules.catalogue import catalogue

    published = validated(root, strict=strict)
    if len(published.report):
        sys.stdout.write(PRINTERS["text"](published.report, list(catalogue().values()), colour=False, maximum=None))
    if published.tables is None:
        sys.stdout.write("nothing was written: the last good output is as it was\n")
    return published if published.tables is not None else None


def build(root: Path, *, strict: bool = False) -> int:
    """Write the generated files of a repository; returns the exit status."""
    from lingang.files.owned import check_names
    from lingang.files.store import workplace, write_files, writing

    with workplace(root, "repository", root) as place:
        for folder, known in KNOWN.items():
            check_names(root / folder, known)
        published = checked(root, strict=strict)
        if published is None:
            return 1
        files = generated_files(root, published)
        with writing(root):
            write_files(files, place.new)
            for folder, known in KNOWN.items():
                check_names(root / folder, known)
            place.replace(
                [*KNOWN, *sorted(name for name in files if not name.startswith(tuple(f"{at}/" for at in KNOWN)))]
            )
    assert published.tables is not None
    from lingang.cli.commands import write_published

    write_published(published.tables, published.report)
    return 0


def check(root: Path, *, strict: bool = False) -> int:
    """Name the generated files that a build would change; returns the exit status."""
    published = checked(root, strict=strict)
    return 1 if published is None else _tell_stale(root, generated_files(root, published))


def _tell_stale(root: Path, files: dict[str, bytes]) -> int:
    there = {path.relative_to(root).as_posix() for folder in KNOWN for path in (root / folder).rglob("*")}
    there = {name for name in there if not (root / name).is_dir()}
    changed = {name for name, data in files.items() if not _holds(root / name, data)} | (there - files.keys())
    for name in sorted(changed):
        sys.stdout.write(f"{name} differs from a fresh build\n")
    if changed:
        sys.stdout.write("run python build.py and commit what it changes\n")
    return 1 if changed else 0


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def main(arguments: list[str]) -> int:
    """Run the build; returns the exit status: 0 done, 1 an error or a stale file, 2 it could not be run."""
    if "--release" in arguments:
        from lingang.cli import commands as cli

        return cli.main(["release", str(ROOT), *(argument for argument in arguments if argument != "--release")])
    open_streams()
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a build would change a file")
    parser.add_argument("--strict", action="store_true", help="warnings are errors")
    parser.add_argument("--release", action="store_true", help="make a release instead; lingang release -h")
    options = parser.parse_args(arguments)
    return run(lambda: check(ROOT, strict=options.strict) if options.check else _build_all(strict=options.strict))


def _build_all(*, strict: bool) -> int:
    write_layers()  # before anything reads them
    return build(ROOT, strict=strict)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
