"""A corpus put to the rules that are asked for; problems are counted as they come."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from lingang.causes import each_cause_once
from lingang.corpus.corpus import Corpus, Engine, shares
from lingang.corpus.inputs import is_published
from lingang.corpus.on_duckdb import opened_on_duckdb
from lingang.corpus.options import Options
from lingang.corpus.pages import PageFinding, page_rules
from lingang.corpus.work import temporary, workers
from lingang.problems import Place, Report, RuleFailed, Traced, first_line, in_words
from lingang.progress import Progress
from lingang.rules.catalogue import ALIASES, catalogue, problem, sql_rules
from lingang.rules.declared import declared_rules, references_to, unfilled, unique_columns
from lingang.rules.scope import Kind, begun, breaks, not_read, tables_of
from lingang.tables import TABLES
from lingang.tables import table as of_name

__all__ = ["begun_corpus", "check_corpus", "opened", "run_rules"]


def opened(
    folder: Path, work: Path, options: Options, report: Report, tell: Progress
) -> AbstractContextManager[Corpus]:
    """The corpus of a folder on the engine that is asked for."""
    if options.engine == "spark":
        from lingang.corpus.on_spark import opened_on_spark

        return opened_on_spark(folder, work, options, report, tell)
    return opened_on_duckdb(folder, work, options, report, tell)


def _selects(corpus: Corpus) -> list[tuple[str, str, str]]:
    """``(rule, table, SELECT)`` of the rules in SQL that are to be run and whose tables could be read."""
    out, lost, report = [], corpus.lost, corpus.report
    for rule_id, table, sql in [*declared_rules(), *((rule.id, rule.table, rule.sql) for rule in sql_rules())]:
        unread = tables_of(sql) & lost
        if unread:
            report.hold([rule_id], not_read(unread))
        else:
            out.append((rule_id, table, sql))
    asked = [select for select in out if select[0] in report.ran or select[0] in report.not_run]
    if not dict(corpus.rows())["accepted"] or "accepted" in lost:
        return asked
    return [(rule_id, table, _unless_accepted(rule_id, table, sql)) for rule_id, table, sql in asked]


def _unless_accepted(rule_id: str, table: str, sql: str) -> str:
    """The SELECT without the advice that an acceptance silences: of its record, or of words that its cell rests on."""
    if catalogue()[rule_id].level == "requirement":
        return sql
    ids = ", ".join(f"'{known}'" for known in (rule_id, *(old for old, new in ALIASES.items() if new == rule_id)))
    declared = of_name(table)
    if "raw_start" in declared.names:
        rests_on = f"{table} AS e", f"e.{declared.key} = found.record_id"
    else:
        of_cell = f"e.table_name = '{table}' AND e.record_id = found.record_id AND e.column_name = found.column_name"
        rests_on = "evidence AS e", of_cell
    return (
        f"SELECT * FROM ({sql}) AS found WHERE NOT EXISTS (SELECT 1 FROM accepted AS a WHERE a.rule IN ({ids}) "
        f"AND a.table_name = '{table}' AND a.record_id = found.record_id) AND NOT EXISTS (SELECT 1 FROM accepted AS a "
        f"JOIN {rests_on[0]} ON a.article_id = e.article_id AND a.raw_start < e.raw_end AND e.raw_start < a.raw_end "
        f"WHERE a.rule IN ({ids}) AND a.record_id IS NULL AND {rests_on[1]})"
    )


def _started(engine: Engine, rule_id: str, table: str, sql: str) -> Iterator[dict[str, Any]]:
    """The rows of a SELECT, which has begun to run; none where a quick look shows that there are none."""
    columns = unique_columns(sql)
    if columns and not engine.has_doubles(table, columns):
        return iter(())
    rows = engine.select(sql)
    return chain(list(islice(rows, 1)), rows)


def _rows_of(engine: Engine, rule_id: str, started: Future[Iterator[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """What a SELECT finds; raises ``RuleFailed`` where the engine does not bring it to an end."""
    try:
        yield from started.result()
    except engine.exhausted:
        raise
    except engine.failures as error:
        raise RuleFailed.of(rule_id, first_line(error)) from error


def _run_selects(corpus: Corpus, tell: Progress) -> None:
    """Every rule in SQL over the tables, but those that read a table of which a line left no row: they would blame the
    others for it."""
    rows, selects, (read, run) = dict(corpus.rows()), _selects(corpus), shares(corpus.report.ran.__contains__)
    with workers(corpus.engine.at_once) as threads:
        longest_first = sorted(selects, key=lambda select: -rows.get(select[1], sum(rows.values())))
        found = {select: threads.submit(_started, corpus.engine, *select) for select in longest_first}
        for number, select in enumerate(selects):
            rule_id, table, _ = select
            tell.tell(f"checking {rule_id}", read + (run - read) * number / len(selects))
            for row in _rows_of(corpus.engine, rule_id, found[select]):
                name = row.get("table_name") or table
                if row["row_no"] not in corpus.refused[name]:
                    corpus.report.add(
                        problem(
                            rule_id,
                            corpus.place(name, row["row_no"]),
                            in_words(row["found"]),
                            in_words(row["expected"]),
                            table=name,
                            record_id=str(row["record_id"] or ""),
                            column=row["column_name"],
                        )
                    )


_JOINED = frozenset(("sources", "articles", "events", "mentions"))
"""The tables that tell which rows belong to a page."""


def _take(corpus: Corpus, finding: PageFinding) -> None:
    """Put into the report what a rule says of a page."""
    rule_id, name, row, record_id, column, cell, expected = finding
    if not name:
        raise RuleFailed.of(rule_id, cell) from Traced(expected)
    if record_id:
        if row not in corpus.refused[name]:
            place = corpus.place(name, row)
            corpus.report.add(problem(rule_id, place, cell, expected, table=name, record_id=record_id, column=column))
    else:
        why = breaks(corpus.place(name, row), cell, column) if column else not_read([name])
        corpus.report.hold([rule_id], why)


def _run_page_rules(corpus: Corpus, tell: Progress) -> None:
    """Every rule over running text, page by page."""
    report = corpus.report
    rules = page_rules(report.ran.__contains__)
    unread = corpus.lost & _JOINED
    if unread:
        report.hold(rules, not_read(unread))
    if not rules or unread:
        return
    done, total = 0, sum(part.rows for part in corpus.parts["sources"]) or 1
    _, run = shares(report.ran.__contains__)
    for pages, findings in corpus.page_findings(rules):
        for finding in findings:
            _take(corpus, finding)
        done += pages
        tell.tell("checking the pages", run + (1 - run) * done / total)


def _count_filled(name: str, columns: list[str]) -> str:
    return f"SELECT count(*) AS n FROM {name} WHERE {' OR '.join(f'{column} IS NOT NULL' for column in columns)}"


def _tell_unfilled(corpus: Corpus) -> None:
    """Tables without a row to which rows of others point: one problem, in place of one for each of those rows."""
    rows = dict(corpus.rows())
    for declared in TABLES:
        if rows[declared.name] or declared.name in corpus.lost:
            continue
        pointing = {
            child: next(iter(corpus.engine.select(_count_filled(child, columns))))["n"]
            for child, columns in references_to(declared.name).items()
            if rows[child]
        }
        if any(pointing.values()):
            corpus.unfilled.add(declared.name)
            parts = corpus.parts[declared.name]
            place = Place(parts[0].part.name if parts else f"{declared.name}.jsonl")
            corpus.report.add(unfilled(declared.name, place, pointing))


def run_rules(corpus: Corpus, tell: Progress) -> None:
    """Every rule beyond single rows that the report is to run.

    Raises ``RuleFailed`` for a rule that comes to no end.
    """
    _tell_unfilled(corpus)
    _run_selects(corpus, tell)
    _run_page_rules(corpus, tell)
    corpus.report.problems = each_cause_once(corpus.report.problems)


def begun_corpus(folder: Path, options: Options) -> Report:
    """The report on a folder of tables, before any is read: its sums, where it has them.

    Raises ``CannotRun`` where none of the rules that are asked for applies.
    """
    from lingang.check.released import check_facts, check_sums

    published = is_published(folder)
    kind: Kind = "a published folder of tables" if published else "a folder of tables"
    report = begun(kind, options.chosen, keep=options.keep)
    check_facts(folder, report)
    if published:
        check_sums(folder, report)
    return report


def check_corpus(folder: Path, options: Options) -> Report:
    """The report on a folder of tables as JSON Lines or Parquet; raises ``CannotRun`` where it holds none, and where
    none of the rules that are asked for applies."""
    report, tell = begun_corpus(folder, options), Progress()
    with temporary() as work:
        try:
            with opened(folder, work, options, report, tell) as corpus:
                run_rules(corpus, tell)
                report.read = [(name, rows if corpus.parts[name] else None) for name, rows in corpus.rows()]
        finally:
            tell.close()
    return report
