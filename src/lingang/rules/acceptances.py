"""Advice that a reader overruled: which finding each acceptance silences, and those that silence none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lingang.problems import Problem
from lingang.tables.view import Row, View

__all__ = ["Settled", "settle", "spans_of"]

Span = tuple[str, int, int]
"""``(source_id, raw_start, raw_end)``"""


def spans_of(view: View, problem: Problem) -> list[Span]:
    """Where on a page a problem stands: its own span, the row's, or the evidence of its cell or record."""
    if problem.span is not None:
        return [problem.span]
    row = view.by_key(problem.table).get(problem.record_id) if problem.table else None
    if row is None:
        return []
    if row.get("raw_start") is not None:
        source = row.get("source_id") or view.articles.get(str(row.get("article_id")), {}).get("source_id")
        return [(str(source), row["raw_start"], row["raw_end"])]
    cell = view.evidence.get((problem.table, problem.record_id, problem.column_name))
    proofs = cell or [proof for proof in view["evidence"] if _is_of(proof, problem)]
    return [(proof["source_id"], proof["raw_start"], proof["raw_end"]) for proof in proofs]


def _is_of(proof: Mapping[str, Any], problem: Problem) -> bool:
    return bool(proof["table_name"] == problem.table and proof["record_id"] == problem.record_id)


def _silences(accepted: Row, problem: Problem, spans: Callable[[Problem], list[Span]]) -> bool:
    if accepted["rule"] != problem.rule:
        return False
    if accepted["record_id"] is not None:
        return bool((accepted["table_name"], accepted["record_id"]) == (problem.table, problem.record_id))
    source, start, end = accepted["source_id"], accepted["raw_start"], accepted["raw_end"]
    return any(source == known and start < last and first < end for known, first, last in spans(problem))


class Settled:
    """Problems that remain, problems that were accepted, and the numbers of the acceptances that silence nothing."""

    def __init__(self, kept: list[Problem], accepted: list[Problem], idle: list[int]) -> None:
        self.kept, self.accepted, self.idle = kept, accepted, idle


def settle(view: View, problems: Iterable[Problem], aliases: Mapping[str, str]) -> Settled:
    """Part the problems by the acceptances of the tables. Errors cannot be accepted; an acceptance silences one advice,
    that of its rule at its place; ``aliases`` are old ids of rules with their new ones."""
    rows = [row | {"rule": aliases.get(row["rule"], row["rule"])} for row in view["accepted"]]
    used: set[int] = set()
    kept: list[Problem] = []
    accepted: list[Problem] = []

    def spans(problem: Problem) -> list[Span]:
        return spans_of(view, problem)

    for problem in problems:
        silencing = [row["row_no"] for row in rows if problem.severity == "warning" and _silences(row, problem, spans)]
        used |= set(silencing)
        (accepted if silencing else kept).append(problem)
    return Settled(kept, accepted, [row["row_no"] for row in rows if row["row_no"] not in used])
