"""What stands at the start or the end of a paragraph is found there, in the first one, the second and the last."""

from __future__ import annotations

import pytest

from lingang.text.page import Page, Searchable, Span
from lingang.text.zone import Zone
from tiny_root import checked, problems, tiny_root

EVENT = """\
kind: news
text: {headline: 1, body: [3, 5, 7]}
titles: {市委书记: 陈守一}
events:
  meeting:
    kind: meeting
    status: occurred
    trigger: 召开
    date: 5月20日
    name: 召开会议
    about: [召开会议]
    participants:
      - {role: organizer, name: 松岭市委, before: 召开}
      - {role: chair, name: 陈守一}
      - {role: attendee, name: 青禾镇小学, quote: 青禾镇小学参加}
quotations:
  - {cue: 会议指出, event: meeting}
figures:
  - {number: 12名, label: 学生, kind: count, event: meeting}
"""
DATE = "5月20日，松岭市委召开会议，青禾镇小学参加"
TITLE = "市委书记陈守一主持会议"
NUMBER = "12名学生参加了学习"
SPEECH = "会议指出，水要清"
ORDERS = {
    "a date first, speech last": (DATE, TITLE, NUMBER, SPEECH),
    "a number first": (NUMBER, TITLE, DATE, SPEECH),
    "a title first": (TITLE, DATE, NUMBER, SPEECH),
    "a name first": (DATE.removeprefix("5月20日，"), TITLE, NUMBER, SPEECH),
    "speech alone": (SPEECH,),
    "a date last": (TITLE, NUMBER, DATE, SPEECH),
}


@pytest.mark.long
@pytest.mark.parametrize("paragraph", [0, 1, 2])
@pytest.mark.parametrize("order", ORDERS)
def test_a_root_validates_whatever_begins_its_paragraphs(order: str, paragraph: int) -> None:
    paragraphs = ["2023年的雨已过。", "2023年的风已过。", "2023年的雪已过。"]
    paragraphs[paragraph] = "。".join(ORDERS[order]) + "。"
    for sentence in (DATE, TITLE, NUMBER, SPEECH):
        if sentence not in ORDERS[order] and not order.startswith("a name"):
            paragraphs[(paragraph + 1) % 3] += sentence + "。"
    event = EVENT
    if order == "a name first":
        event = event.replace("    date: 5月20日\n", "")
    if order == "a number first":  # what is told before an event belongs to none
        event = event.replace("kind: count, event: meeting", "kind: count")
    files = tiny_root("抓好学习\n\n" + "\n\n".join(paragraphs) + "\n", {"meeting": event})
    assert problems(files) == []


TEXTS = ("甲乙丙", "丁", "戊己庚")


@pytest.mark.parametrize("between", ["\n\n", "\n", " ", ""])
@pytest.mark.parametrize("kind", [Searchable, Zone])
def test_every_character_of_every_paragraph_has_its_own_position(kind: type[Searchable], between: str) -> None:
    page = Page.from_bytes("p", "p.txt", between.join(TEXTS).encode())
    spans, start = [], 0
    for text in TEXTS:
        spans.append(Span(start, start + len(text)))
        start += len(text) + len(between)
    zone = kind(page, spans)
    assert zone.text == "\n".join(TEXTS)
    for index, char in enumerate(zone.text):
        if char != "\n":
            offset = page.text.index(char)
            assert zone.position(offset) == index
            assert zone.span(index, index + 1) == Span(offset, offset + 1)
            assert zone.place(Span(offset, offset + 1)) == (index, index + 1)
    for paragraph, span in zip(TEXTS, spans, strict=True):
        start, end = zone.place(span)
        assert zone.text[start:end] == paragraph
        if isinstance(zone, Zone):
            row = {"raw_start": span.start, "raw_end": span.end}
            assert zone.covers(row) == zone.at(row) == (start, end)


def test_white_space_between_paragraphs_has_the_position_of_what_follows() -> None:
    zone = Zone(Page.from_bytes("p", "p.txt", "甲乙\n\n丙丁\n".encode()), [Span(0, 2), Span(4, 6)])
    assert [zone.position(offset) for offset in range(7)] == [0, 1, 3, 3, 3, 4, 5]
    for raw_start, raw_end in ((2, 4), (1, 3), (3, 5), (5, 7), (6, 7)):
        assert zone.covers({"raw_start": raw_start, "raw_end": raw_end}) is None


def numbers(page: str, item: str) -> list[int | None]:
    """The paragraph numbers of the segments of the one item, in page order; no error may be told."""
    files = tiny_root(page, {"item": item})
    for name in ("people", "organizations"):
        del files[f"dataset/{name}.yaml"]
    found = checked(files)
    assert [str(problem) for problem in found.report.problems if problem.severity == "error"] == []
    assert found.tables is not None
    return [row["paragraph"] for row in found.tables.arrow["segments"].to_pylist() if row["article_id"] is not None]


@pytest.mark.parametrize("between", ["", "\n"])
def test_a_line_of_which_nothing_is_left_is_no_paragraph(between: str) -> None:
    page = f"果园新貌\n{between}（本报记者）\n{between}今年果园丰收。\n{between}明年再种。\n"
    byline = "{headline: 1, byline: （本报记者）, body: "
    step = 2 if between else 1
    lines = [1 + step * number for number in (1, 2, 3)]
    item = f"kind: news\ntext: {byline}{lines}}}\n"
    assert numbers(page, item) == [None, None, 1, 2]


def test_quoted_paragraphs_count_from_one_whatever_is_quoted_before() -> None:
    quoted = "{headline: [{quote: 果园新貌}], body: [{quote: 今年果园丰收。}, {quote: 明年再种。}]}"
    item = f"kind: news\ntext: {quoted}\n"
    assert numbers("果园新貌\n今年果园丰收。明年再种。\n", item) == [None, 1, 2]
