"""Where the year of a date is printed: in it, in its item, in another item of the page, nowhere. All four validate,
as authored root and as what was built of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lingang.check.released import check_release
from lingang.cli.commands import main
from lingang.tables.arrow import Tables
from tiny_root import checked, problems, tiny_root, told

pytestmark = pytest.mark.long

MEETING = """\
kind: news
text: {headline: 1, body: [3]}
events:
  meeting:
    {kind: meeting, status: occurred, trigger: 召开, date: DATE, name: 召开会议, about: [召开会议], participants: [
      {role: organizer, name: 松岭市委, before: 召开}, {role: attendee, name: 青禾镇小学, quote: 青禾镇小学参加}]}
"""
OTHER = """\
kind: news
text: {headline: 5, body: [7]}
"""
NO_PEOPLE = {
    "people": "{}\n",
    "organizations": """\
songling-committee: {name: 松岭市委, kind: party_body}
qinghe-school: {name: 青禾镇小学, kind: school}
""",
}


def root_of(date: str, *, more: str = "", other: str = "雨过天晴。", source: str = "") -> dict[str, bytes]:
    page = f"抓好学习\n\n{date}，松岭市委召开会议，青禾镇小学参加。{more}\n\n稻田青青\n\n{other}\n"
    articles = {"meeting": MEETING.replace("DATE", date), "paddies": OTHER}
    return tiny_root(page, articles, source=source, registries=NO_PEOPLE)


SOURCE = "  year: 2023\n  year_from:\n    - {article: paddies, quote: QUOTE}\n"
ROOTS = {
    "stated": root_of("2023年5月20日"),
    "stated in Chinese": root_of("二〇二三年五月二十日"),
    "stated as a year of the Republic": root_of("民國112年5月20日"),
    "stated, and another year in the item": root_of("2023年5月20日", more="2021年的雨已过。"),
    "article": root_of("5月20日", more="2023年的雨已过。"),
    "article, a year in Chinese": root_of("5月20日", more="二〇二三年的雨已过。"),
    "page": root_of("5月20日", other="2023年的雨已过。", source=SOURCE.replace("QUOTE", "2023年")),
    "page, a year in Chinese": root_of(
        "5月20日", other="二〇二三年的雨已过。", source=SOURCE.replace("QUOTE", "二〇二三年")
    ),
    "page, as the item prints two years": root_of(
        "5月20日", more="2021年和2022年的雨已过。", other="2023年的雨已过。", source=SOURCE.replace("QUOTE", "2023年")
    ),
    "none": root_of("5月20日"),
    "none, as the item prints two years": root_of("5月20日", more="2021年和2022年的雨已过。"),
    "none, as figures that count are no year": root_of("5月20日", more="共2000稻穗。"),
    "none, a year told by its distance": root_of("去年5月20日"),
    "none, 近日": root_of("近日"),
}
EDTF = {"stated": "2023-05-20", "article": "2023-05-20", "page": "2023?-05-20", "none": "XXXX-05-20"}

PUBLISHED = [
    # the day of the paper, what the item prints, its status, the day that is meant
    ("2024年1月5日", "12月30日", "occurred", "2023-12-30"),
    ("2024年1月5日", "1月5日", "occurred", "2024-01-05"),
    ("2024年1月5日", "12月30日", "planned", "2024-12-30"),
    ("2024年12月28日", "1月3日", "planned", "2025-01-03"),
    ("2024年12月28日", "1月3日", "occurred", "2024-01-03"),
    ("2024年3月5日", "昨日", "occurred", "2024-03-04"),
    ("2024年1月1日", "昨日", "occurred", "2023-12-31"),
    ("2024年12月31日", "明日", "planned", "2025-01-01"),
    ("2024年1月2日", "日前", "occurred", None),
    ("2024年3月5日", "2023年12月30日", "occurred", "2023-12-30"),
]


@pytest.mark.parametrize(("day", "printed", "status", "meant"), PUBLISHED)
def test_a_day_is_counted_from_the_day_of_the_paper(day: str, printed: str, status: str, meant: str | None) -> None:
    page = f"抓好学习\n\n{printed}，松岭市委召开会议，青禾镇小学参加。\n\n稻田青青\n\n雨过天晴。\n\n松岭周报　{day}\n"
    articles = {"meeting": MEETING.replace("DATE", printed).replace("occurred", status), "paddies": OTHER}
    head = f"  text: {{masthead: {{quote: 松岭周报}}, dateline: {{quote: {day}}}}}\n  published: {day}\n"
    files = tiny_root(page, articles, source=head, registries=NO_PEOPLE)
    result = checked(files)
    assert [str(problem) for problem in result.report.problems if problem.severity == "error"] == []
    assert result.tables is not None
    (event,) = result.tables.rows("events")
    assert event["date_edtf"] == meant


@pytest.mark.parametrize("name", ROOTS)
def test_every_basis_of_a_year_validates(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ROOTS[name]
    result = checked(files)
    assert told(result) == []
    tables = result.tables
    assert tables is not None
    (event,) = tables.rows("events")
    basis = name.split(",")[0].split(" ")[0]
    assert event["year_basis"] == basis
    assert event["date_edtf"] == (None if "近日" in name else EDTF[basis])

    if name not in EDTF:
        return
    for path, data in files.items():
        (tmp_path / "root" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / path).write_bytes(data)
    main(["build", str(tmp_path / "root"), "--out", str(tmp_path / "built")])
    assert main(["validate", str(tmp_path / "built"), "--ignore", "LED"]) == 0, capsys.readouterr().out
    assert not [problem for problem in check_release(tmp_path / "built").problems if problem.severity == "error"]


@pytest.mark.parametrize(
    ("name", "column", "value", "says"),
    [
        ("none", "date_edtf", "2023-05-20", "XXXX-05-20"),
        ("none", "year_basis", "article", "none"),
        ("article", "year_basis", "none", "article"),
        ("article", "date_edtf", "2022-05-20", "2023-05-20"),
        ("page", "year_basis", "article", "page"),
        ("page", "date_edtf", "2022?-05-20", "2023?-05-20"),
        ("stated", "year_basis", "none", "stated"),
    ],
)
def test_another_basis_or_year_is_seen(name: str, column: str, value: str, says: str) -> None:
    from test_cases import edited

    from lingang.check.root import check_tables

    tables = checked(ROOTS[name]).tables
    assert isinstance(tables, Tables)
    report = check_tables(edited(tables, {"name": "events", "record": "meeting", "set": {column: value}}))
    assert any(
        problem.rule == "EVI009" and problem.column_name == column and problem.expected == says
        for problem in report.problems
    ), [str(problem) for problem in report.problems]


@pytest.mark.parametrize(
    ("printed", "quoted", "whole"),
    [
        ("3月下旬", "3月", "3月下旬"),
        ("5月4日凌晨", "5月4日", "5月4日凌晨"),
        ("5月4日15时30分", "5月4日", "5月4日15时30分"),
        ("2023年5月4日", "5月4日", "2023年5月4日"),
        ("5月14日", "4日", "5月14日"),
        ("8月21日至22日", "8月21日", "8月21日至22日"),
    ],
)
def test_no_date_is_a_part_of_a_longer_one(printed: str, quoted: str, whole: str) -> None:
    files = root_of(printed)
    name = "dataset/articles/meeting.yaml"
    files[name] = files[name].replace(f"date: {printed}".encode(), f"date: {quoted}".encode())
    found = [problem for problem in checked(files).report.problems if problem.rule.startswith("EV")]
    assert [(problem.rule, problem.column_name, problem.expected) for problem in found] == [
        ("EVI012", "date_raw", f"the date {whole} whole")
    ]
    assert f"[{quoted}]" in found[0].found


def test_a_date_is_quoted_without_its_weekday() -> None:
    found = [problem for problem in checked(root_of("5月4日（星期四）")).report.problems if problem.rule != "LED001"]
    assert [(problem.rule, problem.severity, problem.found) for problem in found] == [
        ("EVT003", "warning", "5月4日（星期四）: 5月4日")
    ]


FIGURE = "figures:\n  - {number: 'NUMBER', label: 稻穗, kind: count, event: meeting}\n"


def with_figure(printed: str, number: str) -> dict[str, bytes]:
    files = root_of("2023年5月20日", more=f"{printed}稻穗。")
    name = "dataset/articles/meeting.yaml"
    files[name] += FIGURE.replace("NUMBER", number).encode()
    return files


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1,198个", 1198, "个"),
        ("1，198个", 1198, "个"),
        ("3万个", 30000, "个"),
        ("1.5万个", 15000, "个"),
        ("一万二千个", 12000, "个"),
        ("２198个", 2198, "个"),
        ("20家次", 20, "家次"),
    ],
)
def test_a_whole_number_is_a_figure(printed: str, value: int, unit: str) -> None:
    result = checked(with_figure(printed, printed))
    assert told(result) == []
    tables = result.tables
    assert tables is not None
    (figure,) = tables.rows("figures")
    assert (figure["value"], figure["unit"]) == (value, unit)


@pytest.mark.parametrize(
    ("printed", "number", "says"),
    [
        ("1,198个", "198个", "the whole number 1,198"),
        ("1，198个", "198个", "the whole number 1，198"),
        ("7万个", "7", "the whole number 7万"),
        ("1.5万个", "5万个", "the whole number 1.5万"),
        ("一万二千个", "二千个", "the whole number 一万二千"),
        ("２198个", "198个", "the whole number ２198"),
        ("数百个", "百个", "the whole number 数百"),
    ],
)
def test_a_part_of_a_number_is_no_figure(printed: str, number: str, says: str) -> None:
    found = checked(with_figure(printed, number)).report.problems
    assert [(problem.rule, problem.expected) for problem in found if problem.rule == "NUM001"] == [("NUM001", says)]


@pytest.mark.parametrize(
    ("printed", "value", "qualifier"),
    [
        ("数百个", None, "several"),
        ("13.4个", 13.4, "exact"),
        ("200余个", 200, "at_least"),
        ("20-30个", None, "exact"),
        ("三百五个", None, "exact"),
    ],
)
def test_what_is_not_read_whole_has_no_value_and_may_be_left_out(
    printed: str, value: float | None, qualifier: str
) -> None:
    tables = checked(with_figure(printed, printed)).tables
    assert tables is not None
    (figure,) = tables.rows("figures")
    assert (figure["value"], figure["qualifier"]) == (value, qualifier)
    assert problems(root_of("2023年5月20日", more=f"{printed}稻穗。")) == []
