"""CONTRIBUTING.md, followed: on a root as ``lingang new`` makes it, and for a rule in a copy of the package."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from lingang.check.root import check_root
from lingang.cli.commands import main
from lingang.editor.files import write_schemas
from lingang.roots.starting import start

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ITEM = "dataset/articles/first-item.yaml"


def shown(heading: str) -> list[tuple[str, str]]:
    """The files of a chapter, each with what is shown of it."""
    chapter = re.split(rf"^## {heading}$", TEXT, flags=re.MULTILINE)[1].split("\n## ")[0]
    found = []
    for block in re.finditer(r"^( *)```(?:yaml|text|sql)\n(.*?)\n *```$", chapter, re.DOTALL | re.MULTILINE):
        file = re.findall(r"`((?:dataset|raw|src|tests)/[\w./-]+\.\w+)`", chapter[: block.start()])[-1]
        lines = (line.removeprefix(block[1]) for line in block[2].split("\n"))
        found.append((file, textwrap.dedent("\n".join(lines)) + "\n"))
    return found


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check_root(root).report.problems]


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    root = tmp_path / "my-pages"
    start(root)
    return root


def add(root: Path, file: str, text: str, *, first: bool = False) -> None:
    path = root / file
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(text + there if first else there + text, encoding="utf-8")


def test_correct_a_value(begun: Path) -> None:
    ((file, text),) = shown("Correct a value")
    path = begun / file
    event = "    date: 3月1日\n"
    there = path.read_text(encoding="utf-8")
    assert event in there
    path.write_text(there.replace(event, event + textwrap.indent(text, "    ")), encoding="utf-8")
    assert told(begun) == []
    assert main(["build", str(begun)]) == 0
    row = json.loads((begun / "build/events.jsonl").read_text(encoding="utf-8"))
    assert row["kind"] == "ceremony"


def test_add_a_page(begun: Path) -> None:
    files = shown("Add a page")
    assert [file for file, _ in files] == [
        "raw/second.txt",
        "dataset/sources.yaml",
        ITEM,
        "dataset/articles/calligraphy-contest.yaml",
        "dataset/organizations.yaml",
    ]
    for file, text in files:
        add(begun, file, text, first=file == ITEM)
    pages = sorted((begun / "raw").glob("*.txt"))
    sums = "".join(f"{hashlib.sha256(page.read_bytes()).hexdigest()}  {page.name}\n" for page in pages)
    assert (begun / "raw/SHA256SUMS").read_text(encoding="ascii").strip() in sums
    (begun / "raw/SHA256SUMS").write_text(sums, encoding="ascii")
    assert told(begun) == []


def test_add_a_word(begun: Path) -> None:
    ((file, text),) = shown("Add a word")
    add(begun, file, text)
    assert file == "dataset/lexicon.yaml" and told(begun) == []
    written, _ = write_schemas(begun)
    schema = next(Path(path) for path in written if path.endswith("places.schema.json"))
    assert "tea_garden" in schema.read_text(encoding="utf-8")


def test_add_a_rule(tmp_path: Path) -> None:
    (rule, sql), (case, text) = shown("Add a rule")
    copied = tmp_path / "checkout"
    for folder in ("src", "dataset", "raw"):
        shutil.copytree(ROOT / folder, copied / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / rule).write_text(sql, encoding="utf-8")
    edit = yaml.safe_load(text)
    assert Path(case).name.startswith(Path(rule).stem) and not (ROOT / rule).exists()

    def lingang(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "lingang", *arguments],
            cwd=copied,
            env={**os.environ, "PYTHONPATH": str(copied / "src")},
            capture_output=True,
            text=True,
        )

    assert "a label that ends like a sentence" in lingang("rules", "LAB090").stdout
    assert "LAB090" not in lingang("validate", ".").stdout
    labels = copied / edit["edit"]["file"]
    there = labels.read_text(encoding="utf-8")
    assert there.count(edit["edit"]["old"]) == 1
    labels.write_text(there.replace(edit["edit"]["old"], edit["edit"]["new"]), encoding="utf-8")
    told = lingang("validate", ".")
    assert [line for line in told.stdout.splitlines() if line.startswith(edit["at"]) and "LAB090" in line], told.stdout


def test_what_it_names_is_there() -> None:
    for name in re.findall(r"\]\(([\w./-]+)\)", TEXT):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"python (tools/[\w./]+)", TEXT):
        assert (ROOT / name).exists(), name
