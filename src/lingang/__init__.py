"""lingang: evidence-anchored records of newspaper pages, and the toolkit that proves them.

>>> import lingang
>>> events = lingang.load("events")

Importing the package imports nothing else: a function is looked up in its module when it is first used.
"""

import sys
from importlib import import_module

TYPE_CHECKING = False  # type checkers take it for true; importing typing would double the time of this import
if TYPE_CHECKING:
    from types import ModuleType

    from lingang.analysis import attendance, network, timeline
    from lingang.exports import export
    from lingang.frames import describe, evidence, load, path, raw, schema, tables, text
else:
    ModuleType = type(sys)

__all__ = [
    "__version__",
    "attendance",
    "describe",
    "evidence",
    "export",
    "load",
    "network",
    "path",
    "raw",
    "schema",
    "tables",
    "text",
    "timeline",
]

__version__ = "1.0.0"

_MODULES = {
    "analysis": ("attendance", "network", "timeline"),
    "exports": ("export",),
    "frames": ("describe", "evidence", "load", "path", "raw", "schema", "tables", "text"),
}


def __getattr__(name: str) -> object:
    for module, functions in _MODULES.items():
        if name in functions:
            found: object = getattr(import_module(f"lingang.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module 'lingang' has no attribute {name!r}")


class _Package(ModuleType):
    """Keeps ``lingang.text`` the function once the package of that name is imported, which Python would put there."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
