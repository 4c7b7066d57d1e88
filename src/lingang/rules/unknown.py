"""Names in running text that no registry knows: by the ending of a name, or a family name after a post."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from lingang.lexicon import Lexicon
from lingang.tables.view import View
from lingang.text import numbers
from lingang.text.cues import Told, longest
from lingang.text.page import Span
from lingang.text.zone import Zone

__all__ = ["NO_PART", "STOPS", "breaks", "likely_names", "unknown_names", "unsigned_names"]

Interval = tuple[int, int]

STOPS = frozenset("，。；：！？、\n“”‘’「」『』《》〈〉（）()〔〕【】／/ ·…—-0123456789０１２３４５６７８９")
NO_PART = frozenset("的是由因请請该該本这這那各每向随隨着著在将將把被让讓给給对對从從到了过過至们們")
"""Characters after which a name may begin, and which stand in few: a name that holds one is found from there on."""
_LONGEST = 14
"""Characters of the longest name that is shown."""
_PERSON = (3, 2)
"""Characters of a name with a family name of one character, the likelier length first."""
_ACCOUNTED = {
    "group_label",
    "title_raw",
    "title",
    "name",
    "label",
    "about",
    "award",
    "nucleus",
    "trigger",
    "person_id",
    "organization_id",
    "place_id",
    "date_raw",
}
"""Columns whose quotes account for the words in them."""


def _accounted(view: View, article_id: str, zone: Zone) -> list[Interval]:
    """Where names are, and words that a record of another kind quotes."""
    spans = [at for row in view.mentions[article_id] if (at := zone.covers(row))]
    spans += [
        at
        for row in view.evidence_of_article[article_id]
        if row["column_name"] in _ACCOUNTED and row["table_name"] not in ("people", "organizations", "places")
        if (at := zone.covers(row))
    ]
    spans += [
        at
        for row in view["accepted"]  # a mention that was taken out; of advice about a name, what is found is silenced
        if row["article_id"] == article_id and row["raw_start"] is not None and row["rule"] != "MEN002"
        if (at := zone.covers(row))
    ]
    return spans


def unknown_names(view: View, article_id: str, zone: Zone) -> Iterator[tuple[int, int, str]]:
    """``(start, end, what was expected)`` of each such name in the reading text of an item."""
    known = _accounted(view, article_id, zone)
    yield from likely_names(view, zone, set(chain.from_iterable(range(*at) for at in known)))


def likely_names(view: View, zone: Zone, covered: set[int], *, widely: bool = False) -> Iterator[tuple[int, int, str]]:
    """``(start, end, what was expected)`` of each run of a text that looks like a name and has no covered character;
    ``widely``: by the endings too by which names of bodies and places are told apart."""
    if view.lexicon is None:
        return
    yield from _by_ending(view, zone, covered)
    if widely:
        yield from _by_kind(view, zone, covered)
    yield from _by_address(view, zone, covered)
    yield from _by_post(view, zone, covered)


def _by_ending(view: View, zone: Zone, covered: set[int]) -> Iterator[tuple[int, int, str]]:
    assert view.lexicon is not None
    tables = {word.value: word.table for word in view.lexicon.lists["name_endings"]}
    after, counted = breaks(view, zone), _counted(view.lexicon, zone)
    for told in longest(view.lexicon.finder("name_endings").tell(zone.text)):
        if tables.get(told.word) in ("campaigns", "people") or told.end in counted:
            continue  # what goes on in time is often only described
        start = _start(zone, told, covered, after)
        if start is not None:
            yield start, told.end, f"a name or alias of {tables.get(told.word) or 'organizations'}.yaml"


def unsigned_names(view: View, article_id: str) -> Iterator[tuple[Zone, int, int]]:
    """Where a byline or credit names somebody, right after a word like 记者, whom no registry knows."""
    if view.lexicon is None:
        return
    words, verbs = words_before_names(view.lexicon), frozenset(view.lexicon.words("speech_verbs"))
    for row in view.segments[article_id]:
        if row["role"] not in ("byline", "credit"):
            continue
        zone = Zone(view.page_of(article_id), [Span(row["raw_start"], row["raw_end"])])
        named = {place for known in view.mentions[article_id] if (at := zone.covers(known)) for place in range(*at)}
        places = [(start, start + len(word)) for word in words for start, _ in zone.find(word)]
        begins = {start for start, _ in places}
        for start in sorted({end for _, end in places} - begins):
            end = start
            while end < len(zone.text) and end not in named and end not in begins and zone.text[end] not in STOPS:
                end += 1
            if 2 <= end - start <= 4 and zone.text[start:end] not in verbs:  # 摄影报道
                yield zone, start, end


def words_before_names(lexicon: Lexicon) -> list[str]:
    """The words that stand right before a name in a byline."""
    cues = (cue for word in lexicon["byline_role"].words for cue in word.cues)
    return [cue.removesuffix("@") for cue in cues if cue.endswith("@") and "…" not in cue and len(cue) > 2]


def _counted(lexicon: Lexicon, zone: Zone) -> set[int]:
    """Where a number with its measure word begins that ends a clause or an entry of a list: what stands before it is
    counted, and no name (建成示范村6个，)."""
    out = set()
    for start, end in zone.numbers:
        behind = numbers.measured(zone.text, end, lexicon.words("measure_words"))
        in_figures = zone.text[start].isdecimal() and not any(s <= start < e for s, e in zone.dates)
        if in_figures and behind > end and zone.text[behind : behind + 1] in STOPS | {""}:
            out.add(start)
    return out


def _start(zone: Zone, told: Told, covered: set[int], breaks: set[int]) -> int | None:
    """Where the name that ends there begins; ``None`` if too little stands before the ending."""
    if told.end in covered or any(place in covered for place in range(told.start, told.end)):
        return None
    start = told.start
    while start > 0 and told.end - start < _LONGEST and start - 1 not in covered and start not in breaks:
        if zone.text[start - 1] in STOPS | NO_PART:
            break
        start -= 1
    return start if told.start - start >= 2 else None


def _by_kind(view: View, zone: Zone, covered: set[int]) -> Iterator[tuple[int, int, str]]:
    """By the endings that tell what kind of place or body a name is of; where one character ends it, two stand before,
    and no other: 松岭县."""
    assert view.lexicon is not None
    bodies, places = view.lexicon["organization_kind"].endings, view.lexicon["place_kind"].endings
    endings = {ending for ending in bodies if len(ending) > 1} | places
    after, counted = breaks(view, zone), _counted(view.lexicon, zone)
    found = {
        at
        for ending in endings.difference(view.lexicon.words("name_endings"))
        if ending in zone.text and ending.isalpha()
        for at in zone.find(ending)
    }
    for start, end in sorted(at for at in found if at[1] not in counted):
        first = _start(zone, Told("", "", start, end), covered, after)
        if first is not None and (end - start > 1 or start - first == 2):
            yield first, end, "a name or alias of organizations.yaml or places.yaml"


def _by_address(view: View, zone: Zone, covered: set[int]) -> Iterator[tuple[int, int, str]]:
    """A family name before a form of address: 李女士, 张某某."""
    assert view.lexicon is not None
    surnames = frozenset(view.lexicon.words("surnames"))
    for told in longest(view.lexicon.finder("name_endings").tell(zone.text)):
        for length in (2, 1) if told.word in view.lexicon.addresses else ():
            start = told.start - length
            if start >= 0 and zone.text[start : told.start] in surnames and covered.isdisjoint(range(start, told.end)):
                yield start, told.end, "a name or alias of people.yaml"
                break


def breaks(view: View, zone: Zone) -> set[int]:
    """Where something ends after which a name may begin: triggers, words of speech, posts, longer words that stand
    for a name (我们村小学), words that stand before a participant (联合, 会同), dates, and numbers with their measure
    word and what makes them more or less (5吨以上)."""
    assert view.lexicon is not None
    names = ("triggers", "speech_verbs", "post_words", "joiners", "stand_ins")
    found = {name: view.lexicon.finder(name).tell(zone.text) for name in names}
    ends = {told.end for name in names for told in found[name] if name != "stand_ins" or len(told.word) > 1}
    ends |= {end for word in _introducing(view.lexicon) for _, end in zone.find(word)}
    return ends | {end for _, end in zone.dates} | set(_ends_of_figures(view.lexicon, zone))


_BESIDE = ("co_organizer", "site")
"""Roles whose words stand right before a name, and seldom in one (as 资助 does in 资助中心)."""


def _introducing(lexicon: Lexicon) -> set[str]:
    """The words of two characters or more that stand right before a body or a place: 联合, 前往."""
    roles = lexicon["participation_role"]
    cues = (cue.partition("@") for role in _BESIDE if role in roles for cue in roles[role].cues)
    words = (before.removesuffix("…") for before, sign, _ in cues if sign)
    return {word for word in words if len(word) > 1 and word.isalpha()}


def _ends_of_figures(lexicon: Lexicon, zone: Zone) -> Iterator[int]:
    """Where numbers in figures end, each with its measure word and the word that qualifies it."""
    cues = (cue for word in lexicon["qualifier"].words for cue in word.cues)
    qualifiers = [cue[1:] for cue in cues if cue.startswith("@")]
    for start, end in zone.numbers:
        for words in (lexicon.words("measure_words"), qualifiers) if zone.text[start].isdecimal() else ():
            end = numbers.measured(zone.text, end, words)
            yield end


def post_ends(lexicon: Lexicon, zone: Zone) -> dict[int, int]:
    """Where the last words of titles end, each with its beginning."""
    return {told.end: told.start for told in longest(lexicon.finder("post_words").tell(zone.text))}


def family_length(text: str, start: int, surnames: Collection[str]) -> int:
    """How many characters a family name has that begins there; 0 for none."""
    return next((length for length in (2, 1) if text[start : start + length] in surnames), 0)


def _by_post(view: View, zone: Zone, covered: set[int]) -> Iterator[tuple[int, int, str]]:
    assert view.lexicon is not None
    surnames = frozenset(view.lexicon.words("surnames"))
    follows = {
        told.start
        for name in ("triggers", "speech_verbs", "joiners", "list_ends")
        for told in view.lexicon.finder(name).tell(zone.text)
    }
    follows |= {
        told.start
        for vocabulary in ("participation_role",)
        for told in view.lexicon[vocabulary].matcher.fits(zone.text)
    }
    for told in longest(view.lexicon.finder("post_words").tell(zone.text)):
        start = told.end
        if start in covered or start >= len(zone.text):
            continue
        family = family_length(zone.text, start, surnames)
        lengths = _PERSON if family == 1 else (family + 1, family + 2) if family else ()
        ends = [start + length for length in lengths if not set(zone.text[start : start + length]) & STOPS]
        fits = [end for end in ends if zone.text[end : end + 1] in STOPS | {""} or end in follows]
        fits = [end for end in fits if end <= len(zone.text)]
        if fits:  # of 李明说， the name is 李明
            worded = (end for end in fits if zone.text[end : end + 1] not in STOPS | {""})
            yield start, next(worded, fits[0]), "a name or alias of people.yaml"
