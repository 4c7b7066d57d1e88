"""The order of imports: text -> words -> records -> tables -> checks -> files, never against the arrows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "lingang"

ORDER = [
    {"problems", "about", "failures", "limits", "progress"},
    {"text", "causes"},
    {"authored"},
    {"lexicon"},
    {"tables"},
    {"compile"},
    {"engines", "files", "rules", "printers"},
    {"corpus", "editor"},
    {"check"},
    {"build", "draft", "roots"},
    {"dataset"},
    {"exports", "explore"},
    {"release"},
    {"cli"},
]
"""From what knows nothing of the others to what knows them all; a module imports only from its own step or before."""

FREE = {"__init__", "__main__"}


def parts() -> list[str]:
    names = {path.stem if path.suffix == ".py" else path.name for path in SOURCE.iterdir() if path.name != "data"}
    return sorted(name for name in names - {"__pycache__", "py.typed"})


def imported(name: str) -> set[str]:
    """The parts of the project that a part imports, at the top of a module or inside a function."""
    path = SOURCE / f"{name}.py"
    found: set[str] = set()
    for module in [path] if path.is_file() else sorted((SOURCE / name).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "lingang":
                rest = node.module.split(".")[1:]
                found |= {rest[0]} if rest else {alias.name for alias in node.names if not alias.name.startswith("__")}
            elif isinstance(node, ast.Import):
                found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("lingang.")}
    return found & set(parts())


@pytest.mark.parametrize("name", [name for name in parts() if name not in FREE])
def test_no_import_goes_against_the_arrows(name: str) -> None:
    step = next(number for number, names in enumerate(ORDER) if name in names)
    assert imported(name) <= set().union(*ORDER[: step + 1])


def test_every_part_has_its_step() -> None:
    assert set(parts()) == set().union(*ORDER) | FREE


READ = {"about", "dataset", "editor", "explore", "exports", "failures", "lexicon", "problems", "tables", "text"}
"""What a dataset that was opened may use: it reads published tables alone, and checks nothing."""


@pytest.mark.parametrize("module", sorted(path.stem for path in (SOURCE / "dataset").glob("*.py")))
def test_an_open_dataset_needs_nothing_that_checks(module: str) -> None:
    assert module == "opening" or imported(f"dataset/{module}") <= READ


def test_the_library_prints_nothing() -> None:
    for path in SOURCE.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        printing = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "print"]
        assert not printing or path.name == "cli.py"
