"""A corpus: its files staged, then every rule that is asked for, problems counted as they come."""

from __future__ import annotations

import bisect
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from lingang.corpus.inputs import find
from lingang.corpus.progress import Progress
from lingang.corpus.stage import StagedPart, empty, stage
from lingang.engines.duckdb import DuckDB
from lingang.models import TABLES
from lingang.problems import CannotRun, Place, Report
from lingang.rules.catalogue import problem, sql_rules
from lingang.rules.declared import declared_rules

__all__ = ["FAMILIES", "KEPT", "Corpus", "check_corpus", "memory_limit", "opened", "run_rules"]

FAMILIES = ("ROW", "KEY", "EVI", "PER", "EVT", "PAR", "NUM", "QUO", "PRI", "PUB")
"""Families of rules that a corpus is put to."""

KEPT = 1000
"""How many problems are kept; the others are counted."""

Chosen = Callable[[str], bool]

_READING = 0.6
"""The share of the work that is reading, as a rule."""


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


def memory_limit(text: str | None) -> int:
    """Bytes of ``2GB``, ``512MB``; a quarter of the machine's memory for ``None``."""
    if text is None:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4
    number = text.upper().removesuffix("B").removesuffix("I")
    power = " KMGT".find(number[-1:] or " ")
    try:
        size = int(float(number[:-1] if power > 0 else number) * 1024 ** max(power, 0))
    except ValueError:
        raise CannotRun(f"{text} is no size of memory; write 2GB or 512MB") from None
    if size < 1 << 28:
        raise CannotRun(f"{text} is too little memory; a corpus needs 256MB at least")
    return size


@contextmanager
def opened(folder: Path, work: Path, *, memory: int, report: Report, chosen: Chosen, tell: Progress) -> Iterator[Corpus]:
    """The corpus of a folder, staged in ``work``: its rows are checked, its tables can be asked."""
    found = find(folder)
    (work / "spill").mkdir()
    connection = duckdb.connect(
        str(work / "work.duckdb"),
        config={"memory_limit": f"{memory >> 20}MiB", "temp_directory": str(work / "spill")},
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
                    if chosen(fault.rule):
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
    out += [
        (rule.id, rule.table, rule.sql) for rule in sql_rules() if rule.family in FAMILIES and chosen(rule.id)
    ]
    return out


def run_rules(corpus: Corpus, chosen: Chosen, tell: Progress) -> None:
    """Every rule in SQL over the tables; none where lines left no row, for the others would be blamed for them."""
    if not corpus.whole:
        return
    selects = _selects(chosen)
    for number, (rule_id, table, sql) in enumerate(selects):
        tell.tell(f"checking {rule_id}", _READING + (1 - _READING) * number / len(selects))
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


def check_corpus(folder: Path, *, memory: int, keep: int = KEPT, chosen: Chosen = bool) -> Report:
    """The report on a folder of tables as JSON Lines or Parquet; raises ``CannotRun`` where it holds none."""
    report, tell = Report(keep=keep), Progress()
    with tempfile.TemporaryDirectory(prefix="lingang-") as work:
        try:
            with opened(folder, Path(work), memory=memory, report=report, chosen=chosen, tell=tell) as corpus:
                run_rules(corpus, chosen, tell)
        finally:
            tell.close()
    return report
