"""Tables of files as Parquet: read, screened line by line, ready for the rules."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

import lingang.limits as limits
from lingang.corpus.cells import fine_rows, nulls
from lingang.corpus.columns import OddCell, fitted, unfit, without_odd_days
from lingang.corpus.corpus import StagedPart
from lingang.corpus.inputs import Part
from lingang.corpus.screen import OutOfStep, dialect, line_starts, suspects
from lingang.engines.duckdb import AS_IT_IS, literal
from lingang.tables import Table
from lingang.tables.arrow import arrow_schema
from lingang.tables.json_lines import Fault, faults_of, leaves_no_row, no_further, read_line
from lingang.tables.parquet_files import Damaged, opened
from lingang.tables.parquet_files import record_batches as parquet_batches
from lingang.tables.rows import in_json

__all__ = [
    "NO_ROW_LOST",
    "FaultAt",
    "UnfitFile",
    "empty",
    "fitted_batches",
    "fitting",
    "record_batches",
    "row_faults",
    "stage",
    "unpack",
    "written",
]

_SQL_TYPES = {
    "str": "VARCHAR",
    "int32": "INTEGER",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "date32": "DATE",
    "list<str>": "VARCHAR[]",
}
_ROWS = 1 << 17
_BYTES = 1 << 25
"""Rows of a batch at most, and bytes of their lines about."""
_HELD = 100_000

FaultAt = tuple[int | None, int | None, Fault]
"""A fault with its row in the file, from 0, and its line, from 1; ``None`` where there is none."""

Told = Callable[[float], None]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@cache
def _schema(name: str) -> pa.Schema:
    """The schema of a table whose rows were not looked at yet: any cell may be null."""
    schema = arrow_schema(name)
    fields = [
        field.with_nullable(True).with_type(pa.list_(pa.field("element", pa.string())))
        if pa.types.is_list(field.type)
        else field.with_nullable(True)
        for field in schema
    ]
    return pa.schema(fields, schema.metadata)


def record_batches(connection: duckdb.DuckDBPyConnection, select: str, rows: int = _ROWS) -> Iterator[pa.RecordBatch]:
    """The rows of a SELECT as Arrow, some at a time."""
    relation = connection.sql(select)
    reader = getattr(relation, "to_arrow_reader", None) or relation.fetch_arrow_reader
    yield from reader(rows)


def written(declared: Table, batches: Iterable[pa.RecordBatch], path: Path) -> Generator[pa.RecordBatch, None, None]:
    """The batches; while one is looked at it is written to a Parquet file, whose columns carry what the models say of
    them."""
    schema = _schema(declared.name)
    with pq.ParquetWriter(path, schema, write_page_checksum=True) as writer, ThreadPoolExecutor(1) as thread:
        writing: Future[None] | None = None
        for batch in batches:
            rows = pa.Table.from_batches([batch]).cast(schema)
            if writing is not None:
                writing.result()
            writing = thread.submit(writer.write_table, without_odd_days(rows))
            yield from rows.to_batches()
        if writing is not None:
            writing.result()


def _rows_at_once(plain: Path) -> int:
    with plain.open("rb") as file:
        head = file.read(1 << 20)
    return max(2048, min(_ROWS, _BYTES * (head.count(b"\n") or 1) // max(1, len(head))))


def unpack(part: Part, folder: Path) -> Path:
    """The file as it is, or its bytes without compression; raises ``ValueError`` where these are far too many."""
    if not part.packed:
        return part.path
    plain = folder / f"{part.name.replace('/', '-')}.plain"
    kind = {".gz": "gzip", ".zst": "zstd"}[part.packed]
    most = max(limits.EXPANSION_FROM, limits.EXPANSION * part.path.stat().st_size)
    with pa.input_stream(str(part.path), compression=kind) as packed, plain.open("wb") as out:
        while data := packed.read(1 << 22):
            out.write(data)
            if out.tell() > most:
                out.truncate(0)
                raise ValueError(f"more than {most} bytes come out of {part.path.stat().st_size}")
    return plain


def _blank_lines(plain: Path, starts: Any, sizes: Any) -> list[int]:
    """Indexes of the lines that hold white space alone."""
    out: list[int] = []
    with plain.open("rb") as file:
        for number in np.flatnonzero(sizes < 16):
            file.seek(int(starts[number]))
            if not file.read(int(sizes[number])).strip():
                out.append(int(number))
            if len(out) > limits.UNREAD_LINES:
                raise _NoFurther
    return out


class _NoFurther(Exception):
    """So many lines of a file are no row that it is read no further; ``faults`` are those of the lines before."""

    def __init__(self, faults: Iterable[FaultAt] = ()) -> None:
        super().__init__()
        self.faults = [*faults]


def _refuse_blank(plain: Path) -> None:
    """Raises ``_NoFurther`` for a file of which very many lines hold nothing, before their places are noted."""
    blank = 0
    with plain.open("rb") as file:
        while data := file.read(1 << 22):
            blank += data.count(b"\n\n")
            if blank > limits.UNREAD_LINES:
                raise _NoFurther


def _faults(
    declared: Table, staged: StagedPart, plain: Path, batches: Iterable[pa.RecordBatch], lines: Any, tell: Told
) -> Iterator[list[FaultAt]]:
    """For each batch the faults of its lines and of its rows; ``lines`` as in ``suspects``."""
    size = plain.stat().st_size
    with plain.open("rb") as file, plain.open("rb") as second:
        how = dialect(declared, file.readline(limits.LINE_BYTES).rstrip(b"\n"))
        for found in suspects(file, how, declared, batches, lines):
            out: list[FaultAt] = []
            for row, start, size in found:
                second.seek(start)
                for fault in read_line(declared, second.read(size).rstrip(b"\n"))[1]:
                    out.append((row, staged.line(row), fault))
            tell(file.tell() / size)
            yield out


def _faults_by_line(declared: Table, staged: StagedPart, plain: Path, tell: Told) -> Iterator[FaultAt]:
    """The faults of a file whose lines are not its rows, one after the other, or which has very many."""
    _refuse_blank(plain)
    with plain.open("rb") as file:
        starts, sizes = line_starts(file)
        file.seek(-1, 2)
        if file.read() != b"\n":
            sizes[-1] += 1
            yield None, len(sizes), Fault("PUB006", "", "LF", "no line feed at the end")
        blank = _blank_lines(plain, starts, sizes)
        keep = np.ones(len(starts), bool)
        keep[blank] = False
        for number in blank:
            yield None, number + 1, Fault("PUB006", "", "one JSON object", "a blank line")
        if int(keep.sum()) == staged.rows:
            staged.blank = [number + 1 for number in blank]
            rows = pq.ParquetFile(staged.path).iter_batches(_rows_at_once(plain))
            for found in _faults(declared, staged, plain, rows, (starts[keep], sizes[keep]), tell):
                yield from found
            return
        staged.lost = True
        for number, (start, size) in enumerate(zip(starts.tolist(), sizes.tolist(), strict=True), start=1):
            file.seek(start)
            line = file.read(min(size, limits.LINE_BYTES + 2))
            for fault in read_line(declared, line.rstrip(b"\n"))[1] if line.strip() else ():
                yield None, number, fault


def _read_lines(
    connection: duckdb.DuckDBPyConnection, declared: Table, plain: Path, staged: StagedPart, tell: Told
) -> Iterator[FaultAt]:
    """Write the rows of JSON Lines to ``staged.path``; the faults, when all are written."""
    columns = ", ".join(f"{_quoted(column.name)}: '{_SQL_TYPES[column.type]}'" for column in declared.columns)
    select = (
        f"SELECT * FROM read_json({literal(plain)}, {AS_IT_IS}, format = 'newline_delimited', ignore_errors = true, "
        f"compression = 'uncompressed', columns = {{{columns}}})"
    )

    def counted() -> Iterator[pa.RecordBatch]:
        for batch in record_batches(connection, select, _rows_at_once(plain)):
            staged.rows += batch.num_rows
            yield batch

    batches = written(declared, counted(), staged.path)
    held: list[FaultAt] = []
    lost: set[int | None] = set()
    try:
        for found in _faults(declared, staged, plain, batches, None, tell):
            held += found
            lost |= {line for _, line, fault in found if leaves_no_row(declared, fault)}
            if len(lost) > limits.UNREAD_LINES:
                batches.close()
                raise _NoFurther(held)
            if len(held) > _HELD:
                raise OutOfStep  # with the lines known, faults need not be held until the last row has passed
    except OutOfStep:
        hollow = 0
        for batch in batches:
            hollow += _hollow(batch)
            if hollow > limits.UNREAD_LINES:
                batches.close()
                raise _NoFurther(held) from None
        return _readable(declared, _faults_by_line(declared, staged, plain, tell))
    return iter(held)


def _hollow(rows: pa.RecordBatch) -> int:
    """How many rows have no cell: of lines that are no row, or hold nothing that belongs there."""
    if not rows.column(0).null_count:
        return 0
    return int(np.logical_and.reduce([nulls(column) for column in rows.columns]).sum())


def _readable(declared: Table, faults: Iterable[FaultAt]) -> Iterator[FaultAt]:
    """The faults, up to where a file is read no further."""
    lost: set[int | None] = set()
    try:
        for row, line, fault in faults:
            if leaves_no_row(declared, fault):
                lost.add(line)
            if len(lost) > limits.UNREAD_LINES:
                yield None, line, no_further()
                return
            yield row, line, fault
    except _NoFurther:
        yield None, None, no_further()


class UnfitFile(Exception):
    """A Parquet file none of whose rows is taken; ``fault`` is its rule, what is expected and what is found."""

    def __init__(self, rule: str, expected: str, found: str) -> None:
        super().__init__(found)
        self.fault = rule, expected, found


@contextmanager
def fitting(declared: Table, path: Path) -> Iterator[pq.ParquetFile]:
    """A Parquet file that has the columns of a table; raises ``UnfitFile`` where it has not, or cannot be read, then or
    later."""
    try:
        with opened(path) as file:
            wrong = unfit(declared, file.schema_arrow)
            if wrong is not None:
                raise UnfitFile("PUB005", *wrong)
            yield file
    except Damaged as damaged:
        raise UnfitFile("PUB006", "a Parquet file that can be read through", str(damaged)) from None


def fitted_batches(
    declared: Table, path: Path, file: pq.ParquetFile, groups: list[int] | None = None
) -> Iterator[tuple[pa.RecordBatch, list[OddCell]]]:
    """The rows of a Parquet file in the columns of their table, some at a time, with the cells that do not fit."""
    for batch in parquet_batches(path, file, list(declared.names), _ROWS >> 4, groups):
        yield fitted(declared, batch)


def _read_parquet(declared: Table, staged: StagedPart, tell: Told) -> Iterator[FaultAt]:
    """Write the rows of a Parquet file to ``staged.path``; the faults, when all are written. Raises ``UnfitFile``."""
    path = staged.part.path
    held: list[FaultAt] = []
    with fitting(declared, path) as file:
        total = file.metadata.num_rows or 1
        odd: deque[list[OddCell]] = deque()

        def rows() -> Iterator[pa.RecordBatch]:
            for batch, cells in fitted_batches(declared, path, file):
                if batch.num_rows:
                    odd.append(cells)
                    yield batch

        for batch in written(declared, rows(), staged.path):
            if len(held) <= _HELD:
                held += _numbered(staged.rows, row_faults(declared, batch, odd.popleft()))
            staged.rows += batch.num_rows
            tell(staged.rows / total)
    return iter(held) if len(held) <= _HELD else _faults_of_parquet(declared, path)


def _numbered(first: int, faults: Iterable[tuple[int, Fault]]) -> list[FaultAt]:
    return [(first + number, first + number + 1, fault) for number, fault in faults]


def _faults_of_parquet(declared: Table, path: Path) -> Iterator[FaultAt]:
    """The faults of a file with very many, which need not be held while it is read once more."""
    first = 0
    with fitting(declared, path) as file:
        for batch, odd in fitted_batches(declared, path, file):
            yield from _numbered(first, row_faults(declared, batch, odd))
            first += batch.num_rows


def stage(
    connection: duckdb.DuckDBPyConnection, declared: Table, part: Part, folder: Path, number: int, tell: Told
) -> tuple[StagedPart, Iterator[FaultAt]]:
    """One file of a table as Parquet in ``folder``, and an iterator over the faults of its rows.

    ``tell`` is told what share of the file is read, from 0 to 1; what it raises ends the reading.
    ``rows`` and ``path`` hold at once, ``blank`` and ``lost`` when the iterator is at its end.
    """
    staged = StagedPart(part, folder / f"{declared.name}-{number:05}.parquet")

    def refused(rule: str, expected: str, found: str) -> tuple[StagedPart, Iterator[FaultAt]]:
        staged.path, staged.rows, staged.lost = empty(declared, folder), 0, True
        return staged, iter([(None, None, Fault(rule, "", expected, found[:160]))])

    if part.form == "parquet":
        try:
            return staged, _lossy(declared, staged, _read_parquet(declared, staged, tell))
        except UnfitFile as unfit:
            return refused(*unfit.fault)
    try:
        plain = unpack(part, folder)
    except (OSError, EOFError, ValueError, pa.ArrowException) as error:
        return refused("PUB006", f"a whole {part.packed} file", str(error))
    if plain.stat().st_size == 0:
        staged.path = empty(declared, folder)
        return staged, iter(())
    try:
        return staged, _lossy(declared, staged, _read_lines(connection, declared, plain, staged, tell))
    except _NoFurther as ended:
        staged.path, staged.rows, staged.lost = empty(declared, folder), 0, True
        return staged, iter([*_readable(declared, ended.faults), (None, None, no_further())])
    except duckdb.InvalidInputException as error:  # a line longer than 16 MiB
        return refused("PUB006", f"lines of {limits.LINE_BYTES} bytes at most", str(error).splitlines()[0])


NO_ROW_LOST = ("a blank line", "no line feed at the end")


def _lossy(declared: Table, staged: StagedPart, faults: Iterator[FaultAt]) -> Iterator[FaultAt]:
    for row, line, fault in faults:
        staged.lost = staged.lost or (leaves_no_row(declared, fault) and fault.found not in NO_ROW_LOST)
        yield row, line, fault


def row_faults(declared: Table, batch: pa.RecordBatch, odd: list[OddCell]) -> Iterator[tuple[int, Fault]]:
    """The faults of rows in the columns of their table, each with its row's number in the batch; keys of other tables
    are left to KEY002. ``odd`` are the cells that were refused while the columns were made."""
    told: dict[int, list[Fault]] = {}
    for number, fault in odd:
        told.setdefault(number, []).append(fault)
    spelt = _in_utf8(batch)
    suspect = ~(fine_rows(declared, batch) & spelt)
    suspect[list(told)] = True
    for number in map(int, np.flatnonzero(suspect)):
        if not spelt[number]:
            yield number, Fault("PUB006", "", "UTF-8", "bytes that are not")
            continue
        before = told.get(number, [])
        yield from ((number, fault) for fault in before)
        (cells,) = batch.slice(number, 1).to_pylist()
        for fault in faults_of(declared, in_json(cells)):
            if all(fault.column != earlier.column for earlier in before):
                yield number, fault


def _in_utf8(rows: pa.RecordBatch) -> npt.NDArray[np.bool_]:
    """Which rows hold no other bytes; the reader of Parquet takes any."""

    def fine(part: pa.RecordBatch) -> bool:
        try:
            part.validate(full=True)
        except pa.ArrowInvalid:
            return False
        return True

    if fine(rows):
        return np.ones(rows.num_rows, bool)
    return np.array([fine(rows.slice(number, 1)) for number in range(rows.num_rows)], bool)


def empty(declared: Table, folder: Path) -> Path:
    """A Parquet file without rows."""
    path = folder / f"{declared.name}-none.parquet"
    pq.write_table(_schema(declared.name).empty_table(), path)
    return path
