"""What systems leave in folders and archives, and nobody means to hand over."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

__all__ = ["is_litter"]

_NAMES = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|__MACOSX", re.DOTALL)


def is_litter(name: str) -> bool:
    """Whether a file, named with forward slashes, is such or lies in a folder that is."""
    return any(_NAMES.fullmatch(part) for part in PurePosixPath(name).parts)
