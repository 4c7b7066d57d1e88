"""Processes that work beside this one. In: a number of them. Out: a pool, whose processes import only what they run."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType

__all__ = ["pool"]


class _Process(SpawnProcess):
    """A new process, which does not run the script of its caller again, as those of the library do: none of what it is
    handed is of the script, and one that does not ask for ``__name__`` would start processes of its own."""

    def start(self) -> None:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            super().start()
        finally:
            sys.modules["__main__"] = script


class _Context(SpawnContext):
    Process = _Process


def pool(workers: int) -> ProcessPoolExecutor:
    """A pool of so many processes, to which functions and values of the package alone can be handed."""
    # A worker makes rows and drops them, and no cycles: collecting them would only take time.
    return ProcessPoolExecutor(workers, _Context(), initializer=gc.disable)
