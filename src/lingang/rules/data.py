"""The tables as the rules in Python see them: rows, texts without white space, spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from lingang.derive import cues
from lingang.text import dates, numbers
from lingang.text.page import Page, Searchable, Span

__all__ = ["Data", "NotRead", "Row", "Zone"]

Row = dict[str, Any]
_T = TypeVar("_T")


class Zone(Searchable):
    """The reading text of one item without white space, with its place on the page."""

    def at(self, row: Mapping[str, Any]) -> tuple[int, int]:
        """``(start, end)`` in ``text`` of the raw span of a row."""
        return self.place(Span(row["raw_start"], row["raw_end"]))

    def covers(self, row: Mapping[str, Any]) -> tuple[int, int] | None:
        """``at``, if the raw span of a row begins and ends with characters of ``text``."""
        start, end = self.at(row)
        if not start < end <= len(self.text):
            return None
        begins, ends = self.offsets[start] == row["raw_start"], self.offsets[end - 1] == row["raw_end"] - 1
        return (start, end) if begins and ends else None

    @cached_property
    def dates(self) -> frozenset[tuple[int, int]]:
        """Where dates and times stand in ``text``, each as long as it goes."""
        return frozenset((token.start, token.end) for token in dates.find(self.text))

    @cached_property
    def numbers(self) -> frozenset[tuple[int, int]]:
        """Where numbers stand in ``text``, each with its measure word."""
        return frozenset(
            (token.start, numbers.measured(self.text, token, cues.MEASURES)) for token in numbers.find(self.text)
        )

    def clause(self, start: int, end: int, ends: str = "，。；：！？\n") -> tuple[int, int]:
        """The widest run around ``text[start:end]`` that holds none of the closing marks outside it."""
        while start > 0 and self.text[start - 1] not in ends:
            start -= 1
        while end < len(self.text) and self.text[end] not in ends:
            end += 1
        return start, end


class NotRead(Exception):
    """A rule asked for a table that could not be read."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class _Shared(Generic[_T]):
    """A look-up that is made once, for all views of the tables; each knows which tables it was made of."""

    def __init__(self, make: Callable[[Any], _T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, data: Data, owner: type) -> _T:
        if self._name not in data._made:
            before, data.reads = data.reads, set()
            try:
                value = self._make(data)
                data._made[self._name] = value, frozenset(data.reads)
            finally:
                data.reads |= before
        value, reads = data._made[self._name]
        data.reads |= reads
        data.__dict__[self._name] = value  # found there from now on, without this call
        return value


class Data:
    """Rows by table, to each of which ``row_no`` is added, and the usual look-ups.

    ``reads`` gathers the tables that are asked for; for one of ``lost`` there is ``NotRead``.
    """

    def __init__(self, rows: Callable[[str], list[Row]], lost: Collection[str] = ()) -> None:
        self._read = rows
        self._lost = lost
        self._made: dict[str, tuple[Any, frozenset[str]]] = {}
        self.reads: set[str] = set()
        self._rows: dict[str, list[Row]] = {}
        self._by_key: dict[str, dict[str, Row]] = {}

    def view(self) -> Data:
        """The same tables and look-ups, with ``reads`` of its own."""
        other = Data(self._read, self._lost)
        other._rows, other._by_key, other._made = self._rows, self._by_key, self._made
        return other

    def __getitem__(self, name: str) -> list[Row]:
        self.reads.add(name)
        if name in self._lost:
            raise NotRead(name)
        if name not in self._rows:
            self._rows[name] = rows = self._read(name)
            for number, row in enumerate(rows):
                row["row_no"] = number
        return self._rows[name]

    def by_key(self, name: str) -> dict[str, Row]:
        self.reads.add(name)
        if name not in self._by_key:
            self._by_key[name] = {next(iter(row.values())): row for row in self[name]}
        return self._by_key[name]

    @_Shared
    def pages(self) -> dict[str, Page]:
        return {
            row["source_id"]: Page(row["source_id"], row["file"], row["text"], row["sha256"]) for row in self["sources"]
        }

    @_Shared
    def articles(self) -> dict[str, Row]:
        return self.by_key("articles")

    def page_of(self, article_id: str) -> Page:
        return self.pages[self.articles[article_id]["source_id"]]

    @_Shared
    def segments(self) -> dict[str, list[Row]]:
        out: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self["segments"], key=lambda row: row["raw_start"]):
            out[row["article_id"]].append(row)
        return out

    @_Shared
    def zones(self) -> dict[str, Zone]:
        """The reading text of each item."""
        return {
            article_id: Zone(
                self.page_of(article_id),
                [
                    Span(row["raw_start"], row["raw_end"])
                    for row in self.segments[article_id]
                    if row["text_start"] is not None
                ],
            )
            for article_id in self.articles
        }

    @_Shared
    def every_zone(self) -> list[tuple[str, Zone]]:
        """Each segment of each item, whatever its role, as a zone of its own."""
        return [
            (article_id, Zone(self.page_of(article_id), [Span(row["raw_start"], row["raw_end"])]))
            for article_id, rows in self.segments.items()
            for row in rows
        ]

    @_Shared
    def printed_years(self) -> dict[str, list[tuple[Span, int]]]:
        """The years that each item prints, in whatever segment, each with the place of its figures."""
        out: dict[str, list[tuple[Span, int]]] = defaultdict(list)
        for article_id, zone in self.every_zone:
            for start, end, year in dates.printed_years(zone.text, year=self.page_year(article_id)):
                out[article_id].append((zone.span(start, end), year))
        return out

    def page_year(self, article_id: str) -> int | None:
        year: int | None = self.by_key("sources")[self.articles[article_id]["source_id"]]["year"]
        return year

    def page_year_is_printed(self, article_id: str) -> bool:
        """Whether the quotes of the year of a page, if it has one, print it."""
        source_id, year = self.articles[article_id]["source_id"], self.page_year(article_id)
        quotes = self.evidence["sources", source_id, "year"]
        return year is None or all(self.prints_year(evidence, year) for evidence in quotes)

    def known(self, event: Mapping[str, Any]) -> dates.Known:
        """What is known beside the printed date of an event."""
        article_id = event["article_id"]
        return dates.Known.of({year for _, year in self.printed_years[article_id]}, self.page_year(article_id))

    def prints_year(self, evidence: Mapping[str, Any], year: int) -> bool:
        """Whether a quote of an item holds the figures of a year."""
        span = Span(evidence["raw_start"], evidence["raw_end"])
        return any(
            found == year and place in span
            for article_id, places in self.printed_years.items()
            if self.articles[article_id]["source_id"] == evidence["source_id"]
            for place, found in places
        )

    @_Shared
    def evidence(self) -> dict[tuple[str, str, str], list[Row]]:
        """Evidence rows by table, record and column, in their order."""
        out: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self["evidence"]:
            out[row["table_name"], row["record_id"], row["column_name"]].append(row)
        return out

    @_Shared
    def evidence_of_article(self) -> dict[str, list[Row]]:
        out: dict[str, list[Row]] = defaultdict(list)
        for row in self["evidence"]:
            if row["article_id"]:
                out[row["article_id"]].append(row)
        return out

    @_Shared
    def mentions(self) -> dict[str, list[Row]]:
        """Mentions by item, in page order."""
        out: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self["mentions"], key=lambda row: (row["raw_start"], -row["raw_end"])):
            out[row["article_id"]].append(row)
        return out

    @_Shared
    def outermost(self) -> dict[str, list[tuple[Row, tuple[int, int]]]]:
        """Mentions that stand in no other, by item, in page order, each with its place in the reading text."""
        return {
            article_id: [
                (row, at)
                for row in self.mentions[article_id]
                if row["within_mention_id"] is None and (at := zone.covers(row))
            ]
            for article_id, zone in self.zones.items()
        }

    def mentions_in(self, article_id: str, span: Mapping[str, Any], entity_id: str | None = None) -> list[Row]:
        return [
            row
            for row in self.mentions[article_id]
            if span["raw_start"] <= row["raw_start"]
            and row["raw_end"] <= span["raw_end"]
            and entity_id in (None, row["entity_id"])
        ]

    @_Shared
    def forms(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Every printed form of every registry record, by table and id."""
        out: dict[tuple[str, str], tuple[str, ...]] = {}
        for name in ("people", "organizations", "places", "campaigns"):
            for key, row in self.by_key(name).items():
                out[name, key] = (row["name"], *row.get("aliases", ()))
        return out
