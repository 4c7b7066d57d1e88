"""The characters that no text may hold, and those that few texts mean, one list of each for pages, YAML, JSON Lines and
Parquet; and those of an id."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from lingang.limits import ID_CHARACTERS

__all__ = [
    "CARRIAGE_RETURN",
    "LINE_ENDS",
    "MERGE",
    "MERGE_ENDS",
    "REFUSED",
    "SLUG",
    "SUSPECT",
    "code_point",
    "merge_mark",
    "named",
    "usual",
    "usual_forms",
    "visible",
]

_PLANE_ENDS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))

REFUSED = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff{_PLANE_ENDS}]",
)
"""C0 but tab and line feed, DEL and C1, the separators of lines and paragraphs, lone surrogates, noncharacters and the
byte order mark."""

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0"
    "\ufe00-\ufe0f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_NONE = "\ufff9-\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_RADICALS = "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5"
_COMPATIBILITY = (
    "\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufa6d\ufa70-\ufad9\U0002f800-\U0002fa1d"
)
SUSPECT = re.compile(f"[{_UNSEEN}{_NONE}{_RADICALS}{_COMPATIBILITY}]")
"""Characters that are not seen (zero width, bidirectional, format, fillers, variation selectors), that stand for none
(U+FFFD, private use), and those that look like another: radicals and compatibility ideographs, which PDF files yield.
A page may print one, so that it is advice."""

_RADICAL_FORMS = (
    "⺁厂⺈刀⺊卜⺌小⺜日⺝月⺠民⺪疋⺫目⺬示⺮竹⺶羊⻁虎⻄西⻅见⻆角⻉贝⻋车⻏邑⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马"
    "⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
"""Radicals that look like a character for which Unicode has no compatibility form, each before its character."""


@lru_cache(maxsize=1)
def usual_forms() -> dict[str, str]:
    """The suspect characters that look like another, each with that other."""
    out = dict(zip(_RADICAL_FORMS[::2], _RADICAL_FORMS[1::2], strict=True))
    for first, last in ((0x2E80, 0x2FD5), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D)):
        for character in map(chr, range(first, last + 1)):
            plain = unicodedata.normalize("NFKC", character)
            if plain != character:
                out[character] = plain
    return out


def usual(character: str) -> str:
    """The character that a suspect one looks like: ``人`` for U+2F08; empty for one that looks like none."""
    return usual_forms().get(character, "")


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


def named(character: str) -> str:
    """A suspect character as a message names it: ``U+2F08 for “人” U+4EBA``, ``U+200B``."""
    plain = usual(character)
    return f"{code_point(character)} for “{plain}” {code_point(plain)}" if plain else code_point(character)


# Controls (C0, DEL, C1), line and paragraph separators, bidirectional and zero-width format
# characters, lone surrogates and the two noncharacters: whatever could forge a line, reorder or
# hide text, or cannot be written as UTF-8 or XML 1.0. All lie below U+10000, so \uXXXX holds them.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """The text with every unsafe character written as ``\\uXXXX``."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04X}", text)
