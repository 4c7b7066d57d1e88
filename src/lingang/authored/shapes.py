"""The shape of the authored files, as pydantic models.

They say which keys a file may have and what kind of value stands under each; they know nothing of
the page. The JSON Schemas of the authored files are generated from them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, StrictInt, StrictStr, StringConstraints
from pydantic_core import PydanticCustomError

from lingang.models import vocabularies as v
from lingang.models.declare import FILLED, SLUG

__all__ = [
    "SHAPES",
    "AboutFile",
    "ArticleFile",
    "CampaignsFile",
    "OrganizationsFile",
    "PageFile",
    "PeopleFile",
    "PlacesFile",
]

Text = Annotated[StrictStr, StringConstraints(min_length=1, pattern=FILLED)]
Paragraphs = Annotated[StrictStr, StringConstraints(pattern=r"\S")]
"""Text in one or several lines; white space around it is left out."""
Slug = Annotated[StrictStr, StringConstraints(pattern=SLUG)]
LineRange = Annotated[StrictStr, StringConstraints(pattern=r"^[1-9][0-9]*-[1-9][0-9]*$")]
Line = Annotated[StrictInt, Field(ge=1)]
Lines = Line | LineRange


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Anchored(_Shape):
    """A quote that stands more than once in its item, told apart by what stands next to it."""

    quote: Text
    before: Text | None = Field(None, description="the quote stands directly before this text")
    after: Text | None = Field(None, description="the quote stands directly after this text")


Quote = Text | Anchored


class TextLayer(_Shape):
    """Which lines of the page are what; lines are 1-based, ranges include both ends."""

    headline: Lines | None = None
    subheadline: Lines | None = None
    kicker: Lines | None = None
    byline: Text | None = Field(None, description="本报讯 and its bracket, as printed at the start of the body")
    body: list[Lines] | None = Field(
        None,
        min_length=1,
        description="the first line of each paragraph, which ends before the next; the last as a range",
    )
    caption: Lines | None = None
    credit: Lines | None = None


class TitleHolders(_Shape):
    """Holders of a title whose pair stands more than once in the item."""

    names: Text | list[Text]
    before: Text | None = None
    after: Text | None = None


class Participant(_Shape):
    """Who took part: ``name`` one, ``names`` a printed list, ``group`` people who are only described."""

    role: Annotated[StrictStr, Field(json_schema_extra={"enum": list(v.PARTICIPATION_ROLE.values)})] | list[StrictStr]
    name: Text | None = None
    names: list[Text] | None = Field(None, min_length=1, description="ends in 等 when the printed list does")
    group: Text | None = None
    quote: Quote | None = Field(None, description="holds the name and the role's cue; default: the clause")
    before: Text | None = None
    after: Text | None = None
    stand_in: Text | None = Field(None, description="the word that stands for the name: 该办事处")
    award: Text | None = None
    for_: Text | None = Field(None, alias="for", description="the organization they stand for")


class Link(_Shape):
    relation: StrictStr
    event: Slug
    quote: Quote


class Event(_Shape):
    kind: StrictStr
    status: StrictStr
    name: Quote | Annotated[list[Text], Field(min_length=2)] = Field(
        description="as printed in one piece, or two and more printed parts"
    )
    trigger: Quote
    date: Quote | None = None
    about: list[Quote] = Field(default_factory=list)
    participants: list[Participant] = Field(min_length=1)
    links: list[Link] = Field(default_factory=list)
    note: Text | None = None


class Quotation(_Shape):
    """One run of speech; it begins after the cue and ends with its paragraph unless the ends are given."""

    cue: Text
    before: Text | None = None
    after: Text | None = None
    from_: Text | None = Field(None, alias="from")
    to: Text | None = None
    event: Slug | None = Field(None, description="where it was said; without a speaker, the event speaks")
    speaker: Text | None = None
    group: Text | None = None


class Document(_Shape):
    title: Text
    kind: StrictStr
    action: StrictStr
    event: Slug | None = None
    issuer: Text | None = None


class Figure(_Shape):
    number: Quote
    label: Quote
    kind: StrictStr
    event: Slug | None = None
    counts: Text | None = Field(None, description="the group of that event that it counts")


class CampaignUse(_Shape):
    campaign: Text
    relation: StrictStr
    event: Slug | None = None
    quote: Quote | None = None


class MentionChange(_Shape):
    """A mention that the program finds and the author corrects."""

    mention: Quote
    is_: Text | None = Field(None, alias="is", description="the id of the record that is meant")
    exclude: bool | None = None
    reason: Text


class Issue(_Shape):
    kind: StrictStr
    observed: Quote | None = Field(None, description="the printed text")
    seen: Text | None = Field(None, description="what is seen, where no text can be quoted")
    reading: Text | None = None
    decision: StrictStr
    reason: Text


class ArticleFile(_Shape):
    """One item of a page; the file's name is its article_id."""

    source: Slug | None = Field(None, description="the page, where page.yaml has several")
    kind: StrictStr
    text: TextLayer
    titles: dict[Text, Text | list[Text] | TitleHolders] = Field(default_factory=dict)
    events: dict[Slug, Event] = Field(default_factory=dict)
    quotations: list[Quotation] = Field(default_factory=list)
    documents: list[Document] = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    campaigns: list[CampaignUse] = Field(default_factory=list)
    mentions: list[MentionChange] = Field(default_factory=list)
    issues: list[Issue] = Field(default_factory=list)
    note: Text | None = None


class YearQuote(_Shape):
    article: Slug
    quote: Quote


class Source(_Shape):
    file: Text
    language: StrictStr
    year: StrictInt | None = None
    year_from: list[YearQuote] = Field(default_factory=list, description="where the page prints the year")
    stand_ins: dict[Text, Text] = Field(default_factory=dict, description="words of titles that stand for a body: 区")
    issues: list[Issue] = Field(default_factory=list)
    note: Text | None = None


class Person(_Shape):
    name: Text
    latin: StrictStr
    public_role: StrictStr
    identity_basis: StrictStr
    note: Text | None = None


class Organization(_Shape):
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    kind: StrictStr
    parent: Text | None = None
    note: Text | None = None


class PlaceEntry(_Shape):
    name: Text
    kind: StrictStr
    parent: Text | None = None
    note: Text | None = None


class Campaign(_Shape):
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    parent: Text | None = None
    note: Text | None = None


def _left_out(description: str = "") -> Any:
    """A key that may be left out, but not left empty."""
    return Field(None, description=description or None, json_schema_extra=lambda schema: schema.pop("default", None))


def _real_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("day", "a day of the calendar, year-month-day") from None
    return text


Day = Annotated[
    StrictStr,
    StringConstraints(pattern=r"^(19[89][0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}$"),  # what an archive can date
    AfterValidator(_real_day),
]
Several = Annotated[list[Text], Field(min_length=1)]
Identifier = Annotated[StrictStr, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")]
Address = Annotated[StrictStr, StringConstraints(pattern=r"^[a-z][a-z0-9+.-]*:[!$-;=?-Z_a-z~]+$")]


class Maker(_Shape):
    """A person or a body that made the dataset."""

    name: Text
    kind: Literal["person", "organization"] = _left_out("default: organization")
    url: Address = _left_out("of a page about them: ORCID, ROR, a home page")


class License(_Shape):
    """SPDX identifiers; LicenseRef-… for terms that SPDX does not list."""

    annotations: Identifier
    text: Identifier = Field(description="of the text of the pages")


class AboutFile(_Shape):
    """about.yaml: what the dataset is, by whom and under which rights. A release wants the first nine keys."""

    name: Annotated[StrictStr, StringConstraints(pattern=SLUG)] = _left_out("names archives and files")
    title: Text = _left_out()
    version: Annotated[StrictStr, StringConstraints(pattern=r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$")] = (
        _left_out("of the data: major.minor.patch")
    )
    description: Paragraphs = _left_out()
    creators: Annotated[list[Maker], Field(min_length=1)] = _left_out()
    contact: Paragraphs = _left_out("how to ask for a correction or a removal")
    base: Address = _left_out("what ids and IRIs begin with: tag:example.org,2024:name/")
    license: License = _left_out()
    method: Paragraphs = _left_out("who or what read the pages, how often")
    lexicon: Annotated[StrictStr, StringConstraints(pattern=r"^[a-z][a-z0-9-]* [1-9][0-9]*$")] = _left_out(
        "the layer of words it was made with: zh-news 1"
    )
    languages: Several = _left_out("of the labels that are complete")
    released: Day = _left_out("the day of this version, and the date of every file in an archive")
    rights: Paragraphs = _left_out("what the licences cover, in words")
    keywords: Several = _left_out()
    uses: Several = _left_out("what it is good for")
    limitations: Several = _left_out("what it cannot tell")
    biases: Several = _left_out()
    persons: Paragraphs = _left_out("which persons are in it")
    collection: Paragraphs = _left_out("how the pages were got and the records made")
    collection_types: Several = _left_out("words of the Croissant RAI vocabulary")
    missing: Paragraphs = _left_out("what the pages lack")
    annotation: Paragraphs = _left_out("how many decisions and readings a record has")
    impact: Paragraphs = _left_out("on society")
    maintenance: Paragraphs = _left_out("how corrections are made")


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


SHAPES: dict[str, type[BaseModel]] = {
    "about": AboutFile,
    "page": PageFile,
    "article": ArticleFile,
    "people": PeopleFile,
    "organizations": OrganizationsFile,
    "places": PlacesFile,
    "campaigns": CampaignsFile,
}
