"""Quotations and documents against the running text."""

from __future__ import annotations

from collections.abc import Iterator

from lingang.rules.rule import Finding, at_text, rule
from lingang.tables.marks import CLOSING, OPENING, QUOTATION_MARKS, TITLE_MARKS, book_titles
from lingang.tables.view import Row, View
from lingang.text.cues import Told, longest
from lingang.text.zone import CLAUSE_ENDS, Zone

__all__ = [
    "cue_is_known",
    "cue_stands_there",
    "documents_are_complete",
    "extent_is_clausal",
    "meeting_speaks",
    "speech_is_recorded",
]

Interval = tuple[int, int]


def _placed(view: View, row: Row, column: str) -> tuple[Zone, Interval] | None:
    proofs = view.evidence["quotations", row["quotation_id"], column]
    return next((found for proof in proofs if (found := view.standing(proof))), None)


@rule(
    "QUO004",
    "quotations",
    "a cue that does not stand beside its quotation",
    why="The cue opens the speech, or closes it after the speaker's name.",
    mend="give the cue right before the speech, or of direct speech right after it",
)
def cue_stands_there(view: View) -> Iterator[Finding]:
    for row in view["quotations"]:
        cue, extent = _placed(view, row, "cue"), _placed(view, row, "text")
        if cue is None or extent is None or cue[0] is not extent[0]:
            continue
        text, (start, end), (first, last) = cue[0].text, cue[1], extent[1]
        inside = first <= start and end <= last
        between = text[end:first] if end <= first else text[last:start]
        opens = end <= first and not set(between.strip("，：、")) & set(CLAUSE_ENDS) and len(between) <= _ADDRESSEE
        direct = last < len(text) and text[last] in CLOSING
        closes = last <= start and not set(between.strip("，")) & set(_SENTENCE_ENDS if direct else CLAUSE_ENDS)
        if not (opens or closes or inside):
            expected = "cue and speech in one clause or parted by ，：“, or only the speaker after it"
            yield Finding("quotations", row["row_no"], "cue", f"{row['cue']}…{between[:20]}", expected)


_SENTENCE_ENDS = "。！？\n"
"""After direct speech a whole sentence may tell when, where and who before its cue: “……”当天上午，正在挑菜的她说。"""

_ADDRESSEE = 16
"""Characters of those who are spoken to, between a cue and the speech: 提醒广大市民，."""


@rule(
    "QUO007",
    "quotations",
    "an extent that does not begin and end at a clause",
    why="A quotation is whole clauses, and mostly ends with a sentence.",
    mend="let it begin after the cue and end with the last clause of the speech",
)
def extent_is_clausal(view: View) -> Iterator[Finding]:
    marks = frozenset(mark for pair in (*QUOTATION_MARKS, *TITLE_MARKS) for mark in pair)
    for row in view["quotations"]:
        placed, cue = _placed(view, row, "text"), _placed(view, row, "cue")
        if placed is None:
            continue
        zone, (start, end) = placed
        text = zone.text
        begins = start == 0 or text[start - 1] in CLAUSE_ENDS or text[start - 1] in marks or text[start - 1] == "、"
        begins = begins or (cue is not None and cue[0] is zone and cue[1][1] == start)
        ends = text[end - 1] in CLAUSE_ENDS or end == len(text) or text[end] in CLAUSE_ENDS or text[end] in marks
        if not begins or not ends:
            found = f"{row['text'][:8]}…{row['text'][-8:]}"
            yield Finding("quotations", row["row_no"], "text", found, "from a clause to the end of a clause")


@rule(
    "QUO011",
    "quotations",
    "a cue that the lexicon does not know",
    why="The cue is a whole word of speech; a part of one tells nothing.",
    mend="write the whole cue; add it to speech_verbs: in dataset/lexicon.yaml, or say under why: cue: what it tells",
)
def cue_is_known(view: View) -> Iterator[Finding]:
    if view.lexicon is None:
        return
    known = frozenset(view.lexicon.words("speech_verbs"))
    for row in view["quotations"]:
        proofs = view.evidence["quotations", row["quotation_id"], "cue"]
        told = row["cue"] in known or _names_speaker(view, row) or any(proof["note"] for proof in proofs)
        if not told:
            yield Finding("quotations", row["row_no"], "cue", row["cue"], "a whole word that tells of speech")


def _names_speaker(view: View, row: Row) -> bool:
    """Whether the cue is the speaker with a colon, as interviews print it: 老人：九十三。"""
    placed = _placed(view, row, "cue")
    forms = {row["group_label"], *view.forms.get(("people", row["person_id"]), ())}
    return placed is not None and row["cue"] in forms and placed[0].text.startswith(("：", ":"), placed[1][1])


@rule(
    "QUO010",
    "articles",
    "words of speech that open no quotation",
    why="One row for each run of speech under one cue.",
    mend="record the quotation that the cue opens, or accept the advice where nothing is said",
)
def speech_is_recorded(view: View) -> Iterator[Finding]:
    if view.lexicon is None:
        return
    finder = view.lexicon.finder("speech_verbs")
    for article_id, zone in view.zones.items():
        used = [
            at
            for row in view.evidence_of_article[article_id]
            if row["table_name"] == "quotations" and row["column_name"] in ("cue", "text") and (at := zone.covers(row))
        ]
        for told in longest(finder.tell(zone.text)):
            if _opens(view, article_id, zone, told) and not any(
                start < told.end and told.start < end for start, end in used
            ):
                shown = zone.text[slice(*zone.clause(told.start, told.end))]
                yield at_text(view, article_id, shown, "a row of quotations", zone, (told.start, told.end))


@rule(
    "QUO005",
    "quotations",
    "a meeting speaks, and no meeting is named",
    why="What a meeting says was said at it.",
    mend="name the event, or the speaker",
)
def meeting_speaks(view: View) -> Iterator[Finding]:
    for row in view["quotations"]:
        if row["speaker_kind"] == "event" and row["event_id"] is None:
            yield Finding("quotations", row["row_no"], "event_id", f"{row['cue']} by no event", "the event that speaks")


def _opens(view: View, article_id: str, zone: Zone, told: Told) -> bool:
    """Whether words of speech open speech: a mark follows, and one who may speak stands right before them."""
    assert view.lexicon is not None
    follows = zone.text[told.end : told.end + 1]
    if follows == "：" or follows in OPENING:
        return True
    before = zone.text[: told.start]
    speakers = (
        *view.lexicon.words("stand_ins"),
        *(cue.strip("^$") for cue in view.lexicon["event_kind"]["meeting"].cues),
    )
    named = any(end == told.start for _, (_, end) in view.outermost[article_id])
    return follows == "，" and (named or before.endswith(speakers) or before[-1:] in ("", *CLAUSE_ENDS))


@rule(
    "QUO009",
    "articles",
    "a text in 《》 that is no document",
    why="Documents, books and shows are named in 《》; a document has a row.",
    mend="record the document with its whole title, or accept the advice where it is none",
)
def documents_are_complete(view: View) -> Iterator[Finding]:
    for article_id, zone in view.zones.items():
        titles = [
            at
            for row in view.evidence_of_article[article_id]
            if row["table_name"] in ("documents", "events", "campaigns", "participations", "figures", "quotations")
            and row["column_name"] in ("title", "name", "group_label", "award", "label", "about", "text")
            and (at := zone.covers(row))
        ]
        told: set[str] = set()
        recorded = {zone.text[slice(*at)] for at in titles}
        for start, end in book_titles(zone.text):
            title = zone.text[start:end]
            if title in told or title in recorded or any(first <= start and end <= last for first, last in titles):
                continue
            told.add(title)
            yield at_text(view, article_id, f"《{title}》", "a row of documents", zone, (start, end))
