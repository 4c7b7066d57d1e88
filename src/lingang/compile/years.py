"""The year of a day that is printed without one: from the source, the item, or what the author says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lingang.text.page import Span

__all__ = ["Years"]


@dataclass(frozen=True, slots=True)
class Years:
    """What the page says of years: its printed day of publication, or the year that an author gives for it.

    ``spans`` are the places on which it rests, each with the item it stands in (``None``: the page itself).
    """

    published: date | None = None
    published_spans: tuple[Span, ...] = ()
    year: int | None = None
    spans: tuple[tuple[Span, str | None], ...] = field(default_factory=tuple)
