"""What is planted, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Judged", "figures"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A fault of a figure at a place, whether it was noticed, and whether every input judged it alike."""

    figure: str
    place: str
    noticed: bool
    alike: bool = True


def figures(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """The faults by figure, in the order in which the figures came."""
    out: dict[str, list[Judged]] = {}
    for one in judged:
        out.setdefault(one.figure, []).append(one)
    return out
