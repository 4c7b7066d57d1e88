"""``README.md`` of a release: what is in it, and how to open it in each tool, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lingang.about import About
from lingang.dataset.citing import bibtex, reference
from lingang.release.csv_files import SEPARATOR
from lingang.release.database import Rows, text_literal
from lingang.release.datapackage import database_name
from lingang.release.markdown import cell, code, grid
from lingang.release.search import LONGEST, grams
from lingang.tables import TABLES

__all__ = ["landing"]

_SNIPPETS = """## Open it

Run these in this folder. Positions count Unicode code points, `[start, end)`; a cell is empty where the page does not
say.

**pandas**

```python
import pandas as pd

events = pd.read_parquet("events.parquet", dtype_backend="pyarrow")
people = pd.read_json("people.jsonl", lines=True, dtype=False)  # dtype=False: ids and numbers in text stay text
places = pd.read_csv("csv/places.csv", keep_default_na=False, na_values=[""])
```

**polars**

```python
import polars as pl

participations = pl.read_parquet("participations.parquet")
names = pl.read_parquet("people.parquet").select("person_id", "name")
print(participations.join(names, on="person_id").group_by("name").len().sort("len", "name", descending=True))
```

**DuckDB**

```python
import duckdb

print(duckdb.sql("SELECT kind, count(*) AS n FROM 'events.parquet' GROUP BY kind ORDER BY n DESC, kind"))
```

**Hugging Face datasets**

```python
from datasets import load_dataset

events = load_dataset("huggingface", "events", split="train")
```

**R**

```r
library(jsonlite)
events <- stream_in(file("events.jsonl", encoding = "UTF-8"))
people <- read.csv("csv/people.csv", fileEncoding = "UTF-8-BOM", na.strings = "")
# with arrow: arrow::read_parquet("events.parquet")
```

"""

_SEARCH = f"""
`search` finds every word of one to {LONGEST} characters (letters and digits, no punctuation) wherever it stands: in
item texts and headlines, names, titles, event names, quotations. A longer word: its first {LONGEST} characters
and `instr(text, 'the word') > 0`.

"""

_FILES = [
    ("explore.html", "the page beside its records, in one file to look at; opens from disk, loads nothing"),
    ("<table>.parquet", "the tables, typed: dates, integers, booleans, lists"),
    ("<table>.jsonl", "the same rows as JSON Lines, UTF-8"),
    (
        "csv/<table>.csv",
        "the same rows as CSV, UTF-8 with a byte order mark (opens in a spreadsheet); an empty cell is null, the "
        f"entries of a list are joined by {SEPARATOR}; of a cell that begins with an apostrophe, which keeps a "
        "spreadsheet from running its text, the first character is no part of it",
    ),
    (
        "<name>.sqlite",
        "the same tables with keys and checks, and a search; views attendance and timeline, of what took place, and "
        "attendance_all, timeline_all, of everything",
    ),
    ("metadata.json", "what Datasette shows beside it: datasette <name>.sqlite -m metadata.json"),
    ("<name>.xlsx", "the same tables as one workbook: a sheet a table, dates and numbers as such, text as text"),
    ("schema/", "JSON Schema 2020-12 of a row of each table"),
    ("datapackage.json", "Data Package 2.0: types, vocabularies, primary and foreign keys"),
    ("croissant.json", "Croissant 1.1 with the Responsible AI fields"),
    ("huggingface/", "a dataset repository for the Hugging Face Hub, ready to upload"),
    ("exports/", "the records in the formats of other programs"),
    ("TEXTS.sha256", "the hash of each text that this edition leaves out: who has the page can compare"),
    ("about.json", "what the dataset is, by whom and under which rights"),
    ("lexicon.json", "the words that advice and values rest on, with their cues"),
    ("DATA_DICTIONARY.md", "every column: type, words, meaning, proof, example"),
    ("CODEBOOK.md", "the rules by which values were decided"),
    ("CASES.md", "how these rules were applied to the pages"),
    ("DATASHEET*", "motivation, composition, collection, uses, maintenance; the language of the text"),
    ("RIGHTS*", "what the licence covers and what it does not; how to ask for removal"),
    ("ETHICS*", "the persons in the data, and what not to do"),
    ("docs/VERSIONS.md", "what a version number means"),
    ("docs/REMOVAL.md", "how a name is removed, and what to do about releases that are out"),
    ("CHANGELOG*", "what changed"),
    ("CITATION.cff", "how to cite"),
    ("README*", "what those who made the data say of it"),
    ("LICENSE*", "the terms"),
    ("SHA256SUMS", "the sum of every other file"),
]


def _first(rows: Sequence[Mapping[str, object]], column: str) -> str | None:
    return next((str(row[column]) for row in rows if row[column] is not None), None)


def _statements(rows: Rows) -> Iterator[str]:
    """Statements that find something: their ids and words are the first of these rows."""
    occurred = {row["event_id"] for row in rows["events"] if row["status"] == "occurred"}
    present = (row for row in rows["participations"] if row["person_id"] is not None)
    named = next((row for row in present if row["event_id"] in occurred), None)
    if named is not None:
        yield f"SELECT name, role, title FROM attendance WHERE event_id = {text_literal(str(named['event_id']))};"
    if occurred:
        yield "SELECT date_start, name, organizers, order_basis FROM timeline;"
    record = _first(rows["evidence"], "record_id")
    if record is not None:
        yield (f"SELECT e.column_name, e.quote, e.basis FROM evidence AS e WHERE e.record_id = {text_literal(record)};")
    word = max(
        grams(_first(rows["mentions"], "surface") or _first(rows["articles"], "text") or ""), key=len, default=None
    )
    if word is not None:
        match = f"FROM search WHERE search MATCH {text_literal(word)};"
        around = f"substr(text, max(1, instr(text, {text_literal(word)}) - 8), 24)"
        yield f"SELECT table_name, record_id, column_name {match}"
        yield f"SELECT table_name, record_id, {around} {match}"
    yield "SELECT word, label_zh, definition FROM words WHERE vocabulary = 'participation_role';"


def _sql(rows: Rows, about: About) -> str:
    statements = "\n".join(_statements(rows))
    return f"**SQL** (SQLite 3.37 or newer)\n\n```sql\n-- sqlite3 {database_name(about)}\n{statements}\n```\n"


def _files(about: About, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The files that are there, each with what it is; names that begin alike are told one by one."""
    for name, what in _FILES:
        shown = name.replace("<name>", about.name)
        if shown.endswith("*"):
            yield from ((found, what) for found in sorted(names) if found.startswith(shown[:-1]))
        elif shown.endswith("/"):
            if any(found.startswith(shown) for found in names):
                yield shown, what
        elif "<table>" in shown or shown == "SHA256SUMS" or shown in names:
            yield shown, what


_LOOK = "Double-click [explore.html](explore.html) to look at the page and its records: no program, no network.\n\n"


def landing(rows: Rows, files: Iterable[str], about: About) -> bytes:
    """The page for the rows of every table and the names of the other files of the release."""
    names = list(files)
    listed = grid(("file", "what it is"), [(code(name), cell(what)) for name, what in _files(about, names)])
    tables = grid(
        ("table", "rows", "what it holds"),
        [(code(declared.name), str(len(rows[declared.name])), cell(declared.description)) for declared in TABLES],
    )
    return (
        f"{_LOOK if 'explore.html' in names else ''}# {about.title}\n\n{about.description}\n\n"
        f"`{about.name}`, version {about.stated}, by {about.authors}. Contact: {about.contacts}\n\n"
        f"{_SNIPPETS}{_sql(rows, about)}{_SEARCH}## Tables\n\n{tables}\nThe first column of a table is its primary "
        f"key; a column named after the key of another table points to it.\n\n## Files\n\n{listed}\n"
        "## Check it\n\n```sh\nsha256sum -c SHA256SUMS                  # nothing to install\n"
        "pip install 'lingang[validate]' && lingang validate .   # every rule, every proof\n```\n\n"
        f"{about.method}\n\n## Cite\n\n{reference(about)}\n\n```bibtex\n{bibtex(about)}```\n\n"
        f"## Rights\n\n{about.rights}\n"
    ).encode()
