"""The characters that no text may hold, one list for pages, YAML, JSON Lines and Parquet; and those of an id."""

from __future__ import annotations

import re

from lingang.limits import ID_CHARACTERS

__all__ = ["REFUSED", "SLUG", "code_point"]

_PLANE_ENDS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))

REFUSED = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff{_PLANE_ENDS}]",
)
"""C0 but tab and line feed, DEL and C1, the separators of lines and paragraphs, lone surrogates, noncharacters and the
byte order mark."""


SLUG = rf"^[a-z][a-z0-9-]{{0,{ID_CHARACTERS - 1}}}$"
"""An id: a lower-case letter, then letters, digits and hyphens, up to the bound."""


def code_point(character: str) -> str:
    """``U+FFFE``"""
    return f"U+{ord(character):04X}"
