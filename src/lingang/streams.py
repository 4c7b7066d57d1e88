"""Standard output and error, and the exit status of what could not be run."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable

from lingang.problems import CannotRun

__all__ = ["open_streams", "run", "tell"]


def tell(text: str) -> None:
    """Text to standard output, at once: what cannot be told is ``CannotRun``."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotRun(f"standard output cannot be written: {error.strerror}") from None


def _say(text: str) -> None:
    """One line to whoever watches; that nobody can read it changes no exit status."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"lingang: {text}\n")
        sys.stderr.flush()


def run(command: Callable[[], int]) -> int:
    """What a command returns, and 2, with one line that says why, where it could not be run."""
    status = 2
    try:
        status = command()
        tell("")
    except CannotRun as error:
        status = 2
        _say(str(error))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("", "lingang"):
            raise
        _say(f"this command needs {error.name}; install it with: pip install 'lingang[validate]'")
    except KeyboardInterrupt:
        status = 130
        _say("interrupted; the last good output is as it was")
    except BrokenPipeError:  # whoever read the output has gone; what was not told is not green
        status = 2
    except OSError as error:
        where = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        _say(f"{where}{error.strerror or error}")
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
