"""The shape of the authored files, as pydantic models.

They say which keys a file may have and what kind of value stands under each; they know nothing of
the page. The JSON Schemas of the authored files are generated from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
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

from lingang.models import vocabularies as v
from lingang.models.declare import SLUG

__all__ = [
    "SHAPES",
    "AboutFile",
    "ArticleFile",
    "CampaignsFile",
    "OrganizationsFile",
    "PageFile",
    "PeopleFile",
    "PlacesFile",
    "VerificationFile",
]

Text = Annotated[StrictStr, StringConstraints(min_length=1, pattern=r"^\S([^\n]*\S)?$")]
Texts = Annotated[list[Text], Field(min_length=1)]
Paragraphs = Annotated[StrictStr, StringConstraints(pattern=r"\S")]
"""Text in one or several lines; white space around it is left out."""
Slug = Annotated[StrictStr, StringConstraints(pattern=SLUG)]
LineRange = Annotated[StrictStr, StringConstraints(pattern=r"^[1-9][0-9]{0,8}-[1-9][0-9]{0,8}$")]
Line = Annotated[StrictInt, Field(ge=1)]
Lines = Line | LineRange


def _optional(description: str | None = None, **constraints: Any) -> Any:
    """A key that may be left out; where it is written it has a value: null is none."""

    def without_default(schema: dict[str, Any]) -> None:
        schema.pop("default", None)

    return Field(None, description=description, json_schema_extra=without_default, **constraints)


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Anchored(_Shape):
    """A quote that stands more than once in its item, told apart by what stands next to it."""

    quote: Text
    before: Text = _optional("the quote stands directly before this text")
    after: Text = _optional("the quote stands directly after this text")


Quote = Text | Anchored


class TextLayer(_Shape):
    """Which lines of the page are what; lines are 1-based, ranges include both ends."""

    headline: Lines = _optional()
    subheadline: Lines = _optional()
    kicker: Lines = _optional()
    byline: Text = _optional("本报讯 and its bracket, as printed at the start of the body")
    body: list[Lines] = _optional(
        min_length=1,
        description="the first line of each paragraph, which ends before the next; the last as a range",
    )
    caption: Lines = _optional()
    credit: Lines = _optional()


class TitleHolders(_Shape):
    """Holders of a title whose pair stands more than once in the item."""

    names: Text | Texts
    before: Text = _optional()
    after: Text = _optional()


class Participant(_Shape):
    """Who took part: ``name`` one, ``names`` a printed list, ``group`` people who are only described."""

    role: Annotated[Text, Field(json_schema_extra={"enum": list(v.PARTICIPATION_ROLE.values)})] | Texts
    name: Text = _optional()
    names: Texts = _optional("ends in 等 when the printed list does")
    group: Text = _optional()
    quote: Quote = _optional("holds the name and the role's cue; default: the clause")
    before: Text = _optional()
    after: Text = _optional()
    stand_in: Text = _optional("the word that stands for the name: 该办事处")
    award: Text = _optional()
    for_: Text = _optional(alias="for", description="the organization they stand for")


class Link(_Shape):
    relation: Text
    event: Slug
    quote: Quote


class Event(_Shape):
    kind: Text
    status: Text
    name: Quote | Annotated[list[Text], Field(min_length=2)] = Field(
        description="as printed in one piece, or two and more printed parts"
    )
    trigger: Quote
    date: Quote = _optional()
    about: list[Quote] = Field(default_factory=list)
    participants: list[Participant] = Field(min_length=1)
    links: list[Link] = Field(default_factory=list)
    note: Text = _optional()


class Quotation(_Shape):
    """One run of speech; it begins after the cue and ends with its paragraph unless the ends are given."""

    cue: Text
    before: Text = _optional()
    after: Text = _optional()
    from_: Text = _optional(alias="from")
    to: Text = _optional()
    event: Slug = _optional("where it was said; without a speaker, the event speaks")
    speaker: Text = _optional()
    group: Text = _optional()


class Document(_Shape):
    title: Text
    kind: Text
    action: Text
    event: Slug = _optional()
    issuer: Text = _optional()


class Figure(_Shape):
    number: Quote
    label: Quote
    kind: Text
    event: Slug = _optional()
    counts: Text = _optional("the group of that event that it counts")


class CampaignUse(_Shape):
    campaign: Text
    relation: Text
    event: Slug = _optional()
    quote: Quote = _optional()


class MentionChange(_Shape):
    """A mention that the program finds and the author corrects."""

    mention: Quote
    is_: Text = _optional(alias="is", description="the id of the record that is meant")
    exclude: bool = _optional()
    reason: Text


class Issue(_Shape):
    kind: Text
    observed: Quote = _optional("the printed text")
    seen: Text = _optional("what is seen, where no text can be quoted")
    reading: Text = _optional()
    decision: Text
    reason: Text


class ArticleFile(_Shape):
    """One item of a page; the file's name is its article_id."""

    source: Slug = _optional("the page, where page.yaml has several")
    kind: Text
    text: TextLayer
    titles: dict[Text, Text | Texts | TitleHolders] = Field(default_factory=dict)
    events: dict[Slug, Event] = Field(default_factory=dict)
    quotations: list[Quotation] = Field(default_factory=list)
    documents: list[Document] = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    campaigns: list[CampaignUse] = Field(default_factory=list)
    mentions: list[MentionChange] = Field(default_factory=list)
    issues: list[Issue] = Field(default_factory=list)
    note: Text = _optional()


class YearQuote(_Shape):
    article: Slug
    quote: Quote


class Source(_Shape):
    file: Text
    language: Text
    year: Annotated[StrictInt, Field(ge=1, le=9999)] = _optional()
    year_from: list[YearQuote] = Field(default_factory=list, description="where the page prints the year")
    stand_ins: dict[Text, Text] = Field(default_factory=dict, description="words of titles that stand for a body: 区")
    issues: list[Issue] = Field(default_factory=list)
    note: Text = _optional()


class Person(_Shape):
    name: Text
    latin: Text
    public_role: Text
    identity_basis: Text
    note: Text = _optional()


class Organization(_Shape):
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    kind: Text
    parent: Text = _optional()
    note: Text = _optional()


class PlaceEntry(_Shape):
    name: Text
    kind: Text
    parent: Text = _optional()
    note: Text = _optional()


class Campaign(_Shape):
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    parent: Text = _optional()
    note: Text = _optional()


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
Layer = Annotated[StrictStr, _Form(r"^[a-z][a-z0-9-]* [1-9][0-9]*$", "the name and the number of a layer: zh-news 1")]
Identifier = Annotated[
    StrictStr, _Form(r"^[A-Za-z0-9][A-Za-z0-9.-]*$", "an SPDX identifier, or LicenseRef-name: CC-BY-4.0")
]
Address = Annotated[
    StrictStr,
    _Form(
        r"^[a-z][a-z0-9+.-]*:[!$-;=?-Z_a-z~]+$",
        "an absolute URI without #: https://example.org/name/ or tag:example.org,2024:name/",
    ),
]


class Maker(_Shape):
    """A person or a body that made the dataset."""

    name: Text
    kind: Literal["person", "organization"] = _optional("default: organization")
    url: Address = _optional("of a page about them: ORCID, ROR, a home page")


class License(_Shape):
    """SPDX identifiers; LicenseRef-… for terms that SPDX does not list."""

    annotations: Identifier
    text: Identifier = Field(description="of the text of the pages")


class AboutFile(_Shape):
    """about.yaml: what the dataset is, by whom and under which rights. A release wants the first nine keys."""

    name: Annotated[StrictStr, StringConstraints(pattern=SLUG)] = _optional("names archives and files")
    title: Text = _optional()
    version: Version = _optional("of the data: major.minor.patch")
    description: Paragraphs = _optional()
    creators: Annotated[list[Maker], Field(min_length=1)] = _optional()
    contact: Paragraphs = _optional("how to ask for a correction or a removal")
    base: Address = _optional("what ids and IRIs begin with: tag:example.org,2024:name/")
    license: License = _optional()
    method: Paragraphs = _optional("who or what read the pages, how often")
    lexicon: Layer = _optional("the layer of words it was made with: zh-news 1")
    languages: Texts = _optional("of the labels that are complete")
    released: Day = _optional("the day of this version, and the date of every file in an archive")
    rights: Paragraphs = _optional("what the licences cover, in words")
    keywords: Texts = _optional()
    uses: Texts = _optional("what it is good for")
    limitations: Texts = _optional("what it cannot tell")
    biases: Texts = _optional()
    persons: Paragraphs = _optional("which persons are in it")
    collection: Paragraphs = _optional("how the pages were got and the records made")
    collection_types: Texts = _optional("words of the Croissant RAI vocabulary")
    missing: Paragraphs = _optional("what the pages lack")
    annotation: Paragraphs = _optional("how many decisions and readings a record has")
    impact: Paragraphs = _optional("on society")
    maintenance: Paragraphs = _optional("how corrections are made")


class PageFile(RootModel[dict[Slug, Source]]):
    """page.yaml: each source page under its source_id."""


class PeopleFile(RootModel[dict[Slug, Person]]):
    """people.yaml: the registry of persons, each under its person_id."""


class OrganizationsFile(RootModel[dict[Slug, Organization]]):
    """organizations.yaml: the registry of bodies, each under its organization_id."""


class PlacesFile(RootModel[dict[Slug, PlaceEntry]]):
    """places.yaml: the registry of places that are not bodies, each under its place_id."""


class CampaignsFile(RootModel[dict[Slug, Campaign]]):
    """campaigns.yaml: the registry of campaigns, each under its campaign_id."""


class VerificationFile(_Shape):
    """verification.yaml: the readings, and which of them looked at which record."""

    readings: dict[Slug, Text] = Field(default_factory=dict, description="what each reading was")
    records: dict[Text, dict[Text, Annotated[list[Text], Field(min_length=2)]]] = Field(
        default_factory=dict, description="by table and id: the hash of what was read, then the readings"
    )


SHAPES: dict[str, type[BaseModel]] = {
    "about": AboutFile,
    "page": PageFile,
    "article": ArticleFile,
    "people": PeopleFile,
    "organizations": OrganizationsFile,
    "places": PlacesFile,
    "campaigns": CampaignsFile,
    "verification": VerificationFile,
}
