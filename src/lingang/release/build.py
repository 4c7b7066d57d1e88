"""From a checked root to what a release page holds: staged beside, proven, moved into place."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from lingang.about import About
from lingang.arrow_tables import Tables
from lingang.authored.tree import facts, wanted_facts
from lingang.changes import release_version
from lingang.models import TABLES
from lingang.problems import CannotRun, Report
from lingang.publish import build
from lingang.release.archives import tar_gz, zip_file
from lingang.release.citation import CITATION, citation
from lingang.release.claims import false_claims
from lingang.release.croissant import CROISSANT, croissant
from lingang.release.csv_files import csv_file
from lingang.release.database import Rows, database
from lingang.release.datapackage import DATAPACKAGE, database_name, datapackage
from lingang.release.dictionary import DICTIONARY, dictionary
from lingang.release.documents import README, documents, own_readme
from lingang.release.hugging_face import hugging_face
from lingang.release.landing import landing
from lingang.release.succession import check_since, check_version
from lingang.release_check import check_release
from lingang.rules.catalogue import catalogue
from lingang.store import SUMS, contents, differences

__all__ = ["ReleaseRefused", "build_release", "refresh_documents", "release_files"]

_STAGED = ".lingang-release-"


class ReleaseRefused(Exception):
    """The root, or what was made of it, has errors; ``report`` holds them. Nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"nothing was released: {report.errors} errors")
        self.report = report


def _generated(rows: Rows, about: About) -> dict[str, bytes]:
    return {CITATION: citation(about), DICTIONARY: dictionary(rows, about)}


def refresh_documents(root: Path, tables: Tables, *, check: bool = False) -> list[str]:
    """Write the generated documents of a root anew, where it has them: the citation and the data dictionary.

    Returns the names of those that change; with ``check`` nothing is written, nor in a root that does not say all that
    they state (``dataset/about.yaml``).
    """
    if wanted_facts(root):
        return []
    rows = {declared.name: tables.rows(declared.name) for declared in TABLES}
    changed = []
    for name, data in _generated(rows, About.of(facts(root))).items():
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


def _exports(rows: Rows, about: About) -> dict[str, bytes]:
    """The records in the formats of other programs; none where the package carries no exports."""
    try:
        exports = import_module("lingang.exports")
    except ModuleNotFoundError:
        return {}
    made: dict[str, bytes] = exports.all_exports(rows, about)
    return {f"exports/{name}": data for name, data in made.items()}


def release_files(root: Path, tables: Tables, told: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file of a release by its name, of checked tables, the documents of their root, and its facts."""
    about = About.of(told)
    codebook = root / "dataset" / "CODEBOOK.md"
    files = contents(tables, codebook.read_bytes() if codebook.is_file() else None, told)
    del files[SUMS]
    files |= _committed(root, files)
    rows = {declared.name: tables.rows(declared.name) for declared in TABLES}
    files |= {f"csv/{declared.name}.csv": csv_file(declared, rows[declared.name]) for declared in TABLES}
    languages = sorted({str(row["language"]) for row in rows["sources"]})
    files[database_name(about)] = database(rows)
    files |= dict(documents(root))
    files |= _generated(rows, about) | _exports(rows, about)
    files[DATAPACKAGE], files[CROISSANT] = datapackage(files, about, languages), croissant(files, about, languages)
    files |= hugging_face(files, about, rows, languages)
    files[README] = landing(rows, files, about)
    claims = false_claims(files)
    if claims:
        raise CannotRun("the release would claim what it does not hold: " + "; ".join(claims))
    files[README] += own_readme(root)
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


def _checked_place(root: Path, out: Path) -> None:
    if out.resolve() in (root.resolve(), *root.resolve().parents) or (out.exists() and not out.is_dir()):
        raise CannotRun(f"{out} cannot be the output: it is no folder of its own")


def _checked_folder(folder: Path) -> None:
    if folder.exists() and not (folder / SUMS).is_file():
        raise CannotRun(f"{folder} holds files that no release made; move them away")


def _refuse_without_facts(root: Path, report: Report) -> None:
    """Raises ``ReleaseRefused``, with every other problem too, where ``about.yaml`` lacks what a release states."""
    known = {(problem.rule, problem.place) for problem in report}
    wanted = [replace(problem, hint=problem.hint or catalogue()[problem.rule].mend) for problem in wanted_facts(root)]
    if wanted:
        report.extend(problem for problem in wanted if (problem.rule, problem.place) not in known)
        raise ReleaseRefused(report)


def build_release(root: Path, out: Path, *, since: Path | None = None, strict: bool = False) -> list[Path]:
    """Validate a root and make a release of it in ``out``; other files there are left alone.

    Returns what was made: the folder ``<name>-<version>/``, the same as ``.zip`` and ``.tar.gz``, and ``SHA256SUMS``
    of the two archives. The release is put to every check of a downloaded one before it is moved into place.
    ``since`` is the last version, folder or archive; a first one needs none.
    Raises ``ReleaseRefused`` with the report where there is an error (with ``strict``: or a warning), ``VersionTooLow``
    where the tables changed more since the last version than the number says, ``CannotRun`` where it cannot be made.
    """
    _checked_place(root, out)
    if since is not None:
        release_version(since)  # what is no release is told before the root is checked, which takes longer
    published = build(root, check=True, strict=strict)
    _refuse_without_facts(root, published.report)
    if published.tables is None:
        raise ReleaseRefused(published.report)
    about = About.of(published.facts)
    name, day = about.edition, about.released
    _checked_folder(out / name)
    check_since(root, since, about.version)
    files = release_files(root, published.tables, published.facts)
    archives = {f"{name}.zip": zip_file(files, day), f"{name}.tar.gz": tar_gz(files, day)}
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
