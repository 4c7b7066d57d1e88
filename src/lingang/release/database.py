"""All tables as one SQLite file: typed, keyed, constrained, described, with views and a search.

Text and dates (ISO 8601) are TEXT, integers and booleans (0, 1) INTEGER, lists TEXT that holds a JSON array.
Each column's meaning is a comment of its CREATE TABLE statement, so that the file explains itself (``.schema``).
The same SQLite library writes the same bytes. Reading needs SQLite 3.37 or newer (STRICT tables).
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from lingang.about import FULL
from lingang.lexicon import Lexicon
from lingang.problems import CannotRun
from lingang.release.search import SEARCHED, grams
from lingang.tables import TABLES, Column, Table, tables_in

__all__ = ["SEARCH", "Rows", "database", "table_statement", "text_literal"]

Rows = Mapping[str, Sequence[Mapping[str, object]]]

SEARCH = """
CREATE TABLE search_text (
  search_id INTEGER PRIMARY KEY, -- The row of search.
  table_name TEXT NOT NULL, -- The table that holds the text.
  record_id TEXT NOT NULL, -- The primary key of its record.
  column_name TEXT NOT NULL, -- The column that holds the text.
  text TEXT NOT NULL -- The text; of a list, one entry.
) STRICT;
-- Words of one to eight characters, written as they are: SELECT * FROM search WHERE search MATCH '会议'
CREATE VIRTUAL TABLE search USING fts5(
  text, table_name UNINDEXED, record_id UNINDEXED, column_name UNINDEXED,
  content='search_text', content_rowid='search_id', detail='none', columnsize=0
);
"""
"""What is shown is ``search_text``; what is indexed under ``text`` are the character n-grams of it."""


def text_literal(text: str) -> str:
    """Text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def _check(column: Column) -> str | None:
    name = f'"{column.name}"'
    if column.vocabulary is not None:
        return f"{name} IN ({', '.join(text_literal(word) for word in column.vocabulary.values)})"
    match column.type:
        case "bool":
            return f"{name} IN (0, 1)"
        case "date32":
            return f"{name} IS date({name}, '+0 days')"  # date() alone takes 30 February
        case "list<str>":
            return f"json_valid({name})"
        case "int32" | "float64":
            return f"{name} >= {column.minimum}" if column.minimum is not None else None
        case "str":
            return None


_KINDS = {"int32": "INTEGER", "bool": "INTEGER", "float64": "REAL"}


def _column(declared: Table, column: Column) -> str:
    kind = _KINDS.get(column.type, "TEXT")
    parts = [f'"{column.name}"', kind]
    if column.name == declared.key:
        parts.append("PRIMARY KEY")
    if not column.nullable:
        parts.append("NOT NULL")
    if check := _check(column):
        parts.append(f"CHECK ({check})")
    if column.references is not None:
        key = next(table.key for table in TABLES if table.name == column.references)
        parts.append(f'REFERENCES "{column.references}" ("{key}") DEFERRABLE INITIALLY DEFERRED')
    return " ".join(parts)


def table_statement(declared: Table) -> str:
    """The CREATE TABLE statement of a table; the meaning of each column is a comment behind it."""
    body = [(_column(declared, column), column.description) for column in declared.columns]
    for unique in declared.unique:
        quoted = ", ".join(f'"{name}"' for name in unique)
        body.append((f"UNIQUE ({quoted})", ""))
    lines = [
        f"  {text}{',' if number < len(body) else ''}{f' -- {note}' if note else ''}"
        for number, (text, note) in enumerate(body, start=1)
    ]
    return f'CREATE TABLE "{declared.name}" ( -- {declared.description}\n' + "\n".join(lines) + "\n) STRICT;\n"


def _stored(value: object) -> object:
    match value:
        case bool():
            return int(value)
        case datetime.date():
            return value.isoformat()
        case list():
            return json.dumps(value, ensure_ascii=False)
    return value


def _indexes(declared: Table) -> Iterator[str]:
    for column in declared.columns:
        if column.references is not None:
            yield f'CREATE INDEX "{declared.name}_{column.name}" ON "{declared.name}" ("{column.name}");\n'


def _searched(rows: Rows) -> Iterator[tuple[str, str, str, str]]:
    for table, columns in SEARCHED.items():
        key = next(declared.key for declared in TABLES if declared.name == table)
        for row in rows[table]:
            for column in columns:
                value = row[column]
                for text in value if isinstance(value, list) else [value]:
                    if text is not None:
                        yield table, str(row[key]), column, str(text)


def _fill(connection: sqlite3.Connection, rows: Rows, lexicon: Lexicon | None, edition: str) -> None:
    for declared in tables_in(lexicon, edition):
        connection.executescript(table_statement(declared))
        marks = ", ".join("?" * len(declared.columns))
        connection.executemany(
            f'INSERT INTO "{declared.name}" VALUES ({marks})',
            [[_stored(row[name]) for name in declared.names] for row in rows[declared.name]],
        )
    for declared in TABLES:
        connection.executescript("".join(_indexes(declared)))
    connection.executescript((files("lingang.release") / "views.sql").read_text(encoding="utf-8"))
    connection.executescript(SEARCH)
    for number, (table, record, column, text) in enumerate(_searched(rows), start=1):
        connection.execute("INSERT INTO search_text VALUES (?, ?, ?, ?, ?)", (number, table, record, column, text))
        connection.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (number, " ".join(grams(text))))
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")


def database(rows: Rows, lexicon: Lexicon | None, edition: str = FULL) -> bytes:
    """The SQLite file of the rows of every table of an edition, whose words are those of the lexicon.

    Raises ``CannotRun`` where a row breaks a constraint, or this Python's SQLite lacks FTS5 or is too old.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 4096")
        _fill(connection, rows, lexicon, edition)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise CannotRun(f"the database has {len(broken)} keys that point to nothing, the first in {broken[0][0]}")
        connection.execute("VACUUM")
        return connection.serialize()
    except sqlite3.Error as error:
        raise CannotRun(f"the SQLite file cannot be made (SQLite {sqlite3.sqlite_version}): {error}") from None
    finally:
        connection.close()
