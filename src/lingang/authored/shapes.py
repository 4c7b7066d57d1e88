"""The shape of the authored files: keys, required keys and kinds of values.

They say which keys a file may have and what kind of value stands under each; they know nothing of
the page. What each key is, keys.yaml tells; from both the JSON Schemas of the authored files are made (``editor``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    RootModel,
    StrictInt,
    StrictStr,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from lingang.text.characters import SLUG

__all__ = [
    "SHAPES",
    "TEXT",
    "WORD",
    "AboutFile",
    "AcceptedFile",
    "ArticleFile",
    "CampaignsFile",
    "LabelsFile",
    "OrganizationsFile",
    "PeopleFile",
    "PlacesFile",
    "SourcesFile",
    "VerificationFile",
    "explained",
]

TEXT = r"^\S([^\n]*\S)?$"
Text = Annotated[StrictStr, StringConstraints(min_length=1, pattern=TEXT)]
Texts = Annotated[list[Text], Field(min_length=1)]
Paragraphs = Annotated[StrictStr, StringConstraints(pattern=r"\S")]
"""Text in one or several lines; white space around it is left out."""
Slug = Annotated[StrictStr, StringConstraints(pattern=SLUG)]
WORD = r"^[a-z][a-z0-9_]*$"
"""A word of a vocabulary, as far as its form goes: which words there are, a root's lexicon says."""
Word = Annotated[StrictStr, StringConstraints(pattern=WORD)]
LineRange = Annotated[StrictStr, StringConstraints(pattern=r"^[1-9][0-9]{0,8}-[1-9][0-9]{0,8}$")]
Line = Annotated[StrictInt, Field(ge=1)]
Lines = Line | LineRange
Number = StrictInt | Annotated[StrictStr, StringConstraints(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
Why = Text | Annotated[dict[Text, Text], Field(min_length=1)]


def _optional(**constraints: Any) -> Any:
    """A key that may be left out; where it is written it has a value: null is none."""

    def without_default(schema: dict[str, Any]) -> None:
        schema.pop("default", None)

    return Field(None, json_schema_extra=without_default, **constraints)


def _why() -> Any:
    return _optional()


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)  # each is built as a part of its file


@cache
def explained() -> frozenset[str]:
    """The keys of every entry that takes reasons."""
    kinds, known = [_Shape], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if "why" in kind.model_fields:
            known |= {field.alias or name for name, field in kind.model_fields.items()}
    return frozenset(known)


class Anchored(_Shape):
    """A quote that stands more than once in its item, told apart by what stands next to it."""

    quote: Text
    before: Text = _optional()
    after: Text = _optional()


Quote = Text | Anchored
Layer = Lines | Anchored | Annotated[list[Lines | Anchored], Field(min_length=1)]
"""Lines of the page, a quote where the run shares its line, or a list of these."""


class PageText(_Shape):
    """Which lines of the page belong to no item: masthead, date line, folio, and all else around the items."""

    masthead: Layer = _optional()
    dateline: Layer = _optional()
    folio: Layer = _optional()
    furniture: Layer = _optional()
    kicker: Layer = _optional()
    crosshead: Layer = _optional()
    table: Layer = _optional()
    credit: Layer = _optional()


class TextLayer(PageText):
    """Which lines of the page are what; lines are 1-based, ranges include both ends."""

    headline: Layer = _optional()
    subheadline: Layer = _optional()
    byline: Text | Layer = _optional()
    body: list[Lines | Anchored] = _optional(min_length=1)
    caption: Layer = _optional()


class TitleHolders(_Shape):
    """Holders of a title whose pair stands more than once in the item, or whose names do not touch it."""

    names: Text | Texts
    quote: Text = _optional()
    before: Text = _optional()
    after: Text = _optional()


class Participant(_Shape):
    """Who took part: ``name`` one, ``names`` a printed list, ``group`` people who are only described."""

    role: Word | Annotated[list[Word], Field(min_length=1)]
    name: Text = _optional()
    names: Texts = _optional()
    group: Text = _optional()
    quote: Quote = _optional()
    before: Text = _optional()
    after: Text = _optional()
    stand_in: Text = _optional()
    award: Quote = _optional()
    for_: Text = _optional(alias="for")
    why: Why = _why()


class Link(_Shape):
    relation: Word
    event: Slug
    quote: Quote = _optional()
    why: Why = _why()


class Event(_Shape):
    kind: Word = _optional()
    status: Word = _optional()
    name: Quote | Annotated[list[Quote], Field(min_length=2)]
    trigger: Quote
    nucleus: Quote = _optional()
    date: Quote = _optional()
    edtf: Text = _optional()
    year: Annotated[StrictInt, Field(ge=1, le=9999)] = _optional()
    about: list[Quote] = Field(default_factory=list)
    participants: list[Participant] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)
    note: Text = _optional()
    why: Why = _why()


class Quotation(_Shape):
    """One run of speech; it begins after the cue and ends with its paragraph unless the ends are given."""

    cue: Quote
    before: Text = _optional()
    after: Text = _optional()
    from_: Text = _optional(alias="from")
    to: Text = _optional()
    event: Slug = _optional()
    speaker: Text = _optional()
    stand_in: Text = _optional()
    group: Text = _optional()
    why: Why = _why()


class Document(_Shape):
    title: Quote
    kind: Word = _optional()
    action: Word = _optional()
    event: Slug = _optional()
    issuer: Text = _optional()
    why: Why = _why()


class Figure(_Shape):
    number: Quote
    label: Quote
    kind: Word = _optional()
    value: Number = _optional()
    event: Slug = _optional()
    counts: Text = _optional()
    why: Why = _why()


class CampaignUse(_Shape):
    campaign: Text
    relation: Word
    event: Slug = _optional()
    quote: Quote = _optional()
    before: Text = _optional()
    after: Text = _optional()
    why: Why = _why()


class MentionChange(_Shape):
    """A mention that the program finds and the author corrects."""

    mention: Quote
    is_: Text = _optional(alias="is")
    exclude: bool = _optional()
    reason: Text = _optional()


class Issue(_Shape):
    kind: Word
    observed: Quote = _optional()
    seen: Text = _optional()
    reading: Text = _optional()
    decision: Word = _optional()
    reason: Text = _optional()
    touches: Slug = _optional()


class Acceptance(_Shape):
    """One piece of advice that does not hold here: at a quote of the item, or of a record."""

    rule: Text
    quote: Text = _optional()
    before: Text = _optional()
    after: Text = _optional()
    record: Text = _optional()
    reason: Text


class ArticleFile(_Shape):
    """One item of a page; the file's name is its article_id."""

    source: Slug = _optional()
    kind: Word = _optional()
    text: TextLayer
    titles: dict[Text, Text | Texts | TitleHolders | Annotated[list[TitleHolders], Field(min_length=1)]] = Field(
        default_factory=dict, description="printed titles with a name, a printed list, or each place they stand at"
    )
    events: dict[Slug, Event] = Field(default_factory=dict)
    quotations: list[Quotation] = Field(default_factory=list)
    documents: list[Document] = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    campaigns: list[CampaignUse] = Field(default_factory=list)
    mentions: list[MentionChange] = Field(default_factory=list)
    issues: list[Issue] = Field(default_factory=list)
    accept: list[Acceptance] = Field(default_factory=list)
    note: Text = _optional()
    why: Why = _why()


class YearQuote(_Shape):
    article: Slug = _optional()
    quote: Quote


class Source(_Shape):
    file: Text
    language: Text
    text: PageText = _optional()
    publisher: Quote = _optional()
    published: Quote = _optional()
    year: Annotated[StrictInt, Field(ge=1, le=9999)] = _optional()
    year_from: list[YearQuote] = Field(default_factory=list)
    stand_ins: dict[Text, Text] = Field(default_factory=dict)
    issues: list[Issue] = Field(default_factory=list)
    note: Text = _optional()
    why: Why = _why()


class _Entry(_Shape):
    name: Text
    in_: Annotated[list[Slug], Field(min_length=1)] = _optional(alias="in")
    note: Text = _optional()
    why: Why = _why()


class Person(_Entry):
    latin: Text = _optional()
    aliases: list[Text] = Field(default_factory=list)
    public_role: Word = _optional()
    identity_basis: Word = _optional()


class Organization(_Entry):
    aliases: list[Text] = Field(default_factory=list)
    kind: Word = _optional()
    parent: Text = _optional()


class PlaceEntry(_Entry):
    kind: Word = _optional()
    parent: Text = _optional()


class Campaign(_Entry):
    aliases: list[Text] = Field(default_factory=list)
    parent: Text = _optional()


@dataclass(frozen=True)
class _Form:
    """Text of a form that is told in words; ``holds`` raises ``ValueError`` where a pattern cannot say all."""

    pattern: str
    words: str
    holds: Callable[[str], object] = str

    def check(self, text: str) -> str:
        try:
            if re.fullmatch(self.pattern, text) is None:
                raise ValueError
            self.holds(text)
        except ValueError:
            raise PydanticCustomError("form", "{words}", {"words": self.words}) from None
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}


_NUMBER = "(0|[1-9][0-9]*)"
Day = Annotated[
    StrictStr,
    _Form(
        r"^(19[89][0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}$",  # what an archive can date
        "a day of the calendar from 1980 on: 2024-03-02",
        date.fromisoformat,
    ),
]
Version = Annotated[StrictStr, _Form(rf"^{_NUMBER}\.{_NUMBER}\.{_NUMBER}$", "three numbers, major.minor.patch: 1.0.0")]
Pinned = Annotated[StrictStr, _Form(r"^[a-z][a-z0-9-]* [1-9][0-9]*$", "the name and the number of a layer: zh-news 1")]
Identifier = Annotated[
    StrictStr, _Form(r"^[A-Za-z0-9][A-Za-z0-9.-]*$", "an SPDX identifier, or LicenseRef-name: CC-BY-4.0")
]
Address = Annotated[
    StrictStr,
    _Form(
        r"^[a-z][a-z0-9+.-]*:[!$-;=?-Z_a-z~]+$",
        "an absolute URI without #: https://example.org/name/",
    ),
]
Base = Annotated[
    StrictStr,
    _Form(
        r"^[a-z][a-z0-9+.-]*:[!$-;=?-Z_a-z~]+#?$",
        "an absolute URI, with # at its end alone: https://example.org/name/, tag:example.org,2024:name/, urn:uuid:…#",
    ),
]


Web = Annotated[StrictStr, _Form(r"^https?://[!-z|~]+$", "the address of a web page: https://example.org/name")]


class Maker(_Shape):
    """A person or a body that made the dataset."""

    name: Text
    kind: Literal["person", "organization"] = _optional()
    url: Address = _optional()


class License(_Shape):
    """SPDX identifiers; LicenseRef-… for terms that SPDX does not list."""

    annotations: Identifier
    text: Identifier


class AboutFile(_Shape):
    """about.yaml: what the dataset is, by whom and under which rights. A release wants the first nine keys."""

    name: Annotated[StrictStr, StringConstraints(pattern=SLUG)] = _optional()
    title: Text = _optional()
    version: Version = _optional()
    description: Paragraphs = _optional()
    creators: Annotated[list[Maker], Field(min_length=1)] = _optional()
    contact: Paragraphs = _optional()
    private_contact: Paragraphs = _optional()
    base: Base = _optional()
    license: License = _optional()
    method: Paragraphs = _optional()
    lexicon: Pinned = _optional()
    languages: Texts = _optional()
    released: Day = _optional()
    rights: Paragraphs = _optional()
    keywords: Texts = _optional()
    uses: Texts = _optional()
    limitations: Texts = _optional()
    biases: Texts = _optional()
    persons: Paragraphs = _optional()
    collection: Paragraphs = _optional()
    collection_types: Texts = _optional()
    annotation_tools: Texts = _optional()
    missing: Paragraphs = _optional()
    annotation: Paragraphs = _optional()
    impact: Paragraphs = _optional()
    maintenance: Paragraphs = _optional()
    homepage: Web = _optional()
    repository: Web = _optional()


class PublishedAbout(AboutFile):
    """about.json: what about.yaml says, and the edition."""

    edition: Literal["full", "facts"] = _optional()


class SourcesFile(RootModel[dict[Slug, Source]]):
    """sources.yaml: each source page under its source_id."""


class PeopleFile(RootModel[dict[Slug, Person]]):
    """people.yaml: the registry of persons, each under its person_id."""


class OrganizationsFile(RootModel[dict[Slug, Organization]]):
    """organizations.yaml: the registry of bodies, each under its organization_id."""


class PlacesFile(RootModel[dict[Slug, PlaceEntry]]):
    """places.yaml: the registry of places that are not bodies, each under its place_id."""


class CampaignsFile(RootModel[dict[Slug, Campaign]]):
    """campaigns.yaml: the registry of campaigns, each under its campaign_id."""


class AcceptedFile(_Shape):
    """What stands under the key ``accept`` at the end of a registry."""

    accept: list[Acceptance]


class LabelsFile(RootModel[dict[Text, dict[Text, Text | dict[Text, Text]]]]):
    """labels/LANG.yaml: translations, by table, id and column, and under ``values`` by printed value."""


class Reader(_Shape):
    """A reader: a person or a model."""

    kind: Literal["person", "model"]
    note: Text = _optional()


Hash = Annotated[StrictStr, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ReadingOf(_Shape):
    """One reading of records: by table and id the sha256 of the content that was read."""

    reader: Slug
    pass_: Literal["first", "second", "blind", "adjudication", "sign_off"] = Field(alias="pass")
    date: Day
    records: dict[Text, dict[Slug, Hash]]


class VerificationFile(_Shape):
    """verification.yaml: who read which record when."""

    readers: dict[Slug, Reader] = Field(default_factory=dict)
    readings: list[ReadingOf] = Field(default_factory=list)


SHAPES: dict[str, type[BaseModel]] = {
    "about": AboutFile,
    "accepted": AcceptedFile,
    "article": ArticleFile,
    "campaigns": CampaignsFile,
    "labels": LabelsFile,
    "organizations": OrganizationsFile,
    "people": PeopleFile,
    "places": PlacesFile,
    "published": PublishedAbout,
    "sources": SourcesFile,
    "verification": VerificationFile,
}
