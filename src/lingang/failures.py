"""What is said of an exception that ends a command: one line, with the path or the rule."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from lingang.problems import CannotRun, first_line

__all__ = ["MissingExtra", "naming_the_extra", "needs", "said", "tell_traceback"]


class MissingExtra(CannotRun, ModuleNotFoundError):
    """A package of an extra is not installed; the message says what needs it, and how to install it."""


@contextmanager
def naming_the_extra(what: str) -> Iterator[None]:
    """Raises ``MissingExtra`` where the block imports what is not installed; ``what`` is what needs it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{what} {needs(str(error.name))}", name=error.name) from None


_EXTRAS = {"networkx": "network", "pyspark": "spark"}
"""The extras of the package that bring a module; any other comes with ``validate``."""


def needs(module: str) -> str:
    """That a module is missing, and how to install it: from where the package is installed, or with uv."""
    extra = _EXTRAS.get(module.partition(".")[0], "validate")
    every = "validate" if extra == "validate" else f"validate,{extra}"
    return (
        f"needs {module}; install it with: pip install 'lingang[{extra}]' "
        f"(with uv: uvx --from 'lingang[{every}]' lingang …)"
    )


def said(error: BaseException, about: str) -> str:
    """Why something could not be done; ``about`` names what it was done to, where the error does not."""
    if isinstance(error, CannotRun):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] not in ("", "lingang"):
        return f"this command {needs(str(error.name))}"
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return f"{about}: there is not enough memory"
    if isinstance(error, RecursionError):
        return f"{about}: something is nested too deep to be read"
    if isinstance(error, OSError):
        name = f"{error.filename}" if error.filename is not None else about
        return f"{name}: {error.strerror or first_line(error)}"
    if isinstance(error, UnicodeError):
        return f"{about}: a file name or a text is not UTF-8 ({error.reason if hasattr(error, 'reason') else error})"
    return f"{about}: {type(error).__name__}: {first_line(error)} (--debug shows where)"


def tell_traceback(error: BaseException) -> None:
    """The traceback on standard error, with what lies behind the error."""
    traceback.print_exception(error, file=sys.stderr)
