"""What is checked, the rules that apply to it, and the report."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from lingang.arrow_tables import Tables, from_compiled
from lingang.authored.tree import REGISTRIES, parse, read_files
from lingang.derive.dataset import Compiled, compile_dataset
from lingang.engines.duckdb import DuckDB
from lingang.ledger import FILE as LEDGER
from lingang.ledger import check_ledger, unreadable
from lingang.models import TABLES
from lingang.models.rows import check_row, in_json
from lingang.problems import Problem, Report, RuleFailed, Traced, first_line
from lingang.progress import Progress, Tell, in_silence
from lingang.rules.catalogue import catalogue, problem, sql_rules
from lingang.rules.data import Data, Row
from lingang.rules.declared import declared_rules, unique_columns
from lingang.rules.python import PYTHON_RULES
from lingang.rules.scope import (
    Chosen,
    begun,
    breaks,
    every_rule,
    found_while_reading,
    not_read,
    over_tables,
    tables_of,
    tables_of_rules,
)
from lingang.rules.sound import Outcome, put_to

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


def _row_rules(tables: Tables, chosen: Chosen, tell: Tell) -> Iterable[Problem]:
    for step, declared in enumerate(TABLES):
        tell(f"checking the rows of {declared.name}", 0.5 + 0.2 * step / len(TABLES))
        for number, row in enumerate(tables.rows(declared.name)):
            for rule_id, column, expected, found in check_row(declared, in_json(row)):
                if chosen(rule_id):
                    yield _problem(tables, rule_id, declared.name, number, column, found, expected)


def _selects(chosen: Chosen, lost: Collection[str], report: Report) -> list[tuple[str, str, str]]:
    """``(rule, table, SELECT)`` of the rules in SQL that are asked for and whose tables could be read."""
    out = []
    for rule_id, table, sql in [*declared_rules(), *((rule.id, rule.table, rule.sql) for rule in sql_rules())]:
        unread = tables_of(sql).intersection(lost)
        if unread:
            report.hold([rule_id], not_read(unread))
        elif chosen(rule_id):
            out.append((rule_id, table, sql))
    return out


def _relational(tables: Tables, selects: Sequence[tuple[str, str, str]], tell: Tell) -> Iterable[Problem]:
    tell("checking keys", 0.7)
    with DuckDB.of_arrow(tables.arrow, threads=_cores(tables)) as engine:
        for step, (rule_id, table, sql) in enumerate(selects):
            tell(f"checking {rule_id}", 0.7 + 0.2 * step / len(selects))
            columns = unique_columns(rule_id, sql)
            if columns and not engine.has_doubles(table, columns):
                continue
            try:
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
            except engine.exhausted:
                raise
            except engine.failures as error:
                raise RuleFailed.of(rule_id, first_line(error)) from error


Found = tuple[int, Outcome]
"""The number of a rule in Python, and what came of it."""


def _find(arrow: dict[str, pa.Table], lost: frozenset[str], numbers: Sequence[int]) -> list[Found]:
    """What some of the rules in Python find."""

    def rows(name: str) -> list[Row]:
        found: list[Row] = arrow[name].to_pylist()
        return found

    data = Data(rows, lost)
    return [(number, put_to(PYTHON_RULES[number], data, rows)) for number in numbers]


def _cores(tables: Tables) -> int:
    """How many cores are worth their start."""
    return (os.cpu_count() or 1) if sum(table.num_rows for table in tables.arrow.values()) > _MANY_ROWS else 1


@contextmanager
def _semantic_findings(
    tables: Tables, chosen: Chosen = every_rule, lost: frozenset[str] = frozenset()
) -> Iterator[Callable[[], list[Found]]]:
    """The findings of the rules in Python, which processes of their own look for while the others run."""
    cores, numbers = _cores(tables), [n for n, entry in enumerate(PYTHON_RULES) if chosen(entry.rule.id)]
    if cores == 1:
        yield partial(_find, tables.arrow, lost, numbers)
        return
    workers = cores - 1
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=gc.disable) as pool:
        shares = [pool.submit(_find, tables.arrow, lost, numbers[first::workers]) for first in range(workers)]
        yield lambda: sorted((found for share in shares for found in share.result()), key=itemgetter(0))


def _semantic(tables: Tables, findings: list[Found], report: Report) -> Iterable[Problem]:
    for number, outcome in findings:
        rule_id = PYTHON_RULES[number].rule.id
        if outcome.failure is not None:
            raise RuleFailed.of(rule_id, outcome.failure) from Traced(outcome.trace)
        if outcome.unread is not None:
            report.hold([rule_id], not_read([outcome.unread]))
        if outcome.broken is not None:
            name, row_no, rule, column = outcome.broken
            report.hold([rule_id], breaks(tables.origins.place(name, row_no, column), rule, column))
        for finding in outcome.findings:
            yield _problem(
                tables, rule_id, finding.table, finding.row_no, finding.column, finding.found, finding.expected
            )


def _elsewhere(problems: Iterable[Problem], report: Report) -> list[Problem]:
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


def check_tables(
    tables: Tables,
    chosen: Chosen = every_rule,
    tell: Tell = in_silence,
    *,
    lost: frozenset[str] = frozenset(),
    partial: Mapping[str, str] | None = None,
) -> Report:
    """Every rule over the tables that is asked for: rows, then keys, then the rest; each file with problems of its
    first step alone.

    Rules that read one of the ``lost`` tables are not run. Those that read a ``partial`` one are, but do not count as
    run, for the reason that stands there. Raises ``RuleFailed`` for a rule that comes to no end.
    """
    report = Report(ran=set(filter(chosen, over_tables())))
    reads = dict(tables_of_rules())
    with _semantic_findings(tables, chosen, lost) as findings:
        report.extend(_row_rules(tables, chosen, tell))
        selects = _selects(chosen, lost, report)
        relational = list(_relational(tables, selects, tell)) if selects else []
        keys = [problem for problem in relational if problem.rule.startswith("KEY")]
        report.extend(_elsewhere(keys, report))
        rest = [problem for problem in relational if not problem.rule.startswith("KEY")]
        tell("checking the text", 0.9)
        outcomes = findings()
        rest.extend(_semantic(tables, outcomes, report))
    report.extend(_elsewhere(rest, report))
    reads |= {PYTHON_RULES[number].rule.id: outcome.reads for number, outcome in outcomes}
    for name, reason in (partial or {}).items():
        report.hold([rule_id for rule_id in report.ran if name in reads[rule_id]], reason)
    return report


_NEED_EVERY_TEXT = frozenset(["EVI013"])
"""Rules over registries by what is printed."""
_NEED_EVERY_ITEM = frozenset("TXT008 EVI004 EVI014 PER005 PER006 PER007 EVT014 EVT015".split())
"""Rules over the whole page, or over registries by what the items say."""
_OF_PAGES = {"dataset/page.yaml": "sources", **{f"dataset/{name}.yaml": name for name in REGISTRIES}}
"""Files that hold the rows of one table; what an item holds goes into all others."""


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


def _partial(broken: Iterable[str]) -> dict[str, str]:
    """The tables that lack rows of files that could not be read whole, each with the reason."""
    out: dict[str, str] = {}
    for file in sorted(broken):
        own = _OF_PAGES.get(file)
        names = [own] if own else [known.name for known in TABLES if known.name not in _OF_PAGES.values()]
        out = {**dict.fromkeys(names, f"{file} could not be read whole"), **out}
    return out


def _ledger_rules(files: Mapping[str, bytes], report: Report, tables: Tables) -> None:
    """The rules of the ledger, which ask whether the records are as they were read: they wait for all others."""
    ledger = [rule_id for rule_id in report.ran if rule_id.startswith("LED")]
    if report.errors:
        report.hold(ledger, "the records have errors")
    elif ledger:
        report.extend(_named(problem) for problem in check_ledger(files, tables) if problem.rule in report.ran)


def _made(files: Mapping[str, bytes], report: Report, tell: Tell) -> tuple[Compiled, set[str]]:
    """The rows of the files, and the files that could not be read whole; what kept them from it is told, whatever is
    asked for."""
    tell("reading", 0.0)
    authored = parse(files)
    tell("making the rows", 0.1)
    compiled = compile_dataset(authored)

    def told(problems: Iterable[Problem]) -> list[Problem]:
        return [problem for problem in problems if found_while_reading(problem.rule) or problem.rule in report.ran]

    report.extend(_named(problem) for problem in told(compiled.problems))
    ledger = unreadable(files)
    report.extend(map(_named, ledger))
    if ledger:
        report.hold(("LED001", "LED002"), f"{LEDGER} could not be read")
    return compiled, authored.broken | {problem.place.file for problem in told(compiled.draft.problems)}


@_no_collecting()
def check_files(files: Mapping[str, bytes], tell: Tell = in_silence, chosen: Chosen = every_rule) -> Checked:
    """Every rule that is asked for over the files of an authored root.

    Raises ``CannotRun`` where none of the rules that are asked for applies to a root.
    """
    report = begun("a dataset root", chosen, without=() if LEDGER in files else ("LED001", "LED002"))
    compiled, broken = _made(files, report, tell)
    if not compiled.draft.rows.get("sources"):
        first = min(broken or {problem.place.file for problem in report.problems})
        report.hold([*over_tables(), "LED001", "LED002"], f"{first} could not be read whole")
        return Checked(report, None)
    tell("making the tables", 0.3)
    tables = from_compiled(compiled)
    checked = check_tables(tables, report.ran.__contains__, tell, partial=_partial(broken))
    # What is missing from a file that could not be read whole is not reported a second time: neither in
    # that file nor, of an item, in what presupposes every item.
    articles = {file for file in files if file.startswith("dataset/articles/")}
    waiting = _NEED_EVERY_ITEM if articles & broken else frozenset()
    whose = any(problem.rule == "KEY004" for problem in compiled.problems)  # homonyms that are not told apart
    waiting |= _NEED_EVERY_TEXT if len(compiled.items) < len(articles) or whose else frozenset()
    held = {found.rule for found in checked.problems if found.place.file in broken or found.rule in waiting}
    report.extend(found for found in checked.problems if found.place.file not in broken and found.rule not in waiting)
    report.hold(held, f"{min(broken, default='')} could not be read whole")
    for rule_id, reason in checked.not_run.items():
        report.hold([rule_id], reason)
    _ledger_rules(files, report, tables)
    return Checked(report, None if report.failed else tables)


def check_root(root: Path, chosen: Chosen = every_rule) -> Checked:
    """Every rule that is asked for over an authored root; raises ``CannotRun`` where there is none."""
    tell = Progress()
    try:
        return check_files(read_files(root), tell.tell, chosen)
    finally:
        tell.close()
