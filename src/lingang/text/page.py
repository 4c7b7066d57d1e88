"""The text layers: raw page, spans, segments, reading text and the map between them.

Positions are code points of the decoded page, half open ``[start, end)``; lines are 1-based.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lingang.text.characters import CARRIAGE_RETURN, REFUSED, code_point

__all__ = [
    "READING_ROLES",
    "WHITE",
    "Page",
    "PageError",
    "Reading",
    "Searchable",
    "Segment",
    "Span",
    "decode",
    "squeeze",
]

WHITE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""The characters with the Unicode property White_Space."""

PRINTED_SPACE_ROLES = frozenset({"headline", "subheadline", "kicker"})
READING_ROLES = {"news": "body", "photo_news": "caption"}

_CLOSING = "”’》）】」』〉"
_DELETE = str.maketrans("", "", WHITE)
_IS_WHITE = frozenset(WHITE)


class PageError(Exception):
    """The bytes of a page cannot be used; ``rule`` names why, ``line`` where."""

    def __init__(self, rule: str, message: str, expected: str, found: str, line: int | None = None) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.expected = expected
        self.found = found
        self.line = line


def squeeze(text: str) -> str:
    """The text without its white space."""
    return text.translate(_DELETE)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" or char == "〇"


def _is_word(char: str) -> bool:
    """A character of a Latin or digit word, in which white space separates words."""
    return (char.isascii() and char.isalnum()) or "\u00c0" <= char <= "\u024f"


def decode(data: bytes) -> str:
    """Decode the bytes of a raw page: UTF-8, no byte order mark, LF line ends, no control characters.

    Raises ``PageError`` for anything else.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise PageError("TXT002", "the page begins with a byte order mark", "UTF-8 without one", "EF BB BF", 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PageError(
            "TXT002",
            f"the page is not UTF-8 at byte {error.start}",
            "UTF-8",
            f"byte {data[error.start]:02X}",
            line,
        ) from None
    for line, content in enumerate(text.split("\n"), start=1):
        refused = REFUSED.search(content)
        if refused is not None:
            char = refused.group()
            name = CARRIAGE_RETURN if char == "\r" else code_point(char)
            raise PageError("TXT002", f"the page holds {name}", "LF line ends and no control characters", name, line)
    if not text.strip():
        raise PageError("TXT002", "the page is empty", "text", "white space only", 1)
    return text


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of the raw page, in code points, half open."""

    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Page:
    """One raw page: its file name, its text and the bytes' SHA-256."""

    source_id: str
    file: str
    text: str
    sha256: str

    @classmethod
    def from_bytes(cls, source_id: str, file: str, data: bytes) -> Page:
        return cls(source_id, file, decode(data), hashlib.sha256(data).hexdigest())

    @cached_property
    def printed(self) -> tuple[str, list[int]]:
        """The text without white space, and the offset of each of its characters."""
        return squeeze(self.text), [index for index, char in enumerate(self.text) if char not in _IS_WHITE]

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        starts.extend(index + 1 for index, char in enumerate(self.text) if char == "\n")
        if starts[-1] == len(self.text):  # a final line feed ends the last line, it opens no new one
            starts.pop()
        return starts

    @property
    def line_count(self) -> int:
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds a code point."""
        return bisect_right(self._starts, offset)

    def column_of(self, offset: int) -> int:
        """The 1-based column, in code points, of a code point in its line."""
        return offset - self._starts[self.line_of(offset) - 1] + 1

    def lines(self, first: int, last: int) -> Span | None:
        """The span of lines first to last without outer white space; ``None`` if all is white."""
        start = self._starts[first - 1]
        end = self._starts[last] if last < self.line_count else len(self.text)
        return self.trim(Span(start, end))

    def trim(self, span: Span) -> Span | None:
        start, end = span.start, span.end
        while start < end and self.text[start] in WHITE:
            start += 1
        while end > start and self.text[end - 1] in WHITE:
            end -= 1
        return Span(start, end) if start < end else None

    def quote(self, span: Span) -> str:
        """The raw text of the span with white space removed."""
        return squeeze(self.text[span.start : span.end])

    def quote_between(self, start: int, end: int) -> str:
        """The raw text of ``[start, end)`` with white space removed; nothing where it is empty."""
        return squeeze(self.text[start:end])


@dataclass(frozen=True, slots=True)
class Segment:
    """One unbroken run of raw text with one role; ``paragraph`` counts from 1 in the reading text."""

    role: str
    span: Span
    paragraph: int | None = None


def _read(page: Page, span: Span, printed_space: bool) -> list[tuple[str, int]]:
    """Characters of a segment by the white-space rule, each with its raw offset.

    White space goes, but one space stays where it separates two Latin or digit words; in headlines,
    subheadlines and kickers a space inside a line, between two Han characters or closing marks, was
    printed to be seen and becomes one U+3000.
    """
    out: list[tuple[str, int]] = []
    gap: int | None = None
    gap_text = ""
    for index in range(span.start, span.end):
        char = page.text[index]
        if char in WHITE:
            if gap is None:
                gap, gap_text = index, ""
            gap_text += char
            continue
        if gap is not None and out:
            before = out[-1][0]
            visible = _is_han(before) or before in _CLOSING
            if _is_word(before) and _is_word(char):
                out.append((" ", gap))
            elif printed_space and "\n" not in gap_text and visible and (_is_han(char) or char in _CLOSING):
                out.append(("\u3000", gap))
        gap = None
        out.append((char, index))
    return out


@dataclass(frozen=True)
class Reading:
    """Text made from segments, with the map to and from the raw page.

    ``offsets[i]`` is the raw offset of code point ``i``; of a line feed between paragraphs or a
    space that was kept, the offset of the white space it stands for.
    """

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, page: Page, segments: Iterable[Segment]) -> Reading:
        """The reading text of segments: paragraphs are joined by one line feed, pieces of one paragraph
        by nothing."""
        out: list[tuple[str, int]] = []
        paragraph: int | None = None
        for segment in segments:
            piece = _read(page, segment.span, segment.role in PRINTED_SPACE_ROLES)
            if out and segment.paragraph != paragraph:
                out.append(("\n", out[-1][1] + 1))
            paragraph = segment.paragraph
            out.extend(piece)
        return cls("".join(char for char, _ in out), tuple(offset for _, offset in out))

    def to_raw(self, start: int, end: int) -> Span:
        """The raw span of ``text[start:end]``."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"expected 0 <= start < end <= {len(self.text)}, found {start}, {end}")
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def to_text(self, span: Span) -> tuple[int, int] | None:
        """The code points of the reading text that lie in the raw span; ``None`` if there are none."""
        order = self.offsets
        if list(order) != sorted(order):  # segments out of page order: a scan instead of a search
            inside = [index for index, offset in enumerate(order) if span.start <= offset < span.end]
            return (inside[0], inside[-1] + 1) if inside else None
        start, end = bisect_left(order, span.start), bisect_left(order, span.end)
        while start < end and self.text[start] in WHITE:
            start += 1
        while end > start and self.text[end - 1] in WHITE:
            end -= 1
        return (start, end) if start < end else None


class Searchable:
    """Segments as one string without white space, in which quotes are found.

    Segments, in page order, are parted by a line feed, so that no quote runs over the edge of a segment.
    Its offset is the end of the segment before it, which may be the start of the one after it.
    """

    def __init__(self, page: Page, spans: Iterable[Span]) -> None:
        self.page = page
        printed, at = page.printed
        pieces: list[str] = []
        offsets: list[int] = []
        for span in spans:
            if offsets:
                pieces.append("\n")
                offsets.append(offsets[-1] + 1)
            first, last = bisect_left(at, span.start), bisect_left(at, span.end)
            pieces.append(printed[first:last])
            offsets += at[first:last]
        self.text = "".join(pieces)
        self.offsets = offsets

    def span(self, start: int, end: int) -> Span:
        """The raw span of ``text[start:end]``."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def position(self, offset: int) -> int:
        """The index in ``text`` of a raw offset, or of the next character of the page that ``text`` holds;
        never that of the line feed between two segments."""
        index = bisect_left(self.offsets, offset)
        return index + self.text.startswith("\n", index)

    def place(self, span: Span) -> tuple[int, int]:
        """``(start, end)`` in ``text`` of a raw span, whatever of it ``text`` holds."""
        return self.position(span.start), self.position(span.end - 1) + 1

    def find(
        self, quote: str, *, before: str = "", after: str = "", within: Span | None = None
    ) -> list[tuple[int, int]]:
        """Every ``(start, end)`` in ``text`` where the quote stands.

        ``before`` must follow the quote at once (the quote stands *before* it), ``after`` must
        precede it at once, be it over the edge of a segment; ``within`` limits the matches to a raw
        span. White space in the arguments is ignored.
        """
        quote, before, after = squeeze(quote), squeeze(before), squeeze(after)
        found: list[tuple[int, int]] = []
        if not quote:
            return found
        start = self.text.find(quote)
        while start != -1:
            end = start + len(quote)
            ahead = end + self.text.startswith("\n", end)
            behind = start - self.text.endswith("\n", 0, start)
            if (
                (self.text.startswith(before, end) or self.text.startswith(before, ahead))
                and (self.text.endswith(after, 0, start) or self.text.endswith(after, 0, behind))
                and (within is None or self.span(start, end) in within)
            ):
                found.append((start, end))
            start = self.text.find(quote, start + 1)
        return found
