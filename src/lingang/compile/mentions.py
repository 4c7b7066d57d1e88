"""Mentions: every occurrence of every registered form, and what an author chose of one."""

from __future__ import annotations

from lingang.compile.item import Item, Mention
from lingang.compile.rows import Rows
from lingang.compile.sources import segment_id

__all__ = ["add_mentions"]


def _id(item: Item, mention: Mention) -> str:
    return f"{item.id}-{mention.entity.id}-{mention.span.start}"


def add_mentions(item: Item, mentions: list[Mention], rows: Rows) -> None:
    """Rows of ``mentions``; of one whose entity an author chose, evidence with the reason."""
    numbers = {segment: number for number, segment in enumerate(item.segments, start=1)}
    for mention in mentions:
        reading = mention.segment in item.reading_segments
        in_text = item.reading.to_text(mention.span) if reading else None
        choice = item.choices.get(mention.span)
        row = rows.add(
            "mentions",
            choice.place if choice else item.node.place,
            {
                "mention_id": _id(item, mention),
                "article_id": item.id,
                "entity_table": mention.entity.table,
                "entity_id": mention.entity.id,
                "surface": mention.surface,
                "segment_id": segment_id(item.id, numbers[mention.segment], mention.segment),
                "raw_start": mention.span.start,
                "raw_end": mention.span.end,
                "text_start": in_text[0] if in_text else None,
                "text_end": in_text[1] if in_text else None,
                "within_mention_id": _id(item, mention.within) if mention.within else None,
            },
        )
        if choice is not None and mention.entity == choice.entity:
            basis = "inferred" if choice.reason else "read"
            rows.prove(row, "entity_id", [mention.span], item.page, item.id, basis=basis, note=choice.reason)
