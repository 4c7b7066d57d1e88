"""Damages to whole records: moved to another event, turned round, invented, and reasons that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from corruption.damage import MOVED, Change, changed, inside
from corruption.known import Known
from corruption.places import table_of
from lingang.models import table

__all__ = ["INVENTED", "REVERSED", "WRONG", "of_records"]

REVERSED = "links turned round"
INVENTED = "records invented"
WRONG = "reasons replaced by others"

_SECTIONS = {"quotations": "Quotation", "documents": "Document", "figures": "Figure", "campaigns": "CampaignUse"}


def _change(
    root: Any, figure: str, path: tuple[str | int, ...], kind: str, column: str, after: Any, made: Any
) -> Change:
    return Change(figure, path, kind, column, inside(root, path) if path else "nothing", after, made)


def _moved(root: dict[str, Any], item: str, known: Known) -> Iterator[Change]:
    """Each participant into every other event of the item; each quotation without ``event:`` likewise."""
    events = root.get("events", {})
    for event, entry in events.items():
        for number, who in enumerate(entry.get("participants", ())):
            for other in events:
                if other != event:
                    rest = [*entry["participants"][:number], *entry["participants"][number + 1 :]]
                    there = [*events[other].get("participants", ()), who]
                    new = {
                        **events,
                        event: {**entry, "participants": rest},
                        other: {**events[other], "participants": there},
                    }
                    path = ("events", event, "participants", number)
                    yield _change(
                        root, MOVED, path, "participant moved", "participations", other, {**root, "events": new}
                    )
    for number, entry in enumerate(root.get("quotations", ())):
        own = entry.get("event") or known.event_of(number, item)
        for other in events:
            if "event" not in entry and other != own:
                path = ("quotations", number)
                made = changed(root, path, lambda value, new=other: {**value, "event": new})
                yield _change(root, MOVED, path, "event written", "quotations.event_id", other, made)


def _reversed(root: dict[str, Any]) -> Iterator[Change]:
    """Each link from the other event to the one."""
    events = root.get("events", {})
    for event, entry in events.items():
        for number, link in enumerate(entry.get("links", ())):
            if link["event"] not in events:
                continue
            rest = [*entry["links"][:number], *entry["links"][number + 1 :]]
            target = events[link["event"]]
            back = [*target.get("links", ()), {**link, "event": event}]
            new = {**events, event: {**entry, "links": rest}, link["event"]: {**target, "links": back}}
            made = {**root, "events": new}
            yield _change(
                root, REVERSED, ("events", event, "links", number), "link turned round", "event_links", event, made
            )


def _invented_participants(root: dict[str, Any], item: str, known: Known) -> Iterator[Change]:
    """Beside each participant another record that the item names and that is not in the event."""
    for event, entry in root.get("events", {}).items():
        within = repr(entry.get("participants"))
        for number, who in enumerate(entry.get("participants", ())):
            kinds = [
                name
                for name, forms in known.records.items()
                if any(who.get("name") in known_as for known_as in forms.values())
            ]
            printed = [
                forms[0]
                for (name, key), forms in known.printed[item].items()
                if name in kinds and not any(f"'{form}'" in within for form in known.records[name][key])
            ]
            if printed and "role" in who:
                new = {"role": who["role"], "name": printed[number % len(printed)]}
                path = ("events", event, "participants")
                made = changed(root, path, lambda value, one=new: [*value, one])
                yield Change(INVENTED, path, "participant invented", "participations", "nothing", new, made)


def _invented_entries(root: dict[str, Any], item: str, known: Known) -> Iterator[Change]:
    """A run of speech under another verb, another number, another campaign, a link, an event: each in the item's words."""
    text, written = known.texts.get(item, ""), repr(root)
    verbs = [
        word for word in known.lexicon.words("speech_verbs") if text.count(word) == 1 and f"'{word}'" not in written
    ]
    numbers = [found for found in re.findall(r"(?<![0-9.])[0-9]+(?![0-9.])", text) if found not in written]
    campaigns = [forms[0] for forms in known.records["campaigns"].values() if forms[0] not in written]
    events = list(root.get("events", {}))
    candidates: dict[str, list[dict[str, Any]]] = {
        "quotations": [{"cue": verb} for verb in verbs],
        "figures": [{**entry, "number": number} for entry in root.get("figures", ())[:2] for number in numbers],
        "campaigns": [{**entry, "campaign": name} for entry in root.get("campaigns", ())[:2] for name in campaigns],
    }
    for section, entries in candidates.items():
        for entry in entries:
            made = {**root, section: [*root.get(section, ()), entry]}
            yield Change(INVENTED, (section,), "entry invented", table_of(_SECTIONS[section]), "nothing", entry, made)
    for one, other in zip(events, events[1:] + events[:1], strict=True):
        link = {"relation": "precedes", "event": other}
        if one != other and not any(
            known_link["event"] == other for known_link in root["events"][one].get("links", ())
        ):
            made = changed(
                root, ("events", one), lambda value, new=link: {**value, "links": [*value.get("links", ()), new]}
            )
            yield Change(INVENTED, ("events", one), "link invented", "event_links", "nothing", link, made)
    triggers = [word for word in known.lexicon.words("triggers") if text.count(word) == 1 and word not in written]
    for word in triggers:
        entry = {"trigger": word, "name": word}
        made = {**root, "events": {**root.get("events", {}), f"{item}-again": entry}}
        yield Change(INVENTED, ("events",), "event invented", "events", "nothing", entry, made)


def _invented_names(root: dict[str, Any], name: str, known: Known) -> Iterator[Change]:
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
            parent = next(forms[0] for other, forms in known.records[name].items() if other != key)
            made = {**root, key: {**entry, "parent": parent}}
            column = f"{name}.parent_{table(name).key}"
            yield Change(INVENTED, (key,), "parent invented", column, "nothing", parent, made)


def _reasons(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
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
        made = changed(root, path, lambda _, other=new: other)
        yield Change(WRONG, path, "reason replaced", "evidence.note", reason, new, made)


def of_records(root: Any, file: str, known: Known) -> Iterator[Change]:
    """All of them, of one file."""
    path = PurePosixPath(file)
    if file.startswith("dataset/articles/"):
        yield from _moved(root, path.stem, known)
        yield from _reversed(root)
        yield from _invented_participants(root, path.stem, known)
        yield from _invented_entries(root, path.stem, known)
    elif path.stem in known.records:
        yield from _invented_names(root, path.stem, known)
    yield from _wrong(root)
