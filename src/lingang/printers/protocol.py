"""What a printer is, and what it wants to know about a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lingang.problems import Report

__all__ = ["Printer", "RuleInfo"]


class RuleInfo(Protocol):
    """A rule as the catalogue describes it; read-only, so that frozen classes fit."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def mend(self) -> str: ...


class Printer(Protocol):
    """Turns a finished report into text that ends with a line break.

    ``maximum`` limits the problems that are shown, never those that are counted.
    """

    def __call__(
        self,
        report: Report,
        rules: Sequence[RuleInfo],
        *,
        colour: bool = False,
        maximum: int | None = None,
    ) -> str: ...
