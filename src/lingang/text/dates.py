"""Printed dates: what they say in EDTF (ISO 8601-2), read whole or not at all.

What has no day, month or year of the calendar that the page tells (近日, 春节, 周三 of a page without a date of
publication) is ``vague``: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

from lingang.text import clock
from lingang.text.date_grammar import DateToken, Match, find, parsed, plain
from lingang.text.edtf import EDTF_PATTERN, bounds
from lingang.text.numerals import figures

__all__ = [
    "EDTF_PATTERN",
    "VAGUE",
    "Date",
    "DateToken",
    "Known",
    "NotOneDate",
    "authored",
    "bounds",
    "find",
    "is_of_an_era",
    "is_since",
    "printed_years",
    "read",
    "telling",
]

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Date:
    """What a printed date says.

    ``start`` and ``end`` are the first and the last day of it, or None where the year is not known.
    ``day_part`` is the printed part of the day, ``time`` the exact time, HH:MM; a range has neither, as it would be
    that of one end.
    """

    edtf: str | None
    start: date | None
    end: date | None
    precision: str
    year_basis: str
    day_part: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside a printed date: the printed date of publication, the one year that the item prints, the
    year of the event or of the page, whether the event is planned, and the last date before it in the item."""

    published: date | None = None
    article_year: int | None = None
    page_year: int | None = None
    planned: bool = False
    last: Date | None = None

    @classmethod
    def of(cls, years: Collection[int], page_year: int | None) -> Known:
        """What the years that an item prints tell of its dates without one, and the year of its page; several years
        tell nothing."""
        return cls(article_year=next(iter(years)) if len(years) == 1 else None, page_year=page_year)

    def year(self) -> tuple[int | None, str]:
        """The year of a date that prints none, where no date of publication is printed, and its basis."""
        if self.article_year is not None:
            return self.article_year, "article"
        return (None, "none") if self.page_year is None else (self.page_year, "page")


VAGUE = Date(None, None, None, "vague", "none")


class NotOneDate(ValueError):
    """A text that is not exactly one date that the grammar knows; it may well be a date."""


def telling(text: str) -> list[tuple[int, int]]:
    """Where a text tells the day, month or year of something, or 近日 and its like; half open. No bare time, feast,
    weekday, quarter or 今年 alone."""
    return [(token.start, token.end) for token in find(text) if token.form in ("day", "month", "year", "vague")]


def printed_years(text: str, *, year: int | None = None, numbered: bool = False) -> list[tuple[int, int, int]]:
    """``(start, end, year)`` of the figures of every year that a text without white space prints: 2023年, 二〇二三年,
    民國112年; of figures that stand alone (2023行动) if they are ``year``, as others may count something; and, where
    the number of a notice is asked for (``numbered``), of the year in it: 〔2023〕5号."""
    out = []
    for match, _ in parsed(text):
        for group in ("year", "digits", "roc", "beside", "year2", "digits2", "roc2", "beside2", "iso_year"):
            if group in match.groups and (value := _stated(match, group)) is not None:
                out.append((*match.groups[group], value))
    if year is not None:
        told = {(start, end) for start, end, _ in out}
        for alone in re.finditer(rf"(?<![0-9.,]){year:04}(?![0-9.,])", text):
            if alone.span() not in told:
                out.append((*alone.span(), year))
    for found in _NUMBERED.finditer(text) if numbered else ():
        out.append((*found.span(1), int(found[1])))
    return sorted(out)


_NUMBERED = re.compile(r"[〔\[［【（(]([12][0-9]{3})[〕\]］】）)]第?[0-9]+[号號]")
_SINCE = re.compile(
    "(?:[0-9一二三四五六七八九十]{1,2}月)?(?:[0-9一二三四五六七八九十]{1,3}日)?(?:以来|以來|起|至今|迄今)"
)


def is_since(text: str, end: int) -> bool:
    """Whether the year whose figures end there is that from which something goes on (自2019年以来), not that of the
    news."""
    return _SINCE.match(text, end + text.startswith("年", end)) is not None


def read(raw: str, known: Known = Known()) -> Date:
    """What the printed date ``raw`` says, beside what is known.

    Raises ``NotOneDate`` if ``raw`` is not exactly one date, and ValueError for one of no calendar or clock.
    """
    found = parsed(raw)
    if len(found) != 1 or found[0][0].span() != (0, len(raw)):
        raise NotOneDate(f"expected exactly one printed date, such as 5月4日 or 近日, found “{raw}”")
    match, form = found[0]
    times = clock.read(match, raw)
    if match.kind == "iso":
        year, month, number = (int(match[f"iso_{name}"] or 0) for name in ("year", "month", "day"))
        day = _day(year, month, number, raw)
        result = _dated((day, day), "day", "stated", single=True)
    elif form in ("feast", "vague", "time"):
        result = VAGUE
    elif match.kind == "relative":
        result = _relative(match, known)
    elif match.kind == "weekday":
        result = _weekday(match, known)
    else:
        result = _absolute(match, known, raw)
    if _is_range(match):
        return result
    if times.part and result.precision == "day":
        result = replace(result, precision="part_of_day")
    return replace(result, day_part=times.part, time=times.time)


_YEAR = re.compile(r"([0-9〇零一二三四五六七八九十百元]{1,6})年")
_ERA = re.compile(
    "年[间間]|年代|世[纪紀]|[商周秦汉漢晋晉隋唐宋辽遼金元明清]朝|(?:[商周秦汉漢晋晉隋唐宋元明清]|民[国國])代"
    "|(?:民[国國]|[清元宋唐])(?:[初末晚]|中[期叶葉])|明(?:[初末]|中[期叶葉])|三[国國][时時]期|南北朝|五代十[国國]"
    "|(?:洪武|永[乐樂]|宣德|正[统統]|成化|弘治|正德|嘉靖|隆[庆慶]|[万萬][历曆]|天[启啟啓]|崇[祯禎]|[顺順]治|康熙|雍正|乾隆|嘉[庆慶]|道光|咸[丰豐]|同治|光[绪緒]|宣[统統])"
)


def is_of_an_era(raw: str) -> bool:
    """Whether a printed date names an era, a dynasty, a century or a decade, which tells its years by itself and has
    no day: 清道光年间, 上世纪八十年代.

    >>> is_of_an_era("清道光年间"), is_of_an_era("明晚")
    (True, False)
    """
    return _ERA.search(raw) is not None


def authored(edtf: str, raw: str, known: Known, read_as: Date) -> Date:
    """The date that a reader gives for a printed one, which reads as ``read_as``: where its year rests is told by
    the year in ``raw`` (of the Republic too: 115年), else by what is known beside it. Raises ``ValueError``."""
    start, end, unit = bounds(edtf)
    precision = "part_of_day" if unit == "day" and read_as.day_part else str(unit)
    basis = read_as.year_basis
    if read_as.edtf is None:
        told = edtf.removeprefix("../")[:4]
        year = int(told) if told.isdecimal() else None
        printed = {1 if found[1] == "元" else figures(found[1]) for found in _YEAR.finditer(plain(raw))} - {None}
        if is_of_an_era(raw) or year in {value + more for value in printed if value is not None for more in (0, 1911)}:
            basis = "stated"
        elif year is None:
            basis = "none"
        else:
            basis = "published" if known.published is not None else known.year()[1]
    return Date(edtf, start, end, precision, basis, read_as.day_part, read_as.time)


def _is_range(match: Match) -> bool:
    """Whether a date has a second end of its own; of 5月4日9时至11时 only the time has."""
    return any(f"{name}2" in match.groups for name in _OF_POINT)


_OF_POINT = "year digits roc told short soon season seasons semester months ends month near day tenth edge".split()


# ---------------------------------------------------------------- one end of a date


@dataclass(frozen=True, slots=True)
class _Point:
    """What one end of a date prints: a year (``stated``; ``told`` by its distance; ``unread``), and the rest."""

    stated: int | None
    told: str | None
    unit: str
    near: str | None = None
    month: int | None = None
    first: int = 1
    last: int | None = None
    months: int = 1

    def days(self, year: int, raw: str) -> Days:
        """The first and the last day, in a year."""
        if self.unit == "year":
            return date(year, 1, 1), date(year, 12, 31)
        assert self.month is not None
        start = _day(year, self.month, self.first, raw)
        if self.unit == "day" and self.last is not None:
            return start, _day(year, self.month, self.last, raw)
        return start, _month_end(year, self.month + self.months - 1, raw)


_TENTHS = {"上": (1, 10), "中": (11, 20), "下": (21, None), "上中": (1, 20), "中下": (11, None)}
_OF_FOUR = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4, "两": 2}


def _stated(match: Match, group: str) -> int | None:
    """The year that a group prints: four figures as they are, years of the Republic from 1911 on."""
    text, name = match[group] or "", group.removesuffix("2")
    if name == "roc" or (name == "beside" and len(text) == 3):
        count = 1 if text == "元" else figures(text)
        return 1911 + count if count else None
    return figures(text)


def _point(match: Match, at: str) -> _Point | None:
    """One end of an absolute date; ``None`` if a figure in it cannot be read."""
    given = {name: match[f"{name}{at}"] for name in _OF_POINT}
    years = [_stated(match, f"{name}{at}") for name in ("year", "digits", "roc", "beside") if match[f"{name}{at}"]]
    told = given["soon"] if years else given["told"] or given["soon"]
    if given["short"] or None in years:
        told = "unread"
    stated = years[0] if years else None
    if given["season"] or given["seasons"]:
        quarter = _OF_FOUR[given["season"] or given["seasons"] or ""]
        first, months = (1, 3 * quarter) if given["seasons"] else (3 * quarter - 2, 3)
        return _Point(stated, told, "month", None, first, months=months)
    if given["months"]:
        count = figures(given["months"])
        return _Point(stated, told, "month", None, 1, months=count) if count and count <= 12 else None
    if given["semester"]:
        return _Point(stated, told, "month", None, 1 if given["semester"] == "上" else 7, months=6)
    month = None if not given["month"] else 1 if given["month"] == "元" else figures(given["month"])
    day = figures(given["day"]) if given["day"] else None
    if (given["month"] and month is None) or (given["day"] and day is None):
        return None
    if given["tenth"]:
        return _Point(stated, told, "day", given["near"], month, *_TENTHS[given["tenth"]])
    if day is not None:
        return _Point(stated, told, "day", given["near"], month, day, day)
    return _Point(stated, told, "month" if month or given["near"] else "year", given["near"], month)


def _day(year: int, month: int, day: int, raw: str) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise ValueError(f"expected a date of the calendar, found {year}年{month}月{day}日 in “{raw}”") from None


def _month_end(year: int, month: int, raw: str) -> date:
    return (_day(year, month, 1, raw).replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


# ---------------------------------------------------------------- dates with a year or without


def _absolute(match: Match, known: Known, raw: str) -> Date:
    points = [point for at in ("", "2") if not at or _is_range(match) if (point := _point(match, at))]
    if len(points) < 1 + _is_range(match):
        raise ValueError(f"expected a date of the calendar, found “{raw}”")
    first, last = points[0], points[-1]
    if first.unit != last.unit:
        return VAGUE
    if first.near or last.near:
        return _near(points, known, raw)
    if last.month is None and last.unit == "day":
        last = replace(last, month=first.month)
    if first.month is None and first.unit == "day":
        return _bare_days(first, last, known, raw, single=len(points) == 1)
    return _of_year(first, last, known, raw, single=len(points) == 1)


def _of_year(first: _Point, last: _Point, known: Known, raw: str, *, single: bool) -> Date:
    told = {point.told for point in (first, last) if point.told}
    stated = [point.stated for point in (first, last) if point.stated is not None]
    if len(told) + bool(stated) > 1:
        return VAGUE  # 去年12月30日至今年1月2日
    runs_over = first.unit != "year" and (first.month or 0) > (last.month or 0)
    if stated:
        if runs_over and (first.stated is None or last.stated is None):
            return VAGUE
        return _between(first.days(stated[0], raw), last.days(stated[-1], raw), first.unit, "stated", raw, single)
    # Without a year 2月29日 may be a day of the calendar, hence the leap year.
    try:
        likely = first.days(2000, raw), last.days(2000, raw)
    except ValueError as error:
        raise ValueError(str(error).replace("2000年", "")) from None
    if runs_over and likely[0] > likely[1]:
        return VAGUE
    year, basis = _year(first, last, told, known)
    if year is not None:
        return _between(first.days(year, raw), last.days(year, raw), first.unit, basis, raw, single)
    if first.unit == "year" or (last.month == 2 and last.unit == "day" and last.last is None):
        return VAGUE  # the last of February is another day in other years
    return _between(*likely, first.unit, "none", raw, single)


_DISTANCE = {"今": 0, "本": 0, "去": -1, "前": -2, "明": 1, "后": 2}


def _year(first: _Point, last: _Point, told: set[str], known: Known) -> tuple[int | None, str]:
    """The year of a date that prints none, and its basis."""
    word = next(iter(told), None)
    if known.published is None:
        return known.year() if word in (None, "今", "本") else (None, "none")
    if word is not None:
        distance = _DISTANCE.get(word)
        return (None, "none") if distance is None else (known.published.year + distance, "published")
    for year in _outward(known.published.year, planned=known.planned):
        try:
            start, end = first.days(year, "")[0], last.days(year, "")[1]
        except ValueError:  # the 29th of February of another year
            continue
        if end >= known.published if known.planned else start <= known.published:
            return year, "published"
    return None, "none"


def _outward(year: int, *, planned: bool) -> Iterator[int]:
    """A year and the eight before it, or after it where something is planned."""
    for distance in range(9):
        if MINYEAR <= (other := year + distance if planned else year - distance) <= MAXYEAR:
            yield other


def _between(first: Days, last: Days, unit: str, basis: str, raw: str, single: bool) -> Date:
    days = first[0], last[1]
    if days[0] > days[1]:
        raise ValueError(f"expected a range that does not end before it begins, found “{raw}”")
    whole = single and (unit == "year" or (days[0].month == days[1].month and (unit == "month" or days[0] == days[1])))
    return _dated(days, unit, basis, single=whole)


def _dated(days: Days, unit: str, basis: str, *, single: bool) -> Date:
    ends = [
        ("XXXX" if basis == "none" else f"{day.year:04}")
        + ("?" if basis == "page" else "")
        + {"year": "", "month": f"-{day:%m}", "day": f"-{day:%m-%d}"}[unit]
        for day in (days[:1] if single else days)
    ]
    start, end = (None, None) if basis == "none" else days
    return Date("/".join(ends), start, end, unit, basis)


# ---------------------------------------------------------------- dates told by their distance


def _bare_days(first: _Point, last: _Point, known: Known, raw: str, *, single: bool) -> Date:
    """23日, 19日至20日: the latest such day up to the date of publication, or the next for what is planned, unless it
    may be of the other month of the last date of the item."""
    if known.published is None or first.stated is not None or first.told or first.first != first.last:
        return VAGUE
    month = known.published.replace(day=1)
    for _ in range(3):
        with suppress(ValueError):  # a month without such a day
            start = _day(month.year, month.month, first.first, raw)
            end = start if single else _day(month.year, month.month, last.first, raw)
            if start <= end and (end >= known.published if known.planned else start <= known.published):
                other = _may_be_of_the_month_of(known, month, first.first)
                return VAGUE if other else _between((start, start), (end, end), "day", "published", raw, single)
        month = (month + timedelta(days=32 if known.planned else -1)).replace(day=1)
    return VAGUE


_FAR = 92
"""Days within which a day without its month lies."""


def _may_be_of_the_month_of(known: Known, month: date, day: int) -> bool:
    """Whether a day may also be of another month, that of the last date of the item."""
    assert known.published is not None
    if known.last is None or known.last.start is None or known.last.start.replace(day=1) == month:
        return False
    try:
        other = known.last.start.replace(day=day)
    except ValueError:  # a month without such a day
        return False
    away = (other - known.published).days * (1 if known.planned else -1)
    return 0 <= away <= _FAR


_MONTHS_AWAY = {"本": 0, "上": -1, "上个": -1, "下": 1, "下个": 1}


def _near(points: list[_Point], known: Known, raw: str) -> Date:
    """本月, 上月20日: months counted from the date of publication."""
    point = points[0]
    away = _MONTHS_AWAY.get(point.near or "")
    if known.published is None or away is None or len(points) > 1 or point.told or point.stated is not None:
        return VAGUE
    count = known.published.year * 12 + known.published.month - 1 + away
    placed = replace(point, month=count % 12 + 1)
    return _between(*(placed.days(count // 12, raw),) * 2, placed.unit, "published", raw, True)


_DAYS_AWAY = {"今": 0, "昨": -1, "明": 1, "前": -2, "后": 2, "大前": -3, "大后": 3}


def _counted(match: Match, day: date, basis: str) -> Date:
    """A day that was counted from another; vague where the day in brackets, 今（17）日, is not the one."""
    beside = [figures(match[name] or "") for name in match.groups if name.startswith("beside_day")]
    return VAGUE if any(printed != day.day for printed in beside) else _dated((day, day), "day", basis, single=True)


def _relative(match: Match, known: Known) -> Date:
    """今天 and the like count from the date of publication, 当日, 同日, 次日 from the last date of the item."""
    word = match["rel"] or ""
    if word in _DAYS_AWAY:
        if known.published is None:
            return VAGUE
        return _counted(match, known.published + timedelta(days=_DAYS_AWAY[word]), "published")
    last = known.last
    if last is None or last.edtf is None or last.precision not in ("day", "part_of_day") or "/" in last.edtf:
        return VAGUE
    same = word in "当同"
    if last.start is None:
        same_day = replace(last, precision="day", day_part=None, time=None)
        return same_day if same else VAGUE
    return _counted(match, last.start + timedelta(days=0 if same else 1), last.year_basis)


def _weekday(match: Match, known: Known) -> Date:
    """上周五, 本周二, 周三 count from the date of publication; weeks begin on Monday."""
    name = match["day_of_week"] or ""
    if known.published is None or name == "末":
        return VAGUE
    number, now = "一二三四五六日".index(name.replace("天", "日")), known.published
    week = match["week"]
    if week is None:
        away = (number - now.weekday()) % 7 if known.planned else -((now.weekday() - number) % 7)
        day = now + timedelta(days=away)
    else:
        day = now + timedelta(days=number - now.weekday() + 7 * {"上上": -2, "上": -1, "下": 1}.get(week, 0))
    return _counted(match, day, "published")
