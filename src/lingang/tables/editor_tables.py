"""The tables of what editors add: issues, labels, words, accepted advice, readings."""

from __future__ import annotations

from lingang.tables.columns import END, LANGUAGE, SELECTOR, START, count, key, names, ref, text, words
from lingang.tables.declare import SLUG, Column, Table
from lingang.tables.vocabularies import vocabulary

__all__ = ["ACCEPTED", "ISSUES", "LABELS", "READINGS", "WORDS"]

ISSUES = Table(
    "issues",
    "Issues",
    "Oddities of the source, and what was decided about each.",
    (
        key("issue_id", "article or source, and number."),
        ref("source_id", "sources", "The page."),
        ref("article_id", "articles", "The item; null where it concerns the page.", nullable=True),
        count("raw_start", START, nullable=True, standard=SELECTOR),
        count("raw_end", END, nullable=True, minimum=1, standard=SELECTOR),
        words("kind", vocabulary("issue_kind"), "Kind of oddity.", "none"),
        text(
            "observed",
            "What is printed, white space removed; of the page as a whole, what is seen.",
            "quote",
            witness="row",
            prints="wording",
        ),
        text(
            "reading", "The reading that is suspected; it stands nowhere else.", "none", nullable=True, prints="wording"
        ),
        words("decision", vocabulary("issue_decision"), "What was decided.", "derived"),
        text("reason", "Why; null where a program found it.", "none", nullable=True),
        text("table_name", "The table of the record that rests on it.", "none", nullable=True, pattern=r"^[a-z_]+$"),
        text("record_id", "The record that rests on it.", "none", nullable=True, pattern=SLUG),
    ),
    unique=(("source_id", "article_id", "kind", "observed", "raw_start"),),
)

LABELS = Table(
    "labels",
    "Labels",
    "Translations by the editors: of a cell of a record, or of a printed value wherever it stands. Outside the proof.",
    (
        key("label_id", "language, and the record's cell or a number."),
        text(
            "table_name",
            "The table of the cell; null for a printed value.",
            "none",
            nullable=True,
            pattern=r"^[a-z_]+$",
        ),
        text(
            "column_name",
            "The column of the cell; null for a printed value.",
            "none",
            nullable=True,
            pattern=r"^[a-z_0-9]+$",
        ),
        text("record_id", "The record; null for a printed value.", "none", nullable=True, pattern=SLUG),
        text("value", "The printed value; null for the cell of a record.", "none", nullable=True, prints="name"),
        Column("language", "str", "Language of the label, a BCP 47 tag.", "none", pattern=LANGUAGE, standard="BCP 47"),
        text("text", "The translation.", "none", standard="schema.org alternateName"),
    ),
    unique=(("table_name", "column_name", "record_id", "value", "language"),),
)

WORDS = Table(
    "words",
    "Words",
    "The vocabularies: each word with its labels, its definition and the cues that tell it.",
    (
        key("word_id", "vocabulary and word."),
        text("vocabulary", "The vocabulary.", "none", pattern=r"^[a-z_]+$"),
        text("word", "The word, as it stands in a cell.", "none", pattern=r"^[a-z][a-z0-9_]*$"),
        count("position", "Order in the vocabulary, from 1.", "none", minimum=1),
        text("label_en", "English label.", "none", standard="skos:prefLabel"),
        text("label_zh", "Chinese label.", "none", standard="skos:prefLabel"),
        text("definition", "What it means.", "none", standard="skos:definition"),
        names("cues", "Printed words that tell it; @ is the participant, … a gap, ^ and $ the edges.", "none"),
        names("but", "Printed words in which its cues do not count.", "none"),
        names("over", "Words of the vocabulary that it outranks where both are told.", "none"),
        names("with", "Words of the vocabulary that may be told beside it.", "none"),
    ),
    unique=(("vocabulary", "word"),),
)

ACCEPTED = Table(
    "accepted",
    "Accepted",
    "Advice that a reader overruled, with the reason.",
    (
        key("accepted_id", "item, registry or source, and number."),
        text("rule", "The rule whose advice is overruled.", "none", pattern=r"^[A-Z]{3}[0-9]{3}$"),
        ref("source_id", "sources", "The page of the span.", "none", nullable=True),
        ref("article_id", "articles", "The item of the span.", "none", nullable=True),
        count("raw_start", START, "none", nullable=True, standard=SELECTOR),
        count("raw_end", END, "none", nullable=True, minimum=1, standard=SELECTOR),
        text("table_name", "The table of the record.", "none", nullable=True, pattern=r"^[a-z_]+$"),
        text("record_id", "The record.", "none", nullable=True, pattern=SLUG),
        text("reason", "Why, in the reader's words.", "none"),
    ),
)

READINGS = Table(
    "readings",
    "Readings",
    "Who or what read which record when, bound to its content by a hash.",
    (
        key("reading_id", "record, reader, pass and date."),
        text("table_name", "The table of the record.", "none", pattern=r"^[a-z_]+$"),
        text("record_id", "The record.", "none", pattern=SLUG),
        text("reader", "The reader, as declared in the dataset.", "none", pattern=SLUG),
        words("reader_kind", vocabulary("reader_kind"), "A person or a model.", "none"),
        words("pass", vocabulary("pass"), "Which reading.", "none"),
        Column("date", "date32", "The day of the reading.", "none"),
        Column(
            "content",
            "str",
            "SHA-256 of what was read: the cells whose proof is not none or derived, nulls left out.",
            "none",
            pattern=r"^[0-9a-f]{64}$",
        ),
        Column("current", "bool", "Whether the record still is what was read.", "derived"),
    ),
    unique=(("table_name", "record_id", "reader", "pass", "date"),),
)
