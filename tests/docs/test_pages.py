"""The pages of docs/: their code runs and prints what they show; what is made from the package is made anew."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import lingang
import pages

ROOT = Path(__file__).resolve().parents[2]
ANALYSES = """
who-attends-with-whom titles-per-person events-per-day open-lists evidence-behind-an-event
quotations-by-speaker text-search evidence-to-text-offsets stated-against-inferred to-a-statistics-package
""".split()


@pytest.mark.parametrize("path", pages.runnable(), ids=lambda path: path.stem)
def test_the_code_of_a_page_prints_what_it_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert pages.rerun(text, path.name) == text


@pytest.mark.parametrize("name", ANALYSES)
def test_an_analysis_is_a_page_with_code_and_output_and_no_function_of_its_own(name: str) -> None:
    text = (ROOT / "docs" / "analyses" / f"{name}.md").read_text(encoding="utf-8")
    code = "".join(re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    assert "import lingang" in code
    assert not re.search(r"^\s*(def|class) ", code, re.MULTILINE)
    assert re.search(r"^```text\n.+?^```", text, re.MULTILINE | re.DOTALL)
    assert f"]({name}.md)" in (ROOT / "docs" / "analyses" / "README.md").read_text(encoding="utf-8")


def test_a_page_whose_code_prints_something_else_is_seen() -> None:
    page = "# Title\n\n```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n\nMore.\n"
    assert pages.rerun(page, "page.md") == page.replace("3", "2")
    silent = "```python\nanswer = 2\n```\n\nThen:\n\n```python\nprint(answer)\n```\n"
    assert pages.rerun(silent, "page.md") == f"{silent}\n```text\n2\n```\n"
    with pytest.raises(NameError):
        pages.rerun("```python\nprint(question)\n```\n", "page.md")


def test_the_pages_made_from_the_package_are_those_of_a_fresh_run() -> None:
    assert (ROOT / "docs" / "API.md").read_text(encoding="utf-8") == pages.api()
    assert (ROOT / "docs" / "GLOSSARY.md").read_text(encoding="utf-8") == pages.glossary()


@pytest.mark.long
def test_every_public_function_and_every_role_has_its_entry() -> None:
    functions = re.findall(r"^## (\w+)$", pages.api(), re.MULTILINE)
    assert sorted(functions) == sorted(name for name in lingang.__all__ if not name.startswith("__"))
    words = lingang.load("words")
    assert set(pages.GLOSSARY) <= set(words["vocabulary"])
    roles = words[words["vocabulary"] == "participation_role"]["word"]
    assert all(f"| `{role}` |" in pages.glossary() for role in roles)


def test_no_table_that_is_shown_prints_a_day_without_the_doubt_of_its_year() -> None:
    """Most years stand in another item: beside date_start stands date_edtf with its ?, or year_basis."""
    shown = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))
    headers = [(path.name, line) for path in shown for line in path.read_text("utf-8").splitlines()]
    cells = json.loads((ROOT / "examples" / "three_questions.ipynb").read_text("utf-8"))["cells"]
    for output in (output for cell in cells for output in cell.get("outputs", ())):
        text = "".join(output.get("text", "")) + "".join(output.get("data", {}).get("text/plain", ""))
        headers += [("three_questions.ipynb", line) for line in text.splitlines()]
    plain = re.compile(r"^ *([a-z_]+ +)*date_start( +[a-z_]+)*\\?$")
    assert [
        (name, line) for name, line in headers if plain.match(line) and not re.search("date_edtf|year_basis", line)
    ] == []
