"""No quote crosses the edge of a date or a number."""

from __future__ import annotations

import pytest

from lingang.tables.marks import marked_titles
from lingang.text.edges import crossed, longer, runs


def of(sentence: str) -> tuple[str, int, int]:
    """The text of a sentence, and the place of what stands in ‹ ›."""
    return sentence.replace("‹", "").replace("›", ""), sentence.index("‹"), sentence.index("›") - 1


def shown(text: str, run: tuple[int, int] | None) -> str | None:
    return text[slice(*run)] if run else None


def test_the_runs_of_a_text_are_its_dates_and_the_numbers_outside_them() -> None:
    text = "5月4日上午9时30分，1,198名学生和数百名家长以3:2的比分，第二届诗会近日开幕"
    assert [text[start:end] for start, end in runs(text)] == [
        "5月4日上午9时30分", "1,198", "数百", "3:2", "第二", "近日"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "run"),
    [
        ("共1,‹198名学生›", "1,198"),
        ("‹共1›,198名学生", "1,198"),
        ("‹召开于5月›4日", "5月4日"),
        ("5月4‹日，松岭县›召开", "5月4日"),
        ("2023年‹5月4日›", "2023年5月4日"),
        ("以3‹:2取胜›", "3:2"),
        ("‹共1,198名学生›", None),
        ("共‹1,198›名学生", None),
        ("共1,198‹名学生›", None),
        ("‹共›1,198名学生", None),
        ("‹5月4日，1,198名›", None),
        ("5月4日‹，›1,198名", None),
    ],
)
def test_a_quote_crosses_the_edge_of_a_run_that_it_cuts(sentence: str, run: str | None) -> None:
    text, start, end = of(sentence)
    assert shown(text, crossed(text, start, end)) == run


@pytest.mark.parametrize(
    ("sentence", "run"),
    [
        ("‹3月›下旬", "3月下旬"),
        ("‹5月4日›凌晨", "5月4日凌晨"),
        ("2023年‹5月4日›", "2023年5月4日"),
        ("‹5›月4日", "5月4日"),
        ("1.‹5万›人", "1.5万"),
        ("5月4日‹上午9时›", "5月4日上午9时"),
        ("‹5月4日›（星期四）", None),
        ("‹1.5万›人", None),
    ],
)
def test_no_date_time_or_number_is_a_part_of_a_longer_one(sentence: str, run: str | None) -> None:
    text, start, end = of(sentence)
    assert shown(text, longer(text, start, end)) == run


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("印发《意见》和《办法》。", ["《意见》", "《办法》"]),
        ("转发《关于〈条例〉的通知》", ["《关于〈条例〉的通知》", "〈条例〉"]),
        ("读《春耕\n后来《秋收》上演", ["《秋收》"]),
        ("读《春耕，后来《秋收》上演", ["《秋收》"]),
        ("《》", []),
    ],
)
def test_a_title_lies_in_its_marks_and_in_one_paragraph(text: str, titles: list[str]) -> None:
    assert [text[start:end] for start, end in marked_titles(text)] == titles
