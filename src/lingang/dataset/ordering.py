"""Events in the order in which they took place, undated ones placed by their links."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["event_order", "order"]

_DAY_PARTS = {"early_morning": 1, "morning": 2, "noon": 3, "afternoon": 4, "evening": 5, "night": 6}


def _reached(start: str, steps: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        for other in steps.get(todo.pop(), ()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def order(days: Mapping[str, tuple[int, int] | None], before: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
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


def event_order(events: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Event ids in order, each with what put it there (``date``, ``link``, ``none``), from rows of the two tables."""
    days: dict[str, tuple[int, int] | None] = {}
    for row in events:
        day = row["date_start"]
        days[row["event_id"]] = None if day is None else (day.toordinal(), _DAY_PARTS.get(row["day_part"], 0))
    pairs = []
    for row in links:
        if row["relation"] in ("precedes", "selects_for"):
            pairs.append((row["event_id"], row["other_event_id"]))
        elif row["relation"] in ("follows", "part_of"):
            pairs.append((row["other_event_id"], row["event_id"]))
    return order(days, pairs)
