"""Archives of others, unpacked: no member leaves the folder, and bounds are asked before what they bound.

A tar archive is read once, from its start, through a reader that ends where its bound does, so that neither its headers
nor what it skips can be larger than what is taken out of it.
"""

from __future__ import annotations

import errno
import gzip
import lzma
import os
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

import lingang.limits as limits
from lingang.files.litter import is_litter
from lingang.problems import CannotRun

__all__ = ["unpack"]

_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError, EOFError, OSError, RuntimeError),
    *(ValueError, LookupError, ArithmeticError, struct.error),
)
"""What the readers of archives raise over bytes that are not as they were written."""
_HEADERS = 1 << 12
"""Bytes of the headers of a member, about: with them the bytes of a tar archive are bounded."""
_LONG_HEADER = 1 << 16
"""Bytes of a header that tells a long name or the like."""
_LONG = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_SHOWN = 100
"""Characters of a name that a message shows."""
_END, _COMMENT = 22, 1 << 16
"""Bytes of the last record of a ZIP archive, and of the comment behind it."""

Member = tuple[str, int, IO[bytes] | None]
"""Name, size and bytes; no bytes for a folder."""


def _too_large(path: Path) -> CannotRun:
    return CannotRun(
        f"{path} is too large: an archive has at most {limits.ARCHIVE_MEMBERS} members and {limits.ARCHIVE_BYTES} "
        "bytes unpacked"
    )


class _Bounded(gzip.GzipFile):
    """A packed stream that gives no more than it may."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(path)
        self._path, self._left = path, most

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0 or size > self._left:
            raise _too_large(self._path)
        data = super().read(size)
        self._left -= len(data)
        return data


def _refuse_directory(path: Path) -> None:
    """Raises ``CannotRun`` where a ZIP archive has too many members by its last record, or is a part of its file."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _END - _COMMENT))
        tail = file.read(_END + _COMMENT)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END:
        return  # the reader says that it is none
    members, directory, begins, comment = struct.unpack("<HLLH", tail[at + 10 : at + _END])
    if members > limits.ARCHIVE_MEMBERS or directory > limits.ARCHIVE_MEMBERS * 512:
        raise _too_large(path)
    whole = begins + directory + _END + comment
    if size != whole:
        raise CannotRun(f"{path} holds {abs(size - whole)} bytes before or after the archive, which no program unpacks")


def _of_zip(path: Path) -> Iterator[Member]:
    _refuse_directory(path)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise CannotRun(f"{path} holds a link or a device, {info.filename!r}; a release has only files")
            if info.is_dir():
                yield info.filename, 0, None
                continue
            if info.flag_bits & 1:
                raise CannotRun(f"{path} holds {info.filename}, which is encrypted; pack it without a password")
            with archive.open(info) as stream:
                yield info.filename, info.file_size, stream


class _Header(tarfile.TarInfo):
    """A header whose own length is looked at before it is read."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        found = super().frombuf(buf, encoding, errors)
        if found.type in _LONG and found.size > _LONG_HEADER:
            raise CannotRun(f"the archive has a header of {found.size} bytes; one has {_LONG_HEADER} at most")
        return found


def _of_tar(path: Path) -> Iterator[Member]:
    most = limits.ARCHIVE_BYTES + limits.ARCHIVE_MEMBERS * _HEADERS
    with _Bounded(path, most) as packed, tarfile.open(fileobj=packed, mode="r|", tarinfo=_Header) as archive:
        for member in archive:
            if not (member.isreg() or member.isdir()):
                raise CannotRun(f"{path} holds a link or a device, {member.name!r}; a release has only files")
            yield member.name, member.size, archive.extractfile(member)
        _refuse_rest(path, archive.fileobj)


def _refuse_rest(path: Path, stream: Any) -> None:
    """Raises ``CannotRun`` where anything but zeros follows the end of a tar archive."""
    while data := stream.read(1 << 13):
        if data.strip(b"\0"):
            raise CannotRun(f"{path} holds bytes after the end of the archive, which no program unpacks")


def _same(name: str) -> str:
    """A name as a file system may take it: letters of either case, marks joined or not."""
    return unicodedata.normalize("NFC", PurePosixPath(name).as_posix()).casefold()


def _target(path: Path, folder: Path, name: str) -> Path:
    """Where a member belongs; raises ``CannotRun`` where that is not below the folder, on any system."""
    parts = PurePosixPath(name).parts
    if PurePosixPath(name).is_absolute() or ".." in parts or any(char in name for char in "\\:\0"):
        raise CannotRun(f"{path} holds {name!r}, which would leave the folder or has another name elsewhere")
    return folder.joinpath(*parts)


def _written(path: Path, name: str, target: Path, size: int, stream: IO[bytes]) -> int:
    """How many bytes of a member were written, one more than its size at most.

    Raises ``CannotRun`` where its name cannot be one beside the others: a folder there, or a file in place of a folder
    of its name, or one that is too long.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        out = target.open("xb")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EACCES, errno.EROFS):
            raise
        shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
        raise CannotRun(f"{path} holds {shown}, which has no place among the other names: {error.strerror}") from None
    written = 0
    with out:
        while data := stream.read(min(1 << 20, size + 1 - written)):
            out.write(data)
            written += len(data)
    return written


def _members(path: Path, folder: Path) -> None:
    seen: set[str] = set()
    left = limits.ARCHIVE_BYTES
    for number, (name, size, stream) in enumerate(_of_zip(path) if path.name.endswith(".zip") else _of_tar(path), 1):
        left -= size
        if number > limits.ARCHIVE_MEMBERS or left < 0:
            raise _too_large(path)
        if stream is None or is_litter(name):
            continue
        if _same(name) in seen:
            raise CannotRun(f"{path} holds {name} more than once; which of them is meant it does not tell")
        seen.add(_same(name))
        written = _written(path, name, _target(path, folder, name), size, stream)
        if written != size:
            raise CannotRun(f"{path} holds {name!r} with another size than it says")


def unpack(path: Path, folder: Path) -> None:
    """The files of an archive (.zip, .tar.gz, .tgz) below a folder, what systems leave in them aside.

    Raises ``CannotRun`` for an archive that cannot be read, is too large, or holds anything that is not a file of its
    own below the folder.
    """
    try:
        _members(path, folder)
    except _UNREADABLE as error:
        said = str(error)[:160] or type(error).__name__
        raise CannotRun(f"{path} cannot be read as an archive: {said}") from None
