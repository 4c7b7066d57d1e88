"""The tables of a dataset as pandas: those that travel with the package, or those that ``lingang.open`` read.

pandas and pyarrow are imported by the first call that needs them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lingang.about import FACTS, INSTALLED, edition_of
from lingang.failures import naming_the_extra
from lingang.problems import CannotRun
from lingang.text.likest import likest

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from lingang.about import About
    from lingang.lexicon import Lexicon

__all__ = ["Loaded", "TableName"]

TableName = Literal[
    "accepted", "articles", "bylines", "campaigns", "documents", "event_campaigns", "event_links", "events",
    "evidence", "figures", "issues", "labels", "mentions", "organizations", "participations", "people", "places",
    "positions", "quotations", "readings", "segments", "sources", "words",
]  # fmt: skip
"""The names of the tables, for editors to complete."""


class Loaded:
    """The tables of one dataset, and how they are declared.

    ``path`` is where it was opened, ``None`` for the installed data. Frames are new at each call: to change one
    changes nothing else.
    """

    def __init__(
        self,
        tables: Mapping[str, pa.Table] | None,
        facts: Mapping[str, Any],
        path: Path | None = None,
        lexicon: Lexicon | None = None,
    ) -> None:
        self._given = tables
        self._facts = dict(facts)
        self._origin = path
        self._lexicon = lexicon
        self._read: dict[str, pa.Table] = {}

    def __repr__(self) -> str:
        name = self._facts.get("title") or self._facts.get("name") or "a dataset"
        version = f", version {self.version}" if self.version else ""
        return f"<lingang.Dataset {name}{version}: {len(self.tables())} tables>"

    @property
    def version(self) -> str | None:
        """The version of the data, as ``about`` states it.

        >>> import lingang
        >>> lingang.open().version == lingang.load("events").attrs["version"]
        True
        """
        found = self._facts.get("version")
        return None if found is None else str(found)

    def tables(self) -> list[str]:
        """The names of the tables, in alphabetical order.

        >>> import lingang
        >>> "events" in lingang.tables()
        True
        """
        return (
            sorted(entry.stem for entry in INSTALLED.glob("*.parquet")) if self._given is None else sorted(self._given)
        )

    def _known(self, name: str) -> str:
        known = self.tables()
        if name in known:
            return name
        meant = likest(str(name).lower(), known)
        proposed = f"; did you mean {meant!r}?" if meant else ""
        raise KeyError(f"no table {name!r}; the tables are: {', '.join(known)}{proposed}")

    def path(self, name: TableName | str) -> Path:
        """The Parquet file of a table, for polars, DuckDB or whatever else reads it.

        Raises ``KeyError`` for an unknown table, with the known ones, and ``LookupError`` where the table has no such
        file of its own (a root, an archive, a folder of tables).

        >>> import lingang
        >>> lingang.path("events").name
        'events.parquet'
        """
        folder = INSTALLED if self._origin is None else self._origin
        found = folder / f"{self._known(name)}.parquet"
        if not found.is_file():
            raise LookupError(f"{folder} has no file {found.name}; lingang build publishes one")
        return found

    def schema(self, name: TableName | str) -> dict[str, Any]:
        """The JSON Schema (2020-12) of a row of the table, as published; or of an authored file.

        Those are ``authored/`` with about, article, campaigns, labels, lexicon, organizations, people, places, sources
        or verification, with the words of this dataset. Raises ``KeyError`` for any other name.

        >>> import lingang
        >>> lingang.schema("events")["x-primary-key"]
        'event_id'
        >>> lingang.schema("authored/people")["additionalProperties"]
        False
        """
        kind, _, file = name.rpartition("/")
        if kind == "authored":
            with naming_the_extra("a schema of an authored file"):
                from lingang.editor import authored_schema
            return authored_schema(file, lexicon=self._lexicon)
        self._known(name)
        if self._given is None:
            found: dict[str, Any] = json.loads(
                (INSTALLED / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
            )
            return found
        from lingang.tables import table
        from lingang.tables.json_schema import row_schema

        return row_schema(table(name), self._facts.get("base"), self._lexicon)

    def _arrow(self, name: str) -> pa.Table:
        if name not in self._read:
            self._known(name)
            if self._given is None:
                import pyarrow.parquet as pq

                self._read[name] = pq.ParquetFile(self.path(name)).read()
            else:
                self._read[name] = self._given[name]
        return self._read[name]

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of every table as Python values."""
        return {name: self._arrow(name).to_pylist() for name in self.tables()}

    def _about(self) -> About | None:
        from lingang.about import About

        return About.if_whole(self._facts)

    def load(self, name: TableName | str, *, lists: Literal["tuple", "arrow"] = "tuple") -> pd.DataFrame:
        """A table as a DataFrame, one row a record, in key order.

        Text is ``string``; vocabularies are ``category`` with every word of the vocabulary, in its order; dates are
        ``datetime64``; integers ``Int32``, numbers ``Float64`` and booleans ``boolean``, with ``<NA>`` for what the
        page does not say; lists are tuples of ``str``, or Arrow lists with ``lists="arrow"``. ``.attrs`` holds the
        table's name and description and the version of the dataset.

        Raises ``KeyError`` for an unknown table, with the known ones.

        >>> import lingang
        >>> people = lingang.load("people")
        >>> people["person_id"].is_unique
        True
        """
        import pandas as pd

        table = self._arrow(name)
        frame: pd.DataFrame = table.to_pandas(types_mapper=_types(lists), date_as_object=False)
        if lists == "tuple":
            for field in table.schema:
                if str(field.type).startswith("list"):
                    frame[field.name] = _tuples(table.column(field.name).to_pylist(), frame.index)
        for column, declared in self.schema(name)["properties"].items():
            if "x-words" in declared and column in frame:
                words = list(declared["x-words"])
                others = sorted(set(frame[column].dropna()) - set(words))
                frame[column] = pd.Categorical(frame[column], categories=[*words, *others])
        described = (table.schema.metadata or {}).get(b"description", b"").decode()
        frame.attrs = {"table": name, "description": described, "version": self.version}
        return frame

    def describe(self, name: TableName | str) -> pd.DataFrame:
        """The columns of a table: name, type, nullable, vocabulary, proof, references, standard, description (text).

        Raises ``KeyError`` for an unknown table, with the known ones.

        >>> import lingang
        >>> lingang.describe("events")["column"][0]
        'event_id'
        """
        import pandas as pd

        rows = [
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
            for column, declared in self.schema(name)["properties"].items()
        ]
        return pd.DataFrame(rows).astype({name: "string" for name in rows[0] if name != "nullable"})

    def _cell(self, name: str, record_id: str, column: str) -> str:
        table = self._arrow(name)
        keys = table.column(0).to_pylist()
        if record_id not in keys:
            raise KeyError(f"no record {record_id!r} in {name}; there are: {', '.join(keys)}")
        return str(table.column(column)[keys.index(record_id)].as_py())

    def _need_texts(self) -> None:
        if edition_of(self._facts) == FACTS:
            raise CannotRun("the edition facts holds no text of the page; open the full edition for it")

    def text(self, article_id: str) -> str:
        """The reading text of an item: paragraphs joined by a line feed. Raises ``KeyError``.

        >>> import lingang
        >>> article = lingang.load("articles")["article_id"][0]
        >>> bool(len(lingang.text(article)) == lingang.load("articles")["char_count"][0])
        True
        """
        self._need_texts()
        return self._cell("articles", article_id, "text")

    def raw(self, source_id: str | None = None) -> str:
        r"""The decoded page; with one page in the dataset its id may be left out. Raises ``KeyError``.

        >>> import lingang
        >>> source = lingang.load("sources")
        >>> bool(len(lingang.raw(source["source_id"][0])) == source["char_count"][0])
        True
        """
        self._need_texts()
        sources = self._arrow("sources").column("source_id").to_pylist()
        if source_id is None and len(sources) != 1:
            raise KeyError(f"which page? there are: {', '.join(sources)}")
        return self._cell("sources", source_id or sources[0], "text")


def _types(lists: str) -> Callable[[pa.DataType], Any]:
    import pandas as pd
    import pyarrow as pa

    plain = {
        pa.int32(): pd.Int32Dtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(),
    }

    def of(arrow: pa.DataType) -> Any:
        return pd.ArrowDtype(arrow) if pa.types.is_nested(arrow) and lists == "arrow" else plain.get(arrow)

    return of


def _tuples(values: list[list[str] | None], index: pd.Index) -> pd.Series:
    """A column of tuples: what pandas' own writers, ``groupby`` and ``drop_duplicates`` can carry."""
    import pandas as pd

    return pd.Series([tuple(value or ()) for value in values], index=index, dtype="object")
