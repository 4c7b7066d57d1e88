"""From the line numbers of an article file to its segments."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.problems import Place, Problem
from lingang.text.page import Page, Searchable, Segment, Span, squeeze

__all__ = ["segments_of"]

_ORDER = ("kicker", "headline", "subheadline", "byline", "body", "caption", "credit")


def _problem(rule: str, place: Place, message: str, expected: str, found: str, hint: str = "") -> AnchorError:
    return AnchorError(Problem(rule, message, place, expected=expected, found=found, hint=hint))


def _ends(node: Node, page: Page) -> tuple[int, int | None]:
    """First and last line of a value like 12 or "12-15"; the last is ``None`` for a single number."""
    assert isinstance(node, Scalar), "the shape was checked"
    first, last = (node.value, None) if isinstance(node.value, int) else tuple(map(int, node.text.split("-")))
    for line in (first, first if last is None else last):
        if not 1 <= line <= page.line_count:
            raise _problem("TXT003", node.place, f"the page has no line {line}", f"1 to {page.line_count}", str(line))
    if last is not None and last <= first:
        raise _problem("TXT003", node.place, "a range of lines runs backwards", "first < last", node.text)
    for line in (first, last or first):
        if page.lines(line, line) is None:
            raise _problem("TXT004", node.place, f"line {line} is blank", "a line with text on it", "white space only")
    return first, last


def _span(node: Node, page: Page, last: int | None = None) -> Span:
    first, own = _ends(node, page)
    span = page.lines(first, own or last or first)
    assert span is not None, "its first line is not blank"
    return span


def _paragraphs(body: Sequence, page: Page) -> list[Span]:
    out: list[Span] = []
    ends = [_ends(item, page) for item in body.items]
    for index, (first, last) in enumerate(ends[:-1]):
        after, place = ends[index + 1][0], body.items[index + 1].place
        if after <= (last or first):
            expected = f"a line after {last or first}"
            raise _problem("TXT003", place, "paragraphs are not in page order", expected, str(after))
    for index, (first, last) in enumerate(ends):
        if last is None:
            last = ends[index + 1][0] - 1 if index + 1 < len(ends) else first
        span = page.lines(first, last)
        assert span is not None, "its first line is not blank"
        out.append(span)
    return out


def _cut_byline(byline: Scalar, paragraph: Span, page: Page) -> tuple[Span, Span]:
    """The byline and the rest of the paragraph that begins with it."""
    zone = Searchable(page, [paragraph])
    typed = squeeze(byline.text)
    if not zone.text.startswith(typed):
        raise _problem(
            "TXT005",
            byline.place,
            "the body does not begin with this byline",
            typed,
            zone.text[: len(typed) + 4],
        )
    if not (typed.startswith("本报讯") and typed.endswith("）")) or len(typed) == len(zone.text):
        raise _problem(
            "TXT005",
            byline.place,
            "a byline is 本报讯 and its whole bracket, and text follows it",
            "本报讯（…）",
            typed,
        )
    cut = zone.span(0, len(typed))
    rest = page.trim(Span(cut.end, paragraph.end))
    assert rest is not None, "the byline is shorter than the paragraph"
    return cut, rest


def segments_of(text: Mapping, page: Page) -> tuple[Segment, ...]:
    """The segments that the ``text`` of an article file describes, in page order.

    Raises ``AnchorError`` (TXT003 lines, TXT004 blank line, TXT005 byline).
    """
    out: list[Segment] = []
    for role in _ORDER:
        node = text.get(role)
        if node is None or role == "byline":
            continue
        if role != "body":
            paragraph = 1 if role == "caption" and text.get("body") is None else None
            out.append(Segment(role, _span(node, page), paragraph))
            continue
        assert isinstance(node, Sequence), "the shape was checked"
        spans = _paragraphs(node, page)
        byline = text.get("byline")
        if isinstance(byline, Scalar):
            cut, spans[0] = _cut_byline(byline, spans[0], page)
            out.append(Segment("byline", cut))
        out.extend(Segment("body", span, number) for number, span in enumerate(spans, start=1))
    if not any(segment.role in ("body", "caption") for segment in out):
        raise _problem("TXT006", text.place, "an item needs body lines or a caption", "body: or caption:", "neither")
    return tuple(sorted(out, key=lambda segment: segment.span))
