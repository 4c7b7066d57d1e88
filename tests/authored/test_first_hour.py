"""What somebody meets in the first hour: each message names the place and says the next step."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from lingang.authored.loader import load
from lingang.check.root import check_root
from lingang.check.subject import check_path
from lingang.cli.commands import main
from lingang.problems import Problem
from lingang.roots.starting import start
from tiny_root import checked, tiny_root

ITEM = "dataset/articles/first-item.yaml"
PEOPLE = "dataset/people.yaml"
ABOUT = "dataset/about.yaml"


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A root to start from, without the lines for editors: the lines of the files count from what an author writes."""
    root = tmp_path / "r"
    start(root)
    for path in sorted((root / "dataset").rglob("*.yaml")):
        first, _, rest = path.read_text("utf-8").partition("\n")
        assert first.startswith("# yaml-language-server: "), path
        path.write_text(rest, "utf-8", newline="\n")
    return root


# -- a path that is not the root ---------------------------------------------------------------------------------


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main([*map(str, arguments)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "Traceback" not in error
    return error


COMMANDS = ["validate", "build", "release"]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_folder(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pages").mkdir()
    told = said(capsys, command, tmp_path / "pages")
    assert "is empty" in told and f"lingang new {tmp_path / 'pages'}" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_with_a_page_and_nothing_else(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.txt").write_text("标题\n", encoding="utf-8")
    assert f"lingang new {tmp_path} --page {tmp_path / 'page.txt'}" in said(capsys, command, tmp_path)
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  page.txt\n", encoding="ascii")
    assert "lingang new " in said(capsys, command, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("part", ["raw", "dataset", "dataset/articles", "raw/", "dataset/../raw"])
def test_a_part_of_the_root(
    begun: Path, command: str, part: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = said(capsys, command, f"{begun}/{part}")
    assert f"lingang {command} {begun}\n" in told
    monkeypatch.chdir(begun / part)
    told = said(capsys, command, ".")
    assert f"lingang {command} {os.path.relpath(begun)}\n" in told


@pytest.mark.parametrize("part", ["raw/page.txt", "raw/SHA256SUMS", ITEM, ABOUT])
def test_a_file_of_the_root(begun: Path, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"lingang validate {begun}\n" in said(capsys, "validate", begun / part)


def test_the_folder_above_the_root(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"lingang validate {begun}\n" in said(capsys, "validate", begun.parent)


@pytest.mark.long
def test_a_release_below_a_folder_that_is_called_raw_or_dataset_is_one(begun: Path) -> None:
    assert main(["build", str(begun)]) == 0
    for folder in ("elsewhere/dataset/one", "elsewhere/raw", "dataset/raw"):
        shutil.copytree(begun / "build", begun.parent / folder)
        assert not check_path(begun.parent / folder).errors


# -- authored files ----------------------------------------------------------------------------------------------


def first(root: Path, file: str, old: str, new: str) -> Problem:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_root(root).report.problems[0]


def words(problem: Problem) -> str:
    return f"{problem.message}\n{problem.expected}\n{problem.found}\n{problem.hint}"


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "name"),
    [
        (PEOPLE, "name: 陈守一,", "name:,", 2, 19, "name"),
        (PEOPLE, "latin: Chen Shouyi}", "latin:}", 2, 31, "latin"),
        (PEOPLE, "name: 陈守一,", "name: ,", 2, 21, "name"),
        (PEOPLE, "wu-shan: {name: 吴珊, latin: Wu Shan}", "wu-shan:", 3, 9, "wu-shan"),
        (ITEM, "trigger: {quote: 举行, after: 小学}", "trigger:", 12, 13, "trigger"),
        (ITEM, "青禾镇镇长: 吴珊", "青禾镇镇长:", 8, 9, "青禾镇镇长"),
        (ITEM, "name: 青禾镇春耕技能比赛", 'name: ""', 13, 11, "name"),
        (ABOUT, "# title: One page of a local newspaper", "title:", 5, 7, "title"),
        (ITEM, "{role: site,", "{role: ,", 16, 16, "role"),
    ],
)
def test_a_key_not_yet_filled(begun: Path, file: str, old: str, new: str, line: int, column: int, name: str) -> None:
    problem = first(begun, file, old, new)
    assert (problem.place.file, problem.place.line) == (file, line)
    assert abs((problem.place.column or 0) - column) <= 1
    assert f"“{name}” has no value yet" in problem.message
    assert "take the key out" in problem.hint


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (PEOPLE, "latin: Wu Shan}", "latin: Wu Shan, note: the mayor, or so}", "note"),
        (ITEM, "counts: 村民}", "counts: 村民, kind: share, why: a part, no more}", "why"),
        (ITEM, "counts: 村民}", "counts: 村民, kind: share, why: {kind: a part, no more}}", "kind"),
        (ITEM, "name: 青禾镇春耕技能比赛", "name: {quote: 青禾镇春耕,技能比赛}", "quote"),
    ],
)
def test_a_comma_that_made_a_second_key(begun: Path, file: str, old: str, new: str, key: str) -> None:
    problem = first(begun, file, old, new)
    assert f"where the text of {key}: goes on after it, put that text in quotes" in problem.hint


def test_a_comma_that_made_a_second_key_in_the_lexicon(begun: Path) -> None:
    (begun / "dataset/lexicon.yaml").write_text(
        "participation_role:\n  guest: {cues: ['@来访'], but: [来访登记], over: [attendee], and, so}\n",
        encoding="utf-8",
    )
    problem = check_root(begun).report.problems[0]
    assert "comma" in words(problem) and "quotes" in words(problem)


FULL_WIDTH = {
    "colon of a key with keys below": (ITEM, "titles: ", "titles：", ":7:7", "：", ": "),
    "colon of the first key": (ITEM, "text:\n", "text：\n", ":2:5", "：", ": "),
    "colon inside": (ITEM, "    date: 3月1日", "    date：3月1日", ":14:9", "：", ": "),
    "colon of the first of several": (ITEM, "  headline: 3", "  headline：3", ":3:11", "：", ": "),
    "colon after a dash": (
        ITEM,
        "  - {number: 42名, label: 村民, event: skills-contest, counts: 村民}",
        "  - number：42名\n    label: 村民",
        ":21:11",
        "：",
        ": ",
    ),
    "comma in braces": (PEOPLE, "{name: 陈守一, ", "{name: 陈守一，", ":2:24", "，", ", "),
    "comma in braces, twice": (
        ITEM,
        "{number: 42名, label: 村民, ",
        "{number: 42名，label: 村民，",
        ":21:17",
        "，",
        ", ",
    ),
    "brace": (PEOPLE, "{name: 陈守一, latin: Chen Shouyi}", "｛name: 陈守一, latin: Chen Shouyi｝", ":2:14", "｛", "{"),
    "bracket that closes": (ITEM, "role: [attendee, speaker]", "role: [attendee, speaker］", ":18:34", "］", "]"),
    "mark that closes a text": (ITEM, "name: 青禾镇春耕技能比赛", 'name: "青禾镇春耕技能比赛”', ":13:21", "”", '"'),
    "space in the indentation": (ITEM, "  headline: 3", "\u3000headline: 3", ":3:1", "\u3000", " "),
    "spaces in the indentation": (ITEM, "    date: 3月1日", "\u3000\u3000date: 3月1日", ":14:1", "\u3000", " "),
    "hash": (ITEM, "figures:", "＃ numbers\nfigures:", ":20:1", "＃", "#"),
    "dash": (ITEM, "  - {number", "  － {number", ":21:3", "－", "- "),
}


@pytest.mark.long
@pytest.mark.parametrize("slip", FULL_WIDTH)
def test_a_full_width_mark_that_breaks_the_yaml(begun: Path, slip: str) -> None:
    file, old, new, place, mark, plain = FULL_WIDTH[slip]
    problem = first(begun, file, old, new)
    assert problem.rule == "YML003"
    assert str(problem.place) == f"{file}{place}"
    name = "full-width space" if mark == "\u3000" else f"full-width “{mark}”"
    assert name in problem.message and "as printed" in problem.hint
    if plain.strip():
        assert f"“{plain}”" in problem.expected


FULL_WIDTH_IN_PLACE = {
    "colon of the last key": (ITEM, "  青禾镇镇长: 吴珊", "  青禾镇镇长：吴珊", ":8:3", "青禾镇镇长: 吴珊"),
    "colon in braces": (PEOPLE, "{name: 陈守一,", "{name：陈守一,", ":2:15", "name: 陈守一"),
    "all of them": (
        PEOPLE,
        "{name: 陈守一, latin: Chen Shouyi}",
        "{name：陈守一，latin：Chen Shouyi}",
        ":2:15",
        "name: 陈守一, latin: Chen Shouyi",
    ),
    "comma in brackets": (
        ITEM,
        "role: [attendee, speaker]",
        "role: [attendee，speaker]",
        ":18:17",
        "attendee, speaker",
    ),
    "list comma in brackets": (
        ITEM,
        "role: [attendee, speaker]",
        "role: [attendee、speaker]",
        ":18:17",
        "attendee, speaker",
    ),
    "brackets": (ITEM, "body: [5-7] ", "body: ［5-7］ ", ":5:9", "[5-7]"),
    "brackets in braces": (ITEM, "role: [attendee, speaker]", "role: ［attendee, speaker］", ":18:16", "[attendee"),
    "marks around an id": (ITEM, "event: skills-contest", "event: “skills-contest”", ":21:37", "skills-contest"),
    "marks around a word": (ITEM, "role: site", "role: “site”", ":16:16", "site"),
    "digit": (ITEM, "headline: 3", "headline: ３", ":3:13", "3"),
    "range": (ITEM, "[5-7]", "[5－7]", ":5:10", "5-7"),
    "range with a dash": (ITEM, "[5-7]", "[5—7]", ":5:10", "5-7"),
    "range with a tilde": (ITEM, "[5-7]", "[5~7]", ":5:10", "5-7"),
    "list of names": (ITEM, "name: 吴珊}", "names: [吴珊，陈守一]}", ":18:45", "吴珊, 陈守一"),
    "list of names as printed": (ITEM, "name: 吴珊}", "name: 吴珊、陈守一}", ":18:43", "names: [吴珊, 陈守一]"),
    "marks around a name": (ITEM, "name: 吴珊}", "name: “吴珊”}", ":18:43", "write 吴珊"),
    "colon without a space in braces": (PEOPLE, "{name: 陈守一,", "{name:陈守一,", ":2:15", "name: 陈守一"),
}


@pytest.mark.long
@pytest.mark.parametrize("slip", FULL_WIDTH_IN_PLACE)
def test_a_full_width_mark_that_yaml_takes_for_text(begun: Path, slip: str) -> None:
    file, old, new, place, plain = FULL_WIDTH_IN_PLACE[slip]
    problem = first(begun, file, old, new)
    assert str(problem.place) == f"{file}{place}"
    assert plain in problem.hint


def test_a_file_in_full_width_alone(begun: Path) -> None:
    (begun / PEOPLE).write_text("wu-shan：\n  name：吴珊\n", encoding="utf-8")
    problem = check_root(begun).report.problems[0]
    assert str(problem.place) == f"{PEOPLE}:1:8" and "full-width “：”" in problem.message


@pytest.mark.long
def test_a_colon_without_a_space(begun: Path) -> None:
    problem = first(begun, ITEM, "    date: 3月1日", "    date:3月1日")
    assert str(problem.place) == f"{ITEM}:14:9"
    assert "space" in words(problem) and "“: ”" in problem.expected


@pytest.mark.parametrize(
    "text",
    [
        "a: 他说：好，“行”\nb:\n\t- c\n",
        "why: 会议指出：要，“好”\nkind: [\n",
        "a: {quote: 会议指出，要, b: c\n",
        "reason: >\n  他说：\n  好。\nb: c: d\n",
        "- 青禾镇：一\n- 松岭县：二\n - b: [c\n",
    ],
)
def test_a_mark_that_broke_nothing_is_not_blamed(text: str) -> None:
    _, problems = load(text.encode(), "f.yaml")
    assert [problem.rule for problem in problems] == ["YML003"]
    assert "full-width" not in words(problems[0])


# -- quotes ------------------------------------------------------------------------------------------------------

PAGE = """\
松岭县召开⼤会

昨日，松岭县在青禾镇
召开 动员大会，１９８名干部参加。王建国说：“干部
要下乡。”已有3个村报名。
会议由李\ufa08主持。

第03版
青禾镇下雪
"""


def quoted(quote: str, **beside: str) -> Problem:
    """What is said of a name with this quote in an item of lines 1 to 6."""
    more = "".join(f", {key}: '{value}'" for key, value in beside.items())
    article = (
        f"text: {{headline: 1, body: [3, 6]}}\nevents:\n  e:\n    trigger: 召开\n    name: {{quote: {quote}{more}}}\n"
    )
    article = article.replace("trigger: 召开", "trigger: {quote: 召开, before: 动员}")
    found = checked(tiny_root(PAGE, {"i": article, "j": "text: {headline: 8, body: [9]}\n"})).report.problems
    return next(problem for problem in found if problem.rule == "EVI002")


LOOK_ALIKE = {
    "a radical in the quote": ("动员⼤会", ["“大” U+5927", "“⼤” U+2F24", "line 4"]),
    "a radical on the page": ("召开大会", ["“⼤” U+2F24", "“大” U+5927", "line 1"]),
    "a compatibility ideograph on the page": ("李行主持", ["U+FA08", "U+884C", "line 6"]),
    "half-width digits": ("198名干部", ["“１９８名干部”", "line 4"]),
    "straight quotation marks": ("'说：\"干部要下乡。\"'", ["“", "U+201C", "U+0022"]),
    "a half-width comma": ("'动员大会,１９８名'", ["“，” U+FF0C", "“,” U+002C"]),
    "a variation selector": ("'动员大\ufe00会'", ["U+FE00", "line 4"]),
    "a space that has no width": ("'动员\u200b大会'", ["U+200B", "line 4"]),
    "another character": ("己有3个村报名", ["“已” U+5DF2", "“己” U+5DF1", "line 5"]),
    "another character in the middle": ("松岭县存青禾镇召开", ["“在” U+5728", "“存” U+5B58", "line 3"]),
}


@pytest.mark.long
@pytest.mark.parametrize("slip", LOOK_ALIKE)
def test_a_quote_with_a_look_alike(slip: str) -> None:
    quote, told = LOOK_ALIKE[slip]
    problem = quoted(quote)
    for part in told:
        assert part in problem.found, words(problem)
    assert "copy" in problem.hint


def test_a_quote_over_a_wrapped_line_is_found_and_one_with_a_typed_break_says_so() -> None:
    problem = quoted("'在青禾镇\\n召开'")
    assert "\\n" in words(problem) and "line 3" in problem.found and "line breaks do not count" in problem.hint


def test_a_quote_over_the_edge_of_a_segment() -> None:
    problem = quoted("'要下乡。”已有3个村报名。会议由'")
    assert "line 5" in problem.found and "line 6" in problem.found
    assert "text:" in problem.hint and "one paragraph" in problem.hint


def test_a_quote_of_another_item() -> None:
    problem = quoted("青禾镇下雪")
    assert "line 9" in problem.found and "not in this item" in problem.found
    assert "text:" in problem.hint


def test_a_quote_in_marks_that_the_page_does_not_print() -> None:
    problem = quoted("“动员大会”")
    assert "without the marks" in problem.hint and "line 4" in problem.found


@pytest.mark.long
def test_a_quote_with_something_left_out() -> None:
    for mark in ("……", "…", "..."):
        problem = quoted(f"'松岭县在青禾镇{mark}动员大会'")
        assert "nothing is left out" in problem.hint, words(problem)


def test_a_quote_whose_neighbour_is_another() -> None:
    problem = quoted("动员大会", before="一百名")
    assert "line 4" in problem.found and "，１９８名" in problem.found
    assert "before:" in problem.hint


def test_a_quote_that_is_nowhere_keeps_its_longest_beginning() -> None:
    problem = quoted("松岭县在云河市召开")
    assert "line 3 has “松岭县在” followed by “青禾镇召开动”" in problem.found


@pytest.mark.long
def test_a_look_for_what_is_like_a_quote_takes_no_time(benchmark_root: dict[str, bytes]) -> None:
    import time

    began = time.process_time()
    checked(benchmark_root)
    assert time.process_time() - began < 20


@pytest.fixture
def benchmark_root() -> dict[str, bytes]:
    """Two thousand quotes that are not on a page of forty thousand characters."""
    page = "标题\n" + "松岭县在青禾镇召开动员大会，干部参加，一百名村民报名。\n" * 1500
    events = "".join(f"  e{n}:\n    trigger: 松岭县在青禾镇举行动员大会第{n}次\n    name: 松岭\n" for n in range(2000))
    return tiny_root(page, {"i": f"text: {{headline: 1, body: [2-1501]}}\nevents:\n{events}"})
