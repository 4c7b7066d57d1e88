"""One item on its page: its segments, its reading text and the names in it; quotes are placed here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lingang.authored.anchor import Anchor, AnchorError, find_once
from lingang.authored.nodes import Mapping, Scalar
from lingang.compile.layout import Layout
from lingang.compile.registry import Entity, Found, Registry
from lingang.lexicon import Lexicon
from lingang.problems import Place, Problem
from lingang.text.likeness import like
from lingang.text.page import Page, Reading, Segment, Span, squeeze
from lingang.text.zone import Zone

__all__ = ["Choice", "Item", "Mention"]

_BETWEEN_NAMES = re.compile(r"[，、；,;“”\"‘’]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence of a registered form, placed on the page; ``chosen`` where an author said which entity it is."""

    span: Span
    surface: str
    entity: Entity
    segment: Segment
    within: Mention | None = None


@dataclass(slots=True)
class Choice:
    """What an author said of one mention: which entity it is, or (``None``) that it is none."""

    entity: Entity | None
    place: Place
    reason: str | None = None


@dataclass
class Item:
    """An item with everything that the page says of it."""

    id: str
    node: Mapping
    page: Page
    layout: Layout
    registry: Registry
    lexicon: Lexicon
    choices: dict[Span, Choice] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    neighbours: list[Item] = field(default_factory=list)
    """The other items of the page."""
    alone: bool = False
    """Whether others could not be read, so that nothing is said of what they lack."""
    untitled: Problem | None = None
    """The first problem of a title: the lists of names in which it stands cannot be read either."""

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        return self.layout.segments

    @cached_property
    def kind(self) -> str:
        return "news" if any(segment.role == "body" for segment in self.segments) else "photo_news"

    @cached_property
    def reading_segments(self) -> tuple[Segment, ...]:
        role = "body" if self.kind == "news" else "caption"
        return tuple(segment for segment in self.segments if segment.role == role)

    @cached_property
    def reading(self) -> Reading:
        return Reading.of(self.page, self.reading_segments)

    @cached_property
    def body(self) -> Zone:
        return Zone(self.page, [segment.span for segment in self.reading_segments])

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """Where quotes are looked for: the reading text, then the other segments."""
        rest = [segment.span for segment in self.segments if segment not in self.reading_segments]
        return (self.body, Zone(self.page, rest)) if rest else (self.body,)

    def place(self, anchor: Anchor, *, within: Span | None = None, first: bool = False) -> Span:
        """The span of a quote; raises ``AnchorError``."""
        return find_once(self.zones, anchor, within=within, first=first)

    def zone_of(self, span: Span) -> Zone:
        """The reading text, or the other segments as one text: whichever holds the span."""
        return next((zone for zone in self.zones if zone.inside(span.start, span.end)), self.body)

    def around(self, span: Span, ends: str) -> Span:
        zone = self.zone_of(span)
        at = zone.inside(span.start, span.end)
        return zone.span(*zone.around(*at, ends)) if at else span

    def clause(self, span: Span) -> Span:
        """The clause around a span: between ，。；：！？ and the edges of paragraphs."""
        return self.around(span, "，。；：！？\n")

    def sentence(self, span: Span) -> Span:
        """The sentence around a span, without its full stop."""
        return self.around(span, "。！？\n")

    # names

    def resolve(self, name: Scalar, tables: Iterable[str]) -> Entity:
        """The one entity that a printed form or an id names; raises ``AnchorError`` (KEY003, KEY004)."""
        tables = tuple(tables)
        text = squeeze(name.text)
        found = self.registry.resolve(text, tables)
        if len(found) == 1:
            return found[0]
        registries = ", ".join(f"{table}.yaml" for table in tables)
        if not found:
            close = self.registry.close_to(text, tables)
            likest = f"close to it: {', '.join(close[:5])}" if close else "nothing like it"
            likest = next(self._alike(text, tables), likest)
            message, hint = f"no registry knows “{text}”", self._several(text, tables)
            raise AnchorError(Problem("KEY003", message, name.place, f"a form or id of {registries}", likest, hint))
        ids = ", ".join(entity.id for entity in found)
        message = f"“{text}” names {len(found)} records here"
        raise AnchorError(Problem("KEY004", message, name.place, "one record; write its id instead of the name", ids))

    def _alike(self, text: str, tables: tuple[str, ...]) -> Iterator[str]:
        """The forms that only look like a name, each with the characters in which it differs."""
        for form, known in self.registry.by_form.items():
            found = like(form, text)
            if found is not None and found.alike and any(entity.table in tables for entity in known):
                yield f"close to it: {form}, with {found.told}"

    def _several(self, text: str, tables: tuple[str, ...]) -> str:
        """The hint for a name that is several, or one in marks; nothing where its parts are no names either."""
        names = [name for name in _BETWEEN_NAMES.split(text) if name]
        if names == [text] or not names or not all(self.registry.resolve(name, tables) for name in names):
            return ""
        return f"several names are a list, as in names: [{', '.join(names)}]" if names[1:] else f"write {names[0]}"

    def is_id(self, name: Scalar, entity: Entity) -> bool:
        """Whether an author wrote the id of an entity instead of a printed form."""
        return squeeze(name.text) not in entity.forms

    def forms(self, name: Scalar, entity: Entity) -> tuple[str, ...]:
        """The printed forms that a name may stand for: itself, or of an id each form, longest first."""
        if not self.is_id(name, entity):
            return (squeeze(name.text),)
        return tuple(sorted(entity.forms, key=lambda form: (-len(form), form)))

    def place_name(
        self, name: Scalar, entity: Entity, *, before: str = "", after: str = "", within: Span | None = None
    ) -> Span:
        """The span of the one place where an entity is named, of a mention that stands in no longer one where there
        is such; raises ``AnchorError``."""
        zones = self.zones
        for zone in zones:
            found = {
                zone.span(*match)
                for form in self.forms(name, entity)
                for match in zone.find(form, before=before, after=after, within=within)
            }
            outer = {span for span in found if self._may_mean(span, entity)}
            if len(outer) == 1:
                span = outer.pop()
                self.choose(span, entity, name)
                return span
            if found:
                break
        form = squeeze(name.text) if not self.is_id(name, entity) else entity.name
        span = self.place(Anchor(form, name.place, before, after), within=within)
        self.choose(span, entity, name)
        return span

    def is_found(self, span: Span) -> bool:
        """Whether a registered form that stands in no longer one has this span."""
        return any(where == span and found.within is None for _, where, found in self._found)

    def _may_mean(self, span: Span, entity: Entity) -> bool:
        """Whether an outermost mention stands at the span that may mean the entity."""
        choice = self.choices.get(span)
        if choice is not None:
            return choice.entity == entity
        return any(
            found.within is None and entity in found.entities for _, where, found in self._found if where == span
        )

    def choose(self, span: Span, entity: Entity, name: Scalar) -> None:
        """Keep that an author, by writing an id, said which of several entities a mention is."""
        if self.is_id(name, entity) and span not in self.choices and len(self._meant(span)) > 1:
            self.choices[span] = Choice(entity, name.place)

    def _meant(self, span: Span) -> tuple[Entity, ...]:
        return next((found.entities for _, where, found in self._found if where == span), ())

    @cached_property
    def _found(self) -> list[tuple[Segment, Span, Found]]:
        """Every occurrence of every form that is in scope, in every segment, in page order, outer before inner."""
        out: list[tuple[Segment, Span, Found]] = []
        for segment in self.segments:
            zone = Zone(self.page, [segment.span])
            out += [(segment, zone.span(found.start, found.end), found) for found in self.registry.find(zone.text)]
        return out

    def mentions(self) -> list[Mention]:
        """Every occurrence with the entity that it means: the one that may be meant, or the one that was chosen.

        A form of several entities that no author decided is a problem (KEY004), once a form.
        """
        out: list[Mention] = []
        made: list[Mention | None] = []
        last: Segment | None = None
        undecided: set[str] = set()
        for segment, span, found in self._found:
            if segment != last:
                made, last = [], segment
            choice = self.choices.get(span)
            entity = choice.entity if choice is not None else found.entities[0]
            if choice is None and len(found.entities) > 1 and found.surface not in undecided:
                undecided.add(found.surface)
                self.problems.append(self._undecided(span, found))
            within = made[found.within] if found.within is not None else None
            made.append(Mention(span, found.surface, entity, segment, within) if entity is not None else None)
            if made[-1] is not None:
                out.append(made[-1])
        return out

    def _undecided(self, span: Span, found: Found) -> Problem:
        ids = ", ".join(entity.id for entity in found.entities)
        line = self.page.line_of(span.start)
        message = f"“{found.surface}” on line {line} may be {len(found.entities)} records"
        expected = "mentions: with is: and the id of the one that is meant, or in: in the registries"
        key = self.node.key("mentions")
        return Problem("KEY004", message, key.place if key else self.node.place, expected, ids)

    def mentioned(self, span: Span, entity: Entity) -> list[Span]:
        """The spans inside a span at which an entity is, or may be, named."""
        out = []
        for _, where, found in self._found:
            choice = self.choices.get(where)
            meant = choice.entity == entity if choice is not None else entity in found.entities
            if where in span and meant:
                out.append(where)
        return out

    def in_body(self, span: Span) -> bool:
        return any(span in segment.span for segment in self.reading_segments)
