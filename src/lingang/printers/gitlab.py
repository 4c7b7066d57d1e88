"""The Code Quality report of GitLab, which shows problems beside the changed lines of a merge request.

Format: https://docs.gitlab.com/ci/testing/code_quality/ (a subset of the Code Climate format). It has no place for what
was not run: each such reason is an entry of its own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from lingang.printers.fingerprints import fingerprints
from lingang.printers.json_report import dump
from lingang.printers.wording import cut, not_run, statement, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lingang.printers.protocol import RuleInfo
    from lingang.problems import Report

__all__ = ["render"]

_SEVERITIES = {"error": "major", "warning": "minor"}


def render(report: Report, rules: Sequence[RuleInfo], *, colour: bool = False, maximum: int | None = None) -> str:
    shown, _ = cut(report, maximum)
    entries = [
        _entry(
            visible(problem.rule),
            statement(problem),
            fingerprint,
            _SEVERITIES.get(problem.severity, "info"),
            visible(problem.place.file),
            problem.place.line or 1,
        )
        for problem, fingerprint in zip(shown, fingerprints(shown), strict=True)
    ]
    for reason in not_run(report):
        fingerprint = hashlib.sha256(reason.encode("utf-8", "surrogatepass")).hexdigest()
        entries.append(_entry("not run", reason, fingerprint, "major", ".", 1))
    return dump(entries)


def _entry(rule: str, said: str, fingerprint: str, severity: str, file: str, line: int) -> dict[str, object]:
    return {
        "description": said,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": file or ".", "lines": {"begin": line}},
    }
