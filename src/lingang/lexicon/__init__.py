"""What the words of a language and a genre tell: data, in layers, and their reader."""

from lingang.lexicon.model import LISTS, Lexicon, ListWord, Vocabulary, Word
from lingang.lexicon.reader import bare, extend, for_language, from_json, layer, layers, newest

__all__ = [
    "LISTS",
    "Lexicon",
    "ListWord",
    "Vocabulary",
    "Word",
    "bare",
    "extend",
    "for_language",
    "from_json",
    "layer",
    "layers",
    "newest",
]
