"""Archives whose bytes depend on their files alone: members sorted by name, one date, one mode, no owner.

The same zlib writes the same bytes. The date of every member is the day of release at midnight (of a tar: UTC).
"""

from __future__ import annotations

import datetime
import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

from lingang.about import RELEASED

__all__ = ["tar_gz", "zip_file"]

_DAY = datetime.datetime.fromisoformat(RELEASED).replace(tzinfo=datetime.UTC)
_MODE = 0o644
_UNIX = 3


def zip_file(files: Mapping[str, bytes]) -> bytes:
    """The files by name as a ZIP archive, deflated at level 9; names are UTF-8."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, (_DAY.year, _DAY.month, _DAY.day, 0, 0, 0))
            member.create_system = _UNIX
            member.external_attr = (0o100000 | _MODE) << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, files[name], compresslevel=9)
    return out.getvalue()


def tar_gz(files: Mapping[str, bytes]) -> bytes:
    """The files by name as a gzipped POSIX (pax) tar archive."""
    out = io.BytesIO()
    seconds = int(_DAY.timestamp())
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=seconds) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in sorted(files):
            member = tarfile.TarInfo(name)
            member.size, member.mtime, member.mode = len(files[name]), seconds, _MODE
            archive.addfile(member, io.BytesIO(files[name]))
    return out.getvalue()
