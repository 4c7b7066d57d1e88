"""Events with their dates, numbers, speech and 《》 of one item, in the authored form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from lingang.compile.item import Item
from lingang.draft.anchors import beginning, ending, quoted
from lingang.draft.suggestion import Value
from lingang.lexicon import Lexicon
from lingang.rules.unknown import NO_PART
from lingang.tables.marks import CLOSING, OPENING, QUOTATION_MARKS, book_titles, marked_titles
from lingang.text import dates, numbers
from lingang.text.cues import Told, longest
from lingang.text.edges import runs

__all__ = ["Found", "Records", "words_for_events"]

Interval = tuple[int, int]
_AFTER_CUE = frozenset("，：、") | OPENING
_PARTS = frozenset("，。；：！？、\n") | OPENING | CLOSING
"""What a label does not reach over."""
_GROUP = 12
"""Characters of the longest name of a group that speaks."""
_SIGNS = ("%", "％", "‰", "℃")
"""What stands right after a number in place of a measure word."""
_NAME = 30
"""Characters of the longest name of an event whose end no word tells."""


class Found(NamedTuple):
    """A record, or a part of one: where its words stand in the running text, its authored form, and why. ``event``
    numbers the event that a date is of."""

    at: Interval
    value: dict[str, Value]
    why: str
    event: int | None = None


class _Speech(NamedTuple):
    """Where a run of speech stands, and the keys that say so."""

    at: Interval
    ends: dict[str, Value]


def words_for_events(lexicon: Lexicon) -> frozenset[str]:
    """The words of event kinds that name what is held: no trigger, or the end of a longer cue of any vocabulary (会议,
    not 召开)."""
    vocabularies = lexicon.vocabularies.values()
    every = {cue.strip("^$") for known in vocabularies for word in known.words for cue in word.cues}
    plain = {cue for cue in every if not set(cue) & set("@…")}
    ends = {cue[start:] for cue in plain for start in range(1, len(cue))}
    triggers = frozenset(lexicon.words("triggers"))
    cues = {cue for word in lexicon["event_kind"].words for cue in word.cues} & plain
    return frozenset(cue for cue in cues if cue not in triggers or cue in ends)


class Records:
    """What the running text of an item tells, as an author would write it; ``titles`` are where titles stand,
    ``published`` is the day that the page prints as its own, ``nouns`` are the ``words_for_events``."""

    def __init__(self, item: Item, titles: list[Interval], published: date | None, nouns: frozenset[str]) -> None:
        self.item, self.zone, self.lexicon = item, item.body, item.lexicon
        self.text = item.body.text
        self._titles, self._published, self._nouns = titles, published, nouns

    def quoted(self, start: int, end: int) -> Value | None:
        return quoted(self.item.zones, self.zone, start, end)

    # what no quote may cut

    @cached_property
    def _named(self) -> list[Interval]:
        return [(found.start, found.end) for found in self.item.registry.find(self.text) if found.within is None]

    @cached_property
    def documents_at(self) -> list[Interval]:
        """What stands in 《》, without the marks."""
        return book_titles(self.text)

    @cached_property
    def _whole(self) -> list[Interval]:
        return [*runs(self.text), *self._named, *self._titles, *marked_titles(self.text)]

    def whole(self, start: int, end: int) -> Interval:
        """The run widened until it cuts no date, number, name, title or 《》."""
        while True:
            cut = [
                (first, last)
                for first, last in self._whole
                if first < end and start < last and (first < start < last or first < end < last)
            ]
            if not cut:
                return start, end
            start, end = min([start, *(first for first, _ in cut)]), max([end, *(last for _, last in cut)])

    def _is_whole(self, start: int, end: int) -> bool:
        return self.whole(start, end) == (start, end)

    # 《》

    def documents(self) -> Iterator[Found]:
        """Each title in 《》 where it stands first."""
        told: set[str] = set()
        for start, end in self.documents_at:
            title = self.quoted(start, end)
            cut = any(first < at < last for first, last in (*runs(self.text), *self._named) for at in (start, end))
            if title is not None and not cut and self.text[start:end] not in told:
                told.add(self.text[start:end])
                yield Found((start, end), {"title": title}, "it stands in 《》")

    # numbers

    def figures(self) -> Iterator[Found]:
        """Each number that is no part of a date, with its measure word and what it counts or measures."""
        measures = self.lexicon.words("measure_words")
        for token in numbers.find(self.text):
            if any(start < token.end and token.start < end for start, end in self.zone.dates):
                continue
            start, end = token.start, numbers.measured(self.text, token.end, measures)
            end += end == token.end and self.text[end : end + 1] in _SIGNS
            if end - start == 1:
                continue  # one character without a measure word is mostly a part of a word
            if not self._is_whole(start, end):
                end = token.end
            number, label = self.quoted(start, end), self._label(start, end)
            if self._is_whole(start, end) and number is not None and label is not None:
                why = f"a number ({token.form})" + (
                    f" with its measure word {self.text[token.end : end]}" * (end > token.end)
                )
                yield Found((start, end), {"number": number, "label": label}, why)

    @cached_property
    def _numbered(self) -> list[int]:
        """Where numbers end, each with its measure word."""
        measures = self.lexicon.words("measure_words")
        return [numbers.measured(self.text, token.end, measures) for token in numbers.find(self.text)]

    def _label(self, start: int, end: int) -> Value | None:
        """What follows a number up to the next mark or number, else what stands before it, else the part of the clause
        that holds it."""
        last = end
        while last < len(self.text) and self.text[last] not in _PARTS:
            last += 1
        first = start
        while first > 0 and self.text[first - 1] not in _PARTS:
            first -= 1
        begins = [one for one, _ in runs(self.text) if end <= one < last]
        ended = [one for _, one in runs(self.text) if first < one <= start]
        ended += [one for one in self._numbered if first < one <= start]
        end += self.text[end : end + 1] in NO_PART
        for at in ((end, min([last, *begins])), (max([first, *ended]), start)):
            if at[1] - at[0] >= 2 and self._is_whole(*at) and (label := self.quoted(*at)) is not None:
                return label
        return self.quoted(*self.whole(first, last))

    # events

    def events(self) -> Iterator[Found]:
        """What the words of the lexicon tell to happen, where a date stands before them in their sentence or the name
        of what is held ends with a word for it; then the dates: of the event that comes first after them in their
        sentence, or of none."""
        left = [at for at in dates.telling(self.text) if self._is_date(at)]
        found: list[Found] = []
        dated: list[Found] = []
        for trigger, named, told in self._triggers():
            clause, sentence = (around(trigger.start, trigger.end) for around in (self.zone.clause, self.zone.sentence))
            near = [at for at in left if sentence[0] <= at[0] and at[1] <= trigger.start]
            name, word = self.quoted(*named), self.quoted(trigger.start, trigger.end)
            own = any(clause[0] <= at[0] for at in near)
            if name is None or word is None or not (near or (told and trigger.word not in self._nouns)):
                continue
            found.append(
                Found((trigger.start, trigger.end), {"trigger": word, "name": name}, "a word for what happens")
            )
            day = self.quoted(*near[-1]) if near else None
            if near and day is not None:
                why = f"the date before it in the {'clause' if own else 'sentence'}"
                value: dict[str, Value] = {"date": day}
                if self._is_to_come(near[-1]):
                    value, why = value | {"status": "planned"}, f"{why}; the day of the page comes before it"
                dated.append(Found(near[-1], value, why, len(found) - 1))
                left.remove(near[-1])
        yield from found
        yield from dated
        for at in left:
            day = self.quoted(*at)
            if day is not None:
                yield Found(at, {"date": day}, "a date with no event of these before or after it in its sentence")

    def _is_date(self, at: Interval) -> bool:
        """Whether a date is whole and one of the calendar."""
        try:
            dates.read(self.text[slice(*at)])
        except dates.NotOneDate:
            return False
        except ValueError:
            return False
        return self._is_whole(*at)

    def _is_to_come(self, at: Interval) -> bool:
        """Whether the day that is meant by a date lies after that of the page: of one without a year the nearer."""
        if self._published is None:
            return False
        raw, days = self.text[slice(*at)], []
        for planned in (False, True):
            read = dates.read(raw, dates.Known(published=self._published, planned=planned))
            days.append(read.start)
        before, after = days
        if before is None or after is None or after <= self._published:
            return False
        return before == after or after - self._published < self._published - before

    def _triggers(self) -> Iterator[tuple[Told, Interval, bool]]:
        """One trigger a clause, with the name of what happens, and whether a word for an event tells it: a trigger that
        it does comes before others, one that names nothing held before those that do, the first before the last."""
        by_clause: dict[Interval, list[tuple[Told, Interval, bool]]] = {}
        for told in longest(self.lexicon.finder("triggers").tell(self.text)):
            if self._is_whole(told.start, told.end):
                by_clause.setdefault(self.zone.clause(told.start, told.end), []).append((told, *self._name(told)))
        for found in by_clause.values():
            yield min(found, key=lambda one: (one[0].word in self._nouns, not one[2], one[0].start))

    def _name(self, trigger: Told) -> tuple[Interval, bool]:
        """From after the trigger to the last word for an event in its clause; of 座谈会召开 what stands before; without
        such a word the trigger and what follows, up to the next mark."""
        first, last = self.zone.clause(trigger.start, trigger.end)
        ends = self._event_words(trigger.end, last)
        if ends and self._is_paired(named := self.whole(trigger.end, ends[-1])):
            return named, True
        start = max([first, *(end for _, end in self.zone.dates if first < end <= trigger.start)])
        ends = self._event_words(start, trigger.start)
        if ends and self._is_paired(named := self.whole(start, ends[-1])):
            return named, True
        end = trigger.end
        while end < last and end - trigger.start < _NAME and self.text[end] not in _PARTS:
            end += 1
        return self.whole(trigger.start, end), False

    def _is_paired(self, at: Interval) -> bool:
        """Whether every quotation mark in a run has its other one there."""
        text = self.text[slice(*at)]
        return sum(text.count(mark) for mark in OPENING) == sum(text.count(mark) for mark in CLOSING)

    def _event_words(self, start: int, end: int) -> list[int]:
        """Where the words for what is held end in a run, before each of which something stands."""
        told = self.lexicon["event_kind"].matcher.fits(self.text[start:end])
        return sorted(start + one.end for one in told if one.start >= 1 and one.cue in self._nouns)

    # speech

    def quotations(self) -> Iterator[Found]:
        """Each run of speech, once: words for speaking with a mark after them, or after a closing quotation mark."""
        cues = [told for told in longest(self.lexicon.finder("speech_verbs").tell(self.text)) if self._speaks(told)]
        said: set[Interval] = set()
        for index, told in enumerate(cues):
            after = self._begins(cues[index + 1]) if index + 1 < len(cues) else len(self.text)
            speech = self._extent(told, after)
            cue = self.quoted(told.start, told.end)
            at = (told.start, told.end)
            if cue is not None and speech is not None and speech.at not in said and self._is_whole(*at):
                said.add(speech.at)
                yield Found(at, {"cue": cue, **self._speaker(told), **speech.ends}, "a word for speaking")

    def _speaks(self, told: Told) -> bool:
        follows = self.text[told.end : told.end + 1]
        return (bool(follows) and (follows in "，：" or follows in OPENING)) or self._closes(told)

    def _begins(self, told: Told) -> int:
        """Where the words for speaking stand, or the opening mark of the speech before them."""
        said = self._said_before(told) if self._closes(told) else None
        return told.start if said is None else said.at[0] - 1

    def _closes(self, told: Told) -> bool:
        """Whether direct speech ends right before the clause whose last word this is."""
        start, end = self.zone.clause(told.start, told.end)
        head = self.text[start : told.start]
        return end == told.end and (bool(set(head[:1]) & CLOSING) or bool(set(self.text[start - 2 : start]) & CLOSING))

    def _extent(self, told: Told, after: int) -> _Speech | None:
        """The speech with its from: and to:; what runs on to the end of the paragraph needs neither."""
        if self._closes(told) and self.text[told.end : told.end + 1] not in _AFTER_CUE:
            return self._said_before(told)
        start = told.end
        while start < len(self.text) and self.text[start] in _AFTER_CUE:
            start += 1
        paragraph = self.text.find("\n", start)
        paragraph = len(self.text) if paragraph < 0 else paragraph
        marks = dict(QUOTATION_MARKS)
        opened = marks.get(self.text[start - 1], "")
        end = self.text.find(opened, start, paragraph) if opened else -1
        if end < 0 and after < paragraph:  # the next speech begins with its own sentence
            end = self.zone.sentence(after, after + 1)[0]
            if end <= start:  # or with its own clause
                end = self.zone.clause(after, after + 1)[0] - 1
        if end <= start:
            return _Speech((start, paragraph), {}) if start < paragraph and self._is_whole(start, paragraph) else None
        if not self._is_whole(start, end):
            return None
        last = ending(self.item.zones, self.text[start:end])
        return None if last is None else _Speech((start, end), {"to": last})

    def _said_before(self, told: Told) -> _Speech | None:
        """The speech in quotation marks that ends before a clause such as 他说."""
        start = self.zone.clause(told.start, told.end)[0]
        close = max(self.text.rfind(mark, 0, start + 1) for mark in CLOSING)
        opening = next((a for a, b in QUOTATION_MARKS if close >= 0 and b == self.text[close]), "")
        first = self.text.rfind(opening, 0, close) + 1 if opening else 0
        said = self.text[first:close]
        if not first or not said or "\n" in said or not self._is_whole(first, close):
            return None
        begins, ends = beginning(self.item.zones, said), ending(self.item.zones, said)
        return None if begins is None or ends is None else _Speech((first, close), {"from": begins, "to": ends})

    def _speaker(self, told: Told) -> dict[str, Value]:
        """The last name before the words in their clause, or the group that is named there; none for a meeting."""
        start = self.zone.clause(told.start, told.end)[0]
        named = [
            found
            for found in self.item.registry.find(self.text)
            if start <= found.start and found.end <= told.start and len(found.entities) == 1 and found.within is None
        ]
        speaking = [one for one in named if one.entities[0].table in ("people", "organizations")]
        if speaking:
            return {"speaker": speaking[-1].surface}
        group = self.text[start : told.start].strip("".join(OPENING | CLOSING))
        sentence = self.text[slice(*self.zone.sentence(told.start, told.end))]
        if not 2 <= len(group) <= _GROUP or sentence.count(group) != 1 or self._is_meeting(group):
            return {}
        at = self.text.find(group, start)
        return {"group": group} if self._is_whole(at, at + len(group)) else {}

    def _is_meeting(self, text: str) -> bool:
        return any(told.end == len(text) for told in self.lexicon["event_kind"].matcher.fits(text))
