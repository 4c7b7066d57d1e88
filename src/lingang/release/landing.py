"""``README.md`` of a release: what is in it, and how to open it in each tool, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lingang import about
from lingang.models import TABLES
from lingang.release.csv_files import SEPARATOR
from lingang.release.markdown import cell, code, grid
from lingang.release.search import LONGEST

__all__ = ["landing"]

_SNIPPETS = f"""## Open it

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

**SQL** (SQLite 3.37 or newer)

```sql
-- sqlite3 lingang.sqlite
SELECT name, role, title FROM attendance WHERE event_id = 'investment-meeting';
SELECT date_start, name, organizers, order_basis FROM timeline;
SELECT e.column_name, e.quote, e.basis FROM evidence AS e WHERE e.record_id = 'moral-envoys-ceremony';
SELECT table_name, record_id, column_name FROM search WHERE search MATCH '创文';
SELECT table_name, record_id, substr(text, max(1, instr(text, '创文') - 8), 24) FROM search WHERE search MATCH '创文';
SELECT word, chinese, definition FROM words WHERE vocabulary = 'participation_role';
```

`search` finds every word of one to {LONGEST} characters (letters and digits, no punctuation) wherever it stands: in
item texts and headlines, names, titles, event names, quotations. A longer word: its first {LONGEST} characters
and `instr(text, 'the word') > 0`.

"""

_FILES = [
    ("<table>.parquet", "the tables, typed: dates, integers, booleans, lists"),
    ("<table>.jsonl", "the same rows as JSON Lines, UTF-8"),
    (
        "csv/<table>.csv",
        "the same rows as CSV, UTF-8 with a byte order mark (opens in a spreadsheet); an empty cell is null, the "
        f"entries of a list are joined by {SEPARATOR}",
    ),
    ("lingang.sqlite", "the same tables with keys and checks, views attendance and timeline, and a search"),
    ("schema/", "JSON Schema 2020-12 of a row of each table"),
    ("datapackage.json", "Data Package 2.0: types, vocabularies, primary and foreign keys"),
    ("croissant.json", "Croissant 1.1 with the Responsible AI fields"),
    ("huggingface/", "a dataset repository for the Hugging Face Hub, ready to upload"),
    ("exports/", "the records in the formats of other programs"),
    ("DATA_DICTIONARY.md", "every column: type, words, meaning, proof, example"),
    ("CODEBOOK.md", "how each value was decided, with cases"),
    ("DATASHEET.md", "motivation, composition, collection, uses, maintenance; the language of the text"),
    ("RIGHTS.md", "what the licence covers and what it does not; how to ask for removal"),
    ("ETHICS.md", "the persons in the data, and what not to do"),
    ("docs/VERSIONS.md", "what a version number means"),
    ("CHANGELOG.md", "what changed"),
    ("CITATION.cff", "how to cite"),
    ("LICENSE", "of the code"),
    ("LICENSE-DATA", "of the data"),
    ("SHA256SUMS", "the sum of every other file"),
]


def _there(name: str, names: Sequence[str]) -> bool:
    if name.endswith("/"):
        return any(found.startswith(name) for found in names)
    return "<table>" in name or name == "SHA256SUMS" or name in names


def landing(rows: Mapping[str, Sequence[object]], names: Iterable[str]) -> bytes:
    """The page for the rows of every table and the names of the other files of the release."""
    there = list(names)
    files = grid(("file", "what it is"), [(code(name), cell(what)) for name, what in _FILES if _there(name, there)])
    tables = grid(
        ("table", "rows", "what it holds"),
        [(code(declared.name), str(len(rows[declared.name])), cell(declared.description)) for declared in TABLES],
    )
    return (
        f"# {about.NAME} {about.VERSION}\n\n{about.DESCRIPTION}\n\nReleased {about.RELEASED} by {about.AUTHORS}.\n\n"
        f"{_SNIPPETS}## Tables\n\n{tables}\nThe first column of a table is its primary key; a column named after "
        f"the key of another table points to it.\n\n## Files\n\n{files}\n"
        "## Check it\n\n```sh\nsha256sum -c SHA256SUMS                  # nothing to install\n"
        "pip install 'lingang[validate]' && lingang validate .   # every rule, every proof\n```\n\n"
        f"{about.VERIFICATION}\n\n## Rights\n\n{about.RIGHTS}\n"
    ).encode()
