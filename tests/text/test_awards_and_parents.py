"""A prize that another sentence prints, and a parent that no form begins with: where their evidence lies."""

from __future__ import annotations

from tiny_root import checked, problems, tiny_root

PAGE = """\
松岭表彰护林员
本报讯 5月8日，松岭市委开展“护林先锋”“巡山能手”评选表彰活动。会上，松岭市委为获奖人员颁发证书。
"""
ITEM = """\
text: {headline: 1, body: [2]}
events:
  ceremony:
    trigger: 开展
    name: “护林先锋”“巡山能手”评选表彰活动
    date: 5月8日
    participants:
      - {role: organizer, name: 松岭市委, before: 开展}
      - {role: awardee, group: 获奖人员, award: AWARD}
"""
SCHOOL = {"organizations": "songling-committee: {name: 松岭市委}\n"}


def _quotes(item: str, page: str, registries: dict[str, str], table: str, column: str) -> list[str]:
    files = tiny_root(page, {"item": item}, registries=registries)
    tables = checked(files).tables
    assert tables is not None, problems(files)
    rows = tables.arrow["evidence"].to_pylist()
    return [row["quote"] for row in rows if (row["table_name"], row["column_name"]) == (table, column)]


def test_an_award_may_stand_in_another_sentence() -> None:
    item = ITEM.replace("AWARD", "{quote: “护林先锋”“巡山能手”, after: 开展}")
    registries = {**SCHOOL, "people": "{}\n"}
    assert _quotes(item, PAGE, registries, "participations", "award") == ["“护林先锋”“巡山能手”"]


def test_an_award_in_the_sentence_of_its_winners_is_meant_before_any_other() -> None:
    page = PAGE.replace("会上，松岭市委为获奖人员颁发证书", "会上，松岭市委为“护林先锋”获奖人员颁发证书")
    registries = {**SCHOOL, "people": "{}\n"}
    files = tiny_root(page, {"item": ITEM.replace("AWARD", "护林先锋")}, registries=registries)
    (award,) = [
        row["raw_start"]
        for row in checked(files).tables.arrow["evidence"].to_pylist()  # type: ignore[union-attr]
        if row["column_name"] == "award"
    ]
    assert award == page.rindex("护林先锋")


def test_an_award_that_the_item_does_not_print_is_not_found() -> None:
    registries = {**SCHOOL, "people": "{}\n"}
    found = problems(tiny_root(PAGE, {"item": ITEM.replace("AWARD", "护林模范")}, registries=registries))
    assert any("EVI002" in line and "护林模范" in line for line in found)


def test_a_parent_that_no_form_begins_with_shows_both_names() -> None:
    page = "松岭护林\n本报讯 5月8日，松岭市委召开推进会，推进“绿岭行动”。会议指出，要深入开展清源行动。\n"
    item = """\
text: {headline: 1, body: [2]}
events:
  meeting:
    trigger: 召开
    name: 推进会
    date: 5月8日
    participants: [{role: organizer, name: 松岭市委}]
quotations: [{cue: 会议指出}]
campaigns:
  - {campaign: 绿岭行动, relation: advanced, event: meeting}
  - {campaign: 清源行动, relation: called_for, event: meeting}
"""
    campaigns = """\
green-ridge: {name: 绿岭行动}
clean-springs: {name: 清源行动, parent: 绿岭行动, why: {parent: the meeting on the one asks for the other}}
"""
    registries = {**SCHOOL, "people": "{}\n", "campaigns": campaigns}
    assert _quotes(item, page, registries, "campaigns", "parent_campaign_id") == ["绿岭行动", "清源行动"]
