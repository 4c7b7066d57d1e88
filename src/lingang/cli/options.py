"""What the command line takes: each command with its options."""

from __future__ import annotations

import argparse

from lingang import __version__
from lingang.cli.arguments import Command, Parser
from lingang.cli.changing import changing_commands
from lingang.cli.keeping import cache_options
from lingang.cli.looking import looking_commands

__all__ = ["parser"]

_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")


def parser() -> argparse.ArgumentParser:
    made = Parser(
        prog="lingang",
        description="Records of newspaper pages: check them, build them, look at them.",
        epilog="Exit status: 0 no error, 1 an error was found or a rule could not be run, 2 it could not be done.",
    )
    made.add_argument("--version", action="version", version=f"lingang {__version__}")
    made.add_argument("--debug", action="store_true", help="where a command fails, the traceback too")
    # after a command too, where its absence must not undo what stands before it
    anywhere = Parser(add_help=False)
    anywhere.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, parents=[anywhere])

    _beginning_commands(command)
    _checking_commands(command)
    looking_commands(command)
    changing_commands(command)

    rules = command("rules", help="the rules, or one rule explained")
    rules.add_argument("id", nargs="?", metavar="ID", help="the id of a rule, such as EVI002")

    changes = command("diff", help="what changed between two releases; exit 1 if they differ")
    changes.add_argument("old", metavar="OLD", help="a published folder or a release archive")
    changes.add_argument("new", metavar="NEW", help="a published folder or a release archive")
    changes.add_argument(
        "--format", choices=("text", "json"), default="text", help="form of the report (default: text)"
    )

    return made


def _beginning_commands(command: Command) -> None:
    new = command("new", help="a root to start from: a page, the files around it, one item")
    new.add_argument("folder", metavar="DIR", help="a new folder, or one without dataset/ and raw/")
    new.add_argument("--page", metavar="FILE", help="a page of yours: UTF-8 text (default: an invented one, annotated)")

    draft = command("draft", help="propose records for the pages of a dataset root, to be moved over by hand")
    draft.add_argument("root", metavar="ROOT", help="the dataset root")
    draft.add_argument("item", nargs="?", metavar="ITEM", help="the id of one item (default: every item)")

    schema = command("schema", help="JSON Schemas of the authored files for editors, with the words of a root")
    schema.add_argument("folder", metavar="DIR", help="where to; of a dataset root, its schema/")
    schema.add_argument("--from", dest="root", metavar="ROOT", help="whose words (default: the root of DIR, or here)")


def _checking_commands(command: Command) -> None:
    validate = command("validate", help="check a dataset root, a release, or the installed data")
    validate.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a dataset root, a release folder or archive, a folder of tables; nothing: the installed data",
    )
    _report_options(validate)
    _corpus_options(validate)

    build = command("build", help="validate a dataset root or a folder of tables, then publish its tables")
    build.add_argument(
        "root", nargs="?", default=".", metavar="PATH", help="the dataset root, or a folder of tables (default: here)"
    )
    build.add_argument("--out", metavar="DIR", help="where to publish (of a root, default: PATH/build)")
    build.add_argument("--check", action="store_true", help="write nothing; exit 1 if a build would change a file")
    _report_options(build)
    _corpus_options(build)

    release = command("release", help="validate a dataset root, then make everything that a release holds")
    release.add_argument("root", nargs="?", default=".", metavar="ROOT", help="the dataset root (default: here)")
    release.add_argument("--out", default="dist", metavar="DIR", help="where to (default: dist)")
    release.add_argument(
        "--edition",
        choices=("full", "facts"),
        default="full",
        help="facts: without the wording of the pages beyond names and titles (default: full)",
    )
    release.add_argument("--since", metavar="OLD", help="the last version: a release folder or archive")


def _number(text: str) -> int:
    """A number of problems, 0 among them."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” is no number of problems; write 0, 1, 2 …")
    return int(text)


def _report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=_FORMATS, default="text", help="form of the report (default: text)")
    parser.add_argument("--strict", action="store_true", help="warnings are errors")
    parser.add_argument(
        "--select",
        action="append",
        metavar="RULE",
        help="run only these rules: an id or its beginning, or core for those that any table has; repeatable",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        metavar="RULE",
        help="run all but these rules: an id or its beginning; repeatable",
    )
    parser.add_argument("--no-accept", action="store_true", help="show the advice that was accepted too")
    parser.add_argument("--max", type=_number, metavar="N", help="print the first N problems, count them all")


def _corpus_options(parser: argparse.ArgumentParser) -> None:
    corpus = parser.add_argument_group("folders of tables")
    corpus.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="what runs the rules")
    corpus.add_argument("--master", metavar="URL", help="the Spark master (default: local[*])")
    cache_options(parser)
    parser.add_argument(
        "--memory", metavar="SIZE", help="of the whole process, such as 2GB (default: half of the machine)"
    )
