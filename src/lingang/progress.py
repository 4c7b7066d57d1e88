"""What is being done, how far, how long still: on a terminal, for whatever takes over two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

__all__ = ["Progress", "Tell", "in_silence"]

Tell = Callable[[str, float], None]
"""Told what comes next, and the share of the whole work that is behind."""

_PATIENCE = 2.0


class Progress:
    """One line that is written over; nothing where the stream is no terminal or the work is quick."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr  # which is none where it was closed before the command began
        self._began = time.monotonic()
        self._done = 0.0
        self._width = 0

    def tell(self, what: str, done: float) -> None:
        """Say what comes next; ``done`` is the share of the whole work that is behind, from 0 to 1."""
        self._done = max(self._done, min(done, 1.0))
        past = time.monotonic() - self._began
        if self._stream is None or not self._stream.isatty() or past < _PATIENCE:
            return
        left = f", {past / self._done * (1 - self._done):.0f} s left" if self._done > 0.02 else ""
        line = f"[{self._done:4.0%}] {what}{left}"
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def close(self) -> None:
        """Leave an empty line behind."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()


def in_silence(what: str, done: float) -> None:
    """For work that nobody watches."""
