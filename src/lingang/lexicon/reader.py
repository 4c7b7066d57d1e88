"""Reads lexicons: layers that ship, what a root adds to one (``lexicon.yaml``), and ``lexicon.json`` of a release."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from lingang.lexicon.merge import merge
from lingang.lexicon.model import Lexicon, ListWord, Vocabulary, Word
from lingang.problems import Place, Problem

__all__ = ["bare", "extend", "for_language", "from_document", "from_json", "layer", "layers", "newest"]

_LAYER = re.compile(r"([a-z][a-z-]*)-([1-9][0-9]*)\.json\Z")


@cache
def layers() -> tuple[str, ...]:
    """The layers that ship, each as a root pins it (``zh-news 1``), the newer after the older."""
    found = [match for entry in files("lingang.lexicon").iterdir() if (match := _LAYER.match(entry.name))]
    return tuple(f"{match[1]} {match[2]}" for match in sorted(found, key=lambda match: (match[1], int(match[2]))))


@cache
def layer(pinned: str) -> Lexicon:
    """The layer that a root pins. Raises ``LookupError``, with the layers there are, for any other text."""
    if pinned not in layers():
        raise LookupError(f"no lexicon “{pinned}” ships; there are: {', '.join(layers())}")
    file = files("lingang.lexicon") / f"{pinned.replace(' ', '-')}.json"
    return from_document(json.loads(file.read_text(encoding="utf-8")))


def newest(name: str) -> Lexicon:
    """The layer of that name with the highest number."""
    return layer([pinned for pinned in layers() if pinned.split(" ")[0] == name][-1])


def for_language(tag: str) -> Lexicon | None:
    """The newest layer for a BCP 47 tag (``zh-Hant`` is served by a layer of ``zh``); ``None`` where none ships."""
    for pinned in reversed(layers()):
        found = layer(pinned)
        if any(tag == language or tag.startswith(f"{language}-") for language in found.languages):
            return found
    return None


def bare() -> Lexicon:
    """The vocabularies with their words, labels and defaults, and nothing that tells them: for a language without a
    layer, whose roots may still write a ``lexicon.yaml``."""
    full = newest("zh-news")
    vocabularies = {
        name: replace(vocabulary, words=tuple(replace(word, cues=(), but=()) for word in vocabulary.words))
        for name, vocabulary in full.vocabularies.items()
    }
    return Lexicon("none", 0, (), vocabularies, dict.fromkeys(full.lists, ()))


def extend(lexicon: Lexicon, data: bytes, file: str = "dataset/lexicon.yaml") -> tuple[Lexicon, list[Problem]]:
    """The layer with what a root's ``lexicon.yaml`` adds; where that file has a problem, the layer as it is.

    Problems are YML001 to YML009 (not strict YAML), YML010 (an unknown key, vocabulary, list or word), YML011 (a key
    that is missing) and YML012 (a value of the wrong kind: no cue, a word of a closed vocabulary, another meaning).
    """
    from lingang.authored.loader import load  # PyYAML is no part of the base install

    node, problems = load(data, file)
    if node is None:
        return lexicon, problems
    additions, problems = merge(lexicon, node)
    return (lexicon, problems) if problems else (from_document(additions), [])


def from_json(data: bytes, file: str = "lexicon.json") -> tuple[Lexicon | None, list[Problem]]:
    """The lexicon of a release, or ``None`` and the one problem that it cannot be read (PUB006)."""
    from lingang.lexicon.published import fault  # the shape is checked only where strangers wrote it

    found = fault(data)
    if found is not None:
        expected = "a lexicon as lingang writes it"
        return None, [Problem("PUB006", "lexicon.json cannot be read", Place(file), expected, found)]
    return from_document(json.loads(data)), []


def from_document(document: Any) -> Lexicon:
    """The lexicon of a document that is known to be of the form of ``Lexicon.to_json``."""
    vocabularies = {
        name: Vocabulary(name, tuple(_words(found["words"])), found["open"], found["default"], found["told_by"])
        for name, found in document["vocabularies"].items()
    }
    lists = {name: tuple(_list_word(word) for word in words) for name, words in document["lists"].items()}
    return Lexicon(document["name"], document["number"], tuple(document["languages"]), vocabularies, lists)


def _words(words: dict[str, Any]) -> Iterator[Word]:
    for value, found in words.items():
        lists = (tuple(found.get(key, ())) for key in ("cues", "but", "over", "with", "own"))
        yield Word(value, found["labels"]["en"], found["labels"]["zh"], found["definition"], *lists)


def _list_word(found: Any) -> ListWord:
    if isinstance(found, str):
        return ListWord(found)
    own = (found["word"],) if found.get("own") else ()
    return ListWord(found["word"], tuple(found.get("but", ())), found.get("reading"), found.get("table"), own)
