"""Where each quote of an item stands: the second half of the independent reader (see roots_reader)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from roots_item import BODIES, Item
from roots_pages import Source, Span, Wrong, squeeze

ITEM_KEYS = {
    *("kind", "source", "text", "titles", "events", "quotations", "documents", "figures", "campaigns"),
    *("mentions", "issues", "accept", "note", "why"),
}
EVENT_KEYS = {
    *("kind", "status", "trigger", "nucleus", "name", "date", "edtf", "year", "about", "participants", "links"),
    *("note", "why"),
}

Check = tuple[Any, ...]
SPEECH_MARKS = '，：“「『:"'


def quotes_of(item: Item, source: Source) -> Iterator[Check]:
    """Every check of one item, as a function and its arguments; each raises ``Wrong``."""
    data = item.data
    yield _known, item, set(data) - ITEM_KEYS
    for title, holders in data.get("titles", {}).items():
        for part in holders if isinstance(holders, list) and isinstance(holders[0], dict) else [holders]:
            yield item.place_title, title, part
    for key, event in data.get("events", {}).items():
        yield _known, item, set(event) - EVENT_KEYS
        yield from _event(item, key, event)
    for quotation in data.get("quotations", []):
        yield _quotation, item, quotation
    for document in data.get("documents", []):
        yield _document, item, document
    for figure in data.get("figures", []):
        yield _figure, item, figure
    for use in data.get("campaigns", []):
        yield _campaign, item, use
    for mention in data.get("mentions", []):
        yield _mention, item, mention
    for issue in data.get("issues", []):
        if "observed" in issue:
            yield item.place, issue["observed"]
    for entry in data.get("accept", []):
        if "quote" in entry:
            yield item.place, {key: entry[key] for key in ("quote", "before", "after") if key in entry}
    for entry in source.entry.get("year_from", []):
        if entry["article"] == item.id:
            yield item.place, entry["quote"]


def _known(item: Item, unknown: set[str]) -> None:
    if unknown:
        raise Wrong(f"{item.id}: unknown keys {sorted(unknown)}")


def _event(item: Item, key: str, event: dict[str, Any]) -> Iterator[Check]:
    for name in ("trigger", "nucleus"):
        if name in event:
            yield item.place, event[name]
    if event.get("date") is not None:
        yield item.place, event["date"]
    if isinstance(event["name"], list):
        for part in event["name"]:
            yield _first, item, part
    else:
        yield item.place, event["name"]
    for about in event.get("about", []):
        yield item.place, about
    for participant in event.get("participants", []):
        yield _participant, item, participant
    for link in event.get("links", []):
        yield item.place, link["quote"]
        yield _of_item, item, link["event"]


def _first(item: Item, part: Any) -> None:
    item.place(part, first=True)


def _of_item(item: Item, event: str | None) -> None:
    if event not in (None, "none") and event not in item.data.get("events", {}):
        raise Wrong(f"{item.id}: no event {event}")


def _within(item: Item, node: dict[str, Any]) -> Span | None:
    if "quote" not in node:
        return None
    zone, span = item.place(node["quote"])
    return span if zone == item.reading else None


def _participant(item: Item, node: dict[str, Any]) -> None:
    within = _within(item, node)
    if sum(key in node for key in ("name", "names", "group")) != 1:
        raise Wrong(f"{item.id}: {node} names not one of name, names, group")
    context = {key: node[key] for key in ("before", "after") if key in node}
    if "group" in node:
        item.place({"quote": node["group"], **context}, within=within)
    elif "names" in node:
        item.place_list(node["names"], context, within)
    elif "stand_in" in node:
        item.resolve(node["name"], BODIES)
        item.place({"quote": node["stand_in"], **context}, within=within)
    else:
        item.place_name(node["name"], context, BODIES, within)
    if "award" in node:
        item.place(node["award"], first=True)
    if "for" in node:
        item.resolve(node["for"], BODIES)


def _quotation(item: Item, node: dict[str, Any]) -> None:
    _of_item(item, node.get("event"))
    cue = {"quote": node["cue"], **{key: node[key] for key in ("before", "after") if key in node}}
    zone, (_, at) = item.place(cue)
    if "from" in node:
        start = item.place(node["from"])[1][0]
    else:
        start = at
        while zone[start] in SPEECH_MARKS:
            start += 1
    end = item.place(node["to"])[1][1] if "to" in node else (zone + "\n").find("\n", start)
    if end <= start or "\n" in zone[start:end]:
        raise Wrong(f"{item.id}: {node} is empty or runs over a paragraph")
    if "group" in node:
        first = max(zone.rfind(mark, 0, at) for mark in "。！？\n") + 1
        last = min(place for mark in "。！？\n" if (place := (zone + mark).find(mark, at)) >= 0)
        item.place(node["group"], edge=False, within=(first, last))
    if "speaker" in node:
        item.resolve(node["speaker"], ("people", "organizations"))
    if "stand_in" in node and squeeze(node["stand_in"]) not in zone:
        raise Wrong(f"{item.id}: {node['stand_in']} is not printed")


def _document(item: Item, node: dict[str, Any]) -> None:
    _of_item(item, node.get("event"))
    title = squeeze(node["title"])
    item.place({"quote": f"《{title}》", **{key: node[key] for key in ("before", "after") if key in node}})
    if "issuer" in node:
        item.resolve(node["issuer"], ("organizations",))


def _figure(item: Item, node: dict[str, Any]) -> None:
    _of_item(item, node.get("event"))
    zone, label = item.place(node["label"])
    number = node["number"] if isinstance(node["number"], dict) else {"quote": node["number"]}
    quote = squeeze(str(number["quote"]))
    if quote in zone[slice(*label)] and len(number) == 1:
        if zone[slice(*label)].count(quote) != 1:
            raise Wrong(f"{item.id}: {quote} stands twice in its label")
        return
    item.place(number)
    if "counts" in node:
        events = item.data.get("events", {})
        groups = [p.get("group") for p in events[node["event"]]["participants"]]
        if groups.count(node["counts"]) != 1:
            raise Wrong(f"{item.id}: {node['counts']} is no group of {node['event']}")


def _campaign(item: Item, node: dict[str, Any]) -> None:
    _of_item(item, node.get("event"))
    within = _within(item, node)
    entity = item.resolve(node["campaign"], ("campaigns",))
    if within is None:
        item.place_name(node["campaign"], {}, ("campaigns",))
    elif not any(form in item.reading[slice(*within)] for form in entity.forms):
        raise Wrong(f"{item.id}: {node} does not hold the campaign")


def _mention(item: Item, node: dict[str, Any]) -> None:
    zone, span = item.place(node["mention"], edge=False)
    if "is" in node:
        entity = next((e for e in item.entities if e.id == node["is"]), None)
        if entity is None or zone[slice(*span)] not in entity.forms:
            raise Wrong(f"{item.id}: {node} is no form of that record")
    elif node.get("exclude") is not True:
        raise Wrong(f"{item.id}: {node} neither is nor excludes")
