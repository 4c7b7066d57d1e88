"""What a rule is, what it finds, and how a rule in Python is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lingang.tables.view import View
from lingang.text.zone import Zone

__all__ = ["Finding", "Level", "PythonRule", "Rule", "at_text", "rule"]

Kind = Literal["sql", "python", "built"]
Level = Literal["requirement", "advice"]
"""A requirement holds for any dataset in any language; advice rests on a lexicon or on what is usual, and may be
overruled with a reason."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule is a thing with a name.

    ``mend`` tells how to put it right. ``kind`` says where its text lies: ``sql`` one SELECT in
    ``rules/sql/``, ``python`` a function over the tables, ``built`` part of making the tables or
    derived from the declarations. ``table`` is the table whose rows it finds, ``*`` for several.
    ``core`` rules are those that any validator of tables can be asked for.
    """

    id: str
    level: Level
    title: str
    why: str
    mend: str
    kind: Kind = "built"
    table: str = "*"
    core: bool = False
    sql: str = ""

    @property
    def severity(self) -> Literal["error", "warning"]:
        return "error" if self.level == "requirement" else "warning"

    @property
    def family(self) -> str:
        return self.id[:3]


class Finding(NamedTuple):
    """A cell that a rule refuses; ``row_no`` is its number from 0 in the table.

    ``span`` is where on a page it stands, ``(source_id, raw_start, raw_end)``, where that is not the cell's evidence.
    """

    table: str
    row_no: int
    column: str
    found: str
    expected: str
    span: tuple[str, int, int] | None = None


def at_text(view: View, article_id: str, found: str, expected: str, zone: Zone, at: tuple[int, int]) -> Finding:
    """A finding about the running text of an item, at ``at`` in a zone of it."""
    span = zone.span(*at)
    row = view.articles[article_id]
    return Finding("articles", row["row_no"], "text", found, expected, (row["source_id"], span.start, span.end))


Function = Callable[[View], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class PythonRule:
    """A rule with the function that finds its cells over all tables of a dataset.

    Where pages are looked at one by one, each with its rows and the forms of the registries, that function finds what
    there is to find on each, and what ``of_registries``, where a rule has it, finds on the registries over all tables
    stands for what a page alone would say of them. A rule for which ``by_page`` is false is put to all tables at once.
    Findings for which ``once`` gives the same text are one, told where it is met first.
    """

    rule: Rule
    find: Function
    of_registries: Function | None = None
    by_page: bool = True
    once: Callable[[Finding], str] | None = None


def rule(
    id: str,
    table: str,
    title: str,
    *,
    why: str,
    mend: str,
    level: Level = "advice",
    of_registries: Function | None = None,
    by_page: bool = True,
    once: Callable[[Finding], str] | None = None,
) -> Callable[[Function], PythonRule]:
    """Declare a function over the tables as a rule."""

    def declare(function: Function) -> PythonRule:
        declared = Rule(id, level, title, why, mend, "python", table)
        return PythonRule(declared, function, of_registries, by_page, once)

    return declare
