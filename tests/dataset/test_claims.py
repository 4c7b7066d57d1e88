"""Values beside their words: claims, evidence of what hangs together, vocabularies, translations, records."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import lingang
from lingang.text.page import squeeze

ROOTS = sorted(path for path in (Path(__file__).parents[1] / "roots").iterdir() if path.is_dir())


def test_claims_are_the_evidence_each_beside_its_value() -> None:
    frame = lingang.claims()
    stored = lingang.load("evidence")
    assert list(frame["evidence_id"]) == list(stored["evidence_id"])
    assert list(frame["reason"].fillna("")) == list(stored["note"].fillna(""))
    cells = {
        (name, row.iloc[0], column): row[column]
        for name in frame["table_name"].unique()
        for _, row in lingang.load(name).iterrows()
        for column in row.index
    }
    for row in frame.itertuples():
        cell = cells[row.table_name, row.record_id, row.column_name]
        if isinstance(cell, tuple):
            assert row.value in cell
        elif isinstance(cell, str):
            assert row.value == cell
        else:
            assert pd.isna(row.value) == pd.isna(cell)
    assert set(frame.loc[frame["column_name"] == "list_open", "value"]) <= {"true", "false"}
    assert "2023-05-04" not in set(frame["value"]) and "5月4日" in set(frame["value"])


def test_a_claim_leads_back_to_the_page_and_to_the_reading_text() -> None:
    frame = lingang.claims()
    raw = lingang.raw()
    printed = squeeze(raw)
    lines = raw.split("\n")
    inside = 0
    for row in frame.itertuples():
        assert squeeze(raw[row.raw_start : row.raw_end]) == row.quote
        assert row.before + row.quote + row.after in printed
        assert 0 < len(row.before) + len(row.after) <= 24
        assert squeeze(lines[row.line - 1])[-1:] and row.quote[0] in lines[row.line - 1]
        if pd.notna(row.text_start):
            inside += 1
            assert squeeze(lingang.text(row.article_id)[row.text_start : row.text_end]) == row.quote
    assert inside > len(frame) * 0.8
    meeting = lingang.claims("events", "investment-meeting").set_index("column_name")
    assert meeting.loc["date_raw", "line"] == 5
    assert meeting.loc["date_raw", "value"] == "5月4日"
    assert meeting.loc["date_raw", "after"].startswith("，周口临港开发区召开")


def test_a_reader_s_reason_stands_beside_the_value() -> None:
    tour = lingang.claims("civilized-city-tour")
    assert tour["reason"].str.contains("two words for one visit").any()
    assert set(lingang.claims("events")["table_name"]) == {"events"}


def test_deep_evidence_is_that_of_the_records_that_point_to_it() -> None:
    own = lingang.evidence("events", "investment-meeting")
    deep = lingang.evidence("events", "investment-meeting", deep=True)
    assert set(own["record_id"]) == {"investment-meeting"}
    assert set(own["evidence_id"]) < set(deep["evidence_id"])
    assert {"participations", "figures", "quotations"} <= set(deep["table_name"])
    chair = deep[deep["record_id"] == "investment-meeting-chair-liu-tao"]
    assert "主持" in "".join(chair["quote"])
    apart = lingang.load("participations").query("event_id != 'investment-meeting'")["participation_id"]
    assert not set(apart) & set(deep["record_id"])
    pd.testing.assert_frame_equal(lingang.evidence("investment-meeting", deep=True), deep)
    assert list(lingang.claims("investment-meeting", deep=True)["evidence_id"]) == list(deep["evidence_id"])


def test_unknown_records_and_tables_are_told() -> None:
    with pytest.raises(KeyError, match="no record 'nothing' in events"):
        lingang.claims("events", "nothing")
    with pytest.raises(KeyError, match="'nothing' is no table, and no record has it as id or name"):
        lingang.evidence("nothing")
    with pytest.raises(KeyError, match=r"no table 'event'.*did you mean 'events'"):
        lingang.claims("event", "nothing")


def test_words_of_a_vocabulary_in_two_languages() -> None:
    roles = lingang.words("participations", "role").set_index("word")
    assert roles.loc["chair", "label_zh"] == "主持" and roles.loc["chair", "label_en"] == "chair"
    assert list(roles.index) == list(lingang.load("participations")["role"].cat.categories)
    pd.testing.assert_frame_equal(lingang.words("participation_role").set_index("word"), roles)
    assert len(lingang.words()) == len(lingang.load("words"))
    with pytest.raises(KeyError, match=r"no vocabulary 'roles'; there are: .*participation_role"):
        lingang.words("roles")
    with pytest.raises(KeyError, match="has no vocabulary in 'award'; it has them in: participant_kind, role"):
        lingang.words("participations", "award")


def test_labels_stand_at_every_record_that_holds_the_value() -> None:
    events = lingang.labels("events").query("column_name == 'name'").set_index("record_id")["text"]
    assert set(events.index) == set(lingang.load("events")["event_id"])
    printed = lingang.load("labels").query("value == '区领导'")["text"].item()
    positions = lingang.load("positions").query("title_raw == '区领导'")["position_id"]
    found = lingang.labels("positions").query("column_name == 'title_raw' and value == '区领导'")
    assert set(found["record_id"]) == set(positions) and len(positions) > 1
    assert set(found["text"]) == {printed}
    assert lingang.labels(language="fr").empty


def test_show_is_text_and_a_table_in_a_notebook() -> None:
    found = lingang.show("civilized-city-tour")
    assert found is not None and repr(found) == str(found)
    html = found._repr_html_()
    assert "two words for one visit" in html and "<mark>" in html and html.count("<table") == html.count("</table>")
    assert lingang.show("no such record") is None
    assert "<th>events</th><td>13</td>" in lingang.open()._repr_html_()


def test_what_a_record_holds_stays_text_in_a_notebook() -> None:
    from lingang.dataset.frames import Dataset

    nasty = "<script>alert('x')</script>&"
    tables = {name: lingang.open()._arrow(name) for name in lingang.tables()}
    column = tables["people"].column_names.index("note")
    notes = [nasty] * tables["people"].num_rows
    tables["people"] = tables["people"].set_column(column, tables["people"].field("note"), [notes])
    data = Dataset(tables, {"title": nasty})
    assert nasty in str(data.show("孙鹏"))
    for html in (data.show("孙鹏")._repr_html_(), data._repr_html_()):
        assert "<script" not in html and "&lt;script&gt;" in html


@pytest.mark.long
@pytest.mark.parametrize("root", ROOTS, ids=lambda path: path.name)
def test_every_foreign_root_tells_its_claims(root: Path) -> None:
    data = lingang.open(root)
    frame = data.claims()
    assert list(frame["evidence_id"]) == list(data.load("evidence")["evidence_id"])
    for row in frame.itertuples():
        assert squeeze(data.raw(row.source_id)[row.raw_start : row.raw_end]) == row.quote
        if pd.notna(row.text_start):
            assert squeeze(data.text(row.article_id)[row.text_start : row.text_end]) == row.quote
    empty = frame[frame["value"].isna()]
    for name, key, column in zip(empty["table_name"], empty["record_id"], empty["column_name"], strict=True):
        table = data.load(name)
        assert pd.isna(table.loc[table.iloc[:, 0] == key, column].item())
    assert set(data.labels()["language"]) <= {"en"}
