"""What the pages seem to hold, and how much of it a record holds: a measure, never a problem.

In: the tables and the lexicon. Out: a line for dates, numbers, names, titles, speech and 《》 each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from lingang.rules.unknown import likely_names, post_ends
from lingang.tables.marks import QUOTATION_MARKS, book_titles
from lingang.tables.view import View
from lingang.text import dates, numbers
from lingang.text.cues import longest
from lingang.text.page import Span
from lingang.text.zone import CLAUSE_ENDS, Zone

__all__ = ["Coverage", "coverage", "together"]

Interval = tuple[int, int]


class Coverage(NamedTuple):
    """How many of a kind the reading texts seem to hold, how many of them a record holds, and the first of the others,
    as printed, each with its line."""

    kind: str
    seen: int
    held: int
    missed: tuple[str, ...] = ()


_SHOWN = 100
"""Of what no record holds so many are kept; a corpus has them by the ten thousand."""


def coverage(view: View, *, several: bool | None = None) -> list[Coverage]:
    """A line for each kind, in a fixed order; those that need a lexicon only where there is one.

    Of ``several`` pages, though the view may hold but one of them, each line is told with its page.
    """
    several = len(view["sources"]) > 1 if several is None else several
    counted: dict[str, Coverage] = {}
    for article_id in view.zones:
        for kind, text, seen, held in _of_item(view, article_id):
            before = counted.get(kind, Coverage(kind, 0, 0))
            lacking = [at for at in seen if not _within(at, held)]
            missed = [_shown(view, article_id, text, at, several) for at in lacking[: _SHOWN - len(before.missed)]]
            counted[kind] = Coverage(
                kind,
                before.seen + len(seen),
                before.held + len(seen) - len(lacking),
                (*before.missed, *missed),
            )
    return list(counted.values())


def together(several: Iterable[Iterable[Coverage]]) -> list[Coverage]:
    """What several pages hold, as one."""
    counted: dict[str, Coverage] = {}
    for one in chain.from_iterable(several):
        before = counted.get(one.kind, Coverage(one.kind, 0, 0))
        missed = (*before.missed, *one.missed)[:_SHOWN]
        counted[one.kind] = Coverage(one.kind, before.seen + one.seen, before.held + one.held, missed)
    return list(counted.values())


def _shown(view: View, article_id: str, zone: Zone, at: Interval, several: bool) -> str:
    """What stands there, a number with its measure word, and where."""
    end = at[1]
    if view.lexicon is not None and at in zone.numbers:
        end = numbers.measured(zone.text, end, view.lexicon.words("measure_words"))
    page = view.page_of(article_id)
    source = f" of {page.source_id}" if several else ""
    return f"{zone.text[at[0] : end]} on line {page.line_of(zone.span(*at).start)}{source}"


def _counts(view: View, zone: Zone, held: list[Interval], named: list[Interval]) -> list[Interval]:
    """The numbers that a record may hold: figures, and words with a measure word behind them (not 一切); none of a date
    or inside a name."""
    measured = {told.start for told in view.lexicon.finder("measure_words").tell(zone.text)} if view.lexicon else None
    return [
        at
        for at in zone.numbers
        if not _within(at, zone.dates)
        and (
            _within(at, held)
            or (
                not _within(at, named)
                and (measured is None or at[1] in measured or any(char.isdecimal() for char in zone.text[slice(*at)]))
            )
        )
    ]


def _within(at: Interval, held: Iterable[Interval]) -> bool:
    return any(start <= at[0] and at[1] <= end for start, end in held)


def _held(view: View, article_id: str, zone: Zone, *cells: tuple[str, str]) -> list[Interval]:
    return [
        at
        for row in view.evidence_of_article[article_id]
        if (row["table_name"], row["column_name"]) in cells and (at := zone.covers(row))
    ]


_NO_NAMES = (("documents", "title"), ("events", "about"), ("figures", "label"), ("participations", "group_label"))
"""The cells in whose quotes words look like names and are none: 新增规模以上工业企业."""
_OF_DATES = (("events", "date_raw"), ("events", "name"), ("events", "about"), ("documents", "title"))
"""The cells whose quotes hold dates: 2025年重点任务 is a topic."""


def _of_item(view: View, article_id: str) -> Iterator[tuple[str, Zone, list[Interval], list[Interval]]]:
    zone = view.zones[article_id]
    days = dates.telling(zone.text)
    yield "dates", zone, days, _held(view, article_id, zone, *_OF_DATES)
    within = [at for row in view.mentions[article_id] if (at := zone.covers(row))]
    figures = _held(view, article_id, zone, ("figures", "qualifier"))
    yield "numbers", zone, _counts(view, zone, figures, within), figures
    if view.lexicon is not None:
        unknown = _unnamed(view, article_id, zone)
        for text in (zone, *_signatures(view, article_id)):
            named = [at for row in view.mentions[article_id] if (at := text.covers(row))]
            more = unknown if text is zone else _signed(view, text, named)
            yield "names", text, [*_outer(named), *more], named
        posts = post_ends(view.lexicon, zone)
        people = [at for row, at in view.outermost[article_id] if row["entity_table"] == "people"]
        titled = [(posts[start], start) for start, _ in [*people, *unknown] if start in posts]
        yield "titles", zone, titled, _held(view, article_id, zone, ("positions", "title_raw"))
        spoken = _held(view, article_id, zone, ("quotations", "cue"), ("quotations", "text"))
        yield "speech", zone, _speech(view, zone), spoken
    yield "《》", zone, book_titles(zone.text), _held(view, article_id, zone, ("documents", "title"))


def _outer(found: list[Interval]) -> list[Interval]:
    return [at for at in found if not any(at != other and _within(at, [other]) for other in found)]


def _unnamed(view: View, article_id: str, zone: Zone) -> list[Interval]:
    """What looks like a name and is none, nor a part of a title, topic or label: of those that lie in each other the
    longest, none accepted."""
    accepted = (row for row in view["accepted"] if row["article_id"] == article_id and row["raw_start"] is not None)
    spans = [*view.mentions[article_id], *accepted]
    known = [*_held(view, article_id, zone, *_NO_NAMES), *(at for row in spans if (at := zone.covers(row)))]
    covered = set(chain.from_iterable(range(*at) for at in known))
    return _outer([(start, end) for start, end, _ in likely_names(view, zone, covered, widely=True)])


def _signatures(view: View, article_id: str) -> list[Zone]:
    """The bylines and credits of an item."""
    page = view.page_of(article_id)
    rows = [row for row in view.segments[article_id] if row["role"] in ("byline", "credit")]
    return [Zone(page, [Span(row["raw_start"], row["raw_end"])]) for row in rows]


def _signed(view: View, zone: Zone, named: list[Interval]) -> list[Interval]:
    """Family names right after words of bylines, where no name is recorded."""
    assert view.lexicon is not None
    surnames = frozenset(view.lexicon.words("surnames"))
    words = {cue[:-1] for word in view.lexicon["byline_role"].words for cue in word.cues if cue.endswith("@")}
    after = {end for word in words if word.isalpha() for _, end in zone.find(word)}
    starts = [(end, end + size) for end in after for size in (1, 2) if zone.text[end : end + size] in surnames]
    return [at for at in _outer(sorted(set(starts))) if not _within(at, named)]


_ENDS_SPEECH = frozenset(closing for _, closing in QUOTATION_MARKS)


def _speech(view: View, zone: Zone) -> list[Interval]:
    """Words of speech with a mark after them, or, at the end of their clause, a closing quotation mark before."""
    assert view.lexicon is not None
    opening = {"，", "：", *(mark for mark, _ in QUOTATION_MARKS)}
    out = []
    for told in longest(view.lexicon.finder("speech_verbs").tell(zone.text)):
        after = zone.text[told.end : told.end + 1]
        start, end = zone.around(told.start, told.end, CLAUSE_ENDS)
        before = zone.text[start - 2 : start] if start > 1 else ""
        closes = end == told.end and (zone.text[start : start + 1] in _ENDS_SPEECH or set(before) & _ENDS_SPEECH)
        if after in opening or closes or _is_told_to(zone, told.end):
            out.append((told.start, told.end))
    return out


def _is_told_to(zone: Zone, start: int) -> bool:
    """Whether only those who are spoken to may stand between a word of speech and the comma after it: 提醒市民，."""
    return "，" in zone.text[start + 1 : start + 5] and not set(zone.text[start : start + 2]) & set(CLAUSE_ENDS)
