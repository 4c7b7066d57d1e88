"""The characters that no text may hold, one list for pages, YAML, JSON Lines and Parquet; and those of an id."""

from __future__ import annotations

import re

from lingang.limits import ID_CHARACTERS

__all__ = [
    "CARRIAGE_RETURN",
    "LINE_ENDS",
    "MERGE",
    "MERGE_ENDS",
    "REFUSED",
    "SLUG",
    "code_point",
    "merge_mark",
    "visible",
]

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


MERGE = "the marks of a merge that was not finished"
"""What a file holds in which both versions of some lines stand; ``merge_mark`` finds it."""
MERGE_ENDS = "keep one version of the lines between <<<<<<< and >>>>>>>, and take the marks out"
"""How to mend it."""
_MERGE_MARK = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)


SLUG = rf"^[a-z][a-z0-9-]{{0,{ID_CHARACTERS - 1}}}$"
"""An id: a lower-case letter, then letters, digits and hyphens, up to the bound."""


def merge_mark(text: str) -> re.Match[str] | None:
    """The first line of a text that git leaves where a merge was not finished."""
    return _MERGE_MARK.search(text)


def code_point(character: str) -> str:
    """``U+FFFE``"""
    return f"U+{ord(character):04X}"


# Controls (C0, DEL, C1), line and paragraph separators, bidirectional and zero-width format
# characters, lone surrogates and the two noncharacters: whatever could forge a line, reorder or
# hide text, or cannot be written as UTF-8 or XML 1.0. All lie below U+10000, so \uXXXX holds them.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """The text with every unsafe character written as ``\\uXXXX``."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04X}", text)
