"""A version says no less than its tables changed since the last one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lingang.problems import CannotRun
from lingang.release.build import build_release
from lingang.release.succession import VersionTooLow, check_version, lowest

VERSION = "1.0.0"
"""Of the data of the repository, by dataset/about.yaml."""


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    return build_release(root, tmp_path_factory.mktemp("new") / "dist")[0]


@pytest.fixture
def old(new: Path, tmp_path: Path) -> Path:
    """A last version with the same tables, to be changed."""
    return Path(shutil.copytree(new, tmp_path / "old"))


def state(folder: Path, version: str) -> None:
    path = folder / "datapackage.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "version": version}), "utf-8")


def edit(table: str, change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """A change of the lines of a table of the last version: what is taken out of it, the new one adds."""

    def do(folder: Path) -> None:
        path = folder / f"{table}.jsonl"
        path.write_text("".join(change(path.read_text("utf-8").splitlines(keepends=True))), "utf-8")

    return do


def renamed(lines: list[str]) -> list[str]:
    return [lines[0].replace('_id": "', '_id": "old-', 1), *lines[1:]]


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "the code alone": (lambda folder: None, "patch"),
    "a corrected value": (edit("people", lambda lines: [lines[0].replace("Cao", "Caw"), *lines[1:]]), "patch"),
    "an event more": (edit("events", lambda lines: lines[1:]), "minor"),
    "a mention under another id": (edit("mentions", renamed), "minor"),
    "a person under another id": (edit("people", renamed), "major"),
}
ENOUGH = {"patch": "1.2.4", "minor": "1.3.0", "major": "2.0.0"}
TOO_LOW = {"patch": ("1.2.3", "0.9.9"), "minor": ("1.2.4", "1.2.99"), "major": ("1.3.0", "1.99.0")}


@pytest.mark.long
@pytest.mark.parametrize("name", list(CHANGES))
def test_a_version_that_says_enough_is_let_through(name: str, old: Path, new: Path, tmp_path: Path) -> None:
    change, bump = CHANGES[name]
    change(old)
    state(old, "1.2.3")
    after = shutil.copytree(new, tmp_path / "after")
    for version in (ENOUGH[bump], "2.0.0", "3.1.4"):
        state(after, version)
        check_version(old, after)
    for version in TOO_LOW[bump]:
        state(after, version)
        with pytest.raises(VersionTooLow, match=rf"version {version} cannot follow 1\.2\.3\n.*{ENOUGH[bump]} or later"):
            check_version(old, after)


def test_the_lowest_version() -> None:
    lowest_of = {bump: lowest("1.9.9", bump) for bump in (None, "patch", "minor", "major")}
    assert lowest_of == {None: "1.9.10", "patch": "1.9.10", "minor": "1.10.0", "major": "2.0.0"}
    with pytest.raises(CannotRun, match="it has three numbers"):
        lowest("1.0", None)


def log(root: Path, *versions: str) -> None:
    (root / "CHANGELOG.md").write_text("".join(f"## {version}\n\nWords.\n\n" for version in versions))


@pytest.mark.long
def test_a_first_release_has_no_last_one(copied: Path, tmp_path: Path) -> None:
    log(copied, f"{VERSION} - 2026-11-23", "0.9.0 - unreleased")
    assert build_release(copied, tmp_path / "dist")


@pytest.mark.long
def test_a_later_release_needs_the_last_one(copied: Path, old: Path, tmp_path: Path) -> None:
    log(copied, f"{VERSION} - unreleased", "0.10.0 - 2026-10-01", "0.9.0 - 2026-09-01")
    with pytest.raises(CannotRun, match=r"CHANGELOG\.md names 0\.10\.0: give .* with --since"):
        build_release(copied, tmp_path / "dist")
    state(old, "0.9.0")
    with pytest.raises(CannotRun, match=r"old is 0\.9\.0; the last version that CHANGELOG\.md names is 0\.10\.0"):
        build_release(copied, tmp_path / "dist", since=old)
    (old / "datapackage.json").write_text("{}")
    with pytest.raises(CannotRun, match=r"old: datapackage\.json states no version"):
        build_release(copied, tmp_path / "dist", since=old)
    assert not (tmp_path / "dist").exists()
    state(old, "0.10.0")
    assert build_release(copied, tmp_path / "dist", since=old)


@pytest.mark.long
def test_a_refused_version_leaves_the_last_release(copied: Path, new: Path, tmp_path: Path) -> None:
    archive = new.parent / f"{new.name}.zip"
    with pytest.raises(VersionTooLow, match="the tables are the same"):
        build_release(copied, tmp_path / "dist", since=archive)
    assert not (tmp_path / "dist").exists()
