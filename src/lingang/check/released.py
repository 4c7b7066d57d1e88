"""A release proves itself: sums, schemas, both forms of each table, and every rule over the tables."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pyarrow as pa

import lingang.limits as limits
from lingang.about import ABOUT, FULL, edition_of, read_facts
from lingang.authored.reading import read_at_most
from lingang.authored.tree import read_shaped
from lingang.causes import each_cause_once
from lingang.check.root import check_tables
from lingang.corpus.inputs import holds_tables
from lingang.corpus.work import temporary
from lingang.files.contents import LEXICON, table_schemas
from lingang.files.litter import is_litter
from lingang.files.sums import SUMS, Line, file_sum, read_sums
from lingang.files.unpacking import unpack
from lingang.lexicon import Lexicon, for_language, from_json
from lingang.problems import CannotRun, Place, Problem, Report
from lingang.rules.catalogue import problem
from lingang.rules.declared import references_to, unfilled
from lingang.rules.scope import Chosen, begun, every_rule, not_read
from lingang.tables import TABLES, Table, table
from lingang.tables.arrow import Origins, Tables, build
from lingang.tables.editions import in_edition
from lingang.tables.json_lines import UNREADABLE, leaves_no_row, read_file, read_line, with_days
from lingang.tables.parquet_files import Damaged, whole_table
from lingang.text.characters import CARRIAGE_RETURN, LINE_ENDS

__all__ = ["check_facts", "check_release", "check_sums", "read_published", "unpacked"]


def _problem(rule_id: str, place: Place, found: str, expected: str, table: str = "", column: str = "") -> Problem:
    return problem(rule_id, place, found, expected, table=table, column=column)


def read_published(folder: Path, name: str, report: Report, most: int = limits.JSON_BYTES) -> bytes | None:
    """The bytes of a published file; ``None``, which is told, for one that is too large to be looked at."""
    data = read_at_most(folder / name, most)
    if len(data) > most:
        report.add(_problem("PUB006", Place(name), f"more than {most} bytes", f"at most {most} bytes"))
        return None
    return data


def check_sums(folder: Path, report: Report, *, packed: bool = False) -> None:
    """Every listed file has its sum, and no file is there besides, as far as the report is to run these rules.

    A file of a user's own in an unpacked release is advice; in an archive (``packed``) nobody put one.
    """
    if report.ran.isdisjoint(("PUB001", "PUB004", "PUB009")):
        return
    found = Report()
    _check_sums(folder, found, "PUB004" if packed else "PUB009")
    report.extend(problem for problem in found.problems if problem.rule in report.ran)


def _changed(line: Line, path: Path, actual: str) -> Problem:
    """The problem of a file with another sum: nothing but its line ends may have been turned."""
    data = read_at_most(path, limits.JSON_BYTES) if path.suffix != ".parquet" else b""
    if b"\r\n" in data and hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() == line.sum:
        turned = _problem("PUB001", Place(line.name), CARRIAGE_RETURN, "LF line ends, as published")
        return replace(turned, hint=LINE_ENDS)
    return _problem("PUB001", Place(line.name), actual, line.sum)


def _check_sums(folder: Path, report: Report, unlisted: str) -> None:
    listed, data = {SUMS}, read_published(folder, SUMS, report)
    if data is None:
        return
    for line in read_sums(data):
        if not line.name:
            report.add(_problem("PUB001", Place(SUMS, line.number, 1), line.text[:80], "<sum>  <file>, each file once"))
            continue
        listed.add(line.name)
        path = folder / line.name
        if not line.inside or not path.is_file():
            place = Place(SUMS, line.number, 1)
            report.add(_problem("PUB004", place, f"{line.name} is not there", "a file of the release"))
        elif (actual := file_sum(path)) != line.sum:
            report.add(_changed(line, path, actual))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in listed and not is_litter(name):
            report.add(_problem(unlisted, Place(name), "a file that SHA256SUMS does not list", "only listed files"))


def read_jsonl(declared: Table, data: bytes, file: str, report: Report) -> list[dict[str, Any]] | None:
    """The rows of a JSON Lines file; ``None``, with problems, where a line leaves no row of the declared types.

    What else a row is refused for, ROW002 to ROW005 find in the table.
    """
    rows: list[dict[str, Any]] = []
    whole = True
    for number, row, faults in read_file(declared, data):
        if any(leaves_no_row(declared, fault) for fault in faults):
            whole = False
            place = Place(file, number, 1)
            report.extend(
                problem(
                    fault.rule,
                    place,
                    fault.found,
                    fault.expected,
                    table=declared.name,
                    record_id=fault.record,
                    column=fault.column,
                )
                for fault in faults
            )
        elif row is not None:
            rows.append(row)
    return rows if whole else None


def _check_parquet(declared: Table, path: Path, table: pa.Table, report: Report) -> None:
    name = path.name
    try:
        stored = whole_table(path)
    except Damaged as damaged:
        wanted = "a Parquet file that can be read through"
        report.add(_problem("PUB006", Place(name), str(damaged), wanted, declared.name))
        return
    if not stored.schema.equals(table.schema, check_metadata=True):
        report.add(
            _problem(
                "PUB005",
                Place(name),
                "another schema",
                "the schema of the models, descriptions included",
                declared.name,
            )
        )
    elif not stored.equals(table):
        rows = min(stored.num_rows, table.num_rows)
        first = next((n for n in range(rows) if stored.slice(n, 1) != table.slice(n, 1)), rows)
        report.add(
            _problem(
                "PUB002",
                Place(name),
                f"row {first + 1} differs",
                f"row {first + 1} of {declared.name}.jsonl",
                declared.name,
            )
        )


def _check_order(declared: Table, rows: list[dict[str, Any]], report: Report) -> None:
    """Rows of a published table stand in the order of their key; the first that does not is told."""
    keys = [str(row[declared.key]) for row in rows]
    late = next((n for n in range(1, len(keys)) if keys[n] < keys[n - 1]), None)
    if late is not None:
        place = Place(f"{declared.name}.jsonl", late + 1)
        wanted = f"a key after {keys[late - 1]}"
        report.add(_problem("PUB008", place, keys[late], wanted, declared.name))


def check_facts(folder: Path, report: Report) -> tuple[str | None, str]:
    """The facts of the dataset are of their shape, where they are given; returns what identifiers begin with, and the
    edition."""
    data = read_published(folder, ABOUT, report, limits.YAML_BYTES) if (folder / ABOUT).is_file() else None
    if data is None:
        return None, FULL
    for found in read_shaped(ABOUT, data.replace(b"\r\n", b"\n"), "published")[1]:
        told = f"{found.message}: {found.found}" if found.found else found.message
        report.add(_problem("PUB007", found.place, told, found.expected))
    try:
        facts = read_facts(folder)
    except ValueError:
        return None, FULL
    base = facts.get("base")
    return base if isinstance(base, str) else None, edition_of(facts)


def read_lexicon(folder: Path, report: Report) -> Lexicon | None:
    """The lexicon that a published folder carries; else the newest layer of the language of its pages, else none."""
    if (folder / LEXICON).is_file():
        data = read_published(folder, LEXICON, report)
        if data is None:
            return None
        lexicon, problems = from_json(data, LEXICON)
        report.extend(_problem(found.rule, found.place, found.found, found.expected) for found in problems)
        return lexicon
    return for_language(_language(folder))


def _language(folder: Path) -> str:
    """The language of the first page of a folder of tables; empty where it cannot be told without reading all."""
    for path in sorted(folder.glob("sources*.jsonl")):
        with path.open("rb") as lines:
            row, _ = read_line(table("sources"), lines.readline(limits.LINE_BYTES + 1).rstrip(b"\n"))
        if row is not None and isinstance(row.get("language"), str):
            return str(row["language"])
    return ""


def _check_schemas(folder: Path, lexicon: Lexicon | None, report: Report) -> str:
    """The schemas are those of the models; returns the edition that the facts name."""
    base, edition = check_facts(folder, report)
    for name, data in table_schemas(base, lexicon, edition).items():
        path = folder / "schema" / name
        if not path.is_file():
            report.add(_problem("PUB004", Place(f"schema/{name}"), "no such file", "the schema of each table"))
        elif read_at_most(path, 2 * len(data)).replace(b"\r\n", b"\n") != data:
            report.add(_problem("PUB003", Place(f"schema/{name}"), "another schema", "the schema of the models"))
    return edition


def _check_twin(declared: Table, twin: Path, table: pa.Table, report: Report) -> None:
    if twin.is_file():
        _check_parquet(declared, twin, table, report)
    else:
        report.add(_problem("PUB004", Place(twin.name), "no such file", "every table in both forms", declared.name))


def _tell_unfilled(arrow: Mapping[str, pa.Table], report: Report) -> set[str]:
    """Tables without a row to which rows of others point: one problem, in place of one for each of those rows."""
    out = set()
    for name in (name for name, rows in arrow.items() if not rows.num_rows):
        pointing = {
            child: sum(any(row.values()) for row in arrow[child].select(columns).to_pylist())
            for child, columns in references_to(name).items()
            if child in arrow
        }
        if any(pointing.values()):
            out.add(name)
            report.add(unfilled(name, Place(f"{name}.jsonl"), pointing))
    return out


def check_release(
    folder: Path, chosen: Chosen = every_rule, keep: int = limits.KEPT, *, packed: bool = False
) -> Report:
    """Every check that is asked for and that a published folder can be put to, without the authored records; ``packed``
    for one that comes out of an archive.

    A table that is missing or cannot be read is told whatever is asked for. Raises ``CannotRun`` for what is no
    release, and where none of the rules that are asked for applies to one.
    """
    if not (folder / SUMS).is_file():
        raise CannotRun(f"{folder} is no release: it has no {SUMS}")
    report = begun("a release", chosen, keep=keep)
    check_sums(folder, report, packed=packed)
    published = Report()
    lexicon = read_lexicon(folder, report)
    edition = _check_schemas(folder, lexicon, published)
    report.edition = "" if edition == FULL else edition
    arrow: dict[str, pa.Table] = {}
    lost: set[str] = set()
    for declared in in_edition(edition):
        path = folder / f"{declared.name}.jsonl"
        rows = None
        if path.is_file():
            data = read_published(folder, path.name, report, limits.TABLE_BYTES)
            rows = None if data is None else read_jsonl(declared, data, path.name, report)
        else:
            report.add(_problem("PUB004", Place(path.name), "no such file", "every table", declared.name))
        if rows is None:
            lost.add(declared.name)
        arrow[declared.name] = build(declared, (with_days(declared, row) for row in rows or ()), edition)
        if rows is not None:
            _check_order(declared, rows, published)
            _check_twin(declared, folder / f"{declared.name}.parquet", arrow[declared.name], published)
    lost |= _tell_unfilled({name: rows for name, rows in arrow.items() if name not in lost}, report)
    asked = report.ran | UNREADABLE
    report.extend(problem for problem in published.problems if problem.rule in asked)
    if lost:
        report.hold(("PUB002", "PUB005"), not_read(lost))
    origins = Origins(files={table.name: f"{table.name}.jsonl" for table in TABLES})
    tables = Tables(arrow, origins, lexicon, edition)
    report.take(check_tables(tables, report.ran.__contains__, lost=frozenset(lost)))
    report.problems = each_cause_once(report.problems)
    return report


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder that an archive holds, unpacked into a folder that is gone afterwards.

    Raises ``CannotRun`` for an archive that cannot be read or is too large, and for one that holds nothing that can be
    checked, several of them, or anything beside it.
    """
    with temporary() as folder:
        unpack(path, folder)
        yield _top(path, folder)


def _top(path: Path, folder: Path) -> Path:
    """The folder of an unpacked archive that is a release, a root or a folder of tables: its only one, or itself."""
    there = sorted(folder.iterdir())
    top = there[0] if len(there) == 1 and there[0].is_dir() and there[0].name not in ("dataset", "raw") else folder
    if (top / "dataset").is_dir() or (top / SUMS).is_file() or holds_tables(top):
        return top
    below = sorted(found.parent.relative_to(folder) for found in folder.rglob(SUMS))
    if not below:
        raise CannotRun(f"{path} is no release: it has no {SUMS}")
    if len(below) > 1 and not any(part.is_relative_to(other) for part, other in permutations(below, 2)):
        named = " and ".join(f"{part.as_posix()}/" for part in below[:2])
        raise CannotRun(f"{path} holds several releases, in {named}; hand over one")
    beside = min(part for part in folder.rglob("*") if part.is_file() and not part.is_relative_to(folder / below[0]))
    raise CannotRun(
        f"{path} holds {beside.relative_to(folder).as_posix()} beside the release in {below[0].as_posix()}/"
    )
