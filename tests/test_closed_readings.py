"""docs/CLOSED_READINGS.md: two readings from the codebook alone, compared with each other and with the records."""

from __future__ import annotations

import closed_readings
import pytest
from closed_readings import Reading, differences, f1


@pytest.fixture(scope="module")
def found() -> dict[str, Reading]:
    return closed_readings.readings()


@pytest.mark.long
def test_the_page_is_that_of_a_fresh_run(found: dict[str, Reading]) -> None:
    assert closed_readings.PAGE.read_text(encoding="utf-8") == closed_readings.page(found)


def test_rows_are_matched_by_what_the_page_prints(found: dict[str, Reading]) -> None:
    """Read by hand in the two roots: both have the same triggers, and one more background figure stands in b."""
    a, b = found["a"].tables, found["b"].tables
    assert len(a["events"]) == len(b["events"]) == len(a["events"].keys() & b["events"].keys()) == 13
    assert len(a["figures"]) == 14 and len(b["figures"]) == 16
    assert f1(a["figures"], b["figures"]) == pytest.approx(2 * 14 / 30)


def test_a_row_that_one_reader_lacks_and_a_cell_that_differs_are_told(found: dict[str, Reading]) -> None:
    a = found["a"]
    key = next(iter(a.tables["people"]))
    less = {name: dict(rows) for name, rows in a.tables.items()}
    del less["people"][key]
    event = next(iter(less["events"]))
    less["events"][event] = {**less["events"][event], "kind": "other"}
    assert [(table, one, other) for _, table, _, one, other in differences(a, Reading(less))] == [
        ("people", "has it", "–"),
        ("events.kind", a.tables["events"][event]["kind"], "other"),
    ]
    assert list(differences(a, a)) == []
