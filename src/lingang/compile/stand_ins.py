"""Words that stand for a name (该办事处, 区, 他): the word is quoted, and the mention before it that it stands for."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError
from lingang.compile.item import Item
from lingang.compile.registry import Entity
from lingang.compile.rows import Row, Rows
from lingang.problems import Problem
from lingang.text.page import Span

__all__ = ["prove_stand_in"]


def prove_stand_in(row: Row, column: str, span: Span, word: str, entity: Entity, item: Item, rows: Rows) -> None:
    """Two evidence rows: the word, and the last mention of the name before it (the antecedent).

    Raises ``AnchorError`` (KEY005) where no mention precedes the word.
    """
    earlier = [
        where
        for segment in item.segments
        for where in item.mentioned(segment.span, entity)
        if where.start < span.start and span not in where
    ]
    if not earlier:
        raise AnchorError(
            Problem(
                "KEY005",
                f"“{word}” cannot stand for {entity.name} here",
                row.where(column),
                expected="a mention of the name in this item, before the word",
                found="no mention before it",
            )
        )
    rows.prove(row, column, [span, max(earlier)], item.page, item.id, basis="inferred")
