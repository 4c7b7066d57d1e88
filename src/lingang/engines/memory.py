"""The memory of this process and its workers, kept below a bound: beyond it the work ends with exit status 2.

A thread looks a few times a second. What it finds too much is first an interrupt, so that folders of work are cleared;
where that does not help soon, or memory grows on, the process ends at once. A limit of the operating system would be
kept to the byte, but counts what is reserved and never used, which engines do, and ends in a crash of theirs.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import time
from _thread import interrupt_main
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

from lingang.problems import CannotRun

__all__ = ["bounded", "machine"]

_SECONDS = 0.1
_GRACE = 5.0
_CGROUP = Path("/sys/fs/cgroup/memory.max")


def machine() -> int:
    """Bytes of memory that the machine has, or the container gives."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):
        return min(whole, int(_CGROUP.read_text(encoding="ascii")))
    return whole


def _resident(process: int) -> int:
    """Bytes of a process that are in memory; 0 where the system does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _taken() -> int:
    workers = (child.pid for child in multiprocessing.active_children() if child.pid is not None)
    return sum(map(_resident, (os.getpid(), *workers)))


def _end(said: str) -> None:
    for child in multiprocessing.active_children():
        child.kill()
    with contextlib.suppress(OSError):
        os.write(2, f"lingang: {said}\n".encode("utf-8", "backslashreplace"))
    os._exit(2)


@contextlib.contextmanager
def bounded(memory: int, about: str) -> Iterator[None]:
    """A block in which the process may take so many bytes; raises ``CannotRun`` where it takes more.

    Where the system does not tell what a process takes, nothing is bounded. ``about`` is what is worked on.
    """
    done, exceeded = Event(), Event()
    said = f"{memory >> 20}MB of memory are too little for {about}; give more with --memory"

    def watch() -> None:
        since = 0.0
        while not done.wait(_SECONDS):
            taken = _taken()
            if not since and taken > memory:
                since = time.monotonic()
                exceeded.set()
                interrupt_main()
            elif since and (time.monotonic() - since > _GRACE or taken > memory + memory // 4):
                _end(said)

    thread = Thread(target=watch, daemon=True)
    if sys.platform != "win32" and _resident(os.getpid()):
        thread.start()
    try:
        yield
    except BaseException:  # an engine may have made another of the interrupt
        if exceeded.is_set():
            raise CannotRun(said) from None
        raise
    finally:
        done.set()
        if thread.is_alive():
            thread.join()
