"""A page of docs that is followed: its files are written and its commands run, in its order, in an empty folder.

A fence with a title is a file (``continued``: its end, ``instead``: its last line); a ``console`` fence has commands
after ``$`` and what they print. ``…`` alone in a line stands for any lines.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["follow", "printed"]

_FENCE = re.compile(
    r'^```(?:(?P<kind>\w+) title="(?P<file>[^"]+)"(?P<how> continued| instead|)|console)\n(?P<text>.*?)^```\n',
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (?P<command>.+)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def printed(command: str, folder: Path) -> str:
    """What a command prints, on both streams."""
    scripts = folder.parent / "bin"
    scripts.mkdir(exist_ok=True)
    script = scripts / "lingang"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lingang "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path, "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return run.stdout.decode("utf-8")


def _fits(shown: str, output: str) -> bool:
    """Whether an output is as it is shown, where ``…`` stands for any lines."""
    parts = [re.escape(line) for line in shown.split("\n")]
    pattern = "\n".join(parts).replace(re.escape("…") + "\n", "(?:.*\n)*")
    return re.fullmatch(pattern, output) is not None


def _write(folder: Path, file: str, how: str, text: str) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    there = path.read_text(encoding="utf-8") if how else ""
    if how == " continued":
        there += "\n"
    elif how == " instead":
        there = there[: there.rstrip("\n").rindex("\n") + 1]
    path.write_text(there + text, encoding="utf-8")


def follow(text: str) -> str:
    """The page with the output that its commands have now; one that is shown shortened stays where it fits."""

    def command(match: re.Match[str], folder: Path) -> str:
        output = printed(match["command"], folder)
        shown = match["output"]
        return f"$ {match['command']}\n{shown if _fits(shown, output) else output}"

    def fence(match: re.Match[str]) -> str:
        if match["file"]:
            _write(folder, match["file"], match["how"], match["text"])
            return match[0]
        return f"```console\n{_COMMAND.sub(lambda found: command(found, folder), match['text'])}```\n"

    with tempfile.TemporaryDirectory() as above:
        folder = Path(above) / "pages"
        folder.mkdir()
        return _FENCE.sub(fence, text)
