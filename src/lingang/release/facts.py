"""The edition ``facts``: tables and documents without the wording of the pages, names and titles apart.

What stands in their place are positions (of segments, mentions, evidence) and hashes: who has the page can cut every
text out of it again, and see that it is the one.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lingang.about import FACTS
from lingang.problems import CannotRun
from lingang.tables import TABLES, Column, Table
from lingang.tables.arrow import Tables, build
from lingang.tables.editions import LEFT_OUT, in_edition
from lingang.text.page import squeeze

__all__ = ["LONGEST", "TEXTS", "Cited", "facts_told", "refuse_wording", "text_sums", "without_wording"]

LONGEST = 8
"""From so many characters on a run of the page is its wording and no chance."""
TEXTS = "TEXTS.sha256"
"""The file of the edition that holds the hash of each text that was left out."""

_SAID = (
    "This edition, facts, holds no wording of the newspaper beyond names and titles: the columns of texts, quotes and "
    "words as printed are empty; positions and hashes stand for them."
)


def facts_told(told: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of the dataset as the edition states them."""
    rights = f"{told['rights']} {_SAID}" if "rights" in told else _SAID
    return {**told, "edition": FACTS, "rights": rights}


class Cited:
    """What is wording of the pages, and what is a name or a title in it."""

    def __init__(self, tables: Tables) -> None:
        self.names = frozenset(_names(tables))
        pages = (squeeze(str(row["text"])) for row in tables.rows("sources"))
        self._grams = {gram for page in pages for gram in _grams(page)}
        self._grams -= {gram for name in self.names for gram in _grams(name)}

    def run(self, text: str) -> str | None:
        """The first run of the page's wording in a text, white space left out, that lies in no name or title."""
        return next((gram for gram in _grams(squeeze(text)) if gram in self._grams), None)

    def by(self, data: bytes) -> bool:
        """Whether a document holds a run."""
        return self.line(data.decode("utf-8", "replace")) is not None

    def line(self, text: str) -> tuple[int, str] | None:
        """The first line of a text, from 1, that holds a run, and the run."""
        found = ((number, self.run(line)) for number, line in enumerate(text.split("\n"), start=1))
        return next(((number, run) for number, run in found if run is not None), None)


def _grams(text: str) -> Iterator[str]:
    return (text[start : start + LONGEST] for start in range(len(text) - LONGEST + 1))


def _names(tables: Tables) -> Iterator[str]:
    """Every name and title that the edition keeps, white space removed."""
    for declared in TABLES:
        columns = [column.name for column in declared.columns if column.prints == "name" and declared.name != "labels"]
        for row in tables.rows(declared.name) if columns else ():
            for value in (row[name] for name in columns):
                yield from (squeeze(str(one)) for one in (value if isinstance(value, list) else [value]) if one)


def without_wording(tables: Tables, cited: Cited) -> Tables:
    """The tables with the columns of wording empty, remarks of the editors that cite it too, without labels of it."""
    arrow = {
        declared.name: build(
            declared, (_emptied(declared, row, cited) for row in _kept(declared, tables, cited)), FACTS
        )
        for declared in in_edition(FACTS)
    }
    return Tables(arrow, tables.origins, tables.lexicon, FACTS)


def _kept(declared: Table, tables: Tables, cited: Cited) -> Iterable[dict[str, object]]:
    rows = tables.rows(declared.name)
    return rows if declared.name != "labels" else [row for row in rows if _is_of_a_name(row, cited)]


def _is_of_a_name(row: Mapping[str, object], cited: Cited) -> bool:
    """Whether a label translates what the edition keeps."""
    if row["value"] is not None:
        return squeeze(str(row["value"])) in cited.names
    return (str(row["table_name"]), str(row["column_name"])) not in LEFT_OUT


def _emptied(declared: Table, row: Mapping[str, object], cited: Cited) -> dict[str, object]:
    return {column.name: _cell(declared, column, row[column.name], cited) for column in declared.columns}


def _cell(declared: Table, column: Column, value: object, cited: Cited) -> object:
    if (declared.name, column.name) in LEFT_OUT:
        return [] if column.type == "list<str>" else None
    if column.type == "str" and column.prints is None and value is not None and cited.run(str(value)) is not None:
        return None if column.nullable else "…"
    return value


def text_sums(tables: Tables) -> bytes:
    """The SHA-256, in hexadecimal digits, of the UTF-8 of every page, reading text and segment that was left out: two
    spaces, and the table and the id."""
    rows = ((name, row) for name in ("articles", "segments", "sources") for row in tables.rows(name))
    lines = (
        f"{hashlib.sha256(str(row['text']).encode()).hexdigest()}  {name}/{next(iter(row.values()))}\n"
        for name, row in rows
        if len(squeeze(str(row["text"]))) >= LONGEST  # a shorter one could be guessed
    )
    return "".join(lines).encode()


def refuse_wording(files: Mapping[str, bytes], cited: Cited) -> None:
    """Raises ``CannotRun`` where a file of the edition holds a run of the page's wording."""
    for name, data in files.items():
        for number, run in _runs(name, data, cited):
            raise CannotRun(
                f"the edition facts would print the page: {name}:{number} holds “{run}”; take it out of what the file "
                "is made from, or register it where it is a name or a title"
            )


def _runs(name: str, data: bytes, cited: Cited) -> Iterator[tuple[int, str]]:
    if name.endswith(".parquet"):
        for column in pq.ParquetFile(pa.BufferReader(data)).read().columns:
            for number, value in enumerate(column.to_pylist(), start=1):
                run = cited.run(str(value)) if value is not None else None
                yield from [(number, run)] if run is not None else []
        return
    found = cited.line("\n".join(_readable(name, data)))
    yield from [found] if found is not None else []


def _readable(name: str, data: bytes) -> list[str]:
    """What a file says as text."""
    if name.endswith(".sqlite"):
        return _dumped(data)
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return [book.read(part).decode("utf-8", "replace").replace(">", ">\n") for part in book.namelist()]
    return [data.decode("utf-8", "replace")]


def _dumped(data: bytes) -> list[str]:
    """A database as the statements that make it: in the file the cells of a row stand side by side."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        return list(connection.iterdump())
    finally:
        connection.close()
