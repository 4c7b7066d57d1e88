"""Who took part in which event, in which role: an edge list (CSV) and GraphML.

One edge a participation of a person, so that two roles are two edges. GraphML is written with the
standard library alone, so that the bytes depend on no version of a graph library.

Format: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

import csv
import io
from typing import Any

from lingang.exports.corpus import Corpus
from lingang.exports.xml_writer import Writer

__all__ = ["CSV_FILE", "GRAPHML_FILE", "edges", "export_csv", "export_graphml"]

CSV_FILE = "network/person_event.csv"
GRAPHML_FILE = "network/person_event.graphml"

_NODE_KEYS = ("kind", "name", "name_latin", "public_role", "event_kind", "status", "date_start", "date_edtf")
_EDGE_KEYS = ("participation_id", "role", "award", "list_seq", "list_open")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def edges(corpus: Corpus) -> list[dict[str, Any]]:
    """One row a participation of a person, in key order; ``None`` for what the page does not say."""
    out = []
    for row in corpus.rows("participations", participant_kind="person"):
        person, event = corpus.get("people", row["person_id"]), corpus.get("events", row["event_id"])
        out.append(
            {
                "participation_id": row["participation_id"],
                "person_id": row["person_id"],
                "name": person["name"],
                "name_latin": person["name_latin"],
                "event_id": row["event_id"],
                "event_name": event["name"],
                "event_kind": event["kind"],
                "date_start": event["date_start"],
                "role": row["role"],
                "award": row["award"],
                "list_seq": row["list_seq"],
                "list_open": row["list_open"],
            }
        )
    return out


def export_csv(corpus: Corpus) -> dict[str, bytes]:
    """RFC 4180 with a header line, but LF; UTF-8 without a byte order mark; an empty cell is null."""
    rows = edges(corpus)
    names = list(rows[0]) if rows else list(_EDGE_KEYS)
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return {CSV_FILE: out.getvalue().encode("utf-8")}


def _nodes(corpus: Corpus) -> list[tuple[str, dict[str, Any]]]:
    """People, then events, that an edge reaches; the people of no event are left out."""
    rows = edges(corpus)
    people = [corpus.get("people", key) for key in sorted({row["person_id"] for row in rows})]
    events = [corpus.get("events", key) for key in sorted({row["event_id"] for row in rows})]
    return [
        *[(f"people/{row['person_id']}", {"kind": "person", **row}) for row in people],
        *[(f"events/{row['event_id']}", {**row, "event_kind": row["kind"], "kind": "event"}) for row in events],
    ]


def _data(writer: Writer, kind: str, names: tuple[str, ...], values: dict[str, Any]) -> None:
    for name in names:
        if values.get(name) is not None:
            writer.leaf("data", {"key": f"{kind}-{name}"}, _cell(values[name]))


def export_graphml(corpus: Corpus) -> dict[str, bytes]:
    """An undirected graph of two kinds of nodes, ``people/<id>`` and ``events/<id>``."""
    writer = Writer()
    with writer.block("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}):
        for kind, names in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
            for name in names:
                form = {"list_seq": "int", "list_open": "boolean"}.get(name, "string")
                declared = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": form}
                writer.leaf("key", declared)
        with writer.block("graph", {"id": "person_event", "edgedefault": "undirected"}):
            for node, values in _nodes(corpus):
                with writer.block("node", {"id": node}):
                    _data(writer, "node", _NODE_KEYS, values)
            for row in edges(corpus):
                ends = {"source": f"people/{row['person_id']}", "target": f"events/{row['event_id']}"}
                with writer.block("edge", {"id": row["participation_id"], **ends}):
                    _data(writer, "edge", _EDGE_KEYS, row)
    return {GRAPHML_FILE: writer.data()}
