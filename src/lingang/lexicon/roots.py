"""Which lexicon a root is read with: the layer that it pins, or the newest of its language, and its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lingang.authored.nodes import Mapping as Tree
from lingang.authored.nodes import Scalar
from lingang.authored.tree import LEXICON, Authored
from lingang.lexicon.model import Lexicon
from lingang.lexicon.reader import extend, for_language, layer, layers, newest
from lingang.problems import Problem

__all__ = ["Chosen", "lexicon_of", "silent"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The lexicon that rows are made with, and the one that advice rests on: ``None`` where no layer serves the
    language of the pages."""

    compiling: Lexicon | None
    judging: Lexicon | None
    problems: tuple[Problem, ...] = ()


def silent(lexicon: Lexicon) -> Lexicon:
    """The vocabularies of a lexicon without the words of its language."""
    vocabularies = {
        name: replace(known, words=tuple(replace(word, cues=(), but=(), own=()) for word in known.words))
        for name, known in lexicon.vocabularies.items()
    }
    return replace(lexicon, vocabularies=vocabularies, lists=dict.fromkeys(lexicon.lists, ()))


def _pinned(authored: Authored) -> Scalar | None:
    return authored.about.scalar("lexicon") if authored.about is not None else None


def _language(authored: Authored) -> str:
    entries = authored.sources.entries if authored.sources is not None else ()
    named = (node.scalar("language") for _, node in entries if isinstance(node, Tree))
    return next((str(language.raw) for language in named if language is not None), "")


def lexicon_of(files: Mapping[str, bytes], authored: Authored) -> Chosen:
    """The lexicon of a root; ``compiling`` is ``None`` where what the root says of it cannot be read."""
    pinned = _pinned(authored)
    if pinned is not None and str(pinned.raw) not in layers():
        expected = "one of " + ", ".join(layers())
        problem = Problem("KEY002", "no such lexicon ships", pinned.place, expected, str(pinned.raw))
        return Chosen(None, None, (problem,))
    base = layer(str(pinned.raw)) if pinned is not None else for_language(_language(authored))
    if base is None and LEXICON not in files:
        return Chosen(silent(newest("zh-news")), None)
    found = base or silent(newest("zh-news"))
    if LEXICON in files:
        found, problems = extend(found, files[LEXICON])
        if problems:
            return Chosen(None, None, tuple(problems))
    return Chosen(found, found)
