"""What the rules presuppose beside the tables: functions in Spark's spelling, and views made from the
declarations."""

from __future__ import annotations

from typing import Literal

from lingang.tables import TABLES, Column, Table
from lingang.text.characters import usual_forms
from lingang.text.page import WHITE

__all__ = ["DUCKDB_MACROS", "SPARK_FUNCTIONS", "views"]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_USUAL = f"translate(s, {_quoted(''.join(usual_forms()))}, {_quoted(''.join(usual_forms().values()))})"
DUCKDB_MACROS: tuple[str, ...] = (
    f"CREATE MACRO squeeze(s) AS translate(s, {_quoted(WHITE)}, '')",
    f"CREATE MACRO usual(s) AS {_USUAL}",
    "CREATE MACRO code_point(s) AS printf('U+%04X', unicode(s))",
    "CREATE MACRO spaced(l) AS array_to_string(l, ' ')",  # a separator that is handed over is refused by DuckDB 1.3
    "CREATE MACRO regexp_like(s, p) AS regexp_matches(s, p)",
    "CREATE MACRO startswith(s, p) AS starts_with(s, p)",
    "CREATE MACRO endswith(s, p) AS ends_with(s, p)",
    "CREATE MACRO array_contains(l, v) AS list_contains(l, v)",
    "CREATE MACRO shiftright(n, bits) AS n >> bits",
    "CREATE MACRO sequence(first, last) AS range(first, last + 1)",
    "CREATE MACRO explode(l) AS unnest(l)",
    "CREATE MACRO size(l) AS len(l)",
)
"""DuckDB's spelling of functions that the rules use under Spark's names, and four of our own: ``squeeze``, the text
without its white space; ``usual``, a character that looks like another as that other; ``code_point``, ``U+2F08``;
``spaced``, the items of a list with a space between them."""

SPARK_FUNCTIONS: tuple[str, ...] = tuple(
    f"CREATE OR REPLACE TEMPORARY FUNCTION {name} RETURNS STRING RETURN {body}"
    for name, body in (
        ("spaced(l ARRAY<STRING>)", "array_join(l, ' ')"),
        ("squeeze(s STRING)", f"translate(s, {_quoted(WHITE)}, '')"),
        ("usual(s STRING)", _USUAL),
        ("code_point(s STRING)", "format_string('U+%04X', ascii(s))"),
    )
)
"""The functions of our own in Spark's spelling."""


def _cells(table: Table, column: Column, engine: Literal["duckdb", "spark"]) -> str:
    """The SELECT of the filled cells of a column."""
    head = (
        f"SELECT '{table.name}' AS table_name, {table.key} AS record_id, row_no, "
        f"'{column.name}' AS column_name, '{column.proof}' AS proof, "
    )
    if column.type == "list<str>":
        item = f"{column.name}[item_no - 1]" if engine == "spark" else f"{column.name}[item_no]"
        return (
            f"{head}{item} AS value, item_no FROM (SELECT {table.key}, row_no, {column.name}, "
            f"explode(sequence(1, size({column.name}))) AS item_no "
            f"FROM {table.name} WHERE size({column.name}) > 0) AS items"
        )
    return (
        f"{head}CAST({column.name} AS STRING) AS value, NULL AS item_no FROM {table.name} "
        f"WHERE {column.name} IS NOT NULL"
    )


def views(engine: Literal["duckdb", "spark"]) -> dict[str, str]:
    """Views by name: ``cells`` holds each filled cell that rests on evidence rows (a list column one row an
    item, ``item_no`` from 1); ``columns`` each declared column; ``entities`` each registry record; ``page_parts``
    the text of each page in pieces of 384 code points, of which one begins at every 128th."""
    none, texts = ("[]", "VARCHAR[]") if engine == "duckdb" else ("array()", "ARRAY<STRING>")
    cells, columns = [], []
    for table in TABLES:
        for column in table.columns:
            has_evidence = str(column.has_evidence_rows).lower()
            columns.append(f"('{table.name}', '{column.name}', '{column.proof}', {has_evidence})")
            if column.has_evidence_rows:
                cells.append(_cells(table, column, engine))
    entities = [
        f"SELECT '{name}' AS entity_table, {key} AS entity_id, row_no, name, {aliases} AS aliases FROM {name}"
        for name, key, aliases in (
            ("people", "person_id", f"CAST({none} AS {texts})"),
            ("organizations", "organization_id", "aliases"),
            ("places", "place_id", f"CAST({none} AS {texts})"),
            ("campaigns", "campaign_id", "aliases"),
        )
    ]
    told = "table_name, column_name, proof, has_evidence"
    return {
        "cells": " UNION ALL ".join(cells),
        "columns": f"SELECT * FROM (VALUES {', '.join(columns)}) AS declared ({told})",
        "entities": " UNION ALL ".join(entities),
        # by way of blocks, for a piece is found by walking there from the start of its text
        "page_parts": "SELECT source_id, block_no * 8 + part_no AS part_no, "
        "substring(text, part_no * 128 + 1, 384) AS text FROM "
        "(SELECT source_id, block_no, text, explode(sequence(0, 7)) AS part_no FROM "
        "(SELECT source_id, block_no, substring(text, block_no * 1024 + 1, 1280) AS text FROM "
        "(SELECT source_id, text, explode(sequence(0, CAST(shiftright(length(text), 10) AS INT))) AS block_no "
        "FROM sources) AS pages) AS blocks) AS parts",
    }
