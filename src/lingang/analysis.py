"""The tables joined into what is asked most: who took part, what came when, who met whom.

Reads the installed tables. pandas is imported by the first call; ``network`` needs networkx.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from lingang.failures import naming_the_extra
from lingang.ordering import event_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    import pandas as pd

    from lingang.frames import Dataset

__all__ = ["attendance", "network", "timeline"]


def _titles(frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The titles that an item prints for a person, in key order, joined by 、."""
    out: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article, person, title in zip(frame["article_id"], frame["person_id"], frame["title_raw"], strict=True):
        out[article, person].append(title)
    return {key: "、".join(dict.fromkeys(titles)) for key, titles in out.items()}


def attendance(data: Dataset) -> pd.DataFrame:
    """See ``Dataset.attendance``."""
    import pandas as pd

    events = data.load("events")[["event_id", "article_id", "name", "date_start", "kind"]]
    events = events.rename(columns={"name": "event_name", "kind": "event_kind"})
    people = data.load("people")[["person_id", "name", "name_latin"]]
    rows = data.load("participations")[["participation_id", "event_id", "person_id", "role", "list_seq", "list_open"]]
    rows = rows[rows["person_id"].notna()].merge(events, on="event_id").merge(people, on="person_id")
    titles = _titles(data.load("positions"))
    found = [titles.get(key) for key in zip(rows["article_id"], rows["person_id"], strict=True)]
    rows["title"] = pd.Series(found, index=rows.index, dtype="string")
    rows = rows.sort_values(["date_start", "event_id", "role", "list_seq", "participation_id"], ignore_index=True)
    out: pd.DataFrame = rows[
        [
            "event_id",
            "event_name",
            "date_start",
            "event_kind",
            "person_id",
            "name",
            "name_latin",
            "role",
            "title",
            "list_seq",
            "list_open",
        ]
    ]
    return out


def _names(data: Dataset, roles: Iterable[str]) -> dict[str, list[str]]:
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


def timeline(data: Dataset) -> pd.DataFrame:
    """See ``Dataset.timeline``."""
    import pandas as pd

    events = data.load("events")
    order = event_order(data._arrow("events").to_pylist(), data._arrow("event_links").to_pylist())
    frame = events.set_index("event_id").loc[[event for event, _ in order]].reset_index()
    frame["event_id"] = frame["event_id"].astype("string")
    for column, roles in (("organizers", ("organizer", "co_organizer")), ("sites", ("site",))):
        found = _names(data, roles)
        frame[column] = pd.Series([tuple(found.get(event, ())) for event, _ in order], dtype="object")
    frame["order_basis"] = pd.Categorical([basis for _, basis in order], categories=["date", "link", "none"])
    columns = ["event_id", "name", "kind", "status", "date_start", "date_end", "date_raw", "date_precision"]
    out: pd.DataFrame = frame[[*columns, "day_part", "organizers", "sites", "about", "order_basis"]]
    return out


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """The values that are there, as plain Python values; dates as ISO 8601."""
    import pandas as pd

    return {
        key: value.date().isoformat() if isinstance(value, pd.Timestamp) else value
        for key, value in row.items()
        if not pd.isna(value)
    }


def network(data: Dataset) -> nx.MultiGraph[str]:
    """See ``Dataset.network``."""
    with naming_the_extra("network()", "network"):
        import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    people = data.load("people")[["person_id", "name", "name_latin", "public_role"]]
    for person in people.to_dict("records"):
        graph.add_node(str(person.pop("person_id")), bipartite=0, **_plain({str(k): v for k, v in person.items()}))
    for event in data.load("events")[["event_id", "name", "kind", "date_start"]].to_dict("records"):
        graph.add_node(str(event.pop("event_id")), bipartite=1, **_plain({str(k): v for k, v in event.items()}))
    columns = ["person_id", "event_id", "role", "list_seq", "list_open"]
    rows = data.load("participations")
    for row in rows[rows["person_id"].notna()][columns].to_dict("records"):
        edge = _plain({str(k): v for k, v in row.items()})
        graph.add_edge(edge.pop("person_id"), edge.pop("event_id"), key=edge["role"], **edge)
    return graph
