"""Two readings of the page from docs/CODEBOOK.md alone, beside each other and the records, by table and by item.

python tools/closed_readings.py           what the two readers and the records have in common
python tools/closed_readings.py --write   the same as docs/CLOSED_READINGS.md, with each difference and its decision

Rows are matched by where they stand on the page: an event by its trigger, a title, a quotation, a figure, an issue by
its words, a participation by event, participant and role, a name by itself. The two roots of the readers and the
records as they then were lie in docs/agreement/closed/ and are not changed any more; decisions.yaml beside them holds
what was decided about each difference, and both stop where one has no other.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import lingang
from agreement import kappa

ROOT = Path(__file__).resolve().parent.parent
CLOSED = ROOT / "docs" / "agreement" / "closed"
DECISIONS = CLOSED / "decisions.yaml"
PAGE = ROOT / "docs" / "CLOSED_READINGS.md"

Row = dict[str, Any]
Key = tuple[Hashable, ...]
Keyed = dict[Key, Row]
Place = tuple[int, str]
"""Where something stands: its position on the page, and its line as L and a number."""

COLUMNS = {
    "articles": ("kind",),
    "people": ("public_role",),
    "organizations": ("kind",),
    "places": ("kind",),
    "positions": ("kind",),
    "events": ("kind", "status", "name", "about", "date_edtf"),
    "participations": ("award", "list_open"),
    "quotations": ("form", "text"),
    "documents": ("kind", "action"),
    "figures": ("kind", "value", "label"),
    "event_campaigns": ("relation",),
    "issues": ("reading",),
}
"""The tables whose rows are compared, with the columns of rows that both have."""
TABLES = (*list(COLUMNS)[:4], "campaigns", "bylines", *list(COLUMNS)[4:6], "event_links", *list(COLUMNS)[6:])


@dataclass
class Reading:
    """The tables of one reader, each row under what names it; the items by their place on the page."""

    tables: dict[str, Keyed]

    @classmethod
    def of(cls, data: lingang.Dataset) -> Reading:
        loaded = ((name, data.load(name, lists="arrow").astype("object")) for name in data.tables())
        return cls(_Keys({name: [dict(row) for row in frame.to_dict("records")] for name, frame in loaded}).tables())


class _Keys:
    def __init__(self, rows: Mapping[str, list[dict[Any, Any]]]) -> None:
        self.rows = {name: [{k: _plain(v) for k, v in row.items()} for row in found] for name, found in rows.items()}
        self.item = {row["article_id"]: row["seq"] for row in self.rows["articles"]}
        self.name = {
            next(iter(row.values())): _squeezed(row["name"])
            for table in ("people", "organizations", "places", "campaigns")
            for row in self.rows[table]
        }
        self.text = {row["source_id"]: row["text"] for row in rows["sources"]}
        self.at: dict[tuple[str, str, str], Place] = {}
        self.quote: dict[tuple[str, str, str], str] = {}
        for proof in self.rows["evidence"]:
            cell = (proof["table_name"], proof["record_id"], proof["column_name"])
            self.at.setdefault(cell, self._place(proof["source_id"], proof["raw_start"]))
            self.quote.setdefault(cell, proof["quote"])
        self.event = {row["event_id"]: self._event(row) for row in self.rows["events"]}
        self.item_of_event = {row["event_id"]: self.item[row["article_id"]] for row in self.rows["events"]}

    def _place(self, source: str, start: int) -> Place:
        return start, f"L{self.text[source].count(chr(10), 0, start) + 1}"

    def _event(self, row: Row) -> Key:
        return self.item[row["article_id"]], row["trigger"], self.at.get(("events", row["event_id"], "trigger"))

    def _who(self, row: Row) -> Hashable:
        key = next((row[name] for name in ("person_id", "organization_id", "place_id") if row.get(name)), None)
        return self.name[key] if key else row.get("group_label")

    def _placed(self, table: str, column: str) -> Callable[[Row], Key]:
        return lambda row: (row[column], self.at.get((table, next(iter(row.values())), column)))

    def tables(self) -> dict[str, Keyed]:
        keys: dict[str, Callable[[Row], Key]] = {
            "articles": lambda row: (row["seq"],),
            "people": lambda row: (self.name[row["person_id"]],),
            "organizations": lambda row: (self.name[row["organization_id"]],),
            "places": lambda row: (self.name[row["place_id"]],),
            "campaigns": lambda row: (self.name[row["campaign_id"]],),
            "bylines": lambda row: (self.item[row["article_id"]], self.name[row["person_id"]], row["role"]),
            "positions": lambda row: (self.item[row["article_id"]], self.name.get(row["person_id"]), row["title"]),
            "events": lambda row: self.event[row["event_id"]],
            "event_links": lambda row: (
                self.event[row["event_id"]],
                row["relation"],
                self.event.get(row["other_event_id"]),
            ),
            "participations": lambda row: (self.event[row["event_id"]], self._who(row), row["role"]),
            "quotations": self._placed("quotations", "cue"),
            "documents": lambda row: (self.item[row["article_id"]], _squeezed(row["title"])),
            "figures": lambda row: (
                self.quote[number := ("figures", row["figure_id"], "value")],
                self.at[number],
            ),
            "event_campaigns": lambda row: (self.item[row["article_id"]], self.name[row["campaign_id"]]),
            "issues": lambda row: (self.item.get(row["article_id"]), row["kind"], _squeezed(row["observed"])),
        }
        out: dict[str, Keyed] = {}
        for table in TABLES:
            found = self.rows[table]
            if table == "issues":  # those that programs find are of no reader
                found = [row for row in found if row["kind"] != "line_break" and row["observed"] is not None]
            out[table] = {keys[table](row): row | {"item": self._item(row)} for row in found}
        return out

    def _item(self, row: Row) -> int | None:
        return self.item.get(row.get("article_id", "")) or self.item_of_event.get(row.get("event_id", ""))


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return tuple(map(_squeezed, value))
    return None if value is None or value != value or str(value) in ("<NA>", "NaT") else value


def _squeezed(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value


def readings() -> dict[str, Reading]:
    """The two readings and the records as they then were; each root is put together with the one copy of the page."""
    out = {}
    for folder in sorted(path for path in CLOSED.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as above:
            root = Path(above) / "root"
            shutil.copytree(folder / "dataset", root / "dataset")
            shutil.copytree(ROOT / "raw", root / "raw")
            out[folder.name] = Reading.of(lingang.open(root))
    return out


def f1(one: Keyed, other: Keyed) -> float | None:
    """The harmonic mean of precision and recall, which is the same whichever is the standard."""
    return 2 * len(one.keys() & other.keys()) / (len(one) + len(other)) if one or other else None


def cells(table: str, one: Keyed, other: Keyed) -> Iterator[tuple[str, int, int, float | None]]:
    """For each column compared: its name, how many rows both have, how many are equal, kappa."""
    both = sorted(one.keys() & other.keys(), key=str)
    for column in COLUMNS.get(table, ()):
        pairs = [(_squeezed(one[key][column]), _squeezed(other[key][column])) for key in both]
        yield column, len(pairs), sum(a == b for a, b in pairs), kappa(pairs)


@dataclass(frozen=True)
class Difference:
    """A row that not all have, or a cell of theirs that differs; the cells are in the order of the readings."""

    item: int
    table: str
    what: str
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.item or 'page'} {self.table}: {self.what}"


def differences(found: Mapping[str, Reading]) -> list[Difference]:
    """What any reading has otherwise than another, by item; ``–`` where one has no such row."""
    hidden = [str(name) for reading in found.values() for name in _private(reading)]

    def shown(text: str) -> str:
        for name in hidden:  # no document names them: ETHICS.md
            text = text.replace(name, "[a private person]")
        return text

    out = []
    for table in TABLES:
        rows = [reading.tables[table] for reading in found.values()]
        for key in sorted(set().union(*rows), key=str):
            held = [keyed.get(key) for keyed in rows]
            item = next(row for row in held if row)["item"] or 0
            what = shown(_told(key))
            if None in held:
                cells = tuple("has it" if row else "–" for row in held)
                out.append(Difference(item, table, what, cells))
            for column in COLUMNS.get(table, ()):
                values = [_squeezed(row[column]) if row else None for row in held]
                if len({value for value, row in zip(values, held, strict=True) if row}) > 1:
                    out.append(Difference(item, f"{table}.{column}", what, tuple(shown(_cell(v)) for v in values)))
    return sorted(out, key=lambda difference: (difference.item, difference.table, difference.what))


def _private(reading: Reading) -> list[Hashable]:
    return [name for (name,), row in reading.tables["people"].items() if row["public_role"] == "private"]


def decisions() -> dict[str, Row]:
    """The decision about each difference by the difference's name; raises ``SystemExit`` where one is decided twice."""
    out: dict[str, Row] = {}
    for entry in yaml.safe_load(DECISIONS.read_text(encoding="utf-8")):
        for name in entry["differences"]:
            if name in out:
                raise SystemExit(f"decided twice: {name}")
            out[name] = entry
    return out


def decided(found: Iterable[Difference]) -> list[tuple[Difference, Row]]:
    """Each difference with its decision; raises ``SystemExit`` where either has no other."""
    known, listed = decisions(), list(found)
    names = [difference.name for difference in listed]
    wrong = [f"told twice: {name}" for name in sorted(set(names)) if names.count(name) > 1]
    wrong += [f"not decided yet: {name}" for name in names if name not in known]
    wrong += [f"decided, and no difference: {name}" for name in known if name not in names]
    if wrong:
        raise SystemExit("\n".join(wrong))
    return [(difference, known[difference.name]) for difference in listed]


def _told(key: Hashable) -> str:
    if isinstance(key, tuple):
        return ", ".join(_told(part) for part in key if part is not None and not isinstance(part, int))
    return str(key)


def _cell(value: Any) -> str:
    text = "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = "–" if value is None or text == "" else text.replace("|", "\\|")
    return text if len(text) <= 60 else f"{text[:30]}…{text[-20:]}"


def _share(found: float | None) -> str:
    return "–" if found is None else f"{found:.2f}"


_HEAD = """# Two readings from the codebook alone

Written by `python tools/closed_readings.py --write`. Two language models, working as data editors, each annotated the
whole page from the page, [the codebook](CODEBOOK.md) as it then was (it has no word of the page; the decisions below
changed it), the schemas of the authored files with their vocabularies, one invented root as an example of the form,
and the messages of `lingang validate`. Neither saw the records, the cases, nor the other. That validation was at
their side matters: where its words tell a value, it drew both towards it. What each missed in the codebook stands in
their notes ([a](agreement/closed/a/notes.md), [b](agreement/closed/b/notes.md)); their files and the records as they
then were are in `docs/agreement/closed/`.

F1 is the harmonic mean of precision and recall; a row is matched by the words of the page where it stands, so that a
trigger taken one word longer makes another event, and its participants other rows too. Equal cells and Cohen's kappa
are of the rows that both have. **The figures are those before any difference was decided**: they say how evenly this
page is read from the codebook, not which reading is right.

**Who decided.** One language model, working as a data editor, with both readings, the records and the page before it:
an adjudication, no third reading, and by no person. The decisions are data, in
[decisions.yaml](agreement/closed/decisions.yaml); a test fails where a difference has none, where one has no
difference, and where the records of today do not follow it.
"""


def page(found: dict[str, Reading]) -> str:
    """docs/CLOSED_READINGS.md."""
    a, b, records = found["a"], found["b"], found["records"]
    lines = [_HEAD, "## By table\n", "| table | a | b | records | F1 a, b | F1 a, records | F1 b, records |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for table in TABLES:
        one, other, ours = (reading.tables[table] for reading in (a, b, records))
        scores = " | ".join(_share(score) for score in (f1(one, other), f1(one, ours), f1(other, ours)))
        lines.append(f"| {table} | {len(one)} | {len(other)} | {len(ours)} | {scores} |")
    lines += ["\n## Cells of the rows that a and b both have\n", "| column | rows | equal | kappa |"]
    lines.append("| --- | ---: | ---: | ---: |")
    for table in TABLES:
        for column, total, same, score in cells(table, a.tables[table], b.tables[table]):
            lines.append(f"| {table}.{column} | {total} | {same} | {_share(score)} |")
    apart = differences({"a": a, "b": b})
    lines += ["\n## By item\n", "| item | rows of a | rows of b | in both | differences |"]
    lines.append("| ---: | ---: | ---: | ---: | ---: |")
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for table in TABLES:
        one, other = a.tables[table], b.tables[table]
        for key in one.keys() | other.keys():
            of_item = counts[(one.get(key) or other[key])["item"] or 0]
            of_item[0] += key in one
            of_item[1] += key in other
            of_item[2] += key in one and key in other
    for item in sorted(counts):
        told = " | ".join(map(str, counts[item]))
        lines.append(f"| {item or 'page'} | {told} | {sum(difference.item == item for difference in apart)} |")
    return "\n".join([*lines, *_decided(decided(differences(found)))]) + "\n"


def _decided(entries: list[tuple[Difference, Row]]) -> list[str]:
    total = len(entries)
    changed = sum(entry["decision"] == "changed" for _, entry in entries)
    ruled = sum("rule" in entry for _, entry in entries)
    lines = [
        "\n## Each difference, decided\n",
        f"Of {total} differences between a, b and the records the record stands in {total - changed}, and is changed",
        f"in {changed}; for {ruled} the codebook was silent or could be read in two ways, and has a rule since (its",
        "chapter stands beside the decision). A name that is written in three ways is three differences.\n",
        "| item | table | what | a | b | records then | decided | why |",
        "| ---: | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for difference, entry in entries:
        rule = f"; rule in {entry['rule']}" if "rule" in entry else ""
        cells = " | ".join([difference.table, difference.what, *difference.cells])
        reason = re.sub(r"\s+", " ", entry["reason"]).strip()
        lines.append(f"| {difference.item or 'page'} | {cells} | {entry['decision']}{rule} | {reason} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/CLOSED_READINGS.md")
    text = page(readings())
    if parser.parse_args().write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
