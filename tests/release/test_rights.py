"""Rights and persons: one statement of the licences, columns that repeat the page, ids without a borrowed domain."""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from pathlib import Path

import pytest
import yaml

import lingang
from lingang.about import About
from lingang.authored.tree import facts
from lingang.cli.commands import main
from lingang.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
LICENCES = ("CC-BY-4.0", "MIT", "LicenseRef-newspaper-text")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("release")
    assert main(["release", str(ROOT), "--out", str(out)]) == 0
    return next(path for path in out.iterdir() if path.is_dir())


def text(path: Path) -> str:
    return " ".join(path.read_text("utf-8").split())


@pytest.mark.parametrize("name", ["README.md", "RIGHTS.md", "DATASHEET.md", "LICENSE-DATA", "CITATION.cff"])
def test_documents_state_the_three_licences(name: str) -> None:
    said = text(ROOT / name)
    assert [licence for licence in LICENCES if licence not in said] == []


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["README.md", "datapackage.json", "croissant.json", "huggingface/README.md", "CITATION.cff", "about.json"]
)
def test_what_is_released_states_them(made: Path, name: str) -> None:
    said = text(made / name)
    assert "Annotations: CC BY 4.0 (CC-BY-4.0). Code: MIT. The newspaper's text: LicenseRef-newspaper-text" in said


@pytest.mark.long
def test_descriptors_name_both_licences_of_the_data(made: Path) -> None:
    package = json.loads((made / "datapackage.json").read_bytes())
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0", "LicenseRef-newspaper-text"]
    croissant = json.loads((made / "croissant.json").read_bytes())
    by = "https://creativecommons.org/licenses/by/4.0/"
    assert croissant["license"] == [by, "LicenseRef-newspaper-text"]
    card = yaml.safe_load((made / "huggingface" / "README.md").read_text("utf-8").split("---")[1])
    assert (card["license"], card["license_name"]) == ("other", "cc-by-4.0-and-licenseref-newspaper-text")


@pytest.mark.long
@pytest.mark.parametrize("name", ["README.md", "croissant.json", "huggingface/README.md", "datapackage.json"])
def test_what_is_released_names_who_read_and_no_hand(made: Path, name: str) -> None:
    said = text(made / name).lower()
    assert "language model" in said
    said = said.replace("to be moved over by hand", "")  # what an author does with a draft
    assert "by hand" not in said and "hand-verified" not in said and "human curation" not in said


@pytest.mark.long
def test_the_card_says_what_annotated(made: Path) -> None:
    card = json.loads((made / "croissant.json").read_bytes())
    assert card["rai:dataCollectionType"] == ["Document analysis"]
    tools = " ".join(card["rai:machineAnnotationTools"])
    assert "Language models" in tools and "no person has signed" in tools


def test_the_wheel_states_them_and_carries_the_documents() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(project["license"].split(" AND ")) == set(LICENCES)
    assert {"LICENSE", "LICENSE-DATA", "RIGHTS.md", "ETHICS.md", "DATASHEET.md"} == set(project["license-files"])
    assert all((ROOT / name).is_file() for name in project["license-files"])


def listed(heading: str) -> set[tuple[str, str]]:
    """``(table, column)`` of the first table of RIGHTS.md after a sentence."""
    after = (ROOT / "RIGHTS.md").read_text("utf-8").split(heading, 1)[1].split("\n\n")[1]
    rows = re.findall(r"^\| `([a-z_]+)` \| (.*) \|$", after, re.M)
    return {(table, column) for table, columns in rows for column in re.findall(r"`([a-z_]+)`", columns)}


@pytest.mark.parametrize(
    ("heading", "prints"),
    [("hold wording of the page (a test", "wording"), ("These hold names and titles as printed:", "name")],
)
def test_the_list_of_columns_is_that_of_the_declarations(heading: str, prints: str) -> None:
    declared = {(table.name, column.name) for table in TABLES for column in table.columns if column.prints == prints}
    assert listed(heading) == declared
    assert declared


def test_every_cell_that_repeats_the_page_is_in_a_listed_column() -> None:
    """Seen from the data: a cell with a run of four Han characters that the page prints is listed, or an editor's."""
    page = "".join(lingang.raw().split())
    han = re.compile("[\u4e00-\u9fff]{4,}")
    editors = {"note", "reason", "file"}
    found = set()
    for table in TABLES:
        if table.name == "words":
            continue  # the words of the language, not of the page
        for row in lingang.open()._arrow(table.name).to_pylist():
            for column in table.columns:
                value = row[column.name]
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, str) and any(run in page for run in han.findall(one)):
                        found.add((table.name, column.name, column.prints))
    assert {(table, column) for table, column, prints in found if prints is None and column not in editors} == set()
    assert len(found) > 20


def test_ids_begin_with_what_needs_no_domain(made: Path) -> None:
    base = facts(ROOT)["base"]
    assert base.startswith("urn:uuid:") and base.endswith("#")
    assert uuid.UUID(base.removeprefix("urn:uuid:").removesuffix("#")).version == 4
    about = About.of(facts(ROOT))
    assert json.loads((made / "datapackage.json").read_bytes())["id"] == about.identifier
    assert json.loads((made / "croissant.json").read_bytes())["url"] == about.identifier
    for path in made.rglob("*"):
        if path.suffix in (".json", ".jsonl", ".jsonld", ".xml", ".cff", ".html", ".graphml"):
            assert not re.search(rb"lingang\.example", path.read_bytes()), path.name
    for path in (made / "schema").iterdir():
        assert json.loads(path.read_bytes())["$id"] == path.name  # which has no fragment


@pytest.mark.long
@pytest.mark.parametrize(
    ("base", "right"),
    [
        ("urn:uuid:657aba4c-0cbb-42ad-b13d-724ffcf8d2c4#", True),
        ("tag:yunhe.example,2024:page", True),
        ("https://yunhe.example/", True),
        ("https://yunhe.example/#a", False),
        ("urn:uuid:x##", False),
        ("yunhe", False),
    ],
)
def test_a_base_may_end_in_a_fragment_and_hold_none(copied: Path, base: str, right: bool) -> None:
    about = copied / "dataset" / "about.yaml"
    about.write_text(re.sub("^base: .*$", f'base: "{base}"', about.read_text("utf-8"), flags=re.M), "utf-8")
    assert (main(["validate", str(copied), "--select", "YML"]) == 0) is right


def test_how_to_ask_in_private_is_said_where_contact_is(made: Path) -> None:
    private = " ".join(facts(ROOT)["private_contact"].split())
    for name in ("README.md", "huggingface/README.md", "explore.html"):
        assert private in text(made / name), name
    assert "@" not in private


def test_no_document_and_no_example_names_the_private_persons(root: Path) -> None:
    people = lingang.load("people")
    private = people[people["public_role"] == "private"]
    assert len(private) == 2
    names = [name for column in ("name", "name_latin", "person_id") for name in private[column]]
    documents = [*root.glob("*.md"), *(root / "docs").glob("*.md"), *(root / "examples").iterdir()]
    found = [(path.name, name) for path in documents for name in names if name in path.read_text("utf-8")]
    assert found == []
