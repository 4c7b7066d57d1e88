"""The tables as pandas: reads the published files that travel with the package, and nothing else.

pandas and pyarrow are imported by the first call that needs them.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["describe", "evidence", "load", "path", "raw", "schema", "tables", "text"]

_DATA = Path(str(files("lingang"))) / "data"


def tables() -> list[str]:
    """The names of the tables, in the order of their files."""
    return sorted(entry.stem for entry in _DATA.glob("*.parquet"))


def path(name: str) -> Path:
    """The Parquet file of a table, for polars, DuckDB or whatever else reads it.

    Raises ``KeyError`` for an unknown table; the message lists the known ones.
    """
    found = _DATA / f"{name}.parquet"
    if name not in tables():
        raise KeyError(f"no table {name!r}; the tables are: {', '.join(tables())}")
    return found


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a row of the table, as published; or of an authored file, with the words that ship.

    >>> lingang.schema("authored/people")["additionalProperties"]
    False

    The authored files are about, article, campaigns, labels, lexicon, organizations, people, places, sources and
    verification; their schemas need ``lingang[validate]`` (``ModuleNotFoundError``). Raises ``KeyError`` for any other
    name.
    """
    kind, _, file = name.rpartition("/")
    if kind == "authored":
        return _authored(file)
    path(name)
    text = (_DATA / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _authored(file: str) -> dict[str, Any]:
    try:
        from lingang.authored.editor import authored_schema
    except ModuleNotFoundError as error:
        message = f"schemas of authored files need {error.name}; install it with: pip install 'lingang[validate]'"
        raise ModuleNotFoundError(message, name=error.name) from None
    return authored_schema(file)


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    about = _DATA / "about.json"
    found: dict[str, Any] = json.loads(about.read_text(encoding="utf-8")) if about.is_file() else {}
    return found


@lru_cache(maxsize=32)
def _arrow(name: str) -> pa.Table:
    import pyarrow.parquet as pq

    return pq.ParquetFile(path(name)).read()


def _pandas_type(arrow: pa.DataType) -> Any:
    import pandas as pd
    import pyarrow as pa

    if pa.types.is_nested(arrow):
        return pd.ArrowDtype(arrow)
    return {
        pa.int32(): pd.Int32Dtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(),
    }.get(arrow)


def load(name: str) -> pd.DataFrame:
    """A table as a DataFrame, one row a record, in key order.

    Text is ``string``; vocabularies are ``category`` with every word of the vocabulary, in its
    order; dates are ``datetime64``; integers ``Int32``, numbers ``Float64`` and booleans ``boolean``, with
    ``<NA>`` for what the page does not say; lists are Arrow lists. ``.attrs`` holds the table's
    name and description and the version of the dataset, as ``about.json`` beside the tables states it.

    Raises ``KeyError`` for an unknown table; the message lists the known ones.
    """
    import pandas as pd

    table = _arrow(name)
    frame: pd.DataFrame = table.to_pandas(types_mapper=_pandas_type, date_as_object=False)
    for field in table.schema:
        words = (field.metadata or {}).get(b"vocabulary")
        if words is not None:
            frame[field.name] = pd.Categorical(frame[field.name], categories=words.decode().split(" "))
    described = (table.schema.metadata or {}).get(b"description", b"").decode()
    frame.attrs = {"table": name, "description": described, "version": _facts().get("version")}
    return frame


def describe(name: str) -> pd.DataFrame:
    """The columns of a table: name, type, nullable, vocabulary, proof, description, standard."""
    import pandas as pd

    rows = []
    for column, declared in schema(name)["properties"].items():
        rows.append(
            {
                "column": column,
                "type": declared["x-type"],
                "nullable": "null" in declared["type"],
                "vocabulary": ", ".join(declared.get("x-words", {})) or None,
                "proof": declared["x-proof"],
                "references": declared.get("x-references"),
                "standard": declared.get("x-standard"),
                "description": declared["description"],
            }
        )
    return pd.DataFrame(rows)


def evidence(name: str, record_id: str) -> pd.DataFrame:
    """The evidence rows of one record: column, quote, basis, rule, note, and the span in code points.

    Raises ``KeyError`` for an unknown table or record.
    """
    frame = load(name)
    if not (frame[frame.columns[0]] == record_id).any():
        raise KeyError(f"no record {record_id!r} in {name}")
    rows = load("evidence")
    found = rows[(rows["table_name"] == name) & (rows["record_id"] == record_id)]
    return found.reset_index(drop=True)


def _cell(name: str, record_id: str, column: str) -> str:
    for row in _arrow(name).select([0, *[_arrow(name).schema.get_field_index(column)]]).to_pylist():
        if next(iter(row.values())) == record_id:
            return str(row[column])
    known = ", ".join(_arrow(name).column(0).to_pylist())
    raise KeyError(f"no record {record_id!r} in {name}; there are: {known}")


def text(article_id: str) -> str:
    """The reading text of an item: paragraphs joined by a line feed. Raises ``KeyError``."""
    return _cell("articles", article_id, "text")


def raw(source_id: str | None = None) -> str:
    """The decoded page; with one page in the dataset its id may be left out. Raises ``KeyError``."""
    sources = _arrow("sources").column("source_id").to_pylist()
    if source_id is None and len(sources) != 1:
        raise KeyError(f"which page? there are: {', '.join(sources)}")
    return _cell("sources", source_id or sources[0], "text")
