"""Who is named in a byline or a photo credit, and as what."""

from __future__ import annotations

from lingang.compile.item import Item, Mention
from lingang.compile.rows import Rows
from lingang.problems import Place
from lingang.text.page import Segment, Span
from lingang.text.zone import Zone

__all__ = ["add_bylines"]

_COLUMN = {"people": "person_id", "organizations": "organization_id"}


def add_bylines(item: Item, mentions: list[Mention], rows: Rows) -> None:
    """Rows of ``bylines``: one for each person or body that a byline or credit names, in each role that words of the
    lexicon give it there; a person in no role that they tell has the default one, a body none."""
    seq = 0
    seen: set[tuple[str, str]] = set()
    for segment in item.segments:
        if segment.role not in ("byline", "credit"):
            continue
        zone = Zone(item.page, [segment.span])
        named = [known for known in mentions if known.segment == segment and known.within is None]
        named = [known for known in named if known.entity.table in _COLUMN]
        for mention in named:
            for role, quote in _roles(item, zone, segment, mention, named):
                if (mention.entity.id, role) not in seen:
                    seen.add((mention.entity.id, role))
                    seq += 1
                    _add(item, seq, mention, role, quote, item.layout.places[segment], rows)


def _roles(item: Item, zone: Zone, segment: Segment, mention: Mention, named: list[Mention]) -> list[tuple[str, Span]]:
    """The roles that the words around a name give it, each with the words and the name.

    A name after others of its list has the role of the first.
    """
    matcher = item.lexicon["byline_role"].matcher
    at = zone.inside(mention.span.start, mention.span.end)
    assert at is not None, "the mention stands in the segment"
    told = list(matcher.tell(zone.text, at))
    if segment.role == "credit":  # there a word before the name is the post, the one after it what was done
        told = [one for one in told if one.end > at[1]] or told
    if told:
        return [(one.word, zone.span(min(one.start, at[0]), max(one.end, at[1]))) for one in told]
    index = named.index(mention)
    if index and not zone.text[_end(zone, named[index - 1]) : at[0]].strip("、，和及 "):
        return [
            (role, Span(span.start, mention.span.end))
            for role, span in _roles(item, zone, segment, named[index - 1], named)
        ]
    if item.lexicon["byline_role"].default is None or mention.entity.table != "people":
        return []  # 临汐 of 临汐网讯 is no more than a word there
    return [(str(item.lexicon["byline_role"].default), segment.span)]


def _end(zone: Zone, mention: Mention) -> int:
    at = zone.inside(mention.span.start, mention.span.end)
    assert at is not None
    return at[1]


def _add(item: Item, seq: int, mention: Mention, role: str, quote: Span, place: Place, rows: Rows) -> None:
    column = _COLUMN[mention.entity.table]
    row = rows.add(
        "bylines",
        place,
        {
            "byline_id": f"{item.id}-{role}-{mention.entity.id}".replace("_", "-"),
            "article_id": item.id,
            column: mention.entity.id,
            "seq": seq,
            "role": role,
        },
    )
    rows.prove(row, column, [mention.span], item.page, item.id)
    rows.prove(row, "role", [quote], item.page, item.id)
