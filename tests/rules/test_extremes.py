"""Integers, days and characters beyond what a column takes: told at the cell in a corpus of either form and in a
release, and no rule fails over them."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import lingang
from lingang.check.corpus import check_corpus
from lingang.check.released import check_release
from lingang.corpus.options import Options
from lingang.tables import TABLES, Column, Table
from lingang.tables.rows import check_row
from lingang.text.characters import REFUSED
from table_forms import as_json_lines, changed, parquet_of, rows_of

CELLS = [(declared, column) for declared in TABLES for column in declared.columns if len(lingang.load(declared.name))]
"""The cells of tables that have rows."""
INTEGERS = [(declared, column) for declared, column in CELLS if column.type.startswith("int")]
DAYS = [(declared, column) for declared, column in CELLS if column.type == "date32"]
TEXTS = [
    (declared, column)
    for declared, column in CELLS
    if column.type in ("str", "list<str>") and column.vocabulary is None and "[a-z]" not in (column.pattern or "")
]
EXTREMES = (2**31 - 1, -(2**31), 2**31, -1, 2**63 - 1, -(2**63), 2**64, 10**30)


def names(value: Any) -> str:
    return f"{value[0].name}.{value[1].name}"


Cell = tuple[str, str, str]
"""``(rule, place, column)``"""


def told(folder: Path, rule: str = "") -> set[Cell]:
    """What the report on a corpus tells; with ``rule`` what this rule tells, alone."""
    report = check_corpus(folder, Options(keep=10_000, chosen=lambda other: other.startswith(rule)))
    return {
        (problem.rule, str(problem.place), problem.column_name) for problem in report if problem.rule.startswith(rule)
    }


def planted(folder: Path, rule: str, cells: list[tuple[Table, Column, Any]]) -> set[Cell]:
    """A corpus with these values, each in a row of its own; what is to be told of it."""
    as_json_lines(folder)
    expected: set[Cell] = set()
    for declared in {declared.name: declared for declared, _, _ in cells}.values():
        own = [(column, value) for table, column, value in cells if table is declared]

        def change(rows: list[dict[str, Any]], declared: Table = declared, own: list[Any] = own) -> None:
            while len(rows) < len(own):
                rows.append({**rows[0], declared.key: f"more-{len(rows)}"})
            for row, (column, value) in zip(rows, own, strict=False):
                row[column.name] = value

        changed(folder / f"{declared.name}.jsonl", change)
        expected |= {
            (rule, f"{declared.name}.jsonl:{line}:1", column.name) for line, (column, _) in enumerate(own, start=1)
        }
    return expected


def extremes(column: Column) -> list[int]:
    return [value for value in EXTREMES if column.type == "int32" or abs(value) > 2**53 or value < 0]


def test_extreme_integers_are_told_at_their_lines(tmp_path: Path) -> None:
    cells = [(declared, column, value) for declared, column in INTEGERS for value in extremes(column)]
    expected = planted(tmp_path / "corpus", "ROW005", cells)
    assert len(expected) == len(cells) > 150
    assert told(tmp_path / "corpus", "ROW005") == expected


@pytest.mark.long
@pytest.mark.parametrize("cell", INTEGERS, ids=names)
def test_no_rule_fails_over_an_extreme_integer(cell: tuple[Table, Column], tmp_path: Path) -> None:
    declared, column = cell
    expected = planted(tmp_path / "corpus", "ROW005", [(declared, column, extremes(column)[0])])
    assert told(tmp_path / "corpus") >= expected


@pytest.mark.long
@pytest.mark.parametrize("cell", INTEGERS, ids=names)
def test_an_extreme_integer_of_parquet_is_told_at_its_row(cell: tuple[Table, Column], tmp_path: Path) -> None:
    declared, column = cell
    folder = as_json_lines(tmp_path / "corpus", but=declared.name)
    table = pq.ParquetFile(parquet_of(declared.name)).read()
    at = table.schema.get_field_index(column.name)
    for kind, top in ((pa.int64(), 2**63 - 1), (pa.uint64(), 2**64 - 1), (pa.int32(), 2**31 - 1)):
        if kind == pa.int32() and column.type == "int64":
            continue
        array = pa.array([top, *table[column.name].to_pylist()[1:]], kind)
        pq.write_table(table.set_column(at, column.name, array), folder / f"{declared.name}.parquet")
        assert told(folder, "ROW005") == {("ROW005", f"{declared.name}.parquet:1:1", column.name)}, kind


def release(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    """The published data with one table changed, sums made anew."""
    shutil.copytree(parquet_of(name).parent, folder, ignore=shutil.ignore_patterns("__*"))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    listed = [line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()]
    sums = (f"{hashlib.sha256((folder / file).read_bytes()).hexdigest()}  {file}\n" for file in listed)
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="ascii")
    return folder


@pytest.mark.long
@pytest.mark.parametrize("cell", INTEGERS, ids=names)
def test_an_extreme_integer_of_a_release_is_told_at_its_line(cell: tuple[Table, Column], tmp_path: Path) -> None:
    declared, column = cell
    rows = rows_of(declared.name)
    rows[0][column.name] = extremes(column)[0]
    report = check_release(release(tmp_path / "release", declared.name, rows))
    found = {(problem.rule, str(problem.place), problem.column_name) for problem in report}
    assert ("ROW005", f"{declared.name}.jsonl:1:1", column.name) in found


ODD_DAYS = ("0000-05-04", "-001-05-04", "10000-01-01", "99999-01-01", "infinity", "2023-02-30", "5881580-07-11")


@pytest.mark.long
def test_days_that_no_calendar_has_are_told_at_their_lines(tmp_path: Path) -> None:
    cells = [(declared, column, value) for declared, column in DAYS for value in ODD_DAYS]
    expected = planted(tmp_path / "corpus", "ROW004", cells)
    assert told(tmp_path / "corpus", "ROW004") == expected
    for number, value in enumerate(ODD_DAYS):  # alone, and by every rule
        expected = planted(tmp_path / str(number), "ROW004", [(*DAYS[-1], value)])
        assert told(tmp_path / str(number)) >= expected, value


CHARACTERS = "\x00\x07\x08\x0b\x0d\x1b\x1f\x7f\x85\x9f\u2028\u2029\ufdd0\ufeff\ufffe\uffff\U0001fffe\U0010ffff"


@pytest.mark.long
@pytest.mark.parametrize("escaped", [True, False], ids=["escaped", "as they are"])
def test_refused_characters_are_told_at_their_lines(escaped: bool, tmp_path: Path) -> None:
    texts = [f"青禾{character}镇" for character in CHARACTERS if escaped or character >= " "]
    cells = [
        (declared, column, [text] if column.type == "list<str>" else text)
        for declared, column in TEXTS
        for text in texts
    ]
    expected = planted(tmp_path / "corpus", "ROW004", cells)
    for path in (tmp_path / "corpus").iterdir() if escaped else ():
        rows = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="ascii")
    assert len(expected) > 500
    assert told(tmp_path / "corpus", "ROW004") == expected


def test_the_character_is_named_with_its_place() -> None:
    (declared,) = (declared for declared in TABLES if declared.name == "people")
    row = {**rows_of("people")[0], "note": "青禾\ufffe镇"}
    ((rule, column, expected, found),) = check_row(declared, row)
    assert (rule, column, found) == ("ROW004", "note", "U+FFFE as character 3")
    assert expected.startswith("text without")


def test_refused_characters_of_parquet_are_told_at_their_rows(tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus", but="organizations")
    table = pq.ParquetFile(parquet_of("organizations")).read()
    texts = [f"松岭{character}县" for character in CHARACTERS]
    for name, values in (("note", texts), ("aliases", [[text] for text in texts])):
        values = [*values, *table[name].to_pylist()[len(values) :]]
        at = table.schema.get_field_index(name)
        column = pa.array(values, table.schema.field(name).type)
        pq.write_table(table.set_column(at, name, column), folder / "organizations.parquet")
        expected = {("ROW004", f"organizations.parquet:{row + 1}:1", name) for row in range(len(texts))}
        assert told(folder, "ROW004") == expected


def test_the_refused_characters_are_those_that_no_xml_and_no_unicode_text_has() -> None:
    refused = {number for number in range(0x110000) if REFUSED.fullmatch(chr(number))}
    controls = {*range(0x20), *range(0x7F, 0xA0)} - {9, 10}
    nothing = {*range(0xFDD0, 0xFDF0), *(plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF))}
    assert refused == controls | nothing | {*range(0xD800, 0xE000)} | {0x2028, 0x2029, 0xFEFF}
