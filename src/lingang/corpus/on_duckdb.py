"""A corpus on DuckDB: staged as Parquet, asked from there; pages on all cores."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, CancelledError, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from lingang.corpus.corpus import Corpus, StagedPart, is_told, report_fault, report_missing, shares
from lingang.corpus.inputs import Part, find
from lingang.corpus.joining import joined
from lingang.corpus.options import Options
from lingang.corpus.pages import NAMED_ONCE, PageFinding, check_pages, own_lexicon, page_rows
from lingang.corpus.stage import FaultAt, empty, record_batches, stage, written
from lingang.corpus.work import workers
from lingang.engines.duckdb import DuckDB
from lingang.engines.processes import pool
from lingang.problems import CannotRun, Report
from lingang.progress import Progress
from lingang.tables import TABLES

__all__ = ["opened_on_duckdb"]

_PAGES = 16
"""How many pages a worker takes at a time."""
_ROW = 512
"""Bytes of a row in JSON, about."""
_THREAD = 1 << 29
"""Bytes that a thread of DuckDB should have: with less, several cannot spill what they hold."""


def _stream(rows: list[pa.RecordBatch]) -> bytes:
    """An Arrow stream, which holds of a slice no more than its rows."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows[0].schema) as stream:
        for batch in rows:
            stream.write_batch(batch)
    return bytes(sink.getvalue())


def _by_pages(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[int, bytes]]:
    """Rows in the order of their pages, cut where ``_PAGES`` are full."""
    rows: list[pa.RecordBatch] = []
    pages, last = 0, None
    for batch in batches:
        start = 0
        for end in pc.run_end_encode(batch.column(0)).run_ends.to_pylist():
            source = batch.column(0)[start].as_py()
            if source != last and pages == _PAGES:
                yield pages, _stream(rows)
                rows, pages = [], 0
            pages += source != last
            rows.append(batch.slice(start, end - start))
            start, last = end, source
    if rows:
        yield pages, _stream(rows)


@dataclass(slots=True)
class _DuckDBCorpus(Corpus):
    """``memory`` is what it may take, in bytes."""

    engine: DuckDB
    memory: int = 0

    def _batches(self) -> Iterator[tuple[int, bytes]]:
        """The pages of a corpus, some at a time: their number, and their rows as an Arrow stream.

        Many pages are sorted together, as many as an eighth of the memory holds.
        """
        connection, known = self.engine.connection, dict(self.rows())
        every = known["sources"]
        sorted_together = max(_PAGES, every * (self.memory >> 3) // (_ROW * sum(known.values()) or 1))
        connection.execute(f"CREATE OR REPLACE TABLE named_once AS {NAMED_ONCE}")
        for first in range(0, every, sorted_together):
            connection.execute(
                "CREATE OR REPLACE TABLE pages_now AS SELECT source_id FROM sources GROUP BY source_id "
                f"HAVING min(row_no) BETWEEN {first} AND {first + sorted_together - 1}"
            )
            yield from _by_pages(record_batches(connection, page_rows("duckdb")))

    def page_findings(self, rules: tuple[str, ...]) -> Iterator[tuple[int, list[PageFinding]]]:
        workers = min(os.cpu_count() or 1, sum(part.rows for part in self.parts["sources"]) // _PAGES)
        if workers < 2:
            for pages, rows in self._batches():
                yield pages, check_pages(rows, rules, self.lost, self.lexicon)
            return
        lost = self.lost
        with pool(workers) as processes:
            waiting: deque[tuple[int, Future[list[PageFinding]]]] = deque()
            for pages, rows in self._batches():
                waiting.append((pages, processes.submit(check_pages, rows, rules, lost, self.lexicon)))
                if len(waiting) > 2 * workers:
                    pages, future = waiting.popleft()
                    yield pages, future.result()
            for pages, future in waiting:
                yield pages, future.result()

    def write(self, folder: Path) -> None:
        for declared in TABLES:
            target, parts = folder / f"{declared.name}.parquet", self.parts[declared.name]
            if len(parts) == 1:
                parts[0].path.rename(target)
            else:
                columns = ", ".join(f'"{name}"' for name in declared.names)
                select = f"SELECT {columns} FROM {declared.name}"
                for _ in written(declared, record_batches(self.engine.connection, select), target):
                    pass


_TOO_LITTLE = "{}MB of memory are too little for this corpus; give more with --memory"


def _connected(work: Path, memory: int) -> duckdb.DuckDBPyConnection:
    """An engine that keeps within ``memory``, in bytes, and spills into ``work``."""
    (work / "spill").mkdir()
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{memory >> 20}MiB",
        "temp_directory": str(work / "spill"),
        "threads": max(1, min(os.cpu_count() or 1, memory // _THREAD)),
    }
    return duckdb.connect(":memory:", config=config)


@contextmanager
def opened_on_duckdb(folder: Path, work: Path, options: Options, report: Report, tell: Progress) -> Iterator[Corpus]:
    """The corpus of a folder, staged in ``work``: its rows are checked, its tables can be asked."""
    found = joined(find(folder), work)
    report_missing(report, found)
    memory = options.memory // 2  # the rest is what rows take outside of the engine
    connection = _connected(work, memory)
    names = [declared.name for declared in TABLES]
    parts: dict[str, list[StagedPart]] = {name: [] for name in names}
    refused: dict[str, set[int]] = {name: set() for name in names}
    files: dict[str, list[tuple[Path, int]]] = {name: [] for name in names}
    inputs = [(table, part, n) for table in TABLES for n, part in enumerate(found.get(table.name, []))]
    sizes = {part: part.path.stat().st_size for _, part, _ in inputs}
    read, total, (share, _) = dict.fromkeys(sizes, 0.0), sum(sizes.values()) or 1, shares(options.chosen)
    broken_off = Event()

    def tell_read(part: Part, done: float) -> None:
        if broken_off.is_set():
            raise CancelledError
        read[part] = done * sizes[part]
        tell.tell(f"reading {part.name}", share * sum(read.values()) / total)

    def tell_faults(name: str, staged: StagedPart, first: int, faults: Iterator[FaultAt]) -> None:
        for row, line, fault in faults:
            if is_told(name, fault, options.chosen):
                report_fault(report, name, staged.part, line, fault)
                if row is not None:
                    refused[name].add(first + row)

    try:
        with workers(min(4, os.cpu_count() or 1), broken_off) as threads:
            stagings = {
                part: threads.submit(stage, connection.cursor(), table, part, work, n, partial(tell_read, part))
                for table, part, n in sorted(inputs, key=lambda item: -sizes[item[1]])
            }
            for future in wait(stagings.values(), return_when=FIRST_EXCEPTION).done:
                future.result()
        for table, part, _ in inputs:
            staged, faults = stagings[part].result()
            first = sum(before.rows for before in parts[table.name])
            parts[table.name].append(staged)
            files[table.name].append((staged.path, first))
            tell_faults(table.name, staged, first, faults)
        # what could not be read whole is not looked at again: it may not even be text
        lost = [known for known in TABLES if not files[known.name] or any(part.lost for part in parts[known.name])]
        engine = DuckDB.of_parquet(connection, files | {known.name: [(empty(known, work), 0)] for known in lost})
        yield _DuckDBCorpus(parts, engine, report, refused, own_lexicon(folder, report), memory=memory)
    except duckdb.OutOfMemoryException:
        raise CannotRun(_TOO_LITTLE.format(options.memory >> 20)) from None
    finally:
        connection.close()
