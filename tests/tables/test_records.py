"""What the records say where they once said something else; expectations read on the page and written here."""

from __future__ import annotations

import re
from typing import Any

import pytest

import lingang

LISTED = ["“好婆婆”“好媳妇”“优秀党员”", "道德文明使者"]
LIGHT = {"召开", "举行", "开展", "献上", "参加"}


def row(table: str, key: str) -> dict[str, Any]:
    frame = lingang.load(table).astype("object")
    (found,) = frame[frame.iloc[:, 0] == key].to_dict("records")
    return {str(name): value for name, value in found.items()}


def proofs(table: str, key: str, column: str) -> list[tuple[str, str]]:
    """Quote and basis of each piece of evidence of a cell."""
    found = lingang.load("evidence").astype("object")
    found = found[(found["table_name"] == table) & (found["record_id"] == key) & (found["column_name"] == column)]
    return list(found[["quote", "basis"]].itertuples(index=False, name=None))


def forms_of_bodies() -> dict[str, tuple[str, ...]]:
    bodies = lingang.load("organizations")
    return {entry["organization_id"]: (entry["name"], *entry["aliases"]) for _, entry in bodies.iterrows()}


@pytest.mark.parametrize(
    ("table", "key", "column", "value"),
    [
        ("organizations", "central-financial-and-economic-affairs-commission", "name", "中央财经委员会"),
        ("organizations", "municipal-discipline-inspection-and-supervision-commissions", "name", "市纪委监委"),
        ("organizations", "municipal-discipline-inspection-commission", "name", "市纪委"),
        (
            "documents",
            "law-enforcement-supervision-document-1",
            "issuer_organization_id",
            "municipal-discipline-inspection-commission",
        ),
        ("event_links", "nanxu-performance-follows-nanxu-ceremony", "relation", "follows"),
        (
            "event_campaigns",
            "law-enforcement-supervision-law-enforcement-supervision-drive-law-enforcement-meeting",
            "relation",
            "advanced",
        ),
        ("event_campaigns", "enlarged-committee-meeting-civilized-city-enlarged-meeting", "relation", "discussed"),
        ("events", "micro-lesson-final", "about", ("微党课",)),
        ("events", "civilized-city-tour", "about", ("全国文明城市创建工作",)),
        ("events", "hazard-mobilization-meeting", "about", ("全区重大事故隐患专项排查整治2023行动",)),
        ("events", "moral-envoys-ceremony", "about", ()),
        ("figures", "enlarged-committee-meeting-figure-01", "label", "中央财经委员会"),
        ("participations", "nanxu-ceremony-awardee-group-2", "award", LISTED[0]),
        ("participations", "moral-envoys-selection-awardee-group-2", "award", LISTED[1]),
        ("participations", "moral-envoys-ceremony-awardee-group-1", "award", LISTED[1]),
        ("participations", "nanxu-performance-audience-group-2", "group_label", "观众"),
    ],
)
def test_the_record_says(table: str, key: str, column: str, value: object) -> None:
    assert row(table, key)[column] == value


def test_seven_has_no_unit() -> None:
    figures = lingang.load("figures").set_index("figure_id")
    assert figures.loc["enlarged-committee-meeting-figure-04", "value"] == 7
    assert figures["unit"].isna().sum() == 1 and "大" not in set(figures["unit"].dropna())


def test_no_word_of_order_tells_a_part() -> None:
    assert "part_of" not in set(lingang.load("event_links")["relation"])
    assert proofs("event_links", "nanxu-performance-follows-nanxu-ceremony", "relation") == [("随后", "stated")]


def test_what_stands_in_speech_is_called_for() -> None:
    uses = lingang.load("event_campaigns")
    assert set(uses[uses["quotation_id"].notna()]["relation"]) == {"called_for"}
    assert len(uses[uses["relation"] == "called_for"]) == 10
    assert list(uses[uses["relation"] == "launched"]["event_id"]) == ["hazard-mobilization-meeting"]


def test_names_of_events_have_neither_host_nor_date_nor_subject() -> None:
    names = dict(lingang.load("events")[["event_id", "name"]].itertuples(index=False))
    assert len(names) == 13
    hosts = {"enlarged-meeting": "党工委", "central-commission-first-meeting": "中央财经委员会"}
    people = list(lingang.load("people")["name"])
    bodies = [
        form for _, entry in lingang.load("organizations").iterrows() for form in (entry["name"], *entry["aliases"])
    ]
    for event, name in names.items():
        assert not re.search(r"\d+月|\d+日|召开|举行", name), name
        assert not [person for person in people if person in name], name
        assert {body for body in bodies if body in name} <= {hosts.get(event)}, name
    assert names["civilized-city-tour"] == "调研指导全国文明城市创建工作"


def test_an_event_with_a_light_trigger_has_its_nucleus() -> None:
    events = lingang.load("events")
    light = events[events["trigger"].isin(LIGHT)]
    assert len(light) == 10 and light["nucleus"].notna().all()


@pytest.mark.parametrize(
    ("observed", "table", "key"),
    [
        ("重大事故隐患专项排查整治", "campaigns", "hazard-rectification-2023"),
        ("党工委扩大会议", "events", "enlarged-meeting"),
        ("监工委", "organizations", "lingang-supervision-committee"),
        ("舆论引导专项提升行动", "campaigns", "seven-special-actions"),
        ("随后", "events", "nanxu-performance"),
    ],
)
def test_two_readings_are_on_record_with_what_rests_on_one(observed: str, table: str, key: str) -> None:
    issues = lingang.load("issues")
    found = issues[(issues["observed"] == observed) & (issues["kind"] == "ambiguity")]
    assert list(found[["table_name", "record_id"]].itertuples(index=False, name=None)) == [(table, key)]
    assert len(found["reason"].iloc[0]) > 40


def test_evidence_shows_the_thing() -> None:
    """A kind is told by a name with its word, a parent by a form that begins with its name, or it is inferred."""
    assert proofs("events", "children-donation", "kind") == [("关爱留守儿童捐赠活动", "stated")]
    parents = lingang.load("organizations").dropna(subset="parent_organization_id")
    assert len(parents) == 7
    forms = forms_of_bodies()
    for _, entry in parents.iterrows():
        found = proofs("organizations", entry["organization_id"], "parent_organization_id")
        above = forms[entry["parent_organization_id"]]
        assert found and all(
            basis == "inferred" or quote.startswith(above) or quote.startswith("区") for quote, basis in found
        ), entry["organization_id"]


def test_a_quote_begins_and_ends_with_no_mark_that_is_not_closed() -> None:
    """The evidence of a public role once began with a stray ”."""
    evidence = lingang.load("evidence")
    assert not evidence["quote"].str.match(r"^[”’」』》）]").any()
    assert not evidence["quote"].str.match(r".*[“‘「『《（]$").any()


def test_every_kind_of_name_has_an_english_label() -> None:
    labels = lingang.load("labels")
    assert set(labels["language"]) == {"en"} and labels["text"].str.len().min() > 3
    for table, column in (
        ("events", "name"),
        ("organizations", "name"),
        ("places", "name"),
        ("campaigns", "name"),
        ("documents", "title"),
    ):
        frame = lingang.load(table)
        named = labels[(labels["table_name"] == table) & (labels["column_name"] == column)]["record_id"]
        assert set(named) == set(frame[frame.columns[0]]), table
    articles = lingang.load("articles").dropna(subset="headline")["article_id"]
    assert set(labels[labels["column_name"] == "headline"]["record_id"]) == set(articles)
    positions = lingang.load("positions")
    values = set(labels["value"].dropna())
    printed = set(positions["title"]) | set(positions["title_raw"])
    assert printed - values == set()
