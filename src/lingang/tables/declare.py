"""The vocabulary in which tables are declared: Word, Vocabulary, Column, Table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from lingang.lexicon import Lexicon, Vocabulary
from lingang.text.characters import SLUG

__all__ = [
    "EVIDENCED",
    "FILLED",
    "FILLED_LINES",
    "GREATEST",
    "SLUG",
    "WORD",
    "Column",
    "ColumnType",
    "Prints",
    "Proof",
    "Table",
    "Told",
    "Witness",
]

ColumnType = Literal["str", "int32", "float64", "bool", "date32", "list<str>"]

Proof = Literal["quote", "key", "cue", "rule", "composed", "derived", "none"]
"""What the build recomputes for a cell; each column declares one (see docs/CODEBOOK.md)."""

Witness = Literal["evidence", "segments", "mentions", "row"]
"""Where the proof of a column stands: rows of ``evidence``; the segments of an article; the
mentions of a registry entry; or the row's own offsets."""

Told = Literal["name", "clause", "marks", "list", "prefix", "number"]
"""What tells a ``cue`` cell: a name, by its last word; the words of a clause around a participant; the marks around
speech; the end of a printed list; the form of another record that a name begins with; a number and its label."""

Prints = Literal["name", "wording"]
"""What a column repeats of the page: names and titles, or its wording, which ``RIGHTS.md`` lists and the edition
``facts`` leaves out."""

EVIDENCED: frozenset[Proof] = frozenset({"quote", "key", "cue", "rule", "composed"})
"""The proofs that rest on text, and so need a witness."""

WORD = r"^[a-z][a-z0-9_]*$"
"""A word of a vocabulary."""
FILLED = r"^[^ \t\r\n]([^\n]*[^ \t\r\n])?$"
"""One line of text that neither begins nor ends with white space."""
FILLED_LINES = r"^[^ \t\r\n]([\s\S]*[^ \t\r\n])?$"
"""As ``FILLED``, in several lines."""

GREATEST = {"int32": 1_000_000_000}
"""The greatest integer of a column that tells none itself: two of the first may be added within 32 bits, and up to the
second no reader of JSON loses a digit."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: all that any output or check says of it is derived from here.

    ``references`` names the table whose primary key the column points to. ``standard`` names the
    term of a published vocabulary that means the same; a mapping that would be a stretch is left out.
    ``told`` says what tells a cell whose proof is ``cue``; ``tellers`` are the columns of the row whose words it is
    told by (of a name, in their order), or whose evidence is the participant of the clause; ``spoken`` is the value
    that standing inside speech tells. ``prints`` tells a column that repeats what the page prints.
    """

    name: str
    type: ColumnType
    description: str
    proof: Proof
    nullable: bool = False
    vocabulary: Vocabulary | None = None
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    references: str | None = None
    standard: str | None = None
    witness: Witness = "evidence"
    told: Told | None = None
    tellers: tuple[str, ...] = ()
    spoken: str | None = None
    prints: Prints | None = None

    @property
    def has_evidence_rows(self) -> bool:
        return self.proof in EVIDENCED and self.witness == "evidence"

    @property
    def limits(self) -> tuple[int, int]:
        """The least and the greatest integer that the column takes."""
        greatest = GREATEST[self.type] if self.maximum is None else self.maximum
        return (-greatest if self.minimum is None else self.minimum), greatest


@dataclass(frozen=True)
class Table:
    """One table; its first column is the primary key."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    standard: str | None = None

    @cached_property
    def _hash(self) -> int:
        return hash((self.name, self.names))

    def __hash__(self) -> int:
        return self._hash  # made once: what is derived from a table is kept by it, and asked for by each row

    @cached_property
    def key(self) -> str:
        return self.columns[0].name

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def days(self) -> tuple[str, ...]:
        """The columns that hold days."""
        return tuple(column.name for column in self.columns if column.type == "date32")

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def __getitem__(self, name: str) -> Column:
        return self._by_name[name]

    def in_words_of(self, lexicon: Lexicon | None) -> Table:
        """The table with the vocabularies of a lexicon; without one, with those of the newest layer."""
        if lexicon is None:
            return self
        known = lexicon.vocabularies
        columns = (
            column
            if column.vocabulary is None
            else replace(column, vocabulary=known.get(column.vocabulary.name, column.vocabulary))
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))
