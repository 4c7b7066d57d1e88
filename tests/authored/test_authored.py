"""No authored value is dropped, and no value of the wrong kind is a traceback: each is a cell, or a problem."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path as File
from time import process_time
from typing import Any

import pytest

from lingang.authored.tree import read_files
from lingang.authored.wanted import known_keys
from lingang.check.root import check_files
from sweep import Path, another, outcome, paths, removed, replaced, trees, written

INVENTED = read_files(File(__file__).parents[1] / "data" / "every_key")
"""A root in which every key of every authored file stands; its page is invented."""
TREES = trees(INVENTED)
BASE, _ = outcome(INVENTED)
VALUES = [(file, path) for file, tree in TREES.items() for path, _ in paths(tree)]


def at(tree: Any, path: Path) -> Any:
    for part in path:
        tree = tree[part]
    return tree


def shape_of(file: str) -> str:
    return "article" if "/articles/" in file else File(file).stem


def named(path: Path) -> str:
    return "/".join(map(str, path))


def test_the_invented_root_has_every_key_and_no_problem() -> None:
    assert [f"{problem.place} {problem.message}" for problem in outcome(INVENTED)[1]] == []
    keys: dict[str, set[object]] = {}
    for file, path in VALUES:
        keys.setdefault(shape_of(file), set()).add(path[-1])
    lacking = {(shape, key) for shape, found in keys.items() for key in known_keys(shape) if key not in found}
    assert lacking == {("sources", "observed")}  # which an issue of a whole page cannot have


# ── Every value has an effect ────────────────────────────────────────────────────────────────────────────────────

SUPERFLUOUS = frozenset("before after quote from to source exclude seen kind status decision public_role event".split())
"""Keys whose value may be what is found without them."""


def unseen(files: dict[str, bytes], base: object, file: str, tree: Any) -> bool:
    """Whether a changed file makes the same rows and no problem."""
    rows, problems = outcome({**files, file: written(tree)})
    return rows == base and not problems


def scalars(all_trees: dict[str, Any]) -> Iterator[tuple[str, Path, Any]]:
    for file, tree in all_trees.items():
        for path, value in paths(tree):
            if not isinstance(value, list | dict) and not without_rows(file, tree, path):
                yield file, path, value


def without_rows(file: str, tree: Any, path: Path) -> bool:
    """What a reader is makes a row only with a reading; what the dataset is as a whole makes none."""
    return file == "dataset/about.yaml" or (file == "dataset/verification.yaml" and path[0] == "readers")


@pytest.mark.long
def test_another_value_makes_another_row_or_a_problem() -> None:
    passed_over = [
        f"{file} {named(path)}: {value}"
        for file, path, value in scalars(TREES)
        if unseen(INVENTED, BASE, file, replaced(TREES[file], path, another(value)))
    ]
    assert passed_over == []


@pytest.mark.long
def test_what_is_taken_out_makes_another_row_or_a_problem() -> None:
    passed_over = [
        f"{file} {named(path)}"
        for file, path in VALUES
        if not (path[-1] in SUPERFLUOUS or without_rows(file, TREES[file], path))
        and unseen(INVENTED, BASE, file, removed(TREES[file], path))
    ]
    assert passed_over == []


def of_this_dataset(files: dict[str, bytes], share: float) -> None:
    all_trees = trees(files)
    base, _ = outcome(files)
    chance = random.Random("authored")
    chosen = [one for one in scalars(all_trees) if chance.random() < share]
    assert len(chosen) > 20
    passed_over = [
        f"{file} {named(path)}: {value}"
        for file, path, value in chosen
        if unseen(files, base, file, replaced(all_trees[file], path, another(value)))
    ]
    assert passed_over == []


@pytest.mark.long
def test_some_values_of_this_dataset(files: dict[str, bytes]) -> None:
    of_this_dataset(files, 0.05)


@pytest.mark.sweep
def test_every_value_of_this_dataset(files: dict[str, bytes]) -> None:
    of_this_dataset(files, 1.0)


ITEM, PAGE, PLACES = "dataset/articles/spring-meeting.yaml", "dataset/sources.yaml", "dataset/places.yaml"
PICTURE = "dataset/articles/picture.yaml"
IDLE = [
    # file, what stands there, what is written instead, the key that has no effect, and a word of the reason
    (ITEM, "stand_in: 该局, before: 评选", "stand_in: 该局, award: 种粮能手, before: 评选", "award", "awardee"),
    (ITEM, "group: 种粮能手, before", "group: 种粮能手, stand_in: 能手, before", "stand_in", "one name"),
    (
        ITEM,
        "names: [沈禾, 何田, 等], before",
        "names: [沈禾, 何田, 等], stand_in: 他们, before",
        "stand_in",
        "one name",
    ),
    (ITEM, "cue: 说, group: 松岭县乡亲", "cue: 说, speaker: 沈禾, group: 松岭县乡亲", "speaker", "group"),
    (PAGE, "seen: 本周看点", "seen: 本周看点, observed: 本周看点", "observed", "item"),
    (
        PICTURE,
        "kind: photo_news",
        "why: {kind: a picture, note: none}\nkind: photo_news",
        "note",
        "reason of a key",
    ),
    (ITEM, "before: ，云河市}", "before: ，云河市}\n    year: 2024", "year", "date itself"),
    (PAGE, "{县: 松岭县}", "{县: 松岭县, 业局: 云河市农业局}", "业局", "title"),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "why"), IDLE, ids=[f"{one[3]} {one[2][:8]}" for one in IDLE])
def test_a_value_without_effect_is_named_at_its_key(file: str, old: str, new: str, key: str, why: str) -> None:
    text = INVENTED[file].decode()
    assert text.count(old) == 1
    changed = text.replace(old, new)
    at_key = changed.index(f"{key}:", changed.index(new))
    line, column = changed.count("\n", 0, at_key) + 1, at_key - changed.rfind("\n", 0, at_key)
    _, problems = outcome({**INVENTED, file: changed.encode()})
    assert [(problem.rule, str(problem.place)) for problem in problems] == [("YML015", f"{file}:{line}:{column}")]
    assert problems[0].message == f"“{key}” has no effect here" and why in problems[0].expected


def test_of_what_is_not_finished_nothing_is_said_to_have_no_effect() -> None:
    """One cause, one error: the award, the group and the quotation of a broken event are not idle."""
    text = INVENTED[ITEM].decode().replace("trigger: {quote: 召开", "trigger: {quote: 召集")
    _, problems = outcome({**INVENTED, ITEM: text.encode()})
    assert "YML015" not in {problem.rule for problem in problems}
    assert [problem.rule for problem in problems] == ["EVI002"]


CHANGE = "{mention: {quote: 春耕, before: 早}, is: green-fields, exclude: false, reason: likewise}"
MENTIONS = [
    # what is written instead, the entity of the mention (None: no mention), and what is wrong
    ("{mention: {quote: 春耕, before: 早}, is: green-fields, reason: likewise}", "green-fields", None),
    (CHANGE, "green-fields", None),
    ("{mention: {quote: 春耕, before: 早}, exclude: true, reason: likewise}", None, None),
    ("{mention: {quote: 春耕, before: 早}, exclude: false, reason: likewise}", "spring", "neither"),
    ("{mention: {quote: 春耕, before: 早}, reason: likewise}", "spring", "neither"),
    ("{mention: {quote: 春耕, before: 早}, is: green-fields, exclude: true, reason: likewise}", "spring", "both"),
    (f"{CHANGE}\n  - {CHANGE}", "green-fields", "春耕"),
]


@pytest.mark.parametrize(("new", "entity", "wrong"), MENTIONS)
def test_a_mention_is_excluded_where_the_author_says_true(new: str, entity: str | None, wrong: str | None) -> None:
    text = INVENTED[ITEM].decode()
    assert text.count(CHANGE) == 1
    rows, problems = outcome({**INVENTED, ITEM: text.replace(CHANGE, new).encode()})
    assert [problem.found for problem in problems] == ([wrong] if wrong else [])
    if wrong is None:
        start = INVENTED["raw/page.txt"].decode().index("春耕早")
        here = [row for row in rows["mentions"] if row["raw_start"] == start]
        assert [row["entity_id"] for row in here] == ([entity] if entity else [])
        notes = [
            row["note"] for row in rows["evidence"] if row["table_name"] == "mentions" and row["raw_start"] == start
        ]
        assert notes == (["likewise"] if entity else [])


# ── No value of the wrong kind is a traceback ────────────────────────────────────────────────────────────────────

WRONG = [None, [], {}, "", 0, True, -1, 10**30, "x", " ", "\u3000", ["x"], [None], [[]], {"x": "y"}, {"quote": None}]
EMPTY_IS_FINE = ([], {})


def trials() -> Iterator[tuple[str, Path, object]]:
    return ((file, path, value) for file, path in VALUES for value in WRONG)


def well_told(file: str, path: Path, value: object, *, whole: bool) -> str | None:
    """What is wrong with how a value of the wrong kind is told; ``None`` if nothing is."""
    data = written(replaced(TREES[file], path, value))
    rows, problems = outcome({**INVENTED, file: data})
    if whole and not any(problem.rule.startswith("YML") for problem in problems):
        check_files({**INVENTED, file: data})
    for problem in problems:
        if not (problem.message and problem.expected and problem.found):
            return f"not all is said: {problem}"
        # a name or a page that a whole file lacks has no line there
        if problem.place.column is None and problem.rule not in ("KEY003", "TXT001", "TXT007"):
            return f"no line: {problem}"
    if value is None and not any(one.rule.startswith("YML") and one.place.file == file for one in problems):
        return "null is taken for a value"
    same = type(value) is type(at(TREES[file], path)) and value == at(TREES[file], path)
    seen = problems or rows != BASE or same or value in EMPTY_IS_FINE or without_rows(file, TREES[file], path)
    return None if seen else "nothing changes"


def wrongly_told(share: float, *, whole: bool) -> list[str]:
    chance = random.Random("kinds")
    chosen = [trial for trial in trials() if chance.random() < share]
    assert len(chosen) > 50
    told = ((one, well_told(*one, whole=whole)) for one in chosen)
    return [f"{file} {named(path)}: {value!r}: {wrong}" for (file, path, value), wrong in told if wrong is not None]


@pytest.mark.long
def test_keys_without_their_value() -> None:
    assert wrongly_told(0.1, whole=False) == []


@pytest.mark.sweep
def test_every_key_without_its_value() -> None:
    assert wrongly_told(1.0, whole=True) == []


OUTSIDE = ["农事", "春耕大会", "松岭县代表参加", "本报讯（记者陈守一）", "图为", "春耕现场。", "记者何田摄", "摄"]
"""Text of the lines around the body."""


@pytest.mark.long
def test_a_quote_from_outside_the_body_is_no_traceback() -> None:
    files = {name: data for name, data in INVENTED.items() if name != "dataset/articles/picture.yaml"}
    tree = replaced(TREES[ITEM], ("text",), TREES[ITEM]["text"] | {"caption": 8, "credit": 9})
    files[ITEM] = written(tree)
    assert outcome(files)[1] == []
    chance, makes_rows = random.Random("outside"), 0
    for path in [path for path, value in paths(tree) if isinstance(value, str)]:
        rows, problems = outcome({**files, ITEM: written(replaced(tree, path, chance.choice(OUTSIDE)))})
        makes_rows += not problems
        assert rows
    event = ("events", "spring-meeting")
    for quote in OUTSIDE:  # whose clauses and sentence are asked for
        outcome({**files, ITEM: written(replaced(tree, (*event, "trigger"), quote))})
        outcome({**files, ITEM: written(replaced(tree, (*event, "date"), quote))})
    assert makes_rows


WHOLE = ["", "\n", "# only a remark\n", "---\n", "[]\n", "- a\n", "x\n", "null\n", "~\n", "3\n", "true\n"]
KEYS = [
    "1: x\n",
    "null: x\n",
    "true: x\n",
    "~: x\n",
    "1.5: x\n",
    "'': x\n",
    "? [a]\n: x\n",
    "x:\n",
    "{x}\n",
    "a b: {}\n",
]


@pytest.mark.long
@pytest.mark.parametrize("text", [*WHOLE, *KEYS])
@pytest.mark.parametrize("file", TREES)
def test_a_file_that_holds_something_else(file: str, text: str) -> None:
    _, problems = outcome({**INVENTED, file: text.encode()})
    here = [problem for problem in problems if problem.place.file == file and problem.place.line is not None]
    assert here and all(problem.rule.startswith("YML") and problem.expected and problem.found for problem in here)


def test_a_participant_without_a_name_and_paragraphs_out_of_order_are_told() -> None:
    text = INVENTED[ITEM].decode()
    for old, new, rule in (
        ("organizer, name: 粮食局}", "organizer}", "YML011"),
        ('body: [4, 5, "6-7"]', 'body: [5, 5, "6-7"]', "TXT003"),
    ):
        assert text.count(old) == 1
        _, problems = outcome({**INVENTED, ITEM: text.replace(old, new).encode()})
        assert rule in {problem.rule for problem in problems}


def test_a_comma_that_ends_a_reason_is_told() -> None:
    text = INVENTED[ITEM].decode().replace("reason: one character}", "reason: one character, not two}")
    _, problems = outcome({**INVENTED, ITEM: text.encode()})
    (problem,) = problems
    assert problem.rule == "YML010" and "not two" in problem.message
    assert problem.hint == (
        "in braces a comma ends a value: where the text of reason: goes on after it, put that text in quotes"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            ITEM,
            "headline: 2",
            "headline:",
            ["“headline” has no value yet", "a whole number from 1, or a range of lines"],
        ),
        (
            ITEM,
            "byline: 本报讯（记者陈守一）",
            "byline: {}",
            ["key “quote” is missing here", "quote: text in one line"],
        ),
        (PLACES, "parent: yunhe", "parent: ", ["“parent” has no value yet", "text in one line"]),
    ],
)
def test_what_a_key_wants_is_said(file: str, old: str, new: str, says: list[str]) -> None:
    text = INVENTED[file].decode()
    assert text.count(old) == 1
    _, problems = outcome({**INVENTED, file: text.replace(old, new).encode()})
    (problem,) = problems
    assert problem.message == says[0] and problem.expected.startswith(says[1])
    assert problem.place.line == text.count("\n", 0, text.index(old)) + 1


def large(unit: str) -> str:
    """Some 0.6 MB of one thing again and again, each with a number of its own."""
    return "".join(unit.format(number) for number in range(600_000 // len(unit.format(10_000).encode())))


LARGE = [
    (ITEM, "kind: news\n", large("k{}:\n")),
    (ITEM, "titles:\n", "titles:\n" + large("  甲{0}: 乙{0}\n")),
    (ITEM, "to: 不误农时。", "to: " + "不误农时。" * 50_000),
    (ITEM, "mentions:\n", "mentions:\n" + large("  - {{mention: x, is: k{}, reason: x}}\n")),
    (PLACES, "yunhe: ", large("k{0}: {{name: 甲{0}, kind: city, parent: k{0}}}\n") + "yunhe: "),
    (PLACES, "yunhe: ", large("k{0}: {{name: 甲{0}, kind: city, parent: 丙}}\n") + "yunhe: "),
    ("dataset/campaigns.yaml", "[推进绿野行动]", "[推进绿野行动" + large(", 推进{}") + "]"),
    (PAGE, "{县: 松岭县}", "{县: 松岭县" + large(", 甲{}: 松岭县") + "}"),
]


@pytest.mark.long
@pytest.mark.parametrize(("file", "old", "new"), LARGE, ids=range(len(LARGE)))
def test_the_time_grows_with_the_size_of_a_file(file: str, old: str, new: str) -> None:
    text = INVENTED[file].decode()
    assert text.count(old) == 1
    began = process_time()
    outcome({**INVENTED, file: text.replace(old, new).encode()})
    assert process_time() - began < 15  # about one second; as long as the square of the size would take, over a minute


def test_of_many_faults_the_first_are_told_and_the_others_counted() -> None:
    text = "kind: news\ntext: {caption: 8, credit: 9}\n" + "".join(f"k{number}:\n" for number in range(5_000))
    _, problems = outcome({**INVENTED, ITEM: text.encode()})
    unknown = [problem for problem in problems if problem.rule == "YML010"]
    assert [problem.place.line for problem in unknown] == list(range(3, 3 + 201))
    assert unknown[-1].message == "unknown key “k200”; 4,800 keys and values from here on are wrong"
