"""Printed dates: where they stand in a text, and what they are in EDTF (ISO 8601-2).

A text is read with its white space removed. Only ASCII digits are digits here: a date in
full-width or Chinese numerals is not recognised, nor is the rest of it taken for a date.

An expression ends where the vocabulary of parts of the day ends: of 5月4日凌晨 only 5月4日 is found.
The two ends of a range are of one kind; 5月至6月4日 is two expressions. What is more than this
grammar can tell (5月4日前, 今日 in the name of a paper) is for whoever picks the quote to see.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

__all__ = ["DATE_PATTERN", "EDTF_PATTERN", "Date", "bounds", "find", "normalise"]

_FIGURE = "0-9０-９〇零一二三四五六七八九十"
_DAY_PARTS = {"上午": "morning", "下午": "afternoon", "晚上": "evening", "晚": "evening"}

# 晚会, 晚报 are words of their own, but 晚会议 is an evening and a meeting.
_PART = r"(?:上午|下午|晚上|晚(?!会(?!议)|[报宴餐]))"
# 5000年文明 is a duration, hence the first figure.
_YEAR_FIGURES = r"[12][0-9]{3}"
# A year told by its distance belongs to the expression: 去年5月4日 must not get the year of the page.
_YEAR = rf"(?:{_YEAR_FIGURES}年|[今本去前明后当同次翌每]年)"
_MONTH = r"[0-9]{1,2}月"
_DAY = r"[0-9]{1,2}日"
_TO = r"(?:[至到]|[-－–—―~～]{1,2})"

# Neither inside a longer number, nor after a year that is not understood (98年5月4日, 二〇二二年5月4日).
_BEFORE = rf"(?<![0-9０-９])(?<![0-9][.．])(?<![{_FIGURE}]年)"
# A day or month in other numerals (5月４日, 2023年五月) must not leave a coarser date behind.
_AFTER_MONTH = rf"(?![{_FIGURE}]{{1,3}}[日号])"
_AFTER_YEAR = rf"(?![{_FIGURE}]{{1,3}}月|代(?![表理办]))"

_FORMS = (
    # 5月4日至6日, 5月4至6日, 5月4日至5月6日, 2022年12月30日至2023年1月2日
    rf"{_YEAR}?{_MONTH}[0-9]{{1,2}}(?:日{_PART}?)?{_TO}(?:{_YEAR}?{_MONTH})?{_DAY}{_PART}?",
    # 5月4日, 2023年5月4日, 5月6日上午
    rf"{_YEAR}?{_MONTH}{_DAY}{_PART}?",
    # 5月至6月, 1-5月, 2022年12月至2023年1月
    rf"{_YEAR}?[0-9]{{1,2}}(?:月份?)?{_TO}{_YEAR}?{_MONTH}份?{_AFTER_MONTH}",
    # 5月, 5月份, 2023年5月
    rf"{_YEAR}?{_MONTH}份?{_AFTER_MONTH}",
    # 2021年至2025年, 2021-2025年
    rf"{_YEAR_FIGURES}年?{_TO}{_YEAR_FIGURES}年{_AFTER_YEAR}",
    # 2023年
    rf"{_YEAR_FIGURES}年{_AFTER_YEAR}",
)
# Words that give no day of the calendar, since the page need not print when it appeared. The letters
# around them keep them apart from 附近|日夜, 节日|前, 文明|日, 应当|天天, 如今|日益. 近年来 is left out: it
# tells a state of affairs, not the date of an event.
_VAGUE = (
    r"(?<![附临将接靠])近(?:日(?![益渐])|期)",
    rf"(?<![{_FIGURE}节假生作休周末期止念])日前",
    rf"最近(?![几两数{_FIGURE}]+年)",
    r"前不久|不久前|连日来",
    rf"(?:(?<![如迄当])今|昨|(?<![文清])明|(?<![应相担恰适正])当|次|翌)(?:日(?![益渐])|天){_PART}?",
    r"(?:今|昨|(?<![文清])明|(?<![应相担恰适正])当)晚",
)

# The characters with which a date begins: most others are passed over without a look at the forms.
_FIRST = "(?=[0-9今本去前明后当同次翌每近日最不连昨])"

DATE_PATTERN: re.Pattern[str] = re.compile(rf"{_FIRST}(?:{_BEFORE}(?:{'|'.join(_FORMS)})|{'|'.join(_VAGUE)})")
"""A printed date as long as the text gives it.

===========  ==========================================================
day          ``5月4日``, ``2023年5月4日``, ``今年5月4日``
part of day  ``5月6日上午``; 上午, 下午, 晚上, 晚
days         ``5月4日至6日``, ``5月4-6日``, ``5月4日至5月6日``
month        ``5月``, ``5月份``, ``2023年5月``
months       ``5月至6月``, ``1-5月``
year, years  ``2023年``, ``2021年至2025年``
vague        近日, 日前, 近期, 最近, 前不久, 不久前, 连日来; 今日, 昨日上午,
             明天, 当晚, 次日 and their like
===========  ==========================================================
"""

_POINT = re.compile(
    rf"(?:(?P<year>{_YEAR_FIGURES})年|(?P<told>.)年)?(?:(?P<month>[0-9]{{1,2}})月份?)?"
    rf"(?:(?P<day>[0-9]{{1,2}})日)?(?P<part>{'|'.join(_DAY_PARTS)})?"
)

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Date:
    """What a printed date says.

    ``start`` and ``end`` are the first and the last day of it, or None where the year is not known.
    ``day_part`` is the printed part of the day; a range has none, as it would be that of one end.
    """

    edtf: str | None
    start: date | None
    end: date | None
    precision: str
    year_basis: str
    day_part: str | None


def find(text: str) -> list[tuple[int, int]]:
    """Where the dates of a text without white space stand, half open, each as long as it goes."""
    return [match.span() for match in DATE_PATTERN.finditer(text)]


def normalise(raw: str, *, year: int | None, basis: Literal["article", "page", "none"]) -> Date:
    """What the printed date ``raw`` says, if ``year`` is the year of the dates that print none.

    Raises ValueError if ``raw`` is not exactly one date, or not one of the calendar. A year told by
    its distance (去年5月4日) is not known; only 今年 and 本年 are the year of the other dates.
    """
    if (year is None) != (basis == "none"):
        raise ValueError(f"expected a year exactly if it has a basis, found year {year}, basis {basis}")
    if not DATE_PATTERN.fullmatch(raw):
        raise ValueError(f"expected exactly one printed date, such as 5月4日 or 近日, found “{raw}”")
    if not re.search(r"[0-9]", raw):
        part = next((value for printed, value in _DAY_PARTS.items() if raw.endswith(printed)), None)
        return Date(None, None, None, "vague", "none", part)

    points = _points(raw)
    told = {point["told"] for point in points if point["told"]}
    stated = [int(point["year"]) for point in points if point["year"]]
    if len(told) + bool(stated) > 1:
        raise ValueError(f"expected one way of telling the year, found “{raw}”")
    first, last = points[0], points[-1]
    unit = "day" if last["day"] else "month" if last["month"] else "year"
    month = last["month"] or first["month"]

    years: tuple[int, int] | None = None
    used = "none"
    if stated:
        years, used = (stated[0], stated[-1]), "stated"
    elif year is not None and told <= {"今", "本"}:
        years, used = (year, year), basis

    # Without a year 2月29日 may be a day of the calendar, hence the leap year.
    low, high = years or (2000, 2000)
    start = _days(low, first["month"], first["day"], raw)[0]
    end = _days(high, month, last["day"], raw)[1]
    if start > end:
        raise ValueError(f"expected a range that does not end before it begins, found “{raw}”")
    ends = [
        (f"{day.year:04}" if years else "XXXX")
        + ("?" if used == "page" else "")
        + {"year": "", "month": f"-{day:%m}", "day": f"-{day:%m-%d}"}[unit]
        for day in (start, end)[: len(points)]
    ]
    part = _DAY_PARTS.get(first["part"] or "") if len(points) == 1 else None
    return Date(
        edtf="/".join(ends),
        start=start if years else None,
        end=end if years else None,
        precision="part_of_day" if part else unit,
        year_basis=used,
        day_part=part,
    )


def _points(raw: str) -> list[re.Match[str]]:
    """The one or two ends of a date, each with its unit: 5月4 of 5月4-6日 is 5月4日."""
    ends = re.split(_TO, raw)
    if "0" <= ends[0][-1] <= "9":
        unit = re.findall("[年月日]", ends[-1])[-1]
        ends[0] += unit
    return [point for end in ends if (point := _POINT.fullmatch(end))]


def _days(year: int, month: str | None, day: str | None, raw: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is not None:
            return (date(year, int(month), int(day)),) * 2
        first = date(year, int(month), 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except (ValueError, OverflowError):
        found = f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
        raise ValueError(f"expected a date of the calendar, found {found} in “{raw}”") from None


_EDTF_MONTH = "-(0[1-9]|1[0-2])"
_EDTF_DAY = f"{_EDTF_MONTH}-(0[1-9]|[12][0-9]|3[01])"
_EDTF_YEAR = "[0-9]{4}"
_EDTF_POINTS = tuple(
    year + rest
    for year in (_EDTF_YEAR, _EDTF_YEAR + "[?]", "XXXX")
    for rest in (_EDTF_DAY, _EDTF_MONTH, "")
    if year + rest != "XXXX"
)

EDTF_PATTERN = f"^({'|'.join(f'{point}(/{point})?' for point in _EDTF_POINTS)})$"
"""The EDTF that a date of the dataset may have, for JSON Schema, RE2, Java and Python alike.

``2023-05-04``, ``2023-05``, ``2023``; ``2023?-05-04`` where only the year is uncertain;
``XXXX-05-04`` where it is not known; an interval has two ends of the same kind. That the day is one
of the calendar and that the interval runs forward is for ``bounds`` to tell.
"""

# In Python $ also matches before a final line feed.
_EDTF = re.compile(EDTF_PATTERN.removesuffix("$") + r"\Z")


def bounds(edtf: str) -> tuple[date, date, Precision] | tuple[None, None, Precision]:
    """First day, last day and precision of a date in the EDTF of the dataset, from nothing but itself.

    The days are None where the year is not known. Raises ValueError for any other string.
    """
    if not _EDTF.match(edtf):
        raise ValueError(f"expected EDTF such as 2023-05-04 or 2023?-05-04, found “{edtf}”")
    ends = edtf.replace("?", "").split("/")
    unknown = edtf.startswith("XXXX")
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
    return (None, None, precision) if unknown else (start, end, precision)
