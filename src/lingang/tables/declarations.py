"""Every table of the dataset, in the order in which it is published: the only place where they are listed."""

from __future__ import annotations

from lingang.tables.declare import Table
from lingang.tables.editor_tables import ACCEPTED, ISSUES, LABELS, READINGS, WORDS
from lingang.tables.event_tables import EVENT_CAMPAIGNS, EVENT_LINKS, EVENTS, PARTICIPATIONS
from lingang.tables.registry_tables import CAMPAIGNS, ORGANIZATIONS, PEOPLE, PLACES, POSITIONS
from lingang.tables.statement_tables import DOCUMENTS, FIGURES, QUOTATIONS
from lingang.tables.text_tables import ARTICLES, BYLINES, EVIDENCE, MENTIONS, SEGMENTS, SOURCES

__all__ = ["TABLES", "table"]

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
