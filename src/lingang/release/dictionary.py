"""``DATA_DICTIONARY.md``: every table, column, type, word, meaning, proof, standard, with an example."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence

from lingang.about import About
from lingang.lexicon import Lexicon
from lingang.release.markdown import cell, code, grid
from lingang.tables import Column, Table, tables_in

__all__ = ["DICTIONARY", "dictionary"]

DICTIONARY = "DATA_DICTIONARY.md"
_SHOWN = 40
"""Characters of a value that are shown."""

_PROOFS = [
    ("quote", "equal to the quoted text, white space left out"),
    ("key", "the quote holds a mention of the record that is pointed to, or a stand-in whose antecedent is given"),
    ("cue", "the quote holds a word that stands for the value"),
    ("rule", "a named rule turns the quote into the value"),
    ("composed", "the printed parts, joined in order"),
    ("judged", "a reader's decision; a note gives the reason"),
    ("derived", "computed from other cells"),
    ("none", "an id, a number or a remark of the editors"),
]

Rows = Mapping[str, Sequence[Mapping[str, object]]]


def _example(column: Column, rows: Sequence[Mapping[str, object]]) -> str:
    """The first filled cell in key order, shortened to its beginning."""
    value = next((row[column.name] for row in rows if row[column.name] not in (None, [])), None)
    match value:
        case None:
            return "*(empty in this version)*"
        case bool() | list():
            text = json.dumps(value, ensure_ascii=False)
        case datetime.date():
            text = value.isoformat()
        case _:
            text = str(value)
    return code(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def _type(column: Column) -> str:
    text = code(column.type)
    if column.references is not None:
        text += f" → [{column.references}](#{column.references})"
    return text + (" or null" if column.nullable else "")


def _table(declared: Table, rows: Sequence[Mapping[str, object]]) -> str:
    parts = [f"## {declared.name}\n\n{declared.title}. {cell(declared.description)}\n\n"]
    facts = [f"Primary key: `{declared.key}`."]
    if declared.unique:
        unique = ["(" + ", ".join(f"`{name}`" for name in names) + ")" for names in declared.unique]
        facts.append(f"Unique: {'; '.join(unique)}.")
    if declared.standard:
        facts.append(f"Standard: {cell(declared.standard)}.")
    facts.append(f"Rows: {len(rows)}.")
    parts.append(" ".join(facts) + "\n\n")
    parts.append(
        grid(
            ("column", "type", "meaning", "proof", "standard", "example"),
            [
                (
                    code(column.name),
                    _type(column),
                    cell(column.description),
                    column.proof,
                    cell(column.standard or ""),
                    _example(column, rows),
                )
                for column in declared.columns
            ],
        )
    )
    for column in declared.columns:
        if column.vocabulary is not None:
            parts.append(f"\nWords of `{column.name}`:\n\n")
            words = [(code(w.value), cell(w.label_en), w.label_zh, cell(w.definition)) for w in column.vocabulary.words]
            parts.append(grid(("word", "English", "Chinese", "definition"), words))
    return "".join(parts)


def dictionary(rows: Rows, about: About, lexicon: Lexicon | None) -> bytes:
    """The document for the rows of every table, whose words are those of the lexicon."""
    declarations = tables_in(lexicon, about.edition)
    head = (
        f"# Data dictionary\n\nOf {about.name} {about.version}; made from the declarations of the tables by "
        "`lingang`, not edited by hand. How values were decided: `CODEBOOK.md` and "
        "`CASES.md`, where they stand (of a root, in `dataset/` or `docs/`).\n\n"
        "In JSON Lines an empty cell is `null`, a date ISO 8601, a list an array; in CSV an empty cell "
        "is empty and a list is joined by `|`; in SQLite a boolean is 0 or 1 and a list a JSON array. Positions count "
        "Unicode code points from 0, `[start, end)`; lines count from 1.\n\n"
        "A column's proof says what every build recomputes from the page:\n\n"
    )
    proofs = grid(("proof", "what is recomputed"), [(code(name), what) for name, what in _PROOFS])
    tables = ", ".join(f"[{declared.name}](#{declared.name})" for declared in declarations)
    body = "\n".join(_table(declared, rows[declared.name]) for declared in declarations)
    return f"{head}{proofs}\nTables: {tables}.\n\n{body}".encode()
