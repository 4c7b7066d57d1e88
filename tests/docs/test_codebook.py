"""The rules of annotation are of any page; the cases quote the lines of this one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import lingang
from lingang.build.root import guides
from lingang.lexicon.shipped import FOLDER, read_layer

ROOT = Path(__file__).resolve().parents[2]
RULES = (ROOT / "docs" / "CODEBOOK.md").read_text(encoding="utf-8")
CASES = (ROOT / "dataset" / "CASES.md").read_text(encoding="utf-8")
LINES = next((ROOT / "raw").glob("*.txt")).read_text(encoding="utf-8").split("\n")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_rules_hold_no_word_of_this_page() -> None:
    for table in ("people", "organizations", "places", "campaigns"):
        for row in lingang.load(table).to_dict("records"):
            for form in (row["name"], *row.get("aliases", ())):
                assert form not in RULES, form
    page = squeezed("".join(LINES))
    runs = re.findall("[\u4e00-\u9fff]{7,}", RULES)
    assert not [run[at : at + 7] for run in runs for at in range(len(run) - 6) if run[at : at + 7] in page]
    assert not re.search(r"\bL[0-9]+", RULES)
    assert len(RULES.encode()) < 12_000


def test_each_case_stands_on_its_lines() -> None:
    cases = re.findall(r"\bL(\d+)(?:-(\d+))? `([^`]+)`", CASES)
    assert len(cases) > 250
    wrong = []
    for first, last, quote in cases:
        text = squeezed("".join(LINES[int(first) - 1 : int(last or first)]))
        at = 0
        for part in squeezed(quote).split("…"):
            at = text.find(part, at)
            if at < 0:
                wrong.append(f"L{first}-{last} {quote}")
                break
    assert not wrong


@pytest.mark.long
@pytest.mark.parametrize("name", ["docs/CODEBOOK.md", "dataset/CASES.md"])
def test_each_word_that_is_defined_in_a_table_is_one_of_the_lexicon(name: str) -> None:
    known = {
        word.value for vocabulary in read_layer(FOLDER / "zh-news-1").vocabularies.values() for word in vocabulary.words
    }
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if found := re.match(r"\| (?:\d+ \| )?`([a-z_]+)` \|", line):
            assert found[1] in known, line


def test_a_root_carries_its_rules_and_its_cases(tmp_path: Path) -> None:
    for folder in ("docs", "dataset"):
        (tmp_path / folder).mkdir()
    assert guides(tmp_path) == {}
    (tmp_path / "docs" / "CODEBOOK.md").write_text("of the docs")
    (tmp_path / "dataset" / "CASES.md").write_text("cases")
    assert guides(tmp_path) == {"CODEBOOK.md": b"of the docs", "CASES.md": b"cases"}
    (tmp_path / "dataset" / "CODEBOOK.md").write_text("of the dataset")
    assert guides(tmp_path)["CODEBOOK.md"] == b"of the dataset"
