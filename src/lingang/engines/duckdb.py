"""DuckDB, embedded: the default engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from glob import escape
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa

from lingang.engines.prelude import DUCKDB_MACROS, views
from lingang.problems import CannotRun
from lingang.tables import Table
from lingang.tables import table as declared

__all__ = ["AS_IT_IS", "DuckDB", "literal"]

_FETCH = 1024


AS_IT_IS = "hive_partitioning = false, union_by_name = false"
"""What a reader of files is told, lest a folder named column=value becomes a column."""


def literal(path: Path) -> str:
    """A path as SQL that means this one file, whatever characters stand in it; raises ``CannotRun`` where none can."""
    text = escape(str(path.absolute())).replace("'", "''")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise CannotRun(f"{path} cannot be read: its name is not UTF-8; rename it") from None
    return f"'{text}'"


def _cells(known: Table) -> str:
    """The columns of a table, integers so wide that no rule can leave their range."""
    return ", ".join(
        f"CAST({column.name} AS BIGINT) AS {column.name}" if column.type == "int32" else f'"{column.name}"'
        for column in known.columns
    )


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
            engine.connection.execute(f"CREATE TABLE {name} AS SELECT {_cells(declared(name))}, row_no FROM incoming")
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
                f"SELECT {_cells(declared(name))}, file_row_number + {first} AS row_no "
                f"FROM read_parquet({literal(path)}, {AS_IT_IS}, file_row_number = true)"
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
