"""Titles: the body that a printed title begins with, and what is left."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["split_title"]


def split_title(raw: str, forms: Iterable[str], post_words: Iterable[str]) -> tuple[str | None, str]:
    """``(the body's printed form, the title without it)``; the longest form that the title begins with.

    A body and its title may share a character: where what is left is no word for a post but is one with the last
    character of the form before it, that character is part of both.

    >>> split_title("云河市公安局长", ["云河市公安局"], ["局长"])
    ('云河市公安局', '局长')
    """
    known = frozenset(post_words)
    for form in sorted(forms, key=len, reverse=True):
        if raw.startswith(form) and len(raw) > len(form):
            rest = raw[len(form) :]
            shared = form[-1] + rest
            return form, shared if len(rest) == 1 and shared in known and rest not in known else rest
    return None, raw
