"""One JSON document an item: text, entities, events with triggers and arguments, quotations.

Offsets are code points in ``text``, the reading text, half open; ``text[start:end]`` stands beside
them. What stands outside the reading text (headlines, bylines, credits) is not in the document; a span
that has no place in it is null.
"""

from __future__ import annotations

import json
from typing import Any

from lingang.exports.corpus import ENTITY_TABLES, Corpus, Item, Row, TextSpan

__all__ = ["documents", "export_nlp"]


def _span(item: Item, span: TextSpan | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"start": span[0], "end": span[1], "text": item.text[span[0] : span[1]]}


def _first(corpus: Corpus, item: Item, table: str, record_id: str, column: str) -> dict[str, Any] | None:
    return _span(item, next(iter(corpus.spans(item, table, record_id, column)), None))


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def _entity(item: Item, row: Row) -> dict[str, Any]:
    return {
        "id": row["mention_id"],
        "label": ENTITY_TABLES[row["entity_table"]],
        "entity_id": row["entity_id"],
        "start": row["text_start"],
        "end": row["text_end"],
        "text": item.text[row["text_start"] : row["text_end"]],
        "within": row["within_mention_id"],
    }


def _event(corpus: Corpus, item: Item, row: Row) -> dict[str, Any]:
    key = row["event_id"]
    return {
        "id": key,
        "kind": row["kind"],
        "name": row["name"],
        "status": row["status"],
        "about": list(row["about"]),
        "date": {
            "edtf": row["date_edtf"],
            "start": _day(row["date_start"]),
            "end": _day(row["date_end"]),
            "precision": row["date_precision"],
            "year_basis": row["year_basis"],
            "day_part": row["day_part"],
            "printed": _first(corpus, item, "events", key, "date_raw"),
        },
        "trigger": _first(corpus, item, "events", key, "trigger"),
        "arguments": [
            {
                "id": argument.row["participation_id"],
                "role": argument.row["role"],
                "kind": argument.row["participant_kind"],
                "entity_id": argument.entity_id,
                "label": argument.label,
                "award": argument.row["award"],
                "for_organization_id": argument.row["for_organization_id"],
                "list_seq": argument.row["list_seq"],
                "list_open": argument.row["list_open"],
                "named": _span(item, argument.span),
            }
            for argument in corpus.arguments(item, key)
        ],
        "links": [
            {"relation": link["relation"], "event_id": link["other_event_id"]}
            for link in corpus.rows("event_links", event_id=key)
        ],
        "campaigns": [
            {"relation": link["relation"], "campaign_id": link["campaign_id"]}
            for link in corpus.rows("event_campaigns", event_id=key)
        ],
    }


def _quotation(corpus: Corpus, item: Item, row: Row) -> dict[str, Any]:
    key = row["quotation_id"]
    _, speaker_id, named = corpus.speaker(item, row)
    return {
        "id": key,
        "form": row["form"],
        "event_id": row["event_id"],
        "said": _first(corpus, item, "quotations", key, "text"),
        "cue": _first(corpus, item, "quotations", key, "cue"),
        "speaker": {
            "kind": row["speaker_kind"],
            "id": speaker_id,
            "label": row["group_label"],
            "named": _span(item, named),
        },
    }


def document(corpus: Corpus, item: Item) -> dict[str, Any]:
    """One item as a JSON object."""
    return {
        "id": item.id,
        "source_id": item.row["source_id"],
        "language": item.source["language"],
        "kind": item.row["kind"],
        "headline": item.row["headline"],
        "text": item.text,
        "entities": [_entity(item, row) for row in corpus.mentions(item)],
        "events": [_event(corpus, item, row) for row in corpus.rows("events", article_id=item.id)],
        "quotations": [_quotation(corpus, item, row) for row in corpus.rows("quotations", article_id=item.id)],
    }


def documents(corpus: Corpus) -> list[dict[str, Any]]:
    """Every item as a JSON object, in the order of the page."""
    return [document(corpus, item) for item in corpus.items]


def export_nlp(corpus: Corpus) -> dict[str, bytes]:
    """JSON Lines: one document a line."""
    lines = (json.dumps(found, ensure_ascii=False) + "\n" for found in documents(corpus))
    return {f"nlp/{corpus.name}.jsonl": "".join(lines).encode("utf-8")}
