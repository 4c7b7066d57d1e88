"""A dataset, and what it is asked most. pandas and pyarrow are imported by the first call that needs them."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lingang.about import INSTALLED
from lingang.dataset.loading import Loaded, TableName

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from lingang.dataset.show import Shown

__all__ = ["Dataset", "Kind", "Status", "TableName", "installed"]

Status = Literal["occurred", "ongoing", "planned", "background"]
"""Whether an event took place."""

Kind = Literal["person", "organization", "place", "group"]
"""What takes part in an event."""


class Dataset(Loaded):
    """One dataset: its tables, and what they are asked most. ``lingang.open`` makes one.

    ``path`` is where it was opened, ``None`` for the installed data. Frames are new at each call: to change one
    changes nothing else.
    """

    def _repr_html_(self) -> str:
        return import_module("lingang.dataset.show").dataset_html(self)  # type: ignore[no-any-return]

    def attendance(
        self,
        *,
        status: Status | Collection[Status] | None = "occurred",
        kind: Kind | Collection[Kind] | None = "person",
    ) -> pd.DataFrame:
        """Who took part in which event that took place, in which role: one row a participation of a named person.

        Events that are only planned, that go on, or that an item only refers to are left out: ``status`` takes one of
        these, several, or ``None`` for all. So does ``kind``: person, organization, place, group (described, not
        named). Raises ``ValueError`` for another word, with those that there are.

        Columns: ``event_id``, ``event_name`` (string), ``date_start`` (datetime64, NaT where no day is
        printed), ``event_kind``, ``status`` (category), ``date_edtf`` (string: ``2024?-03-02``, where ? says that the
        year is printed elsewhere), ``year_basis`` (category), ``article_id`` (string), ``participant_kind`` (category),
        ``person_id``, ``organization_id``, ``place_id``, ``name`` (of a group as printed), ``name_latin`` (string),
        ``role`` (category), ``title`` (string: the titles that this item prints, joined by 、; ``<NA>``: none),
        ``award`` (string: what was won), ``list_seq`` (Int32: place in the printed list), ``list_open`` (boolean: the
        list ends in 等, so that a name missing from it says nothing). A person with two roles has two rows.

        Rows by day (days that are not printed last), event, role, place in the list.

        >>> import lingang
        >>> set(lingang.attendance()["status"])
        {'occurred'}
        >>> bool(len(lingang.attendance(kind=None)) > len(lingang.attendance()))
        True
        """
        return import_module("lingang.dataset.analysis").attendance(self, status, kind)  # type: ignore[no-any-return]

    def timeline(self, *, status: Status | Collection[Status] | None = "occurred") -> pd.DataFrame:
        """The events that took place, in the order in which they did: one row an event.

        Events that are only planned, that go on, or that an item only refers to are left out: ``status`` takes one of
        these, several, or ``None`` for all. Raises ``ValueError`` for another word.

        Columns: ``event_id``, ``name`` (string), ``kind``, ``status`` (category), ``date_start``,
        ``date_end`` (datetime64), ``date_raw``, ``date_edtf`` (string), ``date_precision``, ``year_basis``,
        ``day_part`` (category), ``article_id`` (string), ``organizers``, ``sites``, ``about`` (tuples: names of the
        registry, what it was about as printed), ``order_basis`` (category: ``date``, a day is printed; ``link``, a
        ``precedes``, ``selects_for``, ``follows`` or ``part_of`` puts it there; ``none``, nothing does).

        An event without a printed day (近日) stands just before the event that it precedes or selects for,
        or after the event that it follows or is part of; the rest stand at the end. No day is guessed.

        >>> import lingang
        >>> len(lingang.timeline(status=None)) == len(lingang.load("events"))
        True
        """
        return import_module("lingang.dataset.analysis").timeline(self, status)  # type: ignore[no-any-return]

    def network(
        self,
        *,
        status: Status | Collection[Status] | None = "occurred",
        kind: Kind | Collection[Kind] | None = "person",
    ) -> nx.MultiGraph[str]:
        """Who took part in the events that took place, as a bipartite multigraph: one edge a row of ``attendance()``.

        ``status`` and ``kind`` are those of ``attendance``. The nodes, those that an edge reaches, are ``people/<id>``,
        ``organizations/<id>``, ``places/<id>`` and, for a described group, ``participations/<id>``, with
        ``bipartite=0``, ``label``, ``kind``, ``name``, ``name_latin``, ``public_role``; and ``events/<id>`` with
        ``bipartite=1``, ``label``, ``kind="event"``, ``name``, ``event_kind``, ``status``, ``date_start`` (ISO 8601),
        ``date_edtf``, ``year_basis``, ``article_id``. Edges have their role as key, and ``participation_id``,
        ``role``, ``award``, ``list_seq``, ``list_open``. What the page does not say is no attribute.
        The exports ``csv`` and ``graphml`` have the same nodes and edges. Who met whom:
        ``networkx.bipartite.weighted_projected_graph(networkx.Graph(network()), people)``.

        Raises ``ModuleNotFoundError`` without networkx.

        >>> import lingang
        >>> lingang.network().number_of_edges() == len(lingang.attendance())
        True
        """
        return import_module("lingang.dataset.analysis").network(self, status, kind)

    def evidence(self, name: TableName | str, record_id: str | None = None, *, deep: bool = False) -> pd.DataFrame:
        """The evidence rows of a record: column, quote, basis, rule, note, and the span in code points of the page.

        A record is named by its table and id, or by its id or name alone; a table alone gives all its evidence.
        With ``deep``, also that of the records that point to it: of an event its participations, figures, quotations …
        Raises ``KeyError`` for an unknown table or record.

        >>> import lingang
        >>> event = lingang.load("events")["event_id"][0]
        >>> "trigger" in set(lingang.evidence("events", event)["column_name"])
        True
        >>> set(lingang.evidence(event, deep=True)["table_name"]) >= {"events", "participations"}
        True
        """
        return import_module("lingang.dataset.claims").evidence(self, name, record_id, deep)  # type: ignore[no-any-return]

    def claims(
        self, name: TableName | str | None = None, record_id: str | None = None, *, deep: bool = False
    ) -> pd.DataFrame:
        """Every value that rests on words, beside these words: one row a piece of evidence, of all tables together.

        ``name``, ``record_id`` and ``deep`` choose, as those of ``evidence`` do. Columns: ``table_name``,
        ``record_id``, ``column_name``, ``value`` (string: as JSON Lines writes it; of a list the entry that the quote
        proves), ``basis`` (category), ``rule``, ``reason`` (string: why a reader chose the value), ``quote``,
        ``before``, ``after`` (string: what stands before and after the quote on the page, up to 12 code points, white
        space removed), ``line`` (Int32: of the page, from 1), ``source_id``, ``article_id`` (string: the page, the
        item), ``text_start``, ``text_end`` (Int32: code points of the item's reading text, half open; ``<NA>`` outside
        of it), ``raw_start``, ``raw_end`` (Int32: code points of the page), ``evidence_id`` (string).
        ``lingang.anchor`` takes the neighbours by where the quote stands: ``before=row.after, after=row.before``.

        Raises ``KeyError`` for an unknown table or record.

        >>> import lingang
        >>> claim = lingang.claims("events").dropna(subset=["text_start"]).iloc[0]
        >>> text = lingang.text(claim["article_id"])[claim["text_start"] : claim["text_end"]]
        >>> "".join(text.split()) == claim["quote"]
        True
        """
        self._need_texts()
        return import_module("lingang.dataset.claims").claims(self, name, record_id, deep)  # type: ignore[no-any-return]

    def words(self, name: TableName | str | None = None, column: str | None = None) -> pd.DataFrame:
        """The words of a vocabulary, with labels in English and Chinese, definition and cues: one row a word.

        ``name`` is a vocabulary (``participation_role``), or a table whose ``column`` has one; without it, all words.
        Rows in the order of the vocabulary. Raises ``KeyError`` for another name, with those that there are.

        >>> import lingang
        >>> "speaker" in set(lingang.words("participations", "role")["word"])
        True
        """
        return import_module("lingang.dataset.claims").words(self, name, column)  # type: ignore[no-any-return]

    def labels(self, name: TableName | str | None = None, *, language: str = "en") -> pd.DataFrame:
        """What records are called in another language, by the editors: one row a cell that has a translation.

        Columns, all string: ``table_name``, ``record_id``, ``column_name``, ``value`` (as printed; of a list the
        entry), ``language``, ``text``. A translation of a printed value stands at every record that holds it.
        ``name`` keeps one table. Raises ``KeyError`` for an unknown table.

        >>> import lingang
        >>> names = lingang.labels("events").query("column_name == 'name'").set_index("record_id")["text"]
        >>> set(names.index) <= set(lingang.load("events")["event_id"])
        True
        """
        return import_module("lingang.dataset.claims").labels(self, name, language)  # type: ignore[no-any-return]

    def show(self, record_id: str, *, colour: bool = False) -> Shown | None:
        """Records by id or name, each cell with its evidence in context and the reader's reason; ``None``: no such one.

        What comes back is text; a notebook draws it as tables.

        >>> import lingang
        >>> event = lingang.load("events")["event_id"][0]
        >>> lingang.show(event).startswith(f"events {event}")
        True
        """
        return import_module("lingang.dataset.show").show(self, record_id, colour=colour)  # type: ignore[no-any-return]

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
        return import_module("lingang.dataset.show").find(self, text)  # type: ignore[no-any-return]

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
        if fmt not in exports.WITHOUT_TEXT:
            self._need_texts()
        apart = [] if self._origin is None else [self._origin]
        written: list[Path] = exports.export(fmt, path, self._rows(), self._about(), apart)
        return written

    def explore(self, path: str | Path = "explore.html", *, lang: Literal["en", "zh"] = "en") -> Path:
        """Write the dataset as one HTML file that opens from disk, without a network; returns its path.

        No file is written over: one that is there already must hold the same bytes. Needs ``lingang[validate]``.
        Raises ``CannotRun`` where it cannot be written, and ``Refused`` where what was opened has errors.

        >>> import lingang, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     lingang.explore(f"{folder}/explore.html").name
        'explore.html'
        """
        self._need_texts()
        return import_module("lingang.explore").write(self, Path(path), lang)  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def installed() -> Dataset:
    """The dataset that travels with the package."""
    about = INSTALLED / "about.json"
    return Dataset(None, json.loads(about.read_text(encoding="utf-8")) if about.is_file() else {})
