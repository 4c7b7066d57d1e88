"""Readings: who or what read which record, and whether it still is what was read."""

from __future__ import annotations

from collections.abc import Iterator

from lingang.rules.rule import Finding, rule
from lingang.tables import table
from lingang.tables.content import READ
from lingang.tables.view import Row, View

__all__ = ["readings_are_current", "readings_have_their_record"]


@rule(
    "LED001",
    "*",
    "a record that no reading has seen as it is now",
    why="A reading is bound to the content that was read; what changed since then was read by nobody.",
    mend="read the record again, then enter the reading in verification.yaml",
    by_page=False,
)
def readings_are_current(view: View) -> Iterator[Finding]:
    if not view["readings"]:
        return  # a dataset without readings claims none
    current = {(row["table_name"], row["record_id"]) for row in view["readings"] if row["current"]}
    known = {(row["table_name"], row["record_id"]) for row in view["readings"]}
    for name in READ:
        for key, row in view.by_key(name).items():
            if (name, key) not in current and not _found_by_program(name, row):
                found = "changed since it was read" if (name, key) in known else "no reading"
                yield Finding(name, row["row_no"], table(name).key, found, "a reading of the record as it is")


def _found_by_program(name: str, row: Row) -> bool:
    """Whether nobody decides a record: that a line break cuts a name is seen without reading."""
    return name == "issues" and row["kind"] == "line_break" and row["reason"] is None


@rule(
    "LED002",
    "*",
    "a reading of a record that is not there",
    why="Readings speak of the records of the dataset and of no others.",
    mend="take the entry out, or correct the id",
    by_page=False,
)
def readings_have_their_record(view: View) -> Iterator[Finding]:
    for row in view["readings"]:
        if row["table_name"] not in READ or row["record_id"] not in view.by_key(row["table_name"]):
            found = f"{row['table_name']} {row['record_id']}"
            yield Finding("readings", row["row_no"], "record_id", found, "a record that readers decide")
