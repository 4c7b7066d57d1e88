"""Numbers as printed: digits or Chinese numerals, with the measure word that follows."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["NUMBER", "Number", "find", "normalise"]

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

NUMBER = re.compile(r"(第)?([0-9]+|[〇零一二两三四五六七八九十百千]+)([名个条届次项大人所家位件万]?)")
"""第?, a number, a measure word; the measure words are those of counted people and things."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its measure word; ``ordinal`` when 第 stands before it or 届, 次 after 第 or the number
    of a term."""

    value: int
    unit: str | None


def _chinese(text: str) -> int:
    if len(text) > 1 and not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, current = 0, 0
    for char in text:
        if char in _UNITS:
            total += (current or 1) * _UNITS[char]
            current = 0
        else:
            current = _DIGITS[char]
    return total + current


def find(text: str) -> list[tuple[int, int]]:
    """Every number in a text without white space, as long as the text gives it: ``[start, end)``."""
    return [match.span() for match in NUMBER.finditer(text)]


def normalise(raw: str) -> Number:
    """The value and measure word of a printed number. Raises ``ValueError`` for anything else."""
    match = NUMBER.fullmatch(raw)
    if match is None:
        raise ValueError(f"expected a number and its measure word, like 198名, found {raw!r}")
    digits = match.group(2)
    return Number(int(digits) if digits.isascii() else _chinese(digits), match.group(3) or None)
