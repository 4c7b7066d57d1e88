"""One item on its page: its segments, its reading text and the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lingang.authored import nodes
from lingang.authored.anchor import Anchor, AnchorError, find_once
from lingang.derive.registry import Entity, Found, Registry
from lingang.problems import Place, Problem
from lingang.text.page import READING_ROLES, Page, Reading, Searchable, Segment, Span, squeeze

__all__ = ["Chosen", "Item", "Mention", "Unregistered"]

_CLAUSE_END = "，。；：！？\n"
_SENTENCE_END = "。！？\n"


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence of a registered form, placed on the page."""

    span: Span
    surface: str
    entity: Entity
    segment: Segment
    within: Mention | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the author says of a mention: the entity that is meant, ``None`` for no entity; and why."""

    entity: Entity | None
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Unregistered:
    """A name that an item uses at a place and that no entry of the tables has."""

    name: str
    tables: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Item:
    """An item with everything that the page says of it; quotes are placed here."""

    id: str
    kind: str
    node: nodes.Mapping
    page: Page
    segments: tuple[Segment, ...]
    registry: Registry
    chosen: Mapping[Span, Chosen] = field(default_factory=dict)
    unregistered: list[Unregistered] = field(default_factory=list, compare=False)

    @cached_property
    def reading_segments(self) -> tuple[Segment, ...]:
        role = READING_ROLES.get(self.kind, "body")
        return tuple(segment for segment in self.segments if segment.role == role)

    @cached_property
    def reading(self) -> Reading:
        return Reading.of(self.page, self.reading_segments)

    @cached_property
    def body(self) -> Searchable:
        return Searchable(self.page, [segment.span for segment in self.reading_segments])

    @cached_property
    def zones(self) -> tuple[Searchable, ...]:
        """Where quotes are looked for: the reading text, then the other segments."""
        rest = [segment.span for segment in self.segments if segment not in self.reading_segments]
        return (self.body, Searchable(self.page, rest)) if rest else (self.body,)

    def place(self, anchor: Anchor, *, within: Span | None = None, first: bool = False) -> Span:
        """The span of a quote; raises ``AnchorError``."""
        return find_once(self.zones, anchor, within=within, first=first)

    def place_name(self, anchor: Anchor, entity: Entity, *, within: Span | None = None) -> Span:
        """The span of the one outermost mention with this surface; raises ``AnchorError``."""
        outer = {
            mention.span
            for mention in self.mentions
            if mention.within is None and mention.entity == entity and self.in_body(mention.span)
        }
        quote = squeeze(anchor.quote)
        found = [
            span
            for span in (
                self.body.span(*match)
                for match in self.body.find(quote, before=anchor.before, after=anchor.after, within=within)
            )
            if span in outer
        ]
        return found[0] if len(found) == 1 else self.place(anchor, within=within)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every occurrence of every registered form in every segment, in page order, outer before inner."""
        out: list[Mention] = []
        for segment in self.segments:
            zone = Searchable(self.page, [segment.span])
            made: list[Mention | None] = []
            for found in self.registry.find(zone.text):
                made.append(self._mention(zone, segment, found, made))
                if made[-1] is not None:
                    out.append(made[-1])
        return tuple(out)

    def _mention(self, zone: Searchable, segment: Segment, found: Found, made: list[Mention | None]) -> Mention | None:
        span = zone.span(found.start, found.end)
        entity: Entity | None = found.entity
        if span in self.chosen:
            entity = self.chosen[span].entity
        if entity is None:
            return None
        within = made[found.within] if found.within is not None else None
        return Mention(span, found.surface, entity, segment, within)

    def prints_as_name(self, text: str) -> bool:
        """Whether the text stands in the item otherwise than inside a registered form."""
        spans = (zone.span(*match) for zone in self.zones for match in zone.find(text))
        return any(all(span not in mention.span for mention in self.mentions) for span in spans)

    def mentions_in(self, span: Span, entity: Entity | None = None) -> list[Mention]:
        return [
            mention
            for mention in self.mentions
            if mention.span in span and (entity is None or mention.entity == entity)
        ]

    def _around(self, span: Span, ends: str) -> Span:
        start, end = self.body.place(span)
        while start > 0 and self.body.text[start - 1] not in ends:
            start -= 1
        while end < len(self.body.text) and self.body.text[end] not in ends:
            end += 1
        return self.body.span(start, end)

    def clause(self, span: Span) -> Span:
        """The clause of the reading text around a span: between ，。；：！？ and the edges of paragraphs."""
        return self._around(span, _CLAUSE_END)

    def sentence(self, span: Span) -> Span:
        """The sentence of the reading text around a span, without its full stop."""
        return self._around(span, _SENTENCE_END)

    def in_body(self, span: Span) -> bool:
        return any(span in segment.span for segment in self.reading_segments)

    def resolve(self, text: str, tables: Iterable[str], place: Place) -> Entity:
        """The one entity that a printed form or an id names; raises ``AnchorError`` (KEY003, KEY004)."""
        tables = tuple(tables)
        found = self.registry.resolve(text, tables)
        if len(found) == 1:
            return found[0]
        registries = ", ".join(f"{table}.yaml" for table in tables)
        if not found:
            self.unregistered.append(Unregistered(text, tables, place))
            close = [form for form, _ in self.registry.close_to(text, tables)]
            raise AnchorError(
                Problem(
                    "KEY003",
                    f"no registry knows “{text}”",
                    place,
                    expected=f"a name or alias of {registries}",
                    found=f"close to it: {', '.join(close[:5])}" if close else "nothing like it",
                )
            )
        raise AnchorError(
            Problem(
                "KEY004",
                f"“{text}” names {len(found)} records",
                place,
                expected="one record; write its id instead of the name",
                found=", ".join(entity.id for entity in found),
            )
        )

    def year_spans(self) -> list[Span]:
        """Where the item itself prints a year: four digits that stand alone."""
        return [
            zone.span(*match.span())
            for zone in self.zones
            for match in re.finditer(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", zone.text)
        ]
