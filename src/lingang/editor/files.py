"""The schemas of the authored files of a root, written for its editors."""

from __future__ import annotations

from pathlib import Path

from lingang.authored.nodes import plain
from lingang.authored.tree import ABOUT, LEXICON, parse
from lingang.editor.schema import FILES, authored_schema
from lingang.files.contents import json_text
from lingang.files.owned import check_listed
from lingang.files.store import workplace, write_files, writing
from lingang.files.sums import SUMS, sums
from lingang.lexicon import Lexicon
from lingang.lexicon.roots import lexicon_of
from lingang.problems import CannotRun

__all__ = ["schema_files", "schema_text", "write_schemas"]

_READ = (ABOUT, "dataset/sources.yaml", LEXICON)
"""What the words of a root, and the base of its identifiers, stand in."""


def schema_text(base: str | None = None, lexicon: Lexicon | None = None) -> dict[str, bytes]:
    """The schema of each kind of authored file, by file name below ``authored/``."""
    return {f"authored/{name}.schema.json": json_text(authored_schema(name, base, lexicon)) for name in FILES}


def schema_files(base: str | None = None, lexicon: Lexicon | None = None) -> dict[str, bytes]:
    """``schema_text`` with the sums by which a later run knows its own files."""
    made = schema_text(base, lexicon)
    return made | {SUMS: sums(made)}


def write_schemas(folder: Path, root: Path | None = None) -> tuple[list[str], str]:
    """Write the schemas of a root into a folder, of a root into its ``schema/``: their paths, and whose words.

    The root is ``root``, else the one that the folder is or lies in, else the current folder; where that is none, the
    words are those of the newest layer. Raises ``CannotRun``, and writes nothing, for a root whose words cannot be
    read, and where a file is in the way that an earlier run did not write.
    """
    root = _root_of(folder) if root is None else root
    if root is not None and not (root / "dataset").is_dir():
        raise CannotRun(f"{root} is no dataset root: it has no folder dataset/")
    out = folder / "schema" if (folder / "dataset").is_dir() else folder
    made = schema_files(*_facts(root))
    check_listed(out, made, "authored/")
    with workplace(out, "schema", out) as place, writing(out):
        write_files(made, place.new)
        place.replace(made)
    words = "the words that ship with lingang" if root is None else f"the words of {root}"
    return [(out / name).as_posix() for name in made], words


def _root_of(folder: Path) -> Path | None:
    above = (folder, *folder.resolve().parents, Path())
    return next((path for path in above if (path / "dataset").is_dir()), None)


def _facts(root: Path | None) -> tuple[str | None, Lexicon | None]:
    """The base of the identifiers of a root, and its lexicon."""
    if root is None:
        return None, None
    files = {name: (root / name).read_bytes() for name in _READ if (root / name).is_file()}
    authored = parse(files)
    chosen = lexicon_of(files, authored)
    if chosen.problems:
        first = chosen.problems[0]
        raise CannotRun(f"{root / first.place.file}:{first.place.line}: {first.message}; lingang validate {root}")
    base = plain(authored.about).get("base") if authored.about is not None else None  # type: ignore[attr-defined]
    return base, chosen.compiling
