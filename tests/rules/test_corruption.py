"""The tool that damages records: what it makes, what counts as noticed, and the faults that it found."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corruption.damage import ALTERED, DROPPED, MOVED, Damage
from corruption.harmless import harmless_edits, raised
from corruption.judge import Root
from corruption.page import page
from corruption.records import INVENTED, REVERSED, WRONG
from corruption.score import FIGURES, Count, Score, damages, sampled
from lingang.authored.tree import read_files
from lingang.check.root import check_files

ITEM = "dataset/articles/flood-meeting.yaml"
PAGE = """\
防汛会议召开

本报讯（记者陈守一）3月2日，青禾镇召开防汛会议，学习全省安全会议精神，12名干部参加。会议指出，要早准备。

新堤长5公里。
"""
FILES = {
    "dataset/about.yaml": "lexicon: zh-news 1\n",
    "dataset/sources.yaml": "yunhe: {file: p.txt, language: zh-Hans}\n",
    "dataset/people.yaml": "chen-shouyi: {name: 陈守一, latin: Chen Shouyi}\n",
    "dataset/organizations.yaml": "qinghe-town: {name: 青禾镇}\n",
    ITEM: """\
text: {headline: 1, byline: 本报讯（记者陈守一）, body: [3, 5]}
events:
  flood-meeting:
    trigger: {quote: 召开, after: 青禾镇}
    name: {quote: 防汛会议, after: 青禾镇召开}
    date: 3月2日
    participants: [{role: organizer, name: 青禾镇}]
    links: [{relation: discusses, event: safety-meeting, quote: 学习全省安全会议精神}]
  safety-meeting:
    status: background
    kind: meeting
    trigger: {quote: 会议, after: 全省安全}
    why: {trigger: the item only names it, status: its spirit is studied}
    name: 全省安全会议
quotations:
  - {cue: 会议指出, event: flood-meeting}
figures:
  - {number: 12名, label: 干部, event: flood-meeting}
""",
}


def files_of(item: str = FILES[ITEM]) -> dict[str, bytes]:
    raw = PAGE.encode()
    files = {name: text.encode() for name, text in {**FILES, ITEM: item}.items()}
    return {**files, "raw/p.txt": raw, "raw/SHA256SUMS": f"{hashlib.sha256(raw).hexdigest()}  p.txt\n".encode()}


@pytest.fixture(scope="module")
def small() -> Root:
    return Root(files_of())


@pytest.fixture(scope="module")
def made(small: Root) -> list[Damage]:
    return damages(small)


def rules_of(old: str, new: str) -> list[str]:
    assert FILES[ITEM].count(old) == 1
    report = check_files(files_of(FILES[ITEM].replace(old, new))).report
    return [problem.rule for problem in report if problem.place.file == ITEM]


def test_the_small_root_is_valid(small: Root) -> None:
    assert [str(problem) for problem in check_files(small.files).report if problem.severity == "error"] == []


def test_every_figure_has_damages_and_none_leaves_its_file_as_it_is(small: Root, made: list[Damage]) -> None:
    assert {damage.figure for damage in made} == set(FIGURES)
    assert len({(damage.file, damage.data) for damage in made if damage.figure == ALTERED}) == sum(
        damage.figure == ALTERED for damage in made
    )
    assert all(damage.data != small.files[damage.file] for damage in made)


def test_a_sample_is_always_the_same_and_of_each_figure(made: list[Damage]) -> None:
    chosen = sampled(made, FIGURES, 2, 7)
    assert chosen == sampled(made, FIGURES, 2, 7) != sampled(made, FIGURES, 2, 8)
    assert {damage.figure for damage in chosen} == set(FIGURES)


@pytest.mark.long
@pytest.mark.parametrize(
    ("figure", "kind", "column", "outcome", "required"),
    [
        (ALTERED, "number off by one", "figures.value", "noticed", True),
        (ALTERED, "character dropped", "events.date_raw", "noticed", True),
        (DROPPED, "entry dropped", "figures", "missed", False),
        (DROPPED, "entry dropped", "quotations", "noticed", False),
        (MOVED, "another name", "quotations.event_id", "noticed", False),
        (REVERSED, "link turned round", "event_links", "missed", False),
        (WRONG, "reason replaced", "evidence.note", "harmless", False),
    ],
)
def test_what_becomes_of_a_damage(
    small: Root, made: list[Damage], figure: str, kind: str, column: str, outcome: str, required: bool
) -> None:
    damage = next(one for one in made if (one.figure, one.kind, one.column) == (figure, kind, column))
    verdict = small.judge(damage.file, damage.data)
    assert (verdict.outcome, verdict.required, verdict.said) == (outcome, required, "")
    assert verdict.shown == (column == "figures")


def test_an_invented_record_is_cut_from_the_item(made: list[Damage]) -> None:
    assert {"entry invented", "link invented"} <= {damage.kind for damage in made if damage.figure == INVENTED}


@pytest.mark.long
def test_edits_that_mean_nothing_raise_nothing(small: Root) -> None:
    edits = list(harmless_edits(small.files))
    assert len(edits) == 9 * 4
    assert [(edit.kind, said) for edit in edits if edit.file == ITEM and (said := raised(small, edit))] == []


def test_a_root_with_errors_is_not_scored() -> None:
    from lingang.problems import CannotRun

    with pytest.raises(CannotRun, match="mend them first"):
        _ = Root(files_of(FILES[ITEM].replace("12名", "13名"))).tables


@pytest.mark.long
def test_a_page_tells_every_figure(small: Root, made: list[Damage]) -> None:
    judged = [(damage, small.judge(damage.file, damage.data)) for damage in sampled(made, FIGURES, 1, 1)]
    text = page([Score("yunhe", small.characters, judged, Count().outcomes)], {"songling": "it has errors"}, 1, 1)
    assert all(f"| {figure} |" in text for figure in FIGURES)
    assert "| songling | " in text


# -- faults of the toolkit that damages found ------------------------------------------------------------------------


def test_a_background_event_reaches_only_its_own_sentences() -> None:
    found = rules_of("{cue: 会议指出, event: flood-meeting}", "{cue: 会议指出, event: safety-meeting}")
    assert found.count("EVT017") == 1


@pytest.mark.parametrize("body", ["[5, 3]", "[3, 3]", "[3, 5, 5]"])
def test_paragraphs_out_of_order_are_told(body: str) -> None:
    assert "TXT003" in rules_of("body: [3, 5]", f"body: {body}")


@pytest.mark.parametrize("who", ["{role: organizer}", "{role: organizer, stand_in: 青禾镇}"])
def test_a_participant_that_names_nobody_is_told(who: str) -> None:
    assert "YML011" in rules_of("{role: organizer, name: 青禾镇}", who)


@pytest.mark.long
def test_the_roots_of_the_tests_can_be_damaged() -> None:
    root = Root(read_files(Path(__file__).parents[1] / "roots" / "two-cities"))
    assert {ALTERED, DROPPED, MOVED, REVERSED} <= {damage.figure for damage in damages(root)}
