"""Adds the words of one YAML file to a lexicon, strictly: each deviation is a problem with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any

from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.lexicon.model import LISTS, Lexicon
from lingang.problems import Place, Problem
from lingang.text.cues import CueError, parse
from lingang.text.likest import close_to_it, likest

__all__ = ["merge"]

_WORD = re.compile(r"[a-z][a-z0-9_]*\Z")
_READING = re.compile(r"[A-ZÜ][a-zü]*(?: [A-ZÜ][a-zü]*)*\Z")
_WORD_KEYS = ("labels", "definition", "cues", "but", "over", "with")
_LIST_KEYS = {"readings": ("word", "reading", "but"), "name_endings": ("word", "table", "but")}
_REGISTRIES = ("people", "organizations", "places", "campaigns")


def merge(lexicon: Lexicon, node: Node, *, shipped: bool = False) -> tuple[dict[str, Any], list[Problem]]:
    """``(document, problems)``: the lexicon in the form of ``Lexicon.to_json`` with what the file adds.

    A root adds words to open vocabularies, each with labels and a definition, cues to known words, and words to the
    plain lists. ``shipped``: the file is part of the layer itself, so any vocabulary takes words, and no cue is the
    root's own.
    """
    merging = _Merge(json.loads(lexicon.to_json()), shipped)
    merging.file(node)
    return merging.document, merging.problems


class _Merge:
    def __init__(self, document: dict[str, Any], shipped: bool) -> None:
        self.document = document
        self.shipped = shipped
        self.problems: list[Problem] = []

    def problem(self, rule: str, message: str, place: Place, expected: str, found: str = "") -> None:
        self.problems.append(Problem(rule, message, place, expected, found))

    def file(self, node: Node) -> None:
        vocabularies, lists = self.document["vocabularies"], self.document["lists"]
        for key, value in self.entries(node, "vocabularies and plain lists"):
            if key.text in vocabularies:
                self.vocabulary(key.text, vocabularies[key.text], value)
            elif key.text in LISTS:
                self.plain_list(key.text, lists.setdefault(key.text, []), value)
            else:
                self.unknown(key, "vocabulary or plain list", [*vocabularies, *LISTS])

    def entries(self, node: Node, what: str) -> Iterable[tuple[Scalar, Node]]:
        if isinstance(node, Mapping):
            return node.entries
        self.problem("YML012", "a value of the wrong kind", node.place, f"a mapping of {what}", _kind(node))
        return ()

    def unknown(self, key: Scalar, what: str, known: Iterable[str], *, is_empty: bool = False) -> None:
        """``is_empty``: a key without a value is what a comma makes of plain text in { }."""
        known = list(known)
        close = close_to_it(key.text, known)
        expected = f"a {what}{close}" if close else f"one of {', '.join(known)}"
        hint = ": put text with a comma in quotes" if is_empty else ""
        self.problem("YML010", f"unknown {what} “{key.text}”{hint}", key.place, expected, key.text)

    def vocabulary(self, name: str, vocabulary: dict[str, Any], node: Node) -> None:
        words = vocabulary["words"]
        ranks: list[tuple[str, str, list[Scalar]]] = []
        for key, value in self.entries(node, "words"):
            if key.text not in words and not (self.shipped or vocabulary["open"]):
                self.unknown(key, f"word of {name}, which takes no new ones", words)
            elif not _WORD.match(key.text):
                self.problem("YML012", f"“{key.text}” cannot be a word", key.place, "lower-case letters, digits and _")
            else:
                ranks += self.word(key, value, words, vocabulary["told_by"])
        for word, rank, others in ranks:
            self.rank(word, rank, others, words)
        self.no_cycle(node, words)

    def word(self, key: Scalar, node: Node, words: dict[str, Any], told_by: str) -> list[tuple[str, str, list[Scalar]]]:
        """Adds a word, or to a known one. What it outranks and goes with comes back, for when all words are there."""
        known = key.text in words
        word = words.setdefault(key.text, {"labels": {}, "definition": ""})
        given = dict(self.entries(node, "labels, definition, cues, but, over, with"))
        fields = {field.text for field in given}
        lacking = [name for name in ("labels", "definition") if not known and name not in fields]
        ranks = []
        for field, value in given.items():
            name = field.text
            if name not in (*_WORD_KEYS, *(("own",) if self.shipped else ())):
                self.unknown(
                    field, "key of a word", _WORD_KEYS, is_empty=isinstance(value, Scalar) and value.value is None
                )
                lacking = [name for name in lacking if name != likest(field.text, lacking)]
            elif name in ("labels", "definition"):
                self.meaning(key, name, value, word, known)
            elif name in ("over", "with"):
                ranks.append((key.text, name, self.texts(value)))
            elif told_by == "nothing":
                self.problem("YML012", "cues of a vocabulary that no words tell", field.place, "no cues here", name)
            else:
                self.cues(word, name, value)
        if lacking:
            named = (
                f"keys {' and '.join(f'“{name}”' for name in lacking)} are" if lacking[1:] else f"key “{lacking[0]}” is"
            )
            close = close_to_it(key.text, [word for word in words if word != key.text])
            expected = f"{' and '.join(lacking)} of the new word {key.text}{close}"
            self.problem("YML011", f"{named} missing here", key.place, expected, ", ".join(sorted(fields)))
        return ranks

    def meaning(self, key: Scalar, name: str, node: Node, word: dict[str, Any], known: bool) -> None:
        if known:
            expected = "more cues for a known word, never another meaning"
            self.problem("YML012", f"“{key.text}” has its {name} already", node.place, expected, name)
        elif name == "definition":
            word[name] = self.text(node)
        else:
            labels = {field.text: value for field, value in self.entries(node, "en and zh")}
            if set(labels) != {"en", "zh"}:
                self.problem(
                    "YML012", "labels in other languages", node.place, "en and zh", ", ".join(labels) or "none"
                )
            word[name] = {language: self.text(labels[language]) for language in ("en", "zh") if language in labels}

    def cues(self, word: dict[str, Any], name: str, node: Node) -> None:
        had = word.setdefault(name, [])
        for scalar in self.texts(node):
            if name == "own" or self.is_cue(scalar, had):
                had.append(scalar.text)
                if name == "cues" and not self.shipped:
                    word.setdefault("own", []).append(scalar.text)

    def is_cue(self, scalar: Scalar, had: Iterable[str]) -> bool:
        try:
            parse(scalar.text)
        except CueError as error:
            expected = "literal text, @ for the participant, … for a gap, ^ and $ for the edges"
            self.problem("YML012", f"no cue: {error}", scalar.place, expected, scalar.text)
            return False
        if scalar.text in had:
            self.problem("YML012", "it is there already", scalar.place, "each once", scalar.text)
            return False
        return True

    def rank(self, value: str, rank: str, others: list[Scalar], words: dict[str, Any]) -> None:
        word = words[value]
        against = word.get("with" if rank == "over" else "over", ())
        for other in others:
            if other.text not in words:
                self.unknown(other, "word of this vocabulary", words)
            elif other.text == value or other.text in word.setdefault(rank, []) or other.text in against:
                expected = "another word, once, that it either outranks or goes with"
                self.problem("YML012", f"“{other.text}” cannot stand here", other.place, expected, other.text)
            else:
                word[rank].append(other.text)

    def no_cycle(self, node: Node, words: dict[str, Any]) -> None:
        try:
            TopologicalSorter({value: word.get("over", ()) for value, word in words.items()}).prepare()
        except CycleError as error:
            self.problem(
                "YML012",
                "words that outrank each other",
                node.place,
                "over: without a circle",
                " over ".join(error.args[1]),
            )

    def plain_list(self, name: str, words: list[Any], node: Node) -> None:
        if not isinstance(node, Sequence):
            self.problem("YML012", "a value of the wrong kind", node.place, "a list of words", _kind(node))
            return
        had = {word if isinstance(word, str) else word["word"] for word in words}
        for item in node.items:
            word = self.list_word(name, item, had)
            if word is not None:
                had.add(word["word"])
                if not self.shipped:
                    word["own"] = True
                words.append(word if len(word) > 1 else word["word"])

    def list_word(self, name: str, item: Node, had: set[str]) -> dict[str, Any] | None:
        keys = _LIST_KEYS.get(name, ("word", "but"))
        given = item.entries if isinstance(item, Mapping) else ((Scalar("word", item.place), item),)
        problems = len(self.problems)
        word: dict[str, Any] = {}
        for key, value in given:
            if key.text == "own" and self.shipped:
                word["own"] = True
            elif key.text not in keys:
                self.unknown(key, f"key of a word of {name}", keys)
            elif key.text == "but":
                word["but"] = [scalar.text for scalar in self.texts(value) if self.is_cue(scalar, ())]
            elif self.text(value):
                word[key.text] = value.text if isinstance(value, Scalar) else ""
        if len(self.problems) == problems and "word" not in word:
            self.problem("YML011", "key “word” is missing here", item.place, "word")
        elif "word" in word:
            self.check_list_word(name, word, item, had)
        return word if len(self.problems) == problems else None

    def check_list_word(self, name: str, word: dict[str, Any], item: Node, had: set[str]) -> None:
        self.is_cue(Scalar(word["word"], item.place), had)
        if name == "readings" and not _READING.match(word.get("reading", "")):
            expected = "{word: …, reading: pinyin without tones, as Shan, or Yue Le where a family reads it so or so}"
            self.problem(
                "YML012", "a word without its reading", item.place, expected, word.get("reading", word["word"])
            )
        if word.get("table", "places") not in _REGISTRIES:
            self.problem("YML012", "no registry", item.place, ", ".join(_REGISTRIES), word["table"])

    def texts(self, node: Node) -> list[Scalar]:
        if not isinstance(node, Sequence):
            self.problem("YML012", "a value of the wrong kind", node.place, "a list", _kind(node))
            return []
        return [item for item in node.items if self.text(item) and isinstance(item, Scalar)]

    def text(self, node: Node) -> str:
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.value.strip() == node.value != "":
            return node.value
        self.problem(
            "YML012", "a value of the wrong kind", node.place, "text without white space around it", _kind(node)
        )
        return ""


def _kind(node: Node) -> str:
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case _:
            return "nothing" if node.value is None else str(node.value)
