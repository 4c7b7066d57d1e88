"""What follows from a problem is not told beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lingang.problems import Problem, Report

__all__ = ["elsewhere", "first_of"]


def elsewhere(problems: Iterable[Problem], report: Report) -> list[Problem]:
    """Problems in files that have none yet: what follows from a problem is not reported beside it, and its rule was
    not run there."""
    files = {problem.place.file for problem in report.problems}
    out = []
    for found in problems:
        if found.place.file in files:
            report.hold([found.rule], f"{found.place.file} has problems that come first")
        else:
            out.append(found)
    return out


_FOLLOWS = {"TXT008": ("TXT009",), "EVI013": ("TXT008", "TXT009")}
"""Rules whose findings follow from those of others: text that two segments hold is missing elsewhere, and a name is
not found in text that no segment holds."""


def first_of(problems: list[Problem], report: Report) -> Iterator[Problem]:
    """The problems without those that follow from others; their rules are not run."""
    found = {problem.rule for problem in problems}
    waiting = {
        rule_id: first[0] for rule_id, before in _FOLLOWS.items() if (first := [one for one in before if one in found])
    }
    for rule_id, before in waiting.items():
        if rule_id in found:
            report.hold([rule_id], f"{before} has findings that come first")
    yield from (problem for problem in problems if problem.rule not in waiting)
