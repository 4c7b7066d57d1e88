"""``datapackage.json``: Data Package 2.0 (https://datapackage.org) of the files of a release.

The tables, with types, vocabularies and keys, are the JSON Lines resources; the CSV files follow, with types and
without keys (what reads Data Packages in R reads CSV alone), and the SQLite file without a schema. Each has its size in
bytes and its SHA-256. Parquet is described in ``croissant.json``: frictionless fails on its lists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from lingang.about import About, Creator, licence_url
from lingang.files.contents import json_text
from lingang.lexicon import Lexicon
from lingang.release.csv_files import SEPARATOR
from lingang.tables import Column, Table, table, tables_in

__all__ = ["DATAPACKAGE", "database_name", "datapackage"]

DATAPACKAGE = "datapackage.json"
RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"

_TYPES = {
    "str": "string",
    "int32": "integer",
    "float64": "number",
    "bool": "boolean",
    "date32": "date",
    "list<str>": "array",
}
_MEDIA = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".sqlite": "application/vnd.sqlite3",
}


def database_name(about: About) -> str:
    """The name of the SQLite file of a release."""
    return f"{about.name}.sqlite"


def _field(declared: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.name == declared.key or (column.name,) in declared.unique:
        constraints["unique"] = True
    if column.vocabulary is not None:
        constraints["enum"] = list(column.vocabulary.values)
    elif column.pattern is not None:
        constraints["pattern"] = column.pattern
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    out: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.name.replace("_", " "),
        "description": column.description,
    }
    if column.type == "list<str>":
        out["arrayItem"] = {"type": "string"}
    if column.vocabulary is not None:
        out["categories"] = [{"value": word.value, "label": word.label_en} for word in column.vocabulary.words]
    if constraints:
        out["constraints"] = constraints
    out["proof"] = column.proof
    if column.standard is not None:
        out["standard"] = column.standard
    return out


def _reference(declared: Table, column: Column) -> dict[str, Any]:
    to = str(column.references)
    reference: dict[str, Any] = {"fields": [table(to).key]}
    if to != declared.name:  # a key into its own table names no resource (Table Schema 2.0)
        reference = {"resource": to, **reference}
    return {"fields": [column.name], "reference": reference}


def _schema(declared: Table) -> dict[str, Any]:
    out: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(declared, column) for column in declared.columns],
        "missingValues": [],
        "primaryKey": [declared.key],
    }
    keys = [_reference(declared, column) for column in declared.columns if column.references is not None]
    if keys:
        out["foreignKeys"] = keys
    unique = [list(names) for names in declared.unique if len(names) > 1]
    if unique:
        out["uniqueKeys"] = unique
    return out


def _file(name: str, data: bytes) -> dict[str, Any]:
    suffix = PurePosixPath(name).suffix
    return {
        "path": name,
        "format": suffix.removeprefix("."),
        "mediatype": _MEDIA[suffix],
        **({"encoding": "utf-8"} if suffix in (".csv", ".jsonl") else {}),
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }


def _csv_schema(declared: Table) -> dict[str, Any]:
    """The schema without keys; a list is a string of entries joined by ``|``, an empty cell is null."""
    schema = _schema(declared)
    fields = []
    for field in schema["fields"]:
        constraints = {key: value for key, value in field.get("constraints", {}).items() if key != "unique"}
        kept = {key: value for key, value in field.items() if key not in ("arrayItem", "constraints")}
        if kept["type"] == "array":  # an empty list is an empty cell
            kept |= {"type": "string", "description": f"{kept['description']} Entries joined by {SEPARATOR}."}
            constraints.pop("required", None)
        fields.append({**kept, **({"constraints": constraints} if constraints else {})})
    return {"$schema": schema["$schema"], "fields": fields, "missingValues": [""]}


_APOSTROPHES = (
    "Of a cell that begins with an apostrophe, which keeps a spreadsheet from running its text, the first character is "
    "no part of it."
)


def _table(name: str, title: str, declared: Table, path: str, data: bytes, schema: dict[str, Any]) -> dict[str, Any]:
    told = f"{declared.description} {_APOSTROPHES}" if path.endswith(".csv") else declared.description
    head = {"$schema": RESOURCE, "name": name, "type": "table", "title": title, "description": told}
    return {**head, **_file(path, data), "schema": schema}


def _contributor(creator: Creator) -> dict[str, Any]:
    return {"title": creator.name, "roles": ["creator"], **({} if creator.url is None else {"path": creator.url})}


def _licence(identifier: str, of: str) -> dict[str, Any]:
    address = licence_url(identifier)
    return {
        "name": identifier,
        **({} if address is None else {"path": address}),
        "title": f"{identifier}, for {of} alone",
    }


def _facts(about: About, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "name": about.name,
        "id": about.identifier,
        "title": about.title,
        "description": about.description,
        "version": about.version,
        **({} if about.released is None else {"created": f"{about.released}T00:00:00Z"}),
        "contributors": [_contributor(creator) for creator in about.creators],
        **({"keywords": list(about.keywords)} if about.keywords else {}),
        "licenses": [
            _licence(about.annotations_license, "the annotations"),
            _licence(about.text_license, "the text of the pages"),
        ],
        "rights": about.rights,
        "language": languages[0] if len(languages) == 1 else list(languages),
    }


def datapackage(files: Mapping[str, bytes], about: About, languages: Sequence[str], lexicon: Lexicon | None) -> bytes:
    """The descriptor of the files: tables as JSON Lines and CSV, and the SQLite file. Readers take a file without
    a line for a fault: a table without rows is the header of its CSV.

    ``languages`` are the BCP 47 tags of the pages; the words are those of the lexicon.
    """
    tables = tables_in(lexicon, about.edition)
    resources: list[dict[str, Any]] = []
    for declared in tables:
        name = f"{declared.name}.jsonl" if files[f"{declared.name}.jsonl"] else f"csv/{declared.name}.csv"
        resources.append(_table(declared.name, declared.title, declared, name, files[name], _schema(declared)))
    for declared in tables:
        name = f"csv/{declared.name}.csv"
        title = f"{declared.title}, as CSV"
        resources.append(_table(f"{declared.name}-csv", title, declared, name, files[name], _csv_schema(declared)))
    title = "All tables, as one SQLite file"
    name = database_name(about)
    resources.append({"$schema": RESOURCE, "name": f"{about.name}-sqlite", "title": title, **_file(name, files[name])})
    return json_text(
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            **_facts(about, languages),
            "resources": resources,
        }
    )
