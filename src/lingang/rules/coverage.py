"""What the pages seem to hold, and how much of it a record holds: a measure, never a problem.

In: the tables and the lexicon. Out: a line for dates, numbers, names, titles, speech and 《》 each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lingang.models.marks import TITLE_MARKS
from lingang.models.view import View
from lingang.rules.unknown import unknown_names
from lingang.text import dates
from lingang.text.cues import longest
from lingang.text.zone import Zone

__all__ = ["Coverage", "coverage"]

Interval = tuple[int, int]


class Coverage(NamedTuple):
    """How many of a kind the reading texts seem to hold, and how many of them a record holds."""

    kind: str
    seen: int
    held: int


def coverage(view: View) -> list[Coverage]:
    """A line for each kind, in a fixed order; those that need a lexicon only where there is one."""
    counted: dict[str, tuple[int, int]] = {}
    for article_id, zone in view.zones.items():
        for kind, seen, held in _of_item(view, article_id, zone):
            total, holding = counted.get(kind, (0, 0))
            counted[kind] = total + len(seen), holding + sum(_within(at, held) for at in seen)
    return [Coverage(kind, *numbers) for kind, numbers in counted.items()]


def _within(at: Interval, held: Iterable[Interval]) -> bool:
    return any(start <= at[0] and at[1] <= end for start, end in held)


def _held(view: View, article_id: str, zone: Zone, *cells: tuple[str, str]) -> list[Interval]:
    return [
        at
        for row in view.evidence_of_article[article_id]
        if (row["table_name"], row["column_name"]) in cells and (at := zone.covers(row))
    ]


def _of_item(view: View, article_id: str, zone: Zone) -> Iterator[tuple[str, list[Interval], list[Interval]]]:
    days = dates.telling(zone.text)
    yield "dates", days, _held(view, article_id, zone, ("events", "date_raw"))
    counts = [at for at in zone.numbers if not _within(at, zone.dates)]
    yield "numbers", counts, _held(view, article_id, zone, ("figures", "qualifier"))
    if view.lexicon is not None:
        named = [at for _, at in view.outermost[article_id]]
        unknown = [(start, end) for start, end, _ in unknown_names(view, article_id, zone)]
        yield "names", [*named, *unknown], named
        posts = {told.end for told in longest(view.lexicon.finder("post_words").tell(zone.text))}
        people = [at for row, at in view.outermost[article_id] if row["entity_table"] == "people"]
        titled = [(start - 1, start) for start, _ in [*people, *unknown] if start in posts]
        yield "titles", titled, _held(view, article_id, zone, ("positions", "title_raw"))
        yield "speech", _speech(view, zone), _held(view, article_id, zone, ("quotations", "cue"), ("quotations", "text"))
    yield "《》", _titles(zone), _held(view, article_id, zone, ("documents", "title"))


def _speech(view: View, zone: Zone) -> list[Interval]:
    assert view.lexicon is not None
    found = longest(view.lexicon.finder("speech_verbs").tell(zone.text))
    return [(told.start, told.end) for told in found if zone.text[told.end : told.end + 1] in ("，", "：", "“", "「")]


def _titles(zone: Zone) -> list[Interval]:
    opening, closing = TITLE_MARKS[0]
    out, start = [], zone.text.find(opening)
    while start >= 0:
        end = zone.text.find(closing, start)
        if end < 0:
            break
        out.append((start + 1, end))
        start = zone.text.find(opening, end)
    return out
