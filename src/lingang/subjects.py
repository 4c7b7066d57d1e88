"""What a path is: an authored root, a release, or the installed data; and its report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lingang.check import check_root
from lingang.problems import CannotRun, Report
from lingang.release_check import check_archive, check_release

__all__ = ["check_path", "check_path_at"]

_ARCHIVES = (".zip", ".tar.gz", ".tgz")


def check_path(path: Path | None) -> Report:
    """The report on a dataset root, a release folder or archive; of the installed data for ``None``.

    Raises ``CannotRun`` where the path is nothing of these.
    """
    if path is None:
        return check_release(Path(__file__).parent / "data")
    if not path.exists():
        raise CannotRun(f"no such path: {path}")
    if path.is_file():
        if path.name.endswith(_ARCHIVES):
            return check_archive(path)
        raise CannotRun(f"{path} is no archive of a release (.zip, .tar.gz)")
    if (path / "dataset").is_dir():
        return check_root(path).report
    if (path / "SHA256SUMS").is_file():
        return check_release(path)
    raise CannotRun(f"{path} is neither a dataset root (it has no dataset/) nor a release (it has no SHA256SUMS)")


def check_path_at(path: Path) -> Report:
    """``check_path`` with the path before each file name, for several paths in one report."""
    return Report(
        [
            replace(problem, place=replace(problem.place, file=f"{path.as_posix()}/{problem.place.file}"))
            for problem in check_path(path).problems
        ]
    )
