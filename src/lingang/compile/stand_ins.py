"""Words that stand for a name (该办事处, 区, 他): the word is quoted, and the mention before it that it stands for."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError
from lingang.compile.item import Item
from lingang.compile.registry import Entity
from lingang.compile.rows import Row, Rows
from lingang.problems import Problem
from lingang.text.page import Span

__all__ = ["prove_stand_in"]


def prove_stand_in(
    row: Row, column: str, span: Span, word: str, entity: Entity, item: Item, rows: Rows, *, of_page: bool = False
) -> None:
    """Two evidence rows: the word, and the mention of the name that it stands for (the antecedent): the last before it
    in the item, else the first in the item; of a word that stands for it on the whole page (``of_page``) else the first
    on the page.

    Raises ``AnchorError`` (KEY005) where the name is not printed there.
    """
    own = [where for where in _named(item, entity) if span not in where]
    earlier = [where for where in own if where.start < span.start]
    owner, antecedent = item, max(earlier, default=None) or min(own, default=None)
    if antecedent is None:
        for other in item.neighbours if of_page else ():
            owner, antecedent = other, min(_named(other, entity), default=None)
            if antecedent is not None:
                break
    if antecedent is None and of_page and item.alone:
        return
    if antecedent is None:
        raise AnchorError(
            Problem(
                "KEY005",
                f"“{word}” cannot stand for {entity.name} here",
                row.where(column),
                expected="a mention of the name " + ("on the page" if of_page else "in this item"),
                found="no mention of it",
            )
        )
    rows.prove(row, column, [span], item.page, item.id, basis="inferred")
    rows.prove(row, column, [antecedent], item.page, owner.id, basis="inferred")


def _named(item: Item, entity: Entity) -> list[Span]:
    """Where an item names an entity: the places that lie in no longer name, if there are such."""
    every = [where for segment in item.segments for where in item.mentioned(segment.span, entity)]
    return [where for where in every if item.is_found(where)] or every
