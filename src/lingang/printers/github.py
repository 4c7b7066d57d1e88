"""Workflow commands, which GitHub Actions shows as annotations at the lines they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lingang.printers.wording import cut, more, not_run, statement, total, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lingang.printers.protocol import RuleInfo
    from lingang.problems import Problem, Report

__all__ = ["render"]

_COMMANDS = {"error": "error", "warning": "warning"}


def render(report: Report, rules: Sequence[RuleInfo], *, colour: bool = False, maximum: int | None = None) -> str:
    shown, hidden = cut(report, maximum)
    lines = [_command(problem) for problem in shown]
    if hidden:
        lines.append(more(hidden))
    lines += [f"::error title=not run::{_data(reason)}" for reason in not_run(report)]
    lines.append(total(report))
    return "\n".join(lines) + "\n"


def _command(problem: Problem) -> str:
    place = problem.place
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": problem.rule}
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value)
    command = _COMMANDS.get(problem.severity, "notice")
    return f"::{command} {written}::{_data(statement(problem))}"


def _data(text: str) -> str:
    # The percent sign first, or it would be escaped again in the codes of the others.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
