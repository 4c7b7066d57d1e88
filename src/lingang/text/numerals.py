"""What a numeral is worth: Arabic, Chinese or mixed, read whole or not at all.

Nothing is guessed: 三百五 (305 or 350), 二三十, 一百零 have no value here. Values are exact decimals.
"""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["figures", "plain", "value"]

_DIGITS = "零一二三四五六七八九"
_SCALES = (
    ("亿", Decimal(10**8)),
    ("万", Decimal(10**4)),
    ("千", Decimal(1000)),
    ("百", Decimal(100)),
    ("十", Decimal(10)),
)

_PLAIN = str.maketrans(
    "０１２３４５６７８９．〇○萬億兩點餘幾數來貳參叄陸壹贰叁肆伍陆柒捌玖拾佰仟",
    "0123456789.零零万亿两点余几数来二三三六一二三四五六七八九十百千",
)
_FORMAL = str.maketrans(dict.fromkeys("貳參叄陸壹贰叁肆伍陆柒捌玖拾佰仟"))

_ARABIC = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?:，[0-9]{3})+)(?:\.[0-9]+)?")
_POINT = re.compile(rf"(?P<whole>[^点0-9]+)点(?P<part>[{_DIGITS}]+)(?P<scale>万?亿|万)?")
# A number of digits alone is read so only where no other reading is left: 二〇二三, 一九九八, but not 二三.
_IN_DIGITS = re.compile(rf"(?=[{_DIGITS}]*零)[一二三四五六七八九][{_DIGITS}]{{2,}}|[一二][{_DIGITS}]{{3}}")


def plain(text: str, *, formal: bool = True) -> str:
    """The text with full-width digits, traditional and (``formal``) bookkeepers' numerals as the plain ones.

    It is as long as the text. Read bookkeepers' numerals so only inside a number: 陆, 伍 and 参 are words.
    """
    table = _PLAIN if formal else {code: new for code, new in _PLAIN.items() if code not in _FORMAL}
    return text.translate(table)


def figures(text: str) -> int | None:
    """The number that figures of a date give, each for itself or with 十 and 百: 05, 二〇二三, 廿八, 一百一十二."""
    text = plain(text)
    if text.isascii():
        return int(text) if text.isdigit() else None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS.index(char)) for char in text))
    number = value(text)
    return None if number is None else int(number)


def value(text: str) -> Decimal | None:
    """The value of a numeral without sign, 第, 余, 多 or 几; ``None`` if it cannot be read whole."""
    text = plain(text).replace("廿", "二十").replace("卅", "三十")
    if text == "零":
        return Decimal(0)
    if _IN_DIGITS.fullmatch(text):
        return Decimal("".join(str(_DIGITS.index(char)) for char in text))
    if point := _POINT.fullmatch(text):
        return _with_point(point)
    return _scaled(text, _SCALES, first=True)


def _with_point(point: re.Match[str]) -> Decimal | None:
    """The value of 十三点四, 二点五万."""
    whole = Decimal(0) if point["whole"] == "零" else _scaled(point["whole"], _SCALES, first=True)
    scale = _scaled(point["scale"], _SCALES, first=True) if point["scale"] else Decimal(1)
    if whole is None or scale is None:
        return None
    return Decimal(f"{whole:f}." + "".join(str(_DIGITS.index(char)) for char in point["part"])) * scale


def _scaled(text: str, scales: tuple[tuple[str, Decimal], ...], *, first: bool) -> Decimal | None:
    """The value of a numeral with no scale above the given ones; ``first`` if it begins the whole numeral,
    where 十, 百, 千, 万 may stand without a digit."""
    for index, (char, size) in enumerate(scales):
        head, found, tail = text.rpartition(char)
        if found:
            high = _head(head, scales[index + 1 :], size, first=first)
            low = _tail(tail, scales[index + 1 :], size)
            if high is None or low is None or (low and high != int(high)):
                return None
            return high * size + low
    return _digit(text)


def _head(text: str, scales: tuple[tuple[str, Decimal], ...], size: Decimal, *, first: bool) -> Decimal | None:
    """How often a scale is counted: 12 in 12万, 1 in 千; below 万 by one digit, 两 not before 十."""
    if not text:
        return Decimal(1) if first else None
    if size == 10 and (text == "两" or text[-1].isascii()):
        return None
    high = _scaled(text, scales if size >= 10**4 else (), first=first)
    return high if high and (high < 10 or size >= 10**4) else None


def _tail(text: str, scales: tuple[tuple[str, Decimal], ...], size: Decimal) -> Decimal | None:
    """What follows a scale. 零 stands there exactly if the next place is empty: 一万零五百, 一万五千; in Arabic
    figures at least two follow: of 3万5 nobody knows the value."""
    if not text:
        return Decimal(0)
    rest = text.removeprefix("零")
    low = _scaled(rest, scales, first=False)
    if low is None or not 0 < low < size or low != int(low) or (rest.isascii() and len(rest) < 2):
        return None
    empty = low * 10 < size
    if rest[0].isascii():
        return low if rest == text or empty else None
    return low if empty == (rest != text) else None


def _digit(text: str) -> Decimal | None:
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", "").replace("，", ""))
    if len(text) == 1 and text in "一二三四五六七八九":
        return Decimal(_DIGITS.index(text))
    return Decimal(2) if text == "两" else None
