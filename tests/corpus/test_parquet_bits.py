"""Bits that flip in a published Parquet file are seen by itself, without the sums beside it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lingang.files.contents import parquet
from lingang.tables.arrow import Tables
from lingang.tables.parquet_files import Damaged, whole_table


@pytest.mark.long
@pytest.mark.parametrize("name", ["events", "evidence", "sources"])
def test_a_flipped_bit_of_a_page_is_seen(name: str, tables: Tables, tmp_path: Path) -> None:
    data, path, chance = parquet(tables.arrow[name]), tmp_path / f"{name}.parquet", random.Random(name)
    path.write_bytes(data)
    assert whole_table(path).equals(tables.arrow[name])
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    unseen = []
    for at in chance.sample(range(4, footer), 150):
        flipped = bytearray(data)
        flipped[at] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            if not whole_table(path).equals(tables.arrow[name]):
                unseen.append(at)
        except Damaged:
            continue
    assert unseen == []
