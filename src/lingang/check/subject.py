"""What a path is: an authored root, a release, a folder of tables, or the installed data; and its report."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal

from lingang.about import INSTALLED, SUMS
from lingang.corpus.inputs import holds_tables, is_published
from lingang.corpus.options import Options
from lingang.problems import CannotRun, Report

__all__ = ["check_path", "check_path_at", "kind_of"]

Kind = Literal["archive", "root", "release", "tables"]

_ARCHIVES = (".zip", ".tar.gz", ".tgz")


def kind_of(path: Path) -> Kind:
    """What a path is. Raises ``CannotRun`` where there is none, or it is nothing of these."""
    if not path.exists():
        raise CannotRun(f"no such path: {path}")
    if path.is_file():
        if path.name.endswith(_ARCHIVES):
            return "archive"
        raise CannotRun(f"{path} is no archive of a release (.zip, .tar.gz)")
    if not path.is_dir():
        raise CannotRun(f"{path} is neither a file nor a folder; name the files, not a pipe or a device")
    if (path / "dataset").is_dir():
        return "root"
    if (path / SUMS).is_file() and not is_published(path):
        return "release"
    if holds_tables(path):
        return "tables"
    raise CannotRun(
        f"{path} is neither a dataset root (it has no dataset/) nor a release (it has no {SUMS}) nor a folder of "
        "tables (it has no sources.jsonl or sources.parquet)"
    )


def check_path(path: Path | None, options: Options | None = None) -> Report:
    """The report on a dataset root, a release folder or archive, or a folder of tables; of the installed data for
    ``None``.

    Raises ``CannotRun`` where the path is nothing of these, or none of the rules that are asked for applies to it.
    """
    options = options or Options()
    kind = "release" if path is None else kind_of(path)
    place = INSTALLED if path is None else path
    # Each way is imported when it is taken: half of the time of a small check is importing.
    if kind == "archive":
        return _of_archive(place, options)
    return _of_folder(kind, place, options)


def _of_archive(path: Path, options: Options) -> Report:
    """The report on what an archive holds."""
    from lingang.check.released import unpacked

    with unpacked(path) as folder:
        return _of_folder(kind_of(folder), folder, options, packed=True)


def _of_folder(kind: Kind, folder: Path, options: Options, *, packed: bool = False) -> Report:
    if kind != "tables":
        options.refuse_elsewhere("a dataset root" if kind == "root" else "a release")
    if kind == "root" and options.cache is not None and not packed:
        from lingang.check.again import check_again

        return check_again(folder, options.chosen, options.keep, options.cache)
    if kind == "root":
        from lingang.check.root import check_root

        return check_root(folder, options.chosen, options.keep).report
    if kind == "tables":
        from lingang.check.corpus import check_corpus

        return check_corpus(folder, options)
    from lingang.check.released import check_release

    return check_release(folder, options.chosen, options.keep, packed=packed)


def _from_top(path: Path) -> Path:
    """A path from the top of the repository, or from here where there is none; one outside of it as it is."""
    here = Path.cwd()
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    whole = Path(os.path.normpath(here / path))
    return whole.relative_to(top) if whole.is_relative_to(top) else whole


def check_path_at(path: Path, options: Options | None = None, *, of_repository: bool = False) -> Report:
    """``check_path`` with the path before each file name: for several paths in one report, and for forges, which name
    files from the top of the repository that the command was called in."""
    report = check_path(path, options)
    before = _from_top(path) if of_repository else path
    report.problems = [
        replace(problem, place=replace(problem.place, file=(before / problem.place.file).as_posix()))
        for problem in report.problems
    ]
    report.not_run = {rule_id: f"{path.as_posix()}: {reason}" for rule_id, reason in report.not_run.items()}
    return report
