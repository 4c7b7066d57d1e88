"""Attendance, timeline and network: shapes, dtypes, order, and what the page says."""

from __future__ import annotations

import sys
from datetime import date

import pandas as pd
import pytest

import lingang
from lingang.dataset.ordering import event_order, order


def test_attendance_is_one_row_a_participation_of_a_person() -> None:
    frame = lingang.attendance()
    rows = lingang.load("participations")
    events = lingang.load("events").set_index("event_id")
    people = rows[rows["person_id"].notna() & (rows["event_id"].map(events["status"].astype("string")) == "occurred")]
    assert len(frame) == len(people)
    assert set(zip(frame["event_id"], frame["person_id"], frame["role"], strict=True)) == set(
        zip(people["event_id"], people["person_id"], people["role"], strict=True)
    )
    assert {name: str(dtype) for name, dtype in frame.dtypes.items() if name != "date_start"} == {
        "event_id": "string",
        "event_name": "string",
        "event_kind": "category",
        "status": "category",
        "date_edtf": "string",
        "year_basis": "category",
        "article_id": "string",
        "participant_kind": "category",
        "person_id": "string",
        "organization_id": "string",
        "place_id": "string",
        "name": "string",
        "name_latin": "string",
        "role": "category",
        "title": "string",
        "award": "string",
        "list_seq": "Int32",
        "list_open": "boolean",
    }
    assert str(frame["date_start"].dtype).startswith("datetime64")
    assert list(frame.columns[:4]) == ["event_id", "event_name", "date_start", "event_kind"]
    assert frame["date_start"].is_monotonic_increasing or frame["date_start"].isna().any()
    assert frame["date_start"].dropna().is_monotonic_increasing


def test_what_did_not_take_place_is_left_out_and_can_be_asked_for() -> None:
    took_place, everything = lingang.attendance(), lingang.attendance(status=None)
    assert set(took_place["status"]) == {"occurred"}
    apart = everything[everything["status"] != "occurred"]
    assert sorted(zip(apart["person_id"], apart["event_id"], apart["status"], strict=True)) == [
        ("li-yuanyuan", "city-micro-lesson-contest", "planned"),
        ("liu-lulu", "city-micro-lesson-contest", "planned"),
        ("xi-jinping", "central-commission-first-meeting", "background"),
    ]
    assert len(lingang.attendance(status=["planned", "background"])) == 3
    assert set(lingang.timeline()["status"]) == {"occurred"}
    assert list(lingang.timeline(status="planned")["event_id"]) == ["city-micro-lesson-contest"]
    for call in (lingang.attendance, lingang.timeline, lingang.network):
        with pytest.raises(ValueError, match=r"no status 'done'.*occurred, ongoing, planned, background"):
            call(status="done")
        assert "took place" in str(call.__doc__).splitlines()[0]
        assert "status" in str(call.__doc__)


def test_bodies_places_and_groups_are_asked_for_by_kind() -> None:
    everything = lingang.attendance(status=None, kind=None)
    assert len(everything) == len(lingang.load("participations"))
    assert everything["name"].notna().all()
    bodies = lingang.attendance(kind="organization").set_index("event_id")
    donors = bodies[bodies["role"].isin(["organizer", "co_organizer"])]
    assert list(donors.loc["children-donation", "name"]) == ["淮河路办事处", "周口华联鲜生活超市"]
    assert bodies["person_id"].isna().all() and bodies["title"].isna().all()
    groups = lingang.attendance(kind="group")
    assert set(groups["name"]) <= set(lingang.load("participations")["group_label"].dropna())
    assert set(lingang.attendance(kind=("group", "place"))["participant_kind"]) == {"group", "place"}
    with pytest.raises(ValueError, match="no participant_kind 'body'"):
        lingang.attendance(kind="body")


def test_an_award_and_an_uncertain_year_are_told() -> None:
    everything = lingang.attendance(status=None, kind=None)
    assert set(everything["award"].dropna()) == set(lingang.load("participations")["award"].dropna())
    frame = lingang.attendance()
    assert list(frame.loc[frame["award"].notna(), "award"].unique()) == ["一等奖"]
    meeting = frame[frame["event_id"] == "investment-meeting"].iloc[0]
    assert meeting["date_edtf"] == "2023?-05-04"
    assert meeting["year_basis"] == "page"
    assert meeting["article_id"] == "investment-promotion-meeting"


def test_titles_are_those_of_the_item() -> None:
    titles = lingang.attendance().set_index(["event_id", "person_id"])["title"].groupby(level=[0, 1]).first()
    assert titles["enlarged-meeting", "li-qinghua"] == "区领导"
    assert titles["hazard-mobilization-meeting", "li-qinghua"] == "区党工委委员、管委会副主任"
    assert pd.isna(titles["micro-lesson-final", "li-yuanyuan"])


def test_a_printed_list_keeps_its_order() -> None:
    frame = lingang.attendance()
    listed = frame[(frame["event_id"] == "investment-meeting") & frame["list_seq"].notna()]
    assert "".join(listed["name"]) == "张晓东李翔于杰刘学庆李素芹李清华李鹏杜广贤赵愚"
    assert listed["list_open"].all()


@pytest.mark.parametrize(
    ("relation", "first"), [("precedes", "a"), ("selects_for", "a"), ("follows", "b"), ("part_of", "b")]
)
def test_a_link_puts_an_event_without_a_day_in_order(relation: str, first: str) -> None:
    days = {"a": None, "b": date(2024, 5, 1), "z": date(2024, 6, 1)}
    events = [{"event_id": event, "date_start": day, "day_part": None} for event, day in days.items()]
    links = [{"event_id": "a", "relation": relation, "other_event_id": "b"}]
    expected = [("a", "link"), ("b", "date")] if first == "a" else [("b", "date"), ("a", "link")]
    assert event_order(events, links) == [*expected, ("z", "date")]


def test_the_timeline_puts_what_precedes_before() -> None:
    frame = lingang.timeline(status=None)
    assert sorted(frame["event_id"]) == list(lingang.load("events")["event_id"])
    found = list(frame["event_id"])
    assert found.index("moral-envoys-selection") == found.index("moral-envoys-ceremony") - 1
    assert found.index("nanxu-performance") == found.index("nanxu-ceremony") + 1
    assert found.index("city-micro-lesson-contest") > found.index("micro-lesson-final")
    assert frame["date_start"].dropna().is_monotonic_increasing
    basis = frame.set_index("event_id")["order_basis"]
    assert (basis == "date").equals(frame.set_index("event_id")["date_start"].notna())
    assert basis["moral-envoys-selection"] == basis["nanxu-performance"] == "link"
    assert basis["central-commission-first-meeting"] == "none"
    donation = frame.set_index("event_id").loc["children-donation"]
    assert list(donation["organizers"]) == ["淮河路办事处", "周口华联鲜生活超市"]
    assert list(donation["sites"]) == ["徐庄小学", "开来路学校"]
    assert {type(cell) for name in ("organizers", "sites", "about") for cell in frame[name]} == {tuple}


def test_order_with_chains_and_rings() -> None:
    days = {"late": (9, 0), "first": None, "second": None, "early": (1, 0), "after": None, "loose": None}
    pairs = [("first", "second"), ("second", "late"), ("early", "after")]
    assert order(days, pairs) == [
        ("early", "date"),
        ("after", "link"),
        ("first", "link"),
        ("second", "link"),
        ("late", "date"),
        ("loose", "none"),
    ]
    ring = order({"one": None, "two": None, "three": None}, [("one", "two"), ("two", "one")])
    assert [event for event, _ in ring] == ["three", "one", "two"]


def test_the_network_is_bipartite_and_tells_who_met_whom() -> None:
    networkx = pytest.importorskip("networkx")
    graph = lingang.network()
    people = {node for node, values in graph.nodes(data=True) if values["bipartite"] == 0}
    frame = lingang.attendance()
    assert people == {f"people/{person}" for person in frame["person_id"]}
    assert set(graph) - people == {f"events/{event}" for event in frame["event_id"]}
    assert all((one in people) != (other in people) for one, other in graph.edges())
    assert graph.number_of_edges() == len(frame)
    met = networkx.bipartite.weighted_projected_graph(networkx.Graph(graph), people)
    assert met["people/sun-peng"]["people/li-qinghua"]["weight"] == 3
    assert "people/xi-jinping" not in met
    assert graph["people/sun-peng"]["events/investment-meeting"].keys() == {"attendee", "speaker"}
    assert graph.nodes["events/investment-meeting"] == {
        "bipartite": 1,
        "label": "招商引资暨项目建设推进大会",
        "kind": "event",
        "name": "招商引资暨项目建设推进大会",
        "event_kind": "meeting",
        "status": "occurred",
        "date_start": "2023-05-04",
        "date_edtf": "2023?-05-04",
        "year_basis": "page",
        "article_id": "investment-promotion-meeting",
    }
    assert "date_start" not in graph.nodes["events/micro-lesson-final"]


def test_the_network_of_bodies_places_and_groups() -> None:
    pytest.importorskip("networkx")
    graph = lingang.network(status=None, kind=None)
    assert graph.number_of_edges() == len(lingang.load("participations"))
    rows = lingang.load("participations")
    groups = {f"participations/{key}" for key in rows.loc[rows["group_label"].notna(), "participation_id"]}
    assert groups == {node for node, kind in graph.nodes(data="kind") if kind == "group"}
    assert all(label for _, label in graph.nodes(data="label"))
    assert graph.nodes["people/xi-jinping"]["label"] == "习近平"


def test_without_networkx_the_message_has_the_pip_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'lingang\[network\]'"):
        lingang.network()
