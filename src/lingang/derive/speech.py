"""Quotations and documents."""

from __future__ import annotations

from lingang.authored.anchor import Anchor, AnchorError, anchor_of
from lingang.authored.nodes import Mapping, Sequence
from lingang.derive.draft import Draft, Row
from lingang.derive.item import Item
from lingang.derive.judgement import judge
from lingang.derive.registry import KIND, Entity
from lingang.problems import Problem
from lingang.text.page import Span, squeeze

__all__ = ["add_documents", "add_quotations"]

_AFTER_CUE = "，：“"
_SPOKEN_TO = tuple("为向给对")


def add_quotations(item: Item, quotations: Sequence, draft: Draft) -> None:
    """Rows of ``quotations`` of an article file, numbered in page order."""
    placed: list[tuple[Span, Mapping]] = []
    for node in quotations.items:
        assert isinstance(node, Mapping), "the shape was checked"
        try:
            placed.append((_cue(item, node), node))
        except AnchorError as error:
            draft.give_up(node, error.problem)
    for number, (cue, node) in enumerate(sorted(placed, key=lambda entry: entry[0]), start=1):
        try:
            _add_quotation(item, number, cue, node, draft)
        except AnchorError as error:
            draft.give_up(node, error.problem)


def _cue(item: Item, node: Mapping) -> Span:
    cue = node.scalar("cue")
    assert cue is not None
    return item.place(anchor_of(cue, node))


def _extent(item: Item, node: Mapping, cue: Span) -> Span:
    """From after the cue to the end of its paragraph, unless ``from`` and ``to`` say otherwise."""
    body = item.body
    first, last = node.scalar("from"), node.scalar("to")
    if first is not None:
        start = body.position(item.place(Anchor(first.text, first.place)).start)
    else:
        start = body.position(cue.end - 1) + 1
        while start < len(body.text) and body.text[start] in _AFTER_CUE:
            start += 1
    if last is not None:
        end = body.position(item.place(Anchor(last.text, last.place)).end - 1) + 1
    else:
        end = body.text.find("\n", start)
        end = len(body.text) if end == -1 else end
    if end <= start or "\n" in body.text[start:end]:
        raise AnchorError(
            Problem(
                "QUO001",
                "the extent of this quotation is empty or runs over a paragraph",
                (last or first or node).place,
                expected="from before to, in one paragraph",
                found=f"from code point {start} to {end}",
            )
        )
    return body.span(start, end)


def _speaker(item: Item, node: Mapping, cue: Span) -> tuple[str, Entity | None, Span]:
    """``(kind, entity, span)`` of who speaks; the name nearest to the cue in its sentence."""
    speaker, group = node.scalar("speaker"), node.scalar("group")
    if group is not None:
        span = item.place(Anchor(group.text, group.place))
        start = item.body.position(span.start)
        if span not in item.sentence(cue) or span.end > cue.start or item.body.text[start - 1 : start] in _SPOKEN_TO:
            raise AnchorError(
                Problem(
                    "QUO002",
                    f"“{group.text}” does not speak here",
                    group.place,
                    expected="the group before the cue, in its sentence, and not after 为, 向, 给 or 对",
                    found=item.page.quote(item.sentence(cue))[:40],
                )
            )
        return "group", None, span
    if speaker is None:
        return "event", None, cue
    entity = item.resolve(speaker.text, ["people", "organizations"], speaker.place)
    sentence = item.sentence(cue)
    near = [mention for mention in item.mentions_in(sentence, entity) if mention.span.end <= cue.start]
    if not near:
        raise AnchorError(
            Problem(
                "QUO002",
                f"{entity.name} does not stand before the cue in its sentence",
                speaker.place,
                expected="the speaker's name before the cue, in the same sentence",
                found=item.page.quote(sentence)[:40],
            )
        )
    return KIND[entity.table], entity, near[-1].span


def _add_quotation(item: Item, number: int, cue: Span, node: Mapping, draft: Draft) -> None:
    cue_node, event = node.scalar("cue"), node.scalar("event")
    assert cue_node is not None
    extent = _extent(item, node, cue)
    kind, entity, span = _speaker(item, node, cue)
    body, page = item.body, item.page
    start, end = body.place(extent)
    direct = body.text[start - 1 : start] == "“" and body.text[end : end + 1] == "”"
    around = body.span(max(0, start - 1), min(len(body.text), end + 1)) if direct else extent
    speaker = node.scalar("speaker") or node.scalar("group") or event or cue_node
    row = draft.add(
        "quotations",
        node.place,
        {
            "quotation_id": f"{item.id}-quotation-{number}",
            "article_id": item.id,
            "event_id": event.text if event else None,
            "form": "direct" if direct else "indirect",
            "speaker_kind": kind,
            "person_id": entity.id if entity and kind == "person" else None,
            "organization_id": entity.id if entity and kind == "organization" else None,
            "group_label": page.quote(span) if kind == "group" else None,
            "cue": page.quote(cue),
            "text": page.quote(extent),
        },
        event_id=event.place if event else node.place,
        cue=cue_node.place,
        speaker_kind=speaker.place,
        person_id=speaker.place,
        organization_id=speaker.place,
        group_label=speaker.place,
        text=(node.scalar("to") or node.scalar("from") or cue_node).place,
    )
    draft.prove(row, "cue", [cue], page, item.id)
    draft.prove(row, "text", [extent], page, item.id)
    draft.prove(row, "form", [around], page, item.id)
    if kind == "group":
        draft.prove(row, "group_label", [span], page, item.id)
    elif entity is not None:
        draft.prove(row, f"{kind}_id", [span], page, item.id)
    judge(draft, row, "event_id", [item.sentence(cue) if event and kind != "event" else cue], item)


def add_documents(item: Item, documents: Sequence, draft: Draft) -> None:
    """Rows of ``documents`` of an article file."""
    for number, node in enumerate(documents.items, start=1):
        assert isinstance(node, Mapping), "the shape was checked"
        try:
            _add_document(item, number, node, draft)
        except AnchorError as error:
            draft.give_up(node, error.problem)


def _add_document(item: Item, number: int, node: Mapping, draft: Draft) -> None:
    title_node, kind, action = (node.scalar(key) for key in ("title", "kind", "action"))
    event, issuer = node.scalar("event"), node.scalar("issuer")
    assert title_node is not None and kind is not None and action is not None
    span = item.place(Anchor(title_node.text, title_node.place))
    body, page = item.body, item.page
    start, end = body.place(span)
    if body.text[start - 1 : start] != "《" or body.text[end : end + 1] != "》":
        left = body.text.rfind("《", 0, start)
        right = body.text.find("》", end - 1)
        whole = body.text[left + 1 : right] if left != -1 != right else "no 《》 around it"
        raise AnchorError(
            Problem(
                "QUO006",
                "a title of a document is the whole text in 《》",
                title_node.place,
                whole,
                squeeze(title_node.text),
            )
        )
    clause = item.clause(span)
    used = Span(clause.start, body.span(end, end + 1).end)
    row: Row = draft.add(
        "documents",
        node.place,
        {
            "document_id": f"{item.id}-document-{number}",
            "title": page.quote(span),
            "kind": kind.value,
            "article_id": item.id,
            "event_id": event.text if event else None,
            "issuer_organization_id": (
                item.resolve(issuer.text, ["organizations"], issuer.place).id if issuer else None
            ),
            "action": action.value,
        },
        title=title_node.place,
        kind=kind.place,
        action=action.place,
        event_id=event.place if event else node.place,
        issuer_organization_id=issuer.place if issuer else node.place,
    )
    draft.prove(row, "title", [span], page, item.id)
    judge(draft, row, "kind", [span], item)
    judge(draft, row, "event_id", [used], item)
    draft.prove(row, "action", [used], page, item.id)
    if issuer:
        anchor = Anchor(issuer.text, issuer.place, before="《")
        draft.prove(row, "issuer_organization_id", [item.place(anchor, within=used)], page, item.id)
