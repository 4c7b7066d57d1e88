"""Every figure that a document states by hand is that of the data, the code or the page it was taken from.

What programs write whole is tested where they are (docs/AGREEMENT.md, DRAFT.md, CORRUPTION.md, RULES.md); the
README's tables, shares and examples in test_readme.py, the datasheet's readings in test_release.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import lingang
from lingang.cli.commands import main
from lingang.rules.python import PYTHON_RULES
from lingang.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
WORDS = dict(enumerate(ONES)) | {20 + unit: f"twenty-{word}" for unit, word in enumerate(ONES[1:7], start=1)}


def said(name: str) -> str:
    return " ".join((ROOT / name).read_text("utf-8").split())


def rows(name: str) -> int:
    return len(lingang.load(name))


def with_text() -> int:
    return sum(bool(line.strip()) for line in lingang.raw().split("\n"))


def test_the_first_sentences_of_the_readme() -> None:
    text = said("README.md")
    counts = [f"{rows(name)} {name}" for name in ("people", "organizations", "events")]
    assert f"{WORDS[rows('articles')].title()} items, {', '.join(counts)}" in text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("DATASHEET.md", "One page with {items} items"),
        ("DATASHEET.md", "| text characteristics | {items} items, {photos} of them with photo texts"),
        ("DATASHEET.md", "and of {private} private persons who won a prize"),
        ("ETHICS.md", "{private} winners of a contest, with name, role and prize"),
        ("ETHICS.md", "here: {private} of {prizes} first prizes have a name"),
        ("docs/ROOT.md", "`tests/roots/` {roots} invented"),
        ("docs/ROOT.md", "says how much of {roots} invented pages, and of this one, it finds"),
        ("docs/CORPORA.md", "A corpus is a folder with our {tables} tables"),
        ("README.md", "a notebook with {questions} figures"),
    ],
)
def test_counts_in_words(name: str, sentence: str) -> None:
    segments = lingang.load("segments")
    photos = segments[segments["role"].isin(["caption", "credit"])]["article_id"].nunique()
    figures = lingang.load("figures")
    notebook = (ROOT / "examples" / "three_questions.ipynb").read_text("utf-8")
    counts = {
        "items": rows("articles"),
        "photos": int(photos),
        "private": int((lingang.load("people")["public_role"] == "private").sum()),
        "prizes": int(figures[figures["label"] == "一等奖"]["value"].item()),
        "roots": sum((path / "dataset").is_dir() for path in (ROOT / "tests" / "roots").iterdir()),
        "tables": len(TABLES),
        "questions": len(re.findall(r"## \d\. ", notebook)),
    }
    assert sentence.format(**{key: WORDS[value] for key, value in counts.items()}) in said(name)


def test_the_lines_of_the_page() -> None:
    assert f"of the page's {with_text()} lines with text" in said("docs/VERIFICATION.md")
    assert f"of the {with_text()} lines with text" in said("docs/AGREEMENT.md")
    cited = re.findall(r"cited (\d+) of the", said("docs/VERIFICATION.md") + said("docs/AGREEMENT.md"))
    assert len(set(cited)) == 1 and len(cited) == 2
    assert (
        f"({rows('events')} of {rows('events')} triggers, {rows('positions')} of {rows('positions')} titles)"
        in said("docs/AGREEMENT.md")
    )


def test_the_months_of_the_events() -> None:
    days = lingang.load("events")["date_start"].dropna()
    assert {(day.year, day.month) for day in days} == {(2023, 5)}
    for name in ("README.md", "DATASHEET.md"):
        assert "May 2023" in said(name)


def test_the_line_of_a_ci_is_one_that_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/CI.md shows what the last line is where a table cannot be read."""
    for name in lingang.tables():
        (tmp_path / f"{name}.jsonl").write_bytes((lingang.path("events").parent / f"{name}.jsonl").read_bytes())
    (tmp_path / "documents.jsonl").write_text("{\n", "utf-8")
    assert main(["validate", str(tmp_path)]) == 1
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last in (ROOT / "docs" / "CI.md").read_text("utf-8")


def test_the_rules_over_running_text() -> None:
    """BENCHMARKS.md says how many there were when it was measured, and that this is no count of today."""
    text = said("docs/BENCHMARKS.md")
    assert "forty-two when this was measured" in text
    assert len(PYTHON_RULES) < 42
