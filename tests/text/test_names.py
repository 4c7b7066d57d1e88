"""Names of persons: the Latin names against an independent dictionary of readings."""

from __future__ import annotations

import pytest
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

import lingang
from lingang.lexicon import newest
from lingang.tables.names import split_name
from lingang.text.pinyin import SYLLABLES, syllables
from tiny_root import problems, tiny_root

SURNAMES = newest("zh-news").words("surnames")
SURNAMES_READ_OTHERWISE: dict[str, str] = {}
"""Family names that are not read as the character usually is (such as 单 Shan, 解 Xie); the page has none."""


def readings(char: str) -> set[str]:
    return {reading.replace("v", "ü") for reading in pinyin(char, style=Style.NORMAL, heteronym=True)[0]}


@pytest.mark.parametrize("person", lingang.load("people").to_dict("records"), ids=lambda row: row["person_id"])
def test_the_latin_name_is_a_reading_of_the_characters(person: dict[str, str]) -> None:
    family, given = person["name_latin"].lower().split(" ")
    legal = {""}
    for char in person["given_name"]:
        legal = {before + reading for before in legal for reading in readings(char)}
    assert given in legal
    surname = person["family_name"]
    assert family in ({SURNAMES_READ_OTHERWISE[surname]} if surname in SURNAMES_READ_OTHERWISE else readings(surname))


def test_the_table_of_syllables_is_that_of_the_dictionary() -> None:
    plain = {
        reading.replace("v", "ü")
        for code in list(PINYIN_DICT)[:8000]
        for reading in pinyin(chr(code), style=Style.NORMAL)[0]
        if 0x4E00 <= code <= 0x9FA5
    }
    rare = {reading for reading in plain - SYLLABLES if reading.isalpha()}
    assert rare <= {
        "n",
        "ng",
        "m",
        "hm",
        "hng",
        "ê",
        "yo",
        "lo",
        "den",
        "nou",
        "rua",
        "nun",
        "eng",
        "chua",
        "fiao",
        "tei",
        "dia",
        "dei",
        "kei",
        "zhei",
        "shei",
        "yai",
        "cei",
        "sei",
    }
    assert {"feng", "peng", "qing", "zhuang", "lü", "xue"} <= SYLLABLES


def test_syllables_are_counted_whichever_way_they_are_cut() -> None:
    assert syllables("wenjuan") == {2, 3, 4} & syllables("wenjuan")
    assert 2 in syllables("xian")
    assert 1 in syllables("xian")
    assert syllables("zhx") == frozenset()


@pytest.mark.parametrize(
    ("name", "parts"), [("孙鹏", ("孙", "鹏")), ("欧阳锋", ("欧阳", "锋")), ("司马", ("司", "马"))]
)
def test_names_are_split_at_the_family_name(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name, SURNAMES) == parts


@pytest.mark.parametrize("name", ["孙", "阿依古丽·买买提", "Anna Weber", "某某", "上官云飞雪"])
def test_what_does_not_split_has_no_parts(name: str) -> None:
    assert split_name(name, SURNAMES) is None


@pytest.mark.long
@pytest.mark.parametrize(
    ("said", "name"),
    [("李明说，要快", "李明"), ("李明表示，要快", "李明"), ("王小山说，要快", "王小山"), ("李明远，要快", "李明远")],
)
def test_a_name_after_a_post_ends_where_speech_begins(said: str, name: str) -> None:
    found = problems(tiny_root(f"通知\n镇长{said}。\n", {"notice": "text: {headline: 1, body: [2]}\n"}))
    told = [line for line in found if "MEN002" in line]
    assert len(told) == 1
    assert f"{name} on line 2" in told[0]
