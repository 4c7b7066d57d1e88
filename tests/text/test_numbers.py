"""What a printed number is worth; cn2an is the second reader. All sentences are invented."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingang.text import numerals
from lingang.text.numbers import Number, find, no_count, read

MEASURES = tuple("名个条届次项大人所家位件")


def told(sentence: str) -> Number:
    """What the number in ‹ › says."""
    text = sentence.replace("‹", "").replace("›", "")
    return read(text, sentence.index("‹"), sentence.index("›") - 1, MEASURES)


def found(text: str) -> list[str]:
    return [text[token.start : token.end] for token in find(text)]


# ---------------------------------------------------------------- a number with its value

GOOD = [
    # plain figures, thousands, full width
    ("松岭县‹198名›学生领奖", 198, "名", "exact"),
    ("松岭县‹1,198名›学生领奖", 1198, "名", "exact"),
    ("松岭县‹1，198名›学生领奖", 1198, "名", "exact"),
    ("松岭县‹２１９８名›学生领奖", 2198, "名", "exact"),
    ("松岭县‹２198名›学生领奖", 2198, "名", "exact"),
    ("松岭县‹１，１９８，０００元›到账", 1198000, "元", "exact"),
    ("全年收入‹1,198,000.5元›", 1198000.5, "元", "exact"),
    ("捐款NT$‹2,072元›", 2072, "元", "exact"),
    ("共‹0个›", 0, "个", "exact"),
    # decimals
    ("地震‹5.5级›", 5.5, "级", "exact"),
    ("全长‹0.07公里›", 0.07, "公里", "exact"),
    ("水深‹３．５米›", 3.5, "米", "exact"),
    ("气温‹零下5度›", -5, "度", "exact"),
    ("得分−3分，即‹−3分›", -3, "分", "exact"),
    # scales
    ("‹3万名›游客", 30000, "名", "exact"),
    ("‹1.5万人›赶集", 15000, "人", "exact"),
    ("‹１.５万人›赶集", 15000, "人", "exact"),
    ("吞吐‹4.1万标箱›", 41000, "标箱", "exact"),
    ("投资‹7億1,552萬元›", 715520000, "元", "exact"),
    ("投资‹1亿2000万元›", 120000000, "元", "exact"),
    ("总量‹1.2万亿元›", 1200000000000, "元", "exact"),
    ("‹3千人›", 3000, "人", "exact"),
    ("‹5百米›", 500, "米", "exact"),
    ("‹0.07万人›", 700, "人", "exact"),
    ("‹500千瓦›电站", 500, "千瓦", "exact"),
    ("‹20万千瓦›电站", 200000, "千瓦", "exact"),
    ("‹300兆瓦›电站", 300, "兆瓦", "exact"),
    # Chinese numerals
    ("‹一万二千名›观众", 12000, "名", "exact"),
    ("‹廿八萬人›", 280000, "人", "exact"),
    ("‹三十一人›", 31, "人", "exact"),
    ("‹三百零五人›", 305, "人", "exact"),
    ("‹两名›教师", 2, "名", "exact"),
    ("‹兩千三百人›", 2300, "人", "exact"),
    ("‹十人›", 10, "人", "exact"),
    ("‹十三点四公里›", 13.4, "公里", "exact"),
    ("‹两点五倍›", 2.5, "倍", "exact"),
    ("‹叁万伍仟元›", 35000, "元", "exact"),
    ("编为‹二〇二三号›", 2023, "号", "exact"),
    ("‹百名›志愿者", 100, "名", "exact"),
    # shares
    ("增长‹13.4%›", 13.4, "%", "exact"),
    ("增长‹13.4％›", 13.4, "％", "exact"),
    ("千分之三即‹3‰›", 3, "‰", "exact"),
    ("提高‹2.3个百分点›", 2.3, "个百分点", "exact"),
    ("占‹百分之十三点四›", 13.4, "百分之", "exact"),
    ("占‹千分之三›", 3, "千分之", "exact"),
    ("占‹百分之百›", 100, "百分之", "exact"),
    # other units
    ("检查‹20家次›", 20, "家次", "exact"),
    ("服务‹171人次›", 171, "人次", "exact"),
    ("现年‹37岁›", 37, "岁", "exact"),
    ("油价‹7.5元/升›", 7.5, "元/升", "exact"),
    ("共‹12›", 12, None, "exact"),
    # ordinals
    ("‹第二届›云河诗会", 2, "届", "exact"),
    ("‹第12次›会议", 12, "次", "exact"),
    ("‹二十届›代表", 20, "届", "exact"),
    # more or less
    ("‹200余名›学生", 200, "名", "at_least"),
    ("‹70余万元›", 700000, "元", "at_least"),
    ("‹400多万元›", 4000000, "元", "at_least"),
    ("‹1万多名›", 10000, "名", "at_least"),
    ("‹三千余人›", 3000, "人", "at_least"),
    ("‹四万五千余元›", 45000, "元", "at_least"),
    ("‹十余家›企业", 10, "家", "at_least"),
    ("‹1500多公里›", 1500, "公里", "at_least"),
    ("‹百余名›", 100, "名", "at_least"),
    ("‹500+名›", 500, "名", "at_least"),
    ("‹超过3万名›游客", 30000, "名", "at_least"),
    ("超过‹3万名›游客", 30000, "名", "at_least"),
    ("游客逾‹3万名›", 30000, "名", "at_least"),
    ("不少于‹3万名›游客", 30000, "名", "at_least"),
    ("‹3万名以上›游客", 30000, "名", "at_least"),
    ("‹3万名›以上游客", 30000, "名", "at_least"),
    ("有上‹百名›村民", 100, "名", "at_least"),
    ("已有‹3年›多", 3, "年", "at_least"),
    ("不到‹3万名›游客", 30000, "名", "at_most"),
    ("‹不足10人›", 10, "人", "at_most"),
    ("不超过‹10人›", 10, "人", "at_most"),
    ("‹10人以内›", 10, "人", "at_most"),
    ("近‹3万名›游客", 30000, "名", "about"),
    ("‹近3万名›游客", 30000, "名", "about"),
    ("‹约3万名›游客", 30000, "名", "about"),
    ("约‹800余名›游客", 800, "名", "about"),
    ("‹3万名左右›游客", 30000, "名", "about"),
    ("‹十来个›摊位", 10, "个", "about"),
    # words that only look so
    ("附近‹三名›村民", 3, "名", "exact"),
    ("最近‹三名›村民", 3, "名", "exact"),
    ("签约‹10个›项目", 10, "个", "exact"),
    ("会上‹百名›村民发言", 100, "名", "exact"),
    ("有‹3名›多元文化教师", 3, "名", "exact"),
]


@pytest.mark.parametrize(("sentence", "value", "unit", "qualifier"), GOOD)
def test_a_number_is_read_whole(sentence: str, value: float, unit: str | None, qualifier: str) -> None:
    number = told(sentence)
    assert (number.value, number.unit, number.qualifier) == (value, unit, qualifier)
    assert isinstance(number.value, int) == (value == int(value))
    quote = re.search("‹(.*)›", sentence)
    assert quote is not None
    assert (quote[1][slice(*number.unit_at)] if number.unit_at else None) == unit


# ---------------------------------------------------------------- a number whose value nobody tells

NO_VALUE = [
    ("‹数百名›学生", "several"),
    ("‹数十万元›", "several"),
    ("‹几十名›学生", "several"),
    ("‹几名›学生", "several"),
    ("‹二十几名›学生", "several"),
    ("‹十几万元›", "several"),
    ("‹若干项›", "several"),
    ("‹20-30名›学生", "range"),
    ("‹20至30名›学生", "range"),
    ("‹20～30名›学生", "range"),
    ("‹三到五名›学生", "range"),
    ("‹5%—8%›", "range"),
    ("‹二三十人›", "two ways"),
    ("‹三五名›学生", "two ways"),
    ("‹十七八岁›", "two ways"),
    ("‹20名至30名›学生", "range"),
    ("补贴‹2000元至3000元›", "range"),
    ("涨幅‹5个百分点到8个百分点›", "range"),
    ("从‹20名›至30名学生", "range"),
    ("从20名至‹30名›学生", "range"),
    ("‹近三分之二›的村民", "fraction about"),
    ("‹超过一半›村民", "fraction at_least"),
    ("‹约20-30名›学生", "range about"),
    ("成绩‹11秒07›", "several units"),
    ("成绩‹2分15秒07›", "several units"),
    ("以‹3:2›取胜", "ratio"),
    ("以‹3：2›取胜", "ratio"),
    ("以‹三比二›取胜", "ratio"),
    ("投资比‹8.5:37.0:54.5›", "ratio"),
    ("‹三分之一›的村民", "fraction"),
    ("‹三百分之一›", "fraction"),
    ("‹3/4›的村民", "fraction"),
    ("‹一半›村民", "fraction"),
    ("成绩‹2分15秒›", "several units"),
    ("成绩‹2分15秒38›", "several units"),
    ("成绩‹2分15.3秒›", "several units"),
    ("全程‹3小时20分›", "several units"),
    ("身高‹1米8›", "several units"),
    ("‹两个›半小时", "half"),
    ("‹两个半›小时", "half"),
    ("‹三百五人›", "two ways"),
    ("‹一万五人›", "two ways"),
    ("‹3万5人›", "two ways"),
    ("‹一二三名›", "two ways"),
    ("‹1.2兆元›", "two ways"),
    ("编号‹007号›", "two ways"),
    ("增长‹-3.5%›", "sign"),
    ("气温‹负3度›", "sign"),
    ("超过‹30人›以内", "both more and less"),
    ("‹1,19名›", "code"),
    ("‹2.0.1版›", "code"),
    ("走‹G45›高速", "code"),
    ("纪念‹5·12›", "code"),
    ("拨打电话‹6112345›", "code"),
    ("电‹0394-6112345›", "code"),
    ("电‹13812345678›", "code"),
    ("云政〔2023〕5号即云政‹〔2023〕5号›", "code"),
    ("号码‹138****1234›", "code"),
    ("‹3½米›", "code"),
    ("‹10³米›", "code"),
    ("‹12345678901234567890个›", "more figures"),
]


@pytest.mark.parametrize(("sentence", "why"), NO_VALUE)
def test_a_number_without_one_value_has_none(sentence: str, why: str) -> None:
    number = told(sentence)
    assert number.value is None
    assert why in f"{number.form} {number.qualifier} {number.reason}"
    assert no_count(number)


# ---------------------------------------------------------------- what is cut, or no number

REFUSED = [
    ("松岭县1,‹198名›学生领奖", "expected the whole number 1,198"),
    ("松岭县1，‹198名›学生领奖", "expected the whole number 1，198"),
    ("松岭县２‹198名›学生领奖", "expected the whole number ２198"),
    ("1.‹5万人›", "expected the whole number 1.5万"),
    ("‹1›.5万人", "expected the whole number 1.5万"),
    ("‹3›万名", "expected the whole number 3万"),
    ("一万‹二千名›", "expected the whole number 一万二千"),
    ("数‹百名›", "expected the whole number 数百"),
    ("二十‹几名›", "expected the whole number 二十几"),
    ("‹200›余名", "expected the whole number 200余"),
    ("20-‹30名›", "expected the whole number 20-30"),
    ("‹20名›至30名学生", "expected the whole number 20名至30"),
    ("20元至‹30元›", "expected the whole number 20元至30"),
    ("11秒‹07›", "expected the whole number 11秒07"),
    ("‹5%›至8%之间", "expected the whole number 5%至8"),
    ("3:‹2›取胜", "expected the whole number 3:2"),
    ("三分之‹一›", "expected the whole number 三分之一"),
    ("百分之‹十三›", "expected the whole number 百分之十三"),
    ("2分‹15秒›", "expected the whole number 2分15"),
    ("零下‹5度›", "expected the whole number 零下5"),
    ("增长-‹3.5%›", "expected the whole number -3.5"),
    ("第‹二届›", "expected the whole number 第二"),
    ("走G‹45›高速", "expected the whole number G45"),
    ("‹3›½米", "expected the whole number 3½"),
    ("‹198›名学生", "expected the measure word too, 198名"),
    ("‹3名学生和2名教师›", "expected one number"),
    ("‹名学生›", "expected one number, found none"),
    ("共‹，3名›", "expected a number and its unit"),
    ("共‹3名，›", "expected a number and its unit"),
    ("‹5月›4日", "which is of the date “5月4日”"),
    ("上午‹9时›30分", "which is of the date “上午9时30分”"),
    ("‹2023年›", "which is of the date “2023年”"),
]


@pytest.mark.parametrize(("sentence", "says"), REFUSED)
def test_a_part_of_a_number_is_refused_with_the_whole(sentence: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"\Aexpected ") as caught:
        told(sentence)
    assert says in str(caught.value)
    assert "found" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一等奖10名、二等奖15名", ["一", "10", "二", "15"]),
        ("5局3胜，7降2升1持平，一死四伤", ["5", "3", "7", "2", "1", "一", "四"]),
        ("第1，198人", ["第1", "198"]),
        ("12，198，5", ["12", "198", "5"]),
        ("13.45元/500克", ["13.45", "500"]),
        ("统一百货，唯一一名", ["百", "一"]),
        ("其余百名，总人数千名", ["百", "千"]),
        ("队伍百余人，陆续到场", ["百余"]),
        ("①3名②5名", ["3", "5"]),
        ("第二、三届", ["第二", "三"]),
        ("共5斤3两", ["5斤3"]),
    ],
)
def test_every_number_of_a_text_is_found_as_long_as_it_goes(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers


# ---------------------------------------------------------------- the second reader

CHINESE = "零〇一二三四五六七八九两十百千万亿廿卅点"


def second(text: str) -> Decimal | None:
    """What cn2an reads, as a decimal."""
    for mode in ("strict", "normal", "smart"):
        with suppress(ValueError):
            return Decimal(str(cn2an.cn2an(text, mode)))
    return None


@given(st.integers(0, 10**16 - 1), st.sampled_from(["low", "up"]))
def test_every_whole_number_that_cn2an_writes_is_read(number: int, mode: str) -> None:
    printed = cn2an.an2cn(str(number), mode)
    value = numerals.value(printed)
    assert value in (None, number)
    # 一百十 or 亿亿 are not written by everybody; below a hundred million all are.
    assert value == number or number >= 10**8
    if mode == "low" and number > 9:
        assert found(f"有{printed}名")[0] == printed


@given(st.decimals(0, 10**8 - 1, places=2))
def test_every_decimal_that_cn2an_writes_is_read(number: Decimal) -> None:
    printed = cn2an.an2cn(f"{number:f}", "low")
    assert numerals.value(printed) == number


@given(st.integers(1, 10**8 - 1), st.sampled_from(["", "万", "亿"]), st.booleans())
def test_figures_with_thousands_and_a_scale(number: int, scale: str, wide: bool) -> None:
    printed = f"{number:,}{scale}"
    if wide:
        printed = printed.translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
    assert numerals.value(printed) == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert found(f"有{printed}名") == [printed]


@st.composite
def altered_numerals(draw: st.DrawFn) -> str:
    """Some numeral, a few characters of which were lost, doubled, moved or mistaken; or any characters."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.text(CHINESE, min_size=1, max_size=7))
    number = draw(st.one_of(st.integers(0, 99), st.integers(0, 99999), st.integers(0, 10**12)))
    point = draw(st.sampled_from(["", "点五", "点零四", "点五万", "万", "亿", "万亿"]))
    chars = list(cn2an.an2cn(str(number), "low") + point)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, max(0, len(chars) - 1)))
        chars[at : at + draw(st.integers(0, 1))] = draw(st.sampled_from(["", *CHINESE]))
    return "".join(chars) or "零"


@pytest.mark.long
@settings(max_examples=600, deadline=None)
@given(altered_numerals())
def test_what_is_read_of_any_characters_is_what_cn2an_reads(text: str) -> None:
    value = numerals.value(text)
    if value is None:
        return
    # 两 is 二 there, 百 is 一百, and a scale behind decimals it does not know.
    plain = text.replace("〇", "零").replace("廿", "二十").replace("卅", "三十").replace("两", "二")
    plain = re.sub("^(?=[百千万亿])", "一", plain)
    scale = 1
    if scaled := re.fullmatch("(.*点.*?)(万亿|万|亿)", plain):
        plain, scale = scaled[1], {"万": 10**4, "亿": 10**8, "万亿": 10**12}[scaled[2]]
    other = second(plain)
    assert other is not None
    assert value == other * scale


@given(
    st.integers(1, 9999), st.integers(0, 9999), st.integers(0, 9999), st.booleans(),
    st.sampled_from(["{:,}", "{}"]), st.sampled_from([("亿", "万"), ("億", "萬")]),
)  # fmt: skip
def test_mixed_figures_are_what_they_add_up_to(
    hundred_millions: int,
    ten_thousands: int,
    ones: int,
    ten_thousand_millions: bool,
    form: str,
    scales: tuple[str, str],
) -> None:
    high, low = scales
    printed, value = f"{form.format(hundred_millions)}{high}", hundred_millions * 10**8
    if ten_thousand_millions:
        printed, value = f"{form.format(hundred_millions)}{low}{high}", value * 10**4
    if ten_thousands > 9:
        printed, value = f"{printed}{form.format(ten_thousands)}{low}", value + ten_thousands * 10**4
    if ones > 999:
        printed, value = f"{printed}{form.format(ones)}", value + ones
    assert numerals.value(printed) == value
    assert found(f"共{printed}元") == [printed]
    # One figure behind a scale may be of the next place: 3万5.
    assert numerals.value(f"{ten_thousands + 1}万{ones % 10}") is None


@given(
    st.text(
        "0123456789，,.-—至到:：比%‰/·*+万亿千百十几数余多来第半个名人分之点时月日一二三五两零〇廿负G①½", max_size=10
    )
)
def test_numbers_are_apart_and_a_part_of_one_is_never_read(text: str) -> None:
    tokens = find(text)
    last = 0
    for start, end, _ in tokens:
        assert last <= start < end <= len(text)
        last = end
    for left, right in pairwise(tokens):
        assert not (
            left.end == right.start and text[left.end - 1] in "0123456789" and text[right.start] in "0123456789"
        )
    digits = {index for token in tokens for index in range(token.start, token.end)}
    assert all(index in digits for index, char in enumerate(text) if char in "0123456789")
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            with suppress(ValueError):
                read(text, start, end)
                inside = [token for token in tokens if token.start < end and start < token.end]
                assert len(inside) == 1
                assert start <= inside[0].start and inside[0].end <= end
