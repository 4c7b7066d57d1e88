"""The parser of the command line: what was mistyped is shown escaped, with what was meant; no path is empty."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from typing import NoReturn

from lingang.problems import CannotRun
from lingang.text.characters import visible
from lingang.text.likest import did_you_mean

__all__ = ["Command", "Parser", "refuse_empty"]

Command = Callable[..., argparse.ArgumentParser]
"""Adds a command by its name and ``help``."""

_CHOICE = re.compile(r"invalid choice: (.*) \(choose from (.*)\)", re.DOTALL)
_UNKNOWN = re.compile(r"unrecognized arguments:(?!.*; what is looked at).*?\s(--?[a-z][^\s=]*)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` that proposes what was meant and lets no argument move the cursor."""

    def error(self, message: str) -> NoReturn:
        choice, unknown = _CHOICE.search(message), _UNKNOWN.search(message)
        if choice is not None:
            known = [word.strip("' ") for word in choice[2].split(",")]
            message += did_you_mean(choice[1].strip("'"), known)
        elif unknown is not None:
            message += did_you_mean(unknown[1], _options(self))
        super().error(visible(message))


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The options of a parser and of its commands."""
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _options(command)


_PATHS = ("root", "folder", "page", "paths", "path", "out", "since", "old", "new", "origin")
"""Options that name a path."""


def refuse_empty(options: argparse.Namespace) -> None:
    """Raises ``CannotRun`` for an empty path, which is not this folder: a script gives one that forgot a variable."""
    for name in _PATHS:
        given = getattr(options, name, None)
        if given == "" or (isinstance(given, list) and "" in given):
            raise CannotRun("a path is empty; write . for the folder that you are in")
