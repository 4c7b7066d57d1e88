"""From the lines and quotes of ``text:`` to the segments of an item, or of the page itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lingang.authored.anchor import Anchor, AnchorError, anchor_of, find_once
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.problems import Place, Problem
from lingang.text.page import Page, Segment, Span
from lingang.text.zone import Zone

__all__ = ["Layout", "layout"]


def _problem(rule: str, place: Place, message: str, expected: str, found: str) -> AnchorError:
    return AnchorError(Problem(rule, message, place, expected=expected, found=found))


def _ends(node: Scalar, page: Page) -> tuple[int, int | None]:
    """First and last line of a value like 12 or "12-15"; the last is ``None`` for a single number."""
    first, last = (node.value, None) if isinstance(node.value, int) else tuple(map(int, node.text.split("-")))
    for line in (first, first if last is None else last):
        if not 1 <= line <= page.line_count:
            raise _problem("TXT003", node.place, f"the page has no line {line}", f"1 to {page.line_count}", str(line))
    if last is not None and last < first:
        raise _problem("TXT003", node.place, "a range of lines runs backwards", "first ≤ last", node.text)
    for line in (first, last or first):
        if page.lines(line, line) is None:
            raise _problem("TXT004", node.place, f"line {line} is blank", "a line with text on it", "white space only")
    return first, last


def _lines(node: Scalar, page: Page, last: int | None = None) -> Span:
    first, own = _ends(node, page)
    span = page.lines(first, own or last or first)
    assert span is not None, "its first line is not blank"
    return span


def _is_lines(node: Node, role: str) -> bool:
    return isinstance(node, Scalar) and (isinstance(node.raw, int) or role != "byline") and not _is_quote(node)


def _is_quote(node: Scalar) -> bool:
    return isinstance(node.raw, str) and not node.raw.replace("-", "").isdecimal()


class Layout:
    """The segments of one ``text:`` and, by segment, where each was written."""

    def __init__(self, text: Mapping, page: Page, cuts: Iterable[Span] = ()) -> None:
        self.page = page
        self.text = text
        self.places: dict[Segment, Place] = {}
        self._open: set[Place] = set()
        """Paragraphs that end before the next: the lines of another role that stand in between are none of theirs."""
        lines: list[tuple[str, Span, int | None, Place]] = []
        quotes: list[tuple[str, Node]] = []
        for key, value in text.entries:
            role = key.text
            nodes = value.items if isinstance(value, Sequence) else (value,)
            if role == "body":
                lines += self._paragraphs(nodes, quotes)
                continue
            for node in nodes:
                if _is_lines(node, role):
                    assert isinstance(node, Scalar)
                    lines.append((role, _lines(node, page), None, node.place))
                else:
                    quotes.append((role, node))
        own = [span for _, span, _, _ in lines]
        quoted = [(role, self._quote(node, own), node.place) for role, node in quotes]
        gaps = sorted([*(span for _, span, _ in quoted), *cuts])
        others = [span for role, span, _, _ in lines if role != "body"]
        for role, span, paragraph, place in lines:
            inner = [other for other in others if span.start < other.start and place in self._open]
            for piece in self._cut(span, sorted([*gaps, *inner])):
                self.places[Segment(role, piece, paragraph)] = place
        for number, (role, span, place) in enumerate(quoted, start=1):
            paragraph = number if role == "body" else None
            self.places[Segment(role, span, paragraph)] = place
        self._number_paragraphs()

    def _number_paragraphs(self) -> None:
        """Paragraphs count what is read: a line of which nothing is left, a byline for one, is none."""
        numbers: dict[int | None, int] = {}
        for segment in self.segments:
            if segment.role == "body":
                numbers.setdefault(segment.paragraph, len(numbers) + 1)
        self.places = {
            replace(segment, paragraph=numbers[segment.paragraph]) if segment.role == "body" else segment: place
            for segment, place in self.places.items()
        }

    @property
    def segments(self) -> tuple[Segment, ...]:
        """In page order."""
        return tuple(sorted(self.places, key=lambda segment: (segment.span, segment.role)))

    @property
    def quoted(self) -> list[Span]:
        return [segment.span for segment in self.places]

    def _paragraphs(
        self, nodes: Iterable[Node], quotes: list[tuple[str, Node]]
    ) -> list[tuple[str, Span, int | None, Place]]:
        out: list[tuple[str, Span, int | None, Place]] = []
        numbered: list[Node] = []
        for node in nodes:
            if _is_lines(node, "body"):
                numbered.append(node)
            else:
                quotes.append(("body", node))
        ends = [_ends(node, self.page) for node in numbered if isinstance(node, Scalar)]
        for index, (first, _) in enumerate(ends):
            place = numbered[index].place
            if index and first <= (ends[index - 1][1] or ends[index - 1][0]):
                expected = f"a line after {ends[index - 1][1] or ends[index - 1][0]}"
                raise _problem("TXT003", place, "paragraphs are not in page order", expected, str(first))
        for index, (first, last) in enumerate(ends):
            place = numbered[index].place
            if last is None:
                last = max(first, ends[index + 1][0] - 1) if index + 1 < len(ends) else first
                self._open.add(place)
            span = self.page.lines(first, last)
            assert span is not None, "its first line is not blank"
            out.append(("body", span, index + 1, place))
        return out

    def _quote(self, node: Node, own: list[Span]) -> Span:
        anchor = anchor_of(node) if not isinstance(node, Scalar) else Anchor(node.text, node.place)
        zones = [Zone(self.page, own)] if own else []
        return find_once([*zones, Zone(self.page, [Span(0, len(self.page.text))])], anchor)

    def _cut(self, span: Span, gaps: Iterable[Span]) -> Iterable[Span]:
        """The pieces of a span that lie in none of the gaps, without outer white space."""
        start = span.start
        for gap in gaps:
            if gap.end <= start or gap.start >= span.end:
                continue
            piece = self.page.trim(Span(start, max(start, gap.start)))
            if piece is not None:
                yield piece
            start = max(start, gap.end)
        piece = self.page.trim(Span(min(start, span.end), span.end))
        if piece is not None:
            yield piece


def layout(text: Mapping, page: Page, cuts: Iterable[Span] = ()) -> Layout:
    """The segments that the ``text:`` of an item describes; ``cuts`` are runs of its lines that belong to the page.

    Raises ``AnchorError`` (TXT003 lines, TXT004 blank line, TXT006 no text, EVI002 and EVI003 quotes).
    """
    if "body" not in text and "caption" not in text:
        raise _problem("TXT006", text.place, "an item needs body lines or a caption", "body: or caption:", "neither")
    out = Layout(text, page, cuts)
    if not any(segment.role == "body" for segment in out.places):  # of a photo item the captions are the paragraphs
        captions = [segment for segment in out.segments if segment.role == "caption"]
        for number, segment in enumerate(captions, start=1):
            place = out.places.pop(segment)
            out.places[Segment("caption", segment.span, number)] = place
    return out
