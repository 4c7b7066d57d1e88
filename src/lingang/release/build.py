"""From a checked root to what a release page holds: staged beside, proven, moved into place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from lingang import about
from lingang.arrow_tables import Tables
from lingang.files.archives import tar_gz, zip_file
from lingang.files.contents import contents
from lingang.files.owned import check_apart, check_archives, check_made, resolved
from lingang.files.store import workplace, write_files, writing
from lingang.files.sums import SUMS, sums
from lingang.models import TABLES
from lingang.problems import CannotRun, Report
from lingang.publish import codebook, inputs, validated
from lingang.release.citation import CITATION, citation
from lingang.release.claims import false_claims
from lingang.release.croissant import CROISSANT, croissant
from lingang.release.csv_files import csv_file
from lingang.release.database import database
from lingang.release.datapackage import DATABASE, DATAPACKAGE, datapackage
from lingang.release.dictionary import DICTIONARY, dictionary
from lingang.release.hugging_face import hugging_face
from lingang.release.landing import landing
from lingang.release.succession import check_since, check_version
from lingang.release_check import check_release

__all__ = ["ReleaseRefused", "build_release", "generated", "release_files"]

DOCUMENTS = (
    "CHANGELOG.md",
    "DATASHEET.md",
    "ETHICS.md",
    "LICENSE",
    "LICENSE-DATA",
    "RIGHTS.md",
    "docs/VERSIONS.md",
)
"""Documents that go into a release as they stand in the root, where it has them."""

PUBLISHED = "src/lingang/data"
"""Tables that a root keeps beside its records: Parquet files of theirs that hold the same rows keep their bytes."""


class ReleaseRefused(Exception):
    """The root, or what was made of it, has errors; ``report`` holds them. Nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"nothing was released: {report.errors} errors")
        self.report = report


def generated(rows: Mapping[str, list[dict[str, object]]]) -> dict[str, bytes]:
    """The documents that are made from the tables, by name: the citation and the data dictionary."""
    return {CITATION: citation(), DICTIONARY: dictionary(rows)}


def _exports(rows: Mapping[str, list[dict[str, object]]]) -> dict[str, bytes]:
    """The records in the formats of other programs; none where the package carries no exports."""
    try:
        exports = import_module("lingang.exports")
    except ModuleNotFoundError:
        return {}
    made: dict[str, bytes] = exports.all_exports(rows)
    return {f"exports/{name}": data for name, data in made.items()}


def release_files(root: Path, tables: Tables) -> dict[str, bytes]:
    """Every file of a release by its name, of checked tables and the documents of their root."""
    files = contents(tables, codebook(root), root / PUBLISHED)
    del files[SUMS]
    rows = {declared.name: tables.rows(declared.name) for declared in TABLES}
    files |= {f"csv/{declared.name}.csv": csv_file(declared, rows[declared.name]) for declared in TABLES}
    files[DATABASE] = database(rows)
    files |= {name: (root / name).read_bytes() for name in DOCUMENTS if (root / name).is_file()}
    files |= generated(rows) | _exports(rows)
    files[DATAPACKAGE], files[CROISSANT] = datapackage(files), croissant(files)
    files |= hugging_face(files)
    files["README.md"] = landing(rows, files)
    claims = false_claims(files)
    if claims:
        raise CannotRun("the release would claim what it does not hold: " + "; ".join(claims))
    files[SUMS] = sums(files)
    return files


def _check_apart(root: Path, out: Path, since: Path | None, made: Sequence[str]) -> None:
    """Raises ``CannotRun`` for an output that is no folder of its own, or that would change what is read."""
    folder = resolved(out)
    if folder in (root.resolve(), *root.resolve().parents) or (folder.exists() and not folder.is_dir()):
        raise CannotRun(f"{out} cannot be the output: it is no folder of its own")
    for name in made:
        check_apart(out / name, [*inputs(root), *([since] if since else [])])


def _check_made(folder: Path, made: Sequence[str]) -> dict[str, str]:
    """The sums of the other archives that are there; raises ``CannotRun`` where what stands there no release made."""
    with writing(folder):
        check_made(folder / made[0], release=True)
        return check_archives(folder, made[1:], f"{about.NAME}-")


def build_release(root: Path, out: Path, *, since: Path | None = None, strict: bool = False) -> list[Path]:
    """Validate a root and make a release of it in ``out``; other files there are left alone.

    Returns what was made: the folder ``lingang-<version>/``, the same as ``.zip`` and ``.tar.gz``, and ``SHA256SUMS``
    of the two archives. The release is put to every check of a downloaded one before it is moved into place.
    ``since`` is the last version, folder or archive; a first one needs none.
    Raises ``ReleaseRefused`` with the report where there is an error (with ``strict``: or a warning), ``VersionTooLow``
    where the tables changed more since the last version than the number says, ``CannotRun`` where it cannot be made.
    """
    name = f"{about.NAME}-{about.VERSION}"
    made = (name, f"{name}.zip", f"{name}.tar.gz", SUMS)
    check_since(root, since)
    _check_apart(root, out, since, made)
    folder = resolved(out)
    with workplace(folder, "release", out) as place:
        _check_made(folder, made)
        published = validated(root, strict=strict)
        if published.tables is None:
            raise ReleaseRefused(published.report)
        files = release_files(root, published.tables)
        with writing(out):
            write_files(files, place.new / name)
        report = check_release(place.new / name)
        if report.errors:
            raise ReleaseRefused(report)
        if since is not None:
            check_version(since, place.new / name)
        archives = {f"{name}.zip": zip_file(files), f"{name}.tar.gz": tar_gz(files)}
        with writing(out):
            write_files(archives | {SUMS: sums(archives, _check_made(folder, made))}, place.new)
            place.replace(made)
    return [out / name for name in made]
