"""JSON Schemas of the authored files for editors and validators: their shapes, the words that a root may write, and
what each key is, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from lingang.authored import shapes
from lingang.authored.loader import load
from lingang.authored.nodes import plain
from lingang.authored.shapes import SHAPES, TEXT, WORD
from lingang.authored.tree import ACCEPT, REGISTRIES
from lingang.lexicon import LISTS, Lexicon, Vocabulary, newest
from lingang.tables.json_schema import DIALECT, schema_id

__all__ = ["FILES", "authored_schema", "texts"]

Schema = dict[str, Any]

FILES = ("about", "article", "labels", "lexicon", "sources", "verification", *REGISTRIES)
"""The kinds of authored files."""

_TEXT = {"type": ["string", "number"], "minLength": 1, "pattern": TEXT, "not": {"type": "integer"}}
"""Text in one line. A plain 3.5 is text here and a number to other readers of YAML."""


@cache
def texts() -> dict[str, dict[str, list[str]]]:
    """By shape and key: the name in Chinese, the text in English and in Chinese, and the vocabulary, if it has one."""
    data = (files("lingang.editor") / "keys.yaml").read_bytes()
    node, problems = load(data, "keys.yaml")
    assert node is not None, problems
    found: Any = plain(node)
    return found  # type: ignore[no-any-return]


def authored_schema(name: str, base: str | None = None, lexicon: Lexicon | None = None) -> Schema:
    """The JSON Schema (2020-12) of a kind of authored file, one of ``FILES``.

    ``base`` begins its identifier. Its words are those of ``lexicon``, by default of the newest layer: a closed
    vocabulary is an ``enum``, an open one suggests its words and takes others. Raises ``KeyError`` for another name.
    """
    lexicon = lexicon or newest("zh-news")
    if name not in FILES:
        raise KeyError(f"no authored file {name!r}; they are: {', '.join(FILES)}")
    schema = _of_lexicon(lexicon) if name == "lexicon" else _of_shape(name, lexicon)
    head = {"$schema": DIALECT, "$id": schema_id(f"authored/{name}.schema.json", base)}
    return {**head, **schema}


def _of_shape(name: str, lexicon: Lexicon) -> Schema:
    schema: Schema = SHAPES[name].model_json_schema(by_alias=True)
    if name in REGISTRIES:
        accepted = SHAPES["accepted"].model_json_schema(by_alias=True)
        schema["$defs"] = {**schema["$defs"], **accepted["$defs"]}
        schema["properties"] = {ACCEPT: {**accepted["properties"][ACCEPT], "title": ACCEPT}}
    made = _Made(lexicon)
    shaped = _said(made.tidy(schema), SHAPES[name], made)
    for defined, below in shaped.get("$defs", {}).items():
        # an editor would show the description of a shape instead of what its key says
        shaped["$defs"][defined] = _said(
            {key: below[key] for key in below if key != "description"}, getattr(shapes, defined), made
        )
    shaped["$defs"] = {**shaped.get("$defs", {}), "Text": _TEXT, **made.vocabularies}
    return shaped


class _Made:
    """What the parts of a schema share: the vocabularies that they name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.vocabularies: dict[str, Schema] = {}

    def tidy(self, schema: Any) -> Any:
        """The schema without what pydantic names by itself, one definition for all text, and closed to other keys."""
        if isinstance(schema, list):
            return [self.tidy(value) for value in schema]
        if not isinstance(schema, dict):
            return schema
        if schema.get("pattern") == TEXT:
            return {"$ref": "#/$defs/Text"}
        out = {key: self.tidy(value) for key, value in schema.items() if not _is_named(key, value)}
        if "patternProperties" in out:
            out["additionalProperties"] = False
        if out.get("pattern", "").startswith("^-?[0-9]"):
            out["type"] = ["string", "number"]
        return out

    def worded(self, schema: Any, vocabulary: str) -> Any:
        """The schema of a key with the words of its vocabulary where it takes a word."""
        if isinstance(schema, list):
            return [self.worded(value, vocabulary) for value in schema]
        if not isinstance(schema, dict):
            return schema
        if schema.get("pattern") == WORD:
            self.vocabularies[vocabulary] = _words(self.lexicon[vocabulary])
            return {"$ref": f"#/$defs/{vocabulary}"}
        return {key: self.worded(value, vocabulary) for key, value in schema.items()}


def _is_named(key: str, value: Any) -> bool:
    return key == "propertyNames" or (key == "title" and isinstance(value, str))


def _words(vocabulary: Vocabulary) -> Schema:
    """The words of a vocabulary, each with its labels and its definition; of an open one others too."""
    told = [f"**{word.label_zh}** · {word.label_en}. {word.definition}" for word in vocabulary.words]
    known = {"type": "string", "enum": list(vocabulary.values), "markdownEnumDescriptions": told}
    return {"anyOf": [known, {"type": "string", "pattern": WORD}]} if vocabulary.open else known


def _said(schema: Schema, shape: type[BaseModel], made: _Made) -> Schema:
    """A schema whose keys say what they are."""
    if "properties" not in schema:
        return schema
    properties = {}
    for key, below in schema["properties"].items():
        label, english, chinese, *vocabulary = _told(shape, key)
        text = {"title": f"{label} {key}", "description": f"{english} {chinese}"}
        text["markdownDescription"] = f"{english}\n\n{chinese}"
        properties[key] = {**text, **(made.worded(below, vocabulary[0]) if vocabulary else below)}
    return {**schema, "properties": properties}


def _told(shape: type[BaseModel], key: str) -> list[str]:
    """What ``keys.yaml`` says of a key of a shape, or of one that it is made from."""
    told = (texts().get(kind.__name__, {}).get(key) for kind in shape.__mro__)
    return next(filter(None, told), None) or texts()["_Shape"][key]


def _of_lexicon(lexicon: Lexicon) -> Schema:
    """The schema of a root's lexicon.yaml: words of vocabularies, new ones in the open ones, and of the plain lists."""
    keys = {
        key: {"title": f"{label} {key}", "markdownDescription": f"{english}\n\n{chinese}", **_word_key(key)}
        for key, (label, english, chinese) in texts()["Word"].items()
    }
    word = {"type": "object", "minProperties": 1, "properties": keys, "additionalProperties": False}
    return {
        "description": "lexicon.yaml: words of the root's own.",
        "type": "object",
        "properties": {**dict(_vocabularies(lexicon)), **dict(_lists())},
        "additionalProperties": False,
        "$defs": {"Text": _TEXT, "Word": word},
    }


def _word_key(key: str) -> Schema:
    text = {"$ref": "#/$defs/Text"}
    if key == "definition":
        return text
    if key == "labels":
        return {"type": "object", "properties": {"en": text, "zh": text}, "required": ["en", "zh"]}
    return {"type": "array", "items": text}


def _vocabularies(lexicon: Lexicon) -> Iterator[tuple[str, Schema]]:
    for name, vocabulary in lexicon.vocabularies.items():
        known = {
            word.value: {"title": f"{word.label_zh} {word.label_en}", "description": word.definition, **_REF}
            for word in vocabulary.words
        }
        others = {"patternProperties": {WORD: _REF}} if vocabulary.open else {}
        yield name, {"type": "object", "properties": known, **others, "additionalProperties": False}


_REF = {"$ref": "#/$defs/Word"}


def _lists() -> Iterator[tuple[str, Schema]]:
    text = {"$ref": "#/$defs/Text"}
    entry = {"type": "object", "properties": {"word": text, "but": {"type": "array", "items": text}}}
    more = {"readings": {"reading": text}, "name_endings": {"table": {"enum": list(REGISTRIES)}}}
    for name, description in LISTS.items():
        keys: Any = {**entry["properties"], **more.get(name, {})}  # type: ignore[dict-item]
        item = {"anyOf": [text, {**entry, "properties": keys, "required": ["word"], "additionalProperties": False}]}
        yield name, {"description": description, "type": "array", "items": item}
