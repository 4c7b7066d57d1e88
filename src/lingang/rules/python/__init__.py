"""Rules that SQL cannot say: over running text, and with the normalisers of the dataset."""

from lingang.rules.python import events, numbers, participation, people, proofs, speech, text
from lingang.rules.rule import PythonRule

__all__ = ["PYTHON_RULES"]

PYTHON_RULES: tuple[PythonRule, ...] = tuple(
    value
    for module in (text, proofs, people, events, participation, speech, numbers)
    for value in vars(module).values()
    if isinstance(value, PythonRule)
)
