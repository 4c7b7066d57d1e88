"""Who took part in what, and what came when: the matrix and the timeline of the explorer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lingang.explore.cards import Cards

__all__ = ["Mark", "Matrix", "Moment", "abbreviations", "matrix", "timeline"]

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """A participation in a cell of the matrix: ``goes_on`` where the printed list is open, ``took_place`` where the
    event is neither planned nor background."""

    id: str
    text: str
    label: str
    goes_on: bool
    took_place: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """People by events: rows of ``(person_id, cells)``, each cell with its marks; ``legend`` explains the marks."""

    events: tuple[Row, ...]
    rows: tuple[tuple[str, tuple[tuple[Mark, ...], ...]], ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """An event in the timeline; ``basis`` says what put it there (date, link, none)."""

    row: Row
    basis: str
    uncertain: bool
    links: tuple[tuple[str, str, str], ...]


def abbreviations(labels: Iterable[str]) -> dict[str, str]:
    """The shortest beginnings that tell labels apart; the whole label where another begins with it."""
    unique = sorted(set(labels))
    out = {}
    for label in unique:
        others = [other for other in unique if other != label]
        size = next((n for n in range(1, len(label)) if not any(o.startswith(label[:n]) for o in others)), len(label))
        out[label] = label[:size]
    return out


def matrix(tables: Mapping[str, Sequence[Row]], cards: Cards, order: Sequence[tuple[str, str]]) -> Matrix:
    """Everyone who took part in something, by name, against the events in the ``order`` of ``event_order``."""
    people = [row for row in tables["participations"] if row["person_id"] is not None]
    events = {row["event_id"]: row for row in tables["events"]}
    there = {row["event_id"] for row in people}
    columns = [event for event, _ in order if event in there]
    labels = {row["role"]: cards.word("participation_role", row["role"]).text for row in people}
    short = abbreviations(labels.values())
    cells: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for row in people:
        label = labels[row["role"]]
        took_place = events[row["event_id"]]["status"] in ("occurred", "ongoing")
        mark = Mark(row["participation_id"], short[label], label, bool(row["list_open"]), took_place)
        cells[row["person_id"], row["event_id"]].append(mark)
    count: dict[str, int] = defaultdict(int)
    for person, _ in cells:
        count[person] += 1
    known = sorted(count, key=lambda person: (-count[person], person))
    rows = tuple((person, tuple(tuple(cells[person, event]) for event in columns)) for person in known)
    return Matrix(tuple(events[event] for event in columns), rows, tuple(sorted((v, k) for k, v in short.items())))


def timeline(tables: Mapping[str, Sequence[Row]], order: Sequence[tuple[str, str]]) -> list[Moment]:
    """The events in the ``order`` of ``event_order``; one without a printed day stands where its links put it."""
    events = {row["event_id"]: row for row in tables["events"]}
    out = []
    for event, basis in order:
        links = [
            (row["relation"], row["other_event_id"], row["event_link_id"])
            for row in tables["event_links"]
            if row["event_id"] == event
        ]
        edtf = events[event]["date_edtf"] or ""
        out.append(Moment(events[event], basis, "?" in edtf or "X" in edtf, tuple(links)))
    return out
