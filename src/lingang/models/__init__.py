"""Tables, columns, vocabularies and proofs: one declaration each, everything else is derived."""

from lingang.lexicon import Vocabulary, Word
from lingang.models.declare import EVIDENCED, SLUG, Column, Table
from lingang.models.editions import tables_in
from lingang.models.tables import DATE, TABLES, table
from lingang.models.vocabularies import VOCABULARIES

__all__ = [
    "DATE",
    "EVIDENCED",
    "SLUG",
    "TABLES",
    "VOCABULARIES",
    "Column",
    "Table",
    "Vocabulary",
    "Word",
    "table",
    "tables_in",
]
