"""TEI P5: one file, a header, the registries in ``standOff``, and a ``div`` for each item.

The text content of the ``p`` elements of an item, joined by line feeds, is its reading text. Names,
dates, titles, triggers and speech are elements in it and point to their records by ``xml:id``
(``people.chen-shouyi``). A date whose year is printed only in another item has ``cert="medium"``. Issues
are notes at the end of their ``div``, between anchors; the text stays as printed.

Standard: https://tei-c.org/guidelines/p5/
"""

from __future__ import annotations

from lingang.exports.corpus import Corpus, Item, Row, reading
from lingang.exports.tei_registries import write_header, write_registries
from lingang.exports.tei_spans import Block, Mark, anchor, lay
from lingang.exports.xml_writer import Writer
from lingang.text.page import READING_ROLES, Span

__all__ = ["export_tei"]


_NAMES = {"people": "persName", "organizations": "orgName", "places": "placeName", "campaigns": "rs"}
_FURNITURE = ("masthead", "dateline", "folio", "furniture")
_HEADS = {"headline": "main", "subheadline": "sub", "kicker": "kicker"}


def _block(item: Item, role: str, segments: list[Row]) -> Block:
    text = reading(item.page, segments)
    if role in _HEADS:
        return Block("head", {"type": _HEADS[role]}, text)
    if role == "byline":
        return Block("byline", {}, text)
    if role == "credit":
        return Block("byline", {}, text, figure=True)
    if role == READING_ROLES[item.row["kind"]]:
        return Block("p", {}, text, figure=role == "caption")
    if role in _FURNITURE:
        return Block("fw", {"type": role}, text)
    return Block("head", {"type": role}, text, figure=role == "caption")


def _blocks(item: Item) -> list[Block]:
    """The segments of an item as blocks, in page order; the pieces of one paragraph are one block."""
    groups: list[tuple[str, list[Row]]] = []
    for row in item.segments:
        again = groups and row["paragraph"] is not None and groups[-1][1][-1]["paragraph"] == row["paragraph"]
        if again and groups[-1][0] == row["role"]:
            groups[-1][1].append(row)
        else:
            groups.append((row["role"], [row]))
    return [_block(item, role, rows) for role, rows in groups]


def _span(row: Row) -> Span:
    return Span(row["raw_start"], row["raw_end"])


def _dates(corpus: Corpus, item: Item) -> list[Mark]:
    marks = []
    for row in corpus.rows("events", article_id=item.id):
        key = row["event_id"]
        for proof in corpus.evidence("events", key, "date_raw"):
            attributes = {"ana": f"#events.{key}"}
            if row["date_edtf"] is not None:
                days = row["date_edtf"].replace("?", "").replace("XXXX", "-").split("/")
                names = ("when",) if len(days) == 1 else ("from", "to")
                attributes |= {name: day for name, day in zip(names, days, strict=True) if day != ".."}
                attributes["cert"] = "medium" if row["year_basis"] == "page" else "high"
            marks.append(Mark("date", "date", _span(proof), attributes, "ana", f"date.{key}"))
    return marks


def _said(corpus: Corpus, item: Item) -> list[Mark]:
    marks = []
    for row in corpus.rows("quotations", article_id=item.id):
        key = row["quotation_id"]
        table, speaker, _ = corpus.speaker(item, row)
        who = f"#quotations.{key}.speaker" if table is None or speaker is None else f"#{table}.{speaker}"
        direct = "true" if row["form"] == "direct" else "false"
        for proof in corpus.evidence("quotations", key, "text"):
            attributes = {"xml:id": f"quotations.{key}", "who": who, "direct": direct}
            if row["event_id"] is not None:
                attributes["ana"] = f"#events.{row['event_id']}"
            marks.append(Mark("said", "said", _span(proof), attributes, "who", f"quotations.{key}"))
    return marks


def _marks(corpus: Corpus, item: Item) -> list[Mark]:
    marks = _said(corpus, item) + _dates(corpus, item)
    for row in corpus.rows("mentions", article_id=item.id):
        key = f"mentions.{row['mention_id']}"
        attributes = {"xml:id": key, "ref": f"#{row['entity_table']}.{row['entity_id']}"}
        if row["entity_table"] == "campaigns":
            attributes["type"] = "campaign"
        marks.append(Mark("name", _NAMES[row["entity_table"]], _span(row), attributes, "ref", key))
    for row in corpus.rows("positions", article_id=item.id):
        for proof in corpus.evidence("positions", row["position_id"], "title_raw"):
            attributes = {"corresp": f"#people.{row['person_id']}"}
            marks.append(
                Mark("roleName", "roleName", _span(proof), attributes, "corresp", f"positions.{row['position_id']}")
            )
    for row in corpus.rows("events", article_id=item.id):
        key = row["event_id"]
        for proof in corpus.evidence("events", key, "trigger"):
            attributes = {"type": "trigger", "subtype": row["kind"], "ref": f"#events.{key}"}
            marks.append(Mark("trigger", "rs", _span(proof), attributes, "ref", f"trigger.{key}"))
        for part in corpus.rows("participations", event_id=key, participant_kind="group"):
            for proof in corpus.evidence("participations", part["participation_id"], "group_label"):
                attributes = {"type": "group", "ref": f"#participations.{part['participation_id']}"}
                marks.append(Mark("group", "rs", _span(proof), attributes, "ref", f"group.{part['participation_id']}"))
    return marks


def _note(writer: Writer, row: Row, name: str | None) -> None:
    attributes: dict[str, str | None] = {
        "xml:id": f"issues.{row['issue_id']}",
        "type": "issue",
        "subtype": row["kind"],
        "target": None if name is None else f"#{name}.start",
        "targetEnd": None if name is None else f"#{name}.end",
    }
    with writer.block("note", attributes):
        for column in ("observed", "reading", "decision", "reason"):
            if row[column] is not None:
                writer.leaf("p", {"n": column}, row[column])


def _item(writer: Writer, corpus: Corpus, item: Item) -> None:
    blocks = _blocks(item)
    apart = lay(blocks, _marks(corpus, item))
    issues = corpus.rows("issues", article_id=item.id)
    names = [
        f"issues.{row['issue_id']}"
        if row["raw_start"] is not None and anchor(blocks, _span(row), f"issues.{row['issue_id']}")
        else None
        for row in issues
    ]
    attributes = {
        "xml:id": f"articles.{item.id}",
        "type": item.row["kind"],
        "n": str(item.row["seq"]),
        "xml:lang": item.source["language"],
    }
    with writer.block("div", attributes):
        figure = False
        for block in blocks:
            if block.figure != figure:
                (writer.open if block.figure else writer.close)("figure")
                writer.line()
                figure = block.figure
            block.write(writer)
        if figure:
            writer.close("figure")
            writer.line()
        if apart:
            with writer.block("spanGrp", {"type": "overlapping"}):
                for mark in apart:
                    ends = {"from": f"#{mark.key}.start", "to": f"#{mark.key}.end"}
                    pointer = mark.attributes.get(mark.pointer)
                    identifier = mark.attributes.get("xml:id")
                    writer.leaf("span", {"xml:id": identifier, "type": mark.tag, "ana": pointer, **ends})
        for row, name in zip(issues, names, strict=True):
            _note(writer, row, name)


def export_tei(corpus: Corpus) -> dict[str, bytes]:
    """One TEI document of every page; UTF-8, LF."""
    writer = Writer()
    with writer.block("TEI", {"xmlns": "http://www.tei-c.org/ns/1.0"}):
        write_header(writer, corpus)
        write_registries(writer, corpus)
        with writer.block("text"), writer.block("body"):
            for source in corpus.rows("sources"):
                with writer.block("div", {"type": "page", "corresp": f"#sources.{source['source_id']}"}):
                    for row in corpus.furniture(source["source_id"]):
                        writer.leaf("fw", {"type": row["role"]}, reading(corpus.pages[source["source_id"]], [row]).text)
                    for item in corpus.items:
                        if item.row["source_id"] == source["source_id"]:
                            _item(writer, corpus, item)
                    for row in corpus.rows("issues", article_id=None, source_id=source["source_id"]):
                        _note(writer, row, None)
    return {f"tei/{corpus.name}.xml": writer.data()}
