"""What a root may add to a layer, what it may not, and the lexicon of a release."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lingang.lexicon import Lexicon, extend, from_json, layer

ZH = layer("zh-news 1")

ROOT = """\
organization_kind:
  chess_club: {labels: {en: chess club, zh: 棋社}, definition: People who play chess together., cues: ["棋社$"]}
participation_role:
  speaker: {cues: ["@…致开场白"]}
  lodger: {labels: {en: lodger, zh: 住客}, definition: Stays the night., cues: ["@…入住"], but: [入住登记]}
  translator: {labels: {en: translator, zh: 翻译}, definition: Puts it into another language., cues: ["@出席并翻译"],
    over: [attendee], with: [speaker]}
measure_words: [副子]
name_endings: [驿园, {word: 茶社, table: organizations, but: [吃茶社]}]
readings: [{word: 暨, reading: Ji}]
"""


def extended(text: str) -> Lexicon:
    lexicon, problems = extend(ZH, text.encode())
    assert problems == []
    return lexicon


def test_a_root_adds_words_cues_and_list_words() -> None:
    lexicon = extended(ROOT)
    assert lexicon.id == "zh-news 1"
    club = lexicon["organization_kind"]["chess_club"]
    assert (club.label_en, club.label_zh, club.definition) == ("chess club", "棋社", "People who play chess together.")
    assert club.cues == club.own == ("棋社$",)
    speaker, shipped = lexicon["participation_role"]["speaker"], ZH["participation_role"]["speaker"]
    assert speaker.cues == (*shipped.cues, "@…致开场白") and speaker.own == ("@…致开场白",)
    assert (speaker.label_en, speaker.definition, speaker.over) == (shipped.label_en, shipped.definition, shipped.over)
    assert lexicon["participation_role"]["translator"].over == ("attendee",)
    assert lexicon["participation_role"]["translator"].together == ("speaker",)
    assert lexicon.words("measure_words")[-1] == "副子"
    assert [word.table for word in lexicon.lists["name_endings"][-2:]] == [None, "organizations"]
    assert lexicon.lists["readings"][-1].reading == "Ji"
    assert layer("zh-news 1") == ZH, "the layer itself is as it was"


def test_words_of_a_root_are_told() -> None:
    lexicon = extended(ROOT)
    roles = lexicon["participation_role"].matcher
    assert [told.word for told in roles.tell("白露入住", (0, 2))] == ["lodger"]
    assert roles.tell("白露办理入住登记", (0, 2)) == ()
    assert {told.word for told in roles.tell("白露出席并翻译", (0, 2))} == {"translator"}
    # of two cues that end together the root's own counts, though the layer's is as long
    assert lexicon["organization_kind"].matcher.name("青禾棋社").word == "chess_club"  # type: ignore[union-attr]
    assert ZH["organization_kind"].matcher.name("青禾棋社").word == "association"  # type: ignore[union-attr]


def one(text: str) -> tuple[str, str, str]:
    lexicon, problems = extend(ZH, text.encode())
    assert lexicon is ZH
    assert len(problems) == 1, problems
    problem = problems[0]
    assert problem.place.file == "dataset/lexicon.yaml"
    assert problem.expected
    return problem.rule, f"{problem.place.line}:{problem.place.column}", problem.message


NEW = "labels: {en: x, zh: 甲}, definition: X."


@pytest.mark.parametrize(
    ("text", "rule", "place", "words"),
    [
        ("[a]\n", "YML012", "1:1", "wrong kind"),
        ("partcipation_role: {}\n", "YML010", "1:1", "unknown vocabulary or plain list “partcipation_role”"),
        ("participation_role: [speaker]\n", "YML012", "1:21", "wrong kind"),
        ("event_status:\n  cancelled: {" + NEW + "}\n", "YML010", "2:3", "word of event_status, which takes no new"),
        ("event_kind:\n  Heist: {" + NEW + "}\n", "YML012", "2:3", "cannot be a word"),
        ("event_kind:\n  heist: {labels: {en: x, zh: 甲}}\n", "YML011", "2:3", "“definition” is missing"),
        ("event_kind:\n  heist: {definition: X.}\n", "YML011", "2:3", "“labels” is missing"),
        ("event_kind:\n  heist: {labels: {en: x}, definition: X.}\n", "YML012", "2:19", "labels in other languages"),
        ("event_kind:\n  meeting: {definition: X.}\n", "YML012", "2:25", "has its definition already"),
        ("event_kind:\n  meeting: {labels: {en: x, zh: 甲}}\n", "YML012", "2:21", "has its labels already"),
        ("event_kind:\n  meeting: {cue: [碰头]}\n", "YML010", "2:13", "unknown key of a word “cue”"),
        ("event_kind:\n  meeting: {own: [碰头]}\n", "YML010", "2:13", "unknown key of a word “own”"),
        ("event_kind:\n  meeting: {cues: 碰头}\n", "YML012", "2:19", "wrong kind"),
        ("event_kind:\n  meeting: {cues: [1]}\n", "YML012", "2:20", "wrong kind"),
        ("event_kind:\n  meeting: {cues: [座谈会]}\n", "YML012", "2:20", "there already"),
        ("event_kind:\n  meeting: {cues: [碰 头]}\n", "YML012", "2:20", "white space"),
        ('event_kind:\n  meeting: {cues: ["@"]}\n', "YML012", "2:20", "no literal text"),
        ("event_kind:\n  meeting: {but: [碰……头]}\n", "YML012", "2:19", "a gap stands between two texts"),
        ("event_kind:\n  meeting: {over: [contst]}\n", "YML010", "2:20", "“contst”"),
        ("event_kind:\n  meeting: {over: [meeting]}\n", "YML012", "2:20", "cannot stand here"),
        ("event_kind:\n  meeting: {over: [award_ceremony]}\n", "YML012", "2:3", "outrank each other"),
        ("segment_role:\n  body: {cues: [正文]}\n", "YML012", "2:10", "that no words tell"),
        ("measure_words: 副子\n", "YML012", "1:16", "wrong kind"),
        ("measure_words: [名]\n", "YML012", "1:17", "there already"),
        ("measure_words: [副子, 副子]\n", "YML012", "1:21", "there already"),
        ("measure_words: [{word: 副子, unit: x}]\n", "YML010", "1:28", "unknown key of a word of measure_words"),
        ("measure_words: [{but: [x]}]\n", "YML011", "1:17", "“word” is missing"),
        ("readings: [暨]\n", "YML012", "1:12", "without its reading"),
        ("name_endings: [{word: 茶社, table: events}]\n", "YML012", "1:16", "no registry"),
        ("triggers: [开镰, 开镰]\ntriggers: []\n", "YML005", "2:1", "stands twice"),
        (
            "event_kind:\n  heist: {labels: {en: x, zh: 甲}, definition: a, b}\n",
            "YML010",
            "2:50",
            "key of a word “b”: put text with a comma in quotes",
        ),
    ],
)
def test_what_a_root_may_not_write(text: str, rule: str, place: str, words: str) -> None:
    assert one(text)[:2] == (rule, place)
    assert words in one(text)[2]


def test_every_fault_of_a_file_is_told() -> None:
    _, problems = extend(ZH, "event_kind:\n  meeting: {cue: [x]}\nmeasure_word: [副]\n".encode())
    assert [(problem.rule, problem.place.line) for problem in problems] == [("YML010", 2), ("YML010", 3)]
    assert "measure_words" in problems[1].expected


def test_a_lexicon_comes_back_from_its_json() -> None:
    for lexicon in (ZH, extended(ROOT)):
        assert from_json(lexicon.to_json().encode()) == (lexicon, [])


def changed(**keys: Any) -> bytes:
    return json.dumps({**json.loads(ZH.to_json()), **keys}).encode()


def vocabulary(**keys: Any) -> bytes:
    good = {"open": True, "default": None, "told_by": "clause", "words": {}}
    return changed(vocabularies={"event_kind": {**good, **keys}})


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff", b"[]", b"{}", b"null", b'{"name": 1, "name": 2}', b"[" * 100_000,
        changed(number="1"), changed(number=True), changed(languages=[1]), changed(lists={}), changed(more=1),
        changed(lists={**json.loads(ZH.to_json())["lists"], "triggers": ["会 议"]}),
        changed(lists={**json.loads(ZH.to_json())["lists"], "triggers": [7]}),
        vocabulary(open=1), vocabulary(told_by="x"), vocabulary(told_by=[]), vocabulary(default="x"),
        vocabulary(words=[]),
        vocabulary(words={"a": {}}), vocabulary(words={"a": {"labels": {"en": "a", "zh": "甲"}, "definition": 1}}),
        vocabulary(words={"a": {"labels": {"en": "a", "zh": "甲"}, "definition": "A.", "cues": ["@"]}}),
        vocabulary(words={"a": {"labels": {"en": "a", "zh": "甲"}, "definition": "A.", "cues": {"x": 1}}}),
    ],
)  # fmt: skip
def test_a_lexicon_that_cannot_be_read_is_one_problem(data: bytes) -> None:
    lexicon, problems = from_json(data)
    assert lexicon is None
    assert [(problem.rule, problem.place.file) for problem in problems] == [("PUB006", "lexicon.json")]
    assert problems[0].found
