"""Numbers on the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lingang.rules.rule import Finding, rule
from lingang.tables.view import View
from lingang.text import numbers

__all__ = ["count_points_to_its_group", "label_is_near", "numbers_are_read"]


@rule(
    "NUM008",
    "figures",
    "a number that is not read",
    why="What holds no number that the grammar knows, or more than one, or more than a number, has no value.",
    mend="quote the number alone with its measure word, or give value: with the reason under why:",
)
def numbers_are_read(view: View) -> Iterator[Finding]:
    for row in view["figures"]:
        for proof in view.evidence["figures", row["figure_id"], "qualifier"] if row["value"] is None else ():
            found = view.standing(proof)
            if found is None:
                continue
            zone, at = found
            try:
                numbers.read(zone.text, *at)
            except ValueError as error:
                yield Finding("figures", row["row_no"], "value", proof["quote"], str(error))


@rule(
    "NUM005",
    "figures",
    "a number that stands far from its label",
    why="What a number counts or measures is told in its own sentence.",
    mend="write the label that the sentence of the number prints",
)
def label_is_near(view: View) -> Iterator[Finding]:
    for row in view["figures"]:
        numbers = view.evidence["figures", row["figure_id"], "qualifier"]
        labels = view.evidence["figures", row["figure_id"], "label"]
        for number, label in zip(numbers, labels, strict=False):
            standing = view.standing(number)
            if standing is None:
                continue
            zone, at = standing
            (start, end), to = zone.sentence(*at), zone.covers(label)
            if to is None or not (start <= to[0] and to[1] <= end):
                found = f"{number['quote']} … {row['label']}"
                yield Finding("figures", row["row_no"], "label", found, "a label in the sentence of the number")


@rule(
    "NUM007",
    "figures",
    "a count that does not point to the group beside it",
    why="A number that stands with the label of a group of its event counts that group, and no other.",
    mend="name under counts: the group whose label the number stands with",
)
def count_points_to_its_group(view: View) -> Iterator[Finding]:
    groups: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for row in view["participations"]:
        for proof in view.evidence["participations", row["participation_id"], "group_label"]:
            groups[row["event_id"], proof["raw_start"], proof["raw_end"]].add(row["participation_id"])
    for row in view["figures"]:
        if row["participation_id"] is None:
            continue
        for proof in view.evidence["figures", row["figure_id"], "label"]:
            beside = groups.get((row["event_id"], proof["raw_start"], proof["raw_end"]))
            if beside and row["participation_id"] not in beside:
                yield Finding(
                    "figures", row["row_no"], "participation_id", row["participation_id"], " or ".join(sorted(beside))
                )
