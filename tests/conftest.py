"""What the tests share: the root of the repository, its files, and one checked build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lingang.authored.tree import read_files
from lingang.check.root import Checked, check_files
from lingang.tables.arrow import Tables

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    what = "also the long tests (fuzzers, sweeps, whole releases, browser, Spark)"
    parser.addoption("--long", action="store_true", help=what)
    parser.addoption("--every", type=int, default=0, metavar="N", help=f"{what}, but of their cases every N-th alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without long tests, or with every N-th of them; sweeps where ``-m sweep`` asks."""
    step, long, kept = 1 if config.getoption("--long") else config.getoption("--every"), 0, []
    for item in items:
        if item.get_closest_marker("sweep") is not None and "sweep" not in config.option.markexpr:
            continue
        if item.get_closest_marker("long") is not None:
            long += 1
            if not step or long % step:
                continue
        kept.append(item)
    # the slowest file first, so that no worker is left alone with it at the end
    items[:] = sorted(kept, key=lambda item: item.path.name != "test_spark.py")


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes into the cache of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "caches"))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """The authored files of the repository, by path."""
    return read_files(ROOT)


@pytest.fixture(scope="session")
def checked(files: dict[str, bytes]) -> Checked:
    return check_files(files)


@pytest.fixture(scope="session")
def tables(checked: Checked) -> Tables:
    assert checked.tables is not None, [str(problem.place) for problem in checked.report]
    return checked.tables


@pytest.fixture
def copied(tmp_path: Path, files: dict[str, bytes]) -> Path:
    """A root of its own with the authored files of the repository."""
    for name, data in files.items():
        path = tmp_path / "root" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "root"


@pytest.fixture
def inputs(copied: Path, tmp_path: Path) -> Callable[[str], Path]:
    """An own copy of what can be handed over: ``root``, ``release`` or ``corpus``."""
    data = ROOT / "src" / "lingang" / "data"

    def made(kind: str) -> Path:
        folder = tmp_path / kind
        if kind == "release":
            shutil.copytree(data, folder, ignore=shutil.ignore_patterns("__init__.py", "__pycache__"))
        if kind == "corpus":
            folder.mkdir()
            for path in data.glob("*.jsonl"):
                shutil.copy(path, folder)
        return folder

    return made
