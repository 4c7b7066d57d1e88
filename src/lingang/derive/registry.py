"""The registries: printed forms, the records they belong to, and their occurrences in a text."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

__all__ = ["Entity", "Found", "Registry"]

KIND = {"people": "person", "organizations": "organization", "places": "place", "campaigns": "campaign"}


@dataclass(frozen=True, slots=True)
class Entity:
    """One registry record: its table, its id and every form in which it may be printed."""

    table: str
    id: str
    name: str
    forms: tuple[str, ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An occurrence of a form; ``within`` is the index of the longer one that begins with it."""

    start: int
    end: int
    surface: str
    entity: Entity
    within: int | None = None


@dataclass(slots=True)
class Registry:
    """All entities, by printed form and by id."""

    by_form: dict[str, list[Entity]] = field(default_factory=dict)
    by_id: dict[tuple[str, str], Entity] = field(default_factory=dict)
    _forms_by_first: dict[str, list[str]] = field(default_factory=dict)

    def add(self, entity: Entity) -> None:
        self.by_id[entity.table, entity.id] = entity
        for form in dict.fromkeys(entity.forms):
            if form not in self.by_form:
                insort(self._forms_by_first.setdefault(form[0], []), form, key=lambda known: (-len(known), known))
            self.by_form.setdefault(form, []).append(entity)

    def resolve(self, text: str, tables: Iterable[str]) -> list[Entity]:
        """The entities of the tables that a printed form, or an id, names."""
        wanted = set(tables)
        found = [entity for entity in self.by_form.get(text, []) if entity.table in wanted]
        if found:
            return found
        return [self.by_id[table, text] for table in KIND if table in wanted and (table, text) in self.by_id]

    def close_to(self, text: str, tables: Iterable[str]) -> list[tuple[str, Entity]]:
        """The forms of the tables that are like a printed form, the likest first, with the entities that they name."""
        wanted = set(tables)
        close = [
            (form, entity)
            for form, entities in self.by_form.items()
            for entity in entities
            if entity.table in wanted
            and (set(form) & set(text))
            and (form in text or text in form or len(set(form) ^ set(text)) <= 2)
        ]
        return sorted(close, key=lambda known: (-SequenceMatcher(None, known[0], text).ratio(), known[0]))

    def find(self, text: str) -> list[Found]:
        """Every occurrence in a text without white space: longest first, left to right.

        A form that begins a longer one found there, and belongs to another entity, is found inside
        it. Of homonyms the first registered is taken.
        """
        out: list[Found] = []
        index = 0
        while index < len(text):
            here = [form for form in self._forms_by_first.get(text[index], ()) if text.startswith(form, index)]
            if not here:
                index += 1
                continue
            outer = len(out)
            longest = self.by_form[here[0]][0]
            out.append(Found(index, index + len(here[0]), here[0], longest))
            inside = {(longest.table, longest.id)}
            parent = outer
            for form in here[1:]:
                entity = self.by_form[form][0]
                if (entity.table, entity.id) not in inside:
                    inside.add((entity.table, entity.id))
                    out.append(Found(index, index + len(form), form, entity, parent))
                    parent = len(out) - 1
            index += len(here[0])
        return out
