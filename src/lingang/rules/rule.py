"""What a rule is, what it finds, and how a rule in Python is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lingang.rules.data import Data

__all__ = ["Finding", "PythonRule", "Rule", "rule"]

Kind = Literal["sql", "python", "built"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule is a thing with a name.

    ``mend`` tells how to put it right. ``kind`` says where its text lies: ``sql`` one SELECT in
    ``rules/sql/``, ``python`` a function over the tables, ``built`` part of making the tables or
    derived from the declarations. ``table`` is the table whose rows it finds, ``*`` for several.
    ``core`` rules are those that any validator of tables can be asked for.
    """

    id: str
    severity: Literal["error", "warning"]
    title: str
    why: str
    mend: str
    kind: Kind = "built"
    table: str = "*"
    core: bool = False
    sql: str = ""

    @property
    def family(self) -> str:
        return self.id[:3]


class Finding(NamedTuple):
    """A cell that a rule refuses; ``row_no`` is its number from 0 in the table."""

    table: str
    row_no: int
    column: str
    found: str
    expected: str


Function = Callable[[Data], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class PythonRule:
    """A rule with the function that finds its cells."""

    rule: Rule
    find: Function


def rule(id: str, table: str, title: str, *, why: str, mend: str) -> Callable[[Function], PythonRule]:
    """Declare a function over the tables as a rule of severity error."""

    def declare(function: Function) -> PythonRule:
        return PythonRule(Rule(id, "error", title, why, mend, "python", table), function)

    return declare
