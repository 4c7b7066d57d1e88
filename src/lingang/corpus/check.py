"""A corpus: its files staged, then every rule that is asked for, problems counted as they come."""

from __future__ import annotations

import bisect
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, islice
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path

import duckdb

from lingang.corpus.inputs import find
from lingang.corpus.options import Options
from lingang.corpus.pages import PageFinding, PageRow, check_pages, page_rows, page_rules
from lingang.corpus.progress import Progress
from lingang.corpus.stage import StagedPart, empty, stage
from lingang.corpus.work import temporary
from lingang.engines.duckdb import DuckDB
from lingang.models import TABLES
from lingang.problems import Place, Report
from lingang.release_check import check_sums
from lingang.rules.catalogue import problem, sql_rules
from lingang.rules.declared import declared_rules
from lingang.store import SUMS

__all__ = ["FAMILIES", "Corpus", "check_corpus", "is_published", "opened", "run_page_rules", "run_rules"]

FAMILIES = ("ROW", "KEY", "EVI", "PER", "EVT", "PAR", "NUM", "QUO", "PRI", "PUB")
"""Families of rules that a corpus is put to."""

Chosen = Callable[[str], bool]

_READING, _RULES = 0.2, 0.4
"""The shares of the work that are behind when the files are read, and when the rules in SQL are run."""

_PAGES = 16
"""How many pages a worker takes at a time."""


@dataclass(slots=True)
class Corpus:
    """The staged files of each table, the engine over them, and what was found.

    ``refused`` holds the rows, by table, that a row rule refuses: what follows from them is not reported beside it.
    """

    parts: dict[str, list[StagedPart]]
    engine: DuckDB
    report: Report
    refused: dict[str, set[int]] = field(default_factory=dict)

    def place(self, name: str, row: int) -> Place:
        """The file and line of a row of a table, which counts from 0."""
        firsts = [0]
        for part in self.parts[name]:
            firsts.append(firsts[-1] + part.rows)
        number = bisect.bisect_right(firsts[:-1], row) - 1
        staged = self.parts[name][number]
        return Place(staged.part.name, staged.line(row - firsts[number]), 1)

    @property
    def whole(self) -> bool:
        """Whether every line left a row."""
        return not any(part.lost for parts in self.parts.values() for part in parts)

    def rows(self) -> list[tuple[str, int]]:
        """``(table, rows)`` in the order of the models."""
        return [(name, sum(part.rows for part in parts)) for name, parts in self.parts.items()]


@contextmanager
def opened(folder: Path, work: Path, options: Options, report: Report, tell: Progress) -> Iterator[Corpus]:
    """The corpus of a folder, staged in ``work``: its rows are checked, its tables can be asked."""
    found = find(folder)
    (work / "spill").mkdir()
    connection = duckdb.connect(
        str(work / "work.duckdb"),
        config={"memory_limit": f"{options.memory >> 20}MiB", "temp_directory": str(work / "spill")},
    )
    parts: dict[str, list[StagedPart]] = {declared.name: [] for declared in TABLES}
    refused: dict[str, set[int]] = {declared.name: set() for declared in TABLES}
    files: dict[str, list[tuple[Path, int]]] = {}
    total = sum(part.path.stat().st_size for each in found.values() for part in each) or 1
    done = 0
    try:
        for declared in TABLES:
            first, files[declared.name] = 0, []
            for number, part in enumerate(found.get(declared.name, [])):
                tell.tell(f"reading {part.name}", _READING * done / total)
                staged, faults = stage(connection, declared, part, work, number)
                parts[declared.name].append(staged)
                files[declared.name].append((staged.path, first))
                for row, line, fault in faults:
                    if row is not None:
                        refused[declared.name].add(first + row)
                    if options.chosen(fault.rule):
                        place = Place(part.name, line, 1 if line else None)
                        report.add(
                            problem(
                                fault.rule,
                                place,
                                fault.found,
                                fault.expected,
                                table=declared.name,
                                column=fault.column,
                            )
                        )
                first += staged.rows
                done += part.path.stat().st_size
            if not files[declared.name]:
                files[declared.name].append((empty(connection, declared, work), 0))
        with DuckDB.of_parquet(connection, files) as engine:
            yield Corpus(parts, engine, report, refused)
    finally:
        connection.close()


def _selects(chosen: Chosen) -> list[tuple[str, str, str]]:
    """``(rule, table, SELECT)`` of the rules in SQL that a corpus is put to."""
    out = [entry for entry in declared_rules() if chosen(entry[0])]
    out += [(rule.id, rule.table, rule.sql) for rule in sql_rules() if rule.family in FAMILIES and chosen(rule.id)]
    return out


def run_rules(corpus: Corpus, chosen: Chosen, tell: Progress) -> None:
    """Every rule in SQL over the tables; none where lines left no row, for the others would be blamed for them."""
    if not corpus.whole:
        return
    selects = _selects(chosen)
    for number, (rule_id, table, sql) in enumerate(selects):
        tell.tell(f"checking {rule_id}", _READING + (_RULES - _READING) * number / len(selects))
        if rule_id in ("KEY001", "KEY006"):
            columns = sql.split("PARTITION BY ", 1)[1].split(" ORDER BY", 1)[0].split(", ")
            if not corpus.engine.has_doubles(table, columns):
                continue
        for row in corpus.engine.select(sql):
            name = row.get("table_name") or table
            if row["row_no"] not in corpus.refused[name]:
                corpus.report.add(
                    problem(
                        rule_id,
                        corpus.place(name, row["row_no"]),
                        str(row["found"]),
                        str(row["expected"]),
                        table=name,
                        record_id=str(row["record_id"]),
                        column=row["column_name"],
                    )
                )


def _batches(corpus: Corpus) -> Iterator[list[list[PageRow]]]:
    """The pages of a corpus, each as its rows, a few at a time."""

    def rows() -> Iterator[PageRow]:
        cursor = corpus.engine.connection.execute(page_rows())
        while some := cursor.fetchmany(4096):
            yield from some

    pages = (list(group) for _, group in groupby(rows(), key=itemgetter(0)))
    while batch := list(islice(pages, _PAGES)):
        yield batch


def run_page_rules(corpus: Corpus, chosen: Chosen, tell: Progress) -> None:
    """Every rule over running text, page by page, on all cores."""
    rules, clean = page_rules(FAMILIES, chosen), not len(corpus.report)
    if not corpus.whole or not rules:
        return
    total = sum(part.rows for part in corpus.parts["sources"]) or 1
    cores = min(os.cpu_count() or 1, total // _PAGES)

    def found() -> Iterator[list[PageFinding]]:
        if cores < 2:
            for batch in _batches(corpus):
                yield check_pages(batch, rules)
            return
        with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
            waiting: deque[Future[list[PageFinding]]] = deque()
            for batch in _batches(corpus):
                waiting.append(pool.submit(check_pages, batch, rules))
                if len(waiting) > 2 * cores:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    for number, findings in enumerate(found()):
        tell.tell("checking the pages", _RULES + (1 - _RULES) * number * _PAGES / total)
        for rule_id, name, row, record_id, column, cell, expected in findings:
            if row not in corpus.refused[name] and (column or clean):
                place = corpus.place(name, row)
                corpus.report.add(
                    problem(rule_id, place, cell, expected, table=name, record_id=record_id, column=column)
                )


def is_published(folder: Path) -> bool:
    """Whether a folder is what a build of a corpus wrote: sums and Parquet, without JSON Lines."""
    return (
        (folder / SUMS).is_file() and not (folder / "sources.jsonl").exists() and (folder / "sources.parquet").exists()
    )


def check_corpus(folder: Path, options: Options) -> Report:
    """The report on a folder of tables as JSON Lines or Parquet; raises ``CannotRun`` where it holds none."""
    report, tell = Report(keep=options.keep), Progress()
    if is_published(folder):
        check_sums(folder, report)
    with temporary() as work:
        try:
            with opened(folder, work, options, report, tell) as corpus:
                run_rules(corpus, options.chosen, tell)
                run_page_rules(corpus, options.chosen, tell)
        finally:
            tell.close()
    return report
