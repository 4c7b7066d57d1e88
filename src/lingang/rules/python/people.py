"""Names, titles and kinds of registry records."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lingang.derive import cues
from lingang.derive.stand_ins import fits
from lingang.models import table
from lingang.rules.data import Data
from lingang.rules.pinyin import syllables
from lingang.rules.python.proofs import is_edge
from lingang.rules.rule import Finding, rule
from lingang.text.page import squeeze

__all__ = [
    "kind_fits_name",
    "latin_name",
    "name_cut_short",
    "one_reading",
    "parent_fits_name",
    "title_touches",
]


@rule(
    "PER002",
    "people",
    "a Latin name that is no pinyin of the characters",
    why="The Latin name has one legal syllable of Hanyu Pinyin for each character, family name first.",
    mend="write one syllable a character, without tones: family name, space, given name",
)
def latin_name(data: Data) -> Iterator[Finding]:
    for row in data["people"]:
        parts = row["name_latin"].split(" ")
        expected = [len(row["family_name"]), len(row["given_name"])]
        if len(parts) != 2 or any(
            count not in syllables(part.lower()) for part, count in zip(parts, expected, strict=True)
        ):
            yield Finding(
                "people",
                row["row_no"],
                "name_latin",
                row["name_latin"],
                f"{expected[0]} and {expected[1]} syllables for {row['family_name']} {row['given_name']}",
            )


@rule(
    "PER004",
    "people",
    "one family name read in two ways",
    why="A family name has one reading, so that a slip in one of several Latin names is seen.",
    mend="correct the Latin name that differs from the others of the same family name",
)
def one_reading(data: Data) -> Iterator[Finding]:
    readings: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in data["people"]:
        readings[row["family_name"]][row["name_latin"].split(" ")[0]] += 1
    for row in data["people"]:
        latin = row["name_latin"].split(" ")[0]
        known = readings[row["family_name"]]
        if len(known) > 1 and known[latin] <= min(known.values()):
            others = "、".join(sorted(set(known) - {latin}))
            yield Finding("people", row["row_no"], "name_latin", f"{row['family_name']}: {latin}", others)


@rule(
    "PER005",
    "*",
    "a registered form that may have been cut short",
    why="A form that the page always extends, or always precedes, by the same character is suspected to have lost it.",
    mend="register the whole name as printed",
)
def name_cut_short(data: Data) -> Iterator[Finding]:
    contexts: dict[tuple[str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    touched = {article_id: _touched(data, article_id) for article_id in data.articles}
    for article_id, zone in data.every_zone:
        starts, ends = touched[article_id]
        for row in data.mentions[article_id]:
            at = zone.covers(row)
            if row["within_mention_id"] is not None or not at:
                continue
            start, end = at
            left, right = contexts[row["entity_table"], row["entity_id"], row["surface"]]
            before = zone.offsets[start - 1] + 1 if start else None
            after = zone.offsets[end] if end < len(zone.offsets) else None
            known = before in ends or is_edge(zone, start, frozenset())
            left.add("" if known else zone.text[start - 1])
            known = after in starts or is_edge(zone, end, frozenset()) or zone.text.startswith("等", end)
            right.add("" if known else zone.text[end])
    for (name, key, surface), (left, right) in contexts.items():
        record = data.by_key(name)[key]
        column = "name" if record["name"] == surface else "aliases"
        for side, where in ((left, "before"), (right, "after")):
            if len(side) == 1 and "" not in side:
                yield Finding(
                    name,
                    record["row_no"],
                    column,
                    f"{surface}: always {next(iter(side))} {where} it",
                    "a name that the page does not go on with",
                )


def _touched(data: Data, article_id: str) -> tuple[set[int], set[int]]:
    """Raw offsets at which an outermost mention, a title or a date starts, and at which one ends."""
    rows = [row for row in data.mentions[article_id] if row["within_mention_id"] is None]
    rows += [row for row in data.evidence_of_article[article_id] if row["column_name"] in ("title_raw", "date_raw")]
    return {row["raw_start"] for row in rows}, {row["raw_end"] for row in rows}


@rule(
    "PER011",
    "positions",
    "a title that does not touch its name or the list it heads",
    why="A title belongs to the name beside it; between them stand only other titles and names of the same list.",
    mend="write the title with the name, or the whole list, that follows it in print",
)
def title_touches(data: Data) -> Iterator[Finding]:
    words: dict[str, set[str]] = defaultdict(set)
    for row in data["positions"]:
        words[row["article_id"]] |= {row["title_raw"], data.by_key("people")[row["person_id"]]["name"]}
    for row in data["positions"]:
        zone = data.zones[row["article_id"]]
        titles = data.evidence["positions", row["position_id"], "title_raw"]
        names = data.evidence["positions", row["position_id"], "person_id"]
        for title, name in zip(titles, names, strict=False):
            (start, end), (first, last) = zone.at(title), zone.at(name)
            between = zone.text[end:first] if end <= first else zone.text[last:start]
            for word in sorted(words[row["article_id"]], key=len, reverse=True):
                between = between.replace(word, "")
            if between.strip("、"):
                yield Finding(
                    "positions",
                    row["row_no"],
                    "title_raw",
                    f"{row['title_raw']}…{between}",
                    "only 、, titles and names between them",
                )


@rule(
    "PER014",
    "*",
    "a kind that the name does not bear out",
    why="The last word of a name tells what it names: 办事处, 居委会, 纪委, 学校, 路.",
    mend="choose the kind that the name tells; register a place as a place and a body as an organization",
)
def kind_fits_name(data: Data) -> Iterator[Finding]:
    for row in data["organizations"]:
        kind = cues.organization_kind(row["name"])
        if kind != row["kind"]:
            yield Finding("organizations", row["row_no"], "kind", f"{row['kind']}: {row['name']}", kind)
    for row in data["places"]:
        place_kind = cues.place_kind(row["name"])
        if place_kind != row["kind"] and (place_kind is not None or row["kind"] not in ("city", "other")):
            yield Finding("places", row["row_no"], "kind", f"{row['kind']}: {row['name']}", place_kind or "city, other")


@rule(
    "PER015",
    "*",
    "a parent that the printed forms do not bear out",
    why="A body whose printed form begins with another body's, or a stand-in, is part of that body.",
    mend="name the body with whose name the longest printed form begins as parent, or take the parent out",
)
def parent_fits_name(data: Data) -> Iterator[Finding]:
    for name, parent_column in (("organizations", "parent_organization_id"), ("places", "parent_place_id")):
        forms = {key: data.forms[name, key] for key in data.by_key(name)}
        for key, row in data.by_key(name).items():
            begun = {
                (len(theirs), other)
                for mine in forms[key]
                for other, known in forms.items()
                for theirs in known
                if other != key and mine.startswith(theirs) and mine != theirs
            }
            parent = row[parent_column]
            expected = max(begun)[1] if begun else None
            stands = parent is not None and any(
                fits(squeeze(form)[0], data.by_key(name)[parent]["name"]) for form in forms[key]
            )
            if parent != expected and not (expected is None and stands):
                yield Finding(
                    name,
                    row["row_no"],
                    parent_column,
                    str(parent or "no parent"),
                    str(expected or "no parent"),
                )
            elif parent is None and any(form[0] in "区" for form in forms[key]):
                yield Finding(name, row["row_no"], parent_column, "no parent", "the body for which 区 stands")


_POST = re.compile(r"(?:书记|主任|副主任|委员|领导|主席|局长|校长|镇长|市长|区长)\Z")


@rule(
    "PER017",
    "mentions",
    "a printed title that is no position",
    why="A title right before a name, or before the list that the name stands in, is recorded for that name.",
    mend="write the title and its holders under titles:",
)
def titles_are_complete(data: Data) -> Iterator[Finding]:
    holders = {(row["article_id"], row["person_id"]) for row in data["positions"]}
    for article_id, zone in data.zones.items():
        people = [row for row in data.mentions[article_id] if row["entity_table"] == "people" and zone.covers(row)]
        ends = {zone.at(row)[1]: zone.at(row)[0] for row in people}
        for row in people:
            start, end = zone.at(row)
            while zone.text[start - 1 : start] == "、" and start - 1 in ends:
                start = ends[start - 1]
            titled = _POST.search(zone.text[:start]) or zone.text.startswith("总书记", end)
            if titled and (article_id, row["entity_id"]) not in holders:
                yield Finding("mentions", row["row_no"], "entity_id", row["surface"], "a row of positions")


_EACH = tuple("全各我本该")
"""Before 区 or 市 these make a word of their own: 全市."""

_ID_WORDS = {
    "development_zone": ("zone",),
    "subdistrict_office": ("office",),
    "residents_committee": ("residents-committee",),
    "party_body": ("committee", "commission"),
    "discipline_body": ("committee", "commission"),
    "government_body": ("committee", "government", "bureau"),
    "school": ("school",),
    "troupe": ("troupe",),
    "road": ("road", "street", "avenue"),
    "car_park": ("car-park",),
    "market": ("market",),
    "district": ("district", "county"),
}


@rule(
    "PER016",
    "*",
    "an id that does not end with the word of its kind",
    why="The id of a body or a place reads as what it is: qinghe-road-office, baihe-road.",
    mend="end the id with the word of the kind",
)
def id_ends_with_its_kind(data: Data) -> Iterator[Finding]:
    for name in ("organizations", "places"):
        for key, row in data.by_key(name).items():
            words = _ID_WORDS.get(row["kind"])
            if words and not re.search(rf"(?:^|-)(?:{'|'.join(words)})(?:-[2-9])?\Z", key):
                yield Finding(name, row["row_no"], table(name).key, key, f"…-{' or …-'.join(words)}")


@rule(
    "PER019",
    "*",
    "two spellings of one word in ids",
    why="Ids share their words: special-action, discipline-committee; one letter's difference is a slip.",
    mend="spell the word as the other ids do",
)
def ids_are_spelt_alike(data: Data) -> Iterator[Finding]:
    used: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for name in ("articles", "organizations", "places", "campaigns", "events"):
        for key, row in data.by_key(name).items():
            for word in set(key.split("-")):
                used[word].append((name, key, row["row_no"]))
    long = [word for word in used if len(word) > 3 and word.isalpha()]
    by_rest: dict[str, set[str]] = defaultdict(set)
    for word in long:
        for rest in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            by_rest[rest].add(word)
    for word in long:
        near = {other for at in range(len(word)) for other in by_rest[word[:at] + word[at + 1 :]]} | by_rest[word]
        for other in sorted(near - {word}):
            if len(used[word]) <= len(used[other]) and _one_slip(word, other):
                for name, key, row_no in used[word]:
                    yield Finding(name, row_no, next(iter(data[name][row_no])), f"{word} in {key}", other)


def _one_slip(word: str, other: str) -> bool:
    """Whether one letter is replaced, lost, added or swapped with its neighbour; a plural and two readings of
    characters are no slip."""
    if word.rstrip("s") == other.rstrip("s") or (syllables(word) and syllables(other)):
        return False
    if len(word) == len(other):
        wrong = [at for at in range(len(word)) if word[at] != other[at]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and word[wrong[0]] == other[wrong[1]]
        return len(wrong) == 1 or (swapped and word[wrong[1]] == other[wrong[0]])
    return abs(len(word) - len(other)) == 1


@rule(
    "PER020",
    "organizations",
    "a body whose longer printed form is not registered",
    why="All printed forms are registered: the name of a body, or 区 or 市, right before a name is part of it.",
    mend="register the whole printed form as name or alias",
)
def printed_forms_are_whole(data: Data) -> Iterator[Finding]:
    for article_id, zone in data.zones.items():
        names = {at: row for row, at in data.outermost[article_id]}
        ends = {end: row for (_, end), row in names.items()}
        for (start, _), row in names.items():
            if row["entity_table"] != "organizations":
                continue
            touching = ends.get(start)
            if touching is not None:
                before = touching["surface"] if touching["entity_table"] == "organizations" else ""
            else:
                stands = zone.text[start - 1 : start] in ("区", "市") and zone.text[start - 2 : start - 1] not in _EACH
                before = zone.text[start - 1] if stands else ""
            if before:
                record = data.by_key("organizations")[row["entity_id"]]
                found = f"{before}[{row['surface']}]"
                yield Finding("organizations", record["row_no"], "aliases", found, before + row["surface"])


_NUMBER = re.compile("[0-9]{2,}")


@rule(
    "PER021",
    "*",
    "an id that the names do not bear out",
    why="An id begins like that of the record whose name begins its name; a number in it is one that the name prints.",
    mend="begin both ids with one word; write the number that is printed",
)
def ids_follow_names(data: Data) -> Iterator[Finding]:
    for name in ("organizations", "places"):
        ids = {row["name"]: key for key, row in data.by_key(name).items()}
        for key, row in data.by_key(name).items():
            begun = [ids[other] for other in ids if row["name"].startswith(other) and row["name"] != other]
            if begun and not any(key.split("-")[0] == other.split("-")[0] for other in begun):
                yield Finding(
                    name, row["row_no"], table(name).key, key, " or ".join(f"{o.split('-')[0]}-…" for o in begun)
                )
    for name in ("organizations", "places", "campaigns"):
        for key, row in data.by_key(name).items():
            printed = set(_NUMBER.findall(" ".join(data.forms[name, key])))
            if more := set(_NUMBER.findall(key)) - printed:
                yield Finding(
                    name, row["row_no"], table(name).key, f"{'、'.join(sorted(more))} in {key}", "a printed number"
                )
