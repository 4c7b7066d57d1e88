"""Tables, columns, vocabularies and proofs: one declaration each, everything else is derived."""

from lingang.lexicon import Vocabulary, Word
from lingang.tables.columns import DATE
from lingang.tables.declarations import TABLES, table
from lingang.tables.declare import EVIDENCED, SLUG, Column, Table
from lingang.tables.editions import tables_in
from lingang.tables.vocabularies import VOCABULARIES

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
