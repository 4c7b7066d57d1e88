"""One character, id, date, role or line changed is seen at its place; what means nothing raises nothing."""

from __future__ import annotations

import pytest

from lingang.check.root import check_files
from lingang.tables.arrow import Tables

pytestmark = pytest.mark.long

INVESTMENT = "dataset/articles/investment-promotion-meeting.yaml"
MORAL = "dataset/articles/moral-envoys.yaml"
TOUR = "dataset/articles/civilized-city-inspection.yaml"


def place_of(text: str, old: str, inside: str) -> tuple[int, int]:
    """1-based line and column of ``inside`` within the one occurrence of ``old``."""
    assert text.count(old) == 1, old
    offset = text.index(old) + old.index(inside)
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


CHANGES = [
    # file, what stands there, what is written instead, where the problem must be, and the rule
    pytest.param(MORAL, "quote: 该办事处召开大会", "quote: 该办事处召集大会", "该办事处召开大会", "EVI002", id="quote"),
    pytest.param(MORAL, "after: 第二届“}", "after: 第三届“}", "", "EVI002", id="neighbour"),
    pytest.param(INVESTMENT, "date: 5月4日", "date: 5月5日", "5月4日", "EVI002", id="date"),
    pytest.param(INVESTMENT, "date: 5月4日", "date: 月4日", "5月4日", "EVT003", id="date cut short"),
    pytest.param(MORAL, "date: 5月6日上午", "date: 5月6日", "5月6日上午", "EVI012", id="part of day lost"),
    pytest.param(INVESTMENT, "{role: chair, name: 刘涛}", "{role: attendee, name: 刘涛}", "chair", "EVI008", id="role"),
    pytest.param(INVESTMENT, "{role: chair, name: 刘涛}", "{role: chairs, name: 刘涛}", "chair,", "ROW003", id="word"),
    pytest.param(INVESTMENT, "body: [4, 17, 60, 72-74]", "body: [4, 17, 61, 72-74]", "", "LED001", id="paragraph"),
    pytest.param(INVESTMENT, "headline: 1\n", "headline: 3\n", "1\n", "TXT004", id="blank line"),
    pytest.param(
        INVESTMENT,
        "label: {quote: 一个导向, before: ”，做到}, event: investment-meeting}",
        "label: {quote: 一个导向, before: ”，做到}, event: investment-meetin}",
        "investment-meeting}",
        "KEY002",
        id="event id",
    ),
    pytest.param(
        TOUR,
        "{role: attendee, names: [李清华, 等]",
        "{role: attendee, names: [李清华]",
        "{role",
        "PAR005",
        id="open list",
    ),
    pytest.param(TOUR, "工农路, 徐庄居委会, 等]", "徐庄居委会, 工农路, 等]", "", "EVI002", id="order of a list"),
    pytest.param(INVESTMENT, "杜广贤, 赵愚, 等]\n\nquot", "杜广贤, 赵愚等, 等]\n\nquot", "赵愚", "KEY003", id="name"),
    pytest.param("dataset/people.yaml", "latin: Zhao Yu", "latin: Zhao Yx", "Zhao", "PER002", id="Latin name"),
    pytest.param("dataset/sources.yaml", "quote: 2023年第二届", "quote: 2022年第二届", "2023", "EVI002", id="year"),
]


@pytest.mark.parametrize(("file", "old", "new", "inside", "rule"), CHANGES)
def test_a_change_is_seen_at_its_place(
    files: dict[str, bytes], file: str, old: str, new: str, inside: str, rule: str
) -> None:
    text = files[file].decode()
    place = place_of(text, old, inside) if inside else None
    assert text.count(old) == 1
    report = check_files({**files, file: text.replace(old, new).encode()}).report
    found = [
        (problem.place.line, problem.place.column)
        for problem in report
        if problem.rule == rule and problem.place.file == file
    ]
    assert found, [f"{problem.place} {problem.rule}" for problem in report]
    if place is not None:
        assert place in found


HARMLESS = [
    pytest.param("headline: 1\n", "# a remark\n  headline: 1  # another\n", id="comment"),
    pytest.param(
        "name: 招商引资暨项目建设推进大会\n    date: 5月4日",
        "date: 5月4日\n    name: 招商引资暨项目建设推进大会",
        id="keys in another order",
    ),
    pytest.param(
        "title: 临港开发区招商引资工作实施意见", "title: >-\n      临港开发区招商引资工作实施意见", id="folded line"
    ),
    pytest.param("trigger: 召开", 'trigger: "召开"', id="quotation marks"),
    pytest.param(
        "about:\n      - {quote: 招商引资, before: 暨}\n",
        "about:\n      - quote: 招商引资\n        before: 暨\n",
        id="block style",
    ),
    pytest.param("date: 5月4日", "date: 5 月 4 日", id="white space in a quote"),
    pytest.param("body: [4, 17, 60, 72-74]", "body: [4-15, 17-58, 60-70, 72-74]", id="ranges"),
]


@pytest.mark.parametrize(("old", "new"), HARMLESS)
def test_what_means_nothing_raises_nothing(files: dict[str, bytes], tables: Tables, old: str, new: str) -> None:
    text = files[INVESTMENT].decode()
    assert old in text
    checked = check_files({**files, INVESTMENT: text.replace(old, new, 1).encode()})
    assert [str(problem.place) for problem in checked.report] == []
    assert checked.tables is not None
    assert all(checked.tables.arrow[name].equals(table) for name, table in tables.arrow.items())
