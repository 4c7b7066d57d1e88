"""Every table and column of the dataset: the only place where a column is declared."""

from __future__ import annotations

from lingang.lexicon import Vocabulary
from lingang.tables.declare import (
    FILLED,
    FILLED_LINES,
    SLUG,
    Column,
    ColumnType,
    Prints,
    Proof,
    Table,
    Told,
    Witness,
)
from lingang.tables.vocabularies import vocabulary

__all__ = ["DATE", "TABLES", "table"]

DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_POINT = "([0-9]{4}|XXXX)[?]?(-[0-9]{2}(-[0-9]{2})?)?"
EDTF = f"^({_POINT}(/({_POINT}|[.][.]))?|[.][.]/{_POINT})$"


LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"


def _key(name: str, what: str) -> Column:
    return Column(name, "str", f"Primary key: {what}", "none", pattern=SLUG)


def _ref(
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


def _words(
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


def _text(
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


def _count(
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


def _names(
    name: str,
    what: str,
    proof: Proof,
    *,
    standard: str | None = None,
    witness: Witness = "evidence",
    prints: Prints | None = None,
) -> Column:
    return Column(name, "list<str>", what, proof, standard=standard, witness=witness, prints=prints)


def _scope() -> tuple[Column, Column]:
    return (
        _names("source_ids", "The pages in whose items its forms mean it; empty with article_ids: everywhere.", "none"),
        _names("article_ids", "The items in which its forms mean it.", "none"),
    )


def _spoken() -> Column:
    return _ref(
        "quotation_id", "quotations", "The run of speech in which it is told; null outside speech.", nullable=True
    )


def _note() -> Column:
    return Column("note", "str", "A remark of the editors.", "none", nullable=True, pattern=FILLED)


_START = "Start in the raw page, in code points, 0-based, included."
_END = "End in the raw page, in code points, 0-based, excluded."
_TEXT_START = "Start in the reading text of the item, in code points; null outside the reading text."
_TEXT_END = "End in the reading text of the item, in code points, excluded; null outside the reading text."
_SELECTOR = "W3C Web Annotation TextPositionSelector"

SOURCES = Table(
    "sources",
    "Source pages",
    "The raw page, with its decoded text: a release proves itself against it.",
    (
        _key("source_id", "a slug chosen by the editors."),
        _text("file", "File name in raw/.", "none"),
        Column("sha256", "str", "SHA-256 of the bytes of the file.", "derived", pattern=r"^[0-9a-f]{64}$"),
        Column(
            "language",
            "str",
            "Language of the page, a BCP 47 tag.",
            "none",
            pattern=LANGUAGE,
            standard="schema.org inLanguage; BCP 47",
        ),
        _text(
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
        _count("char_count", "Code points of the decoded page."),
        _count("line_count", "Lines of the page."),
        _text("text", "The decoded page, unchanged.", "derived", pattern=r"^[\s\S]+$", prints="wording"),
        _note(),
    ),
    unique=(("sha256",),),
    standard="PROV Entity",
)

ARTICLES = Table(
    "articles",
    "Articles",
    "The items of the page, each with its reading text.",
    (
        _key("article_id", "a slug chosen by the editors."),
        _ref("source_id", "sources", "The page it stands on.", standard="PROV wasDerivedFrom"),
        _count("seq", "Order on the page, from 1, by first character.", minimum=1),
        _words("kind", vocabulary("article_kind"), "News item or photo item.", "derived"),
        _text(
            "headline",
            "Headline; a printed space is U+3000.",
            "quote",
            nullable=True,
            standard="schema.org headline",
            witness="segments",
            prints="wording",
        ),
        _text(
            "subheadline",
            "Second headline line.",
            "quote",
            nullable=True,
            standard="schema.org alternativeHeadline",
            witness="segments",
            prints="wording",
        ),
        _text("kicker", "Label over the headline.", "quote", nullable=True, witness="segments", prints="wording"),
        _text(
            "byline",
            "Byline as printed, white space removed.",
            "quote",
            nullable=True,
            witness="segments",
            prints="wording",
        ),
        _text(
            "text",
            "Reading text: body paragraphs joined by a line feed (of a photo item, the caption).",
            "quote",
            standard="schema.org articleBody",
            witness="segments",
            pattern=FILLED_LINES,
            prints="wording",
        ),
        _count("char_count", "Code points of the reading text."),
        _note(),
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
        _key("segment_id", "article, role and number."),
        _ref("source_id", "sources", "The page."),
        _ref("article_id", "articles", "The item it belongs to; null: the page itself.", nullable=True),
        _count("seq", "Order in the item (or in the page's own), from 1, by position on the page.", minimum=1),
        _words("role", vocabulary("segment_role"), "What the run is: the reader's reading of the layout.", "none"),
        _count(
            "paragraph",
            "Number of the paragraph of the reading text, from 1.",
            "none",
            nullable=True,
            minimum=1,
        ),
        _count("raw_start", _START, standard=_SELECTOR),
        _count("raw_end", _END, minimum=1, standard=_SELECTOR),
        _count("line_start", "First line of the run, 1-based.", minimum=1),
        _count("line_end", "Last line of the run, 1-based.", minimum=1),
        _text("text", "The run by the white-space rule of its role.", "quote", witness="row", prints="wording"),
        _count("text_start", _TEXT_START, nullable=True),
        _count("text_end", _TEXT_END, nullable=True, minimum=1),
    ),
    unique=(("source_id", "article_id", "seq"),),
)

BYLINES = Table(
    "bylines",
    "Bylines",
    "Who is named as author or photographer of an item.",
    (
        _key("byline_id", "article, role and person."),
        _ref("article_id", "articles", "The item."),
        _ref("person_id", "people", "The person named.", "key", nullable=True, standard="schema.org author"),
        _ref(
            "organization_id",
            "organizations",
            "The agency or body named.",
            "key",
            nullable=True,
            standard="schema.org author",
        ),
        _count("seq", "Order in the item, from 1.", minimum=1),
        _words(
            "role", vocabulary("byline_role"), "As what.", "cue", told="clause", by=("person_id", "organization_id")
        ),
    ),
    unique=(("article_id", "person_id", "organization_id", "role"), ("article_id", "seq")),
)

PEOPLE = Table(
    "people",
    "People",
    "Every person named on the page, in a public role or as a named private person.",
    (
        _key("person_id", "a slug of the Latin name."),
        _text(
            "name",
            "Name as printed.",
            "quote",
            standard="schema.org name; Popolo Person name",
            witness="mentions",
            prints="name",
        ),
        _names(
            "aliases",
            "The other printed forms: a family name with 某, a form of address.",
            "quote",
            standard="schema.org alternateName; Popolo other_names",
            witness="mentions",
            prints="name",
        ),
        _text(
            "family_name",
            "Family name; null where the name does not split.",
            "rule",
            nullable=True,
            standard="schema.org familyName; Popolo family_name",
            prints="name",
        ),
        _text(
            "given_name",
            "Given name; null where the name does not split.",
            "rule",
            nullable=True,
            standard="schema.org givenName; Popolo given_name",
            prints="name",
        ),
        Column(
            "name_latin",
            "str",
            "The name in Latin letters; of a Chinese name in Hanyu Pinyin without tones, family name first.",
            "none",
            nullable=True,
            pattern="^[A-Z]([^\\n\u3400-\u9fff]*[^ \\t\\r\\n\u3000\u3400-\u9fff])?$",
            standard="schema.org alternateName; ISO 7098",
        ),
        _words("public_role", vocabulary("public_role"), "In which role the pages name the person.", "derived"),
        _words(
            "identity_basis", vocabulary("identity_basis"), "The weakest link on which one identity rests.", "derived"
        ),
        *_scope(),
        _note(),
    ),
    standard="schema.org Person; Popolo Person",
)

ORGANIZATIONS = Table(
    "organizations",
    "Organizations",
    "Every body named on the page.",
    (
        _key("organization_id", "a slug chosen by the editors."),
        _text(
            "name",
            "Name: see the codebook for which printed form.",
            "quote",
            standard="schema.org name; Popolo Organization name",
            witness="mentions",
            prints="name",
        ),
        Column(
            "aliases",
            "list<str>",
            "The other printed forms.",
            "quote",
            standard="schema.org alternateName; Popolo other_names",
            witness="mentions",
            prints="name",
        ),
        _words(
            "kind",
            vocabulary("organization_kind"),
            "Kind of body, told by its name.",
            "cue",
            told="name",
            by=("name",),
            standard="Popolo Organization classification",
        ),
        _ref(
            "parent_organization_id",
            "organizations",
            "The body it is part of.",
            "cue",
            nullable=True,
            told="prefix",
            standard="schema.org parentOrganization; Popolo parent_id",
        ),
        *_scope(),
        _note(),
    ),
    standard="schema.org Organization; Popolo Organization",
)

PLACES = Table(
    "places",
    "Places",
    "Every place named on the page that is not a body.",
    (
        _key("place_id", "a slug chosen by the editors."),
        _text("name", "Name as printed.", "quote", standard="schema.org name", witness="mentions", prints="name"),
        _words("kind", vocabulary("place_kind"), "Kind of place, told by its name.", "cue", told="name", by=("name",)),
        _ref(
            "parent_place_id",
            "places",
            "The place it lies in or beside.",
            "cue",
            nullable=True,
            told="prefix",
            standard="schema.org containedInPlace",
        ),
        *_scope(),
        _note(),
    ),
    standard="schema.org Place",
)

CAMPAIGNS = Table(
    "campaigns",
    "Campaigns",
    "Named efforts that go on in time; not events.",
    (
        _key("campaign_id", "a slug chosen by the editors."),
        _text("name", "Name as printed.", "quote", witness="mentions", prints="name"),
        Column("aliases", "list<str>", "The other printed forms.", "quote", witness="mentions", prints="name"),
        _ref("parent_campaign_id", "campaigns", "The campaign it is a part of.", "cue", nullable=True, told="prefix"),
        *_scope(),
        _note(),
    ),
)

POSITIONS = Table(
    "positions",
    "Positions",
    "What an item calls a person: one row a post, as printed in that item; no tenure.",
    (
        _key("position_id", "article, person and number."),
        _ref("person_id", "people", "The holder.", "key", standard="Popolo Membership person_id"),
        _ref(
            "organization_id",
            "organizations",
            "The body of the post; null where the item names none.",
            "key",
            nullable=True,
            standard="Popolo Membership organization_id",
        ),
        _ref("article_id", "articles", "The item that prints the title."),
        _text("title_raw", "Title as printed, the body's name included.", "quote", prints="name"),
        _text(
            "title",
            "Title without the body's name.",
            "rule",
            standard="schema.org jobTitle; Popolo role",
            prints="name",
        ),
        _words(
            "kind",
            vocabulary("position_kind"),
            "Post, membership or collective title.",
            "cue",
            told="name",
            by=("title",),
        ),
    ),
    unique=(("article_id", "person_id", "title_raw"),),
    standard="Popolo Membership",
)

EVENTS = Table(
    "events",
    "Events",
    "What took place, is planned or is referred to, once an item.",
    (
        _key("event_id", "a slug chosen by the editors."),
        _ref("article_id", "articles", "The item that tells of it.", standard="PROV wasDerivedFrom"),
        _words(
            "kind",
            vocabulary("event_kind"),
            "Kind of event, told by its name.",
            "cue",
            standard="Popolo Event classification",
            told="name",
            by=("name", "nucleus", "trigger"),
        ),
        _text(
            "name",
            "Name as printed, or joined from printed parts.",
            "composed",
            standard="schema.org name; Popolo Event name",
            prints="name",
        ),
        _text("trigger", "The word that tells it happened.", "quote", prints="wording"),
        _text(
            "nucleus",
            "The word that says what it is, where the trigger is light.",
            "quote",
            nullable=True,
            prints="wording",
        ),
        Column(
            "about",
            "list<str>",
            "What it was about, as printed.",
            "quote",
            standard="schema.org about",
            prints="wording",
        ),
        _words("status", vocabulary("event_status"), "Whether it took place.", "cue", told="clause", by=("trigger",)),
        _text("date_raw", "Date as printed, white space removed.", "quote", nullable=True, prints="wording"),
        Column(
            "date_edtf",
            "str",
            "Date in EDTF; ? after a year that is printed only in another item.",
            "rule",
            nullable=True,
            pattern=EDTF,
            standard="EDTF (ISO 8601-2) level 2",
        ),
        Column(
            "date_start",
            "date32",
            "First day.",
            "derived",
            nullable=True,
            standard="schema.org startDate; Popolo start_date",
        ),
        Column(
            "date_end",
            "date32",
            "Last day.",
            "derived",
            nullable=True,
            standard="schema.org endDate; Popolo end_date",
        ),
        _words("date_precision", vocabulary("date_precision"), "How exact the printed date is.", "rule"),
        _words("year_basis", vocabulary("year_basis"), "Where the year is printed.", "rule"),
        _words("day_part", vocabulary("day_part"), "Part of the day.", "rule", nullable=True),
        _text(
            "time", "Time of day as printed, HH:MM.", "rule", nullable=True, pattern=r"^([01][0-9]|2[0-4]):[0-5][0-9]$"
        ),
        _ref(
            "quotation_id", "quotations", "The run of speech in which it is told; null outside speech.", nullable=True
        ),
        _note(),
    ),
    standard="schema.org Event; Popolo Event",
)

EVENT_LINKS = Table(
    "event_links",
    "Event links",
    "How one event relates to another.",
    (
        _key("event_link_id", "event, relation and other event."),
        _ref("event_id", "events", "The event."),
        _words(
            "relation", vocabulary("link_relation"), "The relation of the event to the other.", "cue", told="clause"
        ),
        _ref("other_event_id", "events", "The other event.", "none"),
    ),
    unique=(("event_id", "relation", "other_event_id"),),
)

EVENT_CAMPAIGNS = Table(
    "event_campaigns",
    "Campaigns in items and events",
    "What an item, or an event in it, does with a campaign.",
    (
        _key("event_campaign_id", "article and campaign."),
        _ref("article_id", "articles", "The item."),
        _ref(
            "event_id",
            "events",
            "The event; null where the item names it outside any event.",
            "none",
            nullable=True,
        ),
        _ref("campaign_id", "campaigns", "The campaign.", "key"),
        Column(
            "relation",
            "str",
            "What is done with it.",
            "cue",
            vocabulary=vocabulary("campaign_relation"),
            told="clause",
            tellers=("campaign_id",),
            spoken="called_for",
        ),
        _spoken(),
    ),
    unique=(("article_id", "event_id", "campaign_id"),),
)

PARTICIPATIONS = Table(
    "participations",
    "Participations",
    "Who took part in an event, in which role; one row a role.",
    (
        _key("participation_id", "event, role and participant."),
        _ref("event_id", "events", "The event.", "none"),
        _words(
            "participant_kind", vocabulary("participant_kind"), "Which of the four next columns is filled.", "derived"
        ),
        _ref("person_id", "people", "The person.", "key", nullable=True, standard="schema.org attendee"),
        _ref(
            "organization_id",
            "organizations",
            "The organization.",
            "key",
            nullable=True,
            standard="schema.org organizer",
        ),
        _ref("place_id", "places", "The place.", "key", nullable=True, standard="schema.org location"),
        _text("group_label", "The described group, as printed.", "quote", nullable=True, prints="wording"),
        _words(
            "role",
            vocabulary("participation_role"),
            "Role in the event.",
            "cue",
            told="clause",
            by=("list_open", "person_id", "organization_id", "place_id", "group_label"),
        ),
        _text("award", "What was won, as printed.", "quote", nullable=True, standard="schema.org award", prints="name"),
        _ref("for_organization_id", "organizations", "The body for which they stand.", "key", nullable=True),
        _count("list_seq", "Place in the printed list, from 1; null outside a list.", nullable=True, minimum=1),
        Column(
            "list_open",
            "bool",
            "Whether the printed list ends in 等; null outside a list.",
            "cue",
            nullable=True,
            told="list",
        ),
        _spoken(),
    ),
    unique=(("event_id", "role", "person_id", "organization_id", "place_id", "group_label"),),
)

QUOTATIONS = Table(
    "quotations",
    "Quotations",
    "Speech, direct or reported: one row for each run under one cue.",
    (
        _key("quotation_id", "article and number."),
        _ref("article_id", "articles", "The item.", standard="PROV wasQuotedFrom"),
        _ref(
            "event_id",
            "events",
            "Where it was said; null where the item does not tell.",
            "derived",
            nullable=True,
        ),
        _words("form", vocabulary("quotation_form"), "Direct or indirect.", "cue", told="marks"),
        _words("speaker_kind", vocabulary("speaker_kind"), "What kind of speaker.", "derived"),
        _ref("person_id", "people", "The person who speaks.", "key", nullable=True),
        _ref("organization_id", "organizations", "The body that speaks.", "key", nullable=True),
        _text("group_label", "The described group that speaks, as printed.", "quote", nullable=True, prints="wording"),
        _text("cue", "The word that opens or closes the speech.", "quote", prints="wording"),
        _text(
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
        _key("document_id", "article and number."),
        _text("title", "Title without 《》, white space removed.", "quote", standard="schema.org name", prints="name"),
        _words(
            "kind",
            vocabulary("document_kind"),
            "Kind of document, told by its title.",
            "cue",
            told="name",
            by=("title",),
        ),
        _ref("article_id", "articles", "The item."),
        _ref("event_id", "events", "Where it was used.", "none", nullable=True),
        _ref(
            "issuer_organization_id",
            "organizations",
            "The issuer, where the item names it.",
            "key",
            nullable=True,
        ),
        _words("action", vocabulary("document_action"), "What is done with it.", "cue", told="clause", by=("title",)),
    ),
    unique=(("article_id", "title", "action"),),
)

FIGURES = Table(
    "figures",
    "Figures",
    "Numbers stated on the page with a measure word of their own, dates aside.",
    (
        _key("figure_id", "article and number."),
        _ref("article_id", "articles", "The item."),
        _ref("event_id", "events", "The event it belongs to.", "none", nullable=True),
        _ref("participation_id", "participations", "The group it counts.", "none", nullable=True),
        Column(
            "value",
            "float64",
            "The number, its scale multiplied in, as the nearest double; null where it could not be read whole.",
            "rule",
            nullable=True,
            standard="schema.org value",
        ),
        _text(
            "unit",
            "Measure word as printed, without its scale.",
            "quote",
            nullable=True,
            standard="schema.org unitText",
            prints="wording",
        ),
        _words("qualifier", vocabulary("qualifier"), "How the number is limited: exactly, at least, about.", "rule"),
        _words("kind", vocabulary("figure_kind"), "Kind of number.", "cue", told="number", by=("label",)),
        _text("label", "What is counted or named, as printed.", "quote", prints="wording"),
        _spoken(),
    ),
)

MENTIONS = Table(
    "mentions",
    "Mentions",
    "Every occurrence of every registered name or alias, found by program, longest first.",
    (
        _key("mention_id", "article, entity and raw start."),
        _ref("article_id", "articles", "The item."),
        _words("entity_table", vocabulary("entity_table"), "The registry of the entity.", "derived"),
        Column("entity_id", "str", "The entity, a key of the registry.", "derived", pattern=SLUG),
        _text("surface", "The form that is printed, white space removed.", "derived", prints="name"),
        _ref("segment_id", "segments", "The segment it stands in."),
        _count("raw_start", _START, standard=_SELECTOR),
        _count("raw_end", _END, minimum=1, standard=_SELECTOR),
        _count("text_start", _TEXT_START, nullable=True),
        _count("text_end", _TEXT_END, nullable=True, minimum=1),
        _ref("within_mention_id", "mentions", "The longer mention that begins with this name.", nullable=True),
        _spoken(),
    ),
    unique=(("entity_table", "entity_id", "article_id", "raw_start"),),
)

EVIDENCE = Table(
    "evidence",
    "Evidence",
    "For each filled cell that asks for it, the text that proves it.",
    (
        _key("evidence_id", "table, record, column and number."),
        Column("table_name", "str", "The table of the cell.", "derived", pattern=r"^[a-z_]+$"),
        Column("record_id", "str", "The primary key of the record.", "derived", pattern=SLUG),
        Column("column_name", "str", "The column of the cell.", "derived", pattern=r"^[a-z_0-9]+$"),
        _ref("source_id", "sources", "The page.", standard="W3C Web Annotation target source"),
        _ref("article_id", "articles", "The item the span stands in.", nullable=True),
        _count("raw_start", _START, standard=_SELECTOR),
        _count("raw_end", _END, minimum=1, standard=_SELECTOR),
        _text(
            "quote",
            "The raw text of the span, white space removed.",
            "derived",
            standard="W3C Web Annotation TextQuoteSelector exact",
            prints="wording",
        ),
        _words("basis", vocabulary("evidence_basis"), "How the value follows from the quote.", "derived"),
        Column(
            "rule",
            "str",
            "The named rule that turns the quote into the value.",
            "derived",
            nullable=True,
            pattern=r"^[a-z_]+$",
        ),
        _text("note", "Why, in the reader's words.", "none", nullable=True),
    ),
    unique=(("table_name", "record_id", "column_name", "raw_start", "raw_end"),),
    standard="W3C Web Annotation; PROV wasQuotedFrom",
)

ISSUES = Table(
    "issues",
    "Issues",
    "Oddities of the source, and what was decided about each.",
    (
        _key("issue_id", "article or source, and number."),
        _ref("source_id", "sources", "The page."),
        _ref("article_id", "articles", "The item; null where it concerns the page.", nullable=True),
        _count("raw_start", _START, nullable=True, standard=_SELECTOR),
        _count("raw_end", _END, nullable=True, minimum=1, standard=_SELECTOR),
        _words("kind", vocabulary("issue_kind"), "Kind of oddity.", "none"),
        _text(
            "observed",
            "What is printed, white space removed; of the page as a whole, what is seen.",
            "quote",
            witness="row",
            prints="wording",
        ),
        _text(
            "reading", "The reading that is suspected; it stands nowhere else.", "none", nullable=True, prints="wording"
        ),
        _words("decision", vocabulary("issue_decision"), "What was decided.", "derived"),
        _text("reason", "Why; null where a program found it.", "none", nullable=True),
        _text("table_name", "The table of the record that rests on it.", "none", nullable=True, pattern=r"^[a-z_]+$"),
        _text("record_id", "The record that rests on it.", "none", nullable=True, pattern=SLUG),
    ),
    unique=(("source_id", "article_id", "kind", "observed", "raw_start"),),
)

LABELS = Table(
    "labels",
    "Labels",
    "Translations by the editors: of a cell of a record, or of a printed value wherever it stands. Outside the proof.",
    (
        _key("label_id", "language, and the record's cell or a number."),
        _text(
            "table_name",
            "The table of the cell; null for a printed value.",
            "none",
            nullable=True,
            pattern=r"^[a-z_]+$",
        ),
        _text(
            "column_name",
            "The column of the cell; null for a printed value.",
            "none",
            nullable=True,
            pattern=r"^[a-z_0-9]+$",
        ),
        _text("record_id", "The record; null for a printed value.", "none", nullable=True, pattern=SLUG),
        _text("value", "The printed value; null for the cell of a record.", "none", nullable=True, prints="name"),
        Column("language", "str", "Language of the label, a BCP 47 tag.", "none", pattern=LANGUAGE, standard="BCP 47"),
        _text("text", "The translation.", "none", standard="schema.org alternateName"),
    ),
    unique=(("table_name", "column_name", "record_id", "value", "language"),),
)

WORDS = Table(
    "words",
    "Words",
    "The vocabularies: each word with its labels, its definition and the cues that tell it.",
    (
        _key("word_id", "vocabulary and word."),
        _text("vocabulary", "The vocabulary.", "none", pattern=r"^[a-z_]+$"),
        _text("word", "The word, as it stands in a cell.", "none", pattern=r"^[a-z][a-z0-9_]*$"),
        _count("position", "Order in the vocabulary, from 1.", "none", minimum=1),
        _text("label_en", "English label.", "none", standard="skos:prefLabel"),
        _text("label_zh", "Chinese label.", "none", standard="skos:prefLabel"),
        _text("definition", "What it means.", "none", standard="skos:definition"),
        _names("cues", "Printed words that tell it; @ is the participant, … a gap, ^ and $ the edges.", "none"),
        _names("but", "Printed words in which its cues do not count.", "none"),
        _names("over", "Words of the vocabulary that it outranks where both are told.", "none"),
        _names("with", "Words of the vocabulary that may be told beside it.", "none"),
    ),
    unique=(("vocabulary", "word"),),
)

ACCEPTED = Table(
    "accepted",
    "Accepted",
    "Advice that a reader overruled, with the reason.",
    (
        _key("accepted_id", "item, registry or source, and number."),
        _text("rule", "The rule whose advice is overruled.", "none", pattern=r"^[A-Z]{3}[0-9]{3}$"),
        _ref("source_id", "sources", "The page of the span.", "none", nullable=True),
        _ref("article_id", "articles", "The item of the span.", "none", nullable=True),
        _count("raw_start", _START, "none", nullable=True, standard=_SELECTOR),
        _count("raw_end", _END, "none", nullable=True, minimum=1, standard=_SELECTOR),
        _text("table_name", "The table of the record.", "none", nullable=True, pattern=r"^[a-z_]+$"),
        _text("record_id", "The record.", "none", nullable=True, pattern=SLUG),
        _text("reason", "Why, in the reader's words.", "none"),
    ),
)

READINGS = Table(
    "readings",
    "Readings",
    "Who or what read which record when, bound to its content by a hash.",
    (
        _key("reading_id", "record, reader, pass and date."),
        _text("table_name", "The table of the record.", "none", pattern=r"^[a-z_]+$"),
        _text("record_id", "The record.", "none", pattern=SLUG),
        _text("reader", "The reader, as declared in the dataset.", "none", pattern=SLUG),
        _words("reader_kind", vocabulary("reader_kind"), "A person or a model.", "none"),
        _words("pass", vocabulary("pass"), "Which reading.", "none"),
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

TABLES: tuple[Table, ...] = (
    SOURCES,
    ARTICLES,
    SEGMENTS,
    BYLINES,
    PEOPLE,
    ORGANIZATIONS,
    PLACES,
    CAMPAIGNS,
    POSITIONS,
    EVENTS,
    EVENT_LINKS,
    EVENT_CAMPAIGNS,
    PARTICIPATIONS,
    QUOTATIONS,
    DOCUMENTS,
    FIGURES,
    MENTIONS,
    EVIDENCE,
    ISSUES,
    LABELS,
    WORDS,
    ACCEPTED,
    READINGS,
)


_BY_NAME = {declared.name: declared for declared in TABLES}


def table(name: str) -> Table:
    """The declaration of one table; ``KeyError`` names the known ones."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    raise KeyError(f"no table {name!r}; the tables are: {', '.join(_BY_NAME)}")
