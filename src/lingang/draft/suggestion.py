"""One suggestion: what a text seems to hold, in the form in which an author would write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lingang.text.page import Span

__all__ = ["Kind", "Suggestion", "Value"]

Kind = Literal["lines", "byline", "name", "title", "date", "number", "trigger", "speech", "document"]
Value = str | int | dict[str, "Value"] | list["Value"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is proposed, where it stands, and why.

    ``file`` is the authored file that it belongs into, below ``dataset/``; ``section`` the key at the top of that file,
    ``key`` the key below it, or ``None`` where the section is a list; ``value`` what stands there. Several suggestions
    under one key are one entry. Without a ``section`` it has no place in the form: the author decides. ``line`` is
    1-based; ``span`` is of code points of the page, half open; ``quote`` is what it holds, without white space.
    """

    kind: Kind
    file: str
    section: str
    key: str | None
    value: Value
    source: str
    line: int
    span: Span
    quote: str
    why: str
