"""Where something stands, what is wrong with it, and the collected report.

This module imports nothing of the project: every other module may use it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

__all__ = ["CannotRun", "Place", "Problem", "Refused", "Report", "RuleFailed", "Traced", "first_line", "in_words"]


class CannotRun(Exception):
    """The work could not be started (no such path, a missing extra), or not be done: exit status 2."""


class RuleFailed(CannotRun):
    """A rule came to no end: a fault of the rule, not of what was handed over."""

    @classmethod
    def of(cls, rule_id: str, why: str) -> RuleFailed:
        return cls(f"rule {rule_id} failed ({why}); this is a fault of lingang, please report it")


class Traced(Exception):
    """The traceback of a failure in another process, as text."""


def in_words(value: object) -> str:
    """A value of a cell as a message has it: ``nothing``, ``true``, a whole number without a fraction."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def first_line(error: BaseException) -> str:
    """The first line of what an error says, or its kind where it says nothing."""
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__


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

    ``severity`` and ``hint`` belong to the rule; the check fills them in from the catalogue. ``span`` is where it
    stands on a page, ``(source_id, raw_start, raw_end)``, where it is about running text.
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
    span: tuple[str, int, int] | None = None

    @property
    def sort_key(self) -> tuple[object, ...]:
        cell = (self.table, self.record_id, self.column_name)
        return (
            *self.place.sort_key,
            self.rule,
            *cell,
            self.span or ("", 0, 0),
            self.message,
            self.found,
            self.expected,
        )


def _summed(
    one: Iterable[tuple[str, int | None]], other: Iterable[tuple[str, int | None]]
) -> list[tuple[str, int | None]]:
    """Rows by table of two inputs together."""
    out: dict[str, int | None] = {}
    for name, rows in (*one, *other):
        before = out.get(name)
        out[name] = before if rows is None else rows + (before or 0)
    return list(out.items())


@dataclass(slots=True)
class Report:
    """Problems as they are collected, and what was looked for; iterating gives them sorted by file, line and column.

    Of a corpus the first ``keep`` problems are kept and the others counted, by severity, in ``unkept``; ``read`` tells
    how many rows of which table were read, ``None`` where it has no file.
    ``ran`` holds the rules that all of the input was put to, ``not_run`` those that were asked for and could not be, or
    not over all of it, each with its reason; ``not_applicable`` those for which such an input has nothing. All three
    are empty where nobody kept account; any other rule was not asked for. ``accepted`` holds the advice that a reader
    overruled, ``coverage`` how many of a kind the pages seem to hold, how many of them a record holds, and the first
    of the others; ``edition`` names one that leaves something out, for which some rules are not applicable.
    """

    problems: list[Problem] = field(default_factory=list)
    unkept: Counter[str] = field(default_factory=Counter)
    keep: int | None = None
    ran: set[str] = field(default_factory=set)
    not_run: dict[str, str] = field(default_factory=dict)
    not_applicable: set[str] = field(default_factory=set)
    accepted: list[Problem] = field(default_factory=list)
    read: list[tuple[str, int | None]] = field(default_factory=list)
    coverage: list[tuple[str, int, int, tuple[str, ...]]] = field(default_factory=list)
    edition: str = ""

    def add(self, problem: Problem) -> None:
        if self.keep is None or len(self.problems) < self.keep:
            self.problems.append(problem)
        else:
            self.unkept[problem.severity] += 1

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def hold(self, rules: Iterable[str], reason: str) -> None:
        """These rules, where they were to be run, could not be; the first reason stays."""
        for rule_id in rules:
            if rule_id in self.ran:
                self.ran.discard(rule_id)
                self.not_run[rule_id] = reason

    def leave_out(self, rules: Iterable[str]) -> None:
        """These rules, where they were to be run, have nothing to look at."""
        for rule_id in self.ran.intersection(rules):
            self.ran.discard(rule_id)
            self.not_applicable.add(rule_id)

    def take(self, other: Report) -> None:
        """Take in what was found on the same input, and what of it could not be run."""
        self.extend(other.problems)
        self.accepted += other.accepted
        self.coverage += other.coverage
        self.leave_out(other.not_applicable)
        for rule_id, reason in other.not_run.items():
            self.hold([rule_id], reason)

    def join(self, other: Report) -> None:
        """Take in the report on another input: what was run on both was run, what has nothing on either does not
        apply."""
        first = not (self.ran or self.not_run or self.not_applicable)
        self.extend(other.problems)
        self.accepted += other.accepted
        self.edition = self.edition or other.edition
        self.unkept += other.unkept
        self.read = _summed(self.read, other.read)
        known = {line[0]: line for line in self.coverage}
        for kind, seen, held, missed in other.coverage:
            _, total, holding, before = known.get(kind, (kind, 0, 0, ()))
            known[kind] = kind, total + seen, holding + held, before + missed
        self.coverage = list(known.values())
        self.not_applicable = other.not_applicable if first else self.not_applicable & other.not_applicable
        self.not_run = {**other.not_run, **self.not_run}
        self.ran = (self.ran | other.ran) - set(self.not_run)

    def without_acceptances(self) -> Report:
        """The same with the advice that was accepted among the problems."""
        out = replace(self, problems=list(self.problems), accepted=[])
        out.extend(self.accepted)
        return out

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

    @property
    def failed(self) -> bool:
        """Whether what was handed over is not clean: an error was found, or a rule could not look."""
        return bool(self.errors or self.not_run)

    def _count(self, severity: str) -> int:
        return sum(problem.severity == severity for problem in set(self.problems)) + self.unkept[severity]

    def strict(self) -> Report:
        """The same report with every warning made an error, but for those about acceptances (ACC)."""
        unkept = Counter({"error": self.unkept.total()})
        problems = [p if p.rule.startswith("ACC") else replace(p, severity="error") for p in self.problems]
        return replace(self, problems=problems, unkept=unkept)


class Refused(Exception):
    """What was handed over has errors, so that its records cannot be shown; ``report`` holds them."""

    def __init__(self, path: Path, report: Report) -> None:
        first = next((problem for problem in report if problem.severity == "error"), None)
        told = f"; the first: {first.place}: {first.message}" if first is not None else ""
        super().__init__(f"{path} has errors ({report.errors}), which lingang validate shows{told}")
        self.report = report
