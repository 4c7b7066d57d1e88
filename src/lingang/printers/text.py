"""Plain text for a terminal: one block a problem and a closing line of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lingang.printers.wording import counted, covered, cut, details, more, total, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lingang.printers.protocol import RuleInfo
    from lingang.problems import Problem, Report

__all__ = ["block", "render"]

_BOLD, _FAINT, _RED, _GREEN, _YELLOW = "1", "2", "31", "32", "33"


def render(report: Report, rules: Sequence[RuleInfo], *, colour: bool = False, maximum: int | None = None) -> str:
    shown, hidden = cut(report, maximum)
    lines = [block(problem, colour=colour) for problem in shown]
    if hidden:
        lines.append(more(hidden))
    if report.read:
        lines.append(counted(report))
    lines.extend(covered(report))
    closing_colour = _RED if report.failed else _YELLOW if len(report) else _GREEN
    lines.append(_paint(total(report), closing_colour, colour))
    return "\n".join(lines) + "\n"


def block(problem: Problem, *, colour: bool = False) -> str:
    """The lines of one problem, without a line break at the end."""
    is_error = problem.severity == "error"
    place = _paint(f"{visible(str(problem.place))}:", _BOLD, colour)
    mark = problem.rule if is_error else f"{problem.severity} {problem.rule}"
    mark = _paint(visible(mark), _RED if is_error else _YELLOW, colour)
    lines = [f"{place} {mark} {visible(problem.message)}"]
    for label, value in details(problem):
        lines.append(f"  {_paint(f'{label}:'.ljust(9), _FAINT, colour)} {value}")
    return "\n".join(lines)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
