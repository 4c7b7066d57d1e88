"""Where the dates and times of a text stand, each as long as the text gives it.

A text is read with its white space removed; full-width and Chinese figures are figures here. A weekday or a lunar day
beside a full date is no part of it, unless the time of day follows: 5月4日（星期四） is 5月4日, 5月4日（星期四）上午 is
one expression.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

__all__ = ["DAY_PARTS", "DateToken", "Match", "find", "parsed", "plain"]

Span = tuple[int, int]


class DateToken(NamedTuple):
    """A run of a text, half open, and what it tells.

    =======  ===========================================================================================
    day      ``5月4日``, ``2023年5月4日上午9时``, ``8月21日至22日``, ``3月下旬``, 今日, 次日
    month    ``5月``, ``2023年5月``, ``1-5月``, ``5月底``, 本月
    year     ``2023年``, ``2021年至2025年``, ``2023年底``
    season   quarters and halves of a year: 一季度, 上半年
    told     a year told by its distance alone: 今年, 去年
    bare     a day without its month: ``23日``, ``19日至20日``, 下旬
    weekday  上周五, 周三, ``本周二（28日）``
    time     a time of day without a date: ``上午9时``, ``15时30分``
    feast    lunar and festival days: 正月十五, 春节
    vague    近日, 日前, 连日, 月底, 上周 and their like
    =======  ===========================================================================================
    """

    start: int
    end: int
    form: str


_PLAIN = str.maketrans(
    "０１２３４５６７８９．()：○零兩週號點時農曆國後當節慶陽臘個間禮這連來歷陰鐘許華黃曉裡聖勞兒軍師婦護樹雙",
    "0123456789.（）:〇〇两周号点时农历国后当节庆阳腊个间礼这连来历阴钟许华黄晓里圣劳儿军师妇护树双",
)

DAY_PARTS = {
    "凌晨": "early_morning",
    "清晨": "early_morning",
    "拂晓": "early_morning",
    "黎明": "early_morning",
    "晨": "early_morning",
    "早晨": "morning",
    "早上": "morning",
    "早间": "morning",
    "上午": "morning",
    "早": "morning",
    "中午": "noon",
    "正午": "noon",
    "午间": "noon",
    "午": "noon",
    "下午": "afternoon",
    "午后": "afternoon",
    "傍晚": "evening",
    "黄昏": "evening",
    "晚上": "evening",
    "晚间": "evening",
    "晚": "evening",
    "深夜": "night",
    "夜间": "night",
    "夜里": "night",
    "半夜": "night",
    "午夜": "night",
    "夜": "night",
}
"""The words for the parts of the day, as the vocabulary has them. 晨, 早, 午, 夜 alone only after 今, 昨, 当 and 日."""

_C = "〇一二三四五六七八九十廿卅"
_N = f"(?:[0-9]{{1,2}}|[{_C}]{{1,3}})"
_TO = "(?:[至到]|[-－–—―~～]{1,2})"
_LONG_PARTS = "|".join(sorted((word for word in DAY_PARTS if len(word) > 1), key=len, reverse=True))
# 晚会, 晚报 are words of their own, but 晚会议 is an evening and a meeting.
_PART = (
    f"(?:{_LONG_PARTS}|晚(?!会(?!议)|[报報宴餐年辈婚育稻班期点风]|點)|早(?=[0-9{_C}])|夜(?![校市景宵色晚班大幕游跑经]))"
)

# A time of day: 9时, 15时30分, 3点半, 9:30, 9时许.
_CLOCK = (
    rf"(?:(?P<hour>{_N})(?P<sign>时(?![代期段刻长辰])|点)"
    rf"(?:(?P<minute>{_N})分(?:{_N}秒)?|(?P<half>半)|(?P<quarters>[一三])刻|整)?钟?"
    r"|(?P<hours>[0-9]{1,2}):(?P<minutes>[0-9]{2})(?![0-9])(?::[0-9]{2})?(?:时|分)?)"
    r"(?P<loose>许|左右|前后|多)?"
)
_LUNAR_DAY = "(?:初[一二三四五六七八九十]|[廿卅]?[一二三四五六七八九十]{1,3}|廿)"
_LUNAR = (
    f"(?:农历|阴历|夏历)(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?|[0-9{_C}]{{2,4}}年|[今去明]年)?"
    f"(?:闰?(?:[正腊冬]|{_N})月(?:{_LUNAR_DAY}|{_N}日|[初底末上中下]旬?)?|除夕)?"
    f"|(?:[正腊]月|闰[{_C}]{{1,2}}月|大年)(?:{_LUNAR_DAY}|廿)?(?<!大年)"
    f"|(?<![0-9{_C}])[一二三四五六七八九十冬]{{1,2}}月初[一二三四五六七八九十](?![名个位家条次所])"
    "|八月十五(?!日|号)"
)
_FEAST_NAME = (
    "(?:春节|元旦|元宵节?|清明节?|端午节?|中秋节?|重阳节?|除夕|国庆节?|七夕节?|圣诞节?|腊八节?|(?:劳动|儿童|建军|教师|妇女|护士|植树|双十)节"
    "|(?:五一|十一|六一|七一|八一|三八)(?=国际|节|假|期间|小长假|黄金周))"
)
_FEAST = (
    f"{_FEAST_NAME}{_FEAST_NAME}?(?:小长假|假期|假日)?"
    "(?:期间|前后|前夕|当[天日]|之?前(?![往来去后])|[之过]?后(?![勤备续方台]))?"
)

# A weekday or lunar day beside a full date, before the time of day.
_BETWEEN = f"(?:（(?:星期|周|礼拜)[一二三四五六日天]）|(?:星期|周)[一二三四五六日天]|（(?:{_LUNAR})）)"

_YEAR = (
    f"(?:(?P<year>[12][0-9]{{3}})(?:年|(?={_TO}[12][0-9]{{3}}年))|(?P<digits>[一二][{_C[:10]}]{{3}})年"
    f"|(?:中华)?民国(?P<roc>元|[0-9]{{1,3}}|[{_C}百]{{1,6}})年"
    "|(?<!如)(?P<told>[今本去前明后当同次翌每])(?:（(?P<beside>[0-9]{3,4})）)?年(?![轻龄])"
    f"|(?P<short>[0-9]{{2,3}})年(?={_N}月{_N}[日号])|(?P<soon>[今去明])(?=年?[底末]))"
)
_MONTH = (
    f"(?:(?P<month>[0-9]{{1,2}}|[{_C}]{{1,2}}|元)(?:月份?|(?=(?:月份?)?{_TO}{_N}月))"
    "|(?<![登以])(?P<near>[本当次同]|[上下]个?)月(?![球亮饼季]))"
)
_DAY = f"(?P<day>{_N})(?P<label>[日号](?![常报均元])|(?={_TO}{_N}[日号]))"
_EDGE = f"(?<=[月份])(?P<edge>初(?![{_C}中级])|底(?![下层部])|末)"
# One end of a date: a year and what of it is printed.
_POINT = (
    f"{_YEAR}?(?:第?(?P<season>[1-4一二三四])(?:季度|(?={_TO}[1-4一二三四]季度))"
    "|前(?P<seasons>[23二两三])季度|(?P<semester>[上下])半年"
    f"|(?<=年)前(?P<months>{_N}|两)个月"
    f"|(?<=[年今去明])(?P<ends>年?(?:底(?![下层部蕴])|末|初(?![{_C}中级心步试期夏春秋冬])))"
    f"|{_MONTH}?(?:{_DAY}|(?P<tenth>上中|中下|[上中下])旬|{_EDGE})?)"
)


# After 至 stands what has its own unit; the rest is something else: 5月4日至今.
_GOES_ON = (
    f"(?=(?:[今本去明上下次同当]?个?[年月])?(?:{_PART})?(?:民国)?"
    f"[0-9{_C}元第上中下]{{1,6}}(?:[年月日号时点旬季]|:[0-9]{{2}}))"
)
_APART = f"(?<![0-9{_C}几])(?<![0-9]\\.)(?<![0-9{_C}]年)"
_ISO = (
    "(?<![0-9A-Za-z.])(?P<iso_year>(?:19|20)[0-9]{2})(?P<mark>[-/.])(?P<iso_month>[0-9]{1,2})(?P=mark)"
    "(?P<iso_day>[0-9]{2}|[0-9](?![0-9]))"
    "(?:日|(?P<iso_hour>[0-9]{2}):(?P<iso_minute>[0-9]{2})(?::[0-9]{2})?|(?![0-9./-]))"
)


def _beside(at: str) -> str:
    """A day of the month in brackets beside a word: 今（17）日, 本周二（28日）."""
    return f"（(?P<beside_day{at}>{_N})[日号]?）"


_RELATIVE = (
    "(?P<rel>(?<![如迄当至现])今|昨|(?<![文清])明|(?<![应相担恰适正])当|(?<![0-9一二三四五六七八九十多几每首层])[次翌隔]"
    "|(?<![不共相大])同|大?(?<![目日之以空年月])前|大?(?<![先今此年月])后)"
    f"(?:(?:{_beside('1')})?(?:日(?![益渐常报])|天(?![津然气空性]))"
    f"|(?:{_beside('2')})?(?P<rel_part>晚(?!会(?!议)|[报餐宴])|[晨早夜午](?![报餐饭宴间后])))(?:{_beside('3')})?"
)
_WEEK = (
    f"(?<![0-9{_C}每几数两逢])(?P<week>上上|[上本这下])?个?(?:周|星期|礼拜)"
    f"(?P<day_of_week>[一二三四五六日天末])(?:{_beside('4')})?"
)
_VAGUE = (
    "(?<![附临将接靠])近(?:日(?![益渐])|期)",
    f"(?<![0-9{_C}节假生作休周末期止念])日前",
    f"最近(?![几两数0-9{_C}]+年)",
    "前不久|不久前|(?<![接大])连日来?(?![报本])|今明两[天日]|昨今两[天日]|第二天|(?:上上|[上本这下])个?(?:周|星期)(?![一二三四五六日天末])",
    "(?<![0-9年月一二三四五六七八九十岁个])(?:月[初底末]|年[初底末])(?![下层部级中])",
    # A season of a year may begin in the one before, and is read as no part of it: 去年冬天.
    f"(?:(?:[12][0-9]{{3}}|[一二][{_C[:10]}]{{3}}|民国(?:元|[0-9]{{1,3}}|[{_C}百]{{1,6}}))年|[今去前明]年)的?[春夏秋冬]天",
)
_ALONE = f"(?=[0-9]{{1,2}}时|[{_C}]{{2,3}}时|{_N}[时点](?:{_N}分|半(?!决)|整|许|钟|左右|[一三]刻))"
_TIME = f"(?<![0-9{_C}])(?:(?P<part>{_LONG_PARTS}|[晚早](?=[0-9{_C}]))约?|{_ALONE}){_CLOCK}"
# What an expression begins with, but for a date with a year, month or day, which is looked for where none of these is.
_FORMS = (
    ("iso", _ISO),
    ("feast", f"{_LUNAR}|{_FEAST}"),
    ("vague", "|".join(_VAGUE)),
    ("relative", _RELATIVE),
    ("weekday", _WEEK),
    ("time", _TIME),
)
# How an expression begins: at most places a text is passed over without a look at the forms.
_BEGINS = re.compile(
    f"[0-9]|[{_C}](?=[{_C}百]{{0,5}}(?:[年月日号时点季夕]|{_TO})|一[国节假期小黄]|八[国节])"
    "|今[年天日晚晨早夜午（明底末]|昨[天日晚晨早夜午（今]|明[年天日晚晨早夜午（底末]|当[年月天日晚晨早夜午（]|[去本][年月周个星礼（底末]"
    "|[前后][年天日晚晨早夜午不23二两三（]|[同次翌每隔][年月天日晚晨早夜午（]|[上下这][午周个月旬半上中星礼]|中[午华秋旬下]"
    "|元[月旦宵]|第[1-4一二三四]|民国|[农阴夏]历|[腊正冬闰大][月八午年前后一二三四五六七八九十]|春节|清[明晨]|端午|重阳|除夕|国庆|圣诞|劳动"
    "|儿童|建军|教师|妇女|护士|植树|双十|近[日期]|日前|最近|不久|连日|周[一二三四五六日天末]|星期|礼拜|[月年][初底末]|凌晨|拂晓|黎明"
    f"|早[晨上间0-9{_C}]|午[间后夜]|傍晚|黄昏|晚[上间0-9{_C}]|深夜|夜[间里]|半夜"
)


_NO_DAY_BEFORE = re.compile("(?:为期|连续|历时|[每满近前后第约超逾共余多几作休停年月])\\Z")
_NO_DAY_AFTER = re.compile("[以之]?内|游|以上|间|后|制|前(?![往来去后])")
_NO_YEAR_AFTER = re.compile("代(?![表理办])|的?(?:历史|文明)|之久|以上")


def plain(text: str) -> str:
    """The text with the figures, brackets and characters that the grammar knows; as long as the text."""
    return text.translate(_PLAIN)


class _Patterns:
    """The patterns of an expression, each compiled once: a whole expression has some of them twice."""

    def __init__(self) -> None:
        self.head = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _FORMS))
        self.apart, self.point, self.clock = re.compile(_APART), re.compile(_POINT), re.compile(_CLOCK)
        self.before_clock = re.compile(f"{_BETWEEN}?(?:(?P<part>{_PART})约?)?")
        self.to, self.part = re.compile(f"{_TO}{_GOES_ON}"), re.compile(f"(?:{_PART})?")


_patterns = cache(_Patterns)


class Match:
    """An expression of a text: its kind, and what its groups print, and where; at its second end they are named with a
    2 (``day2``).

    Each part follows the one before as far as it goes: none after it can make it shorter.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.end = text, start, start
        self.groups: dict[str, Span] = {}
        self.kind = ""
        known = _patterns()
        head = known.head.match(text, start)
        if head is not None:
            self.kind = next(name for name, _ in _FORMS if head[name] is not None)
            self._take(head)
            if self.kind == "time":
                self._time_to()
            elif self.kind in ("feast", "relative", "weekday"):
                self._time()
        elif known.apart.match(text, start):
            self.kind = "absolute"
            self._point()
            if on := known.to.match(text, self.end):
                self.end = on.end()
                self._point("2")

    def __getitem__(self, group: str) -> str | None:
        return self.text[slice(*self.groups[group])] if group in self.groups else None

    def span(self) -> Span:
        return self.start, self.end

    def _take(self, found: re.Match[str], at: str = "") -> None:
        self.groups |= {
            f"{name}{at}": found.span(name) for name, value in found.groupdict().items() if value is not None
        }
        self.end = found.end()

    def _point(self, at: str = "") -> None:
        point = _patterns().point.match(self.text, self.end)
        assert point is not None, "it may be empty"
        self._take(point, at)
        self._time(at)

    def _time(self, at: str = "") -> None:
        """The part of the day and the time that may follow a day."""
        before = _patterns().before_clock.match(self.text, self.end)
        assert before is not None, "it may be empty"
        clock = _patterns().clock.match(self.text, before.end())
        if before["part"] or clock:
            self._take(before, at)
            self.end = before.end("part")
        if clock:
            self._take(clock, at)

    def _time_to(self) -> None:
        """The second end of a time."""
        known = _patterns()
        if on := known.to.match(self.text, self.end):
            part = known.part.match(self.text, on.end())
            clock = known.clock.match(self.text, part.end() if part else on.end())
            if clock:
                self._take(clock, "2")


def _form(match: Match) -> str | None:
    """What a match tells, or ``None`` if it is no date: 3日游, 5000年文明."""
    if match.start == match.end:
        return None
    if match.kind != "absolute":
        return {"iso": "day", "relative": "day"}.get(match.kind, match.kind)
    given = {name.removesuffix("2") for name in match.groups}
    if given & {"day", "tenth"}:
        if given & {"month", "near"}:
            return "day"
        return "bare" if _is_day(match) else None
    if given & {"season", "seasons", "semester", "months"}:
        return "season"
    if given & {"month", "near"}:
        return "month"
    if given & {"year", "digits", "roc", "ends"}:
        return None if _NO_YEAR_AFTER.match(match.text, match.end) else "year"
    return "told" if given & {"told", "soon"} else None


def _is_day(match: Match) -> bool:
    """Whether a day without its month is one: not 5号, 三日, 为期5日, 3日内."""
    bare = match["day"]
    return not bare or not (
        "号" in (match["label"] or "", match["label2"] or "")
        or (len(bare) == 1 and bare in _C)
        or _NO_DAY_BEFORE.search(match.text, max(0, match.start - 2), match.start)
        or _NO_DAY_AFTER.match(match.text, match.end)
    )


def parsed(text: str) -> list[tuple[Match, str]]:
    """Every date of a text without white space, with the groups of its expression."""
    read = plain(text)
    out: list[tuple[Match, str]] = []
    at = 0
    while begins := _BEGINS.search(read, at):
        at = begins.start() + 1
        match = Match(read, begins.start())
        if match.end < at:
            continue
        at = match.end
        form = _form(match)
        before = match.start - read.startswith("（", match.start - 1)
        if form and not (form in ("weekday", "feast") and out and out[-1][0].end == before and out[-1][1] == "day"):
            out.append((match, form))
    return out


@lru_cache(maxsize=64)  # the same texts are asked for by several rules
def find(text: str) -> tuple[DateToken, ...]:
    """Every date and time of a text without white space, in order."""
    return tuple(DateToken(*match.span(), form) for match, form in parsed(text))
