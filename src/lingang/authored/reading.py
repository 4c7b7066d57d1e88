"""Files of others read up to a bound: a pipe is not waited for, a device is not read to its end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from lingang.problems import CannotRun

__all__ = ["read_at_most"]


def _kind(mode: int) -> str:
    kinds = {stat.S_ISDIR: "a folder", stat.S_ISFIFO: "a pipe", stat.S_ISSOCK: "a socket"}
    return next((name for test, name in kinds.items() if test(mode)), "a device")


def _refuse_special(path: Path, mode: int) -> None:
    """Raises ``CannotRun`` for what is no regular file."""
    if not stat.S_ISREG(mode):
        raise CannotRun(f"{path} cannot be read: it is {_kind(mode)}, not a file; put a file there, or take it away")


def read_at_most(path: Path, most: int) -> bytes:
    """The bytes of a file; of one with more than ``most`` bytes one more than these, so that it can be refused.

    Raises ``CannotRun`` for what is no regular file or cannot be read.
    """
    try:
        _refuse_special(path, path.stat().st_mode)  # a socket cannot even be opened
        # a pipe that nobody writes into would be waited for
        with os.fdopen(
            os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
        ) as file:
            _refuse_special(path, os.fstat(file.fileno()).st_mode)
            return file.read(most + 1)
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror or error}") from error
