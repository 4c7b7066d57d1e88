"""What the search of the SQLite file finds: every word of one to eight characters, wherever it stands in a text.

Chinese puts no spaces between words, and FTS5's trigram tokenizer finds nothing shorter than three characters. So the
index holds every run of one to eight letters or digits that the text holds, each as one token of the default
tokenizer (unicode61): a word is found as it is written, ``MATCH '会议'``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

__all__ = ["LONGEST", "SEARCHED", "grams"]

LONGEST = 8
"""The longest word that the search finds, in code points."""

SEARCHED: dict[str, tuple[str, ...]] = {
    "articles": ("headline", "subheadline", "kicker", "text"),
    "people": ("name", "name_latin"),
    "organizations": ("name", "aliases"),
    "places": ("name",),
    "campaigns": ("name", "aliases"),
    "positions": ("title_raw",),
    "events": ("name", "about"),
    "quotations": ("text",),
    "documents": ("title",),
}
"""The columns that are searched, by table; of a list, each entry."""


def _runs(text: str) -> Iterator[str]:
    """The unbroken runs of letters and digits (Unicode categories L and N), as unicode61 has them."""
    run = ""
    for char in text:
        if unicodedata.category(char)[0] in "LN":
            run += char
        elif run:
            yield run
            run = ""
    if run:
        yield run


def grams(text: str) -> list[str]:
    """Every distinct part of one to ``LONGEST`` characters of the text's runs, in order of first occurrence."""
    found: dict[str, None] = {}
    for run in _runs(text):
        for start in range(len(run)):
            for end in range(start + 1, min(start + LONGEST, len(run)) + 1):
                found[run[start:end]] = None
    return list(found)
