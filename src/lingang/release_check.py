"""A release proves itself: sums, schemas, both forms of each table, and every rule over the tables."""

from __future__ import annotations

import contextlib
import hashlib
import lzma
import stat
import struct
import tarfile
import tempfile
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa

from lingang.about import ABOUT, read_facts
from lingang.arrow_tables import Origins, Tables, arrow_schema
from lingang.authored.tree import read_shaped
from lingang.causes import each_cause_once
from lingang.characters import CARRIAGE_RETURN, LINE_ENDS
from lingang.check import check_tables
from lingang.files.contents import LEXICON, table_schemas
from lingang.files.sums import SUMS, Line, file_sum, read_sums
from lingang.json_lines import UNREADABLE, leaves_no_row, read_file, read_line, with_days
from lingang.lexicon import Lexicon, for_language, from_json
from lingang.litter import is_litter
from lingang.models import TABLES, Table, table
from lingang.parquet_files import Damaged, whole_table
from lingang.problems import CannotRun, Place, Problem, Report
from lingang.rules.catalogue import problem
from lingang.rules.declared import references_to, unfilled
from lingang.rules.scope import Chosen, begun, every_rule, not_read

__all__ = ["check_archive", "check_facts", "check_release", "check_sums", "unpacked"]

MAX_UNPACKED = 512 * 1024 * 1024
MAX_MEMBERS = 10_000
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError, EOFError, OSError, RuntimeError),
    *(ValueError, LookupError, ArithmeticError, struct.error),
)
"""What the readers of archives raise over bytes that are not as they were written."""


def _problem(rule_id: str, place: Place, found: str, expected: str, table: str = "", column: str = "") -> Problem:
    return problem(rule_id, place, found, expected, table=table, column=column)


def check_sums(folder: Path, report: Report) -> None:
    """Every listed file has its sum, and no file is there besides, as far as the report is to run these rules."""
    if report.ran.isdisjoint(("PUB001", "PUB004")):
        return
    found = Report()
    _check_sums(folder, found)
    report.extend(problem for problem in found.problems if problem.rule in report.ran)


def _changed(line: Line, path: Path, actual: str) -> Problem:
    """The problem of a file with another sum: nothing but its line ends may have been turned."""
    data = path.read_bytes() if path.suffix != ".parquet" and path.stat().st_size <= MAX_UNPACKED else b""
    if b"\r\n" in data and hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() == line.sum:
        turned = _problem("PUB001", Place(line.name), CARRIAGE_RETURN, "LF line ends, as published")
        return replace(turned, hint=LINE_ENDS)
    return _problem("PUB001", Place(line.name), actual, line.sum)


def _check_sums(folder: Path, report: Report) -> None:
    listed = {SUMS}
    for line in read_sums((folder / SUMS).read_bytes()):
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
        if path.is_file() and name not in listed and not is_litter(name):
            report.add(_problem("PUB004", Place(name), "a file that SHA256SUMS does not list", "only listed files"))


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
    if not stored.schema.equals(arrow_schema(declared.name), check_metadata=True):
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


def check_facts(folder: Path, report: Report) -> str | None:
    """The facts of the dataset are of their shape, where they are given; returns what identifiers begin with."""
    path = folder / ABOUT
    if not path.is_file():
        return None
    for found in read_shaped(ABOUT, path.read_bytes().replace(b"\r\n", b"\n"), "about")[1]:
        told = f"{found.message}: {found.found}" if found.found else found.message
        report.add(_problem("PUB007", found.place, told, found.expected))
    try:
        base = read_facts(folder).get("base")
    except ValueError:
        return None
    return base if isinstance(base, str) else None


_FIRST_LINE = 1 << 24
"""Bytes of the first line of a table that are looked at."""


def read_lexicon(folder: Path, report: Report) -> Lexicon | None:
    """The lexicon that a published folder carries; else the newest layer of the language of its pages, else none."""
    path = folder / LEXICON
    if path.is_file():
        lexicon, problems = from_json(path.read_bytes(), LEXICON)
        report.extend(_problem(found.rule, found.place, found.found, found.expected) for found in problems)
        return lexicon
    return for_language(_language(folder))


def _language(folder: Path) -> str:
    """The language of the first page of a folder of tables; empty where it cannot be told without reading all."""
    for path in sorted(folder.glob("sources*.jsonl")):
        with path.open("rb") as lines:
            row, _ = read_line(table("sources"), lines.readline(_FIRST_LINE).rstrip(b"\n"))
        if row is not None and isinstance(row.get("language"), str):
            return str(row["language"])
    return ""


def _check_schemas(folder: Path, lexicon: Lexicon | None, report: Report) -> None:
    for name, data in table_schemas(check_facts(folder, report), lexicon).items():
        path = folder / "schema" / name
        if not path.is_file():
            report.add(_problem("PUB004", Place(f"schema/{name}"), "no such file", "the schema of each table"))
        elif path.read_bytes().replace(b"\r\n", b"\n") != data:
            report.add(_problem("PUB003", Place(f"schema/{name}"), "another schema", "the schema of the models"))


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


def check_release(folder: Path, chosen: Chosen = every_rule) -> Report:
    """Every check that is asked for and that a published folder can be put to, without the authored records.

    A table that is missing or cannot be read is told whatever is asked for. Raises ``CannotRun`` for what is no
    release, and where none of the rules that are asked for applies to one.
    """
    if not (folder / SUMS).is_file():
        raise CannotRun(f"{folder} is no release: it has no {SUMS}")
    report = begun("a release", chosen)
    check_sums(folder, report)
    published = Report()
    lexicon = read_lexicon(folder, report)
    _check_schemas(folder, lexicon, published)
    arrow: dict[str, pa.Table] = {}
    lost: set[str] = set()
    for declared in TABLES:
        path = folder / f"{declared.name}.jsonl"
        rows = None
        if path.is_file():
            rows = read_jsonl(declared, path.read_bytes(), path.name, report)
        else:
            report.add(_problem("PUB004", Place(path.name), "no such file", "every table", declared.name))
        if rows is None:
            lost.add(declared.name)
        values = [with_days(declared, row) for row in rows or ()]
        arrow[declared.name] = pa.Table.from_pylist(values, schema=arrow_schema(declared.name))
        if rows is not None:
            _check_order(declared, rows, published)
            _check_twin(declared, folder / f"{declared.name}.parquet", arrow[declared.name], published)
    lost |= _tell_unfilled({name: rows for name, rows in arrow.items() if name not in lost}, report)
    asked = report.ran | UNREADABLE
    report.extend(problem for problem in published.problems if problem.rule in asked)
    if lost:
        report.hold(("PUB002", "PUB005"), not_read(lost))
    origins = Origins(files={table.name: f"{table.name}.jsonl" for table in TABLES})
    report.take(check_tables(Tables(arrow, origins, lexicon), report.ran.__contains__, lost=frozenset(lost)))
    report.problems = each_cause_once(report.problems)
    return report


def _members(path: Path) -> tuple[list[tuple[str, int, Any]], Any]:
    """``(name, size, member)`` of each regular file, and the open archive."""
    if path.name.endswith(".zip"):
        archive = zipfile.ZipFile(path)
        files = [info for info in archive.infolist() if not info.is_dir()]
        if any(stat.S_ISLNK(info.external_attr >> 16) for info in files):
            raise CannotRun(f"{path} holds a link; a release has only files")
        return [(info.filename, info.file_size, info) for info in files], archive
    bundle = tarfile.open(path, "r:gz")  # noqa: SIM115 (the caller closes it)
    members = [member for member in bundle.getmembers() if not member.isdir()]
    if any(not member.isreg() for member in members):
        raise CannotRun(f"{path} holds a link or a device; a release has only files")
    return [(member.name, member.size, member) for member in members], bundle


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder of a release archive that holds its sums, unpacked into a temporary folder.

    No member leaves the folder; size and number are bounded. Raises ``CannotRun`` for an archive that
    cannot be read, or that is no release.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        try:
            _unpack(path, folder)
        except _UNREADABLE as error:
            raise CannotRun(f"{path} cannot be read as an archive: {error}") from None
        yield _root(path, folder)


def _root(path: Path, folder: Path) -> Path:
    """The folder of an unpacked archive that is the release; raises ``CannotRun`` where it is none, or not all."""
    files = [found.relative_to(folder) for found in folder.rglob("*") if found.is_file()]
    roots = sorted({found.parent for found in files if found.name == SUMS}, key=lambda root: len(root.parts))
    if not roots:
        raise CannotRun(f"{path} is no release: it has no {SUMS}")
    beside = next((found for found in sorted(files) if not found.is_relative_to(roots[0])), None)
    if beside is not None:
        raise CannotRun(f"{path} holds {beside.as_posix()} beside the release in {roots[0].as_posix()}/")
    return folder / roots[0]


def _same(name: str) -> str:
    """A name as a file system may take it: letters of either case, marks joined or not."""
    return unicodedata.normalize("NFC", PurePosixPath(name).as_posix()).casefold()


def _unpack(path: Path, folder: Path) -> None:
    members, archive = _members(path)
    with archive:
        if len(members) > MAX_MEMBERS or sum(size for _, size, _ in members) > MAX_UNPACKED:
            raise CannotRun(f"{path} is too large: at most {MAX_MEMBERS} files and {MAX_UNPACKED} bytes")
        twice = [name for name, count in Counter(_same(name) for name, _, _ in members).items() if count > 1]
        if twice:
            raise CannotRun(f"{path} holds {twice[0]} more than once; which of them is meant it does not tell")
        for name, size, member in members:
            if is_litter(name):
                continue
            parts = PurePosixPath(name).parts
            if PurePosixPath(name).is_absolute() or ".." in parts or "\\" in name or ":" in name or "\0" in name:
                raise CannotRun(f"{path} holds {name!r}, which would leave the folder")
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            stream = archive.open(member) if path.name.endswith(".zip") else archive.extractfile(member)
            data = stream.read(size + 1)
            if len(data) != size:
                raise CannotRun(f"{path} holds {name!r} with another size than it says")
            target.write_bytes(data)


def check_archive(path: Path, chosen: Chosen = every_rule) -> Report:
    """``check_release`` of an archive (.zip, .tar.gz)."""
    with unpacked(path) as folder:
        return check_release(folder, chosen)
