"""What is authored has an effect: a value that nothing used is a problem at its place, never dropped in silence."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lingang.authored.nodes import Mapping, Node, Scalar, Sequence, Uses
from lingang.problems import Problem

__all__ = ["without_effect"]

_WHY = {
    "after": "it tells a quote from others: name:, names:, group: or stand_in: beside it, where that is a text",
    "award": "an award stands with the role awardee alone",
    "before": "it tells a quote from others: name:, names:, group: or stand_in: beside it, where that is a text",
    "observed": "it quotes an item; of the page as a whole seen: says what is seen",
    "speaker": "group: says already who speaks",
    "stand_in": "a word stands for one name:, not for a list or a group",
    "stand_ins": "a title of an item that begins with this word",
    "why": "it gives the reason of a key that stands beside it and that a reader decides",
}
"""By key, or by the key of the mapping it stands in: where the value would have an effect."""


def without_effect(root: Mapping, uses: Uses, unfinished: Container[int]) -> Iterator[Problem]:
    """YML015 for each value of a file that was not used, a mapping or list of such values once.

    Nodes whose identity is in ``unfinished`` are passed over: they have a problem of their own.
    """
    if id(root) in unfinished:
        return
    for key, node in root.entries:
        yield from _idle(key, (str(key.raw),), node, uses, unfinished)


def _idle(key: Scalar, path: tuple[str, ...], node: Node, uses: Uses, unfinished: Container[int]) -> Iterator[Problem]:
    if id(node) in unfinished:
        return
    if _is_idle(node, uses, unfinished):
        yield _problem(key, path, node)
    elif isinstance(node, Mapping):
        for inner, value in node.entries:
            yield from _idle(inner, (*path, str(inner.raw)), value, uses, unfinished)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _idle(Scalar(key.raw, item.place), path, item, uses, unfinished)


def _is_idle(node: Node, uses: Uses, unfinished: Container[int]) -> bool:
    """Whether a node holds values and none of them was used."""
    if isinstance(node, Scalar):
        return node not in uses
    below = node.items if isinstance(node, Sequence) else tuple(value for _, value in node.entries)
    return bool(below) and all(id(value) not in unfinished and _is_idle(value, uses, unfinished) for value in below)


def _problem(key: Scalar, path: tuple[str, ...], node: Node) -> Problem:
    name = path[-1]
    why = next((_WHY[part] for part in reversed(path) if part in _WHY), "what it says reaches no record")
    found = str(node.raw) if isinstance(node, Scalar) else "a list" if isinstance(node, Sequence) else "a mapping"
    return Problem("YML015", f"“{name}” has no effect here", key.place, why, found)
