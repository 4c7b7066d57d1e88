"""Rows as they are made, each cell with the place it was authored at, and their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lingang.problems import Place, Problem
from lingang.tables import table
from lingang.text.page import Page, Span

__all__ = ["Row", "Rows"]

Value = object
BASES = {"quote": "stated", "key": "stated", "composed": "composed", "rule": "normalized"}
"""The basis of evidence by the proof of its column; that of a ``cue`` is told by the words, when all rows are there."""


@dataclass(slots=True, eq=False)
class Row:
    """One record: its values, where each was written down, and the reasons that the reader typed.

    ``reasons`` are by column.
    """

    table: str
    values: dict[str, Value]
    place: Place
    places: dict[str, Place] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.values[table(self.table).key])

    def where(self, column: str) -> Place:
        return self.places.get(column, self.place)

    def written(self, column: str) -> bool:
        """Whether the author wrote the cell."""
        return column in self.places


@dataclass(slots=True)
class Rows:
    """All rows of a dataset in the making, by table."""

    by_table: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unfinished: set[str] = field(default_factory=set)
    """The events some of whose participants could not be placed."""
    _evidence: set[tuple[str, str, str, int, int]] = field(default_factory=set)
    _numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list[Row]:
        return self.by_table.setdefault(name, [])

    def add(self, name: str, place: Place, values: dict[str, Value], /, **places: Place) -> Row:
        """A new row; columns that are not given are null (a list: empty)."""
        empty: dict[str, Value] = {
            column.name: [] if column.type == "list<str>" else None for column in table(name).columns
        }
        row = Row(name, empty | values, place, places)
        self[name].append(row)
        return row

    def prove(
        self,
        row: Row,
        column: str,
        spans: Iterable[Span],
        page: Page,
        article_id: str | None,
        *,
        rule: str | None = None,
        basis: str | None = None,
        note: str | None = None,
    ) -> None:
        """Evidence rows for one cell; the basis follows from the column's proof unless it is given.

        A reason that the reader typed for the cell becomes the note, and the basis of a ``rule`` or a ``key``
        ``inferred``.
        """
        proof = table(row.table)[column].proof
        note = note or row.reasons.get(column)
        if basis is None:
            basis = "inferred" if note and proof in ("rule", "key", "derived") else BASES.get(proof, "read")
        cell = (row.table, row.id, column)
        slug = "-".join(cell).replace("_", "-")
        for span in spans:
            natural = (*cell, span.start, span.end)
            if natural in self._evidence:
                continue
            self._evidence.add(natural)
            number = self._numbers[cell] = self._numbers.get(cell, 0) + 1
            self.add(
                "evidence",
                row.where(column),
                {
                    "evidence_id": f"{slug}-{number:02d}",
                    "table_name": row.table,
                    "record_id": row.id,
                    "column_name": column,
                    "source_id": page.source_id,
                    "article_id": article_id,
                    "raw_start": span.start,
                    "raw_end": span.end,
                    "quote": page.quote(span),
                    "basis": basis,
                    "rule": rule,
                    "note": note,
                },
            )
