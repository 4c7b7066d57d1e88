"""What a printed date is, as EDTF and as days of the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date
from typing import Literal

import duckdb
import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from lingang.text.dates import DATE_PATTERN, EDTF_PATTERN, Date, bounds, find, normalise

Basis = Literal["article", "page", "none"]


def day(text: str) -> date:
    return date.fromisoformat(text)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find(text)]


# ---------------------------------------------------------------- finding


@pytest.mark.parametrize(
    "expression",
    [
        "5月4日", "05月04日", "2023年5月4日", "今年5月4日", "去年5月4日",
        "5月6日上午", "5月6日下午", "5月6日晚上", "5月6日晚", "2023年5月6日上午",
        "5月4日至6日", "5月4至6日", "5月4日-6日", "5月4日——6日", "5月4日到5月6日", "5月4日上午至6日下午",
        "2022年12月30日至2023年1月2日", "5月", "5月份", "2023年5月", "5月至6月", "1-5月", "2023年1至5月",
        "2022年12月至2023年1月", "2023年", "2021年至2025年", "2021-2025年",
        "近日", "日前", "近期", "最近", "前不久", "不久前", "连日来",
        "今日", "昨日", "明日", "当日", "次日", "翌日", "今天", "昨天上午", "今晚", "当晚",
    ],
)  # fmt: skip
def test_each_form_is_found_whole(expression: str) -> None:
    text = f"讯，{expression}，周口临港开发区召开会议"
    assert found(text) == [expression]
    assert DATE_PATTERN.fullmatch(expression)
    normalise(expression, year=2023, basis="page")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023行动5月12日，周口临港开发区召开", ["5月12日"]),
        ("隐患专项排查整治2023行动启动", []),
        ("宣读了《太昊路办事处2023年第二届“道德文明使者”人", ["2023年"]),
        ("5月4日，5月14日，近日，", ["5月4日", "5月14日", "近日"]),
        ("5月4日、6日", ["5月4日"]),
        ("5月4日至今", ["5月4日"]),
        ("5月4日前完成", ["5月4日"]),
        ("5月4日凌晨", ["5月4日"]),
        ("5月4日上午9时", ["5月4日上午"]),
        ("5月4日晚会上", ["5月4日"]),
        ("5月4日晚会议", ["5月4日晚"]),
        ("5月至6月4日", ["5月", "6月4日"]),
        ("2023年代表大会", ["2023年"]),
        ("2023年来", ["2023年"]),
    ],
)
def test_a_date_is_found_as_long_as_the_text_gives_it(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "近年来太昊路办事处", "最近五年", "5000年文明", "12023年", "115月4日", "1.5月4日", "2023", "3个月",
        "５月４日", "5月４日", "２０２３年5月4日", "二〇二二年5月4日", "98年5月4日", "2023年五月", "5月4号",
        "1990年代", "附近日夜", "节日前", "15日前", "文明日", "应当天天", "如今日益", "日均", "目前", "",
    ],
)  # fmt: skip
def test_what_is_no_date_or_not_understood_is_not_found_in_part(text: str) -> None:
    assert found(text) == []


@given(st.text("0129５五年月日至到-上午晚会近今前昨，（", max_size=16))
def test_what_is_found_is_apart_and_never_in_a_longer_number(text: str) -> None:
    last = 0
    for start, end in find(text):
        assert last <= start < end <= len(text)
        assert not (text[start].isdigit() and text[start - 1 : start].isdigit())
        # What is found is read or refused with a message, never anything else.
        with suppress(ValueError):
            assert normalise(text[start:end], year=2023, basis="page").precision != "none"
        last = end


# ---------------------------------------------------------------- normalising


@pytest.mark.parametrize(
    ("raw", "edtf", "start", "end", "precision", "part"),
    [
        ("5月4日", "Y-05-04", "2023-05-04", "2023-05-04", "day", None),
        ("今年5月4日", "Y-05-04", "2023-05-04", "2023-05-04", "day", None),
        ("5月6日上午", "Y-05-06", "2023-05-06", "2023-05-06", "part_of_day", "morning"),
        ("5月6日下午", "Y-05-06", "2023-05-06", "2023-05-06", "part_of_day", "afternoon"),
        ("5月6日晚上", "Y-05-06", "2023-05-06", "2023-05-06", "part_of_day", "evening"),
        ("5月6日晚", "Y-05-06", "2023-05-06", "2023-05-06", "part_of_day", "evening"),
        ("1月1日", "Y-01-01", "2023-01-01", "2023-01-01", "day", None),
        ("12月31日", "Y-12-31", "2023-12-31", "2023-12-31", "day", None),
        ("5月4日至6日", "Y-05-04/Y-05-06", "2023-05-04", "2023-05-06", "day", None),
        ("5月4-6日", "Y-05-04/Y-05-06", "2023-05-04", "2023-05-06", "day", None),
        ("5月4日至5月6日", "Y-05-04/Y-05-06", "2023-05-04", "2023-05-06", "day", None),
        ("4月30日上午至5月1日晚", "Y-04-30/Y-05-01", "2023-04-30", "2023-05-01", "day", None),
        ("5月", "Y-05", "2023-05-01", "2023-05-31", "month", None),
        ("2月份", "Y-02", "2023-02-01", "2023-02-28", "month", None),
        ("12月", "Y-12", "2023-12-01", "2023-12-31", "month", None),
        ("1-5月", "Y-01/Y-05", "2023-01-01", "2023-05-31", "month", None),
        ("5月至6月", "Y-05/Y-06", "2023-05-01", "2023-06-30", "month", None),
    ],
)
@pytest.mark.parametrize(("basis", "written"), [("article", "2023"), ("page", "2023?")])
def test_a_date_without_a_year_has_the_given_one(
    raw: str, edtf: str, start: str, end: str, precision: str, part: str | None, basis: Basis, written: str
) -> None:
    expected = Date(edtf.replace("Y", written), day(start), day(end), precision, basis, part)
    assert normalise(raw, year=2023, basis=basis) == expected
    unknown = Date(edtf.replace("Y", "XXXX"), None, None, precision, "none", part)
    assert normalise(raw, year=None, basis="none") == unknown


@pytest.mark.parametrize(
    ("raw", "edtf", "start", "end", "precision"),
    [
        ("2023年5月4日", "2023-05-04", "2023-05-04", "2023-05-04", "day"),
        ("2024年2月29日", "2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2022年5月4日至6日", "2022-05-04/2022-05-06", "2022-05-04", "2022-05-06", "day"),
        ("5月4日至2022年5月6日", "2022-05-04/2022-05-06", "2022-05-04", "2022-05-06", "day"),
        ("2022年12月30日至2023年1月2日", "2022-12-30/2023-01-02", "2022-12-30", "2023-01-02", "day"),
        ("2024年2月", "2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2022年12月至2023年1月", "2022-12/2023-01", "2022-12-01", "2023-01-31", "month"),
        ("2023年", "2023", "2023-01-01", "2023-12-31", "year"),
        ("2021-2025年", "2021/2025", "2021-01-01", "2025-12-31", "year"),
    ],
)
def test_a_printed_year_is_the_year(raw: str, edtf: str, start: str, end: str, precision: str) -> None:
    expected = Date(edtf, day(start), day(end), precision, "stated", None)
    assert normalise(raw, year=1999, basis="page") == expected
    assert normalise(raw, year=None, basis="none") == expected


@pytest.mark.parametrize("raw", ["去年5月4日", "前年5月4日", "每年5月4日", "同年5月4日"])
def test_a_year_told_by_its_distance_is_not_the_year_of_the_page(raw: str) -> None:
    expected = Date("XXXX-05-04", None, None, "day", "none", None)
    assert normalise(raw, year=2023, basis="page") == expected


@pytest.mark.parametrize(
    ("raw", "part"),
    [("近日", None), ("日前", None), ("今日", None), ("昨日上午", "morning"), ("今晚", "evening")],
)
def test_a_vague_word_has_no_days(raw: str, part: str | None) -> None:
    assert normalise(raw, year=2023, basis="page") == Date(None, None, None, "vague", "none", part)


def test_leap_day() -> None:
    assert normalise("2月29日", year=2024, basis="page").edtf == "2024?-02-29"
    assert normalise("2月29日", year=None, basis="none").edtf == "XXXX-02-29"
    with pytest.raises(ValueError, match="expected a date of the calendar, found 2023年2月29日 in “2月29日”"):
        normalise("2月29日", year=2023, basis="page")


@pytest.mark.parametrize(
    "raw",
    ["2月30日", "0月4日", "13月4日", "13月", "5月0日", "4月31日", "5月4日至32日", "2023年2月29日"],
)
def test_no_such_day(raw: str) -> None:
    expected = f"expected a date of the calendar, found .* in “{raw}”"
    with pytest.raises(ValueError, match=expected):
        normalise(raw, year=2023, basis="page")
    with pytest.raises(ValueError, match=expected):
        normalise(raw, year=None, basis="none")


@pytest.mark.parametrize("raw", ["5月6日至4日", "6-5月", "12月30日至1月2日", "2023年至2022年"])
def test_a_range_runs_forward(raw: str) -> None:
    with pytest.raises(ValueError, match=f"does not end before it begins, found “{raw}”"):
        normalise(raw, year=2023, basis="page")


@pytest.mark.parametrize("raw", ["2022年12月30日至次年1月2日", "去年12月30日至今年1月2日"])
def test_a_year_is_told_in_one_way(raw: str) -> None:
    assert found(raw) == [raw]
    with pytest.raises(ValueError, match=f"expected one way of telling the year, found “{raw}”"):
        normalise(raw, year=2023, basis="page")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "5月4日，",
        "，5月4日",
        "5月4日5月6日",
        "5月4日 ",
        "5 月4日",
        "5月4日\n",
        "５月４日",
        "近年来",
        "2023",
    ],
)
def test_exactly_one_date_is_expected(raw: str) -> None:
    with pytest.raises(ValueError, match=f"expected exactly one printed date, .*, found “{raw}”"):
        normalise(raw, year=2023, basis="page")


@pytest.mark.parametrize(("year", "basis"), [(None, "page"), (None, "article"), (2023, "none")])
def test_a_year_has_a_basis(year: int | None, basis: Basis) -> None:
    with pytest.raises(ValueError, match="expected a year exactly if it has a basis"):
        normalise("5月4日", year=year, basis=basis)


# ---------------------------------------------------------------- EDTF

GOOD = {
    "2023-05-04": ("2023-05-04", "2023-05-04", "day"),
    "2023?-05-04": ("2023-05-04", "2023-05-04", "day"),
    "2023?-05-04/2023?-05-06": ("2023-05-04", "2023-05-06", "day"),
    "2024-02": ("2024-02-01", "2024-02-29", "month"),
    "9999-12": ("9999-12-01", "9999-12-31", "month"),
    "2023?": ("2023-01-01", "2023-12-31", "year"),
    "2021/2025": ("2021-01-01", "2025-12-31", "year"),
    "XXXX-02-29": (None, None, "day"),
    "XXXX-05": (None, None, "month"),
    "XXXX-05-04/XXXX-05-06": (None, None, "day"),
}
MALFORMED = [
    "", "2023-5-4", "2023-05-04?", "?2023-05-04", "2023-05?-04", "2023~", "XXXX", "XXXX?-05-04", "202X-05-04",
    "2023-13-01", "2023-00", "2023-05-32", "2023-05-04/", "/2023", "2023/2023-05", "2023?/2024",
    "2021/2022/2023", "XXXX-05-04/2023-05-06", "２０２３-05-04", "2023-05-04\n", " 2023",
    "2023-05-04/..", "20230504",
]  # fmt: skip
NO_SUCH_DAY = ["2023-02-29", "XXXX-02-30", "0000-05-04", "0000", "2023-05-06/2023-05-04", "2025/2021"]


@pytest.mark.parametrize("edtf", GOOD)
def test_bounds(edtf: str) -> None:
    start, end, precision = GOOD[edtf]
    assert bounds(edtf) == (start and day(start), end and day(end), precision)


@pytest.mark.parametrize("edtf", [*MALFORMED, *NO_SUCH_DAY])
def test_bounds_refuses(edtf: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"found “{edtf}”")):
        bounds(edtf)


@pytest.mark.parametrize("edtf", [*GOOD, *MALFORMED, *NO_SUCH_DAY])
def test_the_pattern_means_the_same_to_duckdb(edtf: str) -> None:
    row = duckdb.execute("SELECT regexp_matches(?, ?)", [edtf, EDTF_PATTERN]).fetchone()
    assert row == (edtf not in MALFORMED,)


def test_the_pattern_keeps_to_what_every_engine_knows() -> None:
    assert EDTF_PATTERN.startswith("^(")
    assert EDTF_PATTERN.endswith(")$")
    assert not re.search(r"\\|\(\?", EDTF_PATTERN)


@st.composite
def printed_dates(draw: st.DrawFn) -> tuple[str, int | None, Basis]:
    """A printed date of the calendar, with the year for it and its basis."""
    first, last = sorted(draw(st.lists(st.dates(day("1000-01-01"), day("2999-12-31")), min_size=2, max_size=2)))
    stated = draw(st.booleans())
    if not stated:
        # A range without years lies in one year, and the day must exist in it.
        last_day = min(last.day, monthrange(first.year, last.month)[1])
        first, last = sorted((first, date(first.year, last.month, last_day)))
    forms = ["{m}月", "{m}月{d}日"] + ["{m}月{d}日上午"] + (["{y}年"] if stated else [])
    form = draw(st.sampled_from(forms))
    if stated and form != "{y}年":
        form = "{y}年" + form
    points = [first, last] if draw(st.booleans()) else [first]
    raw = draw(st.sampled_from("至到-—")).join(
        form.format(y=point.year, m=point.month, d=point.day) for point in points
    )
    basis: Basis = draw(st.sampled_from(("article", "page", "none")))
    return raw, None if basis == "none" else first.year, basis


@given(printed_dates())
def test_bounds_of_the_edtf_are_the_days(printed: tuple[str, int | None, Basis]) -> None:
    raw, year, basis = printed
    assert found(f"讯，{raw}，周口") == [raw]
    result = normalise(raw, year=year, basis=basis)
    assert result.edtf is not None
    precision = result.precision.replace("part_of_day", "day")
    assert bounds(result.edtf) == (result.start, result.end, precision)
    assert re.search(EDTF_PATTERN, result.edtf)
    assert ("?" in result.edtf) == (result.year_basis == "page")
    assert (result.start is None) == (result.year_basis == "none") == ("XXXX" in result.edtf)


@settings(deadline=None)  # the grammar of the library is slow to parse with
@given(printed_dates())
def test_the_edtf_library_agrees(printed: tuple[str, int | None, Basis]) -> None:
    """Every form parses there, the uncertain year too, whose strict bounds are those of the plain one."""
    raw, year, basis = printed
    result = normalise(raw, year=year, basis=basis)
    assert result.edtf is not None
    parsed = parse_edtf(result.edtf)
    low, high = parsed.lower_strict()[:3], parsed.upper_strict()[:3]
    if result.start is None or result.end is None:
        # Without a year the library bounds the date by all years there are; month and day are compared.
        assert (low[0], high[0]) == (0, 9999)
        dated = normalise(f"2000年{raw}", year=None, basis="none")
        assert dated.start is not None
        assert dated.end is not None
        assert low[1:] == (dated.start.month, dated.start.day)
        # The last year of the library is no leap year, the one compared with is.
        assert high[1:] == (dated.end.month, dated.end.day) or high[1] == dated.end.month == 2
    else:
        assert low == result.start.timetuple()[:3]
        assert high == result.end.timetuple()[:3]


@pytest.mark.parametrize(
    ("edtf", "kind"),
    [
        ("2023-05-04", "Date"),
        ("2023-05-04/2023-05-06", "Interval"),
        ("2023?", "UncertainOrApproximate"),
        ("2023?-05", "PartialUncertainOrApproximate"),
        ("2023?-05-04", "PartialUncertainOrApproximate"),
        ("2023?-05-04/2023?-05-06", "Level2Interval"),
        ("XXXX-05-04", "PartialUnspecified"),
        ("XXXX-05-04/XXXX-05-06", "Level2Interval"),
    ],
)
def test_the_edtf_library_supports_each_form_by_name(edtf: str, kind: str) -> None:
    assert type(parse_edtf(edtf)).__name__ == kind
