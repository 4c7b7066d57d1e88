"""Titles: the body that a printed title begins with, and what is left."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["split_title"]


def split_title(raw: str, forms: Iterable[str], post_words: Iterable[str]) -> tuple[str | None, str]:
    """``(the body's printed form, the title without it)``; the longest form that the title begins with.

    A body and its title may share characters: where one is left that is no word for a post but is one with the last
    characters of the form before it, these are part of both, as many as make the longest word.

    >>> split_title("云河市公安局长", ["云河市公安局"], ["局长"])
    ('云河市公安局', '局长')
    >>> split_title("交警大队长", ["交警大队"], ["队长", "大队长"])
    ('交警大队', '大队长')
    """
    known = frozenset(post_words)
    form = max((form for form in forms if raw.startswith(form) and len(raw) > len(form)), key=len, default=None)
    if form is None:
        return None, raw
    rest = raw[len(form) :]
    shared = (form[start:] + rest for start in range(len(form)))
    word = next((word for word in shared if word in known), None)
    return form, word if word and len(rest) == 1 and rest not in known else rest
