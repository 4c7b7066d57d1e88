"""Where a person is named on the pages, and the pages with the name masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lingang.compile.dataset import Compiled
from lingang.compile.item import Item
from lingang.problems import CannotRun
from lingang.roots.removal.person import Person
from lingang.text.page import Page, Searchable, Span

__all__ = ["Inside", "Named", "Occurrence", "occurrences"]

Inside = Literal["mask", "keep"]
Kind = Literal["own", "furniture", "other", "inside", "excluded"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A form on a page: the raw offset of each of its characters, the item, and what it is there.

    ``kind``: ``own`` this person's name; ``furniture`` in no item; ``other`` somebody else's, or part of it; ``inside``
    part of the name of a body, a place, a campaign; ``excluded`` what an author says is no mention. ``longer`` is the
    name around it.
    """

    page: Page
    item: str | None
    form: str
    offsets: tuple[int, ...]
    kind: Kind
    longer: str = ""

    @property
    def line(self) -> int:
        return self.page.line_of(self.offsets[0])

    def __str__(self) -> str:
        around = f" in {self.longer}" if self.longer else ""
        return f"raw/{self.page.file}:{self.line}: {self.form}{around}"


@dataclass(slots=True)
class Named:
    """Every occurrence, and what is done with those that are not plainly this person's."""

    found: list[Occurrence]
    inside: Inside | None
    masked: list[Occurrence] = field(default_factory=list)
    kept: list[Occurrence] = field(default_factory=list)

    def __post_init__(self) -> None:
        undecided = [one for one in self.found if one.kind in ("inside", "excluded")]
        if undecided and self.inside is None:
            raise CannotRun(
                "the name stands in other names, or where an author says that it is none; say "
                "--inside mask (there too) or --inside keep (not there): " + "; ".join(map(str, undecided))
            )
        for one in self.found:
            masked = one.kind in ("own", "furniture") or (one.kind != "other" and self.inside == "mask")
            (self.masked if masked else self.kept).append(one)

    def pages(self, marks: Mapping[str, str]) -> dict[str, str]:
        """The text of each page that changes, by its file, masked."""
        chars: dict[str, list[str]] = {}
        for one in self.masked:
            text = chars.setdefault(one.page.file, list(one.page.text))
            for offset in one.offsets:
                text[offset] = marks[one.form]
        return {file: "".join(text) for file, text in chars.items()}

    @property
    def longer(self) -> frozenset[str]:
        """The names around those that are kept."""
        return frozenset(one.longer for one in self.kept if one.longer)

    def kept_forms(self, item: str) -> frozenset[str]:
        """The forms and longer names that stay in an item; raises ``CannotRun`` where it prints a form both ways."""
        own = {one.form for one in self.masked if one.item == item}
        bare = {one.form for one in self.kept if one.item == item and not one.longer}
        if own & bare:
            raise CannotRun(
                f"{item} prints {', '.join(sorted(own & bare))} for this person and for another or as a word, and its "
                "quotes cannot be told apart; nothing was changed: mask that item by hand, under a new pin"
            )
        return self.longer | bare


def occurrences(compiled: Compiled, pages: Mapping[str, Page], person: Person) -> Iterator[Occurrence]:
    """Every occurrence of a form of the person on the pages of a dataset, in page order, each place once."""
    seen: set[tuple[str, int]] = set()
    for item in compiled.items.values():
        for one in _in_item(item, person):
            if (one.page.file, one.offsets[0]) not in seen:
                seen.add((one.page.file, one.offsets[0]))
                yield one
    for row in compiled.rows["segments"]:
        if row.values["article_id"] is None:
            page = pages[str(row.values["source_id"])]
            start, end = row.values["raw_start"], row.values["raw_end"]
            assert isinstance(start, int) and isinstance(end, int)
            for form, offsets in _forms_in(Searchable(page, [Span(start, end)]), person):
                yield Occurrence(page, None, form, offsets, "furniture")


def _forms_in(zone: Searchable, person: Person) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Forms and offsets, longest first, none inside another."""
    taken: set[int] = set()
    for form in sorted(person.marks, key=len, reverse=True):
        for start, end in zone.find(form):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield form, tuple(zone.offsets[start:end])


def _in_item(item: Item, person: Person) -> Iterator[Occurrence]:
    mentions = item.mentions()
    for segment in item.segments:
        for form, offsets in _forms_in(Searchable(item.page, [segment.span]), person):
            span = Span(offsets[0], offsets[-1] + 1)
            around = [one for one in mentions if span in one.span and one.span != span]
            around = [one for one in around if (one.entity.table, one.entity.id) != ("people", person.id)]
            same = next((one for one in mentions if one.span == span), None)
            if around:
                kind: Kind = "other" if around[0].entity.table == "people" else "inside"
                yield Occurrence(item.page, item.id, form, offsets, kind, around[0].surface)
            elif same is None:
                yield Occurrence(item.page, item.id, form, offsets, "excluded")
            else:
                own = (same.entity.table, same.entity.id) == ("people", person.id)
                yield Occurrence(item.page, item.id, form, offsets, "own" if own else "other")
    yield from _over_edges(item, person)


def _over_edges(item: Item, person: Person) -> Iterator[Occurrence]:
    """Names that run over the edge of two segments of one paragraph: no mention, and read all the same."""
    text, raw = item.reading.text, item.reading.offsets
    edges = {segment.span.end for segment in item.reading_segments}
    for form in person.marks:
        start = text.find(form)
        while start != -1:
            offsets = tuple(raw[start : start + len(form)])
            if any(offsets[0] < edge <= offsets[-1] for edge in edges) or list(offsets) != sorted(offsets):
                yield Occurrence(item.page, item.id, form, offsets, "own")
            start = text.find(form, start + 1)
