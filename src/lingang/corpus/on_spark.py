"""A corpus on Spark: lines read by the strict reader on the workers, rules as the same SELECTs."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lingang.corpus.columns import OddCell, without_odd_days
from lingang.corpus.corpus import Corpus, StagedPart, is_told, report_fault, report_missing, shares
from lingang.corpus.inputs import Part, find
from lingang.corpus.joining import joined
from lingang.corpus.options import Options
from lingang.corpus.pages import NAMED_ONCE, PageFinding, check_page, own_lexicon, page_rows
from lingang.corpus.stage import NO_ROW_LOST, UnfitFile, fitted_batches, fitting, row_faults, unpack
from lingang.engines.spark import Spark, session
from lingang.problems import Report
from lingang.progress import Progress
from lingang.tables import TABLES, Table, table
from lingang.tables.arrow import arrow_schema
from lingang.tables.json_lines import Fault, leaves_no_row, read_line

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["opened_on_spark"]

_TYPES = {"str": "string", "int32": "int", "float64": "double", "bool": "boolean", "date32": "date"}
Batches = Iterator[pa.RecordBatch]


def _sql_schema(declared: Table, more: str) -> str:
    kinds = {column.name: _TYPES.get(column.type, "array<string>") for column in declared.columns}
    return ", ".join(f"`{name}` {kind}" for name, kind in kinds.items()) + ", " + more


def _arrow(declared: Table) -> pa.Schema:
    columns = [field.with_nullable(True).remove_metadata() for field in arrow_schema(declared.name)]
    return pa.schema([*columns, pa.field("row_no", pa.int64()), pa.field("faults", pa.string())])


def _typed(declared: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The cells of a JSON row as values of their columns; one that its column cannot hold is null."""
    for column in declared.columns:
        value = row[column.name]
        if column.type == "date32" and value is not None:
            with contextlib.suppress(ValueError):
                row[column.name] = date.fromisoformat(value)
                continue
            row[column.name] = None
        elif column.type == "int32" and value is not None and not -(2**31) <= value < 2**31:
            row[column.name] = None
    return row


def _reader(name: str, firsts: dict[int, int]) -> Callable[[Batches], Batches]:
    """The strict reader as Spark wants it: batches of lines to batches of rows and faults, on a worker.

    ``firsts`` holds the number of the first line of each partition.
    """

    def read(batches: Batches) -> Batches:
        from pyspark import TaskContext

        declared, schema = table(name), _arrow(table(name))
        context = TaskContext.get()
        number = firsts[context.partitionId() if context else 0]
        for batch in batches:
            out: list[dict[str, Any]] = []
            for value in batch.column(0).to_pylist():
                row, faults = read_line(declared, bytes(value))
                lost = row is None or any(leaves_no_row(declared, fault) for fault in faults)
                values = {} if row is None or lost else _typed(declared, row)
                out.append({**values, "row_no": number, "faults": json.dumps(faults) if faults else None})
                number += 1
            yield pa.RecordBatch.from_pylist(out, schema=schema)

    return read


def _checked(declared: Table, rows: pa.RecordBatch, odd: list[OddCell], first: int) -> pa.RecordBatch:
    """Rows in the columns of their table with their numbers and faults; those that are none are null."""
    faults: dict[int, list[Fault]] = {}
    for number, fault in row_faults(declared, rows, odd):
        faults.setdefault(number, []).append(fault)
    lost = {number for number, found in faults.items() if any(leaves_no_row(declared, fault) for fault in found)}
    kept = without_odd_days(pa.Table.from_batches([rows])).take(
        pa.array([None if number in lost else number for number in range(rows.num_rows)], pa.int64())
    )
    said = [json.dumps(faults[number]) if number in faults else None for number in range(rows.num_rows)]
    numbers = pa.array(range(first, first + rows.num_rows), pa.int64())
    schema = _arrow(declared)
    columns = [*kept.columns, numbers, pa.array(said, pa.string())]
    (batch,) = pa.Table.from_arrays(columns, schema.names).cast(schema).combine_chunks().to_batches()
    return batch


def _parquet_reader(name: str, path: Path, firsts: list[int]) -> Callable[[Batches], Batches]:
    """The reader of Parquet as Spark wants it: batches of numbers of row groups to batches of their rows and faults, on
    a worker. Of a file that cannot be read through one row tells so, without a number.

    ``firsts`` holds the number of the first row of each row group.
    """

    def read(batches: Batches) -> Batches:
        declared = table(name)
        try:
            with fitting(declared, path) as file:
                for group in (group for batch in batches for group in batch.column(0).to_pylist()):
                    first = firsts[group]
                    for rows, odd in fitted_batches(declared, path, file, [group]):
                        yield _checked(declared, rows, odd, first)
                        first += rows.num_rows
        except UnfitFile as unfit:
            rule, expected, found = unfit.fault
            fault = json.dumps([Fault(rule, "", expected, found)])
            yield pa.RecordBatch.from_pylist([{"faults": fault}], schema=_arrow(declared))

    return read


def _parquet(spark: SparkSession, declared: Table, path: Path) -> DataFrame:
    """The rows of a Parquet file, a row group a task; raises ``UnfitFile``."""
    with fitting(declared, path) as file:
        sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    firsts = [sum(sizes[:group]) for group in range(len(sizes))]
    groups = spark.range(0, len(sizes), 1, max(1, len(sizes)))
    schema = _sql_schema(declared, "row_no bigint, faults string")
    return groups.mapInArrow(_parquet_reader(declared.name, path.absolute(), firsts), schema)


def _uri(path: Path) -> str:
    """A path as Spark takes it: without escapes, which it would read as they stand."""
    return f"file://{path.resolve()}"


def _lines(spark: SparkSession, path: Path) -> tuple[DataFrame, dict[int, int]]:
    """The lines of a file as bytes, and the number of the first line of each partition."""
    from pyspark.sql.functions import spark_partition_id

    reader = spark.read.option("lineSep", "\n").option("__globPaths__", "false")  # [x] in a path is not a pattern
    lines = reader.text(_uri(path)).selectExpr("CAST(value AS BINARY)")
    counts = {row[0]: row[1] for row in lines.groupBy(spark_partition_id()).count().collect()}
    firsts, first = {}, 0
    for partition in range(lines.rdd.getNumPartitions()):
        firsts[partition] = first
        first += counts.get(partition, 0)
    return lines, firsts


def _stage(spark: SparkSession, declared: Table, part: Part, work: Path) -> tuple[DataFrame, list[Fault]]:
    """The rows of one file with ``row_no`` and ``faults``, and the faults of the file itself."""
    nothing = spark.createDataFrame([], _sql_schema(declared, "row_no bigint, faults string"))
    schema = _sql_schema(declared, "row_no bigint, faults string")
    if part.form == "parquet":
        try:
            rows = _parquet(spark, declared, part.path).persist()
            unread = rows.where("row_no IS NULL").select("faults").take(1)
        except UnfitFile as unfit:
            rule, expected, found = unfit.fault
            return nothing, [Fault(rule, "", expected, found)]
        return (nothing, [Fault(*json.loads(unread[0][0])[0])]) if unread else (rows, [])
    try:
        plain = unpack(part, work)
    except (OSError, EOFError, ValueError, pa.ArrowException) as error:
        return nothing, [Fault("PUB006", "", f"a whole {part.packed} file", str(error)[:120])]
    if plain.stat().st_size == 0:
        return nothing, []
    lines, firsts = _lines(spark, plain)
    return lines.mapInArrow(_reader(declared.name, firsts), schema), []


class _SparkCorpus(Corpus):
    engine: Spark

    def page_findings(self, rules: tuple[str, ...]) -> Iterator[tuple[int, list[PageFinding]]]:
        lost, lexicon = self.lost, self.lexicon

        def check(key: tuple[Any, ...], page: pa.Table) -> pa.Table:
            columns = [page.column(number).to_pylist() for number in range(4)]
            rows = sorted(zip(*columns, strict=True), key=lambda row: (row[1], row[2]))
            return pa.table(
                {"found": [json.dumps(finding) for finding in check_page(rows, rules, lost, lexicon)]}, _FOUND
            )

        self.engine.spark.sql(NAMED_ONCE).createOrReplaceTempView("named_once")
        self.engine.spark.table("sources").select("source_id").createOrReplaceTempView("pages_now")
        pages = self.engine.spark.sql(page_rows("spark")).groupBy("source_id").applyInArrow(check, "found string")
        for row in pages.toLocalIterator():
            yield 0, [PageFinding(*json.loads(row[0]))]

    def write(self, folder: Path) -> None:
        for declared in TABLES:
            narrow = {column.name for column in declared.columns if column.type == "int32"}
            cells = [f"CAST({name} AS INT) AS {name}" if name in narrow else name for name in declared.names]
            rows = self.engine.spark.table(declared.name).orderBy("row_no").selectExpr(*cells)
            rows.write.parquet(_uri(folder / declared.name))
            for path in (folder / declared.name).iterdir():
                if path.suffix != ".parquet":
                    path.unlink()


_FOUND = pa.schema([pa.field("found", pa.string())])


@contextmanager
def opened_on_spark(folder: Path, work: Path, options: Options, report: Report, tell: Progress) -> Iterator[Corpus]:
    """The corpus of a folder as Spark's tables: its rows are checked, its tables can be asked."""
    from pyspark.sql.functions import col

    spark = session(options.master, options.memory)
    found = joined(find(folder), work)
    report_missing(report, found)
    parts: dict[str, list[StagedPart]] = {declared.name: [] for declared in TABLES}
    refused: dict[str, set[int]] = {declared.name: set() for declared in TABLES}
    tables: dict[str, DataFrame] = {}
    share, _ = shares(options.chosen)
    for number, declared in enumerate(TABLES):
        first, rows = 0, None
        for part in found.get(declared.name, []):
            tell.tell(f"reading {part.name}", share * number / len(TABLES))
            staged = StagedPart(part, part.path)
            parts[declared.name].append(staged)
            read, wrong = _stage(spark, declared, part, work)
            read = read.persist()
            staged.rows, staged.lost = read.count(), bool(wrong)
            for fault in wrong:
                report_fault(report, declared.name, part, None, fault)
            if part.form == "jsonl" and staged.rows and not _closed(part.path, part.packed, work):
                report_fault(report, declared.name, part, staged.rows, Fault("PUB006", "", "LF", NO_ROW_LOST[1]))
            for row_no, text in read.where(col("faults").isNotNull()).select("row_no", "faults").toLocalIterator():
                for item in json.loads(text):
                    fault = Fault(*item)
                    staged.lost |= leaves_no_row(declared, fault) and fault.found not in NO_ROW_LOST
                    if is_told(declared.name, fault, options.chosen):
                        refused[declared.name].add(first + row_no)
                        report_fault(report, declared.name, part, row_no + 1, fault)
            read = read.withColumn("row_no", col("row_no") + first)
            rows = read if rows is None else rows.unionAll(read)
            first += staged.rows
        if rows is None:
            rows = spark.createDataFrame([], _sql_schema(declared, "row_no bigint, faults string"))
        filled = rows.where(col(declared.key).isNotNull() | col("faults").isNull())
        tables[declared.name] = filled.drop("faults")
    try:
        yield _SparkCorpus(parts, Spark(spark, tables), report, refused, own_lexicon(folder, report))
    finally:
        spark.catalog.clearCache()


def _closed(path: Path, packed: str, work: Path) -> bool:
    """Whether a file ends in a line feed."""
    plain = work / f"{path.name}.plain" if packed else path
    with plain.open("rb") as file:
        file.seek(-1, 2)
        return file.read() == b"\n"
