"""Somebody who named a path beside the root: what was meant, and the command for it."""

from __future__ import annotations

import os
from pathlib import Path

from lingang.about import SUMS
from lingang.problems import CannotRun

__all__ = ["refuse_astray"]

_PARTS = ("raw", "dataset")


def refuse_astray(path: Path, command: str) -> None:
    """Raises ``CannotRun``, with the next step, for an empty folder, a part of a root, a folder that holds roots, and
    one with pages and nothing else. ``command`` is what was asked for."""
    root = _root_above(path) if path.exists() else None
    if root is not None:
        raise CannotRun(f"{path} is a part of the dataset root {root}; name the root: lingang {command} {root}")
    if not path.is_dir() or (path / "dataset").is_dir():
        return
    try:
        there = sorted(entry for entry in path.iterdir() if entry.name[0] != ".")
        below = [entry for entry in there if _is_root(entry)]
    except OSError:  # whoever reads it says why it cannot be read
        return
    if not there:
        raise CannotRun(f"{path} is empty; a root to start from: lingang new {path}")
    if below and not (path / SUMS).is_file():
        raise CannotRun(f"{path} is no dataset root, but {below[0]} is one: lingang {command} {below[0]}")
    _refuse_pages(path, there)


def _is_root(folder: Path) -> bool:
    return (folder / "dataset/sources.yaml").is_file() or (folder / "dataset/articles").is_dir()


def _root_above(path: Path) -> Path | None:
    """The root that holds a path in raw/ or dataset/, named as the path is."""
    whole = Path(os.path.realpath(path))
    for steps, folder in enumerate(whole.parents, start=1):
        if whole.parts[len(folder.parts)] in _PARTS and _is_root(folder):
            named = Path(os.path.normpath(path.joinpath(*[".."] * steps)))
            return named if os.path.realpath(named) == str(folder) else folder
    return None


def _refuse_pages(path: Path, there: list[Path]) -> None:
    pages = [entry for entry in there if entry.suffix == ".txt"]
    if pages and all(entry.suffix in (".txt", ".md") or entry.name == SUMS for entry in there):
        folder = "NEW-FOLDER" if (path / SUMS).exists() or path.name in _PARTS else path
        raise CannotRun(
            f"{path} holds pages, but no records of them; a root to start from: lingang new {folder} --page {pages[0]}"
        )
