"""Cells of a batch, column by column and without an object a row: how long each is in JSON, and whether its
declaration accepts it."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

import lingang.limits as limits
from lingang.tables import Column, Table
from lingang.tables.declare import FILLED, FILLED_LINES, SLUG, WORD
from lingang.tables.rows import in_json

__all__ = ["Booleans", "Cells", "Positions", "cells", "fine_rows", "nulls", "odd_days", "values_of"]

Positions = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

_NULL = 4
"""Bytes of ``null``."""

_WHITE = np.isin(np.arange(256), [ord(char) for char in " \t\r\n"])
_IN_SLUGS = bytes(byte for byte in range(128) if re.fullmatch("[a-z0-9-]", chr(byte)))
_SLUG_FIRST = np.array([re.fullmatch("[a-z]", chr(byte)) is not None for byte in range(256)])
_FIRST_DAY, _LAST_DAY = (day.toordinal() - date(1970, 1, 1).toordinal() for day in (date.min, date.max))
_MAY_REFUSE = np.isin(np.arange(256), [*(byte for byte in range(32) if byte not in b"\t\n"), 0x7F, 0xC2, 0xE2, 0xEF])
_MAY_REFUSE[0xF0:0xF5] = True
"""Bytes of UTF-8 with which a refused character may begin."""
_ESCAPED_SIZES = np.array([1 if byte < 0x80 else 0 if byte < 0xC0 else 6 if byte < 0xF0 else 12 for byte in range(256)])
"""What a byte of UTF-8 adds where characters beyond ASCII are written as ``\\uXXXX``, in pairs beyond U+FFFF."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A column of a batch: bytes of each cell in JSON, which are null, and which are fine."""

    sizes: Positions
    null: Booleans
    fine: Booleans


def _bits(buffer: pa.Buffer, offset: int, length: int) -> Booleans:
    bits = np.frombuffer(buffer, np.uint8, (offset + length + 7) // 8)
    return np.unpackbits(bits, bitorder="little", count=offset + length)[offset:].astype(bool)


def nulls(array: pa.Array) -> Booleans:
    """Which cells of an array are null."""
    if not array.null_count:
        return np.zeros(len(array), bool)
    return ~_bits(array.buffers()[0], array.offset, len(array))


def _fixed(array: pa.Array, kind: Any) -> Any:
    """The values of an array of a fixed width; ``to_numpy`` would import pandas for them."""
    width = np.dtype(kind).itemsize
    return np.frombuffer(array.buffers()[1], kind, len(array), array.offset * width)


def _bounds(array: pa.Array) -> tuple[slice, Positions, Positions]:
    """Of strings or lists: which part of their bytes or items is theirs, and where in it each begins and ends."""
    if not len(array):  # it need not have a buffer
        return slice(0, 0), np.zeros(0, np.int64), np.zeros(0, np.int64)
    bounds = np.frombuffer(array.buffers()[1], np.int32, len(array) + 1, array.offset * 4).astype(np.int64)
    first, last = int(bounds[0]), int(bounds[-1])
    return slice(first, last), bounds[:-1] - first, bounds[1:] - first


@dataclass(frozen=True, slots=True)
class _Texts:
    """Strings as UTF-8 in ``data``, one after the other: text ``n`` from ``starts[n]`` to ``ends[n]``."""

    data: npt.NDArray[np.uint8]
    starts: Positions
    ends: Positions

    @classmethod
    def of(cls, array: pa.Array) -> _Texts:
        own, starts, ends = _bounds(array)
        return cls(np.frombuffer(array.buffers()[2] or b"", np.uint8)[own], starts, ends)

    def rows(self, places: Positions) -> Positions:
        """The texts in which places of ``data`` stand."""
        return np.searchsorted(self.ends, places, side="right")

    def escapes(self) -> Positions:
        """Places of the characters that JSON escapes with one backslash in text of ours."""
        return np.flatnonzero((self.data == ord('"')) | (self.data == ord("\\")) | (self.data == ord("\n")))

    def refused(self) -> Positions:
        """Places of the bytes with which a refused character begins (see ``characters.REFUSED``)."""
        places = np.flatnonzero(_MAY_REFUSE[self.data])
        if not len(places):
            return places
        padded = np.concatenate([self.data, np.zeros(3, np.uint8)])
        first, second, third, fourth = (padded[places + at] for at in range(4))
        last_two = (third == 0xBF) & (fourth >= 0xBE)
        bad = (first < 0x80) | ((first == 0xC2) & (second < 0xA0))
        bad |= (first == 0xE2) & (second == 0x80) & ((third == 0xA8) | (third == 0xA9))
        bad |= (first == 0xEF) & (second == 0xBB) & (third == 0xBF)
        bad |= (first == 0xEF) & (second == 0xB7) & (third >= 0x90) & (third <= 0xAF)
        bad |= (first == 0xEF) & (second == 0xBF) & (third >= 0xBE)
        bad |= (first >= 0xF0) & (second & 0x0F == 0x0F) & last_two
        found: Positions = places[bad]
        return found

    def sizes(self, escapes: Positions, escaped: bool) -> Positions:
        """Bytes between the quotes in JSON; with ``escaped`` what is not ASCII is written as ``\\uXXXX``."""
        sizes = self.ends - self.starts
        if escaped and (self.data >= 0x80).any():
            (filled,) = np.nonzero(sizes)
            sizes[filled] = np.add.reduceat(_ESCAPED_SIZES[self.data], self.starts[filled])
        if len(escapes):
            sizes = sizes + np.bincount(self.rows(escapes), minlength=len(sizes))
        return sizes


def _filled(texts: _Texts, escapes: Positions, lines: bool) -> Booleans:
    """Which texts fit ``FILLED``, or ``FILLED_LINES`` with ``lines``."""
    fine = texts.ends > texts.starts
    fine[fine] = ~(_WHITE[texts.data[texts.starts[fine]]] | _WHITE[texts.data[texts.ends[fine] - 1]])
    if not lines and len(escapes):
        fine[texts.rows(escapes[texts.data[escapes] == ord("\n")])] = False
    return fine


def _matching(array: pa.Array, pattern: str) -> Booleans:
    """Which texts fit a pattern; each text is looked at once in a batch. A null fits none."""
    words = array.dictionary_encode()
    fits = _fixed_bits(pc.match_substring_regex(words.dictionary, pattern))
    fine = np.zeros(len(array), bool)
    there = ~nulls(words.indices)
    fine[there] = fits[_fixed(words.indices, np.int32)[there]]
    return fine


def _fixed_bits(array: pa.Array) -> Booleans:
    return _bits(array.buffers()[1], array.offset, len(array))


def _slugs(array: pa.Array, texts: _Texts) -> Booleans:
    """Which texts fit ``SLUG``: at once where all bytes may stand in one."""
    if texts.data.tobytes().translate(None, _IN_SLUGS):
        return _matching(array, SLUG)
    sizes = texts.ends - texts.starts
    fine = (sizes > 0) & (sizes <= limits.ID_CHARACTERS)
    fine[fine] = _SLUG_FIRST[texts.data[texts.starts[fine]]]
    return fine


def _of_texts(column: Column, array: pa.Array, escaped: bool) -> tuple[Positions, Booleans]:
    texts = _Texts.of(array)
    if column.vocabulary is not None:
        words = "|".join(re.escape(word) for word in column.vocabulary.values)
        pattern = WORD if column.vocabulary.open else rf"\A({words})\z"
        return texts.ends - texts.starts + 2, _matching(array, pattern)
    if column.pattern == SLUG:
        fine = np.ones(len(array), bool) if column.references else _slugs(array, texts)
        return texts.ends - texts.starts + 2, fine
    escapes = texts.escapes()
    if column.pattern in (FILLED, FILLED_LINES):
        fine = _filled(texts, escapes, column.pattern == FILLED_LINES)
    else:
        fine = _matching(array, column.pattern) if column.pattern else np.ones(len(array), bool)
    fine[texts.rows(texts.refused())] = False
    fine &= texts.ends - texts.starts <= limits.PAGE_BYTES
    return texts.sizes(escapes, escaped) + 2, fine


def _of_lists(array: pa.Array, between: int, escaped: bool) -> tuple[Positions, Booleans]:
    """Lists of texts: no item null, empty or twice."""
    own, starts, ends = _bounds(array)
    items = array.values[own]
    texts = _Texts.of(items)
    bad = (texts.ends == texts.starts) | nulls(items)
    bad[texts.rows(texts.refused())] = True
    sizes = np.where(nulls(items), _NULL, texts.sizes(texts.escapes(), escaped) + 2)
    owners = np.repeat(np.arange(len(array)), ends - starts)
    codes = _fixed(items.dictionary_encode().indices, np.int32)  # of a null anything, but it is bad already
    pairs = np.stack([owners, codes])
    order = np.lexsort(pairs[::-1])
    bad[order[1:]] |= (pairs[:, order[1:]] == pairs[:, order[:-1]]).all(axis=0)
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    fine = np.ones(len(array), bool)
    fine[owners[bad]] = False
    return 2 + sums[ends] - sums[starts] + between * np.maximum(ends - starts - 1, 0), fine


def _of_numbers(column: Column, values: Any) -> tuple[Positions, Booleans]:
    sizes = np.ones(len(values), np.int64) + (values < 0)
    top = max(int(values.max(initial=0)), -int(values.min(initial=0)))
    for power in (10**digits for digits in range(1, len(str(top)))):
        sizes += (values >= power) | (values <= -power)
    least, greatest = column.limits
    return sizes, (values >= least) & (values <= greatest)


def _number_size(value: float | None) -> int:
    """Bytes of a number in JSON; of a whole one without its fraction."""
    return _NULL if value is None else len(json.dumps(in_json({"": value})[""]))


def values_of(column: Column, array: pa.Array) -> Positions:
    """The numbers of a column of integers, of days those since 1970-01-01; what stands for a null means nothing."""
    values: Positions = _fixed(array, "int32" if column.type == "date32" else column.type)
    return values


def odd_days(array: pa.Array) -> Booleans:
    """Which days of a column of dates lie outside the years 0001 to 9999; what stands for a null means nothing."""
    days = _fixed(array, np.int32)
    odd: Booleans = (days < _FIRST_DAY) | (days > _LAST_DAY)
    return odd


def cells(column: Column, array: pa.Array, between: int, escaped: bool) -> Cells:
    """A column of a batch, of the declared type; a key of another table is left to KEY002.

    ``between`` is the number of bytes between two items of a list, ``escaped`` whether what is not ASCII is escaped.
    """
    null = nulls(array)
    match column.type:
        case "str":
            sizes, fine = _of_texts(column, array, escaped)
        case "list<str>":
            sizes, fine = _of_lists(array, between, escaped)
        case "bool":
            sizes, fine = 5 - _fixed_bits(array).astype(np.int64), np.ones(len(array), bool)
        case "float64":
            sizes = np.array([_number_size(value) for value in array.to_pylist()], np.int64)
            fine = np.array([value is not None and math.isfinite(value) for value in array.to_pylist()], bool)
        case "date32":
            sizes, fine = np.full(len(array), len('"2024-03-02"')), ~odd_days(array)
        case _:
            sizes, fine = _of_numbers(column, values_of(column, array))
    return Cells(np.where(null, _NULL, sizes), null, np.where(null, column.nullable, fine))


def fine_rows(declared: Table, batch: pa.RecordBatch) -> Booleans:
    """The rows of a batch that ``check_row`` accepts, keys of other tables aside."""
    fine = np.ones(batch.num_rows, bool)
    for column, array in zip(declared.columns, batch.columns, strict=True):
        fine &= cells(column, array, 0, False).fine
    return fine
