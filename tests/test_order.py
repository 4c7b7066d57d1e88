"""The order of imports: text -> words -> records -> tables -> checks -> files, never against the arrows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "lingang"

ORDER = [
    {
        "problems",
        "about",
        "characters",
        "failures",
        "litter",
        "ordering",
        "parquet_files",
        "progress",
        "streams",
        "astray",
    },
    {"text"},
    {"authored"},
    {"lexicon"},
    {"models"},
    {"compile"},
    {"arrow_tables", "json_lines"},
    {"engines", "rules", "printers"},
    {"check"},
    {"files"},
    {"release_check", "editor"},
    {"draft", "publish", "subjects", "corpus", "starting"},
    {"looking"},
    {"cli"},
]
"""From what knows nothing of the others to what knows them all; a module imports only from its own step or before."""

APART = {
    "frames": {"about", "editor", "failures", "lexicon", "models"},
    "show": {"frames"},
    "analysis": {"failures", "frames", "ordering"},
}
"""What reads tables alone, and what of the project it may import; ``frames`` imports leaves by their names."""

FREE = {"__init__", "__main__", "exports", "explore", "opening", "release", "changes"}


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
    if name in APART:
        assert imported(name) <= APART[name]
        return
    step = next(number for number, names in enumerate(ORDER) if name in names)
    allowed = set().union(*ORDER[: step + 1]) | (
        set(APART) | {"changes", "explore", "exports", "opening", "release"} if name in ("cli", "looking") else set()
    )
    assert imported(name) <= allowed


def test_every_part_has_its_step() -> None:
    assert set(parts()) <= set().union(*ORDER) | set(APART) | FREE


def test_the_library_prints_nothing() -> None:
    for path in SOURCE.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        printing = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "print"]
        assert not printing or path.name == "cli.py"
