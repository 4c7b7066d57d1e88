"""The agreement of the second reading: the measures, and that each difference is decided."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import agreement
from agreement import Agreement, compare, decided, kappa, page


def test_kappa_of_a_known_table() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: 0.7 observed, 0.5 by chance
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "n"), ("n", "y")]) == pytest.approx(-1.0)
    assert kappa([("y", "y")]) is None


def test_precision_recall_and_f1() -> None:
    rows = {(name,): {"name": name} for name in "abcd"}
    found = Agreement("letters", rows, {(name,): {"name": name} for name in "abx"})
    assert found.scores() == pytest.approx((2 / 3, 1 / 2, 4 / 7))


@pytest.fixture(scope="module")
def reading() -> dict[str, list[object]]:
    return yaml.safe_load(agreement.READING.read_text(encoding="utf-8"))


@pytest.mark.long
def test_a_row_or_value_of_one_reader_is_a_difference(reading: dict) -> None:
    with pytest.raises(KeyError):
        compare({})
    others = [row for row in reading["people"] if row["name"] != "宋风"]
    reading["people"] = [*others, {"name": "某人", "public_role": "official", "identity_basis": None}]
    for row in reading["events"]:
        if row["event"] == "nanxu-awards":
            row["kind"] = "selection"
    found = [line for table in compare(reading) for line in table.differences()]
    assert "people: only the records have ('宋风',)" in found
    assert "people: only the second reading has ('某人',)" in found
    assert any(line.startswith("events ('nanxu-ceremony',): kind is 'award_ceremony'") for line in found)


@pytest.mark.long
def test_a_difference_without_a_decision_stops_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reading = yaml.safe_load(agreement.READING.read_text(encoding="utf-8"))
    entries = yaml.safe_load(agreement.DECISIONS.read_text(encoding="utf-8"))
    (tmp_path / "decisions.yaml").write_text(yaml.safe_dump(entries[1:], allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(agreement, "DECISIONS", tmp_path / "decisions.yaml")
    with pytest.raises(SystemExit, match="not decided yet"):
        decided(compare(reading))


@pytest.mark.long
def test_the_page_is_what_the_tool_writes() -> None:
    reading = yaml.safe_load(agreement.READING.read_text(encoding="utf-8"))
    assert agreement.PAGE.read_text(encoding="utf-8") == page(compare(reading))


def test_what_changed_since_is_still_so() -> None:
    """A later change that the records no longer show would bend the comparison in silence."""
    for entry in agreement.later():
        for change in entry["changes"]:
            now = agreement.rows(change["table"])
            if "added" in change:
                assert any(change["added"].items() <= row.items() for row in now), change
            elif "had" in change:
                assert not any(change["had"].items() <= row.items() for row in now), change
            else:
                (row,) = (row for row in now if next(iter(row.values())) == change["id"])
                assert all(row[name] != cell for name, cell in change["cells"].items()), change
