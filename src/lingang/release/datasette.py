"""``metadata.json``: what Datasette shows beside the SQLite file: titles, rights, meanings, two questions to ask.

Format: https://docs.datasette.io/en/stable/metadata.html
"""

from __future__ import annotations

from typing import Any

from lingang.about import About, licence_url
from lingang.files.contents import json_text
from lingang.release.datapackage import database_name
from lingang.tables import TABLES, Table

__all__ = ["METADATA", "metadata"]

METADATA = "metadata.json"

_QUERIES = {
    "claims": {
        "title": "What rests on which words",
        "description": "The evidence of one record, by its id.",
        "sql": "SELECT table_name, column_name, quote, basis, note, raw_start, raw_end FROM evidence "
        "WHERE record_id = :record_id ORDER BY evidence_id",
    },
    "find": {
        "title": "Where a word stands",
        "description": "One to eight characters, wherever they stand in items, names and speech.",
        "sql": "SELECT table_name, record_id, column_name, text FROM search WHERE search MATCH :word",
    },
}


def _table(declared: Table) -> dict[str, Any]:
    label = next((name for name in ("name", "title", "headline") if name in declared.names), declared.key)
    return {
        "title": declared.title,
        "description": declared.description,
        "label_column": label,
        "columns": {column.name: column.description for column in declared.columns},
        "facets": [column.name for column in declared.columns if column.vocabulary is not None],
    }


def metadata(about: About) -> bytes:
    """The file: ``datasette <name>.sqlite -m metadata.json`` serves the database with it."""
    tables: dict[str, Any] = {declared.name: _table(declared) for declared in TABLES}
    tables["search_text"] = {"title": "Every text that is searched", "fts_table": "search", "fts_pk": "search_id"}
    url = licence_url(about.annotations_license)
    return json_text(
        {
            "title": about.title,
            "description": f"{about.description} {about.rights}",
            "license": about.annotations_license,
            **({"license_url": url} if url is not None else {}),
            "source": f"{about.name} {about.version}, by {about.authors}",
            "databases": {database_name(about).removesuffix(".sqlite"): {"tables": tables, "queries": _QUERIES}},
        }
    )
