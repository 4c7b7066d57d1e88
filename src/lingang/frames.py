"""A dataset as pandas: the tables that travel with the package, or those that ``lingang.open`` read.

pandas and pyarrow are imported by the first call that needs them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lingang.failures import naming_the_extra
from lingang.likest import likest

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import pyarrow as pa

    from lingang.about import About
    from lingang.lexicon import Lexicon

__all__ = ["Dataset", "TableName", "installed"]

_DATA = Path(str(files("lingang"))) / "data"

TableName = Literal[
    "accepted", "articles", "bylines", "campaigns", "documents", "event_campaigns", "event_links", "events",
    "evidence", "figures", "issues", "labels", "mentions", "organizations", "participations", "people", "places",
    "positions", "quotations", "readings", "segments", "sources", "words",
]  # fmt: skip
"""The names of the tables, for editors to complete."""


class Dataset:
    """One dataset: its tables, and what they are asked most. ``lingang.open`` makes one.

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
        return sorted(entry.stem for entry in _DATA.glob("*.parquet")) if self._given is None else sorted(self._given)

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
        folder = _DATA if self._origin is None else self._origin
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
            found: dict[str, Any] = json.loads((_DATA / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
            return found
        from lingang.models import table
        from lingang.models.json_schema import row_schema

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
        """The columns of a table: name, type, nullable, vocabulary, proof, references, standard, description.

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
        return pd.DataFrame(rows)

    def evidence(self, name: TableName | str, record_id: str) -> pd.DataFrame:
        """The evidence rows of one record: column, quote, basis, rule, note, and the span in code points.

        Raises ``KeyError`` for an unknown table or record.

        >>> import lingang
        >>> event = lingang.load("events")["event_id"][0]
        >>> "trigger" in set(lingang.evidence("events", event)["column_name"])
        True
        """
        frame = self.load(name)
        if not (frame[frame.columns[0]] == record_id).any():
            raise KeyError(f"no record {record_id!r} in {name}")
        rows = self.load("evidence")
        found = rows[(rows["table_name"] == name) & (rows["record_id"] == record_id)]
        return found.reset_index(drop=True)

    def _cell(self, name: str, record_id: str, column: str) -> str:
        table = self._arrow(name)
        keys = table.column(0).to_pylist()
        if record_id not in keys:
            raise KeyError(f"no record {record_id!r} in {name}; there are: {', '.join(keys)}")
        return str(table.column(column)[keys.index(record_id)].as_py())

    def text(self, article_id: str) -> str:
        """The reading text of an item: paragraphs joined by a line feed. Raises ``KeyError``.

        >>> import lingang
        >>> article = lingang.load("articles")["article_id"][0]
        >>> bool(len(lingang.text(article)) == lingang.load("articles")["char_count"][0])
        True
        """
        return self._cell("articles", article_id, "text")

    def raw(self, source_id: str | None = None) -> str:
        r"""The decoded page; with one page in the dataset its id may be left out. Raises ``KeyError``.

        >>> import lingang
        >>> source = lingang.load("sources")
        >>> bool(len(lingang.raw(source["source_id"][0])) == source["char_count"][0])
        True
        """
        sources = self._arrow("sources").column("source_id").to_pylist()
        if source_id is None and len(sources) != 1:
            raise KeyError(f"which page? there are: {', '.join(sources)}")
        return self._cell("sources", source_id or sources[0], "text")

    def export(self, fmt: str, path: str | Path) -> list[Path]:
        """Write the dataset in the format of another program, whole or not at all; returns the files, sorted.

        ``fmt`` is brat, csv, graphml, nlp, tei or web-annotation; ``path`` the file to write, or a folder, existing or
        written with an end ``/``. No file is written over: one that is there already must hold the same bytes.
        Raises ``ValueError`` for an unknown format, and ``CannotRun`` where it cannot be written.

        >>> import lingang, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [file.name for file in lingang.export("csv", f"{folder}/edges.csv")]
        ['edges.csv']
        """
        exports = import_module("lingang.exports")
        apart = [] if self._origin is None else [self._origin]
        written: list[Path] = exports.export(fmt, path, self._rows(), self._about(), apart)
        return written

    def attendance(self) -> pd.DataFrame:
        """Who took part in which event, in which role: one row a participation of a named person.

        Columns: ``event_id``, ``event_name`` (string), ``date_start`` (datetime64, NaT where no day is
        printed), ``event_kind`` (category), ``person_id``, ``name``, ``name_latin`` (string), ``role``
        (category), ``title`` (string: the titles that this item prints, joined by 、; ``<NA>``: none),
        ``list_seq`` (Int32: place in the printed list), ``list_open`` (boolean: the list ends in 等, so
        that a name missing from it says nothing). A person with two roles has two rows.

        Rows by day (days that are not printed last), event, role, place in the list.

        >>> import lingang
        >>> "role" in lingang.attendance().columns
        True
        """
        return import_module("lingang.analysis").attendance(self)  # type: ignore[no-any-return]

    def timeline(self) -> pd.DataFrame:
        """The events in the order in which they took place: one row an event.

        Columns: ``event_id``, ``name`` (string), ``kind``, ``status`` (category), ``date_start``,
        ``date_end`` (datetime64), ``date_raw`` (string), ``date_precision``, ``day_part`` (category),
        ``organizers``, ``sites``, ``about`` (tuples: names of the registry, what it was about as
        printed), ``order_basis`` (category: ``date``, a day is printed; ``link``, a ``precedes``,
        ``selects_for`` or ``part_of`` puts it there; ``none``, nothing does).

        An event without a printed day (近日) stands just before the event that it precedes or selects for,
        or after the event that it follows or is part of; the rest stand at the end. No day is guessed.

        >>> import lingang
        >>> len(lingang.timeline()) == len(lingang.load("events"))
        True
        """
        return import_module("lingang.analysis").timeline(self)  # type: ignore[no-any-return]

    def network(self) -> nx.MultiGraph[str]:
        """People and events as a bipartite multigraph: one edge a participation, its key the role.

        Nodes are ``person_id`` with ``bipartite=0``, ``name``, ``name_latin``, ``public_role``, and
        ``event_id`` with ``bipartite=1``, ``name``, ``kind``, ``date_start`` (ISO 8601, where a day is
        printed). Edges have ``role``, and ``list_seq`` and ``list_open`` where the name stands in a list.
        Every person and event is a node, also without an edge. Who met whom:
        ``networkx.bipartite.weighted_projected_graph(networkx.Graph(network()), people)``.

        Raises ``ModuleNotFoundError`` without networkx.

        >>> import lingang
        >>> lingang.network().number_of_edges() == len(lingang.attendance())
        True
        """
        return import_module("lingang.analysis").network(self)

    def show(self, record_id: str, *, colour: bool = False) -> str | None:
        """A record and its evidence in context, as text; ``None`` where no record has the id or the name.

        >>> import lingang
        >>> event = lingang.load("events")["event_id"][0]
        >>> lingang.show(event).startswith(f"events {event}")
        True
        """
        return import_module("lingang.show").show(self, record_id, colour=colour)  # type: ignore[no-any-return]

    def find(self, text: str) -> pd.DataFrame:
        """Where a text stands in the words of the dataset: one row a cell that holds it.

        Columns: ``table_name``, ``record_id``, ``column_name``, ``start`` (code points of the cell's text, white
        space removed), ``around`` (the text with 12 code points on either side). Case and white space do not count;
        two Chinese characters are enough, Latin names and translations are found too. Raises ``ValueError`` for
        nothing but white space.

        >>> import lingang
        >>> name = lingang.load("people")["name"][0]
        >>> "people" in set(lingang.find(name)["table_name"])
        True
        """
        return import_module("lingang.show").find(self, text)  # type: ignore[no-any-return]

    def explore(self, path: str | Path = "explore.html", *, lang: Literal["en", "zh"] = "en") -> Path:
        """Write the dataset as one HTML file that opens from disk, without a network; returns its path.

        No file is written over: one that is there already must hold the same bytes. Needs ``lingang[validate]``.
        Raises ``CannotRun`` where it cannot be written, and ``Refused`` where what was opened has errors.

        >>> import lingang, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     lingang.explore(f"{folder}/explore.html").name
        'explore.html'
        """
        return import_module("lingang.explore").write(self, Path(path), lang)  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def installed() -> Dataset:
    """The dataset that travels with the package."""
    about = _DATA / "about.json"
    return Dataset(None, json.loads(about.read_text(encoding="utf-8")) if about.is_file() else {})


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
