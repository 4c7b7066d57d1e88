"""What pages of other kinds print: crossheads between paragraphs, Latin names in a byline, a body that 县 begins."""

from __future__ import annotations

from typing import Any

import pytest

from tiny_root import checked, problems, tiny_root, told

PEOPLE = "chen-shouyi: {name: 陈守一, latin: Chen Shouyi}\n"
NONE = {"organizations": "{}\n", "people": "{}\n"}


def rows(files: dict[str, bytes], table: str) -> list[dict[str, Any]]:
    result = checked(files)
    assert told(result) == []
    assert result.tables is not None
    found: list[dict[str, Any]] = result.tables.arrow[table].to_pylist()
    return found


def test_a_line_of_another_role_between_two_paragraphs_is_no_part_of_the_first() -> None:
    page = "老人与粥\n清早，粥香四起。\n锅里\n还冒着热气。\n账本\n翻开账本，字迹工整。\n"
    files = tiny_root(page, {"porridge": "text: {headline: 1, body: [2, 6-6], crosshead: 5}\n"}, registries=NONE)
    held = [(row["role"], row["text"]) for row in rows(files, "segments")]
    assert held == [
        ("headline", "老人与粥"),
        ("body", "清早，粥香四起。锅里还冒着热气。"),
        ("crosshead", "账本"),
        ("body", "翻开账本，字迹工整。"),
    ]


def test_a_paragraph_goes_on_below_a_line_of_another_role() -> None:
    page = "老人与粥\n清早，粥香\n图为粥摊\n四散飘开。\n翻开账本，字迹工整。\n"
    files = tiny_root(page, {"porridge": "text: {headline: 1, body: [2, 5-5], caption: 3}\n"}, registries=NONE)
    held = [(row["role"], row["paragraph"], row["text"]) for row in rows(files, "segments")]
    assert held[1:] == [
        ("body", 1, "清早，粥香"),
        ("caption", None, "图为粥摊"),
        ("body", 1, "四散飘开。"),
        ("body", 2, "翻开账本，字迹工整。"),
    ]


def test_lines_that_an_item_gives_to_two_roles_are_an_error() -> None:
    page = "老人与粥\n清早，粥香四起。\n账本\n翻开账本，字迹工整。\n"
    files = tiny_root(page, {"porridge": "text: {headline: 1, body: [2-4], crosshead: 3}\n"}, registries=NONE)
    assert problems(files)


@pytest.mark.long
@pytest.mark.parametrize("written", ["本报讯（记者 John Lam、陈守一）", "本报讯（记者John Lam、陈守一）", "2"])
def test_a_latin_name_keeps_its_space_in_a_byline(written: str) -> None:
    page = "灯会开幕\n本报讯（记者 John  Lam、陈守一）\n灯会昨晚亮灯。\n"
    registries = {"organizations": "{}\n", "people": PEOPLE + "john-lam: {name: John Lam, latin: John Lam}\n"}
    files = tiny_root(page, {"lamps": f"text: {{headline: 1, byline: {written}, body: [3]}}\n"}, registries=registries)
    assert rows(files, "articles")[0]["byline"] == "本报讯（记者John Lam、陈守一）"
    assert {row["person_id"] for row in rows(files, "bylines")} == {"john-lam", "chen-shouyi"}


COUNTY = "songling-county: {name: 松岭县}\ncommerce-bureau: {name: 县商务局}\n"


def test_a_body_that_a_stand_in_begins_hangs_on_the_name_that_another_item_of_the_page_prints() -> None:
    page = "市场平稳\n县商务局加强了巡查。\n\n松岭县下雪了。\n"
    articles = {"market": "text: {headline: 1, body: [2]}\n", "snow": "text: {body: [4]}\n"}
    registries = {"people": "{}\n", "organizations": COUNTY}
    files = tiny_root(page, articles, source="  stand_ins: {县: 松岭县}\n", registries=registries)
    parents = {row["organization_id"]: row["parent_organization_id"] for row in rows(files, "organizations")}
    assert parents == {"songling-county": None, "commerce-bureau": "songling-county"}


SPEAKERS = "liu: {name: 刘大妈, latin: Liu}\nma-xiaohu: {name: 马小虎, latin: Ma Xiaohu}\n"
SPEECH = {
    "a sentence with its day before the cue": (
        "“今年的白菜便宜。”1月4日上午，家住城关街道的刘大妈在菜场一边挑菜一边说。",
        "{cue: 说, from: 今年的, to: 便宜。, speaker: 刘大妈, event: none}",
    ),
    "where she stood": (
        "“明天还来！”走出礼堂，刘大妈擦了擦汗，笑着说。",
        "{cue: 笑着说, from: 明天, to: 还来！, speaker: 刘大妈, event: none}",
    ),
    "inner marks": (
        "刘大妈说：“马小虎跟我讲‘阿姨，把这儿当家’，我听了高兴。”",
        "{cue: 说, speaker: 刘大妈, event: none}",
    ),
    "speech inside speech": (
        "“马小虎说：‘阿姨，我没事。’”刘大妈笑道。",
        "{cue: 笑道, from: 马小虎, to: 没事。’, speaker: 刘大妈, event: none}\n"
        "  - {cue: 说, from: 阿姨, to: 我没事。, speaker: 马小虎, event: none}",
    ),
}


@pytest.mark.parametrize("case", SPEECH)
def test_direct_speech_with_its_cue_after_it(case: str) -> None:
    text, entries = SPEECH[case]
    people = "\n".join(line for line in SPEAKERS.splitlines() if line.split("name: ")[1].split(",")[0] in text)
    article = "text: {body: [1]}\nquotations:\n  - " + entries + "\n"
    files = tiny_root(text + "\n", {"talk": article}, registries={"people": people + "\n", "organizations": "{}\n"})
    assert [line for line in problems(files) if "QUO" in line] == []


def test_speech_that_another_sentence_parts_from_its_cue_is_advice() -> None:
    text = "“今年的白菜便宜。”人群散去。刘大妈说。"
    article = "text: {body: [1]}\nquotations:\n  - {cue: 说, from: 今年的, to: 便宜。, speaker: 刘大妈, event: none}\n"
    registries = {"people": SPEAKERS.splitlines()[0] + "\n", "organizations": "{}\n"}
    (found,) = problems(tiny_root(text + "\n", {"talk": article}, registries=registries), ignore=("LED", "EVI", "MEN"))
    assert "QUO004" in found


ROSTER = """\
任命：
陈守一为松岭市市长；
古丽·艾山（女，维吾尔族）为市教育局局长。
免去：
钟鸣远、米建业的市教育局副局长职务。
"""
ROSTER_PEOPLE = """\
chen-shouyi: {name: 陈守一, latin: Chen Shouyi}
guli-aishan: {name: 古丽·艾山, latin: Guli Aishan}
mi-jianye: {name: 米建业, latin: Mi Jianye}
zhong-mingyuan: {name: 钟鸣远, latin: Zhong Mingyuan}
"""
ROSTER_BODIES = "songling: {name: 松岭市}\nbureau: {name: 市教育局}\n"
ROSTER_ITEM = """\
text: {headline: 1, body: [2, 3, 4, 5-5]}
titles:
  松岭市市长: {names: 陈守一, quote: 陈守一为松岭市市长}
  市教育局局长: {names: 古丽·艾山, quote: 古丽·艾山（女，维吾尔族）为市教育局局长}
  市教育局副局长: {names: [钟鸣远, 米建业], quote: 钟鸣远、米建业的市教育局副局长职务}
"""


def roster(item: str = ROSTER_ITEM) -> dict[str, bytes]:
    return tiny_root(ROSTER, {"roster": item}, registries={"people": ROSTER_PEOPLE, "organizations": ROSTER_BODIES})


def test_a_title_that_does_not_touch_its_name_is_quoted_with_it() -> None:
    posts = {(row["person_id"], row["organization_id"], row["title"]) for row in rows(roster(), "positions")}
    assert posts == {
        ("chen-shouyi", "songling", "市长"),
        ("guli-aishan", "bureau", "局长"),
        ("mi-jianye", "bureau", "副局长"),
        ("zhong-mingyuan", "bureau", "副局长"),
    }


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("quote: 陈守一为松岭市市长", "quote: 陈守一为松岭市", "EVI002"),
        ("{names: 陈守一, quote", "{names: 米建业, quote", "EVI002"),
        ("quote: 陈守一为松岭市市长", "quote: 陈守一为松岭市镇长", "EVI002"),
        ("[钟鸣远, 米建业], quote", "[钟鸣远], quote", "PER011"),
    ],
)
def test_a_quote_of_a_title_holds_its_names_and_no_other(old: str, new: str, rule: str) -> None:
    assert ROSTER_ITEM.count(old) == 1
    found = problems(roster(ROSTER_ITEM.replace(old, new)), ignore=("LED", "PER010", "EVI013"))
    assert [line for line in found if rule in line], found


def test_a_title_at_several_places_of_an_item() -> None:
    page = "村民陈守一来了。村民钟鸣远和米建业没有来，村民马小虎也没有来。\n"
    people = "".join(line + "\n" for line in ROSTER_PEOPLE.splitlines() if "guli" not in line)
    people += "ma-xiaohu: {name: 马小虎, latin: Ma Xiaohu}\n"
    item = "text: {body: [1]}\ntitles:\n  村民: [{names: 陈守一}, {names: [钟鸣远, 米建业]}, {names: 马小虎}]\n"
    files = tiny_root(page, {"village": item}, registries={"people": people, "organizations": "{}\n"})
    held = {row["person_id"] for row in rows(files, "positions")}
    assert held == {"chen-shouyi", "zhong-mingyuan", "mi-jianye", "ma-xiaohu"}


@pytest.mark.parametrize(
    ("page", "warned"), [("署长郑咏诗（Cheng Wing-sze）到场。", False), ("署长郑咏诗到场。", True)]
)
def test_a_latin_name_that_the_page_prints_need_not_be_pinyin(page: str, warned: bool) -> None:
    people = "cheng: {name: 郑咏诗, latin: Cheng Wing-sze}\n"
    item = "text: {body: [1]}\ntitles: {署长: 郑咏诗}\n"
    found = problems(tiny_root(page + "\n", {"bureau": item}, registries={"people": people, "organizations": "{}\n"}))
    assert [("PER002" in line) for line in found] == [True] * warned


NO_NAMES = ["我们村小学门口有一棵银杏。", "昨天雨天路滑。", "双方协商未果，诉至法院。", "他们医院不大，你们学校很远。"]


@pytest.mark.long
@pytest.mark.parametrize("text", NO_NAMES)
def test_words_that_only_end_like_names(text: str) -> None:
    files = tiny_root(text + "\n", {"tree": "text: {body: [1]}\n"}, registries=NONE)
    assert [line for line in problems(files) if "MEN002" in line] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我们去了柳树湾村小学。", "柳树湾村小学"),
        ("案子送到松岭县法院。", "松岭县法院"),
        ("我县青禾中学开学了。", "青禾中学"),
    ],
)
def test_a_name_after_such_words_is_still_seen(text: str, name: str) -> None:
    found = problems(tiny_root(text + "\n", {"tree": "text: {body: [1]}\n"}, registries=NONE))
    assert [line for line in found if "MEN002" in line and f"'{name} on" in line], found


def test_advice_on_a_value_shows_words_that_would_tell_it() -> None:
    item = """\
text: {body: [1]}
events:
  fair:
    trigger: 举行
    name: 灯会
    participants: [{role: attendee, name: 陈守一}]
"""
    registries = {"people": PEOPLE, "organizations": "{}\n"}
    files = tiny_root("灯会举行，陈守一吃了糖葫芦。\n", {"fair": item}, registries=registries)
    (found,) = [problem for problem in checked(files).report.problems if problem.rule == "EVI008"]
    assert found.expected.startswith("a word that tells attendee, like 出席, ") and len(found.expected) < 80


@pytest.mark.long
@pytest.mark.parametrize("role", ["caption", "headline", "kicker", "subheadline"])
def test_a_title_stands_in_a_caption_or_a_headline_too(role: str) -> None:
    page = "图为青禾镇镇长陈守一在田里。\n水稻丰收了。\n"
    item = f"text: {{{role}: 1, body: [2]}}\ntitles: {{青禾镇镇长: 陈守一}}\n"
    registries = {"people": PEOPLE, "organizations": "qinghe: {name: 青禾镇}\n"}
    (post,) = rows(tiny_root(page, {"rice": item}, registries=registries), "positions")
    assert (post["person_id"], post["organization_id"], post["title"]) == ("chen-shouyi", "qinghe", "镇长")


def test_of_two_places_of_a_title_that_in_the_running_text_is_taken() -> None:
    page = "镇长陈守一下田\n镇长陈守一来了。\n"
    files = tiny_root(
        page,
        {"rice": "text: {headline: 1, body: [2]}\ntitles: {镇长: 陈守一}\n"},
        registries={"people": PEOPLE, "organizations": "{}\n"},
    )
    (proof,) = [
        row for row in rows(files, "evidence") if row["table_name"] == "positions" and row["column_name"] == "title_raw"
    ]
    assert proof["raw_start"] == page.rindex("镇长")


LISTED = (
    "出席会议的有：市委副书记张北海，市人大副主任苏叶（女）、何田，市政协副主席阿依古丽·买买提（女，维吾尔族）等。\n"
)
LIST_PEOPLE = """\
ayiguli: {name: 阿依古丽·买买提, latin: Ayiguli Maimaiti}
he-tian: {name: 何田, latin: He Tian}
su-ye: {name: 苏叶, latin: Su Ye}
zhang-beihai: {name: 张北海, latin: Zhang Beihai}
"""
LIST_ITEM = """\
text: {body: [1]}
titles:
  市委副书记: 张北海
  市人大副主任: [苏叶, 何田]
  市政协副主席: 阿依古丽·买买提
events:
  meeting:
    trigger: 会议
    kind: meeting
    why: the word is the meeting
    name: 会议
    participants:
      - role: attendee
        names: [张北海, 苏叶, 何田, 阿依古丽·买买提]
        quote: 出席会议的有：市委副书记张北海，市人大副主任苏叶（女）、何田，市政协副主席阿依古丽·买买提
"""


def test_remarks_may_stand_behind_the_names_of_a_list() -> None:
    bodies = "c: {name: 市委}\nr: {name: 市人大}\nz: {name: 市政协}\n"
    files = tiny_root(LISTED, {"list": LIST_ITEM}, registries={"people": LIST_PEOPLE, "organizations": bodies})
    assert problems(files) == []


def test_the_speaker_with_a_colon_is_a_cue_of_an_interview() -> None:
    text = "记者：您今年多大年纪？\n陈守一：九十三。\n"
    item = """\
text: {body: [1, 2-2]}
quotations:
  - {cue: 记者, group: 记者, event: none}
  - {cue: 陈守一, speaker: 陈守一, event: none}
"""
    registries = {"people": PEOPLE, "organizations": "{}\n"}
    assert problems(tiny_root(text, {"talk": item}, registries=registries)) == []
    other = tiny_root(text.replace("陈守一：", "陈守一，"), {"talk": item}, registries=registries)
    assert [line for line in problems(other) if "QUO011" in line]


def test_advice_on_what_is_computed_shows_it() -> None:
    item = """\
text: {body: [1]}
events:
  fair:
    trigger: 举行
    name: 灯会
    participants: [{role: attendee, name: 陈守一, before: 参加}]
quotations:
  - {cue: 说, speaker: 陈守一, event: none}
"""
    registries = {"people": PEOPLE, "organizations": "{}\n"}
    files = tiny_root("灯会举行，陈守一参加。陈守一说，灯很亮。\n", {"fair": item}, registries=registries)
    (found,) = checked(files).report.problems
    assert (found.rule, found.expected, found.found) == ("EVI008", "fair, which is computed", "nothing: 说")


@pytest.mark.parametrize("mark", ["□", "◎", "■"])
def test_a_mark_before_a_name_signs_an_essay(mark: str) -> None:
    item = f"text: {{headline: 1, byline: '{mark} 陈守一', body: [3]}}\n"
    registries = {"people": PEOPLE, "organizations": "{}\n"}
    files = tiny_root(f"夜读\n{mark} 陈守一\n秋夜无事。\n", {"essay": item}, registries=registries)
    assert [row["role"] for row in rows(files, "bylines")] == ["author"]


@pytest.mark.parametrize(
    ("byline", "unknown"), [("本报讯（记者 项北 摄影报道）", False), ("本报讯（记者 项北 摄影 甘棠）", True)]
)
def test_what_a_signature_does_is_no_name(byline: str, unknown: bool) -> None:
    item = f"text: {{byline: {byline.replace(' ', '')}, body: [1]}}\n"
    people = "xiang-bei: {name: 项北, latin: Xiang Bei}\n"
    files = tiny_root(f"{byline}桥通了。\n", {"bridge": item}, registries={**NONE, "people": people})
    assert any("MEN002" in line for line in problems(files)) == unknown


def test_advice_about_a_name_is_accepted_at_its_quote_alone() -> None:
    item = "text: {body: [1]}\naccept:\n  - {rule: MEN002, quote: QQ冒充公司, reason: any firm}\n"
    page = "骗子在QQ冒充公司老板。云河大学开学了。\n"
    found = problems(tiny_root(page, {"fraud": item}, registries=NONE))
    assert [line for line in found if "ACC001" in line or "冒充" in line] == []
    assert any("云河大学" in line for line in found)


@pytest.mark.long
@pytest.mark.parametrize(
    ("title", "stand_in", "body", "post"),
    [
        ("县委常委", "县", None, "县委常委"),
        ("县长", "县", "songling", "县长"),
        ("县有关领导", "县", "songling", "有关领导"),
        ("大队长", "大队", "songling", "大队长"),
    ],
)
def test_a_stand_in_is_no_part_of_a_longer_name(title: str, stand_in: str, body: str | None, post: str) -> None:
    item = f"text: {{body: [1]}}\ntitles: {{{title}: 卢思远, {stand_in}领导: 卢思远}}\n"
    registries = {
        "people": "lu-siyuan: {name: 卢思远, latin: Lu Siyuan}\n",
        "organizations": "songling: {name: 松岭县, kind: other, why: who acts}\n",
    }
    files = tiny_root(
        f"松岭县开会。{title}卢思远到场，{stand_in}领导卢思远讲话。\n",
        {"visit": item},
        source=f"  stand_ins: {{{stand_in}: 松岭县}}\n",
        registries=registries,
    )
    row = rows(files, "positions")[0]
    assert (row["organization_id"], row["title"]) == (body, post)


@pytest.mark.parametrize(("titles", "told_of"), [("", False), ("titles: {局长: 陈守一}\n", True)])
def test_a_stand_in_waits_for_the_first_title(titles: str, told_of: bool) -> None:
    item = f"text: {{body: [1]}}\n{titles}"
    people = {"people": PEOPLE, "organizations": "songling: {name: 松岭县, kind: other, why: who acts}\n"}
    files = tiny_root(
        "松岭县开会。局长陈守一到场。\n", {"a": item}, source="  stand_ins: {县: 松岭县}\n", registries=people
    )
    assert any("YML015" in line for line in problems(files)) == told_of


@pytest.mark.parametrize(("role", "said"), [("contestant", False), ("attendee", False), ("donor", True)])
def test_a_group_is_what_its_name_and_what_its_clause_says(role: str, said: bool) -> None:
    who = f"participants: [{{role: {role}, group: 选手}}]"
    event = f"events: {{c: {{trigger: 举办, name: 珠算比赛, date: 3月8日, {who}}}}}\n"
    page = "3月8日，松岭县举办珠算比赛，86名选手参加。\n"
    organizations = "songling: {name: 松岭县, kind: other, why: who acts}\n"
    files = tiny_root(page, {"c": f"text: {{body: [1]}}\n{event}"}, registries={**NONE, "organizations": organizations})
    assert any("EVI008" in line and "role" in line for line in problems(files)) == said
