"""The one way into place: written beside what it replaces, under a lock, then moved in one step.

Beside the output ``o`` there is, while a run writes, the folder ``.o.staged-lingang``:

========== ===========================================================================
``new/``   what will stand in place, under the names that it will have
``old/``   what stood there, moved aside
``work/``  whatever else the run needs
``plan.json`` the names that are moved; it is there from the first move to the last
========== ===========================================================================

A step that fails is taken back. What a killed run left is told by the plan: the next run puts the old back, or, where
every move was made, clears the rest away. Other files are never touched.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lingang.files.lock import locked
from lingang.files.owned import resolved
from lingang.problems import CannotRun

__all__ = ["Output", "Workplace", "add_files", "filling", "output", "workplace", "write_files", "writing"]

_PLAN = "plan.json"
_PARTS = frozenset({"new", "old", "work", _PLAN, f"{_PLAN}.new"})


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Whatever the system refuses while ``target`` is written is a ``CannotRun`` that names it."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotRun(f"{target} cannot be written: {reason}; the last good output is as it was") from error


@contextlib.contextmanager
def filling(target: Path) -> Iterator[None]:
    """As ``writing``, where other files are read meanwhile: what tells of a place that takes no more is its own."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        with writing(target):
            raise OSError(error.errno, os.strerror(error.errno)) from error


def _sync(path: Path) -> None:
    """Ask the system to keep a file or folder through a loss of power, where it can."""
    if os.name == "nt" and path.is_dir():
        return
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by name below a folder that is there or will be."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _settle(folder: Path) -> None:
    """The same modes whoever wrote the files, and every byte on the disk."""
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    with ThreadPoolExecutor(16) as threads:  # what is asked at once is done at once: a tenth of the time
        list(threads.map(_sync, paths))


@dataclass(frozen=True, slots=True)
class _Move:
    """A name that changes; ``filled`` tells whether something new takes the place, or nothing."""

    target: Path
    new: Path
    old: Path
    filled: bool

    @property
    def made(self) -> bool:
        if self.filled:
            return not os.path.lexists(self.new)
        return not os.path.lexists(self.target)

    def make(self) -> None:
        if os.path.lexists(self.target):
            self.target.rename(self.old)
        if self.filled:
            self.new.rename(self.target)

    def take_back(self) -> None:
        if self.filled and self.made and os.path.lexists(self.target):
            self.target.rename(self.new)
        if os.path.lexists(self.old):
            if os.path.lexists(self.target):
                raise CannotRun(
                    f"{self.target} was moved to {self.old} by a run that was broken off, and stands there again; "
                    "keep the one that is right at its place, and move the other away"
                )
            self.old.rename(self.target)


@dataclass(frozen=True, slots=True)
class Workplace:
    """The staging folder of a run; names are relative to ``base``, with forward slashes."""

    base: Path
    folder: Path

    @property
    def new(self) -> Path:
        return self.folder / "new"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def _moves(self, names: Mapping[str, bool]) -> list[_Move]:
        old = self.folder / "old"
        return [_Move(self.base / name, self.new / name, old / name, filled) for name, filled in names.items()]

    def _open(self) -> None:
        for folder in (self.new, self.work):
            folder.mkdir(parents=True)

    def _plan(self) -> dict[str, bool]:
        path = self.folder / _PLAN
        try:
            plan = json.loads(path.read_bytes())
            names = {str(name): bool(filled) for name, filled in plan["moves"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            names = {"..": True}
        if any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in names):
            raise CannotRun(f"{path} is in the way: it is no plan of lingang; move its folder away")
        return names

    def _recover(self) -> None:
        """Put back what a killed run had moved aside, and clear what it left."""
        if not os.path.lexists(self.folder):
            return
        if self.folder.is_symlink() or not self.folder.is_dir() or _names(self.folder) - _PARTS:
            raise CannotRun(f"{self.folder} is in the way: lingang did not make what is in it; move it away")
        if (self.folder / _PLAN).exists():
            moves = self._moves(self._plan())
            if not all(move.made for move in moves):
                for move in reversed(moves):
                    move.take_back()
            (self.folder / _PLAN).unlink()
        shutil.rmtree(self.folder)

    def _take_back(self, moves: list[_Move], error: BaseException) -> None:
        try:
            for move in reversed(moves):
                move.take_back()
        except OSError as second:
            reason = getattr(error, "strerror", None) or str(error)
            raise CannotRun(
                f"{self.base} cannot be written: {reason}; what was moved aside is in {self.folder / 'old'} "
                f"and could not be put back ({second.strerror}): the next run does it"
            ) from error
        with contextlib.suppress(OSError):
            (self.folder / _PLAN).unlink()

    def _close(self) -> None:
        if not os.path.lexists(self.folder / _PLAN):
            shutil.rmtree(self.folder, ignore_errors=True)

    def replace(self, names: Iterable[str]) -> None:
        """Move what is staged under these names into place, all or none; a name that is not staged is removed."""
        _settle(self.new)
        moves = self._moves({name: os.path.lexists(self.new / name) for name in names})
        for move in moves:
            if move.target.is_symlink():
                raise CannotRun(f"{move.target} is a symbolic link; name what it points to")
            move.old.parent.mkdir(parents=True, exist_ok=True)
            move.target.parent.mkdir(parents=True, exist_ok=True)
        plan, draft = self.folder / _PLAN, self.folder / f"{_PLAN}.new"
        text = json.dumps({"moves": {move.new.relative_to(self.new).as_posix(): move.filled for move in moves}})
        draft.write_text(text, encoding="ascii")
        _sync(draft)
        draft.rename(plan)
        _sync(self.folder)
        try:
            for move in moves:
                move.make()
        except BaseException as error:
            self._take_back(moves, error)
            raise
        with contextlib.suppress(OSError):  # every move is made: the next run clears it away
            _sync(self.base)
            plan.unlink()


def _made(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns which were missing, the lowest first."""
    missing = []
    for path in (folder, *folder.parents):
        if path.is_dir():
            break
        if path.exists():
            raise NotADirectoryError(errno.ENOTDIR, f"{path} is no folder")
        missing.append(path)
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _staging(base: Path, name: str) -> Path:
    return base / f".{name}.staged-lingang"


def _lock(base: Path, name: str) -> Path:
    return base / f".{name}.lock-lingang"


@contextlib.contextmanager
def workplace(base: Path, name: str, what: Path) -> Iterator[Workplace]:
    """A staging folder in ``base``, for outputs in it; ``name`` tells one kind of run from others there.

    One run at a time. What a killed run had moved aside is put back first; at the end nothing is left behind. Raises
    ``CannotRun``, which names ``what`` is written, where another run goes on or something else is in the way.
    """
    made: list[Path] = []
    try:
        with writing(what):
            made = _made(base)
        with contextlib.ExitStack() as held:
            place = Workplace(base, _staging(base, name))
            with writing(what):
                held.enter_context(locked(_lock(base, name), what))
                place._recover()
                held.callback(place._close)
                place._open()
            yield place
    finally:
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def add_files(files: Mapping[str, bytes], folder: Path, what: Path) -> None:
    """Write new files by name into a folder, all or none; raises ``CannotRun`` for one that is there and differs."""
    with workplace(folder, "export", what) as place, writing(what):
        missing = {name: data for name, data in files.items() if not _holds(folder / name, data)}
        write_files(missing, place.new)
        place.replace(missing)


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file holds these bytes; another one is refused."""
    if not os.path.lexists(path):
        return False
    if path.is_file() and path.read_bytes() == data:
        return True
    raise CannotRun(f"{path} is there already and differs; nothing was written. Remove it, or name another place")


def _mounts() -> set[str]:
    """Where file systems are mounted, as far as the system tells (bind mounts included)."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return set()
    return {re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), line.split(" ")[4]) for line in lines}


def _stays(folder: Path) -> bool:
    """Whether a folder cannot be moved: something is mounted there, or the folder that holds it cannot be written."""
    if not folder.is_dir():
        return False
    return os.path.ismount(folder) or str(folder) in _mounts() or not os.access(folder.parent, os.W_OK | os.X_OK)


Check = Callable[[Path, frozenset[str]], None]
"""Told a folder and the names in it that do not count; raises ``CannotRun`` where it may not be replaced."""


@dataclass(frozen=True, slots=True)
class Output:
    """A folder in the making: what is written into ``folder`` will be ``target``; ``work`` is for the rest."""

    target: Path
    folder: Path
    work: Path
    _place: Workplace
    _own: frozenset[str]
    _check: Check

    def finish(self) -> None:
        """Move the folder into place."""
        self._check(self.target, self._own)
        if self._place.base == self.target:
            self._place.replace(sorted((_names(self.target) - self._own) | _names(self.folder)))
        else:
            self._place.replace([self.target.name])


@contextlib.contextmanager
def output(out: Path, check: Check) -> Iterator[Output]:
    """A folder that takes the place of ``out``, or of what it is a link to, whole or not at all.

    ``check`` is called before the first step and before the last.
    """
    target = resolved(out)
    inside = _stays(target)
    base, name = (target, "output") if inside else (target.parent, target.name)
    own = frozenset({_staging(base, name).name, _lock(base, name).name} if inside else ())
    with workplace(base, name, out) as place:
        made = Output(target, place.new if inside else place.new / name, place.work, place, own, check)
        with writing(out):
            check(target, own)
            made.folder.mkdir(exist_ok=True)
        yield made
