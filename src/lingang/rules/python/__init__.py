"""Rules that SQL cannot say: over running text, with the grammars, and with the words of the lexicon."""

from lingang.rules.python import characters, edges, events, figures, names, proofs, readings, roles, speech
from lingang.rules.rule import PythonRule

__all__ = ["PYTHON_RULES"]

PYTHON_RULES: tuple[PythonRule, ...] = tuple(
    value
    for module in (characters, proofs, edges, names, events, roles, speech, figures, readings)
    for value in vars(module).values()
    if isinstance(value, PythonRule)
)
