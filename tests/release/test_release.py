"""A release: the same bytes twice, whole, valid, and no descriptor that claims what the files do not hold."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import lingang
from lingang.about import About
from lingang.check.subject import check_path
from lingang.problems import CannotRun
from lingang.release.build import ReleaseRefused, build_release
from lingang.release.claims import false_claims
from lingang.release.csv_files import csv_file
from lingang.release.dictionary import dictionary
from lingang.release.search import LONGEST, grams
from lingang.tables import TABLES
from lingang.tables.arrow import Tables

FACTS = yaml.safe_load((Path(__file__).parents[2] / "dataset" / "about.yaml").read_text("utf-8"))
NAME = f"lingang-{FACTS['version']}"
RELEASED = str(FACTS["released"])
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    out = tmp_path_factory.mktemp("first") / "dist"
    made = build_release(root, out)
    assert made == [out / NAME, out / f"{NAME}.zip", out / f"{NAME}.tar.gz", out / "ARCHIVES.sha256"]
    return out


@pytest.fixture(scope="module")
def released(dist: Path) -> Files:
    return snapshot(dist / NAME)


@pytest.fixture(scope="module")
def database(dist: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{dist / NAME / 'lingang.sqlite'}?mode=ro", uri=True)
    yield connection
    connection.close()


def snapshot(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def members(path: Path) -> tuple[list[str], Files]:
    """The members of an archive in their order, and what they hold."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return archive.namelist(), {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(path) as bundle:
        found = {member.name: bundle.extractfile(member).read() for member in bundle}  # type: ignore[union-attr]
        return bundle.getnames(), found


@pytest.mark.long
def test_the_same_bytes_twice(dist: Path, root: Path, tmp_path: Path) -> None:
    build_release(root, tmp_path / "second")
    for name in (f"{NAME}.zip", f"{NAME}.tar.gz", "ARCHIVES.sha256"):
        assert (tmp_path / "second" / name).read_bytes() == (dist / name).read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_an_archive_holds_the_files_in_order(dist: Path, released: Files, suffix: str) -> None:
    names, found = members(dist / f"{NAME}{suffix}")
    assert names == [f"{NAME}/{name}" for name in sorted(released)], "one top folder, named as the archive"
    assert found == {f"{NAME}/{name}": data for name, data in released.items()}


def test_members_have_one_date_and_one_mode(dist: Path) -> None:
    with zipfile.ZipFile(dist / f"{NAME}.zip") as archive:
        year, month, day = map(int, RELEASED.split("-"))
        for info in archive.infolist():
            assert info.date_time == (year, month, day, 0, 0, 0)
            assert stat.filemode(info.external_attr >> 16) == "-rw-r--r--"
    with tarfile.open(dist / f"{NAME}.tar.gz") as bundle:
        kinds = {(m.mode, m.uid, m.gid, m.uname, m.gname, m.isreg()) for m in bundle}
        assert kinds == {(0o644, 0, 0, "", "", True)}
        assert len({m.mtime for m in bundle}) == 1


def test_the_sums_are_of_every_file(dist: Path, released: Files) -> None:
    listed = dict(reversed(line.split("  ")) for line in released["SHA256SUMS"].decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in released.items() if name != "SHA256SUMS"}
    for line in (dist / "ARCHIVES.sha256").read_text().splitlines():
        total, name = line.split("  ")
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == total


@pytest.mark.long
@pytest.mark.parametrize("name", [NAME, f"{NAME}.zip", f"{NAME}.tar.gz"])
def test_a_release_is_valid(dist: Path, name: str) -> None:
    assert list(check_path(dist / name)) == []


def test_no_clock_no_path_no_machine(released: Files, root: Path) -> None:
    for name, data in released.items():
        assert str(root).encode() not in data, name
        assert b"/tmp/" not in data, name
    days = {
        found
        for name in ("croissant.json", "datapackage.json")
        for found in re.findall(rb"20\d\d-\d\d-\d\d", released[name])
    }
    assert days <= {RELEASED.encode(), *re.findall(rb"20\d\d-\d\d-\d\d", released["events.jsonl"])}


def test_the_facts_come_from_one_place(released: Files) -> None:
    package, card = json.loads(released["datapackage.json"]), json.loads(released["croissant.json"])
    assert package["version"] == card["version"] == FACTS["version"]
    assert package["description"] == card["description"] == FACTS["description"]
    for name in ("README.md", "huggingface/README.md", "CITATION.cff", "datapackage.json", "croissant.json"):
        text = released[name].decode()
        assert FACTS["version"] in text
        assert FACTS["creators"][0]["name"] in text
        assert "remains its owner's" in text


@pytest.mark.long
def test_other_files_beside_a_release_stay(root: Path, tmp_path: Path, copied: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "other.whl").write_text("kept")
    build_release(copied, tmp_path / "dist")
    build_release(copied, tmp_path / "dist")
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == [
        "ARCHIVES.sha256",
        NAME,
        f"{NAME}.tar.gz",
        f"{NAME}.zip",
        "other.whl",
    ]


@pytest.mark.long
def test_an_error_leaves_the_last_release(copied: Path, tmp_path: Path, dist: Path) -> None:
    item = copied / "dataset" / "articles" / "moral-envoys.yaml"
    item.write_text(item.read_text("utf-8").replace("quote: 该办事处召开大会", "quote: 该办事处召集大会"), "utf-8")
    shutil.copytree(dist, tmp_path / "dist")
    before = snapshot(tmp_path / "dist")
    with pytest.raises(ReleaseRefused) as refused:
        build_release(copied, tmp_path / "dist")
    assert [problem.rule for problem in refused.value.report] == ["EVI002"]
    assert snapshot(tmp_path / "dist") == before


@pytest.mark.parametrize("place", ["root", ".", "file"])
def test_an_output_that_is_no_folder_of_its_own(copied: Path, place: str) -> None:
    (copied.parent / "file").write_text("")
    with pytest.raises(CannotRun, match="cannot be the output"):
        build_release(copied, copied.parent / place)


@pytest.mark.long
def test_published_parquet_keeps_its_bytes(copied: Path, root: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    data = copied / "src" / "lingang" / "data"
    shutil.copytree(root / "src" / "lingang" / "data", data)
    pq.write_table(pq.ParquetFile(data / "events.parquet").read(), data / "events.parquet", compression="snappy")
    build_release(copied, tmp_path / "dist")
    assert (tmp_path / "dist" / NAME / "events.parquet").read_bytes() == (data / "events.parquet").read_bytes()


# What the descriptors claim


def edited(name: str, change: Callable[[Any], None]) -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        document = json.loads(files[name])
        change(document)
        files[name] = json.dumps(document).encode()

    return edit


def resource(package: Any, name: str) -> Any:
    return next(entry for entry in package["resources"] if entry["name"] == name)


def fields(package: Any, name: str) -> Any:
    return resource(package, name)["schema"]["fields"]


def field(package: Any, table: str, name: str) -> Any:
    return next(entry for entry in fields(package, table) if entry["name"] == name)


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return edit


PACKAGE, CARD = "datapackage.json", "croissant.json"
LIES: dict[str, Callable[[Files], None]] = {
    "a file that is not there": edited(PACKAGE, lambda p: resource(p, "people").update(path="persons.jsonl")),
    "another sum": edited(PACKAGE, lambda p: resource(p, "people").update(hash="sha256:" + "0" * 64)),
    "another size": edited(PACKAGE, lambda p: resource(p, "people-csv").update(bytes=1)),
    "a column too many": edited(PACKAGE, lambda p: fields(p, "people").append({"name": "sex", "type": "string"})),
    "a column of CSV too few": edited(PACKAGE, lambda p: fields(p, "people-csv").pop()),
    "another type": edited(PACKAGE, lambda p: field(p, "figures", "value").update(type="string")),
    "a text that is no date": edited(PACKAGE, lambda p: field(p, "events", "name").update(type="date")),
    "always filled": edited(PACKAGE, lambda p: field(p, "events", "day_part").update(constraints={"required": True})),
    "unique": edited(PACKAGE, lambda p: fields(p, "events")[1].update(constraints={"unique": True})),
    "another vocabulary": edited(PACKAGE, lambda p: fields(p, "events")[2].update(constraints={"enum": ["feast"]})),
    "another key": edited(PACKAGE, lambda p: resource(p, "events")["schema"].update(primaryKey=["kind"])),
    "a key to another table": edited(
        PACKAGE, lambda p: resource(p, "bylines")["schema"]["foreignKeys"][1]["reference"].update(resource="places")
    ),
    "another version": edited(PACKAGE, lambda p: p.update(version="0.9.0")),
    "another name in Croissant": edited(CARD, lambda c: c.update(name="other")),
    "silence on a table": edited(PACKAGE, lambda p: p["resources"].pop(0)),
    "another sum in Croissant": edited(CARD, lambda c: c["distribution"][0].update(sha256="0" * 64)),
    "a file too many in Croissant": edited(CARD, lambda c: c["distribution"][0].update(contentUrl="more.parquet")),
    "a column too many in Croissant": edited(
        CARD, lambda c: c["recordSet"][0]["field"][0]["source"]["extract"].update(column="page")
    ),
    "a column too few in Croissant": edited(CARD, lambda c: c["recordSet"][0]["field"].pop()),
    "another type in Croissant": edited(CARD, lambda c: c["recordSet"][0]["field"][0].update(dataType="sc:Date")),
    "a list that is none": edited(CARD, lambda c: c["recordSet"][0]["field"][0].update(isArray=True)),
    "another key in Croissant": edited(CARD, lambda c: c["recordSet"][0]["key"].update({"@id": "sources/id"})),
    "a configuration that leads nowhere": replaced("huggingface/README.md", b"data/events.parquet", b"events.parquet"),
    "a configuration of another table": replaced(
        "huggingface/README.md", b"data/events.parquet", b"data/people.parquet"
    ),
    "another count on the page": replaced("README.md", b"| `events` | 13 |", b"| `events` | 14 |"),
    "a file that the page invents": replaced("README.md", b"`lingang.sqlite` |", b"`lingang.duckdb` |"),
    "rows that the database lacks": lambda files: files.update({"events.jsonl": files["events.jsonl"] * 2}),
}


def test_every_claim_is_true(released: Files) -> None:
    assert false_claims(released) == []


@pytest.mark.long
@pytest.mark.parametrize("lie", list(LIES))
def test_a_false_claim_is_found(released: Files, lie: str) -> None:
    changed = dict(released)
    LIES[lie](changed)
    assert false_claims(changed)


@pytest.mark.long
def test_a_false_claim_stops_a_release(copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "lingang.release.build.croissant", lambda *_: json.dumps({"distribution": [], "recordSet": []}).encode()
    )
    with pytest.raises(CannotRun, match=r"croissant\.json: nothing is said of articles\.parquet"):
        build_release(copied, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_the_landing_page_names_every_kind_of_file(released: Files) -> None:
    text = released["README.md"].decode()
    named = re.findall(r"^\| `([^`]*[A-Z./][^`]*)` \|", text, re.MULTILINE)
    patterns = [re.escape(name).replace("<table>", "[a-z_]+") + (".*" if name.endswith("/") else "") for name in named]
    for name in released:
        assert name == "README.md" or any(re.fullmatch(pattern, name) for pattern in patterns), name


@pytest.mark.parametrize("place", ["release", "repository"])
def test_links_between_the_documents_lead_somewhere(dist: Path, root: Path, place: str) -> None:
    folder = dist / NAME if place == "release" else root
    for name in ("README.md", "DATASHEET.md", "RIGHTS.md", "ETHICS.md", "DATA_DICTIONARY.md", "docs/VERSIONS.md"):
        text = re.sub(r"^```.*?^```$", "", (folder / name).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        headings = {match.replace(" ", "-").lower() for match in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if target.startswith("#"):
                assert target[1:] in headings
            else:
                assert ((folder / name).parent / target.partition("#")[0]).exists(), (name, target)


# The database


def test_the_database_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for declared in TABLES:
        info = {row[1]: row for row in database.execute(f"PRAGMA table_info({declared.name})")}
        assert list(info) == list(declared.names)
        assert [name for name, row in info.items() if row[5]] == [declared.key]
        keys = {(row[3], row[2]) for row in database.execute(f"PRAGMA foreign_key_list({declared.name})")}
        assert keys == {(column.name, column.references) for column in declared.columns if column.references}
        for column in declared.columns:
            kind = {"int32": "INTEGER", "bool": "INTEGER", "float64": "REAL"}.get(column.type, "TEXT")
            assert info[column.name][2] == kind
            assert bool(info[column.name][3]) != column.nullable


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE events SET kind = 'feast'", "CHECK"),
        ("UPDATE events SET date_start = '2023-02-30'", "CHECK"),
        ("UPDATE events SET about = 'no list'", "CHECK"),
        ("UPDATE figures SET value = 'many'", "cannot store TEXT"),
        ("UPDATE people SET name = NULL", "NOT NULL"),
        ("UPDATE bylines SET person_id = 'nobody'", "FOREIGN KEY"),
        ("UPDATE people SET person_id = 'sun-peng'", "UNIQUE"),
    ],
)
def test_the_database_refuses_what_the_models_refuse(database: sqlite3.Connection, change: str, message: str) -> None:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    database.backup(copy)
    copy.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match=message):
        copy.execute(change)
    copy.close()


@pytest.mark.parametrize(("view", "chosen"), [("attendance", {}), ("attendance_all", {"status": None, "kind": None})])
def test_the_views_of_attendance_are_those_of_the_package(
    database: sqlite3.Connection, view: str, chosen: dict[str, Any]
) -> None:
    frame = lingang.attendance(**chosen)
    frame["date_start"] = frame["date_start"].dt.strftime("%Y-%m-%d")
    found = database.execute(f"SELECT * FROM {view}")
    assert [column[0] for column in found.description] == list(frame.columns)
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    assert [tuple(row) for row in rows] == found.fetchall()


@pytest.mark.parametrize(("view", "chosen"), [("timeline", {}), ("timeline_all", {"status": None})])
def test_the_views_of_the_timeline_are_those_of_the_package(
    database: sqlite3.Connection, view: str, chosen: dict[str, Any]
) -> None:
    frame = lingang.timeline(**chosen)
    found = database.execute(f"SELECT * FROM {view}")
    names = [column[0] for column in found.description]
    assert names == list(frame.columns)
    rows = [dict(zip(names, row, strict=True)) for row in found]
    assert len(rows) == len(frame)
    for name in names:
        if name in ("organizers", "sites", "about"):
            assert [json.loads(row[name]) for row in rows] == [list(value) for value in frame[name]]
        else:
            days = name in ("date_start", "date_end")
            column = frame[name].dt.strftime("%Y-%m-%d") if days else frame[name]
            assert [row[name] for row in rows] == column.astype(object).where(column.notna(), None).tolist(), name


WORDS = [
    "创文",
    "孙",
    "孙鹏",
    "捐赠",
    "曹文娟",
    "四个坚持",
    "临港开发区",
    "周口临港开发区党",
    "2023",
    "Wenjuan",
    "没有",
]


@pytest.mark.parametrize("word", WORDS)
def test_the_search_finds_a_word_wherever_it_stands(database: sqlite3.Connection, word: str) -> None:
    query = "SELECT table_name, record_id, column_name FROM search WHERE search MATCH ?"
    plain = "SELECT table_name, record_id, column_name FROM search_text WHERE instr(text, ?)"
    found = sorted(database.execute(query, (word,)).fetchall())
    assert found == sorted(database.execute(plain, (word,)).fetchall())
    assert bool(found) == (word != "没有")


def test_the_search_holds_every_text_that_is_searched(database: sqlite3.Connection) -> None:
    for item in lingang.load("articles").itertuples():
        assert ("articles", item.article_id) in database.execute(
            "SELECT table_name, record_id FROM search WHERE search MATCH ? AND column_name = 'text'",
            (item.text[-3:-1],),
        ).fetchall()


def test_grams_are_parts_of_runs() -> None:
    assert grams("创文，AB") == ["创", "创文", "文", "A", "AB", "B"]
    assert max(map(len, grams("一二三四五六七八九十"))) == LONGEST


def test_the_metadata_describe_tables_that_are_there_and_questions_that_run(
    released: Files, database: sqlite3.Connection
) -> None:
    told = json.loads(released["metadata.json"])
    assert told["title"] == "One Chinese local newspaper page, read line by line and evidence-anchored"
    (held,) = told["databases"].values()
    assert list(told["databases"]) == ["lingang"]
    assert list(held["tables"]) == [*[table.name for table in TABLES], "search_text"]
    for name, table in held["tables"].items():
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
        assert list(table.get("columns", columns)) == columns
        assert {table.get("label_column", columns[0]), *table.get("facets", [])} <= set(columns)
    asked = {"record_id": "investment-meeting", "word": "创文"}
    for query in held["queries"].values():
        assert database.execute(query["sql"], asked).fetchall()


def test_the_release_has_the_workbook_and_its_readme_says_so(released: Files) -> None:
    assert released["lingang.xlsx"].startswith(b"PK")
    assert b"| `lingang.xlsx` |" in released["README.md"] and b"| `metadata.json` |" in released["README.md"]


# CSV and the documents


def test_csv_opens_in_a_spreadsheet(released: Files) -> None:
    for declared in TABLES:
        data = released[f"csv/{declared.name}.csv"]
        assert data.startswith(b"\xef\xbb\xbf" + ",".join(declared.names).encode() + b"\n")


def test_csv_refuses_what_it_could_not_give_back(tables: Tables) -> None:
    declared = next(table for table in TABLES if table.name == "campaigns")
    row = tables.rows("campaigns")[0]
    with pytest.raises(CannotRun, match="aliases: an entry of the list"):
        csv_file(declared, [{**row, "aliases": ["a|b"]}])
    with pytest.raises(CannotRun, match="note: an empty text"):
        csv_file(declared, [{**row, "note": ""}])


RUN = [
    *("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1", "\u3000=1", "\u00a0-1"),
    *("＝1+1", "＋1", "－1", "＠SUM(A1)", "\u3000＝1"),
]
"""Texts that one spreadsheet or another would run."""
KEPT = ["3月2日", "a=b", "周=1", "—— 一", "·1", "1-2", "（-1）"]
APOSTROPHES = ["'", "''", "'=1", "'t", "''=1"]


@pytest.mark.parametrize("text", [*RUN, *KEPT, *APOSTROPHES])
def test_no_cell_of_csv_is_run_by_a_spreadsheet_and_each_comes_back(text: str, tables: Tables) -> None:
    declared = next(table for table in TABLES if table.name == "campaigns")
    row = tables.rows("campaigns")[0]
    changed = {**row, "name": text, "note": text, "aliases": [text.replace("|", ""), "石湾"]}
    data = csv_file(declared, [changed]).decode("utf-8-sig")
    (cells,) = csv.DictReader(io.StringIO(data, newline=""))
    for cell in cells.values():
        assert not re.match(r"[\t\r\n]|\s*[=+\-@＝＋－＠]", cell), cell
    assert [cells[name].removeprefix("'") for name in ("name", "note")] == [text, text]
    assert cells["aliases"].removeprefix("'").split("|") == changed["aliases"]
    if text in KEPT:
        assert cells["name"] == text


def test_a_number_below_nothing_is_a_number_in_csv(tables: Tables) -> None:
    declared = next(table for table in TABLES if table.name == "figures")
    (cells,) = csv.DictReader(
        io.StringIO(csv_file(declared, [{**tables.rows("figures")[0], "value": -3.5}]).decode("utf-8-sig"))
    )
    assert cells["value"] == "-3.5"


def test_the_readme_of_a_release_says_how_a_marked_cell_is_read(released: Files) -> None:
    assert b"begins with an apostrophe" in released["README.md"]
    described = json.loads(released["datapackage.json"])["resources"]
    for one in described:
        assert ("begins with an apostrophe" in one.get("description", "")) == (one.get("format") == "csv"), one["name"]


def test_the_dictionary_has_every_column_word_and_example(released: Files, tables: Tables) -> None:
    text = released["DATA_DICTIONARY.md"].decode()
    sections = dict(
        zip(re.findall(r"^## (\w+)$", text, re.MULTILINE), re.split(r"^## \w+$", text, flags=re.M)[1:], strict=True)
    )
    assert list(sections) == [table.name for table in TABLES]
    for declared in TABLES:
        for column in declared.columns:
            line = next(row for row in sections[declared.name].splitlines() if row.startswith(f"| `{column.name}` |"))
            assert column.description.split("|")[0] in line
            assert f"| {column.proof} |" in line
            filled = [row[column.name] for row in tables.rows(declared.name) if row[column.name] not in (None, [])]
            assert ("*(empty in this version)*" in line) == (not filled)
            for word in column.vocabulary.words if column.vocabulary else ():
                assert f"| `{word.value}` | {word.label_en} | {word.label_zh} |" in sections[declared.name]


def test_the_dictionary_does_not_break_on_marks() -> None:
    rows: dict[str, list[dict[str, object]]] = {
        table.name: [dict.fromkeys(table.names, "a|b`c\nd")] for table in TABLES
    }
    for line in dictionary(rows, About.of(FACTS), None).decode().splitlines():
        if line.startswith("| `source_id`"):
            assert r"`` a\|b`c⏎d ``" in line


def test_what_the_documents_say_of_persons(root: Path) -> None:
    people = lingang.load("people")["public_role"].value_counts()
    assert people["private"] == 2
    for name in ("DATASHEET.md", "ETHICS.md"):
        assert re.search(r"two (private persons|winners)", (root / name).read_text("utf-8"))
    awards = lingang.load("participations").dropna(subset=["award", "person_id"])
    private = lingang.load("people").query("public_role == 'private'")["person_id"]
    assert set(awards["person_id"]) == set(private)
    assert len(lingang.load("articles")) == 9
    assert lingang.load("people").query("public_role == 'private'")["note"].isna().all()


def test_the_readings_that_the_documents_claim(root: Path) -> None:
    """The counts of the datasheet are those of the readings of what the records hold now."""
    readings = lingang.load("readings").query("current")
    passes = readings.astype({"pass": str}).groupby(["table_name", "record_id"], observed=True)["pass"].apply(set)
    once = passes[passes.map(len) == 1]
    assert set().union(*once) == {"adjudication"}
    claim = r"Of the (\d+) records in it, (\d+) were read more than once as they are now; the other (\d+)"
    stated = re.search(claim, (root / "DATASHEET.md").read_text("utf-8").replace("\n", " "))
    assert stated is not None
    assert [int(number) for number in stated.groups()] == [len(passes), len(passes) - len(once), len(once)]


def test_the_datasheet_has_its_headings(root: Path) -> None:
    found = re.findall(r"^## (\w+)", (root / "DATASHEET.md").read_text("utf-8"), re.MULTILINE)
    assert found == [
        "Motivation",
        "Composition",
        "Collection",
        "Preprocessing",
        "Uses",
        "Distribution",
        "Maintenance",
        "Language",
    ]


def test_an_unpacked_archive_is_the_folder(dist: Path, released: Files, tmp_path: Path) -> None:
    shutil.unpack_archive(dist / f"{NAME}.tar.gz", tmp_path, filter="data")
    for name, data in released.items():
        assert (tmp_path / NAME / name).read_bytes() == data
    with zipfile.ZipFile(dist / f"{NAME}.zip") as archive:
        assert archive.testzip() is None


@pytest.fixture(scope="module")
def own_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of a root whose lexicon.yaml adds a word to an open vocabulary."""
    root = Path(__file__).parents[1] / "roots" / "police-notice"
    return build_release(root, tmp_path_factory.mktemp("words") / "dist")[0]


@pytest.mark.long
def test_a_release_knows_the_words_that_its_root_adds(own_words: Path) -> None:
    with contextlib.closing(sqlite3.connect(own_words / "songling-police.sqlite")) as connection:
        owners = connection.execute("SELECT count(*) FROM participations WHERE role = 'owner'").fetchone()
        assert owners == (1,)
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            connection.execute("UPDATE participations SET role = 'no_such_role'")
    assert "| `owner` | owner | 失主 |" in (own_words / "DATA_DICTIONARY.md").read_text("utf-8")
    assert "Owner*:" in (own_words / "exports" / "brat" / "annotation.conf").read_text("utf-8")
    records = json.loads((own_words / "croissant.json").read_text("utf-8"))["recordSet"]
    fields = {field["@id"]: field for record in records for field in record["field"]}
    assert "owner: Who gets back" in fields["participations/role"]["description"]


@pytest.mark.long
def test_the_descriptor_takes_every_word_of_a_root(own_words: Path) -> None:
    package = json.loads((own_words / "datapackage.json").read_text("utf-8"))
    by_name = {resource["name"]: resource for resource in package["resources"]}
    for name in ("participations", "participations-csv"):
        field = next(field for field in by_name[name]["schema"]["fields"] if field["name"] == "role")
        assert "owner" in field["constraints"]["enum"]
        assert {"value": "owner", "label": "owner"} in field["categories"]
