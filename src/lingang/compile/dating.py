"""The printed date of an event: placed with the event, read when all rows are there."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError
from lingang.authored.nodes import Scalar, key_place
from lingang.compile.entry import Entry
from lingang.compile.item import Item
from lingang.compile.rows import Row, Rows
from lingang.problems import Problem
from lingang.tables.dated import DATED, authored_date, published_on, read_date, year_of_item
from lingang.tables.view import View
from lingang.text.page import Page, Span

__all__ = ["place_date", "read_dates"]

_IDLE_YEAR = (
    "no year: beside a date whose year the date itself, its item or a date of publication tells; edtf: with a why: "
    "says that it is another"
)


def place_date(item: Item, row: Row, entry: Entry, trigger: Span, rows: Rows) -> None:
    """Place the quote of ``date:``; an event without one says so by the sentence of its trigger."""
    anchor = entry.anchor("date")
    if anchor is None:
        row.values |= {"date_precision": "none", "year_basis": "none"}
        for column in ("date_precision", "year_basis"):
            rows.prove(row, column, [item.sentence(trigger)], item.page, item.id, rule="date")
        return
    span = item.place(anchor)
    row.values["date_raw"] = item.page.quote(span)
    for column in ("date_raw", "date_start", "date_end", *DATED):
        row.places[column] = anchor.place
    rows.prove(row, "date_raw", [span], item.page, item.id)


def read_dates(rows: Rows, view: View, entries: dict[str, tuple[Entry, Page]]) -> None:
    """Fill the cells of every event that follow from its date, with their evidence."""
    for row in rows["events"]:
        proofs = view.evidence["events", row.id, "date_raw"]
        if proofs:
            entry, page = entries[row.id]
            try:
                _read(rows, view, row, entry, page)
            except AnchorError as error:
                rows.problems.append(error.problem)


def _number(node: Scalar | None) -> int | None:
    return node.value if node is not None and isinstance(node.value, int) else None


def _read(rows: Rows, view: View, row: Row, entry: Entry, page: Page) -> None:
    proof = view.evidence["events", row.id, "date_raw"][0]
    span = Span(proof["raw_start"], proof["raw_end"])
    article_id = str(row.values["article_id"])
    edtf = entry.scalar("edtf")
    try:
        found = read_date(view, row.values, proof, _number(entry.scalar("year")), given=edtf is not None)
        if edtf is not None:
            found = authored_date(view, row.values, proof, edtf.text, found)
    except ValueError as error:
        place = (edtf or entry.scalar("date") or entry).place
        message = "the date is of no calendar or clock"
        expected = "a day that exists; or edtf: with a why"
        raise AnchorError(Problem("EVT002", message, place, expected, str(error))) from None
    row.values |= {
        "date_edtf": found.edtf,
        "date_start": found.start,
        "date_end": found.end,
        "date_precision": found.precision,
        "year_basis": found.year_basis,
        "day_part": found.day_part,
        "time": found.time,
    }
    if entry.has("year") and found.year_basis != "page":
        place, told = key_place(entry.node, ("year",)), f"a year that is {found.year_basis}"
        rows.problems.append(Problem("YML015", "“year” has no effect here", place, _IDLE_YEAR, told))
    if entry.has("year") and "year_basis" in row.reasons:
        row.reasons["date_edtf"] = row.reasons["year_basis"]
    for column in DATED:
        if row.values[column] is not None and column != "year_basis":
            rows.prove(row, column, [span], page, article_id, rule="date")
    for where, owner in _year(view, row, span):
        rows.prove(row, "year_basis", [where], page, owner, rule="date", note=_reason(view, row))


def _reason(view: View, row: Row) -> str | None:
    """Why the year of the page is taken for that of a date, in the words of its reader."""
    if row.values["year_basis"] != "page":
        return None
    source = view.articles[str(row.values["article_id"])]["source_id"]
    return next((proof["note"] for proof in view.evidence["sources", source, "year"]), None)


def _year(view: View, row: Row, span: Span) -> list[tuple[Span, str | None]]:
    """Where the year of a date is printed, each place with its item."""
    article_id = str(row.values["article_id"])
    source = view.by_key("sources")[view.articles[article_id]["source_id"]]
    match row.values["year_basis"]:
        case "article":
            printed = year_of_item(view, article_id)
            assert printed is not None, "the basis says that the item prints one"
            zone, start, end, _ = printed
            return [(zone.span(start, end), article_id)]
        case "page" if "year_basis" not in row.reasons:
            proofs = view.evidence["sources", source["source_id"], "year"]
        case "published" if published_on(source) is not None:
            proofs = view.evidence["sources", source["source_id"], "published_edtf"]
        case _:
            return [(span, article_id)]
    return [(Span(proof["raw_start"], proof["raw_end"]), proof["article_id"]) for proof in proofs] or [
        (span, article_id)
    ]
