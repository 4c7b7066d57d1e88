"""Arrow tables of the dataset, with the place at which each cell was authored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow.json import ParseOptions, ReadOptions, read_json

from lingang.about import FULL
from lingang.lexicon import Lexicon
from lingang.problems import Place
from lingang.tables import TABLES, Column, Table, table
from lingang.tables.editions import in_edition

if TYPE_CHECKING:
    from lingang.compile.dataset import Compiled
    from lingang.compile.rows import Row

__all__ = ["Origins", "Tables", "arrow_schema", "build", "from_compiled"]

_TYPES: dict[str, pa.DataType] = {
    "str": pa.string(),
    "int32": pa.int32(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date32": pa.date32(),
    "list<str>": pa.list_(pa.field("element", pa.string(), nullable=False)),
}


def _field(column: Column) -> pa.Field:
    metadata = {"description": column.description, "proof": column.proof}
    if column.vocabulary is not None:
        metadata["vocabulary"] = " ".join(column.vocabulary.values)
    if column.references is not None:
        metadata["references"] = column.references
    if column.standard is not None:
        metadata["standard"] = column.standard
    return pa.field(column.name, _TYPES[column.type], nullable=column.nullable, metadata=metadata)


@cache
def arrow_schema(name: str, edition: str = FULL) -> pa.Schema:
    """The Arrow schema of a table in an edition: types, nullability, a description on every column, and in the
    metadata the table's description and its keys."""
    declared = next((known for known in in_edition(edition) if known.name == name), None) or table(name)
    metadata = {
        "table": declared.name,
        "description": declared.description,
        "primary_key": declared.key,
        "foreign_keys": " ".join(
            f"{column.name}={column.references}" for column in declared.columns if column.references
        ),
    }
    return pa.schema([_field(column) for column in declared.columns], metadata=metadata)


@dataclass(slots=True)
class Origins:
    """Where rows and cells come from; a row is named by its table and its number from 0."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def place(self, name: str, row_no: int, column: str) -> Place:
        """The place of a cell; of a published table its file and the line of the row."""
        if name in self.rows:
            return self.rows[name][row_no].where(column)
        return Place(self.files.get(name, f"{name}.jsonl"), row_no + 1, 1)


@dataclass(slots=True)
class Tables:
    """Every table of a dataset as Arrow, rows in key order, their origins, the lexicon that advice rests on, and the
    edition, which tells what is left empty."""

    arrow: dict[str, pa.Table]
    origins: Origins
    lexicon: Lexicon | None = None
    edition: str = FULL

    def rows(self, name: str) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = self.arrow[name].to_pylist()
        return rows

    def column(self, name: str, column: str) -> list[object]:
        """The cells of a column, in the order of the rows."""
        cells: list[object] = self.arrow[name][column].to_pylist()
        return cells


def _days(value: object) -> int:
    """A date as Arrow's JSON reader takes it: days since 1970-01-01."""
    assert isinstance(value, date)
    return (value - date(1970, 1, 1)).days


def build(declared: Table, rows: Iterable[dict[str, object]], edition: str = FULL) -> pa.Table:
    """An Arrow table from rows of Python values, with the schema of an edition.

    By way of JSON: ``pa.array`` would import pandas, which takes as long as all rules over a page.
    """
    schema = arrow_schema(declared.name, edition)
    lines = "\n".join(json.dumps(row, ensure_ascii=False, default=_days) for row in rows).encode()
    if not lines:
        return pa.Table.from_batches([], schema)
    reading = ReadOptions(use_threads=False, block_size=len(lines) + 1)
    # a null that may not be is for the rules to find
    fields = pa.schema([field.with_nullable(True).remove_metadata() for field in schema])
    parsing = ParseOptions(explicit_schema=fields, unexpected_field_behavior="error")
    return pa.Table.from_arrays(read_json(pa.BufferReader(lines), reading, parsing).columns, schema=schema)


def from_compiled(compiled: Compiled, lexicon: Lexicon | None) -> Tables:
    """Arrow tables from compiled rows, sorted by primary key."""
    ordered: dict[str, Sequence[Row]] = {
        declared.name: sorted(compiled.rows[declared.name], key=lambda row: row.id) for declared in TABLES
    }
    arrow = {
        declared.name: build(
            declared, ({name: row.values[name] for name in declared.names} for row in ordered[declared.name])
        )
        for declared in TABLES
    }
    return Tables(arrow, Origins(rows={name: list(rows) for name, rows in ordered.items()}), lexicon)
