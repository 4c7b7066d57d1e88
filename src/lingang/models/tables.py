"""Every table and column of the dataset: the only place where a column is declared."""

from __future__ import annotations

from lingang.lexicon import Vocabulary
from lingang.models import vocabularies as v
from lingang.models.declare import (
    FILLED,
    FILLED_LINES,
    SLUG,
    Column,
    ColumnType,
    Proof,
    Table,
    Witness,
)

__all__ = ["DATE", "TABLES", "table"]

DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
EDTF = (
    r"^([0-9]{4}|XXXX)[?]?(-[0-9]{2}(-[0-9]{2})?)?"
    r"(/([0-9]{4}|XXXX)[?]?(-[0-9]{2}(-[0-9]{2})?)?)?$"
)


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
) -> Column:
    return Column(name, "str", what, proof, nullable=nullable, pattern=SLUG, references=table, standard=standard)


def _words(
    name: str,
    vocabulary: Vocabulary,
    what: str,
    proof: Proof,
    *,
    nullable: bool = False,
    standard: str | None = None,
    witness: Witness = "evidence",
) -> Column:
    return Column(
        name,
        "str",
        what,
        proof,
        nullable=nullable,
        vocabulary=vocabulary,
        standard=standard,
        witness=witness,
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
) -> Column:
    return Column(name, "str", what, proof, nullable=nullable, pattern=pattern, standard=standard, witness=witness)


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
            "judged",
            pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$",
            standard="schema.org inLanguage; BCP 47",
        ),
        _text(
            "publisher",
            "Publisher as printed; null: the page names none.",
            "quote",
            nullable=True,
            standard="schema.org publisher",
        ),
        Column(
            "year",
            "int32",
            "The year of the page's events, resting on the places where a year is printed.",
            "judged",
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
        _text("text", "The decoded page, unchanged.", "derived", pattern=r"^[\s\S]+$"),
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
        _words("kind", v.ARTICLE_KIND, "News item or photo item.", "judged"),
        _text(
            "headline",
            "Headline; a printed space is U+3000.",
            "quote",
            nullable=True,
            standard="schema.org headline",
            witness="segments",
        ),
        _text(
            "subheadline",
            "Second headline line.",
            "quote",
            nullable=True,
            standard="schema.org alternativeHeadline",
            witness="segments",
        ),
        _text("kicker", "Label over the headline.", "quote", nullable=True, witness="segments"),
        _text("byline", "Byline as printed, white space removed.", "quote", nullable=True, witness="segments"),
        _text(
            "text",
            "Reading text: body paragraphs joined by a line feed (of a photo item, the caption).",
            "quote",
            standard="schema.org articleBody",
            witness="segments",
            pattern=FILLED_LINES,
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
        _ref("article_id", "articles", "The item it belongs to."),
        _count("seq", "Order in the item, from 1, by position on the page.", minimum=1),
        _words("role", v.SEGMENT_ROLE, "What the run is.", "judged", witness="row"),
        _count(
            "paragraph",
            "Number of the paragraph of the reading text, from 1.",
            "judged",
            nullable=True,
            minimum=1,
            witness="row",
        ),
        _count("raw_start", _START, standard=_SELECTOR),
        _count("raw_end", _END, minimum=1, standard=_SELECTOR),
        _count("line_start", "First line of the run, 1-based.", minimum=1),
        _count("line_end", "Last line of the run, 1-based.", minimum=1),
        _text("text", "The run by the white-space rule of its role.", "quote", witness="row"),
        _count("text_start", _TEXT_START, nullable=True),
        _count("text_end", _TEXT_END, nullable=True, minimum=1),
    ),
    unique=(("article_id", "seq"),),
)

BYLINES = Table(
    "bylines",
    "Bylines",
    "Who is named as author or photographer of an item.",
    (
        _key("byline_id", "article, role and person."),
        _ref("article_id", "articles", "The item."),
        _ref("person_id", "people", "The person named.", "key", standard="schema.org author"),
        _count("seq", "Order in the item, from 1.", minimum=1),
        _words("role", v.BYLINE_ROLE, "As what.", "cue"),
    ),
    unique=(("article_id", "person_id", "role"), ("article_id", "seq")),
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
        ),
        _text("family_name", "Family name.", "rule", standard="schema.org familyName; Popolo family_name"),
        _text("given_name", "Given name.", "rule", standard="schema.org givenName; Popolo given_name"),
        Column(
            "name_latin",
            "str",
            "The name in Hanyu Pinyin without tones, family name first.",
            "judged",
            pattern=r"^[A-Z][a-zü]+ [A-Z][a-zü]+$",
            standard="schema.org alternateName; ISO 7098",
        ),
        _words("public_role", v.PUBLIC_ROLE, "In which role the page names the person.", "judged"),
        _words("identity_basis", v.IDENTITY_BASIS, "The weakest link on which one identity rests.", "judged"),
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
        ),
        Column(
            "aliases",
            "list<str>",
            "The other printed forms.",
            "quote",
            standard="schema.org alternateName; Popolo other_names",
            witness="mentions",
        ),
        _words(
            "kind",
            v.ORGANIZATION_KIND,
            "Kind of body.",
            "judged",
            standard="Popolo Organization classification",
        ),
        _ref(
            "parent_organization_id",
            "organizations",
            "The body it is part of.",
            "judged",
            nullable=True,
            standard="schema.org parentOrganization; Popolo parent_id",
        ),
        _note(),
    ),
    unique=(("name",),),
    standard="schema.org Organization; Popolo Organization",
)

PLACES = Table(
    "places",
    "Places",
    "Every place named on the page that is not a body.",
    (
        _key("place_id", "a slug chosen by the editors."),
        _text("name", "Name as printed.", "quote", standard="schema.org name", witness="mentions"),
        _words("kind", v.PLACE_KIND, "Kind of place.", "judged"),
        _ref(
            "parent_place_id",
            "places",
            "The place it lies in or beside.",
            "judged",
            nullable=True,
            standard="schema.org containedInPlace",
        ),
        _note(),
    ),
    unique=(("name",),),
    standard="schema.org Place",
)

CAMPAIGNS = Table(
    "campaigns",
    "Campaigns",
    "Named efforts that go on in time; not events.",
    (
        _key("campaign_id", "a slug chosen by the editors."),
        _text("name", "Name as printed.", "quote", witness="mentions"),
        Column("aliases", "list<str>", "The other printed forms.", "quote", witness="mentions"),
        _ref("parent_campaign_id", "campaigns", "The campaign it is a part of.", "judged", nullable=True),
        _note(),
    ),
    unique=(("name",),),
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
        _text("title_raw", "Title as printed, the body's name included.", "quote"),
        _text("title", "Title without the body's name.", "rule", standard="schema.org jobTitle; Popolo role"),
        _words("kind", v.POSITION_KIND, "Post, membership or collective title.", "rule"),
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
        _words("kind", v.EVENT_KIND, "Kind of event.", "judged", standard="Popolo Event classification"),
        _text(
            "name",
            "Name as printed, or joined from printed parts.",
            "composed",
            standard="schema.org name; Popolo Event name",
        ),
        _text("trigger", "The word that tells it happened.", "quote"),
        Column("about", "list<str>", "What it was about, as printed.", "quote", standard="schema.org about"),
        _words("status", v.EVENT_STATUS, "Whether it took place.", "judged"),
        _text("date_raw", "Date as printed, white space removed.", "quote", nullable=True),
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
        _words("date_precision", v.DATE_PRECISION, "How exact the printed date is.", "rule"),
        _words("year_basis", v.YEAR_BASIS, "Where the year is printed.", "rule"),
        _words("day_part", v.DAY_PART, "Part of the day.", "rule", nullable=True),
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
        _words("relation", v.LINK_RELATION, "The relation of the event to the other.", "cue"),
        _ref("other_event_id", "events", "The other event.", "judged"),
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
            "judged",
            nullable=True,
        ),
        _ref("campaign_id", "campaigns", "The campaign.", "key"),
        _words("relation", v.CAMPAIGN_RELATION, "What is done with it.", "cue"),
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
        _words("participant_kind", v.PARTICIPANT_KIND, "Which of the four next columns is filled.", "derived"),
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
        _text("group_label", "The described group, as printed.", "quote", nullable=True),
        _words("role", v.PARTICIPATION_ROLE, "Role in the event.", "cue"),
        _text("award", "What was won, as printed.", "quote", nullable=True, standard="schema.org award"),
        _ref("for_organization_id", "organizations", "The body for which they stand.", "key", nullable=True),
        _count("list_seq", "Place in the printed list, from 1; null outside a list.", nullable=True, minimum=1),
        Column(
            "list_open",
            "bool",
            "Whether the printed list ends in 等; null outside a list.",
            "cue",
            nullable=True,
        ),
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
            "judged",
            nullable=True,
        ),
        _words("form", v.QUOTATION_FORM, "Direct or indirect.", "cue"),
        _words("speaker_kind", v.SPEAKER_KIND, "What kind of speaker.", "derived"),
        _ref("person_id", "people", "The person who speaks.", "key", nullable=True),
        _ref("organization_id", "organizations", "The body that speaks.", "key", nullable=True),
        _text("group_label", "The described group that speaks, as printed.", "quote", nullable=True),
        _text("cue", "The word that opens or closes the speech.", "quote"),
        _text(
            "text",
            "What is said: starts after the cue; enclosing “ ” are left out.",
            "quote",
            standard="schema.org Quotation text",
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
        _text("title", "Title without 《》, white space removed.", "quote", standard="schema.org name"),
        _words("kind", v.DOCUMENT_KIND, "Kind of document.", "judged"),
        _ref("article_id", "articles", "The item."),
        _ref("event_id", "events", "Where it was used.", "judged", nullable=True),
        _ref(
            "issuer_organization_id",
            "organizations",
            "The issuer, where the item names it.",
            "key",
            nullable=True,
        ),
        _words("action", v.DOCUMENT_ACTION, "What is done with it.", "cue"),
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
        _ref("event_id", "events", "The event it belongs to.", "judged", nullable=True),
        _ref("participation_id", "participations", "The group it counts.", "judged", nullable=True),
        _count("value", "The number.", "rule", type="int64", standard="schema.org value"),
        _text("unit", "Measure word as printed.", "quote", nullable=True, standard="schema.org unitText"),
        _words("kind", v.FIGURE_KIND, "Kind of number.", "judged"),
        _text("label", "What is counted or named, as printed.", "quote"),
    ),
    unique=(("article_id", "event_id", "value", "label"),),
)

MENTIONS = Table(
    "mentions",
    "Mentions",
    "Every occurrence of every registered name or alias, found by program, longest first.",
    (
        _key("mention_id", "article, entity and raw start."),
        _ref("article_id", "articles", "The item."),
        _words("entity_table", v.TABLE_NAME, "The registry of the entity.", "derived"),
        Column("entity_id", "str", "The entity, a key of the registry.", "derived", pattern=SLUG),
        _text("surface", "The form that is printed, white space removed.", "derived"),
        _ref("segment_id", "segments", "The segment it stands in."),
        _count("raw_start", _START, standard=_SELECTOR),
        _count("raw_end", _END, minimum=1, standard=_SELECTOR),
        _count("text_start", _TEXT_START, nullable=True),
        _count("text_end", _TEXT_END, nullable=True, minimum=1),
        _ref("within_mention_id", "mentions", "The longer mention that begins with this name.", nullable=True),
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
        ),
        _words("basis", v.EVIDENCE_BASIS, "How the value follows from the quote.", "derived"),
        Column(
            "rule",
            "str",
            "The named rule that turns the quote into the value.",
            "derived",
            nullable=True,
            pattern=r"^[a-z_]+$",
        ),
        _text("note", "Why, where the basis is inferred.", "none", nullable=True),
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
        _words("kind", v.ISSUE_KIND, "Kind of oddity.", "judged", witness="row"),
        _text(
            "observed",
            "What is printed, white space removed; of the page as a whole, what is seen.",
            "quote",
            witness="row",
        ),
        _text("reading", "The reading that is suspected; it stands nowhere else.", "none", nullable=True),
        _words("decision", v.ISSUE_DECISION, "What was decided.", "judged", witness="row"),
        _text("reason", "Why.", "none"),
    ),
    unique=(("source_id", "article_id", "kind", "observed", "raw_start"),),
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
)


_BY_NAME = {declared.name: declared for declared in TABLES}


def table(name: str) -> Table:
    """The declaration of one table; ``KeyError`` names the known ones."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    raise KeyError(f"no table {name!r}; the tables are: {', '.join(_BY_NAME)}")
