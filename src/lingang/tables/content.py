"""The content of a record, to which a reading of it is bound."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from lingang.tables.declare import Table
from lingang.tables.rows import in_json

__all__ = ["READ", "content"]

READ = (
    "articles",
    "bylines",
    "people",
    "organizations",
    "places",
    "campaigns",
    "positions",
    "events",
    "event_links",
    "event_campaigns",
    "participations",
    "quotations",
    "documents",
    "figures",
    "issues",
)
"""The tables whose records a reader decides; the others are found by program, or are no claims of the page."""


def content(declared: Table, row: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal digits, of what a reader reads: the JSON of the cells whose proof is neither ``none`` nor
    ``derived``, keys sorted, empty cells left out, so that a new empty column voids no reading."""
    read = {
        column.name: row[column.name]
        for column in declared.columns
        if column.proof not in ("none", "derived") and row[column.name] not in (None, [])
    }
    return hashlib.sha256(json.dumps(in_json(read), ensure_ascii=False, sort_keys=True).encode()).hexdigest()
