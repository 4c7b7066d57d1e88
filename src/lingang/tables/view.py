"""The tables as one thing to ask: rows, texts without white space, spans, and the lexicon that they were made with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, TypeVar

from lingang.lexicon import Lexicon
from lingang.text.page import Page, Span
from lingang.text.zone import Zone

__all__ = ["LeftOut", "NotRead", "Row", "View"]

Row = dict[str, Any]
_T = TypeVar("_T")


class NotRead(Exception):
    """A rule asked for a table that could not be read."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class LeftOut(Exception):
    """A rule asked for a column that this edition leaves empty."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


class _Partial(Row):
    """A row some of whose columns are left out: to read one is to have nothing to go by."""

    def __init__(self, row: Row, table: str, left_out: Collection[str]) -> None:
        super().__init__(row)
        self._table, self._left_out = table, left_out

    def __getitem__(self, name: str) -> Any:
        if name in self._left_out:
            raise LeftOut(f"{self._table}.{name}")
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        if name not in self:
            return default
        return self[name]


class _Shared(Generic[_T]):
    """A look-up that is made once, for all views of the tables; each knows which tables it was made of."""

    def __init__(self, make: Callable[[Any], _T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, data: View, owner: type) -> _T:
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


class View:
    """Rows by table, to each of which ``row_no`` is added, and the usual look-ups.

    ``reads`` gathers the tables that are asked for; for one of ``lost`` there is ``NotRead``, for a column (table and
    name) of ``left_out`` ``LeftOut``.
    """

    def __init__(
        self,
        rows: Callable[[str], list[Row]],
        lexicon: Lexicon | None = None,
        lost: Collection[str] = (),
        left_out: Collection[tuple[str, str]] = (),
    ) -> None:
        self._read = rows
        self.lexicon = lexicon
        self._lost = lost
        self._left_out = left_out
        self._made: dict[str, tuple[Any, frozenset[str]]] = {}
        self.reads: set[str] = set()
        self._rows: dict[str, list[Row]] = {}
        self._by_key: dict[str, dict[str, Row]] = {}

    def asked(self) -> View:
        """The same tables and look-ups, with ``reads`` of its own."""
        other = View(self._read, self.lexicon, self._lost, self._left_out)
        other._rows, other._by_key, other._made = self._rows, self._by_key, self._made
        return other

    def __getitem__(self, name: str) -> list[Row]:
        self.reads.add(name)
        if name in self._lost:
            raise NotRead(name)
        if name not in self._rows:
            rows = self._read(name)
            columns = frozenset(column for table, column in self._left_out if table == name)
            self._rows[name] = rows = [_Partial(row, name, columns) for row in rows] if columns else rows
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
            if row["article_id"] is not None:
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
    def _others(self) -> dict[str, Zone]:
        """The segments of each item that are not of its reading text, as one text."""
        return {
            article_id: Zone(
                self.page_of(article_id),
                [
                    Span(row["raw_start"], row["raw_end"])
                    for row in self.segments[article_id]
                    if row["text_start"] is None
                ],
            )
            for article_id in self.articles
        }

    def zones_of(self, article_id: str) -> tuple[Zone, Zone]:
        """The reading text of an item, and its other segments."""
        return self.zones[article_id], self._others[article_id]

    def standing(self, proof: Mapping[str, Any]) -> tuple[Zone, tuple[int, int]] | None:
        """Of the item in which a span stands, the text that holds it, and where in it; ``None`` outside the items."""
        if proof["article_id"] not in self.articles:
            return None
        return next(((zone, at) for zone in self.zones_of(proof["article_id"]) if (at := zone.covers(proof))), None)

    def in_scope(self, table: str, key: str, article_id: str) -> bool:
        """Whether a form of a registry record may mean it in an item."""
        row = self.by_key(table)[key]
        scope = [*(row["source_ids"] or ()), *(row["article_ids"] or ())]
        return not scope or article_id in scope or self.articles[article_id]["source_id"] in scope

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
                out[name, key] = (row["name"], *(row.get("aliases") or ()))
        return out
