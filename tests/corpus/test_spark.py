"""Spark and DuckDB report the same problems, up to the line, on the same broken corpora."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import corpus
from errors import ERRORS, Error, plant
from lingang.check.corpus import check_corpus
from lingang.cli.commands import main
from lingang.corpus.options import Options
from lingang.problems import Report
from table_forms import as_parquet

pytestmark = pytest.mark.skipif(
    shutil.which("java") is None or importlib.util.find_spec("pyspark") is None,
    reason="Spark needs Java and the extra spark",
)

_UNTYPED = ("a number beyond 32 bits", "a day that does not exist", "a day with other marks, as long")
UNREAD = tuple(error for error in ERRORS if error.rule in ("ROW001", "ROW006", "PUB006") or error.name in _UNTYPED)
"""Errors that leave no row of the declared types: the rules that read their tables wait until they are mended."""


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark") / "clean"
    corpus.write(folder, evidence=4_000, seed=11)
    return folder


def planted(clean: Path, folder: Path, errors: tuple[Error, ...]) -> Path:
    """A corpus with many errors, each in lines of its own."""
    source = clean
    for number, error in enumerate(errors):
        target = folder / str(number)
        plant(source, error, target, skip=number)
        source = target
    return source


def check(folder: Path, engine: str, begin: tuple[str, ...] = ("",)) -> Report:
    return check_corpus(folder, Options(engine, "local[2]", 1 << 30, 10_000, lambda rule: rule.startswith(begin)))


def problems(report: Report) -> list[tuple[object, ...]]:
    return [(p.rule, str(p.place), p.table, p.record_id, p.column_name, p.found, p.expected) for p in report]


@pytest.mark.long
@pytest.mark.parametrize("unread", [True, False], ids=["lines", "rows"])
def test_both_engines_report_the_same(unread: bool, clean: Path, tmp_path: Path) -> None:
    errors = tuple(error for error in ERRORS if (error in UNREAD) == unread)
    folder = planted(clean, tmp_path, errors)
    found = check(folder, "duckdb")
    assert {error.rule for error in errors} <= {problem.rule for problem in found}
    assert any("could not be read" in reason for reason in found.not_run.values()) == unread
    again = check(folder, "spark")
    assert problems(again) == problems(found)
    # of several pages on which a rule could not look, each engine names one
    assert (again.ran, set(again.not_run)) == (found.ran, set(found.not_run))


@pytest.mark.long
def test_a_clean_corpus_is_published_in_its_order(clean: Path, tmp_path: Path) -> None:
    command = ["build", str(clean), "--select", "core", "--engine", "spark", "--master", "local[2]"]
    assert main([*command, "--out", str(tmp_path / "out")]) == 0
    lines = (clean / "evidence.jsonl").read_text(encoding="utf-8").splitlines()
    files = sorted((tmp_path / "out" / "evidence").iterdir())
    rows = [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]
    assert rows == [json.loads(line) for line in lines]
    assert main(["validate", str(tmp_path / "out"), "--select", "core"]) == 0


@pytest.mark.long
def test_parquet_and_odd_folders_are_read_alike(tmp_path: Path) -> None:
    folder = as_parquet(tmp_path / "language=fr" / "云河[x] 1" / "corpus")
    few = ("ROW", "KEY001", "EVI001")
    assert problems(check(folder, "spark", few)) == problems(check(folder, "duckdb", few)) == []
    rows = pq.ParquetFile(folder / "events.parquet").read()
    days = rows["date_start"].cast(pa.int32()).to_pylist()
    odd = pa.array([2**31 - 1, *days[1:]], pa.int32()).cast(pa.date32())
    notes = pa.array(["a\x00b", *rows["note"].to_pylist()[1:]])
    for name, column in (("date_start", odd), ("note", notes)):
        rows = rows.set_column(rows.schema.get_field_index(name), name, column)
    pq.write_table(rows, folder / "events.parquet", row_group_size=3)
    evidence = pq.ParquetFile(folder / "evidence.parquet").read()
    wide = pa.array([2**63 - 1, 2**31 - 1, *evidence["raw_end"].to_pylist()[2:]], pa.int64())
    evidence = evidence.set_column(evidence.schema.get_field_index("raw_end"), "raw_end", wide)
    pq.write_table(evidence, folder / "evidence.parquet")
    found = problems(check(folder, "duckdb", few))
    assert {(rule, place) for rule, place, *_ in found} >= {
        ("ROW004", "events.parquet:1:1"),
        ("ROW005", "evidence.parquet:1:1"),
        ("ROW005", "evidence.parquet:2:1"),
    }
    assert problems(check(folder, "spark", few)) == found
    path = folder / "mentions.parquet"
    chunk = pq.ParquetFile(path).metadata.row_group(1).column(3)
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + chunk.total_compressed_size] = bytes(chunk.total_compressed_size)
    path.write_bytes(data)
    (folder / "articles.parquet").unlink()
    found = problems(check(folder, "duckdb", few))
    assert ("PUB006", "mentions.parquet") in {(rule, place) for rule, place, *_ in found}
    assert ("PUB004", "articles.jsonl") in {(rule, place) for rule, place, *_ in found}
    assert problems(check(folder, "spark", few)) == found


@pytest.mark.long
def test_a_master_that_is_none_exits_2(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(clean), "--engine", "spark", "--master", "nowhere"]) == 2
    assert "Spark does not start on nowhere" in capsys.readouterr().err
