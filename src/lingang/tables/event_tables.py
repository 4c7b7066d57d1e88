"""The tables of what happens: events, what ties them, and who takes part."""

from __future__ import annotations

from lingang.tables.columns import EDTF, count, key, note, ref, spoken, text, words
from lingang.tables.declare import Column, Table
from lingang.tables.vocabularies import vocabulary

__all__ = ["EVENTS", "EVENT_CAMPAIGNS", "EVENT_LINKS", "PARTICIPATIONS"]

EVENTS = Table(
    "events",
    "Events",
    "What took place, is planned or is referred to, once an item.",
    (
        key("event_id", "a slug chosen by the editors."),
        ref("article_id", "articles", "The item that tells of it.", standard="PROV wasDerivedFrom"),
        words(
            "kind",
            vocabulary("event_kind"),
            "Kind of event, told by its name.",
            "cue",
            standard="Popolo Event classification",
            told="name",
            by=("name", "nucleus", "trigger"),
        ),
        text(
            "name",
            "Name as printed, or joined from printed parts.",
            "composed",
            standard="schema.org name; Popolo Event name",
            prints="name",
        ),
        text("trigger", "The word that tells it happened.", "quote", prints="wording"),
        text(
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
        words("status", vocabulary("event_status"), "Whether it took place.", "cue", told="clause", by=("trigger",)),
        text("date_raw", "Date as printed, white space removed.", "quote", nullable=True, prints="wording"),
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
        words("date_precision", vocabulary("date_precision"), "How exact the printed date is.", "rule"),
        words("year_basis", vocabulary("year_basis"), "Where the year is printed.", "rule"),
        words("day_part", vocabulary("day_part"), "Part of the day.", "rule", nullable=True),
        text(
            "time", "Time of day as printed, HH:MM.", "rule", nullable=True, pattern=r"^([01][0-9]|2[0-4]):[0-5][0-9]$"
        ),
        ref("quotation_id", "quotations", "The run of speech in which it is told; null outside speech.", nullable=True),
        note(),
    ),
    standard="schema.org Event; Popolo Event",
)

EVENT_LINKS = Table(
    "event_links",
    "Event links",
    "How one event relates to another.",
    (
        key("event_link_id", "event, relation and other event."),
        ref("event_id", "events", "The event."),
        words("relation", vocabulary("link_relation"), "The relation of the event to the other.", "cue", told="clause"),
        ref("other_event_id", "events", "The other event.", "none"),
    ),
    unique=(("event_id", "relation", "other_event_id"),),
)

EVENT_CAMPAIGNS = Table(
    "event_campaigns",
    "Campaigns in items and events",
    "What an item, or an event in it, does with a campaign.",
    (
        key("event_campaign_id", "article and campaign."),
        ref("article_id", "articles", "The item."),
        ref(
            "event_id",
            "events",
            "The event; null where the item names it outside any event.",
            "none",
            nullable=True,
        ),
        ref("campaign_id", "campaigns", "The campaign.", "key"),
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
        spoken(),
    ),
    unique=(("article_id", "event_id", "campaign_id"),),
)

PARTICIPATIONS = Table(
    "participations",
    "Participations",
    "Who took part in an event, in which role; one row a role.",
    (
        key("participation_id", "event, role and participant."),
        ref("event_id", "events", "The event.", "none"),
        words(
            "participant_kind", vocabulary("participant_kind"), "Which of the four next columns is filled.", "derived"
        ),
        ref("person_id", "people", "The person.", "key", nullable=True, standard="schema.org attendee"),
        ref(
            "organization_id",
            "organizations",
            "The organization.",
            "key",
            nullable=True,
            standard="schema.org organizer",
        ),
        ref("place_id", "places", "The place.", "key", nullable=True, standard="schema.org location"),
        text("group_label", "The described group, as printed.", "quote", nullable=True, prints="wording"),
        words(
            "role",
            vocabulary("participation_role"),
            "Role in the event.",
            "cue",
            told="clause",
            by=("list_open", "person_id", "organization_id", "place_id", "group_label"),
        ),
        text("award", "What was won, as printed.", "quote", nullable=True, standard="schema.org award", prints="name"),
        ref("for_organization_id", "organizations", "The body for which they stand.", "key", nullable=True),
        count("list_seq", "Place in the printed list, from 1; null outside a list.", nullable=True, minimum=1),
        Column(
            "list_open",
            "bool",
            "Whether the printed list ends in 等; null outside a list.",
            "cue",
            nullable=True,
            told="list",
        ),
        spoken(),
    ),
    unique=(("event_id", "role", "person_id", "organization_id", "place_id", "group_label"),),
)
