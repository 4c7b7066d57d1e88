"""What is checked, the rules that apply to it, and the report."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa

from lingang.arrow_tables import Tables, from_compiled
from lingang.authored.tree import parse, read_files
from lingang.derive.dataset import Compiled, compile_dataset
from lingang.engines.duckdb import DuckDB
from lingang.ledger import check_ledger
from lingang.models import TABLES
from lingang.models.rows import check_row, in_json
from lingang.problems import CannotRun, Problem, Report
from lingang.progress import Progress, Tell, in_silence
from lingang.rules.catalogue import catalogue, problem, sql_rules
from lingang.rules.data import Data
from lingang.rules.declared import declared_rules, unique_columns
from lingang.rules.python import PYTHON_RULES
from lingang.rules.rule import Finding

__all__ = ["Checked", "check_files", "check_root", "check_tables"]

_MANY_ROWS = 20_000
"""From here on a second process is worth its start."""


@dataclass(slots=True)
class Checked:
    """A report, and the tables where they could be made whole."""

    report: Report
    tables: Tables | None


def _named(problem: Problem) -> Problem:
    """The problem with the severity and the hint of its rule."""
    rule = catalogue()[problem.rule]
    return replace(problem, severity=rule.severity, hint=problem.hint or rule.mend)


def _problem(tables: Tables, rule_id: str, table: str, row_no: int, column: str, found: str, expected: str) -> Problem:
    # the place of evidence is that of its cell
    cell = "evidence_id" if table == "evidence" and "evidence" in tables.origins.rows else column
    record = tables.arrow[table].column(0)[row_no].as_py()
    place = tables.origins.place(table, row_no, cell)
    return problem(rule_id, place, found, expected, table=table, record_id=str(record), column=column)


def _row_rules(tables: Tables, tell: Tell) -> Iterable[Problem]:
    for step, declared in enumerate(TABLES):
        tell(f"checking the rows of {declared.name}", 0.5 + 0.2 * step / len(TABLES))
        for number, row in enumerate(tables.rows(declared.name)):
            for rule_id, column, expected, found in check_row(declared, in_json(row)):
                yield _problem(tables, rule_id, declared.name, number, column, found, expected)


def _relational(tables: Tables, tell: Tell) -> Iterable[Problem]:
    tell("checking keys", 0.7)
    with DuckDB.of_arrow(tables.arrow, threads=_cores(tables)) as engine:
        selects = [(rule_id, table, sql) for rule_id, table, sql in declared_rules()]
        selects += [(rule.id, rule.table, rule.sql) for rule in sql_rules()]
        for step, (rule_id, table, sql) in enumerate(selects):
            tell(f"checking {rule_id}", 0.7 + 0.2 * step / len(selects))
            columns = unique_columns(rule_id, sql)
            if columns and not engine.has_doubles(table, columns):
                continue
            for row in engine.select(sql):
                yield _problem(
                    tables,
                    rule_id,
                    row.get("table_name") or table,
                    row["row_no"],
                    row["column_name"],
                    str(row["found"]),
                    str(row["expected"]),
                )


Found = tuple[int, list[Finding], str | None]
"""The number of a rule in Python, what it finds, and how it failed."""


def _find(arrow: dict[str, pa.Table], numbers: Sequence[int]) -> list[Found]:
    """What some of the rules in Python find."""
    data = Data(lambda name: arrow[name].to_pylist())
    out: list[Found] = []
    for number in numbers:
        found: list[Finding] = []
        try:
            found.extend(PYTHON_RULES[number].find(data))
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            out.append((number, found, repr(error)))
        else:
            out.append((number, found, None))
    return out


def _cores(tables: Tables) -> int:
    """How many cores are worth their start."""
    return (os.cpu_count() or 1) if sum(table.num_rows for table in tables.arrow.values()) > _MANY_ROWS else 1


@contextmanager
def _semantic_findings(tables: Tables) -> Iterator[Callable[[], list[Found]]]:
    """The findings of the rules in Python, which processes of their own look for while the others run."""
    cores, numbers = _cores(tables), range(len(PYTHON_RULES))
    if cores == 1:
        yield partial(_find, tables.arrow, numbers)
        return
    workers = cores - 1
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=gc.disable) as pool:
        shares = [pool.submit(_find, tables.arrow, numbers[first::workers]) for first in range(workers)]
        yield lambda: sorted(found for share in shares for found in share.result())


def _semantic(tables: Tables, findings: list[Found], *, whole: bool) -> Iterable[Problem]:
    for number, found, failure in findings:
        rule_id = PYTHON_RULES[number].rule.id
        for finding in found:
            yield _problem(
                tables, rule_id, finding.table, finding.row_no, finding.column, finding.found, finding.expected
            )
        if failure and whole:  # where rows contradict each other, a rule over running text may have nothing to go by
            raise CannotRun(f"rule {rule_id} failed ({failure}); this is a fault of lingang, please report it")


def _elsewhere(problems: Iterable[Problem], report: Report) -> list[Problem]:
    """Problems in files that have none yet: what follows from a problem is not reported beside it."""
    files = {problem.place.file for problem in report.problems}
    return [problem for problem in problems if problem.place.file not in files]


def check_tables(tables: Tables, tell: Tell = in_silence) -> Report:
    """Every rule over the tables: rows, then keys, then the rest; each file with problems of its first step alone."""
    with _semantic_findings(tables) as findings:
        report = Report(list(_row_rules(tables, tell)))
        relational = list(_relational(tables, tell))
        keys = [problem for problem in relational if problem.rule.startswith("KEY")]
        report.extend(_elsewhere(keys, report))
        rest = [problem for problem in relational if not problem.rule.startswith("KEY")]
        tell("checking the text", 0.9)
        rest.extend(_semantic(tables, findings(), whole=not report.problems and not rest))
    report.extend(_elsewhere(rest, report))
    return report


_NEED_EVERY_TEXT = frozenset(["EVI013"])
"""Rules over registries by what is printed."""
_NEED_EVERY_ITEM = frozenset("TXT008 EVI004 EVI014 PER005 PER006 PER007 EVT014 EVT015".split())
"""Rules over the whole page, or over registries by what the items say."""


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the search for cycles, of which nodes and rows make none: it takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_no_collecting()
def check_files(files: Mapping[str, bytes], tell: Tell = in_silence) -> Checked:
    """Every rule over the files of an authored root."""
    tell("reading", 0.0)
    authored = parse(files)
    tell("making the rows", 0.1)
    compiled: Compiled = compile_dataset(authored)
    report = Report([_named(problem) for problem in compiled.problems])
    if not compiled.draft.rows.get("sources"):
        return Checked(report, None)
    tell("making the tables", 0.3)
    tables = from_compiled(compiled)
    found = check_tables(tables, tell)
    # What is missing from a file that could not be read whole is not reported a second time: neither in
    # that file nor, of an item, in what presupposes every item.
    articles = {file for file in files if file.startswith("dataset/articles/")}
    waiting = _NEED_EVERY_ITEM if articles & compiled.broken else frozenset()
    whose = any(problem.rule == "KEY004" for problem in compiled.problems)  # homonyms that are not told apart
    waiting |= _NEED_EVERY_TEXT if len(compiled.items) < len(articles) or whose else frozenset()
    report.extend(
        problem
        for problem in found.problems
        if problem.place.file not in compiled.broken and problem.rule not in waiting
    )
    if not report.errors:
        report.extend(_named(problem) for problem in check_ledger(files, tables))
    return Checked(report, tables if not report.errors else None)


def check_root(root: Path) -> Checked:
    """Every rule over an authored root; raises ``CannotRun`` where there is none."""
    tell = Progress()
    try:
        return check_files(read_files(root), tell.tell)
    finally:
        tell.close()
