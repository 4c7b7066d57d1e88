"""SHA256SUMS: the manifest of a published folder, in the form that ``sha256sum`` writes and checks.

One line a file: 64 hexadecimal digits, two spaces, the name with forward slashes; in the order of the names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lingang.about import SUMS

__all__ = ["SUMS", "Line", "file_sum", "folder_sums", "read_sums", "sums"]

_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


def _lines(found: Mapping[str, str]) -> bytes:
    return "".join(f"{found[name]}  {name}\n" for name in sorted(found)).encode("utf-8")


def sums(files: Mapping[str, bytes], others: Mapping[str, str] | None = None) -> bytes:
    """The manifest of files by name, itself left out, and of others whose sums are known."""
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != SUMS}
    return _lines({**(others or {}), **found})


def file_sum(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_sums(folder: Path) -> bytes:
    """The manifest of every file below a folder, itself left out."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return _lines({name: file_sum(path) for name, path in files.items() if name != SUMS})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a manifest, counted from 1; without sum and name where it is none, or names a file once more."""

    number: int
    text: str
    sum: str = ""
    name: str = ""

    @property
    def inside(self) -> bool:
        """Whether the name stays in the folder."""
        path = PurePosixPath(self.name)
        return bool(self.name) and not path.is_absolute() and ".." not in path.parts and "\\" not in self.name


def read_sums(data: bytes) -> Iterator[Line]:
    """The lines of a manifest, each file once."""
    seen: set[str] = set()
    for number, text in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
        match = _LINE.fullmatch(text)
        name = match[2].removeprefix("./") if match else ""
        if match is None or name in seen:
            yield Line(number, text)
            continue
        seen.add(name)
        yield Line(number, text, match[1], name)
