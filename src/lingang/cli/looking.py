"""The commands that look at a dataset: explore, show, find, tables, export; by default at the installed one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from lingang.cli.arguments import Command
from lingang.cli.streams import tell
from lingang.problems import CannotRun
from lingang.text.likest import did_you_mean

if TYPE_CHECKING:
    from lingang.dataset.frames import Dataset

__all__ = ["LOOKING", "colour", "looking_commands", "tell_lines"]


def colour(stream: TextIO) -> bool:
    """Whether what is written there is to have colours."""
    # https://no-color.org: any value but the empty one
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def tell_lines(text: str) -> None:
    """Text to standard output, with a line feed at its end."""
    tell(text if text.endswith("\n") else text + "\n")


def looking_commands(command: Command) -> None:
    """The commands that look at a dataset, by default at the installed one."""
    explore = command("explore", help="one HTML file to look at: the page beside its records, without a network")
    explore.add_argument("path", nargs="?", metavar="PATH", help="what to show (default: the installed data)")
    explore.add_argument("-o", "--out", default="explore.html", metavar="FILE", help="default: explore.html")
    explore.add_argument("--lang", choices=("en", "zh"), default="en", help="of headings and labels (default: en)")

    show = command("show", help="a record, with its evidence in its context")
    show.add_argument(
        "id", metavar="ID", help="the id or the name of a record, or TABLE/ID: an event, a person, an article …"
    )

    find = command("find", help="where a text stands in the records and the items")
    find.add_argument("text", metavar="TEXT", help="two Chinese characters are enough; case does not count")

    tables = command("tables", help="the tables: names, rows, one line each")

    export = command("export", help="the data in the format of another program")
    export.add_argument("form", metavar="FORMAT", help="brat, csv, graphml, nlp, tei or web-annotation")
    export.add_argument("path", metavar="PATH", help="the file to write; of brat, and with an end /, a folder")
    for parser in (explore, show, find, tables, export):
        parser.add_argument(
            "--from",
            dest="origin",
            metavar="PATH",
            help="a dataset root, a release folder or archive, a folder of tables (default: the installed data)",
        )


def _looking(command: Callable[[argparse.Namespace, Dataset], int]) -> Callable[[argparse.Namespace], int]:
    """A command over a dataset; where what is opened has errors they are told, and it is exit 1."""

    def run(options: argparse.Namespace) -> int:
        from lingang.dataset.opening import open
        from lingang.problems import Refused

        try:
            return command(options, open(options.origin))
        except Refused as error:
            from lingang.printers import PRINTERS
            from lingang.rules.catalogue import catalogue

            tell(PRINTERS["text"](error.report, list(catalogue().values()), colour=colour(sys.stdout), maximum=None))
            return 1

    return run


def _show(options: argparse.Namespace, data: Dataset) -> int:
    found = data.show(options.id, colour=colour(sys.stdout))
    if found is None:
        from lingang.dataset.show import names

        meant = did_you_mean(options.id, names(data))
        raise CannotRun(f"no record has the id or the name {options.id}; lingang tables names the tables{meant}")
    tell_lines(found)
    return 0


def _find(options: argparse.Namespace, data: Dataset) -> int:
    if not options.text.strip():
        raise CannotRun("find needs a text of one character or more")
    from lingang.printers.wording import visible

    found = data.find(options.text)
    for table, record, column, _, around in found.itertuples(index=False):
        tell_lines(f"{table} {record} {column}: {visible(around)}")
    if found.empty:
        tell_lines("nothing found")
    return 0


def _tables(_: argparse.Namespace, data: Dataset) -> int:
    from lingang.dataset.show import table_lines

    tell_lines("\n".join(table_lines(data)))
    return 0


def _explore(options: argparse.Namespace) -> int:
    if options.path and options.origin:
        raise CannotRun("explore was given two paths; name one, as PATH or with --from")
    options.origin = options.path or options.origin

    def written(options: argparse.Namespace, data: Dataset) -> int:
        tell_lines(data.explore(options.out, lang=options.lang).as_posix())
        return 0

    return _looking(written)(options)


def _export(options: argparse.Namespace) -> int:
    from lingang.exports import FORMATS

    if options.form not in FORMATS:
        meant = did_you_mean(options.form, FORMATS)
        raise CannotRun(f"no format {options.form}; the formats are: {', '.join(FORMATS)}{meant}")

    def written(options: argparse.Namespace, data: Dataset) -> int:
        tell_lines("\n".join(path.as_posix() for path in data.export(options.form, options.path)))
        return 0

    return _looking(written)(options)


LOOKING = {
    "explore": _explore,
    "show": _looking(_show),
    "find": _looking(_find),
    "tables": _looking(_tables),
    "export": _export,
}
"""The commands by name, each from its options to an exit status."""
