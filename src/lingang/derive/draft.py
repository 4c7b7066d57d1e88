"""Rows as they are made, each cell with the place it was authored at, and their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lingang.authored.nodes import Node
from lingang.models import table
from lingang.problems import Place, Problem
from lingang.text.page import Page, Span

__all__ = ["Draft", "Row"]

Value = object
_PROVEN_BY = {
    "quote": "stated",
    "cue": "stated",
    "key": "stated",
    "composed": "composed",
    "rule": "normalized",
}


@dataclass(slots=True, eq=False)
class Row:
    """One record: its values and where each was written down."""

    table: str
    values: dict[str, Value]
    place: Place
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.values[table(self.table).key])

    def where(self, column: str) -> Place:
        return self.places.get(column, self.place)


@dataclass(slots=True)
class Draft:
    """All rows of a dataset in the making, by table; ``unfinished`` holds the identities of the nodes of
    authored files whose rows could not be made."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unfinished: set[int] = field(default_factory=set)
    _evidence: set[tuple[str, str, str, int, int]] = field(default_factory=set)
    _numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def give_up(self, node: Node, problem: Problem) -> None:
        """The problem for which the rows of a node are not made, or not all."""
        self.problems.append(problem)
        self.unfinished.add(id(node))

    def add(self, name: str, place: Place, values: dict[str, Value], /, **places: Place) -> Row:
        """A new row; columns that are not given are null."""
        row = Row(name, dict.fromkeys(table(name).names) | values, place, places)
        self.rows.setdefault(name, []).append(row)
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
        note: str | None = None,
        basis: str | None = None,
    ) -> None:
        """Evidence rows for one cell; the basis follows from the column's proof unless it is given."""
        proof = table(row.table)[column].proof
        if basis is None:
            basis = "inferred" if proof == "judged" else _PROVEN_BY[proof]
        record_id = row.id
        cell = (row.table, record_id, column)
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
                    "record_id": record_id,
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
