"""Whether a row of a published table fits its declaration, and what each cell that does not is refused for."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Callable, Mapping
from functools import cache

import lingang.limits as limits
from lingang.tables.columns import DATE, EDTF, LANGUAGE
from lingang.tables.declare import FILLED, FILLED_LINES, SLUG, WORD, Column, Table
from lingang.text.characters import REFUSED, code_point
from lingang.text.likest import close_to_it, likest

__all__ = ["BOUNDS", "check_row", "expected", "in_json"]

BOUNDS = {"int32": 2**31 - 1}
"""The greatest number that each type holds; what a column takes may be less (see ``Column.limits``)."""
_PLAIN = "text without control characters, noncharacters and byte order marks"
_TYPES = {
    "str": "text",
    "bool": "true or false",
    "date32": "a day like 2024-03-02",
    "float64": "a number",
    "list<str>": "a list of texts, each once",
    "int32": "a whole number",
    "int64": "a whole number",
}
_FORMS = {
    SLUG: "an id of lower-case letters, digits and hyphens that begins with a letter",
    WORD: "a word of lower-case letters, digits and _",
    FILLED: "text in one line, without white space around it",
    FILLED_LINES: "text without white space around it",
    EDTF: "a date in EDTF, like 2024-03-02, 2024-03, 2024-03-02/2024-03-05, 2024/.. or ../2024-03-05",
    LANGUAGE: "a language tag like zh-Hans",
    r"^[0-9a-f]{64}$": "64 hexadecimal digits, as sha256sum writes them",
    r"^[a-z_]+$": "the name of a table or vocabulary",
    r"^[a-z_0-9]+$": "the name of a column",
    r"^[A-Z]{3}[0-9]{3}$": "the id of a rule, like MEN002",
    r"^([01][0-9]|2[0-4]):[0-5][0-9]$": "a time like 09:30",
    r"^[\s\S]+$": "text",
    "^[A-Z]([^\\n\u3400-\u9fff]*[^ \\t\\r\\n\u3000\u3400-\u9fff])?$": "a name in Latin letters, like Chen Shouyi",
}
"""Types and patterns of columns in words."""

Check = Callable[[object], str | None]
"""The id of the rule that refuses a value which is not null, or ``_CHARACTER``; ``None`` for one that fits."""
_CHARACTER = "a character that no text may hold"
"""In place of ROW004 where that is the fault, and not the form."""


def _size(text: str) -> int:
    """Bytes of a text, or, of one that surely is within its bound, of a larger one."""
    return 4 * len(text) if 4 * len(text) <= limits.PAGE_BYTES else len(text.encode("utf-8", "surrogatepass"))


def _refused_text(text: str) -> str | None:
    """The rule that refuses a text, whatever its column."""
    if _size(text) > limits.PAGE_BYTES:
        return "PUB006"
    if text.isprintable():  # no character that is refused is: seen sooner than that none is there
        return None
    return _CHARACTER if REFUSED.search(text) else None


def _matching(pattern: str, then: Check) -> Check:
    """A text that fits a pattern from its beginning to its end, and what ``then`` asks of it."""
    fits = re.compile(pattern).fullmatch

    def check(value: object) -> str | None:
        if not isinstance(value, str):
            return "ROW001"
        return then(value) if fits(value) else "ROW004"

    return check


def _word_of(words: frozenset[str]) -> Check:
    return lambda value: None if isinstance(value, str) and value in words else "ROW003"


def _text(value: object) -> str | None:
    return _refused_text(value) if isinstance(value, str) else "ROW001"


def _day(value: object) -> str | None:
    try:
        datetime.date.fromisoformat(str(value))
    except ValueError:
        return "ROW004"
    return None


def _number(value: object) -> str | None:
    if not isinstance(value, float | int) or isinstance(value, bool):
        return "ROW001"
    try:
        return None if math.isfinite(value) else "ROW001"
    except OverflowError:  # a whole number that no double holds
        return "ROW001"


def _truth(value: object) -> str | None:
    return None if isinstance(value, bool) else "ROW001"


def _texts(value: object) -> str | None:
    if not isinstance(value, list):
        return "ROW001"
    for item in value:
        refused = "ROW004" if item == "" else _text(item)
        if refused is not None:
            return refused
    return None if len(set(value)) == len(value) else "ROW004"


def _whole_within(least: int, greatest: int) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return "ROW001"
        return None if least <= value <= greatest else "ROW005"

    return check


def _check_of(column: Column) -> Check:
    match column.type:
        case "str" if column.vocabulary is not None and column.vocabulary.open:
            return _matching(WORD, _anything)
        case "str" if column.vocabulary is not None:
            return _word_of(frozenset(column.vocabulary.values))
        case "str":
            return _text if column.pattern is None else _matching(column.pattern, _text)
        case "date32":
            return _matching(DATE, _day)
        case "float64":
            return _number
        case "bool":
            return _truth
        case "list<str>":
            return _texts
    return _whole_within(*column.limits)


def _anything(_: object) -> None:
    return None


@cache
def _checks(declared: Table) -> tuple[tuple[str, bool, Check], ...]:
    """``(name, nullable, check)`` of each column."""
    return tuple((column.name, column.nullable, _check_of(column)) for column in declared.columns)


def in_json(row: Mapping[str, object]) -> dict[str, object]:
    """A row of Python values as it stands in JSON; a whole number has no fraction."""
    return {name: _in_json(value) for name, value in row.items()}


def _in_json(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def check_row(declared: Table, row: Mapping[str, object]) -> list[tuple[str, str, str, str]]:
    """``(rule, column, expected, found)`` for each cell of a JSON row that its declaration refuses."""
    refused: dict[str, str] = {}
    for name, nullable, check in _checks(declared):
        value = row.get(name, _MISSING)
        if value is None:
            rule = None if nullable else "ROW002"
        else:
            rule = check(value) if value is not _MISSING else "ROW006"
        if rule is not None:
            refused[name] = rule
    if not refused and len(row) == len(declared.names):
        return []
    refused |= dict.fromkeys((column for column in row if column not in declared.names), "ROW006")
    return _told(declared, row, refused)


_MISSING = object()


def _told(declared: Table, row: Mapping[str, object], refused: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """The refused cells in words."""
    found = {column: _fault(declared, row, rule, column) for column, rule in refused.items()}
    lacking = [column for column in found if column not in row]
    for column in [column for column in found if column not in declared.names]:
        # a misspelt key is one fault, not a key too many and another that is missing
        meant = likest(column, lacking)
        if meant:
            found[column] = ("ROW006", column, f"key “{meant}”", f"key “{column}”")
            lacking.remove(meant)
            del found[meant]
    return list(found.values())


def _fault(declared: Table, row: Mapping[str, object], rule: str, column: str) -> tuple[str, str, str, str]:
    if column not in declared.names:
        lacking = [name for name in declared.names if name not in row]
        return rule, column, f"one of {', '.join(declared.names)}{close_to_it(column, lacking)}", f"key “{column}”"
    if rule == "PUB006":
        return rule, column, f"text of {limits.PAGE_BYTES} bytes at most", f"{_large(row[column])} bytes"
    wanted, vocabulary = expected(declared[column]), declared[column].vocabulary
    if rule == "ROW003" and vocabulary is not None:
        wanted += close_to_it(str(row[column]), vocabulary.values)
    if rule == _CHARACTER:
        return "ROW004", column, _PLAIN, _refused(row[column])
    return rule, column, wanted, _show(row, column)


def _large(value: object) -> int:
    """The bytes of a text that is too large, in a list or by itself; 0 where there is none."""
    sizes = (_size(text) for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))
    return next((size for size in sizes if size > limits.PAGE_BYTES), 0)


def _refused(value: object) -> str:
    """Which refused character stands where in a text, or in the texts of a list: the first."""
    texts = (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))
    match = next(match for text in texts if (match := REFUSED.search(text)) is not None)
    return f"{code_point(match.group())} as character {match.start() + 1}"


def expected(column: Column) -> str:
    """What a column takes."""
    null = " or null" if column.nullable else ""
    if column.vocabulary is not None:
        return ", ".join(column.vocabulary.values) + null
    limits = " from {} to {}".format(*column.limits) if column.type.startswith("int") else ""
    if column.pattern:
        return f"{_FORMS.get(column.pattern, f'text of the form {column.pattern}')}{null}"
    return f"{_TYPES[column.type]}{limits}{null}"


def _show(row: Mapping[str, object], column: str) -> str:
    if column not in row:
        return f"no key “{column}”"
    return json.dumps(row[column], ensure_ascii=False)[:80]
