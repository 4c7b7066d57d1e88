"""Tables of files as Parquet: read, screened line by line, ready for the rules."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lingang.arrow_tables import arrow_schema
from lingang.corpus.corpus import StagedPart
from lingang.corpus.inputs import Part
from lingang.corpus.screen import OutOfStep, dialect, line_starts, row_lengths, suspects
from lingang.json_lines import UNREADABLE, Fault, read_line
from lingang.models import Column, Table
from lingang.models.declare import FILLED, FILLED_LINES
from lingang.models.rows import check_row, in_json

__all__ = [
    "NO_ROW_LOST",
    "FaultAt",
    "another_schema",
    "copy",
    "empty",
    "fine_row",
    "in_order",
    "record_batches",
    "stage",
    "unpack",
]

_SQL_TYPES = {
    "str": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "bool": "BOOLEAN",
    "date32": "DATE",
    "list<str>": "VARCHAR[]",
}
_BATCH = 1 << 17
_HELD = 100_000
_WHITE_AT_EDGES = ("' '", "chr(9)", "chr(10)", "chr(13)")

FaultAt = tuple[int | None, int | None, Fault]
"""A fault with its row in the file, from 0, and its line, from 1; ``None`` where there is none."""


def _sql_type(column: Column) -> str:
    return _SQL_TYPES[column.type]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _filled(name: str, lines: bool) -> str:
    """SQL for ``FILLED``, or ``FILLED_LINES`` with ``lines``: five times as fast as the pattern."""
    edges = [f"NOT {side}({name}, {mark})" for side in ("starts_with", "ends_with") for mark in _WHITE_AT_EDGES]
    return " AND ".join([f"{name} <> ''", *([] if lines else [f"NOT contains({name}, chr(10))"]), *edges])


def _fine(column: Column) -> str:
    """SQL that is true exactly for values that the declaration accepts; a key of another table is left to KEY002."""
    name = column.name
    tests: list[str] = []
    if column.vocabulary is not None:
        # IN and list_contains would become a join, which does not keep the order of the rows
        words = "|".join(column.vocabulary.values)
        tests.append(f"contains({_quoted(f'|{words}|')}, '|' || {name} || '|') AND NOT contains({name}, '|')")
    elif column.pattern in (FILLED, FILLED_LINES):
        tests.append(_filled(name, column.pattern == FILLED_LINES))
    elif column.pattern and column.references is None:
        tests.append(f"regexp_matches({name}, {_quoted(column.pattern)})")
    if column.type == "list<str>":
        tests.append(
            f"len(list_filter({name}, lambda item: item IS NOT NULL AND item <> '')) = len({name}) "
            f"AND len(list_distinct({name})) = len({name})"
        )
    if column.minimum is not None:
        tests.append(f"{name} >= {column.minimum}")
    test = " AND ".join(tests) or f"{name} IS NOT NULL"
    return f"({name} IS NULL OR ({test}))" if column.nullable else f"coalesce({test}, false)"


def fine_row(declared: Table) -> str:
    """SQL that is true exactly for rows that ``check_row`` accepts, keys of other tables aside."""
    return " AND ".join(_fine(column) for column in declared.columns)


def copy(connection: duckdb.DuckDBPyConnection, declared: Table, select: str, path: Path) -> None:
    """Rows as a Parquet file whose columns carry what the models say of them."""
    schema = base64.b64encode(arrow_schema(declared.name).serialize().to_pybytes()).decode()
    connection.execute(
        f"COPY ({select}) TO {_quoted(str(path))} (FORMAT parquet, KV_METADATA {{'ARROW:schema': '{schema}'}})"
    )


def in_order() -> duckdb.DuckDBPyConnection:
    """A connection that reads the rows of a file in their order, beside the one that writes files."""
    return duckdb.connect(":memory:", config={"threads": 1})


def record_batches(connection: duckdb.DuckDBPyConnection, select: str) -> Iterator[pa.RecordBatch]:
    """The rows of a SELECT as Arrow, some at a time."""
    relation = connection.sql(select)
    reader = getattr(relation, "to_arrow_reader", None) or relation.fetch_arrow_reader
    yield from reader(_BATCH)


def unpack(part: Part, folder: Path) -> Path:
    """The file as it is, or its bytes without compression."""
    if not part.packed:
        return part.path
    plain = folder / f"{part.name.replace('/', '-')}.plain"
    kind = {".gz": "gzip", ".zst": "zstd"}[part.packed]
    with pa.input_stream(str(part.path), compression=kind) as packed, plain.open("wb") as out:
        shutil.copyfileobj(packed, out, 1 << 22)
    return plain


def _blank_lines(plain: Path, starts: Any, sizes: Any) -> list[int]:
    """Indexes of the lines that hold white space alone."""
    out = []
    with plain.open("rb") as file:
        for number in np.flatnonzero(sizes < 16):
            file.seek(int(starts[number]))
            if not file.read(int(sizes[number])).strip():
                out.append(int(number))
    return out


def _screen(
    connection: duckdb.DuckDBPyConnection, declared: Table, plain: Path, staged: StagedPart
) -> Iterator[FaultAt]:
    """Faults of the lines that are not what was read from them, and of rows that their declaration refuses."""
    with plain.open("rb") as file, plain.open("rb") as second:
        how = dialect(declared, file.readline().rstrip(b"\n"))
        source = f"read_parquet({_quoted(str(staged.path))}, file_row_number = true)"
        select = row_lengths(declared, how, source, fine_row(declared))

        def found(lines: Any) -> Iterator[FaultAt]:
            file.seek(0)
            count = 0
            for row, start, size in suspects(file, how, declared, record_batches(connection, select), lines):
                second.seek(start)
                for fault in read_line(declared, second.read(size).rstrip(b"\n"))[1]:
                    yield row, staged.line(row), fault
                    count += 1
                if lines is None and count > _HELD:
                    raise OutOfStep  # with the lines known, faults need not be held until the last row has passed

        try:
            yield from list(found(None))
            return
        except OutOfStep:
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
            yield from found((starts[keep], sizes[keep]))
            return
        staged.lost = True
        file.seek(0)
        for number, line in enumerate(file, start=1):
            for fault in read_line(declared, line.rstrip(b"\n"))[1] if line.strip() else ():
                yield None, number, fault


def another_schema(declared: Table, path: Path) -> str | None:
    """What is wrong with the columns of a Parquet file; ``None`` where nothing is."""
    try:
        found = pq.ParquetFile(path).schema_arrow
    except (OSError, pa.ArrowException) as error:
        return str(error)[:120]
    expected = arrow_schema(declared.name)
    if found.names != expected.names:
        return "columns " + ", ".join(found.names)
    wide = {pa.large_string(): pa.string(), pa.string_view(): pa.string()}
    for ours, theirs in zip(expected, found, strict=True):
        kind = wide.get(theirs.type, theirs.type)
        if pa.types.is_dictionary(kind):
            kind = wide.get(kind.value_type, kind.value_type)
        if pa.types.is_list(ours.type) and (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
            kind = ours.type if wide.get(kind.value_type, kind.value_type) == pa.string() else kind
        if kind != ours.type:
            return f"{ours.name} is {theirs.type}, not {ours.type}"
    return None


def stage(
    connection: duckdb.DuckDBPyConnection,
    screening: duckdb.DuckDBPyConnection,
    declared: Table,
    part: Part,
    folder: Path,
    number: int,
) -> tuple[StagedPart, Iterator[FaultAt]]:
    """One file of a table as Parquet in ``folder``, and an iterator over the faults of its rows.

    The iterator asks the connection ``screening``, which is one of ``in_order``.
    ``rows`` and ``path`` hold at once, ``blank`` and ``lost`` when the iterator is at its end.
    """
    path = folder / f"{declared.name}-{number:05}.parquet"
    staged = StagedPart(part, path)
    if part.form == "parquet":
        wrong = another_schema(declared, part.path)
        if wrong is not None:
            copy(connection, declared, _nothing(declared), path)
            staged.lost = True
            return staged, iter([(None, None, Fault("PUB005", "", "the columns and types of the models", wrong))])
        staged.path = part.path
        source = f"read_parquet({_quoted(str(part.path))}, file_row_number = true)"
        faults = _faults_of_parquet(screening, declared, source)
    else:
        try:
            plain = unpack(part, folder)
        except (OSError, EOFError, pa.ArrowException) as error:
            copy(connection, declared, _nothing(declared), path)
            staged.lost = True
            return staged, iter([(None, None, Fault("PUB006", "", f"a whole {part.packed} file", str(error)[:120]))])
        columns = ", ".join(f"{_quoted(column.name)}: '{_sql_type(column)}'" for column in declared.columns)
        select = (
            f"SELECT * FROM read_json({_quoted(str(plain))}, format = 'newline_delimited', ignore_errors = true, "
            f"compression = 'uncompressed', columns = {{{columns}}})"
        )
        try:
            copy(connection, declared, select, path)
        except duckdb.InvalidInputException as error:  # a line longer than 16 MiB
            copy(connection, declared, _nothing(declared), path)
            staged.lost = True
            first = str(error).splitlines()[0][:120]
            return staged, iter([(None, None, Fault("PUB006", "", "lines of 16 MiB at most", first))])
        faults = _lossy(staged, _screen(screening, declared, plain, staged))
        if plain.stat().st_size == 0:
            faults = iter(())
    staged.rows = pq.ParquetFile(staged.path).metadata.num_rows
    return staged, faults


NO_ROW_LOST = ("a blank line", "no line feed at the end")


def _lossy(staged: StagedPart, faults: Iterator[FaultAt]) -> Iterator[FaultAt]:
    for row, line, fault in faults:
        staged.lost = staged.lost or (fault.rule in UNREADABLE and fault.found not in NO_ROW_LOST)
        yield row, line, fault


def _faults_of_parquet(connection: duckdb.DuckDBPyConnection, declared: Table, source: str) -> Iterator[FaultAt]:
    for batch in record_batches(connection, f"SELECT * FROM {source} WHERE NOT ({fine_row(declared)})"):
        for row in batch.to_pylist():
            number = row.pop("file_row_number")
            for rule, column, expected, found in check_row(declared, in_json(row)):
                yield number, number + 1, Fault(rule, column, expected, found)


def _nothing(declared: Table) -> str:
    columns = ", ".join(f"CAST(NULL AS {_sql_type(column)}) AS {column.name}" for column in declared.columns)
    return f"SELECT {columns} WHERE false"


def empty(connection: duckdb.DuckDBPyConnection, declared: Table, folder: Path) -> Path:
    """A Parquet file without rows, for a table that has no file."""
    path = folder / f"{declared.name}-none.parquet"
    copy(connection, declared, _nothing(declared), path)
    return path
