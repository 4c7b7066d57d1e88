"""From a checked root to what a release page holds: staged beside, proven, moved into place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from lingang.about import ARCHIVE_SUMS, FACTS, FULL, About
from lingang.authored.tree import wanted_facts
from lingang.build.root import guides, inputs, validated
from lingang.check.released import check_release
from lingang.explore.html import EXPLORER, html
from lingang.files.archives import tar_gz, zip_file
from lingang.files.contents import contents
from lingang.files.owned import check_apart, check_archives, check_made, resolved
from lingang.files.store import workplace, write_files, writing
from lingang.files.sums import SUMS, sums
from lingang.lexicon import Lexicon
from lingang.problems import CannotRun, Report
from lingang.release.changes import release_version
from lingang.release.citation import CITATION, citation
from lingang.release.claims import false_claims
from lingang.release.croissant import CROISSANT, croissant
from lingang.release.csv_files import csv_file
from lingang.release.database import Rows, database
from lingang.release.datapackage import DATAPACKAGE, database_name, datapackage
from lingang.release.datasette import METADATA, metadata
from lingang.release.dictionary import DICTIONARY, dictionary
from lingang.release.documents import README, documents, own_readme
from lingang.release.facts import TEXTS, Cited, facts_told, refuse_wording, text_sums, without_wording
from lingang.release.hugging_face import hugging_face
from lingang.release.landing import landing
from lingang.release.succession import check_since, check_version
from lingang.release.workbook import workbook, workbook_name
from lingang.rules.catalogue import catalogue
from lingang.tables import TABLES
from lingang.tables.arrow import Tables

__all__ = ["ReleaseRefused", "build_release", "generated", "release_files"]

PUBLISHED = "src/lingang/data"
"""Tables that a root keeps beside its records: Parquet files of theirs that hold the same rows keep their bytes."""


class ReleaseRefused(Exception):
    """The root, or what was made of it, has errors; ``report`` holds them. Nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"nothing was released: {report.errors} errors")
        self.report = report


def generated(rows: Rows, about: About, lexicon: Lexicon | None) -> dict[str, bytes]:
    """The documents that are made from the tables, by name: the citation and the data dictionary."""
    return {CITATION: citation(about), DICTIONARY: dictionary(rows, about, lexicon)}


def _exports(rows: Rows, about: About) -> dict[str, bytes]:
    """The records in the formats of other programs; none where the package carries no exports."""
    try:
        exports = import_module("lingang.exports")
    except ModuleNotFoundError:
        return {}
    made: dict[str, bytes] = exports.all_exports(rows, about)
    return {f"exports/{name}": data for name, data in made.items()}


def release_files(root: Path, tables: Tables, told: Mapping[str, Any], edition: str = FULL) -> dict[str, bytes]:
    """Every file of a release by its name, of checked tables, the documents of their root, and its facts.

    Of the edition ``facts`` documents that cite the page are left out, and so is what shows it: the explorer, reading
    texts and annotations of them.
    """
    beside, guide = dict(documents(root)), guides(root)
    cited = Cited(tables) if edition == FACTS else None
    texts: dict[str, bytes] = {}
    if cited is not None:
        told, texts = facts_told(told), {TEXTS: text_sums(tables)}
        tables = without_wording(tables, cited)
        beside, guide = ({name: data for name, data in some.items() if not cited.by(data)} for some in (beside, guide))
    about = About.of(told)
    files = contents(tables, guide, told, root / PUBLISHED)
    del files[SUMS]
    rows = {declared.name: tables.rows(declared.name) for declared in TABLES}
    files |= texts | {f"csv/{declared.name}.csv": csv_file(declared, rows[declared.name]) for declared in TABLES}
    languages = sorted({str(row["language"]) for row in rows["sources"]})
    files[database_name(about)] = database(rows, tables.lexicon, edition)
    files[METADATA] = metadata(about)
    files[workbook_name(about)] = workbook(rows, about)
    files |= beside | generated(rows, about, tables.lexicon) | _exports(rows, about)
    for name, described in ((DATAPACKAGE, datapackage), (CROISSANT, croissant)):
        files[name] = described(files, about, languages, tables.lexicon)
    files |= hugging_face(files, about, rows, languages)
    if cited is None:
        files[EXPLORER] = html(rows, told, "en")
    files[README] = landing(rows, files, about)
    claims = false_claims(files)
    if claims:
        raise CannotRun("the release would claim what it does not hold: " + "; ".join(claims))
    readme = own_readme(root, files)
    if cited is None:
        files[README] += readme
    else:
        files[README] += b"" if cited.by(readme) else readme
        refuse_wording(files, cited)
    files[SUMS] = sums(files)
    return files


def _check_apart(root: Path, out: Path, since: Path | None, made: Sequence[str] = ()) -> None:
    """Raises ``CannotRun`` for an output that is no folder of its own, or that would change what is read."""
    folder = resolved(out)
    if folder in (root.resolve(), *root.resolve().parents) or (folder.exists() and not folder.is_dir()):
        raise CannotRun(f"{out} cannot be the output: it is no folder of its own")
    for name in made:
        check_apart(out / name, [*inputs(root), *([since] if since else [])])


def _check_made(folder: Path, made: Sequence[str], name: str) -> tuple[dict[str, str], list[str]]:
    """The sums of the other archives that are there, and the manifests that list them; raises ``CannotRun`` where what
    stands there no release made."""
    with writing(folder):
        check_made(folder / made[0], release=True)
        return check_archives(folder, made[1:], f"{name}-")


def _refuse_without_facts(root: Path, report: Report) -> None:
    """Raises ``ReleaseRefused``, with every other problem too, where ``about.yaml`` lacks what a release states."""
    known = {(problem.rule, problem.place) for problem in report}
    wanted = [replace(problem, hint=problem.hint or catalogue()[problem.rule].mend) for problem in wanted_facts(root)]
    if wanted:
        report.extend(problem for problem in wanted if (problem.rule, problem.place) not in known)
        raise ReleaseRefused(report)


def build_release(
    root: Path, out: Path, *, since: Path | None = None, strict: bool = False, edition: str = FULL
) -> list[Path]:
    """Validate a root and make a release of it in ``out``; other files there are left alone.

    The ``edition`` is ``full``, or ``facts``: without the wording of the pages beyond names and titles.

    Returns what was made: the folder ``<name>-<version>/``, the same as ``.zip`` and ``.tar.gz``, which hold this one
    folder, and ``ARCHIVES.sha256``, the sums of the archives. The release is put to every check of a downloaded one
    before it is moved into place.
    ``since`` is the last version, folder or archive; a first one needs none.
    Raises ``ReleaseRefused`` with the report where there is an error (with ``strict``: or a warning), ``VersionTooLow``
    where the tables changed more since the last version than the number says, ``CannotRun`` where it cannot be made.
    """
    _check_apart(root, out, since)
    if since is not None:
        release_version(since)  # what is no release is told before the root is checked, which takes longer
    folder = resolved(out)
    with workplace(folder, "release", out) as place:
        published = validated(root, strict=strict)
        _refuse_without_facts(root, published.report)
        if published.tables is None:
            raise ReleaseRefused(published.report)
        about = About.of(published.facts | {"edition": edition})
        name, day = about.label, about.released
        made = (name, f"{name}.zip", f"{name}.tar.gz", ARCHIVE_SUMS)
        _check_apart(root, out, since, made)
        _check_made(folder, made[:3], about.name)
        check_since(root, since, about.version)
        files = release_files(root, published.tables, published.facts, edition)
        with writing(out):
            write_files(files, place.new / name)
        report = check_release(place.new / name)
        if report.errors:
            raise ReleaseRefused(report)
        if since is not None:
            check_version(since, place.new / name)
        within = {f"{name}/{file}": data for file, data in files.items()}
        archives = {f"{name}.zip": zip_file(within, day), f"{name}.tar.gz": tar_gz(within, day)}
        with writing(out):
            others, manifests = _check_made(folder, made[:3], about.name)
            write_files(archives | {ARCHIVE_SUMS: sums(archives, others)}, place.new)
            place.replace(dict.fromkeys([*made, *manifests]))
    return [out / name for name in made]
