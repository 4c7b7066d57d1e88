"""One JSON object, described by ``report.schema.json`` beside this module."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lingang.printers.wording import cut, is_accounted, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lingang.printers.protocol import RuleInfo
    from lingang.problems import Problem, Report

__all__ = ["account", "dump", "render"]


def render(report: Report, rules: Sequence[RuleInfo], *, colour: bool = False, maximum: int | None = None) -> str:
    shown, _ = cut(report, maximum)
    return dump(
        {
            "version": 1,
            "errors": report.errors,
            "warnings": report.warnings,
            "problems": [_entry(problem) for problem in shown],
            **(account(report) if is_accounted(report) else {}),
        }
    )


def account(report: Report) -> dict[str, object]:
    """What was run, what could not be and why, what does not apply, what is accepted, and how much the records hold."""
    return {
        "ran": sorted(report.ran),
        "not_run": [{"rule": rule_id, "reason": reason} for rule_id, reason in sorted(report.not_run.items())],
        "not_applicable": sorted(report.not_applicable),
        "accepted": [_entry(problem) for problem in sorted(report.accepted, key=lambda problem: problem.sort_key)],
        "coverage": [
            {"kind": kind, "seen": seen, "held": held, "missed": list(missed)}
            for kind, seen, held, missed in report.coverage
        ],
    }


def dump(value: object) -> str:
    """Readable JSON that loses nothing, yet holds no character that could disturb a terminal.

    What remains unsafe after ``json.dumps`` stands inside strings, where ``\\uXXXX`` is the JSON
    spelling of the same character; the line breaks between them are its own.
    """
    lines = json.dumps(value, ensure_ascii=False, indent=1).split("\n")
    return "\n".join(visible(line) for line in lines) + "\n"


def _entry(problem: Problem) -> dict[str, str | int | None]:
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "expected": problem.expected,
        "found": problem.found,
        "hint": problem.hint,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "table": problem.table,
        "record_id": problem.record_id,
        "column_name": problem.column_name,
    }
