"""Quotations: one row for each run of speech under one cue."""

from __future__ import annotations

from lingang.authored.anchor import Anchor, AnchorError
from lingang.authored.nodes import Mapping, Scalar
from lingang.compile.entry import Entry
from lingang.compile.events import event_of
from lingang.compile.item import Item
from lingang.compile.registry import KIND, Entity
from lingang.compile.rows import Row, Rows
from lingang.compile.stand_ins import prove_stand_in
from lingang.problems import Problem
from lingang.tables.marks import QUOTATION_MARKS
from lingang.text.page import Span, squeeze
from lingang.text.zone import Zone

__all__ = ["add_quotations"]

_AFTER_CUE = "，：、" + "".join(opening for opening, _ in QUOTATION_MARKS)


def add_quotations(item: Item, nodes: list[Mapping], rows: Rows) -> None:
    """Rows of ``quotations`` of an article file, numbered in page order."""
    placed: list[tuple[Span, Entry]] = []
    for node in nodes:
        entry = Entry(node, "speaker")
        try:
            placed.append((_cue(item, entry), entry))
        except AnchorError as error:
            rows.problems.append(error.problem)
    for number, (cue, entry) in enumerate(sorted(placed, key=lambda one: one[0]), start=1):
        try:
            _add_quotation(item, number, cue, entry, rows)
        except AnchorError as error:
            rows.problems.append(error.problem)


def _cue(item: Item, entry: Entry) -> Span:
    anchor = entry.anchor("cue")
    assert anchor is not None, "the shape was checked"
    return item.place(anchor)


def _extent(item: Item, entry: Entry, cue: Span) -> Span:
    """From after the cue to the end of its paragraph, unless ``from`` and ``to`` say otherwise."""
    zone = item.zone_of(cue)
    first, last = entry.scalar("from"), entry.scalar("to")
    if first is not None:
        begin = item.place(Anchor(first.text, first.place), first=last is not None)
        start = _beside(zone, cue, begin, first)[0]
    else:
        start = zone.position(cue.end - 1) + 1
        while start < len(zone.text) and zone.text[start] in _AFTER_CUE:
            start += 1
    end = start
    if last is not None and start < len(zone.text):
        after = Span(zone.offsets[start], zone.offsets[-1] + 1) if first is not None else None
        finish = item.place(Anchor(last.text, last.place), within=after, first=after is not None)
        end = _beside(zone, cue, finish, last)[1]
    elif last is None:
        end = zone.text.find("\n", start)
        end = len(zone.text) if end == -1 else end
    if end <= start or "\n" in zone.text[start:end].strip("\n"):
        raise AnchorError(
            Problem(
                "QUO001",
                "the extent of this quotation is empty or runs over a paragraph",
                (last or first or entry).place,
                expected="from before to, in one paragraph",
                found=f"from code point {start} to {end}",
            )
        )
    return zone.span(start, end)


def _beside(zone: Zone, cue: Span, end: Span, node: Scalar) -> tuple[int, int]:
    """Where an end of a quotation stands in the text of its cue."""
    at = zone.inside(end.start, end.end)
    if at is None:
        message, expected = "the quotation ends in another text than its cue", "words of the same text"
        raise AnchorError(Problem("QUO001", message, node.place, expected, node.text))
    return at


def _speaker(item: Item, entry: Entry, cue: Span) -> tuple[str, Entity | None, Span]:
    """``(kind, entity, span)`` of who speaks: of a name the mention nearest to the cue in its sentence."""
    speaker, group, stand_in = (entry.scalar(key) for key in ("speaker", "group", "stand_in"))
    if group is not None:
        return "group", None, item.place(Anchor(group.text, group.place), within=item.sentence(cue))
    if speaker is None:
        return "event", None, cue
    entity = item.resolve(speaker, ["people", "organizations"])
    if stand_in is not None:
        return KIND[entity.table], entity, _nearest(item, stand_in, cue)
    sentence = item.sentence(cue)
    named = item.mentioned(sentence, entity)
    if not named:
        message = f"{entity.name} is not named in the sentence of the cue"
        expected = "the speaker's name in the sentence of the cue, or stand_in: with the word that stands for it there"
        raise AnchorError(Problem("EVI002", message, speaker.place, expected, item.page.quote(sentence)[:40]))
    before = [span for span in named if span.end <= cue.start]
    span = before[-1] if before else named[0]
    item.choose(span, entity, speaker)
    return KIND[entity.table], entity, span


def _nearest(item: Item, word: Scalar, cue: Span) -> Span:
    """The place of a stand-in: the last before the cue in its sentence."""
    zone = item.zone_of(cue)
    found = [zone.span(*match) for match in zone.find(word.text, within=item.sentence(cue))]
    before = [span for span in found if span.end <= cue.end] or found
    return before[-1] if before else item.place(Anchor(word.text, word.place), within=item.sentence(cue))


def _marks(item: Item, extent: Span) -> Span:
    """The extent with the marks that enclose it, if any do."""
    zone = item.zone_of(extent)
    start, end = zone.position(extent.start), zone.position(extent.end - 1) + 1
    enclosed = any(
        zone.text[start - 1 : start] == opening and zone.text[end : end + 1] == closing
        for opening, closing in QUOTATION_MARKS
    )
    return zone.span(start - 1, end + 1) if enclosed else extent


def _add_quotation(item: Item, number: int, cue: Span, entry: Entry, rows: Rows) -> None:
    event, event_node = event_of(entry)
    extent = _extent(item, entry, cue)
    kind, entity, span = _speaker(item, entry, cue)
    page = item.page
    around = _marks(item, extent)
    column = "group_label" if kind == "group" else f"{kind}_id"
    speaker = entry.scalar("speaker") or entry.scalar("group") or event_node or entry.scalar("cue") or entry
    last = entry.scalar("to") or entry.scalar("from") or entry.scalar("cue") or entry
    row: Row = rows.add(
        "quotations",
        entry.place,
        {
            "quotation_id": f"{item.id}-quotation-{number}",
            "article_id": item.id,
            "event_id": event,
            "form": "direct" if around != extent else "indirect",
            "speaker_kind": kind,
            "cue": page.quote(cue),
            "text": page.quote(extent),
            **({} if kind == "event" else {column: entity.id if entity else page.quote(span)}),
        },
        text=last.place,
        **({} if kind == "event" else {column: speaker.place}),
        **entry.written(event_id="event", cue="cue"),
    )
    entry.explain(row, event_id="event", cue="cue", **({column: "speaker"} if kind != "event" else {}))
    rows.prove(row, "cue", [cue], page, item.id)
    rows.prove(row, "text", [extent], page, item.id)
    rows.prove(row, "form", [around], page, item.id)
    stand_in = entry.scalar("stand_in")
    if stand_in is not None and entity is not None:
        prove_stand_in(row, column, span, squeeze(stand_in.text), entity, item, rows)
    elif kind != "event":
        rows.prove(row, column, [span], page, item.id)
