"""The corruption score: damage the authored records one value at a time and count what the check notices.

A damage is *noticed* when the report has an error in the very file that was damaged. It is *harmless* when no row
outside ``evidence`` is another for it: a neighbour that told two places apart and was not needed, another printed form
of the same record. Everything else is *missed*; an error that shows in other files alone is no excuse.
The score is the share of what is not harmless that is noticed.

python tools/corruption.py                       every damage, two processes
python tools/corruption.py --sample 200 --seed 1 some of them, always the same
python tools/corruption.py --floor 97            exit status 1 if the score is lower
python tools/corruption.py --missed FILE         the list of what was missed goes to FILE
python tools/corruption.py --report docs/CORRUPTION.md   the score and, by column, why the rest is missed
python tools/corruption.py --harmless            edits that mean nothing must raise nothing
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import multiprocessing
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml
from pydantic import BaseModel

from lingang.arrow_tables import Tables, from_compiled
from lingang.authored import nodes, shapes
from lingang.authored.loader import load
from lingang.authored.tree import ABOUT, REGISTRIES, parse, read_files
from lingang.check import check_files
from lingang.derive.dataset import compile_dataset
from lingang.derive.registry import KIND
from lingang.engines.duckdb import DuckDB
from lingang.engines.prelude import views
from lingang.ledger import FILE as LEDGER
from lingang.ledger import check_ledger
from lingang.models import TABLES, table
from lingang.models.rows import check_row, in_json
from lingang.rules.catalogue import catalogue, sql_rules
from lingang.rules.data import Data
from lingang.rules.declared import declared_rules
from lingang.rules.python import PYTHON_RULES

__all__ = ["Damage", "Selects", "Verdict", "damages", "harmless_edits", "judge"]

ROOT = Path(__file__).resolve().parent.parent
WHOLE = "whole rows"
"""What stands for the proof where a record is dropped, doubled or moved as a whole."""
NOT_DAMAGED = (
    "note, reason, seen, reading: prose of the editors, which no page can bear out",
    "the fixed names of keys and keys that must be there: the shape of the files refuses them all alike",
    f"{LEDGER}: what was read, not what was found; no row is made of it",
    f"{ABOUT}: what the dataset is; no row is made of it",
)

_ID = (
    "an id is the editors' word: what follows from the kind, from other ids and from numbers in the name is checked, "
    "how the rest is spelt the page does not print, and what uses the id follows it"
)
_GROUP = (
    "a described group, which no registry and no list holds, "
    "or a body that has the same role in another event of its item"
)
REASONS = {
    "campaigns.campaign_id": _ID,
    "campaigns.parent_campaign_id": "which campaign is part of which is the reader's judgement; the items name both",
    "event_campaigns.event_id": "both events stand in the sentence",
    "events.about": "told in the speech of a participant, not in the event's name or sentence: whether it is the "
    "event's subject is a reading",
    "events.event_id": _ID,
    "figures.event_id": "both contests stand beside the figure",
    "issues": "that a phrase is odd or can be read in two ways is a reader's remark: text and records stay as they are",
    "issues.kind": "between ambiguity and inconsistency, both left open without a reading: a reader's judgement",
    "issues.observed": "the same phrase without its full stop: nothing depends on the mark",
    "organizations.organization_id": _ID,
    "participations": _GROUP,
    "places": "周口 alone: a name without a word of its kind, which no record uses",
    "places.kind": "the name has no word of its kind: city and other are both true of it",
    "places.place_id": _ID,
    "sources.source_id": _ID,
}
"""Why damages of a column are missed: what a second witness would have to be, and that there is none."""

# What stands where in the files, and which column is made of it.


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the authored files: the column made of it, and what may stand there.

    ``names`` are the registries (or ``events``, ``groups``, ``articles``) whose records it names; ``{}`` in the
    column is the kind of the one named. ``section`` holds keys of its own, and the column is then a table.
    ``keys`` is the column of the keys of a mapping whose keys are data, ``rows`` the table of its entries.
    """

    column: str = ""
    names: tuple[str, ...] = ()
    section: str = ""
    keys: str = ""
    rows: str = ""
    lines: bool = False
    prose: bool = False


PROSE = Field(prose=True)
_PARTICIPANTS = ("people", "organizations", "places")
_ISSUES = Field("issues", section="issue")

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "article": {
        "source": Field("articles.source_id"),
        "kind": Field("articles.kind"),
        "text": Field("segments", section="text"),
        "titles": Field("positions.person_id", names=("people",), keys="positions.title_raw", rows="positions"),
        "events": Field("events", section="event", keys="events.event_id", rows="events"),
        "quotations": Field("quotations", section="quotation"),
        "documents": Field("documents", section="document"),
        "figures": Field("figures", section="figure"),
        "campaigns": Field("event_campaigns", section="use"),
        "mentions": Field("mentions", section="mention"),
        "issues": _ISSUES,
        "note": PROSE,
    },
    "text": {
        "headline": Field("articles.headline", lines=True),
        "subheadline": Field("articles.subheadline", lines=True),
        "kicker": Field("articles.kicker", lines=True),
        "byline": Field("articles.byline"),
        "body": Field("articles.text", lines=True),
        "caption": Field("segments.text", lines=True),
        "credit": Field("segments.text", lines=True),
    },
    "event": {
        "kind": Field("events.kind"),
        "status": Field("events.status"),
        "name": Field("events.name"),
        "trigger": Field("events.trigger"),
        "date": Field("events.date_raw"),
        "about": Field("events.about"),
        "participants": Field("participations", section="participant"),
        "links": Field("event_links", section="link"),
        "note": PROSE,
    },
    "participant": {
        "role": Field("participations.role"),
        "name": Field("participations.{}_id", names=_PARTICIPANTS),
        "names": Field("participations.{}_id", names=_PARTICIPANTS),
        "group": Field("participations.group_label", names=("groups",)),
        "quote": Field("participations.role"),
        "before": Field("participations.role"),
        "after": Field("participations.role"),
        "stand_in": Field("participations.organization_id"),
        "award": Field("participations.award"),
        "for": Field("participations.for_organization_id", names=("organizations",)),
    },
    "link": {
        "relation": Field("event_links.relation"),
        "event": Field("event_links.other_event_id", names=("events",)),
        "quote": Field("event_links.relation"),
    },
    "quotation": {
        "cue": Field("quotations.cue"),
        "before": Field("quotations.cue"),
        "after": Field("quotations.cue"),
        "from": Field("quotations.text"),
        "to": Field("quotations.text"),
        "event": Field("quotations.event_id", names=("events",)),
        "speaker": Field("quotations.{}_id", names=("people", "organizations")),
        "group": Field("quotations.group_label", names=("groups",)),
    },
    "document": {
        "title": Field("documents.title"),
        "kind": Field("documents.kind"),
        "action": Field("documents.action"),
        "event": Field("documents.event_id", names=("events",)),
        "issuer": Field("documents.issuer_organization_id", names=("organizations",)),
    },
    "figure": {
        "number": Field("figures.value"),
        "label": Field("figures.label"),
        "kind": Field("figures.kind"),
        "event": Field("figures.event_id", names=("events",)),
        "counts": Field("figures.participation_id", names=("groups",)),
    },
    "use": {
        "campaign": Field("event_campaigns.campaign_id", names=("campaigns",)),
        "relation": Field("event_campaigns.relation"),
        "event": Field("event_campaigns.event_id", names=("events",)),
        "quote": Field("event_campaigns.relation"),
    },
    "mention": {
        "mention": Field("mentions.surface"),
        "is": Field("mentions.entity_id", names=REGISTRIES),
        "exclude": Field("mentions.entity_id"),
        "reason": PROSE,
    },
    "issue": {
        "kind": Field("issues.kind"),
        "observed": Field("issues.observed"),
        "seen": PROSE,
        "reading": PROSE,
        "decision": Field("issues.decision"),
        "reason": PROSE,
    },
    "source": {
        "file": Field("sources.file"),
        "language": Field("sources.language"),
        "year": Field("sources.year"),
        "year_from": Field("sources.year", section="year_from"),
        "stand_ins": Field(
            "positions.organization_id",
            names=("organizations",),
            keys="positions.organization_id",
            rows="positions.organization_id",
        ),
        "issues": _ISSUES,
        "note": PROSE,
    },
    "year_from": {"article": Field("sources.year", names=("articles",)), "quote": Field("sources.year")},
    "people": {
        "name": Field("people.name", names=("people",)),
        "latin": Field("people.name_latin"),
        "public_role": Field("people.public_role"),
        "identity_basis": Field("people.identity_basis"),
        "note": PROSE,
    },
    "organizations": {
        "name": Field("organizations.name", names=("organizations",)),
        "aliases": Field("organizations.aliases"),
        "kind": Field("organizations.kind"),
        "parent": Field("organizations.parent_organization_id", names=("organizations",)),
        "note": PROSE,
    },
    "places": {
        "name": Field("places.name", names=("places",)),
        "kind": Field("places.kind"),
        "parent": Field("places.parent_place_id", names=("places",)),
        "note": PROSE,
    },
    "campaigns": {
        "name": Field("campaigns.name", names=("campaigns",)),
        "aliases": Field("campaigns.aliases"),
        "parent": Field("campaigns.parent_campaign_id", names=("campaigns",)),
        "note": PROSE,
    },
}

SHAPES: Mapping[str, type[BaseModel]] = {
    "article": shapes.ArticleFile,
    "text": shapes.TextLayer,
    "event": shapes.Event,
    "participant": shapes.Participant,
    "link": shapes.Link,
    "quotation": shapes.Quotation,
    "document": shapes.Document,
    "figure": shapes.Figure,
    "use": shapes.CampaignUse,
    "mention": shapes.MentionChange,
    "issue": shapes.Issue,
    "source": shapes.Source,
    "year_from": shapes.YearQuote,
    "people": shapes.Person,
    "organizations": shapes.Organization,
    "places": shapes.PlaceEntry,
    "campaigns": shapes.Campaign,
    "": shapes.Anchored,
}
"""The model of each section; of the empty one, that of a quote with its neighbours."""

_OF_KEY = {
    "people": "people.person_id",
    "organizations": "organizations.organization_id",
    "places": "places.place_id",
    "campaigns": "campaigns.campaign_id",
}


@cache
def _optional(section: str) -> frozenset[str]:
    """The keys of a section that may be left out."""
    known = SHAPES[section].model_fields.items()
    return frozenset(shape.alias or name for name, shape in known if not shape.is_required())


def _top(file: str) -> Field:
    """The field that a whole file is."""
    stem = Path(file).stem
    if file.startswith("dataset/articles/"):
        return Field("articles", section="article")
    if stem == "page":
        return Field("sources", section="source", keys="sources.source_id", rows="sources")
    return Field(stem, section=stem, keys=_OF_KEY[stem], rows=stem)


def _authored(files: Mapping[str, bytes]) -> list[str]:
    return [file for file in sorted(files) if file.startswith("dataset/") and file not in (LEDGER, ABOUT)]


# The plain structure of a file, and how it is written down again.


class Entries(list[tuple[str, Any]]):
    """A mapping as pairs, so that a damage may write a key twice."""


def _plain(node: nodes.Node) -> Any:
    match node:
        case nodes.Scalar(value):
            return value
        case nodes.Sequence(items):
            return [_plain(item) for item in items]
        case nodes.Mapping(entries):
            return Entries((key.text, _plain(child)) for key, child in entries)


def _read(data: bytes, file: str) -> Any:
    node, problems = load(data, file)
    if node is None:
        sys.exit(f"{file} cannot be read: {problems[0].message}")
    return _plain(node)


class _Writer(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """YAML of pairs; what another reader could take for a number or a truth value is quoted."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Writer.add_representer(Entries, lambda writer, data: writer.represent_mapping("tag:yaml.org,2002:map", list(data)))


def _write(value: Any, writer: type[Any] = _Writer, *, flow: bool = False, width: int = 1 << 20) -> bytes:
    out: bytes = yaml.dump(
        value,
        Dumper=writer,
        allow_unicode=True,
        width=width,
        sort_keys=False,
        default_flow_style=flow,
        encoding="utf-8",
    )
    return out


def _shown(value: Any) -> str:
    """A value on one line, cut where it is long."""
    text = _write(value, flow=True).decode().removesuffix("\n").removesuffix("\n...").strip()
    return text if len(text) <= 90 else text[:89] + "…"


Put = Callable[[Any], Any]
"""Gives the whole file with another value in one place."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value of a file or a key of a mapping, with the field it is of."""

    path: tuple[str | int, ...]
    value: Any
    field: Field
    put: Put
    is_key: bool = False


def _item_put(items: list[Any], number: int, put: Put) -> Put:
    return lambda new: put([*items[:number], new, *items[number + 1 :]])


def _entry_put(entries: Entries, number: int, put: Put, *, of_key: bool) -> Put:
    key, value = entries[number]

    def with_entry(new: Any) -> Any:
        entry = (new, value) if of_key else (key, new)
        return put(Entries([*entries[:number], entry, *entries[number + 1 :]]))

    return with_entry


def _below(known: Field, key: str) -> Field:
    """The field of a value in a mapping of a field."""
    if known.keys:
        return replace(known, keys="", rows="")
    return FIELDS[known.section][key] if known.section else known


def _spots(spot: Spot) -> Iterator[Spot]:
    """The spot and all below it, prose left out."""
    yield spot
    if isinstance(spot.value, Entries):
        for number, (key, child) in enumerate(spot.value):
            path = (*spot.path, key)
            if spot.field.keys:
                column = Field(spot.field.keys, names=_names_of_key(spot.field))
                yield Spot(path, key, column, _entry_put(spot.value, number, spot.put, of_key=True), is_key=True)
            below = _below(spot.field, key)
            if not below.prose:
                yield from _spots(Spot(path, child, below, _entry_put(spot.value, number, spot.put, of_key=False)))
    elif isinstance(spot.value, list):
        for number, child in enumerate(spot.value):
            put = _item_put(spot.value, number, spot.put)
            yield from _spots(Spot((*spot.path, number), child, spot.field, put))


def _names_of_key(known: Field) -> tuple[str, ...]:
    return (known.rows,) if known.rows in (*REGISTRIES, "events") else ()


# What another name may be.


@dataclass
class Known:
    """The names that are known where another one is put in the place of a name."""

    tables: Tables

    @cached_property
    def records(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Every form of every record, by registry and id, in the order of the ids."""
        out: dict[str, dict[str, tuple[str, ...]]] = {}
        for name in REGISTRIES:
            rows: list[Any] = self.tables.rows(name)
            out[name] = {row[table(name).key]: (row["name"], *row.get("aliases", ())) for row in rows}
        return out

    @cached_property
    def printed(self) -> dict[str, dict[tuple[str, str], list[str]]]:
        """The forms that an item prints, by item, registry and id."""
        out: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
        mentions: list[Any] = self.tables.rows("mentions")
        for row in mentions:
            surfaces = out[row["article_id"]][row["entity_table"], row["entity_id"]]
            if row["surface"] not in surfaces:
                surfaces.append(row["surface"])
        return out

    @cached_property
    def events(self) -> list[tuple[str, str]]:
        """``(item, event)`` of every event."""
        rows: list[Any] = self.tables.rows("events")
        return [(row["article_id"], row["event_id"]) for row in rows]

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """The labels of groups, by item."""
        item_of = {event: item for item, event in self.events}
        rows: list[Any] = self.tables.rows("participations")
        out: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row["group_label"] and row["group_label"] not in out[item_of[row["event_id"]]]:
                out[item_of[row["event_id"]]].append(row["group_label"])
        return out

    def record(self, text: str, names: Iterable[str]) -> tuple[str, str] | None:
        """The registry and the id of what a form or an id names."""
        for name in names:
            for key, forms in self.records.get(name, {}).items():
                if text in (*forms, key):
                    return name, key
        return None

    def others(self, spot: Spot, file: str) -> list[str]:
        """What may be written in the place of a name: of an item, what that item names; of a registry, the rest."""
        item = Path(file).stem
        names = spot.field.names
        if "events" in names:
            elsewhere = [event for article, event in self.events if article > item] or [self.events[0][1]]
            return [*(event for article, event in self.events if article == item), elsewhere[0]]
        if "articles" in names:
            return sorted({article for article, _ in self.events})
        if "groups" in names:
            return self.groups[item]
        record = self.record(str(spot.value), names)
        if record is None:
            return []
        if not file.startswith("dataset/articles/"):
            return self._in_registry(spot, record)
        return self._in_item(record, self.printed[item])

    def _in_item(self, record: tuple[str, str], printed: Mapping[tuple[str, str], list[str]]) -> list[str]:
        name, key = record
        here = [form for (other, _), forms in printed.items() if other == name for form in forms]
        absent = [forms[0] for other, forms in self.records[name].items() if (name, other) not in printed]
        return [*self.records[name][key], *here, *absent[:1]]

    def _in_registry(self, spot: Spot, record: tuple[str, str]) -> list[str]:
        name, key = record
        following = self._following(name, key)
        if spot.is_key:
            return [following]
        if spot.field.column.endswith(".name"):
            return [*self.records[name][key], self.records[name][following][0]]
        return [form for forms in self.records[name].values() for form in forms]

    def _following(self, name: str, key: str) -> str:
        ids = list(self.records[name])
        return ids[(ids.index(key) + 1) % len(ids)]

    def column(self, spot: Spot) -> str:
        """The column that a spot makes, with the kind of what is named there."""
        if "{}" not in spot.field.column:
            return spot.field.column
        value = spot.value[0] if isinstance(spot.value, list) and spot.value else spot.value
        record = self.record(str(value), spot.field.names)
        return spot.field.column.format(KIND[record[0]] if record else "person")


# The damages.


@dataclass(frozen=True, slots=True)
class Damage:
    """One value changed in one file; ``path`` leads to it, ``data`` is the file as it is then."""

    file: str
    path: tuple[str | int, ...]
    kind: str
    column: str
    proof: str
    before: str
    after: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Change:
    """Another value at a spot; ``column`` only where it is not that of the spot."""

    kind: str
    value: Any
    before: str = ""
    after: str = ""
    column: str = ""


_NUMERALS = "〇一二三四五六七八九十"
_INTEGER = re.compile(r"0|[1-9][0-9]*")


def _pool(character: str, page: str) -> str:
    """Characters of the kind of a character: letters, digits, or of the page words or marks."""
    if character.isascii():
        lower = "abcdefghijklmnopqrstuvwxyz"
        return "0123456789" if character.isdigit() else lower.upper() if character.isupper() else lower
    others = {other for other in page if not other.isascii() and not other.isspace()}
    return "".join(sorted(other for other in others if other.isalnum() == character.isalnum()))


def _another(character: str, pool: str, seed: str) -> str:
    """A character of the pool that is not this one; always the same for the same seed."""
    rest = pool.replace(character, "")
    return rest[int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]) % len(rest)]


def _characters(text: str, seed: str, pool: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """A character replaced, dropped, swapped with its neighbour: first, middle and last."""
    for at in sorted({0, len(text) // 2, len(text) - 1}):
        other = _another(text[at], pool(text[at]), f"{seed}:{at}")
        yield "character replaced", text[:at] + other + text[at + 1 :]
        yield "character dropped", text[:at] + text[at + 1 :]
    for at in sorted({0, len(text) // 2 - 1, len(text) - 2}):
        if 0 <= at < len(text) - 1:
            yield "characters swapped", text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Each number in a text one more and one less: 5月4日 as 5月5日, 第二届 as 第三届."""
    for match in re.finditer("[0-9]+", text):
        for number in (int(match.group()) - 1, int(match.group()) + 1):
            shown = str(max(number, 0)).zfill(len(match.group()))
            yield "number off by one", text[: match.start()] + shown + text[match.end() :]
    for at, character in enumerate(text):
        if character in _NUMERALS:
            value = _NUMERALS.index(character)
            for number in (value - 1, value + 1):
                if 1 <= number < len(_NUMERALS):
                    yield "number off by one", text[:at] + _NUMERALS[number] + text[at + 1 :]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """A line, or each end of a range of lines, one line off."""
    ends = text.split("-")
    for at, end in enumerate(ends):
        for line in (int(end) - 1, int(end) + 1):
            yield "line off by one", "-".join([*ends[:at], str(line), *ends[at + 1 :]])


def _vocabulary(column: str) -> tuple[str, ...]:
    name, _, rest = column.partition(".")
    words = table(name)[rest].vocabulary if rest else None
    return words.values if words else ()


def _of_scalar(spot: Spot, column: str, file: str, known: Known, page: str) -> Iterator[_Change]:
    text = str(spot.value)
    seed = "/".join(map(str, (file, *spot.path)))
    changes = list(_characters(text, seed, lambda character: _pool(character, page)))
    changes += _lines(text) if spot.field.lines else _numbers(text)
    changes += [("another word", word) for word in _vocabulary(column)] if not spot.is_key else []
    changes += [("another name", name) for name in known.others(spot, file)] if spot.field.names else []
    before = "key " * spot.is_key
    for kind, changed in changes:
        if changed != text:
            number = isinstance(spot.value, int) and _INTEGER.fullmatch(changed)
            yield _Change(before + kind, int(changed) if number else changed, text, changed)


def _of_list(items: list[Any]) -> Iterator[_Change]:
    for at, item in enumerate(items):
        shown = _shown(item)
        yield _Change("item dropped", [*items[:at], *items[at + 1 :]], shown, "nothing")
        yield _Change("item doubled", [*items[: at + 1], *items[at:]], shown, "twice")
        if at + 1 < len(items) and items[at + 1] != item:
            swapped = [*items[:at], items[at + 1], item, *items[at + 2 :]]
            yield _Change("items swapped", swapped, shown, f"after {_shown(items[at + 1])}")


def _of_mapping(spot: Spot, known: Known) -> Iterator[_Change]:
    """Entries of which each is a record, and keys that may be left out."""
    for at, (key, child) in enumerate(spot.value):
        below = _below(spot.field, key)
        if below.prose or not (spot.field.keys or key in _optional(spot.field.section)):
            continue
        column = spot.field.rows or known.column(Spot(spot.path, child, below, spot.put))
        rest = Entries([*spot.value[:at], *spot.value[at + 1 :]])
        yield _Change("entry dropped", rest, _shown(Entries([(key, child)])), "nothing", column)


def _changes(spot: Spot, file: str, known: Known, page: str) -> Iterator[_Change]:
    if isinstance(spot.value, Entries):
        yield from _of_mapping(spot, known)
    elif isinstance(spot.value, list):
        yield from _of_list(spot.value)
    else:
        yield from _of_scalar(spot, known.column(spot), file, known, page)


def _proof(column: str) -> str:
    name, _, rest = column.partition(".")
    return table(name)[rest].proof if rest else WHOLE


def damages(files: Mapping[str, bytes]) -> Iterator[Damage]:
    """Every damage to every authored file, in the order of the files; no two give the same file."""
    tables = check_files(files).tables
    if tables is None:
        sys.exit("the dataset has errors; mend them first: lingang validate .")
    known = Known(tables)
    page = "".join(str(row["text"]) for row in tables.rows("sources"))
    for file in _authored(files):
        root = _read(files[file], file)
        seen = {_write(root)}
        for spot in _spots(Spot((), root, _top(file), lambda new: new)):
            column = known.column(spot)
            for change in _changes(spot, file, known, page):
                data = _write(spot.put(change.value))
                if data not in seen:
                    seen.add(data)
                    made = change.column or column
                    kind, before, after = change.kind, change.before, change.after
                    yield Damage(file, spot.path, kind, made, _proof(made), before, after, data)


# Whether a damage is noticed.


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a damage: ``noticed``, ``harmless``, ``missed``, or ``crashed`` where the check did not end.

    ``elsewhere`` are the rules that found errors in other files alone; ``warned`` says whether the damaged file got a
    warning at least.
    """

    outcome: str
    elsewhere: tuple[str, ...] = ()
    warned: bool = False
    said: str = ""


Found = tuple[str, str]
"""The id of a rule and the file in which it finds something."""


@cache
def _words(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", sql))


class Selects(DuckDB):
    """The SELECTs of the rules over tables that are those of the baseline but for some.

    Only the tables that changed are loaded, and only what reads one of them is asked: over the others a SELECT finds
    what it found before, which is nothing.
    """

    def __init__(self, baseline: Tables) -> None:
        super().__init__(DuckDB.of_arrow(baseline.arrow).connection)
        self._loaded = dict(baseline.arrow)
        self._baseline = baseline.arrow
        self._rules = [*declared_rules(), *((rule.id, rule.table, rule.sql) for rule in sql_rules())]

    def _load(self, tables: Tables) -> set[str]:
        """Make the tables those given; returns which differ from the baseline."""
        others = {name for name, arrow in tables.arrow.items() if not arrow.equals(self._loaded[name])}
        changed = {name for name, arrow in tables.arrow.items() if not arrow.equals(self._baseline[name])}
        for name in others:
            arrow = tables.arrow[name]
            numbered = arrow.append_column("row_no", pa.array(range(arrow.num_rows), pa.int64()))
            self.connection.register("incoming", numbered)
            self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")
            self.connection.unregister("incoming")
            self._loaded[name] = arrow
        for name, sql in views("duckdb").items():
            if _words(sql) & others:
                self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")
            changed |= {name} if _words(sql) & changed else set()
        return changed

    def findings(self, tables: Tables) -> Iterator[Found]:
        changed = self._load(tables)
        for rule, name, sql in self._rules:
            for row in self.select(sql) if _words(sql) & changed else ():
                yield rule, _file(tables, row.get("table_name") or name, row["row_no"])


def _file(tables: Tables, name: str, row_no: int) -> str:
    """The file that a row comes from."""
    return tables.origins.rows[name][row_no].place.file


def _of_rows(tables: Tables, file: str) -> Iterator[Found]:
    """What the models of rows refuse in a file."""
    for declared in TABLES:
        for row in tables.origins.rows[declared.name]:
            if row.place.file == file:
                yield from ((rule, file) for rule, *_ in check_row(declared, in_json(row.values)))


def _of_text(tables: Tables) -> Iterator[Found]:
    data = Data(tables.rows)
    for entry in PYTHON_RULES:
        for finding in entry.find(data):
            yield entry.rule.id, _file(tables, finding.table, finding.row_no)


class _Unsure(Exception):
    """Another file has problems, or a rule over running text had nothing to go by: the whole check must tell."""


def _findings(tables: Tables, file: str, selects: Selects) -> set[Found]:
    """What the rules find, by steps; not all of it once a step finds something in the file.

    A step may stop there: the check keeps a finding back only in a file in which it has reported another.
    """
    if found := set(_of_rows(tables, file)):
        return found
    try:
        found = set(_of_text(tables))
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise _Unsure from error
    return found if any(where == file for _, where in found) else found | set(selects.findings(tables))


def _is_error(rule: str) -> bool:
    return catalogue()[rule].severity == "error"


def _judge(files: Mapping[str, bytes], file: str, baseline: Tables, selects: Selects) -> Verdict:
    """As ``_judge_by_report``, in a fraction of the time; only where the check keeps back nothing else."""
    compiled = compile_dataset(parse(files))
    if any(problem.place.file == file and _is_error(problem.rule) for problem in compiled.problems):
        return Verdict("noticed")
    if compiled.problems:  # what follows from a problem in another file is the check's to say
        raise _Unsure
    tables = from_compiled(compiled)
    if _same_rows(tables, baseline, evidence=True):
        return Verdict("harmless")
    found = _findings(tables, file, selects)
    errors = {(rule, where) for rule, where in found if _is_error(rule)}
    if any(where == file for _, where in errors):
        return Verdict("noticed")
    if not errors and _same_rows(tables, baseline, evidence=False):
        return Verdict("harmless")
    warnings = {where for _, where in found - errors}
    warnings |= set() if errors else {problem.place.file for problem in check_ledger(files, tables)}
    return Verdict("missed", tuple(sorted({rule for rule, _ in errors})), file in warnings)


def _judge_by_report(files: Mapping[str, bytes], file: str, baseline: Tables) -> Verdict:
    checked = check_files(files)
    errors = [problem for problem in checked.report if problem.severity == "error"]
    if any(problem.place.file == file for problem in errors):
        return Verdict("noticed")
    if checked.tables is not None and _same_rows(checked.tables, baseline, evidence=False):
        return Verdict("harmless")
    warned = any(problem.place.file == file for problem in checked.report)
    return Verdict("missed", tuple(sorted({problem.rule for problem in errors})), warned)


def _same_rows(tables: Tables, baseline: Tables, *, evidence: bool) -> bool:
    names = [declared.name for declared in TABLES if evidence or declared.name != "evidence"]
    return all(tables.arrow[name].equals(baseline.arrow[name]) for name in names)


def judge(damage: Damage, files: Mapping[str, bytes], baseline: Tables, selects: Selects | None = None) -> Verdict:
    """What becomes of a damage, all other files as they are; without ``selects`` by the report of a whole check."""
    damaged = {**files, damage.file: damage.data}
    try:
        with suppress(_Unsure):
            if selects is not None:
                return _judge(damaged, damage.file, baseline, selects)
        return _judge_by_report(damaged, damage.file, baseline)
    except Exception as error:  # a check that does not end is the worst a damage can do: it is told, not raised
        return Verdict("crashed", said=f"{type(error).__name__}: {error}")


# Edits that mean nothing.


@dataclass(frozen=True, slots=True)
class Edit:
    """A file written in another way that means the same."""

    file: str
    kind: str
    data: bytes


def _inside_scalars(text: str) -> set[int]:
    """Lines, from 0, on which a comment would be read as text: those of scalars of several lines."""
    out: set[int] = set()
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            last = end.line if end.column else end.line - 1
            out.update(range(start.line, last + 1) if last > start.line else ())
    return out


def _commented(text: str, *, beside: bool) -> bytes:
    """A comment beside every line, or above it."""
    out = []
    inside = _inside_scalars(text)
    for number, line in enumerate(text.splitlines()):
        first = number not in inside or number - 1 not in inside
        indent = line[: len(line) - len(line.lstrip())]
        out += [f"{indent}# a remark"] if not beside and first and line.strip() else []
        out.append(f"{line} # a remark" if beside and number not in inside else line)
    return ("\n".join(out) + "\n").encode()


def _reversed(value: Any) -> Any:
    """Keys in reverse order; lists as they are, for their order is that of the page."""
    if isinstance(value, Entries):
        return Entries((key, _reversed(child)) for key, child in reversed(value))
    return [_reversed(item) for item in value] if isinstance(value, list) else value


class _Single(_Writer):
    """Every text and every key in single quotes."""


class _Double(_Writer):
    """Every text and every key in double quotes."""


class _Folded(_Writer):
    """Long texts folded."""


def _styled(style: str, least: int = 0) -> Callable[[Any, str], Any]:
    def represent(writer: Any, data: str) -> Any:
        return writer.represent_scalar("tag:yaml.org,2002:str", data, style=style if len(data) >= least else None)

    return represent


_Single.add_representer(str, _styled("'"))
_Double.add_representer(str, _styled('"'))
_Folded.add_representer(str, _styled(">", 24))


def _wrapped(file: str, root: Any) -> Any:
    """Long quotes of the page broken in the middle: where the line is folded, a space is read."""
    at, spots = 0, list(_spots(Spot((), root, _top(file), lambda new: new)))
    while at < len(spots):
        spot = spots[at]
        at += 1
        free = not (spot.is_key or spot.field.names or spot.field.lines or _vocabulary(spot.field.column))
        if free and isinstance(spot.value, str) and len(spot.value) >= 12 and not spot.value.isascii():
            half = len(spot.value) // 2
            root = spot.put(f"{spot.value[:half]} {spot.value[half:]}")
            spots = list(_spots(Spot((), root, _top(file), lambda new: new)))
    return root


def harmless_edits(files: Mapping[str, bytes]) -> Iterator[Edit]:
    """Each authored file written anew in every way that means the same."""
    for file in _authored(files):
        text = files[file].decode()
        root = _read(files[file], file)
        yield Edit(file, "a comment beside every line", _commented(text, beside=True))
        yield Edit(file, "a comment above every line", _commented(text, beside=False))
        yield Edit(file, "written anew in blocks", _write(root))
        yield Edit(file, "written anew in brackets", _write(root, flow=True, width=100))
        yield Edit(file, "keys in reverse order", _write(_reversed(root)))
        yield Edit(file, "single quotes", _write(root, _Single))
        yield Edit(file, "double quotes", _write(root, _Double))
        yield Edit(file, "long lines folded", _write(root, _Folded, width=24))
        yield Edit(file, "long quotes broken over lines", _write(_wrapped(file, root), width=1))


def _raised(files: Mapping[str, bytes], edit: Edit, baseline: Tables) -> str:
    """What an edit that means nothing raises; nothing, if all is well."""
    checked = check_files({**files, edit.file: edit.data})
    for problem in checked.report:
        return f"{problem.place} {problem.rule} {problem.message}"
    same = checked.tables is not None and _same_rows(checked.tables, baseline, evidence=True)
    return "" if same else "the rows are not the same"


# Running, counting and telling.


@dataclass
class _Run:
    """What a process works with."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def baseline(self) -> Tables:
        tables = check_files(self.files).tables
        if tables is None:
            sys.exit("the dataset has errors; mend them first: lingang validate .")
        return tables

    @cached_property
    def selects(self) -> Selects:
        return Selects(self.baseline)


_RUN = _Run()


def _start(files: Mapping[str, bytes]) -> None:
    gc.set_threshold(50_000)  # what a damage makes is gone with it; looking for it often takes a fifth of the time
    _RUN.files = files


def _one(task: Damage | Edit) -> Verdict | str:
    if isinstance(task, Edit):
        return _raised(_RUN.files, task, _RUN.baseline)
    return judge(task, _RUN.files, _RUN.baseline, _RUN.selects)


def _all(tasks: list[Any], files: Mapping[str, bytes], processes: int) -> Iterator[Any]:
    """The result of each task, in their order; how far it is shows on a terminal."""
    with multiprocessing.Pool(processes, _start, (files,)) as pool:
        for number, result in enumerate(pool.imap(_one, tasks, chunksize=8), start=1):
            if sys.stderr.isatty():
                end = "\n" if number == len(tasks) else ""
                print(f"\r{number} of {len(tasks)}", end=end, file=sys.stderr, flush=True)
            yield result


@dataclass(slots=True)
class Count:
    """Damages by what became of them."""

    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def harmful(self) -> int:
        return self.outcomes.total() - self.outcomes["harmless"]

    @property
    def share(self) -> float:
        return self.outcomes["noticed"] / self.harmful if self.harmful else 1.0

    def in_json(self) -> dict[str, object]:
        names = ("noticed", "harmless", "missed", "crashed")
        counts = {name: self.outcomes[name] for name in names}
        return {"total": self.outcomes.total(), **counts, "share": round(self.share, 4)}

    def __str__(self) -> str:
        noticed, harmless = self.outcomes["noticed"], self.outcomes["harmless"]
        return f"{self.share:7.2%}  {noticed} of {self.harmful}" + (f", {harmless} harmless" if harmless else "")


@dataclass(slots=True)
class Score:
    """All damages with their verdicts, counted."""

    judged: list[tuple[Damage, Verdict]]

    @property
    def all(self) -> Count:
        return Count(Counter(verdict.outcome for _, verdict in self.judged))

    def by(self, attribute: str) -> dict[str, Count]:
        out: dict[str, Count] = defaultdict(Count)
        for damage, verdict in self.judged:
            out[getattr(damage, attribute)].outcomes[verdict.outcome] += 1
        return dict(sorted(out.items()))

    def elsewhere(self, proof: str) -> int:
        """How many of the missed damages with a proof raise an error in another file: a second witness contradicts
        them, and the damaged file is not the one that is named."""
        return sum(damage.proof == proof and bool(verdict.elsewhere) for damage, verdict in self.unseen)

    @property
    def unseen(self) -> list[tuple[Damage, Verdict]]:
        return [(damage, verdict) for damage, verdict in self.judged if verdict.outcome in ("missed", "crashed")]

    def in_json(self) -> dict[str, object]:
        shares = {
            name: {value: count.in_json() for value, count in self.by(name).items()}
            for name in ("proof", "kind", "column")
        }
        missed = [
            {
                "file": damage.file,
                "path": list(damage.path),
                "kind": damage.kind,
                "column": damage.column,
                "proof": damage.proof,
                "before": damage.before,
                "after": damage.after,
                "outcome": verdict.outcome,
                "elsewhere": list(verdict.elsewhere),
                "warned": verdict.warned,
                "said": verdict.said,
            }
            for damage, verdict in self.unseen
        ]
        return {**self.all.in_json(), **shares, "not_damaged": list(NOT_DAMAGED), "missed_damages": missed}

    def summary(self) -> str:
        count = self.all
        elsewhere = sum(bool(verdict.elsewhere) for _, verdict in self.unseen)
        warned = sum(verdict.warned for _, verdict in self.unseen)
        lines = [
            f"{count.outcomes.total()} damages: {count.outcomes['noticed']} noticed, "
            f"{count.outcomes['harmless']} harmless, {count.outcomes['missed']} missed, "
            f"{count.outcomes['crashed']} crashed",
            f"of what was missed, {elsewhere} raise errors in other files alone, {warned} get a warning in their own",
            f"score {count}",
        ]
        for name in ("proof", "kind", "column"):
            shares = self.by(name)
            width = max(map(len, shares), default=0)
            lines += ["", f"by {name}", *(f"  {value:{width}}  {share}" for value, share in shares.items())]
        return "\n".join([*lines, "", "not damaged", *(f"  {what}" for what in NOT_DAMAGED)])

    def report(self) -> str:
        """The score as a page: shares by proof, and what is left by column with the reason."""
        left = [
            (column, count) for column, count in self.by("column").items() if count.outcomes["noticed"] < count.harmful
        ]
        lines = [
            "# The corruption score",
            "",
            "Written by `python tools/corruption.py --report docs/CORRUPTION.md`: the authored records are damaged one",
            "value at a time, and a damage counts as noticed when an error names the very file that was damaged. What",
            "changes no row is harmless and does not count.",
            "",
            f"**{self.all.share:.2%}** of {self.all.harmful:,} damages are noticed; "
            f"{self.all.outcomes['harmless']:,} more are harmless.",
            "",
            "| proof | noticed | of | share | missed | named elsewhere |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            *(
                f"| {proof} | {count.outcomes['noticed']} | {count.harmful} | {count.share:.2%} "
                f"| {count.harmful - count.outcomes['noticed']} | {self.elsewhere(proof)} |"
                for proof, count in self.by("proof").items()
            ),
            "",
            "*Named elsewhere*: a second witness, the page or another record, contradicts the damage, so that there is",
            "an error, but in another file than the damaged one. What is missed and not named elsewhere contradicts",
            "nothing that the checks compare it with; the reasons follow.",
            "",
            "## What is left, by column",
            "",
            "| column | missed | of | why |",
            "| --- | ---: | ---: | --- |",
            *(
                f"| {column} | {count.harmful - count.outcomes['noticed']} | {count.harmful} "
                f"| {REASONS.get(column, '?')} |"
                for column, count in left
            ),
            "",
            "## What is not damaged",
            "",
            *(f"- {what}" for what in NOT_DAMAGED),
        ]
        return "\n".join(lines) + "\n"

    def listing(self) -> str:
        """What was missed, one line each."""
        return "\n".join(_line(damage, verdict) for damage, verdict in self.unseen)


def _line(damage: Damage, verdict: Verdict) -> str:
    path = ".".join(map(str, damage.path)) or "."
    more = f"  [{verdict.said}]" if verdict.said else ""
    more += f"  [{' '.join(verdict.elsewhere)} in other files]" if verdict.elsewhere else ""
    return f"{damage.file}: {path}: {damage.kind} ({damage.column}): {damage.before} → {damage.after}{more}"


def _score(arguments: argparse.Namespace) -> int:
    files = read_files(ROOT)
    found = list(damages(files))
    if arguments.sample and arguments.sample < len(found):
        chosen = sorted(random.Random(arguments.seed).sample(range(len(found)), arguments.sample))
        found = [found[number] for number in chosen]
    score = Score(list(zip(found, _all(found, files, arguments.processes), strict=True)))
    if arguments.missed:
        arguments.missed.write_text(score.listing() + "\n", encoding="utf-8")
    if arguments.report:
        arguments.report.write_text(score.report(), encoding="utf-8")
    if arguments.json:
        print(json.dumps(score.in_json(), ensure_ascii=False, indent=1))
    else:
        print(score.summary())
        if not arguments.missed:
            print(f"\nmissed\n{score.listing()}")
    return 1 if 100 * score.all.share < arguments.floor else 0


def _harmless(arguments: argparse.Namespace) -> int:
    files = read_files(ROOT)
    edits = list(harmless_edits(files))
    raised = [(edit, said) for edit, said in zip(edits, _all(edits, files, arguments.processes), strict=True) if said]
    for edit, said in raised:
        print(f"{edit.file}: {edit.kind}: {said}")
    print(f"{len(edits)} edits that mean nothing, {len(raised)} of them raise something")
    return 1 if raised else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sample", type=int, metavar="N", help="judge N damages, not all")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which N (default: %(default)s)")
    parser.add_argument("--missed", type=Path, metavar="FILE", help="write the list of what was missed to FILE")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the score as a page to FILE")
    parser.add_argument("--json", action="store_true", help="tell the score as JSON")
    parser.add_argument("--floor", type=float, default=0.0, metavar="PERCENT", help="exit 1 if the score is lower")
    parser.add_argument("--harmless", action="store_true", help="make edits that mean nothing instead")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="(default: %(default)s)")
    arguments = parser.parse_args()
    return _harmless(arguments) if arguments.harmless else _score(arguments)


if __name__ == "__main__":
    sys.exit(main())
