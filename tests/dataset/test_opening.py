"""``lingang.open``: the same tables and answers from a root, a release, an archive, a build and a corpus."""

from __future__ import annotations

import doctest
import gzip
import inspect
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import lingang
from lingang.cli.commands import main
from lingang.dataset.frames import Dataset
from lingang.files.archives import tar_gz, zip_file
from lingang.problems import CannotRun, Refused
from table_forms import as_json_lines, as_parquet

ROOTS = sorted(path for path in (Path(__file__).parents[1] / "roots").iterdir() if path.is_dir())
DATA = Path(lingang.path("events")).parent


def archive(folder: Path, name: str) -> Path:
    files = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in DATA.rglob("*") if path.is_file()}
    path = folder / name
    path.write_bytes(zip_file(files, None) if name.endswith(".zip") else tar_gz(files, None))
    return path


def packed(folder: Path) -> Path:
    as_json_lines(folder)
    for path in list(folder.iterdir()):
        (folder / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    return folder


KINDS: dict[str, Callable[[Path], Path]] = {
    "release": lambda folder: DATA,
    "zip": lambda folder: archive(folder, "a.zip"),
    "tar.gz": lambda folder: archive(folder, "a.tar.gz"),
    "JSON Lines": lambda folder: as_json_lines(folder / "c"),
    "packed JSON Lines": lambda folder: packed(folder / "c"),
    "Parquet": lambda folder: as_parquet(folder / "c"),
}


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_path_gives_the_same_tables(kind: str, tmp_path: Path) -> None:
    data = lingang.open(KINDS[kind](tmp_path))
    assert data.tables() == lingang.tables()
    for name in lingang.tables():
        pd.testing.assert_frame_equal(data.load(name), lingang.load(name))
    assert data.show("孙鹏") == lingang.show("孙鹏")
    pd.testing.assert_frame_equal(data.timeline(), lingang.timeline())


@pytest.mark.long
def test_a_root_gives_the_tables_of_its_build(root: Path) -> None:
    data = lingang.open(root)
    pd.testing.assert_frame_equal(data.attendance(), lingang.attendance())
    assert data.version == "1.0.0"
    assert str(data.path) != ""


@pytest.mark.long
@pytest.mark.parametrize("path", ROOTS, ids=lambda path: path.name)
def test_foreign_roots_open_and_no_word_of_theirs_is_lost(path: Path) -> None:
    data = lingang.open(path)
    for name in data.tables():
        frame = data.load(name)
        stored = data._arrow(name)
        assert [int(frame[column].isna().sum()) for column in frame] == [
            stored.column(column).null_count for column in frame
        ]
    assert len(data.timeline(status=None)) == len(data.load("events"))
    assert len(data.attendance(status=None, kind=None)) == len(data.load("participations"))
    assert data.raw(data.load("sources")["source_id"][0])


@pytest.mark.parametrize("made", ["nothing", "empty", "file"])
def test_what_is_nothing_of_these_is_told(made: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(CannotRun, match=made):
        lingang.open(tmp_path / made)


def test_a_root_with_an_error_is_refused_with_its_report(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = copied / "dataset" / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8") + "\nstray: {nonsense: 1}\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        lingang.open(copied)
    assert any(problem.place.file == "dataset/people.yaml" for problem in caught.value.report)
    assert main(["tables", "--from", str(copied)]) == 1
    assert "people.yaml" in capsys.readouterr().out


def test_a_table_that_cannot_be_read_is_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = as_parquet(tmp_path / "c")
    (folder / "events.parquet").write_bytes(b"PAR1 no more")
    assert main(["show", "孙鹏", "--from", str(folder)]) == 1
    assert "events.parquet" in capsys.readouterr().out
    lines = as_json_lines(tmp_path / "d")
    (lines / "people.jsonl").write_text('{"person_id": 1}\n', encoding="utf-8")
    assert main(["tables", "--from", str(lines)]) == 1
    assert "people.jsonl:1" in capsys.readouterr().out


def test_another_schema_is_refused(tmp_path: Path) -> None:
    folder = as_parquet(tmp_path / "c")
    table = pq.ParquetFile(folder / "people.parquet").read().drop_columns(["name"])
    pq.write_table(table, folder / "people.parquet")
    with pytest.raises(Refused, match=r"people\.parquet"):
        lingang.open(folder)


@pytest.mark.long
def test_reading_commands_take_another_dataset(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(ROOTS[0])
    assert main(["tables", "--from", root]) == 0
    assert capsys.readouterr().out.count("\n") == 23
    event = lingang.open(root).load("events")["event_id"][0]
    assert main(["show", event, "--from", root]) == 0
    assert f"events {event}" in capsys.readouterr().out
    name = lingang.open(root).load("people")["name"][0]
    assert main(["find", name[:2], "--from", root]) == 0
    assert f"name: {name}" in capsys.readouterr().out
    assert main(["export", "csv", str(tmp_path / "e.csv"), "--from", root]) == 0
    assert name in (tmp_path / "e.csv").read_text(encoding="utf-8")


def test_nothing_is_written_among_what_is_read(tmp_path: Path) -> None:
    shutil.copytree(ROOTS[0], tmp_path / "root")
    assert main(["export", "csv", str(tmp_path / "root" / "raw" / "e.csv"), "--from", str(tmp_path / "root")]) == 2
    assert not (tmp_path / "root" / "raw" / "e.csv").exists()


def test_tab_shows_the_public_names_before_they_are_used() -> None:
    code = "import lingang; print(*dir(lingang))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"open", "load", "tables", "explore", "find", "show"} <= set(done.stdout.split())
    assert set(done.stdout.split()) == set(lingang.__all__)


PUBLIC = [name for name, _ in inspect.getmembers(Dataset, inspect.isroutine) if not name.startswith("_")]


@pytest.mark.long
@pytest.mark.parametrize("name", [*PUBLIC, "anchor", "open"])
def test_every_public_function_has_an_example_that_runs(name: str) -> None:
    function = getattr(lingang if name in ("anchor", "open") else Dataset, name)
    found = doctest.DocTestFinder().find(function, name, globs={})
    assert found and found[0].examples
    assert doctest.DocTestRunner(verbose=False).run(found[0]).failed == 0


def test_an_unknown_table_says_which_is_meant() -> None:
    with pytest.raises(KeyError, match=r"did you mean 'events'"):
        lingang.load("Event")


def test_show_gives_the_reader_s_reason_and_takes_a_name() -> None:
    assert "two words for one visit" in str(lingang.show("civilized-city-tour"))
    assert str(lingang.show("Sun Peng")).startswith("people sun-peng")


def test_find_takes_two_characters_latin_letters_and_any_case() -> None:
    assert ("people", "sun-peng", "name_latin") in set(
        lingang.find("sun peng")[["table_name", "record_id", "column_name"]].itertuples(index=False, name=None)
    )
    assert len(lingang.find("创文"))
    with pytest.raises(ValueError, match="one character"):
        lingang.find(" ")
