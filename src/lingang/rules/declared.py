"""SQL derived from the declarations: primary keys, foreign keys, unique sets of columns, and texts that an author
typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lingang.problems import Place, Problem
from lingang.rules.catalogue import problem
from lingang.tables import TABLES, Table
from lingang.text.characters import SUSPECT

__all__ = ["DeclaredRule", "declared_rules", "references_to", "unfilled", "unique_columns"]

DeclaredRule = tuple[str, str, str]
"""``(rule id, table, SELECT)``"""


@lru_cache(maxsize=1)
def declared_rules() -> tuple[DeclaredRule, ...]:
    """KEY001, KEY002, KEY006 and ROW008 for every table that they ask something of."""
    out: list[DeclaredRule] = []
    for table in TABLES:
        for columns in ((table.key,), *table.unique):
            key = ", ".join(columns)
            shown = " || ' ' || ".join(f"coalesce(CAST({column} AS STRING), '-')" for column in columns)
            out.append(
                (
                    "KEY001" if columns == (table.key,) else "KEY006",
                    table.name,
                    f"SELECT {table.key} AS record_id, row_no, '{columns[-1]}' AS column_name, "
                    f"{shown} AS found, 'one row with this {key}' AS expected FROM (SELECT *, row_number() OVER "
                    f"(PARTITION BY {key} ORDER BY row_no) AS number FROM {table.name}) AS numbered WHERE number > 1",
                )
            )
        for column in table.columns:
            if column.vocabulary is not None and column.vocabulary.open:
                out.append(
                    ("ROW003", table.name, _of_words(table.key, table.name, column.name, column.vocabulary.name))
                )
            if column.references is None:
                continue
            other = next(candidate for candidate in TABLES if candidate.name == column.references)
            out.append(
                (
                    "KEY002",
                    table.name,
                    f"SELECT a.{table.key} AS record_id, a.row_no, '{column.name}' AS column_name, "
                    f"a.{column.name} AS found, 'a key of {other.name}' AS expected FROM {table.name} AS a "
                    f"LEFT JOIN {other.name} AS b ON a.{column.name} = b.{other.key} "
                    f"WHERE a.{column.name} IS NOT NULL AND b.{other.key} IS NULL",
                )
            )
        typed = " UNION ALL ".join(_typed(table))
        if typed:
            out.append(("ROW008", table.name, _suspect(typed)))
    return tuple(out)


_NAMES = ("name", "aliases")
"""Columns of registries that an author types, whatever the page prints."""
_ANY_TEXT = "A\u2f08"
"""A text that a column takes unless it takes identifiers alone."""


def _typed(table: Table) -> Iterator[str]:
    """A SELECT of each column whose text is typed, not cut from a page."""
    for column in table.columns:
        cell = f"{table.name}.{column.name}"  # a column may be named as a word of SQL
        text = cell if column.type == "str" else f"array_join({cell}, ' ')"
        if column.type not in ("str", "list<str>") or column.vocabulary or column.references:
            continue
        if column.proof != "none" and (column.name not in _NAMES or table.name == "events"):
            continue
        if column.pattern is None or re.search(column.pattern, _ANY_TEXT):
            head = f"SELECT {table.key} AS record_id, row_no, '{column.name}' AS column_name"
            yield f"{head}, {text} AS told FROM {table.name}"


def _suspect(typed: str) -> str:
    """A SELECT of the cells that hold a character which looks like another, or is not seen."""
    held = f"SELECT *, regexp_extract(told, '{SUSPECT.pattern}', 0) AS held FROM ({typed}) AS typed"
    return (
        f"SELECT record_id, row_no, column_name, code_point(held) || ' in “' || told || '”' AS found, "
        "CASE WHEN usual(held) <> held THEN '“' || usual(held) || '” ' || code_point(usual(held)) "
        "ELSE 'a character that is seen' END AS expected "
        f"FROM ({held} WHERE regexp_like(told, '{SUSPECT.pattern}')) AS looked"
    )


def _of_words(key: str, name: str, column: str, vocabulary: str) -> str:
    """A SELECT of the cells whose word the table ``words`` does not have; none where that has no such vocabulary."""
    known = f"SELECT word FROM words WHERE vocabulary = '{vocabulary}'"
    return (
        f"SELECT {key} AS record_id, row_no, '{column}' AS column_name, {column} AS found, "
        f"'a word of {vocabulary}' AS expected FROM {name} WHERE {column} IS NOT NULL "
        f"AND {column} NOT IN ({known}) AND EXISTS ({known})"
    )


def references_to(name: str) -> dict[str, list[str]]:
    """The columns that hold keys of a table, by the other tables that have them."""
    columns = {
        table.name: [column.name for column in table.columns if column.references == name]
        for table in TABLES
        if table.name != name
    }
    return {table: found for table, found in columns.items() if found}


def unfilled(name: str, place: Place, pointing: Mapping[str, int]) -> Problem:
    """The problem of a table without rows to which rows of others point: told once, in place of each of theirs."""
    told = ", ".join(f"{count} of {child}" for child, count in pointing.items() if count)
    return problem("KEY002", place, "no row", f"the rows of {name} to which rows of others point: {told}", table=name)


def unique_columns(rule_id: str, sql: str) -> list[str]:
    """The columns that KEY001 or KEY006 wants unique; none for other rules."""
    if rule_id not in ("KEY001", "KEY006"):
        return []
    return sql.split("PARTITION BY ", 1)[1].split(" ORDER BY", 1)[0].split(", ")
