"""Titles and their holders: one self-proving pair, one row a post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from itertools import product

from lingang.authored.anchor import Anchor, AnchorError
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.compile.entry import scalars
from lingang.compile.item import Item
from lingang.compile.registry import Entity
from lingang.compile.rows import Rows
from lingang.compile.stand_ins import prove_stand_in
from lingang.problems import Problem
from lingang.tables.marks import ASIDE
from lingang.tables.titles import split_title
from lingang.text.page import Span, squeeze
from lingang.text.zone import Zone

__all__ = ["add_titles", "title_words"]

OPEN = "等"
_BETWEEN = re.compile("[、，]")


def title_words(titles: Mapping) -> tuple[str, ...]:
    """The printed titles of an item, the longest first: what may stand between the names of a list."""
    return tuple(sorted((squeeze(key.text) for key, _ in titles.entries), key=lambda title: (-len(title), title)))


@dataclass(frozen=True, slots=True)
class _Holders:
    """Names of a title at one place, the neighbours that tell the place from others, and a quote where the names do
    not touch the title."""

    names: list[Scalar]
    before: str = ""
    after: str = ""
    quote: Scalar | None = None

    @classmethod
    def of(cls, node: Node) -> _Holders:
        if not isinstance(node, Mapping):
            return cls(scalars(node))
        before, after = (known.text if known else "" for known in (node.scalar("before"), node.scalar("after")))
        return cls(scalars(node.get("names")), before, after, node.scalar("quote"))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Where the title begins, and where each name stands, in a zone of the item; the quote that holds both, if any."""

    zone: Zone
    title: int
    names: list[tuple[int, int]]
    quote: Span | None = None


def add_titles(item: Item, titles: Mapping, rows: Rows, stand_ins: AbstractMapping[str, Scalar]) -> None:
    """Rows of ``positions`` for every title of an article file, at every place that is written of it."""
    counts: dict[str, int] = {}
    for title, node in titles.entries:
        several = isinstance(node, Sequence) and all(isinstance(one, Mapping) for one in node.items)
        for one in node.items if several and isinstance(node, Sequence) else (node,):
            try:
                _add_pair(item, title, _Holders.of(one), rows, stand_ins, counts)
            except AnchorError as error:
                rows.problems.append(error.problem)
                item.untitled = item.untitled or error.problem


def _place_pair(item: Item, title: Scalar, names: list[tuple[str, ...]], before: str, after: str) -> _Pair:
    """The first place of the pair, in the running text if it stands there: the title and its names, or the names and
    their title.

    ``names`` are the forms of each name; between them stand joiners and remarks like （女）.
    """
    raw = re.escape(squeeze(title.text))
    joiners = "|".join(re.escape(word) for word in item.lexicon.words("joiners"))
    listed = f"(?:{ASIDE})?(?:{joiners})".join(f"({'|'.join(map(re.escape, forms))})" for forms in names)
    for zone, pattern in product(item.zones, (f"{raw}(?:{joiners})?{listed}", f"{listed}{raw}")):
        for match in re.finditer(pattern, zone.text):
            end = match.end()
            follows = zone.text.startswith((squeeze(before), "\n" + squeeze(before)), end)
            if follows and zone.text[: match.start()].rstrip("\n").endswith(squeeze(after)):
                start = match.start() if pattern.startswith(raw) else match.end() - len(squeeze(title.text))
                return _Pair(zone, start, [match.span(number) for number in range(1, len(names) + 1)])
    printed = squeeze(title.text) + "、".join(forms[0] for forms in names)
    item.place(Anchor(printed, title.place, before, after))
    raise AnchorError(
        Problem("EVI002", f"“{printed}” runs over the edge of a line of the item", title.place, "one run of text")
    )


def _place_in_quote(item: Item, title: Scalar, names: list[tuple[str, ...]], quote: Scalar, holders: _Holders) -> _Pair:
    """A title and names that do not touch, in the quote that holds both: 任命陈守一（女）为松岭市市长."""
    span = item.place(Anchor(quote.text, quote.place, holders.before, holders.after))
    zone = item.zone_of(span)
    at = zone.inside(span.start, span.end)
    assert at is not None, "a quote stands in a zone"
    text = zone.text[slice(*at)]

    def find(forms: Iterable[str]) -> tuple[int, int]:
        for form in forms:
            if form in text:
                return at[0] + text.index(form), at[0] + text.index(form) + len(form)
        raise AnchorError(
            Problem("EVI002", "a quote that does not hold its title and names", quote.place, form, squeeze(quote.text))
        )

    return _Pair(zone, find([squeeze(title.text)])[0], [find(forms) for forms in names], span)


def _add_pair(
    item: Item,
    title: Scalar,
    holders: _Holders,
    rows: Rows,
    stand_ins: AbstractMapping[str, Scalar],
    counts: dict[str, int],
) -> None:
    listed = [name for name in holders.names if squeeze(name.text) != OPEN]
    people = [item.resolve(name, ["people"]) for name in listed]
    forms = [item.forms(name, person) for name, person in zip(listed, people, strict=True)]
    if holders.quote is None:
        pair = _place_pair(item, title, forms, holders.before, holders.after)
    else:
        pair = _place_in_quote(item, title, forms, holders.quote, holders)
    for person, name, (start, end) in zip(people, listed, pair.names, strict=True):
        mention = pair.zone.span(start, end)
        item.choose(mention, person, name)
        offset = pair.title
        for raw in _BETWEEN.split(squeeze(title.text)):
            span = pair.zone.span(offset, offset + len(raw))
            _add_row(item, person, pair.quote or mention, raw, span, title, name, rows, stand_ins, counts)
            offset += len(raw) + 1


def _names_begun(raw: str, item: Item) -> tuple[str, ...]:
    """Endings of names of bodies with which a title begins: 县委 in 县委常委, of which 县 is no part of its own."""
    kinds = item.lexicon.vocabularies.get("organization_kind")
    begun = (raw[:size] for size in range(1, len(raw) + 1))
    return tuple(start for start in begun if kinds is not None and start in kinds.endings)


def _add_row(
    item: Item,
    person: Entity,
    holder: Span,
    raw: str,
    span: Span,
    title: Scalar,
    name: Scalar,
    rows: Rows,
    stand_ins: AbstractMapping[str, Scalar],
    counts: dict[str, int],
) -> None:
    begun = _names_begun(raw, item)
    usable = [word for word in stand_ins if not any(name.startswith(word) and name != word for name in begun)]
    form, rest = split_title(raw, [*item.registry.forms_of("organizations"), *usable], item.lexicon.words("post_words"))
    stand_in = stand_ins.get(form) if form else None
    named = stand_in or (Scalar(form, title.place) if form else None)
    body = item.resolve(named, ["organizations"]) if named is not None else None
    counts[person.id] = counts.get(person.id, 0) + 1
    row = rows.add(
        "positions",
        title.place,
        {
            "position_id": f"{item.id}-{person.id}-{counts[person.id]}",
            "person_id": person.id,
            "organization_id": body.id if body else None,
            "article_id": item.id,
            "title_raw": raw,
            "title": rest,
        },
        person_id=name.place,
        title=title.place,
        title_raw=title.place,
    )
    page = item.page
    rows.prove(row, "person_id", [holder], page, item.id)
    rows.prove(row, "title_raw", [span], page, item.id)
    rows.prove(row, "title", [span], page, item.id, rule="title_split")
    rows.prove(row, "kind", [span], page, item.id)
    if body is not None and form:
        zone = item.zone_of(span)
        at = zone.inside(span.start, span.end)
        assert at is not None, "the title stands in the item"
        printed = zone.span(at[0], at[0] + len(form))
        if stand_in is not None:
            row.places["organization_id"] = stand_in.place
            prove_stand_in(row, "organization_id", printed, form, body, item, rows, of_page=True)
        else:
            rows.prove(row, "organization_id", [printed], page, item.id)
