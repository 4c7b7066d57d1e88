"""Marks of print: what encloses speech and titles, and what joins nothing."""

from __future__ import annotations

__all__ = ["CLOSING", "OPENING", "QUOTATION_MARKS", "TITLE_MARKS"]

QUOTATION_MARKS = (("“", "”"), ("「", "」"), ("『", "』"), ("＂", "＂"), ('"', '"'))
"""The marks that enclose direct speech and quoted words."""

TITLE_MARKS = (("《", "》"), ("〈", "〉"))
"""The marks that enclose the titles of documents."""

OPENING = frozenset(opening for opening, closing in QUOTATION_MARKS if opening != closing)
CLOSING = frozenset(closing for opening, closing in QUOTATION_MARKS if opening != closing)
