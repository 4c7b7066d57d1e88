"""One entry of an authored file, read key by key: each value with its place and the reason typed for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lingang.authored.anchor import Anchor, anchor_of
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.compile.rows import Row
from lingang.problems import Place

__all__ = ["NONE", "Entry", "mapping", "scalars", "sequence"]

NONE = "none"
"""What is written where something is computed and the author says that there is nothing."""


def mapping(node: Node | None, place: Place) -> Mapping:
    """The mapping of a key; an empty one where the key is not there."""
    return node if isinstance(node, Mapping) else Mapping((), place)


def sequence(node: Node | None) -> tuple[Node, ...]:
    """The items of a list, or the one value that is written instead of it."""
    return node.items if isinstance(node, Sequence) else () if node is None else (node,)


def scalars(node: Node | None) -> list[Scalar]:
    return [item for item in sequence(node) if isinstance(item, Scalar)]


_READ_ALONE = ("edtf", "event", "parent", "value", "year")
"""Keys that no word of the page tells; ``event`` where it is none."""
_TOLD = ("kind", "role", "relation", "status", "action", "public_role", "identity_basis")
"""Keys that words of the page may tell."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of an authored file."""

    node: Mapping
    main: str
    """The key that a ``why:`` without keys is about, unless only others stand there."""

    @property
    def place(self) -> Place:
        return self.node.place

    def has(self, key: str) -> bool:
        return key in self.node

    def get(self, key: str) -> Node | None:
        return self.node.get(key)

    def scalar(self, key: str) -> Scalar | None:
        return self.node.scalar(key)

    def text(self, key: str) -> str | None:
        scalar = self.node.scalar(key)
        return scalar.text if scalar is not None else None

    def anchor(self, key: str) -> Anchor | None:
        """The quote of a key; of a plain one the neighbours may stand beside it."""
        node = self.node.get(key)
        return None if node is None else anchor_of(node, self.node)

    def items(self, key: str) -> Iterator[Mapping]:
        return (item for item in sequence(self.node.get(key)) if isinstance(item, Mapping))

    def written(self, **columns: str) -> dict[str, Place]:
        """The places of the columns whose keys stand in the entry: ``column="key"``."""
        found = {column: self.node.get(key) for column, key in columns.items()}
        return {column: node.place for column, node in found.items() if node is not None}

    def explain(self, row: Row, **columns: str) -> None:
        """Give a row the reasons of its cells: ``column="key"``."""
        why = self.node.get("why")
        if isinstance(why, Scalar):
            about = self._about(set(columns.values()))
            row.reasons |= {column: why.text for column, key in columns.items() if key in about}
        elif isinstance(why, Mapping):
            for key, reason in why.entries:
                if isinstance(reason, Scalar):
                    row.reasons |= {column: reason.text for column, named in columns.items() if named == key.text}

    def _about(self, keys: Collection[str]) -> set[str]:
        """What a ``why:`` without keys is about: what only a reader can tell, and of the keys whose words may tell
        them the main one, or the one that stands there; none of them there: the main one."""
        alone = {key for key in _READ_ALONE if key in keys and self.has(key)}
        alone -= {"event"} if self.text("event") != NONE else set()
        told = [key for key in _TOLD if key in keys and self.has(key)]
        if self.main in told or not (alone or told):
            return alone | {self.main}
        return alone or {told[0]}
