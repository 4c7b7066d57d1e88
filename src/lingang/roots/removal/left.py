"""What a removal leaves: places that still print the name, and records that could still tell who it was."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lingang.about import SUMS
from lingang.roots.removal.words import Words
from lingang.tables.arrow import Tables
from lingang.text.page import Page

__all__ = ["copies", "given_names", "records", "still_named"]

_LARGEST = 8 << 20
"""Bytes of a file beyond which it is not searched."""
_ARCHIVES = (".zip", ".tar.gz", ".tgz", ".sqlite", ".parquet")


def _files(root: Path) -> Iterator[Path]:
    """The files of a root outside ``dataset/`` and ``raw/``, hidden folders aside."""
    for at, folders, names in os.walk(root):
        here = Path(at)
        skipped = {"dataset", "raw"} if here == root else set()
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in skipped)
        yield from (here / name for name in sorted(names))


def copies(root: Path) -> Iterator[str]:
    """Folders and files beside the records that were made from them: builds, releases, archives, databases."""
    told: set[Path] = set()
    for path in _files(root):
        if path.name == SUMS:
            told.add(path.parent)
            yield f"{path.parent.relative_to(root).as_posix()}/"
        elif path.name.endswith(_ARCHIVES) and told.isdisjoint(path.parents):
            yield path.relative_to(root).as_posix()
    if (root / ".git").exists():
        yield ".git (the history of the repository)"


def still_named(root: Path, words: Words, files: Mapping[str, bytes]) -> Iterator[str]:
    """``file:line`` of whatever still names the person: in the new ``dataset/`` and ``raw/``, and elsewhere."""
    made = {root / name.removesuffix("/") for name in copies(root)}
    others = (path for path in _files(root) if made.isdisjoint([path, *path.parents]))
    inside = ((name, data) for name, data in sorted(files.items()))
    outside = ((path.relative_to(root).as_posix(), _bytes(path)) for path in others)
    for name, data in (*inside, *outside):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if next(words.found(name), None) is not None:
            yield f"{name}: its own name"
        lines = sorted({text.count("\n", 0, start) + 1 for start, _ in words.found(text)})
        yield from (f"{name}:{line}" for line in lines)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() and path.stat().st_size <= _LARGEST else b""


def given_names(pages: Iterable[Page], given: str | None, kept: Collection[tuple[str, int]]) -> Iterator[str]:
    """Where a page prints the given name alone; ``kept`` are file and offset of characters that are somebody else's."""
    for page in pages:
        text, offsets = page.printed
        start = text.find(given) if given and len(given) > 1 else -1
        while start != -1:
            if (page.file, offsets[start]) not in kept:
                yield f"raw/{page.file}:{page.line_of(offsets[start])}: {given}"
            start = text.find(given or "", start + 1)


_TOLD = {
    "positions": ("title_raw", "article_id"),
    "participations": ("role", "event_id", "award"),
    "bylines": ("role", "article_id"),
    "quotations": ("quotation_id",),
}
"""Tables that point to people, and what their rows say of them."""


def records(tables: Tables, person_id: str) -> Iterator[str]:
    """What the records still say of the person without a name, one line each."""
    for name, told in _TOLD.items():
        for row in tables.rows(name):
            if row["person_id"] == person_id:
                yield f"{name}: " + ", ".join(str(row[cell]) for cell in told if row[cell] is not None)
    notes: Mapping[str, Any] = next((row for row in tables.rows("people") if row["person_id"] == person_id), {})
    if notes.get("note"):
        yield f"people: note “{notes['note']}”"
