"""A rule over running text, and the rows that it can be put to."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from lingang.rules.rule import Finding, PythonRule
from lingang.tables import TABLES, table
from lingang.tables.rows import check_row, in_json
from lingang.tables.view import LeftOut, NotRead, Row, View

__all__ = ["Broken", "Found", "Outcome", "put_to", "sound"]

Rows = Callable[[str], list[Row]]


class Broken(NamedTuple):
    """A row, by its number from 0 in its table, that breaks what the rules over running text take for granted."""

    table: str
    row_no: int
    rule: str
    column: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule found; or the row or the table that kept it from looking; or how it failed.

    ``reads`` are the tables that it looked into, ``left_out`` a column that it needs and this edition has not.
    ``trace`` holds the traceback of a failure.
    """

    findings: list[Finding]
    reads: frozenset[str]
    broken: Broken | None = None
    unread: str | None = None
    left_out: str | None = None
    failure: str | None = None
    trace: str = ""


Found = tuple[int, Outcome]
"""The number of a rule in Python, and what came of it."""


def _record_of(name: str, row: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """``(table, id, column here)`` of the record that a row is about, for the two tables that name any."""
    match name:
        case "mentions":
            return row["entity_table"], row["entity_id"], "entity_id"
        case "evidence":
            return row["table_name"], row["record_id"], "record_id"
    return None


def _dangling(name: str, row: Mapping[str, Any], keys: Mapping[str, Mapping[str, Row]]) -> tuple[str, str] | None:
    """The rule that refuses what a row points to, and the column."""
    for column in table(name).columns:
        value = row[column.name]
        if column.references is not None and value is not None and value not in keys[column.references]:
            return "KEY002", column.name
    record = _record_of(name, row)
    if record is None:
        return None
    there = keys.get(record[0], {}).get(record[1])
    if name == "mentions":
        return None if there is not None else ("KEY007", record[2])
    column = row["column_name"]
    proven = there is not None and (there.get(column) is not None or _may_be_denied(record[0], column))
    return None if proven else ("KEY008", record[2])


def _may_be_denied(name: str, column: str) -> bool:
    """Whether a reader may say, with a reason, that a cell which other cells tell is empty."""
    declared = table(name)
    return column in declared.names and declared[column].proof == "derived"


def sound(rows: Rows) -> tuple[dict[str, list[Row]], Broken | None]:
    """The rows that fit their declarations, have a key of their own and point to rows that are there; and the first
    that does not."""
    out: dict[str, list[Row]] = {}
    keys: dict[str, dict[str, Row]] = {}
    broken: list[Broken] = []
    for declared in TABLES:
        own: dict[str, Row] = {}
        for number, given in enumerate(rows(declared.name)):
            row = {name: value for name, value in given.items() if name != "row_no"}
            faults = check_row(declared, in_json(row))
            if faults:
                broken.append(Broken(declared.name, number, *faults[0][:2]))
            elif row[declared.key] in own:
                broken.append(Broken(declared.name, number, "KEY001", declared.key))
            else:
                own[row[declared.key]] = {**row, "row_no": number}
        keys[declared.name] = own
    cut = True
    while cut:
        cut = False
        for name, known in keys.items():
            for key, row in list(known.items()):
                refused = _dangling(name, row, keys)
                if refused is not None:
                    cut = True
                    del known[key]
                    broken.append(Broken(name, row["row_no"], *refused))
    for name, known in keys.items():
        out[name] = list(known.values())
    return out, broken[0] if broken else None


def put_to(entry: PythonRule, data: View, rows: Rows) -> Outcome:
    """A rule put to the tables; where it fails over them, to the rows of ``rows`` that are sound.

    What fails there too is a fault of the rule; else the rows do not hold together, and it was not run.
    """
    view = data.asked()
    try:
        return Outcome(list(entry.find(view)), frozenset(view.reads))
    except NotRead as error:
        return Outcome([], frozenset(view.reads), unread=error.table)
    except LeftOut as error:
        return Outcome([], frozenset(view.reads), left_out=error.column)
    except MemoryError:
        raise
    except Exception as error:
        failure, trace = f"{type(error).__name__}: {error}", traceback.format_exc()
    kept, broken = sound(rows)
    if broken is not None:
        try:
            for _ in entry.find(View(kept.__getitem__, data.lexicon)):
                pass
        except MemoryError:
            raise
        except Exception as error:
            failure, trace = f"{type(error).__name__}: {error}", traceback.format_exc()
        else:
            return Outcome([], frozenset(view.reads), broken=broken)
    return Outcome([], frozenset(view.reads), failure=failure, trace=trace)
