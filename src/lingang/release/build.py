"""From a checked root to what a release page holds: staged beside, proven, moved into place."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from lingang import about
from lingang.arrow_tables import Tables
from lingang.files.archives import tar_gz, zip_file
from lingang.files.contents import SUMS, contents, differences
from lingang.models import TABLES
from lingang.problems import CannotRun, Report
from lingang.publish import build
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

__all__ = ["ReleaseRefused", "build_release", "refresh_documents", "release_files"]

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

_STAGED = ".lingang-release-"


class ReleaseRefused(Exception):
    """The root, or what was made of it, has errors; ``report`` holds them. Nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"nothing was released: {report.errors} errors")
        self.report = report


def _generated(rows: Mapping[str, list[dict[str, object]]]) -> dict[str, bytes]:
    return {CITATION: citation(), DICTIONARY: dictionary(rows)}


def refresh_documents(root: Path, tables: Tables, *, check: bool = False) -> list[str]:
    """Write the generated documents of a root anew, where it has them: the citation and the data dictionary.

    Returns the names of those that change; with ``check`` nothing is written.
    """
    rows = {declared.name: tables.rows(declared.name) for declared in TABLES}
    changed = []
    for name, data in _generated(rows).items():
        path = root / name
        if path.is_file() and path.read_bytes() != data:
            changed.append(name)
            if not check:
                path.write_bytes(data)
    return changed


def _committed(root: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The Parquet files that the root has published already, where they hold the same schema and rows.

    Their bytes are kept, so that a release does not depend on the version of pyarrow that made it.
    """
    folder = root / "src" / "lingang" / "data"
    parquet = {name: data for name, data in files.items() if name.endswith(".parquet")}
    changed = set(differences(folder, parquet)) if folder.is_dir() else set(parquet)
    return {name: (folder / name).read_bytes() for name in parquet if name not in changed}


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
    codebook = root / "dataset" / "CODEBOOK.md"
    files = contents(tables, codebook.read_bytes() if codebook.is_file() else None)
    del files[SUMS]
    files |= _committed(root, files)
    rows = {declared.name: tables.rows(declared.name) for declared in TABLES}
    files |= {f"csv/{declared.name}.csv": csv_file(declared, rows[declared.name]) for declared in TABLES}
    files[DATABASE] = database(rows)
    files |= {name: (root / name).read_bytes() for name in DOCUMENTS if (root / name).is_file()}
    files |= _generated(rows) | _exports(rows)
    files[DATAPACKAGE], files[CROISSANT] = datapackage(files), croissant(files)
    files |= hugging_face(files)
    files["README.md"] = landing(rows, files)
    claims = false_claims(files)
    if claims:
        raise CannotRun("the release would claim what it does not hold: " + "; ".join(claims))
    files[SUMS] = _sums(files)
    return files


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode()


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o644)
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)


def _place(staged: Path, target: Path) -> None:
    """Move a staged file or folder into place; a folder that is there is moved aside first."""
    if target.is_dir():
        aside = staged.with_name(f"{staged.name}.old")
        target.rename(aside)
    staged.replace(target)


def _checked_place(root: Path, out: Path, folder: Path) -> None:
    if out.resolve() in (root.resolve(), *root.resolve().parents) or (out.exists() and not out.is_dir()):
        raise CannotRun(f"{out} cannot be the output: it is no folder of its own")
    if folder.exists() and not (folder / SUMS).is_file():
        raise CannotRun(f"{folder} holds files that no release made; move them away")


def build_release(root: Path, out: Path, *, since: Path | None = None, strict: bool = False) -> list[Path]:
    """Validate a root and make a release of it in ``out``; other files there are left alone.

    Returns what was made: the folder ``lingang-<version>/``, the same as ``.zip`` and ``.tar.gz``, and ``SHA256SUMS``
    of the two archives. The release is put to every check of a downloaded one before it is moved into place.
    ``since`` is the last version, folder or archive; a first one needs none.
    Raises ``ReleaseRefused`` with the report where there is an error (with ``strict``: or a warning), ``VersionTooLow``
    where the tables changed more since the last version than the number says, ``CannotRun`` where it cannot be made.
    """
    name = f"{about.NAME}-{about.VERSION}"
    _checked_place(root, out, out / name)
    check_since(root, since)
    published = build(root, check=True, strict=strict)
    if published.tables is None:
        raise ReleaseRefused(published.report)
    files = release_files(root, published.tables)
    archives = {f"{name}.zip": zip_file(files), f"{name}.tar.gz": tar_gz(files)}
    archives[SUMS] = _sums(archives)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for litter in out.glob(f"{_STAGED}*"):
            shutil.rmtree(litter, ignore_errors=True)
        staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=out))
        try:
            _write(files, staged / name)
            report = check_release(staged / name)
            if report.errors:
                raise ReleaseRefused(report)
            if since is not None:
                check_version(since, staged / name)
            _write(archives, staged / "archives")
            _place(staged / name, out / name)
            for archive in archives:
                _place(staged / "archives" / archive, out / archive)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise CannotRun(f"{out} cannot be written: {error}") from None
    return [out / name, *(out / archive for archive in archives)]
