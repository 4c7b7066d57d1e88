"""Cells changed in tables that are fine otherwise: judged as a release and as a corpus of JSON Lines."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import lingang
from lingang.check.corpus import check_corpus
from lingang.check.root import check_tables
from lingang.corpus.options import Options
from lingang.lexicon import from_json
from lingang.problems import Report
from lingang.tables import TABLES, Table
from lingang.tables.arrow import Origins, Tables, build
from lingang.tables.json_lines import read_line, with_days
from reliability.fault import Judged

__all__ = ["Change", "changes", "judge"]

Row = dict[str, Any]
DATA = Path(lingang.path("events")).parent
FAR = "integers at their extremes"
DERIVED = "derived cells changed"
OTHER = "other cells changed"
NULL = "cells emptied"
EXCHANGED = "cells exchanged between two rows"
Told = frozenset[tuple[str, str, str, str]]


class Change(NamedTuple):
    """New values of the cells of a column, by number of the row."""

    figure: str
    name: str
    column: str
    values: tuple[tuple[int, Any], ...]

    @property
    def place(self) -> str:
        return f"{self.name}.{self.column}"


@cache
def rows(name: str) -> list[Row]:
    """The published rows of a table."""
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_bytes().splitlines()]


def _columns() -> Iterator[tuple[Table, Any]]:
    return ((declared, column) for declared in TABLES if rows(declared.name) for column in declared.columns)


def _far() -> Iterator[Change]:
    for declared, column in _columns():
        if column.type == "int32":
            for value in sorted({*column.limits}):
                others = [n for n, row in enumerate(rows(declared.name)) if row[column.name] not in (None, value)]
                yield Change(FAR, declared.name, column.name, ((others[0] if others else 0, value),))


def _picked(chance: Random, number: int, make: Callable[[Random, Table, Any], Change | None]) -> Iterator[Change]:
    known = [*_columns()]
    made = 0
    for _ in range(20 * number):
        change = make(chance, *chance.choice(known))
        if change is not None:
            yield change
            made += 1
        if made == number:
            return


def _another(chance: Random, declared: Table, column: Any) -> Change | None:
    """A cell with the value of another row; an integer one more or less; a text of its own cut short."""
    own = rows(declared.name)
    row = chance.randrange(len(own))
    value = own[row][column.name]
    others = sorted({json.dumps(other[column.name]) for other in own} - {json.dumps(value)})
    if column.type == "int32" and value is not None:
        new = value + chance.choice((-1, 1))
    elif others:
        new = json.loads(chance.choice(others))
    elif isinstance(value, str) and len(value) > 1:
        new = value[:-1]
    else:
        return None
    figure = DERIVED if column.proof == "derived" or column.type == "int32" else OTHER
    return Change(figure, declared.name, column.name, ((row, new),))


def _emptied(chance: Random, declared: Table, column: Any) -> Change | None:
    filled = [n for n, row in enumerate(rows(declared.name)) if row[column.name] not in (None, [])]
    if not filled:
        return None
    return Change(NULL, declared.name, column.name, ((chance.choice(filled), [] if "list" in column.type else None),))


def _exchanged(chance: Random, declared: Table, column: Any) -> Change | None:
    own = rows(declared.name)
    first, second = chance.randrange(len(own)), chance.randrange(len(own))
    one, other = own[first][column.name], own[second][column.name]
    if one == other:
        return None
    return Change(EXCHANGED, declared.name, column.name, ((first, other), (second, one)))


def changes(number: int, seed: int) -> list[Change]:
    """So many changes of each figure, always the same for a seed."""
    chance = Random(seed)
    far = [*_far()]
    out = chance.sample(far, min(number, len(far)))
    for make in (_another, _emptied, _exchanged):
        out += _picked(chance, number, make)
    return out


def _of(report: Report) -> Told:
    """What a report tells; whether a reading is of a record as it stands (EVI020 of readings) no corpus is asked."""
    told = ((one.rule, one.table, one.record_id, one.column_name) for one in report)
    return frozenset(cell for cell in told if cell[:2] != ("EVI020", "readings"))


def _changed(change: Change | None, name: str) -> list[Row]:
    own = [dict(row) for row in rows(name)]
    if change is not None and change.name == name:
        for number, value in change.values:
            own[number][change.column] = value
    return own


def _as_release(change: Change | None) -> Told:
    """What a release tells of the rows, where they can be read."""
    arrow = {}
    for declared in TABLES:
        own = _changed(change, declared.name)
        for row in own:
            faults = read_line(declared, json.dumps(row, ensure_ascii=False).encode())[1]
            if faults and change is not None:
                return frozenset({(faults[0].rule, declared.name, str(row[declared.key]), faults[0].column)})
        arrow[declared.name] = build(declared, [with_days(declared, row) for row in own])
    lexicon, _ = from_json((DATA / "lexicon.json").read_bytes(), "lexicon.json")
    return _of(check_tables(Tables(arrow, Origins(), lexicon)))


def _as_corpus(change: Change | None) -> Told:
    with tempfile.TemporaryDirectory() as folder:
        for declared in TABLES:
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in _changed(change, declared.name))
            Path(folder, f"{declared.name}.jsonl").write_text("".join(lines), encoding="utf-8")
        Path(folder, "lexicon.json").write_bytes((DATA / "lexicon.json").read_bytes())
        return _of(check_corpus(Path(folder), Options()))


@cache
def _before() -> Mapping[str, Told]:
    return {"release": _as_release(None), "corpus": _as_corpus(None)}


def _judged(change: Change) -> Judged:
    before = _before()
    release, corpus = _as_release(change) - before["release"], _as_corpus(change) - before["corpus"]
    return Judged(change.figure, change.place, bool(release and corpus), bool(release) == bool(corpus))


def judge(found: list[Change], jobs: int) -> list[Judged]:
    """Each change, judged as a release and as a corpus: noticed where both notice it."""
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(_judged, found, chunksize=4))
