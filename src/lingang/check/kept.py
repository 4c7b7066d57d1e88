"""The second run: what the first found stays true while nothing changed on which it rests.

Of a root no file of which changed the whole report is kept; of one in which some pages changed what rules found on the
others (``check.paged``). Each is named by the hash of what it was made of, the toolkit and its libraries among it.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lingang.files.cache import key_of
from lingang.problems import Place, Problem, Report

__all__ = ["as_json", "from_json", "of_files", "toolkit"]

_LIBRARIES = ("duckdb", "numpy", "pyarrow", "pydantic", "PyYAML")


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # only who keeps anything waits for it

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=1)
def toolkit() -> str:
    """The hash of what checks: the files of this package, and the versions of what it is run with."""
    package = Path(__file__).parent.parent
    files = {path.relative_to(package): path for path in package.rglob("*") if path.is_file()}
    own = [
        part
        for name, path in sorted(files.items())
        if path.suffix != ".pyc" and name.parts[0] != "data"  # what is published there is checked, it checks nothing
        for part in (name.as_posix(), path.read_bytes())
    ]
    return key_of([sys.version, unicodedata.unidata_version, *map(_version, _LIBRARIES), *own])


def of_files(files: Mapping[str, bytes]) -> str:
    """The hash of files by name."""
    return key_of(part for name in sorted(files) for part in (name, hashlib.sha256(files[name]).digest()))


def _problem_as_json(problem: Problem) -> list[object]:
    place = problem.place
    told = problem.rule, problem.message, problem.expected, problem.found, problem.hint, problem.severity
    cell = problem.table, problem.record_id, problem.column_name
    return [*told, *cell, place.file, place.line, place.column, problem.span]


def _problem_from_json(cells: list[Any]) -> Problem:
    rule, message, expected, found, hint, severity, table, record_id, column, file, line, at, span = cells
    return Problem(
        rule,
        message,
        Place(file, line, at),
        expected,
        found,
        hint,
        severity,
        table,
        record_id,
        column,
        None if span is None else (span[0], span[1], span[2]),
    )


def as_json(report: Report) -> dict[str, object]:
    """A report as plain JSON."""
    return {
        "problems": [_problem_as_json(problem) for problem in report.problems],
        "accepted": [_problem_as_json(problem) for problem in report.accepted],
        "unkept": dict(report.unkept),
        "keep": report.keep,
        "ran": sorted(report.ran),
        "not_run": report.not_run,
        "not_applicable": sorted(report.not_applicable),
        "coverage": report.coverage,
    }


def from_json(value: Any) -> Report | None:
    """The report of such JSON; ``None`` for what is none."""
    try:
        return Report(
            problems=[_problem_from_json(cells) for cells in value["problems"]],
            accepted=[_problem_from_json(cells) for cells in value["accepted"]],
            unkept=Counter(value["unkept"]),
            keep=value["keep"],
            ran=set(value["ran"]),
            not_run=dict(value["not_run"]),
            not_applicable=set(value["not_applicable"]),
            coverage=[(kind, seen, held, tuple(missed)) for kind, seen, held, missed in value["coverage"]],
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
