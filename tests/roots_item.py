"""One item of a root: where a quote, a name, a list or a title stands in it.

Part of the independent reader (see ``roots_reader``); nothing of lingang.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from roots_pages import Source, Span, Wrong, as_list, beside, occurrences, squeeze

BODIES = ("people", "organizations", "places")
JOINERS = "、，和及与以暨"


def inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


@dataclass
class Entity:
    table: str
    id: str
    forms: list[str]
    scope: list[str]


class Item:
    """One item: its zones of text, and where a quote or a name stands in them."""

    def __init__(self, article_id: str, data: dict[str, Any], source: Source, entities: list[Entity]) -> None:
        self.id, self.data, self.source = article_id, data, source
        self.entities = [e for e in entities if not e.scope or article_id in e.scope or source.id in e.scope]
        pieces = [run for run in source.pieces() if run.item == article_id]
        self.roles = {run.role for run in pieces}
        reading = "body" if "body" in self.roles else "caption"
        paragraphs: dict[int, str] = {}
        for run in pieces:
            if run.role == reading:
                number = run.paragraph if reading == "body" else run.span[0]
                paragraphs[number] = paragraphs.get(number, "") + source.page.printed[slice(*run.span)]
        self.reading = "\n".join(paragraphs.values())
        others = [source.page.printed[slice(*run.span)] for run in pieces if run.role != reading]
        self.others = "\n".join(others)
        self.titles = {squeeze(title) for title in data.get("titles", {})}
        self.names = {zone: self._outermost(zone) for zone in (self.reading, self.others)}

    def _outermost(self, zone: str) -> list[tuple[Span, Entity]]:
        found = [(span, e) for e in self.entities for form in e.forms for span in occurrences(zone, form)]
        return [
            (span, e)
            for span, e in found
            if not any(o[0] <= span[0] and span[1] <= o[1] and o != span for o, _ in found)
        ]

    def place(
        self, value: Any, *, first: bool = False, within: Span | None = None, edge: bool = True
    ) -> tuple[str, Span]:
        """The zone and place of a quote: exactly one in the reading text, else exactly one in the other runs."""
        anchor = value if isinstance(value, dict) else {"quote": value}
        for zone in (self.reading, self.others):
            found = beside(zone, anchor)
            if within is not None:
                found = [span for span in found if zone == self.reading and inside(span, within)]
            if len(found) == 1 or (found and first):
                if edge:
                    self._edges(zone, found[0])
                return zone, found[0]
            if found:
                raise Wrong(f"{self.id}: {anchor!r} stands {len(found)} times")
        raise Wrong(f"{self.id}: {anchor!r} does not stand there")

    def _edges(self, zone: str, span: Span) -> None:
        """No quote crosses the edge of a name or of 《》, and none begins or ends inside digits."""
        start, end = span
        for (left, right), entity in self.names[zone]:
            if left < start < right < end or start < left < end < right:
                raise Wrong(f"{self.id}: “{zone[start:end]}” crosses the edge of {entity.forms[0]}")
        for at in (start, end):
            if re.fullmatch(r"[0-9０-９][0-9０-９]", zone[max(0, at - 1) : at + 1]):
                raise Wrong(f"{self.id}: “{zone[start:end]}” cuts a number")
        if zone[start:end].count("《") != zone[start:end].count("》"):
            raise Wrong(f"{self.id}: “{zone[start:end]}” cuts a title")

    def resolve(self, text: str, tables: tuple[str, ...]) -> Entity:
        known = [e for e in self.entities if e.table in tables]
        by_id = [e for e in known if e.id == text]
        found = by_id or [e for e in known if squeeze(text) in e.forms]
        if len(found) != 1:
            raise Wrong(f"{self.id}: “{text}” is {len(found)} of {tables}")
        return found[0]

    def surfaces(self, text: str, entity: Entity) -> list[str]:
        return entity.forms if text == entity.id else [squeeze(text)]

    def place_name(
        self, text: str, context: dict[str, Any], tables: tuple[str, ...], within: Span | None = None
    ) -> Span:
        """The outermost printing of a name, in the reading text or elsewhere; or its only one inside a longer name."""
        forms = self.surfaces(text, self.resolve(text, tables))
        for zone in (self.reading, self.others):
            spans = {span for span, _ in self.names[zone] if zone[slice(*span)] in forms}
            near = [
                span
                for span in sorted(spans)
                if (within is None or inside(span, within))
                and span in beside(zone, {**context, "quote": zone[slice(*span)]})
            ]
            if len(near) == 1:
                return near[0]
            if near:
                raise Wrong(f"{self.id}: the name “{text}” stands {len(near)} times")
        if len(forms) > 1 or forms[0] != squeeze(text):
            raise Wrong(f"{self.id}: the name “{text}” does not stand there")
        return self.place({**context, "quote": forms[0]}, within=within)[1]

    def place_list(self, names: list[str], context: dict[str, Any], within: Span | None = None) -> None:
        """A printed list: names in order, parted by a joiner and perhaps by a title of the item; 等 last."""
        is_open = names[-1] == "等"
        named = names[:-1] if is_open else names
        forms = ["|".join(map(re.escape, self.surfaces(n, self.resolve(n, BODIES)))) for n in named]
        titles = "|".join(sorted(map(re.escape, self.titles), key=len, reverse=True)) or "(?!)"
        gap = rf"(?:[{JOINERS}；]+(?:(?:{titles})、?)*|(?:{titles})?[{JOINERS}]+)"
        pattern = gap.join(f"(?:{form})" for form in forms) + ("等" if is_open else "")
        zone = self.reading if within is None else self.reading[slice(*within)]
        found = [m.span() for m in re.finditer(pattern, zone)]
        wanted = [s for s in found if s in beside(zone, {**context, "quote": zone[slice(*s)]})]
        if len(wanted) != 1:
            raise Wrong(f"{self.id}: the list {names} stands {len(wanted)} times")
        follows = zone[wanted[0][1] :]
        if not is_open and re.match(r"等(?!级)", follows):
            raise Wrong(f"{self.id}: the list {names} ends in 等")

    def place_title(self, title: str, holders: Any) -> None:
        context = holders if isinstance(holders, dict) else {}
        names = as_list(holders["names"] if isinstance(holders, dict) else holders)
        named = [name for name in names if name != "等"]
        forms = ["|".join(map(re.escape, self.surfaces(n, self.resolve(n, ("people",))))) for n in named]
        run = f"[{JOINERS}]+".join(f"(?:{form})" for form in forms) + ("等" if names[-1] == "等" else "")
        raw = re.escape(squeeze(title))
        if "quote" in context:
            zone, span = self.place({key: value for key, value in context.items() if key != "names"})
            quoted = zone[slice(*span)]
            if len(re.findall(raw, quoted)) != 1 or any(len(re.findall(form, quoted)) != 1 for form in forms):
                raise Wrong(f"{self.id}: {context['quote']} does not hold {title} and {names} once")
            return
        total = 0
        for pattern in (raw + run, run + raw):
            for zone in (self.reading, self.others):
                total += sum(
                    m.span() in beside(zone, {**context, "quote": m.group()}) for m in re.finditer(pattern, zone)
                )
        if total != 1:
            raise Wrong(f"{self.id}: title {title} with {names} stands {total} times")
