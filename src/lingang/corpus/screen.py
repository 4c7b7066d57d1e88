"""The length screen: which lines of a JSON Lines file may hold anything but the row that was read from them.

A row that a reader took from a line has one canonical spelling, so the line has one length. A key too many, twice or
missing, "12" for 12, 1.5 for 2 or an escape that need not be changes it. Where a cell is null its key must stand at
its place, or it was not there. Lines that pass are what was read; the few others go to the strict reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Any

import numpy as np
import numpy.typing as npt

from lingang.models import Column, Table
from lingang.models.declare import SLUG
from lingang.problems import CannotRun

__all__ = ["Dialect", "OutOfStep", "dialect", "line_starts", "row_lengths", "suspects"]

Positions = npt.NDArray[np.int64]

_CHUNK = 1 << 26


class OutOfStep(Exception):
    """The lines of a file do not follow one another as its rows do."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a writer spells a row: separators, order of the keys, and whether it escapes what is not ASCII."""

    between: str
    after_key: str
    keys: tuple[str, ...]
    ascii: bool

    def token(self, key: str) -> bytes:
        """A key and the null after it."""
        return f'"{key}"{self.after_key}null'.encode()


def dialect(declared: Table, line: bytes) -> Dialect:
    """The dialect of a line, as of the whole file; that of this project for a line in none of the usual ones."""
    usual = Dialect(", ", ": ", declared.names, False)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return usual
    if not isinstance(row, dict) or set(row) != set(declared.names):
        return usual
    for between, after_key in ((", ", ": "), (",", ":"), (",", ": ")):
        for escaped in (False, True):
            text = json.dumps(row, ensure_ascii=escaped, separators=(between, after_key))
            if text.encode("utf-8", "surrogatepass") == line:
                return Dialect(between, after_key, tuple(row), escaped)
    return usual


def _string(sql: str, column: Column | None, escaped: bool) -> str:
    """SQL for the bytes of a string between its quotes."""
    size = f"strlen({sql})"
    if column is not None and (column.pattern == SLUG or column.vocabulary is not None):
        return size
    if escaped:
        wide = f"length(regexp_replace({sql}, '[^\\x{{10000}}-\\x{{10FFFF}}]+', '', 'g'))"
        narrow = f"length(regexp_replace({sql}, '[^\\x00-\\x7F]+', '', 'g'))"
        size = f"(CASE WHEN {size} = length({sql}) THEN {size} ELSE 6 * length({sql}) - 5 * {narrow} + 6 * {wide} END)"
    marks = [f"'{mark}'" for mark in ('"', "\\")] + ["chr(10)"]
    bare = sql
    for mark in marks:
        bare = f"replace({bare}, {mark}, '')"
    holds = " OR ".join(f"contains({sql}, {mark})" for mark in marks)
    return f"({size} + CASE WHEN {holds} THEN strlen({sql}) - strlen({bare}) ELSE 0 END)"


def _value(column: Column, how: Dialect) -> str:
    name = column.name
    match column.type:
        case "str":
            size = f"2 + {_string(name, column, how.ascii)}"
        case "date32":
            size = "12"
        case "bool":
            size = f"CASE WHEN {name} THEN 4 ELSE 5 END"
        case "list<str>":
            each = f"list_sum(list_transform({name}, lambda item: 2 + {_string('item', None, how.ascii)}))"
            size = f"2 + coalesce({each}, 0) + {len(how.between)} * greatest(len({name}) - 1, 0)"
        case _:
            size = f"strlen(CAST({name} AS VARCHAR))"
    return f"CASE WHEN {name} IS NULL THEN 4 ELSE {size} END"


def row_lengths(declared: Table, how: Dialect, source: str, fine: str) -> str:
    """A SELECT over staged rows with their ``file_row_number``, in their order: bytes of the line with its line feed,
    the place of the key of each null (−1 where there is none), and whether the row is ``fine``."""
    columns = [declared[name] for name in how.keys]
    sizes = ", ".join(f"CAST({_value(column, how)} AS INTEGER) AS size_{n}" for n, column in enumerate(columns))
    outer, at = [], "1"
    for number, column in enumerate(columns):
        if column.nullable:
            outer.append(f"CASE WHEN size_{number} = 4 AND null_{number} THEN {at} ELSE -1 END AS at_{number}")
        head = len(f'"{column.name}"{how.after_key}'.encode())
        at += f" + {head} + size_{number}" + (f" + {len(how.between)}" if number + 1 < len(columns) else "")
    nulls = "".join(f", {column.name} IS NULL AS null_{n}" for n, column in enumerate(columns) if column.nullable)
    places = "".join(f", {item}" for item in outer)
    return (
        f"SELECT CAST(file_row_number AS INTEGER) AS number, {at} + 2 AS size, CAST(fine AS INTEGER) AS fine{places} "
        f"FROM (SELECT file_row_number, {sizes}{nulls}, {fine} AS fine FROM {source})"
    )


def line_starts(file: BufferedReader) -> tuple[Positions, Positions]:
    """``(starts, sizes)`` of the lines of a file, in bytes, line feed included."""
    file.seek(0)
    ends: list[Positions] = []
    at = 0
    last = b"\n"
    while chunk := file.read(_CHUNK):
        ends.append(np.flatnonzero(np.frombuffer(chunk, np.uint8) == 10) + at + 1)
        at += len(chunk)
        last = chunk[-1:]
    stops = np.concatenate([*ends, np.array([] if last == b"\n" else [at], np.int64)]).astype(np.int64)
    starts = np.concatenate([np.zeros(min(1, len(stops)), np.int64), stops[:-1]])
    return starts, stops - starts


def _null_keys_missing(
    read: npt.NDArray[np.uint8], starts: Positions, places: dict[bytes, Positions]
) -> npt.NDArray[np.bool_]:
    """Rows of which the key of a null does not stand at its place in ``read``."""
    missing = np.zeros(len(starts), bool)
    for token, at in places.items():
        (rows,) = np.nonzero(at >= 0)
        if not len(rows):
            continue
        first = starts[rows] + at[rows]
        fits = first + len(token) <= len(read)
        missing[rows[~fits]] = True
        rows, first = rows[fits], first[fits]
        if len(rows):
            words = np.ndarray((len(read) - len(token) + 1,), f"S{len(token)}", read, strides=(1,))
            missing[rows] |= words[first] != token
    return missing


def _numbers(batch: Any, name: str) -> npt.NDArray[np.int32]:
    """A column of int32 without nulls; ``to_numpy`` would import pandas for it."""
    column = batch.column(name)
    return np.frombuffer(column.buffers()[1], np.int32, len(column), column.offset * 4)


def suspects(
    file: BufferedReader,
    how: Dialect,
    declared: Table,
    batches: Iterable[Any],
    lines: tuple[Positions, Positions] | None,
) -> Iterator[tuple[int, int, int]]:
    """``(row, start, size)`` of the rows whose line may not be what was read, or that are not ``fine``; rows count
    from 0, start and size in bytes.

    ``batches`` are record batches of ``row_lengths``; ``lines`` the starts and sizes of the lines. Without ``lines``
    the rows themselves tell where each begins, which is faster; raises ``OutOfStep`` where that cannot be.
    """
    tokens = {number: how.token(name) for number, name in enumerate(how.keys) if declared[name].nullable}
    row = at = 0
    buffer = np.empty(0, np.uint8)
    for batch in batches:
        count = batch.num_rows
        if not count:
            continue
        if not np.array_equal(_numbers(batch, "number"), np.arange(row, row + count)):
            raise CannotRun("the staged rows come out of order; this is a fault of lingang, please report it")
        sizes = _numbers(batch, "size").astype(np.int64)
        if lines is None:
            starts, actual = np.cumsum(sizes) - sizes, sizes
        else:
            starts, actual = lines[0][row : row + count], lines[1][row : row + count]
            at = int(starts[0])
            starts = starts - at
        file.seek(at)
        length = int(starts[-1] + actual[-1])
        buffer = np.empty(length, np.uint8) if length > len(buffer) else buffer
        read = buffer[: file.readinto(buffer.data[:length])]
        if lines is None and (len(read) < length or not (read[starts + sizes - 1] == 10).all()):
            raise OutOfStep
        places = {token: _numbers(batch, f"at_{number}").astype(np.int64) for number, token in tokens.items()}
        fine = _numbers(batch, "fine").astype(bool)
        wrong = (actual != sizes) | _null_keys_missing(read, starts, places)
        for number in np.flatnonzero(wrong | ~fine):
            yield row + int(number), at + int(starts[number]), int(actual[number])
        row += count
        at += length
    file.seek(at)
    if lines is None and file.read(1):
        raise OutOfStep
