"""Bits flipped in Parquet files, of the installed data and of a published corpus, and in every file of a release."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random

import pyarrow.parquet as pq

import lingang
from lingang.build.corpus import build_corpus
from lingang.check.released import check_sums
from lingang.corpus.options import Options
from lingang.problems import CannotRun, Report
from lingang.rules.scope import begun, every_rule
from lingang.tables.parquet_files import Damaged, whole_table
from reliability.fault import Judged

__all__ = ["judge"]

DATA = Path(lingang.path("events")).parent
ALONE = "bits of Parquet pages, without the sums"
SUMMED = "bits of any file of the installed data"
CORPUS = "bits of any file of a published corpus"


def _flipped(path: Path, chance: Random, below: int | None = None) -> bytes:
    data = path.read_bytes()
    at = chance.randrange(4 if below else 0, below or len(data))
    flipped = bytearray(data)
    flipped[at] ^= 1 << chance.randrange(8)
    path.write_bytes(flipped)
    return data


def _alone(folder: Path, chance: Random) -> Judged:
    """A flip between the mark and the footer: a page, or the checksum of one."""
    path = chance.choice([path for path in sorted(folder.glob("*.parquet")) if pq.ParquetFile(path).num_row_groups])
    whole = whole_table(path)
    end = path.stat().st_size - 8 - int.from_bytes(path.read_bytes()[-8:-4], "little")
    before = _flipped(path, chance, end)
    try:
        noticed = whole_table(path).equals(whole)  # a flip that changes no row is harmless
    except Damaged:
        noticed = True
    path.write_bytes(before)
    return Judged(ALONE, path.name, noticed)


def _summed(figure: str, folder: Path, chance: Random) -> Judged:
    path = chance.choice([path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size])
    before = _flipped(path, chance)
    report: Report = begun("a release", every_rule)
    try:
        check_sums(folder, report)
        noticed = bool(report.errors)
    except CannotRun:
        noticed = True
    path.write_bytes(before)
    return Judged(figure, path.relative_to(folder).as_posix(), noticed)


def judge(number: int, seed: int) -> list[Judged]:
    """So many flips of each figure, always the same for a seed."""
    chance = Random(seed)
    with tempfile.TemporaryDirectory() as work:
        data, tables, corpus = Path(work, "data"), Path(work, "tables"), Path(work, "corpus")
        shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("__*"))
        tables.mkdir()
        for path in DATA.glob("*.jsonl"):
            shutil.copy(path, tables)
        build_corpus(tables, corpus, Options())
        out = [_alone(folder, chance) for folder in (data, corpus) for _ in range(number // 2)]
        out += [_summed(SUMMED, data, chance) for _ in range(number)]
        return out + [_summed(CORPUS, corpus, chance) for _ in range(number)]
