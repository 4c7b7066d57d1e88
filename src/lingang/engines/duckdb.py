"""DuckDB, embedded: the default engine."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from lingang.engines.prelude import DUCKDB_MACROS, views

__all__ = ["DuckDB"]


class DuckDB:
    """Tables in memory, each with ``row_no`` (from 0, in the order of the Arrow table) beside its columns."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self._connection = duckdb.connect(":memory:", config={"threads": 1})
        for macro in DUCKDB_MACROS:
            self._connection.execute(macro)
        for name, table in tables.items():
            numbered = table.append_column("row_no", pa.array(range(table.num_rows), pa.int64()))
            self._connection.register("incoming", numbered)
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
            self._connection.unregister("incoming")
        for name, select in views().items():
            self._connection.execute(f"CREATE TABLE {name} AS {select}")

    def select(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a SELECT as dictionaries."""
        cursor = self._connection.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
