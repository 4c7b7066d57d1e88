"""Why a quote is not found: where the page has what comes nearest to it, and the next step."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from lingang.text.likeness import like
from lingang.text.page import Searchable

__all__ = ["candidates", "nearest"]

_MARKS = {"“": "”", "‘": "’", '"': '"', "'": "'", "「": "」", "『": "』"}
_LEFT_OUT = re.compile(r"…+|⋯+|\.{3,}")
_BREAK = re.compile(r"\\[nrt]")

Told = tuple[str, str]
"""What was found, and how to mend it; the latter empty where the rule says it."""


def candidates(zone: Searchable, found: Sequence[tuple[int, int]]) -> str:
    """The places in words, each with what stands around it."""
    lines = []
    for start, end in found:
        line = zone.page.line_of(zone.offsets[start])
        left = zone.text[max(0, start - 6) : start].replace("\n", "")
        right = zone.text[end : end + 6].replace("\n", "")
        lines.append(f"line {line} …{left}[{zone.text[start:end]}]{right}…")
    return "; ".join(lines)


def nearest(zones: Sequence[Searchable], quote: str, *, beside: bool = False) -> Told:
    """What comes nearest to a quote, without white space, that is not found in an item, or not where it should be;
    ``beside`` tells that text was given which stands next to it."""
    if not zones:
        return "no text", ""
    hint = "before: and after: are the text right next to the quote, as printed" if beside else ""
    places = _places(zones, quote)
    if places:
        return places, hint
    return (
        _changed(zones, quote)
        or _elsewhere(zones, quote)
        or _alike(zones, quote)
        or _left_out(zones, quote)
        or (_longest_beginning(zones[0], quote), "")
    )


def _places(zones: Sequence[Searchable], quote: str) -> str:
    """Where a quote stands, in the first zone that holds it."""
    return next((candidates(zone, found) for zone in zones if (found := zone.find(quote))), "")


def _changed(zones: Sequence[Searchable], quote: str) -> Told | None:
    """The quote without marks around it, and without line breaks that were typed."""
    if _MARKS.get(quote[:1]) == quote[-1:] and (places := _places(zones, quote[1:-1])):
        return places, "write the quote without the marks around it: the page prints none there"
    if _BREAK.search(quote) and (places := _places(zones, _BREAK.sub("", quote))):
        return f"{places}, without {_BREAK.findall(quote)[0]}", "take it out: line breaks do not count in a quote"
    return None


def _elsewhere(zones: Sequence[Searchable], quote: str) -> Told | None:
    """The quote on the page, outside the item or over an edge in it."""
    page = zones[0].page
    printed, offsets = page.printed
    at = printed.find(quote)
    if at < 0:
        return None
    own = {offset for zone in zones for offset in zone.offsets}
    first, last = (page.line_of(offset) for offset in (offsets[at], offsets[at + len(quote) - 1]))
    if own.isdisjoint(offsets[at : at + len(quote)]):
        hint = "give the item that line in text:, or write the entry in the item that has it"
        return f"line {first} has it, which is not in this item", hint
    found = f"it begins on line {first} and ends on line {last}, over the edge of a paragraph or of the item"
    return found, "a quote stands in one paragraph: shorten it, or mend the lines in text:"


def _alike(zones: Sequence[Searchable], quote: str) -> Told | None:
    for zone in zones:
        found = like(zone.text, quote)
        if found is not None:
            line = zone.page.line_of(zone.offsets[found.start])
            why = "what looks the same is another character" if found.alike else "not every character is the same"
            return (
                f"line {line} has “{zone.text[found.start : found.end]}”: {found.told}",
                f"copy it from the page: {why}",
            )
    return None


def _left_out(zones: Sequence[Searchable], quote: str) -> Told | None:
    parts = [part for part in _LEFT_OUT.split(quote) if part]
    if len(parts) < 2:
        return None
    places = [_places(zones, part) for part in parts]
    hint = "nothing is left out of a quote: take one run of the page; a name may be a list of its printed parts"
    return ("; ".join(places), hint) if all(places) else None


def _longest_beginning(zone: Searchable, quote: str) -> str:
    """The longest beginning of the quote that does stand in the zone, with what follows it there."""
    # a beginning stands wherever a longer one does, so that halving finds the longest
    size = bisect_left(range(1, len(quote) + 1), True, key=lambda size: quote[:size] not in zone.text)
    if not size:
        return "no part of it stands there"
    start = zone.text.find(quote[:size])
    line = zone.page.line_of(zone.offsets[start])
    follows = zone.text[start + size : start + size + 6].replace("\n", "")
    return f"line {line} has “{quote[:size]}” followed by “{follows}”"
