"""Family and given name of a Chinese name as printed."""

from __future__ import annotations

__all__ = ["COMPOUND_SURNAMES", "split_name"]

COMPOUND_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
    "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 "
    "漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 南荣 第五".split()
)
"""Surnames of two characters, as listed in the Hundred Family Surnames (百家姓) and its common additions."""


def split_name(name: str) -> tuple[str, str]:
    """``(family, given)``: two characters of a compound surname, else the first; the rest is given.

    Raises ``ValueError`` for a name of one character.
    """
    if len(name) < 2:
        raise ValueError(f"expected a name of two or more characters, found {name!r}")
    size = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:size], name[size:]
