"""The pages of a root as plain text: which lines and quotes are which run, each character once.

Part of the independent reader (see ``roots_reader``); nothing of lingang.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Span = tuple[int, int]
"""Half open, in the printed characters of a page (white space left out)."""


class Wrong(Exception):
    """One thing that does not hold, as a line of text."""


def squeeze(text: str) -> str:
    return "".join(text.split())


def read_yaml(path: Path) -> Any:
    """The file as Python values; numbers and dates stay as they are typed, keys stand once."""
    if not path.exists():
        return {}
    seen_twice: list[str] = []

    class Loader(yaml.CSafeLoader):
        pass

    def mapping(loader: Any, node: Any) -> dict[str, Any]:
        keys = [key.value for key, _ in node.value]
        seen_twice.extend(key for key in keys if keys.count(key) > 1)
        loader.flatten_mapping(node)
        return {loader.construct_object(k, deep=True): loader.construct_object(v, deep=True) for k, v in node.value}

    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)
    Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)
    value = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    if seen_twice:
        raise Wrong(f"{path.name}: keys stand twice: {sorted(set(seen_twice))}")
    return value or {}


def _whole_number(loader: Any, node: Any) -> int | str:
    """YAML 1.2 whole numbers only: 3:2 and 010 stay text."""
    return int(node.value) if re.fullmatch(r"-?(0|[1-9][0-9]*)", node.value) else str(node.value)


def occurrences(text: str, quote: str) -> list[Span]:
    found, at = [], text.find(quote)
    while at != -1:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


@dataclass
class PageText:
    """One page: its lines, and its printed characters with the line of each."""

    raw: str
    printed: str = ""
    line_of: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.printed = squeeze(self.raw)
        for number, line in enumerate(self.raw.split("\n"), start=1):
            self.line_of += [number] * len(squeeze(line))

    def lines(self, first: int, last: int) -> Span:
        inside = [at for at, line in enumerate(self.line_of) if first <= line <= last]
        if not inside or first not in self.line_of or last not in self.line_of:
            raise Wrong(f"lines {first}-{last}: blank, or not on the page")
        return inside[0], inside[-1] + 1


def is_lines(value: Any) -> bool:
    return isinstance(value, int) or (
        isinstance(value, str) and re.fullmatch(r"[1-9][0-9]*-[1-9][0-9]*", value) is not None
    )


def ends(value: int | str) -> tuple[int, int]:
    first, last = (value, value) if isinstance(value, int) else map(int, value.split("-"))
    return first, last


@dataclass
class Run:
    role: str
    item: str
    span: Span
    paragraph: int = 0
    quoted: bool = False


class Source:
    """One page with the runs that sources.yaml and the items give it."""

    def __init__(self, source_id: str, entry: dict[str, Any], raw: str) -> None:
        self.id, self.entry, self.page = source_id, entry, PageText(raw)
        self.runs: list[Run] = []

    def add(self, role: str, value: Any, item: str = "") -> None:
        if role == "body":
            self._body(as_list(value), item)
            return
        for part in as_list(value):
            if is_lines(part):
                self.runs.append(Run(role, item, self.page.lines(*ends(part))))
            else:
                self.runs.append(Run(role, item, self._quoted(part, item), quoted=True))

    def _body(self, parts: list[Any], item: str) -> None:
        starts = [ends(part)[0] for part in parts]
        for number, part in enumerate(parts, start=1):
            first, last = ends(part)
            if isinstance(part, int) and number < len(parts):
                last = max(line for line in self.page.line_of if line < starts[number])
            self.runs.append(Run("body", item, self.page.lines(first, last), number))

    def _quoted(self, part: Any, item: str) -> Span:
        """A quote is sought in the lines of its item; where it does not stand there, on the whole page."""
        anchor = part if isinstance(part, dict) else {"quote": part}
        own = [run.span for run in self.runs if run.item == item and not run.quoted] if item else []
        for zones in (own, [(0, len(self.page.printed))]):
            found = [
                (start + zone[0], end + zone[0])
                for zone in zones
                for start, end in beside(self.page.printed[slice(*zone)], anchor)
            ]
            if len(found) == 1:
                return found[0]
            if found:
                break
        raise Wrong(f"{item or self.id}: text quote {part!r} found {len(found)} times")

    def pieces(self) -> list[Run]:
        """The runs with quoted ones cut out of the lines that hold them; raises where two claim one character."""
        owner: list[Run | None] = [None] * len(self.page.printed)
        for run in sorted(self.runs, key=lambda run: run.quoted):
            for at in range(*run.span):
                before = owner[at]
                if before is not None and (before.quoted or not run.quoted):
                    raise Wrong(f"{self.id}: “{self.page.printed[at : at + 8]}” is {before.role} and {run.role}")
                owner[at] = run
        missing = [at for at, run in enumerate(owner) if run is None]
        if missing:
            raise Wrong(
                f"{self.id} line {self.page.line_of[missing[0]]}: nothing holds “{self.page.printed[missing[0]]}”"
            )
        out, at = [], 0
        for _, group in itertools.groupby(owner, key=id):
            size = len(list(group))
            run = owner[at]
            assert run is not None
            out.append(Run(run.role, run.item, (at, at + size), run.paragraph, run.quoted))
            at += size
        return out


def beside(text: str, anchor: dict[str, Any]) -> list[Span]:
    quote = squeeze(str(anchor["quote"]))
    before, after = squeeze(str(anchor.get("before") or "")), squeeze(str(anchor.get("after") or ""))
    out = []
    for start, end in occurrences(text, quote):
        left, right = squeeze(text[:start]), squeeze(text[end:])
        if left.endswith(after) and right.startswith(before):
            out.append((start, end))
    return out
