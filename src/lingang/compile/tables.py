"""Compiled rows as Arrow tables, with the place at which each cell was authored."""

from __future__ import annotations

from collections.abc import Sequence

from lingang.compile.dataset import Compiled
from lingang.compile.rows import Row
from lingang.lexicon import Lexicon
from lingang.tables import TABLES
from lingang.tables.arrow import Origins, Tables, build

__all__ = ["from_compiled"]


def from_compiled(compiled: Compiled, lexicon: Lexicon | None) -> Tables:
    """Arrow tables from compiled rows, sorted by primary key."""
    ordered: dict[str, Sequence[Row]] = {
        declared.name: sorted(compiled.rows[declared.name], key=lambda row: row.id) for declared in TABLES
    }
    arrow = {
        declared.name: build(
            declared, ({name: row.values[name] for name in declared.names} for row in ordered[declared.name])
        )
        for declared in TABLES
    }
    return Tables(arrow, Origins(rows=ordered), lexicon)
