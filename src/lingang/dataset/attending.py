"""Who took part in which event: one builder for the flat view, the network and its exports.

Reads rows of the published tables; needs nothing but Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["EDGE", "KINDS", "NODE", "READ", "TOOK_PLACE", "Network", "attending", "network"]

Row = Mapping[str, Any]

TOOK_PLACE = "occurred"
"""The status of an event that an item reports as done."""

KINDS = {
    "person": ("people", "person_id"),
    "organization": ("organizations", "organization_id"),
    "place": ("places", "place_id"),
}
"""The kinds of participants that have records: the table of each, and the column that points to it."""

READ = ("participations", "events", "positions", "people", "organizations", "places")
"""The tables that are read."""

NODE = (
    *("label", "kind", "name", "name_latin", "public_role"),
    *("event_kind", "status", "date_start", "date_edtf", "year_basis", "article_id"),
)
EDGE = ("participation_id", "role", "award", "list_seq", "list_open")
"""What nodes and edges of the network say, in this order."""

_OF_EVENT = ("status", "date_start", "date_edtf", "year_basis", "article_id")


def attending(
    tables: Mapping[str, Sequence[Row]],
    statuses: Collection[str] | None = (TOOK_PLACE,),
    kinds: Collection[str] | None = ("person",),
) -> list[dict[str, Any]]:
    """One row a participation, in key order; ``None`` for what the page does not say, and for every status or kind.

    ``title`` holds the titles that the item of the event prints for a person, in key order, joined by 、.
    """
    events = {row["event_id"]: row for row in tables["events"]}
    known = {f"{name}/{row[key]}": row for name, key in KINDS.values() for row in tables[name]}
    titles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in tables["positions"]:
        titles[row["article_id"], row["person_id"]].append(row["title_raw"])
    out = []
    for row in tables["participations"]:
        event, kind = _at(events, row["event_id"], row), row["participant_kind"]
        if (statuses is not None and event["status"] not in statuses) or (kinds is not None and kind not in kinds):
            continue
        node, entry = f"participations/{row['participation_id']}", {"name": row["group_label"]}
        if kind in KINDS:
            node = f"{KINDS[kind][0]}/{row[KINDS[kind][1]]}"
            entry = dict(_at(known, node, row))
        called = dict.fromkeys(titles.get((event["article_id"], row["person_id"]), ()))
        out.append(
            {
                "participation_id": row["participation_id"],
                "event_id": row["event_id"],
                "event_name": event["name"],
                "event_kind": event["kind"],
                **{name: event[name] for name in _OF_EVENT},
                "participant_kind": kind,
                "person_id": row["person_id"],
                "organization_id": row["organization_id"],
                "place_id": row["place_id"],
                "name": entry["name"],
                "name_latin": entry.get("name_latin"),
                "public_role": entry.get("public_role"),
                "role": row["role"],
                "title": "、".join(called) or None,
                "award": row["award"],
                "list_seq": row["list_seq"],
                "list_open": row["list_open"],
                "source": node,
                "target": f"events/{row['event_id']}",
            }
        )
    return out


def _at(found: Mapping[str, Row], key: str, row: Row) -> Row:
    if key not in found:
        told = "which is not there; lingang validate tells more"
        raise LookupError(f"participation {row['participation_id']} points to {key}, {told}")
    return found[key]


@dataclass(frozen=True, slots=True)
class Network:
    """Participants and events, each node by ``table/id``, and one edge a participation from the one to the other.

    Nodes are those that an edge reaches, participants before events. A described group, which has no record, is a node
    of its own participation. Values are those of ``NODE`` and ``EDGE``; what the page does not say is left out.
    """

    nodes: tuple[tuple[str, Mapping[str, Any]], ...]
    edges: tuple[tuple[str, str, Mapping[str, Any]], ...]


def _filled(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) is not None}


def network(rows: Sequence[Row]) -> Network:
    """The network of rows of ``attending``."""
    participants: dict[str, dict[str, Any]] = {}
    events: dict[str, dict[str, Any]] = {}
    for row in rows:
        own = {"label": row["name"], "kind": row["participant_kind"], "name": row["name"]}
        own |= {"name_latin": row["name_latin"], "public_role": row["public_role"]}
        participants[row["source"]] = _filled(own, NODE)
        event = {
            "label": row["event_name"],
            "kind": "event",
            "name": row["event_name"],
            "event_kind": row["event_kind"],
        }
        events[row["target"]] = _filled(event | {name: row[name] for name in _OF_EVENT}, NODE)
    return Network(
        (*sorted(participants.items(), key=_first), *sorted(events.items(), key=_first)),
        tuple((row["source"], row["target"], _filled(row, EDGE)) for row in rows),
    )


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]
