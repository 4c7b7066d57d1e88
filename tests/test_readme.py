"""What the README says is so: its examples run, its figures are those of the data."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import lingang
from lingang.cli import main

README = Path(__file__).resolve().parent.parent / "README.md"


def test_the_examples_give_their_output() -> None:
    failed, tried = doctest.testfile(str(README), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tried >= 6
    assert failed == 0


def test_the_table_of_tables_has_their_rows() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert rows == {name: str(len(lingang.load(name))) for name in lingang.tables()}


def test_the_shares_of_the_evidence() -> None:
    shares = lingang.load("evidence")["basis"].value_counts(normalize=True)
    text = README.read_text(encoding="utf-8")
    assert f"{shares['stated']:.0%} of the evidence *states*" in text
    assert f"{shares['normalized']:.0%} is *normalized*" in text
    assert f"{shares['inferred']:.0%} is *inferred*" in text
    assert f"{shares['unmarked']:.0%} is *unmarked*" in text
    assert shares["composed"] < 0.01 and shares["read"] < 0.01
    assert f"{len(lingang.load('evidence'))} pieces of evidence" in text


def test_the_corruption_score_is_that_of_its_report() -> None:
    report = (README.parent / "docs" / "CORRUPTION.md").read_text(encoding="utf-8")
    found = re.search(r"\*\*([0-9.]+)%\*\* of ([0-9,]+) values and quotes altered", report)
    assert found is not None
    text = " ".join(README.read_text(encoding="utf-8").split())
    assert f"sample of {found[2]} single alterations of values and quotes" in text
    assert f"the checks notice {float(found[1]):.1f}%" in text


def test_the_problem_that_is_shown_is_what_a_user_sees(copied: Path, capsys: object) -> None:
    file = copied / "dataset" / "articles" / "moral-envoys.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("quote: 该办事处召开大会", "quote: 该办事处召集大会"), encoding="utf-8"
    )
    assert main(["validate", str(copied)]) == 1
    out: str = capsys.readouterr().out  # type: ignore[attr-defined]
    assert out in README.read_text(encoding="utf-8")


def test_what_it_says_of_the_agreement_is_what_the_page_of_it_has() -> None:
    page = (README.parent / "docs" / "AGREEMENT.md").read_text(encoding="utf-8")
    scores = re.findall(r"^\| (\w+) \| \d+ \| \d+ \| [0-9.]+ \| [0-9.]+ \| ([0-9.]+) \|", page, re.MULTILINE)
    text = " ".join(README.read_text(encoding="utf-8").split())
    same = sum(score == "1.00" for _, score in scores)
    assert f"the same rows in {same} of the {len(scores)} tables that are compared" in text
    assert f"odd enough to be an issue (F1 {dict(scores)['issues']})" in text
    changed = page.count("| the second reading |")
    assert changed == 6 and "six decisions changed a record" in text
    assert "kappa" not in text


def test_no_document_names_another_reader_than_the_table_of_readings() -> None:
    """Until a person signs, every text about the dataset says that the readers are models."""
    assert set(lingang.load("readings")["reader_kind"]) == {"model"}
    for name in ("README.md", "DATASHEET.md", "docs/AGREEMENT.md", "dataset/about.yaml", "CITATION.cff"):
        text = " ".join((README.parent / name).read_text(encoding="utf-8").split()).lower()
        assert "language models" in text, name
        assert not re.search(r"hand-verified|written by hand|decided by hand|manual human", text), name
