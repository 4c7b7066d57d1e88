"""SQL derived from the declarations: primary keys, foreign keys, unique sets of columns, and texts that an author
typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from lingang.problems import Place, Problem
from lingang.rules.catalogue import problem
from lingang.tables import TABLES, Table, table
from lingang.text.characters import SUSPECT

__all__ = ["DeclaredRule", "declared_rules", "references_to", "surely_kept", "unfilled", "unique_columns"]

DeclaredRule = tuple[str, str, str]
"""``(rule id, table, SELECT)``"""


class _Declared(NamedTuple):
    """A rule that follows from a declaration: ``columns`` are unique, or the one that holds keys of the table
    ``other``, where that is named, or words of ``vocabulary``."""

    rule_id: str
    table: str
    sql: str
    columns: tuple[str, ...]
    other: str = ""
    vocabulary: str = ""


def _of_table(table: Table) -> Iterator[_Declared]:
    for columns in ((table.key,), *table.unique):
        key = ", ".join(columns)
        shown = " || ' ' || ".join(f"coalesce(CAST({column} AS STRING), '-')" for column in columns)
        sql = (
            f"SELECT {table.key} AS record_id, row_no, '{columns[-1]}' AS column_name, "
            f"{shown} AS found, 'one row with this {key}' AS expected FROM (SELECT *, row_number() OVER "
            f"(PARTITION BY {key} ORDER BY row_no) AS number FROM {table.name}) AS numbered WHERE number > 1"
        )
        yield _Declared("KEY001" if columns == (table.key,) else "KEY006", table.name, sql, columns)
    for column in table.columns:
        if column.vocabulary is not None and column.vocabulary.open:
            sql = _of_words(table.key, table.name, column.name, column.vocabulary.name)
            yield _Declared("ROW003", table.name, sql, (column.name,), vocabulary=column.vocabulary.name)
        if column.references is not None:
            sql = _of_keys(table.key, table.name, column.name, column.references)
            yield _Declared("KEY002", table.name, sql, (column.name,), other=column.references)


@lru_cache(maxsize=1)
def _declared() -> dict[str, _Declared]:
    """Each declared rule, by its SELECT."""
    return {rule.sql: rule for table in TABLES for rule in _of_table(table)}


@lru_cache(maxsize=1)
def declared_rules() -> tuple[DeclaredRule, ...]:
    """KEY001, KEY002, KEY006 and ROW008 for every table, and ROW003 for its open vocabularies."""
    typed = {table.name: " UNION ALL ".join(_typed(table)) for table in TABLES}
    suspects = (("ROW008", name, _suspect(selects)) for name, selects in typed.items() if selects)
    return (*(rule[:3] for rule in _declared().values()), *suspects)


def _of_keys(key: str, name: str, column: str, references: str) -> str:
    """A SELECT of the cells whose key the other table does not have."""
    other = table(references)
    return (
        f"SELECT a.{key} AS record_id, a.row_no, '{column}' AS column_name, "
        f"a.{column} AS found, 'a key of {other.name}' AS expected FROM {name} AS a "
        f"LEFT JOIN {other.name} AS b ON a.{column} = b.{other.key} "
        f"WHERE a.{column} IS NOT NULL AND b.{other.key} IS NULL"
    )


_NAMES = ("name", "aliases")
"""Columns of registries that an author types, whatever the page prints."""
_ANY_TEXT = "A\u2f08"
"""A text that a column takes unless it takes identifiers alone."""


def _typed(table: Table) -> Iterator[str]:
    """A SELECT of each column whose text is typed, not cut from a page."""
    for column in table.columns:
        cell = f"{table.name}.{column.name}"  # a column may be named as a word of SQL
        text = cell if column.type == "str" else f"spaced({cell})"
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


def unique_columns(sql: str) -> tuple[str, ...]:
    """The columns that the SELECT of KEY001 or KEY006 wants unique; none for other rules."""
    rule = _declared().get(sql)
    return () if rule is None or rule.other or rule.vocabulary else rule.columns


def surely_kept(sql: str, values: Callable[[str, str], Sequence[object]]) -> bool:
    """Whether a look at a few cells in memory shows that a declared rule is kept, which spares its SELECT.

    ``values`` gives the cells of a table's column in the order of the rows. ``False`` tells nothing.
    """
    rule = _declared().get(sql)
    if rule is None:
        return False
    own = [values(rule.table, column) for column in rule.columns]
    if rule.other:
        return {*own[0], None} <= {*values(rule.other, table(rule.other).key), None}
    if rule.vocabulary:
        pairs = zip(values("words", "vocabulary"), values("words", "word"), strict=True)
        return {*own[0], None} <= {None, *(word for vocabulary, word in pairs if vocabulary == rule.vocabulary)}
    rows = list(zip(*own, strict=True))
    return len(set(rows)) == len(rows)
