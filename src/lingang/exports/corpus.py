"""The published tables as the exports read them: rows by name, evidence by cell, spans in reading text.

Positions are code points, half open ``[start, end)``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lingang.about import INSTALLED, About, read_facts
from lingang.text.page import Page, Reading, Segment, Span

__all__ = [
    "ENTITY_TABLES",
    "Argument",
    "Corpus",
    "Item",
    "Row",
    "Tables",
    "TextSpan",
    "read_about",
    "read_tables",
]

_NO_BASE = "urn:lingang:"
"""What identifiers begin with where no facts are given: they hold inside one file."""

ENTITY_TABLES = {"people": "person", "organizations": "organization", "places": "place", "campaigns": "campaign"}
"""The registries, each with the word for one entry."""


Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
TextSpan = tuple[int, int]


def read_tables(folder: Path | None = None) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table of a published folder, by table name; by default, of the installed data.

    Dates are ``datetime.date``. Raises ``FileNotFoundError`` where the folder holds no table.
    """
    import pyarrow.parquet as pq

    folder = INSTALLED if folder is None else folder
    paths = sorted(folder.glob("*.parquet"))
    if not paths:
        raise FileNotFoundError(f"{folder} holds no Parquet file")
    return {path.stem: pq.ParquetFile(path).read().to_pylist() for path in paths}


def read_about(folder: Path | None = None) -> About | None:
    """The facts of a published folder, by default of the installed data; ``None`` where they are not whole."""
    return About.if_whole(read_facts(INSTALLED if folder is None else folder))


def reading(page: Page, segments: Sequence[Row]) -> Reading:
    """The text of segments by the white-space rule, with its map to the raw page."""
    return Reading.of(
        page,
        [Segment(row["role"], Span(row["raw_start"], row["raw_end"]), row["paragraph"]) for row in segments],
    )


@dataclass(frozen=True)
class Item:
    """One item: its row, its page, its segments in page order and the map of its reading text."""

    row: Row
    source: Row
    page: Page
    segments: tuple[Row, ...]

    @property
    def id(self) -> str:
        return str(self.row["article_id"])

    @property
    def text(self) -> str:
        return str(self.row["text"])

    @cached_property
    def reading(self) -> Reading:
        """The reading text and its map. Raises ``ValueError`` where the segments do not give the stored text."""
        pieces = sorted(
            (row for row in self.segments if row["text_start"] is not None), key=lambda row: int(row["text_start"])
        )
        found = reading(self.page, pieces)
        if found.text != self.text:
            raise ValueError(f"the segments of {self.id} do not give its reading text")
        return found

    def span(self, row: Row) -> TextSpan | None:
        """Where the raw span of a row lies in the reading text; ``None``: outside of it, or in another item."""
        if row["raw_start"] is None or row.get("article_id") != self.id:
            return None
        return self.reading.to_text(Span(row["raw_start"], row["raw_end"]))


@dataclass(frozen=True)
class Argument:
    """A participant of an event, with the words that name it in the item; ``span`` may lie outside the reading text."""

    row: Row
    table: str | None
    entity_id: str | None
    label: str | None
    span: TextSpan | None


class Corpus:
    """Rows of the published tables, and the facts of their dataset, with the look-ups that the exports share.

    ``name`` is that of the dataset, and names files; without facts it is that of the toolkit.
    """

    def __init__(self, tables: Tables, about: About | None = None) -> None:
        self._tables = tables
        self.about = about
        self.name = "lingang" if about is None else about.name
        self._indexes: dict[tuple[str, str], dict[object, list[Row]]] = {}
        self._evidence: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in tables["evidence"]:
            self._evidence[row["table_name"], row["record_id"], row["column_name"]].append(row)

    def iri(self, path: str) -> str:
        """The identifier of something of the dataset: of a record, ``<table>/<id>``."""
        return f"{_NO_BASE}{path}" if self.about is None else self.about.iri(path)

    def rows(self, table: str, **equal: object) -> list[Row]:
        """The rows whose columns have these values, in key order."""
        if not equal:
            return list(self._tables[table])
        (first, wanted), *others = equal.items()
        if (table, first) not in self._indexes:
            index = self._indexes[table, first] = defaultdict(list)
            for row in self._tables[table]:
                index[row[first]].append(row)
        found = self._indexes[table, first].get(wanted, [])
        return [row for row in found if all(row[name] == value for name, value in others)]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Row]:
        return {(table, row[next(iter(row))]): row for table, rows in self._tables.items() for row in rows}

    def get(self, table: str, record_id: str) -> Row:
        """One row by its primary key, the first column. Raises ``KeyError``."""
        return self._by_key[table, record_id]

    def evidence(self, table: str, record_id: str, column: str) -> list[Row]:
        """The evidence of one cell, in key order."""
        return self._evidence.get((table, record_id, column), [])

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {
            row["source_id"]: Page(row["source_id"], row["file"], row["text"], row["sha256"])
            for row in self._tables["sources"]
        }

    @cached_property
    def items(self) -> list[Item]:
        """The items by page and order on it."""
        return [
            Item(
                row,
                self.get("sources", row["source_id"]),
                self.pages[row["source_id"]],
                tuple(sorted(self.rows("segments", article_id=row["article_id"]), key=lambda segment: segment["seq"])),
            )
            for row in sorted(self._tables["articles"], key=lambda row: (row["source_id"], row["seq"]))
        ]

    def furniture(self, source_id: str) -> list[Row]:
        """The segments of a page that belong to no item, by place."""
        rows = self.rows("segments", source_id=source_id, article_id=None)
        return sorted(rows, key=lambda row: int(row["seq"]))

    def spans(self, item: Item, table: str, record_id: str, column: str) -> list[TextSpan]:
        """Where the evidence of a cell lies in the reading text of an item."""
        found = (item.span(row) for row in self.evidence(table, record_id, column))
        return [span for span in found if span is not None]

    def mentions(self, item: Item) -> list[Row]:
        """The mentions in the reading text, outer before inner, by place."""
        found = [row for row in self.rows("mentions", article_id=item.id) if row["text_start"] is not None]
        return sorted(found, key=lambda row: (row["text_start"], -row["text_end"], row["mention_id"]))

    def arguments(self, item: Item, event_id: str) -> Iterator[Argument]:
        """The participants of an event of the item, in key order.

        The words that name one are those inside the evidence of its role, where there are such (该办事处,
        not the name it stands for).
        """
        for row in self.rows("participations", event_id=event_id):
            key = row["participation_id"]
            table, column = {
                "person": ("people", "person_id"),
                "organization": ("organizations", "organization_id"),
                "place": ("places", "place_id"),
                "group": (None, "group_label"),
            }[row["participant_kind"]]
            spans = self.spans(item, "participations", key, column)
            cues = self.spans(item, "participations", key, "role")
            inside = [span for span in spans if any(cue[0] <= span[0] and span[1] <= cue[1] for cue in cues)]
            named = next(iter(inside or spans), None)
            entity = row[column] if table is not None else None
            yield Argument(row, table, entity, row["group_label"], named)

    def speaker(self, item: Item, quotation: Row) -> tuple[str | None, str | None, TextSpan | None]:
        """The table and id of who speaks, both ``None`` for a described group, and the words that name them."""
        kind, key = quotation["speaker_kind"], quotation["quotation_id"]
        if kind == "event":
            return "events", quotation["event_id"], None
        table, column = {
            "person": ("people", "person_id"),
            "organization": ("organizations", "organization_id"),
            "group": (None, "group_label"),
        }[kind]
        named = next(iter(self.spans(item, "quotations", key, column)), None)
        return table, quotation[column] if table is not None else None, named
