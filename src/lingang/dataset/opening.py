"""What a path holds, as a ``Dataset``: an authored root, a release, its archive, a build, a folder of tables."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lingang.about import edition_of, read_facts
from lingang.dataset.frames import Dataset, installed
from lingang.failures import naming_the_extra
from lingang.problems import CannotRun, Place, Problem, Refused, Report

if TYPE_CHECKING:
    import pyarrow as pa

    from lingang.corpus.inputs import Part
    from lingang.lexicon import Lexicon

__all__ = ["open"]


def open(path: str | Path | None = None) -> Dataset:
    """The dataset at a path: a root, a release folder or archive, a build, a folder of tables.

    Without a path it is the installed one. What is opened is read whole into memory; an authored root is checked,
    as a build checks it. Anything but the installed data and published folders needs ``lingang[validate]``.

    Raises ``CannotRun`` where there is no such path or it is nothing of these, and ``Refused``, with a report, where a
    root has errors or a table cannot be read.

    >>> import lingang
    >>> data = lingang.open()
    >>> data.tables() == lingang.tables()
    True
    """
    if path is None:
        return installed()
    from lingang.check.subject import kind_of

    place = Path(path)
    kind = kind_of(place)
    if kind == "archive":
        return _archive(place)
    if kind == "root":
        return _root(place)
    if kind == "release":
        return _published(place, place)
    from lingang.corpus.inputs import find

    parts = find(place)
    lexicon, facts = _lexicon(place), _facts(place)
    return Dataset(_read(place, parts, edition_of(facts)), facts, place, lexicon)


def _archive(path: Path) -> Dataset:
    with naming_the_extra("an archive"):
        from lingang.check.released import unpacked
    with unpacked(path) as folder:
        return _published(folder, path)


def _root(path: Path) -> Dataset:
    with naming_the_extra("a root"):
        from lingang.build.root import validated
    published = validated(path)
    if published.tables is None:
        raise Refused(path, published.report)
    return Dataset(published.tables.arrow, published.facts, path, published.tables.lexicon)


def _facts(folder: Path) -> dict[str, Any]:
    try:
        return read_facts(folder)
    except ValueError as error:
        raise CannotRun(f"{folder / 'about.json'} cannot be read: {error}") from None


def _lexicon(folder: Path) -> Lexicon | None:
    from lingang.lexicon import from_json

    path = folder / "lexicon.json"
    return from_json(path.read_bytes(), path.name)[0] if path.is_file() else None


def _published(folder: Path, origin: Path) -> Dataset:
    """A folder with sums: the Parquet file of each table is read."""
    from lingang.corpus.inputs import Part
    from lingang.tables import TABLES

    names = [declared.name for declared in TABLES]
    paths = {name: folder / f"{name}.parquet" for name in names}
    missing = [path.name for path in paths.values() if not path.is_file()]
    if missing:
        raise CannotRun(f"{origin} cannot be opened: it has no {missing[0]}; lingang validate tells what it lacks")
    parts = {name: [Part(name, path, path.name, "parquet", "")] for name, path in paths.items()}
    facts = _facts(folder)
    return Dataset(_read(origin, parts, edition_of(facts)), facts, origin, _lexicon(folder))


def _read(origin: Path, parts: Mapping[str, list[Part]], edition: str) -> dict[str, pa.Table]:
    """Every table of the model from its files, as the edition declares it; a table without one has no rows."""
    import pyarrow as pa

    from lingang.tables import TABLES
    from lingang.tables.arrow import arrow_schema

    report, found = Report(), {}
    for declared in TABLES:
        name = declared.name
        pieces = [_piece(part, edition, report) for part in parts.get(name, ())]
        whole = [piece for piece in pieces if piece is not None]
        table = pa.concat_tables(whole) if whole else arrow_schema(name, edition).empty_table()
        order = [(declared.key, "ascending")]
        found[name] = table.take(pa.compute.sort_indices(table, order)) if table.num_rows else table
    if report.errors:
        raise Refused(origin, report)
    return found


def _piece(part: Part, edition: str, report: Report) -> pa.Table | None:
    """The rows of one file in the columns and types of its table; ``None``, with a problem, where it has others."""
    import pyarrow as pa

    from lingang.tables.arrow import arrow_schema
    from lingang.tables.parquet_files import Damaged, whole_table

    if part.form == "jsonl":
        return _lines(part, edition, report)
    schema = arrow_schema(part.table, edition)
    try:
        stored = whole_table(part.path)
    except Damaged as damaged:
        report.add(_refusal("PUB006", part, str(damaged), "a Parquet file that can be read through"))
        return None
    if sorted(stored.column_names) == sorted(schema.names):
        with contextlib.suppress(pa.ArrowException, ValueError):
            return stored.select(schema.names).cast(schema)
    strange = sorted(set(stored.column_names) ^ set(schema.names)) or ["its types"]
    report.add(_refusal("PUB005", part, f"another schema: {', '.join(strange)}", "the schema of the models"))
    return None


def _refusal(rule_id: str, part: Part, found: str, expected: str) -> Problem:
    """The problem of a whole file."""
    from lingang.rules.catalogue import problem  # which needs what only checks need

    return problem(rule_id, Place(part.name), found, expected, table=part.table)


def _lines(part: Part, edition: str, report: Report) -> pa.Table | None:
    import pyarrow as pa

    from lingang.rules.catalogue import problem
    from lingang.tables.arrow import build
    from lingang.tables.editions import in_edition
    from lingang.tables.json_lines import leaves_no_row, read_file, with_days

    kind = {".gz": "gzip", ".zst": "zstd"}.get(part.packed)
    try:
        with pa.input_stream(str(part.path), compression=kind) as stream:
            data = stream.read()
    except (OSError, pa.ArrowException) as error:
        report.add(_refusal("PUB006", part, str(error)[:120], "a file that can be read through"))
        return None
    declared, rows, whole = next(known for known in in_edition(edition) if known.name == part.table), [], True
    for number, row, faults in read_file(declared, data):
        refused = [fault for fault in faults if leaves_no_row(declared, fault)]
        whole = whole and not refused
        for fault in refused:
            place = Place(part.name, number, 1)
            told = problem(fault.rule, place, fault.found, fault.expected, table=part.table, column=fault.column)
            report.add(told)
        if row is not None and not refused:
            rows.append(with_days(declared, row))
    return build(declared, rows, edition) if whole else None
