"""What the README says is so, in both languages: its examples run, its figures are those of the data."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import lingang
from lingang.cli.commands import main

ROOT = Path(__file__).resolve().parents[2]
README, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
VERIFICATION, VALIDATING = ROOT / "docs" / "VERIFICATION.md", ROOT / "docs" / "VALIDATING.md"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["en", "zh"])
def test_the_examples_give_their_output(readme: Path) -> None:
    failed, tried = doctest.testfile(str(readme), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tried >= 6
    assert failed == 0


def commands(text: str) -> list[str]:
    """The lines of fenced blocks without their remarks, which are in the language of the page."""
    lines = [
        line
        for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]
    return [re.sub(r"\s+# .*", "", line) for line in lines]


def test_both_languages_name_the_same_commands_and_files() -> None:
    english, chinese = text_of(README), text_of(CHINESE)
    assert commands(english) == commands(chinese)
    assert "pip install -e '.[dev]' && python build.py" in commands(english)
    assert "pytest" in commands(english)
    links = [re.findall(r"\]\(([^)\s]+)\)", text) for text in (english, chinese)]
    assert [link for link in links[0] if "README" not in link] == [link for link in links[1] if "README" not in link]
    assert "README.zh.md" in links[0] and "README.md" in links[1]
    in_line = [
        set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))) for text in (english, chinese)
    ]
    assert in_line[0] == in_line[1]
    assert english.count("\n## ") == chinese.count("\n## ")


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["en", "zh"])
def test_it_is_short_and_its_numbers_are_those_of_the_tables(readme: Path) -> None:
    text = text_of(readme)
    assert len(text.encode()) < 9000
    counts = [len(lingang.load(name)) for name in ("people", "organizations", "events", "evidence")]
    people, organizations, events, evidence = map(str, counts)
    first = text[: text.index("```")]
    if readme == README:
        told = f"{people} people, {organizations} organizations, {events} events, and {evidence} pieces of evidence"
    else:
        told = f"{people}人，{organizations}个机构，{events}项活动，{evidence}条证据"
    assert told in first
    assert len(lingang.load("articles")) == 9 and ("Nine items" in first or "九篇稿件" in first)


def test_the_five_questions_are_those_of_their_page() -> None:
    asked = re.findall(r"^[1-5]\. (.*)$", text_of(README), re.MULTILINE)
    assert asked == re.findall(r"^## (.*)$", text_of(ROOT / "docs" / "QUESTIONS.md"), re.MULTILINE)
    assert len(asked) == len(re.findall(r"^[1-5]\. ", text_of(CHINESE), re.MULTILINE)) == 5


def test_the_dictionary_has_the_rows_of_every_table() -> None:
    text = text_of(ROOT / "DATA_DICTIONARY.md")
    rows = dict(re.findall(r"^## (\w+)\n.*?Rows: (\d+)\.", text, re.MULTILINE | re.DOTALL))
    assert rows == {name: str(len(lingang.load(name))) for name in lingang.tables()}


def test_the_shares_of_the_evidence() -> None:
    shares = lingang.load("evidence")["basis"].value_counts(normalize=True)
    text = text_of(VERIFICATION)
    assert f"{shares['stated']:.0%} of the evidence *states*" in text
    assert f"{shares['normalized']:.0%} is *normalized*" in text
    assert f"{shares['inferred']:.0%} is *inferred*" in text
    assert f"{shares['unmarked']:.0%} is *unmarked*" in text
    assert shares["composed"] < 0.01 and shares["read"] < 0.01
    assert f"{len(lingang.load('evidence'))} pieces of evidence" in text


def test_the_corruption_score_is_that_of_its_report() -> None:
    found = re.search(
        r"\*\*([0-9.]+)%\*\* of ([0-9,]+) values and quotes altered", text_of(ROOT / "docs" / "CORRUPTION.md")
    )
    assert found is not None
    text = " ".join(text_of(VERIFICATION).split())
    assert f"sample of {found[2]} single alterations of values and quotes" in text
    assert f"the checks notice {float(found[1]):.1f}%" in text


def test_the_problem_that_is_shown_is_what_a_user_sees(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = copied / "dataset" / "articles" / "moral-envoys.yaml"
    file.write_text(text_of(file).replace("quote: 该办事处召开大会", "quote: 该办事处召集大会"), encoding="utf-8")
    assert main(["validate", str(copied)]) == 1
    assert capsys.readouterr().out in text_of(VALIDATING)


def test_what_is_said_of_the_agreement_is_what_the_page_of_it_has() -> None:
    page = text_of(ROOT / "docs" / "AGREEMENT.md")
    scores = re.findall(r"^\| (\w+) \| \d+ \| \d+ \| [0-9.]+ \| [0-9.]+ \| ([0-9.]+) \|", page, re.MULTILINE)
    text = " ".join(text_of(VERIFICATION).split())
    same = sum(score == "1.00" for _, score in scores)
    assert f"the same rows in {same} of the {len(scores)} tables that are compared" in text
    assert f"odd enough to be an issue (F1 {dict(scores)['issues']})" in text
    changed = page.count("| the second reading |")
    assert changed == 6 and "six decisions changed a record" in text
    assert "kappa" not in text and "kappa" not in text_of(README)


def test_no_document_names_another_reader_than_the_table_of_readings() -> None:
    """Until a person signs, every text about the dataset says that the readers are models."""
    assert set(lingang.load("readings")["reader_kind"]) == {"model"}
    names = "README.md README.zh.md DATASHEET.md docs/AGREEMENT.md docs/VERIFICATION.md dataset/about.yaml CITATION.cff"
    for name in names.split():
        text = " ".join(text_of(ROOT / name).split()).lower()
        assert "language models" in text, name
        assert not re.search(r"hand-verified|written by hand|decided by hand|manual human", text), name
