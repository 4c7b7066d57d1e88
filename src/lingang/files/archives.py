"""Archives whose bytes depend on their files alone: members sorted by name, one date, one mode, no owner.

The same zlib writes the same bytes. The date of every member is the day of release at midnight (of a tar: UTC); where
none is stated, the first day that a ZIP archive can state, 1980-01-01.
"""

from __future__ import annotations

import datetime
import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

__all__ = ["tar_gz", "zip_file"]

_FIRST_DAY = "1980-01-01"
_MODE = 0o644
_UNIX = 3


def _midnight(day: str | None) -> datetime.datetime:
    return datetime.datetime.fromisoformat(day or _FIRST_DAY).replace(tzinfo=datetime.UTC)


def zip_file(files: Mapping[str, bytes], day: str | None) -> bytes:
    """The files by name as a ZIP archive of a day (ISO 8601), deflated at level 9; names are UTF-8."""
    midnight = _midnight(day)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, (midnight.year, midnight.month, midnight.day, 0, 0, 0))
            member.create_system = _UNIX
            member.external_attr = (0o100000 | _MODE) << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, files[name], compresslevel=9)
    return out.getvalue()


def tar_gz(files: Mapping[str, bytes], day: str | None) -> bytes:
    """The files by name as a gzipped POSIX (pax) tar archive of a day (ISO 8601)."""
    out = io.BytesIO()
    seconds = int(_midnight(day).timestamp())
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=seconds) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in sorted(files):
            member = tarfile.TarInfo(name)
            member.size, member.mtime, member.mode = len(files[name]), seconds, _MODE
            archive.addfile(member, io.BytesIO(files[name]))
    return out.getvalue()
