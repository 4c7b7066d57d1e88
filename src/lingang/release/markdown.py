"""The little Markdown that the generated documents need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["cell", "code", "grid"]


def cell(text: str) -> str:
    """Text for a cell of a table: one line, no bar, no angle bracket and no mark that would be read as markup."""
    for char in ("\\", "|", "*", "<", "`"):
        text = text.replace(char, "\\" + char)
    return " ".join(text.split())


def code(text: str) -> str:
    """Text as code in a cell of a table; a line feed shows as ⏎."""
    shown = text.replace("|", "\\|").replace("\r", "").replace("\n", "⏎")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
