"""What changed between two published folders: records, cells and schemas, and which version that asks for.

Reads the JSON Lines and the schemas that a release carries, not the models of this version, so that
releases of other versions can be compared too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lingang.about import SUMS
from lingang.failures import naming_the_extra
from lingang.problems import CannotRun

__all__ = [
    "STABLE",
    "Bump",
    "CellChange",
    "Diff",
    "RecordChange",
    "SchemaChange",
    "diff",
    "exit_status",
    "release_version",
    "required_bump",
    "to_json",
    "to_text",
]

Bump = Literal["major", "minor", "patch"]
Effect = Literal["breaking", "compatible", "wording"]


STABLE = frozenset(("articles", "campaigns", "events", "organizations", "people", "places", "sources"))
"""Tables whose ids are chosen by the editors and stay for good; every other id is built, and promises nothing."""


@dataclass(frozen=True, slots=True, order=True)
class RecordChange:
    """A record that is only in the new release (``added``) or only in the old one (``removed``)."""

    table: str
    record_id: str
    what: Literal["added", "removed"]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell with another value; a column that only one of the releases has is a ``SchemaChange``."""

    table: str
    record_id: str
    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A change of a schema; ``column`` is empty where it concerns the table.

    ``breaking``: data or readers made for the old schema may fail; ``compatible``: something is added
    or loosened; ``wording``: titles, descriptions, labels, mappings.
    """

    table: str
    column: str
    what: str
    effect: Effect
    old: Any = None
    new: Any = None


_Change = RecordChange | CellChange | SchemaChange


@dataclass(frozen=True, slots=True)
class Diff:
    """Every difference, sorted by table, record and column."""

    records: tuple[RecordChange, ...]
    cells: tuple[CellChange, ...]
    schemas: tuple[SchemaChange, ...]

    def __bool__(self) -> bool:
        return bool(self.records or self.cells or self.schemas)

    @property
    def breaking(self) -> bool:
        """Whether the change of the schemas is breaking."""
        return any(change.effect == "breaking" for change in self.schemas)


@dataclass(frozen=True, slots=True)
class _Release:
    schemas: dict[str, dict[str, Any]]
    rows: dict[str, dict[str, dict[str, Any]]]


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    if path.is_dir():
        if not (path / SUMS).is_file():
            raise CannotRun(f"{path} is no release: it has no {SUMS}")
        yield path
    elif path.is_file():
        with naming_the_extra("an archive"):
            from lingang.check.released import unpacked
        with unpacked(path) as folder:
            yield folder
    else:
        raise CannotRun(f"no such path: {path}")


def _json(text: str, place: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise CannotRun(f"{place} is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise CannotRun(f"{place} holds no JSON object")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{path.name} cannot be read: {error}") from None


def _read(path: Path) -> _Release:
    with _folder(path) as folder:
        schemas = {
            file.name.removesuffix(".schema.json"): _json(_text(file), f"{path}: schema/{file.name}")
            for file in sorted((folder / "schema").glob("*.schema.json"))
        }
        if not schemas:
            raise CannotRun(f"{path} is no release: it has no schema/*.schema.json")
        loose = sorted({file.name.removesuffix(".jsonl") for file in folder.glob("*.jsonl")} - set(schemas))
        if loose:
            raise CannotRun(f"{path} has tables without a schema: {', '.join(loose)}")
        rows: dict[str, dict[str, dict[str, Any]]] = {}
        for name, schema in schemas.items():
            key = schema.get("x-primary-key")
            rows[name] = {}
            # Not splitlines(): U+2028 and its like may stand inside a value.
            for number, line in enumerate(_text(folder / f"{name}.jsonl").split("\n"), start=1):
                if line:
                    place = f"{path}: {name}.jsonl:{number}"
                    row = _json(line, place)
                    record_id = row.get(str(key))
                    if not isinstance(record_id, str) or record_id in rows[name]:
                        raise CannotRun(f"{place} has no {key} of its own")
                    rows[name][record_id] = row
        return _Release(schemas, rows)


def _nullable(column: dict[str, Any]) -> bool:
    return "null" in column.get("type", ())


def _limits(table: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[SchemaChange]:
    """Patterns, bounds and formats: a limit that goes or widens is compatible, any other change breaking."""
    for key in ("format", "items", "maximum", "minimum", "pattern", "uniqueItems"):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        wider = after is None or (
            before is not None and ((key == "minimum" and after < before) or (key == "maximum" and after > before))
        )
        yield SchemaChange(table, name, f"{key} changed", "compatible" if wider else "breaking", before, after)


def _words(table: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[SchemaChange]:
    before = None if old.get("enum") is None else [word for word in old["enum"] if word is not None]
    after = None if new.get("enum") is None else [word for word in new["enum"] if word is not None]
    if before is None or after is None:
        if before != after:
            effect: Effect = "compatible" if after is None else "breaking"
            yield SchemaChange(table, name, "vocabulary removed" if after is None else "vocabulary added", effect)
        return
    for word in before:
        if word not in after:
            yield SchemaChange(table, name, "word removed", "breaking", word, None)
    for word in after:
        if word not in before:
            yield SchemaChange(table, name, "word added", "compatible", None, word)


def _column(table: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[SchemaChange]:
    if old.get("x-type") != new.get("x-type"):
        yield SchemaChange(table, name, "type changed", "breaking", old.get("x-type"), new.get("x-type"))
    elif _nullable(old) != _nullable(new):
        tightened = _nullable(old)
        what = "no longer nullable" if tightened else "now nullable"
        yield SchemaChange(table, name, what, "breaking" if tightened else "compatible")
    if old.get("x-type") == new.get("x-type"):
        yield from _limits(table, name, old, new)
    yield from _words(table, name, old, new)
    if old.get("x-references") != new.get("x-references"):
        before, after = old.get("x-references"), new.get("x-references")
        effect: Effect = "compatible" if after is None else "breaking"
        yield SchemaChange(table, name, "reference changed", effect, before, after)
    for key in ("description", "title", "x-proof", "x-standard", "x-words"):
        before, after = old.get(key), new.get(key)
        if key == "x-words":  # words that come or go are told above
            kept = set(before or {}) & set(after or {})
            before, after = ({word: (found or {})[word] for word in sorted(kept)} for found in (before, after))
        if before != after:
            yield SchemaChange(table, name, f"{key.removeprefix('x-')} changed", "wording", before, after)


def _schema(table: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[SchemaChange]:
    before, after = old["properties"], new["properties"]
    if old.get("x-primary-key") != new.get("x-primary-key"):
        keys = (old.get("x-primary-key"), new.get("x-primary-key"))
        yield SchemaChange(table, "", "primary key changed", "breaking", *keys)
    for name in before:
        if name not in after:
            yield SchemaChange(table, name, "column removed", "breaking", before[name].get("x-type"), None)
    for name in after:
        if name not in before:
            yield SchemaChange(table, name, "column added", "compatible", None, after[name].get("x-type"))
        else:
            yield from _column(table, name, before[name], after[name])
    for key in ("description", "title", "x-standard"):
        if old.get(key) != new.get(key):
            what = f"{key.removeprefix('x-')} changed"
            yield SchemaChange(table, "", what, "wording", old.get(key), new.get(key))


def _schemas(old: _Release, new: _Release) -> Iterator[SchemaChange]:
    for table in sorted({*old.schemas, *new.schemas}):
        if table not in new.schemas:
            yield SchemaChange(table, "", "table removed", "breaking")
        elif table not in old.schemas:
            yield SchemaChange(table, "", "table added", "compatible")
        else:
            yield from _schema(table, old.schemas[table], new.schemas[table])


def _cells(table: str, record_id: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[CellChange]:
    for column in old:
        # 1 == True and 1 == 1.0 in Python, not in JSON
        if column in new and json.dumps(old[column]) != json.dumps(new[column]):
            yield CellChange(table, record_id, column, old[column], new[column])


def diff(old: str | Path, new: str | Path) -> Diff:
    """Compare two published folders or release archives (.zip, .tar.gz), record by record and cell by cell.

    Records are paired by table and primary key. Only tables and schemas are compared: not the codebook, and
    not Parquet, which holds the same rows. Raises ``CannotRun`` where one of them is no release.
    """
    before, after = _read(Path(old)), _read(Path(new))
    records: list[RecordChange] = []
    cells: list[CellChange] = []
    for table in sorted({*before.rows, *after.rows}):
        was, now = before.rows.get(table, {}), after.rows.get(table, {})
        for record_id in sorted({*was, *now}):
            if record_id not in now:
                records.append(RecordChange(table, record_id, "removed"))
            elif record_id not in was:
                records.append(RecordChange(table, record_id, "added"))
            else:
                cells += _cells(table, record_id, was[record_id], now[record_id])
    return Diff(tuple(records), tuple(cells), tuple(_schemas(before, after)))


def release_version(path: str | Path) -> str:
    """The version that the ``datapackage.json`` of a release folder or archive states. Raises ``CannotRun``."""
    with _folder(Path(path)) as folder:
        version = _json(_text(folder / "datapackage.json"), f"{path}: datapackage.json").get("version")
    if not isinstance(version, str):
        raise CannotRun(f"{path}: datapackage.json states no version")
    return version


def exit_status(found: Diff) -> int:
    """0: the releases are equal; 1: they differ."""
    return 1 if found else 0


def _asked(change: _Change) -> Bump:
    match change:
        case SchemaChange(effect="breaking"):
            return "major"
        case RecordChange(what="removed", table=table) if table in STABLE:
            return "major"
        case SchemaChange(effect="compatible") | RecordChange():
            return "minor"
        case _:
            return "patch"


def required_bump(found: Diff) -> Bump | None:
    """The least change of version that a diff asks for; ``None``: nothing changed.

    major: a breaking change of a schema, or a chosen id (``STABLE``) that is gone (a renamed id is gone
    too); minor: any other record comes or goes, columns or words are added, or a schema is loosened;
    patch: corrected values and wording.
    """
    levels: tuple[Bump, ...] = ("patch", "minor", "major")
    changes: list[_Change] = [*found.schemas, *found.records, *found.cells]
    return max(map(_asked, changes), key=levels.index, default=None)


def to_json(found: Diff) -> str:
    """The diff as one JSON object, with the version that it asks for; one line feed at the end."""
    document = {
        "version": 1,
        "differs": bool(found),
        "required_bump": required_bump(found),
        "schemas": [
            {
                "table": change.table,
                "column": change.column or None,
                "what": change.what,
                "effect": change.effect,
                "old": change.old,
                "new": change.new,
            }
            for change in found.schemas
        ],
        "records": [
            {"table": change.table, "record_id": change.record_id, "what": change.what} for change in found.records
        ],
        "cells": [
            {
                "table": change.table,
                "record_id": change.record_id,
                "column": change.column,
                "old": change.old,
                "new": change.new,
            }
            for change in found.cells
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _value(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:40]}…{text[-19:]}"


def to_text(found: Diff) -> str:
    """The diff for a reader: schemas, then by table the records added (+) and removed (-) and the cells (~)."""
    if not found:
        return "no difference\n"
    lines = []
    for change in found.schemas:
        where = f"{change.table}.{change.column}" if change.column else change.table
        shown = change.effect != "wording" and (change.old is not None or change.new is not None)
        values = f": {_value(change.old)} -> {_value(change.new)}" if shown else ""
        lines.append(f"schema {where}: {change.what} ({change.effect}){values}")
    for table in sorted({change.table for change in found.records} | {change.table for change in found.cells}):
        records = [change for change in found.records if change.table == table]
        cells = [change for change in found.cells if change.table == table]
        count = Counter(change.what for change in records)
        changed = len({change.record_id for change in cells})
        lines.append(f"{table}: {count['added']} added, {count['removed']} removed, {changed} changed")
        lines += [f"  {'+' if change.what == 'added' else '-'} {change.record_id}" for change in records]
        lines += [
            f"  ~ {change.record_id} {change.column}: {_value(change.old)} -> {_value(change.new)}" for change in cells
        ]
    lines.append(f"this asks for a {required_bump(found)} version")
    return "".join(f"{line}\n" for line in lines)
