"""Parquet files of others read through: what cannot be read is told by file, row group and column."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lingang.problems import CannotRun

__all__ = ["Damaged", "opened", "record_batches", "whole_table"]

_UNREAD = (OSError, ValueError, LookupError, TypeError, RuntimeError, ArithmeticError, MemoryError, pa.ArrowException)
"""What the reader raises over bytes that are not as they were written."""


class Damaged(Exception):
    """A Parquet file that cannot be read through; the message says where and why, without the name of the file."""


def _why(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]


def _told(path: Path, error: BaseException) -> BaseException:
    """The error as it is to be told: the disk's is not the file's."""
    if isinstance(error, OSError) and error.errno:
        return CannotRun(f"{path} cannot be read: {os.strerror(error.errno)}")
    return Damaged(_why(error))


@contextmanager
def opened(path: Path) -> Iterator[pq.ParquetFile]:
    """A Parquet file whose footer can be read; the checksums of its pages, where it has them, are compared.

    Raises ``Damaged`` for a file that is none, and ``CannotRun`` where the disk does not give it.
    """
    try:
        source = pa.OSFile(os.fsencode(path.absolute()))
    except OSError as error:
        raise _told(path, error) from None
    with source:
        try:
            file = pq.ParquetFile(source, page_checksum_verification=True)
            _ = file.schema_arrow.names, file.metadata.num_rows
        except _UNREAD as error:
            raise _told(path, error) from None
        yield file


def _place(file: pq.ParquetFile, groups: list[int], columns: list[str]) -> str:
    """The first row group and column that cannot be read by itself."""
    for group in groups:
        for column in columns:
            try:
                for _ in file.iter_batches(1 << 13, row_groups=[group], columns=[column], use_threads=False):
                    pass
            except _UNREAD:
                return f"row group {group + 1}, column {column}: "
    return ""


def record_batches(
    path: Path, file: pq.ParquetFile, columns: list[str], rows: int, groups: list[int] | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows of some row groups (of all by default) in their order, at most ``rows`` at a time.

    Raises ``Damaged`` where a page cannot be read, and where there are fewer or more rows than the footer says.
    """
    chosen = list(range(file.num_row_groups)) if groups is None else groups
    told = sum(file.metadata.row_group(group).num_rows for group in chosen)
    count = 0
    batches = file.iter_batches(rows, row_groups=chosen, columns=columns)
    while True:
        try:
            batch = next(batches, None)
        except _UNREAD as error:
            said = _told(path, error)
            if isinstance(said, Damaged):
                said = Damaged(f"{_place(file, chosen, columns)}{said}")
            raise said from None
        if batch is None:
            break
        count += batch.num_rows
        yield batch
    if count != told or (groups is None and told != file.metadata.num_rows):
        raise Damaged(f"{count} rows, of {file.metadata.num_rows if groups is None else told} that the footer tells")


def whole_table(path: Path) -> pa.Table:
    """Every row and column of a file; raises as ``opened`` and ``record_batches``."""
    with opened(path) as file:
        schema = file.schema_arrow
        batches = list(record_batches(path, file, schema.names, 1 << 16))
        try:
            return pa.Table.from_batches(batches, schema)
        except _UNREAD as error:
            raise _told(path, error) from None
