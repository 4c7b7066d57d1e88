"""Who took part in which event that took place, in which role: an edge list (CSV) and GraphML.

One edge a participation of a person, so that two roles are two edges; the nodes and edges are those of
``lingang.network()``. GraphML is written with the standard library alone, so that the bytes depend on no version of a
graph library.

Format: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from lingang.dataset.attending import EDGE, NODE, READ, attending, network
from lingang.exports.corpus import Corpus
from lingang.exports.xml_writer import Writer
from lingang.tables.formulas import marked

__all__ = ["CSV_FILE", "GRAPHML_FILE", "export_csv", "export_graphml"]

CSV_FILE = "network/person_event.csv"
GRAPHML_FILE = "network/person_event.graphml"

_COLUMNS = (
    *(
        "source",
        "target",
        "participation_id",
        "person_id",
        "name",
        "name_latin",
        "event_id",
        "event_name",
        "event_kind",
    ),
    *("status", "date_start", "date_edtf", "year_basis", "article_id", "role", "award", "list_seq", "list_open"),
)
_TYPES = {"list_seq": "int", "list_open": "boolean"}


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv(value: object) -> str:
    return marked(value) if isinstance(value, str) else _cell(value)


def _rows(corpus: Corpus) -> list[dict[str, Any]]:
    return attending({name: corpus.rows(name) for name in READ})


def export_csv(corpus: Corpus) -> dict[str, bytes]:
    """RFC 4180 with a header line, but LF; UTF-8 without a byte order mark; an empty cell is null, a text that a
    spreadsheet would run stands behind an apostrophe.

    ``source`` and ``target`` are the nodes, as graph programs call them.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=_COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _csv(value) for name, value in row.items()} for row in _rows(corpus))
    return {CSV_FILE: out.getvalue().encode("utf-8")}


def _data(writer: Writer, kind: str, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        writer.leaf("data", {"key": f"{kind}-{name}"}, _cell(value))


def export_graphml(corpus: Corpus) -> dict[str, bytes]:
    """An undirected graph of two kinds of nodes, ``people/<id>`` and ``events/<id>``."""
    made, writer = network(_rows(corpus)), Writer()
    with writer.block("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}):
        for kind, names in (("node", NODE), ("edge", EDGE)):
            for name in names:
                form = _TYPES.get(name, "string")
                writer.leaf("key", {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": form})
        with writer.block("graph", {"id": "person_event", "edgedefault": "undirected"}):
            for node, values in made.nodes:
                with writer.block("node", {"id": node}):
                    _data(writer, "node", values)
            for source, target, values in made.edges:
                with writer.block("edge", {"id": values["participation_id"], "source": source, "target": target}):
                    _data(writer, "edge", values)
    return {GRAPHML_FILE: writer.data()}
