"""Roles by their cues: as recorded, and as the page gives them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lingang.derive import cues
from lingang.rules.data import Data
from lingang.rules.python.proofs import marked
from lingang.rules.rule import Finding, rule

__all__ = ["award_is_recorded", "every_role_is_recorded", "list_is_open", "named_in_clause"]


@rule(
    "PAR003",
    "participations",
    "a list whose end is not as recorded",
    why="A list that ends in 等 is open: whoever is not named may have been there too.",
    mend="end the list with 等 exactly when the print does",
)
def list_is_open(data: Data) -> Iterator[Finding]:
    for row in data["participations"]:
        for evidence in data.evidence["participations", row["participation_id"], "list_open"]:
            zone = data.zones[evidence["article_id"]]
            end = zone.at(evidence)[1]
            is_open, is_cut = evidence["quote"].endswith("等"), zone.text.startswith("等", end)
            if is_cut or is_open != row["list_open"]:
                found = f"{row['list_open']}: {evidence['quote']}"
                yield Finding(
                    "participations", row["row_no"], "list_open", found, "the list with 等" if is_cut else str(is_open)
                )


@rule(
    "PAR009",
    "participations",
    "a participant lacks a role that the same words give",
    why="出席会议并讲话 is two rows: the words that prove one role of a participant may give another.",
    mend="add the role, or quote only the words of the role that is meant",
)
def every_role_is_recorded(data: Data) -> Iterator[Finding]:
    recorded: dict[tuple[object, ...], set[str]] = defaultdict(set)
    columns = ("event_id", "person_id", "organization_id", "place_id", "group_label")
    for row in data["participations"]:
        recorded[tuple(row[column] for column in columns)].add(row["role"])
    for row in data["participations"]:
        for evidence in data.evidence["participations", row["participation_id"], "role"]:
            missing = cues.roles(marked(data, row, evidence)) - recorded[tuple(row[column] for column in columns)]
            if missing:
                yield Finding(
                    "participations", row["row_no"], "role", row["role"], "also " + ", ".join(sorted(missing))
                )


_AWARD = re.compile(r"[特一二三]等奖|评选出[^，。；“]*“([^“”]+)”")


@rule(
    "PAR011",
    "participations",
    "an award left out, or another than the words of the awardee print",
    why="What was won is printed where it is said who won it: 一等奖, or the title in “ ” that a selection gives.",
    mend="write under award: what the quote of the awardee prints",
)
def award_is_recorded(data: Data) -> Iterator[Finding]:
    for row in data["participations"]:
        for evidence in data.evidence["participations", row["participation_id"], "role"]:
            won = [match.group(1) or match.group() for match in _AWARD.finditer(evidence["quote"])]
            if row["role"] == "awardee" and won and row["award"] not in won:
                yield Finding("participations", row["row_no"], "award", row["award"] or "no award", " or ".join(won))


_TELLING = (
    "召开",
    "举行",
    "联合",
    "评选出",
    "出席",
    "主持",
    "讲话",
    "致辞",
    "参加",
    "调研指导",
    "献上",
    "邀请",
    "到",
    "选手",
)


@rule(
    "PAR008",
    "mentions",
    "a name in a clause that gives it a role, without a participation",
    why="Who stands in a clause with 召开, 主持, 出席 or the like took part, and has a row.",
    mend="record the participation that the clause tells of",
)
def named_in_clause(data: Data) -> Iterator[Finding]:
    events = data.by_key("events")
    has: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in data["participations"]:
        entity = row["person_id"] or row["organization_id"] or row["place_id"]
        article_id = events[row["event_id"]]["article_id"] if row["event_id"] in events else None
        if entity and article_id:
            has[article_id, entity].add(row["role"])
    for article_id, zone in data.zones.items():
        quoted = [
            zone.at(row)
            for row in data.evidence_of_article[article_id]
            if row["table_name"] == "quotations" and row["column_name"] == "text"
        ]
        spans = [*quoted, *_titles(data, article_id)]
        for row, (start, end) in data.outermost[article_id]:
            if row["entity_table"] == "campaigns":
                continue
            first, last = zone.clause(start, end)
            clause = zone.text[first:start] + "@" + zone.text[end:last]
            if not any(word in clause for word in _TELLING):
                continue
            if any(first <= start and end <= last for first, last in spans):
                continue
            missing = cues.roles(clause) - has[article_id, row["entity_id"]]
            if row["entity_table"] != "people":
                missing -= {"awardee", "contestant", "attendee"}  # 代表松岭开发区参加: a body is stood for
            if missing and not has[article_id, row["entity_id"]]:
                yield Finding(
                    "mentions",
                    row["row_no"],
                    "entity_id",
                    f"{row['surface']} in {zone.text[first:last]}",
                    "a participation as " + " or ".join(sorted(missing)),
                )
            elif missing:
                yield Finding(
                    "mentions",
                    row["row_no"],
                    "entity_id",
                    f"{row['surface']} in {zone.text[first:last]}",
                    "also as " + " or ".join(sorted(missing)),
                )


def _titles(data: Data, article_id: str) -> list[tuple[int, int]]:
    """Where titles and names stand of which a mention may be part: 松岭开发区党工委 in 松岭开发区党工委书记陈守一."""
    zone = data.zones[article_id]
    return [
        at
        for row in data.evidence_of_article[article_id]
        if row["column_name"] in ("title_raw", "name", "group_label", "title", "about")
        and row["table_name"] in ("positions", "documents", "events", "participations")
        and (at := zone.covers(row))
    ]
