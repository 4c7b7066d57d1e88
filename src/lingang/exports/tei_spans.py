"""Spans of one item as TEI inline elements: what nests is nested, what would cross stands off.

Names win their place first, then speech, dates, titles, groups and triggers. A span that would cross
an element that has its place, or that runs over the end of a block, becomes two anchors and a ``span``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lingang.exports.xml_writer import Writer
from lingang.text.page import Reading, Span

__all__ = ["Block", "Mark", "lay"]

FIRST = ("name", "said", "date", "roleName", "group", "trigger")
"""The kinds of marks in the order in which they get their place."""

OUTER = ("said", "date", "group", "roleName", "trigger", "name")
"""Of marks with the same span, the order from outside to inside."""


@dataclass
class Mark:
    """One element over a raw span; ``pointer`` names the attribute that points to its record."""

    kind: str
    tag: str
    span: Span
    attributes: dict[str, str]
    pointer: str
    key: str = ""

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        return (self.span.start, -self.span.end, OUTER.index(self.kind), self.tag, self.key)


@dataclass
class Block:
    """A run of segments that becomes one element: its text, its map, and what will stand in it."""

    tag: str
    attributes: dict[str, str]
    reading: Reading
    figure: bool = False
    marks: list[tuple[int, int, Mark]] = field(default_factory=list)
    starts: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def place(self, span: Span) -> tuple[int, int] | None:
        """The code points of the block's text that lie in a raw span; ``None``: there are none."""
        return self.reading.to_text(span)

    def holds(self, span: Span) -> bool:
        """Whether all of a raw span lies between the first and the last character of the block."""
        offsets = self.reading.offsets
        return min(offsets) <= span.start and span.end <= max(offsets) + 1

    def write(self, writer: Writer) -> None:
        """The element with its text; the elements inside it are nested from outside to inside."""
        opening: dict[int, list[tuple[int, Mark]]] = defaultdict(list)
        for start, end, mark in sorted(self.marks, key=lambda found: (found[0], -found[1], found[2].order)):
            opening[start].append((end, mark))
        writer.open(self.tag, self.attributes)
        stack: list[tuple[int, str]] = []
        for index in range(len(self.reading.text) + 1):
            while stack and stack[-1][0] == index:
                writer.close(stack.pop()[1])
            for name in (*self.ends.get(index, ()), *self.starts.get(index, ())):
                writer.open("anchor", {"xml:id": name})
                writer.close("anchor")
            for end, mark in opening.get(index, ()):
                writer.open(mark.tag, mark.attributes)
                stack.append((end, mark.tag))
            writer.text(self.reading.text[index : index + 1])
        writer.close(self.tag)
        writer.line()


def _crosses(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[0] < one[1] < other[1] or other[0] < one[0] < other[1] < one[1]


def merged(marks: Sequence[Mark]) -> list[Mark]:
    """Marks of the same kind over the same span as one that points to each record; one with an id stays alone."""
    found: dict[tuple[str, Span, str], Mark] = {}
    for mark in marks:
        known = found.setdefault((mark.kind, mark.span, mark.attributes.get("xml:id", "")), mark)
        if known is not mark:
            targets = known.attributes.get(mark.pointer, "").split()
            more = [target for target in mark.attributes.get(mark.pointer, "").split() if target not in targets]
            known.attributes[mark.pointer] = " ".join([*targets, *more])
    return list(found.values())


def anchor(blocks: Sequence[Block], span: Span, name: str) -> bool:
    """Put two anchors, ``<name>.start`` and ``<name>.end``, around a raw span; false: it has no text."""
    places = [(block, place) for block in blocks if (place := block.place(span)) is not None]
    if not places:
        return False
    places[0][0].starts[places[0][1][0]].append(f"{name}.start")
    places[-1][0].ends[places[-1][1][1]].append(f"{name}.end")
    return True


def lay(blocks: Sequence[Block], marks: Sequence[Mark]) -> list[Mark]:
    """Give each mark its place in a block; returns those that stand off, between their anchors."""
    apart: list[Mark] = []
    for mark in sorted(merged(marks), key=lambda mark: (FIRST.index(mark.kind), *mark.order)):
        block = next((block for block in blocks if block.holds(mark.span)), None)
        place = block.place(mark.span) if block is not None else None
        if block is not None and place is not None and not any(_crosses(place, (s, e)) for s, e, _ in block.marks):
            block.marks.append((*place, mark))
        elif anchor(blocks, mark.span, mark.key):
            apart.append(mark)
    return sorted(apart, key=lambda mark: mark.order)
