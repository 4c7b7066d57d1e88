"""``lingang read``: a reading is shown, then entered, bound to what was read; a person alone signs."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from lingang.authored.tree import read_files
from lingang.check.root import check_files
from lingang.cli.commands import main
from lingang.tables.arrow import Tables
from tiny_root import tiny_root

PAGE = "3月2日，青禾镇小学举行棋类比赛。\n"
ITEM = """\
text: {body: [1]}
events:
  contest:
    trigger: 举行
    name: 棋类比赛
    date: 3月2日
    participants:
      - {role: organizer, name: 青禾镇小学, before: 举行}
"""
LEDGER = """\
# who read what
readers:
  first-model:
    kind: model   # one
readings: # in order
"""


@pytest.fixture
def school(tmp_path: Path) -> Path:
    registries = {"people": "{}\n", "organizations": "qinghe-school: {name: 青禾镇小学}\n"}
    for name, data in tiny_root(PAGE, {"chess": ITEM}, registries=registries).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def readings(root: Path) -> list[dict[str, object]]:
    checked = check_files(read_files(root))
    assert checked.tables is not None
    rows: list[dict[str, object]] = checked.tables.rows("readings")
    return rows


def sign(root: Path, *records: str, reader: str = "bai-lu", step: str = "sign_off", more: tuple[str, ...] = ()) -> int:
    return main(["read", str(root), *records, "--reader", reader, "--pass", step, *more])


@pytest.mark.long
def test_without_a_reader_it_is_shown_whole_and_nothing_is_written(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(school), "events/contest"]) == 0
    out = capsys.readouterr().out
    assert "events contest" in out
    assert "line 1, stated: …[3月2日]，青禾镇小学举行棋类比赛…" in out
    assert "sha256 over kind, name, trigger" in out
    assert not (school / "dataset" / "verification.yaml").exists()


@pytest.mark.long
def test_a_person_signs(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sign(school, "events/contest", "qinghe-school") == 2
    assert "--kind person or --kind model" in capsys.readouterr().err
    assert (
        sign(school, "events/contest", "qinghe-school", more=("--kind", "person", "--note", "read “all”: twice")) == 0
    )
    rows = readings(school)
    assert {(row["table_name"], row["record_id"]) for row in rows} == {
        ("events", "contest"),
        ("organizations", "qinghe-school"),
    }
    assert {(row["reader"], row["reader_kind"], row["pass"], row["current"]) for row in rows} == {
        ("bai-lu", "person", "sign_off", True)
    }
    assert {row["date"] for row in rows} == {datetime.date.today()}


@pytest.mark.long
def test_what_changes_afterwards_is_not_signed_any_more(school: Path) -> None:
    assert sign(school, "all", more=("--kind", "person")) == 0
    assert all(row["current"] for row in readings(school))
    assert check_files(read_files(school)).report.problems == []
    item = school / "dataset" / "articles" / "chess.yaml"
    item.write_text(ITEM.replace("name: 棋类比赛", "name: 比赛"), "utf-8")
    assert [row["record_id"] for row in readings(school) if not row["current"]] == ["contest"]
    assert "LED001" in {problem.rule for problem in check_files(read_files(school)).report}


@pytest.mark.long
def test_comments_and_order_of_the_ledger_stay(school: Path) -> None:
    ledger = school / "dataset" / "verification.yaml"
    ledger.write_text(LEDGER.replace("readings: # in order\n", ""), "utf-8")
    assert sign(school, "events/contest", reader="first-model", step="first") == 0
    assert sign(school, "events/contest", more=("--kind", "person")) == 0
    text = ledger.read_text("utf-8")
    assert text.startswith(LEDGER.split("readings")[0] + "  bai-lu:\n    kind: person\n")
    assert text.index("reader: first-model") < text.index("reader: bai-lu")
    assert len(readings(school)) == 2


@pytest.mark.long
def test_the_same_reading_is_entered_once(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sign(school, "events/contest", more=("--kind", "person")) == 0
    before = (school / "dataset" / "verification.yaml").read_bytes()
    assert sign(school, "events/contest") == 0
    assert "have this reading already" in capsys.readouterr().out
    assert (school / "dataset" / "verification.yaml").read_bytes() == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["events/contest", "--reader", "m", "--pass", "sign_off", "--kind", "model"], "a person alone signs off"),
        (["events/contest", "--reader", "m", "--pass", "third", "--kind", "person"], "third is no pass"),
        (["events/none", "--reader", "m", "--pass", "first", "--kind", "person"], "no record events/none"),
        (["mentions", "--reader", "m", "--pass", "first", "--kind", "person"], "no record mentions"),
        (["events/contest", "--reader", "m"], "--reader ID --pass PASS"),
        (["events/contest", "--pass", "first"], "--reader ID --pass PASS"),
    ],
)
def test_refused(school: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["read", str(school), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not (school / "dataset" / "verification.yaml").exists()


@pytest.mark.long
@pytest.mark.parametrize("ledger", ["readers: {m: {kind: person}}\n", "readings: []\n"])
def test_a_ledger_that_is_not_written_in_lines_is_left(
    school: Path, capsys: pytest.CaptureFixture[str], ledger: str
) -> None:
    path = school / "dataset" / "verification.yaml"
    path.write_text(ledger, "utf-8")
    assert sign(school, "events/contest", more=("--kind", "person")) == 2
    assert "in lines" in capsys.readouterr().err
    assert path.read_text("utf-8") == ledger


@pytest.mark.long
def test_a_root_with_errors_is_not_signed(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item = school / "dataset" / "articles" / "chess.yaml"
    item.write_text(ITEM.replace("棋类比赛", "牌类比赛"), "utf-8")
    assert sign(school, "all", more=("--kind", "person")) == 1
    assert "mend them first" in capsys.readouterr().out


@pytest.mark.long
def test_what_is_said_of_signatures_is_what_the_readings_hold(tables: Tables, root: Path) -> None:
    signed = [row for row in tables.rows("readings") if row["reader_kind"] == "person" and row["current"]]
    for file in ("README.md", "DATASHEET.md", "dataset/about.yaml"):
        text = " ".join((root / file).read_text("utf-8").split()).lower()
        assert ("no person has signed" in text) is not bool(signed)
