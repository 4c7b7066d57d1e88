"""Registry entries: entities with their forms and scope, and their rows."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as AbstractMapping

from lingang.authored.anchor import AnchorError
from lingang.authored.nodes import Mapping, Scalar
from lingang.compile.entry import NONE, Entry, scalars
from lingang.compile.item import Item
from lingang.compile.registry import Entity, Registry
from lingang.compile.rows import Row, Rows
from lingang.compile.stand_ins import prove_stand_in
from lingang.lexicon import Lexicon
from lingang.problems import Problem
from lingang.tables.names import split_name
from lingang.text.likest import close_to_it, likest
from lingang.text.page import WHITE, Span, squeeze

__all__ = ["ID", "PARENT", "Seen", "add_registries", "begun_by", "registry_of"]

PARENT = {
    "organizations": "parent_organization_id",
    "places": "parent_place_id",
    "campaigns": "parent_campaign_id",
}
ID = {"people": "person_id", "organizations": "organization_id", "places": "place_id", "campaigns": "campaign_id"}
ACCEPT = "accept"
"""The key at the end of a registry under which advice is accepted; no entry may have it as its id."""

Seen = dict[tuple[str, str], list[tuple[Item, Span, str]]]
"""Where each entity is named, by table and id: item, span and printed form, in page order."""
StandIns = AbstractMapping[str, AbstractMapping[str, Scalar]]
"""By source the words that stand for a body there, with its name."""


def entries(tree: Mapping) -> list[tuple[Scalar, Mapping]]:
    """The entries of a registry file."""
    return [(key, node) for key, node in tree.entries if key.text != ACCEPT and isinstance(node, Mapping)]


def registry_of(trees: AbstractMapping[str, Mapping], scopes: Collection[str]) -> Registry:
    """All entities of the registries; a scope that is none of the ``scopes``, which has a problem of its own, is read
    as the one that is like it."""
    out = []
    for table, tree in trees.items():
        for key, node in entries(tree):
            name = node.scalar("name")
            assert name is not None, "the shape was checked"
            forms = (squeeze(name.text), *(squeeze(alias.text) for alias in scalars(node.get("aliases"))))
            scope = frozenset(_likest(known.text, scopes) for known in scalars(node.get("in")))
            out.append(Entity(table, key.text, forms[0], forms, scope))
    return Registry(tuple(out))


def _likest(scope: str, scopes: Collection[str]) -> str:
    return scope if scope in scopes else likest(scope, scopes) or scope


def add_registries(
    trees: AbstractMapping[str, Mapping],
    registry: Registry,
    seen: Seen,
    rows: Rows,
    lexicon: Lexicon,
    sources: frozenset[str],
    articles: frozenset[str],
    stand_ins: StandIns,
) -> None:
    """Rows of ``people``, ``organizations``, ``places`` and ``campaigns``."""
    for table, tree in trees.items():
        for key, node in entries(tree):
            try:
                row = _add_entry(
                    table, key, Entry(node, "kind" if table != "people" else "public_role"), registry, rows
                )
                _add_scope(row, node, rows, sources, articles)
                named = seen.get((table, key.text), [])
                _prove(row, Entry(node, "kind"), registry, named, rows, lexicon)
                if table in PARENT:
                    _prove_parent(row, Entry(node, "kind"), registry, seen, rows, stand_ins)
            except AnchorError as error:
                rows.problems.append(error.problem)


def _add_scope(row: Row, node: Mapping, rows: Rows, sources: frozenset[str], articles: frozenset[str]) -> None:
    for known in scalars(node.get("in")):
        column = "source_ids" if known.text in sources else "article_ids" if known.text in articles else None
        if column is None:
            expected = f"the id of a source or of an item{close_to_it(known.text, sources | articles)}"
            rows.problems.append(Problem("KEY002", "no such source or item", known.place, expected, known.text))
        else:
            held = row.values[column]
            assert isinstance(held, list)
            held.append(known.text)
            row.places[column] = known.place


def _add_entry(table: str, key: Scalar, entry: Entry, registry: Registry, rows: Rows) -> Row:
    entity = registry.by_id[table, key.text]
    values: dict[str, object] = {ID[table]: key.text, "note": entry.text("note"), "name": entity.name}
    if table != "places":
        values["aliases"] = sorted(entity.forms[1:], key=lambda form: (-len(form), form))
    columns = {"name": "name", "note": "note", "aliases": "aliases"}
    if table == "people":
        columns |= {"name_latin": "latin", "public_role": "public_role", "identity_basis": "identity_basis"}
        columns |= {"family_name": "name", "given_name": "name"}
        values |= {"name_latin": entry.text("latin")}
        values |= {column: entry.text(column) for column in ("public_role", "identity_basis")}
    else:
        columns |= {PARENT[table]: "parent"}
    if table in ("organizations", "places"):
        columns |= {"kind": "kind"}
        values["kind"] = entry.text("kind")
    row = rows.add(table, key.place, values, **entry.written(**columns))
    entry.explain(row, **columns)
    return row


def begun_by(entity: Entity, registry: Registry) -> tuple[Entity, str] | None:
    """The entity of the same table with whose form one of the entity's begins, the longest such, and that form."""
    best: tuple[int, str, Entity, str] | None = None
    for form in entity.forms:
        for length in range(len(form) - 1, 0, -1):
            for other in registry.by_form.get(form[:length], ()):
                shares = not entity.scope or not other.scope or entity.scope & other.scope
                above = other.table == entity.table and other.id != entity.id and shares
                if above and (best is None or length > best[0]):
                    best = (length, form, other, form)
    return (best[2], best[3]) if best is not None else None


def _prove(
    row: Row, entry: Entry, registry: Registry, seen: list[tuple[Item, Span, str]], rows: Rows, lexicon: Lexicon
) -> None:
    table = row.table
    entity = registry.by_id[table, row.id]
    named = [one for one in seen if one[2] == entity.name] or seen
    if table == "people":
        _prove_name(row, entity, named, rows, lexicon)
    if table in ("organizations", "places") and named:
        item, span, _ = named[0]
        rows.prove(row, "kind", [span], item.page, item.id)


def _prove_name(row: Row, entity: Entity, named: list[tuple[Item, Span, str]], rows: Rows, lexicon: Lexicon) -> None:
    latin = row.values["name_latin"]
    read_as, surnames = str(latin) if latin is not None else None, frozenset(lexicon.words("surnames"))
    parts = split_name(entity.name, surnames, read_as, called=lexicon.called)
    if parts is None or not named or named[0][2] != entity.name:
        return
    item, span, _ = named[0]
    family, _ = parts
    row.values["family_name"], row.values["given_name"] = parts
    offsets = [index for index in range(span.start, span.end) if item.page.text[index] not in WHITE]
    cut = Span(span.start, offsets[len(family) - 1] + 1)
    rest = Span(offsets[len(family)], span.end)
    rows.prove(row, "family_name", [cut], item.page, item.id, rule="family_name")
    rows.prove(row, "given_name", [rest], item.page, item.id, rule="given_name")


def _stood_for(
    entity: Entity, seen: list[tuple[Item, Span, str]], stand_ins: StandIns
) -> tuple[Entity, Item, Span] | None:
    """The entity of the same table for which a word stands that begins a printed form, and where: 市 of 市园林局."""
    out = None
    for item, span, form in seen:
        for word, body in stand_ins.get(item.page.source_id, {}).items():
            if form.startswith(word) and form != word:
                found = item.registry.resolve(squeeze(body.text), [entity.table])
                if out is None and len(found) == 1 and found[0].id != entity.id:
                    out = found[0], item, span
    return out


def _prove_parent(
    row: Row, entry: Entry, registry: Registry, everywhere: Seen, rows: Rows, stand_ins: StandIns
) -> None:
    entity = registry.by_id[row.table, row.id]
    seen = everywhere.get((row.table, row.id), [])
    column = PARENT[row.table]
    written = entry.scalar("parent")
    begun = begun_by(entity, registry)
    stood = _stood_for(entity, seen, stand_ins)
    if written is not None and written.text == NONE:
        return
    if written is not None:
        found = registry.resolve(squeeze(written.text), [row.table])
        if len(found) != 1:
            rule, message = ("KEY004", "names several records") if found else ("KEY003", "is in no entry")
            raise AnchorError(
                Problem(
                    rule,
                    f"“{written.text}” {message} of {row.table}.yaml",
                    written.place,
                    "one entry: write its id" if found else "the name or id of an entry",
                    ", ".join(known.id for known in found) or "nothing like it",
                )
            )
        parent = found[0]
    elif begun is not None:
        parent = begun[0]
    elif stood is not None:
        parent, item, span = stood
        row.values[column] = parent.id
        prove_stand_in(row, column, span, item.page.quote(span), parent, item, rows, of_page=True)
        return
    else:
        return
    row.values[column] = parent.id
    holding = [one for one in seen if any(one[2].startswith(form) and one[2] != form for form in parent.forms)]
    if holding:
        item, span, _ = holding[0]
        rows.prove(row, column, [span], item.page, item.id)
    elif seen:
        above = everywhere.get((row.table, parent.id), []) if column in row.reasons else []
        item, spans = _named_together(seen, above)
        rows.prove(row, column, spans, item.page, item.id)


def _named_together(seen: list[tuple[Item, Span, str]], above: list[tuple[Item, Span, str]]) -> tuple[Item, list[Span]]:
    """What a reader's reason speaks of: the first item that names an entity and its parent, and where (of the
    mentions of the parent the last before the entity, else the first behind it). Where no item names both, the entity
    alone."""
    for item, span, _ in seen:
        near = [other for where, other, _ in above if where is item]
        if near:
            last = [other for other in near if other.end <= span.start]
            return item, sorted([last[-1] if last else near[0], span])
    return seen[0][0], [seen[0][1]]
