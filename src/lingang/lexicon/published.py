"""The lexicon of a release, which strangers may have written: ``lexicon.json`` is checked as the YAML of a layer is."""

from __future__ import annotations

import json
from typing import Any

from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.lexicon.merge import merge
from lingang.lexicon.model import LISTS, Lexicon, Vocabulary
from lingang.problems import Place

__all__ = ["fault"]

_TOLD_BY = ("clause", "name", "nothing")


def fault(data: bytes) -> str | None:
    """What is wrong with a ``lexicon.json``; ``None`` where nothing is."""
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
        return _fault(document)
    except (ValueError, RecursionError) as error:
        return str(error)[:120]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"a key that stands twice, of {', '.join(key for key, _ in pairs)[:80]}")
    return found


def _fault(document: Any) -> str | None:
    keys = {"name": str, "number": int, "languages": list, "vocabularies": dict, "lists": dict}
    if not isinstance(document, dict) or set(document) != set(keys):
        return f"not the keys {', '.join(keys)}"
    wrong = next((key for key, kind in keys.items() if type(document[key]) is not kind), None)
    if wrong or not all(isinstance(language, str) for language in document["languages"]):
        return f"{wrong or 'languages'} of the wrong kind"
    if set(document["lists"]) != set(LISTS):
        return f"not the lists {', '.join(LISTS)}"
    vocabularies: dict[str, Vocabulary] = {}
    for name, found in document["vocabularies"].items():
        if not isinstance(found, dict) or set(found) != {"open", "default", "told_by", "words"}:
            return f"vocabulary {name}: not the keys open, default, told_by, words"
        default, words = found["default"], found["words"]
        if not isinstance(found["open"], bool) or found["told_by"] not in _TOLD_BY or not isinstance(words, dict):
            return f"vocabulary {name}: open, told_by or words of the wrong kind"
        if default is not None and not (isinstance(default, str) and default in words):
            return f"vocabulary {name}: the default is none of its words"
        vocabularies[name] = Vocabulary(name, (), found["open"], default, found["told_by"])
    empty = Lexicon(document["name"], document["number"], (), vocabularies, dict.fromkeys(LISTS, ()))
    words = {name: found["words"] for name, found in document["vocabularies"].items()}
    _, problems = merge(empty, _node({**words, **document["lists"]}), shipped=True)
    return f"{problems[0].message}: {problems[0].found}" if problems else None


def _node(value: Any) -> Node:
    place = Place("lexicon.json")
    if isinstance(value, dict):
        return Mapping(tuple((Scalar(key, place), _node(item)) for key, item in value.items()), place)
    if isinstance(value, list):
        return Sequence(tuple(_node(item) for item in value), place)
    return Scalar(value, place)
