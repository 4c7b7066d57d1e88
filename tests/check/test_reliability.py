"""Faults planted in published tables one at a time: a sample in every run, three hundred with ``-m sweep``.

What is expected is not computed by the checks: a fault that other cells contradict is to raise a problem that the
tables as they are do not have, and the same in a release and in a corpus.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lingang.check.corpus import check_corpus
from lingang.check.released import check_release
from lingang.corpus.options import Options
from lingang.files.sums import folder_sums
from lingang.tables import TABLES, Table
from reliability import bits, cells
from reliability.__main__ import page
from reliability.fault import figures
from table_forms import as_json_lines, changed, parquet_of, rows_of

CONTRADICTED = {cells.FAR, cells.DERIVED, cells.EXCHANGED}
"""Figures whose faults other cells contradict: none is to be missed. A reader's own claim, such as a note, can be taken
out or changed without a contradiction."""
BESIDE = ("labels.", "readings.", "words.")
"""Tables that stand beside the page, which contradicts nothing that changes places there."""
SEVERAL = [declared for declared in TABLES if len(rows_of(declared.name)) > 1]


def test_every_fault_changes_a_cell_and_every_column_of_integers_has_two() -> None:
    found = cells.changes(200, 3)
    for change in found:
        own = cells.rows(change.name)
        assert any(own[number][change.column] != value for number, value in change.values), change
    far = Counter(change.place for change in found if change.figure == cells.FAR)
    integers = {
        f"{declared.name}.{column.name}"
        for declared in TABLES
        for column in declared.columns
        if column.type == "int32" and rows_of(declared.name)
    }
    assert far == dict.fromkeys(integers, 2)
    assert {change.figure for change in found} == {*CONTRADICTED, cells.OTHER, cells.NULL}
    assert found == cells.changes(200, 3) != cells.changes(200, 4)


def judged_alike(number: int, seed: int, jobs: int) -> None:
    judged = cells.judge(cells.changes(number, seed), jobs)
    assert not [one for one in judged if not one.alike], "judged otherwise in release and corpus"
    missed = [one for one in judged if one.figure in CONTRADICTED and not one.noticed]
    assert not [one for one in missed if one.figure != cells.EXCHANGED or not one.place.startswith(BESIDE)]


@pytest.mark.long
def test_a_sample_of_faults_is_noticed_alike_in_release_and_corpus() -> None:
    judged_alike(1, 5, 1)


@pytest.mark.sweep
def test_three_hundred_faults_are_noticed_alike_in_release_and_corpus() -> None:
    judged_alike(75, 1, 2)


@pytest.mark.long
def test_no_flip_of_a_bit_is_missed() -> None:
    judged = bits.judge(20, 7)
    assert Counter(one.figure for one in judged) == {bits.ALONE: 20, bits.SUMMED: 20, bits.CORPUS: 20}
    assert all(one.noticed for one in judged)


def test_the_page_counts_what_was_judged() -> None:
    class Options:
        parts, sample, seed = ["cells"], 2, 9

    judged = [
        cells.Judged("one", "people.note", True),
        cells.Judged("one", "people.note", False),
        cells.Judged("two", "words.but", False, alike=False),
    ]
    text = page(judged, Options)  # type: ignore[arg-type]
    assert "| one | 1 of 2 | 50.0% | 0 |" in text and "| two | 0 of 1 | 0.0% | 1 |" in text
    assert "| one | people.note | 1 |" in text and "| two | words.but | 1 |" in text
    assert list(figures(judged)) == ["one", "two"]


@pytest.mark.long
@pytest.mark.parametrize("declared", SEVERAL, ids=lambda declared: declared.name)
def test_rows_that_changed_places_are_told_in_a_release(declared: Table, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(parquet_of(declared.name).parent, folder, ignore=shutil.ignore_patterns("__*"))
    changed(folder / f"{declared.name}.jsonl", lambda rows: rows.insert(0, rows.pop(1)))
    path = folder / f"{declared.name}.parquet"
    table = pq.ParquetFile(path).read()
    pq.write_table(table.take([1, 0, *range(2, table.num_rows)]), path)
    (folder / "SHA256SUMS").write_bytes(folder_sums(folder))
    report = check_release(folder, "PUB008".__eq__)
    assert [(one.rule, str(one.place)) for one in report] == [("PUB008", f"{declared.name}.jsonl:2")]


@pytest.mark.long
def test_the_rows_of_a_corpus_stand_in_any_order(tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus")
    for file in ("about.json", "lexicon.json"):
        shutil.copy(parquet_of("events").parent / file, folder)
    for declared in SEVERAL:
        changed(folder / f"{declared.name}.jsonl", lambda rows: rows.reverse())
    report = check_corpus(folder, Options())
    assert not report.errors and not report.not_run, json.dumps([one.message for one in report])
