"""What is told of work under way: on a terminal alone, and only of what takes long."""

from __future__ import annotations

import io

import pytest

import lingang.progress
from lingang.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(lingang.progress.time, "monotonic", lambda: now[0])
    return now


def test_it_says_what_how_far_and_how_long_still(clock: list[float]) -> None:
    terminal = Terminal()
    progress = Progress(terminal)
    clock[0] += 5
    progress.tell("reading evidence.jsonl", 0.25)
    assert terminal.getvalue() == "\r[ 25%] reading evidence.jsonl, 15 s left"
    progress.close()
    assert terminal.getvalue().endswith("\r")


def test_quick_work_is_not_told(clock: list[float]) -> None:
    terminal = Terminal()
    progress = Progress(terminal)
    clock[0] += 1.9
    progress.tell("reading", 0.5)
    progress.close()
    assert terminal.getvalue() == ""


def test_a_file_is_no_terminal(clock: list[float]) -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    clock[0] += 60
    progress.tell("reading", 0.5)
    progress.close()
    assert stream.getvalue() == ""


def test_it_never_goes_back(clock: list[float]) -> None:
    terminal = Terminal()
    progress = Progress(terminal)
    clock[0] += 10
    progress.tell("checking EVI001", 0.5)
    progress.tell("reading", 0.1)
    assert terminal.getvalue().split("\r")[-1].startswith("[ 50%] reading, 10 s left")
