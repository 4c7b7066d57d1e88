"""Suggestions as YAML in the authored form, each with its line and its reason in a comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import PurePosixPath

from lingang.draft.suggestion import Suggestion, Value

__all__ = ["MARK", "item_file", "scalar", "yaml_files"]

_PLAIN = re.compile(r"[^\W\d_][\w《》。，、；（）-]*")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
_SAID = "# What lingang draft proposes for "
MARK = _SAID.encode()
"""What every file of suggestions begins with."""
_HEAD = (
    _SAID + "{place}; nothing reads this file.",
    "# Move what is right there, give the ids that end in a number a name, and leave the rest.",
)


def scalar(value: Value) -> str:
    """A value on one line: text plain where YAML takes it for nothing else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {scalar(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(scalar, value)) + "]"
    if isinstance(value, int):
        return str(value)
    plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
    return value if plain else json.dumps(value, ensure_ascii=False)


def yaml_files(suggestions: Iterable[Suggestion]) -> dict[str, bytes]:
    """The files below ``dataset/suggestions/`` by their path: ``ITEM.yaml``, and ``registries/`` for what belongs into
    the files of the whole root."""
    by_file: dict[str, list[Suggestion]] = {}
    for one in suggestions:
        by_file.setdefault(one.file, []).append(one)
    return {_place(file): _written(file, found).encode() for file, found in sorted(by_file.items())}


def item_file(item: str) -> str:
    """Where the suggestions for an item stand."""
    return f"{item}.yaml"


def _place(file: str) -> str:
    return item_file(PurePosixPath(file).stem) if "/" in file else f"registries/{file}"


def _written(file: str, found: list[Suggestion]) -> str:
    lines = [line.format(place=f"dataset/{file}") for line in _HEAD]
    sections: dict[str, list[Suggestion]] = {}
    for one in found:
        sections.setdefault(one.section, []).append(one)
    for section, entries in sections.items():
        if section:
            lines += ["", *_section(section, entries)]
    if "" in sections:
        lines += ["", "# Without a place of its own:"]
        lines += [f"# {scalar(one.value)[1:-1]}  # {_reason(one)}" for one in sections[""]]
    return "\n".join(lines) + "\n"


def _section(section: str, entries: list[Suggestion]) -> list[str]:
    first = entries[0]
    if first.key is None and len(entries) == 1 and not first.file.startswith("articles/"):
        return [f"# {_reason(first)}", f"{section}: {scalar(first.value)}"]
    if first.key is None and not isinstance(first.value, dict):
        return [f"# {_reason(first)}", f"{section}: {scalar(first.value)}"]
    out = [f"{section}:"]
    for key, group in groupby(sorted(entries, key=lambda one: _order(entries, one)), key=lambda one: one.key):
        together = list(group)
        if key is None:
            out += [line for one in together for line in (f"  # {_reason(one)}", f"  - {scalar(one.value)}")]
        elif section == "events":
            out.append(f"  {scalar(key)}:")
            for one in together:
                assert isinstance(one.value, dict), "a part of an event"
                out.append(f"    # {_reason(one)}")
                out += [f"    {name}: {scalar(value)}" for name, value in one.value.items()]
        else:
            out += [
                line for one in together for line in (f"  # {_reason(one)}", f"  {scalar(key)}: {scalar(one.value)}")
            ]
    return out


def _order(entries: list[Suggestion], one: Suggestion) -> int:
    """The place of the first with the same key: parts of one entry stand together."""
    return next(number for number, other in enumerate(entries) if other.key == one.key)


def _reason(one: Suggestion) -> str:
    shown = one.quote if len(one.quote) <= 24 else f"{one.quote[:12]}…{one.quote[-8:]}"
    return f"line {one.line}, {shown}: {one.why}"
