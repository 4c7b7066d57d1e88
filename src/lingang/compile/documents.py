"""Documents named in 《》, and what an item does with campaigns."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError
from lingang.authored.nodes import Mapping
from lingang.compile.entry import Entry
from lingang.compile.events import event_of
from lingang.compile.item import Item
from lingang.compile.rows import Rows
from lingang.problems import Problem
from lingang.text.page import Span

__all__ = ["add_campaign_uses", "add_documents"]


def add_documents(item: Item, nodes: list[Mapping], rows: Rows) -> None:
    """Rows of ``documents`` of an article file, numbered in page order."""
    placed: list[tuple[Span, Entry]] = []
    for node in nodes:
        entry = Entry(node, "kind")
        title = entry.anchor("title")
        assert title is not None, "the shape was checked"
        try:
            placed.append((item.place(title), entry))
        except AnchorError as error:
            rows.problems.append(error.problem)
    for number, (span, entry) in enumerate(sorted(placed, key=lambda one: one[0]), start=1):
        try:
            _add_document(item, number, span, entry, rows)
        except AnchorError as error:
            rows.problems.append(error.problem)


def _add_document(item: Item, number: int, span: Span, entry: Entry, rows: Rows) -> None:
    kind, action, issuer = entry.scalar("kind"), entry.scalar("action"), entry.scalar("issuer")
    event, _ = event_of(entry)
    page = item.page
    body = item.resolve(issuer, ["organizations"]) if issuer is not None else None
    row = rows.add(
        "documents",
        entry.place,
        {
            "document_id": f"{item.id}-document-{number}",
            "title": page.quote(span),
            "kind": kind.value if kind else None,
            "article_id": item.id,
            "event_id": event,
            "issuer_organization_id": body.id if body else None,
            "action": action.value if action else item.lexicon["document_action"].default,
        },
        **entry.written(title="title", kind="kind", action="action", event_id="event", issuer_organization_id="issuer"),
    )
    entry.explain(row, kind="kind", action="action", issuer_organization_id="issuer")
    rows.prove(row, "title", [span], page, item.id)
    rows.prove(row, "kind", [span], page, item.id)
    rows.prove(row, "action", [_used(item, span)], page, item.id)
    if body is not None and issuer is not None:
        sentence = item.sentence(span)
        named = [where for where in item.mentioned(sentence, body) if where.end <= span.start]
        where = named[-1] if named else item.place_name(issuer, body, within=sentence)
        item.choose(where, body, issuer)
        rows.prove(row, "issuer_organization_id", [where], page, item.id)


def _used(item: Item, title: Span) -> Span:
    """The clause in which a title stands, up to the mark that closes it."""
    zone = item.zone_of(title)
    at = zone.inside(title.start, title.end)
    if at is None:
        return title
    start, _ = zone.clause(*at)
    return zone.span(start, min(at[1] + 1, len(zone.text)))


def add_campaign_uses(item: Item, nodes: list[Mapping], rows: Rows) -> None:
    """Rows of ``event_campaigns`` of an article file."""
    for node in nodes:
        try:
            _add_campaign_use(item, Entry(node, "relation"), rows)
        except AnchorError as error:
            rows.problems.append(error.problem)


def _add_campaign_use(item: Item, entry: Entry, rows: Rows) -> None:
    name, relation, quoted = entry.scalar("campaign"), entry.scalar("relation"), entry.anchor("quote")
    assert name is not None and relation is not None, "the shape was checked"
    event, _ = event_of(entry)
    entity = item.resolve(name, ["campaigns"])
    if quoted is not None:
        quote = item.place(quoted)
        named = item.mentioned(quote, entity)
        if not named:
            message, expected = f"the quote does not hold a name of {entity.name}", "、".join(entity.forms)
            raise AnchorError(Problem("EVI002", message, quoted.place, expected, item.page.quote(quote)))
        mention = named[0]
    else:
        mention = item.place_name(name, entity, before=entry.text("before") or "", after=entry.text("after") or "")
        quote = item.clause(mention)
    row = rows.add(
        "event_campaigns",
        entry.place,
        {
            "event_campaign_id": "-".join([item.id, entity.id, *([event] if event else [])]),
            "article_id": item.id,
            "event_id": event,
            "campaign_id": entity.id,
            "relation": relation.value,
        },
        **entry.written(campaign_id="campaign", relation="relation", event_id="event"),
    )
    entry.explain(row, relation="relation", campaign_id="campaign")
    rows.prove(row, "campaign_id", [mention], item.page, item.id)
    rows.prove(row, "relation", [quote], item.page, item.id)
