"""JSON Schema and the row models accept and refuse the same rows."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lingang.tables import TABLES, Table
from lingang.tables.json_schema import row_schema
from lingang.tables.rows import check_row

pytestmark = pytest.mark.long

DATA = Path(__file__).resolve().parents[2] / "src" / "lingang" / "data"
SCHEMAS = Path(__file__).resolve().parents[2] / "schema"
ROWS = {
    table.name: [json.loads(line) for line in (DATA / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for table in TABLES
}
VALIDATORS = {
    table.name: Draft202012Validator(row_schema(table), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for table in TABLES
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_published_rows_are_valid_by_the_published_schema(table: Any) -> None:
    schema = json.loads((DATA / "schema" / f"{table.name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all(column["title"] and column["description"] for column in schema["properties"].values())
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for row in ROWS[table.name]:
        validator.validate(row)
        assert check_row(table, row) == []


def test_the_schemas_of_the_authored_files_are_schemas() -> None:
    paths = sorted((SCHEMAS / "authored").glob("*.json"))
    assert len(paths) == 10
    for path in paths:
        schema = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        assert schema["$id"].endswith(f"authored/{path.name}")


WORDS = st.sampled_from(
    ["", " ", "x", "a\n", "A-b", "7", "-a", "近日", "2023-02-30", "2023-05-04", "2023?-05-04", "x" * 64, "\n"]
)
CHANGED = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**31, -(2**31) - 1, 2**63]),
    WORDS,
    st.floats(0.1, 0.9),
    st.lists(WORDS, max_size=2),
    st.dictionaries(WORDS, WORDS, max_size=1),
)


@st.composite
def changed_rows(draw: st.DrawFn) -> tuple[Any, dict[str, Any]]:
    """A real row with one change: a value, a key more or a key less."""
    table = draw(st.sampled_from([table for table in TABLES if ROWS[table.name]]))
    row = copy.deepcopy(draw(st.sampled_from(ROWS[table.name])))
    column = draw(st.sampled_from(table.names))
    match draw(st.integers(0, 9)):
        case 0:
            del row[column]
        case 1:
            row["unknown"] = draw(CHANGED)
        case 2 if table[column].vocabulary is not None:
            row[column] = draw(st.sampled_from([*table[column].vocabulary.values, "nothing of these"]))
        case 3 if isinstance(row[column], str):
            row[column] = row[column] + draw(WORDS)
        case _:
            row[column] = draw(CHANGED)
    return table, row


def new_word(table: Table, row: dict[str, Any]) -> bool:
    """Whether a cell holds a word that an open vocabulary may take from a root; a schema lists those of its lexicon."""
    found = ((column.vocabulary, row.get(column.name)) for column in table.columns)
    return any(
        vocabulary is not None and vocabulary.open and isinstance(word, str) and word not in vocabulary.values
        for vocabulary, word in found
    )


@settings(max_examples=1500, deadline=None)
@given(changed_rows())
def test_both_accept_and_refuse_the_same_rows(changed: tuple[Any, dict[str, Any]]) -> None:
    table, row = changed
    assert VALIDATORS[table.name].is_valid(row) == (check_row(table, row) == [] and not new_word(table, row)), row
