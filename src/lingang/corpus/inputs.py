"""Which files of a folder hold which table, and which look as if they did and would not be read."""

from __future__ import annotations

import bisect
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lingang.limits as limits
from lingang.about import SUMS
from lingang.files.litter import is_litter
from lingang.problems import CannotRun, Place
from lingang.tables import TABLES

__all__ = ["Part", "find", "holds_tables", "is_published"]

_TABLES = frozenset(table.name for table in TABLES)
_NAMES = "|".join(sorted(_TABLES, key=len, reverse=True))
_ENDING = r"\.(?P<form>jsonl|parquet)(?P<packed>\.gz|\.zst)?"
_FILE = re.compile(rf"(?P<table>{_NAMES})(?:[-.][^/]*?)?{_ENDING}", re.DOTALL)
_IN_FOLDER = re.compile(rf".*{_ENDING}", re.DOTALL)
_PACKED = r"(\.(gz|zst|zstd|bz2|xz|lzma|lz4|br|zip|snappy|z|7z))*"
_ROWS = re.compile(
    r".*\.(jsonl|ndjson|ldjson|json|csv|tsv|parquet|pq|arrow|feather|ipc|avro|orc|db|sqlite3?|duckdb|xlsx?)" + _PACKED,
    re.DOTALL | re.IGNORECASE,
)
"""Names of files that hold rows, whatever program writes them."""
_NO_TABLE = re.compile(rf".*\.(jsonl|ndjson|parquet){_PACKED}", re.DOTALL | re.IGNORECASE)
"""Names of files that hold rows as a table here does, or nearly: none may stand in a corpus unread."""
_BEGINS = re.compile(rf"({_NAMES})", re.IGNORECASE)
_ONE = re.compile(rf"({'|'.join(sorted(name[:-1] for name in _TABLES if name.endswith('s')))})(?![a-z])", re.IGNORECASE)
"""A table's name in the singular, as it is often misspelt."""
_MARK = re.compile(r"[._].*", re.DOTALL)
"""Beside the parts of a table: _SUCCESS, .part-0.crc, which engines leave there."""
_NAMED = 5
"""How many files a message names."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a table; ``name`` is its path below the folder, with forward slashes.

    ``pieces`` are of a file that was joined of others: how many lines stand before each, and its name.
    """

    table: str
    path: Path
    name: str
    form: str
    packed: str
    pieces: tuple[tuple[int, str], ...] = ()

    def place(self, line: int | None) -> Place:
        """The place of a line (in Parquet: row), which counts from 1; of the whole file for ``None``."""
        if line is None:
            return Place(self.name)
        if not self.pieces:
            return Place(self.name, line, 1)
        before, name = self.pieces[bisect.bisect_left(self.pieces, (line, "")) - 1]
        return Place(name, line - before, 1)


def _looks_like_a_table(name: str) -> bool:
    rows = _ROWS.fullmatch(name) is not None
    return bool(_BEGINS.match(name) or _NO_TABLE.fullmatch(name) or (rows and _ONE.match(name)))


def _part(folder: Path, table: str, path: Path, match: re.Match[str] | None) -> Part | None:
    """A file as the part of a table; ``None`` where it is not read."""
    if match is None or not path.is_file() or (match["form"] == "parquet" and match["packed"]):
        return None
    return Part(table, path, path.relative_to(folder).as_posix(), match["form"], match["packed"] or "")


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not is_litter(path.name))
    except OSError as error:
        raise CannotRun(f"{folder} cannot be read: {error.strerror}") from None


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder, hidden folders and what systems leave aside."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        yield from (Path(where, name) for name in sorted(names) if not is_litter(name))


def _in_folder(folder: Path, table: Path) -> tuple[list[Part], list[Path]]:
    """The parts of a table in a folder of its own, and what stands there besides."""
    parts: list[Part] = []
    unread: list[Path] = []
    for path in _entries(table):
        part = _part(folder, table.name, path, _IN_FOLDER.fullmatch(path.name))
        if part is not None:
            parts.append(part)
        elif path.is_dir():
            unread.append(next(_below(path), path))
        elif _ROWS.fullmatch(path.name) or not _MARK.fullmatch(path.name):
            unread.append(path)
    return parts, unread


def _sorted(folder: Path) -> tuple[list[Part], list[Path]]:
    """The files that are read, and those that are not though they look like a table's."""
    parts: list[Part] = []
    unread: list[Path] = []
    for path in _entries(folder):
        match = _FILE.fullmatch(path.name)
        part = _part(folder, match["table"], path, match) if match else None
        if part is not None:
            parts.append(part)
        elif path.name in _TABLES and path.is_dir():
            more, others = _in_folder(folder, path)
            parts += more
            unread += others
        elif _looks_like_a_table(path.name):
            unread.append(next(_below(path), path) if path.is_dir() else path)
        elif path.is_dir() and path.name != "schema" and not path.name.startswith((".", "__")):
            unread += [file for file in _below(path) if _BEGINS.match(file.name) and _ROWS.fullmatch(file.name)]
    return parts, unread


def holds_tables(folder: Path) -> bool:
    """Whether a folder holds the file of a table, or what would be one under another name."""
    return any(
        (path.name in _TABLES and path.is_dir())
        or _FILE.fullmatch(path.name)
        or (_BEGINS.match(path.name) and _ROWS.fullmatch(path.name))
        for path in _entries(folder)
    )


def _shown(folder: Path, files: list[Path]) -> str:
    names = [file.relative_to(folder).as_posix() for file in files[:_NAMED]]
    more = [f"{len(files) - _NAMED} more"] if len(files) > _NAMED else []
    return ", ".join([*names, *more]) + (" is the file" if len(files) == 1 else " are the files")


def _same_rows(parts: list[Part]) -> tuple[str, str] | None:
    """Two files of a table of which one may be the other once more."""
    by_stem: dict[str, str] = {}
    for part in parts:
        stem = part.name.removesuffix(part.packed) if part.packed else part.name
        if stem in by_stem:
            return by_stem[stem], part.name
        by_stem[stem] = part.name
    inside = next((part.name for part in parts if "/" in part.name), None)
    beside = next((part.name for part in parts if "/" not in part.name), None)
    return (beside, inside) if inside and beside else None


def find(folder: Path) -> dict[str, list[Part]]:
    """The files of each table, in the order of their names.

    Raises ``CannotRun`` for files that look like those of a table and would not be read, for two sources of one table,
    for a name that is not UTF-8, and where no pages are.
    """
    parts, unread = _sorted(folder)
    if unread:
        raise CannotRun(
            f"{_shown(folder, unread)} of no table and would not be read; name it TABLE.jsonl (.gz, .zst), "
            "TABLE.parquet, TABLE-more.jsonl or TABLE/more.jsonl, or put it elsewhere; TABLE is one of "
            + ", ".join(table.name for table in TABLES)
        )
    if len(parts) > limits.CORPUS_FILES:
        most = f"a folder of tables has at most {limits.CORPUS_FILES}; join them, a hundred megabytes to a file"
        raise CannotRun(f"{folder} holds {len(parts)} files of tables; {most}")
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.table, []).append(part)
        if not _is_utf8(part.name):
            raise CannotRun(f"{part.name} cannot be read: its name is not UTF-8; rename it")
    for name, of_table in found.items():
        if len({part.form for part in of_table}) > 1:
            raise CannotRun(f"{name} stands in {folder} as JSON Lines and as Parquet; keep one of the two")
        twice = _same_rows(of_table)
        if twice is not None:
            raise CannotRun(f"{name} stands in {folder} twice, in {twice[0]} and in {twice[1]}; keep one of the two")
    if "sources" not in found:
        raise CannotRun(f"{folder} has no sources.jsonl or sources.parquet: evidence is checked against its pages")
    return found


def _is_utf8(name: str) -> bool:
    return not any("\udc80" <= char <= "\udcff" for char in name)


def is_published(folder: Path) -> bool:
    """Whether a folder is what a build of a corpus wrote: sums and Parquet, without JSON Lines."""
    there = {name for name in (SUMS, "sources.jsonl", "sources.parquet", "sources") if (folder / name).exists()}
    return there in ({SUMS, "sources.parquet"}, {SUMS, "sources"})
