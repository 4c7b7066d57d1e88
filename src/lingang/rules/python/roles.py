"""Roles by their words: as recorded, and as the page gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lingang.rules.rule import Finding, rule
from lingang.tables import table
from lingang.tables.told import participant_at
from lingang.tables.view import View
from lingang.text.cues import Told

__all__ = ["every_role_is_recorded", "lists_are_whole", "named_in_clause"]

Interval = tuple[int, int]

_IDS = ("person_id", "organization_id", "place_id")


def _recorded(view: View) -> dict[tuple[str, str], set[str]]:
    """The roles of each entity in each item."""
    events = view.by_key("events")
    out: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in view["participations"]:
        entity = next((row[column] for column in _IDS if row[column]), None)
        if entity and row["event_id"] in events:
            out[events[row["event_id"]]["article_id"], entity].add(row["role"])
    return out


def _aside(view: View, article_id: str) -> list[Interval]:
    """Where names are no participants: in speech, in titles of documents, in names of events, in titles of persons."""
    zone = view.zones[article_id]
    columns = {
        ("quotations", "text"),
        ("documents", "title"),
        ("positions", "title_raw"),
        ("participations", "group_label"),
    }
    return [
        at
        for row in view.evidence_of_article[article_id]
        if (row["table_name"], row["column_name"]) in columns and (at := zone.covers(row))
    ]


def _titles(view: View, article_id: str) -> list[Interval]:
    """Where the titles of persons stand."""
    zone = view.zones[article_id]
    proofs = (row for row in view.evidence_of_article[article_id] if row["table_name"] == "positions")
    return [at for row in proofs if row["column_name"] == "title_raw" and (at := zone.covers(row))]


def _of_a_title(told: Told, name: Interval, first: int, titles: list[Interval]) -> bool:
    """Whether what tells a role beside a name is only its title: 团长 of 剧团团长方一鸣 leads no party."""
    before, after = (first + told.start, name[0]), (name[1], first + told.end)
    beside = [(start, end) for start, end in (before, after) if start < end]
    return bool(beside) and all(any(s <= start and end <= e for s, e in titles) for start, end in beside)


@rule(
    "PAR008",
    "mentions",
    "a name to which its clause gives a role, without a participation",
    why="Whom the words of a clause make a chair, a speaker, a host or the like took part, and has a row.",
    mend="record the participation that the clause tells of, or accept the advice where it tells of none",
)
def named_in_clause(view: View) -> Iterator[Finding]:
    if view.lexicon is None:
        return
    matcher = view.lexicon["participation_role"].matcher
    has = _recorded(view)
    events = {row["article_id"] for row in view["events"]}
    for article_id, zone in view.zones.items():
        if article_id not in events:
            continue
        aside, titles = _aside(view, article_id), _titles(view, article_id)
        for row, (start, end) in view.outermost[article_id]:
            if row["entity_table"] != "people" or any(first <= start and end <= last for first, last in aside):
                continue
            first, last = zone.clause(start, end)
            told = {
                one.word
                for one in matcher.tell(zone.text[first:last], (start - first, end - first))
                if "@" in one.cue and not _of_a_title(one, (start, end), first, titles)
            }
            if told and not has[article_id, row["entity_id"]]:
                found = f"{row['surface']} in {zone.text[first:last]}"
                expected = "a participation as " + " or ".join(sorted(told))
                yield Finding("mentions", row["row_no"], "entity_id", found, expected)


@rule(
    "PAR009",
    "participations",
    "a participant lacks a role that the same words give",
    why="出席会议并讲话 is two rows: the words that say what a participant does in one role may say it of another.",
    mend="add the role, or quote only the words of the role that is meant",
)
def every_role_is_recorded(view: View) -> Iterator[Finding]:
    if view.lexicon is None:
        return
    vocabulary = view.lexicon["participation_role"]
    columns = ("event_id", *_IDS, "group_label")
    declared = table("participations")
    recorded: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for row in view["participations"]:
        recorded[tuple(row[column] for column in columns)].add(row["role"])
    for row in view["participations"]:
        mine = recorded[tuple(row[column] for column in columns)]
        for proof in view.evidence["participations", row["participation_id"], "role"]:
            at = participant_at(view, declared, declared["role"], row, proof)
            done = vocabulary.matcher.tell(proof["quote"], at) if at else ()
            told = {one.word for one in done if one.cue.startswith("@")}
            paired = {
                word for word in told - mine if any(vocabulary.matcher.go_together(word, other) for other in mine)
            }
            if paired:
                yield Finding("participations", row["row_no"], "role", row["role"], "also " + ", ".join(sorted(paired)))
                break


@rule(
    "PAR005",
    "participations",
    "a list that goes on in print",
    why="A printed list is recorded whole, in its order, with 等 where it ends so.",
    mend="write every name of the list, and 等 where it ends so",
)
def lists_are_whole(view: View) -> Iterator[Finding]:
    if view.lexicon is None:
        return
    ends = view.lexicon.words("list_ends")
    told: set[tuple[str, int]] = set()
    for row in view["participations"]:
        for proof in view.evidence["participations", row["participation_id"], "list_open"]:
            standing = view.standing(proof)
            if standing is None or (row["event_id"], standing[1][1]) in told:
                continue
            zone, at = standing
            names = {
                start for known, (start, _) in view.outermost[proof["article_id"]] if known["entity_table"] == "people"
            }
            goes_on = zone.text.startswith("、", at[1]) and at[1] + 1 in names
            cut = not proof["quote"].endswith(ends) and zone.text.startswith(ends, at[1])
            if (goes_on or cut) and zone is view.zones[proof["article_id"]]:
                told.add((row["event_id"], at[1]))
                found = f"{proof['quote']}[{zone.text[at[1] : at[1] + 6]}]"
                yield Finding("participations", row["row_no"], "list_open", found, "the whole printed list")
