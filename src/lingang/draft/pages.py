"""From the lines of a page that belong to no item yet to the ``text:`` of items: guesses by marks and blank lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lingang.draft.bylines import Bylines
from lingang.draft.suggestion import Value
from lingang.tables.marks import CLOSING
from lingang.text import dates
from lingang.text.page import Page, squeeze
from lingang.text.zone import SENTENCE_ENDS

__all__ = ["Guess", "Head", "guess_items", "head_of"]

_HEADLINE = 32
"""Characters of the longest line that is taken for one of a headline."""
_HEADLINES = 4
"""Lines of the longest headline."""
_SIGNED = 2
"""Bylines from which on a page is one whose texts open with them."""
_ENDS = frozenset(SENTENCE_ENDS) | CLOSING | frozenset("）)】〕…")
_GOES_ON = frozenset("，、；：。,;")
_INDENT = ("\u3000", "  ", "\t")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    opens: bool
    """Whether a blank line stands before it, or white space at its beginning."""

    @property
    def ends(self) -> bool:
        return self.text[-1] in _ENDS

    @property
    def short(self) -> bool:
        """Whether it may be a line of a headline."""
        return len(self.text) <= _HEADLINE and self.text[-1] not in _GOES_ON and not set(self.text) & set("。，")


@dataclass(slots=True)
class Guess:
    """An item as its lines tell: of ``body`` the lines of each paragraph."""

    titles: list[int] = field(default_factory=list)
    byline: str = ""
    byline_line: int = 0
    body: list[list[int]] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        return min([*self.titles, *(line for lines in self.body for line in lines), *self.credits])

    def text(self) -> dict[str, Value]:
        """The ``text:`` of its file. What has neither headline nor byline, and a credit, is the text of a photo."""
        out: dict[str, Value] = {}
        if self.titles:
            out["headline"] = self.titles[0]
            if self.titles[1:]:
                out["subheadline"] = _lines(self.titles[1:])
        if self.byline:
            out["byline"] = self.byline
        paragraphs = [_lines(lines) for lines in self.body]
        if self.credits and not self.titles and not self.byline:
            out["caption"] = paragraphs[0] if len(paragraphs) == 1 else list(paragraphs)
        else:
            firsts: list[Value] = [lines[0] for lines in self.body[:-1]]
            out["body"] = [*firsts, paragraphs[-1]]
        if self.credits:
            out["credit"] = _lines(self.credits)
        return out


def _lines(numbers: list[int]) -> Value:
    return numbers[0] if numbers[0] == numbers[-1] else f"{numbers[0]}-{numbers[-1]}"


@dataclass(frozen=True, slots=True)
class Head:
    """The lines above the items: where a full date is printed, and what stands before it on its line."""

    lines: tuple[int, ...]
    line: int
    date: str
    before: str


def _free(page: Page, taken: Collection[int]) -> Iterator[_Line]:
    """The lines with text that nobody took; a taken line parts what stands around it."""
    opens = True
    for number in range(1, page.line_count + 1):
        span = page.lines(number, number)
        if span is None or number in taken:
            opens = True
            continue
        start = page.text.rfind("\n", 0, span.start) + 1
        indented = page.text[start : span.start].startswith(_INDENT)
        yield _Line(number, squeeze(page.text[span.start : span.end]), opens or indented)
        opens = False


def head_of(page: Page, taken: Collection[int] = ()) -> Head | None:
    """The first lines of the page down to the one with the whole date of publication; ``None`` where none of the first
    three has one and is no sentence."""
    lines = list(_free(page, taken))[:3]
    for count, line in enumerate(lines, start=1):
        if set(line.text) & set(SENTENCE_ENDS):
            return None
        for token in dates.find(line.text) if line.number <= 3 else ():
            raw = line.text[token.start : token.end]
            if token.form == "day" and dates.printed_years(raw):
                above = tuple(known.number for known in lines[:count])
                return Head(above, line.number, raw, line.text[: token.start])
    return None


def guess_items(page: Page, taken: Collection[int], bylines: Bylines) -> list[Guess]:
    """The items that the free lines seem to be, in page order; lines that are none of an item's are left out."""
    return _Reader(list(_free(page, taken)), bylines).items()


class _Reader:
    """Free lines as headlines, texts and credits. Where texts of a page open with bylines, a headline has one below it,
    and short lines that have none are parts of a text."""

    def __init__(self, lines: list[_Line], bylines: Bylines) -> None:
        self.lines, self.bylines = lines, bylines
        self.signed = sum(bylines.begins(line.text) for line in lines) >= _SIGNED

    def items(self) -> list[Guess]:
        out: list[Guess] = []
        index = 0
        while index < len(self.lines):
            titles = self._titles(index, first=not out)
            starts = index + len(titles)
            end, credits = self._body(starts)
            found = Guess([line.number for line in titles], credits=[line.number for line in credits])
            _fill(found, self.lines[starts:end], self.bylines)
            if found.body:
                out.append(found)
            elif out and titles:  # a signature below the text, or a line of furniture: the author sees it there
                out[-1].body.append(found.titles)
            index = max(end + len(credits), index + 1)
        return out

    def _titles(self, index: int, *, first: bool = False) -> list[_Line]:
        """The lines of a headline that begin there: short ones, up to the text."""
        out: list[_Line] = []
        while index < len(self.lines) and len(out) < _HEADLINES and self.lines[index].short:
            line = self.lines[index]
            if self.bylines.begins(line.text) or self.bylines.alone(line.text):
                break
            if out and line.opens and not (index + 1 < len(self.lines) and self.lines[index + 1].opens):
                break
            out.append(line)
            index += 1
        if not out or index == len(self.lines):
            return out
        follows = self.lines[index]
        signed = self.bylines.begins(follows.text) or self.bylines.alone(follows.text)
        if self.signed and not first:
            return out if signed else []
        return out if signed or follows.opens or len(follows.text) > _HEADLINE else []  # else a narrow column

    def _body(self, start: int) -> tuple[int, list[_Line]]:
        """Where the text that begins there ends, and the credits right below it."""
        index = start
        while index < len(self.lines):
            line = self.lines[index]
            if index > start and self.lines[index - 1].ends:
                if self.bylines.alone(line.text):
                    return index, [line]
                if line.opens and self._titles(index):
                    break
            index += 1
        return index, []


def _fill(guess: Guess, lines: list[_Line], bylines: Bylines) -> None:
    """The paragraphs and the byline of an item."""
    width = max((len(line.text) for line in lines), default=0)
    texts: list[str] = []
    before: _Line | None = None
    for line in lines:
        ended = before is not None and before.ends and (line.opens or len(before.text) < width * 3 // 4)
        if before is None or ended:
            guess.body.append([])
            texts.append("")
        guess.body[-1].append(line.number)
        texts[-1] += line.text
        before = line
    if not texts:
        return
    size, start = bylines.leading(texts[0]), bylines.trailing(texts[-1])
    if 0 < size < len(texts[0]) or (size and len(texts) > 1):
        guess.byline, guess.byline_line = texts[0][:size], guess.body[0][0]
    elif start < len(texts[-1]):
        guess.byline, guess.byline_line = texts[-1][start:], guess.body[-1][-1]
