"""lingang: evidence-anchored records of newspaper pages, and the toolkit that proves them.

>>> import lingang
>>> events = lingang.load("events")

The functions are those of the installed dataset; ``lingang.open(path)`` gives any other, with the same as its methods.
Importing the package imports nothing else: a function is looked up when it is first used.
"""

import sys
from importlib import import_module

TYPE_CHECKING = False  # type checkers take it for true; importing typing would double the time of this import
if TYPE_CHECKING:
    from types import ModuleType

    from lingang.authored.anchoring import anchor
    from lingang.dataset.frames import Dataset
    from lingang.dataset.opening import open

    _data = Dataset.__new__(Dataset)
    attendance, timeline, network = _data.attendance, _data.timeline, _data.network
    claims, evidence, labels, words = _data.claims, _data.evidence, _data.labels, _data.words
    describe, load, path = _data.describe, _data.load, _data.path
    raw, schema, tables, text = _data.raw, _data.schema, _data.tables, _data.text
    explore, export, find, show = _data.explore, _data.export, _data.find, _data.show
else:
    ModuleType = type(sys)

__all__ = [
    "Dataset",
    "__version__",
    "anchor",
    "attendance",
    "claims",
    "describe",
    "evidence",
    "explore",
    "export",
    "find",
    "labels",
    "load",
    "network",
    "open",
    "path",
    "raw",
    "schema",
    "show",
    "tables",
    "text",
    "timeline",
    "words",
]

__version__ = "1.0.0"

_ELSEWHERE = {"Dataset": "dataset.frames", "anchor": "authored.anchoring", "open": "dataset.opening"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'lingang' has no attribute {name!r}")
    if name in _ELSEWHERE:
        found: object = getattr(import_module(f"lingang.{_ELSEWHERE[name]}"), name)
    else:
        found = getattr(import_module("lingang.dataset.frames").installed(), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__]


class _Package(ModuleType):
    """Keeps ``lingang.text`` the function once the package of that name is imported, which Python would put there."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
