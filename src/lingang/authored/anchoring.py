"""Where a quote stands in a text: found with white space ignored, once, or refused with the places.

The same search as that of authored records. Needs nothing but Python.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lingang.authored.not_found import candidates, nearest
from lingang.text.page import Page, Searchable, Span, squeeze

__all__ = ["Anchored", "NotAnchored", "anchor"]


class Anchored(NamedTuple):
    """The place of a quote: code points of the text, half open, so that ``text[start:end]`` is it."""

    start: int
    end: int


class NotAnchored(ValueError):
    """A quote stands nowhere, or at several places; ``places`` are all at which it stands, neighbours aside."""

    def __init__(self, message: str, places: tuple[Anchored, ...]) -> None:
        super().__init__(message)
        self.places = places


def anchor(text: str, quote: str, before: str = "", after: str = "") -> Anchored:
    """The one place where a quote stands in a text, white space ignored: ``(start, end)`` in code points, half open.

    As in authored records, the quote stands right *before* the text of ``before``, and right *after* that of
    ``after``: they tell one place from another. Nothing is guessed, and no likeness is enough.

    Raises ``NotAnchored``, a ``ValueError``, where the quote stands nowhere or at several places: it says which, by
    line and with what stands around them, or what comes nearest; its ``places`` are those of the quote itself.

    >>> import lingang
    >>> text = "王某在云河市 开会，李某在云河市种树。"
    >>> lingang.anchor(text, "云河市开会")
    Anchored(start=3, end=9)
    >>> start, end = lingang.anchor(text, "云河市", before="种树")
    >>> text[:start] + "[" + text[start:end] + "]" + text[end:]
    '王某在云河市 开会，李某在[云河市]种树。'
    >>> lingang.anchor("甲乙甲", "甲")
    Traceback (most recent call last):
    lingang.authored.anchoring.NotAnchored: “甲” stands at 2 places: line 1 …[甲]乙甲…; line 1 …甲乙[甲]…
    """
    zone, wanted = _searchable(text), squeeze(quote)
    if not wanted:
        raise ValueError("a quote has one character or more that is no white space")
    found = zone.find(wanted, before=before, after=after)
    if len(found) == 1:
        return _place(zone, found[0])
    if found:
        message = f"“{wanted}” stands at {len(found)} places: {candidates(zone, found)}"
    else:
        beside = bool(squeeze(before + after))
        told, hint = nearest([zone], wanted, beside=beside)
        message = f"“{wanted}” does not stand there{' beside what was given' if beside else ''}: {told}"
        message += f" ({hint})" if hint else ""
    raise NotAnchored(message, tuple(_place(zone, place) for place in zone.find(wanted)))


def _place(zone: Searchable, found: tuple[int, int]) -> Anchored:
    span = zone.span(*found)
    return Anchored(span.start, span.end)


@lru_cache(maxsize=4)
def _searchable(text: str) -> Searchable:
    """A text that is asked for one quote after the other is made ready once."""
    return Searchable(Page("", "", text, ""), [Span(0, len(text))])
