"""The registries: printed forms, the records they belong to in an item, and their occurrences in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

__all__ = ["KIND", "Entity", "Found", "Registry"]

KIND = {"people": "person", "organizations": "organization", "places": "place", "campaigns": "campaign"}


@dataclass(frozen=True, slots=True)
class Entity:
    """One registry record: its table, its id, every form in which it may be printed, and its scope.

    ``scope`` holds ids of sources and items in which a form means it; empty: everywhere.
    """

    table: str
    id: str
    name: str
    forms: tuple[str, ...]
    scope: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """An occurrence of a form, with the entities that it may mean; ``within`` is the index of the longer one that
    begins with it."""

    start: int
    end: int
    surface: str
    entities: tuple[Entity, ...]
    within: int | None = None


@dataclass
class Registry:
    """Entities by printed form and by id; of the whole dataset, or of those whose scope holds one item."""

    entities: tuple[Entity, ...]
    by_form: dict[str, list[Entity]] = field(default_factory=dict)
    by_id: dict[tuple[str, str], Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity in self.entities:
            self.by_id[entity.table, entity.id] = entity
            for form in dict.fromkeys(entity.forms):
                self.by_form.setdefault(form, []).append(entity)

    @cached_property
    def _forms_by_first(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for form in sorted(self.by_form, key=lambda known: (-len(known), known)):
            out.setdefault(form[0], []).append(form)
        return out

    def within(self, *scopes: str) -> Registry:
        """The registry of an item: entities without a scope, and those whose scope holds its source or itself."""
        known = frozenset(scopes)
        entities = tuple(entity for entity in self.entities if not entity.scope or entity.scope & known)
        return self if len(entities) == len(self.entities) else Registry(entities)

    def forms_of(self, table: str) -> tuple[str, ...]:
        """The printed forms of the entities of a table."""
        return self._forms_by_table.get(table, ())

    @cached_property
    def _forms_by_table(self) -> dict[str, tuple[str, ...]]:
        tables = {entity.table for entity in self.entities}
        return {
            table: tuple(form for form, known in self.by_form.items() if any(one.table == table for one in known))
            for table in tables
        }

    def resolve(self, text: str, tables: Iterable[str]) -> list[Entity]:
        """The entities of the tables that a printed form, or an id, names."""
        wanted = list(tables)
        found = [entity for entity in self.by_form.get(text, []) if entity.table in wanted]
        return found or [self.by_id[table, text] for table in wanted if (table, text) in self.by_id]

    def close_to(self, text: str, tables: Iterable[str]) -> list[str]:
        """The forms and ids of the tables that are like a text, the likest first."""
        wanted = set(tables)
        forms = {form for form, entities in self.by_form.items() if any(known.table in wanted for known in entities)}
        if text.isascii():
            forms = {entity.id for entity in self.entities if entity.table in wanted}
        ratio = {form: SequenceMatcher(None, form, text).ratio() for form in forms if set(form) & set(text)}
        return sorted((form for form, like in ratio.items() if like >= 0.5), key=lambda form: (-ratio[form], form))

    def find(self, text: str) -> list[Found]:
        """Every occurrence in a text without white space: longest first, left to right.

        A form that begins a longer one found there, and belongs to another entity, is found inside it.
        """
        out: list[Found] = []
        index = 0
        while index < len(text):
            here = [form for form in self._forms_by_first.get(text[index], ()) if text.startswith(form, index)]
            if not here:
                index += 1
                continue
            out.append(Found(index, index + len(here[0]), here[0], tuple(self.by_form[here[0]])))
            inside = {(entity.table, entity.id) for entity in self.by_form[here[0]]}
            parent = len(out) - 1
            for form in here[1:]:
                inner = tuple(known for known in self.by_form[form] if (known.table, known.id) not in inside)
                if inner:
                    inside |= {(entity.table, entity.id) for entity in inner}
                    out.append(Found(index, index + len(form), form, inner, parent))
                    parent = len(out) - 1
            index += len(here[0])
        return out
