"""Roots of invented text, as other people write them: whole roots that have nothing to do with this repository's page.

Each folder under ``roots`` is one root with ``expected.yaml`` beside it: what a reader found on the page, by hand. The
material itself is proven by a reader that knows nothing of lingang (``roots_reader``); that lingang takes each root
without an error, and publishes what was read, is asked of the command line.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lingang.authored.tree import parse, read_files
from lingang.check.root import Checked, check_files
from lingang.lexicon import Lexicon
from lingang.lexicon.roots import lexicon_of
from lingang.rules.coverage import coverage
from lingang.tables.view import View
from roots_pages import as_list, read_yaml, squeeze
from roots_reader import RESERVED, Root

ROOTS = Path(__file__).parents[1] / "roots"
NAMES = sorted(path.name for path in ROOTS.iterdir() if path.is_dir())

EXPECTED_FAILURES: dict[str, dict[str, str]] = {"validates": {}, "publishes": {}}
"""What does not hold yet, by question and root. It shrinks: an expected failure that stops failing is an error."""

ADVICE_PER_THOUSAND = 3
"""At most so many pieces of advice for 1,000 characters of the pages, all roots together, before acceptances."""


def roots(question: str = "") -> Any:
    """Every root as a parameter, with the expected failures of the question."""
    failures = EXPECTED_FAILURES.get(question, {})
    assert set(failures) <= set(NAMES), "an expected failure of a root that is not there"
    return pytest.mark.parametrize(
        "name",
        [
            pytest.param(
                name, marks=[pytest.mark.xfail(strict=True, reason=failures[name])] if name in failures else []
            )
            for name in NAMES
        ],
    )


def expected_of(name: str) -> dict[str, Any]:
    return read_yaml(ROOTS / name / "expected.yaml")


def lingang(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lingang", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


# -- the material: pins, coverage, quotes ------------------------------------------------------------------------


@roots()
def test_every_character_is_held_once_and_every_quote_stands_at_one_place(name: str) -> None:
    assert Root(ROOTS / name).complaints() == []


def _edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


MEETING = "dataset/articles/economic-work-meeting.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("raw/page.txt", "秦朗", "秦郎", "has another sum"),
        (MEETING, "  kicker: 1\n", "", "nothing holds “松”"),
        (MEETING, "headline: 2-3", "headline: 1-3", "is kicker and headline"),
        (MEETING, "to: 成绩来之不易。", "to: 成绩来之甚易。", "does not stand there"),
        (MEETING, "{cue: 表示,", "{cue: 要,", "stands 6 times"),
        (MEETING, "names: [匡正, 栾明]", "names: [栾明, 匡正]", "the list ['栾明', '匡正'] stands 0 times"),
        (MEETING, "[苏北辰, 邹鹿鸣, 令狐远, 等]}\n  project", "[苏北辰, 邹鹿鸣, 令狐远]}\n  project", "ends in 等"),
        (MEETING, "before: 出席会议并讲话", "before: 主持会议", "does not stand there"),
        (MEETING, "县政协主席: 席敬之", "县政协主席: 常立本", "stands 0 times"),
        (MEETING, "name: 松岭县委经济工作会议", "name: 岭县委经济工作会议", "crosses the edge of 松岭县委"),
        (MEETING, "number: 80亿元", "number: 0亿元", "cuts a number"),
        (MEETING, "title: 关于表扬先进集体的通报", "title: 表扬先进集体的通报", "does not stand there"),
        (MEETING, "speaker: 陶小满", "speaker: 陶大满", "“陶大满” is 0 of"),
        ("dataset/labels/en.yaml", "  副书记: deputy", "  副秘书: deputy", "labels en: “副秘书” is printed nowhere"),
        (
            "dataset/labels/en.yaml",
            "  economic-meeting:",
            "  economic-meetings:",
            "labels en: events economic-meetings is no record",
        ),
        ("dataset/organizations.yaml", "name: 县发改委", "name: 县发展委", "is not printed in its scope"),
    ],
)
def test_the_reader_of_roots_sees_what_is_wrong(tmp_path: Path, file: str, old: str, new: str, complaint: str) -> None:
    root = Path(shutil.copytree(ROOTS / "county-meeting", tmp_path / "root"))
    _edit(root, file, old, new)
    complaints = Root(root).complaints()
    assert any(complaint in line for line in complaints), complaints


# -- what was expected is whole, and agrees with what was typed ----------------------------------------------------


def _quote(value: Any) -> str | None:
    return None if value is None else squeeze(str(value["quote"] if isinstance(value, dict) else value))


def _rows(root: Root) -> dict[str, int]:
    """How many rows the authored records ask for, where that can be counted without reading the page."""
    articles = root.articles.values()
    events = [event for article in articles for event in article.get("events", {}).values()]
    participants = [participant for event in events for participant in event.get("participants", [])]
    titles = [pair for article in articles for pair in article.get("titles", {}).items()]
    counts = {table: len([key for key in entries if key != RESERVED]) for table, entries in root.registries.items()}
    return counts | {
        "sources": len(root.sources),
        "articles": len(root.articles),
        "events": len(events),
        "labels": sum(len(group) for labels in root.labels.values() for group in labels.values()),
        "event_links": sum(len(event.get("links", [])) for event in events),
        "participations": sum(len(as_list(p["role"])) * len(_named(p.get("names"))) for p in participants),
        "positions": sum(_posts(title) * len(_holders(holders)) for title, holders in titles),
        "quotations": sum(len(article.get("quotations", [])) for article in articles),
        "documents": sum(len(article.get("documents", [])) for article in articles),
        "figures": sum(len(article.get("figures", [])) for article in articles),
        "event_campaigns": sum(len(article.get("campaigns", [])) for article in articles),
    }


def _named(names: list[str] | None) -> list[str]:
    return ["one"] if names is None else [name for name in names if name != "等"]


def _holders(holders: Any) -> list[str]:
    if isinstance(holders, list) and isinstance(holders[0], dict):
        return [name for part in holders for name in _holders(part)]
    return _named(as_list(holders["names"] if isinstance(holders, dict) else holders))


def _posts(title: str) -> int:
    return len(title.split("、"))


@roots()
def test_what_is_expected_is_whole_and_agrees_with_what_was_typed(name: str) -> None:
    root, expected = Root(ROOTS / name), expected_of(name)
    typed = {key: event for article in root.articles.values() for key, event in article.get("events", {}).items()}
    assert list(expected["events"]) == list(typed)
    for key, event in typed.items():
        assert expected["events"][key].get("date_raw") == _quote(event.get("date")), key
        assert expected["events"][key]["status"] == event.get("status", "occurred"), key
    for article_id, article in root.articles.items():
        numbers = [_quote(figure["number"]) for figure in article.get("figures", [])]
        assert list(expected["figures"].get(article_id, {})) == numbers, article_id
        assert len(expected["quotations"].get(article_id, [])) == len(article.get("quotations", [])), article_id
    counted = _rows(root)
    assert {table: expected["rows"].get(table, 0) for table in counted} == counted


# -- what lingang makes of each root -------------------------------------------------------------------------------


@cache
def checked(name: str) -> Checked:
    return check_files(read_files(ROOTS / name))


def rows_of(name: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a root by table, without the numbers that rules add."""
    tables = checked(name).tables
    assert tables is not None, [str(problem.place) for problem in checked(name).report.problems]
    return {table: arrow.to_pylist() for table, arrow in tables.arrow.items()}


@pytest.mark.long
def test_advice_is_rare() -> None:
    told = [
        problem
        for name in NAMES
        for problem in (*checked(name).report.problems, *checked(name).report.accepted)
        if problem.severity == "warning"
    ]
    characters = sum(len(squeeze(row["text"])) for name in NAMES for row in rows_of(name)["sources"])
    assert characters > 4000
    assert len(told) <= ADVICE_PER_THOUSAND * characters / 1000, [f"{one.place}: {one.rule}" for one in told]


SILENT = {
    "events": "dates",
    "figures": "numbers",
    "people": "names",
    "organizations": "names",
    "places": "names",
    "positions": "titles",
    "quotations": "speech",
    "documents": "《》",
}
"""What an author may leave out, with the line of the coverage that must show it."""
HANGS = {
    "events": ("event_id", "other_event_id"),
    "people": ("person_id",),
    "organizations": ("organization_id",),
    "places": ("place_id",),
}
"""The columns by which rows hang on those that are left out; of figures, quotations and documents they are emptied."""
KEPT = ("figures", "documents", "quotations", "event_campaigns")


def _without(name: str, left_out: str) -> dict[str, list[dict[str, Any]]]:
    """The tables as they were if the author had written nothing of one kind."""
    rows = rows_of(name)
    gone = {row[next(iter(row))] for row in rows[left_out]}
    rows[left_out] = []
    for column in HANGS.get(left_out, ()):
        for table, known in rows.items():
            if left_out == "events" and table in KEPT:
                rows[table] = [row | {column: None} if row.get(column) in gone else row for row in known]
            else:
                rows[table] = [row for row in known if row.get(column) not in gone]
    rows["mentions"] = [
        row for row in rows["mentions"] if row["entity_id"] not in gone or row["entity_table"] != left_out
    ]
    within = {row["mention_id"] for row in rows["mentions"]}
    for row in rows["mentions"]:
        row["within_mention_id"] = row["within_mention_id"] if row["within_mention_id"] in within else None
    there = {(table, row[next(iter(row))]) for table, known in rows.items() for row in known}
    rows["evidence"] = [row for row in rows["evidence"] if (row["table_name"], row["record_id"]) in there]
    return rows


def _covered(rows: dict[str, list[dict[str, Any]]], lexicon: Lexicon) -> dict[str, tuple[int, int]]:
    return {line.kind: (line.seen, line.held) for line in coverage(View(rows.__getitem__, lexicon))}


@pytest.mark.long
@pytest.mark.parametrize("left_out", SILENT)
@roots()
def test_silence_shows_in_the_coverage(name: str, left_out: str) -> None:
    if not rows_of(name)[left_out]:
        pytest.skip("the root has none")
    lexicon = lexicon_of(read_files(ROOTS / name), parse(read_files(ROOTS / name))).judging
    assert lexicon is not None
    seen, held = _covered(rows_of(name), lexicon)[SILENT[left_out]]
    still_seen, still_held = _covered(_without(name, left_out), lexicon)[SILENT[left_out]]
    assert still_seen - still_held > seen - held, (
        f"{SILENT[left_out]}: {held} of {seen}, then {still_held} of {still_seen}"
    )


@pytest.mark.long
@roots("validates")
def test_lingang_finds_no_error(name: str) -> None:
    done = lingang("validate", ROOTS / name)
    assert done.returncode == 0, done.stdout + done.stderr


def _tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in folder.rglob("*.jsonl")
    }


EVENT_COLUMNS = ("kind", "status", "date_raw", "date_edtf", "year_basis", "time", "day_part")


@pytest.mark.long
@roots("publishes")
def test_the_published_tables_hold_what_was_read(name: str, tmp_path: Path) -> None:
    done = lingang("build", ROOTS / name, "--out", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    tables, expected = _tables(tmp_path), expected_of(name)
    assert {table: len(tables[table]) for table in expected["rows"]} == expected["rows"]
    events = {row["event_id"]: {column: row[column] for column in EVENT_COLUMNS} for row in tables["events"]}
    nothing = dict.fromkeys(EVENT_COLUMNS) | {"year_basis": "none"}
    assert events == {key: nothing | cells for key, cells in expected["events"].items()}
    assert {key: tables["sources"][0][key] for key in expected.get("source", {})} == expected.get("source", {})
    assert list(_figures(tables, Root(ROOTS / name), expected)) == []
    assert list(_speech(tables, expected)) == []
    assert list(_positions(tables, expected)) == []
    assert list(_bases(tables, expected)) == []


def _figures(tables: dict[str, list[dict[str, Any]]], root: Root, expected: dict[str, Any]) -> Iterator[str]:
    """Figures that differ; a value that is not read may be null where the expectation says ``or_null``."""
    for article_id, figures in expected["figures"].items():
        typed = {_quote(figure["number"]): _quote(figure["label"]) for figure in root.articles[article_id]["figures"]}
        for number, cells in figures.items():
            wanted = {key: value for key, value in cells.items() if key != "or_null"}
            allowed = [wanted, wanted | {"value": None}] if cells.get("or_null") else [wanted]
            rows = [
                row for row in tables["figures"] if (row["article_id"], row["label"]) == (article_id, typed[number])
            ]
            found = [{key: row[key] for key in wanted} for row in rows]
            if not any(cells in allowed for cells in found):
                yield f"{article_id} {number}: expected {wanted}, found {found}"


def _speech(tables: dict[str, list[dict[str, Any]]], expected: dict[str, Any]) -> Iterator[str]:
    for article_id, quotations in expected["quotations"].items():
        rows = [row for row in tables["quotations"] if row["article_id"] == article_id]
        for row, wanted in zip(rows, quotations, strict=True):
            speaker = row["person_id"] or row["organization_id"] or row["group_label"] or row["speaker_kind"]
            ends = row["text"].startswith(wanted["starts"]), row["text"].endswith(wanted["ends"])
            if (speaker, row["form"], row["cue"]) != (wanted["speaker"], wanted["form"], wanted["cue"]) or not all(
                ends
            ):
                yield f"{row['quotation_id']}: expected {wanted}, found {speaker} {row}"


def _positions(tables: dict[str, list[dict[str, Any]]], expected: dict[str, Any]) -> Iterator[str]:
    columns = ("person_id", "title_raw", "organization_id", "title")
    found = [[row[column] for column in columns] for row in tables["positions"]]
    yield from (f"expected the position {wanted}" for wanted in expected.get("positions", []) if wanted not in found)


def _bases(tables: dict[str, list[dict[str, Any]]], expected: dict[str, Any]) -> Iterator[str]:
    for table, record, column, basis in expected.get("bases", []):
        key = (table, record, column)
        found = {
            row["basis"]
            for row in tables["evidence"]
            if (row["table_name"], row["record_id"], row["column_name"]) == key
        }
        if basis not in found:
            yield f"{key}: expected the basis {basis}, found {found}"
