"""What other tools do with a corpus: python benchmarks/rivals.py NAME FOLDER; exit 1 where they refuse it.

Each is given what it can be asked to do, in its own idiom: types, vocabularies, patterns, bounds, keys, foreign keys,
date order, spans of evidence. The conversions are the limit: JSON Lines to Parquet and nothing else.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lingang.tables import TABLES, Column, Table

SQL_TYPES = {
    "str": "VARCHAR",
    "int32": "INTEGER",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "date32": "DATE",
    "list<str>": "VARCHAR[]",
}


def convert_duckdb(folder: Path) -> bool:
    import duckdb

    with tempfile.TemporaryDirectory() as out:
        for table in TABLES:
            columns = ", ".join(f"'{column.name}': '{SQL_TYPES[column.type]}'" for column in table.columns)
            duckdb.execute(
                f"COPY (SELECT * FROM read_json('{folder}/{table.name}.jsonl', format = 'newline_delimited', "
                f"columns = {{{columns}}})) TO '{out}/{table.name}.parquet' (FORMAT parquet)"
            )
    return True


def _polars_schema(table: Table) -> dict[str, Any]:
    import polars as pl

    types = {
        "str": pl.String,
        "int32": pl.Int32,
        "float64": pl.Float64,
        "bool": pl.Boolean,
        "date32": pl.Date,
        "list<str>": pl.List(pl.String),
    }
    return {column.name: types[column.type] for column in table.columns}


def convert_polars(folder: Path) -> bool:
    import polars as pl

    with tempfile.TemporaryDirectory() as out:
        for table in TABLES:
            rows = pl.scan_ndjson(folder / f"{table.name}.jsonl", schema=_polars_schema(table))
            rows.sink_parquet(Path(out) / f"{table.name}.parquet", compression="snappy")
    return True


def _read_polars(folder: Path) -> dict[str, Any]:
    import polars as pl

    return {
        table.name: pl.read_ndjson(folder / f"{table.name}.jsonl", schema=_polars_schema(table)) for table in TABLES
    }


def _rust_pattern(pattern: str) -> str:
    return pattern.replace("(?!\\n)", "")


def _cell_polars(column: Column) -> Any:
    """An expression that is true for every cell that the declaration accepts."""
    import polars as pl

    cell = pl.col(column.name)
    tests = []
    if column.vocabulary is not None:
        tests.append(cell.is_in(list(column.vocabulary.values)))
    elif column.pattern is not None:
        tests.append(cell.str.contains(_rust_pattern(column.pattern)))
    if column.minimum is not None:
        tests.append(cell >= column.minimum)
    if column.type == "list<str>":
        tests.append(cell.list.n_unique() == cell.list.len())
    test = pl.all_horizontal(tests) if tests else pl.lit(True)
    return cell.is_null() | test if column.nullable else cell.is_not_null() & test


def _relations_polars(tables: dict[str, Any]) -> bool:
    import polars as pl

    for table in TABLES:
        rows = tables[table.name]
        for columns in ((table.key,), *table.unique):
            if rows.select(columns).is_duplicated().any():
                return False
        for column in table.columns:
            if column.references:
                other = next(known for known in TABLES if known.name == column.references)
                keys = tables[other.name].select(pl.col(other.key).alias(column.name))
                if rows.drop_nulls(column.name).join(keys, on=column.name, how="anti").height:
                    return False
    events = tables["events"]
    if events.filter(pl.col("date_end") < pl.col("date_start")).height:
        return False
    pages = tables["sources"].select("source_id", "text")
    parts = (
        pages.with_columns(part=pl.int_ranges(0, pl.col("text").str.len_chars() // 256 + 1))
        .explode("part")
        .with_columns(text=pl.col("text").str.slice(pl.col("part") * 256, 1024))
    )
    spans = tables["evidence"].select("source_id", "raw_start", "raw_end", "quote")
    printed = (
        spans.with_columns(part=(pl.col("raw_start") // 256).cast(pl.Int64))
        .join(parts, on=["source_id", "part"], how="left")
        .with_columns(
            printed=pl.col("text").str.slice(pl.col("raw_start") % 256, pl.col("raw_end") - pl.col("raw_start"))
        )
    )
    wrong = printed.filter(
        pl.col("printed").is_null() | (pl.col("printed").str.replace_all(r"\s", "") != pl.col("quote"))
    )
    return not wrong.height


def polars_script(folder: Path) -> bool:
    try:
        tables = _read_polars(folder)
    except Exception as error:
        print(str(error)[:200])
        return False
    for table in TABLES:
        if not all(tables[table.name].select(_cell_polars(column).all() for column in table.columns).row(0)):
            return False
    return _relations_polars(tables)


def pandera_polars(folder: Path) -> bool:
    import pandera.polars as pa

    try:
        tables = _read_polars(folder)
        for table in TABLES:
            columns = {}
            for column in table.columns:
                checks = []
                if column.vocabulary is not None:
                    checks.append(pa.Check.isin(list(column.vocabulary.values)))
                elif column.pattern is not None:
                    checks.append(pa.Check.str_matches(_rust_pattern(column.pattern)))
                if column.minimum is not None:
                    checks.append(pa.Check.ge(column.minimum))
                kind = _polars_schema(table)[column.name]
                columns[column.name] = pa.Column(
                    kind, checks, nullable=column.nullable, unique=column.name == table.key
                )
            unique = [list(columns) for columns in table.unique[:1]] or None
            schema = pa.DataFrameSchema(columns, strict=True, unique=unique[0] if unique else None)
            schema.validate(tables[table.name], lazy=True)
    except Exception as error:
        print(str(error)[:200])
        return False
    return _relations_polars(tables)


def frictionless(folder: Path) -> bool:
    from frictionless import Package, Resource, Schema

    kinds = {"str": "string", "int32": "integer", "float64": "number", "bool": "boolean", "date32": "date"}
    resources = []
    for table in TABLES:
        fields = []
        for column in table.columns:
            limits: dict[str, Any] = {"required": not column.nullable}
            if column.vocabulary is not None:
                limits["enum"] = list(column.vocabulary.values)
            elif column.pattern is not None:
                limits["pattern"] = column.pattern
            if column.minimum is not None:
                limits["minimum"] = column.minimum
            fields.append({"name": column.name, "type": kinds.get(column.type, "array"), "constraints": limits})
        keys = [
            {"fields": [column.name], "reference": {"resource": column.references, "fields": [other.key]}}
            for column in table.columns
            for other in TABLES
            if column.references == other.name
        ]
        schema = Schema.from_descriptor({"fields": fields, "primaryKey": [table.key], "foreignKeys": keys})
        resources.append(
            Resource(name=table.name, path=f"{table.name}.jsonl", format="jsonl", schema=schema, basepath=str(folder))
        )
    return bool(Package(resources=resources, basepath=str(folder)).validate().valid)


def _by_line(folder: Path, check: Callable[[Table], Callable[[bytes], bool]]) -> bool:
    for table in TABLES:
        fine = check(table)
        with (folder / f"{table.name}.jsonl").open("rb") as file:
            for line in file:
                if not fine(line):
                    return False
    return True


def jsonschema_lines(folder: Path) -> bool:
    from jsonschema import Draft202012Validator

    from lingang.tables.json_schema import row_schema

    def check(table: Table) -> Callable[[bytes], bool]:
        validator = Draft202012Validator(row_schema(table))

        def fine(line: bytes) -> bool:
            try:
                return bool(validator.is_valid(json.loads(line)))
            except ValueError:
                return False

        return fine

    return _by_line(folder, check)


def jsonschema_rs_lines(folder: Path) -> bool:
    import jsonschema_rs

    from lingang.tables.json_schema import row_schema

    def check(table: Table) -> Callable[[bytes], bool]:
        validator = jsonschema_rs.validator_for(row_schema(table))

        def fine(line: bytes) -> bool:
            try:
                return bool(validator.is_valid(json.loads(line)))
            except ValueError:
                return False

        return fine

    return _by_line(folder, check)


def pydantic_lines(folder: Path) -> bool:
    from pydantic import ValidationError

    from row_models import row_model

    def check(table: Table) -> Callable[[bytes], bool]:
        model = row_model(table)

        def fine(line: bytes) -> bool:
            try:
                model.model_validate_json(line)
            except ValidationError:
                return False
            return True

        return fine

    return _by_line(folder, check)


RIVALS: dict[str, Callable[[Path], bool]] = {
    "DuckDB, conversion": convert_duckdb,
    "polars, conversion": convert_polars,
    "polars script": polars_script,
    "pandera on polars": pandera_polars,
    "frictionless": frictionless,
    "jsonschema": jsonschema_lines,
    "jsonschema-rs": jsonschema_rs_lines,
    "pydantic": pydantic_lines,
}

if __name__ == "__main__":
    sys.exit(0 if RIVALS[sys.argv[1]](Path(sys.argv[2])) else 1)
