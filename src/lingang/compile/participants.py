"""Who took part in an event: one name, a printed list, or people who are only described."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass

from lingang.authored.anchor import Anchor, AnchorError, anchor_of
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.compile.entry import Entry, scalars
from lingang.compile.item import Item
from lingang.compile.registry import KIND, Entity
from lingang.compile.rows import Row, Rows
from lingang.compile.stand_ins import prove_stand_in
from lingang.problems import Problem
from lingang.tables.marks import ASIDE
from lingang.text.page import Span, squeeze

__all__ = ["add_participants"]

_TABLES = ("people", "organizations", "places")
OPEN = "等"


def add_participants(item: Item, event: Row, entry: Entry, rows: Rows, titles: tuple[str, ...]) -> None:
    """Rows of ``participations`` of one event."""
    nodes = list(entry.items("participants"))
    groups = _groups(item, nodes)
    for node in nodes:
        try:
            _Participants(item, event, Entry(node, "role"), rows, titles, groups.get(id(node), 0)).add()
        except AnchorError as error:
            rows.problems.append(error.problem)
            rows.unfinished.add(event.id)


def _groups(item: Item, nodes: list[Mapping]) -> dict[int, int]:
    """The number of each group of an event, in page order, by the identity of its node."""
    placed: list[tuple[Span, int, int]] = []
    for node in nodes:
        label, quote = node.get("group"), node.get("quote")
        if label is not None:
            # a label that cannot be placed is reported where its row is made
            with contextlib.suppress(AnchorError):
                within = item.place(anchor_of(quote)) if quote is not None else None
                placed.append((item.place(anchor_of(label, node), within=within), len(placed), id(node)))
    return {key: number for number, (_, _, key) in enumerate(sorted(placed), start=1)}


@dataclass(frozen=True, slots=True)
class _Named:
    """A participant at its place: the entity (``None``: a group), its span, the words that tell its role, where it was
    written, its place in a list with the run of the list, and the stand-in that names it."""

    entity: Entity | None
    span: Span
    quote: Span
    node: Node
    listed: tuple[int, bool, Span] | None = None
    stand_in: Scalar | None = None


class _Participants:
    """One entry under ``participants``, in one role or several."""

    def __init__(
        self, item: Item, event: Row, entry: Entry, rows: Rows, titles: tuple[str, ...], group_number: int
    ) -> None:
        self.item, self.event, self.entry, self.rows = item, event, entry, rows
        self.titles = titles
        self.group_number = group_number
        quote = entry.get("quote")
        self.quote = item.place(anchor_of(quote)) if quote is not None else None

    def add(self) -> None:
        name, names, group = (self.entry.get(key) for key in ("name", "names", "group"))
        if isinstance(names, Sequence):
            named = self._list(names)
        elif isinstance(name, Scalar):
            named = [self._name(name)]
        elif group is None:
            expected = "name:, names: or group:"
            place = self.entry.place
            raise AnchorError(Problem("YML011", "a participant that names nobody", place, expected, "none of them"))
        else:
            span = self.item.place(anchor_of(group, self.entry.node), within=self.quote)
            named = [_Named(None, span, self._clause(span), group)]
        for one in named:
            for role in scalars(self.entry.get("role")):
                self._row(role, one)

    def _clause(self, span: Span) -> Span:
        return self.quote or self.item.clause(span)

    def _neighbours(self) -> tuple[str, str]:
        return self.entry.text("before") or "", self.entry.text("after") or ""

    def _name(self, node: Scalar) -> _Named:
        entity = self.item.resolve(node, _TABLES)
        stand_in = self.entry.scalar("stand_in")
        before, after = self._neighbours()
        if stand_in is not None:
            span = self.item.place(Anchor(stand_in.text, stand_in.place, before, after), within=self.quote)
            return _Named(entity, span, self._clause(span), node, stand_in=stand_in)
        span = self.item.place_name(node, entity, before=before, after=after, within=self.quote)
        return _Named(entity, span, self._clause(span), node)

    def _list(self, node: Sequence) -> list[_Named]:
        names = scalars(node)
        is_open = squeeze(names[-1].text) == OPEN
        named = names[:-1] if is_open else names
        entities = [self.item.resolve(name, _TABLES) for name in named]
        run, spans = self._run(node, named, entities, is_open)
        out = []
        for number, (name, entity, span) in enumerate(zip(named, entities, spans, strict=True), start=1):
            self.item.choose(span, entity, name)
            out.append(_Named(entity, span, self._clause(run), name, (number, is_open, run)))
        return out

    def _run(
        self, node: Sequence, named: list[Scalar], entities: list[Entity], is_open: bool
    ) -> tuple[Span, list[Span]]:
        """The one place at which the names stand in their order, with nothing between them but what joins a list,
        titles and remarks like （女）; raises ``AnchorError`` (EVI002, EVI003)."""
        forms = [self.item.forms(name, entity) for name, entity in zip(named, entities, strict=True)]
        words = [*self.item.lexicon.words("joiners"), *self.titles]
        between = "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + f"|{ASIDE})*"
        pattern = re.compile(
            between.join(f"({'|'.join(map(re.escape, known))})" for known in forms) + (OPEN if is_open else "")
        )
        before, after = map(squeeze, self._neighbours())
        found = []
        for zone in self.item.zones:
            for match in pattern.finditer(zone.text):
                span = zone.span(*match.span())
                if (
                    zone.text.startswith(before, match.end())
                    and zone.text.endswith(after, 0, match.start())
                    and (self.quote is None or span in self.quote)
                ):
                    found.append((span, [zone.span(*match.span(number)) for number in range(1, len(named) + 1)]))
            if found:
                break
        if len(found) == 1:
            return found[0]
        printed = "、".join(known[0] for known in forms) + (OPEN if is_open else "")
        if not found and self.item.untitled is not None:
            raise AnchorError(self.item.untitled)
        if not found:
            self.item.place(Anchor(printed, node.place, *self._neighbours()), within=self.quote)
        raise AnchorError(
            Problem(
                "EVI003" if found else "EVI002",
                f"the list “{printed}” stands {len(found)} times in this item",
                node.place,
                expected="one place; between the names only 、，和及 and titles that stand under titles:",
                found="; ".join(f"line {self.item.page.line_of(span.start)}" for span, _ in found) or "none",
            )
        )

    def _row(self, role: Scalar, one: _Named) -> None:
        item, rows, entry, page = self.item, self.rows, self.entry, self.item.page
        kind = KIND[one.entity.table] if one.entity else "group"
        who = one.entity.id if one.entity else f"group-{self.group_number}"
        column = f"{kind}_id" if one.entity else "group_label"
        for_ = entry.scalar("for")
        award_span = self._award(one.quote) if role.text == "awardee" else None
        body = item.resolve(for_, ["organizations"]) if for_ is not None else None
        row = rows.add(
            "participations",
            entry.place,
            {
                "participation_id": f"{self.event.id}-{role.text}-{who}".replace("_", "-"),
                "event_id": self.event.id,
                "participant_kind": kind,
                column: one.entity.id if one.entity else page.quote(one.span),
                "role": role.text,
                "award": page.quote(award_span) if award_span else None,
                "for_organization_id": body.id if body else None,
                "list_seq": one.listed[0] if one.listed else None,
                "list_open": one.listed[1] if one.listed else None,
            },
            role=role.place,
            **entry.written(award="award", for_organization_id="for"),
            **{column: one.node.place},
        )
        entry.explain(row, role="role", award="award", for_organization_id="for", list_open="names", **{column: "name"})
        rows.prove(row, "role", [one.quote], page, item.id)
        if one.stand_in is not None and one.entity is not None:
            row.places[column] = one.stand_in.place
            prove_stand_in(row, column, one.span, squeeze(one.stand_in.text), one.entity, item, rows)
        else:
            rows.prove(row, column, [one.span], page, item.id)
        if award_span:
            rows.prove(row, "award", [award_span], page, item.id)
        if one.listed:
            rows.prove(row, "list_open", [one.listed[2]], page, item.id)
        if body is not None and for_ is not None:
            rows.prove(row, "for_organization_id", [self._body(body, for_, one.quote)], page, item.id)

    def _award(self, quote: Span) -> Span | None:
        """Where what was won is printed: in the sentence of the participant, else in its one place of the item.

        The neighbours (``before``, ``after``) of the participant are not its own."""
        node = self.entry.get("award")
        if node is None:
            return None
        anchor, sentence = anchor_of(node), self.item.sentence(quote)
        near = any(
            zone.find(anchor.quote, before=anchor.before, after=anchor.after, within=sentence)
            for zone in self.item.zones
        )
        return self.item.place(anchor, within=sentence if near else None)

    def _body(self, body: Entity, for_: Scalar, quote: Span) -> Span:
        named = self.item.mentioned(quote, body)
        if named:
            return named[0]
        message = f"{body.name} is not named in the quote of this participant"
        expected = "a mention of the body they stand for"
        raise AnchorError(Problem("EVI002", message, for_.place, expected, self.item.page.quote(quote)))
