"""Titles and their holders: one self-proving pair, one row a post."""

from __future__ import annotations

from collections.abc import Iterable

from lingang.authored.anchor import Anchor, AnchorError
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.derive import cues
from lingang.derive.draft import Draft
from lingang.derive.item import Item
from lingang.derive.registry import Entity
from lingang.derive.stand_ins import prove_stand_in
from lingang.problems import Place, Problem
from lingang.text.page import Span, squeeze

__all__ = ["add_positions", "split_title"]


def split_title(raw: str, forms: list[str], stand_ins: Iterable[str]) -> tuple[str | None, str]:
    """``(the body's printed form, the title without it)``; the longest form that the title begins with."""
    for form in sorted([*forms, *stand_ins], key=len, reverse=True):
        if raw.startswith(form) and len(raw) > len(form):
            return form, raw[len(form) :]
    return None, raw


def _body(form: str, title: Scalar, stand_ins: dict[str, Scalar]) -> tuple[str, list[str], Place]:
    """What to resolve as the body of a title: the printed form, or the name for which the word stands."""
    if form in stand_ins:
        return stand_ins[form].text, ["organizations"], stand_ins[form].place
    return form, ["organizations"], title.place


def _holders(node: Node) -> tuple[list[Scalar], str, str]:
    """Names, and the neighbours that tell this pair from another."""
    before = after = ""
    if isinstance(node, Mapping):
        neighbours = [node.get("before"), node.get("after")]
        before, after = (part.text if isinstance(part, Scalar) else "" for part in neighbours)
        inner = node.get("names")
        assert inner is not None, "the shape was checked"
        node = inner
    names = list(node.items) if isinstance(node, Sequence) else [node]
    return [name for name in names if isinstance(name, Scalar)], before, after


def add_positions(item: Item, titles: Mapping, draft: Draft, stand_ins: dict[str, Scalar]) -> None:
    """Rows of ``positions`` for every title of an article file."""
    counts: dict[str, int] = {}
    for title, node in titles.entries:
        try:
            _add_pair(item, title, node, draft, stand_ins, counts)
        except AnchorError as error:
            draft.give_up(node, error.problem)


def _place_pair(
    item: Item, title: Scalar, node: Node, names: list[Scalar], before: str, after: str
) -> tuple[int, list[int]]:
    """Index of the title and of each name in the reading text, from the one place of the pair."""
    printed = [squeeze(name.text) for name in names]
    if "等" in printed[:-1] or printed == ["等"]:
        message = "等 ends a list of names" if printed[1:] else "a title without a holder"
        raise AnchorError(Problem("PAR005", message, node.place, "names, and 等 after the last", "、".join(printed)))
    people = "、".join(name for name in printed if name != "等") + ("等" if printed[-1] == "等" else "")
    raw = squeeze(title.text)
    if item.body.find(people + raw, before=before, after=after) and not item.body.find(raw + people):
        span = item.place(Anchor(people + raw, title.place, before, after))
        start = item.body.position(span.start)
        first, title_at = start, start + len(people)
    else:
        span = item.place(Anchor(raw + people, title.place, before, after))
        start = item.body.position(span.start)
        first, title_at = start + len(raw), start
    positions = []
    for name in printed:
        positions.append(first)
        first += len(name) + 1
    end = positions[-1] + len(printed[-1]) if printed[-1] != "等" else positions[-1]
    follows = item.body.text[end : end + 1]
    if title_at < positions[0] and (follows == "、" or (follows == "等" and printed[-1] != "等")):
        raise AnchorError(
            Problem(
                "PAR005",
                "the printed list goes on after the last name",
                node.place,
                expected=f"the whole list, {follows} included",
                found=f"…{people}[{item.body.text[end : end + 8]}]",
            )
        )
    return title_at, positions


def _add_pair(
    item: Item,
    title: Scalar,
    node: Node,
    draft: Draft,
    stand_ins: dict[str, Scalar],
    counts: dict[str, int],
) -> None:
    names, before, after = _holders(node)
    people = [item.resolve(name.text, ["people"], name.place) if name.text != "等" else None for name in names]
    title_at, name_at = _place_pair(item, title, node, names, before, after)
    organizations = [form for form, known in item.registry.by_form.items() if known[0].table == "organizations"]
    for person, name, at in zip(people, names, name_at, strict=True):
        if person is None:
            continue
        mention = item.body.span(at, at + len(squeeze(name.text)))
        offset = title_at
        for raw in squeeze(title.text).split("、"):
            span = item.body.span(offset, offset + len(raw))
            _add_row(item, person, mention, raw, span, organizations, title, name, draft, stand_ins, counts)
            offset += len(raw) + 1


def _add_row(
    item: Item,
    person: Entity,
    mention: Span,
    raw: str,
    span: Span,
    organizations: list[str],
    title: Scalar,
    name: Scalar,
    draft: Draft,
    stand_ins: dict[str, Scalar],
    counts: dict[str, int],
) -> None:
    form, rest = split_title(raw, organizations, stand_ins)
    organization = item.resolve(*_body(form, title, stand_ins)) if form is not None else None
    counts[person.id] = counts.get(person.id, 0) + 1
    row = draft.add(
        "positions",
        title.place,
        {
            "position_id": f"{item.id}-{person.id}-{counts[person.id]}",
            "person_id": person.id,
            "organization_id": organization.id if organization else None,
            "article_id": item.id,
            "title_raw": raw,
            "title": rest,
            "kind": cues.position_kind(rest),
        },
        person_id=name.place,
    )
    page = item.page
    draft.prove(row, "person_id", [mention], page, item.id)
    draft.prove(row, "title_raw", [span], page, item.id)
    draft.prove(row, "title", [span], page, item.id, rule="title_split")
    draft.prove(row, "kind", [span], page, item.id, rule="title_kind")
    if organization and form:
        at = item.body.position(span.start)
        printed = item.body.span(at, at + len(form))
        if form in stand_ins:
            row.places["organization_id"] = stand_ins[form].place
            prove_stand_in(row, "organization_id", printed, form, organization, item, draft)
        else:
            draft.prove(row, "organization_id", [printed], page, item.id)
