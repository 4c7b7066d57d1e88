"""All rows of a dataset from its authored files: the one way from text and records to rows."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lingang.authored.anchor import AnchorError, anchor_of
from lingang.authored.effects import without_effect
from lingang.authored.nodes import Mapping, noting_uses
from lingang.authored.tree import REGISTRIES, Authored
from lingang.causes import each_cause_once, without_registry
from lingang.compile.beside import add_accepted, add_labels, add_readings, add_words
from lingang.compile.bylines import add_bylines
from lingang.compile.documents import add_campaign_uses, add_documents
from lingang.compile.entry import Entry, mapping, sequence
from lingang.compile.events import add_events
from lingang.compile.figures import add_figures
from lingang.compile.finish import finish
from lingang.compile.issues import add_issues
from lingang.compile.item import Choice, Item
from lingang.compile.layout import layout
from lingang.compile.mentions import add_mentions
from lingang.compile.quotations import add_quotations
from lingang.compile.registries import Seen, add_registries, registry_of
from lingang.compile.registry import Registry
from lingang.compile.rows import Rows
from lingang.compile.sources import Source, add_segments, add_source, source_of, stand_ins_of
from lingang.compile.titles import add_titles, title_words
from lingang.lexicon import Lexicon
from lingang.problems import Problem
from lingang.text.page import Page, Reading, Span

__all__ = ["Compiled", "compile_dataset", "item_on"]


@dataclass(slots=True)
class Compiled:
    """The rows of a dataset and the problems met on the way.

    ``broken`` holds the files some of whose rows could not be made.
    """

    rows: Rows
    items: dict[str, Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


def _maps(node: Mapping, key: str) -> list[Mapping]:
    return [item for item in sequence(node.get(key)) if isinstance(item, Mapping)]


def compile_dataset(authored: Authored, lexicon: Lexicon) -> Compiled:
    """Rows of every table, with their evidence, from checked trees; a value that reaches no row is a problem."""
    with noting_uses() as uses:
        out = _compiled(authored, lexicon)
    trees = [*authored.articles.values(), *authored.registries.values()]
    trees += [authored.sources] if authored.sources is not None else []
    whole = out.rows["sources"] and not out.broken  # what could not be made whole may have had a use for a value
    for tree in trees if whole else ():
        out.problems.extend(without_effect(tree, uses, frozenset()))
    return out


def _compiled(authored: Authored, lexicon: Lexicon) -> Compiled:
    out = Compiled(Rows(), problems=list(authored.problems), broken=set(authored.broken))
    broken_registries = {f"dataset/{name}.yaml" for name in REGISTRIES} & authored.broken
    named = {str(key.raw) for key, _ in authored.sources.entries} if authored.sources is not None else set()
    if authored.sources is None or broken_registries or len(authored.pages) < len(named) or not named:
        out.broken.add("dataset/sources.yaml")
        return out  # without pages and registries nothing of an item could be placed
    rows = out.rows
    sources = _sources(authored, rows)
    unread = {*authored.articles, *(PurePosixPath(file).stem for file in authored.broken)}
    registry = registry_of(authored.registries, {*named, *unread})
    for article_id, node in authored.articles.items():
        if _waits(node, authored.sources, sources):
            continue
        try:
            out.items[article_id] = _item(article_id, node, sources, registry, lexicon)
        except AnchorError as error:
            rows.problems.append(error.problem)
    seen: Seen = {}
    dated: dict[str, tuple[Entry, Page]] = {}
    for number, item in _in_page_order(out.items):
        _add_article(item, number, rows)
    unread -= {*out.items}
    for source in sources.values():
        items = {key: item for key, item in out.items.items() if item.page is source.page}
        add_source(source, items, unread, rows)
        add_segments(source.key.text, None, source.page, source.layout, rows)
        for item in items.values():
            item.neighbours = [other for other in items.values() if other is not item]
            item.alone = bool(unread)
            dated |= {event: (entry, item.page) for event, entry in _add_records(item, source, rows).items()}
            _add_names(item, rows, seen)
        add_issues(source.page, None, _maps(source.entry.node, "issues"), rows, [])
    ids = frozenset(named), frozenset(out.items) | unread
    words = {source.key.text: stand_ins_of(source) for source in sources.values()}
    if not any(item.node.get("titles") for item in out.items.values()):
        _ = [name.value for names in words.values() for name in names.values()]  # used once titles are written
    add_registries(authored.registries, registry, seen, rows, lexicon, *ids, words)
    add_words(lexicon, rows)
    add_labels(authored.labels, rows)
    add_accepted(authored, sources, out.items, rows)
    add_readings(authored.verification, rows)
    finish(rows, lexicon, dated)
    out.problems.extend(rows.problems)
    out.problems.extend(problem for item in out.items.values() for problem in item.problems)
    out.broken |= {problem.place.file for problem in out.problems}
    absent = [file for name in REGISTRIES if (file := f"dataset/{name}.yaml") not in authored.files]
    out.problems = without_registry(each_cause_once(out.problems), absent)
    return out


def _waits(node: Mapping, declared: Mapping, sources: AbstractMapping[str, Source]) -> bool:
    """Whether the page of an item has a problem of its own: the one that the item names, or any if it names none."""
    named = node.scalar("source")
    if named is None:
        return len(sources) < len(declared.entries)
    return named.raw not in sources and str(named.raw) in declared


def _sources(authored: Authored, rows: Rows) -> dict[str, Source]:
    out = {}
    assert authored.sources is not None
    for key, node in authored.sources.entries:
        if key.text in authored.pages and isinstance(node, Mapping):
            try:
                out[key.text] = Source(key, node, authored.pages[key.text])
            except AnchorError as error:
                rows.problems.append(error.problem)
    return out


def item_on(source: Source, article_id: str, node: Mapping, registry: Registry, lexicon: Lexicon) -> Item:
    """An item of a page, with the records that mean something in it, before its author chose any mention."""
    made = layout(mapping(node.get("text"), node.place), source.page, source.layout.quoted)
    return Item(article_id, node, source.page, made, registry.within(source.key.text, article_id), lexicon)


def _item(
    article_id: str,
    node: Mapping,
    sources: AbstractMapping[str, Source],
    registry: Registry,
    lexicon: Lexicon,
) -> Item:
    item = item_on(source_of(node, sources), article_id, node, registry, lexicon)
    for change in _maps(node, "mentions"):
        try:
            span, choice = _choice(item, change)
        except AnchorError as error:
            item.problems.append(error.problem)
        else:
            item.choices[span] = choice
    return item


def _choice(item: Item, change: Mapping) -> tuple[Span, Choice]:
    """What an author says of one mention, and where it is."""
    mention, instead, reason = change.get("mention"), change.scalar("is"), change.scalar("reason")
    assert mention is not None, "the shape was checked"
    span = item.place(anchor_of(mention))
    if not item.is_found(span):
        message = "no registered name stands here, or it is part of a longer one"
        expected = "a whole name that a registry has"
        raise AnchorError(Problem("EVI002", message, mention.place, expected, item.page.quote(span)))
    if span in item.choices:
        message, expected = "what this mention is, is said twice", "each mention once"
        raise AnchorError(Problem("EVI002", message, mention.place, expected, item.page.quote(span)))
    excluded = change.scalar("exclude")
    entity = item.resolve(instead, REGISTRIES) if instead is not None else None
    excludes = excluded is not None and excluded.value is True
    if (instead is not None) is excludes:
        found = "both" if excludes else "neither"
        expected = "is: with the id of the record that is meant, or exclude: true"
        message = "a mention that is said to be and not to be" if excludes else "a mention that nothing is said of"
        raise AnchorError(Problem("YML011", message, change.place, expected, found))
    return span, Choice(entity, change.place, reason.text if reason else None)


def _in_page_order(items: AbstractMapping[str, Item]) -> list[tuple[int, Item]]:
    order: dict[str, int] = {}
    out = []
    for item in sorted(items.values(), key=lambda known: (known.page.source_id, known.segments[0].span)):
        order[item.page.source_id] = order.get(item.page.source_id, 0) + 1
        out.append((order[item.page.source_id], item))
    return out


def _add_article(item: Item, seq: int, rows: Rows) -> None:
    page = item.page
    lines = {
        role: Reading.of(page, [next(segment for segment in item.segments if segment.role == role)]).text
        for role in ("headline", "subheadline", "kicker", "byline")
        if any(segment.role == role for segment in item.segments)
    }
    kind, note = item.node.scalar("kind"), item.node.scalar("note")
    text = item.node.get("text")
    written = mapping(text, item.node.place)
    places = {key.text: value.place for key, value in written.entries}
    row = rows.add(
        "articles",
        item.node.place,
        {
            "article_id": item.id,
            "source_id": page.source_id,
            "seq": seq,
            "kind": kind.value if kind else None,
            "text": item.reading.text,
            "char_count": len(item.reading.text),
            "note": note.text if note else None,
            **lines,
        },
        text=written.place,
        **{role: place for role, place in places.items() if role in ("headline", "subheadline", "kicker", "byline")},
        **({"kind": kind.place} if kind else {}),
    )
    Entry(item.node, "kind").explain(row, kind="kind")
    add_segments(page.source_id, item, page, item.layout, rows)


def _add_records(item: Item, source: Source, rows: Rows) -> dict[str, Entry]:
    node = item.node
    titles = mapping(node.get("titles"), node.place)
    add_titles(item, titles, rows, stand_ins_of(source))
    entries = add_events(item, mapping(node.get("events"), node.place), rows, title_words(titles))
    add_quotations(item, _maps(node, "quotations"), rows)
    add_documents(item, _maps(node, "documents"), rows)
    add_figures(item, _maps(node, "figures"), rows)
    add_campaign_uses(item, _maps(node, "campaigns"), rows)
    return entries


def _add_names(item: Item, rows: Rows, seen: Seen) -> None:
    mentions = item.mentions()
    add_mentions(item, mentions, rows)
    add_bylines(item, mentions, rows)
    add_issues(item.page, item, _maps(item.node, "issues"), rows, mentions)
    for mention in mentions:
        seen.setdefault((mention.entity.table, mention.entity.id), []).append((item, mention.span, mention.surface))
