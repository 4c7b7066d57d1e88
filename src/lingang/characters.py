"""The characters that no text may hold, one list for pages, YAML, JSON Lines and Parquet; and those of an id."""

from __future__ import annotations

import re

__all__ = ["CARRIAGE_RETURN", "LINE_ENDS", "REFUSED", "SLUG", "code_point"]

_PLANE_ENDS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))

REFUSED = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff{_PLANE_ENDS}]",
)
"""C0 but tab and line feed, DEL and C1, the separators of lines and paragraphs, lone surrogates, noncharacters and the
byte order mark."""

CARRIAGE_RETURN = "a carriage return (CRLF line ends)"
LINE_ENDS = (
    "where git turned the line ends: write “* text eol=lf” into .gitattributes, run git add --renormalize . and check "
    "the files out anew; elsewhere save the file with LF line ends"
)
"""How to mend what a checkout on Windows makes of every file."""


SLUG = r"^[a-z][a-z0-9-]*$"
"""An id: a lower-case letter, then letters, digits and hyphens."""


def code_point(character: str) -> str:
    """``U+FFFE``"""
    return f"U+{ord(character):04X}"
