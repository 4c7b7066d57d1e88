"""Editions of what is published: full, and facts, which holds no wording of the pages beyond names and titles."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from lingang.about import FACTS, FULL
from lingang.lexicon import Lexicon
from lingang.tables.declarations import TABLES
from lingang.tables.declare import Table

__all__ = ["LEFT_OUT", "in_edition", "left_out_of", "tables_in"]

LEFT_OUT = frozenset(
    (declared.name, column.name) for declared in TABLES for column in declared.columns if column.prints == "wording"
)
"""``(table, column)`` of what the edition ``facts`` leaves empty."""


def left_out_of(edition: str) -> frozenset[tuple[str, str]]:
    """``(table, column)`` of what an edition leaves empty."""
    return LEFT_OUT if edition == FACTS else frozenset()


@cache
def in_edition(edition: str) -> tuple[Table, ...]:
    """Every table as an edition declares it: columns that it leaves empty may be null, and make no row unique."""
    return TABLES if edition == FULL else tuple(map(_of_facts, TABLES))


def tables_in(lexicon: Lexicon | None, edition: str = FULL) -> tuple[Table, ...]:
    """Every table of an edition with the vocabularies of a lexicon; without one, with those of the newest layer."""
    return tuple(declared.in_words_of(lexicon) for declared in in_edition(edition))


def _of_facts(declared: Table) -> Table:
    empty = {column for name, column in LEFT_OUT if name == declared.name}
    columns = (
        replace(column, nullable=column.nullable or column.type != "list<str>") if column.name in empty else column
        for column in declared.columns
    )
    unique = tuple(names for names in declared.unique if empty.isdisjoint(names))
    return replace(declared, columns=tuple(columns), unique=unique)
