"""A folder of what earlier runs found: an entry is JSON in a file of its own, named by the hash of all it depends on.

Nothing in it is trusted: a folder of another user, or one that others may write, is not used; an entry that is damaged,
or no file of this user, is as good as none. An entry is data and is never run. What cannot be written is not written:
a cache is never the reason why something fails. The folder is marked (``CACHEDIR.TAG``, which programs that make
backups know); in one with files of anybody else nothing is written, and nothing but entries is ever removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import lingang.limits as limits

__all__ = ["Cache", "key_of", "user_folder"]

_TAG = "CACHEDIR.TAG"
_MARK = b"""\
Signature: 8a477f597d28d172789f06886806bc55
# This folder is a cache of lingang: it may be removed at any time.
"""
_ENTRY = re.compile(r"[0-9a-f]{64}\.json")
_DRAFT = re.compile(r"\..{8}\.new")
_HOUR = 3600 * 10**9
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def key_of(parts: Iterable[str | bytes]) -> str:
    """SHA-256, in hexadecimal digits, of the parts in their order, each with its length."""
    out = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        out.update(len(data).to_bytes(8, "big"))
        out.update(data)
    return out.hexdigest()


def user_folder() -> Path | None:
    """The folder for caches of this user: below ``XDG_CACHE_HOME`` where that is set, else where the system has it;
    ``None`` for a user without a home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "lingang"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "lingang" / "Cache" if local else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "lingang"


def _own(found: os.stat_result) -> bool:
    """Whether a file or folder is of this user, and nobody else may write it."""
    if sys.platform == "win32":  # there the profile of a user is closed to others
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS


def _refusal(folder: Path) -> str:
    """Why a folder, which is made where it is not there, serves as no cache; empty where it does."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _own(folder.stat()):
        return "it is of another user, or others may write it: chmod go-w, or name another folder"
    mark = folder / _TAG
    if os.path.lexists(mark):
        mine = not mark.is_symlink() and mark.read_bytes() == _MARK
        return "" if mine else "it is the cache of another program: name another folder"
    if any(folder.iterdir()):
        return "it holds files that are no cache of lingang: name a new folder, or an empty one"
    mark.write_bytes(_MARK)
    return ""


@dataclass
class Cache:
    """Entries by key, in a folder that is looked at, and made where it is not there, when the first is asked for."""

    folder: Path
    least: int = 0
    """Articles of a root from which on it is worth its while."""
    _written: bool = field(default=False, init=False)

    @cached_property
    def refused(self) -> str:
        """Why the folder serves as no cache; empty where it does."""
        try:
            return _refusal(self.folder)
        except (OSError, RuntimeError) as error:  # RuntimeError: a chain of links without an end
            return getattr(error, "strerror", None) or str(error)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def get(self, key: str) -> Any:
        """The value of a key; ``None`` where there is none, or none that can be trusted."""
        path = self._path(key)
        if self.refused:
            return None
        with contextlib.suppress(OSError, ValueError, RecursionError):
            file = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(file, "rb") as stream:
                found = os.fstat(stream.fileno())
                if not stat.S_ISREG(found.st_mode) or not _own(found) or found.st_size > limits.CACHE_BYTES:
                    return None
                data = stream.read()
            sum_, _, body = data.partition(b"\n")
            if sum_ != hashlib.sha256(key.encode() + body).hexdigest().encode():
                return None
            value = json.loads(body)
            with contextlib.suppress(OSError):
                os.utime(path)  # what was used last is removed last
            return value
        return None

    def put(self, key: str, value: object) -> None:
        """Keep a value; where that is not possible, nothing happens."""
        if self.refused:
            return
        body = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
        sum_ = hashlib.sha256(key.encode() + body).hexdigest().encode()
        with contextlib.suppress(OSError):
            file, name = tempfile.mkstemp(".new", ".", self.folder)
            draft = Path(name)
            try:
                with os.fdopen(file, "wb") as stream:
                    stream.write(sum_ + b"\n" + body)
                draft.replace(self._path(key))
                self._written = True
            except OSError:
                draft.unlink()
                raise

    def close(self) -> None:
        """Where any entry was added, remove as many as are beyond the bound, those first that were not used for
        longest; and what killed runs left."""
        if not self._written:
            return
        self._written = False
        with contextlib.suppress(OSError):
            files = [found for found in os.scandir(self.folder) if found.is_file(follow_symlinks=False)]
            told = {found.name: found.stat(follow_symlinks=False) for found in files}
            entries = sorted((told[name].st_mtime_ns, name) for name in told if _ENTRY.fullmatch(name))
            left = [name for name in told if _DRAFT.fullmatch(name)]
            latest = max((time for time, _ in entries), default=0)
            gone = [name for name in left if told[name].st_mtime_ns < latest - _HOUR]
            size = 0
            for _, name in reversed(entries):
                size += max(told[name].st_size, limits.CACHE_BLOCK)
                gone += [name] if size > limits.CACHE_BYTES else []
            for name in gone:
                with contextlib.suppress(OSError):
                    (self.folder / name).unlink()
