"""Whose a place is: nothing is replaced or removed but what an earlier run wrote, and nothing that is read."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from lingang.about import ARCHIVE_SUMS
from lingang.files.sums import SUMS, file_sum, read_sums
from lingang.problems import CannotRun

__all__ = ["check_apart", "check_archives", "check_listed", "check_made", "check_marked", "check_names", "resolved"]

_PUBLISHED = re.compile(
    r"[a-z_]+\.jsonl|[a-z_]+(/[^/]+)?\.parquet|schema/[a-z_]+\.schema\.json|(CODEBOOK|CASES)\.md|(about|lexicon)\.json"
)
"""Names of files that a build writes, in this version and others."""
_SCHEMA = "schema/sources.schema.json"
_RELEASE = "datapackage.json"


def resolved(path: Path) -> Path:
    """The path without symbolic links and ``..``: what is at its end is what will be replaced."""
    try:
        return Path(os.path.realpath(path))
    except OSError as error:
        raise CannotRun(f"{path} cannot be the output: {error.strerror}") from None


def _same(first: Path, second: Path) -> bool:
    try:
        return first == second or first.samefile(second)
    except OSError:
        return False


def check_apart(target: Path, inputs: Iterable[Path]) -> None:
    """Raises ``CannotRun`` where an output is an input, lies in one, or holds one, by whatever names they are given."""
    place = resolved(target)
    for source in inputs:
        origin = resolved(source)
        if any(_same(origin, folder) for folder in (place, *place.parents)):
            raise CannotRun(
                f"{target} cannot be the output: it lies in {source}, which is read; choose a place outside"
            )
        if any(_same(place, folder) for folder in origin.parents):
            raise CannotRun(f"{target} cannot be the output: it holds {source}, which is read; choose a place outside")


def _refuse(error: OSError) -> None:
    raise error


def _there(folder: Path, own: frozenset[str]) -> Iterator[str]:
    """Names of the files below a folder, and of empty folders and links, without those of the run itself."""
    for at, folders, names in os.walk(folder, onerror=_refuse):
        here = Path(at).relative_to(folder)
        if not here.parts:
            folders[:] = [name for name in folders if name not in own]
            names = [name for name in names if name not in own]
        elif not folders and not names:
            yield here.as_posix()
        yield from (
            (here / name).as_posix() for name in (*names, *(name for name in folders if (Path(at) / name).is_symlink()))
        )


def _check_folder(folder: Path) -> bool:
    """Whether a folder is there; what is there and no folder is refused."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CannotRun(f"{folder} cannot be the output: it is no folder of its own")
    return folder.is_dir()


def _foreign(folder: Path, name: str) -> CannotRun:
    return CannotRun(
        f"{folder} holds {name}, which lingang did not write; nothing was touched. Choose an empty or new folder, or "
        "move the file away"
    )


def _manifest(folder: Path, name: str = SUMS) -> dict[str, str]:
    """The sums by name that a manifest lists; empty where there is none, or none that lingang wrote."""
    path = folder / name
    if path.is_symlink() or not path.is_file():
        return {}
    lines = list(read_sums(path.read_bytes()))
    return {line.name: line.sum for line in lines} if all(line.inside for line in lines) else {}


def _is_schema(path: Path) -> bool:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and str(found.get("$id")).endswith(path.name)


def _check_sums(folder: Path, there: Iterable[str], listed: Mapping[str, str]) -> None:
    for name in there:
        if name == SUMS:
            continue
        if name not in listed:
            raise _foreign(folder, name)
        path = folder / name
        if path.is_symlink() or not path.is_file() or file_sum(path) != listed[name]:
            raise CannotRun(
                f"{path} was changed after lingang wrote it; nothing was touched. Move it away, or remove it to have "
                "it made anew"
            )


def check_made(folder: Path, own: frozenset[str] = frozenset(), *, release: bool = False) -> None:
    """Raises ``CannotRun`` unless a folder is missing, empty, or wholly what a build (or a release) wrote.

    Its manifest tells: of a published folder with the schemas of its tables, each file listed and none besides, each as
    it was written. ``own`` are names at its top that do not count. A file that is missing is no matter.
    """
    if not _check_folder(folder):
        return
    there = sorted(_there(folder, own))
    if not there:
        return
    listed = _manifest(folder)
    pages = any(PurePosixPath(name).parts[0].removesuffix(".parquet") == "sources" for name in listed)
    if _SCHEMA not in listed or not pages or not _is_schema(folder / _SCHEMA):
        raise _foreign(folder, next((name for name in there if name != SUMS), SUMS))
    if release != (_RELEASE in listed):
        raise CannotRun(f"{folder} holds {'no release' if release else 'a release'}: choose another folder")
    strange = [name for name in there if not release and name != SUMS and not _PUBLISHED.fullmatch(name)]
    if strange:
        raise _foreign(folder, strange[0])
    _check_sums(folder, there, listed)


def check_marked(folder: Path, own: frozenset[str] = frozenset(), *, mark: bytes) -> None:
    """Raises ``CannotRun`` unless a folder is missing, empty, or holds only files that its manifest lists, each as
    it was written and with the mark at its beginning. A file that is missing is no matter."""
    if not _check_folder(folder):
        return
    there = sorted(_there(folder, own))
    _check_sums(folder, there, _manifest(folder))
    for name in there:
        if name != SUMS and not (folder / name).read_bytes().startswith(mark):
            raise _foreign(folder, name)
    if there == [SUMS] and not (_manifest(folder) or not (folder / SUMS).read_bytes()):
        raise _foreign(folder, SUMS)


def check_archives(folder: Path, names: Collection[str], stem: str) -> tuple[dict[str, str], list[str]]:
    """The sums by name of the other archives in ``folder``, and the names of the manifests that list them.

    An archive is listed by the manifest of archives, or by ``SHA256SUMS`` as earlier versions wrote it: of archives
    alone, whose names begin with ``stem``. Another file of that name is not looked at.
    Raises ``CannotRun`` where a file of these names, or the manifest of archives, was not written by a release.
    """
    if not _check_folder(folder):
        return {}, []
    earlier = _manifest(folder)
    if not all(_is_archive(name, stem) for name in earlier):
        earlier = {}
    listed = earlier | _own_manifest(folder, ARCHIVE_SUMS, lambda name: _is_archive(name, stem))
    _check_sums(folder, [name for name in names if os.path.lexists(folder / name)], listed)
    others = {name: total for name, total in listed.items() if name not in names and (folder / name).is_file()}
    return others, [ARCHIVE_SUMS, *([SUMS] if earlier else [])]


def check_listed(folder: Path, names: Collection[str], stem: str) -> None:
    """Raises ``CannotRun`` where a file of these names in ``folder`` is not as the manifest there lists it, or the
    manifest lists others than those whose names begin with ``stem``."""
    if _check_folder(folder):
        listed = _own_manifest(folder, SUMS, lambda name: name.startswith(stem))
        _check_sums(folder, [name for name in names if os.path.lexists(folder / name)], listed)


def _own_manifest(folder: Path, name: str, is_own: Callable[[str], bool]) -> dict[str, str]:
    """What a manifest lists; raises ``CannotRun`` where it lists nothing, or others than own files."""
    listed = _manifest(folder, name)
    if os.path.lexists(folder / name) and not (listed and all(map(is_own, listed))):
        raise _foreign(folder, name)
    return listed


def _is_archive(name: str, stem: str) -> bool:
    return name.startswith(stem) and "/" not in name and name.endswith((".zip", ".tar.gz"))


def check_names(folder: Path, known: re.Pattern[str]) -> None:
    """Raises ``CannotRun`` where a folder whose files are made anew, whatever was done to them, holds another."""
    if _check_folder(folder):
        for name in sorted(_there(folder, frozenset())):
            if not known.fullmatch(name):
                raise _foreign(folder, name)
