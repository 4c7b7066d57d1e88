"""Parquet that other tools wrote, or that was damaged: read as it is meant, or refused at the cell or by its place."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import lingang
from lingang.check.corpus import check_corpus
from lingang.check.released import check_release
from lingang.cli.commands import main
from lingang.corpus.options import Options
from lingang.tables import TABLES
from lingang.tables.arrow import arrow_schema
from table_forms import as_json_lines, as_parquet, parquet_of

pytestmark = pytest.mark.long

Change = Callable[[pa.Table], pa.Table]

WITH_ROWS = [known for known in TABLES if pq.ParquetFile(parquet_of(known.name)).metadata.num_rows]
"""The tables that have a page of values in Parquet, which can be damaged."""


def read(name: str) -> pa.Table:
    return pq.ParquetFile(parquet_of(name)).read()


def with_column(table: pa.Table, name: str, array: Any) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, array)


def cast(name: str, kind: pa.DataType) -> Change:
    return lambda table: with_column(table, name, table.column(name).cast(kind))


def planted(folder: Path, name: str, table: pa.Table, **how: Any) -> Path:
    """A corpus of JSON Lines, one table of it as Parquet."""
    as_json_lines(folder, but=name)
    pq.write_table(table, folder / f"{name}.parquet", **how)
    return folder


def found(folder: Path, **options: Any) -> list[tuple[str, str, str, str]]:
    report = check_corpus(folder, Options(**options))
    return [(problem.rule, str(problem.place), problem.column_name, problem.found) for problem in report]


def _by_pandas(table: pa.Table) -> pa.Table:
    return pa.Table.from_pandas(lingang.load("events"))


READ: dict[str, tuple[str, Change]] = {
    "a column typed null": ("events", lambda table: with_column(table, "note", pa.nulls(table.num_rows))),
    "another order": ("events", lambda table: table.select(table.column_names[::-1])),
    "large strings": ("events", cast("trigger", pa.large_string())),
    "a dictionary": ("events", lambda table: with_column(table, "kind", table["kind"].dictionary_encode())),
    "large lists": ("events", cast("about", pa.large_list(pa.large_string()))),
    "wide integers": ("evidence", cast("raw_start", pa.int64())),
    "narrow integers": ("segments", cast("seq", pa.uint8())),
    "unsigned": ("figures", cast("value", pa.uint64())),
    "timestamps at midnight, ns": ("events", cast("date_start", pa.timestamp("ns"))),
    "timestamps at midnight, s": ("events", cast("date_end", pa.timestamp("s"))),
    "date64": ("events", cast("date_start", pa.date64())),
    "what pandas writes of a table that was loaded": ("events", _by_pandas),
}


@pytest.mark.parametrize("case", READ)
def test_columns_as_other_tools_write_them_are_read(case: str, tmp_path: Path) -> None:
    name, change = READ[case]
    folder = planted(tmp_path / "corpus", name, change(read(name)))
    assert found(folder) == []
    assert main(["build", str(folder), "--out", str(tmp_path / "out"), "--select", "core"]) == 0
    published = pq.ParquetFile(tmp_path / "out" / f"{name}.parquet").read()
    assert published.to_pylist() == read(name).to_pylist()
    assert published.schema.names == arrow_schema(name).names


@pytest.mark.parametrize("declared", TABLES, ids=lambda declared: declared.name)
def test_a_column_typed_null_is_one_whose_cells_are_null(declared: Any, tmp_path: Path) -> None:
    table = read(declared.name)
    for column in declared.columns[1:]:
        folder = tmp_path / column.name
        nulled = with_column(table, column.name, pa.nulls(table.num_rows))
        planted(folder, declared.name, nulled)
        rules = {(rule, place) for rule, place, at, _ in found(folder, chosen=lambda rule: rule == "ROW002")}
        rows = 0 if column.nullable else table.num_rows
        assert rules == {("ROW002", f"{declared.name}.parquet:{row + 1}:1") for row in range(rows)}, column.name


def _list_of_null(table: pa.Table) -> pa.Table:
    lists: list[Any] = [[None], *([[]] * (table.num_rows - 1))]
    return with_column(table, "aliases", pa.array(lists, pa.list_(pa.null())))


def _days(first: int) -> Change:
    def change(table: pa.Table) -> pa.Table:
        days = table["date_start"].cast(pa.int32()).to_pylist()
        return with_column(table, "date_start", pa.array([first, *days[1:]], pa.int32()).cast(pa.date32()))

    return change


def _times(first: int) -> Change:
    def change(table: pa.Table) -> pa.Table:
        times = table["date_start"].cast(pa.timestamp("us")).cast(pa.int64()).to_pylist()
        return with_column(table, "date_start", pa.array([first, *times[1:]], pa.int64()).cast(pa.timestamp("us")))

    return change


LAST_DAY = (date.max - date(1970, 1, 1)).days
FIRST_DAY = (date.min - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("organizations", _list_of_null, ("ROW001", "organizations.parquet:1:1", "aliases", "[null]")),
        ("events", _days(LAST_DAY + 1), ("ROW004", "events.parquet:1:1", "date_start", "10000-01-01")),
        ("events", _days(FIRST_DAY - 1), ("ROW004", "events.parquet:1:1", "date_start", "0000-12-31")),
        ("events", _days(2**31 - 1), ("ROW004", "events.parquet:1:1", "date_start", "5881580-07-11")),
        ("events", _days(-(2**31)), ("ROW004", "events.parquet:1:1", "date_start", "-5877641-06-23")),
        ("events", _times(3_600_000_000), ("ROW004", "events.parquet:1:1", "date_start", "1970-01-01T01:00:00.000000")),
        ("events", _times(2**63 - 1), ("ROW004", "events.parquet:1:1", "date_start", "294247-01-10T04:00:54.775807")),
    ],
)
def test_a_cell_that_a_column_cannot_hold_is_refused_at_its_row(
    name: str, change: Change, expected: tuple[str, ...], tmp_path: Path
) -> None:
    folder = planted(tmp_path / "corpus", name, change(read(name)))
    assert found(folder, chosen=lambda rule: rule.startswith("ROW")) == [expected]
    assert expected in found(folder)
    assert main(["build", str(folder), "--out", str(tmp_path / "out"), "--strict"]) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda table: table.drop_columns("note"), "without note"),
        (lambda table: table.append_column("more", table["note"]), "with more"),
        (lambda table: table.append_column("note", table["note"]), "twice note"),
        (cast("note", pa.binary()), "note as binary"),
        (lambda table: with_column(table, "date_start", table["date_start"].cast(pa.string())), "date_start as string"),
        (cast("date_start", pa.timestamp("us", "UTC")), "date_start as timestamp[us, tz=UTC]"),
        (lambda table: with_column(table, "about", table["trigger"]), "about as string"),
    ],
)
def test_another_column_is_named(change: Change, says: str, tmp_path: Path) -> None:
    folder = planted(tmp_path / "corpus", "events", change(read("events")))
    assert found(folder) == [("PUB005", "events.parquet", "", says)]


def _damaged_page(path: Path, group: int, column: int) -> None:
    chunk = pq.ParquetFile(path).metadata.row_group(group).column(column)
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    data = bytearray(path.read_bytes())
    for at in range(start, start + chunk.total_compressed_size):
        data[at] = 0
    path.write_bytes(data)


@pytest.mark.parametrize("declared", WITH_ROWS, ids=lambda declared: declared.name)
def test_a_zeroed_page_is_told_by_file_row_group_and_column(
    declared: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = as_parquet(tmp_path / "corpus")
    path = folder / f"{declared.name}.parquet"
    groups = pq.ParquetFile(path).num_row_groups
    column = len(declared.columns) // 2
    _damaged_page(path, groups - 1, column)
    where = f"row group {groups}, column {declared.names[column]}: "
    ((rule, place, _, said),) = found(folder, chosen=lambda rule: rule.startswith("KEY"))  # which filters nothing here
    assert (rule, place) == ("PUB006", f"{declared.name}.parquet") and said.startswith(where)
    assert main(["build", str(folder), "--out", str(tmp_path / "out")]) == 1
    assert where in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("declared", WITH_ROWS, ids=lambda declared: declared.name)
def test_a_zeroed_page_of_a_release_is_told(declared: Any, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(parquet_of("events").parent, folder, ignore=shutil.ignore_patterns("__*"))
    path = folder / f"{declared.name}.parquet"
    _damaged_page(path, 0, 0)
    report = check_release(folder)
    assert {(problem.rule, problem.place.file) for problem in report} == {("PUB001", path.name), ("PUB006", path.name)}
    assert all(f"column {declared.key}" in problem.found for problem in report if problem.rule == "PUB006")


def test_damage_anywhere_is_an_error_or_changes_nothing(tmp_path: Path) -> None:
    """Flipped bits and cut ends: never a traceback, never fewer rows in silence."""
    chance = random.Random(12)
    expected = {declared.name: read(declared.name).to_pylist() for declared in TABLES}
    names = ["events", "people", "issues"]
    as_json_lines(tmp_path / "corpus")
    for trial in range(60):
        name = names[trial % len(names)]
        folder = tmp_path / "corpus"
        (folder / f"{name}.jsonl").unlink(missing_ok=True)
        path = folder / f"{name}.parquet"
        pq.write_table(read(name), path, write_page_checksum=trial % 2 == 0)
        data = bytearray(path.read_bytes())
        at = chance.randrange(len(data))
        if trial % 6 == 5:
            data = data[:at]
        else:
            data[at] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        report = check_corpus(folder, Options(chosen=lambda rule: rule.startswith("ROW")))
        if not report.errors:
            rows = dict(report.read)[name]
            assert rows == len(expected[name]), (trial, at)
        else:
            assert {problem.place.file for problem in report} == {path.name}
        path.unlink()
        shutil.copy(parquet_of(name).with_suffix(".jsonl"), folder)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1PAR1", b"{}\n", b"PAR1" + b"\xff" * 64 + b"PAR1"])
def test_what_is_no_parquet_is_refused(data: bytes, tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus", but="events")
    (folder / "events.parquet").write_bytes(data)
    assert [(rule, place) for rule, place, *_ in found(folder)] == [("PUB006", "events.parquet")]
