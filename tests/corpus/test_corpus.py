"""Folders of tables: clean ones pass, each planted error is named at its line, whatever form the files have."""

from __future__ import annotations

import datetime
import gzip
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import corpus
import lingang
from errors import ERRORS, Error, plant
from lingang.check.corpus import check_corpus
from lingang.cli.commands import main
from lingang.corpus.options import Options, memory_limit
from lingang.problems import CannotRun
from lingang.rules.catalogue import catalogue
from lingang.tables import TABLES
from lingang.tables.arrow import arrow_schema

CORE = frozenset(rule.id for rule in catalogue().values() if rule.core)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "clean"
    corpus.write(folder, evidence=4_000, seed=7)
    return folder


@pytest.fixture
def copy(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "copy"))


def problems(folder: Path, *, core: bool = False) -> list[tuple[str, str, int | None]]:
    report = check_corpus(folder, Options(chosen=CORE.__contains__) if core else Options())
    return [(problem.rule, problem.place.file, problem.place.line) for problem in report]


@pytest.mark.long
def test_a_generated_corpus_is_clean_and_holds_astral_characters(clean: Path) -> None:
    assert problems(clean) == []
    assert any(ord(char) > 0xFFFF for char in (clean / "people.jsonl").read_text(encoding="utf-8"))


@pytest.mark.long
def test_the_real_page_is_clean_as_a_corpus(tmp_path: Path) -> None:
    for declared in TABLES:
        shutil.copy(lingang.path(declared.name).with_suffix(".jsonl"), tmp_path)
    assert problems(tmp_path) == []


@pytest.mark.long
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.name)
def test_a_planted_error_is_named_at_its_line(error: Error, clean: Path, tmp_path: Path) -> None:
    line = plant(clean, error, tmp_path / "planted")
    found = problems(tmp_path / "planted", core=error.core)
    assert error.rule in {rule for rule, _, _ in found}, found
    if error.name in ("a row that others point to taken out", "a character of a page changed"):
        return  # told where it shows: at the rows that point there
    assert {(file, at) for rule, file, at in found if rule == error.rule} & {
        (f"{error.table}.jsonl", line),
        (f"{error.table}.jsonl", line + 1),
    }, found
    if error.rule[:3] in ("ROW", "PUB"):
        assert all(file == f"{error.table}.jsonl" for _, file, _ in found), found


def test_every_core_rule_is_planted() -> None:
    planted = {error.rule for error in ERRORS}
    assert planted >= {rule for rule in CORE if not rule.startswith("PUB")}
    assert len(ERRORS) >= 30


def _respelt(path: Path, **how: object) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(json.dumps(row, **how) + "\n" for row in rows), encoding="utf-8")  # type: ignore[arg-type]


@pytest.mark.long
@pytest.mark.parametrize(
    "how",
    [{"separators": (",", ":"), "ensure_ascii": False}, {"ensure_ascii": True}, {"sort_keys": True}],
    ids=["compact", "ascii", "sorted"],
)
def test_another_spelling_of_the_same_rows_is_clean_and_its_errors_are_found(
    how: dict[str, object], copy: Path, tmp_path: Path
) -> None:
    for path in copy.iterdir():
        _respelt(path, **how)
    assert problems(copy, core=True) == []
    lines = (copy / "evidence.jsonl").read_bytes().split(b"\n")
    number = next(n for n, line in enumerate(lines) if b'"rule"' in line and n > 900)
    lines[number] = lines[number].replace(b'"rule"', b'"role"')
    (copy / "evidence.jsonl").write_bytes(b"\n".join(lines))
    assert ("ROW006", "evidence.jsonl", number + 1) in problems(copy, core=True)


def _halves(path: Path) -> tuple[bytes, bytes]:
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join(lines[: len(lines) // 2]), b"".join(lines[len(lines) // 2 :])


@pytest.mark.long
def test_a_table_in_many_packed_files_is_read_in_their_order(copy: Path) -> None:
    first, second = _halves(copy / "mentions.jsonl")
    (copy / "mentions.jsonl").unlink()
    (copy / "mentions").mkdir()
    (copy / "mentions" / "part-1.jsonl.gz").write_bytes(gzip.compress(first))
    second = second.replace(b'"raw_start": ', b'"raw_start": "x', 1)
    with pa.CompressedOutputStream(str(copy / "mentions" / "part-2.jsonl.zst"), "zstd") as out:
        out.write(second)
    assert problems(copy) == [("PUB006", "mentions/part-2.jsonl.zst", 1)]


@pytest.mark.long
def test_parquet_is_checked_by_rows_and_by_schema(copy: Path) -> None:
    for name in ("mentions", "events"):
        path = copy / f"{name}.jsonl"
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row, column in itertools.product(rows, ("date_start", "date_end") if name == "events" else ()):
            row[column] = row[column] and datetime.date.fromisoformat(row[column])
        path.unlink()
        if name == "events":
            rows[4]["kind"] = "party"
        pq.write_table(pa.Table.from_pylist(rows, schema=arrow_schema(name)), path.with_suffix(".parquet"))
    assert problems(copy, core=True) == [("ROW003", "events.parquet", 5)]
    table = pq.read_table(copy / "mentions.parquet")
    pq.write_table(table.drop_columns("surface"), copy / "mentions.parquet")
    found = [("ROW003", "events.parquet", 5), ("PUB005", "mentions.parquet", None)]
    assert problems(copy, core=True) == found


@pytest.mark.long
def test_parquet_whose_text_is_not_utf8_is_refused_at_its_row(copy: Path) -> None:
    path = copy / "issues.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    table = pa.Table.from_pylist(rows, schema=arrow_schema("issues"))
    texts = [b"\xff" if number == 3 else row["observed"].encode() for number, row in enumerate(rows)]
    column = pa.Array.from_buffers(pa.string(), len(texts), pa.array(texts, pa.binary()).buffers())
    at = table.schema.get_field_index("observed")
    pq.write_table(table.set_column(at, table.schema.field(at), column), path.with_suffix(".parquet"))
    path.unlink()
    assert problems(copy) == [("PUB006", "issues.parquet", 4)]


@pytest.mark.long
def test_a_file_without_its_last_line_feed_is_refused(copy: Path) -> None:
    path = copy / "issues.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    assert problems(copy) == [("PUB006", "issues.jsonl", path.read_bytes().count(b"\n") + 1)]


@pytest.mark.long
def test_a_packed_file_that_is_cut_is_refused(copy: Path) -> None:
    data = gzip.compress((copy / "issues.jsonl").read_bytes())
    (copy / "issues.jsonl").unlink()
    (copy / "issues.jsonl.gz").write_bytes(data[: len(data) // 2])
    assert [rule for rule, _, _ in problems(copy)] == ["PUB006"]


@pytest.mark.long
def test_every_problem_is_counted_and_the_first_are_kept(copy: Path) -> None:
    path = copy / "evidence.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"basis": "stated"', b'"basis": "said"'))
    wrong = path.read_bytes().count(b'"basis": "said"')
    report = check_corpus(copy, Options(keep=10, chosen=CORE.__contains__))
    assert len(report.problems) == 10 and report.errors == wrong > 1000


@pytest.mark.long
def test_a_build_publishes_the_rows_in_their_order(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (copy / "issues.jsonl").read_bytes().splitlines(keepends=True)
    (copy / "issues.jsonl").write_bytes(b"".join(reversed(lines)))
    out = tmp_path / "out"
    assert main(["build", str(copy), "--out", str(out)]) == 0
    assert "no errors" in capsys.readouterr().out
    for declared in TABLES:
        published = pq.ParquetFile(out / f"{declared.name}.parquet").read()
        expected = [json.loads(line) for line in (copy / f"{declared.name}.jsonl").read_text("utf-8").splitlines()]
        assert json.loads(json.dumps(published.to_pylist(), default=str)) == expected
        assert published.schema.field(1).metadata == arrow_schema(declared.name).field(1).metadata
    assert main(["validate", str(out)]) == 0
    (out / "schema" / "events.schema.json").write_text("{}")
    assert main(["validate", str(out)]) == 1
    assert "PUB001" in capsys.readouterr().out


@pytest.mark.long
def test_a_build_with_an_error_leaves_the_last_output(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["build", str(copy), "--out", str(out), "--select", "core"]) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    error = next(error for error in ERRORS if error.name == "a span one off")
    plant(copy, error, tmp_path / "planted")
    assert main(["build", str(tmp_path / "planted"), "--out", str(out)]) == 1
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"copy", "planted", "out"}


@pytest.mark.long
def test_a_killed_build_leaves_no_litter_that_the_next_does_not_clear(clean: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "lingang", "build", str(clean), "--out", str(tmp_path / "out")]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    while killed.poll() is None and not any(tmp_path.iterdir()):
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert [path.name for path in tmp_path.iterdir()] != ["out"]
    assert main([*command[3:], "--select", "core"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda folder: (folder / "event.jsonl").write_bytes(b""), "event.jsonl is the file of no table"),
        (lambda folder: (folder / "events.parquet").write_bytes(b""), "as JSON Lines and as Parquet"),
        (lambda folder: (folder / "sources.jsonl").unlink(), "has no sources.jsonl"),
    ],
)
def test_a_folder_that_cannot_be_taken_for_a_corpus_says_why(change: object, says: str, copy: Path) -> None:
    change(copy)  # type: ignore[operator]
    with pytest.raises(CannotRun, match=says):
        check_corpus(copy, Options())


@pytest.mark.parametrize("text", ["much", "1KB", "-2GB", "2XB"])
def test_a_size_of_memory_that_is_none_exits_2(text: str, clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(clean), "--memory", text]) == 2
    assert "memory" in capsys.readouterr().err


def test_sizes_of_memory() -> None:
    assert memory_limit("2GB") == memory_limit("2GiB") == memory_limit("2048MB") == 2 * 1024**3


@pytest.fixture(autouse=True)
def _no_litter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    yield
    assert not list(Path(tmp_path_factory.getbasetemp()).glob("lingang-work-*"))


ITEM = "dataset/articles/civilized-city-inspection.yaml"
USE = "  - {campaign: 舆论引导专项提升行动, relation: called_for, event: civilized-city-tour}\n"


def accepted_in(folder: Path, where: str) -> Path:
    """A root that leaves out what an item does with a campaign, and accepts the advice to record it."""
    path = folder / ITEM
    text = path.read_text("utf-8")
    assert text.count(USE) == 1
    accept = f"accept:\n  - {{rule: EVT020, {where}, reason: it is a list}}\n"
    path.write_text(text.replace(USE, "") + accept, "utf-8")
    return folder


MENTION = "mentions/civilized-city-inspection-special-action-public-opinion-5202"


@pytest.mark.long
@pytest.mark.parametrize("where", ["quote: 舆论引导专项提升行动", f"record: {MENTION}"])
def test_what_a_root_accepts_is_silent_in_its_corpus_too(
    where: str, copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = accepted_in(copied, where)
    assert main(["validate", str(copied), "--ignore", "LED", "--strict"]) == 0
    assert main(["build", str(copied), "--out", str(tmp_path / "made"), "--ignore", "LED"]) == 0
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for path in (tmp_path / "made").glob("*.jsonl"):
        (corpus / path.name).write_bytes(path.read_bytes())
    capsys.readouterr()
    assert main(["validate", str(corpus), "--ignore", "LED", "--strict"]) == 0
    (corpus / "accepted.jsonl").write_bytes(b"")
    assert main(["validate", str(corpus), "--ignore", "LED", "--strict"]) == 1
    assert "EVT020" in capsys.readouterr().out


@pytest.mark.long
def test_a_cell_of_a_registry_is_compared_with_the_page_that_names_its_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (Path(lingang.__file__).parent / "data").glob("*.jsonl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    rows = [json.loads(line) for line in (tmp_path / "organizations.jsonl").read_text("utf-8").splitlines()]
    rows[0]["kind"] = "school"
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "organizations.jsonl").write_text(text, "utf-8")
    assert main(["validate", str(tmp_path)]) == 1
    assert "EVI018" in capsys.readouterr().out
