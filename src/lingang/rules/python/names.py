"""Names and mentions: none may be overlooked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lingang.rules.rule import Finding, at_text, rule
from lingang.rules.unknown import unknown_names, unsigned_names
from lingang.tables.marks import ASIDE
from lingang.tables.view import View
from lingang.text.page import squeeze
from lingang.text.pinyin import syllables
from lingang.text.zone import Zone

__all__ = [
    "identities_are_linked",
    "latin_name",
    "mentions_are_complete",
    "names_are_registered",
    "one_reading",
    "title_touches",
]


@rule(
    "MEN001",
    "mentions",
    "an occurrence of a registered name that is no mention",
    why="Mentions are complete with respect to the registries: a name counts as often as it is printed.",
    mend="record it; under mentions: an author may exclude one, with a reason",
)
def mentions_are_complete(view: View) -> Iterator[Finding]:
    for article_id, zone in view.every_zone:
        spans = [at for row in view.mentions[article_id] if (at := zone.covers(row))]
        for (table, key), forms in view.forms.items():
            if not view.in_scope(table, key, article_id):
                continue
            for form in forms:
                for start, end in zone.find(form):
                    if not any(first <= start and end <= last for first, last in spans):
                        line = zone.page.line_of(zone.offsets[start])
                        found = f"{form} on line {line} is no mention"
                        yield at_text(view, article_id, found, "a row of mentions", zone, (start, end))


def _form(finding: Finding) -> str:
    """The form that a finding shows, before its line."""
    return finding.found.rpartition(" on line ")[0]


@rule(
    "MEN002",
    "articles",
    "a name that no registry knows",
    why="What ends like the name of a body or a place, or is a family name after a post, is likely a name.",
    mend="register the name or the form; accept the advice where it is none",
    once=_form,
)
def names_are_registered(view: View) -> Iterator[Finding]:
    told: set[str] = set()
    for article_id, zone in view.zones.items():
        for start, end, what in unknown_names(view, article_id, zone):
            form = zone.text[start:end]
            if form not in told:
                told.add(form)
                found = f"{form} on line {zone.page.line_of(zone.offsets[start])}"
                yield at_text(view, article_id, found, what, zone, (start, end))
        for byline, start, end in unsigned_names(view, article_id):
            form = byline.text[start:end]
            if form not in told:
                told.add(form)
                found = f"{form} on line {byline.page.line_of(byline.offsets[start])}"
                yield at_text(view, article_id, found, "a name or alias of people.yaml", byline, (start, end))


@rule(
    "PER002",
    "people",
    "a Latin name that is no pinyin of the characters",
    why="The Latin name of a Chinese name has one legal syllable of Hanyu Pinyin a character, family name first, "
    "or is as the page prints it.",
    mend="write one syllable a character, without tones: family name, space, given name",
    by_page=False,
)
def latin_name(view: View) -> Iterator[Finding]:
    for row in view["people"]:
        if None in (row["name_latin"], row["family_name"], row["given_name"]):
            continue
        parts = row["name_latin"].split(" ")
        if len(parts) == 1 and len(row["family_name"]) in syllables(parts[0].lower()):
            continue  # a family name with 某 or a form of address
        due = [len(row["family_name"]), len(row["given_name"])]
        if len(parts) != 2 or any(count not in syllables(part.lower()) for part, count in zip(parts, due, strict=True)):
            if any(squeeze(row["name_latin"]) in squeeze(page.text) for page in view.pages.values()):
                continue  # as the page prints it: 郑咏诗（Cheng Wing-sze）
            expected = f"{due[0]} and {due[1]} syllables for {row['family_name']} {row['given_name']}"
            yield Finding("people", row["row_no"], "name_latin", row["name_latin"], expected)


@rule(
    "PER004",
    "people",
    "one family name read in two ways",
    why="A family name mostly has one reading, so that a slip in one of several Latin names is seen.",
    mend="correct the Latin name that differs from the others of the same family name",
    by_page=False,
)
def one_reading(view: View) -> Iterator[Finding]:
    readings: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = [row for row in view["people"] if row["family_name"] and row["name_latin"]]
    for row in rows:
        readings[row["family_name"]][row["name_latin"].split(" ")[0]] += 1
    for row in rows:
        latin = row["name_latin"].split(" ")[0]
        known = readings[row["family_name"]]
        if len(known) > 1 and known[latin] <= min(known.values()):
            others = "、".join(sorted(set(known) - {latin}))
            yield Finding("people", row["row_no"], "name_latin", f"{row['family_name']}: {latin}", others)


@rule(
    "PER007",
    "people",
    "one person in two pages whose posts share no body",
    why="Two officials of one name are not one person in silence: their posts in two pages are of one body, or of "
    "bodies whose names say where they are. A leader of the state is one person in every page.",
    mend="make two entries with in:, or say under why: identity_basis: what links them",
    by_page=False,
)
def identities_are_linked(view: View) -> Iterator[Finding]:
    bodies: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in view["positions"]:
        source = view.articles[row["article_id"]]["source_id"]
        bodies[row["person_id"]][source].add(row["organization_id"])
    for row in view["people"]:
        pages = [found - {None} for found in bodies[row["person_id"]].values()]
        if (
            len(pages) > 1
            and row["public_role"] != "national_leader"
            and not set.intersection(*pages)
            and not view.evidence["people", row["person_id"], "identity_basis"]
        ):
            found = "; ".join("、".join(sorted(known)) or "no body" for known in pages)
            yield Finding("people", row["row_no"], "identity_basis", found, "a body that the pages share")


@rule(
    "PER011",
    "positions",
    "a title that does not touch its name or the list it heads",
    why="A title belongs to the name beside it, or to the names in the quote that holds both; between them stand only "
    "other titles and names of the same list.",
    mend="write the title with the name, or the whole list, beside it in print; or quote: with both and no other name",
)
def title_touches(view: View) -> Iterator[Finding]:
    joiners = view.lexicon.words("joiners") if view.lexicon is not None else ("、",)
    words: dict[str, set[str]] = defaultdict(set)
    holders: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in view["positions"]:
        words[row["article_id"]] |= {row["title_raw"], *view.forms.get(("people", row["person_id"]), ())}
        for title in view.evidence["positions", row["position_id"], "title_raw"]:
            holders[row["article_id"], title["raw_start"]].add(row["person_id"])
    for row in view["positions"]:
        titles = view.evidence["positions", row["position_id"], "title_raw"]
        names = view.evidence["positions", row["position_id"], "person_id"]
        for title, name in zip(titles, names, strict=False):
            standing = view.standing(title)
            if standing is None:
                continue
            zone, at = standing
            to = zone.covers(name)
            if to is None:
                continue
            others = _named(view, row["article_id"], zone, to) - holders[row["article_id"], title["raw_start"]]
            if to[0] <= at[0] and at[1] <= to[1] and others:
                found = f"{row['title_raw']}: {name['quote']}"
                yield Finding("positions", row["row_no"], "title_raw", found, "a quote that names its holders alone")
            between = zone.text[at[1] : to[0]] if at[1] <= to[0] else zone.text[to[1] : at[0]]
            for word in sorted([*words[row["article_id"]], *joiners], key=len, reverse=True):
                between = between.replace(word, "")
            if re.sub(f"[、，]|{ASIDE}", "", between):
                found = f"{row['title_raw']}…{between}"
                yield Finding("positions", row["row_no"], "title_raw", found, "only titles and names between them")


def _named(view: View, article_id: str, zone: Zone, where: tuple[int, int]) -> set[str]:
    """The people whose names stand in a part of an item."""
    return {
        row["entity_id"]
        for row in view.mentions[article_id]
        if row["entity_table"] == "people" and (at := zone.covers(row)) and where[0] <= at[0] and at[1] <= where[1]
    }
