"""What is checked, the rules that apply to it, and the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lingang.arrow_tables import Tables, from_compiled
from lingang.authored.tree import parse, read_files
from lingang.derive.dataset import Compiled, compile_dataset
from lingang.engines.duckdb import DuckDB
from lingang.ledger import check_ledger
from lingang.models import TABLES
from lingang.models.rows import check_row, in_json
from lingang.problems import CannotRun, Problem, Report
from lingang.rules.catalogue import catalogue, problem, sql_rules
from lingang.rules.data import Data
from lingang.rules.declared import declared_rules
from lingang.rules.python import PYTHON_RULES

__all__ = ["Checked", "check_files", "check_root", "check_tables"]


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


def _row_rules(tables: Tables) -> Iterable[Problem]:
    for declared in TABLES:
        for number, row in enumerate(tables.rows(declared.name)):
            for rule_id, column, expected, found in check_row(declared, in_json(row)):
                yield _problem(tables, rule_id, declared.name, number, column, found, expected)


def _relational(tables: Tables) -> Iterable[Problem]:
    with DuckDB.of_arrow(tables.arrow) as engine:
        selects = [(rule_id, table, sql) for rule_id, table, sql in declared_rules()]
        selects += [(rule.id, rule.table, rule.sql) for rule in sql_rules()]
        for rule_id, table, sql in selects:
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


def _semantic(tables: Tables, *, whole: bool) -> Iterable[Problem]:
    data = Data(tables.rows)
    for entry in PYTHON_RULES:
        try:
            for finding in entry.find(data):
                yield _problem(
                    tables,
                    entry.rule.id,
                    finding.table,
                    finding.row_no,
                    finding.column,
                    finding.found,
                    finding.expected,
                )
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            if whole:  # where rows contradict each other, a rule over running text may have nothing to go by
                fault = f"rule {entry.rule.id} failed ({error!r}); this is a fault of lingang, please report it"
                raise CannotRun(fault) from error


def _elsewhere(problems: Iterable[Problem], report: Report) -> list[Problem]:
    """Problems in files that have none yet: what follows from a problem is not reported beside it."""
    files = {problem.place.file for problem in report.problems}
    return [problem for problem in problems if problem.place.file not in files]


def check_tables(tables: Tables) -> Report:
    """Every rule over the tables: rows, then keys, then the rest; each file with problems of its first step alone."""
    report = Report(list(_row_rules(tables)))
    relational = list(_relational(tables))
    keys = [problem for problem in relational if problem.rule.startswith("KEY")]
    report.extend(_elsewhere(keys, report))
    rest = [problem for problem in relational if not problem.rule.startswith("KEY")]
    rest.extend(_semantic(tables, whole=not report.problems and not rest))
    report.extend(_elsewhere(rest, report))
    return report


_NEED_EVERY_ITEM = frozenset("TXT008 EVI004 EVI013 EVI014 PER005 PER006 PER007 EVT014 EVT015".split())
"""Rules over the whole page, or over registries by what the items say."""


def check_files(files: Mapping[str, bytes]) -> Checked:
    """Every rule over the files of an authored root."""
    compiled: Compiled = compile_dataset(parse(files))
    report = Report([_named(problem) for problem in compiled.problems])
    if not compiled.draft.rows.get("sources"):
        return Checked(report, None)
    tables = from_compiled(compiled)
    found = check_tables(tables)
    # What is missing from a file that could not be read whole is not reported a second time: neither in
    # that file nor, of an item, in what presupposes every item.
    whole = not any(file.startswith("dataset/articles/") for file in compiled.broken)
    report.extend(
        problem
        for problem in found.problems
        if problem.place.file not in compiled.broken and (whole or problem.rule not in _NEED_EVERY_ITEM)
    )
    if not report.errors:
        report.extend(_named(problem) for problem in check_ledger(files, tables))
    return Checked(report, tables if not report.errors else None)


def check_root(root: Path) -> Checked:
    """Every rule over an authored root; raises ``CannotRun`` where there is none."""
    return check_files(read_files(root))
