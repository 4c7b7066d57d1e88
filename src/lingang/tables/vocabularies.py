"""The vocabularies of the columns, as the newest layer of the lexicon has them."""

from __future__ import annotations

from lingang.lexicon import Vocabulary, newest

__all__ = ["VOCABULARIES", "vocabulary"]

_LAYER = newest("zh-news")

VOCABULARIES: tuple[Vocabulary, ...] = tuple(_LAYER.vocabularies.values())


def vocabulary(name: str) -> Vocabulary:
    """The words of a vocabulary; raises ``KeyError``."""
    return _LAYER[name]
