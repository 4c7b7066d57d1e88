"""Damages to whole records: moved to another event, turned round, invented, and reasons that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from corruption.damage import MOVED, Change, put
from corruption.known import Known
from corruption.places import Path
from lingang.tables import table

Record = dict[str, Any]

__all__ = ["INVENTED", "REVERSED", "WRONG", "of_records"]

REVERSED = "links turned round"
INVENTED = "records invented"
WRONG = "reasons replaced by others"

_SECTIONS = {"quotations": "quotations", "figures": "figures", "campaigns": "event_campaigns"}
"""The sections of an item into which something is invented, each with its table."""


def _carried(events: Record, section: str, source: str, number: int, target: str, new: Record) -> Record:
    """The events of an item with an entry taken out of one and a new one put into another."""
    entries = events[source][section]
    events = dict(events)
    events[source] = put(events[source], (section,), [*entries[:number], *entries[number + 1 :]])
    events[target] = {**events[target], section: [*events[target].get(section, ()), new]}
    return events


def _moved(root: Record, item: str, known: Known) -> Iterator[Change]:
    """Each participant into every other event of the item; each quotation without ``event:`` likewise."""
    events = root.get("events", {})
    for event, entry in events.items():
        for number, who in enumerate(entry.get("participants", ())):
            for other in [name for name in events if name != event]:
                path, kind = ("events", event, "participants", number), "participant moved"
                made = {**root, "events": _carried(events, "participants", event, number, other, who)}
                yield Change(MOVED, path, kind, "participations", who, other, made)
    for number, entry in enumerate(root.get("quotations", ())):
        own = known.event_of(number, item)
        for other in [name for name in events if name != own and "event" not in entry]:
            made = put(root, ("quotations", number), {**entry, "event": other})
            yield Change(MOVED, ("quotations", number), "event written", "quotations.event_id", own, other, made)


def _reversed(root: Record) -> Iterator[Change]:
    """Each link from the other event to the one."""
    events = root.get("events", {})
    for event, entry in events.items():
        for number, link in enumerate(entry.get("links", ())):
            if link["event"] in events:
                back = {**link, "event": event}
                made = {**root, "events": _carried(events, "links", event, number, link["event"], back)}
                path = ("events", event, "links", number)
                yield Change(REVERSED, path, "link turned round", "event_links", link, event, made)


def _invented_participants(root: Record, item: str, known: Known) -> Iterator[Change]:
    """Beside each participant another record that the item names and that is not in the event."""
    for event, entry in root.get("events", {}).items():
        written, path = repr(entry.get("participants")), ("events", event, "participants")
        absent = [
            (name, forms[0])
            for (name, key), forms in known.printed[item].items()
            if not any(f"'{form}'" in written for form in known.records[name][key])
        ]
        for number, who in enumerate(entry.get("participants", ())):
            kinds = [name for name, known_as in known.records.items() if who.get("name") in chain(*known_as.values())]
            printed = [form for name, form in absent if name in kinds]
            if printed:
                new = {"role": who["role"], "name": printed[number % len(printed)]}
                made = put(root, path, [*entry["participants"], new])
                yield Change(INVENTED, path, "participant invented", "participations", "nothing", new, made)


def _invented_entries(root: Record, item: str, known: Known) -> Iterator[Change]:
    """A run of speech under another verb, another number, another campaign, in words of the item."""
    text, written = known.texts.get(item, ""), repr(root)
    verbs = [word for word in known.words_in(text, "speech_verbs") if f"'{word}'" not in written]
    numbers = [found for found in re.findall(r"(?<![0-9.])[0-9]+(?![0-9.])", text) if found not in written]
    campaigns = [forms[0] for forms in known.records["campaigns"].values() if forms[0] not in written]
    figures, uses = root.get("figures", ())[:2], root.get("campaigns", ())[:2]
    candidates: dict[str, list[Record]] = {
        "quotations": [{"cue": verb} for verb in verbs],
        "figures": [{**entry, "number": number} for entry in figures for number in numbers],
        "campaigns": [{**entry, "campaign": name} for entry in uses for name in campaigns],
    }
    for section, entries in candidates.items():
        for new in entries:
            made = {**root, section: [*root.get(section, ()), new]}
            yield Change(INVENTED, (section,), "entry invented", _SECTIONS[section], "nothing", new, made)


def _invented_events(root: Record, item: str, known: Known) -> Iterator[Change]:
    """A link from each event to the next, and an event for each trigger that none has."""
    events: Record = root.get("events", {})
    names = list(events)
    for one, other in zip(names, names[1:] + names[:1], strict=True):
        links, new = events[one].get("links", []), {"relation": "precedes", "event": other}
        if one != other and other not in [link["event"] for link in links]:
            made = put(root, ("events", one), {**events[one], "links": [*links, new]})
            yield Change(INVENTED, ("events", one), "link invented", "event_links", "nothing", new, made)
    for word in known.words_in(known.texts.get(item, ""), "triggers"):
        if word not in repr(root):
            new = {"trigger": word, "name": word}
            made = {**root, "events": {**events, f"{item}-again": new}}
            yield Change(INVENTED, ("events",), "event invented", "events", "nothing", new, made)


def _invented_names(root: Record, name: str, known: Known) -> Iterator[Change]:
    """Beside each entry of a registry one whose name is cut from the page, and a parent where there is none."""
    items = sorted(known.texts)
    for number, (key, entry) in enumerate(root.items()):
        text = known.texts[items[number % len(items)]]
        start = (number * 131) % max(1, len(text) - 3)
        word = re.sub(r"\W", "", text[start : start + 3])
        if key != "accept" and word:
            new = {"name": word, **({"latin": "Li Ming"} if name == "people" else {})}
            yield Change(INVENTED, (key,), "entry invented", name, "nothing", new, {**root, f"{key}-again": new})
        if key != "accept" and name != "people" and "parent" not in entry:
            parent = next((forms[0] for other, forms in known.records[name].items() if other != key), "none")
            made = {**root, key: {**entry, "parent": parent}}
            column = f"{name}.parent_{table(name).key}"
            yield Change(INVENTED, (key,), "parent invented", column, "nothing", parent, made)


def _reasons(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every reason in a file, with its path."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        if key == "why":
            if isinstance(child, dict):
                yield from (((*path, key, inner), reason) for inner, reason in child.items())
            else:
                yield (*path, key), child
        else:
            yield from _reasons(child, (*path, key))


def _wrong(root: Any) -> Iterator[Change]:
    """Each reason replaced by another one of the file, or by words that say nothing."""
    reasons = list(_reasons(root))
    for path, reason in reasons:
        others = [other for _, other in reasons if other != reason]
        new = others[0] if others else "as the page has it"
        yield Change(WRONG, path, "reason replaced", "evidence.note", reason, new, put(root, path, new))


def of_records(root: Any, file: str, known: Known) -> Iterator[Change]:
    """All of them, of one file."""
    path = PurePosixPath(file)
    if file.startswith("dataset/articles/"):
        yield from _moved(root, path.stem, known)
        yield from _reversed(root)
        yield from _invented_participants(root, path.stem, known)
        yield from _invented_entries(root, path.stem, known)
        yield from _invented_events(root, path.stem, known)
    elif path.stem in known.records:
        yield from _invented_names(root, path.stem, known)
    yield from _wrong(root)
