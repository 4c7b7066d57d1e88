"""A layer from its YAML files, and the JSON beside them that is read at every start.

``zh-news-1/layer.yaml`` names the layer, its languages and its vocabularies; every other file of the folder holds
words, in the form of a root's ``lexicon.yaml``. ``python build.py`` writes ``zh-news-1.json``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lingang.authored.loader import load_path
from lingang.authored.nodes import plain
from lingang.lexicon.merge import merge
from lingang.lexicon.model import LISTS, Lexicon, Vocabulary
from lingang.lexicon.reader import from_document
from lingang.problems import Problem

__all__ = ["FOLDER", "LayerError", "read_layer", "write_layers"]

FOLDER = Path(__file__).resolve().parent


class LayerError(ValueError):
    """The YAML files of a layer have problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{p.place}: {p.message}: {p.found} (expected {p.expected})" for p in problems))
        self.problems = problems


def read_layer(folder: Path) -> Lexicon:
    """The layer whose YAML files the folder holds. Raises ``LayerError``."""
    node, problems = load_path(folder / "layer.yaml", f"{folder.name}/layer.yaml")
    if node is None:
        raise LayerError(problems)
    head: Any = plain(node)
    vocabularies = {
        name: Vocabulary(name, (), found.get("open", False), found.get("default"), found["told_by"])
        for name, found in head["vocabularies"].items()
    }
    lists = dict.fromkeys(LISTS, ())
    lexicon = Lexicon(head["name"], head["number"], tuple(head["languages"]), vocabularies, lists)
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "layer.yaml":
            node, problems = load_path(path, f"{folder.name}/{path.name}")
            if node is not None:
                document, problems = merge(lexicon, node, shipped=True)
                lexicon = from_document(document)
            if problems:
                raise LayerError(problems)
    return lexicon


def write_layers() -> None:
    """Writes the JSON of every layer, where it differs; each file in one step."""
    for folder in sorted(path.parent for path in FOLDER.glob("*/layer.yaml")):
        text, path = read_layer(folder).to_json(), FOLDER / f"{folder.name}.json"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            beside = path.with_suffix(".new")
            beside.write_text(text, encoding="utf-8", newline="\n")
            beside.replace(path)
