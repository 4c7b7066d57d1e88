"""What stands where in the authored files, by their shapes, and which column is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel

from lingang.authored import shapes
from lingang.authored.loader import load
from lingang.authored.nodes import plain
from lingang.authored.tree import REGISTRIES
from lingang.problems import CannotRun
from lingang.tables import table

__all__ = ["RECORDS", "WHOLE", "Path", "Spot", "authored", "column_of", "proof_of", "read", "spots", "write"]

Path = tuple[str | int, ...]
"""Keys and places in lists, from the top of a file."""

PROSE = frozenset({"note", "reason", "seen", "reading", "why"})
_NOT_DAMAGED = ("about", "verification", "lexicon")
_REGISTRY_SHAPES = ("Person", "Organization", "PlaceEntry", "Campaign")

_TABLES = {
    "ArticleFile": ("articles", "kind"),
    "TextLayer": ("articles", "text"),
    "PageText": ("segments", "role"),
    "TitleHolders": ("positions", "title_raw"),
    "Event": ("events", "trigger"),
    "Participant": ("participations", "role"),
    "Link": ("event_links", "relation"),
    "Quotation": ("quotations", "cue"),
    "Document": ("documents", "title"),
    "Figure": ("figures", "value"),
    "CampaignUse": ("event_campaigns", "relation"),
    "MentionChange": ("mentions", "entity_id"),
    "Issue": ("issues", "observed"),
    "Acceptance": ("accepted", "rule"),
    "Source": ("sources", "file"),
    "YearQuote": ("sources", "year"),
    **{shape: (name, "name") for shape, name in zip(_REGISTRY_SHAPES, REGISTRIES, strict=True)},
}
"""The table that a mapping of each shape makes rows of, and the column that a quote in it is for."""

RECORDS = frozenset(_TABLES) - {"ArticleFile", "TextLayer", "PageText", "TitleHolders", "YearQuote", "Acceptance"}
"""The shapes of which each mapping is a record."""

_COLUMNS = {
    "campaign": "campaign_id",
    "counts": "participation_id",
    "date": "date_raw",
    "edtf": "date_edtf",
    "event": "event_id",
    "exclude": "entity_id",
    "for": "for_organization_id",
    "from": "text",
    "group": "group_label",
    "in": "source_ids",
    "is": "entity_id",
    "issuer": "issuer_organization_id",
    "latin": "name_latin",
    "mention": "surface",
    "published": "published_edtf",
    "source": "source_id",
    "to": "text",
    "touches": "record_id",
    "year": "date_edtf",
    "year_from": "year",
}
"""Keys that have another name than their column."""

WHOLE = "whole rows"
"""What stands for the proof where a record is dropped, moved, turned round or invented as a whole."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value of a file, or a key that is data (``is_key``), with the shape of the mapping and the key it stands under.

    ``below`` is the shape of the mappings that the value holds, where it holds any.
    """

    path: Path
    value: Any
    shape: str
    key: str
    is_key: bool = False
    below: str = ""


def authored(files: Mapping[str, bytes]) -> list[str]:
    """The files whose records are damaged."""
    found = [file for file in sorted(files) if file.startswith("dataset/") and "/labels/" not in file]
    return [file for file in found if PurePosixPath(file).stem not in _NOT_DAMAGED]


def read(data: bytes, file: str) -> Any:
    """A file as plain dicts, lists and values; raises ``CannotRun``."""
    node, problems = load(data, file)
    if node is None:
        raise CannotRun(f"{file} cannot be read: {problems[0].message}")
    return plain(node)


class Writer(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """YAML; what another reader could take for a number or a truth value is quoted."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def write(value: Any, writer: type[Any] = Writer, *, flow: bool = False, width: int = 1 << 20) -> bytes:
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


@cache
def _fields(shape: type[BaseModel]) -> dict[str, Any]:
    return {known.alias or name: known for name, known in shape.model_fields.items()}


def optional(shape: str, key: str) -> bool:
    """Whether a key may be left out."""
    known = _fields(getattr(shapes, shape)).get(key)
    return known is not None and not known.is_required()


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _model(annotation: Any) -> type[BaseModel] | None:
    """The shape of the mappings that may stand there, quotes with neighbours last."""
    found = [part for part in _parts(annotation) if isinstance(part, type) and issubclass(part, BaseModel)]
    return min(found, key=lambda shape: shape is shapes.Anchored, default=None)


def _keyed(annotation: Any) -> bool:
    """Whether the keys of a mapping there are data."""
    return any(get_origin(part) is dict for part in _parts(annotation))


def spots(root: Any, file: str) -> Iterator[Spot]:
    """Every value of a file and every key that is data, prose left out."""
    stem = PurePosixPath(file).stem
    if file.startswith("dataset/articles/"):
        yield from _mapping(root, shapes.ArticleFile, (), "ArticleFile", "")
        return
    model = _model(_fields(shapes.SHAPES[stem])["root"].annotation)
    assert model is not None
    for key, value in root.items():
        if key != "accept":
            yield Spot((key,), key, model.__name__, "", is_key=True, below=model.__name__)
            yield Spot((key,), value, model.__name__, "", below=model.__name__)
            yield from _mapping(value, model, (key,), model.__name__, "")


def _mapping(value: dict[str, Any], model: type[BaseModel], path: Path, shape: str, under: str) -> Iterator[Spot]:
    """The values of a mapping; those of a quote with neighbours belong to the key that it stands under."""
    for key, child in value.items():
        known = _fields(model).get(key)
        if known is None or key in PROSE or key == "accept":
            continue
        anchored = model is shapes.Anchored
        inner, owner, named = (*path, key), shape if anchored else model.__name__, under if anchored else key
        below = _model(known.annotation)
        yield Spot(inner, child, owner, named, below=below.__name__ if below else "")
        if _keyed(known.annotation) and isinstance(child, dict):
            for name, entry in child.items():
                yield Spot((*inner, name), name, owner, named, is_key=True, below=below.__name__ if below else "")
                yield from _value(entry, below, (*inner, name), owner, named)
        else:
            yield from _within(child, below, inner, owner, named)


def _value(value: Any, below: type[BaseModel] | None, path: Path, shape: str, key: str) -> Iterator[Spot]:
    yield Spot(path, value, shape, key, below=below.__name__ if below else "")
    yield from _within(value, below, path, shape, key)


def _within(value: Any, below: type[BaseModel] | None, path: Path, shape: str, key: str) -> Iterator[Spot]:
    if isinstance(value, dict) and below is not None:
        yield from _mapping(value, below, path, shape, key)
    for number, item in enumerate(value if isinstance(value, list) else ()):
        yield from _value(item, below, (*path, number), shape, key)


def table_of(shape: str) -> str:
    return _TABLES[shape][0]


def column_of(spot: Spot, kind: str) -> str:
    """``table.column`` of the cell that a spot makes; ``kind`` is that of the record which is named there,
    empty where none is."""
    if spot.key == "titles":
        return "positions.title_raw" if spot.is_key else "positions.person_id"
    if spot.key == "stand_ins":
        return "positions.organization_id"
    name, main = _TABLES[spot.below or spot.shape] if spot.is_key else _TABLES[spot.shape]
    if spot.is_key:
        return f"{name}.{table(name).key}"
    columns = table(name).names
    own = {"event": "other_event_id"} if spot.shape == "Link" else {"parent": f"parent_{table(name).key}"}
    candidates = (own.get(spot.key, spot.key), _COLUMNS.get(spot.key, ""), f"{kind}_id", main)
    return f"{name}.{next(column for column in candidates if column in columns)}"


def proof_of(column: str) -> str:
    name, _, rest = column.partition(".")
    return table(name)[rest].proof if rest else WHOLE


def is_line(spot: Spot) -> bool:
    """Whether a value numbers lines of the page."""
    text = str(spot.value)
    return spot.shape in ("TextLayer", "PageText") and re.fullmatch("[0-9]+(-[0-9]+)?", text) is not None
