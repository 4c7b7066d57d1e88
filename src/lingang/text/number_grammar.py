"""Where the numbers of a text stand, each as long as the text gives it.

A number is its digits, its scale (万, 亿) and 余, 多, 几, without the measure word behind it. A text is read with its
white space removed. What is longer than one number, a score, a range, a code, is one run too, so that no part of
it is taken for a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from lingang.text.numerals import plain

__all__ = ["NumberToken", "find"]


class NumberToken(NamedTuple):
    """A run of a text, half open, and what it is.

    ============  ====================================================================================
    number        ``198``, ``1,198``, ``1.5万``, ``一万二千``, ``70余万``, ``二十几``, ``数百``, ``500+``
    ordinal       第 and a number: ``第二``, ``第1-5``
    share         ``百分之十三点四``, ``千分之三``, ``百分之二十至三十``
    range         ``20-30``, ``三至五``, ``5%—8%``, ``20元至30`` (元)
    ratio         ``3:2``, ``3比2``, ``8.5:37.0:54.5``
    fraction      ``三分之一``, ``3/4``, 一半
    compound      ``2分15`` (秒), ``11秒07``, ``1米8``, ``两块五``, ``三年六`` (个月)
    code          ``G45``, ``5·12``, ``2.0.1``, ``138****1234``, ``〔2023〕5号``, telephone numbers
    ============  ====================================================================================
    """

    start: int
    end: int
    form: str


_DIGITS = "零一二三四五六七八九"
_FORMAL = "壹贰貳叁叄肆柒捌玖"
# 一 of 统一, 唯一 is no number; 百 of 百分点 and 百帕, 千 of 千克 and 千米, 兆 of 兆瓦 begin the unit.
_HUNDRED, _THOUSAND, _TRILLION = (
    "百(?!分[点比之]|帕)",
    "千(?![克米瓦伏卡焦赫帕])",
    "(?<=[0-9十百千万亿])兆(?![瓦帕赫欧伏焦字])",
)
_TO = "[-－–—~～至到]|——|--"
_SIGN = (
    "(?:(?<![0-9A-Za-z])[-－−](?=[0-9])|零下(?=[0-9一二三四五六七八九十])|(?<![0-9一二三四五六七八九十])负(?=[0-9]))"
)

# With a wide comma only where no list can be meant: 第1，198 and 12，198，5 are two and three numbers.
_GROUPED = (
    r"(?<![0-9.])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9]|,[0-9])(?:\.[0-9]+)?"
    r"|(?<![0-9.第])(?<![0-9]，)[1-9][0-9]{0,2}(?:，[0-9]{3})+(?![0-9]|，[0-9])(?:\.[0-9]+)?"
)
_PLAIN_ARABIC = r"[0-9]+(?:\.[0-9]+)?"
_ARABIC = f"(?:{_GROUPED}|{_PLAIN_ARABIC})"
_FEW = "(?:几(?=[十百千万亿])|(?<![人总指次系分岁户件多少倍个位单双基计代参])数(?=[十百千万亿]))"
_FORMAL_RUN = (
    f"(?:[{_FORMAL}](?=[拾佰仟百千万亿])|[伍陆參](?=[拾佰仟])|(?<=[拾佰仟万亿])[{_FORMAL}伍陆參零]"
    f"|[拾佰仟](?<=[{_FORMAL}伍陆參].))"
)
_UNIT = (
    f"(?:{_ARABIC}|{_FORMAL_RUN}|(?!(?<=[统唯专同单逐划归])一)[{_DIGITS}廿卅十万亿]|(?<![0-9])两"
    f"|{_HUNDRED}|{_THOUSAND}|{_TRILLION}|{_FEW})"
)
_DECIMAL = f"(?<=[{_DIGITS}两十百千万])点[{_DIGITS}]+(?![分刻半整十廿卅]|点)"
_MORE = (
    "(?:(?<=[0-9十百千万亿拾佰仟])[余多]|(?<=[十廿卅])几|(?<=[十百千万])来(?![到自宾访客了说看往])"
    r"|(?<=[0-9])\+(?![0-9A-Za-z]))"
)
_RUN = f"(?:(?![点余多])(?:{_UNIT}|{_DECIMAL}|[余多](?=[万亿]))+{_MORE}?)"

_CODE = "|".join(
    (
        r"[〔\[［【（(][0-9]{4}[〕\]］】）)]第?[0-9零一二三四五六七八九十百]+号",
        r"[A-Za-z]+[.\-－]?[0-9][0-9A-Za-z.\-－+/]*",
        r"[0-9*＊]*[0-9][*＊]{2,}[0-9*＊]*|[*＊]{2,}[0-9][0-9*＊]*",
        r"[0-9]+(?:\.[0-9]+){2,}",
        r"[0-9]+(?:[·•‧・∙][0-9]+)+|[一二三四五六七八九十]+(?:[·•‧・∙][一二三四五六七八九十]+)+",
        r"[0-9]+(?:\+[0-9A-Za-z]+)+",
        r"[0-9.]+(?:[×✕xX*＊][0-9.]+)+",
        r"0[0-9]{2,3}[-－—]?[0-9]{7,8}(?![0-9])|1[3-9][0-9]{9}(?![0-9])|[0-9]+(?:[-－][0-9]+){2,}",
        f"(?!(?:{_GROUPED}))[0-9]+(?:,[0-9]+)+",
    )
)
_SMALL = f"(?:[0-9]{{1,2}}|[{_DIGITS}两十]{{1,3}})"
_COMPOUND = (
    r"(?:[0-9]+分)?[0-9]+秒[0-9]{1,3}(?![0-9])"
    r"|[0-9]+(?:个?小时|时)[0-9]+(?=分)(?:分[0-9]+(?=秒))?|[0-9]+分钟?[0-9]+(?:\.[0-9]+)?(?=秒)|[0-9]+[′'][0-9.]+"
    rf"|[{_DIGITS}两十]+分[{_DIGITS}十]+(?=秒)|(?<![0-9.])[0-9]+(?:米|元|岁|块|斤|丈|尺)[0-9]+(?![0-9]*[名个人岁户家米多余])"
    r"|[0-9]+元[0-9]角(?:[0-9](?=分))?|[0-9]+斤[0-9]+(?=两)|[0-9]+[°度][0-9]+(?=[′分])"
    rf"|{_SMALL}[块塊元米角毛斤丈尺][一二三四五六七八九]{{1,2}}(?=[，。；：！？、）)”’」』\n]|\Z|[毛角钱錢的左多高长宽长厚]|一[斤个份只张碗件]|每)"
    rf"|(?<![0-9{_DIGITS}两十]){_SMALL}年零?{_SMALL}(?=[个個]月)"
)
_COUNTED = f"(?:{_PLAIN_ARABIC}|[{_DIGITS}两十百]+)"
_FORMS = (
    ("code", _CODE),
    ("compound", _COMPOUND),
    (
        "fraction",
        f"(?:[{_DIGITS}两几十]|(?:{_ARABIC}|[{_DIGITS}两几十百千万])(?:{_ARABIC}|[{_DIGITS}两几十百千万])+|[0-9]+)分之(?:{_RUN}|几)",
    ),
    ("fraction", r"[0-9]+(?:[/／][0-9]+)+|(?<![十百千万])一半"),
    ("share", f"[百千万]分之{_SIGN}?{_RUN}(?:(?:{_TO})(?:[百千万]分之)?{_RUN})?|百分之几"),
    ("ratio", rf"{_PLAIN_ARABIC}(?:[:：∶比]{_PLAIN_ARABIC})+|{_COUNTED}比{_COUNTED}(?:比{_COUNTED})*"),
    ("number", f"(?P<sign>{_SIGN})?(?P<run>{_RUN})|几|若干"),
)
# What makes a range of a number: 20-30, 5%—8%, 20元至30元. From 20元 to 30元 (从20元到30元) are two numbers.
_TO_LAST = f"(?:[%％‰℃]?(?:{_TO}){_SIGN}?|(?P<unit>[㐀-鿿%％‰℃/]{{1,4}})(?:{_TO})){_RUN}(?(unit)(?=(?P=unit)))"
_FROM = frozenset("从從由自")
_FIRST = f"[0-9A-Za-z*＊〔\\[［【（({_DIGITS}两廿卅十百千万亿几数若零负\\-－−{_FORMAL}伍陆參第]"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number of any form but a range, and the rest of a range; made when the first text is read."""
    forms = "|".join(f"(?P<{form}{number}>{pattern})" for number, (form, pattern) in enumerate(_FORMS))
    return re.compile(f"(?={_FIRST})(?P<nth>第)?(?:{forms})"), re.compile(_TO_LAST)


def _matches(read: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and form of each number."""
    token, to_last = _patterns()
    at = 0
    while match := token.search(read, at):
        form = (match.lastgroup or "number").rstrip("0123456789")
        at = match.end()
        if match["run"]:
            begins, last = match.start("run"), to_last.match(read, at)
            if last and not (last["unit"] and (match["sign"] or read[begins - 1 : begins] in _FROM)):
                form, at = "range", last.end()
        yield match.start(), at, "ordinal" if match["nth"] and form in ("number", "range") else form


# Figures of other scripts and small ones, which no number here has: 3½, 10³, ٣.
_ODD = re.compile("[²³¹⁰-⁹₀-₉¼-¾⅐-⅞〡-〩٠-٩۰-۹०-९𝟎-𝟿]")
# 电话6112345: figures that count nothing.
_CALLED = re.compile(r"(?:电话|手机|热线|传真|邮编|编号|编码|证号|号码|QQ|微信|車牌|车牌)[^，。；！？\n0-9]{0,3}\Z")


@lru_cache(maxsize=64)  # the same texts are asked for by several rules
def find(text: str) -> tuple[NumberToken, ...]:
    """Every number of a text without white space, in order."""
    read = plain(text, formal=False)
    out: list[NumberToken] = []
    for start, end, form in _matches(read):
        while start > 0 and _ODD.match(read, start - 1):
            start, form = start - 1, "code"
        while _ODD.match(read, end):
            end, form = end + 1, "code"
        if form == "number" and end - start > 4 and _CALLED.search(read, max(0, start - 8), start):
            form = "code"
        if out and start < out[-1].end:
            start, form = out.pop().start, "code"
        out.append(NumberToken(start, end, form))
    return tuple(out)
