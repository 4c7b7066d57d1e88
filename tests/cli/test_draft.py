"""Suggestions: every kind of them, that they can be pasted, and that nothing but their own folder is written."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

import drafts
from lingang.authored.tree import read_files
from lingang.build.root import build
from lingang.check.root import check_files, check_root
from lingang.cli.commands import main
from lingang.draft import NotReadable, Suggestion, suggest, yaml_files

MEETING = """\
云河日报 2024年3月5日 星期二

青禾镇部署春季防火

本报讯（记者 江一帆 通讯员 白露）３月４日上午，松岭县青禾镇召开森林防火工作会议，镇长李明、镇党委副书记、武装部长\
王小山，村干部代表１２０名参加会议。

李明强调，要把隐患排查到每一户。“山上一点火星也不能有。”王小山说。会议印发《青禾镇防火公约》。
"""
DONATION = """\
捐书进校园

本报讯（通讯员 祝南星）镇领导张晓东、刘学庆、欧阳清等走进青禾镇中心小学，赠送图书三千余册。

老师陈小鹿介绍，孩子们每周读一本书。
"""


def files_of(page: str, items: Mapping[str, str] | None = None, **registries: str) -> dict[str, bytes]:
    """A root with one page and what is given besides."""
    raw = page.encode()
    named = {f"dataset/{name}.yaml": text.encode() for name, text in registries.items()}
    return {
        "raw/p.txt": raw,
        "raw/SHA256SUMS": f"{hashlib.sha256(raw).hexdigest()}  p.txt\n".encode(),
        "dataset/sources.yaml": b"p: {file: p.txt, language: zh-Hans}\n",
        **{f"dataset/articles/{name}.yaml": text.encode() for name, text in (items or {}).items()},
        **named,
    }


def written(files: Mapping[str, bytes], root: Path) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def of(found: list[Suggestion], kind: str) -> list[tuple[int, str]]:
    return [(one.line, one.quote) for one in found if one.kind == kind]


def values(found: list[Suggestion], section: str) -> list[object]:
    return [one.value for one in found if one.section == section]


def tree(files: Mapping[str, bytes]) -> dict[str, object]:
    return {name: yaml.safe_load(data) for name, data in yaml_files(suggest(files)).items()}


# ---------------------------------------------------------------- what is proposed


def test_the_lines_of_an_item_and_of_the_page() -> None:
    found = tree(files_of(MEETING))
    assert found["registries/sources.yaml"] == {
        "p": {"text": {"masthead": {"quote": "云河日报"}, "dateline": 1}, "published": "2024年3月5日"}
    }
    item = found["p-item-1.yaml"]
    assert isinstance(item, dict)
    assert item["text"] == {"headline": 3, "byline": "本报讯（记者江一帆通讯员白露）", "body": [5, 7]}


def test_names_of_bylines_posts_lists_and_bodies() -> None:
    found = suggest(files_of(MEETING))
    assert {name for _, name in of(found, "name")} >= {"江一帆", "白露", "李明", "王小山", "青禾镇"}
    found = suggest(files_of(DONATION))
    people = {one.quote for one in found if one.file == "people.yaml"}
    assert people == {"祝南星", "张晓东", "刘学庆", "欧阳清", "陈小鹿"}
    assert "青禾镇中心小学" in {one.quote for one in found if one.file == "organizations.yaml"}


def test_titles_of_several_posts_and_of_a_list() -> None:
    found = tree(files_of(MEETING))["p-item-1.yaml"]
    assert isinstance(found, dict)
    assert found["titles"] == {"镇长": "李明", "镇党委副书记、武装部长": "王小山"}
    found = tree(files_of(DONATION))["p-item-1.yaml"]
    assert isinstance(found, dict)
    assert found["titles"] == {"镇领导": ["张晓东", "刘学庆", "欧阳清", "等"], "老师": "陈小鹿"}


def test_an_event_has_its_trigger_its_name_and_its_date_in_full_width_figures() -> None:
    found = suggest(files_of(MEETING))
    assert of(found, "date") == [(1, "2024年3月5日"), (5, "３月４日上午")]
    events = tree(files_of(MEETING))["p-item-1.yaml"]["events"]  # type: ignore[index]
    assert events["p-item-1-event-1"] == {
        "trigger": "召开",
        "name": "森林防火工作会议",
        "date": "３月４日上午",
    }


def test_numbers_stand_with_their_measure_word_and_a_label() -> None:
    found = suggest(files_of(MEETING))
    assert (5, "１２０名") in of(found, "number")
    assert {"number": "１２０名", "label": "参加会议"} in values(found, "figures")
    assert {"number": "三千余册", "label": "赠送图书"} in values(suggest(files_of(DONATION)), "figures")


def test_speech_has_its_cue_its_speaker_and_its_end() -> None:
    found = values(suggest(files_of(MEETING)), "quotations")
    assert found == [
        {"cue": "强调", "speaker": "李明", "to": "查到每一户。"},
        {"cue": "说", "speaker": "王小山", "from": "山上一点火星", "to": "星也不能有。"},
    ]
    assert values(suggest(files_of(DONATION)), "quotations") == [{"cue": "介绍", "speaker": "陈小鹿"}]


@pytest.mark.parametrize("verb", ["表示", "指出", "強調", "说", "坦言"])
def test_every_verb_of_speech_of_the_lexicon_opens_speech(verb: str) -> None:
    page = f"水库大坝加固\n\n镇长李明{verb}，要按时完工。\n"
    assert values(suggest(files_of(page)), "quotations") == [{"cue": verb, "speaker": "李明"}]


def test_a_label_begins_behind_the_measure_word_and_an_end_of_speech_with_a_word() -> None:
    page = "修桥\n木匠四人修了三个月，八十四岁的孟老太来看。“不求多新，只求结实。”陈守一说。桥要结实。\n"
    found = suggest(files_of(page))
    labels = [entry["label"] for entry in values(found, "figures") if isinstance(entry, dict)]
    assert labels == ["修了", "修了", "孟老太来看"]
    ends = [entry["to"] for entry in values(found, "quotations") if isinstance(entry, dict)]
    assert ends == ["新，只求结实。"]


def test_documents() -> None:
    assert values(suggest(files_of(MEETING)), "documents") == [{"title": "青禾镇防火公约"}]


def test_a_page_without_dates_has_no_head_and_no_date() -> None:
    found = suggest(files_of(DONATION))
    assert of(found, "date") == []
    assert "registries/sources.yaml" not in yaml_files(found)


def test_a_date_without_an_event_is_told_without_a_place() -> None:
    page = "老桥的故事\n\n1998年7月，雨一直下。镇上的人记得那座桥。\n"
    found = [one for one in suggest(files_of(page)) if one.kind == "date"]
    assert [(one.quote, one.section, one.key) for one in found] == [("1998年7月", "", None)]
    text = yaml_files(found)["p-item-1.yaml"].decode()
    assert '# date: "1998年7月"  # line 3, 1998年7月: ' in text
    assert yaml.safe_load(text) is None


def test_what_lies_ahead_of_the_page_is_planned() -> None:
    page = "云河日报 2024年3月5日\n\n庙会将至\n\n3月20日，青禾镇举办民俗文化节。\n\n3月2日，松岭县举办非遗展览。\n"
    events = [value for key, value in tree(files_of(page))["p-item-1.yaml"]["events"].items()]  # type: ignore[index]
    assert [(event["date"], event.get("status")) for event in events] == [("3月20日", "planned"), ("3月2日", None)]


def test_traditional_characters() -> None:
    page = "柳汀老街修復動土\n\n〔記者葉秋水／澄湖報導〕柳汀鄉公所昨日舉行動土典禮，鄉長藍天表示，工程明年完工。\n"
    found = suggest(files_of(page))
    assert of(found, "byline") == [(3, "〔記者葉秋水／澄湖報導〕")]
    assert {"葉秋水", "藍天", "柳汀鄉公所"} <= {name for _, name in of(found, "name")}
    assert of(found, "title") == [(3, "鄉長")]
    assert of(found, "trigger") == [(3, "舉行")]
    assert of(found, "speech") == [(3, "表示")]


def test_a_photo_and_its_credit() -> None:
    page = "3月2日，松岭县青禾镇的茶园里，茶农在采摘新茶。\n记者 江一帆 摄\n"
    item = tree(files_of(page))["p-item-1.yaml"]
    assert isinstance(item, dict)
    assert item["text"] == {"caption": 1, "credit": 2}


def test_words_of_the_root_are_searched_too() -> None:
    page = "秋收在即\n\n9月20日，青禾镇开榨节开榨。\n"
    assert of(suggest(files_of(page)), "trigger") == []
    assert of(suggest(files_of(page, lexicon="triggers: [开榨]\n")), "trigger") == [(3, "开榨")]


def test_a_language_without_a_layer_has_lines_dates_and_numbers_alone() -> None:
    files = files_of(MEETING)
    files["dataset/sources.yaml"] = b"p: {file: p.txt, language: en}\n"
    assert {one.kind for one in suggest(files)} <= {"lines", "date", "number", "document"}


# ---------------------------------------------------------------- in what form


@pytest.mark.parametrize("page", [MEETING, DONATION])
def test_every_suggestion_says_where_it_stands_and_why(page: str) -> None:
    found = suggest(files_of(page))
    assert found
    for one in found:
        assert one.why
        assert re.sub(r"\s", "", page[one.span.start : one.span.end]) == one.quote
        assert page.count("\n", 0, one.span.start) + 1 == one.line
    for name, data in yaml_files(found).items():
        reasons = re.findall(r"^ *# line ([0-9]+), (.+?): (.+)$", data.decode(), re.MULTILINE)
        assert len(reasons) == sum(one.section != "" for one in found if _file(one) == name)


def _file(one: Suggestion) -> str:
    return one.file.removeprefix("articles/") if "/" in one.file else f"registries/{one.file}"


@pytest.mark.parametrize("page", [MEETING, DONATION])
def test_what_is_moved_over_validates_without_error_and_makes_all_rows(page: str) -> None:
    files = files_of(page)
    found = suggest(files)
    checked = check_files(drafts.moved(files, found))
    assert not checked.report.failed, [str(problem.message) for problem in checked.report.problems]
    assert checked.tables is not None
    kinds = Counter(one.kind for one in found if one.file.startswith("articles/") and one.section)
    rows = {name: checked.tables.arrow[name].num_rows for name in ("events", "quotations", "documents", "figures")}
    told = {"events": "trigger", "quotations": "speech", "documents": "document", "figures": "number"}
    assert rows == {name: kinds[kind] for name, kind in told.items()}


@pytest.mark.long
@pytest.mark.parametrize("page", [MEETING, DONATION])
def test_each_alone_validates_without_error(page: str) -> None:
    files = files_of(page)
    found = suggest(files)
    always = [one for one in found if one.kind in ("lines", "byline", "name")]
    for one in found:
        if one.section and one not in always:
            parts = [
                other for other in found if (other.file, other.section, other.key) == (one.file, one.section, one.key)
            ]
            entry = parts if one.section == "events" else [one]
            report = check_files(drafts.moved(files, [*always, *entry])).report
            assert not report.failed, (one, [problem.message for problem in report.problems])


def test_two_like_words_are_told_apart() -> None:
    page = "两场会议\n\n3月1日，青禾镇召开防汛会议。3月2日，松岭县召开防火会议。李明表示，要快。\n"
    triggers = [one.value for one in suggest(files_of(page)) if one.kind == "trigger"]
    assert [value["trigger"] for value in triggers if isinstance(value, dict)] == [
        {"quote": "召开", "after": "镇"},
        {"quote": "召开", "after": "县"},
    ]
    files = files_of(page)
    assert not check_files(drafts.moved(files, suggest(files))).report.failed


def test_nothing_is_proposed_twice() -> None:
    again = "本报讯（记者 江一帆）３月５日，青禾镇召开防火会议，镇长李明参加会议，镇长李明强调，要抓紧。"
    page = f"{MEETING}\n青禾镇再开会\n\n{again}\n"
    found = suggest(files_of(page))
    names = Counter((one.file, str(one.value)) for one in found if one.kind == "name")
    assert max(names.values()) == 1
    places = Counter((one.kind, one.span, one.key) for one in found if one.kind not in ("lines", "name"))
    assert max(places.values()) == 1
    titles = Counter((one.file, one.quote) for one in found if one.kind == "title")
    assert max(titles.values()) == 1


def test_what_is_recorded_is_not_proposed_again() -> None:
    files = files_of(MEETING)
    moved = drafts.moved(files, suggest(files))
    assert [one for one in suggest(moved) if one.section] == []


def test_same_files_same_suggestions() -> None:
    files = files_of(MEETING)
    assert suggest(files) == suggest(dict(reversed(files.items())))


@pytest.mark.long
@pytest.mark.parametrize(
    "page",
    [
        "一",
        "2024年3月5日 星期二\n\n云河\n",
        "本报讯（记者 江一帆）\n",
        "《》《一》《《二》》\n\n《三》",
        "“”说。",
        "说：“",
        "镇长、、、李明、",
        "标题\n\n“”“”李明说。李明说：“好”。李明说：“好”。\n",
        "标题\n\n镇长李明表示，好。李明表示，好。李明表示，好。",
        "a: b # c\n\n- {x: [1, 2]}: 'y' \"z\" & * ! | > % @ `\n",
        "标题\n\n1 2 3 ４．５ 6,7 8% 9月31日，13月1日。2月30日召开会议。",
        "标题: 一\n\n镇长李明、李明、李明说，好。\n",
        "标题\n\n" + "召开会议。" * 50,
        "null\n\ntrue\n\n~\n",
        "标题\n\n镇长 李\n明 召\n开 会\n议。",
        "标题\n\n青禾镇长李明到场。镇长李明说，好。\n",
        "标题\n\n３月４日书记、武装部长王小山说，好。\n",
        "记者 李明 摄\n记者 王山 摄\n",
        "标题\n本报讯 3月1日，青禾镇召开会议。（江一帆）\n\n标题二\n本报讯 3月1日，青禾镇召开会议。（江一帆）\n",
    ],
)
def test_odd_pages_give_what_can_be_moved_over(page: str) -> None:
    files = files_of(page)
    found = suggest(files)
    if not any(one.file.startswith("articles/") for one in found):
        return  # there is nothing that could be an item
    report = check_files(drafts.moved(files, found)).report
    assert [problem for problem in report.problems if problem.severity == "error"] == []


@pytest.mark.long
@pytest.mark.parametrize("name", drafts.roots())
@pytest.mark.parametrize("start", [drafts.page_alone, drafts.lines_alone])
def test_suggestions_for_every_root_can_be_moved_over(name: str, start: object) -> None:
    assert callable(start)
    files = start(read_files(drafts.roots()[name]))
    found = suggest(files)
    assert found
    report = check_files(drafts.moved(files, found)).report
    assert [problem for problem in report.problems if problem.severity == "error"] == []


# ---------------------------------------------------------------- the command


def test_the_folder_is_written_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = written(files_of(MEETING), tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert main(["draft", str(root)]) == 0
    out = capsys.readouterr().out
    assert f"{root.as_posix()}/dataset/suggestions/p-item-1.yaml" in out
    assert re.search(r"^[0-9]+ suggestions: byline 1, date 2, document 1, lines 3, name ", out, re.MULTILINE)
    assert {path: path.read_bytes() for path in before} == before
    first = {path: path.read_bytes() for path in (root / "dataset/suggestions").rglob("*") if path.is_file()}
    assert main(["draft", str(root)]) == 0
    again = {path: path.read_bytes() for path in (root / "dataset/suggestions").rglob("*") if path.is_file()}
    assert again == first
    assert sorted(path.name for path in (root / "dataset").iterdir()) == ["sources.yaml", "suggestions"]


@pytest.mark.parametrize("damage", ["edited", "foreign", "listed", "no manifest"])
def test_what_it_did_not_write_is_not_touched(damage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = written(files_of(MEETING), tmp_path)
    folder = root / "dataset" / "suggestions"
    match damage:
        case "edited":
            assert main(["draft", str(root)]) == 0
            with (folder / "p-item-1.yaml").open("a", encoding="utf-8") as file:
                file.write("# 看过了\n")
        case "foreign":
            assert main(["draft", str(root)]) == 0
            (folder / "notes.txt").write_text("mine\n", encoding="utf-8")
        case "listed":
            folder.mkdir()
            (folder / "mine.yaml").write_bytes(b"mine\n")
            total = hashlib.sha256(b"mine\n").hexdigest()
            (folder / "SHA256SUMS").write_text(f"{total}  mine.yaml\n", encoding="utf-8")
        case _:
            assert main(["draft", str(root)]) == 0
            (folder / "SHA256SUMS").unlink()
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert main(["draft", str(root)]) == 2
    assert capsys.readouterr().err.startswith("lingang: ")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_one_item_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = f"{MEETING}\n{DONATION}"
    root = written(files_of(page), tmp_path)
    assert main(["draft", str(root), "p-item-2"]) == 0
    folder = root / "dataset" / "suggestions"
    names = {path.name for path in folder.glob("*.yaml")}
    assert names == {"p-item-2.yaml"}
    alone = (folder / "p-item-2.yaml").read_bytes()
    assert main(["draft", str(root)]) == 0
    assert (folder / "p-item-2.yaml").read_bytes() == alone
    other = (folder / "p-item-1.yaml").read_bytes()
    assert main(["draft", str(root), "p-item-2"]) == 0
    assert (folder / "p-item-1.yaml").read_bytes() == other
    capsys.readouterr()
    assert main(["draft", str(root), "p-item-9"]) == 2
    assert "has no item p-item-9; there are: p-item-1, p-item-2" in capsys.readouterr().err


@pytest.mark.long
def test_no_check_and_no_build_reads_suggestions(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(drafts.ROOTS / "taiwan-briefs", root)
    before = [str(problem) for problem in check_root(root).report.problems]
    build(root, tmp_path / "before")
    folder = root / "dataset" / "suggestions"
    (folder / "articles").mkdir(parents=True)
    (folder / "rubbish.yaml").write_bytes(b"\xff: [")
    (folder / "articles" / "old-schoolhouse.yaml").write_bytes(b"text: {headline: 1}\n")
    (folder / "people.yaml").write_text("nobody: {name: 无名氏}\n", encoding="utf-8")
    assert [str(problem) for problem in check_root(root).report.problems] == before
    build(root, tmp_path / "after")
    made = [
        {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        for out in (tmp_path / "before", tmp_path / "after")
    ]
    assert made[0] == made[1]


@pytest.mark.long
def test_what_a_killed_run_left_is_not_read(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(drafts.ROOTS / "taiwan-briefs", root)
    before = [str(problem) for problem in check_root(root).report.problems]
    left = root / "dataset" / ".suggestions.lingang" / "new"
    left.mkdir(parents=True)
    (left / "people.yaml").write_text("nobody: {name: 无名氏}\n", encoding="utf-8")
    assert [str(problem) for problem in check_root(root).report.problems] == before


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"dataset/sources.yaml": b"p: {file: q.txt, language: zh-Hans}\n"}, "raw/q.txt cannot be used"),
        ({"dataset/sources.yaml": b"p: ["}, "not YAML"),
        ({"dataset/articles/a.yaml": b"text: {headline: 99, body: [5]}\n"}, "the page has no line 99"),
        ({"dataset/articles/a.yaml": b"text: {headline: 3}\n"}, "an item needs body lines or a caption"),
        ({"dataset/articles/a.yaml": b"source: q\ntext: {body: [5]}\n"}, "no such source"),
        ({"dataset/lexicon.yaml": b"trigger: [x]\n"}, "dataset/lexicon.yaml:1:1"),
    ],
)
def test_what_has_to_be_mended_first(
    files: Mapping[str, bytes], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = written({**files_of(MEETING), **files}, tmp_path)
    with pytest.raises(NotReadable):
        suggest(read_files(root))
    assert main(["draft", str(root)]) == 1
    assert said in capsys.readouterr().out
    assert not (root / "dataset" / "suggestions").exists()


def test_a_path_that_is_no_root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(tmp_path)]) == 2
    assert "is no dataset root" in capsys.readouterr().err


# ---------------------------------------------------------------- the figures


def test_the_figures_of_a_known_root() -> None:
    # what is proposed of this page was counted by hand: 2 posts with names, 1 title in 《》, 1 of 2 names recorded
    item = "text: {headline: 1, body: [3]}\ntitles: {镇长: 李明}\ndocuments: [{title: 公约}]\n"
    records = files_of(
        "青禾镇发布公约\n\n镇长李明、村支书王小山学习《公约》。\n", {"a": item}, people="li-ming: {name: 李明}\n"
    )
    found = drafts.compared(records, drafts.lines_alone(records))
    assert found["people"] == (1, 2, 1)
    assert found["positions"] == (1, 2, 1)
    assert found["documents"] == (1, 1, 1)
    assert found["segments"] == (0, 0, 0)
    assert drafts.compared(records, drafts.page_alone(records))["segments"] == (2, 2, 2)


@pytest.mark.long
def test_the_page_of_figures_is_fresh() -> None:
    text = drafts.PAGE.read_text(encoding="utf-8")
    assert drafts.page(text, drafts.measured()) == text
