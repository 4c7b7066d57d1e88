"""Evidence of decisions: the span a decision rests on, and why."""

from __future__ import annotations

from collections.abc import Iterable

from lingang.derive.draft import Draft, Row
from lingang.derive.item import Item
from lingang.models import table
from lingang.text.page import Page, Span

__all__ = ["judge", "judge_on"]

_WHY = {
    "name_latin": "the usual reading of the characters in Hanyu Pinyin, without tones",
    "parent_organization_id": "the printed form begins with this body, or with a word that stands for it",
    "parent_place_id": "the printed name begins with this place",
    "parent_campaign_id": "the item names it as a part of this campaign",
    "other_event_id": "the quote refers to this event",
    "event_id": "the passage tells of this event",
    "participation_id": "the number stands with this group",
    "language": "simplified Chinese characters throughout",
    "year": "the year printed on the page; the dates without a year are taken to be of the same year",
}


def judge_on(draft: Draft, row: Row, column: str, spans: Iterable[Span], page: Page, article: str | None) -> None:
    """Evidence of a judged cell; the note is the definition of the chosen word, or the reason of the column."""
    value = row.values[column]
    if value is None:
        return
    vocabulary = table(row.table)[column].vocabulary
    if vocabulary is None:
        note = _WHY[column]
    elif value in vocabulary.values:
        note = vocabulary[str(value)].definition
    else:
        note = "not a word of the vocabulary"  # ROW003 reports the cell itself
    draft.prove(row, column, spans, page, article, note=note)


def judge(draft: Draft, row: Row, column: str, spans: Iterable[Span], item: Item) -> None:
    """``judge_on`` for a cell of an item."""
    judge_on(draft, row, column, spans, item.page, item.id)
