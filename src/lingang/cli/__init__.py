"""The command line. In: arguments. Out: text, files, and an exit status; what it asks is done elsewhere."""

from lingang.cli.commands import main

__all__ = ["main"]
