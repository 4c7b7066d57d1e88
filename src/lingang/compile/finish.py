"""The last step: cells that follow from others are filled, and each ``cue`` cell says on what it rests."""

from __future__ import annotations

from collections import defaultdict

from lingang.compile.dating import read_dates
from lingang.compile.entry import Entry
from lingang.compile.rows import Row, Rows
from lingang.lexicon import Lexicon
from lingang.tables import TABLES, Column, Table, table
from lingang.tables.computed import COMPUTED
from lingang.tables.content import READ, content
from lingang.tables.told import Told, basis, default_of, of_cell, of_name
from lingang.tables.view import View
from lingang.text.page import Page

__all__ = ["finish"]

_OTHER = "other"


def finish(rows: Rows, lexicon: Lexicon, dated: dict[str, tuple[Entry, Page]]) -> None:
    """Fill what a name or other cells tell, unless it is written; then the basis of every ``cue``."""
    proofs: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows["evidence"]:
        values = row.values
        proofs[str(values["table_name"]), str(values["record_id"]), str(values["column_name"])].append(row)
    _touch(rows)
    view = _view(rows, lexicon)
    read_dates(rows, view, dated)
    _compute(rows, lexicon, [cell for cell in COMPUTED if cell[1] == "quotation_id"])
    view = _view(rows, lexicon)
    for declared in TABLES:
        for column in declared.columns:
            if column.proof == "cue":
                for row in rows[declared.name]:
                    _tell(rows, view, declared, column, row, proofs)
    _compute(rows, lexicon, [cell for cell in COMPUTED if cell[1] != "quotation_id"])
    _tell_current(rows)


def _compute(rows: Rows, lexicon: Lexicon, cells: list[tuple[str, str]]) -> None:
    for name, column in cells:
        computed = COMPUTED[name, column](_view(rows, lexicon))
        for row in rows[name]:
            _fill(rows, row, column, computed[row.id])


def _view(rows: Rows, lexicon: Lexicon) -> View:
    return View(lambda name: [row.values for row in rows[name]], lexicon)


def _touch(rows: Rows) -> None:
    """The table of the record that an oddity touches: that of the id."""
    ids = {row.id: name for name in READ for row in rows[name]}
    for row in rows["issues"]:
        touched = row.values["record_id"]
        if touched is not None:
            row.values["table_name"] = ids.get(str(touched), "events")


def _tell(
    rows: Rows, view: View, declared: Table, column: Column, row: Row, proofs: dict[tuple[str, str, str], list[Row]]
) -> None:
    cell = (declared.name, row.id, column.name)
    own = proofs[cell]
    if column.told == "name" and column.vocabulary is not None:
        _rest_on_what_tells(rows, view, column, row, proofs)
    if row.values[column.name] is None and column.told in ("name", "number"):
        told = of_cell(view, declared, column, row.values, [proof.values for proof in own])
        row.values[column.name] = default_of(view, column) if told.first is None else told.first
    if row.values[column.name] is None:
        return
    told = of_cell(view, declared, column, row.values, [proof.values for proof in own])
    default = default_of(view, column)
    if row.values[column.name] == _OTHER and not row.written(column.name):
        default = None  # what nothing tells and nobody wrote is no reading of the page
    for proof in own:
        note = proof.values["note"]
        proof.values["basis"] = basis(row.values[column.name], told, default, str(note) if note is not None else None)


def _rest_on_what_tells(
    rows: Rows, view: View, column: Column, row: Row, proofs: dict[tuple[str, str, str], list[Row]]
) -> None:
    """Let the evidence of a kind quote the first of the names that tells it, where the name itself tells nothing."""
    assert column.vocabulary is not None
    for teller in column.tellers:
        text = row.values.get(teller)
        found = of_name(view, column.vocabulary.name, str(text)) if text else Told()
        if not found.values or row.values[column.name] not in (None, *found.values):
            continue
        theirs = proofs[row.table, row.id, teller]
        own = proofs[row.table, row.id, column.name]
        if teller != column.tellers[0] and theirs and own:
            for key in ("raw_start", "raw_end", "quote", "source_id", "article_id"):
                own[0].values[key] = theirs[0].values[key]
            for more in own[1:]:
                rows["evidence"].remove(more)
            del own[1:]
        return


def _fill(rows: Rows, row: Row, column: str, computed: object) -> None:
    """Take what is computed, unless the author wrote something else, or says why: then the cell rests on the author."""
    if not row.written(column):
        row.values[column] = None if isinstance(computed, frozenset) else computed
        return
    if row.values[column] == computed and column not in row.reasons:
        return
    where = row if "raw_start" in row.values and row.values["raw_start"] is not None else _witness(rows, row)
    if where is not None:
        _overrule(rows, row, column, where)


def _witness(rows: Rows, row: Row) -> Row | None:
    """A place on which a record rests: its first evidence, its first mention, or its first segment."""
    for proof in rows["evidence"]:
        if proof.values["table_name"] == row.table and proof.values["record_id"] == row.id:
            return proof
    for mention in rows["mentions"]:
        if mention.values["entity_table"] == row.table and mention.values["entity_id"] == row.id:
            return mention
    return next((segment for segment in rows["segments"] if segment.values["article_id"] == row.id), None)


def _overrule(rows: Rows, row: Row, column: str, where: Row) -> None:
    reason = row.reasons.get(column)
    article = where.values.get("article_id")
    source = where.values.get("source_id") or next(
        known.values["source_id"] for known in rows["articles"] if known.id == article
    )
    quote = where.values.get("quote") or where.values.get("surface") or where.values.get("text")
    slug = f"{row.table}-{row.id}-{column}".replace("_", "-")
    rows.add(
        "evidence",
        row.where(column),
        {
            "evidence_id": f"{slug}-01",
            "table_name": row.table,
            "record_id": row.id,
            "column_name": column,
            "source_id": source,
            "article_id": article,
            "raw_start": where.values["raw_start"],
            "raw_end": where.values["raw_end"],
            "quote": quote,
            "basis": "inferred" if reason else "read",
            "note": reason,
        },
    )


def _tell_current(rows: Rows) -> None:
    """Which readings are of a record as it is now; of doubles the first counts."""
    read = {(row.values["table_name"], row.values["record_id"]) for row in rows["readings"]}
    now = {
        (name, row.id): content(table(name), row.values)
        for name in READ
        for row in reversed(rows[name])
        if (name, row.id) in read
    }
    for row in rows["readings"]:
        values = row.values
        values["current"] = now.get((str(values["table_name"]), str(values["record_id"]))) == values["content"]
