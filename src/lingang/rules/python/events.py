"""Dates, kinds, status and links of events."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lingang.derive import cues
from lingang.rules.data import Data, Row
from lingang.rules.rule import Finding, rule
from lingang.text import dates

__all__ = [
    "bounds_follow",
    "composed_names_are_whole",
    "date_is_whole",
    "kind_has_its_word",
    "links_have_no_cycle",
    "status_has_its_word",
    "subjects_are_told",
    "trigger_is_whole",
]


@rule(
    "EVT001",
    "events",
    "an EDTF date that is not valid or not of these days",
    why="First day, last day and precision follow from the EDTF date alone.",
    mend="rebuild the tables from the authored files",
)
def bounds_follow(data: Data) -> Iterator[Finding]:
    for row in data["events"]:
        if row["date_edtf"] is None:
            wrong = row["date_start"] or row["date_end"] or row["date_precision"] not in ("vague", "none")
            if wrong or (row["date_raw"] is None) != (row["date_precision"] == "none"):
                yield Finding(
                    "events",
                    row["row_no"],
                    "date_precision",
                    row["date_precision"],
                    "no date: vague or none, without days",
                )
            continue
        try:
            start, end, precision = dates.bounds(row["date_edtf"])
        except ValueError as error:
            yield Finding("events", row["row_no"], "date_edtf", row["date_edtf"], str(error))
            continue
        if row["date_start"] and row["date_end"] and row["date_end"] < row["date_start"]:
            continue  # EVT022
        given = "day" if row["date_precision"] == "part_of_day" else row["date_precision"]
        if (start, end, precision) != (row["date_start"], row["date_end"], given) or (
            (row["date_precision"] == "part_of_day") != (row["day_part"] is not None)
        ):
            yield Finding(
                "events",
                row["row_no"],
                "date_edtf",
                f"{row['date_start']} to {row['date_end']}, {row['date_precision']}",
                f"{start} to {end}, {precision}",
            )


@rule(
    "EVT005",
    "events",
    "a kind without its word",
    why="The kind of an event is told by a word of its name or its trigger: 表彰, 捐赠, 比赛, 调研, 召开.",
    mend="choose the kind that the words tell",
)
def kind_has_its_word(data: Data) -> Iterator[Finding]:
    for row in data["events"]:
        kind = cues.event_kind(row["name"], row["trigger"])
        if kind != row["kind"]:
            yield Finding("events", row["row_no"], "kind", f"{row['kind']}: {row['name']}, {row['trigger']}", kind)


@rule(
    "EVT006",
    "events",
    "a status without its word",
    why="将 tells of a planned event, 正在 of one that goes on; what another event only discusses is background.",
    mend="choose the status that the clause of the trigger tells",
)
def status_has_its_word(data: Data) -> Iterator[Finding]:
    referred = {row["other_event_id"] for row in data["event_links"] if row["relation"] == "discusses"}
    for row in data["events"]:
        for evidence in data.evidence["events", row["event_id"], "status"]:
            status = cues.event_status(evidence["quote"], referred=row["event_id"] in referred)
            if status != row["status"]:
                yield Finding("events", row["row_no"], "status", f"{row['status']}: {evidence['quote']}", status)


@rule(
    "EVT009",
    "event_links",
    "links that go in a circle",
    why="What precedes or contains another cannot come after it or lie inside it.",
    mend="turn one of the links round or take it out",
)
def links_have_no_cycle(data: Data) -> Iterator[Finding]:
    onward: dict[str, list[str]] = defaultdict(list)
    for row in data["event_links"]:
        onward[row["event_id"]].append(row["other_event_id"])
    for row in data["event_links"]:
        seen: set[str] = set()
        waiting = [row["other_event_id"]]
        while waiting:
            event = waiting.pop()
            if event not in seen:
                seen.add(event)
                waiting.extend(onward[event])
        if row["event_id"] in seen:
            yield Finding(
                "event_links",
                row["row_no"],
                "other_event_id",
                row["other_event_id"],
                f"an event that does not lead back to {row['event_id']}",
            )


@rule(
    "EVT011",
    "events",
    "a trigger that is not a whole word",
    why="The trigger is a word that tells of events; a part of one tells nothing.",
    mend="write the whole word; a word of another kind is added to the triggers of the toolkit",
)
def trigger_is_whole(data: Data) -> Iterator[Finding]:
    for row in data["events"]:
        if row["trigger"] not in cues.TRIGGERS:
            yield Finding("events", row["row_no"], "trigger", row["trigger"], "、".join(sorted(cues.TRIGGERS)))


@rule(
    "EVT016",
    "events",
    "a printed date that its event does not have",
    why="An event has the date that is printed in the sentence of its trigger, as long as the text gives it.",
    mend="write the date of the sentence under date:",
)
def date_is_whole(data: Data) -> Iterator[Finding]:
    for row in data["events"]:
        zone = data.zones[row["article_id"]]
        own = data.evidence["events", row["event_id"], "date_raw"]
        found = zone.dates
        for evidence in own:
            if zone.at(evidence) not in found:
                yield Finding(
                    "events",
                    row["row_no"],
                    "date_raw",
                    evidence["quote"],
                    "the date as long as the text gives it",
                )
        for trigger in data.evidence["events", row["event_id"], "trigger"] if zone.text else ():
            at = zone.covers(trigger)
            if not at:
                continue
            start, end = zone.clause(*at, ends="。！？\n")
            inside = [span for span in found if start <= span[0] and span[1] <= end and span[1] <= at[0]]
            taken = [zone.at(evidence) for evidence in own]
            if inside and inside[-1] not in taken:
                printed = zone.text[inside[-1][0] : inside[-1][1]]
                yield Finding("events", row["row_no"], "date_raw", str(row["date_raw"]), printed)


@rule(
    "EVT017",
    "*",
    "a record that belongs to another event of its item",
    why="A document, a number or a campaign belongs to the event whose words stand in the same clause.",
    mend="name the event whose words stand there, or the one of the quotation that holds it",
)
def event_of_the_clause(data: Data) -> Iterator[Finding]:
    columns = {"documents": "title", "figures": "value", "event_campaigns": "relation"}
    for article_id, zone in data.zones.items():
        spoken = [
            (zone.at(data.evidence["quotations", row["quotation_id"], "text"][0]), row["event_id"])
            for row in data["quotations"]
            if row["article_id"] == article_id and data.evidence["quotations", row["quotation_id"], "text"]
        ]
        told = _told(data, article_id)
        for name, column in columns.items():
            for key, row in data.by_key(name).items():
                proof = data.evidence[name, key, column][:1]
                if row["article_id"] != article_id or not proof or not zone.covers(proof[0]):
                    continue
                start, end = zone.at(proof[0])
                first, last = zone.clause(start, end)
                events = {event for at, event in spoken if at[0] <= start and end <= at[1]}
                events = events or {event for at, to, event in told if at < last and first < to}
                events = events or {event for _, _, event in told} or {None}
                if row["event_id"] not in events:
                    expected = " or ".join(sorted(map(str, events)))
                    yield Finding(name, row["row_no"], "event_id", str(row["event_id"]), expected)


def _told(data: Data, article_id: str) -> list[tuple[int, int, str]]:
    """The words of each event of an item, in its reading text: its name, trigger, subjects and participants."""
    zone = data.zones[article_id]
    out = []
    events = data.by_key("events")
    participations = data.by_key("participations")
    for row in data.evidence_of_article[article_id]:
        event = row["record_id"] if row["table_name"] == "events" else None
        if row["table_name"] == "participations" and row["record_id"] in participations:
            event = participations[row["record_id"]]["event_id"]
        if event in events and row["column_name"] in ("trigger", "about", "role", "name") and (at := zone.covers(row)):
            out.append((*at, event))
    return out


@rule(
    "EVT019",
    "events",
    "subjects out of order, or a printed list of them that is not whole",
    why="What an event was about is recorded in page order, and a printed list of it whole.",
    mend="write the subjects in the order of the page, every one of a list that 、 joins",
)
def subjects_are_whole(data: Data) -> Iterator[Finding]:
    for row in data["events"]:
        zone = data.zones[row["article_id"]]
        spans = [zone.at(proof) for proof in data.evidence["events", row["event_id"], "about"]]
        if spans != sorted(spans):
            yield Finding("events", row["row_no"], "about", "、".join(row["about"]), "the order of the page")
        starts, ends = {start for start, _ in spans}, {end for _, end in spans}
        for start, end in spans if len(spans) > 1 else ():
            right, left = end, start
            while zone.text[right : right + 1] in ("”", "、", "“"):
                right += 1
            while left > 0 and zone.text[left - 1] in "”、“":
                left -= 1
            goes_on = set(zone.text[end:right]) & set("、“") and right not in starts
            began = set(zone.text[left:start]) & set("、”") and left not in ends
            if goes_on or began:
                found = zone.text[max(0, start - 6) : start] + "[…]" + zone.text[end : end + 6]
                yield Finding("events", row["row_no"], "about", found.replace("\n", ""), "every subject of the list")


_HELD = re.compile(
    "(?:推进大会|动员部署会|部署会|推进会|比赛决赛|比赛|决赛|捐赠活动|评选表彰活动|表彰活动|表彰大会)\\Z"
)
"""The ends of names before which the subject stands."""
_TELLING = re.compile("(?:深入学习|研究部署|深入贯彻|认真落实|安排部署)“?")
"""The words of the trigger's sentence after which a subject stands."""


def _named(row: Row) -> list[str]:
    """The subjects that the name of an event tells: what stands before 部署会 or its like, or after its trigger."""
    name, trigger = row["name"], row["trigger"]
    held = _HELD.search(name)
    told = name.split(trigger, 1)[1].lstrip("了") if trigger in name else name[: held.start()] if held else ""
    return [piece for part in re.split("暨|”“", told) if (piece := part.strip("“”"))]


@rule(
    "EVT023",
    "events",
    "a subject that the name or the sentence of the event tells, and no other record",
    why="An event is about what its name says, and what stands after 深入学习, 研究部署 or the like in its sentence.",
    mend="quote under about: what is told",
)
def subjects_are_told(data: Data) -> Iterator[Finding]:
    for row in data["events"]:
        about = row["about"]
        if not about and row["status"] == "occurred" and row["kind"] != "performance":
            continue  # EVT021 says so
        for piece in _named(row):
            if not any(subject in piece or piece in subject for subject in about):
                yield Finding(
                    "events", row["row_no"], "about", "、".join(about) or "nothing", f"{piece}, as in the name"
                )
        zone = data.zones[row["article_id"]]
        starts = {zone.at(proof)[0] for proof in data.evidence["events", row["event_id"], "about"]}
        for trigger in data.evidence["events", row["event_id"], "trigger"] if zone.text else ():
            first, last = zone.clause(*zone.at(trigger), ends="。！？\n")
            for match in _TELLING.finditer(zone.text, first, last):
                if match.end() not in starts:
                    told = zone.text[match.start() : match.end() + 8]
                    yield Finding("events", row["row_no"], "about", "、".join(about) or "nothing", f"{told}…")


@rule(
    "EVT024",
    "events",
    "a composed name that does not say who held the event, or about what",
    why="A name that the page does not print in one piece begins with the body or person that held the event and "
    "holds its subjects; else it could be another event's.",
    mend="join the printed name of the holder, the subject and the word of the kind",
)
def composed_names_are_whole(data: Data) -> Iterator[Finding]:
    held: dict[str, list[str]] = defaultdict(list)
    for row in data["participations"]:
        for name, column in (("organizations", "organization_id"), ("people", "person_id")):
            if row["role"] in ("organizer", "inspector", "performer") and (name, row[column]) in data.forms:
                held[row["event_id"]] += data.forms[name, row[column]]
    for row in data["events"]:
        parts = data.evidence["events", row["event_id"], "name"]
        if len(parts) < 2:
            continue
        holders = held[row["event_id"]]
        missing = [subject for subject in row["about"] if subject not in row["name"]]
        if not row["name"].startswith(tuple(holders)) or missing:
            yield Finding("events", row["row_no"], "name", row["name"], "、".join([*holders, *missing]))
