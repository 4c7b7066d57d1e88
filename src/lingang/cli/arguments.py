"""The parser of the command line: what was mistyped is shown escaped, with what was meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from typing import NoReturn

from lingang.text.characters import visible
from lingang.text.likest import did_you_mean

__all__ = ["Command", "Parser"]

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
