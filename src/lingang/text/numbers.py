"""Printed numbers: what they are worth, read whole or not at all.

=============================  ==========  ================  ========================================
printed                        value       qualifier         unit
=============================  ==========  ================  ========================================
``1,198名``                    1198        exact             名
``4.1万标箱``                  41000       exact             标箱: without the scale
``13.4%``, ``百分之十三点四``  13.4        exact             % or 百分之, as printed
``70余万元``, ``500+``         700000      at_least          余, 多, ``+``, 超过, 逾, 至少, 以上
``不到3万名``                  30000       at_most           不到, 不足, 至多, 以内, 以下
``近3万名``, ``十来家``        30000       about             近, 约, 左右, 来; they outrank 余 and 多
``数百名``, ``二十几人``       null        several           几, 数 and 若干 stand for a figure nobody tells
``第二届``                     2           exact             届
``港币20万``, ``人民币5元``    200000, 5   exact             港币, 元: the currency before it, if none follows
=============================  ==========  ================  ========================================

Ranges (``20-30名``, ``二三十人``), scores and ratios (``3:2``), fractions (三分之一), numbers with several
units (``2分15秒``) and codes are known whole and have no value here; neither has what may be read in two ways (三百五).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from lingang.text import dates, numerals
from lingang.text.number_grammar import NumberToken, find

__all__ = ["UNREAD", "Cut", "Number", "NumberToken", "Qualifier", "find", "measured", "no_count", "read"]

Qualifier = Literal["exact", "at_least", "at_most", "about", "several"]

_BEFORE: dict[Qualifier, str] = {
    "at_most": "不超过|不超過|不到|不足|不满|不滿|未满|未滿|低于|低於|少于|少於|小于|小於|至多|最多|不高于|不高於"
    "|不多于|不多於",
    "at_least": "超过|超過|超出|突破|至少|起码|起碼|不少于|不少於|不低于|不低於|不下|高于|高於|多于|多於|大于|大於|逾"
    "|(?<![赶趕反高中英意德法西])超|(?<![会會路网網身头頭街线線车車船山海场場以之桌台墙牆地历歷])上(?=[百千万萬亿億])",
    "about": "大约|大約|大概|约为|約為|约有|約有|将近|將近|接近|差不多"
    "|(?<![节節签簽公条條合相预預邀契制])[约約]|(?<![附最临臨靠就将將接远遠])近",
}
_AFTER: dict[Qualifier, str] = {
    "at_most": "以内|以內|以下(?!简称|簡稱)|之内|之內",
    "at_least": "以上|开外|開外|[多余餘](?![功媒元样樣种種式层層项項党黨语語边邊维維方民产產])",
    "about": "左右|上下",
}
_BEFORE_NUMBER = re.compile("(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _BEFORE.items()) + ")")
_AFTER_NUMBER = re.compile("(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _AFTER.items()) + ")")
_LONGEST_BEFORE, _LONGEST_AFTER = 3, 2

# A currency that is printed before its sum: 新台币3000万元, 港币20万.
_CURRENCY = re.compile(
    "人民[币幣]|(?:新?[台臺])[币幣]|港[币幣元]|澳[门門](?:[币幣元])|美[元金]|[欧歐]元|日[元圆圓]|英[镑鎊]|[¥￥$]|(?:US|HK|NT)\\$"
)

_UNIT = re.compile("[㐀-鿿A-Za-zμµΩ°℃℉%％‰㎎-㏕²³/／·]{1,10}")
_HALF = re.compile("半(?![决決程导導径徑岛島球山路价價数數])")
_TO_NEXT = re.compile(r"(?:[-－–—~～至到]|——|--)(?=[0-9０-９一二两兩三四五六七八九十百千几幾])")
_FROM_LAST = re.compile(
    r"([0-9０-９一二两兩三四五六七八九十百千万萬亿億])([^，。；：！？、\n0-9]{0,4})(?:[-－–—~～至到]|——|--)\Z"
)

_NO_VALUE = {
    "range": "it is a range, not one number",
    "ratio": "it is a ratio or a score, not one number",
    "fraction": "it is a fraction",
    "compound": "it is told in several units",
    "code": "it is a code or a name, not a count",
}


@dataclass(frozen=True, slots=True)
class Number:
    """What a printed number says. ``value`` is a whole number where it is one, else the double nearest to what is
    printed, or ``None`` with the ``reason``. ``unit`` is the text that the quote holds besides the number, without
    words like 以上, and ``unit_at`` its place in the quote, half open."""

    value: int | float | None
    unit: str | None
    qualifier: Qualifier
    form: str
    unit_at: tuple[int, int] | None = None
    reason: str = ""


class Cut(ValueError):
    """A quote that holds a part of a number alone; ``whole`` is the number as the text gives it."""

    def __init__(self, whole: str, quote: str) -> None:
        super().__init__(f"expected the whole number {whole}, found “{quote}”")
        self.whole = whole


UNREAD = Number(None, None, "exact", "unread", reason="it is not one number that the grammar knows")
"""What a quote says that holds no number, or more than one: 首届."""


def measured(text: str, end: int, measures: Iterable[str] = ()) -> int:
    """The end in ``text`` of a number that ends at ``end`` with the longest of these measure words right behind it."""
    return end + max((len(word) for word in measures if text.startswith(word, end)), default=0)


_LARGEST = 2**63 - 1


def no_count(number: Number) -> str | None:
    """Why a number cannot stand in a column of whole numbers that has no qualifier beside it; ``None`` if it can."""
    if number.value is None:
        return number.reason
    if not isinstance(number.value, int):
        return "it is no whole number"
    if number.qualifier != "exact":
        return "it is not exact"
    return None if abs(number.value) <= _LARGEST else "it is too large"


def read(text: str, start: int, end: int, measures: Collection[str] = ()) -> Number:
    """The number that ``text[start:end]`` is: a whole number of the text with its unit; words like 近, 超过, 以上 may
    stand in it or beside it. A measure word of ``measures`` right behind the number must be in it.

    ``text`` has no white space. Raises ``Cut`` for a part of a number, ``ValueError`` for anything else.
    """
    token = _token(text, start, end)
    tail = text[token.end : end]
    if end < (whole := measured(text, token.end, measures)):
        raise ValueError(f"expected the measure word too, {text[start:whole]}, found “{text[start:end]}”")
    led = _BEFORE_NUMBER.match(text, start) if start < token.start else None
    led = led if led and led.end() <= token.start else None
    begins = led.end() if led else start
    currency = _CURRENCY.fullmatch(text, begins, token.start)
    if currency is None and begins < token.start:
        raise ValueError(f"expected a number and its unit, like 198名, found “{text[start:end]}”")
    unit, trail = _unit_and_word(tail)
    if unit and not _UNIT.fullmatch(unit):
        raise ValueError(f"expected a number and its unit, like 198名, found “{text[start:end]}”")
    words = {_kind(led or _word_before(text, start)), _kind(trail or _AFTER_NUMBER.match(text, end))} - {None}
    value, qualifier, reason = _valued(text[token.start : token.end], token.form, words)
    if value is not None:
        reason = _goes_on(text, start, end, token, unit)
    if token.form == "share":
        unit_at: tuple[int, int] | None = (token.start - start, token.start - start + 3)
    elif currency is not None and not unit:
        unit_at = (currency.start() - start, currency.end() - start)
    else:
        unit_at = (token.end - start, token.end - start + len(unit)) if unit else None
    return Number(
        None if reason else value,
        text[start + unit_at[0] : start + unit_at[1]] if unit_at else None,
        qualifier,
        token.form,
        unit_at,
        reason,
    )


def _token(text: str, start: int, end: int) -> NumberToken:
    """The one number that lies in ``text[start:end]``; raises ``ValueError`` if there is none, or more, or less."""
    quote = text[start:end]
    around = [token for token in find(text) if token.start < end and start < token.end]
    for day in dates.find(text):
        if (
            day.start < end
            and start < day.end
            and any(day.start < token.end and token.start < day.end for token in around)
        ):
            raise ValueError(f"expected a number, found “{quote}”, which is of the date “{text[day.start : day.end]}”")
    for token in around:
        if token.start < start or token.end > end:
            raise Cut(text[token.start : token.end], quote)
    if len(around) != 1:
        printed = "、".join(text[token.start : token.end] for token in around)
        raise ValueError(f"expected one number, found {printed or 'none'} in “{quote}”")
    return around[0]


def _unit_and_word(tail: str) -> tuple[str, re.Match[str] | None]:
    """What follows a number in its quote: the unit, and a word like 以上 at its end or at its beginning."""
    for start in range(max(0, len(tail) - _LONGEST_AFTER), len(tail)):
        if found := _AFTER_NUMBER.fullmatch(tail, start):
            return tail[:start], found
    if found := _AFTER_NUMBER.match(tail):
        return tail[found.end() :], found
    return tail, None


def _word_before(text: str, start: int) -> re.Match[str] | None:
    """The longest of the words like 近 and 不超过 that ends right before ``start``."""
    for size in range(_LONGEST_BEFORE, 0, -1):
        if start >= size and (found := _BEFORE_NUMBER.match(text, start - size)) and found.end() == start:
            return found
    return None


def _kind(word: re.Match[str] | None) -> str | None:
    return word.lastgroup if word else None


def _valued(printed: str, form: str, words: set[str | None]) -> tuple[int | float | None, Qualifier, str]:
    """Value, qualifier, and why there is no value."""
    plain = numerals.plain(printed)
    if re.search("[几数若]", plain) and form not in _NO_VALUE:
        return None, "several", "几, 数 and 若干 stand for a figure that is not told"
    if re.search(r"[余多+]\Z|[余多](?=[万亿])", plain):
        words = words | {"at_least"}
    if plain.endswith("来"):
        words = words | {"about"}
    if {"at_least", "at_most"} <= words:
        return None, "exact", "its words say both more and less"
    ranked: tuple[Qualifier, ...] = ("about", "at_least", "at_most", "exact")
    qualifier = next(known for known in ranked if known in words | {"exact"})
    if form in _NO_VALUE:
        return None, qualifier, _NO_VALUE[form]
    sign = re.match("第|[百千万]分之|零下|[-−－]|负", plain)
    number = numerals.value(re.sub("[余多来+]", "", plain[sign.end() if sign else 0 :]))
    if number is None:
        return None, qualifier, "it may be read in two ways, or is no number"
    if sign and sign.group() in "-－负":
        return None, qualifier, "its sign may be a dash, a minus or a defeat"
    if sign and sign.group() in ("零下", "−"):
        number = -number
    if number != number.to_integral_value():
        return float(number), qualifier, ""
    whole = int(number)
    if int(float(whole)) != whole:
        return None, qualifier, "it has more figures than a number of the tables holds"
    return whole, qualifier, ""


def _goes_on(text: str, start: int, end: int, token: NumberToken, unit: str) -> str:
    """Why the number is only a part of what is printed: 两个半, 20名至30名, 2小时 of 2小时30分."""
    if unit and ("半" in unit or _HALF.match(text, end)):
        return "half of the unit follows"
    if (to := _TO_NEXT.match(text, end)) and (
        unit == "" or to.group() not in "至到" or _same_unit(text, to.end(), unit)
    ):
        return _NO_VALUE["range"]
    back = _FROM_LAST.search(text, max(0, start - 8), start)
    if back and (back[2] == unit or not back[2]):
        return _NO_VALUE["range"]
    return ""


def _same_unit(text: str, start: int, unit: str) -> bool:
    return any(token.start == start and text.startswith(unit, token.end) for token in find(text))
