"""``lingang remove``: the name of a person goes from pages, texts, quotes, ids and readings, or nothing changes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from lingang.authored.tree import read_files
from lingang.check.root import check_files
from lingang.cli.commands import main
from lingang.files import store
from lingang.problems import CannotRun
from lingang.roots.removal import remove
from lingang.text.page import WHITE, squeeze
from tiny_root import tiny_root

ROOTS = Path(__file__).parents[1] / "roots"


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def everything(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def words(root: Path) -> str:
    """All that a root says, white space removed."""
    return squeeze("\n".join(data.decode() for data in everything(root).values()))


def rows(root: Path, table: str) -> list[dict[str, object]]:
    tables = check_files(read_files(root)).tables
    assert tables is not None
    return tables.rows(table)


def same_positions(before: bytes, after: bytes) -> None:
    """Code points, lines and white space stand where they stood."""
    old, new = before.decode(), after.decode()
    assert len(old) == len(new)
    assert [index for index, char in enumerate(old) if char in WHITE] == [
        index for index, char in enumerate(new) if char in WHITE
    ]


PAGE = """\
王小林义务教棋十年

本报讯（记者白露）3月2日，青禾镇小学举行棋类比赛。教练王
小林讲解规则。镇民王小林娜观看比赛。
王小林说：“下棋要静心。”

本版编辑 王小林
"""
ITEM = """\
# 王小林 is the coach
text: {headline: 1, byline: 本报讯（记者白露）, body: [3-5]}
titles: {教练: wang-xiaolin}
events:
  wang-xiaolin-contest:
    trigger: 举行
    name: 棋类比赛
    date: 3月2日
    participants:
      - {role: organizer, name: 青禾镇小学, before: 举行}
      - {role: speaker, name: 王小林, before: 讲解, why: {role: 王小 林 explains the rules}}
      - {role: attendee, name: 王小林娜, before: 观看}
    note: Wang
      Xiaolin taught for ten years; wang-xiaolin is the id.
quotations:
  - {cue: 说, after: 小林, speaker: 王小林, event: wang-xiaolin-contest}
"""
PEOPLE = """\
wang-xiaolin: {name: 王小林, latin: Wang Xiaolin}
wang-xiaolin-na: {name: 王小林娜, latin: Wang Xiaolinna}
bai-lu: {name: 白露, latin: Bai Lu}
"""


@pytest.fixture
def chess(tmp_path: Path) -> Path:
    """A name in the headline, cut by a line break, in a longer name, in the furniture, in notes and ids; a quote that
    holds a part of it."""
    files = tiny_root(
        PAGE,
        {"wang-xiaolin-chess": ITEM},
        source="  year: 2024\n  year_from: []\n  text: {furniture: 7}\n",
        registries={"people": PEOPLE, "organizations": "qinghe-school: {name: 青禾镇小学}\n"},
    )
    files["dataset/sources.yaml"] = b"p: {file: p.txt, language: zh-Hans, text: {furniture: 7}}\n"
    files["dataset/CASES.md"] = "L1 王小林 (Xiaolin Wang)\n".encode()
    files["dataset/labels/en.yaml"] = b"articles: {wang-xiaolin-chess: {headline: Wang Xiaolin teaches chess}}\n"
    root = written(tmp_path / "root", files)
    report = check_files(read_files(root)).report
    assert report.errors == 0, [str(problem.place) + problem.message for problem in report]
    return root


@pytest.mark.long
def test_a_name_goes_wherever_it_stands_and_the_rest_stays(chess: Path) -> None:
    before = everything(chess)
    done = remove(chess, "王小林")
    after = everything(chess)
    same_positions(before["raw/p.txt"], after["raw/p.txt"])
    assert after["raw/p.txt"].decode() == PAGE.replace("王小林娜", "她").replace("王小林", "〓〓〓").replace(
        "王\n小林", "〓\n〓〓"
    ).replace("她", "王小林娜")
    assert after["raw/SHA256SUMS"].decode() == f"{hashlib.sha256(after['raw/p.txt']).hexdigest()}  p.txt\n"
    told = words(chess).replace("王小林娜", "").replace("wang-xiaolin-na", "")
    for trace in ("王小", "小林", "WangXiaolin", "XiaolinWang", "wang-xiaolin"):
        assert trace not in told.replace("WangXiaolinna", "")
    assert "dataset/articles/removed-1-chess.yaml" in after
    assert "dataset/articles/wang-xiaolin-chess.yaml" not in after
    assert done.kept == ("raw/p.txt:4: 王小林 in 王小林娜",)
    assert done.pages == {"p.txt": 4}
    assert done.named == ()
    assert check_files(read_files(chess)).report.errors == 0
    people = {row["person_id"]: row for row in rows(chess, "people")}
    assert (people["removed-1"]["name"], people["removed-1"]["name_latin"]) == ("〓〓〓", "N. N.")
    assert people["wang-xiaolin-na"]["name"] == "王小林娜"


@pytest.mark.long
def test_of_the_person_the_deeds_stay_and_are_told(chess: Path) -> None:
    done = remove(chess, "wang-xiaolin")
    assert done.records == (
        "positions: 教练, removed-1-chess",
        "participations: speaker, removed-1-contest",
        "quotations: removed-1-chess-quotation-1",
    )


@pytest.mark.long
def test_the_longer_name_can_go_and_the_shorter_one_stays(chess: Path) -> None:
    done = remove(chess, "王小林娜")
    page = (chess / "raw" / "p.txt").read_text("utf-8")
    assert page == PAGE.replace("王小林娜", "〓〓〓〓")
    assert done.new_id == "removed-1"
    assert {row["name"] for row in rows(chess, "people")} == {"王小林", "〓〓〓〓", "白露"}


@pytest.mark.long
def test_one_after_the_other_and_neither_is_taken_for_the_other(chess: Path) -> None:
    assert remove(chess, "王小林").new_id == "removed-1"
    assert remove(chess, "王小林娜").new_id == "removed-2"
    assert remove(chess, "白露").new_id == "removed-3"
    names = {row["person_id"]: row["name"] for row in rows(chess, "people")}
    assert names == {"removed-1": "〓〓〓", "removed-2": "████", "removed-3": "▓▓"}
    assert [row["person_id"] for row in rows(chess, "bylines")] == ["removed-3"]


BODY = """\
3月2日，青禾镇小学举行讲座。王小林工作室主任王小林讲课。
"""
BODY_ITEM = """\
text: {body: [1]}
titles: {王小林工作室主任: {names: 王小林, quote: 王小林工作室主任王小林}}
events:
  talk:
    trigger: 举行
    name: 讲座
    participants:
      - {role: organizer, name: 青禾镇小学, before: 举行}
      - {role: speaker, name: 王小林, before: 讲课}
"""


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    registries = {
        "people": "wang-xiaolin: {name: 王小林, latin: Wang Xiaolin}\n",
        "organizations": "qinghe-school: {name: 青禾镇小学}\nwang-xiaolin-studio: {name: 王小林工作室}\n",
    }
    root = written(tmp_path / "root", tiny_root(BODY, {"talk": BODY_ITEM}, registries=registries))
    assert check_files(read_files(root)).report.errors == 0
    return root


@pytest.mark.long
def test_in_the_name_of_a_body_it_is_asked_for(studio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(studio)
    assert main(["remove", str(studio), "王小林"]) == 2
    assert "--inside mask" in capsys.readouterr().err
    assert everything(studio) == before


@pytest.mark.long
@pytest.mark.parametrize(("inside", "body"), [("mask", "〓〓〓工作室"), ("keep", "王小林工作室")])
def test_in_the_name_of_a_body_it_goes_or_stays(studio: Path, inside: str, body: str) -> None:
    assert main(["remove", str(studio), "王小林", "--inside", inside]) == 0
    assert check_files(read_files(studio)).report.errors == 0
    assert body in {row["name"] for row in rows(studio, "organizations")}
    assert (studio / "raw" / "p.txt").read_text("utf-8").count("王小林") == (1 if inside == "keep" else 0)
    assert ("王小林" in words(studio)) is (inside == "keep")


@pytest.mark.long
@pytest.mark.parametrize("name", ["李媛媛", "刘露露"])
def test_a_private_person_of_the_page(copied: Path, name: str) -> None:
    shutil.copytree(Path(__file__).parents[2] / "dataset", copied / "dataset", dirs_exist_ok=True)
    before, people = everything(copied), yaml.safe_load((copied / "dataset" / "people.yaml").read_bytes())
    slug = next(key for key, entry in people.items() if entry["name"] == name)
    old = {table: rows(copied, table) for table in ("people", "participations", "readings", "articles", "evidence")}
    done = remove(copied, name)
    after = everything(copied)
    for file, data in before.items():
        if file.startswith("raw/") and file != "raw/SHA256SUMS":
            same_positions(data, after[file])
    told = words(copied).lower()
    for trace in (name, slug, squeeze(people[slug]["latin"]).lower()):
        assert trace not in told
    assert (done.named, done.kept, done.advice) == ((), (), ())
    checked = check_files(read_files(copied)).report
    assert (checked.errors, len(checked.problems)) == (0, 0)
    now = {table: rows(copied, table) for table in old}
    assert [row["current"] for row in now["readings"]] == [row["current"] for row in old["readings"]]
    void = {row["content"] for row in old["readings"] if slug in str(row["record_id"])}
    assert void and void.isdisjoint(str(row["content"]) for row in now["readings"])
    spans = [(row["raw_start"], row["raw_end"]) for row in now["evidence"]]
    assert set(spans) <= {(row["raw_start"], row["raw_end"]) for row in old["evidence"]}
    mask = "〓" * len(name)
    for table, key in (("articles", "text"), ("participations", "award")):
        assert sorted(str(row[key]).replace(name, mask) for row in old[table]) == sorted(
            str(row[key]) for row in now[table]
        )


FOREIGN = [
    ("congress-appointments", "古丽·艾山"),
    ("county-meeting", "令狐远"),
    ("court-cases", "王某甲"),
    ("dates", "乐知秋"),
    ("furniture", "解放"),
    ("new-year-week", "刘大妈"),
    ("no-year", "wei"),
    ("numbers", "佟雨晴"),
    ("obituary-and-prices", "feng-nian"),
    ("police-notice", "张某某"),
    ("sports-result", "穆图·基普"),
    ("taiwan-briefs", "黃女士"),
    ("town-donation", "时运来"),
    ("two-cities", "zhou-wenbo-2"),
]


@pytest.mark.long
@pytest.mark.parametrize(("root", "person"), FOREIGN)
def test_foreign_roots(tmp_path: Path, root: str, person: str) -> None:
    for part in ("dataset", "raw"):
        shutil.copytree(ROOTS / root / part, tmp_path / part)
    before = everything(tmp_path)
    assert main(["remove", str(tmp_path), person]) == 0
    after = everything(tmp_path)
    assert check_files(read_files(tmp_path)).report.errors == 0
    assert any(file.startswith("raw/") and file != "raw/SHA256SUMS" for file in before if before[file] != after[file])
    for file in before:
        if file.startswith("raw/") and file != "raw/SHA256SUMS":
            same_positions(before[file], after[file])
    if not person.isascii():
        assert person not in words(tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.name not in ("dataset", "raw")]


def test_every_root_is_tried() -> None:
    assert {root for root, _ in FOREIGN} == {path.name for path in ROOTS.iterdir() if (path / "dataset").is_dir()}


@pytest.mark.long
def test_a_namesake_keeps_the_name_and_it_is_told(tmp_path: Path) -> None:
    for part in ("dataset", "raw"):
        shutil.copytree(ROOTS / "two-cities" / part, tmp_path / part)
    with pytest.raises(CannotRun, match=r"2 people; name one by its id: zhou-wenbo, zhou-wenbo-2"):
        remove(tmp_path, "周文博")
    done = remove(tmp_path, "zhou-wenbo-2")
    assert {row["name"] for row in rows(tmp_path, "people") if row["person_id"] == "zhou-wenbo"} == {"周文博"}
    assert done.kept and all(line.startswith("raw/yunhe.txt:") for line in done.kept)


@pytest.mark.long
def test_two_of_one_name_in_one_item_are_refused(tmp_path: Path) -> None:
    for part in ("dataset", "raw"):
        shutil.copytree(ROOTS / "two-cities" / part, tmp_path / part)
    before = everything(tmp_path)
    with pytest.raises(CannotRun, match="cannot be told apart"):
        remove(tmp_path, "li-na")
    assert everything(tmp_path) == before


@pytest.mark.long
def test_nobody_of_the_name(chess: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(chess)
    assert main(["remove", str(chess), "陈守一"]) == 2
    assert "no person of dataset/people.yaml" in capsys.readouterr().err
    assert everything(chess) == before


def test_a_root_with_errors_is_left_as_it_is(chess: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = chess / "dataset" / "people.yaml"
    people.write_text(people.read_text("utf-8").replace("bai-lu", "Bai Lu"), "utf-8")
    before = everything(chess)
    assert main(["remove", str(chess), "王小林"]) == 1
    assert "mend them first" in capsys.readouterr().out
    assert everything(chess) == before


@pytest.mark.long
@pytest.mark.parametrize("step", range(1, 6))
def test_a_step_that_fails_takes_the_others_back(chess: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    before = everything(chess)
    made, steps = store._Move.make, iter(range(1, 100))

    def failing(move: store._Move) -> None:
        if next(steps) == step:
            raise OSError(28, "No space left on device")
        made(move)

    monkeypatch.setattr(store._Move, "make", failing)
    with pytest.raises(CannotRun, match="No space left"):
        remove(chess, "王小林")
    assert everything(chess) == before


@pytest.mark.long
def test_suggestions_are_masked_and_drafted_anew(chess: Path) -> None:
    item = chess / "dataset" / "articles" / "wang-xiaolin-chess.yaml"
    item.write_text(ITEM.split("titles:")[0], "utf-8")
    assert main(["draft", str(chess)]) == 0
    item.write_text(ITEM, "utf-8")
    folder = chess / "dataset" / "suggestions"
    first = min(folder.glob("*.yaml"))
    first.write_text(first.read_text("utf-8") + "# 王小林 stands on line 1\n", "utf-8")
    summed = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.yaml")}
    (folder / "SHA256SUMS").write_text("".join(f"{summed[name]}  {name}\n" for name in sorted(summed)), "utf-8")
    done = remove(chess, "王小林")
    assert done.named == ()
    assert "王小林" not in words(chess).replace("王小林娜", "")
    assert main(["draft", str(chess)]) == 0


@pytest.mark.long
def test_what_was_made_before_and_what_still_names_the_person_is_told(chess: Path) -> None:
    assert main(["build", str(chess)]) == 0
    (chess / "README.md").write_text("The page\nnames 王小林.\n", "utf-8")
    done = remove(chess, "王小林")
    assert done.copies == ("build/",)
    assert done.named == ("README.md:2",)
