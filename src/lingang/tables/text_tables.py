"""The tables of pages and items: sources, articles, segments, bylines; where a name stands, what rests on a word."""

from __future__ import annotations

from lingang.tables.columns import (
    EDTF,
    END,
    LANGUAGE,
    SELECTOR,
    START,
    TEXT_END,
    TEXT_START,
    count,
    key,
    note,
    ref,
    spoken,
    text,
    words,
)
from lingang.tables.declare import FILLED_LINES, SLUG, Column, Table
from lingang.tables.vocabularies import vocabulary

__all__ = ["ARTICLES", "BYLINES", "EVIDENCE", "MENTIONS", "SEGMENTS", "SOURCES"]

SOURCES = Table(
    "sources",
    "Source pages",
    "The raw page, with its decoded text: a release proves itself against it.",
    (
        key("source_id", "a slug chosen by the editors."),
        text("file", "File name in raw/.", "none"),
        Column("sha256", "str", "SHA-256 of the bytes of the file.", "derived", pattern=r"^[0-9a-f]{64}$"),
        Column(
            "language",
            "str",
            "Language of the page, a BCP 47 tag.",
            "none",
            pattern=LANGUAGE,
            standard="schema.org inLanguage; BCP 47",
        ),
        text(
            "publisher",
            "Publisher as printed; null: the page names none.",
            "quote",
            nullable=True,
            standard="schema.org publisher",
            prints="name",
        ),
        Column(
            "year",
            "int32",
            "The year of the page's events, where no date of publication is printed, resting on the places where a "
            "year is printed.",
            "rule",
            nullable=True,
            minimum=1,
            maximum=9999,
        ),
        Column(
            "published_edtf",
            "str",
            "Date of publication as printed, in EDTF; null: the page prints none.",
            "rule",
            nullable=True,
            pattern=EDTF,
            standard="schema.org datePublished; EDTF (ISO 8601-2)",
        ),
        Column(
            "published_not_before",
            "date32",
            "The latest day on which a dated event of the page took place.",
            "derived",
            nullable=True,
        ),
        count("char_count", "Code points of the decoded page."),
        count("line_count", "Lines of the page."),
        text("text", "The decoded page, unchanged.", "derived", pattern=r"^[\s\S]+$", prints="wording"),
        note(),
    ),
    unique=(("sha256",),),
    standard="PROV Entity",
)

ARTICLES = Table(
    "articles",
    "Articles",
    "The items of the page, each with its reading text.",
    (
        key("article_id", "a slug chosen by the editors."),
        ref("source_id", "sources", "The page it stands on.", standard="PROV wasDerivedFrom"),
        count("seq", "Order on the page, from 1, by first character.", minimum=1),
        words("kind", vocabulary("article_kind"), "News item or photo item.", "derived"),
        text(
            "headline",
            "Headline; a printed space is U+3000.",
            "quote",
            nullable=True,
            standard="schema.org headline",
            witness="segments",
            prints="wording",
        ),
        text(
            "subheadline",
            "Second headline line.",
            "quote",
            nullable=True,
            standard="schema.org alternativeHeadline",
            witness="segments",
            prints="wording",
        ),
        text("kicker", "Label over the headline.", "quote", nullable=True, witness="segments", prints="wording"),
        text(
            "byline",
            "Byline as printed, white space removed.",
            "quote",
            nullable=True,
            witness="segments",
            prints="wording",
        ),
        text(
            "text",
            "Reading text: body paragraphs joined by a line feed (of a photo item, the caption).",
            "quote",
            standard="schema.org articleBody",
            witness="segments",
            pattern=FILLED_LINES,
            prints="wording",
        ),
        count("char_count", "Code points of the reading text."),
        note(),
    ),
    unique=(("source_id", "seq"),),
    standard="schema.org NewsArticle",
)

SEGMENTS = Table(
    "segments",
    "Segments",
    "Unbroken runs of raw text, each of one item and one role; together they hold every "
    "non-white-space character of the page once.",
    (
        key("segment_id", "article, role and number."),
        ref("source_id", "sources", "The page."),
        ref("article_id", "articles", "The item it belongs to; null: the page itself.", nullable=True),
        count("seq", "Order in the item (or in the page's own), from 1, by position on the page.", minimum=1),
        words("role", vocabulary("segment_role"), "What the run is: the reader's reading of the layout.", "none"),
        count(
            "paragraph",
            "Number of the paragraph of the reading text, from 1.",
            "none",
            nullable=True,
            minimum=1,
        ),
        count("raw_start", START, standard=SELECTOR),
        count("raw_end", END, minimum=1, standard=SELECTOR),
        count("line_start", "First line of the run, 1-based.", minimum=1),
        count("line_end", "Last line of the run, 1-based.", minimum=1),
        text("text", "The run by the white-space rule of its role.", "quote", witness="row", prints="wording"),
        count("text_start", TEXT_START, nullable=True),
        count("text_end", TEXT_END, nullable=True, minimum=1),
    ),
    unique=(("source_id", "article_id", "seq"),),
)

BYLINES = Table(
    "bylines",
    "Bylines",
    "Who is named as author or photographer of an item.",
    (
        key("byline_id", "article, role and person."),
        ref("article_id", "articles", "The item."),
        ref("person_id", "people", "The person named.", "key", nullable=True, standard="schema.org author"),
        ref(
            "organization_id",
            "organizations",
            "The agency or body named.",
            "key",
            nullable=True,
            standard="schema.org author",
        ),
        count("seq", "Order in the item, from 1.", minimum=1),
        words("role", vocabulary("byline_role"), "As what.", "cue", told="clause", by=("person_id", "organization_id")),
    ),
    unique=(("article_id", "person_id", "organization_id", "role"), ("article_id", "seq")),
)

MENTIONS = Table(
    "mentions",
    "Mentions",
    "Every occurrence of every registered name or alias, found by program, longest first.",
    (
        key("mention_id", "article, entity and raw start."),
        ref("article_id", "articles", "The item."),
        words("entity_table", vocabulary("entity_table"), "The registry of the entity.", "derived"),
        Column("entity_id", "str", "The entity, a key of the registry.", "derived", pattern=SLUG),
        text("surface", "The form that is printed, white space removed.", "derived", prints="name"),
        ref("segment_id", "segments", "The segment it stands in."),
        count("raw_start", START, standard=SELECTOR),
        count("raw_end", END, minimum=1, standard=SELECTOR),
        count("text_start", TEXT_START, nullable=True),
        count("text_end", TEXT_END, nullable=True, minimum=1),
        ref("within_mention_id", "mentions", "The longer mention that begins with this name.", nullable=True),
        spoken(),
    ),
    unique=(("entity_table", "entity_id", "article_id", "raw_start"),),
)

EVIDENCE = Table(
    "evidence",
    "Evidence",
    "For each filled cell that asks for it, the text that proves it.",
    (
        key("evidence_id", "table, record, column and number."),
        Column("table_name", "str", "The table of the cell.", "derived", pattern=r"^[a-z_]+$"),
        Column("record_id", "str", "The primary key of the record.", "derived", pattern=SLUG),
        Column("column_name", "str", "The column of the cell.", "derived", pattern=r"^[a-z_0-9]+$"),
        ref("source_id", "sources", "The page.", standard="W3C Web Annotation target source"),
        ref("article_id", "articles", "The item the span stands in.", nullable=True),
        count("raw_start", START, standard=SELECTOR),
        count("raw_end", END, minimum=1, standard=SELECTOR),
        text(
            "quote",
            "The raw text of the span, white space removed.",
            "derived",
            standard="W3C Web Annotation TextQuoteSelector exact",
            prints="wording",
        ),
        words("basis", vocabulary("evidence_basis"), "How the value follows from the quote.", "derived"),
        Column(
            "rule",
            "str",
            "The named rule that turns the quote into the value.",
            "derived",
            nullable=True,
            pattern=r"^[a-z_]+$",
        ),
        text("note", "Why, in the reader's words.", "none", nullable=True),
    ),
    unique=(("table_name", "record_id", "column_name", "raw_start", "raw_end"),),
    standard="W3C Web Annotation; PROV wasQuotedFrom",
)
