"""The workbook of a release: every cell there, typed, text as text, the same bytes each time."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import zipfile
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

import lingang
from lingang.release.workbook import workbook
from lingang.tables import TABLES

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows() -> dict[str, list[dict[str, Any]]]:
    return lingang.open()._rows()


def made(changes: dict[str, dict[str, Any]] | None = None) -> bytes:
    """The workbook of the installed data, the first row of a table changed."""
    held = rows()
    for table, values in (changes or {}).items():
        held[table][0] |= values
    about = lingang.open()._about()
    assert about is not None
    return workbook(held, about)


def sheets(data: bytes) -> dict[str, Any]:
    openpyxl = pytest.importorskip("openpyxl")
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(io.BytesIO(data))}


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    return sheets(made())


@pytest.mark.long
def test_a_sheet_a_table_one_before_and_one_after(book: dict[str, Any]) -> None:
    assert list(book) == ["about", *[table.name for table in TABLES], "columns"]
    told = {row[0].value: row[1].value for row in book["about"]}
    assert told["version"] == "1.0.0" and told["events"].startswith("13 rows. ")
    columns = {(row[0].value, row[1].value) for row in book["columns"].iter_rows(min_row=2)}
    assert columns == {(table.name, name) for table in TABLES for name in table.names}
    assert all(sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:") for sheet in book.values())


@pytest.mark.long
@pytest.mark.parametrize("name", lingang.tables())
def test_every_cell_is_there_and_of_its_type(name: str, book: dict[str, Any]) -> None:
    head, *found = book[name].iter_rows()
    held = rows()[name]
    assert len(found) == len(held)
    for cells, row in zip(found, held, strict=True):
        for column, cell in zip(head, cells, strict=True):
            value = row[column.value]
            if value is None or value == []:
                assert cell.value is None
            elif isinstance(value, datetime.date):
                assert cell.value == datetime.datetime.combine(value, datetime.time()) and cell.is_date
            elif isinstance(value, list):
                assert cell.value == "|".join(value) and cell.data_type == "s"
            else:
                assert cell.value == value
                assert type(cell.value) in (type(value), int if isinstance(value, float) else type(value))


FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A0", "\t=1", "\n=1", " =1", "\u3000=1", "\u00a0@A1"),
    *("＝1+1", "＋1", "－1", "＠SUM(A1)", "\u3000＝1"),
]
LIKE_OTHERS = [
    "3月2日",
    "007",
    "1e3",
    "TRUE",
    "a\nb",
    " a ",
    "<a>&amp;",
    "_x0041_",
    "𠮷\u3000野",
    "x" * 40_000,
    "𠮷" * 20_000,
]


@pytest.fixture(scope="module")
def notes() -> dict[str, Any]:
    """The cells that hold these texts."""
    texts = [*FORMULAS, *LIKE_OTHERS]
    held = rows()
    for row, text in zip(held["evidence"], texts, strict=False):
        row["note"] = text
    about = lingang.open()._about()
    assert about is not None and len(texts) <= len(held["evidence"])
    sheet = sheets(workbook(held, about))["evidence"]
    column = 1 + list(held["evidence"][0]).index("note")
    return {text: sheet.cell(line, column) for line, text in enumerate(texts, start=2)}


@pytest.mark.long
@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_stays_text(text: str, notes: dict[str, Any]) -> None:
    cell = notes[text]
    assert (cell.value, cell.data_type, cell.number_format, cell.quotePrefix) == (text, "s", "@", True)


@pytest.mark.long
@pytest.mark.parametrize("text", LIKE_OTHERS)
def test_any_text_of_a_record_can_be_held(text: str, notes: dict[str, Any]) -> None:
    from openpyxl.utils.escape import unescape

    cell = notes[text]
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", False)
    if len(text) < 10_000:
        assert unescape(cell.value) == text
    else:
        assert len(cell.value.encode("utf-16-le")) // 2 <= 32_767
        assert cell.value.startswith(text[:10_000]) and f"whole text of {len(text)} characters" in cell.value


@pytest.mark.long
def test_a_day_that_spreadsheets_count_in_two_ways_is_text() -> None:
    column = 1 + list(rows()["events"][0]).index("date_start")
    for day, is_date in ((datetime.date(1900, 2, 28), False), (datetime.date(1900, 3, 1), True)):
        cell = sheets(made({"events": {"date_start": day}}))["events"].cell(2, column)
        assert cell.is_date == is_date
        assert str(cell.value)[:10] == day.isoformat()


@pytest.mark.long
def test_the_parts_are_xml_and_no_formula_is_among_them() -> None:
    with zipfile.ZipFile(io.BytesIO(made({"people": {"note": "=1+1"}}))) as book:
        names = book.namelist()
        assert names[0] == "[Content_Types].xml" and book.testzip() is None
        trees = {name: ElementTree.fromstring(book.read(name)) for name in names}
    listed = {part.get("PartName") for part in trees["[Content_Types].xml"] if part.get("PartName")}
    assert listed == {f"/{name}" for name in names if not name.endswith((".rels", "Types].xml"))}
    assert not [name for name, tree in trees.items() if tree.find(f".//{MAIN}f") is not None]


@pytest.mark.long
def test_pandas_reads_it() -> None:
    pytest.importorskip("openpyxl")
    frame = pd.read_excel(io.BytesIO(made()), sheet_name="events", keep_default_na=False, na_values=[""])
    given = lingang.load("events")
    assert list(frame["event_id"]) == list(given["event_id"])
    assert list(frame["date_raw"].fillna("")) == list(given["date_raw"].fillna(""))
    assert list(frame["date_start"].dropna()) == list(given["date_start"].dropna())


@pytest.mark.long
def test_the_same_rows_give_the_same_bytes() -> None:
    code = (
        "import sys, lingang; from lingang.release.workbook import workbook; data = lingang.open(); "
        "sys.stdout.buffer.write(workbook(data._rows(), data._about()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == made()
