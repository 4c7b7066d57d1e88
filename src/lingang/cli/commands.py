"""The command line: new, draft, schema, validate, build, release, explore, show, find, tables, rules, diff, export,
read, remove.

Exit status 0: no error. 1: what was handed over has an error, or a rule could not be run on it. 2: it could not be
done.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lingang import __version__
from lingang.cli.arguments import Parser, refuse_empty
from lingang.cli.changing import CHANGING, changing_commands
from lingang.cli.looking import LOOKING, colour, looking_commands, tell_lines
from lingang.cli.streams import fail, open_streams, run
from lingang.problems import CannotRun
from lingang.text.likest import did_you_mean

if TYPE_CHECKING:
    from lingang.corpus.options import Options
    from lingang.problems import Report
    from lingang.rules.scope import Chosen
    from lingang.tables.arrow import Tables

__all__ = ["main", "write_published"]

_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
_OF_FORGES = ("github", "gitlab", "sarif")
"""Formats that name files from the top of the repository, as those who show them do."""


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="lingang",
        description="Records of newspaper pages: check them, build them, look at them.",
        epilog="Exit status: 0 no error, 1 an error was found or a rule could not be run, 2 it could not be done.",
    )
    parser.add_argument("--version", action="version", version=f"lingang {__version__}")
    parser.add_argument("--debug", action="store_true", help="where a command fails, the traceback too")
    # after a command too, where its absence must not undo what stands before it
    anywhere = Parser(add_help=False)
    anywhere.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, parents=[anywhere])

    new = command("new", help="a root to start from: a page, the files around it, one item")
    new.add_argument("folder", metavar="DIR", help="a new folder, or one without dataset/ and raw/")
    new.add_argument("--page", metavar="FILE", help="a page of yours: UTF-8 text (default: an invented one, annotated)")

    draft = command("draft", help="propose records for the pages of a dataset root, to be moved over by hand")
    draft.add_argument("root", metavar="ROOT", help="the dataset root")
    draft.add_argument("item", nargs="?", metavar="ITEM", help="the id of one item (default: every item)")

    schema = command("schema", help="JSON Schemas of the authored files for editors, with the words of a root")
    schema.add_argument("folder", metavar="DIR", help="where to; of a dataset root, its schema/")
    schema.add_argument("--from", dest="root", metavar="ROOT", help="whose words (default: the root of DIR, or here)")

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

    return parser


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
    parser.add_argument(
        "--memory", metavar="SIZE", help="of the whole process, such as 2GB (default: half of the machine)"
    )


def _chosen(options: argparse.Namespace) -> Chosen:
    """Whether a rule is asked for by ``--select`` and ``--ignore``."""
    from lingang.rules.scope import choice

    return choice(options.select, options.ignore)


def _corpus(options: argparse.Namespace) -> Options:
    import lingang.limits as limits
    from lingang.corpus.options import Options, memory_limit

    if options.master is not None and options.engine != "spark":
        raise CannotRun("--master belongs to --engine spark, which checks a folder of tables")
    keep = max(limits.KEPT, options.max or 0)
    master = options.master or "local[*]"
    return Options(options.engine, master, memory_limit(options.memory), keep, _chosen(options))


def _print_report(report: Report, options: argparse.Namespace) -> None:
    from lingang.printers import PRINTERS
    from lingang.rules.catalogue import catalogue

    rules = list(catalogue().values())
    tell_lines(PRINTERS[options.format](report, rules, colour=colour(sys.stdout), maximum=options.max))


def _new(options: argparse.Namespace) -> int:
    from lingang.roots.starting import start

    written = start(Path(options.folder), Path(options.page) if options.page else None)
    tell_lines("\n".join(written))
    tell_lines(
        f"next: read README.md there, write into dataset/articles/, and after each step run\n"
        f"lingang validate {options.folder}"
    )
    return 0


def _schema(options: argparse.Namespace) -> int:
    from lingang.editor.files import write_schemas

    written, words = write_schemas(Path(options.folder), Path(options.root) if options.root else None)
    tell_lines("\n".join([*written, f"with {words}"]))
    return 0


def _validate(options: argparse.Namespace) -> int:
    from lingang.check.subject import check_path, check_path_at
    from lingang.cli.astray import refuse_astray
    from lingang.problems import Report

    corpus = _corpus(options)
    paths = [Path(path) for path in options.paths]
    if len(paths) == 1:  # with several each is told what it is, below
        refuse_astray(paths[0], "validate")
    if not paths or (len(paths) == 1 and options.format not in _OF_FORGES):
        return _shown(check_path(paths[0] if paths else None, corpus), options)
    report, failed = Report(), 0
    for path in paths:
        try:
            if len(paths) > 1:
                refuse_astray(path, "validate")
            report.join(check_path_at(path, corpus, of_repository=options.format in _OF_FORGES))
        except Exception as error:  # what one path is must not hide what the others hold
            failed += 1
            if isinstance(error, ModuleNotFoundError):
                raise
            fail(error, str(path), debug=options.debug)
    if failed < len(paths):
        found = _shown(report, options)
    return 2 if failed else found


def _shown(report: Report, options: argparse.Namespace) -> int:
    """Print a report; returns the exit status."""
    report = report.without_acceptances() if options.no_accept else report
    report = report.strict() if options.strict else report
    _print_report(report, options)
    return 1 if report.failed else 0


def _draft(options: argparse.Namespace) -> int:
    from lingang.draft import NotReadable, draft

    try:
        files, found = draft(Path(options.root), options.item)
    except NotReadable as error:
        for problem in error.problems:
            tell_lines(f"{problem.place}: {problem.message}: {problem.found} (expected {problem.expected})")
        tell_lines("nothing was proposed: mend this first; lingang validate says more")
        return 1
    tell_lines("\n".join(path.as_posix() for path in files))
    kinds = Counter(one.kind for one in found)
    tell_lines(f"{len(found)} suggestions: " + (", ".join(f"{kind} {kinds[kind]}" for kind in sorted(kinds)) or "none"))
    return 0


def _build(options: argparse.Namespace) -> int:
    from lingang.cli.astray import refuse_astray
    from lingang.corpus.inputs import holds_tables
    from lingang.rules.scope import refuse_half_a_check

    refuse_half_a_check(_chosen(options))
    root = Path(options.root)
    refuse_astray(root, "build")
    if root.is_dir() and not (root / "dataset").is_dir() and holds_tables(root):
        return _build_corpus(root, options)
    _corpus(options).refuse_elsewhere("a dataset root")
    from lingang.build.root import build, stale, validated

    out = Path(options.out) if options.out else root / "build"
    chosen = _chosen(options)
    published = (
        validated(root, strict=options.strict, chosen=chosen)
        if options.check
        else build(root, out, strict=options.strict, chosen=chosen)
    )
    report = published.report
    if options.format != "text" or published.tables is None or report.problems:
        _print_report(report, options)
    if published.tables is None:
        if options.format == "text":
            tell_lines("nothing was published: the last good output is as it was")
        return 1
    changed = stale(root, published.tables, out) if options.check else []
    if options.format != "text":
        return 1 if changed else 0
    for name in changed:
        tell_lines(f"{name} differs from a fresh build")
    if changed:
        given = f" --out {options.out}" if options.out else ""
        tell_lines(f"run lingang build {options.root}{given} to make it anew")
        return 1
    write_published(published.tables, report)
    return 0


def write_published(tables: Tables, report: Report) -> None:
    """What was published: tables and rows, the shares of each basis, and what was checked."""
    from lingang.build.root import counts, shares

    found = counts(tables)
    _write_counts(found)
    tell_lines("evidence by basis: " + ", ".join(f"{basis} {share:.1%}" for basis, _, share in shares(tables)))
    _write_end(found, report)


def _write_end(found: Sequence[tuple[str, int]], report: Report) -> None:
    """The last lines of a build: rows and tables, and which rules nobody asked for."""
    from lingang.printers.wording import checked, not_asked

    left_out = not_asked(report)
    if left_out:
        tell_lines(f"published without {len(left_out)} rules that were not asked for: {', '.join(left_out)}")
    tell_lines(f"{sum(rows for _, rows in found)} rows in {len(found)} tables, {checked(report)}, no errors")


def _write_counts(found: Sequence[tuple[str, int]]) -> None:
    names, numbers = max(len(name) for name, _ in found), max(len(str(rows)) for _, rows in found)
    for name, rows in found:
        tell_lines(f"{name:<{names}}  {rows:>{numbers}}")


def _build_corpus(root: Path, options: argparse.Namespace) -> int:
    from lingang.build.corpus import build_corpus

    if options.out is None or options.check:
        raise CannotRun(f"{root} is a folder of tables; name the folder to publish into: --out DIR (without --check)")
    report, found = build_corpus(root, Path(options.out), _corpus(options), strict=options.strict)
    if options.format != "text" or not found or len(report):
        _print_report(report, options)
    if not found:
        if options.format == "text":
            tell_lines("nothing was published: the last good output is as it was")
        return 1
    if options.format == "text":
        _write_counts(found)
        _write_end(found, report)
    return 0


def _release(options: argparse.Namespace) -> int:
    from lingang.cli.astray import refuse_astray
    from lingang.release.build import ReleaseRefused, build_release
    from lingang.release.succession import VersionTooLow

    refuse_astray(Path(options.root), "release")
    try:
        since = Path(options.since) if options.since else None
        made = build_release(Path(options.root), Path(options.out), since=since, edition=options.edition)
    except ReleaseRefused as refused:
        options.format, options.max = "text", None
        _print_report(refused.report, options)
    except VersionTooLow as refused:
        tell_lines(str(refused))
    else:
        tell_lines("\n".join(path.as_posix() for path in made))
        return 0
    tell_lines("nothing was released: the last good output is as it was")
    return 1


def _rules(options: argparse.Namespace) -> int:
    from lingang.rules.explain import explain, listing

    found = listing() if options.id is None else explain(options.id)
    if found is None:
        from lingang.rules.catalogue import catalogue

        raise CannotRun(
            f"no rule {options.id}; lingang rules lists them{did_you_mean(options.id.upper(), catalogue())}"
        )
    tell_lines(found)
    return 0


def _diff(options: argparse.Namespace) -> int:
    from lingang.release.changes import diff, exit_status, to_json, to_text

    found = diff(options.old, options.new)
    tell_lines(to_json(found) if options.format == "json" else to_text(found))
    return exit_status(found)


_COMMANDS = {
    "new": _new,
    "draft": _draft,
    "schema": _schema,
    "validate": _validate,
    "build": _build,
    "release": _release,
    "rules": _rules,
    "diff": _diff,
    **LOOKING,
    **CHANGING,
}


def _about(options: argparse.Namespace) -> str:
    """What a command is asked to deal with, for what names no path of its own."""
    given = (getattr(options, name, None) for name in ("root", "origin", "path", "id", "old", "folder"))
    return str(next(filter(None, given), "") or " ".join(getattr(options, "paths", ())) or options.command)


def _done(options: argparse.Namespace) -> int:
    """What the command of the options comes to, within the memory that it may take, where it can be told one."""
    refuse_empty(options)
    command = _COMMANDS[options.command]
    if not hasattr(options, "memory"):
        return command(options)
    from lingang.corpus.options import memory_limit
    from lingang.engines.memory import bounded

    with bounded(memory_limit(options.memory), _about(options)):
        return command(options)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    open_streams()
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        said = int(stop.code or 0)
        return run(lambda: said)
    return run(lambda: _done(options), _about(options), debug=options.debug)
