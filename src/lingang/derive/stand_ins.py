"""Words that stand for a name (该办事处, 区), and the name they stand for."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError
from lingang.derive.draft import Draft, Row
from lingang.derive.item import Item
from lingang.derive.registry import Entity
from lingang.problems import Problem
from lingang.text.page import Span

__all__ = ["fits", "prove_stand_in"]


def fits(word: str, name: str) -> bool:
    """Whether the word, without 该, 此 or 本, is the end of the name: 该办事处 of 白河路办事处, 区 of 开发区."""
    return name.endswith(word[1:] if word[0] in "该此本" and len(word) > 1 else word)


def prove_stand_in(row: Row, column: str, span: Span, word: str, entity: Entity, item: Item, draft: Draft) -> None:
    """Two evidence rows: the word, and the last mention of the name before it (the antecedent).

    Raises ``AnchorError`` (KEY005) where the word cannot stand for the name or no mention precedes it.
    """
    earlier = [
        mention
        for mention in item.mentions
        if mention.entity == entity and mention.span.start < span.start and item.in_body(mention.span)
    ]
    if not fits(word, entity.name) or not earlier:
        raise AnchorError(
            Problem(
                "KEY005",
                f"“{word}” cannot stand for {entity.name} here",
                row.where(column),
                expected="a word that ends the name, after a mention of the name in this item",
                found="no mention before it" if fits(word, entity.name) else f"the name ends in {entity.name[-3:]}",
            )
        )
    note = f"“{word}” stands for {earlier[-1].surface}"
    draft.prove(row, column, [span, earlier[-1].span], item.page, item.id, basis="inferred", note=note)
