"""The files of a root without a name: as text, so that comments and layout stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lingang.authored.nodes import Mapping as Tree
from lingang.authored.nodes import Node, Scalar
from lingang.authored.nodes import Sequence as Items
from lingang.authored.tree import Authored
from lingang.compile.dataset import Compiled
from lingang.problems import Place
from lingang.roots.removal.pages import Named
from lingang.roots.removal.person import NAMELESS, Person
from lingang.roots.removal.words import Words
from lingang.tables import table
from lingang.tables.content import READ, content
from lingang.text.page import squeeze

__all__ = ["contexts_masked", "file_masked", "rebound"]

_NO_PERSON = frozenset({"event", "source", "relation", "role", "kind", "status", "action", "decision", "rule"})
"""Keys whose value is the id of something else, or a word."""
_UNKNOWN = "0" * 64
"""The content of a reading of which nothing more may be told."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A scalar as it is written, and what is to stand in its place."""

    scalar: Scalar
    new: str


def _offset(text: str, place: Place) -> int:
    assert place.line is not None and place.column is not None
    start = 0
    for _ in range(place.line - 1):
        start = text.index("\n", start) + 1
    return start + place.column - 1


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with each scalar replaced where it stands; quotation marks around it stay."""
    for edit in sorted(edits, key=lambda edit: edit.scalar.place.sort_key, reverse=True):
        start = text.find(str(edit.scalar.raw), _offset(text, edit.scalar.place))
        if 0 <= start <= _offset(text, edit.scalar.place) + 1:
            text = text[:start] + edit.new + text[start + len(str(edit.scalar.raw)) :]
    return text


def scalars(node: Node, key: str = "") -> Iterator[tuple[str, Scalar]]:
    """Every value with the key that it stands under, a list's with that of the list."""
    match node:
        case Scalar():
            yield key, node
        case Items(items):
            for item in items:
                yield from scalars(item, key)
        case Tree(entries):
            for name, value in entries:
                yield from scalars(value, str(name.raw))


def _ids(node: Node, person: Person) -> Iterator[Edit]:
    """References to the person by id."""
    for key, scalar in scalars(node):
        if key not in _NO_PERSON and scalar.raw in (person.id, f"people/{person.id}"):
            yield Edit(scalar, str(scalar.raw).replace(person.id, person.new_id))


def file_masked(file: str, text: str, tree: Tree | None, words: Words, named: Named) -> str:
    """A file of ``dataset/`` without the person: an item by what is masked in it, the registry of people entry by
    entry, any other wherever a form stands that is nobody else's."""
    person = words.person
    if tree is not None and file != "dataset/verification.yaml":
        edits = list(_ids(tree, person))
        labels = tree.get("people") if file.startswith("dataset/labels/") else None
        own = labels.key(person.id) if isinstance(labels, Tree) else None
        text = _edited(text, [*edits, *([Edit(own, person.new_id)] if own is not None else [])])
    if file == "dataset/people.yaml" and tree is not None:
        return _registry(text, tree, words, named.longer)
    if file.startswith("dataset/articles/"):
        return words.masked(text, named.kept_forms(file.split("/")[-1].removesuffix(".yaml")))
    return words.masked(text, person.shared | named.longer)


def _registry(text: str, tree: Tree, words: Words, longer: frozenset[str]) -> str:
    """people.yaml: in the person's entry everything, in the others what is nobody else's; ``longer`` names stay."""
    person = words.person
    kept = person.shared | longer
    starts = [_offset(text, key.place) for key, _ in tree.entries]
    mine = next(number for number, (key, _) in enumerate(tree.entries) if key.raw == person.id)
    start, end = starts[mine], [*starts, len(text)][mine + 1]
    own = text[start:end]
    if person.latin:
        own = own.replace(person.latin, NAMELESS)
    own = words.masked(own, longer)
    if not own.startswith(person.new_id):
        own = own.replace(person.id, person.new_id, 1)
    return words.masked(text[:start], kept) + own + words.masked(text[end:], kept)


def contexts_masked(text: str, before: Tree, after: Tree, old: str, new: str) -> str:
    """An item whose before:, after:, from: or to: holds but a part of the name, with the part as it stands on the page
    now. ``old`` and ``new`` are the printed text, white space removed, before and after."""
    edits = [edit for then, now in _twins(before, after) for edit in _context_edits(then, now, old, new)]
    return _edited(text, edits)


def _twins(before: Node, after: Node) -> Iterator[tuple[Tree, Tree]]:
    """The mappings of a file before and after, in its order."""
    if isinstance(before, Tree) and isinstance(after, Tree):
        yield before, after
        pairs = zip((node for _, node in before.entries), (node for _, node in after.entries), strict=True)
    elif isinstance(before, Items) and isinstance(after, Items):
        pairs = zip(before.items, after.items, strict=True)
    else:
        return
    for then, now in pairs:
        yield from _twins(then, now)


def _context_edits(then: Tree, now: Tree, old: str, new: str) -> Iterator[Edit]:
    for key in ("before", "after", "from", "to"):
        was, written = then.scalar(key), now.scalar(key)
        if was is None or written is None:
            continue
        part = squeeze(str(was.raw))
        beside = [
            squeeze(str(value.raw)) for name, value in then.entries if isinstance(value, Scalar) and name.raw != key
        ]
        found: set[str] = set()
        for text in beside if key in ("before", "after") else [""]:
            whole = text + part if key == "before" else part + text
            shift = len(text) if key == "before" else 0
            at = [index + shift for index in range(len(old)) if text + part and old.startswith(whole, index)]
            found |= {new[index : index + len(part)] for index in at}
        if len(found) == 1 and found != {squeeze(str(written.raw))}:
            yield Edit(written, found.pop())


def rebound(text: str, tree: Tree, before: Compiled, after: Compiled) -> str:
    """verification.yaml with the new ids, each reading that was of a record as it is bound to the record as it is
    masked, and no hash left of what held the name: such a one could be guessed from a list of names."""
    ids: dict[str, dict[str, tuple[str, str, str]]] = {}
    for name in READ:
        declared = table(name)
        pairs = zip(before.rows[name], after.rows[name], strict=True)
        ids[name] = {
            old.id: (new.id, content(declared, old.values), content(declared, new.values)) for old, new in pairs
        }
    edits: list[Edit] = []
    readings = tree.get("readings")
    for reading in readings.items if isinstance(readings, Items) else ():
        records = reading.get("records") if isinstance(reading, Tree) else None
        for of, listed in records.entries if isinstance(records, Tree) else ():
            for key, digest in listed.entries if isinstance(listed, Tree) else ():
                edits += _rebound(key, digest, ids.get(str(of.raw), {}))
    return _edited(text, edits)


def _rebound(key: Scalar, digest: Node, ids: Mapping[str, tuple[str, str, str]]) -> Iterator[Edit]:
    if key.raw not in ids or not isinstance(digest, Scalar):
        return
    new_id, old, new = ids[str(key.raw)]
    if new_id != key.raw:
        yield Edit(key, new_id)
    if old != new:
        yield Edit(digest, new if digest.raw == old else _UNKNOWN)


def tree_of(authored: Authored, file: str) -> Tree | None:
    """The checked tree of a file of ``dataset/``; ``None`` for one that is no such file."""
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".yaml")
    if folder == "dataset/articles":
        return authored.articles.get(stem)
    if folder == "dataset/labels":
        return authored.labels.get(stem)
    if folder != "dataset" or stem == name:
        return None
    if stem in authored.registries:
        return authored.registries[stem]
    return {"verification": authored.verification, "sources": authored.sources, "about": authored.about}.get(stem)
