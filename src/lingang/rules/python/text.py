"""Names in running text: none may be overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lingang.derive.unregistered import unknown_names
from lingang.rules.data import Data
from lingang.rules.rule import Finding, rule
from lingang.text.page import squeeze

__all__ = ["mentions_are_complete", "no_unregistered_body"]


@rule(
    "TXT017",
    "mentions",
    "an occurrence of a registered name that is no mention",
    why="Mentions are complete with respect to the registries: a name counts as often as it is printed.",
    mend="rebuild the tables from the authored files",
)
def mentions_are_complete(data: Data) -> Iterator[Finding]:
    for article_id, zone in data.every_zone:
        spans = [zone.at(row) for row in data.mentions[article_id] if zone.covers(row)]
        for forms in data.forms.values():
            for form in forms:
                for start, end in zone.find(form):
                    if not any(first <= start and end <= last for first, last in spans):
                        yield Finding(
                            "articles",
                            data.articles[article_id]["row_no"],
                            "text",
                            f"{form} on line {zone.page.line_of(zone.offsets[start])} is no mention",
                            "a row of mentions",
                        )


@rule(
    "TXT018",
    "articles",
    "a body, place or campaign that no registry knows",
    why="A word that ends like the name of a body is a name, an anaphor or part of a described group.",
    mend="register the name or the form, or record the anaphor or the group that it is part of",
)
def no_unregistered_body(data: Data) -> Iterator[Finding]:
    for article_id, zone in data.zones.items():
        known = [zone.at(row) for row in data.mentions[article_id] if zone.covers(row)]
        known += [
            zone.at(row)
            for row in data.evidence_of_article[article_id]
            if zone.covers(row) and (row["column_name"] == "group_label" or "stands for" in (row["note"] or ""))
        ]
        for unknown in unknown_names(zone.text, known):
            shown = squeeze(zone.text[max(0, unknown.start - 6) : unknown.end])
            line = zone.page.line_of(zone.offsets[unknown.start])
            yield Finding(
                "articles",
                data.articles[article_id]["row_no"],
                "text",
                f"…{shown} on line {line}",
                f"a name or alias of {unknown.registry}.yaml that ends here",
            )


_SENTENCE_ENDS = re.compile(r"[。！？]”?\Z")


@rule(
    "TXT023",
    "segments",
    "a paragraph that goes on after its end",
    why="A line that ends a sentence before a blank line, or in the first half of the column, ends its paragraph.",
    mend="begin a paragraph on the line after it",
)
def paragraphs_end(data: Data) -> Iterator[Finding]:
    for article_id, rows in data.segments.items():
        text = data.page_of(article_id).text
        for row in rows:
            if row["role"] != "body":
                continue
            lines = [squeeze(line) for line in text[row["raw_start"] : row["raw_end"]].split("\n")]
            column = max(map(len, lines))
            for line, following in pairwise(lines):
                if _SENTENCE_ENDS.search(line) and (not following or 2 * len(line) <= column):
                    yield Finding("segments", row["row_no"], "raw_end", line, "no line of the paragraph after it")


_CHINESE = re.compile(r"zh(?:-Han[st])?(?:-[A-Z]{2})?")
"""The tags of written Chinese: the script that is simplified or traditional, then a region."""


@rule(
    "TXT024",
    "sources",
    "a language that the characters of the page do not bear out",
    why="A page of Han characters is Chinese; the tag says so first.",
    mend="write the BCP 47 tag of the page's language: zh-Hans, zh-Hant",
)
def language_fits(data: Data) -> Iterator[Finding]:
    for row in data["sources"]:
        han = sum("一" <= char <= "鿿" for char in row["text"]) * 2 > len(squeeze(row["text"]))
        if han != (row["language"].split("-")[0] == "zh"):
            yield Finding("sources", row["row_no"], "language", row["language"], "zh" if han else "another language")
        elif han and not _CHINESE.fullmatch(row["language"]):
            yield Finding("sources", row["row_no"], "language", row["language"], "zh, zh-Hans or zh-Hant, and a region")
