"""pydantic models of one row of each published table, derived from the declarations."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
    create_model,
)

import lingang.limits as limits
from lingang.tables.columns import DATE, EDTF, LANGUAGE
from lingang.tables.declare import FILLED, FILLED_LINES, SLUG, WORD, Column, Table
from lingang.text.characters import REFUSED, code_point
from lingang.text.likest import close_to_it, likest

__all__ = ["BOUNDS", "check_row", "expected", "in_json", "row_model"]

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
_LIMITS = ("greater_than_equal", "less_than_equal")


def _calendar_day(text: str) -> str:
    datetime.date.fromisoformat(text)
    return text


def _size(text: str) -> int:
    """Bytes of a text, or, of one that surely is within its bound, of a larger one."""
    return 4 * len(text) if 4 * len(text) <= limits.PAGE_BYTES else len(text.encode("utf-8", "surrogatepass"))


def _plain(text: str) -> str:
    if _size(text) > limits.PAGE_BYTES:
        raise ValueError("too large")
    if REFUSED.search(text):
        raise ValueError("a character that is refused")
    return text


def _unique(items: list[str]) -> list[str]:
    if len(set(items)) < len(items):
        raise ValueError("an item stands twice")
    return items


def _type(column: Column) -> Any:
    kind: Any
    match column.type:
        case "str" if column.vocabulary is not None and column.vocabulary.open:
            kind = Annotated[StrictStr, StringConstraints(pattern=WORD)]
        case "str" if column.vocabulary is not None:
            kind = Literal[column.vocabulary.values]
        case "str":
            kind = Annotated[StrictStr, StringConstraints(pattern=column.pattern), AfterValidator(_plain)]
        case "date32":
            kind = Annotated[StrictStr, StringConstraints(pattern=DATE), AfterValidator(_calendar_day)]
        case "float64":
            kind = Annotated[float, Field(strict=True, allow_inf_nan=False)]
        case "bool":
            kind = StrictBool
        case "list<str>":
            item = Annotated[StrictStr, StringConstraints(min_length=1), AfterValidator(_plain)]
            kind = Annotated[list[item], Field(strict=True), AfterValidator(_unique)]
        case _:
            least, greatest = column.limits
            kind = Annotated[StrictInt, Field(ge=least, le=greatest)]
    return kind | None if column.nullable else kind


@cache
def row_model(declared: Table) -> type[BaseModel]:
    """The model of a row as it stands in JSON: dates are strings, every column is required."""
    fields: Any = {column.name: (_type(column), ...) for column in declared.columns}
    config = ConfigDict(extra="forbid", strict=True)
    return create_model(declared.name.title().replace("_", ""), __config__=config, **fields)


def in_json(row: Mapping[str, object]) -> dict[str, object]:
    """A row of Python values as it stands in JSON; a whole number has no fraction."""
    return {name: _in_json(value) for name, value in row.items()}


def _in_json(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def check_row(declared: Table, row: Mapping[str, object]) -> list[tuple[str, str, str, str]]:
    """``(rule, column, expected, found)`` for each cell of a JSON row that its declaration refuses."""
    try:
        row_model(declared).model_validate(dict(row))
    except ValidationError as error:
        found: dict[str, tuple[str, str, str, str]] = {}
        for item in error.errors(include_url=False):
            column = str(item["loc"][0])
            found.setdefault(column, _fault(declared, row, item["type"], column))
        lacking = [column for column, fault in found.items() if column not in row]
        for column in [column for column in found if column not in declared.names]:
            # a misspelt key is one fault, not a key too many and another that is missing
            meant = likest(column, lacking)
            if meant:
                found[column] = ("ROW006", column, f"key “{meant}”", f"key “{column}”")
                lacking.remove(meant)
                del found[meant]
        return list(found.values())
    return []


def _fault(declared: Table, row: Mapping[str, object], kind: str, column: str) -> tuple[str, str, str, str]:
    large = _large(row[column]) if kind == "value_error" else 0
    if large:
        return "PUB006", column, f"text of {limits.PAGE_BYTES} bytes at most", f"{large} bytes"
    refused = _refused(row[column]) if kind == "value_error" else None
    if refused is not None:
        return "ROW004", column, _PLAIN, refused
    if column not in declared.names:
        lacking = [name for name in declared.names if name not in row]
        return "ROW006", column, f"one of {', '.join(declared.names)}{close_to_it(column, lacking)}", f"key “{column}”"
    wanted, vocabulary = expected(declared[column]), declared[column].vocabulary
    if kind == "literal_error" and vocabulary is not None:
        wanted += close_to_it(str(row[column]), vocabulary.values)
    return _rule(kind, row, column), column, wanted, _show(row, column)


def _rule(kind: str, row: Mapping[str, object], column: str) -> str:
    if kind in ("missing", "extra_forbidden"):
        return "ROW006"
    if row[column] is None:
        return "ROW002"
    if kind == "literal_error":
        return "ROW003"
    if kind in ("string_pattern_mismatch", "value_error", "string_too_short"):
        return "ROW004"
    return "ROW005" if kind in _LIMITS else "ROW001"


def _large(value: object) -> int:
    """The bytes of a text that is too large, in a list or by itself; 0 where there is none."""
    sizes = (_size(text) for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))
    return next((size for size in sizes if size > limits.PAGE_BYTES), 0)


def _refused(value: object) -> str | None:
    """Which refused character stands where in a text, or in the texts of a list; ``None`` where none does."""
    for text in value if isinstance(value, list) else [value]:
        match = REFUSED.search(text) if isinstance(text, str) else None
        if match is not None:
            return f"{code_point(match.group())} as character {match.start() + 1}"
    return None


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
