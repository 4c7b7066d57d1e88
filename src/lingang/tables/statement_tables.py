"""The tables of what is said, issued and counted: quotations, documents, figures."""

from __future__ import annotations

from lingang.tables.columns import key, ref, spoken, text, words
from lingang.tables.declare import Column, Table
from lingang.tables.vocabularies import vocabulary

__all__ = ["DOCUMENTS", "FIGURES", "QUOTATIONS"]

QUOTATIONS = Table(
    "quotations",
    "Quotations",
    "Speech, direct or reported: one row for each run under one cue.",
    (
        key("quotation_id", "article and number."),
        ref("article_id", "articles", "The item.", standard="PROV wasQuotedFrom"),
        ref(
            "event_id",
            "events",
            "Where it was said; null where the item does not tell.",
            "derived",
            nullable=True,
        ),
        words("form", vocabulary("quotation_form"), "Direct or indirect.", "cue", told="marks"),
        words("speaker_kind", vocabulary("speaker_kind"), "What kind of speaker.", "derived"),
        ref("person_id", "people", "The person who speaks.", "key", nullable=True),
        ref("organization_id", "organizations", "The body that speaks.", "key", nullable=True),
        text("group_label", "The described group that speaks, as printed.", "quote", nullable=True, prints="wording"),
        text("cue", "The word that opens or closes the speech.", "quote", prints="wording"),
        text(
            "text",
            "What is said: starts after the cue; enclosing “ ” are left out.",
            "quote",
            standard="schema.org Quotation text",
            prints="wording",
        ),
    ),
    unique=(("article_id", "text"),),
)

DOCUMENTS = Table(
    "documents",
    "Documents",
    "Documents named in 《》.",
    (
        key("document_id", "article and number."),
        text("title", "Title without 《》, white space removed.", "quote", standard="schema.org name", prints="name"),
        words(
            "kind",
            vocabulary("document_kind"),
            "Kind of document, told by its title.",
            "cue",
            told="name",
            by=("title",),
        ),
        ref("article_id", "articles", "The item."),
        ref("event_id", "events", "Where it was used.", "none", nullable=True),
        ref(
            "issuer_organization_id",
            "organizations",
            "The issuer, where the item names it.",
            "key",
            nullable=True,
        ),
        words("action", vocabulary("document_action"), "What is done with it.", "cue", told="clause", by=("title",)),
    ),
    unique=(("article_id", "title", "action"),),
)

FIGURES = Table(
    "figures",
    "Figures",
    "Numbers stated on the page with a measure word of their own, dates aside.",
    (
        key("figure_id", "article and number."),
        ref("article_id", "articles", "The item."),
        ref("event_id", "events", "The event it belongs to.", "none", nullable=True),
        ref("participation_id", "participations", "The group it counts.", "none", nullable=True),
        Column(
            "value",
            "float64",
            "The number, its scale multiplied in, as the nearest double; null where it could not be read whole.",
            "rule",
            nullable=True,
            standard="schema.org value",
        ),
        text(
            "unit",
            "Measure word as printed, without its scale.",
            "quote",
            nullable=True,
            standard="schema.org unitText",
            prints="wording",
        ),
        words("qualifier", vocabulary("qualifier"), "How the number is limited: exactly, at least, about.", "rule"),
        words("kind", vocabulary("figure_kind"), "Kind of number.", "cue", told="number", by=("label",)),
        text("label", "What is counted or named, as printed.", "quote", prints="wording"),
        spoken(),
    ),
)
