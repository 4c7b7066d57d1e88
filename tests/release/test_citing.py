"""How a dataset is cited: as a line, as BibTeX, in the files that others read."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from lingang.about import About, Creator
from lingang.dataset.citing import bibtex, reference
from lingang.release.citation import zenodo

ROOT = Path(__file__).resolve().parents[2]
KINDS = {
    "Development Status",
    "Environment",
    "Intended Audience",
    "Natural Language",
    "Operating System",
    "Programming Language",
    "Topic",
    "Typing",
}

PAPER = About(
    name="yunhe",
    title="云河晚报一版 & more",
    version="0.3.0",
    description="One page.",
    creators=(Creator("白露工作组"), Creator("Chen {Shouyi}", "person")),
    contact="write to the editors",
    base="tag:example.org,2024:yunhe",
    annotations_license="CC0-1.0",
    text_license="LicenseRef-yunhe",
    method="read once",
    rights="all rights",
)


def test_an_entry_without_day_or_address() -> None:
    assert bibtex(PAPER) == (
        "@misc{yunhe-0.3.0,\n"
        "  title = {{云河晚报一版 \\& more}},\n"
        "  author = {{白露工作组} and {Chen Shouyi}},\n"
        "  version = {0.3.0},\n"
        "  note = {Dataset, version 0.3.0. CC0-1.0}\n"
        "}\n"
    )
    assert reference(PAPER) == "白露工作组, Chen {Shouyi} (n.d.). 云河晚报一版 & more. Version 0.3.0."


def test_an_entry_with_day_and_address() -> None:
    about = replace(PAPER, released="2024-03-02", repository="https://example.org/a_b.git")
    entry = bibtex(about)
    assert "  year = {2024},\n  date = {2024-03-02},\n" in entry
    assert "  url = {https://example.org/a_b.git}\n}\n" in entry
    assert reference(about, version="版本") == (
        "白露工作组, Chen {Shouyi} (2024). 云河晚报一版 & more. 版本 0.3.0. https://example.org/a_b.git"
    )
    assert "url = {https://example.org/}" in bibtex(replace(about, homepage="https://example.org/"))


def test_the_metadata_of_a_deposit() -> None:
    told = json.loads(zenodo(replace(PAPER, released="2024-03-02", homepage="https://example.org/")))
    assert told["upload_type"] == "dataset" and told["access_right"] == "open"
    assert told["license"] == "cc0-1.0" and told["publication_date"] == "2024-03-02"
    assert told["creators"] == [{"name": "白露工作组"}, {"name": "Chen {Shouyi}"}]
    assert told["related_identifiers"] == [{"identifier": "https://example.org/", "relation": "isDescribedBy"}]
    assert "license" not in json.loads(zenodo(replace(PAPER, annotations_license="LicenseRef-ours")))


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_has_the_entry_of_the_facts(name: str) -> None:
    facts = json.loads((ROOT / "src" / "lingang" / "data" / "about.json").read_text(encoding="utf-8"))
    assert f"```bibtex\n{bibtex(About.of(facts))}```" in (ROOT / name).read_text(encoding="utf-8")


def test_the_addresses_of_the_package_are_those_of_the_facts() -> None:
    facts = yaml.safe_load((ROOT / "dataset" / "about.yaml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = {"Homepage": facts.get("homepage"), "Repository": facts.get("repository")}
    assert project.get("urls", {}) == {name: address for name, address in told.items() if address}
    assert all(line.split(" :: ")[0] in KINDS for line in project["classifiers"])
    assert "Programming Language :: Python :: 3.11" in project["classifiers"]


def test_the_form_for_a_wrong_value_asks_for_what_a_correction_needs() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "value-is-wrong.yml").read_text(encoding="utf-8"))
    asked = {part["id"]: part.get("validations", {}).get("required", False) for part in form["body"] if "id" in part}
    assert asked == {"record": True, "line": True, "recorded": True, "should": False, "version": True, "why": False}


def test_security_is_told_in_five_lines() -> None:
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# Security" and len([line for line in lines[1:] if line]) == 5
