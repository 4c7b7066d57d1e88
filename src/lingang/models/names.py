"""Names of persons: family name and given name."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["split_name"]

_LONGEST = 4
"""Han characters of the longest name that is split: two of a family name, two given."""


def split_name(name: str, surnames: Collection[str]) -> tuple[str, str] | None:
    """``(family name, given name)``; ``None`` for a name that does not split: one character, a middle dot, Latin
    script, or no known family name at its beginning. Of two family names the longer is taken, if a given name is left.

    >>> split_name("欧阳青", {"欧", "欧阳"})
    ('欧阳', '青')
    """
    if not 2 <= len(name) <= _LONGEST or not all("\u3400" <= char <= "\u9fff" for char in name):
        return None
    for length in (2, 1):
        if len(name) > length and name[:length] in surnames:
            return name[:length], name[length:]
    return None
