"""What stands beside the records: the words of the lexicon, labels, accepted advice, readings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping as AbstractMapping

from lingang.authored.anchor import AnchorError, anchor_of
from lingang.authored.nodes import Mapping, Node, Scalar
from lingang.authored.tree import Authored
from lingang.compile.entry import Entry, sequence
from lingang.compile.item import Item
from lingang.compile.rows import Rows
from lingang.compile.sources import Source
from lingang.lexicon import Lexicon
from lingang.problems import Place, Problem
from lingang.text.page import Page, Span

__all__ = ["add_accepted", "add_labels", "add_readings", "add_words"]


def add_words(lexicon: Lexicon, rows: Rows) -> None:
    """Rows of ``words``: the vocabularies as data."""
    for name, vocabulary in lexicon.vocabularies.items():
        for position, word in enumerate(vocabulary.words, start=1):
            rows.add(
                "words",
                Place("dataset/lexicon.yaml"),
                {
                    "word_id": f"{name}-{word.value}".replace("_", "-"),
                    "vocabulary": name,
                    "word": word.value,
                    "position": position,
                    "label_en": word.label_en,
                    "label_zh": word.label_zh,
                    "definition": word.definition,
                    "cues": list(word.cues),
                    "but": list(word.but),
                    "over": list(word.over),
                    "with": list(word.together),
                },
            )


def add_labels(files: AbstractMapping[str, Mapping], rows: Rows) -> None:
    """Rows of ``labels``: by the cell of a record, and by printed value."""
    for language, tree in files.items():
        number = 0
        for table, node in tree.entries:
            if not isinstance(node, Mapping):
                continue
            for key, value in node.entries:
                if table.text == "values" and isinstance(value, Scalar):
                    number += 1
                    row: dict[str, object] = {"label_id": f"{language}-value-{number:03d}".lower(), "value": key.text}
                    rows.add("labels", value.place, {**row, "language": language, "text": value.text})
                elif isinstance(value, Mapping):
                    _add_record_labels(language, table.text, key.text, value, rows)


def _add_record_labels(language: str, table: str, record: str, cells: Mapping, rows: Rows) -> None:
    for column, text in cells.entries:
        if isinstance(text, Scalar):
            values = {"table_name": table, "record_id": record, "column_name": column.text}
            label_id = f"{language}-{table}-{record}-{column.text}".lower().replace("_", "-")
            rows.add("labels", text.place, {"label_id": label_id, **values, "language": language, "text": text.text})


def add_accepted(
    authored: Authored, sources: AbstractMapping[str, Source], items: AbstractMapping[str, Item], rows: Rows
) -> None:
    """Rows of ``accepted``: under ``accept:`` of items and registries, and each mention that an author excluded."""
    for article_id, item in items.items():
        number = 0
        for node in sequence(item.node.get("accept")):
            number += 1
            _accept(article_id, number, node, item, rows)
        for span, choice in sorted(item.choices.items()):
            if choice.entity is None:
                number += 1
                _add(
                    rows, f"{article_id}-accepted-{number:02d}", choice.place, "MEN001", choice.reason, item, span, None
                )
    for table, tree in authored.registries.items():
        for number, node in enumerate(sequence(tree.get("accept")), start=1):
            _accept(table, number, node, None, rows)


def _accept(owner: str, number: int, node: Node, item: Item | None, rows: Rows) -> None:
    if not isinstance(node, Mapping):
        return
    entry = Entry(node, "rule")
    rule, record, quote = entry.text("rule"), entry.scalar("record"), entry.get("quote")
    try:
        span = item.place(anchor_of(quote, node)) if item is not None and quote is not None else None
    except AnchorError as error:
        rows.problems.append(error.problem)
        return
    if (span is None) == (record is None):
        expected = "quote: with words of the item, or record: TABLE/ID"
        rows.problems.append(
            Problem("YML011", "an acceptance that stands nowhere", node.place, expected, "neither or both")
        )
        return
    _add(rows, f"{owner}-accepted-{number:02d}", node.place, rule, entry.text("reason"), item, span, record)


def _add(
    rows: Rows,
    accepted_id: str,
    place: Place,
    rule: str | None,
    reason: str | None,
    item: Item | None,
    span: Span | None,
    record: Scalar | None,
) -> None:
    table, _, key = record.text.partition("/") if record is not None else ("", "", "")
    page: Page | None = item.page if item is not None else None
    rows.add(
        "accepted",
        place,
        {
            "accepted_id": accepted_id,
            "rule": rule,
            "source_id": page.source_id if page is not None and span is not None else None,
            "article_id": item.id if item is not None and span is not None else None,
            "raw_start": span.start if span else None,
            "raw_end": span.end if span else None,
            "table_name": table or None,
            "record_id": key or None,
            "reason": reason,
        },
    )


def add_readings(tree: Mapping | None, rows: Rows) -> None:
    """Rows of ``readings``, one for each record that a reading is of."""
    if tree is None:
        return
    readers = tree.get("readers")
    known = dict(readers.items()) if isinstance(readers, Mapping) else {}
    for node in sequence(tree.get("readings")):
        if not isinstance(node, Mapping):
            continue
        reader, reading, day, records = (node.get(key) for key in ("reader", "pass", "date", "records"))
        declared = known.get(reader.text) if isinstance(reader, Scalar) else None
        if not isinstance(declared, Mapping) or not isinstance(reader, Scalar) or not isinstance(reading, Scalar):
            place, found = (reader.place, str(getattr(reader, "value", ""))) if reader else (node.place, "no reader")
            expected = ", ".join(known) or "an entry of readers: with this id"
            rows.problems.append(Problem("KEY002", "a reader that is not declared", place, expected, found))
            continue
        kind = declared.scalar("kind")
        for table, contents in records.entries if isinstance(records, Mapping) else ():
            for record, content in contents.entries if isinstance(contents, Mapping) else ():
                name = "-".join((table.text, record.text, reader.text, reading.text, _day(day)))
                rows.add(
                    "readings",
                    record.place,
                    {
                        "reading_id": name.replace("_", "-"),
                        "table_name": table.text,
                        "record_id": record.text,
                        "reader": reader.text,
                        "reader_kind": kind.value if kind else None,
                        "pass": reading.value,
                        "date": datetime.date.fromisoformat(_day(day)),
                        "content": content.value if isinstance(content, Scalar) else None,
                    },
                )


def _day(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""
