"""Events, who took part in them, and how they hang together."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from lingang.authored.anchor import Anchor, AnchorError, anchor_of
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.derive.draft import Draft, Row
from lingang.derive.item import Item
from lingang.derive.judgement import judge
from lingang.derive.registry import KIND, Entity
from lingang.derive.stand_ins import prove_stand_in
from lingang.problems import Problem
from lingang.text import dates
from lingang.text.page import Span, squeeze

__all__ = ["Year", "add_events"]

_PARTICIPANTS = ("people", "organizations", "places")


@dataclass(frozen=True, slots=True)
class Year:
    """The year of the page, and where the page prints it."""

    value: int
    spans: tuple[Span, ...]


def _nodes(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if isinstance(node, Sequence) else (node,)


def _mappings(node: Node | None) -> list[Mapping]:
    return [item for item in _nodes(node) if isinstance(item, Mapping)]


def add_events(item: Item, events: Mapping, draft: Draft, year: Year | None) -> None:
    """Rows of ``events``, ``participations`` and ``event_links`` of an article file."""
    for key, node in events.entries:
        assert isinstance(node, Mapping), "the shape was checked"
        try:
            row = _add_event(item, key, node, draft, year)
        except AnchorError as error:
            draft.give_up(node, error.problem)
            continue
        participants = _mappings(node.get("participants"))
        groups = _groups(item, participants)
        for participant in participants:
            try:
                _Participants(item, row, participant, draft, groups.get(id(participant), 0)).add()
            except AnchorError as error:
                draft.give_up(participant, error.problem)
        for link in _mappings(node.get("links")):
            try:
                _add_link(item, row, link, draft)
            except AnchorError as error:
                draft.give_up(link, error.problem)


def _groups(item: Item, participants: list[Mapping]) -> dict[int, int]:
    """The number of each group of an event, in page order, by the identity of its node."""
    placed: list[tuple[Span, int, int]] = []
    for node in participants:
        label = node.get("group")
        if label is not None:
            quote = node.get("quote")
            # A label that cannot be placed is reported where its row is made.
            with contextlib.suppress(AnchorError):
                within = item.place(anchor_of(quote)) if quote is not None else None
                placed.append((item.place(anchor_of(label, node), within=within), len(placed), id(node)))
    return {key: number for number, (_, _, key) in enumerate(sorted(placed), start=1)}


def _add_event(item: Item, key: Scalar, node: Mapping, draft: Draft, year: Year | None) -> Row:
    kind, status, trigger_node = node.get("kind"), node.get("status"), node.get("trigger")
    name_node = node.get("name")
    assert isinstance(kind, Scalar) and isinstance(status, Scalar) and trigger_node and name_node
    trigger = item.place(anchor_of(trigger_node))
    composed = isinstance(name_node, Sequence)
    parts = [item.place(anchor_of(part), first=composed) for part in _nodes(name_node)]
    abouts = [(item.place(anchor_of(about)), about.place) for about in _nodes(node.get("about"))]
    note = node.scalar("note")
    row = draft.add(
        "events",
        key.place,
        {
            "event_id": key.text,
            "article_id": item.id,
            "kind": kind.value,
            "name": "".join(item.page.quote(part) for part in parts),
            "trigger": item.page.quote(trigger),
            "about": [item.page.quote(span) for span, _ in abouts],
            "status": status.value,
            "note": note.text if note else None,
        },
        kind=kind.place,
        name=name_node.place,
        trigger=trigger_node.place,
        status=status.place,
        about=abouts[0][1] if abouts else key.place,
    )
    judge(draft, row, "kind", [trigger], item)
    judge(draft, row, "status", [item.clause(trigger)], item)
    draft.prove(row, "name", parts, item.page, item.id, basis="composed" if len(parts) > 1 else "stated")
    draft.prove(row, "trigger", [trigger], item.page, item.id)
    for span, _ in abouts:
        draft.prove(row, "about", [span], item.page, item.id)
    _date(item, row, node.get("date"), trigger, draft, year)
    return row


def _date(item: Item, row: Row, node: Node | None, trigger: Span, draft: Draft, page_year: Year | None) -> None:
    if node is None:
        row.values |= {"date_precision": "none", "year_basis": "none"}
        sentence = [item.sentence(trigger)]
        for column in ("date_precision", "year_basis"):
            draft.prove(row, column, sentence, item.page, item.id, rule="date")
        return
    for column in (
        "date_raw",
        "date_edtf",
        "date_start",
        "date_end",
        "date_precision",
        "year_basis",
        "day_part",
    ):
        row.places[column] = node.place
    anchor = anchor_of(node)
    span = item.place(anchor)
    start, end = item.body.place(span)
    whole = [found for found in dates.find(item.body.text) if found[0] < end and start < found[1]]
    if whole != [(start, end)]:
        printed = "、".join(item.body.text[first:last] for first, last in whole) or "no date"
        raise AnchorError(
            Problem(
                "EVT003",
                f"“{squeeze(anchor.quote)}” is not the date as long as the text gives it",
                node.place,
                expected=printed,
                found=squeeze(anchor.quote),
            )
        )
    raw = item.page.quote(span)
    own = item.year_spans()
    year = Year(int(item.page.quote(own[0])), tuple(own)) if own else page_year
    try:
        date = dates.normalise(
            raw, year=year.value if year else None, basis="article" if own else "page" if year else "none"
        )
    except ValueError as error:
        raise AnchorError(
            Problem("EVT002", "the printed date is no calendar date", node.place, "a day that exists", str(error))
        ) from None
    row.values |= {
        "date_raw": raw,
        "date_edtf": date.edtf,
        "date_start": date.start,
        "date_end": date.end,
        "date_precision": date.precision,
        "year_basis": date.year_basis,
        "day_part": date.day_part,
    }
    draft.prove(row, "date_raw", [span], item.page, item.id)
    for column in ("date_edtf", "date_precision", "day_part"):
        if row.values[column] is not None:
            draft.prove(row, column, [span], item.page, item.id, rule="date")
    if date.year_basis in ("article", "page") and year is not None:
        note = "the item itself prints the year" if own else "only another item of the page prints the year"
        draft.prove(
            row,
            "year_basis",
            year.spans[:1] if own else year.spans,
            item.page,
            None if not own else item.id,
            rule="date",
            basis="normalized" if own else "inferred",
            note=note,
        )
    else:
        draft.prove(row, "year_basis", [span], item.page, item.id, rule="date")


class _Participants:
    """One entry under ``participants``: a name, a printed list or a group, in one role or several."""

    def __init__(self, item: Item, event: Row, node: Mapping, draft: Draft, group_number: int) -> None:
        self.item, self.event, self.node, self.draft = item, event, node, draft
        self.group_number = group_number
        quote = node.get("quote")
        self.quote = item.place(anchor_of(quote)) if quote is not None else None

    def add(self) -> None:
        chosen = [self.node.get(key) for key in ("name", "names", "group")]
        given = [value for value in chosen if value is not None]
        if len(given) != 1:
            raise AnchorError(
                Problem(
                    "YML011",
                    "an entry under participants names one participant, one list or one group",
                    self.node.place,
                    expected="exactly one of name, names, group",
                    found=f"{len(given)} of them",
                )
            )
        if chosen[0] is not None:
            self._name(given[0])
        elif isinstance(given[0], Sequence):
            self._list(given[0])
        else:
            self._group(given[0])

    def _clause(self, span: Span) -> Span:
        return self.quote or self.item.clause(span)

    def _name(self, node: Node) -> None:
        assert isinstance(node, Scalar)
        entity = self.item.resolve(node.text, _PARTICIPANTS, node.place)
        stand_in = self.node.scalar("stand_in")
        if stand_in is not None:
            span = self.item.place(anchor_of(stand_in, self.node), within=self.quote)
            self._rows(entity, span, self._clause(span), node, stand_in=stand_in)
            return
        anchor = anchor_of(node, self.node)
        span = self.item.place_name(anchor, entity, within=self.quote)
        self._rows(entity, span, self._clause(span), node)

    def _list(self, node: Sequence) -> None:
        names = [name for name in node.items if isinstance(name, Scalar)]
        is_open = names[-1].text == "等"
        named = names[:-1] if is_open else names
        if not named:
            raise AnchorError(
                Problem("PAR005", "a list that names nobody", node.place, "a name before 等", names[-1].text)
            )
        run = "、".join(squeeze(name.text) for name in named) + ("等" if is_open else "")
        before, after = (self.node.scalar(key) for key in ("before", "after"))
        anchor = Anchor(run, node.place, before.text if before else "", after.text if after else "")
        span = self.item.place(anchor, within=self.quote)
        body = self.item.body
        start, end = body.place(span)
        if body.text[start - 1 : start] == "、" or body.text[end : end + 1] in ("、", "等"):
            raise AnchorError(
                Problem(
                    "PAR005",
                    "this is not the whole printed list",
                    node.place,
                    expected="the list from its first name to its last, and 等 where it ends so",
                    found=body.text[max(0, start - 4) : start] + f"[{run}]" + body.text[end : end + 4],
                )
            )
        at = start
        for number, name in enumerate(named, start=1):
            entity = self.item.resolve(name.text, _PARTICIPANTS, name.place)
            surface = body.span(at, at + len(squeeze(name.text)))
            self._rows(entity, surface, self._clause(span), name, listed=(number, is_open, span))
            at += len(squeeze(name.text)) + 1

    def _group(self, node: Node) -> None:
        span = self.item.place(anchor_of(node, self.node), within=self.quote)
        self._rows(None, span, self._clause(span), node)

    def _rows(
        self,
        entity: Entity | None,
        span: Span,
        quote: Span,
        node: Node,
        *,
        listed: tuple[int, bool, Span] | None = None,
        stand_in: Scalar | None = None,
    ) -> None:
        for role in _nodes(self.node.get("role")):
            assert isinstance(role, Scalar)
            self._row(role, entity, span, quote, node, listed, stand_in)

    def _row(
        self,
        role: Scalar,
        entity: Entity | None,
        span: Span,
        quote: Span,
        node: Node,
        listed: tuple[int, bool, Span] | None,
        stand_in: Scalar | None,
    ) -> None:
        item, draft = self.item, self.draft
        kind = KIND[entity.table] if entity else "group"
        who = entity.id if entity else f"group-{self.group_number}"
        column = f"{kind}_id" if entity else "group_label"
        award = self.node.scalar("award") if role.text == "awardee" else None
        for_ = self.node.scalar("for")
        award_span = item.place(Anchor(award.text, award.place), within=quote) if award else None
        organization = item.resolve(for_.text, ["organizations"], for_.place) if for_ else None
        row = draft.add(
            "participations",
            node.place,
            {
                "participation_id": f"{self.event.id}-{role.text}-{who}".replace("_", "-"),
                "event_id": self.event.id,
                "participant_kind": kind,
                column: entity.id if entity else item.page.quote(span),
                "role": role.text,
                "award": item.page.quote(award_span) if award_span else None,
                "for_organization_id": organization.id if organization else None,
                "list_seq": listed[0] if listed else None,
                "list_open": listed[1] if listed else None,
            },
            role=role.place,
            award=award.place if award else node.place,
            for_organization_id=for_.place if for_ else node.place,
        )
        page = item.page
        draft.prove(row, "role", [quote], page, item.id)
        if stand_in is not None and entity is not None:
            row.places[column] = stand_in.place
            prove_stand_in(row, column, span, squeeze(stand_in.text), entity, item, draft)
        else:
            draft.prove(row, column, [span], page, item.id)
        if award_span:
            draft.prove(row, "award", [award_span], page, item.id)
        if listed:
            draft.prove(row, "list_open", [listed[2]], page, item.id)
        if organization and for_:
            mentions = item.mentions_in(quote, organization)
            if not mentions:
                raise AnchorError(
                    Problem(
                        "EVI002",
                        f"{organization.name} is not named in the quote of this participant",
                        for_.place,
                        expected="a mention of the body they stand for",
                        found=page.quote(quote),
                    )
                )
            draft.prove(row, "for_organization_id", [mentions[0].span], page, item.id)


def _add_link(item: Item, event: Row, node: Mapping, draft: Draft) -> None:
    relation, other, quote = (node.get(key) for key in ("relation", "event", "quote"))
    assert isinstance(relation, Scalar) and isinstance(other, Scalar) and quote is not None
    span = item.place(anchor_of(quote))
    row = draft.add(
        "event_links",
        node.place,
        {
            "event_link_id": f"{event.id}-{relation.text}-{other.text}".replace("_", "-"),
            "event_id": event.id,
            "relation": relation.value,
            "other_event_id": other.value,
        },
        relation=relation.place,
        other_event_id=other.place,
    )
    draft.prove(row, "relation", [span], item.page, item.id)
    judge(draft, row, "other_event_id", [span], item)
