"""Characters of a page that look like another, or are not seen."""

from __future__ import annotations

from collections.abc import Iterator

from lingang.rules.rule import Finding, rule
from lingang.tables.view import View
from lingang.text.characters import SUSPECT, named

__all__ = ["suspect_characters"]


@rule(
    "TXT026",
    "sources",
    "a character that looks like another, or is not seen",
    why="A radical or a compatibility form in place of a character, a zero width space, a mark that turns the order of "
    "the letters: whoever searches the text, or compares names, does not find what it seems to say.",
    mend="where the page as received has it, accept the advice with a quote that holds it; where a program made it, "
    "take the page from another one",
)
def suspect_characters(view: View) -> Iterator[Finding]:
    for row in view["sources"]:
        start = 0
        for number, line in enumerate(row["text"].split("\n"), start=1):
            found = list(SUSPECT.finditer(line))
            if found:
                first, last = found[0], found[-1]
                more = f", and {len(found) - 1} more there" if len(found) > 1 else ""
                told = f"{named(first.group())} on line {number}, column {first.start() + 1}{more}"
                span = (row["source_id"], start + first.start(), start + last.end())
                yield Finding("sources", row["row_no"], "text", told, "characters that are what they look like", span)
            start += len(line) + 1
