"""Proofs with a normaliser: cues, rules, and the edges of quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lingang.derive import cues
from lingang.derive.names import split_name
from lingang.models import TABLES
from lingang.rules.data import Data, Zone
from lingang.rules.rule import Finding, rule
from lingang.text import dates, numbers
from lingang.text.page import squeeze

__all__ = ["cues_hold", "oddities_are_whole", "quotes_have_edges", "rules_hold"]

Row = Mapping[str, Any]


def marked(data: Data, row: Row, evidence: Row) -> str:
    """The quote with the participant's first mention, group label or stand-in replaced by ``@``."""
    zone = data.zones[evidence["article_id"]]
    start, end = zone.at(evidence)
    column = next(name for name in ("person_id", "organization_id", "place_id", "group_label") if row[name] is not None)
    for proof in data.evidence["participations", row["participation_id"], column]:
        first, last = zone.at(proof)
        if start <= first and last <= end:
            return zone.text[start:first] + "@" + zone.text[last:end]
    return zone.text[start:end]


def _cue(data: Data, name: str, column: str, row: Row, evidence: Row) -> str | None:
    """What the cue words of the quote say, where that is not the value."""
    value, quote = row[column], evidence["quote"]
    match name, column:
        case "participations", "role":
            found = cues.roles(marked(data, row, evidence))
            return None if value in found else " and ".join(sorted(found)) or "no cue word"
        case ("participations", "list_open") | ("quotations", "form"):
            return None  # PAR003 and QUO003 read these from the page around the quote
        case "bylines", "role":
            return None if cues.byline_role(value, quote) else "another word of bylines"
        case "documents", "action":
            found_action = cues.document_action(quote)
            return None if value == found_action else found_action
        case "event_links", "relation":
            found_relation = cues.link_relation(quote)
            return None if value == found_relation else found_relation or "no cue word"
        case "event_campaigns", "relation":
            found_relation = cues.campaign_relation(quote)
            return None if value == found_relation else found_relation
    return "no cue is declared for this column"


@rule(
    "EVI008",
    "*",
    "the quote does not hold the cue of the value",
    why="Roles, forms, actions and relations are told by words of the page, ranked where several stand together.",
    mend="choose the word of the vocabulary that the cue tells, or quote the words that hold its cue",
)
def cues_hold(data: Data) -> Iterator[Finding]:
    for declared in TABLES:
        columns = [column.name for column in declared.columns if column.proof == "cue"]
        for row in data[declared.name] if columns else ():
            for column in columns:
                if row[column] is None:
                    continue
                for evidence in data.evidence[declared.name, row[declared.key], column]:
                    says = _cue(data, declared.name, column, row, evidence)
                    if says is not None:
                        yield Finding(declared.name, row["row_no"], column, f"{row[column]}: {evidence['quote']}", says)


def _year_of(data: Data, event: Row) -> int | None:
    for evidence in data.evidence["events", event["event_id"], "year_basis"]:
        digits = "".join(char for char in evidence["quote"][:4] if char.isascii() and char.isdigit())
        if len(digits) == 4:
            return int(digits)
    return None


def _date(data: Data, column: str, event: Row, quote: str) -> object:
    if event["date_raw"] is None:
        return None if dates.find(quote) else "none"
    basis = event["year_basis"]
    if column == "year_basis":
        stated = dates.normalise(event["date_raw"], year=2000, basis="article").year_basis
        if stated in ("stated", "none"):
            return stated
        own = any(
            evidence["article_id"] == event["article_id"]
            for evidence in data.evidence["events", event["event_id"], column]
        )
        return "article" if own else "page" if _year_of(data, event) else "none"
    if quote != squeeze(event["date_raw"]):
        raise ValueError(f"expected the quote {event['date_raw']}, found “{quote}”")
    date = dates.normalise(
        quote,
        year=_year_of(data, event),
        basis="page" if basis == "page" else "article" if basis == "article" else "none",
    )
    return {"date_edtf": date.edtf, "date_precision": date.precision, "day_part": date.day_part}[column]


def _normalised(data: Data, name: str, column: str, row: Row, quote: str) -> object:
    match name, column:
        case "people", "family_name" | "given_name" if row["family_name"] + row["given_name"] != row["name"]:
            return row[column]  # PER001 says so
        case "events", "date_edtf" if ("?" in row[column]) != (row["year_basis"] == "page"):
            return row[column]  # EVT004 says so
        case "people", "family_name":
            return split_name(row["name"])[0] if row["name"].startswith(quote) else None
        case "people", "given_name":
            return split_name(row["name"])[1] if row["name"].endswith(quote) else None
        case "positions", "title":
            return row["title"] if quote == row["title_raw"] and quote.endswith(row["title"]) else None
        case "positions", "kind":
            return cues.position_kind(quote)
        case "figures", "value":
            return numbers.normalise(quote).value
        case "events", _:
            return _date(data, column, row, quote)
    return None


@rule(
    "EVI009",
    "*",
    "the rule does not turn the quote into the value",
    why="A normalised value follows from its quote by a named rule, so that anybody can repeat it.",
    mend="correct the quote; the value follows from it",
)
def rules_hold(data: Data) -> Iterator[Finding]:
    for declared in TABLES:
        columns = [column for column in declared.columns if column.proof == "rule" and column.has_evidence_rows]
        for row in data[declared.name] if columns else ():
            for column in columns:
                value = row[column.name]
                for evidence in (
                    data.evidence[declared.name, row[declared.key], column.name] if value is not None else ()
                ):
                    try:
                        says = _normalised(data, declared.name, column.name, row, evidence["quote"])
                    except ValueError as error:
                        says = str(error)
                    if says != value:
                        yield Finding(
                            declared.name,
                            row["row_no"],
                            column.name,
                            f"{value}: {evidence['quote']}",
                            str(says),
                        )


_WHOLE_WORDS = {("events", "trigger"), ("quotations", "cue"), ("figures", "unit"), ("participations", "list_open")}
"""Columns whose quotes are whole words of a list; their rules see a lost character."""
_CHOSEN = {
    (declared.name, column.name)
    for declared in TABLES
    for column in declared.columns
    if column.proof in ("quote", "cue", "composed")
} - _WHOLE_WORDS
"""Columns whose quotes begin and end where the reader chose."""


_MARKS = frozenset("，。；：！？、“”‘’（）《》\n")
_ENDS = frozenset("，。；：！？\n")
_DIGITS = frozenset("0123456789")


def is_edge(zone: Zone, position: int, marks: frozenset[int]) -> bool:
    """Whether a quote may begin or end between ``text[position - 1]`` and ``text[position]``."""
    text = zone.text
    if position in marks or position in (0, len(text)):
        return True
    before, after = text[position - 1], text[position]
    if before in _MARKS or after in _MARKS or (before in _DIGITS) != (after in _DIGITS):
        return True
    return cues.at_boundary_word(text, position)


def edges(data: Data, article_id: str) -> frozenset[int]:
    """Positions at the edges of outermost mentions, numbers, dates and titles of an item."""
    zone = data.zones[article_id]
    spans = [*zone.numbers, *(at for _, at in data.outermost[article_id])]
    spans += [
        at
        for row in data.evidence_of_article[article_id]
        if row["column_name"] in ("date_raw", "title_raw")
        and row["table_name"] in ("events", "positions")
        and (at := zone.covers(row))
    ]
    return frozenset(edge for span in spans for edge in span)


@rule(
    "EVI012",
    "*",
    "a quote that begins or ends inside a word",
    why="A value that lost a character at its edge would still be found; between two edges the loss is seen.",
    mend="quote the whole word or phrase, from one edge to the next",
)
def quotes_have_edges(data: Data) -> Iterator[Finding]:
    forms = {form for known in data.forms.values() for form in known}
    for article_id, zone in data.zones.items():
        marks = edges(data, article_id)
        own_titles = {
            (row["raw_start"], row["raw_end"])
            for row in data.evidence_of_article[article_id]
            if row["column_name"] == "title_raw"
        }
        outermost = [at for _, at in data.outermost[article_id]]
        names = frozenset(edge for at in outermost for edge in at)
        inside = {place for first, last in (*zone.numbers, *outermost) for place in range(first + 1, last)}
        quoted = [(row["table_name"], row["record_id"], row["column_name"], row) for row in _quotes(data, article_id)]
        quoted += [
            ("issues", row["issue_id"], "observed", {**row, "quote": row["observed"]})
            for row in data["issues"]
            if row["article_id"] == article_id and row["raw_start"] is not None
        ]
        for name, record_id, column, row in quoted:
            at = zone.covers(row)
            if not at or row["quote"] in forms:
                continue
            start, end = at
            allowed = names if (row["raw_start"], row["raw_end"]) in own_titles else marks
            whole = row["quote"].count("“") == row["quote"].count("”") or column == "relation"
            lost = (
                name == "issues" and start > 1 and zone.text[start - 2] in _ENDS and zone.text[start - 1] not in _MARKS
            )
            if (
                not whole
                or not inside.isdisjoint(at)
                or lost
                or not is_edge(zone, start, allowed)
                or not (is_edge(zone, end, allowed) or zone.text.startswith("等", end))
            ):
                record = data.by_key(name)[record_id]
                left, right = zone.text[max(0, start - 4) : start], zone.text[end : end + 4]
                yield Finding(
                    name,
                    record["row_no"],
                    column,
                    f"{left}[{row['quote']}]{right}".replace("\n", ""),
                    "edges at punctuation, a registered name, a date or a boundary word",
                )


@rule(
    "EVI017",
    "issues",
    "an oddity of a headline, byline or caption that is not observed whole",
    why="What is odd outside the running text is a whole line or a whole name.",
    mend="observe the whole segment, or the whole name in it",
)
def oddities_are_whole(data: Data) -> Iterator[Finding]:
    for row in data["issues"]:
        if row["article_id"] is None or row["raw_start"] is None or data.zones[row["article_id"]].covers(row):
            continue
        whole = [*data.segments[row["article_id"]], *data.mentions[row["article_id"]]]
        span = row["raw_start"], row["raw_end"]
        if not any((other["raw_start"], other["raw_end"]) == span for other in whole):
            yield Finding("issues", row["row_no"], "observed", row["observed"], "a whole segment, or a registered name")


def _quotes(data: Data, article_id: str) -> Iterator[Row]:
    """Evidence of an item whose edges are a reader's choice."""
    for row in data.evidence_of_article[article_id]:
        if (row["table_name"], row["column_name"]) in _CHOSEN:
            yield row
