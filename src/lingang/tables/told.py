"""What the words of the page tell of a cell whose proof is ``cue``, and on what its value rests then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lingang.tables.declare import Column, Table
from lingang.tables.marks import QUOTATION_MARKS
from lingang.tables.view import Row, View
from lingang.text.cues import Matcher
from lingang.text.zone import CLAUSE_ENDS

__all__ = ["Told", "basis", "default_of", "of_cell", "of_name", "participant_at"]

Evidence = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Told:
    """The values that words of a text tell: ``values`` those that no other outranks, ``heard`` every one."""

    values: frozenset[object] = frozenset()
    heard: frozenset[object] = frozenset()
    stood: bool = False
    """Whether a word that stands for the record tells it, with the mention that it stands for."""
    first: object = None
    """The value that is computed where none is written."""


def basis(value: object, told: Told, default: object, reason: str | None) -> str:
    """On what a ``cue`` cell rests: ``stated``, ``inferred`` (a reader typed a reason), ``unmarked`` (the default, and
    no word of another value) or ``read`` (a reader chose and gave no reason)."""
    if value in told.values:
        return "inferred" if told.stood else "stated"
    if reason is not None:
        return "inferred"
    return "unmarked" if value == default and not told.heard - {value} else "read"


def of_name(view: View, vocabulary: str, text: str) -> Told:
    """What a name tells: of the words in it the one whose cue ends last (``first``), and each that no other
    outranks."""
    if view.lexicon is None or vocabulary not in view.lexicon.vocabularies:
        return Told()
    matcher = view.lexicon[vocabulary].matcher
    found = matcher.name(text)
    if found is None:
        return Told()
    words = {told.word for told in matcher.tell(text)}
    return Told(
        frozenset({found.word, *words}), frozenset({told.word for told in matcher.fits(text)}), first=found.word
    )


def default_of(view: View, column: Column) -> object:
    """The value of a column where no word tells another."""
    if column.told == "list":
        return False
    name = column.vocabulary.name if column.vocabulary is not None else ""
    return view.lexicon[name].default if view.lexicon is not None and name in view.lexicon.vocabularies else None


def of_cell(view: View, table: Table, column: Column, row: Row, proofs: Evidence) -> Told:
    """What the quotes of a cell tell."""
    name = column.vocabulary.name if column.vocabulary is not None else ""
    match column.told:
        case "name":
            return of_name(view, name, "".join(proof["quote"] for proof in proofs))
        case "prefix":
            forms = view.forms.get((str(column.references), row[column.name]), ())
            begins = any(proof["quote"].startswith(forms) and proof["quote"] not in forms for proof in proofs)
            stands = any(proof["quote"] in forms for proof in proofs) and len(proofs) > 1
            return _one(row[column.name], stood=stands) if begins or stands else Told()
        case "marks":
            quoted = any(
                proof["quote"][:1] == opening and proof["quote"][-1:] == closing
                for proof in proofs
                for opening, closing in QUOTATION_MARKS
            )
            return _one("direct") if quoted else Told()
        case "list":
            ends = view.lexicon.words("list_ends") if view.lexicon is not None else ()
            return _one(True) if any(proof["quote"].endswith(ends) for proof in proofs) else Told()
        case "number":
            return _of_number(view, name, row, table, proofs)
    return _of_clause(view, table, column, row, proofs)


def _one(value: object, *, stood: bool = False) -> Told:
    return Told(frozenset({value}), frozenset({value}), stood, value)


_LABEL_NUMBER = "label_number"


def _of_number(view: View, vocabulary: str, row: Row, table: Table, proofs: Evidence) -> Told:
    """What a number tells: its unit; else, of a number in words inside its label (四个坚持), that it is of the label,
    which may still count (七所学校)."""
    labels = view.evidence[table.name, row[table.key], "label"]
    for proof in proofs:
        told = of_name(view, vocabulary, proof["quote"])
        if not told.values and row["unit"] and not proof["quote"].endswith(row["unit"]):  # 5吨以上
            told = of_name(view, vocabulary, row["unit"])
        if told.values:
            return told
        in_words = row["qualifier"] == "exact" and not any(character.isdecimal() for character in proof["quote"])
        if in_words and any(_inside(proof, label) and label["quote"] != proof["quote"] for label in labels):
            return Told(frozenset({_LABEL_NUMBER}), first=_LABEL_NUMBER)
    return Told()


def _inside(inner: Mapping[str, Any], outer: Mapping[str, Any]) -> bool:
    return bool(
        inner["source_id"] == outer["source_id"]
        and outer["raw_start"] <= inner["raw_start"]
        and inner["raw_end"] <= outer["raw_end"]
    )


def _of_clause(view: View, table: Table, column: Column, row: Row, proofs: Evidence) -> Told:
    if view.lexicon is None or column.vocabulary is None or column.vocabulary.name not in view.lexicon.vocabularies:
        return Told()
    matcher = view.lexicon[column.vocabulary.name].matcher
    values: set[object] = set()
    heard: set[object] = set()
    for proof in proofs:
        text, at = proof["quote"], participant_at(view, table, column, row, proof)
        words = {told.word for told in matcher.fits(text, at)}
        if at is not None and (longer := _with_neighbours(view, row, proof, at)) != at:
            words |= {told.word for told in matcher.fits(text, longer)}
        words |= {told.word for clause in _later_clauses(text, at) for told in matcher.fits(clause, (0, 0))}
        values |= {word for word in words if not matcher.outranking(word, words)}
        heard |= words
    called = _of_group(matcher, row.get("group_label"))
    values |= called
    heard |= called
    if column.spoken is not None and row["quotation_id"] is not None:
        values.add(column.spoken)
        heard.add(column.spoken)
    return Told(frozenset(values), frozenset(heard))


def _of_group(matcher: Matcher, label: str | None) -> set[str]:
    """What the name of a group tells of it: 选手 stands before a contestant, and 86名选手 are contestants."""
    if label is None:
        return set()
    behind = len(label), len(label)
    return {told.word for told in matcher.fits(label, behind) if told.cue.endswith("@")}


def _with_neighbours(view: View, row: Row, proof: Mapping[str, Any], at: tuple[int, int]) -> tuple[int, int]:
    """A participant with the names that stand in one list with it (云岭乡、石桥镇), and a place or body with those of
    places and bodies right before it (松岭县野鸭塘村)."""
    page = view.pages.get(proof["source_id"])
    if page is None or view.lexicon is None or (row.get("list_seq") is not None):
        return at
    start, end = at
    text, joiners = proof["quote"], view.lexicon.words("joiners")
    named = [
        (first := len(page.quote_between(proof["raw_start"], mention["raw_start"])), first + len(mention["surface"]))
        for mention in view.mentions[proof["article_id"]]
        if mention["within_mention_id"] is None
        and proof["raw_start"] <= mention["raw_start"]
        and mention["raw_end"] <= proof["raw_end"]
        and (mention["entity_table"] == "people") == bool(row.get("person_id"))
    ]
    for first, last in reversed(named):
        if last <= start and (text[last:start] in joiners or (last == start and not row.get("person_id"))):
            start = first
    for first, last in named:
        if end <= first and text[end:first] in joiners:
            end = last
    return start, end


def _later_clauses(text: str, at: tuple[int, int] | None) -> Iterator[str]:
    """The clauses of a quote after that of the participant, in its sentence: it begins them too, unprinted."""
    start = at[1] if at is not None else len(text)
    while start < len(text):
        end = next((place for place in range(start, len(text)) if text[place] in CLAUSE_ENDS), len(text))
        if start != (at[1] if at is not None else 0):
            yield text[start:end]
        if text[end : end + 1] not in ("，", "；"):
            return
        start = end + 1


def participant_at(
    view: View, table: Table, column: Column, row: Row, proof: Mapping[str, Any]
) -> tuple[int, int] | None:
    """Where the participant stands in a quote, in its characters: the run of its list, else its name, its stand-in or
    its label; ``None`` outside the quote."""
    page = view.pages.get(proof["source_id"])
    for name in column.tellers:
        for mark in view.evidence[table.name, row[table.key], name] if row.get(name) is not None else ():
            if page is not None and _inside(mark, proof):
                start = len(page.quote_between(proof["raw_start"], mark["raw_start"]))
                return start, start + len(mark["quote"])
    return None
