"""DuckDB, embedded: the default engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa

from lingang.engines.prelude import DUCKDB_MACROS, views
from lingang.models import table

__all__ = ["DuckDB"]

_FETCH = 1024


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _widened(name: str) -> str:
    """Of a SELECT of a table: its narrow numbers as wide ones."""
    narrow = [column.name for column in table(name).columns if column.type == "int32"]
    casts = ", ".join(f"CAST({column} AS BIGINT) AS {column}" for column in narrow)
    return f" REPLACE ({casts})" if casts else ""


class DuckDB:
    """Tables, each with ``row_no`` (from 0, in the order of the rows) beside its columns, and the prelude's views.

    Whole numbers are wide, so that no sum or difference of two leaves its type.
    """

    failures: tuple[type[Exception], ...] = (duckdb.Error,)
    exhausted: tuple[type[Exception], ...] = (
        duckdb.OutOfMemoryException,
        duckdb.IOException,
        duckdb.InterruptException,
    )

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    @classmethod
    def of_arrow(cls, tables: Mapping[str, pa.Table], threads: int = 1) -> Self:
        """Over Arrow tables, in memory."""
        engine = cls(duckdb.connect(":memory:", config={"threads": threads}))
        engine._define()
        for name, rows in tables.items():
            numbers = pa.py_buffer(np.arange(rows.num_rows, dtype=np.int64))  # pa.array would import pandas
            row_no = pa.Array.from_buffers(pa.int64(), rows.num_rows, [None, numbers])
            numbered = rows.append_column("row_no", row_no)
            engine.connection.register("incoming", numbered)
            engine.connection.execute(f"CREATE TABLE {name} AS SELECT *{_widened(name)} FROM incoming")
            engine.connection.unregister("incoming")
        for name, select in views("duckdb").items():
            engine.connection.execute(f"CREATE TABLE {name} AS {select}")
        return engine

    @classmethod
    def of_parquet(
        cls, connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[tuple[Path, int]]]
    ) -> Self:
        """Over Parquet files, each with the number of its first row in the table; nothing is read before a SELECT."""
        engine = cls(connection)
        engine._define()
        for name, files in tables.items():
            selects = " UNION ALL ".join(
                f"SELECT * EXCLUDE (file_row_number){_widened(name)}, file_row_number + {first} AS row_no "
                f"FROM read_parquet({_quoted(path)}, file_row_number = true)"
                for path, first in files
            )
            connection.execute(f"CREATE VIEW {name} AS {selects}")
        for name, select in views("duckdb").items():
            kind = "VIEW" if name in ("cells", "page_parts") else "TABLE"
            connection.execute(f"CREATE {kind} {name} AS {select}")
        return engine

    def _define(self) -> None:
        for macro in DUCKDB_MACROS:
            self.connection.execute(macro)

    @property
    def at_once(self) -> int:
        """How many SELECTs should run together: two, for one often leaves a thread idle, unless there is but one."""
        ((threads,),) = self.connection.execute("SELECT current_setting('threads')").fetchall()
        return min(2, int(threads))

    def select(self, sql: str) -> Iterator[dict[str, Any]]:
        """The rows of a SELECT as dictionaries, a thousand at a time; several may run at once."""
        cursor = self.connection.cursor().execute(sql)
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(_FETCH):
            for row in rows:
                yield dict(zip(names, row, strict=True))

    def has_doubles(self, table: str, columns: Sequence[str]) -> bool:
        """Whether two rows may be equal in these columns: a quick look before the rule is run."""
        # Hashes of strings that are alike may be equal; a second one, of the string one byte on, seldom is too.
        keys = ", ".join(columns if len(columns) > 1 else (columns[0], f"'-' || {columns[0]}"))
        look = f"SELECT count(*) > count(DISTINCT hash({keys})) FROM {table}"
        ((found,),) = self.connection.cursor().execute(look).fetchall()
        return bool(found)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
