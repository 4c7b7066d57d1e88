"""brat standoff: a text and an annotation file an item, and the configuration that names the types.

Offsets are code points in the text file, which is the reading text as it is. Entities are text-bound
annotations with a ``Reference`` to their record, events are triggers with numbered arguments, a
quotation is an event of the type ``Quotation`` whose trigger is its cue. A link to an event of
another item has no place in a file and is left out.

Format: https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lingang.exports.corpus import ENTITY_TABLES, Corpus, Item, Row, TextSpan
from lingang.tables import table

__all__ = ["FOLDER", "export_brat"]

FOLDER = "brat/"

_PARTICIPANTS = "Person|Organization|Place|Group"


def _type(word: str) -> str:
    return word[:1].upper() + word[1:]


def _words(corpus: Corpus, table_name: str, column: str) -> tuple[str, ...]:
    """The words of a column: those of the table ``words``, else those of the newest layer."""
    vocabulary = table(table_name)[column].vocabulary
    if vocabulary is None:
        return ()
    own = sorted(corpus.rows("words", vocabulary=vocabulary.name), key=lambda row: int(row["position"]))
    return tuple(row["word"] for row in own) or vocabulary.values


class _Annotations:
    """The lines of one annotation file; a span of a type is numbered once."""

    def __init__(self, text: str, dataset: str) -> None:
        self._text = text
        self._dataset = dataset
        self._bound: dict[tuple[str, TextSpan], str] = {}
        self._numbers: Counter[str] = Counter()
        self.lines: list[str] = []

    def _number(self, letter: str) -> str:
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"

    def bound(self, kind: str, span: TextSpan) -> str:
        """The id of a text-bound annotation; it is cut into fragments at the ends of paragraphs."""
        if (kind, span) not in self._bound:
            found = self._bound[kind, span] = self._number("T")
            start, pieces = span[0], []
            for piece in self._text[span[0] : span[1]].split("\n"):
                pieces.append((start, start + len(piece), piece))
                start += len(piece) + 1
            places = ";".join(f"{first} {last}" for first, last, _ in pieces)
            self.lines.append(f"{found}\t{kind} {places}\t{' '.join(piece for _, _, piece in pieces)}")
        return self._bound[kind, span]

    def reference(self, target: str, record: str, name: str) -> None:
        self._once("N", f"Reference {target} {self._dataset}:{record}\t{name}")

    def event(self, number: str, kind: str, trigger: str, arguments: Sequence[tuple[str, str]]) -> None:
        """An event; the second and later arguments of a role carry their number, as brat writes them."""
        seen: Counter[str] = Counter()
        parts = [f"{kind}:{trigger}"]
        for role, target in arguments:
            seen[role] += 1
            parts.append(f"{role}{seen[role] if seen[role] > 1 else ''}:{target}")
        self.lines.append(f"{number}\t{' '.join(parts)}")

    def event_number(self) -> str:
        return self._number("E")

    def attribute(self, name: str, target: str, value: str) -> None:
        self.lines.append(f"{self._number('A')}\t{name} {target} {value}")

    def note(self, target: str, text: str) -> None:
        self._once("#", f"AnnotatorNotes {target}\t{text}")

    def _once(self, letter: str, content: str) -> None:
        if content not in (line.split("\t", 1)[1] for line in self.lines):
            self.lines.append(f"{self._number(letter)}\t{content}")


def _first(spans: Sequence[TextSpan]) -> TextSpan | None:
    return spans[0] if spans else None


def _events(corpus: Corpus, item: Item, out: _Annotations) -> dict[str, str]:
    """Write the events of an item; returns their numbers by event id."""
    rows = corpus.rows("events", article_id=item.id)
    triggers = {row["event_id"]: _first(corpus.spans(item, "events", row["event_id"], "trigger")) for row in rows}
    numbers = {key: out.event_number() for key, span in triggers.items() if span is not None}
    for row in rows:
        key, span = row["event_id"], triggers[row["event_id"]]
        if span is None:
            continue
        arguments: list[tuple[str, str]] = []
        for argument in corpus.arguments(item, key):
            if argument.span is None:
                continue
            kind = "Group" if argument.table is None else _type(ENTITY_TABLES[argument.table])
            target = out.bound(kind, argument.span)
            arguments.append((_type(argument.row["role"]), target))
            if argument.table is not None and argument.entity_id is not None:
                name = corpus.get(argument.table, argument.entity_id)["name"]
                out.reference(target, f"{argument.table}/{argument.entity_id}", name)
        for date in corpus.spans(item, "events", key, "date_raw")[:1]:
            target = out.bound("Date", date)
            arguments.append(("Date", target))
            if row["date_edtf"] is not None:
                out.note(target, row["date_edtf"])
        for link in corpus.rows("event_links", event_id=key):
            if link["other_event_id"] in numbers:
                arguments.append((_type(link["relation"]), numbers[link["other_event_id"]]))
        out.event(numbers[key], _type(row["kind"]), out.bound(_type(row["kind"]), span), arguments)
        out.attribute("Status", numbers[key], row["status"])
        out.note(numbers[key], f"events/{key} {row['name']}")
    return numbers


def _quotation(corpus: Corpus, item: Item, row: Row, numbers: dict[str, str], out: _Annotations) -> None:
    key = row["quotation_id"]
    cue = _first(corpus.spans(item, "quotations", key, "cue"))
    said = _first(corpus.spans(item, "quotations", key, "text"))
    if cue is None or said is None:
        return
    arguments = [("Content", out.bound("Speech", said))]
    speaker_table, speaker_id, named = corpus.speaker(item, row)
    if speaker_table == "events" and speaker_id in numbers:
        arguments.append(("Speaker", numbers[speaker_id]))
    elif named is not None:
        kind = "Group" if speaker_table is None else _type(ENTITY_TABLES[speaker_table])
        arguments.append(("Speaker", out.bound(kind, named)))
    if row["event_id"] in numbers:
        arguments.append(("Occasion", numbers[row["event_id"]]))
    number = out.event_number()
    out.event(number, "Quotation", out.bound("Quotation", cue), arguments)
    out.attribute("Form", number, row["form"])
    out.note(number, f"quotations/{key}")


def _annotations(corpus: Corpus, item: Item) -> bytes:
    out = _Annotations(item.text, corpus.name)
    for row in corpus.mentions(item):
        target = out.bound(_type(ENTITY_TABLES[row["entity_table"]]), (row["text_start"], row["text_end"]))
        name = corpus.get(row["entity_table"], row["entity_id"])["name"]
        out.reference(target, f"{row['entity_table']}/{row['entity_id']}", name)
    numbers = _events(corpus, item, out)
    for row in corpus.rows("quotations", article_id=item.id):
        _quotation(corpus, item, row, numbers, out)
    order = "TEANR#"
    lines = sorted(out.lines, key=lambda line: (order.index(line[0]), int(line[1 : line.index("\t")])))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _configuration(corpus: Corpus) -> bytes:
    """annotation.conf: every type that the files may hold, from the vocabularies."""
    kinds = [_type(word) for word in _words(corpus, "events", "kind")]
    roles = [f"{_type(word)}*:{_PARTICIPANTS}" for word in _words(corpus, "participations", "role")]
    links = [f"{_type(word)}*:<EVENT>" for word in _words(corpus, "event_links", "relation")]
    event = ", ".join([*roles, "Date?:Date", *links])
    lines = [
        "[entities]",
        *[_type(word) for word in ENTITY_TABLES.values()],
        "Group",
        "Date",
        "Speech",
        "[relations]",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
        "[events]",
        *[f"{kind}\t{event}" for kind in kinds],
        "Quotation\tContent:Speech, Speaker?:Person|Organization|Group|<EVENT>, Occasion?:<EVENT>",
        "[attributes]",
        f"Status\tArg:<EVENT>, Value:{'|'.join(_words(corpus, 'events', 'status'))}",
        f"Form\tArg:Quotation, Value:{'|'.join(_words(corpus, 'quotations', 'form'))}",
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def export_brat(corpus: Corpus) -> dict[str, bytes]:
    """A brat collection: ``annotation.conf``, and ``<article_id>.txt`` with ``<article_id>.ann``."""
    out = {f"{FOLDER}annotation.conf": _configuration(corpus)}
    for item in corpus.items:
        out[f"{FOLDER}{item.id}.ann"] = _annotations(corpus, item)
        out[f"{FOLDER}{item.id}.txt"] = item.text.encode("utf-8")
    return out
