"""Numbers on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lingang.derive import cues
from lingang.rules.data import Data, Zone
from lingang.rules.rule import Finding, rule
from lingang.text import numbers

__all__ = ["count_points_to_its_group", "figure_kind", "figures_are_complete", "number_is_whole"]


@rule(
    "NUM004",
    "figures",
    "a kind of number that its words do not bear out",
    why="第 or 届 makes an ordinal; a number inside its label is part of a formula; any other counts.",
    mend="choose the kind that the words tell",
)
def figure_kind(data: Data) -> Iterator[Finding]:
    for row in data["figures"]:
        value = data.evidence["figures", row["figure_id"], "value"]
        label = data.evidence["figures", row["figure_id"], "label"]
        if not value or not label:
            continue
        inside = label[0]["raw_start"] <= value[0]["raw_start"] and value[0]["raw_end"] <= label[0]["raw_end"]
        ordinal = value[0]["quote"].startswith("第") or row["unit"] == "届"
        kind = "ordinal" if ordinal else "label_number" if inside else "count"
        if kind != row["kind"]:
            yield Finding("figures", row["row_no"], "kind", f"{row['kind']}: {value[0]['quote']} {row['label']}", kind)


@rule(
    "NUM005",
    "figures",
    "a number that is not as long as the text gives it, or stands far from its label",
    why="A number that lost a digit or its measure word would still be found; its label stands beside it.",
    mend="write the whole number with its measure word, and the label that it touches",
)
def number_is_whole(data: Data) -> Iterator[Finding]:
    for row in data["figures"]:
        zone = data.zones[row["article_id"]]
        value = data.evidence["figures", row["figure_id"], "value"]
        label = data.evidence["figures", row["figure_id"], "label"]
        if not value or not label:
            continue
        (start, end), (first, last) = zone.at(value[0]), zone.at(label[0])
        between = zone.text[end:first] if end <= first else zone.text[last:start] if last <= start else ""
        if not _is_whole(zone, start, end) or between.strip("“”"):
            yield Finding(
                "figures",
                row["row_no"],
                "value",
                f"{value[0]['quote']} … {row['label']}",
                "the whole number, beside its label",
            )


def _is_whole(zone: Zone, start: int, end: int) -> bool:
    try:
        return numbers.no_count(numbers.read(zone.text, start, end, cues.MEASURES)) is None
    except ValueError:
        return False


@rule(
    "NUM007",
    "figures",
    "a count that does not point to the group beside it",
    why="A number that stands right before the label of a group of its event counts that group, and no other.",
    mend="name under counts: the group whose label the number stands with",
)
def count_points_to_its_group(data: Data) -> Iterator[Finding]:
    groups: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for row in data["participations"]:
        for proof in data.evidence["participations", row["participation_id"], "group_label"]:
            groups[row["event_id"], proof["raw_start"], proof["raw_end"]].add(row["participation_id"])
    for row in data["figures"]:
        for proof in data.evidence["figures", row["figure_id"], "label"] if row["kind"] == "count" else ():
            counted = groups.get((row["event_id"], proof["raw_start"], proof["raw_end"]), {None})
            if row["participation_id"] not in counted:
                found, expected = row["participation_id"] or "no group", " or ".join(map(str, counted))
                yield Finding("figures", row["row_no"], "participation_id", found, expected.replace("None", "no group"))


_FORMULA = re.compile(
    r"[0-9]+(?:名|人|个|项|条|届|次|家|件|所)|“[一二三四五六七八九十]+[个大项]|第[一二三四五六七八九十]+[届次]|[二三四五六七八九十]+条|[一二三四五六七八九十]+届"
)


@rule(
    "NUM006",
    "articles",
    "a counted number that is no figure",
    why="Every number with a measure word is a figure, once for each label.",
    mend="record the figure",
)
def figures_are_complete(data: Data) -> Iterator[Finding]:
    for article_id, zone in data.zones.items():
        known = {
            row["quote"]
            for row in data.evidence_of_article[article_id]
            if row["table_name"] == "figures" and row["column_name"] == "value"
        }
        for match in _FORMULA.finditer(zone.text):
            start = match.start() + match.group().startswith("“")
            if not _is_whole(zone, start, match.end()):
                continue  # of what no figure can hold yet, none is missing
            if not any(
                quote.startswith(match.group().strip("“")) or match.group().strip("“") in quote for quote in known
            ):
                yield Finding(
                    "articles",
                    data.articles[article_id]["row_no"],
                    "text",
                    f"{match.group()} on line {zone.page.line_of(zone.offsets[match.start()])}",
                    "a row of figures",
                )
