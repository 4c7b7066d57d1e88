"""The documents of a root that a release carries as they stand there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

__all__ = ["OWN_README", "README", "documents", "own_readme"]

README = "README.md"
OWN_README = (
    "*What follows is the README of the root that this release was made from, as it stands; its links lead from there.*"
)
"""The line of a release's README after which that of the root begins."""

_NAMED = ("CHANGELOG", "DATASHEET", "ETHICS", "README", "RIGHTS")
_ENDINGS = ("", ".md", ".rst", ".txt")


def documents(root: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each document beside ``dataset/``, licences, the rules of versions and of removals too;
    ``README.md`` is left out (see ``own_readme``)."""
    named = [root / f"{name}{ending}" for name in _NAMED for ending in _ENDINGS]
    for path in [*named, *sorted(root.glob("LICENSE*")), root / "docs" / "VERSIONS.md", root / "docs" / "REMOVAL.md"]:
        if path.is_file() and path.name != README:
            yield path.relative_to(root).as_posix(), path.read_bytes()


def own_readme(root: Path) -> bytes:
    """The README of the root, to stand at the end of that of its release; empty where it has none."""
    path = root / README
    return f"\n---\n\n{OWN_README}\n\n".encode() + path.read_bytes() if path.is_file() else b""
