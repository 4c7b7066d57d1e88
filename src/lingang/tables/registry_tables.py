"""The tables of the registries: people, organizations, places, campaigns; and the posts that people hold."""

from __future__ import annotations

from lingang.tables.columns import key, names, note, ref, scope, text, words
from lingang.tables.declare import Column, Table
from lingang.tables.vocabularies import vocabulary

__all__ = ["CAMPAIGNS", "ORGANIZATIONS", "PEOPLE", "PLACES", "POSITIONS"]

PEOPLE = Table(
    "people",
    "People",
    "Every person named on the page, in a public role or as a named private person.",
    (
        key("person_id", "a slug of the Latin name."),
        text(
            "name",
            "Name as printed.",
            "quote",
            standard="schema.org name; Popolo Person name",
            witness="mentions",
            prints="name",
        ),
        names(
            "aliases",
            "The other printed forms: a family name with 某, a form of address.",
            "quote",
            standard="schema.org alternateName; Popolo other_names",
            witness="mentions",
            prints="name",
        ),
        text(
            "family_name",
            "Family name; null where the name does not split.",
            "rule",
            nullable=True,
            standard="schema.org familyName; Popolo family_name",
            prints="name",
        ),
        text(
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
        words("public_role", vocabulary("public_role"), "In which role the pages name the person.", "derived"),
        words(
            "identity_basis", vocabulary("identity_basis"), "The weakest link on which one identity rests.", "derived"
        ),
        *scope(),
        note(),
    ),
    standard="schema.org Person; Popolo Person",
)

ORGANIZATIONS = Table(
    "organizations",
    "Organizations",
    "Every body named on the page.",
    (
        key("organization_id", "a slug chosen by the editors."),
        text(
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
        words(
            "kind",
            vocabulary("organization_kind"),
            "Kind of body, told by its name.",
            "cue",
            told="name",
            by=("name",),
            standard="Popolo Organization classification",
        ),
        ref(
            "parent_organization_id",
            "organizations",
            "The body it is part of.",
            "cue",
            nullable=True,
            told="prefix",
            standard="schema.org parentOrganization; Popolo parent_id",
        ),
        *scope(),
        note(),
    ),
    standard="schema.org Organization; Popolo Organization",
)

PLACES = Table(
    "places",
    "Places",
    "Every place named on the page that is not a body.",
    (
        key("place_id", "a slug chosen by the editors."),
        text("name", "Name as printed.", "quote", standard="schema.org name", witness="mentions", prints="name"),
        words("kind", vocabulary("place_kind"), "Kind of place, told by its name.", "cue", told="name", by=("name",)),
        ref(
            "parent_place_id",
            "places",
            "The place it lies in or beside.",
            "cue",
            nullable=True,
            told="prefix",
            standard="schema.org containedInPlace",
        ),
        *scope(),
        note(),
    ),
    standard="schema.org Place",
)

CAMPAIGNS = Table(
    "campaigns",
    "Campaigns",
    "Named efforts that go on in time; not events.",
    (
        key("campaign_id", "a slug chosen by the editors."),
        text("name", "Name as printed.", "quote", witness="mentions", prints="name"),
        Column("aliases", "list<str>", "The other printed forms.", "quote", witness="mentions", prints="name"),
        ref("parent_campaign_id", "campaigns", "The campaign it is a part of.", "cue", nullable=True, told="prefix"),
        *scope(),
        note(),
    ),
)

POSITIONS = Table(
    "positions",
    "Positions",
    "What an item calls a person: one row a post, as printed in that item; no tenure.",
    (
        key("position_id", "article, person and number."),
        ref("person_id", "people", "The holder.", "key", standard="Popolo Membership person_id"),
        ref(
            "organization_id",
            "organizations",
            "The body of the post; null where the item names none.",
            "key",
            nullable=True,
            standard="Popolo Membership organization_id",
        ),
        ref("article_id", "articles", "The item that prints the title."),
        text("title_raw", "Title as printed, the body's name included.", "quote", prints="name"),
        text(
            "title",
            "Title without the body's name.",
            "rule",
            standard="schema.org jobTitle; Popolo role",
            prints="name",
        ),
        words(
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
