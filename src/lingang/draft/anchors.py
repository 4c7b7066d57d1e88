"""From a place to the shortest quote that finds it: what ``authored.anchor`` does, the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lingang.draft.suggestion import Value
from lingang.text.page import Searchable

__all__ = ["beginning", "ending", "quoted"]

_LONGEST = 40
"""Characters of the longest neighbour that is tried."""


def quoted(zones: Sequence[Searchable], zone: Searchable, start: int, end: int) -> Value | None:
    """``zone.text[start:end]`` as an authored quote: plain where it stands once, else with the shortest before or after
    that will do; ``None`` where none does. ``zones`` are those of the item, in the order in which they are searched."""
    quote = zone.text[start:end]
    here = zone.span(start, end)
    for before, after in _neighbours(zone.text, start, end):
        for searched in zones:
            found = searched.find(quote, before=before, after=after)
            if found:
                if len(found) == 1 and searched.span(*found[0]) == here:
                    beside: dict[str, Value] = {"quote": quote}
                    beside |= {key: text for key, text in (("before", before), ("after", after)) if text}
                    return beside if len(beside) > 1 else quote
                break
    return None


def _neighbours(text: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """The neighbours that are tried: none, one after or before the quote, both; the shorter first."""
    ahead = text[end : end + _LONGEST].partition("\n")[0]
    behind = text[max(0, start - _LONGEST) : start].rpartition("\n")[2]
    yield "", ""
    for size in range(1, _LONGEST + 1):
        if size <= len(ahead):
            yield ahead[:size], ""
        if size <= len(behind):
            yield "", behind[-size:]
    for size in range(1, min(len(ahead), len(behind)) + 1):
        yield ahead[:size], behind[-size:]


def _once(zones: Sequence[Searchable], texts: Iterable[str]) -> str | None:
    for text in texts:
        for zone in zones:
            found = len(zone.find(text))
            if found == 1:
                return text
            if found:
                break
    return None


def beginning(zones: Sequence[Searchable], text: str) -> str | None:
    """The shortest beginning of a text, of six characters and more where it has them, that stands once in an item."""
    return _once(zones, (text[:size] for size in range(min(6, len(text)), len(text) + 1)))


def ending(zones: Sequence[Searchable], text: str) -> str | None:
    """The shortest end of a text, of six characters and more where it has them, that stands once in an item."""
    sizes = range(min(6, len(text)), len(text) + 1)
    return _once(zones, (text[-size:] for size in sizes if text[-size].isalnum() or size == len(text)))
