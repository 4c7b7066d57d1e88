"""Columns as the tables declare them: a key, a reference, a word of a vocabulary, printed text, a count."""

from __future__ import annotations

from lingang.lexicon import Vocabulary
from lingang.tables.declare import FILLED, SLUG, Column, ColumnType, Prints, Proof, Told, Witness

__all__ = [
    "DATE",
    "EDTF",
    "END",
    "LANGUAGE",
    "SELECTOR",
    "START",
    "TEXT_END",
    "TEXT_START",
    "count",
    "key",
    "names",
    "note",
    "ref",
    "scope",
    "spoken",
    "text",
    "words",
]

DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_POINT = "([0-9]{4}|XXXX)[?]?(-[0-9]{2}(-[0-9]{2})?)?"
EDTF = f"^({_POINT}(/({_POINT}|[.][.]))?|[.][.]/{_POINT})$"


LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"


def key(name: str, what: str) -> Column:
    return Column(name, "str", f"Primary key: {what}", "none", pattern=SLUG)


def ref(
    name: str,
    table: str,
    what: str,
    proof: Proof = "derived",
    *,
    nullable: bool = False,
    standard: str | None = None,
    told: Told | None = None,
) -> Column:
    return Column(
        name, "str", what, proof, nullable=nullable, pattern=SLUG, references=table, standard=standard, told=told
    )


def words(
    name: str,
    vocabulary: Vocabulary,
    what: str,
    proof: Proof,
    *,
    nullable: bool = False,
    standard: str | None = None,
    told: Told | None = None,
    by: tuple[str, ...] = (),
) -> Column:
    return Column(
        name,
        "str",
        what,
        proof,
        nullable=nullable,
        vocabulary=vocabulary,
        standard=standard,
        told=told,
        tellers=by,
    )


def text(
    name: str,
    what: str,
    proof: Proof,
    *,
    nullable: bool = False,
    standard: str | None = None,
    witness: Witness = "evidence",
    pattern: str = FILLED,
    prints: Prints | None = None,
) -> Column:
    return Column(
        name,
        "str",
        what,
        proof,
        nullable=nullable,
        pattern=pattern,
        standard=standard,
        witness=witness,
        prints=prints,
    )


def count(
    name: str,
    what: str,
    proof: Proof = "derived",
    *,
    type: ColumnType = "int32",
    nullable: bool = False,
    minimum: int = 0,
    standard: str | None = None,
    witness: Witness = "evidence",
) -> Column:
    return Column(name, type, what, proof, nullable=nullable, minimum=minimum, standard=standard, witness=witness)


def names(
    name: str,
    what: str,
    proof: Proof,
    *,
    standard: str | None = None,
    witness: Witness = "evidence",
    prints: Prints | None = None,
) -> Column:
    return Column(name, "list<str>", what, proof, standard=standard, witness=witness, prints=prints)


def scope() -> tuple[Column, Column]:
    return (
        names("source_ids", "The pages in whose items its forms mean it; empty with article_ids: everywhere.", "none"),
        names("article_ids", "The items in which its forms mean it.", "none"),
    )


def spoken() -> Column:
    return ref(
        "quotation_id", "quotations", "The run of speech in which it is told; null outside speech.", nullable=True
    )


def note() -> Column:
    return Column("note", "str", "A remark of the editors.", "none", nullable=True, pattern=FILLED)


START = "Start in the raw page, in code points, 0-based, included."
END = "End in the raw page, in code points, 0-based, excluded."
TEXT_START = "Start in the reading text of the item, in code points; null outside the reading text."
TEXT_END = "End in the reading text of the item, in code points, excluded; null outside the reading text."
SELECTOR = "W3C Web Annotation TextPositionSelector"
