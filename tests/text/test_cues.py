"""The matcher of cues: what each sign means, ranks, and a second matcher that tries every way."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingang.text.cues import BARRIERS, CueError, Matcher, Told, longest, parse


@dataclass(frozen=True)
class Given:
    value: str
    cues: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def spans(cue: str, text: str, at: tuple[int, int] | None = None, *but: str) -> list[tuple[int, int]]:
    return [(told.start, told.end) for told in Matcher([Given("word", (cue,), but)]).fits(text, at)]


def every_way(cue: str, text: str, at: tuple[int, int] | None) -> set[tuple[int, int]]:
    """Every span that a cue can be read into, letter by letter; as slow as it is plain."""
    found: set[tuple[int, int]] = set()

    def read(left: str, start: int, place: int) -> None:
        if left in ("", "$"):
            if not left or place == len(text):
                found.add((start, place))
        elif left[0] == "…":
            read(left[1:], start, place)
            if place < len(text) and text[place] not in BARRIERS:
                read(left, start, place + 1)
        elif left[0] == "@":
            if at is not None and at[0] == place:
                read(left[1:], start, at[1])
        elif text[place : place + 1] == left[0]:
            read(left[1:], start, place + 1)

    for start in [0] if cue.startswith("^") else range(len(text) + 1):
        read(cue.removeprefix("^"), start, start)
    return found


def shortest(found: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(max(start for start, last in found if last == end), end) for _, end in found}


LETTERS = "甲乙，。"


@st.composite
def cues(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.text(LETTERS, min_size=1, max_size=2), min_size=1, max_size=4))
    cue = "…".join(parts)
    if draw(st.booleans()):
        place = draw(st.integers(0, len(cue)))
        cue = f"{cue[:place]}@{cue[place:]}"
    return ("^" if draw(st.booleans()) else "") + cue + ("$" if draw(st.booleans()) else "")


@st.composite
def clauses(draw: st.DrawFn) -> tuple[str, tuple[int, int] | None]:
    text = draw(st.text(LETTERS, max_size=14))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return text, (start, end) if end > start else None


@pytest.mark.long
@settings(max_examples=1500, deadline=None)
@given(cues(), clauses())
def test_the_matcher_finds_what_trying_every_way_finds(cue: str, clause: tuple[str, tuple[int, int] | None]) -> None:
    text, at = clause
    assert set(spans(cue, text, at)) == shortest(every_way(cue, text, at))


@pytest.mark.long
@settings(max_examples=800, deadline=None)
@given(cues(), cues(), clauses())
def test_an_exception_only_takes_away(cue: str, but: str, clause: tuple[str, tuple[int, int] | None]) -> None:
    text, at = clause
    ends = {end for _, end in spans(cue, text, at, but)}
    assert ends <= {end for _, end in spans(cue, text, at)}
    if not every_way(but, text, at):
        assert spans(cue, text, at, but) == spans(cue, text, at)


@pytest.mark.parametrize(
    ("cue", "text", "at", "found"),
    [
        ("@出席", "白露出席会议", (0, 2), [(0, 4)]),
        ("@出席", "白露没有出席", (0, 2), []),
        ("@…出席", "白露和林一舟等人出席了会议", (0, 6), [(0, 10)]),  # a whole list
        ("@…出席", "白露讲话，林一舟出席", (0, 2), []),  # a gap crosses no ，
        ("由…@主持", "会议由副镇长白露主持", (6, 8), [(2, 10)]),
        ("由…@主持", "会议由白露主持", (3, 5), [(2, 7)]),  # a gap may be empty
        ("^第", "第三届", None, [(0, 1)]),
        ("^第", "在第三届", None, []),
        ("局$", "松岭县水利局", None, [(5, 6)]),
        ("局$", "松岭县水利局长", None, []),
        ("会议", "会议结束，会议指出", None, [(0, 2), (5, 7)]),
        ("甲甲", "甲甲甲", None, [(0, 2), (1, 3)]),
        ("@说", "白露说", None, []),  # no participant, no cue with @
        ("他…说", "他说他说", None, [(0, 2), (2, 4)]),
    ],
)
def test_signs(cue: str, text: str, at: tuple[int, int] | None, found: list[tuple[int, int]]) -> None:
    assert spans(cue, text, at) == found


@pytest.mark.parametrize(
    ("cue", "but", "text", "at", "count"),
    [
        ("路$", "思路", "发展思路", None, 0),
        ("路$", "思路", "思路公园东路", None, 1),
        ("@…来访", "来访登记", "白露来访登记", (0, 2), 0),
        ("@…来访", "来访登记", "白露来访登记后又陪同来访", (0, 2), 1),
        ("将", "将…抓获", "将两名嫌疑人抓获", None, 0),
        ("将", "将…抓获", "将甲、将乙抓获，将丙送医", None, 1),  # each 将 that reaches 抓获
        ("@表示", "@表示欢迎", "白露表示欢迎", (0, 2), 0),
        ("@表示", "@表示欢迎", "白露表示要欢迎", (0, 2), 1),
        ("@表示", "林@表示", "林白露表示", (1, 3), 0),
    ],
)
def test_exceptions(cue: str, but: str, text: str, at: tuple[int, int] | None, count: int) -> None:
    assert len(spans(cue, text, at, but)) == count


@pytest.mark.parametrize(
    "text", ["", "@", "…", "@…", "…会", "会…", "会……议", "会 议", "会^议", "会$议", "@和@", "^", "^$", "会\n议"]
)
def test_no_cue(text: str) -> None:
    with pytest.raises(CueError):
        parse(text)


def test_ranks_and_words_that_go_together() -> None:
    words = [
        Given("organizer", ("@…举行",)),
        Given("attendee", ("@…出席",), over=("organizer",), together=("speaker",)),
        Given("speaker", ("@…讲话",), over=("organizer", "attendee")),
        Given("absent", ("@…未出席",), over=("attendee",)),
    ]
    matcher = Matcher(words)

    def told(text: str) -> list[str]:
        return [one.word for one in matcher.tell(text, (0, 2))]

    assert told("白露出席并讲话") == ["attendee", "speaker"]  # outranked, but the two go together
    assert told("白露出席在云河市举行的会议") == ["attendee"]
    assert told("白露未出席") == ["absent"]
    assert [one.word for one in matcher.fits("白露未出席", (0, 2))] == ["attendee", "absent"]
    assert matcher.outranking("attendee", {"absent", "speaker"}) == {"absent"}
    assert matcher.go_together("speaker", "attendee") and not matcher.go_together("absent", "attendee")


def test_a_name_is_told_by_the_cue_that_ends_last() -> None:
    words = [
        Given("government", ("局$", "委员会$")),
        Given("police", ("公安局$",), over=("government",)),
        Given("committee", ("居民委员会$",)),
        Given("contest", ("比赛",)),
        Given("meeting", ("部署会",)),
        Given("club", ("棋社委员会$",), own=("棋社委员会$",)),
    ]
    matcher = Matcher(words)

    def told(name: str) -> str | None:
        found = matcher.name(name)
        return found.word if found else None

    assert told("比赛部署会") == "meeting"
    assert told("松岭县公安局") == "police"  # over
    assert told("柳溪居民委员会") == "committee"  # the longer
    assert told("青禾镇棋社委员会") == "club"  # a root's own
    assert told("青禾镇") is None


def test_longest() -> None:
    found = Matcher([Given("a", ("会",)), Given("b", ("大会",)), Given("c", ("会堂",))]).fits("大会堂")
    assert [told.word for told in longest(found)] == ["b", "c"]
    assert longest([Told("a", "会", 0, 1), Told("b", "会", 0, 1)]) == (Told("a", "会", 0, 1), Told("b", "会", 0, 1))


@pytest.mark.long
def test_many_gaps_take_no_longer_than_the_text() -> None:
    cue, text = "…".join("甲" * 40), "甲" * 4000 + "乙"
    plain, voided = Given("word", (cue, f"{cue}…丙")), Given("void", (cue,), (f"{cue}…丁",))
    begun = time.process_time()
    found = Matcher([plain, voided]).fits(text + "丁丙，")
    assert [told.word for told in found] == ["word"] * (4000 - 39 + 1)
    assert time.process_time() - begun < 5, "a search that tries every choice of places would not end"
