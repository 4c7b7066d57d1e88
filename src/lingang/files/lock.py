"""One run at a time: a lock that the system takes back when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from lingang.problems import CannotRun

__all__ = ["locked"]

WAIT = 10.0
"""How long another run is waited for, in seconds."""
_OURS = re.compile(rb"process [0-9]+\n|")

if sys.platform == "win32":
    import msvcrt

    def _taken(file: int) -> bool:
        os.lseek(file, 1 << 20, os.SEEK_SET)  # beyond the text: what is locked cannot be read by others
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _taken(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _text(file: int, path: Path) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    text = os.read(file, 64)
    if _OURS.fullmatch(text) is None:
        raise CannotRun(f"{path} is in the way: it is no lock of lingang; move it away")
    return text


def _opened(path: Path) -> int | None:
    """The lock file, opened and taken; ``None`` where another run has it, or took it away meanwhile."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        _text(file, path)
        if _taken(file) and path.exists() and os.path.samestat(os.fstat(file), path.stat()):
            return file
    except BaseException:
        os.close(file)
        raise
    os.close(file)
    return None


def _holder(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_bytes().decode("ascii", "replace").strip()
    return ""


@contextlib.contextmanager
def locked(path: Path, what: Path) -> Iterator[None]:
    """Hold the lock file ``path`` while ``what`` is written; it is gone at the end.

    Another run is waited for, ten seconds; then ``CannotRun`` names it. The file of a dead process is no obstacle.
    """
    end = time.monotonic() + WAIT
    while (file := _opened(path)) is None:
        if time.monotonic() > end:
            holder = _holder(path) or "another run"
            raise CannotRun(f"{what} is being written by {holder}; wait until it has ended")
        time.sleep(0.05)
    try:
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, f"process {os.getpid()}\n".encode())
        yield
    finally:
        try:
            with contextlib.suppress(OSError):
                path.unlink()  # while it is held, lest another run hold a file that is gone
        finally:
            os.close(file)
        if sys.platform == "win32":  # there no open file is removed
            with contextlib.suppress(OSError):
                path.unlink()
