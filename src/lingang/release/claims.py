"""What the descriptors of a release claim, compared with the files: nothing here knows the models or the facts.

A descriptor that names a file, column, type, word, key or sum that the files do not hold is worse than none.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from lingang.release.documents import OWN_README

__all__ = ["false_claims"]

Files = Mapping[str, bytes]

_JSON_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None,
    "array": lambda value: isinstance(value, list) and all(isinstance(entry, str) for entry in value),
}
_ARROW_TYPES: dict[str, Callable[[pa.DataType], bool]] = {
    "sc:Text": pa.types.is_string,
    "cr:Int32": pa.types.is_int32,
    "cr:Float64": pa.types.is_float64,
    "sc:Boolean": pa.types.is_boolean,
    "sc:Date": pa.types.is_date32,
}


def _rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode("utf-8").split("\n") if line]


def _sums(where: str, entry: Mapping[str, Any], path: str, files: Files) -> Iterator[str]:
    if path not in files:
        yield f"{where}: no file {path}"
        return
    size = entry.get("bytes", entry.get("contentSize"))
    if size not in (len(files[path]), f"{len(files[path])} B"):
        yield f"{where}: {path} has {len(files[path])} bytes, not {size}"
    claimed = str(entry.get("hash", entry.get("sha256"))).removeprefix("sha256:")
    if claimed != hashlib.sha256(files[path]).hexdigest():
        yield f"{where}: {path} has another SHA-256"


def _cells(where: str, field: Mapping[str, Any], values: list[Any]) -> Iterator[str]:
    constraints = field.get("constraints", {})
    filled = [value for value in values if value is not None]
    if constraints.get("required") and len(filled) < len(values):
        yield f"{where}: {field['name']} is said to be required and has empty cells"
    if constraints.get("unique") and len(set(filled)) < len(filled):
        yield f"{where}: {field['name']} is said to be unique and repeats"
    for value in filled:
        if not _JSON_TYPES[field["type"]](value):
            yield f"{where}: {field['name']} is said to be {field['type']} and holds {value!r}"
        elif "enum" in constraints and value not in constraints["enum"]:
            yield f"{where}: {field['name']} holds {value!r}, which is no word of its list"


def _lines(resource: Mapping[str, Any], tables: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    where, schema, rows = f"datapackage.json {resource['name']}", resource["schema"], tables[resource["name"]]
    names = [field["name"] for field in schema["fields"]]
    if any(list(row) != names for row in rows):
        yield f"{where}: the rows have other columns"
        return
    for field in schema["fields"]:
        yield from _cells(where, field, [row[field["name"]] for row in rows])
    for key in schema.get("primaryKey", []):
        if key not in names or len({row[key] for row in rows}) < len(rows):
            yield f"{where}: {key} is no primary key"
    for foreign in schema.get("foreignKeys", []):
        (column,), (target,) = foreign["fields"], foreign["reference"]["fields"]
        other = foreign["reference"].get("resource") or resource["name"]
        known = {row.get(target) for row in tables.get(other, [])}
        if {row.get(column) for row in rows} - known - {None}:
            yield f"{where}: {column} points to nothing in {other}.{target}"


def _datapackage(files: Files) -> Iterator[str]:
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        yield from _sums(f"datapackage.json {resource['name']}", resource, resource["path"], files)
    described = {resource["path"]: resource for resource in package["resources"] if resource["path"] in files}
    for name in sorted(name for name, data in files.items() if data):
        if re.fullmatch(r"[a-z_]+\.jsonl|csv/[a-z_]+\.csv|[a-z0-9-]+\.sqlite", name) and name not in described:
            yield f"datapackage.json: nothing is said of {name}"
    tables = {r["name"]: _rows(files[p]) for p, r in described.items() if p.endswith(".jsonl")}
    for path, resource in described.items():
        if path.endswith(".jsonl"):
            yield from _lines(resource, tables)
        elif path.endswith(".csv"):
            lines = list(csv.reader(io.StringIO(files[path].decode("utf-8-sig"))))
            if lines[0] != [field["name"] for field in resource["schema"]["fields"]]:
                yield f"datapackage.json {resource['name']}: the file has other columns"
            if len(lines) - 1 != len(tables.get(resource["name"].removesuffix("-csv"), [])):
                yield f"datapackage.json {resource['name']}: {len(lines) - 1} rows, not as many as in JSON Lines"


def _record_set(entry: Mapping[str, Any], files: Files) -> Iterator[str]:
    where = f"croissant.json {entry['@id']}"
    stored: dict[str, pa.Schema] = {}
    for field in entry["field"]:
        path, column = field["source"]["fileObject"]["@id"], field["source"]["extract"]["column"]
        if path not in files:
            yield f"{where}: no file {path}"
            continue
        schema = stored.setdefault(path, pq.read_schema(io.BytesIO(files[path])))
        if column not in schema.names:
            yield f"{where}: {path} has no column {column}"
            continue
        kind = schema.field(column).type
        if pa.types.is_list(kind) != bool(field.get("isArray")):
            yield f"{where}: {column} is {kind}"
        elif not _ARROW_TYPES[field["dataType"]](kind.value_type if pa.types.is_list(kind) else kind):
            yield f"{where}: {column} is said to be {field['dataType']} and is {kind}"
    told = {field["source"]["extract"]["column"] for field in entry["field"]}
    for path, schema in stored.items():
        if set(schema.names) - told:
            yield f"{where}: nothing is said of {', '.join(sorted(set(schema.names) - told))} in {path}"
    if entry["key"]["@id"] not in {field["@id"] for field in entry["field"]}:
        yield f"{where}: the key {entry['key']['@id']} is no field"


def _croissant(files: Files) -> Iterator[str]:
    dataset = json.loads(files["croissant.json"])
    for entry in dataset["distribution"]:
        yield from _sums("croissant.json", entry, entry["contentUrl"], files)
    for name in sorted(set(files) - {entry["contentUrl"] for entry in dataset["distribution"]}):
        if re.fullmatch(r"[a-z_]+\.parquet", name):
            yield f"croissant.json: nothing is said of {name}"
    for entry in dataset["recordSet"]:
        yield from _record_set(entry, files)


def _hugging_face(files: Files) -> Iterator[str]:
    card = yaml.safe_load(files["huggingface/README.md"].decode("utf-8").split("---\n")[1])
    for config in card["configs"]:
        path = f"huggingface/{config['data_files']}"
        if files.get(path) != files.get(f"{config['config_name']}.parquet") or path not in files:
            yield f"huggingface/README.md: {config['config_name']} does not lead to the table of the release"
    filled = {name.removesuffix(".jsonl") for name in files if re.fullmatch(r"[a-z_]+\.jsonl", name) and files[name]}
    for name in sorted(filled - {config["config_name"] for config in card["configs"]}):
        yield f"huggingface/README.md: nothing is said of {name}"


def _readme(files: Files) -> Iterator[str]:
    text = files["README.md"].decode("utf-8").split(OWN_README)[0]
    for name, count in re.findall(r"^\| `([a-z_]+)` \| ([0-9]+) \|", text, re.MULTILINE):
        path = f"{name}.jsonl"
        if path not in files or int(count) != files[path].count(b"\n"):
            yield f"README.md: {name} has not {count} rows"
    for name in re.findall(r"^\| `([^`]*[./][^`]*)` \|", text, re.MULTILINE):
        pattern = re.escape(name).replace("<table>", "[a-z_]+") + (".*" if name.endswith("/") else "")
        if not any(re.fullmatch(pattern, found) for found in [*files, "SHA256SUMS"]):
            yield f"README.md: no file {name}"


def _database(files: Files) -> Iterator[str]:
    database = next((name for name in sorted(files) if name.endswith(".sqlite")), "no SQLite file")
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(files[database])
        for name in sorted(files):
            if match := re.fullmatch(r"([a-z_]+)\.jsonl", name):
                found = connection.execute(f'SELECT * FROM "{match[1]}"')
                rows = _rows(files[name])
                columns = [column[0] for column in found.description]
                if len(found.fetchall()) != len(rows) or any(list(row) != columns for row in rows):
                    yield f"{database}: {match[1]} differs from {name}"
    connection.close()


def _facts(files: Files) -> Iterator[str]:
    facts = json.loads(files["about.json"])
    for name in ("datapackage.json", "croissant.json"):
        descriptor = json.loads(files[name])
        for key in ("name", "version", "description"):
            if descriptor.get(key) != facts[key]:
                yield f"{name}: {key} is {descriptor.get(key)!r}, not {facts[key]!r} as in about.json"


def false_claims(files: Files) -> list[str]:
    """Every claim of a descriptor, card, landing page or database that the files of a release do not bear out.

    ``files`` are those of the release by name. Raises ``KeyError`` where a descriptor itself is missing.
    """
    found: list[str] = []
    for check in (_datapackage, _croissant, _hugging_face, _readme, _database, _facts):
        found += check(files)
    return found
