"""What a YAML file holds: scalars, sequences and mappings, each with its place, and which scalars were used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from lingang.problems import Place

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "Uses", "at", "key_place", "noting_uses", "plain"]


class Uses:
    """The scalars that were used: those whose ``value`` or ``text`` was read while the uses were noted.

    To read is to use. What only looks at a scalar, or may yet pass it over, reads its ``raw``.
    """

    def __init__(self) -> None:
        self._used: set[int] = set()  # by identity: the trees outlive the notes

    def __contains__(self, scalar: Scalar) -> bool:
        return id(scalar) in self._used

    def note(self, scalar: Scalar) -> None:
        self._used.add(id(scalar))


_noted: ContextVar[Uses | None] = ContextVar("noted", default=None)


@contextmanager
def noting_uses() -> Iterator[Uses]:
    """The uses of scalars in the block."""
    uses = Uses()
    token = _noted.set(uses)
    try:
        yield uses
    finally:
        _noted.reset(token)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; its place is where its text (or its opening quote) starts.

    ``raw`` is the value for those who only look at it; to read ``value`` or ``text`` is to use it.
    """

    raw: str | int | bool | None
    place: Place

    @property
    def value(self) -> str | int | bool | None:
        uses = _noted.get()
        if uses is not None:
            uses.note(self)
        return self.raw

    @property
    def text(self) -> str:
        """The value as text; raises ``TypeError`` if it is none."""
        if not isinstance(self.raw, str):
            raise TypeError(f"expected text at {self.place}, found {self.raw!r}")
        value = self.value
        assert isinstance(value, str)
        return value


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; every key is text and stands once.

    ``flow`` tells one in braces, where a comma ends a value.
    """

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    flow: bool = field(default=False, compare=False)
    _by_key: dict[object, tuple[Scalar, Node]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {entry[0].raw: entry for entry in reversed(self.entries)})

    def get(self, key: str) -> Node | None:
        entry = self._by_key.get(key)
        return entry[1] if entry is not None else None

    def scalar(self, key: str) -> Scalar | None:
        """The value of a key where it is a scalar."""
        value = self.get(key)
        return value if isinstance(value, Scalar) else None

    def key(self, key: str) -> Scalar | None:
        entry = self._by_key.get(key)
        return entry[0] if entry is not None else None

    def items(self) -> Iterator[tuple[str, Node]]:
        return ((str(scalar.raw), node) for scalar, node in self.entries)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """The node as plain Python: dict, list, str, int, bool or None."""
    match node:
        case Scalar(raw):
            return raw
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping():
            return {key: plain(value) for key, value in node.items()}


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
