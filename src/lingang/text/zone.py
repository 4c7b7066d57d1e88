"""A stretch of running text without white space, and what a text says by itself: clauses, sentences, dates, numbers.

Positions in ``text`` are code points from 0, half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from lingang.text import dates, numbers
from lingang.text.page import Searchable, Span

__all__ = ["CLAUSE_ENDS", "SENTENCE_ENDS", "Zone"]

CLAUSE_ENDS = "，。；：！？\n"
SENTENCE_ENDS = "。！？\n"


class Zone(Searchable):
    """Segments of one item as one text, with their place on the page."""

    def at(self, row: Mapping[str, Any]) -> tuple[int, int]:
        """``(start, end)`` in ``text`` of the raw span of a row."""
        return self.place(Span(row["raw_start"], row["raw_end"]))

    def covers(self, row: Mapping[str, Any]) -> tuple[int, int] | None:
        """``at``, if the raw span of a row begins and ends with characters of ``text``."""
        return self.inside(row["raw_start"], row["raw_end"])

    def inside(self, raw_start: int, raw_end: int) -> tuple[int, int] | None:
        """``(start, end)`` in ``text`` of a raw span that begins and ends with characters of ``text``."""
        first, last = self._index.get(raw_start), self._index.get(raw_end - 1)
        return None if first is None or last is None or first > last else (first, last + 1)

    @cached_property
    def _index(self) -> dict[int, int]:
        """The place in ``text`` of the raw offset of each character; a line feed between segments has none."""
        return {offset: place for place, offset in enumerate(self.offsets) if self.text[place] != "\n"}

    @cached_property
    def dates(self) -> list[tuple[int, int]]:
        """Where dates stand in ``text``, times of day among them."""
        return [(token.start, token.end) for token in dates.find(self.text)]

    @cached_property
    def numbers(self) -> list[tuple[int, int]]:
        """Where numbers stand in ``text``, without their measure words."""
        return [(token.start, token.end) for token in numbers.find(self.text)]

    def around(self, start: int, end: int, ends: str) -> tuple[int, int]:
        """The widest run around ``text[start:end]`` that holds none of the closing marks outside it."""
        while start > 0 and self.text[start - 1] not in ends:
            start -= 1
        while end < len(self.text) and self.text[end] not in ends:
            end += 1
        return start, end

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around ``text[start:end]``: between ，。；：！？ and the edges of paragraphs."""
        return self.around(start, end, CLAUSE_ENDS)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around ``text[start:end]``, without its full stop."""
        return self.around(start, end, SENTENCE_ENDS)
