"""Readings as they are entered: what is read, and its entry in ``dataset/verification.yaml``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lingang.authored.nodes import Mapping as Tree
from lingang.authored.nodes import Node, plain
from lingang.authored.nodes import Sequence as Items
from lingang.authored.tree import read_files, read_shaped
from lingang.check.root import check_files
from lingang.files.store import workplace, write_files, writing
from lingang.problems import CannotRun, Report
from lingang.tables import table
from lingang.tables.arrow import Tables
from lingang.tables.content import READ, content
from lingang.tables.vocabularies import vocabulary

__all__ = ["NotSound", "Reading", "Signed", "enter", "wanted"]

FILE = "dataset/verification.yaml"
SIGN_OFF = "sign_off"


class NotSound(Exception):
    """The root has errors, so that its records cannot be read; ``report`` holds them."""

    def __init__(self, root: Path, report: Report) -> None:
        super().__init__(f"{root} has errors; mend them first: nothing was entered")
        self.report = report


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, in which pass; ``kind`` and ``note`` declare a reader that the root does not know yet."""

    reader: str
    step: str
    kind: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """The entry as it stands in the file, and the records that had the same reading already."""

    entry: str
    entered: tuple[tuple[str, str], ...]
    before: tuple[tuple[str, str], ...]


Record = tuple[str, str]
"""Table and id of a record."""


def wanted(tables: Tables, names: Sequence[str]) -> list[tuple[Record, Mapping[str, object]]]:
    """The records named, with their rows: ``TABLE/ID``, an id that one table has, a table, or ``all``.

    Raises ``CannotRun`` for what names no record, or several.
    """
    rows = {(name, str(row[table(name).key])): row for name in READ for row in tables.rows(name)}
    found = [record for name in names for record in _named(name, rows)]
    return [(record, rows[record]) for record in dict.fromkeys(found)]


def _named(name: str, rows: Mapping[Record, object]) -> list[Record]:
    if name == "all" or name in READ:
        return [record for record in rows if name in ("all", record[0])]
    of, _, key = name.rpartition("/")
    found = [record for record in rows if record[1] == key and of in ("", record[0])]
    if not found:
        raise CannotRun(f"no record {name} that readers decide; write TABLE/ID, a table ({', '.join(READ)}), or all")
    if len(found) > 1:
        raise CannotRun(
            f"{name} is a record of {len(found)} tables; write {' or '.join('/'.join(one) for one in found)}"
        )
    return found


def checked(root: Path) -> Tables:
    """The tables of a root without errors; raises ``NotSound``."""
    found = check_files(read_files(root))
    if found.tables is None:
        raise NotSound(root, found.report)
    return found.tables


def enter(root: Path, names: Sequence[str], reading: Reading) -> Signed:
    """Enter a reading of records, dated today, into ``dataset/verification.yaml``; comments and order stay.

    Raises ``CannotRun`` where the reader is not declared, where a model would sign, or where the file is not written in
    lines, and ``NotSound`` where the root has errors. The file is replaced in one step, under a lock.
    """
    with workplace(root, "read", root / FILE) as place:
        files = read_files(root)
        tables = checked(root)
        tree = read_shaped(FILE, files[FILE], "verification")[0] if FILE in files else None
        _check_reader(tree, reading)
        day = datetime.date.today().isoformat()
        same = {
            (str(row["table_name"]), str(row["record_id"]))
            for row in tables.rows("readings")
            if row["current"] and (row["reader"], row["pass"]) == (reading.reader, reading.step)
        }
        chosen = wanted(tables, names)
        new = {record: content(table(record[0]), row) for record, row in chosen if record not in same}
        entry = "".join(_lines(reading, day, new))
        if new:
            text = _with_reader(files.get(FILE, b"").decode(), tree, reading)
            text = _with_entry(text, entry)
            _write(root, files, text.encode(), place.new)
            with writing(root / FILE):
                place.replace([FILE])
    before = tuple(record for record, _ in chosen if record in same)
    return Signed(entry if new else "", tuple(new), before)


def _write(root: Path, files: Mapping[str, bytes], data: bytes, folder: Path) -> None:
    report = check_files({**files, FILE: data}).report
    if report.errors:
        raise NotSound(root, report)
    with writing(root / FILE):
        write_files({FILE: data}, folder)


def _check_reader(tree: Tree | None, reading: Reading) -> None:
    readers = tree.get("readers") if tree is not None else None
    declared = readers.get(reading.reader) if isinstance(readers, Tree) else None
    known = plain(declared) if declared is not None else None
    kind = known["kind"] if isinstance(known, dict) else reading.kind
    if kind is None:
        raise CannotRun(f"{FILE} declares no reader {reading.reader}; say --kind person or --kind model to declare it")
    if reading.kind is not None and kind != reading.kind:
        raise CannotRun(f"{FILE} declares {reading.reader} as a {kind}, not as a {reading.kind}")
    if reading.step not in vocabulary("pass").values:
        raise CannotRun(f"{reading.step} is no pass; there are: {', '.join(vocabulary('pass').values)}")
    if reading.step == SIGN_OFF and kind != "person":
        raise CannotRun(f"{reading.reader} is a {kind}; a person alone signs off: choose another pass")


def _lines(reading: Reading, day: str, records: Mapping[Record, str]) -> Iterator[str]:
    yield f"  - reader: {reading.reader}\n    pass: {reading.step}\n    date: {day}\n    records:\n"
    for name in READ:
        own = {key: digest for (of, key), digest in records.items() if of == name}
        yield from [f"      {name}:\n"] if own else []
        yield from (f"        {key}: {digest}\n" for key, digest in own.items())


def _end(text: str, tree: Tree, key: str) -> int:
    """Where what stands under a key of the file ends: at the next key, or at the end."""
    keys = [scalar for scalar, _ in tree.entries]
    number = next(index for index, scalar in enumerate(keys) if scalar.raw == key)
    if number + 1 == len(keys):
        return len(text)
    line = keys[number + 1].place.line
    assert line is not None
    return sum(map(len, text.splitlines(keepends=True)[: line - 1]))


def _inserted(text: str, tree: Tree, key: str, lines: str) -> str:
    end = _end(text, tree, key)
    head = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
    return head + lines + text[end:]


def _in_lines(node: Node, column: int) -> bool:
    """Whether what stands under a key is written in lines with the indent of this command."""
    keys = [key for key, _ in node.entries] if isinstance(node, Tree) else []
    first = [*(node.items if isinstance(node, Items) else keys)][:1]
    return bool(first) and first[0].place.column == column


def _with_reader(text: str, tree: Tree | None, reading: Reading) -> str:
    """The file with the reader declared."""
    note = f"\n    note: {_quoted(reading.note)}" if reading.note else ""
    lines = f"  {reading.reader}:\n    kind: {reading.kind}{note}\n"
    readers = tree.get("readers") if tree is not None else None
    if tree is None or readers is None:
        return f"readers:\n{lines}{text}"
    assert isinstance(readers, Tree), "the shape was checked"
    if reading.reader in readers:
        return text
    if readers.flow or not _in_lines(readers, 3):
        raise CannotRun(f"{readers.place}: write readers in lines, each two spaces in (an empty mapping: not at all)")
    return _inserted(text, tree, "readers", lines)


def _with_entry(text: str, entry: str) -> str:
    tree = read_shaped(FILE, text.encode(), "verification")[0]
    assert tree is not None, "it was checked"
    readings = tree.get("readings")
    if readings is None:
        return f"{text}readings:\n{entry}"
    if not _in_lines(readings, 5):
        raise CannotRun(
            f"{readings.place}: write readings in lines, each dash two spaces in (an empty list: not at all)"
        )
    return _inserted(text, tree, "readings", entry)


def _quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
