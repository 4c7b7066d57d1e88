"""Events: their triggers, dates and links, and the records that hang on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lingang.lexicon import Lexicon
from lingang.rules.rule import Finding, rule
from lingang.tables.reach import reach
from lingang.tables.view import Row, View
from lingang.text import dates

__all__ = [
    "dates_are_read",
    "dates_are_taken",
    "links_have_no_cycle",
    "quotation_has_one_event",
    "records_are_in_reach",
    "speech_only_demands",
    "trigger_is_known",
]


@rule(
    "EVT009",
    "event_links",
    "links that go in a circle",
    why="What precedes or contains another cannot come after it or lie inside it.",
    mend="turn one of the links round or take it out",
    by_page=False,
)
def links_have_no_cycle(view: View) -> Iterator[Finding]:
    onward: dict[str, list[str]] = defaultdict(list)
    ends = {row["row_no"]: (row["event_id"], row["other_event_id"]) for row in view["event_links"]}
    ends |= {row["row_no"]: ends[row["row_no"]][::-1] for row in view["event_links"] if row["relation"] == "follows"}
    for first, second in ends.values():
        onward[first].append(second)
    for row in view["event_links"]:
        first, second = ends[row["row_no"]]
        seen: set[str] = set()
        waiting = [second]
        while waiting:
            event = waiting.pop()
            if event not in seen:
                seen.add(event)
                waiting.extend(onward[event])
        if first in seen:
            expected = f"an event that does not lead back to {row['event_id']}"
            yield Finding("event_links", row["row_no"], "other_event_id", row["other_event_id"], expected)


@rule(
    "EVT011",
    "events",
    "a trigger that the lexicon does not know",
    why="The trigger is a whole word that tells of events; a part of one tells nothing.",
    mend="write the whole word; add it under triggers: in dataset/lexicon.yaml, or say under why: trigger: what tells",
)
def trigger_is_known(view: View) -> Iterator[Finding]:
    if view.lexicon is None:
        return
    triggers = frozenset(view.lexicon.words("triggers"))
    known = triggers | {cue.strip("^$") for word in view.lexicon["event_kind"].words for cue in word.cues}
    for row in view["events"]:
        proofs = view.evidence["events", row["event_id"], "trigger"]
        word = row["trigger"]
        joined = any(word[:cut] in known and word[cut:] in known for cut in range(1, len(word)))
        if word in known or joined or any(proof["note"] for proof in proofs):
            continue
        if not any(_is_verb(view, view.lexicon, proof) for proof in proofs):
            yield Finding("events", row["row_no"], "trigger", row["trigger"], "a whole word that tells of an event")


def _is_verb(view: View, lexicon: Lexicon, proof: Row) -> bool:
    """Whether a trigger that no list has is a verb by its form: it has the ending of one (搬回), or that stands right
    behind it (修了), and it is no part of a word that a list has."""
    found = view.standing(proof)
    if found is None:
        return False
    zone, (start, end) = found
    longer = (told for told in lexicon.finder("triggers").tell(zone.text) if told.start <= start and end <= told.end)
    endings = lexicon.words("verb_endings")
    ended = end - start > 1 and zone.text[:end].endswith(endings)
    return (ended or zone.text.startswith(endings, end)) and not any(longer)


@rule(
    "EVT003",
    "events",
    "a date that is not read whole",
    why="What is more than one date that the grammar knows, or none, has no day, month or year of the calendar here.",
    mend="leave date: as long as it is printed, and say with edtf: which days it means, with the reason under why:; "
    "accept the advice where nobody can say",
)
def dates_are_read(view: View) -> Iterator[Finding]:
    for row in view["events"]:
        if row["date_raw"] is None or row["date_edtf"] is not None:
            continue
        try:
            dates.read(row["date_raw"])
        except dates.NotOneDate:
            inside = dates.find(row["date_raw"])
            if len(inside) == 1 and dates.is_since(row["date_raw"], inside[0].end):
                continue  # what goes on has no end that could be read
            if dates.is_of_an_era(row["date_raw"]):
                continue  # it has no day
            found = " and ".join(row["date_raw"][start:end] for start, end, _ in inside) or "no date"
            expected = "one date that is read whole"
            yield Finding("events", row["row_no"], "date_raw", f"{row['date_raw']}: {found}", expected)
        except ValueError:
            continue  # EVT002 tells it


@rule(
    "EVT016",
    "events",
    "a printed date that its event does not have",
    why="An event mostly has the date that is printed before its trigger in the same clause or sentence.",
    mend="write the date of the sentence under date:, or accept the advice where it is the date of something else",
)
def dates_are_taken(view: View) -> Iterator[Finding]:
    for article_id, zone in view.zones.items():
        taken = {
            at
            for row in view.evidence_of_article[article_id]
            if row["column_name"] in ("date_raw", "date_edtf", "time") and (at := zone.covers(row))
        }
        for row in view["events"]:
            if row["article_id"] != article_id or row["date_raw"] is not None:
                continue
            for proof in view.evidence["events", row["event_id"], "trigger"]:
                at = zone.covers(proof)
                if not at:
                    continue
                start, _ = zone.clause(*at)
                before = [
                    day for day in dates.telling(zone.text) if start <= day[0] and day[1] <= at[0] and day not in taken
                ]
                if before:
                    printed = zone.text[slice(*before[-1])]
                    yield Finding("events", row["row_no"], "date_raw", "no date", printed)


_HANGING = {
    "documents": "title",
    "figures": "qualifier",
    "event_campaigns": "campaign_id",
    "quotations": "cue",
    "participations": "role",
}


@rule(
    "EVT017",
    "*",
    "a record that hangs on an event which does not reach it",
    why="What belongs to an event stands where the words of the event reach: from the sentence that tells of it to the "
    "next event of the item.",
    mend="name the event whose words stand there; event: none for what belongs to none",
)
def records_are_in_reach(view: View) -> Iterator[Finding]:
    events = view.by_key("events")
    reached = {article_id: reach(view, article_id) for article_id in view.articles}
    for table, column in _HANGING.items():
        for key, row in view.by_key(table).items():
            event = events.get(row["event_id"])
            if event is None or event["article_id"] not in reached:
                continue
            zone = view.zones[event["article_id"]]
            at = next((at for proof in view.evidence[table, key, column] if (at := zone.covers(proof))), None)
            runs = reached[event["article_id"]][row["event_id"]]
            if at and runs and not any(start <= at[0] and at[1] <= end for start, end in runs):
                near = [
                    other
                    for other, theirs in reached[event["article_id"]].items()
                    if any(start <= at[0] and at[1] <= end for start, end in theirs)
                ]
                found = f"{row['event_id']}: {zone.text[slice(*at)]}"
                yield Finding(table, row["row_no"], "event_id", found, " or ".join(sorted(near)) or "no event")


@rule(
    "QUO012",
    "quotations",
    "a quotation that several events reach, and none is named",
    why="Where it was said follows from the words around it only if one event reaches it.",
    mend="name the event, or write event: none",
)
def quotation_has_one_event(view: View) -> Iterator[Finding]:
    for article_id, runs in ((article_id, reach(view, article_id)) for article_id in view.articles):
        zone = view.zones[article_id]
        for row in view["quotations"]:
            if row["article_id"] != article_id or row["event_id"] is not None:
                continue
            if view.evidence["quotations", row["quotation_id"], "event_id"]:
                continue
            for proof in view.evidence["quotations", row["quotation_id"], "cue"]:
                at = zone.covers(proof)
                near = [
                    event
                    for event, theirs in runs.items()
                    if at and any(start <= at[0] and at[1] <= end for start, end in theirs)
                ]
                if len(near) > 1:
                    yield Finding("quotations", row["row_no"], "event_id", "no event", " or ".join(sorted(near)))


_CALLED_FOR = "called_for"


def _demands(view: View, row: Row, proofs: list[Row]) -> bool:
    """Whether words of speech demand: its cue (强调) or its clause (要, 必须) tells so; without a lexicon any may."""
    if view.lexicon is None:
        return True
    cue = view.by_key("quotations")[row["quotation_id"]]["cue"]
    matcher = view.lexicon["campaign_relation"].matcher
    for proof in proofs:
        text = cue + proof["quote"]
        forms = view.forms.get(("campaigns", row["campaign_id"]), ())
        at = next(((start, start + len(form)) for form in forms if (start := text.find(form)) >= 0), None)
        if any(told.word == _CALLED_FOR for told in matcher.fits(text, at)):
            return True
    return False


@rule(
    "EVT025",
    "event_campaigns",
    "what is done with a campaign, told by speech alone, or the reverse",
    why="What a speaker demands is called for; it is not thereby launched or advanced. What speech reports as done is.",
    mend="write called_for for what speech demands, and another relation for what it or the report tells as done",
)
def speech_only_demands(view: View) -> Iterator[Finding]:
    for row in view["event_campaigns"]:
        proofs = view.evidence["event_campaigns", row["event_campaign_id"], "relation"]
        spoken = row["quotation_id"] is not None
        if spoken != (row["relation"] == _CALLED_FOR) and not any(proof["note"] for proof in proofs):
            if spoken and (row["relation"] == "mentioned" or not _demands(view, row, proofs)):
                continue
            where = "inside speech" if spoken else "outside speech"
            expected = _CALLED_FOR if spoken else "what the report tells"
            yield Finding("event_campaigns", row["row_no"], "relation", f"{row['relation']} {where}", expected)
