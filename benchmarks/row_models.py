"""pydantic models of one row of each published table, for the rival that pydantic is: from the same declarations."""

from __future__ import annotations

import datetime
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
    create_model,
)

import lingang.limits as limits
from lingang.tables.columns import DATE
from lingang.tables.declare import WORD, Column, Table
from lingang.text.characters import REFUSED

__all__ = ["row_model"]


def _calendar_day(text: str) -> str:
    datetime.date.fromisoformat(text)
    return text


def _plain(text: str) -> str:
    if 4 * len(text) > limits.PAGE_BYTES and len(text.encode("utf-8", "surrogatepass")) > limits.PAGE_BYTES:
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
