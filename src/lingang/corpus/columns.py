"""Columns of Parquet as other tools write them, made those of their table: in any order, of any width, of text in any
layout, typed null where all cells are empty, days as timestamps at midnight. What does not fit is told cell by cell."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lingang.corpus.cells import Booleans, nulls, odd_days
from lingang.tables import Column, Table
from lingang.tables.json_lines import Fault
from lingang.tables.rows import expected

__all__ = ["OddCell", "fitted", "unfit", "without_odd_days"]

_KINDS: dict[str, pa.DataType] = {
    "str": pa.string(),
    "int32": pa.int32(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date32": pa.date32(),
    "list<str>": pa.list_(pa.field("element", pa.string())),
}
_TEXTS = [pa.null(), pa.string(), pa.large_string(), *([pa.string_view()] if hasattr(pa, "string_view") else [])]
_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}

OddCell = tuple[int, Fault]
"""The number of a row in its batch, and what its cell is refused for."""


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return kind in _TEXTS


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _takes(column: Column, kind: pa.DataType) -> bool:
    if pa.types.is_null(kind):
        return True
    match column.type:
        case "str":
            return _is_text(kind)
        case "list<str>":
            return _is_list(kind) and _is_text(kind.value_type)
        case "date32":
            return pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None)
        case "bool":
            return bool(pa.types.is_boolean(kind))
        case "float64":
            return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind))
        case _:
            return bool(pa.types.is_integer(kind))


def unfit(declared: Table, schema: pa.Schema) -> tuple[str, str] | None:
    """``(expected, found)`` where the columns of a file are not those of a table; ``None`` where they can be read."""
    names = schema.names
    missing = [name for name in declared.names if name not in names]
    more = [name for name in dict.fromkeys(names) if name not in declared.names]
    twice = [name for name in declared.names if names.count(name) > 1]
    found = [
        f"{said} {', '.join(which)}"
        for said, which in (("without", missing), ("with", more), ("twice", twice))
        if which
    ]
    if found:
        return f"the columns of {declared.name}: {', '.join(declared.names)}", "; ".join(found)
    for column in declared.columns:
        kind = schema.field(column.name).type
        if not _takes(column, kind):
            return f"{column.name} as {column.type}", f"{column.name} as {kind}"
    return None


def _shown(array: pa.Array, unit: str) -> str:
    """A day or a time as text: Python has no years beyond 9999, numpy has."""
    number = int(array.cast(pa.int32() if unit == "D" else pa.int64())[0].as_py())
    return str(np.array(number).astype(f"datetime64[{unit}]"))


def _days(array: pa.Array) -> tuple[pa.Array, Booleans, str]:
    """The days of a column, which of them are none, and the unit in which these are to be shown."""
    if pa.types.is_date32(array.type):
        return array, odd_days(array) & ~nulls(array), "D"
    unit = "ms" if pa.types.is_date64(array.type) else array.type.unit
    times = array.cast(pa.int64())
    values = np.where(nulls(array), 0, np.frombuffer(times.buffers()[1], np.int64, len(times), times.offset * 8))
    days, rest = np.divmod(values, _A_DAY[unit])
    bad = (rest != 0) | (np.abs(days) >= 1 << 31)
    whole = pa.Array.from_buffers(pa.int32(), len(days), [None, pa.py_buffer(np.where(bad, 0, days).astype(np.int32))])
    out = pc.if_else(pc.is_null(array), pa.scalar(None, pa.int32()), whole).cast(pa.date32())
    return out, (bad | odd_days(out)) & ~nulls(array), unit


def _emptied(array: pa.Array, bad: Booleans) -> pa.Array:
    """The array with null for its bad cells."""
    if not bad.any():
        return array
    mask = pa.Array.from_buffers(pa.bool_(), len(bad), [None, pa.py_buffer(np.packbits(bad, bitorder="little"))])
    return pc.if_else(mask, pa.scalar(None, array.type), array)


def _integers(column: Column, array: pa.Array) -> tuple[pa.Array, list[OddCell]]:
    kind = _KINDS[column.type]
    try:
        return array.cast(kind), []
    except pa.ArrowInvalid:  # of another width, and some do not fit
        beyond = 1 << (kind.bit_width - 1)
        values = array.to_pylist()
    bad = np.fromiter((value is not None and not -beyond <= value < beyond for value in values), bool, len(values))
    wanted = expected(column)
    odd = [(row, Fault("ROW005", column.name, wanted, str(values[row]))) for row in map(int, np.flatnonzero(bad))]
    return _emptied(array, bad).cast(kind), odd


def _fit(column: Column, array: pa.Array) -> tuple[pa.Array, list[OddCell]]:
    """A column as its table has it, and the cells that its type cannot hold, which are null in it."""
    kind = _KINDS[column.type]
    if not len(array) or pa.types.is_null(array.type):
        return pa.nulls(len(array), kind), []
    if column.type.startswith("int"):
        return _integers(column, array)
    if column.type != "date32":
        return array.cast(kind), []
    days, bad, unit = _days(array)
    wanted = "a day of the years 0001 to 9999" + (" or null" if column.nullable else "")
    odd = [
        (row, Fault("ROW004", column.name, wanted, _shown(array[row : row + 1], unit)))
        for row in map(int, np.flatnonzero(bad))
    ]
    return _emptied(days, bad), odd


def fitted(declared: Table, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, list[OddCell]]:
    """The rows of a batch whose columns can be read (see ``unfit``) in the columns of their table, all nullable, and
    the cells that these cannot hold, which are null."""
    columns: list[pa.Array] = []
    odd: list[OddCell] = []
    for column in declared.columns:
        array, cells = _fit(column, batch.column(column.name))
        columns.append(array)
        odd += cells
    return pa.RecordBatch.from_arrays(columns, declared.names), odd


def without_odd_days(rows: pa.Table) -> pa.Table:
    """Rows with null for the days that lie outside the years 0001 to 9999, with which Python cannot reckon."""
    for number, field in enumerate(rows.schema):
        if pa.types.is_date32(field.type):
            days = rows.column(number).combine_chunks()
            bad = odd_days(days) & ~nulls(days)
            rows = rows.set_column(number, field, _emptied(days, bad)) if bad.any() else rows
    return rows
