"""What rests on which words: every proven value as a flat row; and the words and translations of a dataset."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lingang.dataset.show import around, matching, shown
from lingang.text.page import squeeze

if TYPE_CHECKING:
    import pandas as pd

    from lingang.dataset.loading import Loaded

__all__ = ["claims", "evidence", "labels", "proven", "words"]

_COLUMNS: dict[str, Any] = {
    **dict.fromkeys(["table_name", "record_id", "column_name", "value", "basis", "rule", "reason"], "string"),
    **dict.fromkeys(["quote", "before", "after"], "string"),
    "line": "Int32",
    **dict.fromkeys(["source_id", "article_id"], "string"),
    **dict.fromkeys(["text_start", "text_end", "raw_start", "raw_end"], "Int32"),
    "evidence_id": "string",
}

Record = tuple[str, str]


def _key(row: dict[str, Any]) -> str:
    return str(next(iter(row.values())))


def _pointing(data: Loaded, records: Collection[Record]) -> Iterator[Record]:
    """The records that point to one of these by a foreign key, or that name it."""
    for name in data.tables():
        declared = data.schema(name)["properties"]
        columns = {column: told["x-references"] for column, told in declared.items() if told.get("x-references")}
        for row in data._arrow(name).to_pylist():
            targets = {(table, row[column]) for column, table in columns.items()}
            targets.add((row.get("entity_table", ""), row.get("entity_id")))
            if not targets.isdisjoint(records):
                yield name, _key(row)


def _asked(data: Loaded, name: str | None, record_id: str | None, deep: bool) -> set[Record] | None:
    """The records that are meant; ``None``: all. Raises ``KeyError``."""
    if name is None and record_id is None:
        return None
    if name in data.tables() or record_id is not None:
        keys = {str(key) for key in data._arrow(data._known(str(name))).column(0).to_pylist()}
        if record_id is not None and record_id not in keys:
            raise KeyError(f"no record {record_id!r} in {name}")
        found = {(str(name), key) for key in keys if record_id in (None, key)}
    else:
        found = {(table, _key(row)) for table, row in matching(data._rows(), str(name))}
        if not found:
            raise KeyError(f"{name!r} is no table, and no record has it as id or name")
    return found | set(_pointing(data, found)) if deep else found


def evidence(data: Loaded, name: str, record_id: str | None, deep: bool) -> pd.DataFrame:
    """See ``Dataset.evidence``."""
    asked = _asked(data, name, record_id, deep)
    rows = data.load("evidence")
    kept = [asked is None or pair in asked for pair in zip(rows["table_name"], rows["record_id"], strict=True)]
    return rows[kept].reset_index(drop=True)


def proven(value: object, quote: str) -> str:
    """A value as text; of a list the entry that a quote proves, else all."""
    if isinstance(value, list):
        return "、".join([str(entry) for entry in value if squeeze(str(entry)) == quote] or map(str, value))
    return shown(value)


def _rows(data: Loaded, asked: set[Record] | None) -> Iterator[dict[str, Any]]:
    corpus = import_module("lingang.exports.corpus").Corpus(data._rows())
    items = {item.id: item for item in corpus.items}
    for row in corpus.rows("evidence"):
        record = (row["table_name"], row["record_id"])
        if asked is not None and record not in asked:
            continue
        page, start, end = corpus.pages[row["source_id"]], row["raw_start"], row["raw_end"]
        before, after = around(page.text, start, end)
        span = items[row["article_id"]].span(row) if row["article_id"] is not None else None
        value = corpus.get(*record)[row["column_name"]]
        yield {
            **row,
            "value": None if value is None else proven(value, row["quote"]),
            "reason": row["note"],
            "before": before,
            "after": after,
            "line": page.line_of(start),
            "text_start": None if span is None else span[0],
            "text_end": None if span is None else span[1],
        }


def claims(data: Loaded, name: str | None, record_id: str | None, deep: bool) -> pd.DataFrame:
    """See ``Dataset.claims``."""
    import pandas as pd

    rows = list(_rows(data, _asked(data, name, record_id, deep)))
    columns = {column: pd.Series([row[column] for row in rows], dtype=dtype) for column, dtype in _COLUMNS.items()}
    frame = pd.DataFrame(columns)
    frame["basis"] = frame["basis"].astype(data.load("evidence")["basis"].dtype)
    return frame


def words(data: Loaded, name: str | None, column: str | None) -> pd.DataFrame:
    """See ``Dataset.words``."""
    frame = data.load("words")
    if name is None:
        return frame
    vocabulary = name if column is None else _vocabulary(data, name, column)
    known = sorted(set(frame["vocabulary"]))
    if vocabulary not in known:
        raise KeyError(f"no vocabulary {vocabulary!r}; there are: {', '.join(known)}")
    return frame[frame["vocabulary"] == vocabulary].sort_values("position", ignore_index=True)


def _vocabulary(data: Loaded, name: str, column: str) -> str:
    """The vocabulary of a column."""
    from lingang.tables import table

    columns = {declared.name: declared.vocabulary for declared in table(data._known(name)).columns}
    told = [own for own, vocabulary in columns.items() if vocabulary is not None]
    vocabulary = columns.get(column)
    if vocabulary is None:
        raise KeyError(f"{name} has no vocabulary in {column!r}; it has them in: {', '.join(told) or 'no column'}")
    return str(vocabulary.name)


def labels(data: Loaded, name: str | None, language: str) -> pd.DataFrame:
    """See ``Dataset.labels``."""
    import pandas as pd

    asked = data.tables() if name is None else [data._known(name)]
    own: dict[tuple[str, str, str], str] = {}
    printed: dict[str, str] = {}
    for row in data._arrow("labels").to_pylist():
        if row["language"] == language and row["value"] is not None:
            printed[row["value"]] = row["text"]
        elif row["language"] == language:
            own[row["table_name"], row["record_id"], row["column_name"]] = row["text"]
    rows = [
        (table, _key(row), column, entry, language, text)
        for table in asked
        if table not in ("labels", "words", "evidence", "mentions", "segments")
        for row in data._arrow(table).to_pylist()
        for column, value in row.items()
        for entry in (value if isinstance(value, list) else [value])
        if isinstance(entry, str) and (text := own.get((table, _key(row), column)) or printed.get(entry))
    ]
    columns = ["table_name", "record_id", "column_name", "value", "language", "text"]
    return pd.DataFrame(rows, columns=columns, dtype="string")
