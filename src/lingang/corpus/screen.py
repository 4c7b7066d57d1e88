"""The screen: which lines of a JSON Lines file may hold anything but the row that was read from them.

A row that a reader took from a line has one canonical spelling, so each key has its place in the line and each value
its length. A key too many, twice, missing or misspelt, "12" for 12, 1.5 for 2 or an escape that need not be moves what
comes after; the few spellings of a value that are as long as the canonical one (1e2 for 100, 2024/03/02) are told by a
byte of theirs. Lines that pass are what was read; the few others go to the strict reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lingang.corpus.cells import Booleans, Cells, Positions, cells, values_of
from lingang.tables import Column, Table
from lingang.tables.rows import in_json

__all__ = ["Dialect", "OutOfStep", "dialect", "line_starts", "suspects"]

Bytes = npt.NDArray[np.uint8]

_CHUNK = 1 << 26
_ROWS = 1 << 13
"""Rows looked at together: few enough that they and their lines stay in a cache."""
_END = b"}\n"


class OutOfStep(Exception):
    """The lines of a file do not follow one another as its rows do."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a writer spells a row: separators, order of the keys, and whether it escapes what is not ASCII."""

    between: str
    after_key: str
    keys: tuple[str, ...]
    ascii: bool


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


def _differ(read: Bytes, places: Positions, token: bytes) -> Booleans:
    """Which places of ``read`` hold anything but a token; of one past its end that is true."""
    if len(read) < len(token):
        return np.ones(len(places), bool)
    kind = "<u4" if len(token) == 4 else f"S{len(token)}"
    (word,) = np.frombuffer(token, kind)
    words = np.ndarray((len(read) - len(token) + 1,), kind, read, strides=(1,))
    differ: Booleans = (words[np.minimum(places, len(words) - 1)] != word) | (places >= len(words))
    return differ


def _without_key(read: Bytes, places: Positions, token: bytes, known: Cells) -> Booleans:
    """Which cells have another key before them; of a value that was read the key was there, and its last four bytes
    tell where; of a null the whole key is looked at."""
    wrong = _differ(read, places + (len(token) - 4), token[-4:])
    (null,) = np.nonzero(known.null)
    wrong[null] |= _differ(read, places[null], token + b"null")
    return wrong


def _misspelt(read: Bytes, places: Positions, column: Column, array: Any, known: Cells, how: Dialect) -> Booleans:
    """Which cells, as long as they should be, are spelt otherwise; ``places`` are those where they begin."""
    wrong = np.zeros(len(places), bool)
    last = len(read) - 1

    def byte(rows: Positions, at: int) -> Bytes:
        return read[np.minimum(places[rows] + at, last)]

    (filled,) = np.nonzero(~known.null)
    match column.type:
        case "bool":
            wrong[filled] = (byte(filled, 0) != ord("t")) & (byte(filled, 0) != ord("f"))
        case "date32":
            wrong[filled] = (byte(filled, 5) != ord("-")) | (byte(filled, 8) != ord("-"))
        case "int32":
            # a number with an exponent that is as long as its digits ends in two zeros
            (round_,) = np.nonzero((values_of(column, array) % 100 == 0) & (known.sizes > 2) & ~known.null)
            for at in range(1, int(known.sizes[round_].max(initial=0))):
                inside = round_[known.sizes[round_] > at]
                wrong[inside] |= byte(inside, at) | 0x20 == ord("e")
        case "list<str>" | "float64":
            for row in filled[known.sizes[filled] > 2] if column.type == "list<str>" else filled:
                text = json.dumps(
                    in_json({"": array[row].as_py()})[""],
                    ensure_ascii=how.ascii,
                    separators=(how.between, how.after_key),
                )
                spelt = read[places[row] : places[row] + known.sizes[row]].tobytes()
                wrong[row] = spelt != text.encode("utf-8", "surrogatepass")
    return wrong


def suspects(
    file: BufferedReader,
    how: Dialect,
    declared: Table,
    batches: Iterable[pa.RecordBatch],
    lines: tuple[Positions, Positions] | None,
) -> Iterator[list[tuple[int, int, int]]]:
    """For some rows after others the ``(row, start, size)`` of those whose line may not be what was read, or that their
    declaration refuses; rows count from 0, start and size in bytes.

    ``lines`` are the starts and sizes of the lines. Without ``lines`` the rows themselves tell where each begins,
    which is faster; raises ``OutOfStep`` where that cannot be.
    """
    columns = [declared[name] for name in how.keys]
    tokens = [f'{how.between if n else "{"}"{name}"{how.after_key}'.encode() for n, name in enumerate(how.keys)]
    row = at = 0
    buffer = np.empty(0, np.uint8)
    for batch in (whole.slice(first, _ROWS) for whole in batches for first in range(0, whole.num_rows, _ROWS)):
        count = batch.num_rows
        arrays = [batch.column(name) for name in how.keys]
        known = [cells(column, a, len(how.between), how.ascii) for column, a in zip(columns, arrays, strict=True)]
        sizes = sum((each.sizes for each in known), np.full(count, sum(map(len, tokens)) + len(_END)))
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
        if lines is None and (len(read) < length or not (read[starts + sizes - 1] == ord("\n")).all()):
            raise OutOfStep
        wrong = actual != sizes
        places = starts
        for token, column, array, each in zip(tokens, columns, arrays, known, strict=True):
            wrong |= ~each.fine | _without_key(read, places, token, each)
            places = places + len(token)
            wrong |= _misspelt(read, places, column, array, each, how)
            places = places + each.sizes
        wrong |= _differ(read, places, _END)
        yield [(row + int(n), at + int(starts[n]), int(actual[n])) for n in np.flatnonzero(wrong)]
        row += count
        at += length
    file.seek(at)
    if lines is None and file.read(1):
        raise OutOfStep
