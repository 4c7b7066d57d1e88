"""Names of persons: family name and given name."""

from __future__ import annotations

from collections.abc import Collection

from lingang.text.pinyin import syllables

__all__ = ["split_name"]

_LONGEST = 4
"""Han characters of the longest name that is split: two of a family name, two given."""


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def split_name(
    name: str, surnames: Collection[str], latin: str | None = None, *, called: Collection[str] = ()
) -> tuple[str, str] | None:
    """``(family name, given name)``; ``None`` for a name that does not split: one character, a middle dot, Latin
    script, no known family name at its beginning, or one of the words by which people are ``called`` behind it. Of two
    family names that of the ``latin`` name is taken, else the longer, if a given name is left; a Latin name in one word
    of all syllables has no family name.

    >>> split_name("欧阳青", {"欧", "欧阳"})
    ('欧阳', '青')
    >>> split_name("贺兰山", {"贺", "贺兰"}, "He Lanshan")
    ('贺', '兰山')
    >>> split_name("高师傅", {"高"}, called={"师傅"}) is None
    True
    """
    if not 2 <= len(name) <= _LONGEST or not all(map(_is_han, name)):
        return None
    words = (latin or "").lower().split(" ")
    if len(words) == 1 and len(name) in syllables(words[0]):
        return None
    lengths = [length for length in (2, 1) if len(name) > length and name[:length] in surnames]
    told = [length for length in lengths if length in syllables(words[0])]
    for length in told or lengths:
        return None if name[length:] in called else (name[:length], name[length:])
    return None
