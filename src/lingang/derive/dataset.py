"""All rows of a dataset from its authored files: the one way from text and records to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from lingang.authored.anchor import AnchorError, anchor_of
from lingang.authored.effects import without_effect
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence, Uses, noting_uses
from lingang.authored.tree import REGISTRIES, Authored
from lingang.derive import cues
from lingang.derive.bylines import add_bylines
from lingang.derive.counts import add_campaign_uses, add_figures
from lingang.derive.draft import Draft, Row
from lingang.derive.events import Year, add_events
from lingang.derive.issues import add_issues
from lingang.derive.item import Chosen, Item, Unregistered
from lingang.derive.judgement import judge, judge_on
from lingang.derive.names import split_name
from lingang.derive.positions import add_positions
from lingang.derive.registry import Entity, Registry
from lingang.derive.speech import add_documents, add_quotations
from lingang.derive.stand_ins import fits
from lingang.derive.text import segments_of
from lingang.derive.unregistered import unknown_names
from lingang.problems import Place, Problem
from lingang.text.page import WHITE, Page, Reading, Span, squeeze

__all__ = ["Compiled", "compile_dataset"]

_PARENT = {
    "organizations": "parent_organization_id",
    "places": "parent_place_id",
    "campaigns": "parent_campaign_id",
}
_ID = {
    "people": "person_id",
    "organizations": "organization_id",
    "places": "place_id",
    "campaigns": "campaign_id",
}


@dataclass(slots=True)
class Compiled:
    """The rows of a dataset and the problems met on the way.

    ``broken`` holds the files some of whose rows could not be made.
    """

    draft: Draft
    items: dict[str, Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


def _value(node: Mapping, key: str) -> object:
    scalar = node.scalar(key)
    return scalar.value if scalar else None


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def compile_dataset(authored: Authored) -> Compiled:
    """Rows of every table, with their evidence, from checked trees."""
    with noting_uses() as uses:
        out = _compiled(authored)
    if authored.page is not None and out.draft.rows:
        out.problems.extend(_without_effect(authored, authored.page, out, uses))
    return out


def _without_effect(authored: Authored, page: Mapping, out: Compiled, uses: Uses) -> Iterable[Problem]:
    """A problem for each authored value that reached no row, nor helped to find one."""
    unfinished = out.draft.unfinished
    if unfinished or out.broken:  # what is not finished may hold the title in which the word stands
        sources = (source for _, source in page.entries if isinstance(source, Mapping))
        unfinished |= {id(source.get("stand_ins")) for source in sources}
    for file in (page, *authored.registries.values(), *authored.articles.values()):
        yield from without_effect(file, uses, unfinished)


def _compiled(authored: Authored) -> Compiled:
    out = Compiled(Draft(), problems=list(authored.problems), broken=set(authored.broken))
    registries_whole = len(authored.registries) == len(REGISTRIES)
    if authored.page is None or not registries_whole or len(authored.pages) < len(authored.page.entries):
        return out  # without pages and registries nothing of an item could be placed
    registry = _registry(authored)
    for article_id, node in authored.articles.items():
        try:
            out.items[article_id] = _item(article_id, node, authored, registry)
        except AnchorError as error:
            out.draft.give_up(node, error.problem)
    years = _years(authored, out)
    _add_articles(authored, out)
    for item in out.items.values():
        _add_records(item, authored, out.draft, years.get(item.page.source_id))
        _add_mentions(item, out.draft)
        add_bylines(item, out.draft, _byline_place(item))
    _check_stand_ins(authored, registry, out)
    _add_registries(authored, registry, out)
    _add_sources(authored, out, years)
    broken = {problem.place.file for problem in out.draft.problems} | out.broken
    whole = [item for item in out.items.values() if item.node.place.file not in broken]
    out.draft.problems.extend(_unregistered(authored, registry, out.items.values()))
    out.draft.problems.extend(_overlooked(authored, registry, whole, out.draft))
    out.problems.extend(out.draft.problems)
    out.broken |= {problem.place.file for problem in out.draft.problems}
    return out


def _unregistered(authored: Authored, registry: Registry, items: Iterable[Item]) -> list[Problem]:
    """For a name that the page prints, or that several records use, and no registry knows, a problem in the registry:
    it is likely there, at a form like it that the page does not print."""
    uses: dict[str, list[Unregistered]] = {}
    printed, known = set(), set()
    for item in items:
        known |= {mention.surface for mention in item.mentions if mention.within is None}
        for unknown in item.unregistered:
            uses.setdefault(unknown.name, []).append(unknown)
            if item.prints_as_name(unknown.name):
                printed.add(unknown.name)
    out = []
    for name, found in uses.items():
        if name in printed or len(found) > 1:
            tables = _likely_tables(name, found)
            close = [one for one in registry.close_to(name, tables) if one[0] not in known or _of_one(one[0], name)]
            message = f"no entry has the name “{name}”" + (", which the page prints" if name in printed else "")
            expected = f"“{name}” as used at {'; '.join(str(unknown.place) for unknown in found)}"
            likest = f"close to it: {close[0][0]}" if close else "nothing like it"
            places = [_place_of(authored, *close[0])] if close else [Place(f"dataset/{table}.yaml") for table in tables]
            out += [Problem("KEY003", message, place, expected, likest) for place in places]
    return out


def _overlooked(authored: Authored, registry: Registry, items: Iterable[Item], draft: Draft) -> list[Problem]:
    """For a word that ends like a name and that no record of its item accounts for, a problem in the registry that
    may have lost it; the item has its own."""
    accounted = defaultdict(list)
    for row in draft.rows.get("evidence", ()):
        if row.values["column_name"] == "group_label" or "stands for" in str(row.values["note"] or ""):
            accounted[row.values["article_id"]].append(Span(row.values["raw_start"], row.values["raw_end"]))  # type: ignore[arg-type]
    uses: dict[tuple[str, str], list[str]] = {}
    for item in items:
        spans = [*(mention.span for mention in item.mentions), *accounted[item.id]]
        body = item.body
        known = [body.place(span) for span in spans if item.in_body(span)]
        for unknown in unknown_names(body.text, known):
            line = item.page.line_of(body.offsets[unknown.start])
            name = body.text[unknown.start : unknown.end]
            uses.setdefault((unknown.registry, name), []).append(f"{item.page.file} line {line}")
    out = []
    for (table, name), lines in uses.items():
        close = registry.close_to(name, [table])
        close.sort(key=lambda known: not known[0].endswith(name))  # the entry that has lost a shorter form comes first
        place = _place_of(authored, *close[0]) if close else Place(f"dataset/{table}.yaml")
        likest = f"close to it: {close[0][0]}" if close else "nothing like it"
        message = f"the page prints “{name}” where no registered form stands"
        out.append(Problem("TXT018", message, place, f"“{name}” as printed at {'; '.join(lines)}", likest))
    return out


def _likely_tables(name: str, uses: list[Unregistered]) -> Iterable[str]:
    """The registries in which every use looks for a name; of these the one of which its last word tells, if any."""
    every = [table for table in uses[0].tables if all(table in unknown.tables for unknown in uses)]
    tables = every or list(uses[0].tables)
    told = {"organizations": cues.organization_kind(name) != "other", "places": cues.place_kind(name) is not None}
    return [table for table in tables if told.get(table)][:1] or tables


def _of_one(form: str, name: str) -> bool:
    """Whether a form may be printed only as a part of a name, or with the character that follows it."""
    return form in name or (name in form and len(form) == len(name) + 1)


def _place_of(authored: Authored, form: str, entity: Entity) -> Place:
    """Where a registry writes a form of an entity."""
    node = next(node for key, node in authored.registries[entity.table].entries if key.text == entity.id)
    assert isinstance(node, Mapping)
    written = [node.scalar("name"), *_items(node.get("aliases"))]
    return next(scalar.place for scalar in written if isinstance(scalar, Scalar) and squeeze(str(scalar.raw)) == form)


def _registry(authored: Authored) -> Registry:
    registry = Registry()
    for table in REGISTRIES:
        for key, node in authored.registries[table].entries:
            assert isinstance(node, Mapping)
            name = squeeze(str(_value(node, "name")))
            aliases = [squeeze(alias.text) for alias in _items(node.get("aliases")) if isinstance(alias, Scalar)]
            kind = _value(node, "kind")
            registry.add(Entity(table, key.text, name, (name, *aliases), str(kind) if kind else None))
    return registry


def _page_of(node: Mapping, authored: Authored) -> Page:
    source = node.scalar("source")
    if source is not None and source.text in authored.pages:
        return authored.pages[source.text]
    if source is None and len(authored.pages) == 1:
        return next(iter(authored.pages.values()))
    raise AnchorError(
        Problem(
            "KEY002",
            "the item does not say on which page it stands" if source is None else "no such source",
            source.place if source else node.place,
            expected="source: one of " + ", ".join(authored.pages),
            found=source.text if source else "no source",
        )
    )


def _item(article_id: str, node: Mapping, authored: Authored, registry: Registry) -> Item:
    page = _page_of(node, authored)
    text = node.get("text")
    assert isinstance(text, Mapping)
    kind = "photo_news" if text.get("body") is None else "news"
    item = Item(article_id, kind, node, page, segments_of(text, page), registry)
    chosen = _chosen(item)
    return Item(article_id, kind, node, page, item.segments, registry, chosen) if chosen else item


def _chosen(item: Item) -> dict[Span, Chosen]:
    """What the author says of mentions that the program finds, by their spans."""
    out: dict[Span, Chosen] = {}
    spans = {known.span for known in item.mentions}
    for change in _items(item.node.get("mentions")):
        assert isinstance(change, Mapping)
        mention, reason = change.get("mention"), change.scalar("reason")
        assert mention is not None and reason is not None
        span = item.place(anchor_of(mention))
        if span not in spans or span in out:
            message = "the mention here is changed above" if span in out else "no mention stands here"
            expected = "each mention once" if span in out else "the whole surface of a mention"
            raise AnchorError(Problem("EVI002", message, mention.place, expected, item.page.quote(span)))
        out[span] = Chosen(_meant(item, change), reason.text, (change.scalar("is") or change).place)
    return out


def _meant(item: Item, change: Mapping) -> Entity | None:
    """The entity that a changed mention means; ``None`` where it means none."""
    instead, exclude = change.scalar("is"), change.scalar("exclude")
    excluded = exclude is not None and exclude.value is True
    if excluded == (instead is not None):
        found = "both" if excluded else "exclude: false alone" if exclude is not None else "neither"
        place = (exclude or change).place
        message = "a change of a mention says which record is meant, or that none is"
        raise AnchorError(Problem("YML011", message, place, "is: an id, or exclude: true", found))
    return item.resolve(instead.text, REGISTRIES, instead.place) if instead is not None else None


def _years(authored: Authored, out: Compiled) -> dict[str, Year]:
    """The year of each page, with the places that print it."""
    years: dict[str, Year] = {}
    assert authored.page is not None
    for key, node in authored.page.entries:
        assert isinstance(node, Mapping)
        year, printed = node.scalar("year"), node.get("year_from")
        if printed is not None and year is None:
            message = "places that print a year, and no year"
            out.draft.give_up(printed, Problem("YML011", message, printed.place, "year beside year_from", "none"))
        if year is None or not isinstance(year.value, int):
            continue
        spans: list[Span] = []
        for entry in _items(node.get("year_from")):
            assert isinstance(entry, Mapping)
            try:
                spans += _printed_year(entry, key, authored, out, spans)
            except AnchorError as error:
                out.draft.give_up(entry, error.problem)
        years[key.text] = Year(year.value, tuple(spans))
    return years


def _printed_year(
    entry: Mapping, source: Scalar, authored: Authored, out: Compiled, known: Container[Span]
) -> list[Span]:
    """Where an item of the page prints the year; nothing of an item that could not be read."""
    article, quote = entry.scalar("article"), entry.get("quote")
    assert article is not None and quote is not None
    item = out.items.get(article.text)
    if item is None and f"dataset/articles/{article.text}.yaml" in authored.files:
        out.draft.unfinished.add(id(entry))  # the article has its own problem
        return []
    if item is None or item.page.source_id != source.text:
        message = "no such article" if item is None else "an article of another page"
        expected = ", ".join(one.id for one in out.items.values() if one.page.source_id == source.text)
        raise AnchorError(Problem("KEY002", message, article.place, expected, article.text))
    span = item.place(anchor_of(quote))
    if span in known:
        raise AnchorError(Problem("EVI002", "this place is named above", quote.place, "each place once", "the same"))
    return [span]


def _article_values(item: Item) -> dict[str, object]:
    texts = {
        segment.role: Reading.of(item.page, [segment]).text
        for segment in item.segments
        if segment.role in ("headline", "subheadline", "kicker")
    }
    bylines = [item.page.quote(segment.span) for segment in item.segments if segment.role == "byline"]
    return {**texts, "byline": bylines[0] if bylines else None}


def _add_articles(authored: Authored, out: Compiled) -> None:
    order: dict[str, int] = {}
    for item in sorted(out.items.values(), key=lambda known: (known.page.source_id, known.segments[0].span)):
        seq = order[item.page.source_id] = order.get(item.page.source_id, 0) + 1
        kind, text = item.node.scalar("kind"), item.node.get("text")
        assert kind is not None and isinstance(text, Mapping)
        places = {role: value.place for role, value in ((key.text, node) for key, node in text.entries)}
        row = out.draft.add(
            "articles",
            item.node.place,
            {
                "article_id": item.id,
                "source_id": item.page.source_id,
                "seq": seq,
                "kind": kind.value,
                "text": item.reading.text,
                "char_count": len(item.reading.text),
                "note": _value(item.node, "note"),
                **_article_values(item),
            },
            kind=kind.place,
            text=text.place,
            **{
                role: place for role, place in places.items() if role in ("headline", "subheadline", "kicker", "byline")
            },
        )
        by_role = {segment.role: segment.span for segment in reversed(item.segments)}
        judge(
            out.draft,
            row,
            "kind",
            [by_role.get("headline") or by_role.get("caption") or item.segments[0].span],
            item,
        )
        _add_segments(item, text, out.draft)


def _segment_id(item: Item, number: int) -> str:
    role = item.segments[number - 1].role
    return f"{item.id}-{number:02d}-{role}"


def _add_segments(item: Item, text: Mapping, draft: Draft) -> None:
    body = _items(text.get("body"))
    for number, segment in enumerate(item.segments, start=1):
        node: Node | None = text.get(segment.role)
        if segment.role == "body" and segment.paragraph:
            node = body[segment.paragraph - 1]
        span = segment.span
        in_text = item.reading.to_text(span) if segment in item.reading_segments else None
        draft.add(
            "segments",
            node.place if node is not None else text.place,
            {
                "segment_id": _segment_id(item, number),
                "article_id": item.id,
                "seq": number,
                "role": segment.role,
                "paragraph": segment.paragraph,
                "raw_start": span.start,
                "raw_end": span.end,
                "line_start": item.page.line_of(span.start),
                "line_end": item.page.line_of(span.end - 1),
                "text": Reading.of(item.page, [segment]).text,
                "text_start": in_text[0] if in_text else None,
                "text_end": in_text[1] if in_text else None,
            },
        )


def _mapping(node: Node | None, place: Place) -> Mapping:
    return node if isinstance(node, Mapping) else Mapping((), place)


def _sequence(node: Node | None, place: Place) -> Sequence:
    return node if isinstance(node, Sequence) else Sequence((), place)


def _add_records(item: Item, authored: Authored, draft: Draft, year: Year | None) -> None:
    node, place = item.node, item.node.place
    assert authored.page is not None
    stand_ins = _stand_ins(authored.page.get(item.page.source_id))
    add_positions(item, _mapping(node.get("titles"), place), draft, stand_ins)
    add_events(item, _mapping(node.get("events"), place), draft, year)
    add_quotations(item, _sequence(node.get("quotations"), place), draft)
    add_documents(item, _sequence(node.get("documents"), place), draft)
    add_figures(item, _sequence(node.get("figures"), place), draft)
    add_campaign_uses(item, _sequence(node.get("campaigns"), place), draft)
    add_issues(item.page, item, _sequence(node.get("issues"), place), draft)


def _stand_ins(source: Node | None) -> dict[str, Scalar]:
    """The words of titles that stand for a body, with its name."""
    words = source.get("stand_ins") if isinstance(source, Mapping) else None
    entries = words.entries if isinstance(words, Mapping) else ()
    return {key.text: value for key, value in entries if isinstance(value, Scalar)}


def _check_stand_ins(authored: Authored, registry: Registry, out: Compiled) -> None:
    """Each word is the end of the name it stands for, and a title that is nothing without its body has one: where
    not, the problem is that of page.yaml, which an item relies on."""
    assert authored.page is not None
    for source_id, source in authored.page.entries:
        words = _stand_ins(source)
        for key, name in words.items():
            found = registry.resolve(str(name.raw), ["organizations"])
            if len(found) == 1 and not fits(key, found[0].name):
                out.draft.give_up(
                    name,
                    Problem(
                        "KEY005",
                        f"“{key}” cannot stand for {found[0].name}",
                        name.place,
                        "a word that ends the name",
                        f"the name ends in {found[0].name[-3:]}",
                    ),
                )
        bare = {
            str(row.values["title_raw"])
            for row in out.draft.rows.get("positions", [])
            if row.values["kind"] == "collective"
            and row.values["organization_id"] is None
            and out.items[str(row.values["article_id"])].page.source_id == source_id.text
        }
        for title in sorted(bare):
            out.draft.problems.append(
                Problem(
                    "PER012",
                    f"“{title}” begins with a word that stands for no body",
                    source.place,
                    f"the word under stand_ins:, or the body that “{title}” begins with in organizations.yaml",
                    "、".join(words) or "no stand_ins",
                )
            )


def _byline_place(item: Item) -> Place:
    text = item.node.get("text")
    assert isinstance(text, Mapping)
    node = text.get("byline") or text.get("credit")
    return node.place if node is not None else text.place


def _mention_id(item: Item, entity_id: str, start: int) -> str:
    return f"{item.id}-{entity_id}-{start}"


def _add_mentions(item: Item, draft: Draft) -> None:
    numbers = {segment: number for number, segment in enumerate(item.segments, start=1)}
    for mention in item.mentions:
        reading = mention.segment in item.reading_segments
        in_text = item.reading.to_text(mention.span) if reading else None
        within = mention.within
        row = draft.add(
            "mentions",
            item.node.place,
            {
                "mention_id": _mention_id(item, mention.entity.id, mention.span.start),
                "article_id": item.id,
                "entity_table": mention.entity.table,
                "entity_id": mention.entity.id,
                "surface": mention.surface,
                "segment_id": _segment_id(item, numbers[mention.segment]),
                "raw_start": mention.span.start,
                "raw_end": mention.span.end,
                "text_start": in_text[0] if in_text else None,
                "text_end": in_text[1] if in_text else None,
                "within_mention_id": _mention_id(item, within.entity.id, within.span.start) if within else None,
            },
        )
        chosen = item.chosen.get(mention.span)
        if chosen is not None:
            row.places["entity_id"] = chosen.place
            proof = {"basis": "inferred", "note": chosen.reason}
            draft.prove(row, "entity_id", [mention.span], item.page, item.id, **proof)


def _add_registries(authored: Authored, registry: Registry, out: Compiled) -> None:
    seen: dict[tuple[str, str], list[tuple[Item, Span, str]]] = {}
    for item in sorted(out.items.values(), key=lambda known: (known.page.source_id, known.segments[0].span)):
        for mention in item.mentions:
            key = (mention.entity.table, mention.entity.id)
            seen.setdefault(key, []).append((item, mention.span, mention.surface))
    for table in REGISTRIES:
        for entry, node in authored.registries[table].entries:
            assert isinstance(node, Mapping)
            try:
                _add_entry(table, entry, node, registry, seen.get((table, entry.text), []), out.draft)
            except AnchorError as error:
                out.draft.give_up(node, error.problem)


def _add_entry(
    table: str,
    key: Scalar,
    node: Mapping,
    registry: Registry,
    seen: list[tuple[Item, Span, str]],
    draft: Draft,
) -> None:
    values: dict[str, object] = {_ID[table]: key.text, "note": _value(node, "note")}
    entity = registry.by_id[table, key.text]
    values["name"] = entity.name
    places = {child.text: value.place for child, value in node.entries}
    parent = node.scalar("parent")
    if table == "people":
        family, given = split_name(entity.name) if len(entity.name) > 1 else (entity.name, entity.name)
        values |= {
            "family_name": family,
            "given_name": given,
            "name_latin": _value(node, "latin"),
            "public_role": _value(node, "public_role"),
            "identity_basis": _value(node, "identity_basis"),
        }
        places["name_latin"] = places["latin"]
        places["family_name"] = places["given_name"] = places["name"]
    elif table != "campaigns":
        values["kind"] = _value(node, "kind")
    if table in ("organizations", "campaigns"):
        values["aliases"] = sorted(entity.forms[1:], key=lambda form: (-len(form), form))
    if parent is not None:
        places[_PARENT[table]] = parent.place
        found = registry.resolve(parent.text, [table])
        if len(found) != 1:
            raise AnchorError(
                Problem(
                    "KEY003",
                    f"{table}.yaml has no one entry “{parent.text}”",
                    parent.place,
                    "the name of an entry",
                    f"{len(found)} entries",
                )
            )
        values[_PARENT[table]] = found[0].id
    row = draft.add(table, key.place, values, **places)
    if seen:
        _prove_entry(row, table, entity, found[0] if parent is not None else None, seen, draft)


def _prove_entry(
    row: Row,
    table: str,
    entity: Entity,
    parent: Entity | None,
    seen: list[tuple[Item, Span, str]],
    draft: Draft,
) -> None:
    item, span, _ = seen[0]
    page = item.page
    if table == "people":
        first = item.mentions_in(span)[0].segment
        family, _ = split_name(entity.name) if len(entity.name) > 1 else (entity.name, "")
        offsets = [index for index in range(span.start, span.end) if page.text[index] not in WHITE]
        cut = offsets[len(family) - 1] + 1
        given = Span(offsets[min(len(family), len(offsets) - 1)], span.end)
        draft.prove(row, "family_name", [Span(span.start, cut)], page, item.id, rule="family_name")
        draft.prove(row, "given_name", [given], page, item.id, rule="given_name")
        judge(draft, row, "name_latin", [span], item)
        context = first.span if first.role in ("byline", "credit") else item.clause(span)
        judge(draft, row, "public_role", [context], item)
        shown: set[str] = set()
        for other, where, _ in seen:
            if other.id not in shown:
                shown.add(other.id)
                judge(draft, row, "identity_basis", [where], other)
        return
    if table != "campaigns":
        judge(draft, row, "kind", [span], item)
    if parent is not None:
        holding = [entry for entry in seen if entry[2].startswith(parent.forms)] or seen
        judge(draft, row, _PARENT[table], [holding[0][1]], holding[0][0])


def _first(spans: Iterable[Span]) -> list[Span]:
    return sorted(spans)[:1]


def _add_sources(authored: Authored, out: Compiled, years: dict[str, Year]) -> None:
    assert authored.page is not None
    for key, node in authored.page.entries:
        assert isinstance(node, Mapping)
        page = authored.pages[key.text]
        items = [item for item in out.items.values() if item.page is page]
        ends = [
            row.values["date_end"]
            for row in out.draft.rows.get("events", [])
            if row.values["date_end"] is not None
            and row.values["status"] in ("occurred", "ongoing")
            and any(item.id == row.values["article_id"] for item in items)
        ]
        places = {child.text: value.place for child, value in node.entries}
        row = out.draft.add(
            "sources",
            key.place,
            {
                "source_id": key.text,
                "file": _value(node, "file"),
                "sha256": page.sha256,
                "language": _value(node, "language"),
                "year": _value(node, "year"),
                "published_not_before": max(ends, default=None),  # type: ignore[type-var]
                "char_count": len(page.text),
                "line_count": page.line_count,
                "text": page.text,
                "note": _value(node, "note"),
            },
            **places,
        )
        headlines = _first(segment.span for item in items for segment in item.segments)
        judge_on(out.draft, row, "language", headlines, page, None)
        year = years.get(key.text)
        if year is not None:
            judge_on(out.draft, row, "year", year.spans, page, None)
        add_issues(page, None, _sequence(node.get("issues"), node.place), out.draft)
