"""Rules over running text, page by page: each page with its rows and the registry records that it names."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from lingang.files.contents import LEXICON
from lingang.lexicon import Lexicon, for_language, from_json
from lingang.problems import Place, Problem, Report
from lingang.rules.acceptances import settle
from lingang.rules.catalogue import ALIASES, catalogue, problem
from lingang.rules.python import PYTHON_RULES
from lingang.rules.rule import Finding, PythonRule
from lingang.rules.scope import FAMILIES, Chosen
from lingang.rules.sound import put_to
from lingang.tables import TABLES, table
from lingang.tables.view import View

__all__ = ["PageFinding", "PageRow", "check_page", "check_pages", "own_lexicon", "page_rows", "page_rules"]

REGISTRIES = ("people", "organizations", "places", "campaigns")
_OF_ALL_PAGES = frozenset(("EVI008", "EVI018", "EVI020"))
"""Rules that compare a cell of a registry with all that the pages say of its record: they are put to records that one
page alone names."""
NAMED_ONCE = (
    "SELECT entity_table, entity_id, min(source_id) AS source_id FROM mentions JOIN articles USING (article_id) "
    "GROUP BY entity_table, entity_id HAVING min(source_id) = max(source_id)"
)
"""A SELECT of the registry records that one page alone names, with that page."""
_ALONE = "named_once"
_DATES = {known.name: [column.name for column in known.columns if column.type == "date32"] for known in TABLES}

PageRow = tuple[str, str, int, str]
"""``(source_id, table, row number in the corpus, the row as JSON)``"""
Rows = dict[str, list[dict[str, Any]]]


class PageFinding(NamedTuple):
    """A cell that a rule refuses; ``row_no`` is the number of its row in the corpus, from 0.

    Where the rule could not look, ``record_id`` is empty: for a table that could not be read (``column`` is empty too),
    or for a row that breaks what ``found`` names. Where it failed, ``table`` is empty as well, ``found`` says how, and
    ``expected`` holds the traceback.
    """

    rule: str
    table: str
    row_no: int
    record_id: str
    column: str
    found: str
    expected: str


def page_rules(chosen: Chosen) -> tuple[str, ...]:
    """The ids of the rules in Python that a corpus is put to."""
    return tuple(e.rule.id for e in PYTHON_RULES if e.rule.family in FAMILIES and chosen(e.rule.id))


def _cells(name: str, engine: str) -> str:
    """SQL for a row as JSON: an object, or with DuckDB, which has JSON lists of all types, the list of its values."""
    mark = "`" if engine == "spark" else '"'
    cells = ", ".join(f"{name}.{mark}{column}{mark}" for column in table(name).names)
    return (
        f"to_json(struct({cells}), map('ignoreNullFields', 'false'))" if engine == "spark" else f"json_array({cells})"
    )


def page_rows(engine: Literal["duckdb", "spark"]) -> str:
    """A SELECT of every row of the pages whose ids stand in ``pages_now``, page after page: ``PageRow``.

    A registry record belongs to each page that mentions it, and so do the records above it. What is of no page is
    left out. Of ``NAMED_ONCE``, which stands as a table of that name, come rows under that name.
    """
    articles = "(SELECT article_id, source_id FROM articles JOIN pages_now USING (source_id)) AS items"
    events = f"(SELECT event_id, source_id FROM events JOIN {articles} USING (article_id)) AS acts"
    out = []
    for declared in TABLES:
        name = declared.name
        if name in REGISTRIES:
            joined = f"JOIN ({_used(name, articles)}) AS used ON entity_id = {declared.key}"
        elif "source_id" in declared.names:
            joined = "JOIN pages_now USING (source_id)"
        elif "article_id" in declared.names:
            joined = f"JOIN {articles} USING (article_id)"
        elif "event_id" in declared.names:
            joined = f"JOIN {events} USING (event_id)"
        else:
            continue  # of no page: words, labels, readings
        cells = f"{name}.row_no, {_cells(name, engine)} AS cells"
        out.append(f"SELECT source_id, '{name}' AS table_name, {cells} FROM {name} {joined}")
    record = "array(entity_table, entity_id)" if engine == "spark" else "[entity_table, entity_id]"
    once = f"SELECT source_id, '{_ALONE}' AS table_name, 0 AS row_no, to_json({record}) AS cells"
    out.append(f"{once} FROM {_ALONE} JOIN pages_now USING (source_id)")
    return " UNION ALL ".join(out) + " ORDER BY 1, 2, 3"


def _used(name: str, articles: str) -> str:
    """A SELECT of the records of a registry that the pages name, and of those above them."""
    known = table(name)
    used = (
        f"SELECT DISTINCT source_id, entity_id FROM mentions JOIN {articles} USING (article_id) "
        f"WHERE entity_table = '{name}'"
    )
    parent = next((column.name for column in known.columns if column.references == name), None)
    for _ in range(2 if parent else 0):
        used = (
            f"SELECT source_id, entity_id FROM ({used}) AS used UNION SELECT source_id, {parent} "
            f"FROM ({used}) AS used JOIN {name} ON {known.key} = entity_id WHERE {parent} IS NOT NULL"
        )
    return used


def _read(rows: list[PageRow], lost: frozenset[str]) -> tuple[Rows, dict[str, list[int]], set[tuple[str, str]]]:
    """The rows of one page by table, and their numbers in the corpus, none of the ``lost`` tables; and the registry
    records that no other page names."""
    values: Rows = {known.name: [] for known in TABLES}
    numbers: dict[str, list[int]] = {known.name: [] for known in TABLES}
    alone: set[tuple[str, str]] = set()
    for name, group in groupby(rows, key=itemgetter(1)):
        of_table = list(group)
        if name == _ALONE:
            alone = {tuple(json.loads(row[3])) for row in of_table}
            continue
        if name in lost:
            continue
        cells = json.loads(f"[{','.join(row[3] for row in of_table)}]")
        columns = table(name).names
        values[name] = [row if isinstance(row, dict) else dict(zip(columns, row, strict=True)) for row in cells]
        numbers[name] = [row[2] for row in of_table]
        for column in _DATES[name]:
            for row in values[name]:
                row[column] = None if row[column] is None else date.fromisoformat(row[column])
    return values, numbers, alone


def _put_to(
    entry: PythonRule, data: View, values: Rows, numbers: dict[str, list[int]], alone: set[tuple[str, str]]
) -> list[PageFinding]:
    rule_id, outcome = entry.rule.id, put_to(entry, data, values.__getitem__)
    found = [
        one
        for one in outcome.findings
        if rule_id not in _OF_ALL_PAGES
        or one.table not in REGISTRIES
        or (one.table, values[one.table][one.row_no][table(one.table).key]) in alone
    ]
    if outcome.failure is not None:
        return [PageFinding(rule_id, "", 0, "", "", outcome.failure, outcome.trace)]
    if outcome.unread is not None:
        return [PageFinding(rule_id, outcome.unread, 0, "", "", "", "")]
    if outcome.broken is not None:
        name, at, rule, column = outcome.broken
        return [PageFinding(rule_id, name, numbers[name][at], "", column, rule, "")]
    return [
        PageFinding(rule_id, name, numbers[name][at], str(values[name][at][table(name).key]), column, cell, expected)
        for name, at, column, cell, expected, _ in _not_accepted(rule_id, found, data, values)
    ]


def _not_accepted(rule_id: str, found: list[Finding], data: View, values: Rows) -> list[Finding]:
    """The findings but the advice that the page accepts."""
    if not values["accepted"] or catalogue()[rule_id].level == "requirement":
        return found
    problems = {
        Problem(
            rule_id,
            str(number),
            Place(""),
            severity="warning",
            table=one.table,
            record_id=str(values[one.table][one.row_no][table(one.table).key]),
            column_name=one.column,
            span=one.span,
        ): one
        for number, one in enumerate(found)
    }
    return [problems[kept] for kept in settle(data, problems, ALIASES).kept]


def own_lexicon(folder: Path, report: Report) -> str | None:
    """The text of the lexicon that lies beside the tables, ``None`` where there is none or it cannot be read, which is
    told."""
    path = folder / LEXICON
    if not path.is_file():
        return None
    data = path.read_bytes()
    lexicon, problems = from_json(data, LEXICON)
    report.extend(problem(found.rule, found.place, found.found, found.expected) for found in problems)
    return data.decode() if lexicon is not None else None


@lru_cache(maxsize=1)
def _own(lexicon: str) -> Lexicon | None:
    return from_json(lexicon.encode(), LEXICON)[0]


def check_page(
    rows: list[PageRow], rules: tuple[str, ...], lost: frozenset[str] = frozenset(), lexicon: str | None = None
) -> list[PageFinding]:
    """What the rules refuse on one page, of whose tables the ``lost`` ones are not to be looked at.

    ``lexicon`` is that of the corpus as JSON; without one a page is read with the layer of its language.
    """
    values, numbers, alone = _read(rows, lost)
    language = next((row["language"] for row in values["sources"]), None)
    own = _own(lexicon) if lexicon is not None else for_language(str(language))
    data = View(values.__getitem__, own, lost)
    entries = (entry for entry in PYTHON_RULES if entry.rule.id in rules)
    return [finding for entry in entries for finding in _put_to(entry, data, values, numbers, alone)]


def check_pages(
    stream: bytes, rules: tuple[str, ...], lost: frozenset[str] = frozenset(), lexicon: str | None = None
) -> list[PageFinding]:
    """What the rules refuse on some pages, whose rows come as an Arrow stream."""
    columns = pa.ipc.open_stream(stream).read_all().columns
    rows = zip(*(column.to_pylist() for column in columns), strict=True)
    pages = groupby(rows, key=itemgetter(0))
    return [finding for _, page in pages for finding in check_page(list(page), rules, lost, lexicon)]
