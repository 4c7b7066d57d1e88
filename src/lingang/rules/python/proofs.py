"""Proofs that a program recomputes: cues, normalisers, derived cells, and the edges of quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lingang.problems import in_words
from lingang.rules.rule import Finding, rule
from lingang.tables import TABLES, Column, Table
from lingang.tables.computed import COMPUTED
from lingang.tables.content import content
from lingang.tables.dated import date_cells
from lingang.tables.names import split_name
from lingang.tables.titles import split_title
from lingang.tables.told import Told, basis, default_of, of_cell
from lingang.tables.view import Row, View
from lingang.text import dates, numbers
from lingang.text.page import squeeze

__all__ = ["bases_hold", "computed_cells_hold", "rests_on_a_reader", "rules_hold"]


_REGISTRIES = tuple(known for known in TABLES if known.name in ("people", "organizations", "places", "campaigns"))


def _cued(view: View, tables: Sequence[Table]) -> Iterator[tuple[Table, Column, Row, list[Row], Told]]:
    """Every filled ``cue`` cell of some tables with its evidence, and what that tells."""
    if view.lexicon is None:
        return
    for declared in tables:
        for column in declared.columns:
            if column.proof != "cue":
                continue
            for row in view[declared.name]:
                proofs = view.evidence[declared.name, row[declared.key], column.name]
                if row[column.name] is not None and proofs:
                    yield declared, column, row, proofs, of_cell(view, declared, column, row, proofs)


def _bases_hold(view: View, tables: Sequence[Table] = _REGISTRIES) -> Iterator[Finding]:
    for _, column, row, proofs, told in _cued(view, tables):
        for proof in proofs:
            due = basis(row[column.name], told, default_of(view, column), proof["note"])
            if proof["basis"] != due and not (due == "unmarked" and proof["basis"] == "read"):
                yield Finding("evidence", proof["row_no"], "basis", f"{proof['basis']}: {proof['quote']}", due)


@rule(
    "EVI018",
    "evidence",
    "a basis that the words do not bear out",
    why="Whether words of the page tell a value, or a reader alone, is computed from the words and the lexicon.",
    mend="give the basis that the words give, or a reason where a reader decided",
    level="requirement",
    of_registries=_bases_hold,
)
def bases_hold(view: View) -> Iterator[Finding]:
    return _bases_hold(view, TABLES)


_SHOWN = 4
"""Cues that are shown of a word, and values that words nearby tell."""


def _wanted(view: View, column: Column, value: object, proofs: list[Row]) -> str:
    """What would tell a value: some words of the lexicon; of ``other`` the values that words nearby tell."""
    if column.vocabulary is None:
        return "a form that begins with its name"
    name = column.vocabulary.name
    known = view.lexicon[name].words if view.lexicon is not None and name in view.lexicon.vocabularies else ()
    cues = [cue for word in known if word.value == value for cue in word.cues]
    shown = list(dict.fromkeys(cue.strip("^$@…") for cue in cues))[:_SHOWN]
    if shown:
        return f"a word that tells {value}, like {', '.join(shown)}{_further_on(view, column, value, proofs)}"
    near = _nearby(view, name, proofs)
    told = f"; words nearby tell {', '.join(near)}" if near else ""
    return f"a word that tells one of the {len(known)} values of {name}{told}"


def _further_on(view: View, column: Column, value: object, proofs: list[Row]) -> str:
    """Where the same sentence tells a value behind the clause that is quoted; empty where it does not."""
    assert view.lexicon is not None and column.vocabulary is not None
    for proof in proofs if column.told == "clause" else ():
        found = view.standing(proof)
        if found is None:
            continue
        zone, at = found
        _, end = zone.sentence(*at)
        start = at[1] + 1
        while start < end:
            first, last = zone.clause(start, start)
            fits = view.lexicon[column.vocabulary.name].matcher.fits(zone.text[first:last], (0, 0))
            if any(told.word == value for told in fits):
                return f"; the sentence tells it further on: quote: as far as {zone.text[first:last][-12:]}"
            start = last + 1
    return ""


def _nearby(view: View, name: str, proofs: list[Row]) -> list[str]:
    """The values that words of the sentence tell, else those that words of the whole item tell, a few of them."""
    if view.lexicon is None or name not in view.lexicon.vocabularies:
        return []
    for proof in proofs:
        found = view.standing(proof)
        if found is None:
            continue
        zone, at = found
        for text in (zone.text[slice(*zone.sentence(*at))], zone.text):
            ends = (told for told in view.lexicon[name].matcher.fits(text) if "$" not in told.cue)
            if values := list(dict.fromkeys(told.word for told in ends))[:_SHOWN]:
                return values
    return []


def _rests_on_a_reader(view: View, tables: Sequence[Table] = _REGISTRIES) -> Iterator[Finding]:
    for declared, column, row, proofs, told in _cued(view, tables):
        if any(proof["basis"] == "read" for proof in proofs):
            says = "、".join(sorted(map(str, told.values)))
            quote = proofs[0]["quote"]
            wanted = _wanted(view, column, row[column.name], proofs)
            expected = f"{says}, which its words tell" if says else wanted
            yield Finding(declared.name, row["row_no"], column.name, f"{_shown(row[column.name])}: {quote}", expected)
    computed: dict[tuple[str, str], Mapping[str, object]] = {}
    for proof in view["evidence"]:
        cell = (proof["table_name"], proof["column_name"])
        if cell in COMPUTED and proof["basis"] == "read":
            record = view.by_key(proof["table_name"]).get(proof["record_id"])
            computed[cell] = computed.get(cell) or COMPUTED[cell](view)
            due = computed[cell].get(proof["record_id"])
            if record is not None and not (isinstance(due, frozenset) and record[cell[1]] in due):
                found = f"{_shown(record[proof['column_name']])}: {proof['quote']}"
                wanted = f"{_shown(due)}, which is computed"
                yield Finding(proof["table_name"], record["row_no"], proof["column_name"], found, wanted)


@rule(
    "EVI008",
    "*",
    "a value that rests on a reader alone, without a reason",
    why="Words of the page tell most values; where they do not, or where a stronger word tells another, a reader "
    "decided, and says why.",
    mend="type a reason under why: (of several keys, why: {kind: …, status: …}), quote the words that tell it, or add "
    "the word to dataset/lexicon.yaml; the words of a vocabulary are in DATA_DICTIONARY.md and in your editor",
    of_registries=_rests_on_a_reader,
)
def rests_on_a_reader(view: View) -> Iterator[Finding]:
    return _rests_on_a_reader(view, TABLES)


def _computed_cells_hold(view: View, tables: Sequence[Table] = _REGISTRIES) -> Iterator[Finding]:
    names = {declared.name for declared in tables}
    for name, column, compute in ((*cell, compute) for cell, compute in COMPUTED.items() if cell[0] in names):
        computed = compute(view)
        for key, row in view.by_key(name).items():
            due = computed.get(key)
            fits = row[column] in due if isinstance(due, frozenset) else row[column] == due
            if not fits and not view.evidence[name, key, column]:
                yield Finding(name, row["row_no"], column, _shown(row[column]), _shown(due))
    for row in view["readings"]:
        known = next((declared for declared in TABLES if declared.name == row["table_name"]), None)
        record = view.by_key(known.name).get(row["record_id"]) if known is not None else None
        current = known is not None and record is not None and content(known, record) == row["content"]
        if row["current"] != current:
            yield Finding("readings", row["row_no"], "current", _shown(row["current"]), _shown(current))


@rule(
    "EVI020",
    "*",
    "a cell that differs from what other cells give",
    why="What follows from other cells is computed; where an author overrules it, evidence says so.",
    mend="leave the cell to be computed; to overrule that, write the value with a reason under why:",
    level="requirement",
    of_registries=_computed_cells_hold,
)
def computed_cells_hold(view: View) -> Iterator[Finding]:
    return _computed_cells_hold(view, TABLES)


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return " or ".join(sorted(map(_shown, value)))
    return in_words(value)


def _name_part(view: View, row: Row, column: str) -> object:
    surnames = (
        frozenset(view.lexicon.words("surnames")) if view.lexicon is not None else frozenset({row["family_name"]})
    )
    called = view.lexicon.called if view.lexicon is not None else ()
    parts = split_name(row["name"], surnames, row["name_latin"], called=called)
    return None if parts is None else parts[column == "given_name"]


def _title(view: View, row: Row, quote: str) -> object:
    body = view.forms.get(("organizations", row["organization_id"]), ())
    posts = view.lexicon.words("post_words") if view.lexicon is not None else ()
    if quote != row["title_raw"]:
        return None
    form, rest = split_title(quote, body, posts)
    if form is None and row["organization_id"] is not None and quote.endswith(row["title"]):
        return row["title"]  # a word that stands for the body: its own evidence shows it
    return rest


def _number(view: View, row: Row, column: str, proof: Row) -> object:
    found = view.standing(proof)
    if found is None:
        return None
    zone, at = found
    try:
        read = numbers.read(zone.text, *at)
    except numbers.Cut as error:
        return str(error)
    except ValueError:
        read = numbers.UNREAD
    return float(read.value) if column == "value" and read.value is not None else getattr(read, column)


def _says(view: View, name: str, column: str, row: Row, proof: Row) -> object:
    """What the named rule makes of a quote."""
    match proof["rule"]:
        case "family_name" | "given_name":
            quoted = row["name"].startswith if column == "family_name" else row["name"].endswith
            return _name_part(view, row, column) if quoted(proof["quote"]) and proof["quote"] == row[column] else None
        case "title_split":
            return _title(view, row, proof["quote"])
        case "number":
            return _number(view, row, column, proof)
        case "year":
            printed = dates.printed_years(proof["quote"], year=row["year"])
            told = printed[0][2] if printed and printed[0][0] == 0 else None
            return row["year"] if told == row["year"] else proof["quote"]
        case "date":
            return date_cells(view, name, row, proof).get(column)
    return None


def _rules_hold(view: View, tables: Sequence[Table] = _REGISTRIES) -> Iterator[Finding]:
    wrong: set[object] = set()  # pages whose year is not what its quote says: dates that rest on it are not to blame
    for declared in tables:
        columns = [column for column in declared.columns if column.proof == "rule" and column.has_evidence_rows]
        for row in view[declared.name] if columns else ():
            if row.get("year_basis") == "page" and view.articles[row["article_id"]]["source_id"] in wrong:
                continue
            for column in columns:
                value = row[column.name]
                for proof in view.evidence[declared.name, row[declared.key], column.name] if value is not None else ():
                    if proof["basis"] == "inferred" and proof["note"] is not None:
                        continue  # a reader's value, with the reason
                    says = _says(view, declared.name, column.name, row, proof)
                    if says != value:
                        wrong |= {row["source_id"]} if declared.name == "sources" else set()
                        found = f"{_shown(value)}: {squeeze(proof['quote'])}"
                        yield Finding(declared.name, row["row_no"], column.name, found, _shown(says))
                        break


@rule(
    "EVI009",
    "*",
    "the rule does not turn the quote into the value",
    why="A normalised value follows from its quote by a named rule, so that anybody can repeat it.",
    mend="correct the quote; where no rule can read it, write edtf: or value: with the reason under why:",
    level="requirement",
    of_registries=_rules_hold,
)
def rules_hold(view: View) -> Iterator[Finding]:
    return _rules_hold(view, TABLES)
