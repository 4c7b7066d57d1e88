"""The edges of quotes: no quote cuts a date, a number, a name, a title or a title in 《》."""

from __future__ import annotations

from collections.abc import Iterator

from lingang.rules.rule import Finding, rule
from lingang.tables import TABLES
from lingang.tables.marks import marked_titles
from lingang.tables.view import Row, View
from lingang.text.zone import Zone

__all__ = ["quotes_cut_nothing"]

Interval = tuple[int, int]

_PARTS = ("family_name", "given_name", "unit", "year", "year_basis")
"""Columns whose quotes are parts of a word by their nature: a year is part of its date."""

_QUOTED = {
    (declared.name, column.name)
    for declared in TABLES
    for column in declared.columns
    if column.has_evidence_rows and column.proof != "cue" and column.name not in _PARTS
}

_AS_PRINTED = {
    (declared.name, column.name) for declared in TABLES for column in declared.columns if column.proof == "quote"
}


def _wholes(view: View, article_id: str, zone: Zone) -> list[tuple[str, Interval]]:
    """What no edge may cut, with what it is."""
    out: list[tuple[str, Interval]] = [("the date", at) for at in zone.dates]
    out += [("the number", at) for at in zone.numbers if not any(_within(at, day) for day in zone.dates)]
    for row in view.mentions[article_id]:
        at = zone.covers(row)
        if at and row["within_mention_id"] is None:
            out.append(("the name", at))
    for row in view.evidence_of_article[article_id]:
        at = zone.covers(row) if row["column_name"] == "title_raw" and row["table_name"] == "positions" else None
        if at:
            out.append(("the title", at))
    out.extend(("the title", at) for at in marked_titles(zone.text))
    return out


def _within(inner: Interval, outer: Interval) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _cut(start: int, end: int, whole: Interval, what: str) -> bool:
    """Whether one end of a quote lies inside a whole, and the other outside it; at its edge too, unless it is a title.

    A title may be quoted in part, as far as one of its offices goes; half of a date, a number or a name is another.
    """
    first, last = whole
    if what == "the title":
        return (start < first < end < last) or (first < start < last < end)
    return (first < start < last <= end) or (start <= first < end < last)


def _quotes_first(row: Row) -> bool:
    return (row["table_name"], row["column_name"]) not in _AS_PRINTED


@rule(
    "EVI012",
    "*",
    "a quote that cuts a date, a number, a name or a title",
    why="A value that lost a character at its edge would still be found; what is one word for the reader stays one.",
    mend="quote the whole of it, or stop before it",
    level="requirement",
)
def quotes_cut_nothing(view: View) -> Iterator[Finding]:
    forms = {form for known in view.forms.values() for form in known}
    for article_id in view.articles:
        for zone in view.zones_of(article_id):
            wholes = _wholes(view, article_id, zone)
            told: set[tuple[str, str, Interval]] = set()
            for row in sorted(view.evidence_of_article[article_id], key=_quotes_first):
                if row["quote"] in forms or (row["table_name"], row["column_name"]) not in _QUOTED:
                    continue  # a registered form may stand in a longer one
                at = zone.covers(row)
                quoted = at and (row["table_name"], row["record_id"], at)
                if at and quoted and quoted not in told:  # the quote of several cells is told once
                    for finding in _findings(view, row, at, wholes, zone, forms):
                        told.add(quoted)
                        yield finding


def _at_a_form(zone: Zone, at: Interval, whole: Interval, forms: set[str]) -> bool:
    """Whether each end of a quote that lies inside a name parts a registered form from it: 柳河镇 in 桃溪区柳河镇."""
    (start, end), (first, last) = at, whole
    inside = [zone.text[start:last]] if first < start < last else []
    inside += [zone.text[first:end]] if first < end < last else []
    return all(part in forms for part in inside)


def _findings(
    view: View, row: Row, at: Interval, wholes: list[tuple[str, Interval]], zone: Zone, forms: set[str]
) -> Iterator[Finding]:
    record = view.by_key(row["table_name"]).get(row["record_id"])
    if record is None:
        return
    for what, whole in wholes:
        if what == "the name" and row["table_name"] == "figures" and _within(at, whole):
            continue  # the figure 五项 in the name 五项活动
        if what == "the name" and _at_a_form(zone, at, whole, forms):
            continue  # 柳河镇文化节 in 桃溪区柳河镇文化节
        part = row["column_name"] == "date_raw" and what == "the date" and _within(at, whole) and at != whole
        if part or _cut(*at, whole, what):
            left, right = zone.text[max(0, at[0] - 4) : at[0]], zone.text[at[1] : at[1] + 4]
            found = f"{left}[{row['quote']}]{right}".replace("\n", "")
            expected = f"{what} {zone.text[slice(*whole)]} whole"
            yield Finding(row["table_name"], record["row_no"], row["column_name"], found, expected)
            return
