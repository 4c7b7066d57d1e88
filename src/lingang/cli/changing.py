"""The commands that change a root: read, remove."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lingang.cli.arguments import Command
from lingang.cli.looking import colour, tell_lines
from lingang.problems import CannotRun

if TYPE_CHECKING:
    from lingang.problems import Report

__all__ = ["CHANGING", "changing_commands"]


def changing_commands(command: Command) -> None:
    """The commands that change the files of a root, and nothing else."""
    read = command("read", help="show records of a dataset root with what they rest on, and enter a reading of them")
    read.add_argument("root", metavar="ROOT", help="the dataset root")
    read.add_argument("records", nargs="+", metavar="RECORD", help="TABLE/ID, an id, a table, or all")
    read.add_argument("--reader", metavar="ID", help="who reads; without a reader the records are shown only")
    read.add_argument("--pass", dest="step", metavar="PASS", help="first, second, blind, adjudication or sign_off")
    read.add_argument("--kind", choices=("person", "model"), help="what a reader is that the root does not know yet")
    read.add_argument("--note", metavar="TEXT", help="about such a reader: who it is, how it read")

    remove = command("remove", help="mask the name of a person in the pages and records of a dataset root")
    remove.add_argument("root", metavar="ROOT", help="the dataset root")
    remove.add_argument("person", metavar="PERSON", help="an id of people.yaml, or a printed name")
    remove.add_argument(
        "--inside",
        choices=("mask", "keep"),
        help="where the name is part of another name, or said to be none: it is asked for where it matters",
    )


def _read(options: argparse.Namespace) -> int:
    from lingang.dataset.frames import Dataset
    from lingang.dataset.show import one
    from lingang.roots.signing import NotSound, Reading, checked, enter, wanted
    from lingang.tables import table
    from lingang.tables.content import content

    root = Path(options.root)
    if (options.reader is None) != (options.step is None):
        raise CannotRun("a reading has a reader and a pass: --reader ID --pass PASS; without both it is shown only")
    try:
        tables = checked(root)
        records = wanted(tables, options.records)
        data = Dataset(tables.arrow, {}, root, tables.lexicon)
        for (name, key), row in records:
            read = [column.name for column in table(name).columns if column.proof not in ("none", "derived")]
            tell_lines(one(data, name, key, colour=colour(sys.stdout)))
            tell_lines(f"  sha256 over {', '.join(read)}: {content(table(name), row)}\n")
        if options.reader is None:
            shown = f"{len(records)} record{'s' if records[1:] else ''} shown"
            tell_lines(f"{shown}, nothing entered: --reader ID --pass PASS enters the reading")
            return 0
        done = enter(root, options.records, Reading(options.reader, options.step, options.kind, options.note))
    except NotSound as error:
        return _refused(error, error.report)
    if done.before:
        tell_lines(f"{len(done.before)} records have this reading already, as they are; it was not entered again")
    if done.entered:
        tell_lines(f"entered into {root / 'dataset' / 'verification.yaml'}, {len(done.entered)} records:\n{done.entry}")
    return 0


def _refused(said: object, report: Report) -> int:
    from lingang.printers import PRINTERS
    from lingang.rules.catalogue import catalogue

    tell_lines(PRINTERS["text"](report, list(catalogue().values()), colour=colour(sys.stdout), maximum=None))
    tell_lines(str(said))
    return 1


def _remove(options: argparse.Namespace) -> int:
    from lingang.roots.removal import NotValid, remove

    try:
        done = remove(Path(options.root), options.person, options.inside)
    except NotValid as error:
        return _refused(error, error.report)
    count = sum(done.pages.values())
    tell_lines(f"{count} names masked on {len(done.pages)} pages; the record is {done.new_id} now. Written:")
    tell_lines("\n".join(f"  {name}" for name in done.files))
    _list("stands there for somebody or something else, and was left:", done.kept)
    _list("still names the person (what a release carries of these it will publish):", done.named)
    _list("prints the given name alone:", done.hints)
    _list("the records still say, and may tell who it was:", done.records)
    _list("made before; make it anew where it holds the name:", done.copies)
    _list("advice that is new:", done.advice)
    tell_lines("copies that others have are out of reach; docs/REMOVAL.md of lingang tells of history and caches")
    return 0


def _list(head: str, lines: Iterable[str]) -> None:
    told = "\n".join(f"  {line}" for line in lines)
    if told:
        tell_lines(f"{head}\n{told}")


CHANGING = {"read": _read, "remove": _remove}
