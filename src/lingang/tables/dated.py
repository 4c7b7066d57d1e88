"""What a printed date says beside its page and its item: the cells that follow from ``date_raw``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lingang.tables.view import Row, View
from lingang.text import dates
from lingang.text.dates import Date, Known

__all__ = ["DATED", "authored_date", "date_cells", "published_on", "read_date", "year_of_item"]

DATED = ("date_edtf", "date_precision", "year_basis", "day_part", "time")
"""The cells of an event that the rule ``date`` gives."""


def published_on(source: Mapping[str, Any]) -> date | None:
    """The printed day of publication of a page; ``None`` where none is printed, or no whole day."""
    if source["published_edtf"] is None:
        return None
    try:
        start, end, _ = dates.bounds(source["published_edtf"])
    except ValueError:
        return None
    return start if start == end else None


def year_spans(view: View, article_id: str) -> list[tuple[Any, int, int, int]]:
    """``(zone, start, end, year)`` of every year that an item prints, in its reading text and around it; figures that
    stand alone only where they are the year of the page, the number of a notice only around the text."""
    source = view.by_key("sources")[view.articles[article_id]["source_id"]]
    text, beside = view.zones_of(article_id)
    return [
        (zone, start, end, year)
        for zone in (text, beside)
        for start, end, year in dates.printed_years(zone.text, year=source["year"], numbered=zone is beside)
    ]


def year_of_item(view: View, article_id: str) -> tuple[Any, int, int, int] | None:
    """``(zone, start, end, year)`` of the year that an item prints, if it prints only one, and not only as the
    beginning of something (自2019年以来)."""
    spans = year_spans(view, article_id)
    if len({year for _, _, _, year in spans}) != 1:
        return None
    return next((span for span in spans if not dates.is_since(span[0].text, span[2])), None)


def _known(view: View, event: Row, source: Row, year: int | None) -> Known:
    printed = year_of_item(view, event["article_id"])
    return Known(
        published=published_on(source),
        article_year=printed[3] if printed is not None else None,
        page_year=year if year is not None else source["year"],
        planned=event["status"] == "planned",
    )


def _last(view: View, proof: Mapping[str, Any], known: Known) -> Date | None:
    """The last day that the item tells before a date: what 当日 and 次日 count from."""
    found_at = view.standing(proof)
    if found_at is None:
        return None
    zone, at = found_at
    last: Date | None = None
    for start, end in dates.telling(zone.text):
        if end <= at[0]:
            try:
                found = dates.read(zone.text[start:end], _with_last(known, last))
            except ValueError:
                continue
            last = found if found.start is not None else last
    return last


def _with_last(known: Known, last: Date | None) -> Known:
    return Known(known.published, known.article_year, known.page_year, known.planned, last)


def read_date(
    view: View, event: Row, proof: Mapping[str, Any], year: int | None = None, *, given: bool = False
) -> Date:
    """What the printed date of an event says; ``year`` is one that the author gives. What the grammar does not read
    whole is vague. Raises ``ValueError`` for what is of no calendar or clock, unless the date is ``given``."""
    source = view.by_key("sources")[view.articles[event["article_id"]]["source_id"]]
    known = _known(view, event, source, year)
    try:
        return dates.read(proof["quote"], _with_last(known, _last(view, proof, known)))
    except ValueError as error:
        if given or isinstance(error, dates.NotOneDate):
            return dates.VAGUE
        raise


def authored_date(view: View, event: Row, proof: Mapping[str, Any], edtf: str, read_as: Date) -> Date:
    """The printed date of an event with the EDTF that its reader gives. Raises ``ValueError``."""
    source = view.by_key("sources")[view.articles[event["article_id"]]["source_id"]]
    return dates.authored(edtf, proof["quote"], _known(view, event, source, None), read_as)


def _is_authored(proofs: list[Row]) -> bool:
    """Whether a reader gave the value of a cell, and said why."""
    return any(proof["basis"] == "inferred" and proof["note"] is not None for proof in proofs)


def _tells(quote: str, years: set[int]) -> bool:
    """Whether a quote tells a year: by itself, or by counting from the day of publication (今, 昨天)."""
    printed = {year for known in years for _, _, year in dates.printed_years(quote, year=known)}
    return bool(printed & years) or not printed


def date_cells(view: View, table: str, row: Row, proof: Mapping[str, Any]) -> dict[str, object]:
    """The cells that follow from a printed date; ``date_precision`` none where there is none."""
    if table == "sources":
        try:
            return {"published_edtf": dates.read(proof["quote"]).edtf}
        except ValueError:
            return {}
    if row["date_raw"] is None:
        return {"date_precision": "none", "year_basis": "none"}
    own = view.evidence[table, row["event_id"], "date_raw"]
    try:
        printed = own[0] if own else proof
        given = _is_authored(view.evidence[table, row["event_id"], "date_edtf"])
        found = read_date(view, row, printed, given=given)
        if row["date_edtf"] is not None and given:
            found = authored_date(view, row, printed, row["date_edtf"], found)
    except ValueError as error:
        return dict.fromkeys(DATED, str(error))
    if proof["column_name"] != "year_basis" and proof["quote"] != row["date_raw"]:
        return dict.fromkeys(DATED, f"the quote {row['date_raw']}")
    told = (found.edtf or "").removeprefix("../")[:4]
    years = {int(told)} if told.isdecimal() else set()
    published = published_on(view.by_key("sources")[view.articles[row["article_id"]]["source_id"]])
    if years and found.year_basis == "published" and published is not None:
        years = {published.year}  # which a day late in the year before counts from
    if proof["column_name"] == "year_basis" and years and not _tells(proof["quote"], years):
        return dict.fromkeys(DATED, f"a quote that tells the year {years.pop()}")
    return {
        "date_edtf": found.edtf,
        "date_precision": found.precision,
        "year_basis": found.year_basis,
        "day_part": found.day_part,
        "time": found.time,
    }
