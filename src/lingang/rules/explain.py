"""The catalogue as text and as Markdown."""

from __future__ import annotations

from lingang.rules.catalogue import catalogue
from lingang.rules.rule import Rule

__all__ = ["FAMILIES", "explain", "listing", "markdown"]

FAMILIES = {
    "YML": "Loading",
    "TXT": "Text layers and coverage",
    "ROW": "Rows",
    "KEY": "Keys",
    "EVI": "Evidence",
    "PER": "Identity, names and posts",
    "EVT": "Events",
    "PAR": "Participation",
    "NUM": "Numbers",
    "QUO": "Quotations and documents",
    "PRI": "Privacy",
    "PUB": "Published files",
    "LED": "Ledger",
}


def listing() -> str:
    """One line a rule: id, severity, title."""
    return "\n".join(f"{rule.id}  {rule.severity:<7}  {rule.title}" for rule in catalogue().values())


def _kind(rule: Rule) -> str:
    kinds = {
        "sql": "one SELECT over the tables",
        "python": "a function over the tables",
        "built": "checked while files are read and tables made",
    }
    return kinds[rule.kind]


def explain(rule_id: str) -> str | None:
    """A rule with its reason, its hint and, where it is one, its SELECT; ``None`` for an unknown id."""
    rule = catalogue().get(rule_id.upper())
    if rule is None:
        return None
    text = f"{rule.id} ({rule.severity}): {rule.title}\n  why:  {rule.why}\n  mend: {rule.mend}\n  how:  {_kind(rule)}"
    return f"{text}\n\n{rule.sql}" if rule.sql else text


def markdown() -> str:
    """docs/RULES.md."""
    lines = [
        "# Rules",
        "",
        "Generated from the catalogue; `lingang rules ID` shows one rule with its SELECT.",
        "",
    ]
    for family, title in FAMILIES.items():
        rules = [rule for rule in catalogue().values() if rule.family == family]
        lines += [
            f"## {family}: {title}",
            "",
            "| rule | severity | what it finds | why | how to mend |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| {rule.id} | {rule.severity} | {rule.title} | {rule.why} | {rule.mend} |".replace("\n", " ")
            for rule in rules
        ]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"
