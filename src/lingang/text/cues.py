"""Cues: which words of a vocabulary the words of a clause tell.

A cue is literal text, in which

====  ====================================================================================
 @    stands for the participant (the span that is asked about), at most once
 …    is a gap of any length, none included, that crosses none of ，。；：！？ and no line feed
 ^    at the beginning: the cue begins where the text begins
 $    at the end: the cue ends where the text ends
====  ====================================================================================

It is never a regular expression, because the cues of strangers are run. Matching takes time in proportion to the
length of the text and the number of places where the parts of a cue stand in it, whatever the number of gaps.
Texts have no white space; positions are code points, half open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

__all__ = ["BARRIERS", "Cue", "CueError", "Cued", "Matcher", "Span", "Told", "longest", "parse"]

BARRIERS = "，。；：！？\n"
"""What no gap crosses."""

Span = tuple[int, int]


class CueError(ValueError):
    """The text is no cue; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two gaps: literal text, in which the participant may stand."""

    before: str
    after: str = ""
    participant: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue, taken apart; ``text`` as it was written, ``key`` its longest literal."""

    text: str
    parts: tuple[Part, ...]
    starts: bool
    ends: bool
    key: str

    @property
    def literals(self) -> tuple[str, ...]:
        """The literal texts in their order."""
        return tuple(text for part in self.parts for text in (part.before, part.after) if text)


@cache
def parse(text: str) -> Cue:
    """The cue that a text is. Raises ``CueError``."""
    if text.isalnum():
        return Cue(text, (Part(text, "", False),), False, False, text)
    body = text.removeprefix("^").removesuffix("$")
    wrong = _fault(text, body)
    if wrong:
        raise CueError(wrong)
    pieces = (piece.partition("@") for piece in body.split("…"))
    parts = tuple(Part(before, after, bool(sign)) for before, sign, after in pieces)
    return Cue(text, parts, text.startswith("^"), text.endswith("$"), _key(text))


def _key(text: str) -> str:
    """The longest literal of a cue, the first of several. For it no cue is taken apart: a lexicon has thousands, and of
    most no text holds the key."""
    if text.isalnum():
        return text
    return max(text.removeprefix("^").removesuffix("$").replace("@", "…").split("…"), key=len)


def _fault(text: str, body: str) -> str | None:
    if any(character.isspace() for character in text):
        return "white space, which the texts that are searched do not have"
    if "^" in body or "$" in body:
        return "^ stands at the beginning, $ at the end"
    if body.count("@") > 1:
        return "@ stands for the one participant, once"
    if body.startswith("…") or body.endswith("…") or "……" in body:
        return "a gap stands between two texts"
    if not body.strip("@…"):
        return "no literal text"
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """A word that a text tells: by which cue, at ``[start, end)``; ``own``: the cue is the root's, not the layer's."""

    word: str
    cue: str
    start: int
    end: int
    own: bool = False


class Cued(Protocol):
    """A word as the matcher needs it; ``own`` are those of its cues that a root added."""

    @property
    def value(self) -> str: ...
    @property
    def cues(self) -> Sequence[str]: ...
    @property
    def but(self) -> Sequence[str]: ...
    @property
    def over(self) -> Sequence[str]: ...
    @property
    def together(self) -> Sequence[str]: ...
    @property
    def own(self) -> Collection[str]: ...


class _Text:
    """A text that is searched, with the place of the next barrier from each place."""

    def __init__(self, text: str, at: Span | None) -> None:
        self.text = text
        self.at = at
        self.barriers = [place for place, character in enumerate(text) if character in BARRIERS]

    def open(self, start: int, end: int) -> bool:
        """Whether no barrier stands in ``[start, end)``."""
        first = bisect_left(self.barriers, start)
        return first == len(self.barriers) or self.barriers[first] >= end

    def places(self, part: Part) -> list[Span]:
        """Where a part stands, in order."""
        if part.participant:
            if self.at is None:
                return []
            start, end = self.at[0] - len(part.before), self.at[1] + len(part.after)
            fits = (
                start >= 0 and self.text.startswith(part.before, start) and self.text.startswith(part.after, self.at[1])
            )
            return [(start, end)] if fits else []
        out, start = [], self.text.find(part.before)
        while start >= 0:
            out.append((start, start + len(part.before)))
            start = self.text.find(part.before, start + 1)
        return out


def _without(part: Part, places: list[Span], void: Sequence[Span], at: Span | None) -> list[Span]:
    """The places of a part none of whose literal texts lies within a void span."""

    def counts(place: Span) -> bool:
        if part.participant and at is not None:
            texts = [(place[0], at[0])] * bool(part.before) + [(at[1], place[1])] * bool(part.after)
        else:
            texts = [place]
        return not any(first <= start and end <= last for start, end in texts for first, last in void)

    return [place for place in places if counts(place)] if void else places


def _chains(cue: Cue, text: _Text, void: Sequence[Span] = ()) -> list[list[Span]]:
    """For each part of a cue the places from which the parts before it can be reached; empty where one cannot."""
    reached: list[list[Span]] = []
    for number, part in enumerate(cue.parts):
        places = _without(part, text.places(part), void, text.at)
        if number == 0:
            if cue.starts:
                places = [place for place in places if place[0] == 0]
        else:
            ends = [end for _, end in reached[-1]]
            places = [place for place in places if _follows(place[0], ends, text) is not None]
        if number == len(cue.parts) - 1 and cue.ends:
            places = [place for place in places if place[1] == len(text.text)]
        if not places:
            return []
        reached.append(places)
    return reached


def _follows(start: int, ends: Sequence[int], text: _Text) -> int | None:
    """The last of the ends from which a gap reaches ``start``: if that one does not, none before it does."""
    before = bisect_right(ends, start) - 1
    return before if before >= 0 and text.open(ends[before], start) else None


def _matches(cue: Cue, text: _Text, void: Sequence[Span]) -> Iterator[Span]:
    """Of each end of the cue the shortest span."""
    reached = _chains(cue, text, void)
    if not reached:
        return
    ends = [[end for _, end in places] for places in reached]
    for place in reached[-1]:
        start, end = place
        for number in range(len(reached) - 2, -1, -1):
            before = _follows(start, ends[number], text)
            assert before is not None, "each place of a chain follows one of the part before"
            start = reached[number][before][0]
        yield start, end


def _covered(cue: Cue, text: _Text) -> Iterator[Span]:
    """The places of all parts of a cue that belong to a match of the whole cue."""
    reached = _chains(cue, text)
    later: list[int] | None = None
    for places in reversed(reached):
        if later is not None:
            starts = later
            places = [
                place
                for place in places
                if (after := bisect_left(starts, place[1])) < len(starts) and text.open(place[1], starts[after])
            ]
        yield from places
        later = [start for start, _ in places]


class Matcher:
    """The words of one vocabulary, ready to be looked for."""

    def __init__(self, words: Iterable[Cued]) -> None:
        self._words = tuple(words)
        self._order = {word.value: number for number, word in enumerate(self._words)}
        self._keyed: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for word in self._words:
            for cue in word.cues:
                key = _key(cue)
                self._keyed.setdefault(key[:1], {}).setdefault(key, []).append((word.value, cue))
        self._but = {word.value: [(_key(cue), cue) for cue in word.but] for word in self._words}
        self._own = {word.value: frozenset(word.own) for word in self._words}
        self._over = {word.value: frozenset(word.over) for word in self._words}
        pairs = {(word.value, other) for word in self._words for other in word.together}
        self._pairs = frozenset(pairs | {(other, word) for word, other in pairs})

    def fits(self, text: str, at: Span | None = None) -> tuple[Told, ...]:
        """All that the text tells, outranked words too: for each cue and each of its ends the shortest span, in the
        order of the text. Cues with ``@`` fit only where the participant stands at ``at``, which may be a whole list of
        names."""
        return _fits(self, text, at)

    def _search(self, text: str, at: Span | None) -> tuple[Told, ...]:
        searched = _Text(text, at)
        void: dict[str, list[Span]] = {}
        out: list[Told] = []
        begun = (self._keyed[char] for char in {"", *text} & self._keyed.keys())
        for word, cue in (keyed for keys in begun for key, cues in keys.items() if key in text for keyed in cues):
            if word not in void:
                buts = (parse(but) for key, but in self._but[word] if key in text)
                void[word] = [span for but in buts for span in _covered(but, searched)]
            own = cue in self._own[word]
            out += [Told(word, cue, start, end, own) for start, end in _matches(parse(cue), searched, void[word])]
        return tuple(sorted(out, key=lambda told: (told.start, told.end, self._order[told.word], told.cue)))

    def tell(self, text: str, at: Span | None = None) -> tuple[Told, ...]:
        """``fits`` without the words that another word told here outranks (``over``), unless the two go together
        (``with``)."""
        fitting = self.fits(text, at)
        words = {told.word for told in fitting}
        return tuple(told for told in fitting if not self.outranking(told.word, words))

    def outranking(self, word: str, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that stand over a word and do not go together with it."""
        return frozenset(
            other for other in words if word in self._over.get(other, ()) and (word, other) not in self._pairs
        )

    def go_together(self, word: str, other: str) -> bool:
        return (word, other) in self._pairs

    def name(self, text: str) -> Told | None:
        """What a name tells: the cue that ends last; of equal ones a root's, then by ``over``, then the longer, then
        the word that stands first in the vocabulary."""
        fitting = self.fits(text)
        if not fitting:
            return None
        last = max(told.end for told in fitting)
        ending = [told for told in fitting if told.end == last]
        ending = [told for told in ending if told.own] or ending
        words = {told.word for told in ending}
        ranked = [told for told in ending if not self.outranking(told.word, words)]
        return min(ranked or ending, key=lambda told: (told.start, self._order[told.word], told.cue))


@lru_cache(maxsize=256)  # several rules ask the same of an item
def _fits(matcher: Matcher, text: str, at: Span | None) -> tuple[Told, ...]:
    return matcher._search(text, at)


def longest(told: Iterable[Told]) -> tuple[Told, ...]:
    """Those that lie in no longer one, in the order of the text."""
    out: list[Told] = []
    for one in sorted(told, key=lambda one: (one.start, -one.end)):
        if not out or one.end > out[-1].end or (one.start, one.end) == (out[-1].start, out[-1].end):
            out.append(one)
    return tuple(out)
