"""Strict YAML: what a reader could take in two ways is refused, and every value knows its place.

Only the scalars of YAML 1.2 that stand for themselves are resolved: ``true`` and ``false``, whole numbers without
a leading zero, ``null``, ``~`` and nothing; any other plain text stays text (``no``, ``12:30``, ``010``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

import lingang.limits as limits
from lingang.authored.half_width import find_slip
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.authored.reading import read_at_most
from lingang.problems import Place, Problem
from lingang.text.characters import CARRIAGE_RETURN, LINE_ENDS, MERGE, MERGE_ENDS, REFUSED, code_point, merge_mark

__all__ = ["load", "load_path", "place_at"]

_BEFORE = 5
"""So many lines before the end of plain text of several lines, its beginning is looked for."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_FIRST_PROPERTY = re.compile(r"\S+(?:\s+(?:#.*)?)*")


class _Refused(Exception):
    """Stops reading; carries the last problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.message for problem in problems))
        self.problems = problems


def load_path(path: Path, file: str) -> tuple[Node | None, list[Problem]]:
    """``load`` of a file on disk; raises ``CannotRun`` where it cannot be read."""
    return load(read_at_most(path, limits.YAML_BYTES), file)


def load(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The one document of a file, or ``None`` and at least one problem (YML001 to YML009)."""
    problems: list[Problem] = []
    try:
        text = _decode(data, file)
        _refuse_merge(text, file)
        node = _Builder(text, file, problems).build(_events(text, file))
    except _Refused as refused:
        problems.extend(refused.problems)
    return (None, problems) if problems else (node, [])


def _decode(data: bytes, file: str) -> str:
    if len(data) > limits.YAML_BYTES:
        raise _Refused(
            Problem(
                "YML008",
                "the file is too large",
                Place(file),
                f"at most {limits.YAML_BYTES} bytes",
                f"more than {limits.YAML_BYTES} bytes",
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Refused(_not_utf8(data, error.start, file)) from None
    first: dict[str, int] = {}  # one problem for each kind: a file with CRLF has a CR on every line
    for match in REFUSED.finditer(text):
        first.setdefault(match.group(), match.start())
    if first:
        raise _Refused(*(_bad_character(text, index, file) for index in first.values()))
    return text


def _refuse_merge(text: str, file: str) -> None:
    mark = merge_mark(text)
    if mark is not None:
        place = place_at(text, mark.start(), file)
        raise _Refused(
            Problem("YML003", f"not YAML: {MERGE}", place, "one version of each line", mark.group(), MERGE_ENDS)
        )


def _not_utf8(data: bytes, start: int, file: str) -> Problem:
    line_start = data.rfind(b"\n", 0, start) + 1
    line = data.count(b"\n", 0, start) + 1
    place = Place(file, line, len(data[line_start:start].decode("utf-8")) + 1)
    if _SURROGATE.match(data, start):
        found = f"bytes {data[start : start + 3].hex(' ').upper()}"
        return Problem("YML002", "the file holds a lone surrogate", place, "UTF-8 without surrogates", found)
    message = f"the file is not UTF-8 at byte {start}, line {line}"
    return Problem("YML001", message, place, "UTF-8", f"byte {data[start]:02X}")


def _bad_character(text: str, index: int, file: str) -> Problem:
    place = place_at(text, index, file)
    character = text[index]
    if character == "\ufeff" and index == 0:
        return Problem("YML002", "the file begins with a byte order mark", place, "UTF-8 without one", "EF BB BF")
    name = CARRIAGE_RETURN if character == "\r" else code_point(character)
    hint = LINE_ENDS if character == "\r" else ""
    return Problem("YML002", f"the file holds {name}", place, "LF line ends and no control characters", name, hint)


def place_at(text: str, index: int, file: str) -> Place:
    """The place of a code point; for single problems, as it counts the lines before it."""
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _events(text: str, file: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _Refused(_syntax_error(error, text, file)) from None
    except (yaml.YAMLError, RecursionError, MemoryError) as error:
        raise _Refused(Problem("YML003", "not YAML", Place(file), "well-formed YAML", str(error)[:120])) from None


def _empty(message: str, found: str, file: str) -> Problem:
    hint = "write its first key; a file without entries is written {}"
    return Problem("YML004", message, Place(file, 1, 1), "one document with a value", found, hint)


def _too_deep(place: Place) -> Problem:
    found = f"more than {limits.YAML_DEPTH}"
    return Problem("YML008", "the file is nested too deep", place, f"at most {limits.YAML_DEPTH} levels", found)


def _too_many(place: Place) -> Problem:
    expected, found = f"at most {limits.YAML_NODES} keys and values", f"more than {limits.YAML_NODES}"
    hint = "give the records to several files; a page and its items are a few thousand"
    return Problem("YML008", "the file holds too much", place, expected, found, hint)


def _not_further(last: Problem, told: int) -> Problem:
    """The problem after which no other of the file is told."""
    return replace(last, message=f"{last.message}; after {told} faults the file is read no further")


def _syntax_error(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    # At the end of a file without a last line break libyaml names a line that is not there: its index is right.
    index = mark.index if mark else 0
    said = error.problem or "it cannot be read"
    if "nesting depth" in said:  # a libyaml with a limit of its own reads ahead of the check below
        return _too_deep(place_at(text, index, file))
    begins = error.context_mark.line if error.context_mark else text.count("\n", 0, index) - _BEFORE
    slip = find_slip(text, begins - 1, text.count("\n", 0, index), _broken_at)
    if slip is not None:
        place = place_at(text, slip.index, file)
        return Problem("YML003", f"not YAML: {slip.message}", place, slip.expected, slip.found, slip.hint)
    if error.context:
        said = f"{said} {error.context}"
        if error.context_mark and error.context_mark.line + 1 < text.count("\n", 0, index) + 1:
            said += f" that begins on line {error.context_mark.line + 1}"
    character = text[index : index + 1]
    found = {"": "the end of the file", "\n": "the end of the line", "\t": "a tab"}.get(character, character)
    return Problem("YML003", f"not YAML: {said}", place_at(text, index, file), "well-formed YAML", found)


def _broken_at(text: str) -> int | None:
    """The code point at which a text is no YAML; ``None`` where it is."""
    try:
        for _ in yaml.parse(text, Loader=_Loader):
            pass
    except yaml.MarkedYAMLError as error:
        return error.problem_mark.index if error.problem_mark else 0
    except (yaml.YAMLError, RecursionError, MemoryError):
        return 0
    return None


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

    flow = False

    def __init__(self, place: Place, is_mapping: bool) -> None:
        self.place = place
        self.is_mapping = is_mapping
        self.items: list[Node] = []
        self.keys: list[Scalar] = []
        self.key: Scalar | None = None
        self.lines: dict[str, int | None] = {}  # of the keys so far

    def node(self) -> Node:
        if self.is_mapping:
            return Mapping(tuple(zip(self.keys, self.items, strict=True)), self.place, self.flow)
        return Sequence(tuple(self.items), self.place)


class _Builder:
    """Builds the tree from events with a stack of its own, so that depth cannot exhaust the interpreter's."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.text = text
        self.file = file
        self.problems = problems
        self.nodes = 0
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.documents = 0

    def place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def problem(self, rule: str, message: str, place: Place, expected: str, found: str) -> None:
        self.problems.append(Problem(rule, message, place, expected, found))

    def build(self, events: Iterator[Any]) -> Node | None:
        for event in events:
            self._event(event)
            if len(self.problems) > limits.YAML_FAULTS:
                raise _Refused(_not_further(self.problems.pop(), limits.YAML_FAULTS))
        if self.root is None:
            self.problems.append(_empty("the file is empty", "nothing but comments or space", self.file))
        return self.root

    def _event(self, event: Any) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                place = self.place(event)
                if self.documents > 1:
                    self.problem("YML004", "a second document in one file", place, "one document", "---")
                if event.version or event.tags:
                    self.problem("YML007", "a directive", place, "no % directives", "%YAML or %TAG")
            case yaml.AliasEvent():
                place = self.place(event)
                self.problem("YML006", "an alias", place, "values written out where they stand", f"*{event.anchor}")
                self._add(Scalar(None, place), event)
            case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._node(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._add(self.stack.pop().node(), event)

    def _properties(self, event: Any) -> None:
        """The anchor and the tag of an event, which starts with them; where it has both, in either order."""
        places = [self.place(event)] * 2
        start = event.start_mark.index
        if event.anchor is not None and event.tag is not None:
            first = _FIRST_PROPERTY.match(self.text, start)
            places[1] = place_at(self.text, first.end() if first else start, self.file)
            if self.text[start] == "!":
                places.reverse()
        if event.anchor is not None:
            self.problem("YML006", "an anchor", places[0], "values written out where they stand", f"&{event.anchor}")
        if event.tag is not None:
            self.problem("YML007", "a tag", places[1], "values without tags", event.tag)

    def _node(self, event: Any) -> None:
        self._properties(event)
        place = self.place(event)
        self.nodes += 1
        if self.nodes > limits.YAML_NODES:
            raise _Refused(_too_many(place))
        if isinstance(event, yaml.ScalarEvent):
            control = REFUSED.search(event.value)
            if control is not None:
                name = code_point(control.group())
                self.problem("YML002", f"an escape for {name}", place, "no control characters", name)
            if not self.stack and event.implicit[0] and not event.value and self.root is None:
                self.problems.append(_empty("the document is empty", "nothing", self.file))
            self._add(Scalar(_resolve(event), place), event)
            return
        if len(self.stack) >= limits.YAML_DEPTH:
            raise _Refused(_too_deep(place))
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.is_mapping and frame.key is None:
            self.problem("YML009", "a key that is not text", place, "text as key", "a list or a mapping")
        self.stack.append(_Frame(place, isinstance(event, yaml.MappingStartEvent)))
        self.stack[-1].flow = bool(event.flow_style)

    def _add(self, node: Node, event: Any) -> None:
        if not self.stack:
            if self.root is None:
                self.root = node
            return
        frame = self.stack[-1]
        if not frame.is_mapping:
            frame.items.append(node)
        elif frame.key is None:
            frame.key = self._key(node.place, event, frame)
        else:
            frame.items.append(node)
            frame.keys.append(frame.key)
            frame.key = None

    def _key(self, place: Place, event: Any, frame: _Frame) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):
            return Scalar(None, place)  # has its problem already: a collection or an alias
        text: str = event.value
        is_plain = event.implicit[0]
        if is_plain and text == "<<":
            self.problem("YML009", "a merge key", place, "keys written out where they stand", "<<")
        elif is_plain and not text:
            self.problem("YML009", "an empty key", place, "text as key", "nothing")
        elif event.style in ("|", ">"):
            self.problem("YML009", "a key that is a block of text", place, "a word or quoted text", event.style)
        if text in frame.lines:
            found = f"the first on line {frame.lines[text]}"
            self.problem("YML005", f"key “{text}” stands twice", place, "each key once", found)
        else:
            frame.lines[text] = place.line
        return Scalar(text, place)
