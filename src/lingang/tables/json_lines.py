"""JSON Lines read strictly: one object a line, every key once, no number for text, nothing taken for something else."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import lingang.limits as limits
from lingang.tables import Table
from lingang.tables.rows import BOUNDS, check_row
from lingang.text.characters import MERGE

__all__ = ["UNREADABLE", "Fault", "faults_of", "leaves_no_row", "no_further", "read_file", "read_line", "with_days"]

Row = dict[str, Any]

_MERGE_MARKS = (b"<<<<<<< ", b"=======", b">>>>>>> ")

UNREADABLE = frozenset(("PUB006", "ROW001", "ROW006"))
"""Rules whose breach leaves no row of the declared columns and types."""


class Fault(NamedTuple):
    """What a line is refused for; ``column`` is empty where it is the line itself, ``record`` where its key cannot be
    read."""

    rule: str
    column: str
    expected: str
    found: str
    record: str = ""


def leaves_no_row(declared: Table, fault: Fault) -> bool:
    """Whether a line with this fault is no row of the declared columns and types: a day or a number that its column
    cannot hold is none either."""
    if fault.rule in UNREADABLE:
        return True
    if fault.column not in declared.names:
        return False
    kind = declared[fault.column].type
    if fault.rule == "ROW005":
        return not -BOUNDS[kind] - 1 <= int(fault.found) <= BOUNDS[kind]
    return fault.rule == "ROW004" and kind == "date32"


def faults_of(declared: Table, row: Row) -> list[Fault]:
    """What a row is refused for, with its key where it has one."""
    key = row.get(declared.key)
    record = key if isinstance(key, str) else ""
    return [Fault(*fault, record) for fault in check_row(declared, row)]


def _pairs(pairs: list[tuple[str, Any]]) -> Row:
    if len(pairs) > limits.LINE_KEYS:
        raise ValueError(f"{len(pairs)} keys, of which a line has {limits.LINE_KEYS} at most")
    row: Row = {}
    for key, value in pairs:
        if key in row:
            raise ValueError(f"key {key} stands twice")
        if not _whole(key):
            raise ValueError("a key with half of a character")
        row[key] = value
    return row


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")


def _whole(value: object) -> bool:
    """Whether no lone surrogate stands in a value."""
    items = value if isinstance(value, list) else [value]
    return not any(isinstance(item, str) and any("\ud800" <= char <= "\udfff" for char in item) for item in items)


def read_line(declared: Table, line: bytes) -> tuple[Row | None, list[Fault]]:
    """The row of a line without its line feed, and what it is refused for; ``None`` for a line that is no object."""
    if len(line) > limits.LINE_BYTES:
        return None, [Fault("PUB006", "", f"lines of {limits.LINE_BYTES} bytes at most", f"{len(line)} bytes")]
    if line.startswith(_MERGE_MARKS):
        return None, [Fault("PUB006", "", "one JSON object", MERGE)]
    try:
        row = json.loads(line.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        return None, [Fault("PUB006", "", "UTF-8", f"byte {line[error.start]:02X}")]
    except (ValueError, RecursionError) as error:
        return None, [Fault("PUB006", "", "one JSON object", str(error)[:120] if line.strip() else "a blank line")]
    if not isinstance(row, dict) or not all(map(_whole, row.values())):
        shown = line[:60].decode("utf-8", "replace")
        return None, [Fault("PUB006", "", "one JSON object of whole characters", shown)]
    return row, faults_of(declared, row)


def no_further() -> Fault:
    """The fault of a file of which very many lines are no row: it is read no further."""
    expected = f"lines that are rows; after {limits.UNREAD_LINES} that are none a file is read no further"
    return Fault("PUB006", "", expected, f"{limits.UNREAD_LINES + 1} lines that are none")


def read_file(declared: Table, data: bytes) -> Iterator[tuple[int, Row | None, list[Fault]]]:
    """Each line with its number from 1, as ``read_line`` gives it; each line ends in a line feed.

    After ``limits.UNREAD_LINES`` lines that are no row the last one tells that there the reading ended.
    """
    lost = 0
    for number, line in enumerate(io.BytesIO(data), start=1):
        if not line.endswith(b"\n"):
            yield number, None, [Fault("PUB006", "", "LF", "no line feed at the end")]
            return
        row, faults = read_line(declared, line[:-1])
        lost += any(leaves_no_row(declared, fault) for fault in faults)
        if lost > limits.UNREAD_LINES:
            yield number, None, [no_further()]
            return
        yield number, row, faults


def with_days(declared: Table, row: Row) -> Row:
    """The row with ``date`` for the ISO 8601 text of its days."""
    days = {name: datetime.date.fromisoformat(row[name]) for name in declared.days if row.get(name) is not None}
    return row | days if days else row
