"""The main job: the same bytes everywhere, and the last good output whole whatever happens."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lingang.build import root as publish
from lingang.files.sums import folder_sums
from lingang.tables import TABLES
from lingang.tables.arrow import Tables, arrow_schema


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_the_committed_files_are_those_of_a_fresh_build(root: Path) -> None:
    done = subprocess.run([sys.executable, root / "build.py", "--check"], capture_output=True, check=False, cwd="/")
    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)


@pytest.mark.long
@pytest.mark.parametrize(
    "setting",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    ],
    ids=["east", "west"],
)
def test_the_same_input_gives_the_same_bytes(copied: Path, root: Path, setting: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "elsewhere" / "out"
    code = (
        "import os, sys; os.umask(0o077); from lingang.cli.commands import main; "
        f"sys.exit(main(['build', {str(copied)!r}, '--out', {str(out)!r}]))"
    )
    environment = {**os.environ, **setting}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
    assert publish.build(copied, tmp_path / "here").tables is not None
    assert snapshot(out) == snapshot(tmp_path / "here")
    committed = snapshot(root / "src" / "lingang" / "data")
    lines = {name for name in committed if name.endswith((".jsonl", ".json"))}
    assert {name: committed[name] for name in lines} == {name: snapshot(out)[name] for name in lines}
    assert oct(out.stat().st_mode & 0o777) == "0o755"


@pytest.mark.long
def test_a_build_with_an_error_leaves_the_last_good_output(copied: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert publish.build(copied, out).tables is not None
    before = snapshot(out)
    article = copied / "dataset" / "articles" / "nanxu-commendation.yaml"
    article.write_text(article.read_text(encoding="utf-8").replace("5月12日", "5月13日"), encoding="utf-8")
    failed = publish.build(copied, out)
    assert failed.tables is None
    assert failed.report.errors == 1
    assert snapshot(out) == before


@pytest.mark.long
def test_a_parquet_file_with_the_same_rows_keeps_its_bytes(copied: Path, tables: Tables, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert publish.build(copied, out).tables is not None
    other = io.BytesIO()
    pq.write_table(tables.arrow["events"], other, compression="gzip")
    (out / "events.parquet").write_bytes(other.getvalue())
    (out / "SHA256SUMS").write_bytes(folder_sums(out))
    assert publish.stale(copied, tables, out) == []
    assert publish.build(copied, out).tables is not None
    assert (out / "events.parquet").read_bytes() == other.getvalue()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_carries_what_the_model_declares(table: object, root: Path) -> None:
    name = table.name  # type: ignore[attr-defined]
    path = root / "src" / "lingang" / "data" / f"{name}.parquet"
    stored = pq.ParquetFile(path)
    assert stored.metadata.num_row_groups == min(1, stored.metadata.num_rows)
    groups = [stored.metadata.row_group(number) for number in range(stored.metadata.num_row_groups)]
    assert {group.column(0).compression for group in groups} <= {"ZSTD"}
    schema = stored.schema_arrow
    assert schema.equals(arrow_schema(name), check_metadata=True)
    assert all(field.metadata[b"description"] for field in schema)
    assert schema.metadata[b"primary_key"]
    assert isinstance(stored.read(), pa.Table)


def test_json_lines_are_plain(root: Path) -> None:
    for path in (root / "src" / "lingang" / "data").glob("*.jsonl"):
        data = path.read_bytes()
        assert b"\\u" not in data
        assert b"\r" not in data
        assert data.endswith(b"\n") or not data
        keys = [line.split(b'"')[3] for line in data.splitlines()]
        assert keys == sorted(keys)
