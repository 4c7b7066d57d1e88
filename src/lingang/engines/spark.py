"""Spark: the same SELECTs where one machine does not hold the tables."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lingang.engines.prelude import SPARK_FUNCTIONS, views
from lingang.failures import naming_the_extra
from lingang.problems import CannotRun
from lingang.tables import table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Spark", "session"]

_SETTINGS = {
    "spark.sql.parser.escapedStringLiterals": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.showConsoleProgress": "false",
}
_ORDERED = re.compile(r"string_agg\(([\w.]+), (\S+) ORDER BY ([\w.]+)\)")
_IN_ORDER = r"array_join(transform(array_sort(collect_list(named_struct('at', \3, 'text', \1))), x -> x.text), \2)"
"""Texts joined in an order, which Spark has no aggregate for."""
_LOCAL = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": str(os.cpu_count() or 1)}


def session(master: str, memory: int) -> SparkSession:
    """A session on a master; ``CannotRun`` without PySpark or Java. On a local master it keeps within ``memory``."""
    with naming_the_extra("the engine spark"):
        from py4j.protocol import Py4JError, Py4JJavaError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    running = SparkSession.getActiveSession()
    if running is not None and running.sparkContext.master != master:
        running.stop()
    builder = SparkSession.builder.appName("lingang").master(master)
    local = master.startswith("local")
    more = {**_LOCAL, "spark.driver.memory": f"{memory >> 20}m"} if local else {}
    if local:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for key, value in {**_SETTINGS, **more}.items():
        builder = builder.config(key, value)
    try:
        found = builder.getOrCreate()
    except (PySparkException, Py4JError, RuntimeError, OSError) as error:
        said = error.java_exception.getMessage() if isinstance(error, Py4JJavaError) else str(error)
        first = (said.splitlines() or [""])[0]
        raise CannotRun(f"Spark does not start on {master}: {first}; it needs Java 17 or later") from None
    found.sparkContext.setLogLevel("ERROR")
    for key in ("spark.sql.parser.escapedStringLiterals", "spark.sql.ansi.doubleQuotedIdentifiers"):
        found.conf.set(key, _SETTINGS[key])
    return found


class Spark:
    """Tables as temporary views, each with ``row_no`` beside its columns, and the views of the prelude."""

    at_once = 2
    """How many SELECTs should run together; Spark keeps all cores at one."""
    exhausted: tuple[type[Exception], ...] = ()

    def __init__(self, spark: SparkSession, tables: Mapping[str, DataFrame]) -> None:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        self.failures: tuple[type[Exception], ...] = (PySparkException, Py4JError)
        self.spark = spark
        for function in SPARK_FUNCTIONS:
            spark.sql(function)
        for name, rows in tables.items():
            narrow = {column.name for column in table(name).columns if column.type == "int32"}
            wide = [f"CAST({column} AS BIGINT) AS {column}" if column in narrow else column for column in rows.columns]
            rows.selectExpr(*wide).createOrReplaceTempView(name)
        for name, select in views("spark").items():
            spark.sql(select).createOrReplaceTempView(name)

    def select(self, sql: str) -> Iterator[dict[str, Any]]:
        """The rows of a SELECT as dictionaries, a partition at a time."""
        for row in self.spark.sql(_ORDERED.sub(_IN_ORDER, sql)).toLocalIterator():
            yield row.asDict()

    def has_doubles(self, table: str, columns: Sequence[str]) -> bool:
        """Whether two rows may be equal in these columns; here the rule itself is the quickest look."""
        return True
