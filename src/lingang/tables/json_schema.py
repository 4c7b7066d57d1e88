"""JSON Schema 2020-12 of the published tables, derived from their declarations."""

from __future__ import annotations

from typing import Any

from lingang.about import stem
from lingang.lexicon import Lexicon
from lingang.tables.declare import SLUG, Column, Table

__all__ = ["DIALECT", "row_schema", "schema_id"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_TEXT = {
    "type": "string",
    "not": {
        "type": "string",
        "pattern": r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]",
    },
}
"""Text without the characters that are refused everywhere; what a schema cannot tell of them in all languages are those
beyond U+FFFF."""


def schema_id(name: str, base: str | None) -> str:
    """The identifier of a schema file: below the ``base`` of its dataset; without one, or where ids are fragments of
    it, which a schema's may not be, its name alone: it is resolved against where the file was found (JSON Schema
    2020-12 §8.2.1)."""
    return name if base is None or base.endswith("#") else f"{stem(base)}schema/{name}"


def _portable(pattern: str) -> str:
    """The pattern with an end that no reader lets a line feed pass: ``$`` alone does in some."""
    return pattern[:-1] + r"(?!\n)$" if pattern.endswith("$") else pattern


def _value(column: Column) -> dict[str, Any]:
    match column.type:
        case "str":
            if column.vocabulary is not None:
                return {"type": "string", "enum": list(column.vocabulary.values)}
            if column.pattern is None:
                return dict(_TEXT)
            return {**({"type": "string"} if column.pattern == SLUG else _TEXT), "pattern": _portable(column.pattern)}
        case "date32":
            return {"type": "string", "format": "date", "pattern": _portable(_DATE)}
        case "bool":
            return {"type": "boolean"}
        case "list<str>":
            return {"type": "array", "items": {**_TEXT, "minLength": 1}, "uniqueItems": True}
        case "float64":
            return {"type": "number"}
        case "int32":
            least, greatest = column.limits
            return {"type": "integer", "minimum": least, "maximum": greatest}


def _property(column: Column) -> dict[str, Any]:
    out = _value(column)
    if column.nullable:
        out["type"] = [out["type"], "null"]
        if "enum" in out:
            out["enum"] = [*out["enum"], None]
    words = column.vocabulary.words if column.vocabulary is not None else ()
    extra: dict[str, Any] = {"title": column.name.replace("_", " "), "description": column.description}
    if words:
        extra["x-words"] = {
            word.value: {"en": word.label_en, "zh": word.label_zh, "definition": word.definition} for word in words
        }
    if column.references is not None:
        extra["x-references"] = column.references
    if column.standard is not None:
        extra["x-standard"] = column.standard
    return {**extra, **out, "x-type": column.type, "x-proof": column.proof}


def row_schema(declared: Table, base: str | None = None, lexicon: Lexicon | None = None) -> dict[str, Any]:
    """The schema of one row (one line of the JSON Lines file): every column is required, no other is
    allowed; an empty cell is ``null``. ``base`` is what identifiers of the dataset begin with; the words are those of
    ``lexicon``, by default of the newest layer."""
    return {
        "$schema": DIALECT,
        "$id": schema_id(f"{declared.name}.schema.json", base),
        "title": declared.title,
        "description": declared.description,
        "type": "object",
        "properties": {column.name: _property(column) for column in declared.in_words_of(lexicon).columns},
        "required": list(declared.names),
        "additionalProperties": False,
        "x-primary-key": declared.key,
        **({"x-standard": declared.standard} if declared.standard else {}),
    }
