"""How a corpus is worked on: what the command line lets one choose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import lingang.limits as limits
from lingang.engines.memory import machine
from lingang.files.cache import Cache
from lingang.problems import CannotRun

__all__ = ["Options", "memory_limit"]


def memory_limit(text: str | None) -> int:
    """Bytes of ``2GB``, ``512MB``; half of the memory of the machine, or of the container, for ``None``."""
    if text is None:
        return machine() // 2
    number = text.upper().removesuffix("B").removesuffix("I")
    power = " KMGT".find(number[-1:] or " ")
    try:
        size = int(float(number[:-1] if power > 0 else number) * 1024 ** max(power, 0))
    except (ValueError, OverflowError):
        raise CannotRun(f"{text} is no size of memory; write 2GB or 512MB") from None
    if size < limits.LEAST_MEMORY:
        raise CannotRun(f"{text} is too little memory; {limits.LEAST_MEMORY >> 20}MB are needed at least")
    return size


@dataclass(frozen=True, slots=True)
class Options:
    """``memory`` in bytes, of the whole process, half of it for the engine; ``keep``: how many problems are kept;
    ``chosen``: whether a rule is to be run; ``cache``: what earlier runs found on roots."""

    engine: str = "duckdb"
    master: str = "local[*]"
    memory: int = field(default_factory=lambda: memory_limit(None))
    keep: int = limits.KEPT
    chosen: Callable[[str], bool] = bool  # every id is true
    cache: Cache | None = None

    def refuse_elsewhere(self, what: str) -> None:
        """Raises ``CannotRun`` where another engine is asked for than checks what is no folder of tables."""
        if self.engine != "duckdb":
            raise CannotRun(f"--engine {self.engine} is for a folder of tables, not for {what}: leave the option out")
