"""SQL derived from the declarations: primary keys, foreign keys and unique sets of columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from lingang.problems import Place, Problem
from lingang.rules.catalogue import problem
from lingang.tables import TABLES

__all__ = ["DeclaredRule", "declared_rules", "references_to", "unfilled", "unique_columns"]

DeclaredRule = tuple[str, str, str]
"""``(rule id, table, SELECT)``"""


@lru_cache(maxsize=1)
def declared_rules() -> tuple[DeclaredRule, ...]:
    """KEY001, KEY002 and KEY006 for every table."""
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
    return tuple(out)


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
