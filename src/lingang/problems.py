"""Where something stands, what is wrong with it, and the collected report.

This module imports nothing of the project: every other module may use it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

__all__ = ["CannotRun", "Place", "Problem", "Report"]


class CannotRun(Exception):
    """The work could not be started (no such path, a missing extra): exit status 2."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file.

    ``file`` is written with forward slashes, relative to the root that is checked where it lies
    below it. ``line`` and ``column`` are 1-based; ``column`` counts code points.
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    @property
    def sort_key(self) -> tuple[str, int, int]:
        return (self.file, self.line or 0, self.column or 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of one rule.

    ``severity`` and ``hint`` belong to the rule; the check fills them in from the catalogue.
    """

    rule: str
    message: str
    place: Place
    expected: str = ""
    found: str = ""
    hint: str = ""
    severity: str = "error"
    table: str = ""
    record_id: str = ""
    column_name: str = ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        return (*self.place.sort_key, self.rule, self.table, self.record_id, self.column_name, self.message)


@dataclass(slots=True)
class Report:
    """Problems as they are collected; iterating gives them sorted by file, line and column.

    Of a corpus the first ``keep`` problems are kept and the others counted, by severity, in ``unkept``; ``read`` tells
    how many rows of which table were read, ``None`` where it has no file.
    """

    problems: list[Problem] = field(default_factory=list)
    unkept: Counter[str] = field(default_factory=Counter)
    keep: int | None = None
    read: list[tuple[str, int | None]] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        if self.keep is None or len(self.problems) < self.keep:
            self.problems.append(problem)
        else:
            self.unkept[problem.severity] += 1

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(set(self.problems), key=lambda problem: problem.sort_key))

    def __len__(self) -> int:
        return len(set(self.problems)) + self.unkept.total()

    @property
    def errors(self) -> int:
        return self._count("error")

    @property
    def warnings(self) -> int:
        return self._count("warning")

    def _count(self, severity: str) -> int:
        return sum(problem.severity == severity for problem in set(self.problems)) + self.unkept[severity]

    def strict(self) -> Report:
        """The same report with every warning made an error."""
        unkept = Counter({"error": self.unkept.total()})
        return Report([replace(problem, severity="error") for problem in self.problems], unkept, None, self.read)
