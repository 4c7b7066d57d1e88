"""What a key of an authored file wants, in words, as its shape has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lingang.authored.shapes import SHAPES, WORD
from lingang.limits import ID_CHARACTERS
from lingang.text.characters import SLUG

__all__ = ["SLUG_IN_WORDS", "keys_at", "known_keys", "wanted"]

SLUG_IN_WORDS = (
    "an id of lower-case letters, digits and hyphens that begins with a letter"
    f" and has {ID_CHARACTERS} characters at most"
)

Schema = Mapping[str, Any]


@cache
def _schema(shape: str) -> Schema:
    return SHAPES[shape].model_json_schema(by_alias=True)


@cache
def known_keys(shape: str) -> tuple[str, ...]:
    """Every key that stands somewhere in a file of this shape."""
    schema = _schema(shape)
    named = [schema, *schema.get("$defs", {}).values()]
    return tuple(dict.fromkeys(key for known in named for key in known.get("properties", ())))


def _choices(schema: Schema, root: Schema) -> Iterator[Schema]:
    """The kinds of value that a schema allows, each without its detours."""
    if "$ref" in schema:
        yield from _choices(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    elif "anyOf" in schema:
        for choice in schema["anyOf"]:
            yield from _choices(choice, root)
    else:
        yield schema


def _below(schema: Schema, part: str | int) -> Schema | None:
    """The schema of what stands under a key, or at a place of a list."""
    if isinstance(part, int):
        below = schema.get("items")
    else:
        any_key = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
        below = schema.get("properties", {}).get(part) or any_key[0]
    return below if isinstance(below, dict) else None


def _text(schema: Schema) -> str:
    pattern = schema.get("pattern", "")
    if "enum" in schema:
        return f"one of {', '.join(schema['enum'])}"
    if pattern == SLUG:
        return SLUG_IN_WORDS
    if pattern == WORD:
        return "a word of lower-case letters, digits and _"
    return "a range of lines like 12-15" if pattern.endswith("-[1-9][0-9]{0,8}$") else "text in one line"


def _number(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    return (
        "a whole number" + (f" from {least}" if least is not None else "") + (f" to {most}" if most is not None else "")
    )


def _list(schema: Schema, root: Schema) -> str:
    items = " or ".join(dict.fromkeys(_words(choice, root) for choice in _choices(schema["items"], root)))
    least = schema.get("minItems", 0)
    return f"a list, {f'{least} or more ' if least else ''}of: {items}"


def _mapping(schema: Schema) -> str:
    if "properties" not in schema:
        return "a mapping, key: value"
    required = schema.get("required", [])
    others = [key for key in schema["properties"] if key not in required]
    may = f" (it may have {', '.join(others)})" if others else ""
    return f"a mapping with {', '.join(required)}{may}" if required else f"a mapping of {', '.join(others)}"


def _words(schema: Schema, root: Schema) -> str:
    match schema.get("type"):
        case "string":
            return _text(schema)
        case "integer":
            return _number(schema)
        case "boolean":
            return "true or false"
        case "array":
            return _list(schema, root)
        case _:
            return _mapping(schema)


def _at(shape: str, path: tuple[str | int, ...]) -> list[Schema]:
    """The kinds of value that may stand at a path of a file of this shape."""
    root = _schema(shape)
    here = list(_choices(root, root))
    for part in path:
        below = [found for schema in here if (found := _below(schema, part)) is not None]
        here = [choice for found in below for choice in _choices(found, root)]
    return here


@cache
def keys_at(shape: str, path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that a mapping at a path of a file of this shape may have; none where they are free."""
    return tuple(dict.fromkeys(key for schema in _at(shape, path) for key in schema.get("properties", ())))


@cache
def wanted(shape: str, path: tuple[str | int, ...]) -> str:
    """What stands at a path of a file of this shape: ``text in one line, or a mapping with quote …``."""
    return ", or ".join(dict.fromkeys(_words(schema, _schema(shape)) for schema in _at(shape, path)))
