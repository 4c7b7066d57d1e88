"""What lingang.release.changes says of two releases that differ in one known thing."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lingang
from lingang.problems import CannotRun
from lingang.release.changes import STABLE, CellChange, RecordChange, diff, exit_status, required_bump, to_json, to_text
from lingang.tables import TABLES

DATA = lingang.path("events").parent
Row = dict[str, Any]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A copy of the published folder, to be changed."""
    folder = tmp_path / "new"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("*.parquet", "__pycache__"))
    return folder


def change_rows(folder: Path, table: str, change: Callable[[list[Row]], object]) -> None:
    path = folder / f"{table}.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    change(rows)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def change_schema(folder: Path, table: str, change: Callable[[Row], object]) -> None:
    path = folder / "schema" / f"{table}.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    change(schema)
    path.write_text(json.dumps(schema, ensure_ascii=False), "utf-8")


def test_equal_releases(other: Path) -> None:
    found = diff(DATA, other)
    assert not found
    assert exit_status(found) == 0
    assert required_bump(found) is None
    assert to_text(found) == "no difference\n"
    assert json.loads(to_json(found)) == {
        "version": 1,
        "differs": False,
        "required_bump": None,
        "schemas": [],
        "records": [],
        "cells": [],
    }


def test_a_corrected_value_is_a_patch(other: Path) -> None:
    change_rows(other, "people", lambda rows: rows[0].update(name_latin="Cao Wenjuann", note="x"))
    found = diff(DATA, other)
    first = json.loads((DATA / "people.jsonl").read_text("utf-8").split("\n")[0])
    assert found.cells == (
        CellChange("people", first["person_id"], "name_latin", first["name_latin"], "Cao Wenjuann"),
        CellChange("people", first["person_id"], "note", first["note"], "x"),
    )
    assert exit_status(found) == 1
    assert required_bump(found) == "patch"
    assert to_text(found).splitlines() == [
        "people: 0 added, 0 removed, 1 changed",
        '  ~ cao-wenjuan name_latin: "Cao Wenjuan" -> "Cao Wenjuann"',
        '  ~ cao-wenjuan note: null -> "x"',
        "this asks for a patch version",
    ]


def test_a_value_of_another_json_type_is_a_change(other: Path) -> None:
    listed = next(
        index
        for index, line in enumerate((DATA / "participations.jsonl").read_text("utf-8").split("\n"))
        if line and json.loads(line)["list_seq"] == 1
    )
    change_rows(other, "participations", lambda rows: rows[listed].update(list_seq=True))
    assert [(change.old, change.new) for change in diff(DATA, other).cells] == [(1, True)]


def test_an_added_record_is_minor_and_a_removed_one_major(other: Path) -> None:
    change_rows(other, "places", lambda rows: rows.append({**rows[0], "place_id": "zz-road"}))
    assert diff(DATA, other).records == (RecordChange("places", "zz-road", "added"),)
    assert required_bump(diff(DATA, other)) == "minor"
    assert required_bump(diff(other, DATA)) == "major"
    assert "  - zz-road" in to_text(diff(other, DATA))


def test_a_renamed_id_is_major(other: Path) -> None:
    change_rows(other, "places", lambda rows: rows[0].update(place_id="another-road"))
    found = diff(DATA, other)
    assert sorted(change.what for change in found.records) == ["added", "removed"]
    assert required_bump(found) == "major"


def test_the_chosen_ids_are_those_that_the_models_call_so() -> None:
    chosen = ("chosen by the editors", "slug of the Latin name")
    described = {
        declared.name for declared in TABLES if any(words in declared.columns[0].description for words in chosen)
    }
    assert described == STABLE


@pytest.mark.long
@pytest.mark.parametrize("table", [declared.name for declared in TABLES if len(lingang.load(declared.name))])
def test_an_id_that_goes_is_major_where_it_was_chosen(table: str, other: Path) -> None:
    change_rows(other, table, lambda rows: rows.pop())
    assert required_bump(diff(DATA, other)) == ("major" if table in STABLE else "minor")
    assert required_bump(diff(other, DATA)) == "minor"


def test_the_greatest_of_several_changes_counts(other: Path) -> None:
    change_rows(other, "people", lambda rows: rows[0].update(note="x"))
    assert required_bump(diff(DATA, other)) == "patch"
    change_rows(other, "mentions", lambda rows: rows.pop())
    assert required_bump(diff(DATA, other)) == "minor"
    change_rows(other, "events", lambda rows: rows.pop())
    assert required_bump(diff(DATA, other)) == "major"


def column(name: str, **values: Any) -> Callable[[Row], object]:
    return lambda schema: schema["properties"][name].update(values)


SCHEMA_CHANGES: dict[str, tuple[Callable[[Row], object], str, str, str]] = {
    "a column removed": (lambda schema: schema["properties"].pop("note"), "column removed", "breaking", "major"),
    "a column added": (
        lambda schema: schema["properties"].update(extra={"type": "string", "x-type": "str"}),
        "column added",
        "compatible",
        "minor",
    ),
    "another type": (column("name", type="integer", **{"x-type": "int32"}), "type changed", "breaking", "major"),
    "no null any more": (column("note", type="string"), "no longer nullable", "breaking", "major"),
    "null too": (column("name", type=["string", "null"]), "now nullable", "compatible", "minor"),
    "a word removed": (
        lambda schema: schema["properties"]["kind"]["enum"].remove("other"),
        "word removed",
        "breaking",
        "major",
    ),
    "a word added": (
        lambda schema: schema["properties"]["kind"]["enum"].append("rally"),
        "word added",
        "compatible",
        "minor",
    ),
    "a vocabulary given up": (
        lambda schema: schema["properties"]["kind"].pop("enum"),
        "vocabulary removed",
        "compatible",
        "minor",
    ),
    "a pattern changed": (column("event_id", pattern="^[a-z]+$"), "pattern changed", "breaking", "major"),
    "a pattern given up": (
        lambda schema: schema["properties"]["event_id"].pop("pattern"),
        "pattern changed",
        "compatible",
        "minor",
    ),
    "another primary key": (
        lambda schema: schema.update({"x-primary-key": "trigger"}),
        "primary key changed",
        "breaking",
        "major",
    ),
    "another reference": (
        column("article_id", **{"x-references": "sources"}),
        "reference changed",
        "breaking",
        "major",
    ),
    "another description": (column("name", description="Other."), "description changed", "wording", "patch"),
    "another definition": (
        lambda schema: schema["properties"]["kind"]["x-words"]["meeting"].update(en="assembly"),
        "words changed",
        "wording",
        "patch",
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("name", SCHEMA_CHANGES)
def test_a_change_of_a_schema(name: str, other: Path) -> None:
    change, what, effect, bump = SCHEMA_CHANGES[name]
    old = other.parent / "old"
    shutil.copytree(other, old)
    if name == "another primary key":
        for folder in (old, other):
            change_rows(folder, "events", lambda rows: [row.update(trigger=row["event_id"]) for row in rows])
    change_schema(other, "events", change)
    found = diff(old, other)
    assert [(change.what, change.effect) for change in found.schemas] == [(what, effect)]
    assert found.breaking == (effect == "breaking")
    assert required_bump(found) == bump
    assert exit_status(found) == 1
    assert f"events{'' if what == 'primary key changed' else '.'}" in to_text(found)


def test_a_table_that_comes_or_goes(other: Path) -> None:
    (other / "issues.jsonl").unlink()
    (other / "schema" / "issues.schema.json").unlink()
    gone, come = diff(DATA, other), diff(other, DATA)
    assert [(change.what, change.effect) for change in gone.schemas] == [("table removed", "breaking")]
    assert required_bump(gone) == "major"
    assert [(change.what, change.effect) for change in come.schemas] == [("table added", "compatible")]
    assert required_bump(come) == "minor"
    (other / "issues.jsonl").write_text("")
    with pytest.raises(CannotRun, match="has tables without a schema: issues"):
        diff(DATA, other)


def test_bounds(other: Path) -> None:
    change_schema(other, "articles", column("seq", minimum=2))
    assert [change.effect for change in diff(DATA, other).schemas] == ["breaking"]
    assert [change.effect for change in diff(other, DATA).schemas] == ["compatible"]


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_archives(suffix: str, other: Path, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    change_rows(other, "people", lambda rows: rows[0].update(note="x"))
    kind = "zip" if suffix == ".zip" else "gztar"
    archive = Path(shutil.make_archive(str(tmp_path / "lingang-1.0.1"), kind, root_dir=tmp_path, base_dir="new"))
    assert archive.name.endswith(suffix)
    assert [change.column for change in diff(DATA, archive).cells] == ["note"]


def test_what_cannot_be_compared(other: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="no such path"):
        diff(DATA, tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotRun, match="is no release: it has no SHA256SUMS"):
        diff(DATA, tmp_path / "empty")
    (tmp_path / "empty" / "SHA256SUMS").write_text("")
    with pytest.raises(CannotRun, match="it has no schema/"):
        diff(DATA, tmp_path / "empty")
    with (other / "people.jsonl").open("a") as stream:
        stream.write("{}\n")
    with pytest.raises(CannotRun, match=r"people\.jsonl:[0-9]+ has no person_id of its own"):
        diff(DATA, other)
    (other / "people.jsonl").write_text("[]\n")
    with pytest.raises(CannotRun, match=r"people\.jsonl:1 holds no JSON object"):
        diff(DATA, other)
    (other / "people.jsonl").write_text("{\n")
    with pytest.raises(CannotRun, match=r"people\.jsonl:1 is not JSON"):
        diff(DATA, other)
    (other / "people.jsonl").unlink()
    with pytest.raises(CannotRun, match=r"people\.jsonl cannot be read"):
        diff(DATA, other)
    bad = tmp_path / "bad.tar.gz"
    with tarfile.open(bad, "w:gz") as bundle:
        bundle.add(tmp_path / "empty", "empty")
    with pytest.raises(CannotRun):
        diff(DATA, bad)
