"""What a YAML file holds: scalars, sequences and mappings, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lingang.problems import Place

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "at", "key_place", "plain"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; its place is where its text (or its opening quote) starts."""

    value: str | int | bool | None
    place: Place

    @property
    def text(self) -> str:
        """The value as text; raises ``TypeError`` if it is none."""
        if not isinstance(self.value, str):
            raise TypeError(f"expected text at {self.place}, found {self.value!r}")
        return self.value


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; every key is text and stands once."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def get(self, key: str) -> Node | None:
        return next((node for scalar, node in self.entries if scalar.value == key), None)

    def scalar(self, key: str) -> Scalar | None:
        """The value of a key where it is a scalar."""
        value = self.get(key)
        return value if isinstance(value, Scalar) else None

    def key(self, key: str) -> Scalar | None:
        return next((scalar for scalar, _ in self.entries if scalar.value == key), None)

    def items(self) -> Iterator[tuple[str, Node]]:
        return ((scalar.text, node) for scalar, node in self.entries)

    def __contains__(self, key: object) -> bool:
        return any(scalar.value == key for scalar, _ in self.entries)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """The node as plain Python: dict, list, str, int, bool or None."""
    match node:
        case Scalar(value):
            return value
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(entries):
            return {key.text: plain(value) for key, value in entries}


def at(node: Node, path: tuple[str | int, ...]) -> Node:
    """The deepest node that a path leads to.

    Parts that lead nowhere are passed over: pydantic's ``loc`` also names the member of a union, and ends with
    the key that is missing.
    """
    for part in path:
        match node:
            case Mapping() if isinstance(part, str):
                node = node.get(part) or node
            case Sequence(items) if isinstance(part, int) and 0 <= part < len(items):
                node = items[part]
    return node


def key_place(node: Node, path: tuple[str | int, ...]) -> Place:
    """The place of the key that a path ends with; where it is not there, that of the node ``at`` finds."""
    parent = at(node, path[:-1])
    key = parent.key(str(path[-1])) if path and isinstance(parent, Mapping) else None
    return key.place if key is not None else at(node, path).place
