"""Messages that lead to the cell: every format names it, in words and not in Python, and the next step can be taken."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lingang.authored.tree import read_files
from lingang.check.corpus import check_corpus
from lingang.check.released import check_release
from lingang.check.root import check_files
from lingang.cli.commands import main
from lingang.corpus.options import Options
from lingang.failures import needs
from lingang.printers import PRINTERS
from lingang.problems import Place, Problem, Report
from lingang.rules.catalogue import catalogue
from lingang.tables import TABLES
from lingang.tables.rows import check_row, expected
from table_forms import changed, rows_of

HERE = Path(__file__).parents[1]
Inputs = Callable[[str], Path]
PYTHON = re.compile(r"\b(None|True|False|NoneType|dict|int32|int64|float64|date32|list<str>)\b|'[^'’ ]*'|\[\]|\{\}")
"""What only a programmer of this package would understand."""


def texts(problems: Iterator[Problem]) -> list[str]:
    return [text for one in problems for text in (one.message, one.expected, one.found, one.hint)]


CELL = Problem(
    "KEY002", "a message", Place("events.jsonl", 3, 1), table="events", record_id="opening", column_name="kind"
)


@pytest.mark.parametrize("name", PRINTERS)
def test_every_format_names_table_record_and_column(name: str) -> None:
    written = PRINTERS[name](Report([CELL]), list(catalogue().values()), colour=False, maximum=None)
    if name == "json":
        (problem,) = json.loads(written)["problems"]
        assert [problem[key] for key in ("table", "record_id", "column_name")] == ["events", "opening", "kind"]
    else:
        assert "events/opening, column kind" in written


def first_cells(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Change the first row of every table that has rows."""

    def damage(folder: Path) -> None:
        for declared in TABLES:
            if rows_of(declared.name):
                changed(folder / f"{declared.name}.jsonl", lambda rows: change(rows[0]))

    return damage


def nulled(row: dict[str, Any]) -> None:
    row.update(dict.fromkeys(row))


def otherwise(row: dict[str, Any]) -> None:
    for key, value in row.items():
        row[key] = not value if isinstance(value, bool) else ["甲", "甲"] if isinstance(value, list) else -1


def misspelt(row: dict[str, Any]) -> None:
    for key in list(row):
        row[f"{key}x"] = row.pop(key)


def other_words(row: dict[str, Any]) -> None:
    for key, value in row.items():
        row[key] = f"{value}甲" if isinstance(value, str) else value + 1 if type(value) is int else value


DAMAGES = {"nothing": nulled, "another kind": otherwise, "another key": misspelt, "other words": other_words}


@pytest.mark.long
@pytest.mark.parametrize("kind", ["corpus", "release"])
@pytest.mark.parametrize("what", DAMAGES)
def test_no_message_on_tables_speaks_python(what: str, kind: str, inputs: Inputs) -> None:
    folder = inputs(kind)
    first_cells(DAMAGES[what])(folder)
    report = check_corpus(folder, Options()) if kind == "corpus" else check_release(folder)
    said = texts(iter(report))
    assert len(said) > 80
    assert [text for text in said if PYTHON.search(text)] == []
    assert all(problem.table for problem in report if problem.column_name)


@pytest.mark.long
@pytest.mark.parametrize("root", ["two-cities", "dates", "court-cases"])
def test_no_message_on_authored_files_speaks_python(root: str) -> None:
    files = read_files(HERE / "roots" / root)
    for old, new in ((b"kind:", b"kind: []\nkindx:"), (b": true", b": null"), (b"name: ", b"name: x"), (b"[", b"[[]")):
        damaged = {file: data.replace(old, new, 2) if file.endswith(".yaml") else data for file, data in files.items()}
        said = texts(problem for problem in check_files(damaged).report if problem.rule != "YML003")  # libyaml's words
        assert [text for text in said if PYTHON.search(text)] == []


def test_what_a_column_takes_is_said_in_words() -> None:
    for declared in TABLES:
        for column in declared.columns:
            assert not re.search(r"[\\^$]|\bstr\b|int32|<", expected(column)), (declared.name, column.name)


def test_the_key_of_a_row_that_is_missing_or_unknown_is_named() -> None:
    (articles,) = (declared for declared in TABLES if declared.name == "articles")
    row = rows_of("articles")[0]
    without = {key: value for key, value in row.items() if key != "seq"}
    assert [(fault[0], fault[3]) for fault in check_row(articles, without)] == [("ROW006", "no key “seq”")]
    ((rule, column, wanted, found),) = check_row(articles, {**without, "sqe": 1})
    assert (rule, column, wanted, found) == ("ROW006", "sqe", "key “seq”", "key “sqe”")
    ((rule, column, wanted, found),) = check_row(articles, {**row, "colour": 1})
    assert (rule, column, found) == ("ROW006", "colour", "key “colour”") and "seq" in wanted


@pytest.mark.long
def test_a_key_that_every_line_lacks_is_one_problem(inputs: Inputs) -> None:
    for kind in ("corpus", "release"):
        folder = inputs(kind)
        changed(folder / "events.jsonl", lambda rows: [row.pop("note") for row in rows] and None)
        report = check_corpus(folder, Options()) if kind == "corpus" else check_release(folder)
        (problem,) = (problem for problem in report if problem.rule == "ROW006")
        assert problem.record_id == rows_of("events")[0]["event_id"] and "more places" in problem.found


# hints that can be followed


def test_the_extra_that_is_named_brings_the_module_that_is_missing() -> None:
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    modules = {"networkx": "networkx", "pyspark": "pyspark", "pydantic": "pydantic", "yaml": "pyyaml"}
    modules |= {"duckdb": "duckdb", "jinja2": "jinja2", "jsonschema": "jsonschema"}
    for module, distribution in modules.items():
        (extra,) = re.findall(r"pip install 'lingang\[([a-z]+)\]'", needs(module))
        assert any(entry.startswith(distribution) for entry in project["optional-dependencies"][extra]), module
        (together,) = re.findall(r"uvx --from 'lingang\[([a-z,]+)\]' lingang", needs(module))
        assert {"validate", extra} == set(together.split(","))
    assert "lingang[spark]" in needs("pyspark.sql")


def test_no_hint_names_a_file_that_only_a_checkout_has() -> None:
    for rule in catalogue().values():
        assert not re.search(r"README|docs/|schema/|CONTRIBUTING", rule.mend + rule.why), rule.id


@pytest.mark.long
def test_authors_of_yaml_are_not_told_to_build_tables_again() -> None:
    """A rule that an authored root may break says what to write."""
    root = "court-cases"
    files = read_files(HERE / "roots" / root)
    for number in range(0, 60, 5):
        damaged = {
            file: b"\n".join(line for at, line in enumerate(data.split(b"\n")) if at != number)
            if "/articles/" in file
            else data
            for file, data in files.items()
        }
        for problem in check_files(damaged).report:
            assert "build" not in problem.hint, problem


# what happened is recognised


@pytest.mark.long
@pytest.mark.parametrize("root", ["two-cities", "furniture"])
def test_a_merge_that_was_not_finished_is_named(root: str) -> None:
    files = read_files(HERE / "roots" / root)
    for file, data in files.items():
        first, _, rest = data.partition(b"\n")
        marked = b"<<<<<<< HEAD\n" + first + b"\n=======\n" + first + b"x\n>>>>>>> other\n" + rest
        problems = [one for one in check_files({**files, file: marked}).report if one.severity == "error"]
        assert [(one.place.file, one.place.line) for one in problems] == [(file, 1)], file
        assert "merge" in problems[0].message and "<<<<<<<" in problems[0].found, problems[0]


@pytest.mark.long
def test_a_merge_in_published_lines_is_named(inputs: Inputs) -> None:
    for kind in ("corpus", "release"):
        folder = inputs(kind)
        path = folder / "events.jsonl"
        first, _, rest = path.read_bytes().partition(b"\n")
        path.write_bytes(b"<<<<<<< HEAD\n" + first + b"\n=======\n" + first + b"\n>>>>>>> other\n" + rest)
        report = check_corpus(folder, Options()) if kind == "corpus" else check_release(folder)
        problems = [problem for problem in report if problem.rule not in ("PUB001", "PUB002")]
        assert [(problem.rule, str(problem.place)) for problem in problems] == [("PUB006", "events.jsonl:1:1")], kind
        assert "merge" in problems[0].found


@pytest.mark.long
def test_a_release_from_a_windows_checkout_is_one_problem_that_says_how_to_mend_it(inputs: Inputs) -> None:
    folder = inputs("release")
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (problem,) = check_release(folder)
    assert problem.rule == "PUB001" and ".gitattributes" in problem.hint


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("dataset/articles/tree-planting.yaml", "name: 望海公园", "name: 望\ufa45公园", ("U+FA45", "U+6D77")),
        ("dataset/articles/tree-planting.yaml", "name: 望海公园", "name: 望海公\u200b园", ("U+200B",)),
        ("dataset/articles/tree-planting.yaml", "市长:", "市\u200b长:", ("U+200B",)),
    ],
)
def test_characters_that_look_alike_are_named(file: str, old: str, new: str, says: tuple[str, ...]) -> None:
    files = read_files(HERE / "roots" / "two-cities")
    if old.encode() not in files[file]:
        pytest.fail(f"{old} is not in {file}")
    report = check_files({**files, file: files[file].replace(old.encode(), new.encode(), 1)}).report
    (problem,) = (problem for problem in report if problem.severity == "error")
    assert all(point in problem.found for point in says), problem


# did you mean

COMMANDS = [
    (["validat", "."], "validate"),
    (["validate", ".", "--fromat", "json"], "--format"),
    (["validate", ".", "--format", "jsno"], "json"),
    (["export", "tie", "x.xml"], "tei"),
    (["rules", "MEN02"], "MEN002"),
    (["validate", "--select", "YLM"], "YML"),
    (["show", "孙棚"], "孙鹏"),
]


@pytest.mark.parametrize(("arguments", "meant"), COMMANDS, ids=lambda value: " ".join(value))
def test_what_was_meant_is_proposed(arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert f"did you mean {meant}" in said.splitlines()[-1], said


@pytest.mark.long
def test_the_word_of_a_vocabulary_that_was_meant_is_proposed() -> None:
    files = read_files(HERE / "roots" / "two-cities")
    file = "dataset/articles/tree-planting.yaml"
    for old, new, meant in ((b"role: attendee", b"role: atendee", "attendee"), (b"status: ", b"status: planed #", "")):
        if old in files[file]:
            report = check_files({**files, file: files[file].replace(old, new, 1)}).report
            (problem,) = (problem for problem in report if problem.severity == "error")
            assert f"close to it: {meant or 'planned'}" in problem.expected, problem


# names of files are shown, and move no cursor


@pytest.mark.parametrize("arguments", [["validate"], ["build"], ["show", "--from"], ["diff"]])
def test_names_of_files_are_escaped_on_standard_error(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "no\x1b[31m\u202ewhere"
    assert main([*arguments, name, *{"show": ["x"], "diff": ["."]}.get(arguments[0], [])]) == 2
    said = capsys.readouterr().err
    assert "no\\u001B[31m\\u202Ewhere" in said and "\x1b" not in said
    assert main(["validate", "--max", name]) == 2
    assert main(["validate", f"--{name}"]) == 2
    assert "\x1b" not in capsys.readouterr().err
