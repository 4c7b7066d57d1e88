"""Published folders: staged beside, summed, moved into place in one step, and read back strictly."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lingang.about import ABOUT, SUMS
from lingang.arrow_tables import Tables
from lingang.models import TABLES, Table
from lingang.models.json_schema import DIALECT, row_schema, schema_id
from lingang.models.rows import in_json
from lingang.problems import CannotRun

__all__ = [
    "SUMS",
    "authored_schemas",
    "check_target",
    "contents",
    "differences",
    "json_text",
    "jsonl",
    "parquet",
    "place",
    "recover",
    "sums",
    "swap",
    "table_schemas",
]


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
    """A table as Parquet: zstd, one row group, the Arrow schema stored with it."""
    sink = io.BytesIO()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        row_group_size=max(1, table.num_rows),
        store_schema=True,
        version="2.6",
    )
    return sink.getvalue()


def table_schemas(base: str | None) -> dict[str, bytes]:
    """JSON Schemas of the rows of every published table, by file name; ``base`` begins their identifiers."""
    return {f"{table.name}.schema.json": json_text(row_schema(table, base)) for table in TABLES}


def authored_schemas(base: str | None) -> dict[str, bytes]:
    """JSON Schemas of the authored files, by file name; ``base`` begins their identifiers."""
    from lingang.authored.shapes import SHAPES  # the shapes are slow to make, and of no use to a release

    out: dict[str, bytes] = {}
    for name, shape in SHAPES.items():
        schema: dict[str, Any] = shape.model_json_schema(by_alias=True)
        schema.setdefault("title", name)
        head = {"$schema": DIALECT, "$id": schema_id(f"authored/{name}.schema.json", base)}
        out[f"authored/{name}.schema.json"] = json_text({**head, **_without_names(schema)})
    return out


def _without_names(schema: Any) -> Any:
    """The schema without ``propertyNames``, which only newer versions of pydantic write: the same text with any."""
    if isinstance(schema, dict):
        return {key: _without_names(value) for key, value in schema.items() if key != "propertyNames"}
    return [_without_names(value) for value in schema] if isinstance(schema, list) else schema


def sums(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS of the files whose bytes do not depend on a library's version: all but Parquet."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in sorted(files.items())
        if not name.endswith(".parquet") and name != SUMS
    )
    return "".join(lines).encode("ascii")


def contents(tables: Tables, codebook: bytes | None, facts: Mapping[str, Any] | None = None) -> dict[str, bytes]:
    """Every file of a published folder by its name: tables in both forms, schemas, codebook, sums, and the facts of
    the dataset (``about.json``) where there are any."""
    facts = facts or {}
    files: dict[str, bytes] = {}
    for declared in TABLES:
        files[f"{declared.name}.jsonl"] = jsonl(declared, tables.arrow[declared.name])
        files[f"{declared.name}.parquet"] = parquet(tables.arrow[declared.name])
    files.update({f"schema/{name}": data for name, data in table_schemas(facts.get("base")).items()})
    if codebook is not None:
        files["CODEBOOK.md"] = codebook
    if facts:
        files[ABOUT] = json_text(facts)
    files[SUMS] = sums(files)
    return files


def _same_parquet(old: Path, new: bytes) -> bool:
    """Whether two Parquet files hold the same schema and rows; only the writer's version may differ."""
    try:
        before = pq.ParquetFile(old).read()
    except (OSError, pa.ArrowInvalid):
        return False
    after = pq.ParquetFile(io.BytesIO(new)).read()
    same: bool = before.schema.equals(after.schema, check_metadata=True) and before.equals(after)
    return same


def _same(old: Path, new: bytes) -> bool:
    if not old.is_file():
        return False
    return old.read_bytes() == new or (old.suffix == ".parquet" and _same_parquet(old, new))


def differences(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Names of files that are missing, different or too many in a folder; Parquet is compared by schema and rows."""
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    changed = {name for name, data in files.items() if not _same(folder / name, data)}
    return sorted(changed | (there - set(files) - {"__init__.py"}))


@contextlib.contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """An empty folder beside the target; litter of an earlier run that was killed is cleared."""
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}.staged-"
    for litter in target.parent.glob(f"{prefix}*"):
        shutil.rmtree(litter, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def recover(target: Path) -> Path:
    """Put a target back that a killed run had moved aside; returns where it is moved aside to."""
    old = target.parent / f".{target.name}.old"
    if old.exists() and not target.exists():
        old.rename(target)
    return old


def swap(staged: Path, target: Path) -> None:
    """Move a staged folder into the place of the target, which is moved aside first and then removed."""
    old = recover(target)
    staged.chmod(0o755)
    for folder in (path for path in staged.rglob("*") if path.is_dir()):
        folder.chmod(0o755)
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    staged.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def check_target(target: Path, source: Path) -> None:
    """Raises ``CannotRun`` for an output that is not a folder of its own, or that holds what no build made."""
    if target.resolve() in (source.resolve(), *source.resolve().parents) or (target.exists() and not target.is_dir()):
        raise CannotRun(f"{target} cannot be the output: it is no folder of its own")
    if target.is_dir() and any(target.iterdir()) and not (target / SUMS).is_file():
        raise CannotRun(f"{target} holds files that no build made; choose an empty or new folder")


def place(files: Mapping[str, bytes], target: Path) -> None:
    """Write the files beside the target and move them into place in one step.

    A Parquet file that holds the same schema and rows keeps its bytes. Until the last step the
    target is as it was; a target killed between the two renames is put back by the next run.
    """
    recover(target)
    with _staging(target) as staged:
        for name, data in files.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            keep = target / name
            kept = keep.suffix == ".parquet" and keep.is_file() and _same_parquet(keep, data)
            path.write_bytes(keep.read_bytes() if kept else data)
            path.chmod(0o644)
        swap(staged, target)
