"""The words the printers share, and the escaping that keeps a quoted text on its own line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingang.problems import Problem, Report

__all__ = ["counted", "cut", "details", "more", "statement", "total", "visible"]

# Controls (C0, DEL, C1), line and paragraph separators, bidirectional and zero-width format
# characters, lone surrogates and the two noncharacters: whatever could forge a line, reorder or
# hide text, or cannot be written as UTF-8 or XML 1.0. All lie below U+10000, so \uXXXX holds them.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """The text with every unsafe character written as ``\\uXXXX``."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04X}", text)


def counted(report: Report) -> str:
    """How many rows of how many tables were read, and which tables have no file."""
    rows = [count for _, count in report.read if count is not None]
    absent = [name for name, count in report.read if count is None]
    said = f"{sum(rows)} rows in {len(rows)} tables"
    return f"{said}; no file of {', '.join(absent)}" if absent else said


def details(problem: Problem) -> list[tuple[str, str]]:
    """Label and text of what a problem says beside its message, empty ones left out."""
    pairs = [("expected", problem.expected), ("found", problem.found), ("mend", problem.hint)]
    return [(label, visible(value)) for label, value in pairs if value]


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
    """The closing line; it counts every problem, shown or not."""
    if not len(report):
        return "no problems"
    return f"{_count(report.errors, 'error')}, {_count(report.warnings, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
