"""The vocabularies of the tables, as the newest layer of the lexicon has them."""

from __future__ import annotations

from lingang.lexicon import Vocabulary, newest

__all__ = ["VOCABULARIES"]

_LEXICON = newest("zh-news")

ARTICLE_KIND = _LEXICON["article_kind"]
SEGMENT_ROLE = _LEXICON["segment_role"]
BYLINE_ROLE = _LEXICON["byline_role"]
PUBLIC_ROLE = _LEXICON["public_role"]
IDENTITY_BASIS = _LEXICON["identity_basis"]
ORGANIZATION_KIND = _LEXICON["organization_kind"]
PLACE_KIND = _LEXICON["place_kind"]
POSITION_KIND = _LEXICON["position_kind"]
EVENT_KIND = _LEXICON["event_kind"]
EVENT_STATUS = _LEXICON["event_status"]
DATE_PRECISION = _LEXICON["date_precision"]
YEAR_BASIS = _LEXICON["year_basis"]
DAY_PART = _LEXICON["day_part"]
LINK_RELATION = _LEXICON["link_relation"]
CAMPAIGN_RELATION = _LEXICON["campaign_relation"]
PARTICIPANT_KIND = _LEXICON["participant_kind"]
PARTICIPATION_ROLE = _LEXICON["participation_role"]
QUOTATION_FORM = _LEXICON["quotation_form"]
SPEAKER_KIND = _LEXICON["speaker_kind"]
DOCUMENT_KIND = _LEXICON["document_kind"]
DOCUMENT_ACTION = _LEXICON["document_action"]
FIGURE_KIND = _LEXICON["figure_kind"]
EVIDENCE_BASIS = _LEXICON["evidence_basis"]
ISSUE_KIND = _LEXICON["issue_kind"]
ISSUE_DECISION = _LEXICON["issue_decision"]
TABLE_NAME = _LEXICON["entity_table"]

VOCABULARIES: tuple[Vocabulary, ...] = tuple(_LEXICON.vocabularies.values())
"""All of them, those of tables to come too."""
