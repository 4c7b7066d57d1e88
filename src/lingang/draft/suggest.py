"""Every suggestion for a root, from its bytes alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import count

from lingang.authored.anchor import AnchorError, anchor_of
from lingang.authored.loader import load
from lingang.authored.nodes import Mapping as Tree
from lingang.authored.tree import Authored, parse
from lingang.compile.dataset import compile_dataset, item_on
from lingang.compile.item import Item
from lingang.compile.registries import registry_of
from lingang.compile.registry import Entity, Registry
from lingang.compile.sources import Source, source_of
from lingang.compile.titles import OPEN
from lingang.draft.anchors import quoted
from lingang.draft.bylines import Bylines
from lingang.draft.names import Holding, Name, holdings, names
from lingang.draft.pages import Guess, guess_items, head_of
from lingang.draft.records import Found, Records, words_for_events
from lingang.draft.suggestion import Kind, Suggestion, Value
from lingang.draft.writing import scalar
from lingang.lexicon import Lexicon
from lingang.lexicon.roots import lexicon_of
from lingang.problems import Problem
from lingang.text import dates
from lingang.text.page import Page, Span, squeeze
from lingang.text.zone import Zone

__all__ = ["NotReadable", "suggest"]

_POSTS = re.compile("[、，]")
"""What parts the posts of one title."""
_ID = {"people": "person", "organizations": "body", "places": "place"}


class NotReadable(Exception):
    """The files say something that has to be mended before a text can be searched; ``problems`` tell what."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.message}" for problem in problems))
        self.problems = problems


@dataclass
class _Root:
    """The pages and items of a root, and what is recorded of them already."""

    authored: Authored
    lexicon: Lexicon
    sources: dict[str, Source]
    registry: Registry
    items: dict[str, Item] = field(default_factory=dict)
    published: dict[str, date] = field(default_factory=dict)
    """By source the day that the page prints, or seems to print, as its own."""
    held: set[tuple[str, str, int]] = field(default_factory=set)
    """Source, column, and code point of the page at which something that is recorded begins."""

    @cached_property
    def nouns(self) -> frozenset[str]:
        return words_for_events(self.lexicon)


def suggest(files: Mapping[str, bytes]) -> list[Suggestion]:
    """What the pages of a root seem to hold and no record has, in the authored form: by file, in page order.

    ``files`` are those of the root by their path, as ``read_files`` gives them; nothing else is looked at, and the same
    files give the same list. Raises ``NotReadable`` where a file has to be mended first.
    """
    root = _read(files)
    bylines = Bylines(root.lexicon)
    out = list(_layouts(root, bylines))
    _note_days(root, out)
    for source in root.sources.values():
        items = [item for item in root.items.values() if item.page is source.page]
        for item in sorted(items, key=lambda one: (one.segments[0].span, one.id)):
            out += _entries(root, item, bylines)
    out = _printed(root, out)
    for item_id in list(root.items):
        old = root.items[item_id]
        known = root.registry.within(old.page.source_id, item_id)
        root.items[item_id] = Item(item_id, old.node, old.page, old.layout, known, root.lexicon)
        out += _of_item(root, root.items[item_id])
    return out


def _note_days(root: _Root, found: list[Suggestion]) -> None:
    """The days of publication that are written, or proposed."""
    proposed = {one.section: str(one.value) for one in found if one.key == "published"}
    for key, source in root.sources.items():
        node = source.entry.get("published")
        raw = proposed.get(key) if node is None else squeeze(anchor_of(node).quote)
        with suppress(ValueError):
            day = dates.read(raw).start if raw else None
            if day is not None:
                root.published[key] = day


def _read(files: Mapping[str, bytes]) -> _Root:
    authored = parse(files)
    chosen = lexicon_of(files, authored)
    problems = [*authored.problems, *chosen.problems]
    problems = [one for one in problems if not (one.rule == "YML013" and one.place.file == "dataset/articles")]
    if problems or chosen.compiling is None or authored.sources is None:
        raise NotReadable(problems)
    lexicon = chosen.compiling
    try:
        sources = {
            key.text: Source(key, node, authored.pages[key.text])
            for key, node in authored.sources.entries
            if isinstance(node, Tree)
        }
        root = _Root(authored, lexicon, sources, registry_of(authored.registries, {*sources, *authored.articles}))
        for item_id, node in authored.articles.items():
            _add_item(root, item_id, node, source_of(node, sources))
    except AnchorError as error:
        raise NotReadable([error.problem]) from None
    if authored.articles:
        for row in compile_dataset(authored, lexicon).rows["evidence"]:
            values = row.values
            root.held.add((str(values["source_id"]), str(values["column_name"]), int(str(values["raw_start"]))))
    return root


def _add_item(root: _Root, item_id: str, node: Tree, source: Source) -> Item:
    root.items[item_id] = item = item_on(source, item_id, node, root.registry, root.lexicon)
    return item


# ---------------------------------------------------------------- lines


def _layouts(root: _Root, bylines: Bylines) -> Iterator[Suggestion]:
    """The lines of items that no file has, and of the head of a page."""
    for source in root.sources.values():
        page = source.page
        taken = {line for span in source.layout.quoted for line in _lines_of(page, span)}
        for item in root.items.values():
            if item.page is page:
                taken |= {line for segment in item.segments for line in _lines_of(page, segment.span)}
        if not taken:
            found = list(_head(source))
            yield from found
            taken = {line for one in found for line in _lines_of(page, one.span)}
        numbers = (number for number in count(1) if f"{source.key.text}-item-{number}" not in root.items)
        for guess in guess_items(page, taken, bylines):
            yield from _lines(root, source, f"{source.key.text}-item-{next(numbers)}", guess)


def _lines_of(page: Page, span: Span) -> range:
    return range(page.line_of(span.start), page.line_of(span.end - 1) + 1)


def _head(source: Source) -> Iterator[Suggestion]:
    """The first lines of a page, down to the one that prints the date of publication."""
    page, head = source.page, head_of(source.page)
    if head is None:
        return
    text: dict[str, Value] = {}
    above = [line for line in head.lines if line != head.line]
    if above:
        text["masthead"] = above[0] if len(above) == 1 else f"{above[0]}-{above[-1]}"
    elif head.before:
        text["masthead"] = {"quote": head.before}
    text["dateline"] = head.line
    span = page.lines(head.lines[0], head.line)
    assert span is not None, "the lines have text"
    key, why = source.key.text, "the first lines of the page, with a whole date"
    yield _suggestion("lines", "sources.yaml", key, "text", text, page, span, why)
    if source.entry.get("published") is None:
        line = page.lines(head.line, head.line)
        assert line is not None, "the line has text"
        day = Zone(page, [line]).span(len(head.before), len(head.before) + len(head.date))
        yield _suggestion("date", "sources.yaml", key, "published", head.date, page, day, why)


def _lines(root: _Root, source: Source, item_id: str, guess: Guess) -> Iterator[Suggestion]:
    """The text of a new item, which is read as if its file were there."""
    page, text = source.page, guess.text()
    written = "".join(f"  {key}: {scalar(value)}\n" for key, value in text.items())
    file = f"articles/{item_id}.yaml"
    node, problems = load(f"text:\n{written}".encode(), f"dataset/{file}")
    if not isinstance(node, Tree):
        raise NotReadable(problems)
    try:
        item = _add_item(root, item_id, node, source)
    except AnchorError:
        if not guess.byline:
            raise
        guess.byline = ""  # a byline that stands twice cannot be told apart: the author cuts it
        yield from _lines(root, source, item_id, guess)
        return
    if len(root.sources) > 1:
        span = item.segments[0].span
        yield _suggestion("lines", file, "source", None, source.key.text, page, span, "the page has no item here")
    reasons = {
        "headline": "short lines before a text",
        "subheadline": "the further lines of the headline",
        "byline": "a form of bylines",
        "body": "the paragraphs of the text",
        "caption": "a text without headline above a credit",
        "credit": "a line that is a credit and nothing else",
    }
    for key, value in text.items():
        if key == "byline" and not guess.byline:
            continue
        span = next(segment.span for segment in item.segments if segment.role == key)
        kind: Kind = "byline" if key == "byline" else "lines"
        yield _suggestion(kind, file, "text", key, value, page, span, reasons[key])


def _suggestion(
    kind: Kind, file: str, section: str, key: str | None, value: Value, page: Page, span: Span, why: str
) -> Suggestion:
    line = page.line_of(span.start)
    return Suggestion(kind, file, section, key, value, page.source_id, line, span, page.quote(span), why)


# ---------------------------------------------------------------- names


def _entries(root: _Root, item: Item, bylines: Bylines) -> list[Suggestion]:
    """Registry entries for the names of an item that no registry has; they are known from then on."""
    item.registry = root.registry.within(item.page.source_id, item.id)
    out = []
    for name in list(names(item, bylines)):
        key = _free_id(root.registry, name)
        entity = Entity(name.table, key, name.text, (name.text,))
        root.registry = Registry((*root.registry.entities, entity))
        span = name.zone.span(name.start, name.end)
        value: Value = {"name": name.text}
        out.append(_suggestion("name", f"{name.table}.yaml", key, None, value, item.page, span, name.why))
    return out


def _printed(root: _Root, found: list[Suggestion]) -> list[Suggestion]:
    """Without the names that stand only in longer ones: no mention would be theirs."""
    mentioned = {
        (entity.table, entity.id)
        for item in root.items.values()
        for segment in item.segments
        for one in root.registry.find(Zone(item.page, [segment.span]).text)
        for entity in one.entities
    }
    lost = {(one.file, one.section) for one in found if one.kind == "name"}
    lost -= {(f"{table}.yaml", key) for table, key in mentioned}
    kept = (entity for entity in root.registry.entities if (f"{entity.table}.yaml", entity.id) not in lost)
    root.registry = Registry(tuple(kept))
    return [one for one in found if (one.file, one.section) not in lost]


def _free_id(registry: Registry, name: Name) -> str:
    kind = _ID[name.table]
    return next(key for number in count(1) if (name.table, key := f"{kind}-{number}") not in registry.by_id)


# ---------------------------------------------------------------- records


def _of_item(root: _Root, item: Item) -> Iterator[Suggestion]:
    """Titles, events with their dates, speech, 《》 and numbers that no record has."""
    file, page, zone = f"articles/{item.id}.yaml", item.page, item.body
    holding = list(holdings(item))
    yield from _titles(root, item, holding, file)
    records = Records(item, [one.title for one in holding], root.published.get(page.source_id), root.nouns)

    def new(found: Found, column: str) -> Span | None:
        span = zone.span(*found.at)
        return None if (page.source_id, column, span.start) in root.held else span

    keys: list[str] = []
    free = (f"{item.id}-event-{number}" for number in count(1))
    written = item.node.get("events")
    taken = {key.text for key, _ in written.entries} if isinstance(written, Tree) else set()
    for found in records.events():
        column = "date_raw" if "date" in found.value else "trigger"
        span = new(found, column)
        if column == "trigger":
            keys.append(next(key for key in free if key not in taken) if span is not None else "")
        key = keys[-1] if column == "trigger" else keys[found.event] if found.event is not None else ""
        if span is not None:
            kind: Kind = "trigger" if column == "trigger" else "date"
            section = "events" if key else ""
            yield _suggestion(kind, file, section, key or None, dict(found.value), page, span, found.why)
    lists: tuple[tuple[Kind, str, str, Iterator[Found]], ...] = (
        ("speech", "quotations", "cue", records.quotations()),
        ("document", "documents", "title", records.documents()),
        ("number", "figures", "qualifier", records.figures()),
    )
    for kind, section, column, every in lists:
        for found in every:
            if (span := new(found, column)) is not None:
                yield _suggestion(kind, file, section, None, dict(found.value), page, span, found.why)


def _titles(root: _Root, item: Item, found: list[Holding], file: str) -> Iterator[Suggestion]:
    """One entry a title; a title that stands before others too has no second place in the form."""
    zone = item.body
    told: dict[str, Value] = {}
    held: set[tuple[str, str]] = set()
    written = item.node.get("titles")
    taken = {key.text for key, _ in written.entries} if isinstance(written, Tree) else set()
    for holding in found:
        span = zone.span(*holding.title)
        title = zone.text[slice(*holding.title)]
        printed = [zone.text[slice(*at)] for at in holding.names]
        holders: list[Value] = [*printed, *([OPEN] if holding.open == OPEN else [])]
        value: Value = holders[0] if len(holders) == 1 else holders
        first, last = holding.title[0], holding.names[-1][1]
        if zone.text.find(zone.text[first:last]) != first:  # the first place is meant where none is told
            pair = quoted(item.zones, zone, first, last)
            beside = pair if isinstance(pair, dict) else {}
            value = {"names": value, **{key: text for key, text in beside.items() if key != "quote"}}
        pairs = [(post, name) for post in _POSTS.split(title) for name in printed]
        if (item.page.source_id, "title_raw", span.start) in root.held or held.issuperset(pairs):
            continue
        again = title in told or title in taken or bool(held & set(pairs)) or len(set(pairs)) < len(pairs)
        held.update(pairs)
        told.setdefault(title, value)
        entry: Value = {title: value} if again else value
        section, key = ("", None) if again else ("titles", title)
        why = "a post before a name" if len(printed) == 1 else "a post before a list of names"
        yield _suggestion("title", file, section, key, entry, item.page, span, why)
