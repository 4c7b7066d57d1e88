"""The words the printers share, and the escaping that keeps a quoted text on its own line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lingang.text.characters import visible

if TYPE_CHECKING:
    from lingang.problems import Problem, Report

__all__ = [
    "cell",
    "checked",
    "counted",
    "covered",
    "cut",
    "details",
    "is_accounted",
    "more",
    "not_run",
    "statement",
    "total",
    "visible",
    "why_skipped",
]

_REASONS = 3
"""How many reasons for what was not run are told one by one."""


def counted(report: Report) -> str:
    """How many rows of how many tables were read, and which tables have no file."""
    rows = [count for _, count in report.read if count is not None]
    absent = [name for name, count in report.read if count is None]
    said = f"{sum(rows)} rows in {len(rows)} tables"
    return f"{said}; no file of {', '.join(absent)}" if absent else said


def details(problem: Problem) -> list[tuple[str, str]]:
    """Label and text of what a problem says beside its message, empty ones left out."""
    pairs = [
        ("cell", cell(problem)),
        ("expected", problem.expected),
        ("found", problem.found),
        ("mend", problem.hint),
    ]
    return [(label, visible(value)) for label, value in pairs if value]


def cell(problem: Problem) -> str:
    """Which cell of the tables a problem is about, as far as it is known: ``events/E01, column kind``."""
    record = "/".join(filter(None, (problem.table, problem.record_id)))
    return ", ".join(filter(None, (record, f"column {problem.column_name}" if problem.column_name else "")))


def statement(problem: Problem) -> str:
    """The message and its details, a line each."""
    return "\n".join([visible(problem.message), *(f"{label}: {text}" for label, text in details(problem))])


def cut(report: Report, maximum: int | None) -> tuple[list[Problem], int]:
    """The first problems, sorted, and how many were left off."""
    problems = list(report)
    shown = problems[:maximum]
    return shown, len(report) - len(shown)


def more(number: int) -> str:
    return f"… and {number} more"


def total(report: Report) -> str:
    """The closing line; it counts every problem, shown or not, and what was looked for."""
    problems = "no problems"
    if len(report):
        problems = f"{_count(report.errors, 'error')}, {_count(report.warnings, 'warning')}"
    return "; ".join([*([checked(report)] if report.ran else []), problems, *not_run(report)])


def checked(report: Report) -> str:
    """How many requirements and how much advice was put to all of the input, and how much advice is accepted."""
    from lingang.rules.catalogue import catalogue

    known = catalogue()
    advice = sum(rule_id in known and known[rule_id].level == "advice" for rule_id in report.ran)
    said = [_count(len(report.ran) - advice, "requirement")] if advice < len(report.ran) else []
    said += [_count(advice, "piece") + " of advice"] if advice else []
    accepted = f", {len(report.accepted)} accepted" if report.accepted else ""
    told = f"{' and '.join(said)} checked{accepted}"
    if not report.edition:
        return told
    return (
        f"{told}; {len(report.not_applicable)} not applicable: the edition {report.edition} leaves out what they read"
    )


def covered(report: Report) -> list[str]:
    """What the pages seem to hold, and how much of it a record holds: a line for each kind, with what it misses."""
    return [
        f"coverage: {held} of {seen} {kind} in a record{_missing(seen - held, missed)}"
        for kind, seen, held, missed in report.coverage
    ]


_MISSED = 5
"""So many of what no record holds are shown in a line of coverage."""


def _missing(lacking: int, missed: tuple[str, ...]) -> str:
    shown = [visible(one) for one in missed[:_MISSED]]
    more = lacking - len(shown)
    return f"; not {', '.join(shown)}{f' and {more} more' if more else ''}" if shown else ""


def not_run(report: Report) -> list[str]:
    """What could not be run: a line for each reason, of many for the commonest."""
    reasons = Counter(report.not_run.values())
    shown = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    if len(shown) > _REASONS:
        reason = visible(shown[0][0])
        return [f"{len(report.not_run)} not run, for {len(shown)} reasons: {reason}; --format json has them all"]
    return [f"{number} not run: {visible(reason)}" for reason, number in shown]


def why_skipped(report: Report, rule_id: str) -> str | None:
    """Why nothing can be said of a rule; ``None`` where it was run, and where nobody kept account."""
    if rule_id in report.not_run:
        return f"not run: {report.not_run[rule_id]}"
    if rule_id in report.not_applicable:
        return "not applicable: there is no such input"
    return "not asked for" if is_accounted(report) and rule_id not in report.ran else None


def not_asked(report: Report) -> list[str]:
    """The rules that apply and were not asked for, by id; none where nobody kept account."""
    from lingang.rules.catalogue import catalogue

    known = report.ran | set(report.not_run) | report.not_applicable
    return [rule_id for rule_id in catalogue() if is_accounted(report) and rule_id not in known]


def is_accounted(report: Report) -> bool:
    """Whether a report knows what was run."""
    return bool(report.ran or report.not_run or report.not_applicable)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
