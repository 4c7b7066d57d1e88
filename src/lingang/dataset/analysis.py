"""The tables joined into what is asked most: who took part, what came when, who met whom.

pandas is imported by the first call; ``network`` needs networkx.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from lingang.dataset.attending import READ, attending
from lingang.dataset.attending import network as built
from lingang.dataset.ordering import event_order
from lingang.failures import naming_the_extra

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from lingang.dataset.loading import Loaded

__all__ = ["attendance", "network", "timeline"]

_ATTENDANCE: dict[str, Any] = {
    **dict.fromkeys(["event_id", "event_name"], "string"),
    "date_start": "datetime64",
    "event_kind": ("events", "kind"),
    "status": ("events", "status"),
    "date_edtf": "string",
    "year_basis": ("events", "year_basis"),
    "article_id": "string",
    "participant_kind": ("participations", "participant_kind"),
    **dict.fromkeys(["person_id", "organization_id", "place_id", "name", "name_latin"], "string"),
    "role": ("participations", "role"),
    **dict.fromkeys(["title", "award"], "string"),
    "list_seq": "Int32",
    "list_open": "boolean",
}
"""The columns of the flat view, each with its dtype, or the column whose words it has."""


def _chosen(data: Loaded, table: str, column: str, given: str | Collection[str] | None) -> tuple[str, ...] | None:
    """The words of a vocabulary that were asked for; ``None`` for all. Raises ``ValueError`` for another word."""
    if given is None:
        return None
    words = (given,) if isinstance(given, str) else tuple(given)
    known = list(data.schema(table)["properties"][column]["x-words"])
    for word in words:
        if word not in known:
            raise ValueError(f"no {column} {word!r} in {table}; there are: {', '.join(known)}, and None for all")
    return words


Words = str | Collection[str] | None


def _rows(data: Loaded, status: Words, kind: Words) -> list[dict[str, Any]]:
    statuses = _chosen(data, "events", "status", status)
    kinds = _chosen(data, "participations", "participant_kind", kind)
    return attending({name: data._arrow(name).to_pylist() for name in READ}, statuses, kinds)


def attendance(data: Loaded, status: Words, kind: Words) -> pd.DataFrame:
    """See ``Dataset.attendance``."""
    import pandas as pd

    rows = _rows(data, status, kind)
    dtypes: dict[str, Any] = {name: data.load(name).dtypes for name in ("events", "participations")}
    columns: dict[str, Any] = {"participation_id": [row["participation_id"] for row in rows]}
    for name, dtype in _ATTENDANCE.items():
        values = [row[name] for row in rows]
        if isinstance(dtype, tuple):
            columns[name] = pd.Categorical(values, dtype=dtypes[dtype[0]][dtype[1]])
        elif name == "date_start":
            columns[name] = pd.Series(values, dtype="object").astype(dtypes["events"][name])
        else:
            columns[name] = pd.Series(values, dtype=dtype)
    order = ["date_start", "event_id", "role", "list_seq", "participation_id"]
    frame = pd.DataFrame(columns).sort_values(order, ignore_index=True)
    return frame.drop(columns="participation_id")


def _names(data: Loaded, roles: Iterable[str]) -> dict[str, list[str]]:
    """The names of the participants in these roles by event, in the order of the roles and of the printed list."""
    rows = data.load("participations")
    rows = rows[rows["role"].isin(list(roles))].sort_values(["event_id", "role", "list_seq", "participation_id"])
    named = rows["group_label"]
    for table, column in (("people", "person_id"), ("organizations", "organization_id"), ("places", "place_id")):
        named = named.fillna(rows[column].map(data.load(table).set_index(column)["name"]))
    out: dict[str, list[str]] = defaultdict(list)
    for event, name in zip(rows["event_id"], named, strict=True):
        out[event].append(str(name))
    return out


def timeline(data: Loaded, status: Words) -> pd.DataFrame:
    """See ``Dataset.timeline``."""
    import pandas as pd

    statuses = _chosen(data, "events", "status", status)
    events = data._arrow("events").to_pylist()
    shown = {row["event_id"] for row in events if statuses is None or row["status"] in statuses}
    # events that are left out may still put the others in their order
    order = [pair for pair in event_order(events, data._arrow("event_links").to_pylist()) if pair[0] in shown]
    frame = data.load("events").set_index("event_id").loc[[event for event, _ in order]].reset_index()
    frame["event_id"] = frame["event_id"].astype("string")
    for column, roles in (("organizers", ("organizer", "co_organizer")), ("sites", ("site",))):
        found = _names(data, roles)
        frame[column] = pd.Series([tuple(found.get(event, ())) for event, _ in order], dtype="object")
    frame["order_basis"] = pd.Categorical([basis for _, basis in order], categories=["date", "link", "none"])
    frame.attrs = {}
    out: pd.DataFrame = frame[
        [
            *("event_id", "name", "kind", "status", "date_start", "date_end", "date_raw", "date_edtf"),
            *("date_precision", "year_basis", "day_part", "article_id", "organizers", "sites", "about", "order_basis"),
        ]
    ]
    return out


def network(data: Loaded, status: Words, kind: Words) -> nx.MultiGraph[str]:
    """See ``Dataset.network``."""
    with naming_the_extra("network()"):
        import networkx as nx

    made = built(_rows(data, status, kind))
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for node, values in made.nodes:
        graph.add_node(node, bipartite=int(values["kind"] == "event"), **_iso(values))
    for source, target, values in made.edges:
        graph.add_edge(source, target, key=values["role"], **_iso(values))
    return graph


def _iso(values: Any) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime.date) else value for key, value in values.items()}
