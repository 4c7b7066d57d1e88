"""Events and how they hang together."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError, anchor_of
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.compile.dating import place_date
from lingang.compile.entry import Entry, sequence
from lingang.compile.item import Item
from lingang.compile.participants import add_participants
from lingang.compile.rows import Row, Rows
from lingang.text.page import Span

__all__ = ["add_events", "event_of"]


def event_of(entry: Entry) -> tuple[str | None, Scalar | None]:
    """The event that an entry names, and where; ``none`` is none."""
    event = entry.scalar("event")
    return (None if event is None or event.text == "none" else event.text), event


def add_events(item: Item, events: Mapping, rows: Rows, titles: tuple[str, ...]) -> dict[str, Entry]:
    """Rows of ``events``, ``participations`` and ``event_links`` of an article file; returns each event's entry."""
    entries: dict[str, Entry] = {}
    for key, node in events.entries:
        if not isinstance(node, Mapping):
            continue
        entry = Entry(node, "kind")
        try:
            row = _add_event(item, key, entry, rows)
        except AnchorError as error:
            rows.problems.append(error.problem)
            continue
        entries[row.id] = entry
        add_participants(item, row, entry, rows, titles)
        for link in entry.items("links"):
            try:
                _add_link(item, row, Entry(link, "relation"), rows)
            except AnchorError as error:
                rows.problems.append(error.problem)
    return entries


def _parts(item: Item, node: Node) -> list[Span]:
    """The span of a printed name, or those of the parts that it is joined of."""
    composed = isinstance(node, Sequence)
    return [item.place(anchor_of(part), first=composed) for part in sequence(node)]


_EXPLAINED = {
    **{name: name for name in ("kind", "status", "trigger", "name", "nucleus", "about")},
    "date_edtf": "edtf",
    "date_raw": "date",
    "year_basis": "year",
}
"""The columns of an event whose value may have a reason, each with its key."""


def _add_event(item: Item, key: Scalar, entry: Entry, rows: Rows) -> Row:
    trigger_node, name_node = entry.node.get("trigger"), entry.node.get("name")
    assert trigger_node is not None and name_node is not None, "the shape was checked"
    trigger = item.place(anchor_of(trigger_node))
    parts = _parts(item, name_node)
    nucleus_node = entry.get("nucleus")
    nucleus = item.place(anchor_of(nucleus_node), first=True) if nucleus_node is not None else None
    abouts = [(item.place(anchor_of(about)), about.place) for about in sequence(entry.get("about"))]
    kind, status = entry.scalar("kind"), entry.scalar("status")
    page = item.page
    row = rows.add(
        "events",
        key.place,
        {
            "event_id": key.text,
            "article_id": item.id,
            "kind": kind.value if kind else None,
            "name": "".join(page.quote(part) for part in parts),
            "trigger": page.quote(trigger),
            "nucleus": page.quote(nucleus) if nucleus else None,
            "about": [page.quote(span) for span, _ in abouts],
            "status": status.value if status else item.lexicon["event_status"].default,
            "note": entry.text("note"),
        },
        **entry.written(
            kind="kind", name="name", trigger="trigger", nucleus="nucleus", status="status", about="about", note="note"
        ),
    )
    entry.explain(row, **_EXPLAINED)
    rows.prove(row, "kind", parts, page, item.id)
    rows.prove(row, "status", [item.clause(trigger)], page, item.id)
    rows.prove(row, "name", parts, page, item.id, basis="composed" if len(parts) > 1 else "stated")
    rows.prove(row, "trigger", [trigger], page, item.id)
    if nucleus is not None:
        rows.prove(row, "nucleus", [nucleus], page, item.id)
    for span, _ in abouts:
        rows.prove(row, "about", [span], page, item.id)
    place_date(item, row, entry, trigger, rows)
    return row


def _add_link(item: Item, event: Row, entry: Entry, rows: Rows) -> None:
    relation, other, quote = entry.scalar("relation"), entry.scalar("event"), entry.anchor("quote")
    assert relation is not None and other is not None, "the shape was checked"
    span = item.place(quote) if quote is not None else _whole(event, rows)
    row = rows.add(
        "event_links",
        entry.place,
        {
            "event_link_id": f"{event.id}-{relation.text}-{other.text}".replace("_", "-"),
            "event_id": event.id,
            "relation": relation.value,
            "other_event_id": other.value,
        },
        **entry.written(relation="relation", other_event_id="event"),
    )
    entry.explain(row, relation="relation")
    rows.prove(row, "relation", [span], item.page, item.id)


def _whole(event: Row, rows: Rows) -> Span:
    """Without a quote a link rests on the trigger of its event."""
    proof = next(
        row.values
        for row in rows["evidence"]
        if row.values["record_id"] == event.id and row.values["column_name"] == "trigger"
    )
    return Span(int(str(proof["raw_start"])), int(str(proof["raw_end"])))
