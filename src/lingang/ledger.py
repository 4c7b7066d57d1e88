"""The ledger: which reading looked at which record, bound to the record's content by a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from lingang.arrow_tables import Tables
from lingang.authored.readings import entries
from lingang.authored.tree import LEDGER as FILE
from lingang.authored.tree import ledger_of
from lingang.models import TABLES, table
from lingang.models.rows import in_json
from lingang.problems import Problem

__all__ = ["FILE", "READ", "check_ledger", "fingerprint", "fingerprints", "statuses", "unreadable"]

READ = tuple(
    declared.name for declared in TABLES if declared.name not in ("sources", "segments", "mentions", "evidence")
)
"""The tables whose records a reader decides; the others are found by program."""


def fingerprint(row: Mapping[str, object]) -> str:
    """``sha256:`` and the first 16 hexadecimal digits of the SHA-256 of the row's JSON, keys sorted."""
    text = json.dumps(in_json(row), ensure_ascii=False, sort_keys=True)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:16]


def fingerprints(tables: Tables) -> dict[str, dict[str, str]]:
    """The fingerprint of each record that a reader decides, by table and id."""
    return {name: {str(row[table(name).key]): fingerprint(row) for row in tables.rows(name)} for name in READ}


def check_ledger(files: Mapping[str, bytes], tables: Tables) -> list[Problem]:
    """LED001 for a record that no reading has seen as it is now, LED002 for an entry without its record.

    A root without the file makes no claim, and gets no warning; nor does one whose file cannot be read.
    """
    if FILE not in files:
        return []
    ledger, problems = ledger_of(files[FILE])
    if ledger is None:
        return problems
    known = {(name, key.text): (key, [word.text for word in words]) for name, key, words in entries(ledger)}
    out: list[Problem] = []
    for name in READ:
        for number, row in enumerate(tables.rows(name)):
            record = str(row[table(name).key])
            _, words = known.pop((name, record), (None, []))
            now = fingerprint(row)
            if words[:1] != [now] or len(words) < 2:
                found = "no reading" if not words else words[0]
                place = tables.origins.place(name, number, table(name).key)
                out.append(
                    Problem(
                        "LED001",
                        f"{name} {record} is not as it was read",
                        place,
                        now,
                        found,
                        table=name,
                        record_id=record,
                    )
                )
    for (name, record), (key, _) in known.items():
        out.append(
            Problem("LED002", f"no record {record} in {name}", key.place, "a record of the dataset", record, table=name)
        )
    return out


def statuses(files: Mapping[str, bytes]) -> dict[str, int]:
    """How many records were read once, read twice or adjudicated, as the ledger has it."""
    ledger, _ = ledger_of(files[FILE]) if FILE in files else (None, [])
    out = {"read once": 0, "read twice": 0, "adjudicated": 0}
    for _, _, words in entries(ledger) if ledger is not None else ():
        adjudicated = "adjudicated" in (word.text for word in words)
        status = "adjudicated" if adjudicated else "read twice" if len(words) > 2 else "read once"
        out[status] += 1
    return out
