"""The screen of a JSON Lines file finds the lines that the strict reader refuses, each and no other."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import lingang
from lingang.corpus.cells import fine_rows
from lingang.corpus.inputs import Part
from lingang.corpus.stage import stage
from lingang.tables import TABLES, Table, table
from lingang.tables.json_lines import read_line
from lingang.tables.rows import check_row

pytestmark = pytest.mark.long

LINES = {known.name: lingang.path(known.name).with_suffix(".jsonl").read_bytes().splitlines() for known in TABLES}
LINES |= {  # the tables of which the data has no row
    "labels": [
        '{"label_id": "en-1", "table_name": null, "column_name": null, "record_id": null, "value": "青禾镇", '
        '"language": "en", "text": "Qinghe \\"Town\\""}'.encode()
    ],
    "accepted": [
        b'{"accepted_id": "spring-accepted-1", "rule": "MEN002", "source_id": "yunhe", "article_id": null, '
        b'"raw_start": 12, "raw_end": 15, "table_name": null, "record_id": null, "reason": "a house, no body"}'
    ],
}
ROWS = {name: [json.loads(line) for line in lines] for name, lines in LINES.items()}
SPELLINGS: dict[str, dict[str, Any]] = {
    "ours": {"ensure_ascii": False},
    "compact": {"ensure_ascii": False, "separators": (",", ":")},
    "ascii": {"ensure_ascii": True},
}


def _known(declared: Table, column: str, rule: str) -> bool:
    """Whether a fault is left to KEY002: the form of a key of another table."""
    return rule == "ROW004" and column in declared.names and declared[column].references is not None


def _strict(declared: Table, lines: list[bytes]) -> list[tuple[int, str, str]]:
    return sorted(
        (number, fault.rule, fault.column)
        for number, line in enumerate(lines, start=1)
        for fault in read_line(declared, line)[1]
        if not _known(declared, fault.column, fault.rule)
    )


def _screened(declared: Table, lines: list[bytes]) -> list[tuple[int | None, str, str]]:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / f"{declared.name}.jsonl"
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        _, faults = stage(
            connection, declared, Part(declared.name, path, path.name, "jsonl", ""), Path(folder), 0, lambda share: None
        )
        found = [(line or 0, fault.rule, fault.column) for _, line, fault in faults]
    return sorted((line, rule, column) for line, rule, column in found if not _known(declared, column, rule))


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("declared", TABLES, ids=lambda declared: declared.name)
def test_the_published_rows_pass_in_every_spelling(declared: Table, spelling: str) -> None:
    lines = [json.dumps(row, **SPELLINGS[spelling]).encode() for row in ROWS[declared.name]]
    assert _screened(declared, lines) == []


JSON = """ " \\ , null 1e2 -0 .0 0 9 e true \\u4e2d \\/ / [] { } "x":1, 字 𠮷 """
PIECES = st.sampled_from([*JSON.encode().split(), b" ", b"\t", b"\x00", b"\xff"])


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, list[bytes]]:
    """Some real lines, in one of them some bytes changed, often with as many bytes as before."""
    name = draw(st.sampled_from([known.name for known in TABLES if ROWS[known.name]]))
    spelling = SPELLINGS[draw(st.sampled_from(sorted(SPELLINGS)))]
    rows = draw(st.lists(st.sampled_from(ROWS[name]), min_size=1, max_size=4))
    lines = [json.dumps(row, **spelling).encode() for row in rows]
    number = draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, min(len(line), 400)))
        piece = draw(PIECES)
        line = line[:at] + piece + line[at + draw(st.sampled_from([0, len(piece), 1])) :]
    lines[number] = line
    return name, lines


def _changed(name: str, old: str, new: str) -> tuple[str, list[bytes]]:
    line = next(line for line in LINES[name] if old.encode() in line)
    return name, [LINES[name][-1], line.replace(old.encode(), new.encode(), 1), LINES[name][0]]


@settings(max_examples=400, deadline=None)
@given(damaged())
@example(_changed("events", '"date_start": "2023-05-06"', '"date_start": "2023/05/06"'))
@example(_changed("figures", '"value": 198', '"value": 1e2'))
@example(_changed("evidence", ', "raw_start": ', ',"raw_start":'))
@example(_changed("evidence", '"rule": null', '"role": "ab"'))
@example(_changed("evidence", '"note": null', '"mote": null'))
@example(_changed("participations", '"list_open": false', '"list_open": 1e000'))
@example(_changed("events", '"about": ["', '"about":[ "'))
def test_what_the_screen_finds_is_what_the_strict_reader_finds(case: tuple[str, list[bytes]]) -> None:
    declared, lines = table(case[0]), [part for line in case[1] for part in line.split(b"\n")]
    assert _screened(declared, lines) == _strict(declared, lines)


VALUES = st.one_of(
    st.none(), st.text(alphabet='aA-7 \n\t字"\\|', max_size=3), st.sampled_from(["a|b", "2023-05-04", "x" * 64])
)


def _typed(declared: Table, row: dict[str, Any]) -> dict[str, Any]:
    days = {column.name for column in declared.columns if column.type == "date32"}
    return {name: date.fromisoformat(value) if name in days and value else value for name, value in row.items()}


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_rows_are_fine_exactly_where_their_declaration_accepts_them(data: st.DataObject) -> None:
    declared = data.draw(st.sampled_from([known for known in TABLES if ROWS[known.name]]))
    rows = [dict(row) for row in data.draw(st.lists(st.sampled_from(ROWS[declared.name]), min_size=1, max_size=5))]
    for row in rows:
        column = data.draw(st.sampled_from(declared.columns))
        if column.type == "str":
            row[column.name] = data.draw(VALUES)
        elif column.type == "list<str>":
            row[column.name] = data.draw(st.none() | st.lists(VALUES, max_size=3))
        elif column.type.startswith("int"):
            row[column.name] = data.draw(st.none() | st.integers(-1, 2**31 - 1))
    schema = pa.schema([field.with_nullable(True) for field in pq.read_schema(lingang.path(declared.name))])
    (batch,) = pa.Table.from_pylist([_typed(declared, row) for row in rows], schema=schema).to_batches()
    expected = [
        not [fault for fault in check_row(declared, row) if not _known(declared, fault[1], fault[0])] for row in rows
    ]
    assert fine_rows(declared, batch).tolist() == expected
