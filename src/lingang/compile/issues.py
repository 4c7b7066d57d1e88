"""Oddities of the source: those that an author describes, and names that a line break cuts."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError, anchor_of
from lingang.authored.nodes import Mapping
from lingang.compile.entry import Entry
from lingang.compile.item import Item, Mention
from lingang.compile.rows import Row, Rows
from lingang.problems import Place
from lingang.text.page import Page, Span

__all__ = ["add_issues"]


def add_issues(page: Page, item: Item | None, nodes: list[Mapping], rows: Rows, mentions: list[Mention]) -> None:
    """Rows of ``issues`` of an article file, or of a page where ``item`` is ``None``; numbered in page order, so that
    their order in the file means nothing."""
    placed: list[tuple[Span | None, Entry | None]] = []
    for node in nodes:
        entry = Entry(node, "kind")
        observed = entry.get("observed")
        try:
            span = item.place(anchor_of(observed)) if item is not None and observed is not None else None
        except AnchorError as error:
            rows.problems.append(error.problem)
        else:
            placed.append((span, entry))
    known = {span for span, entry in placed if entry is not None and entry.text("kind") == "line_break"}
    cut = {m.span for m in mentions if m.within is None and "\n" in page.text[m.span.start : m.span.end]}
    placed += [(span, None) for span in sorted(cut - known)]
    unwritten = item.layout.text.place if item is not None else Place("")
    for number, (span, issue) in enumerate(sorted(placed, key=_in_order), start=1):
        _add(page, item, number, span, issue, unwritten if issue is None else issue.place, rows)


def _in_order(placed: tuple[Span | None, Entry | None]) -> tuple[Span, str]:
    span, entry = placed
    return span or Span(0, 0), (entry.text("seen") or "") if entry is not None else ""


def _add(
    page: Page, item: Item | None, number: int, span: Span | None, entry: Entry | None, place: Place, rows: Rows
) -> None:
    row: Row = rows.add(
        "issues",
        place,
        {
            "issue_id": f"{item.id if item else page.source_id}-issue-{number:02d}",
            "source_id": page.source_id,
            "article_id": item.id if item else None,
            "raw_start": span.start if span else None,
            "raw_end": span.end if span else None,
            "kind": "line_break",
            "observed": page.quote(span) if span else None,
        },
    )
    if entry is None:
        return
    row.values |= {"kind": entry.text("kind"), "reading": entry.text("reading"), "reason": entry.text("reason")}
    if entry.scalar("seen") is not None:
        row.values["observed"] = entry.text("seen")
    row.values["decision"] = entry.text("decision")
    row.values["record_id"] = entry.text("touches")
    row.places |= entry.written(
        kind="kind", observed="observed", reading="reading", reason="reason", decision="decision", record_id="touches"
    )
