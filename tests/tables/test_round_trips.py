"""Every table and view through pandas' own writers and back, on whatever pandas this is."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import lingang

PAGE = Path(__file__).resolve().parents[2] / "docs" / "PROGRAMS.md"
VIEWS: dict[str, Callable[[], pd.DataFrame]] = {
    "attendance()": lambda: lingang.attendance(status=None, kind=None),
    "timeline()": lambda: lingang.timeline(status=None),
    "claims()": lingang.claims,
    "evidence(deep)": lambda: lingang.evidence("events", lingang.load("events")["event_id"][0], deep=True),
    "words(column)": lambda: lingang.words("participations", "role"),
    "labels()": lingang.labels,
    "find()": lambda: lingang.find(lingang.load("events")["name"][0][:2]),
    "describe()": lambda: lingang.describe("events"),
}
FRAMES = [*lingang.tables(), *VIEWS]


@lru_cache
def frame(name: str) -> pd.DataFrame:
    return VIEWS[name]() if name in VIEWS else lingang.load(name)


@lru_cache
def documented() -> dict[str, Any]:
    """The functions that the page shows."""
    found: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(code, PAGE.name, "exec"), found)
    return found


def kind(column: pd.Series) -> str:
    dtype = str(column.dtype)
    if dtype == "object" and len(column) and isinstance(column.iloc[0], tuple):
        return "list"
    kinds = {"boolean": "bool", "bool": "bool", "Int32": "number", "Int64": "number", "Float64": "number"}
    return "date" if dtype.startswith("datetime") else kinds.get(dtype, "text")


def plain(value: Any, what: str) -> Any:
    """A cell as Python has it, whichever form a format gave it."""
    if isinstance(value, str) and value == "":
        return () if what == "list" else None
    if what == "list":
        if isinstance(value, str):
            return ast.literal_eval(value) if value.startswith("(") else tuple(value.split("; "))
        return tuple(value)
    if value is None or pd.isna(value):
        return None
    if what == "date":
        return str(value)[:10]
    if what == "bool":
        return {"true": True, "false": False}.get(str(value).lower(), value if isinstance(value, str) else bool(value))
    return float(value) if what == "number" else str(value)


def cells(made: pd.DataFrame, like: pd.DataFrame) -> dict[str, list[Any]]:
    assert list(made.columns) == list(like.columns)
    return {name: [plain(value, kind(like[name])) for value in made[name]] for name in like}


def csv(given: pd.DataFrame, path: Path) -> pd.DataFrame:
    given.to_csv(path, index=False)
    return pd.read_csv(path, keep_default_na=False, dtype=str)


def parquet(given: pd.DataFrame, path: Path) -> pd.DataFrame:
    given.to_parquet(path)
    return pd.read_parquet(path)


def feather(given: pd.DataFrame, path: Path) -> pd.DataFrame:
    given.to_feather(path)
    return pd.read_feather(path)


def excel(given: pd.DataFrame, path: Path) -> pd.DataFrame:
    pytest.importorskip("openpyxl")
    given.to_excel(path.with_suffix(".xlsx"), index=False)
    return pd.read_excel(path.with_suffix(".xlsx"), dtype=object, keep_default_na=False)


def in_json(given: pd.DataFrame, path: Path) -> pd.DataFrame:
    given.to_json(path, orient="records", force_ascii=False, date_format="iso")
    return pd.DataFrame(json.loads(path.read_text(encoding="utf-8")), columns=list(given.columns), dtype=object)


def sqlite(given: pd.DataFrame, path: Path) -> pd.DataFrame:
    connection = sqlite3.connect(path)
    documented()["flat"](given).to_sql("rows", connection, index=False)
    made = pd.read_sql("SELECT * FROM rows", connection)
    connection.close()
    return made


def stata(given: pd.DataFrame, path: Path) -> pd.DataFrame:
    documented()["to_stata"](given, path.with_suffix(".dta"))
    return pd.read_stata(path.with_suffix(".dta")).rename(columns={"_with": "with"})


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::pandas.io.stata.InvalidColumnName")
@pytest.mark.parametrize("way", [csv, parquet, feather, excel, in_json, sqlite, stata], ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_comes_back_as_it_was(
    name: str, way: Callable[[pd.DataFrame, Path], pd.DataFrame], tmp_path: Path
) -> None:
    given = frame(name)
    assert cells(way(given.copy(), tmp_path / "made"), given) == cells(given, given)


@pytest.mark.parametrize("way", [parquet, feather], ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", FRAMES)
def test_types_come_back_too(name: str, way: Callable[[pd.DataFrame, Path], pd.DataFrame], tmp_path: Path) -> None:
    given = frame(name)
    made = way(given.copy(), tmp_path / "made")
    assert {column: str(dtype) for column, dtype in made.dtypes.items()} == {
        column: str(dtype) for column, dtype in given.dtypes.items()
    }


@pytest.mark.long
@pytest.mark.parametrize("name", FRAMES)
def test_everyday_operations_work(name: str) -> None:
    given = frame(name)
    assert len(given.drop_duplicates()) == len({tuple(map(str, row)) for row in given.itertuples(index=False)})
    assert given.duplicated().sum() == len(given) - len(given.drop_duplicates())
    unique = given.nunique()
    assert len(given) == 0 or set(given.describe(include="all").columns) == set(given.columns)
    for column in given:
        sizes = given.groupby(column, observed=True).size()
        assert sizes.sum() == given[column].notna().sum()
        assert len(sizes) == unique[column]
    assert len(given.merge(given, how="left", on=list(given.columns[:1])).columns) == 2 * len(given.columns) - 1


def test_lists_can_be_counted_joined_and_taken_apart() -> None:
    about = frame("events")["about"]
    assert about.str.len().sum() == len(about.explode().dropna())
    assert about.map("; ".join).str.contains("; ").any()
