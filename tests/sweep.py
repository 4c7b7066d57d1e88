"""Ways to change one value of the authored files of a root, and what comes of it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from lingang.authored.loader import load
from lingang.authored.nodes import plain
from lingang.authored.tree import parse
from lingang.compile.dataset import compile_dataset
from lingang.lexicon import newest
from lingang.problems import Problem

__all__ = ["Path", "another", "outcome", "paths", "removed", "replaced", "trees", "written"]

Path = tuple[str | int, ...]
"""The way from the top of a file to a value."""


def trees(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Every authored file of a root as plain lists and dictionaries."""
    out = {}
    for file, data in files.items():
        if file.startswith("dataset/"):
            node, problems = load(data, file)
            assert node is not None, problems
            out[file] = plain(node)
    return out


def paths(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value below the top of a file, lists and mappings too, each with the way to it."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in entries:
        yield (*path, key), value
        yield from paths(value, (*path, key))


def _parent(tree: Any, path: Path) -> Any:
    for part in path[:-1]:
        tree = tree[part]
    return tree


def replaced(tree: Any, path: Path, value: object) -> Any:
    """A copy of a tree with another value at a path."""
    out = copy.deepcopy(tree)
    _parent(out, path)[path[-1]] = value
    return out


def removed(tree: Any, path: Path) -> Any:
    """A copy of a tree without the value at a path, and without its key."""
    out = copy.deepcopy(tree)
    del _parent(out, path)[path[-1]]
    return out


def another(value: str | int | bool) -> str | int | bool:
    """A value that looks like the given one and is none that the root knows."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if re.fullmatch(r"[0-9]+-[0-9]+", value):
        first, last = value.split("-")
        return f"{first}-{int(last) + 1}"
    return f"{value}{'-x' if re.fullmatch('[a-z0-9-]+', value) else ' x' if value.isascii() else '甲'}"


def written(tree: Any) -> bytes:
    """A tree as YAML."""
    text: str = yaml.dump(
        tree, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True, sort_keys=False
    )
    return text.encode()


Rows = dict[str, list[dict[str, object]]]


def outcome(files: Mapping[str, bytes]) -> tuple[Rows, list[Problem]]:
    """The rows of a root by table, and the problems met while they were made."""
    compiled = compile_dataset(parse(files), newest("zh-news"))
    return {table: [row.values for row in rows] for table, rows in compiled.rows.by_table.items()}, compiled.problems
