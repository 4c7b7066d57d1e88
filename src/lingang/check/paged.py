"""Rules in Python put to a dataset page by page: each page with its own rows and the forms of the registries, and what
all pages make together once. What was found on a page holds as long as its rows, those forms, the lexicon and the
rules are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lingang.check.kept import toolkit
from lingang.files.cache import Cache, key_of
from lingang.lexicon import Lexicon
from lingang.rules.coverage import Coverage, coverage, together
from lingang.rules.python import PYTHON_RULES
from lingang.rules.rule import Finding, PythonRule
from lingang.rules.scope import Chosen, over_tables
from lingang.rules.sound import Found, Outcome, put_to
from lingang.tables import TABLES, table
from lingang.tables.arrow import arrow_schema
from lingang.tables.view import Row, View

__all__ = ["Look", "look_at"]

_REGISTRIES = ("people", "organizations", "places", "campaigns")
_FORMS = ("name", "aliases", "source_ids", "article_ids")
"""What of a registry may tell something of a page: the printed forms of its records, and where they mean them."""
_OF_NO_PAGE = ("words", "labels")
_MAYBE_OF_NONE = ("accepted", "readings")
"""Tables of which some rows are of no page: what is accepted of a registry, what was read of one."""

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Cells = dict[str, bytes]
"""The rows of one page as Arrow batches, by table; none of a table of which it has no row."""
Result = dict[str, Any]
"""What was found on one page, as plain JSON: ``rules``, by id the findings; ``reads``, by id the tables that the rule
looked into; ``coverage``, ``null`` where its rows do not hold together."""


@dataclass(slots=True)
class _Parts:
    """By table the numbers of the rows in the order of their pages, and where in that order each page begins."""

    sources: list[str]
    order: dict[str, Numbers]
    starts: dict[str, Numbers]

    def rows(self, name: str, page: int) -> Numbers:
        return self.order[name][self.starts[name][page] : self.starts[name][page + 1]]


def _numbers(values: Numbers) -> pa.Array:
    """Whole numbers as Arrow has them; ``pa.array`` would import pandas."""
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])


def _codes(found: pa.Array) -> Numbers:
    """Whole numbers of 32 bits that Arrow has, -1 for a null."""
    values = np.frombuffer(found.buffers()[1], np.int32, len(found), found.offset * 4).astype(np.int64)
    if not found.null_count:
        return values
    filled = np.unpackbits(np.frombuffer(found.buffers()[0], np.uint8), bitorder="little")
    return np.where(filled[found.offset : found.offset + len(found)], values, -1)


def _looked_up(values: pa.ChunkedArray, keys: pa.ChunkedArray, pages: Numbers) -> Numbers:
    """The page of the record that each value is the key of; -1 for none."""
    if not len(values) or not len(keys):
        return np.full(len(values), -1)
    at = _codes(pc.index_in(values.combine_chunks(), value_set=keys.combine_chunks()))
    return np.where(at >= 0, pages[at], -1)


def _named(names: pa.ChunkedArray) -> dict[str, Numbers]:
    """By name, of those that stand in a column, the numbers of the rows that have it."""
    if not len(names):
        return {}
    encoded = names.combine_chunks().dictionary_encode()
    codes = _codes(encoded.indices)
    return {name: np.flatnonzero(codes == code) for code, name in enumerate(encoded.dictionary.to_pylist())}


def _page_of_record(rows: pa.Table, arrow: Mapping[str, pa.Table], pages: Mapping[str, Numbers]) -> Numbers:
    """The page of the record that each row names by ``table_name`` and ``record_id``; -1 for none."""
    out = np.full(rows.num_rows, -1)
    for name, mine in _named(rows["table_name"]).items():
        if name in pages:
            out[mine] = _looked_up(rows["record_id"], arrow[name].column(0), pages[name])[mine]
    return out


def _pages(arrow: Mapping[str, pa.Table]) -> dict[str, Numbers]:
    """By table the number of the page of each row."""
    sources = arrow["sources"]["source_id"]
    out: dict[str, Numbers] = {}
    for column, other in (("source_id", "sources"), ("article_id", "articles"), ("event_id", "events")):
        for declared in TABLES:
            if declared.name not in (*_REGISTRIES, *out) and column in declared.names:
                known = out.get(other, np.arange(len(sources)))
                out[declared.name] = _looked_up(arrow[declared.name][column], arrow[other].column(0), known)
    out["readings"] = _page_of_record(arrow["readings"], arrow, out)
    return out


def _holds_together(arrow: Mapping[str, pa.Table], pages: Mapping[str, Numbers]) -> bool:
    """Whether every row has a key of its own and points to no other page."""
    for name, rows in arrow.items():
        if rows.column(0).null_count or pc.count_distinct(rows.column(0)).as_py() != rows.num_rows:
            return False
        own = pages.get(name)
        if own is None:
            continue
        if name not in _MAYBE_OF_NONE and (own < 0).any():
            return False
        other = [
            _looked_up(rows[column.name], arrow[to].column(0), pages[to])
            for column in table(name).columns
            if (to := column.references) is not None and to in pages
        ]
        other += [_page_of_record(rows, arrow, pages)] if name == "evidence" else []
        if any(((found >= 0) & (found != own)).any() for found in other):
            return False
    return True


def _parted(arrow: Mapping[str, pa.Table]) -> _Parts | None:
    """The rows of each page; ``None`` where pages cannot be told apart, or there is but one."""
    if arrow["sources"].num_rows < 2 or set(arrow) != {known.name for known in TABLES}:
        return None
    pages = _pages(arrow)
    if not _holds_together(arrow, pages):
        return None
    sources = arrow["sources"]["source_id"].to_pylist()
    order = {name: np.argsort(own, kind="stable") for name, own in pages.items()}
    edges = np.arange(len(sources) + 1)
    starts = {name: np.searchsorted(pages[name][order[name]], edges) for name in pages}
    return _Parts(sources, order, starts)


def _cells(arrow: Mapping[str, pa.Table], parts: _Parts) -> list[Cells]:
    """The rows of each page, the same bytes for the same rows: each is taken out, for a slice of a longer batch would
    bring some of its neighbours along."""
    out: list[Cells] = [{} for _ in parts.sources]
    for name in parts.order:
        for page, cells in enumerate(out):
            numbers = parts.rows(name, page)
            if len(numbers):
                (batch,) = arrow[name].take(_numbers(numbers)).combine_chunks().to_batches()
                cells[name] = batch.serialize().to_pybytes()
    return out


def _forms(arrow: Mapping[str, pa.Table]) -> dict[str, list[Row]]:
    """The registries with their forms alone, every other cell empty."""
    out: dict[str, list[Row]] = {}
    for name in _REGISTRIES:
        declared = table(name)
        kept = [declared.key, *(column for column in _FORMS if column in declared.names)]
        empty = dict.fromkeys(declared.names)
        out[name] = [empty | row for row in arrow[name].select(kept).to_pylist()]
    return out


def _as_json(finding: Finding, rows: Mapping[str, list[Row]]) -> list[object]:
    record = rows[finding.table][finding.row_no][table(finding.table).key]
    return [finding.table, record, *finding[2:]]


def _look_at_page(
    cells: Cells, forms: dict[str, list[Row]], lexicon: Lexicon | None, numbers: Sequence[int]
) -> Result | None:
    """What some rules find on one page; ``None`` where one of them could not look at it alone."""
    rows: dict[str, list[Row]] = {known.name: [] for known in TABLES} | forms
    for name, data in cells.items():
        rows[name] = pa.ipc.read_record_batch(pa.py_buffer(data), arrow_schema(name)).to_pylist()
    view = View(rows.__getitem__, lexicon)
    found: dict[str, list[list[object]]] = {}
    reads: dict[str, list[str]] = {}
    for number in numbers:
        entry = PYTHON_RULES[number]
        outcome = put_to(entry, view, rows.__getitem__)
        if not _looked(outcome):
            return None
        told = [one for one in outcome.findings if entry.of_registries is None or one.table not in _REGISTRIES]
        if told:
            found[entry.rule.id] = [_as_json(one, rows) for one in told]
        reads[entry.rule.id] = sorted(outcome.reads)
    return {"rules": found, "reads": reads, "coverage": _covered(view)}


def _looked(outcome: Outcome) -> bool:
    return (outcome.broken, outcome.unread, outcome.left_out, outcome.failure) == (None, None, None, None)


def _covered(view: View) -> list[Coverage] | None:
    try:
        return coverage(view, several=True)
    except MemoryError:
        raise
    except Exception:  # of rows that do not hold together; where there is no error, all rows are looked at together
        return None


def look_at(
    forms: dict[str, list[Row]], lexicon: Lexicon | None, numbers: Sequence[int], pages: Sequence[tuple[int, Cells]]
) -> list[tuple[int, Result | None]]:
    """What some rules find on each of some pages."""
    return [(page, _look_at_page(cells, forms, lexicon, numbers)) for page, cells in pages]


@dataclass(slots=True)
class Look:
    """The pages of a dataset, and what rules found on them: on some in an earlier run."""

    arrow: Mapping[str, pa.Table]
    lexicon: Lexicon | None
    numbers: list[int]
    parts: _Parts
    cells: list[Cells]
    forms: dict[str, list[Row]]
    keys: list[str] = field(default_factory=list)
    results: dict[int, Result] = field(default_factory=dict)
    fresh: list[int] = field(default_factory=list)
    """The pages that no earlier run looked at as they are."""
    ill: set[int] = field(default_factory=set)
    alone: bool = True
    """Whether each page could be looked at alone."""

    @classmethod
    def of(
        cls, arrow: Mapping[str, pa.Table], lexicon: Lexicon | None, chosen: Chosen, cache: Cache | None
    ) -> Look | None:
        """The pages of some tables; ``None`` where they cannot be looked at one by one."""
        parts = _parted(arrow)
        if parts is None:
            return None
        forms = _forms(arrow)
        by_page = [number for number, entry in enumerate(PYTHON_RULES) if entry.by_page and chosen(entry.rule.id)]
        look = cls(arrow, lexicon, by_page, parts, _cells(arrow, parts), forms)
        if cache is not None:
            words = lexicon.to_json() if lexicon is not None else ""
            asked = json.dumps([sorted(filter(chosen, over_tables())), forms])
            told = key_of(["pages", toolkit(), words, asked])
            look.keys = [
                key_of([told, *(part for name in sorted(cells) for part in (name, cells[name]))])
                for cells in look.cells
            ]
            ids = [PYTHON_RULES[number].rule.id for number in by_page]
            known = {page: cache.get(key) for page, key in enumerate(look.keys)}
            look.results = {page: result for page, result in known.items() if _is_result(result, ids)}
        look.fresh = [page for page in range(len(look.cells)) if page not in look.results]
        return look

    def fresh_rows(self, name: str) -> Iterable[tuple[int, Row]]:
        """The rows of a table that no earlier run looked at, each with its number; of what is of no page all."""
        rows = self.arrow[name]
        if not self.results or name not in self.parts.order:
            return enumerate(rows.to_pylist())
        none = self.parts.order[name][: self.parts.starts[name][0]]
        numbers = np.sort(np.concatenate([none, *(self.parts.rows(name, page) for page in self.fresh)]))
        return zip(numbers.tolist(), rows.take(_numbers(numbers)).to_pylist(), strict=True)

    def refuse(self, name: str, number: int) -> None:
        """A row that does not fit its declaration: its page is looked at again by the next run."""
        if name in self.parts.order:
            at = int(np.flatnonzero(self.parts.order[name] == number)[0])
            self.ill.add(int(np.searchsorted(self.parts.starts[name], at, side="right")) - 1)

    def outcomes(self, results: Sequence[tuple[int, Result | None]], numbers: Iterable[int]) -> list[Found] | None:
        """What came of the rules in Python, with what was found on the fresh pages; ``None`` where all rows must be
        looked at together, and nothing is kept."""
        self.results |= {page: result for page, result in results if result is not None}
        found = self._together(numbers) if len(self.results) == len(self.cells) else None
        self.alone = found is not None
        return found

    def _together(self, numbers: Iterable[int]) -> list[Found] | None:
        rows = _Lists(self.arrow, self.parts.order["readings"][: self.parts.starts["readings"][0]])
        whole, own = View(rows.__getitem__, self.lexicon), View(rows.of_registries, self.lexicon)
        out = []
        for number in numbers:
            entry = PYTHON_RULES[number]
            if not entry.by_page:
                out.append((number, put_to(entry, whole, rows.__getitem__)))
                continue
            outcome = self._of_pages(entry)
            if entry.of_registries is not None:
                together = put_to(PythonRule(entry.rule, entry.of_registries), own, rows.of_registries)
                if not _looked(together):
                    return None
                found = [one._replace(row_no=rows.number(one)) for one in together.findings]
                outcome = Outcome(outcome.findings + found, outcome.reads | together.reads)
            out.append((number, outcome))
        return out

    def _of_pages(self, entry: PythonRule) -> Outcome:
        """What a rule found on the pages, in the order of the rows."""
        rule_id = entry.rule.id
        told = [one for page in sorted(self.results) for one in self.results[page]["rules"].get(rule_id, ())]
        numbers: dict[str, dict[str, int]] = {}
        for name in {one[0] for one in told}:
            keys = self.arrow[name].column(0).to_pylist()
            numbers[name] = dict(zip(keys, range(len(keys)), strict=True))
        findings = [
            Finding(name, numbers[name][record], column, found, expected, tuple(span) if span else None)
            for name, record, column, found, expected, span in told
        ]
        findings.sort(key=lambda one: one.row_no)
        if entry.once is not None:
            firsts: dict[str, Finding] = {}
            for one in findings:
                firsts.setdefault(entry.once(one), one)
            findings = list(firsts.values())
        return Outcome(findings, frozenset().union(*(result["reads"][rule_id] for result in self.results.values())))

    def coverage(self) -> list[Coverage] | None:
        """What the pages hold together; ``None`` where it was not told of each."""
        told = [self.results[page]["coverage"] for page in sorted(self.results)]
        if None in told or not self.alone:
            return None
        return together([Coverage(kind, seen, held, tuple(missed)) for kind, seen, held, missed in one] for one in told)

    def keep(self, cache: Cache) -> None:
        """Keep what was found on the fresh pages."""
        if self.alone:
            for page in set(self.fresh) - self.ill:
                cache.put(self.keys[page], self.results[page])
            cache.close()


def _is_result(value: Any, asked: Iterable[str]) -> bool:
    """Whether a value that was kept is of the form of what was found on a page by rules of these ids."""
    if not isinstance(value, dict) or value.keys() != {"rules", "reads", "coverage"}:
        return False
    rules, reads, covered = value["rules"], value["reads"], value["coverage"]
    if not isinstance(rules, dict) or not isinstance(reads, dict) or reads.keys() != set(asked):
        return False
    found = [one for findings in rules.values() if isinstance(findings, list) for one in findings]
    whole = all(isinstance(one, list) and len(one) == len(Finding._fields) for one in found)
    return whole and all(isinstance(names, list) for names in reads.values()) and isinstance(covered, list | None)


class _Lists:
    """The rows of whole tables, made once; of evidence and readings those alone that are about registries."""

    def __init__(self, arrow: Mapping[str, pa.Table], readings: Numbers) -> None:
        self._arrow = arrow
        self._made: dict[str, list[Row]] = {}
        about = _named(arrow["evidence"]["table_name"])
        own = [about[name] for name in _REGISTRIES if name in about]
        self._numbers = {"evidence": np.sort(np.concatenate([readings[:0], *own])), "readings": readings}

    def __getitem__(self, name: str) -> list[Row]:
        if name not in self._made:
            self._made[name] = self._arrow[name].to_pylist()
        return self._made[name]

    def of_registries(self, name: str) -> list[Row]:
        own = f"{name} of registries"
        if name not in self._numbers:
            return self[name]
        if own not in self._made:
            self._made[own] = self._arrow[name].take(_numbers(self._numbers[name])).to_pylist()
        return self._made[own]

    def number(self, finding: Finding) -> int:
        """The number in its whole table of a row that ``of_registries`` gave."""
        numbers = self._numbers.get(finding.table)
        return finding.row_no if numbers is None else int(numbers[finding.row_no])
