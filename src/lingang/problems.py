"""Where something stands, what is wrong with it, and the collected report.

This module imports nothing of the project: every other module may use it.
"""

from __future__ import annotations

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
    """Problems as they are collected; iterating gives them sorted by file, line and column."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        self.problems.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(set(self.problems), key=lambda problem: problem.sort_key))

    def __len__(self) -> int:
        return len(set(self.problems))

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in set(self.problems))

    @property
    def warnings(self) -> int:
        return sum(problem.severity == "warning" for problem in set(self.problems))

    def strict(self) -> Report:
        """The same report with every warning made an error."""
        return Report([replace(problem, severity="error") for problem in self.problems])
