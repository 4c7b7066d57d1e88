"""A record and its evidence in context, as text: and where a text stands in the tables."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from lingang.frames import Dataset

__all__ = ["find", "names", "show", "table_lines"]

_AROUND = 12


def _rows(data: Dataset, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data._arrow(name).to_pylist()
    return rows


def _squeezed(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def _context(page: str, start: int, end: int, colour: bool) -> str:
    """The quote with some characters around it, white space removed."""
    before = _squeezed(page[max(0, start - 3 * _AROUND) : start])[-_AROUND:]
    after = _squeezed(page[end : end + 3 * _AROUND])[:_AROUND]
    quote = _squeezed(page[start:end])
    if len(quote) > 60:
        quote = f"{quote[:28]}……{quote[-28:]}"
    marked = f"\x1b[1;32m{quote}\x1b[0m" if colour else f"[{quote}]"
    return f"…{before}{marked}{after}…"


def _printable(text: str) -> str:
    return "".join(char if unicodedata.category(char) != "Cc" else "⏎" if char == "\n" else " " for char in text)


def _value(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value)) or "(none)"
    text = _printable(str(value))
    return text if len(text) <= 90 else f"{text[:90]}… ({len(text)} code points)"


def show(data: Dataset, record_id: str, *, colour: bool = False) -> str | None:
    """See ``Dataset.show``."""
    tables = {name: _rows(data, name) for name in data.tables()}
    matches: list[tuple[str, dict[str, Any]]] = []
    for name, rows in tables.items():
        matches += [(name, row) for row in rows if next(iter(row.values())) == record_id]
    if not matches:
        named = _squeezed(record_id).casefold()
        for name, rows in tables.items():
            matches += [(name, row) for row in rows if named and named in _names(row)]
    return "\n\n".join(_shown(tables, name, row, colour) for name, row in matches) or None


def names(data: Dataset) -> list[str]:
    """What a record can be asked for by: the ids and names of every table but the derived ones."""
    rows = [row for name in data.tables() if name not in _UNSEARCHED for row in _rows(data, name)]
    return sorted({str(next(iter(row.values()))) for row in rows}.union(*map(_names, rows)))


def _names(row: dict[str, Any]) -> set[str]:
    """What a record of a registry, an event or a document is called, white space removed."""
    found = [row.get("name"), row.get("name_latin"), *(row.get("aliases") or ())]
    return {_squeezed(str(name)).casefold() for name in found if name}


def _shown(tables: dict[str, list[dict[str, Any]]], name: str, row: dict[str, Any], colour: bool) -> str:
    pages = {str(source["source_id"]): str(source["text"]) for source in tables["sources"]}
    record_id = str(next(iter(row.values())))
    proofs: dict[str, list[dict[str, Any]]] = {}
    for evidence in tables["evidence"]:
        if evidence["table_name"] == name and evidence["record_id"] == record_id:
            proofs.setdefault(str(evidence["column_name"]), []).append(evidence)
    width = max(map(len, row))
    head = f"{name} {record_id}"
    lines = [f"\x1b[1m{head}\x1b[0m" if colour else head]
    for column, value in row.items():
        if value is None:
            continue
        lines.append(f"  {column:<{width}}  {_value(value)}")
        for evidence in proofs.get(column, ()):
            page = pages[str(evidence["source_id"])]
            start, end = evidence["raw_start"], evidence["raw_end"]
            line = page.count("\n", 0, start) + 1
            why = f" ({_printable(evidence['note'])})" if evidence["note"] else ""
            found = _context(page, start, end, colour)
            lines.append(f"  {'':<{width}}    line {line}, {evidence['basis']}{why}: {found}")
    if {"raw_start", "raw_end"} <= row.keys() and row["raw_start"] is not None and row.get("source_id"):
        page = pages[row["source_id"]]
        lines.append(f"  in context: {_context(page, row['raw_start'], row['raw_end'], colour)}")
    return "\n".join(lines)


def table_lines(data: Dataset) -> list[str]:
    """One line a table: its name, its rows, what it holds."""
    names = data.tables()
    width = max(map(len, names))
    return [f"{name:<{width}}  {data._arrow(name).num_rows:>5}  {data.schema(name)['description']}" for name in names]


_UNSEARCHED = {"mentions", "evidence", "segments", "readings"}
"""Tables whose words stand in other tables too."""


def find(data: Dataset, text: str) -> pd.DataFrame:
    """See ``Dataset.find``."""
    import pandas as pd

    wanted = _squeezed(text).casefold()
    if not wanted:
        raise ValueError("find() needs a text of one character or more")
    rows = []
    for name in data.tables():
        declared = data.schema(name)["properties"]
        key = next(iter(declared))
        for row in _rows(data, name) if name not in _UNSEARCHED else ():
            for column, value in row.items():
                if column == key or not _is_text(declared[column]):
                    continue
                for item in value if isinstance(value, list) else [value]:
                    plain = _squeezed(item or "")
                    # one character for one, so that what is found can be counted
                    start = "".join(char.lower() if len(char.lower()) == 1 else char for char in plain).find(wanted)
                    if start >= 0:
                        around = plain[max(0, start - _AROUND) : start + len(wanted) + _AROUND]
                        rows.append((name, row[key], column, start, around))
    columns = ["table_name", "record_id", "column_name", "start", "around"]
    strings = dict.fromkeys([name for name in columns if name != "start"], "string")
    return pd.DataFrame(rows, columns=columns).astype({**strings, "start": "Int32"})


def _is_text(declared: dict[str, Any]) -> bool:
    """Whether a column holds words, and no identifier, sum or word of a vocabulary."""
    if declared["x-type"] not in ("str", "list<str>") or "x-words" in declared or "x-references" in declared:
        return False
    return "pattern" not in declared or not str(declared["pattern"]).startswith("^[a-z0-9")
