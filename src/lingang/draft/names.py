"""Names that no registry has, and titles with their holders: by endings, posts, family names and lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import NamedTuple

from lingang.compile.item import Item
from lingang.draft.bylines import Bylines
from lingang.lexicon import Lexicon
from lingang.rules.unknown import NO_PART, STOPS, breaks, family_length, likely_names, post_ends
from lingang.tables.view import View
from lingang.text.cues import parse
from lingang.text.edges import runs
from lingang.text.zone import Zone

__all__ = ["Holding", "Name", "holdings", "names"]

Interval = tuple[int, int]
_TITLE = 24
"""Characters of the longest title."""


class Name(NamedTuple):
    """What looks like a name: ``text[start:end]`` of a zone, the registry it belongs into, and why."""

    zone: Zone
    start: int
    end: int
    table: str
    why: str

    @property
    def text(self) -> str:
        return self.zone.text[self.start : self.end]


class Holding(NamedTuple):
    """A printed title and those who hold it, each half open in the running text; ``open``: the list goes on."""

    title: Interval
    names: list[Interval]
    open: str


def names(item: Item, bylines: Bylines) -> Iterator[Name]:
    """Each name of an item that no registry has, where it stands first; persons, then bodies and places."""
    told: set[str] = set()
    people = [*_people(item), *_signed(item, bylines)]
    held = set(chain.from_iterable(range(one.start, one.end) for one in people if one.zone is item.body))
    for name in [*people, *_others(item, held)]:
        if name.text not in told and name.text not in item.registry.by_form:
            told.add(name.text)
            yield name


def _view(lexicon: Lexicon) -> View:
    """The lexicon as the rules about names ask it; there are no rows."""
    return View(lambda _: [], lexicon)


def _covered(item: Item, zone: Zone) -> set[int]:
    return {place for found in item.registry.find(zone.text) for place in range(found.start, found.end)}


def _people(item: Item) -> Iterator[Name]:
    zone, covered = item.body, _covered(item, item.body)
    likely = likely_names(_view(item.lexicon), zone, covered)
    spans = [(start, end) for start, end, what in likely if what.endswith("people.yaml")]
    begun = covered | {start for start, _ in spans}
    spans += [at for at in _after_posts(item.lexicon, zone) if begun.isdisjoint(range(*at))]
    found = dict.fromkeys(spans, "a family name beside a post or a form of address")
    known = [(one.start, one.end) for one in _known(item, "people")]
    posts = post_ends(item.lexicon, zone)
    for start, end in _outer([*found, *known]):
        if (start, end) in found:
            yield Name(zone, start, end, "people", found[start, end])
        if start in posts:
            for at in _list(item.lexicon, zone, end):
                if covered.isdisjoint(range(*at)):
                    yield Name(zone, *at, "people", "a family name in a list of names after a post")


def _known(item: Item, table: str) -> list[Name]:
    return [
        Name(item.body, found.start, found.end, table, "")
        for found in item.registry.find(item.body.text)
        if any(entity.table == table for entity in found.entities)
    ]


def _after_posts(lexicon: Lexicon, zone: Zone) -> Iterator[Interval]:
    """A family name after a post, with one or two characters before a word that follows names in cues of roles."""
    cues = [parse(cue) for word in lexicon["participation_role"].words for cue in word.cues]
    follow = {part.after for cue in cues for part in cue.parts if part.participant and part.after}
    follow |= {
        cue.parts[1].before
        for cue in cues
        if len(cue.parts) > 1 and cue.parts[0].participant and not cue.parts[0].after
    }
    following = tuple(sorted(word for word in follow if word[0].isalpha()))
    surnames = frozenset(lexicon.words("surnames"))
    for start in sorted(post_ends(lexicon, zone)):
        family = family_length(zone.text, start, surnames)
        for end in (start + family + 2, start + family + 1) if family else ():
            if zone.text.startswith(following, end) and not set(zone.text[start:end]) & STOPS:
                yield start, end
                break


def _list(lexicon: Lexicon, zone: Zone, end: int) -> Iterator[Interval]:
    """The further names of a list of persons, of which the last so far ends there."""
    surnames = frozenset(lexicon.words("surnames"))
    closing = (*lexicon.words("list_ends"), *lexicon.words("joiners"))
    text = zone.text
    while text[end : end + 1] == "、":
        start = end + 1
        family = family_length(text, start, surnames)
        sizes = (family + 1, family + 2) if family else ()
        ends = (start + size for size in sizes if not set(text[start : start + size]) & STOPS)
        fits = [at for at in ends if at >= len(text) or text[at] in STOPS or text.startswith(closing, at)]
        if not fits:
            return
        yield start, fits[0]
        end = fits[0]


def _signed(item: Item, bylines: Bylines) -> Iterator[Name]:
    for segment in item.segments:
        if segment.role in ("byline", "credit"):
            zone = Zone(item.page, [segment.span])
            covered = _covered(item, zone)
            for start, end in bylines.named(zone.text):
                if covered.isdisjoint(range(start, end)):
                    yield Name(zone, start, end, "people", f"named in the {segment.role}")


def _outer(found: list[Interval]) -> list[Interval]:
    """Those that touch none before them; of equal beginnings the longest."""
    out: list[Interval] = []
    for start, end in sorted(set(found), key=lambda at: (at[0], -at[1])):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def _others(item: Item, held: set[int]) -> Iterator[Name]:
    """Bodies and places, outside the names of persons."""
    zone = item.body
    covered = _covered(item, zone) | held
    likely = likely_names(_view(item.lexicon), zone, covered, widely=True)
    found = {(start, end): what for start, end, what in likely if not what.endswith("people.yaml")}
    wholes = list(runs(zone.text))
    for start, end in _outer(list(found)):
        what = found[start, end]
        start = max([start, *(last for first, last in wholes if first < start < last)])
        if end - start < 2 or any(first < end < last for first, last in wholes):
            continue  # a part of a date or a number is no name
        text = zone.text[start:end]
        table = "places" if what.endswith(" places.yaml") and _is_place(item.lexicon, text) else "organizations"
        yield Name(zone, start, end, table, "it ends as names of bodies and places do")


def _is_place(lexicon: Lexicon, text: str) -> bool:
    """Whether a name tells a kind of place, and no kind of body by a longer word at its end."""
    place, body = (lexicon[name].matcher.name(text) for name in ("place_kind", "organization_kind"))
    return place is not None and (body is None or (place.end, -place.start) > (body.end, -body.start))


def holdings(item: Item) -> Iterator[Holding]:
    """The titles that stand before names which a registry has, each with its list of names."""
    zone, lexicon = item.body, item.lexicon
    people = {one.start: one.end for one in _known(item, "people")}
    posts, after = post_ends(lexicon, zone), breaks(_view(lexicon), zone)
    ends = set(people.values())
    wholes = [*runs(zone.text), *((one.start, one.end) for one in item.registry.find(zone.text) if one.within is None)]
    for start in sorted(people):
        if start not in posts:
            continue
        begin = _title_start(zone, start, posts, after, ends)
        begin = max([begin, *(last for first, last in wholes if first < begin < last <= start)])
        if begin == start:
            continue
        listed, last = [(start, people[start])], people[start]
        while zone.text[last : last + 1] == "、" and last + 1 in people:
            listed.append((last + 1, people[last + 1]))
            last = people[last + 1]
        goes_on = sorted((word for word in lexicon.words("list_ends") if zone.text.startswith(word, last)), key=len)
        yield Holding((begin, start), listed, goes_on[0] if goes_on else "")


def _title_start(zone: Zone, end: int, posts: Collection[int], after: set[int], ends: set[int]) -> int:
    """Where the title that ends there begins: after a mark, a person, or a word after which a name may begin; a
    further post of the same person may stand before it, parted by 、."""
    start = end - 1
    while start > 0 and end - start < _TITLE and start not in ends:
        before = zone.text[start - 1]
        if before == "、" and start - 1 in posts:
            start -= 1
        elif before in STOPS | NO_PART or (start in after and start not in posts):
            break
        start -= 1
    return start
