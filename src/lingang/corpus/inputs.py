"""Which files of a folder hold which table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lingang.about import SUMS
from lingang.models import TABLES
from lingang.problems import CannotRun

__all__ = ["Part", "find", "holds_tables", "is_published"]

_NAMES = "|".join(sorted((table.name for table in TABLES), key=len, reverse=True))
_ENDING = r"\.(?P<form>jsonl|parquet)(?P<packed>\.gz|\.zst)?"
_FILE = re.compile(rf"(?P<table>{_NAMES})(?:[-.][^/]*?)?{_ENDING}")
_ANY = re.compile(rf".*{_ENDING}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a table; ``name`` is its path below the folder, with forward slashes."""

    table: str
    path: Path
    name: str
    form: str
    packed: str


def _parts(folder: Path) -> list[Part]:
    out: list[Part] = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and any(table.name == path.name for table in TABLES):
            inner = [(path.name, file, _ANY.fullmatch(file.name)) for file in sorted(path.iterdir())]
        else:
            match = _FILE.fullmatch(path.name)
            inner = [(match["table"] if match else "", path, match or _ANY.fullmatch(path.name))]
        for table, file, match in inner:
            if match is None:
                continue
            name = file.relative_to(folder).as_posix()
            if not table or not file.is_file() or (match["form"] == "parquet" and match["packed"]):
                known = ", ".join(known.name for known in TABLES)
                raise CannotRun(
                    f"{name} is the file of no table; name it TABLE.jsonl (.gz, .zst), TABLE.parquet, "
                    f"TABLE-more.jsonl or TABLE/more.jsonl, where TABLE is one of {known}"
                )
            out.append(Part(table, file, name, match["form"], match["packed"] or ""))
    return out


def holds_tables(folder: Path) -> bool:
    """Whether a folder holds the file of a table."""
    return any(
        _FILE.fullmatch(path.name) or (path.is_dir() and any(table.name == path.name for table in TABLES))
        for path in folder.iterdir()
    )


def find(folder: Path) -> dict[str, list[Part]]:
    """The files of each table, in the order of their names; raises ``CannotRun`` for a file of no table, for a
    table in two forms, and where no pages are."""
    found: dict[str, list[Part]] = {}
    for part in _parts(folder):
        found.setdefault(part.table, []).append(part)
    for name, parts in found.items():
        if len({part.form for part in parts}) > 1:
            raise CannotRun(f"{name} stands in {folder} as JSON Lines and as Parquet; keep one of the two")
    if "sources" not in found:
        raise CannotRun(f"{folder} has no sources.jsonl or sources.parquet: evidence is checked against its pages")
    return found


def is_published(folder: Path) -> bool:
    """Whether a folder is what a build of a corpus wrote: sums and Parquet, without JSON Lines."""
    there = {name for name in (SUMS, "sources.jsonl", "sources.parquet", "sources") if (folder / name).exists()}
    return there in ({SUMS, "sources.parquet"}, {SUMS, "sources"})
