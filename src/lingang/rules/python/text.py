"""Names in running text: none may be overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lingang.page import squeeze
from lingang.rules.data import Data
from lingang.rules.rule import Finding, rule

__all__ = ["mentions_are_complete", "no_unregistered_body"]

_BODY = re.compile(
    r"党工委|管委会|纪工委|监工委|办事处|居委会|小学|中学|学校|超市|公司|剧团|[市省]委|市政府|市纪委|(?<!技术)开发区|委员会"
    r"|专项提升行动|专项整治行动|集中督导|专项监督|文明城市创建|文明创建|创文|停车场|建材市场|万达广场|[一-龥]路(?=[、，。])"
)
"""Endings by which a body, a place or a campaign is known."""


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
        for match in _BODY.finditer(zone.text):
            if not any(first < match.end() <= last for first, last in known):
                shown = squeeze(zone.text[max(0, match.start() - 6) : match.end()])
                line = zone.page.line_of(zone.offsets[match.start()])
                yield Finding(
                    "articles",
                    data.articles[article_id]["row_no"],
                    "text",
                    f"…{shown} on line {line}",
                    "a name or alias of organizations.yaml, places.yaml or campaigns.yaml that ends here",
                )


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
