"""Where the words of an event reach in its item, and in which speech a record is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from lingang.tables.view import View
from lingang.text.zone import SENTENCE_ENDS, Zone

__all__ = ["event_of_quotation", "reach", "speech"]

Interval = tuple[int, int]

_SPAN = {
    "events": ("trigger",),
    "event_campaigns": ("campaign_id",),
    "participations": ("person_id", "organization_id", "place_id", "group_label"),
    "figures": ("qualifier",),
}
"""The cells whose first quote says where a record stands."""
_TELLING = ("trigger", "name", "date_raw")


def _first(view: View, table: str, record: str) -> Mapping[str, Any] | None:
    if table == "mentions":
        return view.by_key(table)[record]
    return next((proof for column in _SPAN[table] for proof in view.evidence[table, record, column]), None)


def speech(view: View, table: str) -> dict[str, object]:
    """Of each record the quotation whose words hold it, the shortest; ``None`` outside speech."""
    runs: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in view["quotations"]:
        for proof in view.evidence["quotations", row["quotation_id"], "text"]:
            runs[proof["source_id"]].append((proof["raw_start"], proof["raw_end"], row["quotation_id"]))
    out: dict[str, object] = {}
    for record in view.by_key(table):
        where = _first(view, table, record)
        source = None
        if where is not None:
            source = where["source_id"] if "source_id" in where else view.articles[where["article_id"]]["source_id"]
        holding = [
            (end - start, quotation)
            for start, end, quotation in runs.get(str(source), ())
            if where is not None and start <= where["raw_start"] and where["raw_end"] <= end
        ]
        out[record] = min(holding)[1] if holding else None
    return out


def reach(view: View, article_id: str) -> dict[str, list[Interval]]:
    """Of each event of an item the runs of the reading text in which its records stand.

    What is a part of an event does not end its reach.

    An occurred event reaches from each sentence with its trigger, name or date to the next such sentence of another
    occurred event; any other event reaches its own sentences. Where an item has no occurred event, planned and ongoing
    ones reach likewise; an event that stands in no sentence of the reading text reaches from its start.
    """
    zone = view.zones[article_id]
    events = [row for row in view["events"] if row["article_id"] == article_id]
    occurred = {row["event_id"] for row in events if row["status"] == "occurred"}
    long = occurred or {row["event_id"] for row in events if row["status"] in ("planned", "ongoing")}
    sentences = {row["event_id"]: _sentences(view, zone, row["event_id"], row["event_id"] in long) for row in events}
    for event in long:
        sentences[event] = sentences[event] or [(0, 0)]
    starts = sorted({start for event in long for start, _ in sentences[event]})
    parts = _parts(view)
    out: dict[str, list[Interval]] = {}
    for event, own in sentences.items():
        if event not in long:
            out[event] = own
            continue
        mine = {start for start, _ in own}
        out[event] = [
            (
                start,
                next(
                    (
                        other
                        for other in starts
                        if other > start and _others(other, long - {event} - parts[event], sentences)
                    ),
                    len(zone.text),
                ),
            )
            for start in sorted(mine)
        ]
    return out


def _parts(view: View) -> dict[str, set[str]]:
    """The events that are parts of each, and their parts."""
    out: dict[str, set[str]] = defaultdict(set)
    links = [(row["event_id"], row["other_event_id"]) for row in view["event_links"] if row["relation"] == "part_of"]
    for _ in links:
        for part, whole in links:
            out[whole] |= {part, *out[part]}
    return out


def _others(start: int, others: set[str], sentences: Mapping[str, list[Interval]]) -> bool:
    """Whether a sentence that begins there tells of one of the others."""
    return any(first == start for other in others for first, _ in sentences[other])


def _sentences(view: View, zone: Zone, event: str, long: bool) -> list[Interval]:
    """The sentences of an event: with its trigger, name or date; of one that reaches further, with the word at the end
    of its name too (大会 for 表彰大会)."""
    found = {
        zone.around(*at, SENTENCE_ENDS)
        for column in _TELLING
        for proof in view.evidence["events", event, column]
        if proof["basis"] != "composed" and (at := zone.covers(proof))
    }
    head = _head(view, event) if long else None
    if head and found:
        found |= {zone.around(*at, SENTENCE_ENDS) for at in zone.find(head)}
    return sorted(found)


def _head(view: View, event: str) -> str | None:
    """The word at the end of an event's name that says what it is: 运动会, 座谈会; ``None`` where none does."""
    name = view.by_key("events")[event]["name"]
    told = view.lexicon["event_kind"].matcher.name(name) if view.lexicon is not None else None
    return name[told.start : told.end] if told is not None and told.end == len(name) else None


_NOT_YET = ("planned", "background")


def _where_one_speaks(view: View, quotation: str, events: list[str]) -> list[str]:
    """Of several events those at which the words may have been said: none that these words tell of; and where others
    are left, none that is to come or only referred to."""
    known = view.by_key("events")
    if len(events) > 1:
        events = [event for event in events if known[event]["quotation_id"] != quotation]
    held = [event for event in events if known[event]["status"] not in _NOT_YET]
    return held or events


def event_of_quotation(view: View) -> dict[str, object]:
    """Of each quotation the one event that reaches its cue; ``None`` where none does, and the set of them where several
    do: any of these, or none, may be written."""
    reached = {article_id: reach(view, article_id) for article_id in view.articles}
    out: dict[str, object] = {}
    for row in view["quotations"]:
        proofs = view.evidence["quotations", row["quotation_id"], "cue"]
        at = view.zones[row["article_id"]].covers(proofs[0]) if proofs and row["article_id"] in reached else None
        events = [
            event
            for event, runs in reached.get(row["article_id"], {}).items()
            if at and any(start <= at[0] and at[1] <= end for start, end in runs)
        ]
        events = _where_one_speaks(view, row["quotation_id"], events)
        out[row["quotation_id"]] = frozenset({None, *events}) if len(events) > 1 else events[0] if events else None
    return out
