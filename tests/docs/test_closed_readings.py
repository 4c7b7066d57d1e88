"""docs/CLOSED_READINGS.md: two readings from the codebook alone, compared with the records, each difference decided."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import closed_readings
import lingang
from closed_readings import Difference, Reading, decided, differences, f1

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def found() -> dict[str, Reading]:
    return closed_readings.readings()


@pytest.mark.long
def test_the_page_is_that_of_a_fresh_run(found: dict[str, Reading]) -> None:
    assert closed_readings.PAGE.read_text(encoding="utf-8") == closed_readings.page(found)


@pytest.mark.long
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
    apart = differences({"a": a, "less": Reading(less), "more": a})
    kind = a.tables["events"][event]["kind"]
    assert {(found.table, found.cells) for found in apart} == {
        ("people", ("has it", "–", "has it")),
        ("events.kind", (kind, "other", kind)),
    }
    assert differences({"a": a, "too": a}) == []


def test_no_private_person_is_named(found: dict[str, Reading]) -> None:
    names = [name for (name,), row in found["records"].tables["people"].items() if row["public_role"] == "private"]
    assert len(names) == 2
    for name in names:
        assert name not in closed_readings.PAGE.read_text(encoding="utf-8")
        assert name not in closed_readings.DECISIONS.read_text(encoding="utf-8")


def written(folder: Path, entries: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "decisions.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(closed_readings, "DECISIONS", folder / "decisions.yaml")


def test_a_difference_without_a_decision_and_the_reverse_stop_the_page(
    found: dict[str, Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = yaml.safe_load(closed_readings.DECISIONS.read_text(encoding="utf-8"))
    apart = differences(found)
    written(tmp_path, entries[1:], monkeypatch)
    with pytest.raises(SystemExit, match="not decided yet: page campaigns: “小手拉大手”专项提升行动"):
        decided(apart)
    extra = {"decision": "stands", "reason": "none", "differences": ["1 people: 某人"]}
    written(tmp_path, [*entries, extra], monkeypatch)
    with pytest.raises(SystemExit, match="decided, and no difference: 1 people: 某人"):
        decided(apart)
    written(tmp_path, [*entries, entries[0]], monkeypatch)
    with pytest.raises(SystemExit, match="decided twice"):
        decided(apart)


def test_each_decision_has_its_words_and_a_line_of_the_page(found: dict[str, Reading]) -> None:
    chapters = set(re.findall(r"^## (\d+)\. ", (ROOT / "docs" / "CODEBOOK.md").read_text(encoding="utf-8"), re.M))
    for difference, entry in decided(differences(found)):
        assert set(entry) - {"rule"} == {"decision", "reason", "differences"}, difference
        assert entry["decision"] in ("stands", "changed"), difference
        assert re.search(r"\bL\d+", entry["reason"]), difference
        assert "rule" not in entry or entry["rule"].removeprefix("chapter ") in chapters, difference


def test_the_records_of_today_follow_each_decision(found: dict[str, Reading]) -> None:
    """What a decision calls changed differs from the records as they were compared, and what stands does not."""
    then, now = found["records"].tables, Reading.of(lingang.open(ROOT)).tables
    moved = {found.name for found in differences({"then": Reading(then), "now": Reading(now)})}
    for difference, entry in decided(differences(found)):
        whole = Difference(difference.item, difference.table.split(".")[0], difference.what, ()).name
        assert ((difference.name in moved) or (whole in moved)) == (entry["decision"] == "changed"), difference
