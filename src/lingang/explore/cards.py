"""Records as cards: every cell with its value, what it rests on, and the records that hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lingang.dataset.show import shown
from lingang.tables import TABLES, Column, Table
from lingang.tables.declare import EVIDENCED

__all__ = ["FOLDED", "Card", "Cards", "Cell", "Value"]

Row = Mapping[str, Any]

FOLDED = ("segments", "mentions", "evidence", "words", "readings")
"""Tables whose rows are told where they belong, not in cards of their own."""

_TOLD = {
    "issues": ("source_id", "raw_start", "raw_end"),  # by the item and the line
    "labels": ("table_name", "language", "text"),  # by the record and the head of the card
}
"""Columns of records that stand on the card in another way."""
_ON_PAGE = {("sources", "text"), ("articles", "text"), ("segments", "text")}
"""Cells that are the page itself."""

_HEADS: Mapping[str, tuple[str, ...]] = {
    "sources": ("publisher", "published_edtf", "source_id"),
    "articles": ("headline", "kicker", "article_id"),
    "segments": ("role",),
    "bylines": ("role", "person_id", "organization_id"),
    "positions": ("title_raw", "person_id"),
    "event_links": ("event_id", "relation", "other_event_id"),
    "event_campaigns": ("campaign_id", "relation", "event_id"),
    "participations": ("role", "person_id", "organization_id", "place_id", "group_label", "event_id"),
    "quotations": ("person_id", "organization_id", "group_label", "cue", "text"),
    "documents": ("title", "action"),
    "figures": ("label", "value", "unit"),
    "issues": ("kind", "observed", "reading"),
    "labels": ("value", "text"),
    "accepted": ("rule", "reason"),
}
"""The columns that say what a record is, in reading order; of any other table its name."""

_SHORT = 13


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is shown: text, what it leads to (``table/id``), and its translations, by language."""

    text: str
    to: str | None = None
    labels: tuple[tuple[str, str], ...] = ()
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled column, with its evidence."""

    column: str
    values: tuple[Value, ...]
    evidence: tuple[Row, ...]
    on_page: bool = False


@dataclass(slots=True)
class Card:
    """A record: what it is called, its cells, the columns of which the page says nothing, the records that point to
    it, by table, the rows told with it, and who read it."""

    table: str
    id: str
    title: str
    gloss: tuple[tuple[str, str], ...]
    cells: list[Cell] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    linked: dict[str, list[Value]] = field(default_factory=dict)
    mentions: list[Row] = field(default_factory=list)
    segments: list[Row] = field(default_factory=list)
    readings: list[Row] = field(default_factory=list)


class Cards:
    """The records of a dataset; ``lang`` is the language of vocabularies' labels."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], lang: str, events: Sequence[str]) -> None:
        self.tables = tables
        self._lang = lang
        self._order = {event: number for number, event in enumerate(events)}
        self._rows = {(name, _key(row)): row for name, rows in tables.items() for row in rows}
        self._words = {(row["vocabulary"], row["word"]): row for row in tables["words"]}
        self._labels: dict[tuple[str | None, ...], list[tuple[str, str]]] = defaultdict(list)
        for row in tables["labels"]:
            place = (row["table_name"], row["column_name"], row["record_id"], row["value"])
            self._labels[place].append((row["language"], row["text"]))
        self._evidence = _grouped(tables["evidence"], "table_name", "record_id", "column_name")
        self._proofs = _grouped(tables["evidence"], "table_name", "record_id")
        self._mentions = _grouped(tables["mentions"], "entity_table", "entity_id")
        self._segments = _grouped(tables["segments"], "article_id")
        self._furniture = _grouped([row for row in tables["segments"] if row["article_id"] is None], "source_id")
        self._readings = _grouped(tables["readings"], "table_name", "record_id")
        self._linked = self._links()

    def word(self, vocabulary: str, word: str) -> Value:
        """A word of a vocabulary by its label, leading to the glossary."""
        row = self._words.get((vocabulary, word))
        if row is None:
            return Value(word)
        other = "zh" if self._lang == "en" else "en"
        return Value(row[f"label_{self._lang}"], f"words/{row['word_id']}", ((other, row[f"label_{other}"]),))

    def title(self, table: str, record_id: str, but: tuple[str, str] | None = None) -> str:
        """What a record is called, in one line; of a record that is told at another (``but``), without that."""
        row = self._rows.get((table, record_id))
        if row is None:
            return record_id
        declared = _TABLES[table]
        parts = [
            self._plain(declared[name], row)
            for name in _HEADS.get(table, ("name",))
            if but is None or (declared[name].references, row[name]) != but
        ]
        told = [part for part in parts if part]
        kept = told[:1] if table in ("sources", "articles") else told
        return " · ".join(kept) or record_id

    def _plain(self, column: Column, row: Row) -> str:
        value = row[column.name]
        if value is None:
            return ""
        if column.references is not None:
            text = self.title(column.references, str(value))
        elif column.vocabulary is not None:
            text = self.word(column.vocabulary.name, str(value)).text
        else:
            text = shown(value).replace("\n", " ")
        return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"

    def gloss(self, table: str, record_id: str) -> tuple[tuple[str, str], ...]:
        """Translations of what a record is called, each with its language; of a person the name in Latin letters."""
        row = self._rows[table, record_id]
        if table == "people" and row["name_latin"]:
            return (("und-Latn", row["name_latin"]),)
        for column in _HEADS.get(table, ("name",)):
            found = self._label(table, column, record_id, row[column])
            if found:
                return found
        return ()

    def _label(self, table: str, column: str, record_id: str, value: object) -> tuple[tuple[str, str], ...]:
        own = self._labels.get((table, column, record_id, None)) or self._labels.get((None, None, None, str(value)))
        return tuple(own or ())

    def _links(self) -> dict[tuple[str, str], dict[str, list[str]]]:
        """The records that point to a record, by their table."""
        out: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for declared in TABLES:
            if declared.name in FOLDED:
                continue
            pointing = [column for column in declared.columns if column.references]
            for row in self.tables[declared.name]:
                targets = {(column.references, row[column.name]) for column in pointing if row[column.name] is not None}
                if row.get("table_name") and row.get("record_id"):
                    targets.add((row["table_name"], row["record_id"]))
                if declared.name == "issues":  # they stand in the margin of the page
                    targets = {target for target in targets if target[0] not in ("sources", "articles")}
                for table, key in sorted(targets, key=str):
                    out[str(table), key][declared.name].append(_key(row))
        return out

    def of_table(self, name: str) -> list[Card]:
        """The cards of a table: events as they took place, items as they stand on the page, others by key."""
        rows = list(self.tables[name])
        if name == "events":
            rows.sort(key=lambda row: self._order[row["event_id"]])
        if name == "articles":
            rows.sort(key=lambda row: (row["source_id"], row["seq"]))
        return [self._card(_TABLES[name], row) for row in rows]

    def _card(self, declared: Table, row: Row) -> Card:
        name, key = declared.name, _key(row)
        title = row["text"] if name == "labels" else self.title(name, key)
        card = Card(name, key, title, self.gloss(name, key))
        for column in declared.columns[1:]:
            value = row[column.name]
            if column.name in _TOLD.get(name, ()) and not (name == "issues" and row["article_id"] is None):
                continue
            if (value is None or value == []) and not self.evidence(name, key, column.name):
                if column.proof in EVIDENCED:  # the rest follows, or the editors left it empty
                    card.unsaid.append(column.name)
            else:
                card.cells.append(self._cell(declared, column, row))
        for table, keys in self._linked.get((name, key), {}).items():
            card.linked[table] = [Value(self.title(table, found, (name, key)), f"{table}/{found}") for found in keys]
        card.mentions = self._mentions.get((name, key), [])
        if name in ("articles", "sources"):
            card.segments = self._segments.get((key,), []) if name == "articles" else self._furniture.get((key,), [])
        card.readings = self._readings.get((name, key), [])
        return card

    def evidence(self, table: str, record_id: str, column: str | None = None) -> list[Row]:
        """The evidence of a cell, or of all cells of a record."""
        if column is not None:
            return self._evidence.get((table, record_id, column), [])
        return self._proofs.get((table, record_id), [])

    def _cell(self, declared: Table, column: Column, row: Row) -> Cell:
        name, key, value = declared.name, _key(row), row[column.name]
        on_page = (name, column.name) in _ON_PAGE
        evidence = tuple(self.evidence(name, key, column.name))
        if on_page or value is None:  # a reader may say why a cell is empty
            return Cell(column.name, (), evidence, on_page)
        return Cell(column.name, tuple(self._values(declared, column, row)), evidence)

    def _values(self, declared: Table, column: Column, row: Row) -> Iterator[Value]:
        key, value = _key(row), row[column.name]
        if column.references is not None:
            yield Value(self._plain(column, row), f"{column.references}/{value}")
        elif column.name == "record_id" and row.get("table_name"):
            yield Value(self.title(row["table_name"], value), f"{row['table_name']}/{value}")
        elif column.vocabulary is not None:
            yield self.word(column.vocabulary.name, value)
        elif column.name == "source_ids" or column.name == "article_ids":
            table = column.name.removesuffix("_ids") + "s"
            yield from (Value(self.title(table, item), f"{table}/{item}") for item in value)
        elif isinstance(value, list):
            yield from (Value(item, labels=self._label("", "", "", item)) for item in value)
        else:
            labels = self._label(declared.name, column.name, key, value)
            yield Value(shown(value), labels=labels, uncertain=column.name.endswith("_edtf") and "?" in value)


_TABLES = {declared.name: declared for declared in TABLES}


def _key(row: Row) -> str:
    return str(next(iter(row.values())))


def _grouped(rows: Sequence[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    out: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        out[tuple(row[name] for name in columns)].append(row)
    return dict(out)
