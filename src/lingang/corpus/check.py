"""A corpus put to the rules that are asked for; problems are counted as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from lingang.corpus.corpus import FAMILIES, Corpus, Engine, shares
from lingang.corpus.inputs import is_published
from lingang.corpus.on_duckdb import opened_on_duckdb
from lingang.corpus.options import Options
from lingang.corpus.pages import page_rules
from lingang.corpus.work import temporary, workers
from lingang.problems import Report
from lingang.progress import Progress
from lingang.rules.catalogue import problem, sql_rules
from lingang.rules.declared import declared_rules, unique_columns

__all__ = ["check_corpus", "opened", "run_rules"]

Chosen = Callable[[str], bool]


def opened(
    folder: Path, work: Path, options: Options, report: Report, tell: Progress
) -> AbstractContextManager[Corpus]:
    """The corpus of a folder on the engine that is asked for."""
    if options.engine == "spark":
        from lingang.corpus.on_spark import opened_on_spark

        return opened_on_spark(folder, work, options, report, tell)
    return opened_on_duckdb(folder, work, options, report, tell)


def _selects(chosen: Chosen) -> list[tuple[str, str, str]]:
    """``(rule, table, SELECT)`` of the rules in SQL that a corpus is put to."""
    out = [entry for entry in declared_rules() if chosen(entry[0])]
    out += [(rule.id, rule.table, rule.sql) for rule in sql_rules() if rule.family in FAMILIES and chosen(rule.id)]
    return out


def _started(engine: Engine, rule_id: str, table: str, sql: str) -> Iterator[dict[str, Any]]:
    """The rows of a SELECT, which has begun to run; none where a quick look shows that there are none."""
    columns = unique_columns(rule_id, sql)
    if columns and not engine.has_doubles(table, columns):
        return iter(())
    rows = engine.select(sql)
    return chain(list(islice(rows, 1)), rows)


def _run_selects(corpus: Corpus, chosen: Chosen, tell: Progress) -> None:
    """Every rule in SQL over the tables; none where lines left no row, for the others would be blamed for them."""
    if not corpus.whole:
        return
    rows, selects, (read, run) = dict(corpus.rows()), _selects(chosen), shares(chosen)
    with workers(corpus.engine.at_once) as threads:
        longest_first = sorted(selects, key=lambda select: -rows.get(select[1], sum(rows.values())))
        found = {select: threads.submit(_started, corpus.engine, *select) for select in longest_first}
        for number, select in enumerate(selects):
            rule_id, table, _ = select
            tell.tell(f"checking {rule_id}", read + (run - read) * number / len(selects))
            for row in found[select].result():
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


def _run_page_rules(corpus: Corpus, chosen: Chosen, tell: Progress) -> None:
    """Every rule over running text, page by page."""
    rules, clean = page_rules(FAMILIES, chosen), not len(corpus.report)
    if not corpus.whole or not rules:
        return
    done, total = 0, sum(part.rows for part in corpus.parts["sources"]) or 1
    _, run = shares(chosen)
    for pages, findings in corpus.page_findings(rules):
        for rule_id, name, row, record_id, column, cell, expected in findings:
            if row not in corpus.refused[name] and (column or clean):
                place = corpus.place(name, row)
                corpus.report.add(
                    problem(rule_id, place, cell, expected, table=name, record_id=record_id, column=column)
                )
        done += pages
        tell.tell("checking the pages", run + (1 - run) * done / total)


def run_rules(corpus: Corpus, chosen: Chosen, tell: Progress) -> None:
    """Every rule beyond single rows."""
    _run_selects(corpus, chosen, tell)
    _run_page_rules(corpus, chosen, tell)


def check_corpus(folder: Path, options: Options) -> Report:
    """The report on a folder of tables as JSON Lines or Parquet; raises ``CannotRun`` where it holds none."""
    report, tell = Report(keep=options.keep), Progress()
    if is_published(folder):
        from lingang.release_check import check_sums

        check_sums(folder, report)
    with temporary() as work:
        try:
            with opened(folder, work, options, report, tell) as corpus:
                run_rules(corpus, options.chosen, tell)
                report.read = [(name, rows if corpus.parts[name] else None) for name, rows in corpus.rows()]
        finally:
            tell.close()
    return report
