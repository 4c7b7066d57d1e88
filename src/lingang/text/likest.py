"""What was meant: of words that are known the one that is likest to one that is not."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["close_to_it", "did_you_mean", "likest"]


def likest(text: str, known: Iterable[str]) -> str:
    """The known word that is likest to a text; empty where none is like it."""
    cutoff = 0.5 if len(text) == 2 else 0.6  # of a name of two characters one is enough
    return next(iter(get_close_matches(text, [word for word in known if word], 1, cutoff)), "")


def close_to_it(text: str, known: Iterable[str]) -> str:
    """The end of what is expected: ``; close to it: attendee``, or nothing."""
    found = likest(text, known)
    return f"; close to it: {found}" if found else ""


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """The end of a refusal: ``; did you mean events?``, or nothing."""
    found = likest(text, known)
    return f"; did you mean {found}?" if found else ""
