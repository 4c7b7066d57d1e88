"""Figures: the numbers that an item states."""

from __future__ import annotations

from lingang.authored.anchor import Anchor, AnchorError
from lingang.authored.nodes import Mapping, Scalar
from lingang.compile.entry import Entry
from lingang.compile.events import event_of
from lingang.compile.item import Item
from lingang.compile.rows import Rows
from lingang.problems import Problem
from lingang.text import numbers
from lingang.text.page import Span, squeeze

__all__ = ["add_figures"]


def add_figures(item: Item, nodes: list[Mapping], rows: Rows) -> None:
    """Rows of ``figures`` of an article file, numbered in the page order of their labels."""
    placed: list[tuple[Span, Span, Entry]] = []
    for node in nodes:
        entry = Entry(node, "kind")
        try:
            placed.append((*_label_and_number(item, entry), entry))
        except AnchorError as error:
            rows.problems.append(error.problem)
    for number, (label_span, span, entry) in enumerate(sorted(placed, key=lambda one: one[:2]), start=1):
        try:
            _add_figure(item, number, label_span, span, entry, rows)
        except AnchorError as error:
            rows.problems.append(error.problem)


def _label_and_number(item: Item, entry: Entry) -> tuple[Span, Span]:
    """The places of a label and its number, of which one tells that of the other: the number stands inside its label,
    or the two in one clause, or in one sentence; else each stands once in the item."""
    label, number = entry.anchor("label"), entry.anchor("number")
    assert label is not None and number is not None, "the shape was checked"
    labels, numbers = _places(item, label), _places(item, number)
    for around in (lambda span: span, item.clause, item.sentence):
        pairs = {(one, other) for one in labels for other in numbers if other in around(one)}
        if len(pairs) == 1:
            return pairs.pop()
        if pairs:
            break
    first = item.place(label)
    near = [span for span in numbers if span in item.sentence(first)]
    return first, near[0] if len(near) == 1 else item.place(number)


def _places(item: Item, anchor: Anchor) -> list[Span]:
    return [
        zone.span(*match)
        for zone in item.zones
        for match in zone.find(anchor.quote, before=anchor.before, after=anchor.after)
    ]


def _add_figure(item: Item, number: int, label: Span, span: Span, entry: Entry, rows: Rows) -> None:
    page = item.page
    kind, counts, given = entry.scalar("kind"), entry.scalar("counts"), entry.scalar("value")
    event, _ = event_of(entry)
    read = _read(item, entry, span)
    value = read.value if given is None else float(str(given.value))
    row = rows.add(
        "figures",
        entry.place,
        {
            "figure_id": f"{item.id}-figure-{number:02d}",
            "article_id": item.id,
            "event_id": event,
            "participation_id": _counted(rows, event, counts),
            "value": float(value) if value is not None else None,
            "unit": read.unit,
            "qualifier": read.qualifier,
            "kind": kind.value if kind else None,
            "label": page.quote(label),
        },
        **entry.written(
            value="value" if given is not None else "number",
            unit="number",
            qualifier="number",
            kind="kind",
            label="label",
            event_id="event",
            participation_id="counts",
        ),
    )
    entry.explain(row, kind="kind", value="value", label="label")
    if row.values["value"] is not None:
        rows.prove(row, "value", [span], page, item.id, rule="number")
    rows.prove(row, "qualifier", [span], page, item.id, rule="number")
    zone = item.zone_of(span)
    at = zone.inside(span.start, span.end)
    if read.unit_at is not None and at is not None:
        start, end = read.unit_at
        rows.prove(row, "unit", [zone.span(at[0] + start, at[0] + end)], page, item.id)
    rows.prove(row, "kind", [span], page, item.id)
    rows.prove(row, "label", [label], page, item.id)


def _read(item: Item, entry: Entry, span: Span) -> numbers.Number:
    """The number that a quote is, ``UNREAD`` where it is none that the grammar knows; raises ``AnchorError`` (NUM001)
    where it is a part of one."""
    zone = item.zone_of(span)
    at = zone.inside(span.start, span.end)
    try:
        return numbers.read(zone.text, *at) if at is not None else numbers.UNREAD
    except numbers.Cut as error:
        anchor = entry.anchor("number")
        assert anchor is not None
        found = f"“{squeeze(anchor.quote)}”"
        message = f"{found} is not one whole number of the text"
        raise AnchorError(Problem("NUM001", message, anchor.place, f"the whole number {error.whole}", found)) from None
    except ValueError:
        return numbers.UNREAD


def _counted(rows: Rows, event: str | None, counts: Scalar | None) -> str | None:
    if counts is None:
        return None
    label = squeeze(counts.text)
    found = [
        row.id
        for row in rows["participations"]
        if row.values["event_id"] == event and row.values["group_label"] == label
    ]
    if found:
        return found[0]
    if event in rows.unfinished or all(row.id != event for row in rows["events"]):
        return None  # of an event that could not be made whole, or is named nowhere, there is nothing more to say
    message = f"“{counts.text}” is no group of the event"
    expected = "the label of a group that takes part in the event named here"
    raise AnchorError(Problem("KEY002", message, counts.place, expected, "no such group"))
