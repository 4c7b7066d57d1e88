"""Which version may follow which: a number says no less than the tables changed (``docs/VERSIONS.md``)."""

from __future__ import annotations

import re
from pathlib import Path

from lingang.problems import CannotRun
from lingang.release.changes import Bump, diff, release_version, required_bump

__all__ = ["VersionTooLow", "check_since", "check_version", "lowest"]

_RELEASED = re.compile(r"^## ([0-9]+\.[0-9]+\.[0-9]+) - [0-9]{4}-[0-9]{2}-[0-9]{2}$", re.MULTILINE)


class VersionTooLow(Exception):
    """The version says less than the tables changed since the last one. Nothing was written."""


def _numbers(version: str) -> tuple[int, int, int]:
    match = re.fullmatch(r"([0-9]+)\.([0-9]+)\.([0-9]+)", version)
    if match is None:
        raise CannotRun(f"{version} is no version: it has three numbers, major.minor.patch")
    major, minor, patch = map(int, match.groups())
    return major, minor, patch


def lowest(last: str, bump: Bump | None) -> str:
    """The lowest version that may follow ``last`` after a change; a change of the code alone asks for a patch."""
    major, minor, patch = _numbers(last)
    match bump:
        case "major":
            return f"{major + 1}.0.0"
        case "minor":
            return f"{major}.{minor + 1}.0"
        case _:
            return f"{major}.{minor}.{patch + 1}"


def _last(root: Path, version: str) -> str | None:
    """The greatest version with a day of release in the change log of a root, ``version`` left out."""
    path = root / "CHANGELOG.md"
    named = _RELEASED.findall(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else []
    return max((found for found in named if found != version), key=_numbers, default=None)


def check_since(root: Path, since: Path | None, version: str) -> None:
    """Raise ``CannotRun`` unless ``since`` is the last version that the root's change log names before ``version``.

    A first version has none. What has the same version is let through, for ``check_version`` to refuse.
    """
    last = _last(root, version)
    given = None if since is None else release_version(since)
    if last is not None and given is None:
        raise CannotRun(f"CHANGELOG.md names {last}: give its release folder or archive with --since")
    if last is not None and given not in (last, version):
        raise CannotRun(f"{since} is {given}; the last version that CHANGELOG.md names is {last}")


def check_version(since: Path, new: Path) -> None:
    """Raise ``VersionTooLow`` where the tables of a new release changed more since ``since`` than its number says."""
    last, version = release_version(since), release_version(new)
    bump = required_bump(diff(since, new))
    least = lowest(last, bump)
    if _numbers(version) < _numbers(least):
        changed = f"the change of the tables is {bump}" if bump else "the tables are the same"
        raise VersionTooLow(
            f"version {version} cannot follow {last}\n"
            f"  expected: {least} or later: {changed}\n"
            f"  found:    {version}\n"
            "  mend:     raise version in dataset/about.yaml, or take the change back; lingang diff lists it"
        )
