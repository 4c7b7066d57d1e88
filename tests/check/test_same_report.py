"""The same bad tables as a root has them, as a release and as a corpus: the same report. And each column null once."""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from foreign import foreign_root
from lingang.causes import each_cause_once
from lingang.check.corpus import check_corpus
from lingang.check.released import check_release
from lingang.check.root import check_tables
from lingang.cli.commands import main
from lingang.corpus.options import Options
from lingang.files.sums import folder_sums
from lingang.printers import PRINTERS
from lingang.problems import Report
from lingang.tables import TABLES, Column, Table, table
from lingang.tables.arrow import Tables, arrow_schema
from lingang.tables.json_lines import with_days
from table_forms import as_json_lines, changed, parquet_of, rows_of

Cell = tuple[str, str, str, str]
"""``(rule, table, record, column)``"""
FILLED = [
    (declared, column)
    for declared in TABLES
    for column in declared.columns
    if any(row[column.name] is not None for row in rows_of(declared.name))
]


NOT_OF_CORPORA = {"EVI020": "readings"}
"""Whether a reading is of a record as it stands is not asked page by page (docs/CORPORA.md)."""


def as_release(folder: Path, name: str, change: Callable[[list[dict[str, Any]]], None]) -> Report:
    shutil.copytree(parquet_of(name).parent, folder, ignore=shutil.ignore_patterns("__*"))
    changed(folder / f"{name}.jsonl", change)
    (folder / "SHA256SUMS").write_bytes(folder_sums(folder))
    return check_release(folder)


def as_corpus(folder: Path, name: str, change: Callable[[list[dict[str, Any]]], None]) -> Report:
    as_json_lines(folder)
    changed(folder / f"{name}.jsonl", change)
    for file in ("about.json", "lexicon.json"):
        shutil.copy(parquet_of(name).parent / file, folder)
    return check_corpus(folder, Options(keep=10_000))


def as_root(tables: Tables, name: str, change: Callable[[list[dict[str, Any]]], None]) -> Report:
    rows = rows_of(name)
    change(rows)
    whole = [with_days(table(name), row) for row in rows]
    arrow = {**tables.arrow, name: pa.Table.from_pylist(whole, schema=arrow_schema(name))}
    report = check_tables(dataclasses.replace(tables, arrow=arrow))
    report.problems = each_cause_once(report.problems)
    return report


def cells(report: Report, rules: frozenset[str]) -> set[Cell]:
    return {
        (problem.rule, problem.table, problem.record_id, problem.column_name)
        for problem in report
        if problem.rule in rules and NOT_OF_CORPORA.get(problem.rule) != problem.table
    }


def compared(folder: Path, tables: Tables, name: str, change: Callable[[list[dict[str, Any]]], None]) -> list[Report]:
    """The three reports, of which every rule that all of them ran to its end says the same."""
    reports = [
        as_root(tables, name, change),
        as_release(folder / "release", name, change),
        as_corpus(folder / "corpus", name, change),
    ]
    everywhere = frozenset.intersection(*(frozenset(report.ran) for report in reports))
    first, *others = (cells(report, everywhere) for report in reports)
    for other in others:
        assert other == first, sorted(other ^ first)
    return reports


def nothing(column: str) -> Callable[[list[dict[str, Any]]], None]:
    """The first filled cell of a column made null."""

    def change(rows: list[dict[str, Any]]) -> None:
        next(row for row in rows if row[column] is not None)[column] = None

    return change


def null_is_told_alike(declared: Table, column: Column, folder: Path, tables: Tables) -> None:
    reports = compared(folder, tables, declared.name, nothing(column.name))
    if not column.nullable:
        for report in reports:
            assert any(
                (found.rule, found.table, found.column_name) == ("ROW002", declared.name, column.name)
                for found in report
            )


SAMPLE = random.Random("nulls").sample(FILLED, 6)


@pytest.mark.long
@pytest.mark.parametrize("cell", SAMPLE, ids=lambda cell: f"{cell[0].name}.{cell[1].name}")
def test_a_null_is_told_alike_in_a_root_a_release_and_a_corpus(
    cell: tuple[Table, Column], tmp_path: Path, tables: Tables
) -> None:
    null_is_told_alike(*cell, tmp_path, tables)


@pytest.mark.sweep
@pytest.mark.parametrize("cell", FILLED, ids=lambda cell: f"{cell[0].name}.{cell[1].name}")
def test_every_null_is_told_alike(cell: tuple[Table, Column], tmp_path: Path, tables: Tables) -> None:
    null_is_told_alike(*cell, tmp_path, tables)


def other_kind(rows: list[dict[str, Any]]) -> None:
    rows[0]["kind"] = "nothing-of-the-kind"


def points_nowhere(rows: list[dict[str, Any]]) -> None:
    for row in rows[:4]:
        row["event_id"] = "no-such-event"


def twice(rows: list[dict[str, Any]]) -> None:
    rows.insert(1, dict(rows[0]))


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "change"), [("events", other_kind), ("participations", points_nowhere), ("people", twice)]
)
def test_a_bad_table_is_told_alike(
    name: str, change: Callable[[list[dict[str, Any]]], None], tmp_path: Path, tables: Tables
) -> None:
    reports = compared(tmp_path, tables, name, change)
    assert all(report.errors for report in reports)


BROKEN_OPTIONS = [
    [],
    ["--strict"],
    ["--no-accept"],
    ["--max", "0"],
    ["--select", "core"],
    ["--ignore", "LED"],
    ["--memory", "1GB"],
    *(["--format", form] for form in PRINTERS),
]


@pytest.mark.long
@pytest.mark.parametrize("options", BROKEN_OPTIONS, ids=" ".join)
def test_no_option_makes_broken_input_green(options: list[str], tmp_path: Path) -> None:
    root = foreign_root(tmp_path / "root")
    (root / "dataset/articles/meeting.yaml").write_text("kind: [\n", "utf-8")
    corpus = as_json_lines(tmp_path / "corpus")
    (corpus / "events.jsonl").write_bytes(b"NOT JSON\n")
    for path in (root, corpus):
        assert main(["validate", str(path), *options]) in (1, 2), path
        assert main(["build", str(path), "--out", str(tmp_path / "out"), *options]) in (1, 2), path
        assert not (tmp_path / "out").exists()
    for command in (
        ["release", str(root), "--out"],
        ["explore", str(root), "-o"],
        ["export", "nlp", "--from", str(root)],
    ):
        assert main([*command, str(tmp_path / "out")]) in (1, 2), command
        assert not (tmp_path / "out").exists()
