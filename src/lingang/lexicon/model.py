"""A lexicon: the words of its vocabularies and its plain lists, and its form as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from lingang.text.cues import Matcher

__all__ = ["LISTS", "Lexicon", "ListWord", "ToldBy", "Vocabulary", "Word"]

ToldBy = Literal["clause", "name", "nothing"]
"""What tells the words of a vocabulary: a clause (``Matcher.tell``), a name (``Matcher.name``), or no words at all."""

LISTS: Mapping[str, str] = {
    "triggers": "Words that say that something happens; what may stand as the trigger of an event.",
    "verb_endings": "What ends a verb or stands right behind it: 搬回, 修了.",
    "speech_verbs": "Words that open or close speech.",
    "post_words": "The last words of titles.",
    "measure_words": "What is counted or measured in; what stands right after a number.",
    "name_endings": "The last words of names of bodies, places and campaigns in running text, and forms of address "
    "after family names.",
    "byline_forms": "How bylines, credits and the openings of items look; @ stands for the names.",
    "surnames": "Family names.",
    "readings": "Family names that are read otherwise than the character is elsewhere.",
    "joiners": "What joins the names of a list.",
    "list_ends": "What ends a list that goes on.",
    "stand_ins": "Words that stand for a name printed before.",
}
"""The plain lists, each with what its words are."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary; ``over`` the words that it outranks, ``together`` those that it goes with (``with``),
    ``own`` those of its cues that a root added."""

    value: str
    label_en: str
    label_zh: str
    definition: str
    cues: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListWord:
    """A word of a plain list: it does not count where ``but`` stands around it; ``reading``, in readings, is how it is
    read; ``table``, in name_endings, the registry of the names that end so."""

    value: str
    but: tuple[str, ...] = ()
    reading: str | None = None
    table: str | None = None
    own: tuple[str, ...] = ()

    @property
    def cues(self) -> tuple[str, ...]:
        return (self.value,)

    @property
    def over(self) -> tuple[str, ...]:
        return ()

    @property
    def together(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Vocabulary:
    """A vocabulary: ``open`` to words of a root; ``default`` is told where no word of another value stands."""

    name: str
    words: tuple[Word, ...]
    open: bool = False
    default: str | None = None
    told_by: ToldBy = "nothing"

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(word.value for word in self.words)

    @cached_property
    def _by_value(self) -> dict[str, Word]:
        return {word.value: word for word in self.words}

    @cached_property
    def endings(self) -> frozenset[str]:
        """With which texts the names end that a word tells: 局 of ``局$``."""
        return frozenset(cue[:-1] for word in self.words for cue in word.cues if cue.endswith("$"))

    def __getitem__(self, value: str) -> Word:
        return self._by_value[value]

    def __contains__(self, value: object) -> bool:
        return value in self._by_value

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.words)


@dataclass(frozen=True)
class Lexicon:
    """A layer, or a layer and what a root adds to it. ``name`` and ``number`` are those of the layer."""

    name: str
    number: int
    languages: tuple[str, ...]
    vocabularies: Mapping[str, Vocabulary]
    lists: Mapping[str, tuple[ListWord, ...]]

    @property
    def id(self) -> str:
        """As a root pins it: ``zh-news 1``."""
        return f"{self.name} {self.number}"

    def __getitem__(self, vocabulary: str) -> Vocabulary:
        return self.vocabularies[vocabulary]

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a plain list."""
        return self._words[name]

    @cached_property
    def _words(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(word.value for word in words) for name, words in self.lists.items()}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Forms of address behind a family name."""
        return frozenset(word.value for word in self.lists["name_endings"] if word.table == "people")

    @cached_property
    def called(self) -> frozenset[str]:
        """The words by which people are called behind a family name: forms of address, and posts."""
        return self.addresses | frozenset(self.words("post_words"))

    def finder(self, name: str) -> Matcher:
        """A plain list ready to be looked for; its words tell themselves."""
        return self._finders[name]

    @cached_property
    def _finders(self) -> dict[str, Matcher]:
        return {name: Matcher(words) for name, words in self.lists.items()}

    def to_json(self) -> str:
        """The lexicon as a release carries it (``lexicon.json``); ``reader.from_json`` reads it again."""
        vocabularies = {
            name: {
                "open": vocabulary.open,
                "default": vocabulary.default,
                "told_by": vocabulary.told_by,
                "words": {word.value: _word(word) for word in vocabulary.words},
            }
            for name, vocabulary in self.vocabularies.items()
        }
        document = {
            "name": self.name,
            "number": self.number,
            "languages": list(self.languages),
            "vocabularies": vocabularies,
            "lists": {name: [_list_word(word) for word in words] for name, words in self.lists.items()},
        }
        return _lines(document, 4) + "\n"


def _lines(value: Any, depth: int) -> str:
    """JSON in which a word of a vocabulary is a line, and a plain list too."""
    if depth == 0 or not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    items = (f"{json.dumps(key)}: {_lines(item, depth - 1)}" for key, item in value.items())
    return "{\n" + ",\n".join(items) + "\n}"


def _word(word: Word) -> dict[str, Any]:
    fields = {"cues": word.cues, "but": word.but, "over": word.over, "with": word.together, "own": word.own}
    return {
        "labels": {"en": word.label_en, "zh": word.label_zh},
        "definition": word.definition,
        **{key: list(value) for key, value in fields.items() if value},
    }


def _list_word(word: ListWord) -> str | dict[str, Any]:
    fields = {"but": list(word.but), "reading": word.reading, "table": word.table, "own": bool(word.own)}
    filled = {key: value for key, value in fields.items() if value}
    return {"word": word.value, **filled} if filled else word.value
