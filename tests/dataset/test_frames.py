"""Loading: dtypes, attributes, and what an unknown name answers."""

from __future__ import annotations

import subprocess
import sys
from typing import get_args

import pandas as pd
import pytest

import lingang

PEOPLE = (
    "孙鹏 刘涛 张晓东 李翔 于杰 刘学庆 李素芹 李清华 李鹏 杜广贤 赵愚 习近平 李媛媛 刘露露 王全营 "
    "宋风 曹文娟 李仲达 杨念国 朱帅"
)


@pytest.mark.parametrize("name", lingang.tables())
def test_every_table_loads_with_its_declared_dtypes(name: str) -> None:
    frame = lingang.load(name)
    described = lingang.describe(name).set_index("column")
    assert list(frame.columns) == list(described.index)
    for column, dtype in frame.dtypes.items():
        kind = described.loc[column, "type"]
        if pd.notna(described.loc[column, "vocabulary"]):
            assert isinstance(dtype, pd.CategoricalDtype)
            assert list(dtype.categories) == described.loc[column, "vocabulary"].split(", ")
        else:
            expected = {"str": "string", "int32": "Int32", "float64": "Float64", "bool": "boolean"}
            assert str(dtype).startswith(
                expected.get(kind, {"date32": "datetime64", "list<str>": "object"}.get(kind, "?"))
            )
    assert frame.attrs == {
        "table": name,
        "description": lingang.schema(name)["description"],
        "version": lingang.__version__,
    }
    assert frame.iloc[:, 0].is_unique


def test_editors_complete_the_words_that_there_are() -> None:
    from lingang.dataset.frames import Kind, Status, TableName

    assert sorted(get_args(TableName)) == lingang.tables()
    for literal, table, column in ((Status, "events", "status"), (Kind, "participations", "participant_kind")):
        assert list(get_args(literal)) == list(lingang.load(table)[column].cat.categories)


def test_a_function_is_not_hidden_by_the_package_of_its_name() -> None:
    code = "import lingang, lingang.text.cues; print(lingang.text('moral-envoys')[:4])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "身边好人"


def test_what_a_user_counts() -> None:
    assert len(lingang.load("articles")) == 9
    people = lingang.load("people")
    assert sorted(people["name"]) == sorted(PEOPLE.split())
    events = lingang.load("events").set_index("event_id")
    assert events.loc["investment-meeting", "date_start"] == pd.Timestamp("2023-05-04")
    assert events.loc["moral-envoys-ceremony", "day_part"] == "morning"
    assert pd.isna(events.loc["micro-lesson-final", "date_start"])
    assert list(events.loc["nanxu-ceremony", "about"]) == ["好婆婆", "好媳妇", "优秀党员"]


def test_the_printed_lists_of_leaders() -> None:
    rows = lingang.load("participations").merge(lingang.load("people")[["person_id", "name"]], on="person_id")
    listed = rows[rows["list_seq"].notna() & (rows["role"] == "attendee")].sort_values("list_seq")
    by_event = listed.groupby("event_id")
    assert (
        list(by_event.get_group("investment-meeting")["name"])
        == "张晓东 李翔 于杰 刘学庆 李素芹 李清华 李鹏 杜广贤 赵愚".split()
    )
    assert (
        list(by_event.get_group("enlarged-meeting")["name"])
        == "张晓东 李翔 于杰 刘学庆 李清华 李鹏 杜广贤 赵愚".split()
    )
    assert by_event["list_open"].first().to_dict() == {
        "civilized-city-tour": True,
        "enlarged-meeting": False,
        "investment-meeting": True,
        "micro-lesson-final": False,
    }


def test_an_unknown_table_lists_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"no table 'event'; the tables are: accepted, articles, .*words"):
        lingang.load("event")


def test_evidence_text_and_raw() -> None:
    found = lingang.evidence("events", "investment-meeting")
    assert set(found["quote"]) >= {"召开", "5月4日", "招商引资暨项目建设推进大会"}
    assert lingang.text("left-behind-children-donation").startswith("为进一步做实做细关爱留守儿童工作，")
    assert lingang.raw().startswith(" 多措并举")
    for call, message in (
        (lambda: lingang.evidence("events", "nothing"), "no record 'nothing'"),
        (lambda: lingang.text("nothing"), "no record 'nothing'"),
        (lambda: lingang.raw("nothing"), "no record 'nothing'"),
    ):
        with pytest.raises(KeyError, match=message):
            call()


def test_importing_brings_neither_pandas_nor_pyarrow_nor_typing() -> None:
    code = "import sys; before = set(sys.modules); import lingang; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "lingang" in done.stdout.split()
    assert not {"pandas", "pyarrow", "pydantic", "typing"} & set(done.stdout.split())
