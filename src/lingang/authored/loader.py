"""Strict YAML: what a reader could take in two ways is refused, and every value knows its place.

Only the scalars of YAML 1.2 that stand for themselves are resolved: ``true`` and ``false``, whole numbers without
a leading zero, ``null``, ``~`` and nothing; any other plain text stays text (``no``, ``12:30``, ``010``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.problems import CannotRun, Place, Problem

__all__ = ["MAX_BYTES", "MAX_DEPTH", "load", "load_path"]

MAX_BYTES = 1 << 20
MAX_DEPTH = 32

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")


class _Refused(Exception):
    """Stops reading; carries the last problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def load_path(path: Path, file: str) -> tuple[Node | None, list[Problem]]:
    """``load`` of a file on disk; raises ``CannotRun`` where it cannot be read."""
    try:
        return load(path.read_bytes(), file)
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}") from None


def load(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The one document of a file, or ``None`` and at least one problem (YML001 to YML009)."""
    try:
        text = _decode(data, file)
        builder = _Builder(file)
        node = builder.build(_events(text, file))
    except _Refused as refused:
        earlier = builder.problems if "builder" in locals() else []
        return None, [*earlier, refused.problem]
    return (None, builder.problems) if builder.problems else (node, [])


def _decode(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        raise _Refused(
            Problem(
                "YML008",
                "the file is too large",
                Place(file),
                f"at most {MAX_BYTES} bytes",
                f"{len(data)} bytes",
            )
        )
    if data.startswith(b"\xef\xbb\xbf"):
        raise _Refused(
            Problem(
                "YML002",
                "the file begins with a byte order mark",
                Place(file, 1, 1),
                "UTF-8 without one",
                "EF BB BF",
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        raise _Refused(
            Problem(
                "YML001",
                f"the file is not UTF-8 at byte {error.start}",
                Place(file, line, column),
                "UTF-8",
                f"byte {data[error.start]:02X}",
            )
        ) from None
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        name = "a carriage return (CRLF line ends)" if control.group() == "\r" else f"U+{ord(control.group()):04X}"
        raise _Refused(
            Problem(
                "YML002",
                f"the file holds {name}",
                Place(file, line, column),
                "LF line ends and no control characters",
                name,
            )
        )
    return text


def _place(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _events(text: str, file: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _place(file, mark) if mark else Place(file)
        said = " ".join(filter(None, (error.context, error.problem)))
        raise _Refused(
            Problem("YML003", f"not YAML: {said}", place, "well-formed YAML", error.problem or said)
        ) from None
    except (yaml.YAMLError, RecursionError, MemoryError) as error:
        raise _Refused(Problem("YML003", "not YAML", Place(file), "well-formed YAML", str(error)[:120])) from None


def _resolve(event: Any) -> str | int | bool | None:
    """The value of a scalar; only a plain one (``implicit``) can be anything but text."""
    value: str = event.value
    if not event.implicit[0]:
        return value
    if value in ("", "~", "null"):
        return None
    if value in ("true", "false"):
        return value == "true"
    return int(value) if _INTEGER.match(value) else value


class _Frame:
    """A sequence or mapping that is still open."""

    def __init__(self, place: Place, is_mapping: bool) -> None:
        self.place = place
        self.is_mapping = is_mapping
        self.items: list[Node] = []
        self.keys: list[Scalar] = []
        self.key: Scalar | None = None

    def node(self) -> Node:
        if self.is_mapping:
            return Mapping(tuple(zip(self.keys, self.items, strict=True)), self.place)
        return Sequence(tuple(self.items), self.place)


class _Builder:
    """Builds the tree from events with a stack of its own, so that depth cannot exhaust the interpreter's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.documents = 0

    def problem(self, rule: str, message: str, event: Any, expected: str, found: str) -> Problem:
        problem = Problem(rule, message, _place(self.file, event.start_mark), expected, found)
        self.problems.append(problem)
        return problem

    def build(self, events: Iterator[Any]) -> Node | None:
        for event in events:
            self._event(event)
        if self.root is None and not self.problems:
            self.problems.append(
                Problem(
                    "YML004",
                    "the file is empty",
                    Place(self.file, 1, 1),
                    "one document",
                    "nothing but comments or space",
                )
            )
        return self.root

    def _event(self, event: Any) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.problem("YML004", "a second document in one file", event, "one document", "---")
                if event.version or event.tags:
                    self.problem("YML007", "a directive", event, "no % directives", "%YAML or %TAG")
            case yaml.AliasEvent():
                self.problem("YML006", "an alias", event, "values written out where they stand", f"*{event.anchor}")
                self._add(Scalar(None, _place(self.file, event.start_mark)), event)
            case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._node(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._add(self.stack.pop().node(), event)

    def _node(self, event: Any) -> None:
        if event.anchor is not None:
            self.problem("YML006", "an anchor", event, "values written out where they stand", f"&{event.anchor}")
        if event.tag is not None:
            self.problem("YML007", "a tag", event, "values without tags", event.tag)
        place = _place(self.file, event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            self._add(Scalar(_resolve(event), place), event)
            return
        if len(self.stack) >= MAX_DEPTH:
            raise _Refused(
                Problem(
                    "YML008",
                    "the file is nested too deep",
                    place,
                    f"at most {MAX_DEPTH} levels",
                    f"more than {MAX_DEPTH}",
                )
            )
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.is_mapping and frame.key is None:
            self.problem("YML009", "a key that is not text", event, "text as key", "a list or a mapping")
        self.stack.append(_Frame(place, isinstance(event, yaml.MappingStartEvent)))

    def _add(self, node: Node, event: Any) -> None:
        if not self.stack:
            if self.root is None:
                self.root = node
            return
        frame = self.stack[-1]
        if not frame.is_mapping or frame.key is not None:
            frame.items.append(node)
            if frame.key is not None:
                frame.keys.append(frame.key)
                frame.key = None
            return
        frame.key = self._key(node, event, frame)

    def _key(self, node: Node, event: Any, frame: _Frame) -> Scalar:
        text = event.value if isinstance(event, yaml.ScalarEvent) else f"(not text {len(frame.keys)})"
        key = Scalar(text, node.place)
        if text == "<<":
            self.problem("YML009", "a merge key", event, "keys written out where they stand", "<<")
        earlier = next((known for known in frame.keys if known.value == text), None)
        if earlier is not None:
            self.problem(
                "YML005",
                f"key “{text}” stands twice",
                event,
                "each key once",
                f"the first on line {earlier.place.line}",
            )
        return key
