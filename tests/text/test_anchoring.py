"""``lingang.anchor``: one place, or the places; never a likeness, never a guess."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import lingang
from lingang.authored.anchoring import NotAnchored
from lingang.text.page import squeeze

TEXT = "云河市青禾镇 5月4日\n召开大会，镇长李明主持，李明讲话。\n副镇长李明礼参加。"


@pytest.mark.parametrize(
    ("quote", "beside", "place"),
    [
        ("5月4日召开", {}, (7, 14)),
        ("5 月4日 召开", {}, (7, 14)),
        ("青禾镇5月", {}, (3, 9)),
        ("李明", {"before": "主持"}, (19, 21)),
        ("李明", {"before": "讲话"}, (24, 26)),
        ("李明", {"after": "副镇长"}, (33, 35)),
        ("李明", {"after": "，", "before": "讲"}, (24, 26)),
        ("李明", {"after": "大会，\n镇长"}, (19, 21)),
        ("云", {}, (0, 1)),
        (TEXT, {}, (0, len(TEXT))),
    ],
)
def test_the_one_place(quote: str, beside: dict[str, str], place: tuple[int, int]) -> None:
    assert lingang.anchor(TEXT, quote, **beside) == place
    start, end = lingang.anchor(TEXT, quote, **beside)
    assert squeeze(TEXT[start:end]) == squeeze(quote)


def test_several_places_are_all_told() -> None:
    with pytest.raises(
        NotAnchored, match=r"stands at 3 places: line 2 …开大会，镇长.李明.主持，李明讲…; line 2.*; line 3"
    ) as caught:
        lingang.anchor(TEXT, "李明")
    assert caught.value.places == ((19, 21), (24, 26), (33, 35))
    with pytest.raises(ValueError, match="stands at 2 places"):
        lingang.anchor("aaa", "aa")


@pytest.mark.parametrize(
    ("quote", "beside", "told", "places"),
    [
        ("松岭县", {}, "does not stand there: no part of it stands there", 0),
        ("镇长李民", {}, r"line 2 has “镇长李明”: “明” U\+660E where the quote has “民”", 0),
        ("镇⻓李明", {}, r"“长” U\+957F where the quote has “⻓” U\+2ED3", 0),
        ("“青禾镇”", {}, r"line 1 …云河市\[青禾镇\]5月4日召开….*without the marks", 0),
        ("李明", {"before": "缺席"}, "beside what was given: line 2 .*as printed", 3),
    ],
)
def test_what_is_absent_is_told_with_what_comes_nearest(
    quote: str, beside: dict[str, str], told: str, places: int
) -> None:
    with pytest.raises(NotAnchored, match=told) as caught:
        lingang.anchor(TEXT, quote, **beside)
    assert len(caught.value.places) == places


@pytest.mark.parametrize("quote", ["", " \n\u3000"])
def test_nothing_is_no_quote(quote: str) -> None:
    with pytest.raises(ValueError, match="one character or more"):
        lingang.anchor(TEXT, quote)


def test_positions_are_code_points_beyond_the_first_plane_too() -> None:
    assert lingang.anchor("𠮷田𠀀 說", "𠀀說") == (2, 5)
    with pytest.raises(NotAnchored):
        lingang.anchor("", "甲")


def test_it_needs_nothing_but_python() -> None:
    code = (
        "import sys, lingang; lingang.anchor('云河市', '河'); "
        "print(*sorted({'pandas', 'pyarrow', 'pydantic', 'yaml', 'numpy', 'jinja2', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_no_evidence_of_the_page_is_anchored_elsewhere() -> None:
    right = refused = 0
    for row in lingang.claims().dropna(subset=["text_start"]).itertuples():
        text, place = lingang.text(row.article_id), (row.text_start, row.text_end)
        beside = {"before": text[place[1] : place[1] + 12], "after": text[max(0, place[0] - 12) : place[0]]}
        assert lingang.anchor(text, row.quote, **beside) == place
        on_page = (row.raw_start, row.raw_end)
        assert lingang.anchor(lingang.raw(), row.quote, before=row.after, after=row.before) == on_page
        try:
            found = (lingang.anchor(text, row.quote),)
        except NotAnchored as error:
            refused += 1
            found = error.places
        else:
            right += 1
        assert place in found
    assert right > 300 and refused > 50


def test_the_benchmark_is_what_the_docs_say() -> None:
    import anchors

    text = (Path(__file__).resolve().parents[2] / "docs" / "BENCHMARKS.md").read_text(encoding="utf-8")
    told = re.findall(
        r"^\| (?:lingang.anchor|the same), .* \| ([0-9]+) \| ([0-9]+) \| ([0-9]+) \| [0-9]+ \|$", text, re.M
    )
    pages = anchors.items()
    rows = [anchors.row("", answers, pages).split("|")[2:5] for answers in (anchors.alone, anchors.beside)]
    assert [list(map(int, row)) for row in rows] == [list(map(int, row)) for row in told]
