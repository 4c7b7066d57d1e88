"""Files of a corpus: read wherever they lie, whatever the folders are called; what would not be read is named."""

from __future__ import annotations

import bz2
import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lingang.check.corpus import check_corpus
from lingang.check.released import check_release
from lingang.cli.commands import main
from lingang.corpus.options import Options
from lingang.problems import CannotRun
from lingang.tables import TABLES
from table_forms import as_json_lines, as_parquet, parquet_of

ODD_NAMES = (
    "dt=2023-05",
    "language=fr",
    "a[x]b",
    "[!a]",
    "a*b",
    "a?b",
    "**",
    "{a,b}",
    'it\'s "here"',
    "sp ace",
    "two\nlines",
    "back\\slash",
    "~",
    "100%41",
    "云河市",
    "file:x",
)


def found(folder: Path, **options: object) -> list[tuple[str, str]]:
    return [(problem.rule, str(problem.place)) for problem in check_corpus(folder, Options(**options))]  # type: ignore[arg-type]


@pytest.mark.long
@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_name_of_a_folder_is_no_pattern_and_no_data(name: str, tmp_path: Path) -> None:
    lines, parquet = as_json_lines(tmp_path / name / "lines"), as_parquet(tmp_path / name / "parquet")
    core = {"chosen": lambda rule: rule.startswith(("ROW", "KEY"))}
    assert found(lines, **core) == found(parquet, **core) == []
    for source in (lines, parquet):
        out = source.parent / f"{source.name}-out"
        assert main(["build", str(source), "--out", str(out), "--select", "core"]) == 0
        for declared in TABLES:
            expected = pq.ParquetFile(parquet_of(declared.name)).read().to_pylist()
            assert pq.ParquetFile(out / f"{declared.name}.parquet").read().to_pylist() == expected, declared.name
        assert main(["validate", str(out), "--select", "ROW"]) == 0


@pytest.mark.long
@pytest.mark.parametrize("declared", TABLES, ids=lambda declared: declared.name)
def test_no_column_of_a_table_takes_its_value_from_a_path(declared: object, tmp_path: Path) -> None:
    name, columns = declared.name, declared.names  # type: ignore[attr-defined]
    deep = tmp_path.joinpath(*(f"{column}=7" for column in columns))
    folder = as_json_lines(deep / "corpus", but=name)
    (folder / name).mkdir()
    shutil.copy(parquet_of(name), folder / name / f"{columns[-1]}=8.parquet")
    out = deep / "out"
    assert main(["build", str(folder), "--out", str(out), "--select", "core"]) == 0
    assert (
        pq.ParquetFile(out / f"{name}.parquet").read().to_pylist()
        == pq.ParquetFile(parquet_of(name)).read().to_pylist()
    )


@pytest.mark.long
def test_a_release_below_a_folder_with_a_value_is_read_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "language=fr" / "release[1]"
    shutil.copytree(parquet_of("events").parent, folder, ignore=shutil.ignore_patterns("__*"))
    assert list(check_release(folder)) == []


def _beside(name: str, data: bytes = b"") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return change


def _renamed(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / new).parent.mkdir(parents=True, exist_ok=True)
        (folder / old).rename(folder / new)

    return change


def _packed(folder: Path) -> None:
    (folder / "mentions.jsonl.bz2").write_bytes(bz2.compress((folder / "mentions.jsonl").read_bytes()))
    (folder / "mentions.jsonl").unlink()


UNREAD = [
    *(
        _renamed("mentions.jsonl", new)
        for new in (
            "mentions.ndjson",
            "mentions.json",
            "mentions.JSONL",
            "MENTIONS.jsonl",
            "Mentions.Parquet",
            "mentions.jsonl.xz",
            "mentions.jsonl.GZ",
            "mentions.csv",
            "mentions.arrow",
            "mentions",
            "mentions_2023.jsonl",
            "mentions2.ndjson.gz",
            "mentions.jsonl.bak",
            "mention.json",
            "mention.jsonl",
            "mentions/y=2023/part.jsonl",
            "mentions/2023/05/part.jsonl",
            "mentions/part.ndjson",
            "mentions/part.jsonl.bz2",
            "mentions.parquet/part-0.jsonl",
            "MENTIONS/part-0.jsonl",
            "data/mentions.jsonl",
            "data/2023/mentions-1.ndjson",
        )
    ),
    _packed,
    _beside("mentions/_delta_log/0.json"),
    _beside("evidence-new.ndjson"),
    _beside("event.csv"),
    _beside("more.jsonl"),
    _beside("more.ndjson"),
    _beside("more.PARQUET"),
]


@pytest.mark.long
@pytest.mark.parametrize("change", UNREAD)
def test_a_file_that_would_not_be_read_is_named_whatever_is_selected(
    change: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = as_json_lines(tmp_path / "corpus")
    before = {path for path in folder.rglob("*") if path.is_file()}
    change(folder)
    (new,) = {path for path in folder.rglob("*") if path.is_file()} - before
    for command in (["validate"], ["validate", "--select", "core"], ["build", "--out", str(tmp_path / "out")]):
        assert main([*command, str(folder)]) == 2
        assert new.relative_to(folder).as_posix() in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.long
def test_what_systems_and_engines_leave_beside_is_passed_over(tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus", but="mentions")
    shutil.copytree(
        parquet_of("mentions").parent,
        folder / "mentions",
        ignore=lambda _, names: {name for name in names if name != "mentions.jsonl"},
    )
    left = ".DS_Store ._mentions.jsonl Thumbs.db __MACOSX/mentions.jsonl mentions/.DS_Store"
    engines = "mentions/_SUCCESS mentions/._SUCCESS.crc"
    for name in ("about.json", "lexicon.json"):
        shutil.copy(parquet_of("mentions").parent / name, folder)
    others = "README.md .git/mentions.jsonl notes/list.csv"
    for name in f"{left} {engines} {others}".split():
        _beside(name)(folder)
    assert found(folder) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("events.parquet", None),
        ("events.jsonl.gz", gzip.compress(b"", mtime=0)),
        ("events/part-1.jsonl", b""),
        ("events/part-1.parquet", None),
    ],
)
def test_two_sources_of_a_table_are_refused(name: str, data: bytes | None, tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus")
    _beside(name, parquet_of("events").read_bytes() if data is None else data)(folder)
    with pytest.raises(CannotRun, match="events stands in"):
        check_corpus(folder, Options())


@pytest.mark.long
def test_a_table_that_proofs_stand_on_is_missing_without_its_file(tmp_path: Path) -> None:
    for name in ("articles", "segments", "mentions", "evidence"):
        folder = as_json_lines(tmp_path / name, but=name)
        assert found(folder, chosen=lambda rule: rule == "KEY006") == [("PUB004", f"{name}.jsonl")]
    assert main(["validate", str(tmp_path / "evidence"), "--select", "core"]) == 1


@pytest.mark.long
def test_a_run_says_how_much_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = as_json_lines(tmp_path / "corpus", but="issues")
    rows = sum(path.read_bytes().count(b"\n") for path in folder.iterdir())
    assert main(["validate", str(folder), "--select", "ROW"]) == 0
    assert f"{rows} rows in 22 tables; no file of issues" in capsys.readouterr().out
    (folder / "issues.jsonl").write_bytes(b"")
    assert main(["validate", str(folder), "--select", "ROW"]) == 0
    assert f"{rows} rows in 23 tables\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["events-\udcff.jsonl", "events/\udcff.jsonl"])
def test_a_name_that_is_not_utf8_is_refused_by_name(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = as_json_lines(tmp_path / "corpus", but="events")
    (folder / "events").mkdir()
    shutil.copy(parquet_of("events").with_suffix(".jsonl"), folder / name)
    assert main(["validate", str(folder)]) == 2
    assert f"{name.encode('utf-8', 'backslashreplace').decode()} cannot be read" in capfd.readouterr().err


@pytest.mark.parametrize("form", [as_json_lines, as_parquet])
def test_a_corpus_below_a_folder_whose_name_is_not_utf8_is_read_or_refused(
    form: Callable[[Path], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "caf\udce9"
    form(tmp_path / "corpus").rename(folder)
    status = main(["validate", str(folder), "--select", "ROW"])
    err = capfd.readouterr().err
    assert status == 0 or (status == 2 and "not UTF-8" in err)
    assert main(["build", str(folder), "--out", str(tmp_path / "out"), "--select", "core"]) == 2
    assert "not UTF-8" in capfd.readouterr().err
