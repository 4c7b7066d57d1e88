"""``lingang release --edition facts``: no wording of the page beyond names and titles, in any file, and still valid."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import lingang
from foreign import foreign_root
from lingang.cli.commands import main
from lingang.problems import CannotRun
from lingang.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
LENGTH = 8
WHITE = " \t\r\n\u3000"


def squeezed(text: str) -> str:
    """A text without the white space that newspapers print; told apart from the toolkit's own on purpose."""
    return "".join(char for char in text if char not in WHITE)


def runs(text: str) -> set[str]:
    return {text[start : start + LENGTH] for start in range(len(text) - LENGTH + 1)}


NAMES = {
    "people": ("name", "aliases"),
    "organizations": ("name", "aliases"),
    "places": ("name",),
    "campaigns": ("name", "aliases"),
    "positions": ("title_raw", "title"),
    "events": ("name",),
    "documents": ("title",),
    "participations": ("award",),
    "sources": ("publisher",),
    "mentions": ("surface",),
}
"""Names and titles, as the edition understands them."""


def names(folder: Path) -> Iterator[str]:
    for table, columns in NAMES.items():
        for line in (folder / f"{table}.jsonl").read_text("utf-8").splitlines():
            for column in columns:
                value = json.loads(line)[column]
                yield from (value if isinstance(value, list) else [value] if value else [])


def texts(path: Path) -> Iterator[str]:
    """What a file says, a piece that is one text at a time."""
    if path.suffix == ".parquet":
        for column in pq.read_table(path).columns:
            yield from (str(value) for value in column.to_pylist() if value is not None)
    elif path.suffix == ".sqlite":
        with sqlite3.connect(path) as database:
            # what the file holds; the view attendance joins the titles of a person when it is asked
            for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                if not name.startswith("search_"):
                    for row in database.execute(f'SELECT * FROM "{name}"'):
                        yield from (str(value) for value in row if value is not None)
            yield from (text for (text,) in database.execute("SELECT text FROM search_text"))
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            for part in book.namelist():
                yield from book.read(part).decode("utf-8").split(">")
    else:
        yield from path.read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("facts")
    assert main(["release", str(ROOT), "--out", str(out), "--edition", "facts"]) == 0
    return next(path for path in out.iterdir() if path.name.endswith("-facts"))


@pytest.mark.long
def test_no_file_holds_a_run_of_the_page(made: Path) -> None:
    (page,) = (path for path in (ROOT / "raw").iterdir() if path.suffix == ".txt")
    wording = runs(squeezed(page.read_text("utf-8"))) - {run for name in names(made) for run in runs(squeezed(name))}
    files = [path for path in made.rglob("*") if path.is_file()]
    assert len(files) > 100
    found = {
        (path.relative_to(made).as_posix(), run)
        for path in files
        for text in texts(path)
        for run in runs(squeezed(text)) & wording
    }
    assert found == set()


def test_the_same_look_finds_the_page_in_the_full_edition() -> None:
    """The look of the test above is not blind: in the published tables of the full edition it finds the page."""
    data = ROOT / "src" / "lingang" / "data"
    (page,) = (path for path in (ROOT / "raw").iterdir() if path.suffix == ".txt")
    wording = runs(squeezed(page.read_text("utf-8"))) - {run for name in names(data) for run in runs(squeezed(name))}
    for name in ("articles.parquet", "evidence.jsonl", "sources.jsonl", "CASES.md"):
        assert any(runs(squeezed(text)) & wording for text in texts(data / name)), name


@pytest.mark.long
def test_names_positions_and_hashes_stay(made: Path) -> None:
    data = ROOT / "src" / "lingang" / "data"
    for declared in TABLES:
        kept = [column.name for column in declared.columns if column.prints != "wording" and declared.name != "labels"]
        full = [json.loads(line) for line in (data / f"{declared.name}.jsonl").read_text("utf-8").splitlines()]
        facts = [json.loads(line) for line in (made / f"{declared.name}.jsonl").read_text("utf-8").splitlines()]
        if kept:
            assert len(full) == len(facts)
        for column in kept:
            changed = [(a[column], b[column]) for a, b in zip(full, facts, strict=True) if a[column] != b[column]]
            assert all(column in ("note", "reason") and b is None for _, b in changed), (declared.name, column)
        for column in (column.name for column in declared.columns if column.prints == "wording"):
            assert {str(row[column]) for row in facts} <= {"None", "[]"}
    sums = dict(line.split("  ")[::-1] for line in (made / "TEXTS.sha256").read_text("utf-8").splitlines())
    articles = [json.loads(line) for line in (data / "articles.jsonl").read_text("utf-8").splitlines()]
    for row in articles:
        assert sums[f"articles/{row['article_id']}"] == hashlib.sha256(row["text"].encode()).hexdigest()


@pytest.mark.long
def test_it_is_valid_and_says_what_does_not_apply(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (made, made.parent / f"{made.name}.zip", made.parent / f"{made.name}.tar.gz"):
        assert main(["validate", str(path)]) == 0
        assert "not applicable: the edition facts leaves out what they read" in capsys.readouterr().out
    assert main(["validate", str(made), "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["not_run"] == []
    assert {"EVI001", "TXT008", "KEY008"} <= set(report["not_applicable"])
    assert {"KEY001", "KEY002", "KEY006", "KEY007", "ROW002", "ROW004", "PUB002", "PUB003", "PUB005"} <= set(
        report["ran"]
    )


@pytest.mark.long
@pytest.mark.parametrize(
    ("table", "old", "new", "rule"),
    [
        ("participations", '"event_id": "', '"event_id": "no-', "KEY002"),
        ("events", '"status": "occurred"', '"status": null', "ROW002"),
        ("people", '"name": "', '"name": "x\\n', "ROW004"),
    ],
)
def test_what_it_holds_is_still_checked(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, old: str, new: str, rule: str
) -> None:
    shutil.copytree(made, tmp_path / "broken")
    path = tmp_path / "broken" / f"{table}.jsonl"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert main(["validate", str(tmp_path / "broken"), "--select", rule]) == 1
    assert rule in capsys.readouterr().out


@pytest.mark.long
def test_the_full_schema_does_not_pass_as_facts(made: Path, tmp_path: Path) -> None:
    """What says that it is full has every text: the edition is a fact of about.json, not a way around ROW002."""
    shutil.copytree(made, tmp_path / "claims")
    path = tmp_path / "claims" / "about.json"
    path.write_text(path.read_text("utf-8").replace('"edition": "facts"', '"edition": "full"'), "utf-8")
    assert main(["validate", str(tmp_path / "claims")]) == 1


def test_the_edition_is_named(made: Path) -> None:
    about = json.loads((made / "about.json").read_text("utf-8"))
    assert about["edition"] == "facts"
    for name in ("README.md", "croissant.json", "datapackage.json", "CITATION.cff", "huggingface/README.md"):
        assert "This edition, facts, holds no wording of the newspaper" in (made / name).read_text("utf-8"), name
    assert "explore.html" not in (made / "README.md").read_text("utf-8").split("## Files")[0]
    with zipfile.ZipFile(made.parent / f"{made.name}.zip") as archive:
        assert "explore.html" not in archive.namelist()


@pytest.mark.long
def test_both_editions_lie_side_by_side(tmp_path: Path) -> None:
    root = foreign_root(tmp_path / "root")
    for edition in ("full", "facts"):
        assert main(["release", str(root), "--out", str(tmp_path / "out"), "--edition", edition]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "ARCHIVES.sha256",
        *(f"yunhe-0.3.0{edition}{end}" for edition in ("", "-facts") for end in ("", ".zip", ".tar.gz")),
    }
    assert main(["validate", str(tmp_path / "out" / "yunhe-0.3.0")]) == 0
    assert main(["validate", str(tmp_path / "out" / "yunhe-0.3.0-facts")]) == 0


@pytest.mark.long
def test_an_editor_who_cites_the_page_is_not_heard(tmp_path: Path) -> None:
    root = foreign_root(tmp_path / "root")
    item = root / "dataset" / "articles" / "meeting.yaml"
    said = "召开会议，便民服务中心参加"
    item.write_text(item.read_text("utf-8") + f"note: printed is {said}\n", "utf-8")
    (root / "RIGHTS.md").write_text(f"The page prints {said}.\n", "utf-8")
    (root / "ETHICS.md").write_text("No profiles of 陈守一.\n", "utf-8")
    assert main(["release", str(root), "--out", str(tmp_path / "out"), "--edition", "facts"]) == 0
    folder = tmp_path / "out" / "yunhe-0.3.0-facts"
    assert json.loads((folder / "articles.jsonl").read_text("utf-8"))["note"] is None
    assert not (folder / "RIGHTS.md").exists()
    assert (folder / "ETHICS.md").exists()


def test_what_cannot_be_left_out_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = foreign_root(tmp_path / "root")
    about = root / "dataset" / "about.yaml"
    about.write_text(about.read_text("utf-8").replace("One sentence", "召开会议，便民服务中心参加"), "utf-8")
    assert main(["release", str(root), "--out", str(tmp_path / "out"), "--edition", "facts"]) == 2
    assert "would print the page" in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*"))


def test_it_opens_and_says_what_it_has_not(made: Path, tmp_path: Path) -> None:
    data = lingang.open(made)
    assert len(data.load("people")) == len(lingang.load("people"))
    assert data.load("articles")["text"].isna().all()
    assert len(data.attendance()) == len(lingang.attendance())
    assert len(data.timeline()) == len(lingang.timeline())
    event = data.load("events")["event_id"][0]
    shown = data.show(event)
    assert shown is not None and "positions" in shown
    article = data.load("articles")["article_id"][0]
    looks = [
        lambda: data.text(article),
        data.raw,
        lambda: data.explore(tmp_path / "x.html"),
        lambda: data.export("tei", tmp_path / "x.xml"),
    ]
    for look in looks:
        with pytest.raises(CannotRun, match="the edition facts holds no text of the page"):
            look()
    assert data.export("csv", tmp_path / "x.csv")


def test_a_root_does_not_name_its_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = foreign_root(tmp_path / "root")
    about = root / "dataset" / "about.yaml"
    about.write_text(about.read_text("utf-8") + "edition: facts\n", "utf-8")
    assert main(["validate", str(root)]) == 1
    assert "edition" in capsys.readouterr().out
