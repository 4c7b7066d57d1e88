"""Edits that mean nothing, and so must raise nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from corruption.damage import put
from corruption.judge import Root
from corruption.places import Writer, authored, is_line, read, spots, write
from lingang.check.root import check_files
from lingang.tables import TABLES

__all__ = ["Edit", "harmless_edits", "raised"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A file written in another way that means the same."""

    file: str
    kind: str
    data: bytes


def _inside_scalars(text: str) -> set[int]:
    """Lines, from 0, on which a comment would be read as text: those of scalars of several lines."""
    out: set[int] = set()
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            last = end.line if end.column else end.line - 1
            out.update(range(start.line, last + 1) if last > start.line else ())
    return out


def _commented(text: str, *, beside: bool) -> bytes:
    """A comment beside every line, or above it."""
    out = []
    inside = _inside_scalars(text)
    for number, line in enumerate(text.splitlines()):
        first = number not in inside or number - 1 not in inside
        indent = line[: len(line) - len(line.lstrip())]
        out += [f"{indent}# a remark"] if not beside and first and line.strip() else []
        out.append(f"{line} # a remark" if beside and number not in inside else line)
    return ("\n".join(out) + "\n").encode()


def _reversed(value: Any) -> Any:
    """Keys in reverse order; lists as they are, for their order is that of the page."""
    if isinstance(value, dict):
        return {key: _reversed(child) for key, child in reversed(value.items())}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


class _Single(Writer):
    """Every text and every key in single quotes."""


class _Double(Writer):
    """Every text and every key in double quotes."""


class _Folded(Writer):
    """Long texts folded."""


def _styled(style: str, least: int = 0) -> Callable[[Any, str], Any]:
    def represent(writer: Any, data: str) -> Any:
        return writer.represent_scalar("tag:yaml.org,2002:str", data, style=style if len(data) >= least else None)

    return represent


_Single.add_representer(str, _styled("'"))
_Double.add_representer(str, _styled('"'))
_Folded.add_representer(str, _styled(">", 24))


def _wrapped(root: Any, file: str) -> Any:
    """Long quotes of the page broken in the middle: where the line is folded, a space is read."""
    for spot in list(spots(root, file)):
        text = spot.value
        plain = isinstance(text, str) and len(text) >= 12 and not text.isascii()
        if plain and not (
            spot.is_key or is_line(spot) or spot.key in ("name", "names", "aliases", "parent", "campaign")
        ):
            half = len(text) // 2
            root = put(root, spot.path, f"{text[:half]} {text[half:]}")
    return root


def harmless_edits(files: Mapping[str, bytes]) -> Iterator[Edit]:
    """Each authored file written anew in every way that means the same."""
    for file in authored(files):
        text = files[file].decode()
        root = read(files[file], file)
        yield Edit(file, "a comment beside every line", _commented(text, beside=True))
        yield Edit(file, "a comment above every line", _commented(text, beside=False))
        yield Edit(file, "written anew in blocks", write(root))
        yield Edit(file, "written anew in brackets", write(root, flow=True, width=100))
        yield Edit(file, "keys in reverse order", write(_reversed(root)))
        yield Edit(file, "single quotes", write(root, _Single))
        yield Edit(file, "double quotes", write(root, _Double))
        yield Edit(file, "long lines folded", write(root, _Folded, width=24))
        yield Edit(file, "long quotes broken over lines", write(_wrapped(root, file), width=1))


def raised(root: Root, edit: Edit) -> str:
    """What an edit that means nothing raises beyond what the root raises; nothing, if all is well."""
    tables = root.tables
    before = Counter((found.rule, found.place.file, found.found) for found in check_files(root.files).report)
    checked = check_files({**root.files, edit.file: edit.data})
    after = Counter((found.rule, found.place.file, found.found) for found in checked.report)
    for problem in checked.report:
        if (problem.rule, problem.place.file, problem.found) in after - before:
            return f"{problem.place} {problem.rule} {problem.message}"
    same = checked.tables is not None and all(
        checked.tables.arrow[declared.name].equals(tables.arrow[declared.name]) for declared in TABLES
    )
    return "" if same else "the rows are not the same"
