"""Marks of a Chinese keyboard where YAML wants those of a Latin one: which broke a file, and how it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

__all__ = ["Slip", "find_slip", "first_suspect", "typed"]

_TWINS = {
    "：": ": ",
    "，": ", ",
    "、": ", ",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "＃": "#",
}
_TWINS |= {"\u3000": " ", "－": "-", "“": '"', "”": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'"}
_TWINS |= {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_TABLE = str.maketrans(_TWINS)
_RANGE = re.compile(r"([0-9]+) *[-—–~～〜至到] *([0-9]+)")
_NO_SPACE = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):(?=\S)")

_KEY = r"[^\s:：，,#'\"“”\[\]{}][^:：，,#'\"\[\]{}]*?"
_SLIPS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?=[ \u3000]*\u3000)([ \u3000]+)",
        r"^ *(＃)",
        r"^ *([－–—])(?![—])",
        rf"^ *(?:- +)*{_KEY}(：)",
        rf"[{{\[,] *{_KEY}(：)",
        r"(，) *[A-Za-z_\u3400-\u9fff]{1,20} *[:：]",
        r"(?:^ *|: +|- +|[{\[,] *)([｛［【])",
        r"([｝］】]) *(?:$|[#,}\]])",
        r"[:,{\[-] *([“”])[^“”\"]*\"",
        r"[:,{\[-] *\"[^\"]*([“”])",
        r"^ *(?:- +)*[A-Za-z_][A-Za-z0-9_-]*(:)(?=[^\s:/])",
        r"[{,] *[A-Za-z_][A-Za-z0-9_-]*(:)(?=[,}])",
    )
)
_LINES, _SIZE, _TRIALS = 30, 200_000, 20


@dataclass(frozen=True, slots=True)
class Slip:
    """A mark that broke a file: its place in the text, what it is, what YAML wants there, and how to mend it."""

    index: int
    message: str
    expected: str
    found: str
    hint: str


def typed(text: str, wants: str) -> str:
    """How to mend a text of the wrong kind: its marks and digits as YAML takes them; nothing where it has none.

    ``wants`` says in words what stands there.
    """
    plain = text.translate(_TABLE).strip()
    if "range of lines" in wants:
        plain = _RANGE.sub(r"\1-\2", plain)
    if text[:1] in "“‘＂＇" and text[-1:] in "”’＂＇":
        plain = plain[1:-1]
    plain = re.sub(r"([:,]) +", r"\1 ", _NO_SPACE.sub(r"\1: ", plain)).strip()
    return f"YAML takes half-width marks: write {plain}" if plain and plain != text else ""


def find_slip(text: str, first: int, last: int, broken_at: Callable[[str], int | None]) -> Slip | None:
    """The mark that made a parser stop in the lines ``first`` to ``last``, from 0: the last one with whose twin in its
    place the parser comes further. ``broken_at`` tells the code point at which a text is no YAML."""
    was = broken_at(text)
    if was is None or was > _SIZE:
        return None
    for index, mark in islice(_suspects(text, first, last), _TRIALS):
        after = text[index + len(mark) :]
        for twin in _twins(mark):
            now = broken_at(text[:index] + twin + (after.lstrip(" ") if twin[:1] != " " == twin[-1:] else after))
            if now is None or now > was + len(twin):
                return _told(text, index, mark, twin)
    return None


def first_suspect(text: str) -> Slip | None:
    """The first mark of a text in a place where YAML has its own."""
    for line in range(min(_LINES, text.count("\n") + 1)):
        for index, mark in _suspects(text, line, line):
            return _told(text, index, mark, _twins(mark)[0])
    return None


def _suspects(text: str, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Marks where YAML has its own, the nearest line first, with their places."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for number in range(min(last, len(starts) - 1), max(first, last - _LINES, 0) - 1, -1):
        line = text[starts[number] :].partition("\n")[0]
        found = {match.start(1): match[1] for pattern in _SLIPS for match in pattern.finditer(line)}
        yield from ((starts[number] + at, found[at]) for at in sorted(found))


def _twins(mark: str) -> tuple[str, ...]:
    """What may have been meant."""
    if "\u3000" in mark:
        return mark.replace("\u3000", "  "), mark.replace("\u3000", " ")
    return ({":": ": ", "－": "- ", "–": "- ", "—": "- "}.get(mark) or _TWINS[mark],)


def _told(text: str, index: int, mark: str, twin: str) -> Slip:
    if mark == ":":
        key = re.search(r"[A-Za-z0-9_-]*\Z", text[:index])
        if text[index + 1] in ",}" and key is not None:
            hint = "write the value after a space, or take the key out where there is nothing to say"
            return Slip(index, f"“{key[0]}” has no value yet", "a value", "nothing", hint)
        hint = "a colon needs a space after it, and then a value; in a text, put the text in quotes"
        return Slip(index, "a colon without a space after it", "“: ”, a colon and a space", ":", hint)
    what, wants = f"full-width “{mark}”", f"“{twin}”"
    if "\u3000" in mark:
        what, wants = "full-width space", "spaces"
    hint = "type it with the keyboard set to half-width; in quotes from the page full-width marks stay as printed"
    return Slip(index, f"a {what} where YAML has {wants}", wants, mark, hint)
