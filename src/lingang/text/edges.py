"""The dates and numbers of a text as runs, whose edges no quote crosses and of which none is a part of another."""

from __future__ import annotations

from functools import lru_cache

from lingang.text import date_grammar, number_grammar

__all__ = ["crossed", "longer", "runs"]

Run = tuple[int, int]


@lru_cache(maxsize=64)  # asked for once a quote
def runs(text: str) -> tuple[Run, ...]:
    """Every date and time of a text without white space, and every number that is not of one of them; half open, in
    order. A number that reaches out of a date makes one run with it."""
    spans = sorted(token[:2] for find in (date_grammar.find, number_grammar.find) for token in find(text))
    out: list[Run] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)


def crossed(text: str, start: int, end: int) -> Run | None:
    """The first run of which ``text[start:end]`` holds a part and leaves a part; ``None`` if there is none."""
    for first, last in runs(text):
        cut = first < start < last or first < end < last
        if cut and start < last and first < end:
            return first, last
    return None


def longer(text: str, start: int, end: int) -> Run | None:
    """The run of which ``text[start:end]``, itself a date, time or number, is only a part; ``None`` if it is whole."""
    return next(
        (
            (first, last)
            for first, last in runs(text)
            if first <= start and end <= last and (first, last) != (start, end)
        ),
        None,
    )
