"""A corpus as the rules see it: tables that can be asked, and where each of their rows stands."""

from __future__ import annotations

import bisect
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from lingang.corpus.inputs import Part
from lingang.corpus.pages import PageFinding, page_rules
from lingang.problems import Place, Report
from lingang.rules.catalogue import problem
from lingang.rules.scope import READING, Chosen
from lingang.tables import table
from lingang.tables.json_lines import Fault, leaves_no_row

__all__ = ["NEEDED", "Corpus", "Engine", "StagedPart", "is_told", "report_fault", "report_missing", "shares"]

NEEDED = ("sources", "articles", "segments", "mentions", "evidence")
"""Tables that proofs stand on. Of any other a corpus may have no file: then it has no rows."""


def shares(chosen: Chosen) -> tuple[float, float]:
    """The shares of the work that are behind when the files are read, and when the rules in SQL are run."""
    return (0.15, 0.35) if page_rules(chosen) else (0.65, 1.0)


class Engine(Protocol):
    """What runs the SELECT of a rule, ``at_once`` of them together.

    It raises one of ``failures`` for a SELECT that it cannot bring to an end, of ``exhausted`` where it lacks memory or
    room for it.
    """

    @property
    def failures(self) -> tuple[type[Exception], ...]: ...

    @property
    def exhausted(self) -> tuple[type[Exception], ...]: ...

    @property
    def at_once(self) -> int: ...

    def select(self, sql: str) -> Iterator[dict[str, Any]]: ...

    def has_doubles(self, table: str, columns: Sequence[str]) -> bool: ...


@dataclass(slots=True)
class StagedPart:
    """One input file, read.

    ``blank`` holds the 1-based numbers of blank lines that are no rows; ``lost`` tells that a line left no row that
    could be typed.
    """

    part: Part
    path: Path
    rows: int = 0
    blank: list[int] = field(default_factory=list)
    lost: bool = False

    def line(self, row: int) -> int:
        """The 1-based line (in Parquet: row) of a row, which counts from 0."""
        line = row + 1
        for blank in self.blank:
            line += blank <= line
        return line


@dataclass(slots=True)
class Corpus(ABC):
    """The files of each table, the engine over them, and what was found.

    ``lexicon`` is the JSON of its own lexicon, if it has one.
    ``unfilled`` are tables without rows to which rows of others point.
    ``refused`` holds the rows, by table, of which a fault was told: what follows from it is not reported beside it.
    """

    parts: dict[str, list[StagedPart]]
    engine: Engine
    report: Report
    refused: dict[str, set[int]]
    lexicon: str | None = None
    unfilled: set[str] = field(default_factory=set)

    def place(self, name: str, row: int) -> Place:
        """The file and line of a row of a table, which counts from 0."""
        firsts = [0]
        for part in self.parts[name]:
            firsts.append(firsts[-1] + part.rows)
        number = bisect.bisect_right(firsts[:-1], row) - 1
        staged = self.parts[name][number]
        return staged.part.place(staged.line(row - firsts[number]))

    @property
    def lost(self) -> frozenset[str]:
        """The tables of which a line left no row, those that proofs stand on and that have no file, and those without
        the rows to which others point."""
        return frozenset(
            name
            for name, parts in self.parts.items()
            if any(part.lost for part in parts) or (name in NEEDED and not parts) or name in self.unfilled
        )

    def rows(self) -> list[tuple[str, int]]:
        """``(table, rows)`` in the order of the models."""
        return [(name, sum(part.rows for part in parts)) for name, parts in self.parts.items()]

    @abstractmethod
    def page_findings(self, rules: tuple[str, ...]) -> Iterator[tuple[int, list[PageFinding]]]:
        """What the rules over running text refuse, some pages at a time, with the number of pages."""

    @abstractmethod
    def write(self, folder: Path) -> None:
        """The tables as Parquet below a folder, rows in their order."""


def is_told(name: str, fault: Fault, chosen: Chosen) -> bool:
    """Whether the fault of a line is reported: of what cannot be read always, else where its rule is asked for."""
    return fault.rule in READING or chosen(fault.rule) or leaves_no_row(table(name), fault)


def report_missing(report: Report, found: Mapping[str, list[Part]]) -> None:
    """Add the tables that proofs stand on and that have no file: that is not the same as an empty one."""
    for name in (name for name in NEEDED if name not in found):
        place, wanted = Place(f"{name}.jsonl"), "a file of each table that proofs stand on; without rows an empty one"
        report.add(problem("PUB004", place, "no such file", wanted, table=name))


def report_fault(report: Report, table: str, part: Part, line: int | None, fault: Fault) -> None:
    """Add the fault of a line to a report."""
    report.add(
        problem(
            fault.rule,
            part.place(line),
            fault.found,
            fault.expected,
            table=table,
            record_id=fault.record,
            column=fault.column,
        )
    )
