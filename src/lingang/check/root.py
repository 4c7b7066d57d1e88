"""What is checked, the rules that apply to it, and the report."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import lingang.limits as limits
from lingang.authored.tree import REGISTRIES, Authored, article_files, parse, read_files
from lingang.causes import each_cause_once
from lingang.check.following import elsewhere, first_of
from lingang.compile.dataset import Compiled, compile_dataset
from lingang.compile.tables import from_compiled
from lingang.engines.duckdb import DuckDB
from lingang.engines.processes import pool
from lingang.files.cache import Cache
from lingang.lexicon import Lexicon
from lingang.lexicon.roots import lexicon_of
from lingang.problems import Place, Problem, Report, RuleFailed, Traced, first_line, in_words
from lingang.progress import Progress, Tell, in_silence
from lingang.rules.acceptances import settle
from lingang.rules.catalogue import ALIASES, catalogue, problem, sql_rules
from lingang.rules.coverage import coverage
from lingang.rules.declared import declared_rules, surely_kept, unique_columns
from lingang.rules.python import PYTHON_RULES
from lingang.rules.scope import (
    Chosen,
    begun,
    breaks,
    every_rule,
    needs,
    not_read,
    over_tables,
    tables_of,
    tables_of_rules,
)
from lingang.rules.sound import Found, put_to
from lingang.tables import TABLES
from lingang.tables import table as of_name
from lingang.tables.arrow import Tables
from lingang.tables.editions import in_edition, left_out_of
from lingang.tables.rows import check_row, in_json
from lingang.tables.view import Row, View
from lingang.text.likest import close_to_it

if TYPE_CHECKING:
    from lingang.check.paged import Look

__all__ = ["Checked", "check_files", "check_root", "check_tables", "checked_in_sight"]

_FEW_ROWS = 2_000
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


def _problem(
    tables: Tables,
    rule_id: str,
    table: str,
    row_no: int,
    column: str,
    found: str,
    expected: str,
    span: tuple[str, int, int] | None = None,
) -> Problem:
    # the place of evidence is that of its cell
    cell = "evidence_id" if table == "evidence" and "evidence" in tables.origins.rows else column
    record = tables.arrow[table].column(0)[row_no].as_py()
    place = tables.origins.place(table, row_no, cell)
    if span is not None and (table, column) == ("sources", "text") and "sources" in tables.origins.rows:
        place = _on_page(tables.arrow[table], row_no, span[1])
    record_id = "" if record is None else str(record)
    return problem(rule_id, place, found, expected, table=table, record_id=record_id, column=column, span=span)


def _on_page(sources: pa.Table, row_no: int, at: int) -> Place:
    """The place of a code point in a file of ``raw/``."""
    file, text = (sources[name][row_no].as_py() for name in ("file", "text"))
    before = text[:at]
    return Place(f"raw/{file}", before.count("\n") + 1, at - before.rfind("\n"))


def _row_rules(tables: Tables, chosen: Chosen, tell: Tell, look: Look | None) -> Iterable[Problem]:
    for step, declared in enumerate(in_edition(tables.edition)):
        tell(f"checking the rows of {declared.name}", 0.5 + 0.2 * step / len(TABLES))
        for number, row in enumerate(tables.rows(declared.name)) if look is None else look.fresh_rows(declared.name):
            faults = check_row(declared, in_json(row))
            if faults and look is not None:
                look.refuse(declared.name, number)
            for rule_id, column, expected, found in faults:
                if chosen(rule_id):
                    yield _problem(tables, rule_id, declared.name, number, column, found, expected)


def _selects(chosen: Chosen, lost: Collection[str], edition: str, report: Report) -> list[tuple[str, str, str]]:
    """``(rule, table, SELECT)`` of the rules in SQL that are asked for and whose tables could be read."""
    out = []
    left_out = left_out_of(edition)
    for rule_id, table, sql in [*declared_rules(), *((rule.id, rule.table, rule.sql) for rule in sql_rules())]:
        if needs(sql, left_out):
            if rule_id != "KEY006":  # of which some ask for other columns
                report.leave_out([rule_id])
            continue
        unread = tables_of(sql).intersection(lost)
        if unread:
            report.hold([rule_id], not_read(unread))
        elif chosen(rule_id):
            out.append((rule_id, table, sql))
    return out


def _relational(tables: Tables, selects: Sequence[tuple[str, str, str]], tell: Tell) -> Iterable[Problem]:
    tell("checking keys", 0.7)
    values = lru_cache(maxsize=None)(tables.column)  # a column of keys or words is asked for by many rules
    with DuckDB.of_arrow(tables.arrow, threads=_cores(tables)) as engine:
        for step, (rule_id, table, sql) in enumerate(selects):
            tell(f"checking {rule_id}", 0.7 + 0.2 * step / len(selects))
            if _is_kept(tables, values, engine, table, sql):
                continue
            try:
                for row in engine.select(sql):
                    found, expected = in_words(row["found"]), in_words(row["expected"])
                    if rule_id in ("KEY002", "ROW003"):
                        expected += _close(tables, table, row["column_name"], found)
                    name = row.get("table_name") or table
                    yield _problem(tables, rule_id, name, row["row_no"], row["column_name"], found, expected)
            except engine.exhausted:
                raise
            except engine.failures as error:
                raise RuleFailed.of(rule_id, first_line(error)) from error


def _is_kept(
    tables: Tables, values: Callable[[str, str], Sequence[object]], engine: DuckDB, table: str, sql: str
) -> bool:
    """Whether a quick look shows that a declared rule is kept: of few rows in memory, for a SELECT takes a millisecond
    however few there are."""
    if _cores(tables) == 1:
        return surely_kept(sql, values)
    columns = unique_columns(sql)
    return bool(columns) and not engine.has_doubles(table, columns)


def _close(tables: Tables, name: str, column: str, found: str) -> str:
    """The word that a cell may mean, or the record, where there are few enough to look at each."""
    declared = of_name(name)[column]
    words = tables.arrow["words"]
    if declared.vocabulary is not None:
        pairs = zip(words["vocabulary"].to_pylist(), words["word"].to_pylist(), strict=True)
        return close_to_it(found, [word for vocabulary, word in pairs if vocabulary == declared.vocabulary.name])
    other = tables.arrow[declared.references] if declared.references else words
    return close_to_it(found, other.column(0).to_pylist()) if other.num_rows <= _FEW_ROWS else ""


def _find(
    arrow: dict[str, pa.Table], lexicon: Lexicon | None, lost: frozenset[str], edition: str, numbers: Sequence[int]
) -> list[Found]:
    """What some of the rules in Python find."""

    def rows(name: str) -> list[Row]:
        found: list[Row] = arrow[name].to_pylist()
        return found

    data = View(rows, lexicon, lost, left_out_of(edition))
    return [(number, put_to(PYTHON_RULES[number], data, rows)) for number in numbers]


def _cores(tables: Tables) -> int:
    """How many cores are worth their start."""
    return (os.cpu_count() or 1) if sum(table.num_rows for table in tables.arrow.values()) > _MANY_ROWS else 1


Shares = Callable[[], list[list[Any]]]


@contextmanager
def _in_shares(cores: int, work: Callable[[Sequence[Any]], list[Any]], parts: Sequence[Any]) -> Iterator[Shares]:
    """What some work makes of shares of the parts, in processes of their own where there is more than one core."""
    if cores == 1:
        yield lambda: [work(parts)]
        return
    workers = cores - 1
    with pool(workers) as processes:
        shares = [processes.submit(work, parts[first::workers]) for first in range(workers)]
        yield lambda: [share.result() for share in shares]


@contextmanager
def _semantic_findings(
    tables: Tables, chosen: Chosen = every_rule, lost: frozenset[str] = frozenset(), look: Look | None = None
) -> Iterator[Callable[[], list[Found]]]:
    """The findings of the rules in Python, which processes of their own look for while the others run."""
    numbers = [number for number, entry in enumerate(PYTHON_RULES) if chosen(entry.rule.id)]
    find = partial(_find, tables.arrow, tables.lexicon, lost, tables.edition)
    if look is None:
        with _in_shares(_cores(tables), find, numbers) as shares:
            yield lambda: sorted((found for share in shares() for found in share), key=itemgetter(0))
        return
    from lingang.check.paged import look_at

    cores = _cores(tables) if len(look.fresh) > len(look.cells) // 4 else 1
    work = partial(look_at, look.forms, look.lexicon, look.numbers)
    with _in_shares(cores, work, [(page, look.cells[page]) for page in look.fresh]) as shares:
        yield lambda: look.outcomes([found for share in shares() for found in share], numbers) or find(numbers)


def _semantic(tables: Tables, findings: list[Found], report: Report) -> Iterable[Problem]:
    for number, outcome in findings:
        rule_id = PYTHON_RULES[number].rule.id
        if outcome.failure is not None:
            raise RuleFailed.of(rule_id, outcome.failure) from Traced(outcome.trace)
        if outcome.left_out is not None:
            report.leave_out([rule_id])
        if outcome.unread is not None:
            report.hold([rule_id], not_read([outcome.unread]))
        if outcome.broken is not None:
            name, row_no, rule, column = outcome.broken
            report.hold([rule_id], breaks(tables.origins.place(name, row_no, column), rule, column))
        for finding in sorted(outcome.findings, key=itemgetter(0, 1, 2, 3, 4)):  # in whatever order they were met
            yield _problem(tables, rule_id, *finding)


def check_tables(
    tables: Tables,
    chosen: Chosen = every_rule,
    tell: Tell = in_silence,
    *,
    lost: frozenset[str] = frozenset(),
    partial: Mapping[str, str] | None = None,
    cache: Cache | None = None,
) -> Report:
    """Every rule over the tables that is asked for: rows, then keys, then the rest; each file with problems of its
    first step alone.

    Rules that read one of the ``lost`` tables are not run. Those that read a ``partial`` one are, but do not count as
    run, for the reason that stands there. Raises ``RuleFailed`` for a rule that comes to no end.
    """
    report = Report(ran=set(filter(chosen, over_tables())))
    reads = dict(tables_of_rules())
    look = None if lost or left_out_of(tables.edition) else _look(tables, chosen, cache)
    with _semantic_findings(tables, chosen, lost, look) as findings:
        report.extend(_row_rules(tables, chosen, tell, look))
        selects = _selects(chosen, lost, tables.edition, report)
        relational = list(_relational(tables, selects, tell)) if selects else []
        keys = [problem for problem in relational if problem.rule.startswith(("KEY", "ROW"))]
        report.extend(elsewhere(keys, report))
        rest = [problem for problem in relational if not problem.rule.startswith(("KEY", "ROW"))]
        tell("checking the text", 0.9)
        outcomes = findings()
        rest.extend(_semantic(tables, outcomes, report))
    report.extend(elsewhere(first_of(rest, report), report))
    reads |= {PYTHON_RULES[number].rule.id: outcome.reads for number, outcome in outcomes}
    for name, reason in (partial or {}).items():
        report.hold([rule_id for rule_id in report.ran if name in reads[rule_id]], reason)
    if "accepted" not in lost:
        _accepted(tables, report)
    if not (report.errors or lost or left_out_of(tables.edition)):
        covered = look.coverage() if look is not None else None
        report.coverage = [*(coverage(_view(tables)) if covered is None else covered)]
    if look is not None and cache is not None:
        look.keep(cache)
    return report


def _look(tables: Tables, chosen: Chosen, cache: Cache | None) -> Look | None:
    """The pages, where to look at them one by one is worth its while."""
    if cache is None and sum(table.num_rows for table in tables.arrow.values()) <= _MANY_ROWS:
        return None
    from lingang.check.paged import Look  # a small root need not wait for it

    return Look.of(tables.arrow, tables.lexicon, chosen, cache)


def _view(tables: Tables) -> View:
    return View(lambda name: tables.arrow[name].to_pylist(), tables.lexicon)


_OF_PAGES = {"dataset/sources.yaml": "sources", **{f"dataset/{name}.yaml": name for name in REGISTRIES}}
"""Files that hold the rows of one table; what an item holds goes into all others."""
_WHOLE_PAGE = frozenset(["TXT008", "EVI004", "EVI013", "EVI020", "LED001", "LED002"])
"""Rules over the whole page, or over registries by what the items say: they wait until every item is whole."""


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


def _accepted(tables: Tables, report: Report) -> None:
    """Take out of the report the advice that the tables accept; an acceptance that silences nothing is advice too."""
    if not tables.arrow["accepted"].num_rows:
        return
    settled = settle(_view(tables), report.problems, ALIASES)
    report.problems, report.accepted = settled.kept, settled.accepted
    rows = tables.rows("accepted")
    for number in settled.idle:
        rule_id = ALIASES.get(str(rows[number]["rule"]), str(rows[number]["rule"]))
        known = catalogue().get(rule_id)
        if any(
            found.table == "accepted" and found.record_id == rows[number]["accepted_id"] for found in report.problems
        ):
            continue
        if known is None or known.level == "requirement":
            found = "no such rule" if known is None else "a requirement"
            report.add(_problem(tables, "ACC002", "accepted", number, "rule", f"{rule_id}: {found}", "advice"))
        elif rule_id in report.ran:
            found = f"{rule_id} finds nothing here"
            report.add(_problem(tables, "ACC001", "accepted", number, "rule", found, "advice that stands here"))


def _made(files: Mapping[str, bytes], report: Report, tell: Tell) -> tuple[Compiled | None, Lexicon | None, set[str]]:
    """The rows of the files, their lexicon, and the files that could not be read whole; what kept them from it is told,
    whatever is asked for."""
    tell("reading", 0.0)
    authored: Authored = parse(files)
    chosen = lexicon_of(files, authored)
    report.extend(_named(problem) for problem in chosen.problems)
    if chosen.compiling is None:
        report.extend(_named(problem) for problem in authored.problems)
        return None, None, authored.broken | {problem.place.file for problem in report.problems}
    tell("making the rows", 0.1)
    compiled = compile_dataset(authored, chosen.compiling)
    report.extend(_named(problem) for problem in compiled.problems)
    return compiled, chosen.judging, compiled.broken


@_no_collecting()
def check_files(
    files: Mapping[str, bytes],
    tell: Tell = in_silence,
    chosen: Chosen = every_rule,
    keep: int = limits.KEPT,
    cache: Cache | None = None,
) -> Checked:
    """Every rule that is asked for over the files of an authored root; ``keep`` problems are kept, others counted.
    What stands in a ``cache`` of the pages is not looked for again.

    Raises ``CannotRun`` where none of the rules that are asked for applies to a root.
    """
    report = begun("a dataset root", chosen, keep=keep)
    compiled, lexicon, broken = _made(files, report, tell)
    if compiled is None or not compiled.rows["sources"]:
        first = min(broken or {problem.place.file for problem in report.problems}, default="dataset")
        report.hold(over_tables(), f"{first} could not be read whole")
        report.problems = each_cause_once(report.problems)
        return Checked(report, None)
    tell("making the tables", 0.3)
    tables = from_compiled(compiled, lexicon)
    checked = check_tables(tables, report.ran.__contains__, tell, partial=_partial(broken), cache=cache)
    # What is missing from a file that could not be read whole is not reported a second time: neither in
    # that file nor, of an item, in what presupposes every item.
    waiting = _WHOLE_PAGE if broken else frozenset()
    held = {found.rule for found in checked.problems if found.place.file in broken or found.rule in waiting}
    report.extend(found for found in checked.problems if found.place.file not in broken and found.rule not in waiting)
    report.accepted = checked.accepted
    report.coverage = [] if report.errors else checked.coverage
    report.hold(held, f"{min(broken, default='')} could not be read whole")
    for rule_id, reason in checked.not_run.items():
        report.hold([rule_id], reason)
    report.problems = each_cause_once(report.problems)
    return Checked(report, None if report.failed else tables)


def check_root(root: Path, chosen: Chosen = every_rule, keep: int = limits.KEPT, cache: Cache | None = None) -> Checked:
    """Every rule that is asked for over an authored root; what stands in a ``cache`` of the pages of one that is large
    enough for it is not looked for again. Raises ``CannotRun`` where there is no root."""
    files = read_files(root)
    served = cache is not None and len(article_files(files)) >= cache.least
    return checked_in_sight(files, chosen, keep, cache if served else None)


def checked_in_sight(files: Mapping[str, bytes], chosen: Chosen, keep: int, cache: Cache | None) -> Checked:
    """``check_files``, which tells whoever waits how far it is."""
    tell = Progress()
    try:
        return check_files(files, tell.tell, chosen, keep, cache)
    finally:
        tell.close()
