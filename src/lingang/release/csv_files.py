"""Tables as CSV for spreadsheets: RFC 4180 with LF, UTF-8 with a byte order mark, one header line.

An empty cell is null, of a list the empty list; no text of the dataset is empty. The entries of a list are joined by
``|``, which no entry holds. Booleans are ``true`` and ``false``, dates ISO 8601, a line feed inside a text is quoted.
A text that a spreadsheet would run, or that begins with an apostrophe, stands behind one more apostrophe.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Mapping

from lingang.problems import CannotRun
from lingang.tables import Table
from lingang.tables.formulas import marked

__all__ = ["SEPARATOR", "csv_file"]

SEPARATOR = "|"


def _cell(value: object, where: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime.date():
            return value.isoformat()
        case list():
            if any(SEPARATOR in entry or not entry for entry in value):
                raise CannotRun(f"{where}: an entry of the list is empty or holds {SEPARATOR}, which parts the entries")
            return marked(SEPARATOR.join(value))
        case int() | float():
            return str(value)
    if value == "":
        raise CannotRun(f"{where}: an empty text cannot be told from null in CSV")
    return marked(str(value))


def csv_file(declared: Table, rows: Iterable[Mapping[str, object]]) -> bytes:
    """A table as CSV: columns in the order of the model, rows as they come.

    Raises ``CannotRun`` for a value that CSV could not give back.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(declared.names)
    for row in rows:
        where = f"{declared.name} {row[declared.key]}"
        writer.writerow([_cell(row[name], f"{where} {name}") for name in declared.names])
    return out.getvalue().encode("utf-8-sig")
