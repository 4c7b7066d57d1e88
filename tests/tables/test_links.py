"""Links that tell which of two events came first: both directions are held to dates and circles alike."""

from __future__ import annotations

import re

import pytest

from tiny_root import problems, tiny_root

ITEM = """\
text: {{body: [1]}}
events:
  rally:
    trigger: 召开
    name: 动员会
    date: 6月8日
    participants: [{{role: organizer, name: 松岭市委}}]
{rally}  talk:
    trigger: 举行
    name: 座谈会
    date: 6月9日
    participants: [{{role: organizer, name: 青禾镇小学}}]
{talk}"""
BODIES = "committee: {name: 松岭市委}\nschool: {name: 青禾镇小学}\n"
PAGE = "2024年，当选前，6月8日，松岭市委召开动员会。随后，6月9日，青禾镇小学举行座谈会。\n"


def found(rally: str | None, talk: str | None) -> set[str]:
    """The rules about links that complain of the links of the first event and of the second."""

    def link(relation: str | None, other: str) -> str:
        quote = "随后" if relation == "follows" else "当选"
        return f"    links: [{{relation: {relation}, event: {other}, quote: {quote}}}]\n" if relation else ""

    item = ITEM.format(rally=link(rally, "talk"), talk=link(talk, "rally"))
    told = problems(tiny_root(PAGE, {"item": item}, registries={"people": "{}\n", "organizations": BODIES}))
    assert not [line for line in told if "severity='error'" in line], told
    return {rule for line in told for rule in re.findall(r"EVT00[89]", line)}


@pytest.mark.long
@pytest.mark.parametrize(
    ("rally", "talk", "rules"),
    [
        (None, "follows", set()),
        ("precedes", None, set()),
        ("precedes", "follows", set()),
        ("follows", None, {"EVT008"}),
        (None, "precedes", {"EVT008"}),
        ("follows", "follows", {"EVT008", "EVT009"}),
        ("precedes", "precedes", {"EVT008", "EVT009"}),
    ],
)
def test_an_order_is_told_from_either_end(rally: str | None, talk: str | None, rules: set[str]) -> None:
    assert found(rally, talk) == rules
