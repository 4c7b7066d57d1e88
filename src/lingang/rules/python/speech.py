"""Quotations and documents against the running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lingang.derive import cues
from lingang.rules.data import Data
from lingang.rules.rule import Finding, rule

__all__ = [
    "cue_is_whole",
    "cue_stands_there",
    "cues_are_used",
    "document_kind",
    "documents_are_complete",
    "extent_is_clausal",
    "form_is_enclosed",
    "speech_ends_before_the_report",
]


def _span(data: Data, row: dict[str, object], column: str) -> tuple[int, int] | None:
    rows = data.evidence["quotations", str(row["quotation_id"]), column]
    return data.zones[str(row["article_id"])].at(rows[0]) if rows else None


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span without the line feed before its paragraph."""
    return span[0] + text.startswith("\n", span[0]), span[1]


@rule(
    "QUO003",
    "quotations",
    "direct speech that is not enclosed, or the reverse",
    why="Speech is direct exactly when the page encloses it in “ ”.",
    mend="let the extent be what stands between the marks, without them",
)
def form_is_enclosed(data: Data) -> Iterator[Finding]:
    for row in data["quotations"]:
        span = _span(data, row, "text")
        shown = _span(data, row, "form")
        text = data.zones[row["article_id"]].text
        if span:
            enclosed = text[span[0] - 1 : span[0]] == "“" and text[span[1] : span[1] + 1] == "”"
            if enclosed != (row["form"] == "direct"):
                yield Finding("quotations", row["row_no"], "form", row["form"], "direct" if enclosed else "indirect")
            elif shown and _trimmed(text, shown) != _trimmed(text, (span[0] - enclosed, span[1] + enclosed)):
                found = f"{row['form']}: {text[slice(*shown)].strip()[:20]}"
                expected = "the speech and its marks" if enclosed else "the speech"
                yield Finding("quotations", row["row_no"], "form", found, expected)


@rule(
    "QUO004",
    "quotations",
    "a cue that does not stand beside its quotation",
    why="The cue opens the speech, or closes it after the speaker's name.",
    mend="give the cue right before the speech, or of direct speech right after it",
)
def cue_stands_there(data: Data) -> Iterator[Finding]:
    for row in data["quotations"]:
        cue, extent = _span(data, row, "cue"), _span(data, row, "text")
        if not cue or not extent:
            continue
        text = data.zones[row["article_id"]].text
        between = text[cue[1] : extent[0]] if cue[1] <= extent[0] else text[extent[1] : cue[0]]
        opens = cue[1] <= extent[0] and not between.strip("，：“")
        closes = extent[1] <= cue[0] and not re.search(r"[，。；\n]", between)
        if not opens and not closes:
            yield Finding(
                "quotations",
                row["row_no"],
                "cue",
                f"{row['cue']}…{between[:20]}",
                "nothing but ，：“ between cue and speech, or only the speaker after it",
            )


@rule(
    "QUO007",
    "quotations",
    "an extent that does not begin and end at a clause",
    why="A quotation is whole clauses and ends with its sentence.",
    mend="let it begin after the cue and end with the full stop of the last sentence",
)
def extent_is_clausal(data: Data) -> Iterator[Finding]:
    for row in data["quotations"]:
        span = _span(data, row, "text")
        if not span:
            continue
        text = data.zones[row["article_id"]].text
        cue = _span(data, row, "cue")
        begins = text[span[0] - 1 : span[0]] in "，：“。\n" or (cue is not None and span[0] == cue[1])
        enclosed = text[span[1] : span[1] + 1] == "”"
        ends = text[span[1] - 1 : span[1]] in tuple("。！？") and not (row["form"] == "indirect" and enclosed)
        if not begins or not ends:
            yield Finding(
                "quotations",
                row["row_no"],
                "text",
                f"{row['text'][:8]}…{row['text'][-8:]}",
                "from a clause to the end of a sentence",
            )


@rule(
    "QUO014",
    "quotations",
    "a quotation that runs on into the report",
    why="The words that tell who took part are the paper's, not the speaker's.",
    mend="end the quotation before the report goes on, with to:",
)
def speech_ends_before_the_report(data: Data) -> Iterator[Finding]:
    told = {
        article_id: [
            at
            for row in data.evidence_of_article[article_id]
            if row["table_name"] == "participations" and row["column_name"] == "role" and (at := zone.covers(row))
        ]
        for article_id, zone in data.zones.items()
    }
    for row in data["quotations"]:
        span = _span(data, row, "text")
        for start, end in told[row["article_id"]]:
            if span and span[0] <= start and end <= span[1]:
                report = data.zones[row["article_id"]].text[start:end]
                yield Finding("quotations", row["row_no"], "text", f"…{report}", "an end before these words")


@rule(
    "QUO008",
    "documents",
    "a kind of document that its title does not bear out",
    why="The last word of a title tells the kind: 意见, 通知, 名单.",
    mend="choose the kind that the title tells",
)
def document_kind(data: Data) -> Iterator[Finding]:
    for row in data["documents"]:
        kind = cues.document_kind(row["title"])
        if kind != row["kind"]:
            yield Finding("documents", row["row_no"], "kind", f"{row['kind']}: {row['title']}", kind)


@rule(
    "QUO009",
    "documents",
    "a text in 《》 that is no document, or a title that is not the whole of it",
    why="Every document is named in 《》, and its title is the whole text between the marks.",
    mend="record the document with its whole title",
)
def documents_are_complete(data: Data) -> Iterator[Finding]:
    for article_id, zone in data.zones.items():
        titles = {
            zone.at(row): row
            for row in data.evidence_of_article[article_id]
            if row["table_name"] == "documents" and row["column_name"] == "title"
        }
        printed = {match.span(1) for match in re.finditer("《([^《》]*)》", zone.text)}
        for span, row in titles.items():
            if span not in printed:
                record = data.by_key("documents")[row["record_id"]]
                yield Finding("documents", record["row_no"], "title", row["quote"], "the whole text in 《》")
        for start, end in printed - set(titles):
            yield Finding(
                "articles",
                data.articles[article_id]["row_no"],
                "text",
                f"《{zone.text[start:end]}》",
                "a row of documents",
            )


@rule(
    "QUO010",
    "articles",
    "a cue of speech that opens no quotation",
    why="One row for each run of speech under one cue: 会议指出, 会议强调, 会议要求, 表示, 希望.",
    mend="record the quotation that the cue opens",
)
def cues_are_used(data: Data) -> Iterator[Finding]:
    for article_id, zone in data.zones.items():
        used = [
            zone.at(row)
            for row in data.evidence_of_article[article_id]
            if row["table_name"] == "quotations" and row["column_name"] in ("cue", "text")
        ]
        for match in re.finditer(r"(?<![一-龥])会议(?:指出|强调|要求)|表示|希望", zone.text):
            if not any(start <= match.start() and match.end() <= end for start, end in used):
                clause = zone.clause(*match.span())
                yield Finding(
                    "articles",
                    data.articles[article_id]["row_no"],
                    "text",
                    zone.text[slice(*clause)],
                    "a row of quotations",
                )


@rule(
    "QUO011",
    "quotations",
    "a cue that is not a whole word",
    why="The cue is a word of speech; a part of one tells nothing.",
    mend="write the whole cue: 会议指出, 表示, 希望",
)
def cue_is_whole(data: Data) -> Iterator[Finding]:
    for row in data["quotations"]:
        cue = _span(data, row, "cue")
        before = data.zones[row["article_id"]].text[: cue[0]] if cue else ""
        if not cues.QUOTATION_CUE.fullmatch(row["cue"]) or (
            before.endswith("会议") and not row["cue"].startswith("会议")
        ):
            yield Finding("quotations", row["row_no"], "cue", row["cue"], cues.QUOTATION_CUE.pattern)


@rule(
    "QUO013",
    "documents",
    "an issuer that does not stand right before the title",
    why="The body whose name touches 《 issued the document; where none does, the item names no issuer.",
    mend="name the body that stands before 《, or take the issuer out",
)
def issuer_touches_title(data: Data) -> Iterator[Finding]:
    for row in data["documents"]:
        zone = data.zones[row["article_id"]]
        for title in data.evidence["documents", row["document_id"], "title"]:
            mark = zone.at(title)[0] - 1
            touching = {
                mention["entity_id"]
                for mention in data.mentions[row["article_id"]]
                if mention["entity_table"] == "organizations" and zone.covers(mention) and zone.at(mention)[1] == mark
            }
            if row["issuer_organization_id"] not in (touching or {None}):
                found = str(row["issuer_organization_id"])
                yield Finding(
                    "documents", row["row_no"], "issuer_organization_id", found, " or ".join(touching) or "no issuer"
                )
