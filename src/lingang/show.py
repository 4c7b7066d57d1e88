"""A record and its evidence in context, as text: reads the installed tables alone."""

from __future__ import annotations

import unicodedata

from lingang import frames

__all__ = ["show", "table_lines"]

_AROUND = 12


def _rows(name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = frames._arrow(name).to_pylist()
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


def show(record_id: str, *, colour: bool = False) -> str | None:
    """The record with this id and its evidence, each quote in its context; ``None`` where there is no such record."""
    for name in frames.tables():
        for row in _rows(name) if name != "evidence" else ():
            if next(iter(row.values())) == record_id:
                return _shown(name, record_id, row, colour)
    return None


def _shown(name: str, record_id: str, row: dict[str, object], colour: bool) -> str:
    pages = {str(source["source_id"]): str(source["text"]) for source in _rows("sources")}
    proofs: dict[str, list[dict[str, object]]] = {}
    for evidence in _rows("evidence"):
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
            start, end = int(str(evidence["raw_start"])), int(str(evidence["raw_end"]))
            line = page.count("\n", 0, start) + 1
            lines.append(f"  {'':<{width}}    line {line}, {evidence['basis']}: {_context(page, start, end, colour)}")
    if {"raw_start", "raw_end"} <= row.keys() and row["raw_start"] is not None and "source_id" in row:
        page = pages[str(row["source_id"])]
        lines.append(f"  in context: {_context(page, int(str(row['raw_start'])), int(str(row['raw_end'])), colour)}")
    return "\n".join(lines)


def table_lines() -> list[str]:
    """One line a table: its name, its rows, what it holds."""
    names = frames.tables()
    width = max(map(len, names))
    return [
        f"{name:<{width}}  {frames._arrow(name).num_rows:>5}  {frames.schema(name)['description']}" for name in names
    ]
