"""W3C Web Annotation: one annotation a mention, an evidence row and an issue, over the raw page.

Each target has a TextPositionSelector (code points of the decoded page) and a TextQuoteSelector that
selects the same: ``exact`` is the raw text, white space included, with up to 16 code points before and
after it; what concerns an item or a page as a whole selects all of it. Beside them stands the text of each page, as
``<source_id>.txt``. A mention identifies its record; evidence links to its record and describes the value that
it proves; an issue comments.

Standard: https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import json
from typing import Any

from lingang.dataset.show import shown
from lingang.exports.corpus import Corpus, Row
from lingang.text.page import squeeze

__all__ = ["CONTEXT", "every_annotation", "export_web_annotation"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_AROUND = 16
_TERMS: dict[str, Any] = {
    "column": "lingang:column",
    "basis": "lingang:basis",
    "rule": "lingang:rule",
    "decision": "lingang:decision",
    "sha256": "lingang:sha256",
    "file": "lingang:file",
    "sources": {"@id": "lingang:sources", "@type": "@id"},
}


def _text(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _record(corpus: Corpus, table: str, record_id: str, purpose: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": corpus.iri(f"{table}/{record_id}"), "purpose": purpose}


def _extent(corpus: Corpus, source_id: str, row: Row) -> tuple[int, int]:
    """The span of a row; of one that has none its item, or the page."""
    if row["raw_start"] is not None:
        return row["raw_start"], row["raw_end"]
    own = corpus.rows("segments", article_id=row["article_id"]) if row["article_id"] is not None else []
    if own:
        return min(segment["raw_start"] for segment in own), max(segment["raw_end"] for segment in own)
    return 0, len(corpus.pages[source_id].text)


def _target(corpus: Corpus, source_id: str, row: Row) -> dict[str, Any]:
    start, end = _extent(corpus, source_id, row)
    text = corpus.pages[source_id].text
    return {
        "type": "SpecificResource",
        "source": corpus.iri(f"sources/{source_id}"),
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }


def _values(value: object, quote: str) -> list[str]:
    """The value of a cell as text; of a list, the element that the quote proves."""
    if isinstance(value, list):
        return [str(element) for element in value if squeeze(str(element)) == quote] or [str(e) for e in value]
    return [shown(value)]


def _mention(corpus: Corpus, row: Row) -> dict[str, Any]:
    return {
        "id": corpus.iri(f"mentions/{row['mention_id']}"),
        "type": "Annotation",
        "motivation": "identifying",
        "body": [_record(corpus, row["entity_table"], row["entity_id"], "identifying")],
        "target": _target(corpus, corpus.get("articles", row["article_id"])["source_id"], row),
    }


def _evidence(corpus: Corpus, row: Row) -> dict[str, Any]:
    value = corpus.get(row["table_name"], row["record_id"])[row["column_name"]]
    comment = [] if row["note"] is None else [_text(row["note"], "commenting")]
    return {
        "id": corpus.iri(f"evidence/{row['evidence_id']}"),
        "type": "Annotation",
        "motivation": ["linking", "describing"],
        "column": row["column_name"],
        "basis": row["basis"],
        **({} if row["rule"] is None else {"rule": row["rule"]}),
        "body": [
            _record(corpus, row["table_name"], row["record_id"], "linking"),
            *[_text(found, "describing") for found in _values(value, row["quote"])],
            *comment,
        ],
        "target": _target(corpus, row["source_id"], row),
    }


def _issue(corpus: Corpus, row: Row) -> dict[str, Any]:
    reading = [] if row["reading"] is None else [_text(row["reading"], "editing")]
    reason = [] if row["reason"] is None else [_text(row["reason"], "commenting")]
    return {
        "id": corpus.iri(f"issues/{row['issue_id']}"),
        "type": "Annotation",
        "motivation": "commenting",
        "decision": row["decision"],
        "body": [_text(row["kind"], "tagging"), *reading, *reason],
        "target": _target(corpus, row["source_id"], row),
    }


def every_annotation(corpus: Corpus) -> list[dict[str, Any]]:
    """Every annotation: mentions, evidence, issues, each in key order."""
    return [
        *[_mention(corpus, row) for row in corpus.rows("mentions")],
        *[_evidence(corpus, row) for row in corpus.rows("evidence")],
        *[_issue(corpus, row) for row in corpus.rows("issues")],
    ]


def export_web_annotation(corpus: Corpus) -> dict[str, bytes]:
    """JSON-LD: one AnnotationCollection with its one page; and the texts that it annotates, byte for byte as pinned."""
    items = every_annotation(corpus)
    collection = {
        "@context": [CONTEXT, {"lingang": corpus.iri("terms/"), **_TERMS}],
        "id": corpus.iri("annotations"),
        "type": "AnnotationCollection",
        "label": f"{corpus.name}: mentions, evidence and issues",
        "sources": [
            {
                "id": corpus.iri(f"sources/{row['source_id']}"),
                "type": "Text",
                "format": "text/plain",
                "language": row["language"],
                "sha256": row["sha256"],
                "file": f"{row['source_id']}.txt",
            }
            for row in corpus.rows("sources")
        ],
        "total": len(items),
        "first": {
            "id": corpus.iri("annotations/1"),
            "type": "AnnotationPage",
            "partOf": corpus.iri("annotations"),
            "startIndex": 0,
            "items": items,
        },
    }
    made = json.dumps(collection, ensure_ascii=False, indent=1) + "\n"
    texts = {f"web-annotation/{row['source_id']}.txt": row["text"].encode("utf-8") for row in corpus.rows("sources")}
    return {f"web-annotation/{corpus.name}.jsonld": made.encode("utf-8"), **texts}
