"""Figures, and what an item does with campaigns."""

from __future__ import annotations

from lingang.authored.anchor import Anchor, AnchorError, anchor_of
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.derive import numbers
from lingang.derive.draft import Draft
from lingang.derive.item import Item
from lingang.derive.judgement import judge
from lingang.page import Span, squeeze
from lingang.problems import Problem

__all__ = ["add_campaign_uses", "add_figures"]


def add_figures(item: Item, figures: Sequence, draft: Draft) -> None:
    """Rows of ``figures`` of an article file, numbered in page order."""
    placed: list[tuple[Span, Mapping]] = []
    for node in figures.items:
        assert isinstance(node, Mapping), "the shape was checked"
        label = node.get("label")
        assert label is not None, "the shape was checked"
        try:
            placed.append((item.place(anchor_of(label)), node))
        except AnchorError as error:
            draft.give_up(node, error.problem)
    for number, (label_span, node) in enumerate(sorted(placed, key=lambda entry: entry[0]), start=1):
        try:
            _add_figure(item, number, label_span, node, draft)
        except AnchorError as error:
            draft.give_up(node, error.problem)


def _number_span(item: Item, node: Node, label: Span) -> Span:
    """The place of a number: inside its label if it stands there, else once in the item."""
    anchor = anchor_of(node)
    inside = item.body.find(anchor.quote, before=anchor.before, after=anchor.after, within=label)
    span = item.place(anchor, within=label if inside else None)
    start, end = item.body.position(span.start), item.body.position(span.end - 1) + 1
    around = [found for found in numbers.find(item.body.text) if found[0] < end and start < found[1]]
    if around != [(start, end)]:
        printed = "、".join(item.body.text[first:last] for first, last in around) or "no number"
        raise AnchorError(
            Problem(
                "NUM001",
                f"“{squeeze(anchor.quote)}” is not the number as long as the text gives it",
                node.place,
                expected=printed,
                found=squeeze(anchor.quote),
            )
        )
    return span


def _add_figure(item: Item, number: int, label: Span, node: Mapping, draft: Draft) -> None:
    number_node, label_node, kind = node.get("number"), node.get("label"), node.scalar("kind")
    event, counts = node.scalar("event"), node.scalar("counts")
    assert number_node is not None and label_node is not None and kind is not None
    span = _number_span(item, number_node, label)
    value = numbers.normalise(item.page.quote(span))
    row = draft.add(
        "figures",
        node.place,
        {
            "figure_id": f"{item.id}-figure-{number:02d}",
            "article_id": item.id,
            "event_id": event.text if event else None,
            "participation_id": _counted(draft, event, counts),
            "value": value.value,
            "unit": value.unit,
            "kind": kind.value,
            "label": item.page.quote(label),
        },
        value=number_node.place,
        unit=number_node.place,
        kind=kind.place,
        label=label_node.place,
        event_id=event.place if event else node.place,
        participation_id=counts.place if counts else node.place,
    )
    page = item.page
    draft.prove(row, "value", [span], page, item.id, rule="number")
    if value.unit:
        end = item.body.position(span.end - 1) + 1
        draft.prove(row, "unit", [item.body.span(end - len(value.unit), end)], page, item.id)
    judge(draft, row, "kind", [span], item)
    draft.prove(row, "label", [label], page, item.id)
    clause = [item.clause(span)]
    judge(draft, row, "event_id", clause, item)
    judge(draft, row, "participation_id", clause, item)


def _counted(draft: Draft, event: Scalar | None, counts: Scalar | None) -> str | None:
    if counts is None:
        return None
    found = [
        row.id
        for row in draft.rows.get("participations", [])
        if event is not None
        and row.values["event_id"] == event.text
        and row.values["group_label"] == squeeze(counts.text)
    ]
    if len(found) != 1:
        raise AnchorError(
            Problem(
                "NUM002",
                f"“{counts.text}” is not one group of the event",
                counts.place,
                expected="the label of a group that takes part in the event named here",
                found=f"{len(found)} such groups",
            )
        )
    return found[0]


def add_campaign_uses(item: Item, uses: Sequence, draft: Draft) -> None:
    """Rows of ``event_campaigns`` of an article file."""
    for node in uses.items:
        assert isinstance(node, Mapping), "the shape was checked"
        try:
            _add_campaign_use(item, node, draft)
        except AnchorError as error:
            draft.give_up(node, error.problem)


def _add_campaign_use(item: Item, node: Mapping, draft: Draft) -> None:
    campaign_node, relation, event = (node.scalar(key) for key in ("campaign", "relation", "event"))
    quote_node = node.get("quote")
    assert campaign_node is not None and relation is not None
    entity = item.resolve(campaign_node.text, ["campaigns"], campaign_node.place)
    if quote_node is not None:
        quote = item.place(anchor_of(quote_node))
        mentions = [mention.span for mention in item.mentions_in(quote, entity)]
        if not mentions:
            raise AnchorError(
                Problem(
                    "EVI002",
                    f"the quote does not hold a name of {entity.name}",
                    quote_node.place,
                    expected="、".join(entity.forms),
                    found=item.page.quote(quote),
                )
            )
        mention = mentions[0]
    else:
        mention = item.place_name(Anchor(campaign_node.text, campaign_node.place), entity)
        quote = item.clause(mention)
    row = draft.add(
        "event_campaigns",
        node.place,
        {
            "event_campaign_id": "-".join([item.id, entity.id, *([event.text] if event else [])]),
            "article_id": item.id,
            "event_id": event.text if event else None,
            "campaign_id": entity.id,
            "relation": relation.value,
        },
        campaign_id=campaign_node.place,
        relation=relation.place,
        event_id=event.place if event else node.place,
    )
    draft.prove(row, "campaign_id", [mention], item.page, item.id)
    draft.prove(row, "relation", [quote], item.page, item.id)
    judge(draft, row, "event_id", [quote], item)
