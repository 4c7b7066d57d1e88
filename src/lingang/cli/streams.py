"""Standard output and error, and the exit status of what could not be run."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable

from lingang.failures import said, tell_traceback
from lingang.problems import CannotRun
from lingang.text.characters import visible

__all__ = ["fail", "note", "open_streams", "run", "tell"]


def tell(text: str) -> None:
    """Text to standard output, at once: what cannot be told is ``CannotRun``."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotRun(f"standard output cannot be written: {error.strerror}") from error


def fail(error: BaseException, about: str, *, debug: bool = False) -> int:
    """One line to whoever watches, which says why something could not be done; returns the exit status.

    ``about`` names what it was done to, where the error does not; with ``debug`` the traceback stands before the line.
    That nobody can read it changes nothing.
    """
    if debug:
        with contextlib.suppress(OSError):
            tell_traceback(error)
    note(said(error, about))
    return 2


def note(text: str) -> None:
    """One line to whoever watches; that nobody can read it changes nothing."""
    with contextlib.suppress(OSError):
        told = text.encode("utf-8", "backslashreplace").decode("utf-8")  # names that are not UTF-8
        sys.stderr.write(f"lingang: {visible(told)}\n")
        sys.stderr.flush()


def run(command: Callable[[], int], about: str = "lingang", *, debug: bool = False) -> int:
    """What a command returns, and 2, with one line that says why, where it could not be run."""
    try:
        status = command()
        tell("")
    except KeyboardInterrupt:
        status = 130
        with contextlib.suppress(OSError):
            sys.stderr.write("lingang: interrupted; the last good output is as it was\n")
    except BrokenPipeError:  # whoever read the output has gone; what was not told is not green
        status = 2
    except Exception as error:
        status = fail(error, about, debug=debug)
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        return status
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter says it once more
    return status


class _Closed(io.TextIOBase):
    """Standard output that is closed: whoever writes learns it when it is flushed, as of any stream."""

    written = False

    def write(self, text: str) -> int:
        self.written = True
        return len(text)

    def flush(self) -> None:
        if self.written:
            self.written = False
            raise OSError(errno.EBADF, "it is closed")


def open_streams() -> None:
    """The same bytes whatever the machine's locale; a stream that is closed is not taken for a file."""
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        if stream is None:
            with contextlib.suppress(OSError):  # else the next file that is opened would have its number
                os.dup2(os.open(os.devnull, os.O_WRONLY), number)
            setattr(sys, name, _Closed() if number == 1 else io.StringIO())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
