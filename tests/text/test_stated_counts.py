"""A stated count against a printed list: a list that ends in 等 never counts as complete."""

from __future__ import annotations

import pytest
from test_cases import edited

from lingang.check.root import check_tables
from lingang.tables.arrow import Tables

FIGURE = {"name": "figures", "record": "micro-lesson-contest-figure-01"}
LISTED = {"name": "participations", "where": {"award": "一等奖"}}
ISSUE = {"name": "issues", "where": {"article_id": "micro-lesson-contest", "kind": "inconsistency"}, "drop": True}


@pytest.mark.long
@pytest.mark.parametrize(
    ("counted", "goes_on", "differs"), [(2, False, False), (3, False, True), (3, True, False), (2, True, True)]
)
def test_two_names_against_a_count(tables: Tables, counted: int, goes_on: bool, differs: bool) -> None:
    edits = [ISSUE]
    edits += [{**FIGURE, "set": {"value": counted}}] if counted != 3 else []
    edits += [{**LISTED, "set": {"list_open": True}}] if goes_on else []
    found = {problem.rule for problem in check_tables(edited(tables, edits))}
    assert ("NUM003" in found) == differs
