"""Folders to work in, gone at the end and cleared by the next run where a run was killed; threads that can be broken
off."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from lingang.problems import CannotRun

__all__ = ["temporary", "workers"]

_PREFIX = "lingang-work-"


def _alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


@contextlib.contextmanager
def temporary() -> Iterator[Path]:
    """An empty folder below the system's folder for temporary files; raises ``CannotRun`` where the engines could not
    use it."""
    base = Path(tempfile.gettempdir())
    if any("\udc80" <= char <= "\udcff" for char in str(base)):
        raise CannotRun(f"{base} cannot be worked in: its name is not UTF-8; rename it, or set TMPDIR")
    for litter in base.glob(f"{_PREFIX}*"):
        if not _alive(litter.name.removeprefix(_PREFIX).split("-")[0]):
            shutil.rmtree(litter, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def workers(count: int, broken_off: Event | None = None) -> Iterator[ThreadPoolExecutor]:
    """Threads. Where the block is left by an exception, Ctrl-C among them, what waits is not begun, and ``broken_off``
    is set for what is under way."""
    with ThreadPoolExecutor(count) as threads:
        try:
            yield threads
        except BaseException:
            if broken_off is not None:
                broken_off.set()
            threads.shutdown(wait=False, cancel_futures=True)
            raise
