"""Which rules an input can be put to, which of them are asked for, and which tables each reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Literal

import lingang.limits as limits
from lingang.problems import CannotRun, Place, Report
from lingang.rules.catalogue import catalogue, sql_rules
from lingang.rules.declared import declared_rules
from lingang.rules.rule import Rule
from lingang.tables import TABLES
from lingang.tables.json_lines import UNREADABLE
from lingang.text.likest import did_you_mean

__all__ = [
    "FAMILIES",
    "READING",
    "Chosen",
    "Kind",
    "begun",
    "breaks",
    "choice",
    "every_rule",
    "found_while_reading",
    "needs",
    "not_read",
    "over_tables",
    "refuse_half_a_check",
    "tables_of",
    "tables_of_rules",
]

Kind = Literal["a dataset root", "a release", "a folder of tables", "a published folder of tables"]
Chosen = Callable[[str], bool]
"""Whether a rule is asked for."""

FAMILIES = ("ROW", "KEY", "TXT", "EVI", "MEN", "PER", "EVT", "PAR", "NUM", "QUO", "PRI")
"""Families of rules that a folder of tables is put to."""

_OF_SEVERAL_PAGES = frozenset(["PER007"])
"""Rules that compare pages, which a folder of tables is not: it is looked at page by page."""
_FACTS = frozenset(["PUB007"])
READING = UNREADABLE | _FACTS | {"PUB005"}
"""What is found while tables and their facts are read: nothing beyond them could be looked at, so it is always told."""

_SUMS = frozenset(("PUB001", "PUB004", "PUB009"))
_OF_ANY_TABLE = ("ROW", "KEY001", "KEY002", "KEY006")
"""Built rules that are put to tables; the other built ones belong to authored or published files."""


def every_rule(rule_id: str) -> bool:
    """All rules are asked for."""
    return True


def _over_tables(rule: Rule) -> bool:
    return rule.kind != "built" or rule.id.startswith(_OF_ANY_TABLE)


def over_tables() -> list[str]:
    """The rules that tables are put to."""
    return [rule.id for rule in catalogue().values() if _over_tables(rule)]


def not_read(tables: Iterable[str]) -> str:
    """Why a rule was not run: some tables, of many the first three."""
    names = sorted(tables)
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more} could not be read"


def breaks(place: Place, rule_id: str, column: str) -> str:
    """Why a rule was not run: a row breaks what it takes for granted."""
    return f"{place} breaks {rule_id} ({column})"


def found_while_reading(rule_id: str) -> bool:
    """Whether a rule belongs to making tables of authored files, and is told whatever is asked for."""
    rule = catalogue().get(rule_id)
    return rule is None or (rule.kind == "built" and rule.family not in ("LED", "PUB"))


@lru_cache(maxsize=8)
def _applicable(kind: Kind) -> frozenset[str]:
    """The rules that can be chosen for such an input."""
    rules = catalogue().values()
    match kind:
        case "a dataset root":
            return frozenset(rule.id for rule in rules if rule.family != "PUB")
        case "a release":
            return frozenset(rule.id for rule in rules if rule.family == "PUB" or _over_tables(rule))
        case _:
            found = frozenset(rule.id for rule in rules if rule.family in FAMILIES and _over_tables(rule))
            found -= _OF_SEVERAL_PAGES
            return found | _SUMS | _FACTS | {"PUB005", "PUB006"} if kind == "a published folder of tables" else found


def _always(kind: Kind) -> frozenset[str]:
    """The rules that reading such an input is put to, whatever is chosen."""
    if kind == "a dataset root":
        return frozenset(
            rule.id for rule in catalogue().values() if found_while_reading(rule.id) and not _over_tables(rule)
        )
    if kind == "a release":
        return UNREADABLE | _FACTS
    return READING | {"PUB004"} if kind == "a folder of tables" else READING  # of one that was published by choice


def begun(kind: Kind, chosen: Chosen, *, without: Iterable[str] = (), keep: int = limits.KEPT) -> Report:
    """A report that knows which rules will be run; ``without`` are rules for which this input has nothing.

    Raises ``CannotRun`` where none of the rules that are chosen applies.
    """
    applicable = _applicable(kind) - set(without)
    asked = frozenset(filter(chosen, applicable))
    if not asked:
        families = sorted({rule_id[:3] for rule_id in applicable})
        raise CannotRun(
            f"none of the rules that are asked for can be run on {kind}: it is put to {', '.join(families)}; "
            "whether its files can be read is always checked"
        )
    ran = asked | _always(kind)
    return Report(keep=keep, ran=set(ran), not_applicable=set(catalogue()) - applicable - ran)


def choice(select: Sequence[str] | None, ignore: Sequence[str] | None) -> Chosen:
    """Whether a rule is asked for, by ids or their beginnings; ``core`` are those that any table has.

    Raises ``CannotRun`` for a text with which no rule begins, the empty one among them.
    """
    rules = catalogue().values()

    def ids(option: str, given: Sequence[str]) -> frozenset[str]:
        out: set[str] = set()
        for text in given:
            found = {rule.id for rule in rules if (rule.core if text == "core" else text and rule.id.startswith(text))}
            if not found:
                said = f"no rule begins with {text}" if text.strip() else "it names no rule"
                known = [rule.id for rule in rules] if len(text) > 3 else {rule.id[:3] for rule in rules}
                meant = did_you_mean(text.upper(), sorted(known))
                raise CannotRun(f"--{option} “{text}”: {said}; lingang rules lists them{meant}")
            out |= found
        return frozenset(out)

    if not select and not ignore:
        return every_rule
    selected = ids("select", select) if select else frozenset(catalogue())
    return (selected - ids("ignore", ignore or ())).__contains__


def refuse_half_a_check(chosen: Chosen) -> None:
    """Raises ``CannotRun`` where a core rule is not asked for: what breaks it is not published."""
    left_out = [rule.id for rule in catalogue().values() if rule.core and not chosen(rule.id)]
    if left_out:
        raise CannotRun(
            f"nothing is published that was not put to every core rule, and these are not asked for: "
            f"{', '.join(left_out)}; add --select core, or look with lingang validate"
        )


def needs(sql: str, left_out: Collection[tuple[str, str]]) -> bool:
    """Whether a SELECT reads a column of ``left_out`` (table and name), or asks which cells are filled."""
    if not left_out:
        return False
    words = set(re.findall(r"[a-z_]+", sql))
    return "cells" in words or any(name in tables_of(sql) and column in words for name, column in left_out)


_NAMED = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)")
_REGISTRIES = frozenset(("people", "organizations", "places", "campaigns"))


@lru_cache(maxsize=1)
def _views() -> dict[str, frozenset[str]]:
    with_evidence = (known.name for known in TABLES if any(column.has_evidence_rows for column in known.columns))
    views = {"cells": frozenset(with_evidence), "entities": _REGISTRIES, "page_parts": frozenset(["sources"])}
    return views | {known.name: frozenset([known.name]) for known in TABLES}


@lru_cache(maxsize=1024)
def tables_of(sql: str) -> frozenset[str]:
    """The tables that a SELECT reads, those of the views of the prelude among them."""
    known = _views()
    return frozenset().union(*(known.get(name, frozenset()) for name in _NAMED.findall(sql)))


@lru_cache(maxsize=1)
def tables_of_rules() -> dict[str, frozenset[str]]:
    """The tables that each rule reads, by its id, those in Python aside."""
    every = frozenset(known.name for known in TABLES)
    out = {rule.id: every for rule in catalogue().values() if rule.family == "ROW"}
    selects = [*declared_rules(), *((rule.id, rule.table, rule.sql) for rule in sql_rules())]
    for rule_id, _, sql in selects:
        out[rule_id] = out.get(rule_id, frozenset()) | tables_of(sql)
    return out
