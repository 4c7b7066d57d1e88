"""The tables joined into what is asked most: who took part, what came when, who met whom.

Reads the installed tables. pandas is imported by the first call; ``network`` needs networkx.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx
    import pandas as pd

    from lingang.frames import Dataset

__all__ = ["attendance", "network", "timeline"]

_DAY_PARTS = {"early_morning": 1, "morning": 2, "noon": 3, "afternoon": 4, "evening": 5, "night": 6}


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


def _reached(start: str, steps: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        for other in steps.get(todo.pop(), ()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def _order(days: Mapping[str, tuple[int, int] | None], before: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Events in order, each with what put it there: ``date``, ``link`` or ``none``.

    ``days`` has the day (an ordinal) and the part of it, ``None`` where no day is printed; of a pair in
    ``before`` the first event comes before the second. An event without a day stands just before the
    first day that it leads to, else at the last day that leads to it, else at the end.
    """
    later: dict[str, list[str]] = defaultdict(list)
    earlier: dict[str, list[str]] = defaultdict(list)
    for first, second in before:
        later[first].append(second)
        earlier[second].append(first)
    last = (1 << 30, 0)
    keys: dict[str, tuple[tuple[int, int], str]] = {}
    for event, day in days.items():
        ahead = [found for other in _reached(event, later) if (found := days.get(other)) is not None]
        behind = [found for other in _reached(event, earlier) if (found := days.get(other)) is not None]
        if day is not None:
            keys[event] = (day, "date")
        elif ahead or behind:
            keys[event] = (min(ahead) if ahead else max(behind), "link")
        else:
            keys[event] = (last, "link" if event in later or event in earlier else "none")
    waiting = {event: len(set(earlier[event])) for event in days}
    ready = [(keys[event][0], event) for event, count in waiting.items() if count == 0]
    heapq.heapify(ready)
    out: list[str] = []
    while ready:
        event = heapq.heappop(ready)[1]
        out.append(event)
        for other in sorted(set(later[event])):
            waiting[other] -= 1
            if waiting[other] == 0:
                heapq.heappush(ready, (keys[other][0], other))
    out += sorted(event for event in days if event not in out)  # links that go round
    return [(event, keys[event][1]) for event in out]


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
    days: dict[str, tuple[int, int] | None] = {}
    for event, day, part in events[["event_id", "date_start", "day_part"]].itertuples(index=False):
        days[event] = None if pd.isna(day) else (day.toordinal(), _DAY_PARTS.get(part, 0))
    pairs = []
    for event, relation, other in data.load("event_links")[["event_id", "relation", "other_event_id"]].itertuples(
        index=False
    ):
        if relation in ("precedes", "selects_for"):
            pairs.append((event, other))
        elif relation == "part_of":
            pairs.append((other, event))
    order = _order(days, pairs)
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
    try:
        import networkx as nx
    except ModuleNotFoundError as error:
        message = "network() needs networkx; install it with: pip install 'lingang[network]'"
        raise ModuleNotFoundError(message, name=error.name) from None

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
