"""Where a text stands that is like another: the same but for characters that look alike, or for a few others.

Positions are code points, half open.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lingang.text.characters import code_point, usual
from lingang.text.page import squeeze

__all__ = ["Like", "like"]

_ALIKE = {"'": "‘’‚‛`´", '"': "“”„‟「」『』", "·": "•∙⋅・‧", "-": "—―‒–−‐‑", "~": "〜∼"}
_FORMS = {ord(form): plain for plain, forms in _ALIKE.items() for form in forms}
_VARIATIONS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_OCCURRENCES = 50
"""So many places of half a quote are looked at: of a page that says one thing a thousand times the first will do."""


@dataclass(frozen=True, slots=True)
class Like:
    """The place of the likest text; ``others`` are pairs of characters, that of the text and that of the quote, either
    of which may be empty; ``alike`` tells that they only look different."""

    start: int
    end: int
    others: tuple[tuple[str, str], ...]
    alike: bool

    @property
    def told(self) -> str:
        """The characters in words: ``“大” U+5927 where the quote has “⼤” U+2F24``."""
        told = []
        for here, there in self.others[:3]:
            if here and there:
                told.append(f"{_named(here)} where the quote has {_named(there)}")
            else:
                told.append(f"{_named(here)} more than the quote" if here else f"no {_named(there)} as the quote has")
        more = len(self.others) - len(told)
        return ", ".join([*told, f"and {more} more"] if more else told)


def _named(character: str) -> str:
    shown = f"“{character}” " if character.isprintable() and character not in _VARIATIONS else ""
    return f"{shown}{code_point(character)}"


def _form(character: str) -> str:
    """What a character looks like; nothing for one that is not seen."""
    if character == "\n":  # parts the segments of a text
        return character
    if character in _VARIATIONS or unicodedata.category(character) == "Cf":
        return ""
    return squeeze(usual(character) or unicodedata.normalize("NFKC", character)).translate(_FORMS)


@lru_cache(maxsize=8)
def _forms(text: str) -> tuple[str, list[int]]:
    """What a text looks like, and the place of the character that each of its characters stands for."""
    forms = [_form(character) for character in text]
    return "".join(forms), [at for at, form in enumerate(forms) for _ in form]


def like(text: str, quote: str) -> Like | None:
    """The place in ``text`` that is likest to a quote which does not stand there; ``None`` where nothing is."""
    (looks, places), (wanted, origins) = _forms(text), _forms(quote)
    if not wanted:
        return None
    at = looks.find(wanted)
    alike = at >= 0
    if not alike:
        bound = 1 + len(wanted) // 10
        distances = {start: _distance(looks, start, wanted) for start in _starts(looks, wanted)}
        at = min(distances, key=lambda start: (distances[start], start), default=-1)
        if at < 0 or distances[at] > bound:
            return None
    start, end = places[at], places[at + len(wanted) - 1] + 1
    pairs = [(text[places[at + n]], quote[origins[n]]) for n in range(len(wanted))]
    unseen = [("", character) for character in quote if not _form(character)]
    unseen += [(character, "") for character in text[start:end] if not _form(character)]
    others = dict.fromkeys([*(pair for pair in pairs if pair[0] != pair[1]), *unseen])
    return Like(start, end, tuple(others), alike)


def _starts(text: str, wanted: str) -> Iterator[int]:
    """Where the whole may begin, if one half of it stands in the text."""
    half = len(wanted) // 2
    if len(wanted) < 4:
        return
    for part, before in ((wanted[:half], 0), (wanted[half:], half)):
        at = text.find(part)
        for _ in range(_OCCURRENCES):
            if at < 0:
                break
            if 0 <= at - before <= len(text) - len(wanted):
                yield at - before
            at = text.find(part, at + 1)


def _distance(text: str, start: int, wanted: str) -> int:
    """In how many characters the text differs; segments are not run over."""
    here = text[start : start + len(wanted)]
    return len(wanted) if "\n" in here else sum(one != other for one, other in zip(here, wanted, strict=True))
