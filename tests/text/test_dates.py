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

from lingang.text.dates import (
    EDTF_PATTERN,
    VAGUE,
    Date,
    Known,
    NotOneDate,
    authored,
    bounds,
    find,
    is_since,
    printed_years,
    read,
)

Basis = Literal["article", "page", "none"]


def day(text: str) -> date:
    return date.fromisoformat(text)


def found(text: str) -> list[str]:
    return [text[token.start : token.end] for token in find(text)]


def known(year: int | None, basis: Basis) -> Known:
    return Known(article_year=year if basis == "article" else None, page_year=year if basis == "page" else None)


PAGE = known(2023, "page")
PUBLISHED = Known(published=day("2023-05-17"))  # a Wednesday


# ---------------------------------------------------------------- finding


@pytest.mark.parametrize(
    "expression",
    [
        "5月4日", "05月04日", "2023年5月4日", "今年5月4日", "去年5月4日",
        "5月6日上午", "5月6日下午", "5月6日晚上", "5月6日晚", "2023年5月6日上午",
        "5月4日至6日", "5月4至6日", "5月4日-6日", "5月4日——6日", "5月4日到5月6日", "5月4日上午至6日下午",
        "2022年12月30日至2023年1月2日", "5月", "5月份", "2023年5月", "5月至6月", "1-5月", "2023年1至5月",
        "2022年12月至2023年1月", "2023年", "2021年至2025年", "2021-2025年",
        "近日", "日前", "近期", "最近", "前不久", "不久前", "连日来", "连日", "連日",
        "今日", "昨日", "明日", "当日", "次日", "翌日", "今天", "昨天上午", "今晚", "当晚",
        "５月４日", "5月４日", "２０２３年5月4日", "二〇二二年5月4日",
        "二○二二年五月四日", "98年5月4日", "2023年五月", "5月4号",
        "十一月二十三日", "廿八日", "元月五日",
        "民國112年5月4日", "民国二十六年", "今（112）年5月4日", "去（2022）年5月",
        "5月4日凌晨", "5月4日上午9时", "5月4日凌晨2时33分",
        "5月4日15时30分", "5月4日下午3点半", "5月4日晚8点", "5月4日9:30",
        "5月4日（星期四）上午9时", "5月4日9时许", "5月4日8时至5月6日18时", "5月4日上午9时至11时", "5月至6月4日",
        "3月下旬", "3月上中旬", "10月中旬至11月中旬", "一季度", "2023年第一季度",
        "前三季度", "上半年", "今年前5个月", "5月底", "5月初", "2023年底",
        "8月21日至22日", "8月21日—9月3日", "2023年3月至5月", "7月5日-6日",
        "今（17）日", "昨（16）日", "今（2）晚", "今日（29日）凌晨",
        "本周二（28日）", "上周五", "周三", "下周一上午", "星期天",
        "23日", "23日上午", "19日至20日", "本月5日", "上月20日", "去年", "今年年底", "月底", "年初",
        "15时30分", "凌晨2时33分", "下午3点半", "晚8点", "上午9时至11时", "9时许", "八时三十分", "九点钟", "晚上7:30",
        "正月十五", "正月初一", "农历二月初二", "農曆八月十五", "五月初五",
        "腊月廿三", "春节", "國慶節", "五一假期", "除夕", "中秋节前后", "端午節前後", "国庆假期前后", "春节期间",
        "2023-05-04", "2023/5/4", "2023.5.4", "2019-03-0611:29",
    ],
)  # fmt: skip
def test_each_form_is_found_whole(expression: str) -> None:
    text = f"讯，{expression}，云河市召开会议"
    assert found(text) == found(expression) == [expression]
    read(expression, PAGE)
    read(expression, PUBLISHED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023行动5月12日，云河市召开", ["5月12日"]),
        ("隐患排查2023行动启动", []),
        ("宣读了《青禾镇2023年第二届“好邻居”名", ["2023年"]),
        ("5月4日，5月14日，近日，", ["5月4日", "5月14日", "近日"]),
        ("5月4日、6日", ["5月4日", "6日"]),
        ("5月4日至今", ["5月4日"]),
        ("5月4日前完成", ["5月4日"]),
        ("5月4日（星期四）", ["5月4日"]),
        ("5月4日星期四，", ["5月4日"]),
        ("2024年2月10日（正月初一）", ["2024年2月10日"]),
        ("2月10日（农历正月初一）上午，", ["2月10日（农历正月初一）上午"]),
        ("3月下旬、4月", ["3月下旬", "4月"]),
        ("5月4日晚会上", ["5月4日"]),
        ("5月4日晚会议", ["5月4日晚"]),
        ("2023年代表大会", ["2023年"]),
        ("2023年来", ["2023年"]),
    ],
)
def test_a_date_is_found_as_long_as_the_text_gives_it(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "近年来青禾镇", "最近五年", "5000年文明", "12023年", "115月4日", "1.5月4日", "2023", "3个月",
        "1990年代", "附近日夜", "节日前", "15日前", "文明日", "应当天天", "如今日益", "日均", "目前", "",
        "每周三", "一周三次", "3日游", "为期5日", "连续3日", "5日内",
        "5号", "三日后", "3点要求", "三点意见", "3分", "24小时",
        "同时", "届时", "如今年轻人", "登上月球", "半决赛", "1500年历史", "2小时30分",
    ],
)  # fmt: skip
def test_what_is_no_date_or_not_understood_is_not_found_in_part(text: str) -> None:
    assert found(text) == []


@given(st.text("0129５五年月日号至到-—上下中午晚会近今前昨，（）周末旬季时点分半:初底正民国", max_size=16))
def test_what_is_found_is_apart_and_never_in_a_longer_number(text: str) -> None:
    last = 0
    for start, end, _ in find(text):
        assert last <= start < end <= len(text)
        assert not (text[start].isdigit() and text[start - 1 : start].isdigit())
        # What is found is read or refused with a message, never anything else.
        for beside in (PAGE, PUBLISHED, Known()):
            with suppress(ValueError):
                result = read(text[start:end], beside)
                assert result.precision != "none"
                if result.edtf is not None:
                    days = result.precision.replace("part_of_day", "day")
                    assert bounds(result.edtf) == (result.start, result.end, days)
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
    assert read(raw, known(2023, basis)) == expected
    unknown = Date(edtf.replace("Y", "XXXX"), None, None, precision, "none", part)
    assert read(raw) == unknown


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
    assert read(raw, known(1999, "page")) == expected
    assert read(raw) == expected


@pytest.mark.parametrize("raw", ["去年5月4日", "前年5月4日", "每年5月4日", "同年5月4日"])
def test_a_year_told_by_its_distance_is_not_the_year_of_the_page(raw: str) -> None:
    expected = Date("XXXX-05-04", None, None, "day", "none", None)
    assert read(raw, PAGE) == expected


@pytest.mark.parametrize(
    ("raw", "part"),
    [("近日", None), ("日前", None), ("今日", None), ("昨日上午", "morning"), ("今晚", "evening")],
)
def test_a_vague_word_has_no_days(raw: str, part: str | None) -> None:
    assert read(raw, PAGE) == Date(None, None, None, "vague", "none", part)


def test_leap_day() -> None:
    assert read("2月29日", known(2024, "page")).edtf == "2024?-02-29"
    assert read("2月29日").edtf == "XXXX-02-29"
    with pytest.raises(ValueError, match="expected a date of the calendar, found 2023年2月29日 in “2月29日”"):
        read("2月29日", PAGE)


@pytest.mark.parametrize(
    "raw",
    ["2月30日", "0月4日", "13月4日", "13月", "5月0日", "4月31日", "5月4日至32日", "2023年2月29日"],
)
def test_no_such_day(raw: str) -> None:
    expected = f"expected a date of the calendar, found .* in “{raw}”"
    with pytest.raises(ValueError, match=expected):
        read(raw, PAGE)
    with pytest.raises(ValueError, match=expected):
        read(raw)


@pytest.mark.parametrize("raw", ["5月6日至4日", "2023年至2022年", "2023年5月至2022年6月"])
def test_a_range_runs_forward(raw: str) -> None:
    with pytest.raises(ValueError, match=f"does not end before it begins, found “{raw}”"):
        read(raw, PAGE)


@pytest.mark.parametrize(
    "raw",
    [
        "2022年12月30日至次年1月2日",
        "去年12月30日至今年1月2日",
        "12月30日至1月2日",
        "2022年12月30日至1月2日",
        "5月至6月4日",
        "明年至三日",
        "2023年至5日",
        "一季度至5日",
        "5月至6日",
    ],
)
def test_a_range_whose_ends_are_told_in_two_ways_has_no_days(raw: str) -> None:
    assert found(raw) == [raw]
    assert read(raw, PAGE) == read(raw, PUBLISHED) == read(raw) == VAGUE


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
        "近年来",
        "2023",
        "5月4日（星期四）",
    ],
)
def test_exactly_one_date_is_expected(raw: str) -> None:
    with pytest.raises(ValueError, match=f"expected exactly one printed date, .*, found “{raw}”"):
        read(raw, PAGE)


# ---------------------------------------------------------------- what the second edition reads


@pytest.mark.parametrize(
    ("raw", "edtf", "basis"),
    [
        ("5月4日", "2023-05-04", "published"),
        ("5月17日", "2023-05-17", "published"),
        ("5月18日", "2022-05-18", "published"),
        ("12月30日", "2022-12-30", "published"),
        ("2月29日", "2020-02-29", "published"),
        ("5月16日至18日", "2023-05-16/2023-05-18", "published"),
        ("5月", "2023-05", "published"),
        ("6月", "2022-06", "published"),
        ("3月下旬", "2023-03-21/2023-03-31", "published"),
        ("2月上旬", "2023-02-01/2023-02-10", "published"),
        ("2月中下旬", "2023-02-11/2023-02-28", "published"),
        ("一季度", "2023-01/2023-03", "published"),
        ("第四季度", "2022-10/2022-12", "published"),
        ("前三季度", "2023-01/2023-09", "published"),
        ("上半年", "2023-01/2023-06", "published"),
        ("4月底", "2023-04", "published"),
        ("4月初", "2023-04", "published"),
        ("今天", "2023-05-17", "published"),
        ("今（17）日", "2023-05-17", "published"),
        ("昨天", "2023-05-16", "published"),
        ("昨（十六）日", "2023-05-16", "published"),
        ("前天", "2023-05-15", "published"),
        ("大前天", "2023-05-14", "published"),
        ("明天", "2023-05-18", "published"),
        ("后天", "2023-05-19", "published"),
        ("上周五", "2023-05-12", "published"),
        ("本周二", "2023-05-16", "published"),
        ("本周二（16日）", "2023-05-16", "published"),
        ("下周一", "2023-05-22", "published"),
        ("周三", "2023-05-17", "published"),
        ("星期四", "2023-05-11", "published"),
        ("週日", "2023-05-14", "published"),
        ("10日", "2023-05-10", "published"),
        ("23日", "2023-04-23", "published"),
        ("10日至12日", "2023-05-10/2023-05-12", "published"),
        ("本月5日", "2023-05-05", "published"),
        ("上月20日", "2023-04-20", "published"),
        ("上个月", "2023-04", "published"),
        ("去年5月4日", "2022-05-04", "published"),
        ("今年2月", "2023-02", "published"),
        ("去年", "2022", "published"),
        ("明年", "2024", "published"),
        ("2022年5月4日", "2022-05-04", "stated"),
        ("二〇二二年五月四日", "2022-05-04", "stated"),
        ("二○二二年十二月三十一日", "2022-12-31", "stated"),
        ("２０２２年５月４日", "2022-05-04", "stated"),
        ("民國112年5月4日", "2023-05-04", "stated"),
        ("民国元年", "1912", "stated"),
        ("民国一百一十二年五月", "2023-05", "stated"),
        ("今（112）年5月4日", "2023-05-04", "stated"),
        ("去（2022）年5月4日", "2022-05-04", "stated"),
        ("2022年底", "2022", "stated"),
        ("2022年二季度", "2022-04/2022-06", "stated"),
        ("2022年前5个月", "2022-01/2022-05", "stated"),
        ("今年前两个月", "2023-01/2023-02", "published"),
        ("2024年2月下旬", "2024-02-21/2024-02-29", "stated"),
        ("2023年3月至5月", "2023-03/2023-05", "stated"),
        ("2023-05-04", "2023-05-04", "stated"),
        ("98年5月4日", "XXXX-05-04", "none"),
        ("每年5月4日", "XXXX-05-04", "none"),
        ("同年5月", "XXXX-05", "none"),
    ],
)
def test_a_date_counts_from_the_printed_date_of_publication(raw: str, edtf: str, basis: str) -> None:
    result = read(raw, PUBLISHED)
    assert (result.edtf, result.year_basis) == (edtf, basis)
    assert bounds(edtf) == (result.start, result.end, result.precision)
    # It goes before every other year that is known.
    assert read(raw, Known(PUBLISHED.published, article_year=1999, page_year=1998)) == result


@pytest.mark.parametrize(
    ("raw", "edtf"),
    [
        ("5月18日", "2023-05-18"),
        ("5月17日", "2023-05-17"),
        ("5月16日", "2024-05-16"),
        ("5月16日至18日", "2023-05-16/2023-05-18"),
        ("2月29日", "2024-02-29"),
        ("5月", "2023-05"),
        ("4月", "2024-04"),
        ("周一", "2023-05-22"),
        ("23日", "2023-05-23"),
        ("10日", "2023-06-10"),
        ("去年5月4日", "2022-05-04"),
    ],
)
def test_what_is_planned_is_the_next_such_day(raw: str, edtf: str) -> None:
    assert read(raw, Known(PUBLISHED.published, planned=True)).edtf == edtf


@pytest.mark.parametrize(
    "raw",
    [
        "正月初一", "农历二月初二", "五月初五", "春节", "春节期间", "國慶節",
        "五一假期", "近日", "月底", "年初", "周末", "上周",
        "下旬", "今（16）日", "本周二（17日）", "31日至2日", "当日", "次日", "同日", "同月", "次月5日",
    ],
)  # fmt: skip
def test_what_is_told_in_no_calendar_stays_vague(raw: str) -> None:
    assert read(raw, PUBLISHED) == VAGUE


@pytest.mark.parametrize(
    "raw", ["今天", "昨日", "今（17）日", "上周五", "周三", "23日", "19日至20日", "本月5日", "去年", "2月下旬", "下旬"]
)
def test_what_counts_from_the_date_of_publication_is_vague_without_it(raw: str) -> None:
    assert read(raw) == VAGUE
    assert read(raw, PAGE).edtf in (None, "2023?-02-21/2023?-02-28")


def test_the_same_day_and_the_next_count_from_the_last_date_of_the_item() -> None:
    after = Known(last=read("2月28日上午9时", PAGE))
    assert read("当日", after) == read("同日", after) == read("2月28日", PAGE)
    assert read("次日", after) == read("翌日", after) == read("3月1日", PAGE)
    assert read("当晚", after) == read("2月28日晚", PAGE)
    unknown = Known(last=read("2月28日"))
    assert read("当日", unknown) == read("2月28日")
    assert read("次日", unknown) == VAGUE  # a day of February or of March
    assert read("当日", Known(last=read("2月", PAGE))) == VAGUE
    assert read("当日", Known(last=read("5月4日至6日", PAGE))) == VAGUE


def test_a_day_without_its_month_may_be_of_the_month_that_the_item_tells_of() -> None:
    published = day("2023-06-10")
    assert read("6日", Known(published)).edtf == "2023-06-06"
    assert read("6日", Known(published, last=read("6月5日", Known(published)))).edtf == "2023-06-06"
    assert read("6日", Known(published, last=read("5月4日", Known(published)))) == VAGUE
    # of a month that is still to come, or far away, it cannot be
    assert read("6日", Known(published, last=read("7月上旬", Known(published, planned=True)))).edtf == "2023-06-06"
    assert read("6日", Known(published, last=read("7月上旬", Known(published)))).edtf == "2023-06-06"


@pytest.mark.parametrize(
    ("raw", "edtf", "known", "basis"),
    [
        ("自2019年以来", "2019/..", PUBLISHED, "stated"),
        ("115年8月底前", "2026-08", PUBLISHED, "stated"),
        ("二〇一九年春耕时节", "2019-03/2019-04", PUBLISHED, "stated"),
        ("自9月以来", "2022-09/..", PUBLISHED, "published"),
        ("自9月以来", "2022-09/..", Known(article_year=2022, page_year=2023), "article"),
        ("自9月以来", "2023?-09/..", PAGE, "page"),
        ("自9月以来", "XXXX-09/..", PUBLISHED, "none"),
        ("自9月以来", "2022-09/..", Known(), "none"),
    ],
)
def test_the_year_of_a_date_that_a_reader_gives_rests_where_it_is_told(
    raw: str, edtf: str, known: Known, basis: str
) -> None:
    given = authored(edtf, raw, known, VAGUE)
    assert (given.edtf, given.year_basis) == (edtf, basis)


def test_a_date_that_a_reader_gives_keeps_the_time_of_day_that_is_read() -> None:
    given = authored("2023-12-12", "12月12日上午9时", PUBLISHED, read("12月12日上午9时", PUBLISHED))
    assert (given.precision, given.day_part, given.time) == ("part_of_day", "morning", "09:00")


@pytest.mark.parametrize("raw", ["自9月以来", "数九寒天", "5月4日5月6日"])
def test_what_is_no_one_date_is_told_from_what_is_of_no_calendar(raw: str) -> None:
    with pytest.raises(NotOneDate):
        read(raw, PAGE)
    with pytest.raises(ValueError, match="of the calendar"):
        read("2月30日", PAGE)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("自2019年以来", True),
        ("2019年3月以來", True),
        ("2019年至今", True),
        ("2019年3月5日", False),
        ("2019年，以来", False),
    ],
)
def test_a_year_since_which_something_goes_on(text: str, since: bool) -> None:
    ((_, end, _),) = printed_years(text)
    assert is_since(text, end) is since


def test_the_number_of_a_notice_prints_a_year_where_it_is_asked_for() -> None:
    text = "通报〔2024〕第18号、云政办［2023］5號、（2024）、〔2024〕"
    assert printed_years(text) == []
    assert [year for _, _, year in printed_years(text, numbered=True)] == [2024, 2023]


@pytest.mark.parametrize(
    ("raw", "part", "time"),
    [
        ("15时30分", None, "15:30"),
        ("3时", None, "03:00"),
        ("3点30分", None, None),  # of the morning or of the afternoon
        ("15点30分", None, "15:30"),
        ("凌晨2时33分", "early_morning", "02:33"),
        ("凌晨12点", "early_morning", "00:00"),
        ("清晨6时", "early_morning", "06:00"),
        ("早上8点", "morning", "08:00"),
        ("上午9时", "morning", "09:00"),
        ("上午９时０５分", "morning", "09:05"),
        ("上午10点整", "morning", "10:00"),
        ("中午12时", "noon", "12:00"),
        ("中午1点", "noon", "13:00"),
        ("下午3点半", "afternoon", "15:30"),
        ("下午三时一刻", "afternoon", "15:15"),
        ("下午15时", "afternoon", "15:00"),
        ("傍晚6点", "evening", "18:00"),
        ("晚8点", "evening", "20:00"),
        ("晚上7:30", "evening", "19:30"),
        ("晚上12点", "evening", None),  # of the next day
        ("深夜11点", "night", "23:00"),
        ("深夜1点", "night", None),
        ("上午9时许", "morning", None),
        ("上午9时左右", "morning", None),
        ("上午9时至11时", "morning", None),
        ("24时", None, None),
    ],
)
def test_a_time_of_day(raw: str, part: str | None, time: str | None) -> None:
    assert read(raw) == Date(None, None, None, "vague", "none", part, time)
    dated = read(f"5月4日{raw}", PAGE)
    assert (dated.edtf, dated.day_part, dated.time) == ("2023?-05-04", part, time)
    assert dated.precision == ("part_of_day" if part else "day")


@pytest.mark.parametrize("raw", ["25时", "15时61分", "上午9:75", "5月4日25时", "24时30分"])
def test_no_such_time(raw: str) -> None:
    with pytest.raises(ValueError, match=f"expected a time of the clock, found “{raw}”"):
        read(raw)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年5月4日，二〇二二年的名单", [("2023", 2023), ("二〇二二", 2022)]),
        ("民國112年、今（111）年5月", [("112", 2023), ("111", 2022)]),
        ("隐患排查2023行动发放2000份", [("2023", 2023)]),
        ("2023.5亿元、12023人、2,023人、1990年代", []),
        ("2021-2025年", [("2021", 2021), ("2025", 2025)]),
    ],
)
def test_the_years_that_a_text_prints(text: str, years: list[tuple[str, int]]) -> None:
    assert [(text[start:end], year) for start, end, year in printed_years(text, year=2023)] == years


def test_figures_that_stand_alone_are_no_year_of_their_own() -> None:
    assert printed_years("共2000份，2023行动") == []
    assert Known.of({2022, 2023}, None) == Known()
    assert Known.of({2022}, 2023).year() == (2022, "article")
    assert Known.of({2021, 2022}, 2023).year() == (2023, "page")


# ---------------------------------------------------------------- EDTF

GOOD = {
    "2023-05-04": ("2023-05-04", "2023-05-04", "day"),
    "2023?-05-04": ("2023-05-04", "2023-05-04", "day"),
    "2023?-05-04/2023?-05-06": ("2023-05-04", "2023-05-06", "day"),
    "2024-02": ("2024-02-01", "2024-02-29", "month"),
    "9999-12": ("9999-12-01", "9999-12-31", "month"),
    "2023?": ("2023-01-01", "2023-12-31", "year"),
    "2021/2025": ("2021-01-01", "2025-12-31", "year"),
    "2019/..": ("2019-01-01", None, "year"),
    "2023?-05-04/..": ("2023-05-04", None, "day"),
    "../2025-12-31": (None, "2025-12-31", "day"),
    "../2023?-05": (None, "2023-05-31", "month"),
    "../2023": (None, "2023-12-31", "year"),
    "../XXXX-05-04": (None, None, "day"),
    "XXXX-02-29": (None, None, "day"),
    "XXXX-05": (None, None, "month"),
    "XXXX-05-04/XXXX-05-06": (None, None, "day"),
}
MALFORMED = [
    "", "2023-5-4", "2023-05-04?", "?2023-05-04", "2023-05?-04", "2023~", "XXXX", "XXXX?-05-04", "202X-05-04",
    "2023-13-01", "2023-00", "2023-05-32", "2023-05-04/", "/2023", "2023/2023-05", "2023?/2024",
    "2021/2022/2023", "XXXX-05-04/2023-05-06", "２０２３-05-04", "2023-05-04\n", " 2023",
    "2023-05-04/...", "../2023/..", "../..", "..", ".../2023", "2023/....", "20230504",
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


def in_chinese(number: int) -> str:
    """A number up to 99 as Chinese prints it: 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else "〇一二三四五六七八九"[tens] + "十") + " 一二三四五六七八九"[
        ones
    ].strip()


def in_wide_figures(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def year_in_chinese(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(figure)] for figure in str(year))


FIGURES = (
    (str, str),
    (str, "{:02}".format),
    (in_wide_figures, in_wide_figures),
    (year_in_chinese, in_chinese),
    (str, in_chinese),
)


@st.composite
def printed_dates(draw: st.DrawFn) -> tuple[str, int | None, Basis]:
    """A printed date of the calendar, with the year for it and its basis."""
    first, last = sorted(draw(st.lists(st.dates(day("1000-01-01"), day("2999-12-31")), min_size=2, max_size=2)))
    stated = draw(st.booleans())
    if not stated:
        # A range without years lies in one year, and the day must exist in it.
        last_day = min(last.day, monthrange(first.year, last.month)[1])
        first, last = sorted((first, date(first.year, last.month, last_day)))
    forms = ["{m}月", "{m}月{d}日", "{m}月{d}号", "{m}月{d}日上午", "{m}月{d}日下午3时"] + (["{y}年"] if stated else [])
    form = draw(st.sampled_from(forms))
    if stated and form != "{y}年":
        form = "{y}年" + form
    points = [first, last] if draw(st.booleans()) else [first]
    year, number = draw(st.sampled_from(FIGURES))
    raw = draw(st.sampled_from("至到-—")).join(
        form.format(y=year(point.year), m=number(point.month), d=number(point.day)) for point in points
    )
    basis: Basis = draw(st.sampled_from(("article", "page", "none")))
    return raw, None if basis == "none" else first.year, basis


@given(printed_dates())
def test_bounds_of_the_edtf_are_the_days(printed: tuple[str, int | None, Basis]) -> None:
    raw, year, basis = printed
    assert found(f"讯，{raw}，周口") == [raw]
    result = read(raw, known(year, basis))
    assert result.edtf is not None
    precision = result.precision.replace("part_of_day", "day")
    assert bounds(result.edtf) == (result.start, result.end, precision)
    assert re.search(EDTF_PATTERN, result.edtf)
    assert ("?" in result.edtf) == (result.year_basis == "page")
    assert (result.start is None) == (result.year_basis == "none") == ("XXXX" in result.edtf)


@st.composite
def printed_runs(draw: st.DrawFn) -> tuple[str, date, date]:
    """A printed run of days or months of a year, with its first and its last day."""
    year, month = draw(st.integers(1900, 2099)), draw(st.integers(1, 12))
    tenths = {"上": (1, 10), "中": (11, 20), "下": (21, 0), "上中": (1, 20), "中下": (11, 0)}
    tenth, quarter, half = draw(st.sampled_from(sorted(tenths))), draw(st.integers(1, 4)), draw(st.integers(0, 1))
    first, last = tenths[tenth]
    runs = {
        f"{year}年{month}月{tenth}旬": (month, first, month, last),
        f"{year_in_chinese(year)}年{in_chinese(month)}月{tenth}旬": (month, first, month, last),
        f"{year}年{month}月底": (month, 1, month, 0),
        f"{year}年{month}月初": (month, 1, month, 0),
        f"{year}年第{quarter}季度": (3 * quarter - 2, 1, 3 * quarter, 0),
        f"{year}年{in_chinese(quarter)}季度": (3 * quarter - 2, 1, 3 * quarter, 0),
        f"{year}年{'上下'[half]}半年": (6 * half + 1, 1, 6 * half + 6, 0),
        f"{year}年前三季度": (1, 1, 9, 0),
        f"民国{year - 1911}年{month}月" if year > 1911 else f"{year}年{month}月": (month, 1, month, 0),
        f"{year}年底": (1, 1, 12, 0),
    }
    raw = draw(st.sampled_from(sorted(runs)))
    start_month, start, end_month, end = runs[raw]
    return raw, date(year, start_month, start), date(year, end_month, end or monthrange(year, end_month)[1])


@pytest.mark.long
@settings(deadline=None)
@given(printed_runs())
def test_a_run_of_days_or_months_is_what_the_calendar_and_the_edtf_library_say(printed: tuple[str, date, date]) -> None:
    raw, first, last = printed
    assert found(f"讯，{raw}，云河市") == [raw]
    result = read(raw)
    assert (result.start, result.end, result.year_basis) == (first, last, "stated")
    assert result.edtf is not None and re.search(EDTF_PATTERN, result.edtf)
    parsed = parse_edtf(result.edtf)
    assert parsed.lower_strict()[:3] == first.timetuple()[:3]
    assert parsed.upper_strict()[:3] == last.timetuple()[:3]


@pytest.mark.long
@settings(deadline=None)
@given(
    st.sampled_from(
        ["5月4日", "12月", "2月29日", "去年3月", "今天", "昨晚",
         "大前天", "上周五", "周三", "23日", "19日至20日", "本月5日",
         "上月20日", "3月下旬", "四季度", "5月30日至6月2日", "上半年", "明年"]
    ),
    st.dates(day("1950-01-01"), day("2099-12-31")),
    st.booleans(),
)  # fmt: skip
def test_what_counts_from_the_date_of_publication_agrees_with_the_library(raw: str, on: date, planned: bool) -> None:
    result = read(raw, Known(on, planned=planned))
    if result.edtf is None or result.year_basis == "none":
        assert (result.start, result.end) == (None, None)
        return
    assert result.start is not None and result.end is not None
    assert re.search(EDTF_PATTERN, result.edtf)
    parsed = parse_edtf(result.edtf)
    assert parsed.lower_strict()[:3] == result.start.timetuple()[:3]
    assert parsed.upper_strict()[:3] == result.end.timetuple()[:3]
    if raw in (
        "5月4日",
        "12月",
        "2月29日",
        "周三",
        "23日",
        "19日至20日",
        "3月下旬",
        "四季度",
        "5月30日至6月2日",
        "上半年",
    ):
        assert result.end >= on if planned else result.start <= on
        assert abs((result.start - on).days) < 9 * 366


@pytest.mark.long
@settings(deadline=None)  # the grammar of the library is slow to parse with
@given(printed_dates())
def test_the_edtf_library_agrees(printed: tuple[str, int | None, Basis]) -> None:
    """Every form parses there, the uncertain year too, whose strict bounds are those of the plain one."""
    raw, year, basis = printed
    result = read(raw, known(year, basis))
    assert result.edtf is not None
    parsed = parse_edtf(result.edtf)
    low, high = parsed.lower_strict()[:3], parsed.upper_strict()[:3]
    if result.start is None or result.end is None:
        # Without a year the library bounds the date by all years there are; month and day are compared.
        assert (low[0], high[0]) == (0, 9999)
        dated = read(f"2000年{raw}")
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
        ("2019/..", "Level1Interval"),
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
