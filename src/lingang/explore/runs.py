"""The page cut into runs: pieces of text over which the same claims stand.

A claim is a row of ``evidence``, ``mentions``, ``issues`` or ``segments`` with a span. Claims are numbered; a run holds
the numbers of all that cover it, so that spans that overlap are a set. The texts of the pieces, joined, are the page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lingang.text.page import WHITE, Reading, Segment, Span
from lingang.text.page import Page as Text

__all__ = ["BASES", "CLAIMING", "Block", "Claim", "Piece", "Run", "Sheet", "numbered", "sheet"]

Row = Mapping[str, Any]

CLAIMING = ("evidence", "mentions", "issues", "segments")
"""The tables whose rows stand on a span of the page."""

BASES = ("stated", "composed", "normalized", "unmarked", "inferred", "read")
"""From what the words say to what a reader chose; a run is drawn as the last that stands on it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that stands on a span; code points of the page, half open."""

    number: int
    table: str
    id: str
    source_id: str
    start: int
    end: int
    basis: str | None = None
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run: ``text``, ``white`` (white space that reading text leaves out), ``space`` (that it keeps), or a
    mark without text: ``line`` with its number (``first``: of its segment), ``issue`` with its id."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Text over which the same claims stand, from the first to the last of its pieces."""

    number: int
    claims: tuple[int, ...]
    basis: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Block:
    """A segment with its runs; without one (``row`` is ``None``) the white space between two."""

    row: Row | None
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One source page: its row, its blocks, and the issues that concern it as a whole."""

    row: Row
    blocks: list[Block]
    issues: list[Row]


def numbered(tables: Mapping[str, Sequence[Row]]) -> list[Claim]:
    """Every claim with a span, by table and key."""
    sources = {row["article_id"]: row["source_id"] for row in tables["articles"]}
    out: list[Claim] = []
    for table in CLAIMING:
        for row in tables[table]:
            if row["raw_start"] is not None:
                source = row.get("source_id") or sources[row["article_id"]]
                key = str(next(iter(row.values())))
                out.append(Claim(len(out), table, key, source, row["raw_start"], row["raw_end"], row.get("basis")))
    return out


def _kept(page: Text, segment: Row) -> set[int]:
    """The offsets of white space for which the text of a segment has a space."""
    span = Span(segment["raw_start"], segment["raw_end"])
    reading = Reading.of(page, [Segment(segment["role"], span, segment["paragraph"])])
    return {offset for char, offset in zip(reading.text, reading.offsets, strict=True) if char in WHITE}


def _pieces(
    page: Text, start: int, end: int, kept: set[int], issues: Mapping[int, list[str]], first: int | None
) -> Iterator[Piece]:
    """The text of a run, white space and marks told apart."""
    text, at = page.text, start
    while at < end:
        if at == 0 or text[at - 1] == "\n" or at == first:
            yield Piece("first" if at == first else "line", str(page.line_of(at)))
        for issue in issues.get(at, ()):
            yield Piece("issue", issue)
        white, stop = text[at] in WHITE, at + 1
        while stop < end and (text[stop] in WHITE) == white and text[stop - 1] != "\n" and stop not in issues:
            stop += 1
        kind = "text" if not white else "space" if any(place in kept for place in range(at, stop)) else "white"
        yield Piece(kind, text[at:stop])
        at = stop


def _basis(claims: Iterable[Claim]) -> str:
    """What a run is drawn as: its last basis, else what else stands on it."""
    claims = list(claims)
    found = [claim.basis for claim in claims if claim.basis in BASES]
    if found:
        return max(found, key=lambda basis: BASES.index(str(basis))) or ""
    return "mention" if any(claim.table == "mentions" for claim in claims) else "plain"


def sheet(source: Row, tables: Mapping[str, Sequence[Row]], claims: Sequence[Claim], first: int) -> Sheet:
    """A source page in runs, numbered from ``first``."""
    key = source["source_id"]
    page = Text(key, source["file"], source["text"], source["sha256"])
    own = sorted((claim for claim in claims if claim.source_id == key), key=lambda claim: claim.start)
    edges = sorted({0, len(page.text), *(claim.start for claim in own), *(claim.end for claim in own)})
    mine = [row for row in tables["issues"] if row["source_id"] == key]
    issues: dict[int, list[str]] = {}
    for row in mine:
        if row["raw_start"] is not None:
            issues.setdefault(row["raw_start"], []).append(row["issue_id"])
    segments = sorted(
        (row for row in tables["segments"] if row["source_id"] == key), key=lambda row: int(row["raw_start"])
    )
    covering: dict[int, list[Claim]] = {edge: [] for edge in edges}
    for claim in own:
        for edge in edges[bisect_left(edges, claim.start) : bisect_left(edges, claim.end)]:
            covering[edge].append(claim)
    starts = [row["raw_start"] for row in segments]
    out = Sheet(source, [], [row for row in mine if row["raw_start"] is None])
    kept: set[int] = set()
    for start, end in pairwise(edges):
        at = bisect_right(starts, start) - 1
        segment = segments[at] if at >= 0 and start < segments[at]["raw_end"] else None
        if not out.blocks or out.blocks[-1].row is not segment:
            out.blocks.append(Block(segment))
            kept = _kept(page, segment) if segment is not None else set()
        found = covering[start]
        pieces = tuple(_pieces(page, start, end, kept, issues, segment["raw_start"] if segment is not None else None))
        number = first + sum(len(block.runs) for block in out.blocks)
        numbers = tuple(claim.number for claim in sorted(found, key=lambda claim: claim.end - claim.start))
        out.blocks[-1].runs.append(Run(number, numbers, _basis(found), pieces))
    return out
