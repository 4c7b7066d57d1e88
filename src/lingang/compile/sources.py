"""The pages: their rows, and their segments."""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Mapping as AbstractMapping

from lingang.authored.anchor import AnchorError, anchor_of, find_once
from lingang.authored.nodes import Mapping, Node, Scalar
from lingang.compile.entry import Entry, mapping
from lingang.compile.item import Item
from lingang.compile.layout import Layout
from lingang.compile.rows import Row, Rows
from lingang.problems import Problem
from lingang.text import dates
from lingang.text.page import Page, Reading, Segment, Span
from lingang.text.zone import Zone

__all__ = ["Source", "add_segments", "add_source", "source_of", "stand_ins_of"]


class Source:
    """A page and what ``sources.yaml`` says of it."""

    def __init__(self, key: Scalar, node: Mapping, page: Page) -> None:
        self.key, self.entry, self.page = key, Entry(node, "year"), page
        self.layout = Layout(mapping(node.get("text"), node.place), page)
        self.own = Zone(page, [segment.span for segment in self.layout.segments])

    def place(self, node: Node) -> Span:
        """The span of a quote in the page's own segments, or else anywhere on the page."""
        return find_once([self.own, Zone(self.page, [Span(0, len(self.page.text))])], anchor_of(node))


def source_of(node: Mapping, sources: AbstractMapping[str, Source]) -> Source:
    """The page on which an item says that it stands, or the only one. Raises ``AnchorError``."""
    named = node.scalar("source")
    if named is not None and named.text in sources:
        return sources[named.text]
    if named is None and len(sources) == 1:
        return next(iter(sources.values()))
    message = "the item does not say on which page it stands" if named is None else "no such source"
    expected = "source: one of " + ", ".join(sources)
    found = named.text if named else "no source"
    raise AnchorError(Problem("KEY002", message, (named or node).place, expected, found))


def stand_ins_of(source: Source) -> dict[str, Scalar]:
    """The words of titles that stand for a body, with its name."""
    words = source.entry.get("stand_ins")
    entries = words.entries if isinstance(words, Mapping) else ()
    return {key.text: value for key, value in entries if isinstance(value, Scalar)}


def add_source(source: Source, items: AbstractMapping[str, Item], unread: Container[str], rows: Rows) -> None:
    """The row of ``sources`` with its evidence; what stands in an ``unread`` item is not asked for."""
    entry, page = source.entry, source.page
    year = entry.scalar("year")
    row = rows.add(
        "sources",
        source.key.place,
        {
            "source_id": source.key.text,
            "file": entry.text("file"),
            "sha256": page.sha256,
            "language": entry.text("language"),
            "year": year.value if year is not None else None,
            "char_count": len(page.text),
            "line_count": page.line_count,
            "text": page.text,
            "note": entry.text("note"),
        },
        **entry.written(
            file="file",
            language="language",
            year="year",
            note="note",
            publisher="publisher",
            published_edtf="published",
        ),
    )
    entry.explain(row, year="year", published_edtf="published")
    _year(source, items, unread, row, rows)
    _published(source, row, rows)


def _published(source: Source, row: Row, rows: Rows) -> None:
    page = source.page
    publisher, published = source.entry.get("publisher"), source.entry.get("published")
    try:
        if publisher is not None:
            span = source.place(publisher)
            row.values["publisher"] = page.quote(span)
            rows.prove(row, "publisher", [span], page, None)
        if published is None:
            return
        span = source.place(published)
    except AnchorError as error:
        rows.problems.append(error.problem)
        return
    try:
        edtf = dates.read(page.quote(span)).edtf
    except ValueError:
        edtf = None
    if edtf is None:
        expected = "a whole printed date, with its year"
        message = "the date of publication cannot be read"
        rows.problems.append(Problem("EVT002", message, published.place, expected, page.quote(span)))
        return
    row.values["published_edtf"] = edtf
    rows.prove(row, "published_edtf", [span], page, None, rule="date")


def _year(source: Source, items: AbstractMapping[str, Item], unread: Container[str], row: Row, rows: Rows) -> None:
    spans: list[tuple[Span, str | None]] = []
    for node in source.entry.items("year_from"):
        article, quote = node.scalar("article"), node.get("quote")
        assert quote is not None, "the shape was checked"
        try:
            if article is None:
                spans.append((source.place(quote), None))
            elif article.text in items:
                spans.append((items[article.text].place(anchor_of(quote)), article.text))
            elif article.text not in unread:
                rows.problems.append(
                    Problem("KEY002", "no such article", article.place, ", ".join(items), article.text)
                )
        except AnchorError as error:
            rows.problems.append(error.problem)
    if spans and row.values["year"] is None:
        place = next(source.entry.items("year_from")).place
        message = "places that print a year, and no year"
        rows.problems.append(Problem("YML011", message, place, "year: beside year_from:", "no year"))
        return
    for span, article_id in spans:
        rows.prove(row, "year", [span], source.page, article_id, rule="year")


def add_segments(source_id: str, item: Item | None, page: Page, layout: Layout, rows: Rows) -> None:
    """Rows of ``segments`` of an item, or of the page itself."""
    for number, segment in enumerate(layout.segments, start=1):
        in_text = item.reading.to_text(segment.span) if item and segment in item.reading_segments else None
        owner = item.id if item else source_id
        rows.add(
            "segments",
            layout.places[segment],
            {
                "segment_id": segment_id(owner, number, segment),
                "source_id": source_id,
                "article_id": item.id if item else None,
                "seq": number,
                "role": segment.role,
                "paragraph": segment.paragraph,
                "raw_start": segment.span.start,
                "raw_end": segment.span.end,
                "line_start": page.line_of(segment.span.start),
                "line_end": page.line_of(segment.span.end - 1),
                "text": Reading.of(page, [segment]).text,
                "text_start": in_text[0] if in_text else None,
                "text_end": in_text[1] if in_text else None,
            },
            role=layout.places[segment],
        )


def segment_id(owner: str, number: int, segment: Segment) -> str:
    """``ITEM-01-headline``."""
    return f"{owner}-{number:02d}-{segment.role}"
