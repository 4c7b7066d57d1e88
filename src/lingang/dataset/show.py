"""A record and its evidence in context, as text: and where a text stands in the tables."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from lingang.dataset.loading import Loaded

__all__ = ["Shown", "around", "dataset_html", "find", "matching", "names", "one", "show", "shown", "table_lines"]

_AROUND = 12


def _rows(data: Loaded, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data._arrow(name).to_pylist()
    return rows


def _squeezed(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def around(page: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a span of a page, white space removed."""
    before = _squeezed(page[max(0, start - 3 * _AROUND) : start])[-_AROUND:]
    return before, _squeezed(page[end : end + 3 * _AROUND])[:_AROUND]


def _context(page: str, start: int, end: int, colour: bool) -> str:
    """The quote with some characters around it, white space removed."""
    before, after = around(page, start, end)
    quote = _squeezed(page[start:end])
    if len(quote) > 60:
        quote = f"{quote[:28]}……{quote[-28:]}"
    marked = f"\x1b[1;32m{quote}\x1b[0m" if colour else f"[{quote}]"
    return f"…{before}{marked}{after}…"


def _printable(text: str) -> str:
    return "".join(char if unicodedata.category(char) != "Cc" else "⏎" if char == "\n" else " " for char in text)


def shown(value: object) -> str:
    """A value as JSON Lines has it, without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def _value(value: object, longest: int | None = 90) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value)) or "(none)"
    text = _printable(shown(value))
    return text if longest is None or len(text) <= longest else f"{text[:longest]}… ({len(text)} code points)"


class Shown(str):
    """Records as text, which a notebook draws as tables."""

    __slots__ = ("_html",)
    _html: str

    def __new__(cls, text: str, html: str) -> Shown:
        made = super().__new__(cls, text)
        made._html = html
        return made

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return self._html


def matching(tables: dict[str, list[dict[str, Any]]], wanted: str) -> list[tuple[str, dict[str, Any]]]:
    """The records, each with its table, that have an id, that of a table alone (events/contest), or else a name."""
    table, _, record = wanted.partition("/")
    if record and table in tables:
        return [(table, row) for row in tables[table] if next(iter(row.values())) == record]
    found = [(name, row) for name, rows in tables.items() for row in rows if next(iter(row.values())) == wanted]
    named = _squeezed(wanted).casefold()
    if found or not named:
        return found
    return [(name, row) for name, rows in tables.items() for row in rows if named in _names(row)]


def show(data: Loaded, record_id: str, *, colour: bool = False) -> Shown | None:
    """See ``Dataset.show``."""
    tables = {name: _rows(data, name) for name in data.tables()}
    found = [_told(tables, name, row) for name, row in matching(tables, record_id)]
    if not found:
        return None
    return Shown("\n\n".join(one.text(colour) for one in found), "\n".join(one.html() for one in found))


def one(data: Loaded, name: str, record_id: str, *, colour: bool = False) -> str:
    """One record of a table, every cell whole, with its evidence in its context; ``KeyError`` where there is none."""
    tables = {known: _rows(data, known) for known in (name, "sources", "evidence")}
    row = next((row for row in tables[name] if next(iter(row.values())) == record_id), None)
    if row is None:
        raise KeyError(record_id)
    return _told(tables, name, row).text(colour, longest=None)


def names(data: Loaded) -> list[str]:
    """What a record can be asked for by: the ids and names of every table but the derived ones."""
    rows = [row for name in data.tables() if name not in _UNSEARCHED for row in _rows(data, name)]
    return sorted({str(next(iter(row.values()))) for row in rows}.union(*map(_names, rows)))


def _names(row: dict[str, Any]) -> set[str]:
    """What a record of a registry, an event or a document is called, white space removed."""
    found = [row.get("name"), row.get("name_latin"), *(row.get("aliases") or ())]
    return {_squeezed(str(name)).casefold() for name in found if name}


@dataclass(frozen=True, slots=True)
class _Proof:
    """Words of the page: the column whose value they prove (none where they are the record's own span), and how."""

    column: str
    page: str | None
    start: int
    end: int
    basis: str = ""
    why: str = ""

    def text(self, colour: bool) -> str:
        if self.page is None:  # in the edition facts
            return f"positions {self.start} to {self.end}, {self.basis}"
        line = self.page.count("\n", 0, self.start) + 1
        why = f" ({_printable(self.why)})" if self.why else ""
        return f"line {line}, {self.basis}{why}: {_context(self.page, self.start, self.end, colour)}"

    def html(self) -> str:
        if self.page is None:
            return f"<br><small>{escape(self.text(colour=False))}</small>"
        before, after = around(self.page, self.start, self.end)
        quote = _squeezed(self.page[self.start : self.end])
        told = ", ".join(filter(None, [f"line {self.page.count(chr(10), 0, self.start) + 1}", self.basis, self.why]))
        marked = f"…{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}…"
        return f"<br><small>{marked} ({escape(told)})</small>"


@dataclass(frozen=True, slots=True)
class _Told:
    """A record with what proves its cells."""

    name: str
    row: dict[str, Any]
    proofs: list[_Proof]

    def text(self, colour: bool, longest: int | None = 90) -> str:
        head = f"{self.name} {next(iter(self.row.values()))}"
        lines = [f"\x1b[1m{head}\x1b[0m" if colour else head]
        width = max(map(len, self.row))
        for column, value in self.row.items():
            own = [proof for proof in self.proofs if proof.column == column]
            if value is not None:
                lines.append(f"  {column:<{width}}  {_value(value, longest)}")
                lines += [f"  {'':<{width}}    {proof.text(colour)}" for proof in own]
        lines += [
            f"  in context: {_context(proof.page, proof.start, proof.end, colour)}"
            for proof in self.proofs
            if not proof.column and proof.page is not None
        ]
        return "\n".join(lines)

    def html(self) -> str:
        cells = []
        for column, value in self.row.items():
            if value is not None:
                proofs = "".join(proof.html() for proof in self.proofs if proof.column == column)
                cells.append(f"<tr><th>{column}</th><td>{escape(_value(value))}{proofs}</td></tr>")
        spans = [proof for proof in self.proofs if not proof.column and proof.page is not None]
        own = "".join(proof.html().removeprefix("<br>") for proof in spans)
        cells += [f"<tr><th></th><td>{own}</td></tr>"] if own else []
        head = f"<caption>{self.name} <b>{escape(str(next(iter(self.row.values()))))}</b></caption>"
        return f"<table>{head}<tbody>{''.join(cells)}</tbody></table>"


def _told(tables: dict[str, list[dict[str, Any]]], name: str, row: dict[str, Any]) -> _Told:
    # without a text in the edition facts
    pages: dict[str, str | None] = {str(source["source_id"]): source["text"] for source in tables["sources"]}
    record_id = str(next(iter(row.values())))
    proofs = [
        _Proof(
            found["column_name"],
            pages[found["source_id"]],
            found["raw_start"],
            found["raw_end"],
            found["basis"],
            found["note"] or "",
        )
        for found in tables["evidence"]
        if found["table_name"] == name and found["record_id"] == record_id
    ]
    if {"raw_start", "raw_end"} <= row.keys() and row["raw_start"] is not None and row.get("source_id"):
        proofs.append(_Proof("", pages[row["source_id"]], row["raw_start"], row["raw_end"]))
    return _Told(name, row, proofs)


def dataset_html(data: Loaded) -> str:
    """A dataset as a notebook draws it: what it is called, and its tables."""
    rows = "".join(
        f"<tr><th>{name}</th><td>{data._arrow(name).num_rows}</td><td>{escape(data.schema(name)['description'])}</td></tr>"
        for name in data.tables()
    )
    return f"<table><caption>{escape(repr(data)[1:-1])}</caption><tbody>{rows}</tbody></table>"


def table_lines(data: Loaded) -> list[str]:
    """One line a table: its name, its rows, what it holds."""
    names = data.tables()
    width = max(map(len, names))
    return [f"{name:<{width}}  {data._arrow(name).num_rows:>5}  {data.schema(name)['description']}" for name in names]


_UNSEARCHED = {"mentions", "evidence", "segments", "readings"}
"""Tables whose words stand in other tables too."""


def find(data: Loaded, text: str) -> pd.DataFrame:
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
