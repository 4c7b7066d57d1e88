"""The command line: new, draft, schema, validate, build, release, explore, show, find, tables, rules, diff, export,
read, remove.

Exit status 0: no error. 1: what was handed over has an error, or a rule could not be run on it. 2: it could not be
done.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lingang.cli.arguments import refuse_empty
from lingang.cli.changing import CHANGING
from lingang.cli.keeping import cache_of
from lingang.cli.looking import LOOKING, colour, tell_lines
from lingang.cli.options import parser
from lingang.cli.streams import fail, open_streams, run
from lingang.problems import CannotRun
from lingang.text.likest import did_you_mean

if TYPE_CHECKING:
    from lingang.corpus.options import Options
    from lingang.problems import Report
    from lingang.rules.scope import Chosen
    from lingang.tables.arrow import Tables

__all__ = ["main", "write_published"]

_OF_FORGES = ("github", "gitlab", "sarif")
"""Formats that name files from the top of the repository, as those who show them do."""


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
    master, memory = options.master or "local[*]", memory_limit(options.memory)
    return Options(options.engine, master, memory, keep, _chosen(options), cache_of(options))


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
    asked = _corpus(options)
    asked.refuse_elsewhere("a dataset root")
    from lingang.build.root import build, stale, validated

    out = Path(options.out) if options.out else root / "build"
    published = (
        validated(root, strict=options.strict, chosen=asked.chosen, cache=asked.cache)
        if options.check
        else build(root, out, strict=options.strict, chosen=asked.chosen, cache=asked.cache)
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


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for; of a path that stands where a command takes none it is said where it belongs."""
    asked = parser()
    options, more = asked.parse_known_args(arguments)
    if more:
        path = next((word for word in more if hasattr(options, "origin") and os.path.lexists(word)), None)
        hint = "" if path is None else f"; what is looked at stands behind --from: --from {path}"
        asked.error(f"unrecognized arguments: {' '.join(more)}{hint}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    open_streams()
    try:
        options = _parsed(arguments)
    except SystemExit as stop:
        said = int(stop.code or 0)
        return run(lambda: said)
    collecting = gc.isenabled()
    gc.disable()  # imports make many objects and few cycles: to look for these takes a tenth of a check
    try:
        return run(lambda: _done(options), _about(options), debug=options.debug)
    finally:
        if collecting:
            gc.enable()
