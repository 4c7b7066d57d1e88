"""The published tables against the raw page, with nothing of the project: a few lines of plain Python.

Whoever doubts the toolkit can run these lines on a release.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "lingang" / "data"
PAGE = (ROOT / "raw" / "000_12cb73f56a8ba074.txt").read_bytes().decode("utf-8")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def without_space(text: str) -> str:
    return "".join(text.split())


def test_the_page_is_the_pinned_one() -> None:
    pinned = (ROOT / "raw" / "SHA256SUMS").read_text().split()[0]
    assert hashlib.sha256((ROOT / "raw" / "000_12cb73f56a8ba074.txt").read_bytes()).hexdigest() == pinned
    assert pinned == "fefd582718c90dce8cc58a01d76f28f6340a2244981c2f872ae8ce6b5d52c6e9"
    assert rows("sources")[0]["text"] == PAGE


def test_each_character_that_is_not_space_lies_in_exactly_one_segment() -> None:
    covered = Counter(index for row in rows("segments") for index in range(row["raw_start"], row["raw_end"]))
    assert all(covered[index] == 1 for index, char in enumerate(PAGE) if not char.isspace())
    assert all(count == 1 for count in covered.values())


def test_each_evidence_row_quotes_the_page() -> None:
    evidence = rows("evidence")
    assert len(evidence) > 700
    for row in evidence:
        assert 0 <= row["raw_start"] < row["raw_end"] <= len(PAGE)
        assert row["quote"] == without_space(PAGE[row["raw_start"] : row["raw_end"]])


def test_each_stated_value_is_its_quote() -> None:
    keys = {name: next(iter(rows(name)[0])) for name in ("events", "positions", "quotations", "documents", "figures")}
    keys["participations"] = "participation_id"
    cells = {
        (name, row[key], column): value
        for name, key in keys.items()
        for row in rows(name)
        for column, value in row.items()
    }
    quoted = {
        "trigger",
        "about",
        "date_raw",
        "title_raw",
        "group_label",
        "award",
        "cue",
        "text",
        "title",
        "unit",
        "label",
        "name",
    }
    seen = 0
    for row in rows("evidence"):
        value = cells.get((row["table_name"], row["record_id"], row["column_name"]))
        if row["basis"] != "stated" or row["column_name"] not in quoted or value is None:
            continue
        seen += 1
        if isinstance(value, list):
            assert row["quote"] in map(without_space, value)
        else:
            assert row["quote"] == without_space(value)
    assert seen > 100


def test_each_mention_stands_on_the_page_and_in_the_reading_text() -> None:
    texts = {row["article_id"]: row["text"] for row in rows("articles")}
    for row in rows("mentions"):
        assert without_space(PAGE[row["raw_start"] : row["raw_end"]]) == row["surface"]
        if row["text_start"] is not None:
            assert without_space(texts[row["article_id"]][row["text_start"] : row["text_end"]]) == row["surface"]


@pytest.mark.parametrize("person", rows("people"), ids=lambda row: row["person_id"])
def test_a_person_is_mentioned_as_often_as_the_name_is_printed(person: dict[str, Any]) -> None:
    mentions = [row for row in rows("mentions") if row["entity_id"] == person["person_id"]]
    assert len(mentions) == without_space(PAGE).count(person["name"])
