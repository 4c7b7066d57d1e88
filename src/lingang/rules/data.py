"""The tables as the rules in Python see them: rows, texts without white space, spans."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from lingang.derive import dates, numbers
from lingang.page import Page, Searchable, Span

__all__ = ["Data", "NotRead", "Row", "Zone"]

Row = dict[str, Any]
_T = TypeVar("_T")


class Zone(Searchable):
    """The reading text of one item without white space, with its place on the page."""

    def at(self, row: Mapping[str, Any]) -> tuple[int, int]:
        """``(start, end)`` in ``text`` of the raw span of a row."""
        return bisect_left(self.offsets, row["raw_start"]), self._after(bisect_left(self.offsets, row["raw_end"] - 1))

    def covers(self, row: Mapping[str, Any]) -> tuple[int, int] | None:
        """``at``, if the raw span of a row begins and ends with characters of ``text``."""
        first, last = self._index.get(row["raw_start"]), self._index.get(row["raw_end"] - 1)
        if first is None or last is None or first > last:
            return None
        return first, self._after(last)

    @cached_property
    def _index(self) -> dict[int, int]:
        """The place in ``text`` of each of its raw offsets; of two that share one, the first."""
        return dict(zip(reversed(self.offsets), range(len(self.offsets) - 1, -1, -1), strict=True))

    def _after(self, index: int) -> int:
        """The end in ``text`` of a character; the line feed before a paragraph has the offset of its first character,
        which is the one that is meant."""
        return index + 1 + self.text.startswith("\n", index)

    @cached_property
    def dates(self) -> list[tuple[int, int]]:
        """Where dates stand in ``text``."""
        return dates.find(self.text)

    @cached_property
    def numbers(self) -> frozenset[tuple[int, int]]:
        """Where numbers stand in ``text``."""
        return frozenset(numbers.find(self.text))

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
