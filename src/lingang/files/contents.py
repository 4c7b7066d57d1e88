"""What a published folder holds, as bytes: tables in both forms, their schemas, the sums."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lingang.about import ABOUT, FULL
from lingang.files.sums import SUMS, sums
from lingang.lexicon import Lexicon
from lingang.tables import TABLES, Table
from lingang.tables.arrow import Tables
from lingang.tables.editions import in_edition
from lingang.tables.json_schema import row_schema
from lingang.tables.rows import in_json

__all__ = ["LEXICON", "contents", "differences", "json_text", "jsonl", "parquet", "table_schemas"]

LEXICON = "lexicon.json"
"""The file of a published folder that holds the words that advice rests on."""


def json_text(value: object) -> bytes:
    """JSON as it is published: UTF-8, unescaped, indented by two, one line feed at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def jsonl(declared: Table, table: pa.Table) -> bytes:
    """A table as JSON Lines: UTF-8, columns in the order of the model, rows in key order, LF."""
    lines = (
        json.dumps(in_json({name: row[name] for name in declared.names}), ensure_ascii=False) + "\n"
        for row in table.to_pylist()
    )
    return "".join(lines).encode("utf-8")


def parquet(table: pa.Table) -> bytes:
    """A table as Parquet: zstd, one row group (none where there are no rows: readers take one of no rows for a fault),
    the Arrow schema stored with it, and a checksum for each page.

    No dictionaries: cells that repeat are small beside texts that do not, and zstd at its highest level sees both."""
    sink = io.BytesIO()
    with pq.ParquetWriter(
        sink,
        table.schema,
        compression="zstd",
        compression_level=19,
        use_dictionary=False,
        write_page_checksum=True,
        store_schema=True,
        version="2.6",
    ) as writer:
        if table.num_rows:
            writer.write_table(table, row_group_size=table.num_rows)
    return sink.getvalue()


def table_schemas(base: str | None, lexicon: Lexicon | None = None, edition: str = FULL) -> dict[str, bytes]:
    """JSON Schemas of the rows of every published table, by file name; ``base`` begins their identifiers, and the words
    are those of the lexicon (by default of the newest layer)."""
    declared = in_edition(edition)
    return {f"{table.name}.schema.json": json_text(row_schema(table, base, lexicon)) for table in declared}


def contents(
    tables: Tables, guides: Mapping[str, bytes] | None, facts: Mapping[str, Any], keep: Path | None = None
) -> dict[str, bytes]:
    """Every file of a published folder by its name: tables in both forms, schemas, guides, facts, lexicon, sums.

    A Parquet file in the folder ``keep`` that holds the same schema and rows keeps its bytes, so that they do not
    depend on the version of pyarrow.
    """
    files: dict[str, bytes] = {}
    for declared in TABLES:
        files[f"{declared.name}.jsonl"] = jsonl(declared, tables.arrow[declared.name])
        name = f"{declared.name}.parquet"
        files[name] = _kept(keep / name if keep else None, parquet(tables.arrow[declared.name]))
    schemas = table_schemas(facts.get("base"), tables.lexicon, tables.edition)
    files.update({f"schema/{name}": data for name, data in schemas.items()})
    if facts:
        files[ABOUT] = json_text(facts)
    if tables.lexicon is not None:
        files[LEXICON] = tables.lexicon.to_json().encode()
    files |= guides or {}
    files[SUMS] = sums(files)
    return files


def _kept(old: Path | None, new: bytes) -> bytes:
    """The bytes of an old Parquet file that holds the same schema and rows as the new one, else the new ones."""
    if old is None or not old.is_file():
        return new
    data = old.read_bytes()
    return data if _same_parquet(data, new) else new


def _same_parquet(old: bytes, new: bytes) -> bool:
    """Whether two Parquet files hold the same schema and rows; only the writer's version may differ."""
    try:
        before = pq.ParquetFile(io.BytesIO(old)).read()
    except (OSError, pa.ArrowException):
        return False
    after = pq.ParquetFile(io.BytesIO(new)).read()
    same: bool = before.schema.equals(after.schema, check_metadata=True) and before.equals(after)
    return same


def differences(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Names of files that are missing, different or too many in a folder."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    changed = {name for name, data in files.items() if name not in there or there[name].read_bytes() != data}
    return sorted(changed | (there.keys() - files.keys()))
