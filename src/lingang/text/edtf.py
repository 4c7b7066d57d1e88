"""The EDTF (ISO 8601-2) that a date of the tables may have, and the days it means."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Literal

__all__ = ["EDTF_PATTERN", "Precision", "bounds"]

Precision = Literal["day", "month", "year"]

_EDTF_MONTH = "-(0[1-9]|1[0-2])"
_EDTF_DAY = f"{_EDTF_MONTH}-(0[1-9]|[12][0-9]|3[01])"
_EDTF_YEAR = "[0-9]{4}"
_EDTF_POINTS = tuple(
    year + rest
    for year in (_EDTF_YEAR, _EDTF_YEAR + "[?]", "XXXX")
    for rest in (_EDTF_DAY, _EDTF_MONTH, "")
    if year + rest != "XXXX"
)

EDTF_PATTERN = f"^({'|'.join(f'{point}(/({point}|[.][.]))?|[.][.]/{point}' for point in _EDTF_POINTS)})$"
"""The EDTF that a date of the dataset may have, for JSON Schema, RE2, Java and Python alike.

``2023-05-04``, ``2023-05``, ``2023``; ``2023?-05-04`` where only the year is uncertain;
``XXXX-05-04`` where it is not known; an interval has two ends of the same kind, or
one: ``2019/..`` goes on, ``../2025-12-31`` is any time up to that day. That the day is one
of the calendar and that the interval runs forward is for ``bounds`` to tell.
"""

# In Python $ also matches before a final line feed.
_EDTF = re.compile(EDTF_PATTERN.removesuffix("$") + r"\Z")


def bounds(edtf: str) -> tuple[date | None, date | None, Precision]:
    """First day, last day and precision of a date in the EDTF of the dataset, from nothing but itself.

    The days are None where the year is not known, the last one where the interval goes on, the first one where it has
    no beginning. Raises ValueError for any other string.
    """
    if not _EDTF.match(edtf):
        likes = "2023-05-04, 2023?-05-04, 2023-05/2023-07, 2019/.. or ../2025-12-31"
        raise ValueError(f"expected EDTF such as {likes}, found “{edtf}”")
    goes_on, begun = edtf.endswith("/.."), not edtf.startswith("../")
    ends = edtf.removesuffix("/..").removeprefix("../").replace("?", "").split("/")
    unknown = "XXXX" in edtf
    # A leap year stands in for the unknown one: XXXX-02-29 is a day of some years.
    numbers = [[int(part) for part in end.replace("XXXX", "2000").split("-")] for end in ends]
    given = len(numbers[0])
    precisions: tuple[Precision, ...] = ("year", "month", "day")
    precision = precisions[given - 1]
    year, month, day = numbers[-1] + [0, 12, 0][given:]
    try:
        start = date(*(numbers[0] + [0, 1, 1][given:]))
        end = date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        raise ValueError(f"expected a date of the calendar, found “{edtf}”") from None
    if start > end:
        raise ValueError(f"expected an interval that does not end before it begins, found “{edtf}”")
    return (
        (None, None, precision)
        if unknown
        else (
            start if begun else None,
            None if goes_on else end,
            precision,
        )
    )
