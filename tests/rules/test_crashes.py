"""Whatever the tables hold, no rule fails over them: it finds something, or it says that it could not look."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import lingang.check.root
import lingang.corpus.pages
from lingang.check.root import check_tables
from lingang.cli.commands import main
from lingang.engines.duckdb import DuckDB
from lingang.lexicon import newest
from lingang.problems import RuleFailed
from lingang.rules.catalogue import sql_rules
from lingang.rules.python import PYTHON_RULES
from lingang.rules.rule import Finding
from lingang.rules.sound import Outcome, put_to, sound
from lingang.tables import TABLES, Column, Table
from lingang.tables.arrow import Origins, Tables, arrow_schema
from lingang.tables.view import View

Rows = list[dict[str, Any]]
EXTREMES: dict[str, list[Any]] = {
    "str": [None, "", "x", "\n", "。", "云河市", "2023?-05"],
    "int32": [None, -(2**31), -1, 0, 1, 2**31 - 1],
    "float64": [None, -1.7e308, -1.0, 0.0, 0.5, 1.7e308],
    "bool": [None, True, False],
    "date32": [None, datetime.date(1, 1, 1), datetime.date(9999, 12, 31)],
    "list<str>": [None, [], [""], ["云河市", "云河市"]],
}


def extremes(column: Column) -> list[Any]:
    return [None, "nothing", *column.vocabulary.values[:2]] if column.vocabulary else EXTREMES[column.type]


def damages(table: Table, rows: Rows) -> Iterator[tuple[str, Rows]]:
    """The rows of a table with a cell, or all cells of a column, changed; with rows less and twice."""
    yield "no rows", []
    yield "the first row gone", rows[1:]
    yield "the first row twice", [*rows[:1], *rows]
    for column in table.columns:
        filled = [number for number, row in enumerate(rows) if row[column.name] is not None] or list(range(len(rows)))
        for value in extremes(column) if filled else ():
            for where, numbers in (("first", filled[:1]), ("last", filled[-1:]), ("every", range(len(rows)))):
                changed = [dict(row) for row in rows]
                for number in numbers:
                    changed[number][column.name] = value
                yield f"{where} {column.name} {value!r}", changed


def outcomes(tables: dict[str, Rows]) -> Iterator[tuple[str, Outcome]]:
    view = View(tables.__getitem__, newest("zh-news"))
    for entry in PYTHON_RULES:
        yield entry.rule.id, put_to(entry, view, tables.__getitem__)


def failing(table: Table, base: dict[str, Rows], share: int) -> list[str]:
    """The damages over which a rule fails, of every ``share``-th one."""
    out = []
    for what, changed in list(damages(table, base[table.name]))[::share]:
        for rule_id, outcome in outcomes({**base, table.name: changed}):
            if outcome.failure is not None:
                out.append(f"{table.name}, {what}: {rule_id} {outcome.failure}\n{outcome.trace}")
    return out


@pytest.fixture(scope="module")
def base(tables: Tables) -> dict[str, Rows]:
    return {known.name: tables.rows(known.name) for known in TABLES}


@pytest.mark.long
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_rule_over_running_text_fails_over_a_damaged_table(table: Table, base: dict[str, Rows]) -> None:
    assert failing(table, base, 11) == []


@pytest.mark.parametrize("end", [0, -1], ids=["least", "greatest"])
def test_no_select_fails_over_the_ends_of_a_type(end: int, tables: Tables) -> None:
    """All numbers and days of all tables at one end of their types, a null among them: sums and differences hold."""
    ends = {"int32": (-(2**31), 2**31 - 1), "float64": (-1.7e308, 1.7e308)}
    ends |= {"date32": (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))}  # type: ignore[dict-item]
    arrow = {}
    for table in TABLES:
        rows = tables.rows(table.name)
        for column in table.columns:
            for row in rows[1::2] if column.type in ends else ():
                row[column.name] = ends[column.type][end]
        nullable = pa.schema([field.with_nullable(True) for field in arrow_schema(table.name)])
        arrow[table.name] = pa.Table.from_pylist(rows, schema=nullable)
    report = check_tables(Tables(arrow, Origins(files={known.name: f"{known.name}.jsonl" for known in TABLES})))
    assert report.failed and "EVI001" in {problem.rule for problem in report} | set(report.not_run)


# a rule that is wrong itself


def _planted(monkeypatch: pytest.MonkeyPatch, rule_id: str, error: Exception) -> None:
    """One rule over running text raises, after a finding."""

    def find(view: View) -> Iterator[Finding]:
        yield Finding("people", 0, "name", "x", "y")
        raise error

    rules = tuple(replace(entry, find=find) if entry.rule.id == rule_id else entry for entry in PYTHON_RULES)
    monkeypatch.setattr(lingang.check.root, "PYTHON_RULES", rules)
    monkeypatch.setattr(lingang.corpus.pages, "PYTHON_RULES", rules)


ERRORS = [KeyError("a"), TypeError("b"), ZeroDivisionError("c"), StopIteration(), RecursionError("d")]


@pytest.mark.long
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("damage", ["", "PER002", "ROW003", "KEY002"])
def test_a_rule_that_fails_is_named_whatever_else_is_wrong(
    error: Exception, damage: str, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    _planted(monkeypatch, "PER004", error)
    changes = {
        "PER002": ("people", "name_latin", "Wx Yz"),
        "ROW003": ("events", "kind", "nothing"),
        "KEY002": ("positions", "person_id", "nobody"),
    }
    arrow = dict(tables.arrow)
    if damage:
        name, column, value = changes[damage]
        rows = tables.rows(name)
        rows[0][column] = value
        arrow[name] = pa.Table.from_pylist(rows, schema=arrow_schema(name))
    with pytest.raises(RuleFailed, match="rule PER004 failed"):
        check_tables(Tables(arrow, Origins(files={})))


@pytest.mark.long
@pytest.mark.parametrize("kind", ["root", "release", "corpus"])
@pytest.mark.parametrize("option", [[], ["--select", "PER"], ["--debug"]], ids=" ".join)
def test_a_rule_that_fails_is_exit_2_on_every_input(
    kind: str,
    option: list[str],
    inputs: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _planted(monkeypatch, "PER004", KeyError("a"))
    assert main(["validate", str(inputs(kind)), *option]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-1].startswith("lingang: rule PER004 failed (KeyError: 'a')")
    assert ("Traceback" in said.err and "in find" in said.err) == (option == ["--debug"])
    assert len(said.err.splitlines()) == 1 or option == ["--debug"]


@pytest.mark.long
@pytest.mark.parametrize("kind", ["root", "release", "corpus"])
def test_a_select_that_fails_is_exit_2_and_named(
    kind: str, inputs: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, (spans,) = DuckDB.select, [rule.sql for rule in sql_rules() if rule.id == "EVI001"]

    def select(self: DuckDB, sql: str) -> Iterator[dict[str, Any]]:
        return before(self, "SELECT CAST(quote AS INTEGER) FROM evidence" if sql == spans else sql)

    monkeypatch.setattr(DuckDB, "select", select)
    assert main(["validate", str(inputs(kind)), "--select", "EVI"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("lingang: rule EVI001 failed (Conversion Error: ")
    assert len(said.err.splitlines()) == 1 and said.out == ""


def test_rows_that_do_not_hold_together_keep_a_rule_from_looking(base: dict[str, Rows]) -> None:
    rows = [dict(row) for row in base["positions"]]
    rows[0]["person_id"] = "nobody"
    tables = {**base, "positions": rows}
    found = dict(outcomes(tables))
    assert [rule_id for rule_id, outcome in found.items() if outcome.failure] == []
    held = {rule_id: outcome.broken for rule_id, outcome in found.items() if outcome.broken}
    assert {(broken.table, broken.row_no, broken.rule, broken.column) for broken in held.values()} <= {
        ("positions", 0, "KEY002", "person_id")
    }
    kept, _ = sound(tables.__getitem__)
    assert len(kept["positions"]) == len(rows) - 1
    assert len(kept["evidence"]) < len(base["evidence"])  # what proved it has nothing to prove


def test_sound_rows_are_all_rows_of_a_clean_dataset(base: dict[str, Rows]) -> None:
    kept, broken = sound(base.__getitem__)
    assert broken is None
    assert {name: len(rows) for name, rows in kept.items()} == {name: len(rows) for name, rows in base.items()}
