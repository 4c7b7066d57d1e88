"""One cause, one error: of problems that one slip makes at several places the first is told, with the others counted.

What merely follows from another problem is not made at all, where that is found; here is what stands in many places.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from lingang.problems import Problem
from lingang.text.characters import CARRIAGE_RETURN, MERGE

__all__ = ["each_cause_once", "without_registry"]

_NAME = re.compile("“(.*?)”")
_SHOWN = 3
"""So many of the other places are named."""
_FEW = 3
"""From so many unknown names on, fewer where nothing is like them, a registry that is not there is their cause."""


def _cause(problem: Problem) -> tuple[object, ...]:
    """What problems of one cause have in common."""
    if problem.found == CARRIAGE_RETURN:
        return (CARRIAGE_RETURN,)
    if problem.found == MERGE:
        return MERGE, problem.place.file
    match problem.rule:
        case "KEY002":  # one key that is not there, and all that point to it
            return "KEY002", problem.message, problem.found, problem.expected
        case "KEY003":  # one name that no registry knows
            return "KEY003", *_NAME.findall(problem.message)[:1]
        case "KEY004":  # one name of the same records
            return "KEY004", problem.found, problem.expected
        case "TXT004":  # lines that moved on a page
            return "TXT004", problem.found
        case "ROW006":  # one key that the lines of a file lack, or have too many
            return "ROW006", problem.place.file, problem.expected, problem.found
        case "EVI002" if problem.found.endswith("which is not in this item"):  # one line that an item lacks
            return "EVI002", problem.place.file, problem.found
        case "EVI002" if not problem.table:  # several quotes that are made of one authored value
            return "EVI002", problem.place
        case _:  # one authored value, of which several records are made
            return problem.rule, problem.place, problem.message, problem.column_name, problem.found, problem.expected


def each_cause_once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, of those with one cause the first by its place, which names or counts the others."""
    out: list[Problem] = []
    causes: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        causes.setdefault(_cause(problem), []).append(problem)
    for found in causes.values():
        first, *others = sorted(set(found), key=lambda problem: problem.sort_key)
        elsewhere = list(dict.fromkeys(str(other.place) for other in others if other.place != first.place))
        out.append(replace(first, found=f"{first.found}{_more(elsewhere)}") if elsewhere else first)
    return out


def _more(places: list[str]) -> str:
    named = ", ".join(places[:_SHOWN]) + (" …" if places[_SHOWN:] else "")
    return f"; it stands in {len(places):,} more place{'s' if places[1:] else ''}: {named}"


def without_registry(problems: Iterable[Problem], absent: Collection[str]) -> list[Problem]:
    """The problems, many names that registries lack which are not there at all (``absent``: their files) as one."""
    out: list[Problem] = []
    unknown: list[Problem] = []
    for problem in problems:
        lacking = problem.rule == "KEY003" and any(file.rpartition("/")[2] in problem.expected for file in absent)
        (unknown if lacking else out).append(problem)
    unknown.sort(key=lambda problem: problem.sort_key)
    if len(unknown) < (_FEW if any("close to it" in problem.found for problem in unknown) else 2):
        return out + unknown
    first = unknown[0]
    files = [file for file in absent if file.rpartition("/")[2] in first.expected]
    others = f"{len(unknown) - 1} more name{'s are' if unknown[2:] else ' is'} unknown"
    found = f"{', '.join(files)} {'is' if len(files) == 1 else 'are'} not there; {others}"
    return [*out, replace(first, found=found)]
