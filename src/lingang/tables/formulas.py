"""Text that a spreadsheet would run: what begins like a formula, in whatever width, after whatever white space.

In CSV such a text stands behind an apostrophe, and so does one that begins with an apostrophe: whoever reads it drops
the first character of every cell that begins with one. In a workbook the cell is of text, and says so.
"""

from __future__ import annotations

import re

__all__ = ["MARK", "is_formula", "marked"]

MARK = "'"
"""What stands before a text in CSV that a spreadsheet would run."""
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text of a cell for a formula."""
    return _FORMULA.match(text) is not None


def marked(text: str) -> str:
    """The text of a cell of CSV: ``'=1+1`` for ``=1+1``, ``''t`` for ``'t``, any other as it is."""
    return MARK + text if text.startswith(MARK) or is_formula(text) else text
