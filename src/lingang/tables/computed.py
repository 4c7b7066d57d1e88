"""Cells that follow from other cells: who computes them, computes them here.

Each function takes the rows as a view and returns, by record, what the cell is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from lingang.tables.reach import event_of_quotation, speech
from lingang.tables.view import View
from lingang.text.edtf import bounds

__all__ = ["COMPUTED", "Computed", "decision"]

Computed = Callable[[View], Mapping[str, object]]

_PUBLIC = ("national_leader", "official")


def public_role(view: View) -> dict[str, object]:
    """What titles and bylines say of each person: the title that the lexicon knows; else a post in some body; else
    the byline; else nothing."""
    titles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    bylines: dict[str, set[str]] = defaultdict(set)
    for row in view["positions"]:
        titles[row["person_id"]].append(row)
    for row in view["bylines"]:
        bylines[row["person_id"]].add(row["role"])
    return {
        row["person_id"]: _role(view, titles[row["person_id"]], bylines[row["person_id"]]) for row in view["people"]
    }


def _role(view: View, titles: list[dict[str, Any]], bylines: set[str]) -> str:
    told = {
        found.word
        for row in titles
        if view.lexicon is not None
        for text in (row["title"], row["title_raw"])
        if (found := view.lexicon["public_role"].matcher.name(text))
    }
    for role in _PUBLIC:
        if role in told:
            return role
    if titles:
        return "other_public"
    if bylines - {"correspondent"}:
        return "reporter"
    return "correspondent" if bylines else "private"


def identity_basis(view: View) -> dict[str, object]:
    """The weakest link between the items in which each person is named: bylines; one post; one body; the name alone."""
    items: dict[str, set[str]] = defaultdict(set)
    signed: dict[str, set[str]] = defaultdict(set)
    posts: dict[str, dict[tuple[object, object], set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in view["mentions"]:
        if row["entity_table"] == "people":
            items[row["entity_id"]].add(row["article_id"])
    for row in view["bylines"]:
        signed[row["person_id"]].add(row["article_id"])
    for row in view["positions"]:
        if row["kind"] != "collective":
            posts[row["person_id"]][row["organization_id"], row["title"]].add(row["article_id"])
    out: dict[str, object] = {}
    for row in view["people"]:
        person = row["person_id"]
        named = len(items[person])
        most = max(map(len, posts[person].values()), default=0)
        out[person] = (
            "single_item"
            if named <= 1
            else "same_byline"
            if len(signed[person]) == named
            else "same_name_same_post"
            if most == named
            else "same_name_same_body"
        )
    return out


def decision(kind: str, reading: str | None) -> str:
    """What is done about an oddity: what is cut is joined, what is displaced reattached; a misprint, a slip of syntax
    and an inconsistency that has a reading stay as printed; all else is left open."""
    if kind in ("line_break", "misplaced_block"):
        return "join" if kind == "line_break" else "reattach"
    return "keep_sic" if kind in ("misprint", "syntax") or (kind == "inconsistency" and reading) else "leave_open"


def decisions(view: View) -> dict[str, object]:
    """The decision on each oddity."""
    return {row["issue_id"]: decision(row["kind"], row["reading"]) for row in view["issues"]}


def published_not_before(view: View) -> dict[str, object]:
    """Of each page the last day of the latest event that it reports as held."""
    latest: dict[str, Any] = {}
    for row in view["events"]:
        article = view.articles.get(row["article_id"])
        if article is not None and row["date_end"] is not None and row["status"] in ("occurred", "ongoing"):
            source = article["source_id"]
            latest[source] = max(latest.get(source, row["date_end"]), row["date_end"])
    return {row["source_id"]: latest.get(row["source_id"]) for row in view["sources"]}


def kinds(view: View) -> dict[str, object]:
    """A photo item has no body text."""
    bodies = {row["article_id"] for row in view["segments"] if row["role"] == "body"}
    return {row["article_id"]: "news" if row["article_id"] in bodies else "photo_news" for row in view["articles"]}


def _day(last: bool) -> Computed:
    def computed(view: View) -> Mapping[str, object]:
        return {row["event_id"]: _of_date(row, last) for row in view["events"]}

    return computed


def _of_date(row: Mapping[str, Any], last: bool) -> object:
    if row["date_edtf"] is None:
        return None
    try:
        return bounds(row["date_edtf"])[last]
    except ValueError:  # that it is no date is told elsewhere
        return row["date_end" if last else "date_start"]


def _spoken(table: str) -> Computed:
    def computed(view: View) -> Mapping[str, object]:
        return speech(view, table)

    return computed


COMPUTED: Mapping[tuple[str, str], Computed] = {
    ("articles", "kind"): kinds,
    ("people", "public_role"): public_role,
    ("people", "identity_basis"): identity_basis,
    ("issues", "decision"): decisions,
    ("sources", "published_not_before"): published_not_before,
    ("quotations", "event_id"): event_of_quotation,
    ("events", "date_start"): _day(last=False),
    ("events", "date_end"): _day(last=True),
    **{
        (table, "quotation_id"): _spoken(table)
        for table in ("events", "event_campaigns", "participations", "figures", "mentions")
    },
}
"""The columns that an author may overrule, or that only all rows together give, each with its function."""
