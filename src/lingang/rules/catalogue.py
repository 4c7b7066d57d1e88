"""Every rule by its id."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import lingang.limits as limits
from lingang.problems import Place, Problem
from lingang.rules.built import BUILT_RULES
from lingang.rules.python import PYTHON_RULES
from lingang.rules.rule import Rule

__all__ = ["ALIASES", "catalogue", "problem", "sql_rules"]

ALIASES = {
    "PAR001": "ROW007",
    "TXT025": "ROW007",
    "PER001": "ROW007",
    "PER018": "KEY010",
    "EVT012": "KEY009",
    "PAR002": "EVI019",
    "TXT017": "MEN001",
    "TXT018": "MEN002",
}
"""Rules of old under the ids that they have now."""

_HEAD = re.compile(r"-- (id|table|level|set|title|why|mend): (.*)\n")


def _read(text: str) -> Rule:
    head = dict(_HEAD.findall(text))
    return Rule(
        head["id"],
        "advice" if head["level"] == "advice" else "requirement",
        head["title"],
        head["why"],
        head["mend"],
        "sql",
        head["table"],
        head["set"] == "core",
        _HEAD.sub("", text).strip(),
    )


@lru_cache(maxsize=1)
def sql_rules() -> tuple[Rule, ...]:
    """The rules that are one SELECT each, read from ``rules/sql/``."""
    folder = files("lingang.rules") / "sql"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple(_read((folder / name).read_text(encoding="utf-8")) for name in names)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Rule]:
    """All rules by id, in the order of their ids."""
    rules = [*BUILT_RULES, *sql_rules(), *(entry.rule for entry in PYTHON_RULES)]
    return {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.id)}


def _told(text: str | None) -> str:
    """A text as far as a report tells it; of a cell without a value that a SELECT shows, null."""
    text = "null" if text is None else text
    return text if len(text) <= limits.TOLD else f"{text[: limits.TOLD]}… ({len(text)} characters)"


def problem(
    rule_id: str,
    place: Place,
    found: str,
    expected: str,
    *,
    table: str = "",
    record_id: str = "",
    column: str = "",
    span: tuple[str, int, int] | None = None,
) -> Problem:
    """A finding of a rule, with what the catalogue says of the rule."""
    rule = catalogue()[rule_id]
    return Problem(
        rule_id,
        rule.title,
        place,
        expected=_told(expected),
        found=_told(found),
        hint=rule.mend,
        severity=rule.severity,
        table=table,
        record_id=record_id,
        column_name=column,
        span=span,
    )
