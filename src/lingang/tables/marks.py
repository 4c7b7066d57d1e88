"""Marks of print: what encloses speech and titles, and what joins nothing."""

from __future__ import annotations

import re

__all__ = ["ASIDE", "CLOSING", "OPENING", "QUOTATION_MARKS", "TITLE_MARKS", "book_titles", "marked_titles"]

QUOTATION_MARKS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("＂", "＂"), ('"', '"'))
"""The marks that enclose direct speech and quoted words."""

TITLE_MARKS = (("《", "》"), ("〈", "〉"))
"""The marks that enclose the titles of documents."""

_TITLES = [re.compile(f"{opening}[^{opening}{closing}\\n]+{closing}") for opening, closing in TITLE_MARKS]


def marked_titles(text: str) -> list[tuple[int, int]]:
    """Where titles stand, with their marks: a pair lies in one paragraph and holds none of its own kind; 〈〉 may lie
    in 《》."""
    return sorted(match.span() for pattern in _TITLES for match in pattern.finditer(text))


def book_titles(text: str) -> list[tuple[int, int]]:
    """Where texts stand in the first pair of ``TITLE_MARKS``, without the marks."""
    return [(start + 1, end - 1) for start, end in marked_titles(text) if text[start] == TITLE_MARKS[0][0]]


OPENING = frozenset(opening for opening, closing in QUOTATION_MARKS if opening != closing)
CLOSING = frozenset(closing for opening, closing in QUOTATION_MARKS if opening != closing)

ASIDE = r"[（(][^（）()\n]{1,20}[）)]"
"""A pattern of what may be printed behind a name of a list: （女，回族）."""
