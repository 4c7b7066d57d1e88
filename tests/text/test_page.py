"""Text layers: positions, the white-space rule and the map between page and reading text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingang.text.page import Page, PageError, Reading, Searchable, Segment, Span, decode, squeeze


def page(text: str) -> Page:
    return Page.from_bytes("p", "p.txt", text.encode())


def whole(text: str, role: str = "body") -> Reading:
    made = page(text)
    return Reading.of(made, [Segment(role, Span(0, len(text)), 1)])


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("5月 4日， 周口\n临港", "5月4日，周口临港"),
        ("处 2023 年", "处2023年"),
        ("整治\n2023行动", "整治2023行动"),
        ("用 Open Data 标准", "用Open Data标准"),
        ("A\nB 12\n\n34", "A B 12 34"),
        ("“一个导向 ”，就是 “凭", "“一个导向”，就是“凭"),
    ],
)
def test_white_space_goes_but_between_latin_words(raw: str, read: str) -> None:
    assert whole(raw).text == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("讲好微党课 凝聚正能量", "讲好微党课　凝聚正能量"),
        ("致敬“凡人善举” 表彰道德模范", "致敬“凡人善举”　表彰道德模范"),
        ("专项排查整治 2023行动启动", "专项排查整治2023行动启动"),
        ("讲好微党课\n凝聚正能量", "讲好微党课凝聚正能量"),
        ("讲好， 凝聚", "讲好，凝聚"),
    ],
)
def test_a_printed_space_of_a_headline_is_kept_as_one_wide_space(raw: str, read: str) -> None:
    assert whole(raw, "headline").text == read


def test_paragraphs_are_joined_by_a_line_feed() -> None:
    text = "一二。\n三四。\n"
    reading = Reading.of(page(text), [Segment("body", Span(0, 3), 1), Segment("body", Span(4, 7), 2)])
    assert reading.text == "一二。\n三四。"
    assert reading.to_raw(4, 6) == Span(4, 6)
    assert reading.to_text(Span(4, 6)) == (4, 6)


def test_the_map_is_in_code_points_beyond_the_basic_plane() -> None:
    reading = whole("𠮷 野\n家𠀋")
    assert reading.text == "𠮷野家𠀋"
    assert reading.to_raw(1, 4) == Span(2, 6)
    assert reading.to_text(Span(4, 6)) == (2, 4)


@given(st.text(alphabet="甲乙丙𠮷AB12，。 \n\t　", min_size=1).filter(str.strip))
def test_every_character_maps_there_and_back(text: str) -> None:
    reading = whole(text)
    assert squeeze(reading.text) == squeeze(text)
    for index, char in enumerate(reading.text):
        if squeeze(char):
            span = reading.to_raw(index, index + 1)
            assert text[span.start : span.end] == char
            assert reading.to_text(span) == (index, index + 1)


def test_lines_are_one_based_and_a_final_line_feed_opens_no_line() -> None:
    made = page("甲\n乙\n")
    assert (made.line_count, made.line_of(0), made.line_of(2), made.column_of(2)) == (2, 1, 2, 1)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xef\xbb\xbfabc\n", 1),
        (b"ab\r\ncd\r\n", 1),
        (b"ab\nc\xff\n", 2),
        (b"ab\nc\x00d\n", 2),
        (b" \n\n", 1),
    ],
    ids=["mark", "crlf", "not utf-8", "nul", "empty"],
)
def test_a_page_that_is_not_clean_text_is_refused(data: bytes, line: int) -> None:
    with pytest.raises(PageError) as caught:
        decode(data)
    assert (caught.value.rule, caught.value.line) == ("TXT002", line)


def test_quotes_are_found_white_space_aside_and_not_over_the_edge_of_a_segment() -> None:
    made = page("杜广\n贤、 李\n翔\n\n贤")
    zone = Searchable(made, [Span(0, 9), Span(11, 12)])
    assert [zone.span(*found) for found in zone.find("杜广贤")] == [Span(0, 4)]
    assert zone.find("翔贤") == []
    assert len(zone.find("贤")) == 2
    assert [zone.span(*found) for found in zone.find("贤", before="、")] == [Span(3, 4)]
    assert [zone.span(*found) for found in zone.find("贤", after="翔")] == [Span(11, 12)]
