"""What tells a problem from others in two runs of a check: the cell and the rule, whatever line they have moved to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingang.problems import Problem

__all__ = ["fingerprints"]


def fingerprints(problems: Iterable[Problem]) -> list[str]:
    """A fingerprint for each problem, in hexadecimal digits; of problems that are the same but for their place each
    its own."""
    seen: Counter[str] = Counter()
    out = []
    for problem in problems:
        told = problem.rule, problem.place.file, problem.table, problem.record_id, problem.column_name, problem.message
        key = "\0".join(told)
        seen[key] += 1
        out.append(hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest())
    return out
