"""What two readers stumbled over who had never seen the program, each with its cousins: two texts of other papers that
a rule serves, and one that it must leave alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lingang
from lingang.cli.commands import main
from tiny_root import checked, problems, tiny_root

NOBODY = {"people": "{}\n", "organizations": "{}\n"}


def root(line: str, item: str, *, source: str = "", **registries: str) -> dict[str, bytes]:
    """A root of one paragraph."""
    return tiny_root(
        line + "\n", {"item": f"text: {{body: [1]}}\n{item}"}, source=source, registries=NOBODY | registries
    )


def advice(files: dict[str, bytes], rule: str) -> list[str]:
    found = (problem for problem in checked(files).report.problems if problem.rule == rule)
    return [f"{one.place} {one.message}; expected {one.expected}; found {one.found}" for one in found]


def errors(files: dict[str, bytes]) -> list[str]:
    return [str(problem) for problem in checked(files).report.problems if problem.severity == "error"]


def rows(files: dict[str, bytes], table: str) -> list[dict[str, Any]]:
    tables = checked(files).tables
    assert tables is not None, problems(files)
    found: list[dict[str, Any]] = tables.arrow[table].to_pylist()
    return found


# ---------------------------------------------------------------- triggers


@pytest.mark.long
@pytest.mark.parametrize(
    ("line", "trigger"),
    [
        ("3月5日起，县城老街实行单向通行。", "实行"),
        ("3月5日至9日，白沙大桥禁止货车通行。", "禁止"),
        ("3月5日，县医院开设夜间门诊。", "开设"),
        ("3月5日，工匠们修好了青禾镇戏楼。", "修好"),
        ("白沙桥建于清道光年间。", "建于"),
        ("3月5日，村民把谷种搬回仓库。", "搬回"),
        ("年底前，剧团要在青禾镇演满六十场。", "演满"),
        ("3月5日，夜间公交改道行驶。", "改道行驶"),
        ("3月5日，县交警大队发出通告。", "通告"),
        ("3月5日，白沙渠修了三个月后通水。", "修"),
        ("3月5日，青禾鎮公所開設長者課堂。", "開設"),
        ("3月5日，學童把書籍運回學校。", "運回"),
        ("3月5日夜，冰雹砸毁大棚。", "砸毁"),
        ("3月5日，县队逆转客队。", "逆转"),
        ("3月5日，县气象台解除大风预警。", "解除"),
        ("3月5日，鸡蛋报收每斤四元。", "报收"),
        ("3月5日，全县中小学开学。", "开学"),
        ("3月5日，县疾控中心接种疫苗。", "接种"),
        ("3月5日，县法院受审一案。", "受审"),
        ("3月5日，老人的骨灰撒入白沙河。", "撒入"),
    ],
)
def test_a_whole_word_is_a_trigger(line: str, trigger: str) -> None:
    """EVT011 serves the two below, and leaves these alone."""
    files = root(line, f"events: {{done: {{trigger: {trigger}, name: {trigger}, kind: other}}}}\n")
    assert advice(files, "EVT011") == []


@pytest.mark.parametrize(("line", "trigger"), [("3月5日，青禾镇召开大会。", "召"), ("3月5日，两镇联合巡河。", "合巡")])
def test_a_part_of_a_word_is_none(line: str, trigger: str) -> None:
    files = root(line, f"events: {{done: {{trigger: {trigger}, name: {trigger}, kind: other}}}}\n")
    assert len(advice(files, "EVT011")) == 1


# ---------------------------------------------------------------- reasons


def test_one_text_explains_what_nothing_else_tells() -> None:
    line = "陈守一说，渠里的水比往年清。青禾镇召开大会。青禾镇举行典礼。"
    item = """\
events:
  meeting: {trigger: 召开, name: 大会, participants: [{role: organizer, name: 青禾镇, before: 召开}]}
  rite: {trigger: 举行, name: 典礼, participants: [{role: organizer, name: 青禾镇, before: 举行}]}
quotations:
  - {cue: 说, speaker: 陈守一, to: 水比往年清, event: none, why: the page does not say where he said it}
"""
    registries = {
        "people": "chen-shouyi: {name: 陈守一, latin: Chen Shouyi}\n",
        "organizations": "qinghe: {name: 青禾镇}\n",
    }
    files = root(line, item, **registries)
    assert advice(files, "EVI008") == []
    found = {(row["column_name"], row["basis"]) for row in rows(files, "evidence") if row["table_name"] == "quotations"}
    assert ("event_id", "inferred") in found and ("person_id", "stated") in found


def test_one_text_explains_a_parent() -> None:
    places = (
        "qinghe: {name: 青禾镇}\n"
        "dyke: {name: 白沙堤, parent: qinghe, kind: other, why: the dyke lies in the town by the second sentence}\n"
    )
    files = root("村民在白沙堤植树。青禾镇的堤都栽了柳。", "", places=places)
    assert advice(files, "EVI008") == []


def test_a_text_that_explains_what_words_tell_stays_with_it() -> None:
    line = "青禾镇召开大会。"
    item = "events: {meeting: {trigger: 召开, name: 大会, kind: meeting, why: it is one}}\n"
    notes = [row["note"] for row in rows(root(line, item), "evidence") if row["column_name"] == "kind"]
    assert notes == ["it is one"]


def test_a_kind_that_nothing_tells_shows_the_few_that_are_near() -> None:
    line = "3月5日至9日，县城实行交通管制，白沙大桥禁止货车驶入。"
    files = root(line, "events: {ban: {trigger: 禁止, name: 禁止货车驶入}}\n")
    (told,) = advice(files, "EVI008")
    assert "transport_change" in told
    assert len(told) < 400 and told.count(",") < 12


@pytest.mark.parametrize(
    "line",
    [
        "县消防队联合县应急局，在白沙商城开展演练。",
        "县图书馆携手县文化馆，在青禾镇举办书展。",
        "縣警局會同縣衛生局，在老街舉行演練。",
    ],
)
def test_who_does_it_together_with_others_holds_it(line: str) -> None:
    hosts = {"县": ("县消防队", "开展", "演练"), "图": ("县图书馆", "举办", "书展"), "縣": ("縣警局", "舉行", "演練")}
    name, trigger, event = hosts["图" if "图" in line else line[0]]
    item = (
        f"events: {{held: {{trigger: {trigger}, name: {event}, kind: drill, why: x, "
        f"participants: [{{role: organizer, name: {name}}}]}}}}\n"
    )
    assert [
        told
        for told in advice(root(line, item, organizations=f"host: {{name: {name}}}\n"), "EVI008")
        if "organizer" in told
    ] == []


def test_what_a_later_clause_tells_is_pointed_to() -> None:
    who = "participants: [{role: organizer, name: 县图书馆}]"
    item = f"events: {{held: {{trigger: 举办, name: 书展, kind: exhibition, {who}}}}}\n"
    line = "县图书馆筹备多日，昨天在青禾镇举办书展。"
    told = [
        one
        for one in advice(root(line, item, organizations="host: {name: 县图书馆}\n"), "EVI008")
        if "organizer" in one
    ]
    assert told and "quote" in told[0] and "举办" in told[0]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("村党支部", "party_body"),
        ("柳湾村党总支", "party_body"),
        ("村黨支部", "party_body"),
        ("村委会", "village_committee"),
    ],
)
def test_a_branch_of_the_party_runs_no_village(name: str, kind: str) -> None:
    files = root(f"{name}召开大会。", "", organizations=f"body: {{name: {name}}}\n")
    assert [row["kind"] for row in rows(files, "organizations")] == [kind]


@pytest.mark.long
@pytest.mark.parametrize("name", ["孟老太", "高师傅", "李女士", "周大爷", "陳師傅", "王阿姨", "赵老汉", "王主任"])
def test_a_form_of_address_is_no_given_name(name: str) -> None:
    files = root(f"{name}来到河边。", "", people=f"somebody: {{name: {name}, latin: X}}\n")
    assert [(row["family_name"], row["given_name"]) for row in rows(files, "people")] == [(None, None)]


def test_a_given_name_stays_one() -> None:
    files = root("陈守一来到河边。", "", people="chen-shouyi: {name: 陈守一, latin: Chen Shouyi}\n")
    assert [(row["family_name"], row["given_name"]) for row in rows(files, "people")] == [("陈", "守一")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("2026年2月5日松岭县举行演练。", "日松岭县"),
        ("松岭县消防救援大队联合县应急管理局演练。", "大队联合县"),
        ("由岚河市梆子剧团演出。", "由岚河"),
        ("禁止5吨以上货车驶入青禾镇人民医院。", "吨以上"),
        ("公所會同縣衛生局演練。", "會同縣"),
        ("12路公交开到青禾镇中学。", "路公交"),
        ("公交因白沙大桥维修绕行。", "因白沙"),
        ("请中小学校停止户外活动。", "中小学校"),
        ("請松嶺縣衛生局派員。", "請松嶺"),
    ],
)
def test_a_name_begins_after_a_date_a_number_and_a_word_of_company(line: str, wrong: str) -> None:
    assert [told for told in advice(root(line, ""), "MEN002") if wrong in told] == []


@pytest.mark.parametrize(
    ("line", "name"), [("由岚河市梆子剧团演出。", "岚河市梆子剧团"), ("2月5日青禾镇人民医院义诊。", "青禾镇人民医院")]
)
def test_and_is_shown_whole(line: str, name: str) -> None:
    told = advice(root(line, ""), "MEN002")[-1]
    assert told.endswith(f"found {name} on line 1") or told.endswith(f"found {name}")


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("环湖路东段", "road"),
        ("白沙大道北段", "road"),
        ("環湖路東段", "road"),
        ("中山路二段", "address"),
        ("松岭商城", "site"),
        ("老街中段", "road"),
    ],
)
def test_a_stretch_of_a_road_is_a_road(name: str, kind: str) -> None:
    files = root(f"{name}积雪。", "", places=f"somewhere: {{name: {name}}}\n")
    assert [row["kind"] for row in rows(files, "places")] == [kind]


def test_a_form_in_the_text_of_the_page_alone_is_told_as_such() -> None:
    page = "云河日报\n青禾镇召开大会。\n编辑 尤之航\n"
    files = tiny_root(
        page,
        {"item": "text: {body: [2-2]}\n"},
        source="  text: {masthead: 1, credit: 3}\n",
        registries=NOBODY | {"people": "you-zhihang: {name: 尤之航, latin: You Zhihang}\n"},
    )
    (told,) = advice(files, "EVI013")
    assert "no item prints" in told


def test_a_word_for_a_body_is_no_part_of_the_name_of_another() -> None:
    files = tiny_root(
        "县委常委陈守一到会，县长吴珊主持。松岭县下雪。\n",
        {"item": "text: {body: [1]}\ntitles: {县委常委: 陈守一, 县长: 吴珊}\n"},
        source="  stand_ins: {县: 松岭县}\n",
        registries={
            "people": "chen-shouyi: {name: 陈守一, latin: Chen Shouyi}\nwu-shan: {name: 吴珊, latin: Wu Shan}\n",
            "organizations": "songling: {name: 松岭县}\n",
        },
    )
    found = {row["title_raw"]: (row["organization_id"], row["title"]) for row in rows(files, "positions")}
    assert found == {"县委常委": (None, "县委常委"), "县长": ("songling", "县长")}


# ---------------------------------------------------------------- dates


@pytest.mark.long
@pytest.mark.parametrize("date", ["清道光年间", "上世纪八十年代", "民国初年", "乾隆年間", "明朝末年"])
def test_an_era_is_a_date_without_a_day(date: str) -> None:
    files = root(
        f"白沙桥始建于{date}。",
        f"events: {{built: {{trigger: 始建于, name: 始建于, date: {date}, kind: construction}}}}\n",
    )
    assert advice(files, "EVT003") == []
    assert [row["date_precision"] for row in rows(files, "events")] == ["vague"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("date", "edtf", "basis"),
    [
        ("清道光年间", "1821/1850", "stated"),
        ("上世纪八十年代", "1980/1989", "stated"),
        ("今冬明春", "2025-12/2026-02", "published"),
        ("十年前", "'2015'", "published"),
    ],
)
def test_the_year_of_an_era_does_not_count_from_the_day_of_publication(date: str, edtf: str, basis: str) -> None:
    page = f"2025年11月6日\n{date}修建白沙桥。\n"
    item = (
        f"text: {{body: [2]}}\nevents: {{built: {{trigger: 修建, name: 白沙桥, date: {date}, edtf: {edtf}, "
        f"why: {{edtf: the years of it}}}}}}\n"
    )
    files = tiny_root(
        page, {"item": item}, source="  text: {dateline: 1}\n  published: 2025年11月6日\n", registries=NOBODY
    )
    assert errors(files) == []
    assert [row["year_basis"] for row in rows(files, "events")] == [basis]


@pytest.mark.long
@pytest.mark.parametrize(
    ("edtf", "start", "end"), [("../2025-12-31", None, "2025-12-31"), ("2025-12-01/..", "2025-12-01", None)]
)
def test_an_interval_may_be_open(edtf: str, start: str | None, end: str | None) -> None:
    item = (
        f"events: {{shows: {{trigger: 演出, status: planned, name: 演出, date: 年底前, edtf: {edtf}, "
        f"why: {{edtf: by the end of the year, status: still to come}}}}}}\n"
    )
    files = root("2025年，剧团年底前要演出。", item)
    assert errors(files) == []
    (event,) = rows(files, "events")
    assert [str(day) if day else None for day in (event["date_start"], event["date_end"])] == [start, end]


@pytest.mark.parametrize("edtf", ["/2025-12-31", "..", "../..", "before 2026"])
def test_an_interval_that_is_none_says_which_are(edtf: str) -> None:
    item = f"events: {{shows: {{trigger: 演出, name: 演出, date: 年底前, edtf: '{edtf}', why: {{edtf: x}}}}}}\n"
    (told,) = advice(root("剧团年底前演出。", item), "EVT002")
    assert "../2025-12-31" in told


def test_the_mend_of_a_date_that_is_not_read_does_not_shorten_it() -> None:
    item = "events: {shows: {trigger: 演出, name: 演出, date: 年底前}}\n"
    files = root("剧团年底前演出。", item)
    hints = [problem.hint for problem in checked(files).report.problems if problem.rule == "EVT003"]
    assert hints and "alone" not in hints[0] and "edtf:" in hints[0]


def test_a_feast_beside_its_year_is_one_date() -> None:
    item = "events: {rule: {trigger: 实行, name: 交通管制, date: 2026年春节期间, kind: transport_change}}\n"
    (told,) = advice(root("2026年春节期间实行交通管制。", item), "EVT003") or ["none"]
    assert "2026年、" not in told


# ---------------------------------------------------------------- figures


@pytest.mark.long
@pytest.mark.parametrize(
    ("line", "number", "label", "kind"),
    [
        ("禁止5吨以上货车通行。", "5吨以上", "货车", "measure"),
        ("公交12路改道。", "12路", "公交", "label_number"),
        ("商城三楼服装区起火。", "三楼", "服装区", "ordinal"),
        ("风力达30米/秒左右。", "30米/秒左右", "风力", "measure"),
        ("門診樓二樓開設課堂。", "二樓", "課堂", "ordinal"),
        ("兵分三路展开巡查。", "三路", "巡查", "count"),
        ("地铁3号线停运。", "3号线", "地铁", "label_number"),
        ("捐款5000元以上的企业到会。", "5000元以上", "捐款", "money"),
        ("18名消防员参加。", "18名", "消防员", "count"),
    ],
)
def test_what_a_number_is_of(line: str, number: str, label: str, kind: str) -> None:
    files = root(line, f"figures: [{{number: {number}, label: {label}, event: none}}]\n")
    assert [row["kind"] for row in rows(files, "figures")] == [kind], problems(files)


# ---------------------------------------------------------------- roles and speech


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("剧团团长方一鸣介绍，剧团演出。", "剧团团长"),
        ("代表队领队方一鸣说，剧团演出。", "代表队领队"),
        ("劇團團長方一鳴表示，劇團演出。", "劇團團長"),
    ],
)
def test_a_post_is_no_role(line: str, title: str) -> None:
    name = "方一鳴" if "鳴" in line else "方一鸣"
    item = f"titles: {{{title}: {name}}}\nevents: {{show: {{trigger: 演出, name: 演出}}}}\n"
    files = root(line, item, people=f"fang-yiming: {{name: {name}, latin: Fang Yiming}}\n")
    assert advice(files, "PAR008") == []


@pytest.mark.parametrize("line", ["方一鸣主持演出。", "团长方一鸣带队演出。"])
def test_a_role_beside_a_post_is_told(line: str) -> None:
    titles = "titles: {团长: 方一鸣}\n" if "团长" in line else ""
    item = f"{titles}events: {{show: {{trigger: 演出, name: 演出}}}}\n"
    files = root(line, item, people="fang-yiming: {name: 方一鸣, latin: Fang Yiming}\n")
    assert len(advice(files, "PAR008")) == 1


CAMPAIGN = "drive: {name: 百村送戏}\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("line", "cue", "relation", "told"),
    [
        ("方一鸣介绍，今年市里启动百村送戏活动。", "介绍", "launched", 0),
        ("方一鸣表示，剧团已经完成百村送戏。", "表示", "concluded", 0),
        ("方一鸣强调，要启动百村送戏活动。", "强调", "launched", 1),
        ("方一鸣要求，各村推进百村送戏。", "要求", "advanced", 1),
    ],
)
def test_what_speech_reports_is_not_demanded(line: str, cue: str, relation: str, told: int) -> None:
    trigger = next(word for word in ("启动", "完成", "推进") if word in line)
    item = (
        f"events: {{drive: {{trigger: {trigger}, name: 百村送戏, kind: launch}}}}\n"
        f"quotations: [{{cue: {cue}, speaker: 方一鸣, event: none, why: {{event: not told}}}}]\n"
        f"campaigns: [{{campaign: 百村送戏, relation: {relation}, event: drive}}]\n"
    )
    files = root(line, item, people="fang-yiming: {name: 方一鸣, latin: Fang Yiming}\n", campaigns=CAMPAIGN)
    assert len(advice(files, "EVT025")) == told


def test_who_takes_part_is_an_attendee_whatever_the_group_is_called() -> None:
    line = "演练在县城举行，18名消防员、4辆消防车参加。"
    item = (
        "events: {drill: {trigger: 举行, name: 演练, "
        "participants: [{role: attendee, group: 消防员}, {role: site, name: 县城}]}}\n"
    )
    files = root(line, item, places="town: {name: 县城, kind: town, why: x}\n")
    assert [one for one in advice(files, "EVI008") if "attendee" in one] == []


def test_who_comments_on_the_spot_speaks() -> None:
    line = "演练在县城举行，向北平现场点评。"
    item = "events: {drill: {trigger: 举行, name: 演练, participants: [{role: speaker, name: 向北平}]}}\n"
    files = root(line, item, people="xiang-beiping: {name: 向北平, latin: Xiang Beiping}\n")
    assert [one for one in advice(files, "EVI008") if "speaker" in one] == []


# ---------------------------------------------------------------- the command line


def test_coverage_says_which_names_and_numbers_it_misses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text("松岭县演练\n2月5日，松岭县人民医院演练，18名医生到场，用时26分钟。\n", encoding="utf-8")
    main(["new", str(tmp_path / "mine"), "--page", str(page)])
    capsys.readouterr()
    main(["validate", str(tmp_path / "mine")])
    out = capsys.readouterr().out
    numbers = next(line for line in out.splitlines() if line.startswith("coverage: 0 of 2 numbers"))
    assert "18名 on line 2" in numbers and "26分钟 on line 2" in numbers
    names = next(line for line in out.splitlines() if "names" in line and line.startswith("coverage"))
    assert "松岭县人民医院 on line 2" in names


def test_an_about_that_says_nothing_is_one_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text("松岭县演练\n2月5日，演练举行。\n", encoding="utf-8")
    main(["new", str(tmp_path / "mine"), "--page", str(page)])
    capsys.readouterr()
    assert main(["release", str(tmp_path / "mine"), "--out", str(tmp_path / "dist")]) == 1
    told = capsys.readouterr()
    text = told.out + told.err
    assert text.count("YML011") == 1
    assert all(key in text for key in ("base", "contact", "creators", "description", "license", "method", "title"))


def test_a_new_root_has_a_page_for_its_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text("松岭县演练\n2月5日，演练举行。\n", encoding="utf-8")
    main(["new", str(tmp_path / "mine"), "--page", str(page)])
    assert (tmp_path / "mine/dataset/CASES.md").is_file()


@pytest.mark.parametrize("command", ["tables", "show", "find"])
def test_a_root_given_to_tables_is_told_where_it_goes(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", str(tmp_path / "mine")])
    capsys.readouterr()
    words = ["x"] if command != "tables" else []
    assert main([command, *words, str(tmp_path / "mine")]) == 2
    assert f"--from {tmp_path / 'mine'}" in capsys.readouterr().err


def test_a_word_for_a_body_before_any_title_is_written_is_no_error() -> None:
    files = root(
        "松岭县召开大会。", "", source="  stand_ins: {县: 松岭县}\n", organizations="songling: {name: 松岭县}\n"
    )
    assert advice(files, "YML015") == []


def test_a_word_for_a_body_that_begins_no_title_is_told_the_right_way_round() -> None:
    files = root(
        "主任陈守一到会，松岭县召开大会。",
        "titles: {主任: 陈守一}\n",
        source="  stand_ins: {县: 松岭县}\n",
        people="chen-shouyi: {name: 陈守一, latin: Chen Shouyi}\n",
        organizations="songling: {name: 松岭县}\n",
    )
    (told,) = advice(files, "YML015")
    assert "a title of an item that begins with this word" in told


@pytest.mark.long
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("年内建成茶旅示范村6个。", []),
        ("全县新建乡镇卫生院12家、中心小学3所。", []),
        ("縣內興建社區醫院3間。", []),
        ("青禾镇卫生院3名医生到场。", ["青禾镇", "青禾镇卫生院"]),
        ("柳湾中学2025年招生。", ["柳湾中学"]),
    ],
)
def test_what_a_number_counts_is_no_name(line: str, told: list[str]) -> None:
    found = [one.split("found ")[1].split(" on ")[0] for one in advice(root(line, ""), "MEN002")]
    assert sorted(found) == told


def test_coverage_shows_titles_as_words_and_no_quoted_words_as_names() -> None:
    line = "县长陈守一部署2025年重点任务，新增规模以上工业企业23家。"
    item = """\
events: {work: {trigger: 部署, name: 重点任务, about: [2025年重点任务], kind: other, why: x}}
figures: [{number: 23家, label: 规模以上工业企业, event: none}]
"""
    files = root(line, item, people="chen-shouyi: {name: 陈守一, latin: Chen Shouyi}\n")
    lines = {kind: (seen, held, missed) for kind, seen, held, missed in checked(files).report.coverage}
    assert lines["titles"] == (1, 0, ("县长 on line 1",))
    assert lines["dates"] == (1, 1, ())
    assert lines["names"] == (1, 1, ())


def test_advice_about_one_text_stands_in_the_order_of_the_page() -> None:
    line = "镇长吴珊来到柳湾中学，云河市人民医院义诊，县长常立本致辞，松岭县图书馆开馆。"
    places = [problem.span for problem in checked(root(line, "")).report if problem.rule == "MEN002"]
    assert len(places) >= 4
    assert places == sorted(places)


def test_a_record_is_shown_by_its_table_and_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    event = lingang.load("events").event_id[0]
    assert main(["show", f"events/{event}"]) == 0
    assert capsys.readouterr().out.startswith(f"events {event}\n")
    assert main(["show", f"people/{event}"]) == 2
