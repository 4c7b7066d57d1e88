"""All tables as one workbook for spreadsheets (Office Open XML): a sheet a table, typed, by the standard library alone.

Text is text whatever it looks like: 3月2日 becomes no day of this year, and what begins like a formula is none, also
once somebody has edited the cell. Numbers, booleans and dates are such; dates before 1 March 1900, which spreadsheets
count in two ways, are text (ISO 8601). The entries of a list are joined by ``|``. The same rows give the same bytes.

Standard: ECMA-376 (SpreadsheetML)
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from lingang.about import About
from lingang.files.archives import zip_file
from lingang.release.csv_files import SEPARATOR
from lingang.tables import TABLES
from lingang.tables.formulas import is_formula

__all__ = ["workbook", "workbook_name"]

Rows = Mapping[str, Sequence[Mapping[str, object]]]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PLAIN, _BOLD, _TEXT, _DATE, _QUOTED = range(5)
"""The formats of cells, as ``_STYLES`` numbers them."""
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_LONGEST = 32_767
"""So many UTF-16 units a cell holds."""
_WIDEST = 60
_EPOCH = datetime.date(1899, 12, 30)
_FIRST_DAY = datetime.date(1900, 3, 1)
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def workbook_name(about: About) -> str:
    """What the file is called."""
    return f"{about.name}.xlsx"


def _xml(text: str) -> str:
    """Text of a cell: what XML cannot hold, and what a spreadsheet would read as such an escape, escaped."""

    def escaped(match: re.Match[str]) -> str:
        found = match.group()
        return f"_x{ord(found):04X}_" if len(found) == 1 else f"_x005F{found}"

    return escape(_ESCAPED.sub(escaped, text), quote=False)


def _bounded(text: str) -> str:
    """A text that a cell can hold; one that is cut says so."""
    if len(text.encode("utf-16-le")) // 2 <= _LONGEST:
        return text
    told = f"… (cut: the whole text of {len(text)} characters is in the other files)"
    kept = text.encode("utf-16-le")[: 2 * (_LONGEST - len(told))].decode("utf-16-le", errors="ignore")
    return kept + told


def _text(value: object) -> str:
    return _bounded(SEPARATOR.join(map(str, value)) if isinstance(value, list) else str(value))


def _cell(place: str, value: object, style: int) -> str:
    match value:
        case None | []:
            return ""
        case bool():
            return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            number = int(value) if float(value).is_integer() else value
            return f'<c r="{place}"><v>{number!r}</v></c>'
        case datetime.date() if value >= _FIRST_DAY:
            return f'<c r="{place}" s="{_DATE}"><v>{(value - _EPOCH).days}</v></c>'
    text = _text(value)
    style = _QUOTED if style == _TEXT and is_formula(text) else style
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'


def _column(number: int) -> str:
    """The letters of a column, from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _width(values: Iterable[object]) -> int:
    """How wide a column is to be: its longest line, a wide character counted twice."""
    lines = (line for value in values if value is not None for line in _text(value)[:_WIDEST].split("\n"))
    return min(
        _WIDEST,
        2 + max((sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) for line in lines), default=0),
    )


def _sheet(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A sheet with a head that stays in sight and a filter in each column."""
    widths = [_width([name, *(row[number] for row in rows)]) for number, name in enumerate(head)]
    last = f"{_column(len(head) - 1)}{len(rows) + 1}"

    def parts() -> Iterator[str]:
        yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        yield "<cols>"
        for number, width in enumerate(widths, start=1):
            yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        yield "</cols><sheetData>"
        for line, row in enumerate([head, *rows], start=1):
            style = _BOLD if line == 1 else _TEXT
            cells = (_cell(f"{_column(number)}{line}", value, style) for number, value in enumerate(row))
            yield f'<row r="{line}">{"".join(cells)}</row>'
        yield f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'

    return "".join(parts()).encode("utf-8")


def _sheets(rows: Rows, about: About) -> Iterator[tuple[str, bytes]]:
    """The sheets by name: what this is, the tables, and what their columns mean."""
    told = {
        "title": about.title,
        "version": about.version,
        "by": about.authors,
        "description": about.description,
        "how it was read": about.method,
        "rights": about.rights,
        "contact": about.contact,
        "empty cells": "the page does not say",
        "lists": f"entries are joined by {SEPARATOR}",
    }
    held = [(declared.name, f"{len(rows[declared.name])} rows. {declared.description}") for declared in TABLES]
    yield "about", _sheet(("what", "told"), [*told.items(), *held])
    for declared in TABLES:
        yield (
            declared.name,
            _sheet(declared.names, [[row[name] for name in declared.names] for row in rows[declared.name]]),
        )
    meanings = [
        (declared.name, column.name, column.type, column.proof, column.references, column.description)
        for declared in TABLES
        for column in declared.columns
    ]
    yield "columns", _sheet(("table", "column", "type", "proof", "references", "meaning"), meanings)


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def workbook(rows: Rows, about: About) -> bytes:
    """The workbook of the rows of every table: a sheet that says what it is, one a table, one of what columns mean."""
    sheets = dict(_sheets(rows, about))
    names = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(sheets, start=1)
    )
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    files = {name: (_HEAD + text).encode("utf-8") for name, text in parts.items()}
    files |= {f"xl/worksheets/sheet{number}.xml": data for number, data in enumerate(sheets.values(), start=1)}
    return zip_file(files, None)
