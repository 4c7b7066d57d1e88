"""Folders of tables for tests: the published rows, changed, as JSON Lines or Parquet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import lingang
from lingang.tables import TABLES

__all__ = ["Rows", "as_json_lines", "as_parquet", "changed", "parquet_of", "rows_of"]

Rows = list[dict[str, Any]]


def parquet_of(name: str) -> Path:
    """The published table as Parquet."""
    return Path(lingang.path(name))


def rows_of(name: str) -> Rows:
    lines = parquet_of(name).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def as_json_lines(folder: Path, but: str = "") -> Path:
    """The published tables as JSON Lines, without one of them."""
    folder.mkdir(parents=True)
    for declared in TABLES:
        if declared.name != but:
            shutil.copy(parquet_of(declared.name).with_suffix(".jsonl"), folder)
    return folder


def as_parquet(folder: Path) -> Path:
    """The published tables as Parquet, two row groups each where there are rows enough."""
    folder.mkdir(parents=True)
    for declared in TABLES:
        table = pq.ParquetFile(parquet_of(declared.name)).read()
        pq.write_table(
            table, folder / f"{declared.name}.parquet", row_group_size=max(1, (table.num_rows + 1) // 2), version="2.6"
        )
    return folder


def changed(path: Path, change: Callable[[Rows], None]) -> None:
    """A file of JSON Lines with its rows changed."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    change(rows)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
