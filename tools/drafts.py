"""How much of what annotators recorded `lingang draft` proposes, and how much of what it proposes they recorded.

python tools/drafts.py           the figures of this page and of every root under tests/roots
python tools/drafts.py --write   the same into docs/DRAFT.md

A root is tried twice. *From the page alone*: its pages, `sources.yaml` and `lexicon.yaml` without what they say of the
page's text, no item, no registry. *From the lines*: with each item's `text:` too. Every suggestion is moved over
untouched, as nobody should, and the rows that come out are compared with those of the records: they are the same where
their words stand at the same place of the same page. Nothing else of a row is compared.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from lingang.authored.tree import parse, read_files
from lingang.compile.dataset import compile_dataset
from lingang.compile.rows import Rows
from lingang.draft import Suggestion, suggest, yaml_files
from lingang.lexicon.roots import lexicon_of

ROOT = Path(__file__).resolve().parent.parent
ROOTS = ROOT / "tests" / "roots"
PAGE = ROOT / "docs" / "DRAFT.md"
MARK = "<!-- below: python tools/drafts.py --write -->\n"

Files = Mapping[str, bytes]
Key = tuple[Any, ...]
Score = tuple[int, int, int]
"""Records, proposed, right."""

PLACED = {
    "bylines": ("person_id", "organization_id", "role"),
    "positions": ("title_raw", "person_id"),
    "events": ("trigger",),
    "participations": ("person_id", "organization_id", "place_id", "group_label", "role"),
    "quotations": ("cue",),
    "documents": ("title",),
    "figures": ("qualifier",),
    "event_campaigns": ("campaign_id", "relation"),
}
"""Of each table of an item the columns whose words tell a record from others."""
NAMED = ("people", "organizations", "places", "campaigns")


def page_alone(files: Files) -> dict[str, bytes]:
    """A root as it is before anybody read its pages."""
    sources = yaml.safe_load(files["dataset/sources.yaml"])
    bare = {key: {name: entry[name] for name in ("file", "language")} for key, entry in sources.items()}
    kept = {name: data for name, data in files.items() if name.startswith("raw/") or name == "dataset/lexicon.yaml"}
    return {**kept, "dataset/sources.yaml": dumped(bare)}


def lines_alone(files: Files) -> dict[str, bytes]:
    """A root of which only the lines are written: which are an item's, and which run of text each is."""
    sources = yaml.safe_load(files["dataset/sources.yaml"])
    keys = ("file", "language", "text", "publisher", "published")
    bare = {key: {name: entry[name] for name in keys if name in entry} for key, entry in sources.items()}
    out = {**page_alone(files), "dataset/sources.yaml": dumped(bare)}
    for name, data in files.items():
        if name.startswith("dataset/articles/"):
            item = yaml.safe_load(data)
            out[name] = dumped({key: item[key] for key in ("source", "text") if key in item})
    return out


def dumped(tree: Any) -> bytes:
    """A tree as YAML, in the order of its keys."""
    text: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1 << 20)
    return text.encode()


def moved(files: Files, suggestions: Iterable[Suggestion]) -> dict[str, bytes]:
    """The root after an author moved every suggestion over as it stands."""
    suggestions = list(suggestions)
    out = dict(files)
    for name, data in yaml_files(one for one in suggestions if one.file != "sources.yaml").items():
        target = f"dataset/{name.removeprefix('registries/')}" if "/" in name else f"dataset/articles/{name}"
        out[target] = out.get(target, b"") + b"\n" + data
    sources = yaml.safe_load(files["dataset/sources.yaml"])
    for one in suggestions:
        if one.file == "sources.yaml":
            sources[one.section][one.key] = one.value
    return {**out, "dataset/sources.yaml": dumped(sources)}


def rows_of(files: Files) -> Rows:
    """The rows that authored files make; what could not be placed is left out."""
    authored = parse(files)
    lexicon = lexicon_of(files, authored).compiling
    assert lexicon is not None, "the roots of this repository have a lexicon"
    return compile_dataset(authored, lexicon).rows


def keys_of(rows: Rows) -> dict[str, set[Key]]:
    """What tells each record of a table from others: places on the page, or forms of names."""
    at: dict[tuple[str, str, str], list[Key]] = {}
    for row in rows["evidence"]:
        value = row.values
        cell = (str(value["table_name"]), str(value["record_id"]), str(value["column_name"]))
        at.setdefault(cell, []).append((value["source_id"], value["raw_start"], value["raw_end"]))
    out: dict[str, set[Key]] = {"articles": set(), "dates": set()}
    segments: dict[Any, list[Key]] = {}
    for row in rows["segments"]:
        value = row.values
        place = (value["source_id"], value["raw_start"], value["raw_end"])
        out.setdefault("segments", set()).add((*place, value["role"]))
        if value["role"] in ("headline", "body", "caption"):
            segments.setdefault(value["article_id"], []).append(place)
    out["articles"] = {(min(places), max(places)) for article, places in segments.items() if article is not None}
    for table, columns in PLACED.items():
        found = [[at.get((table, row.id, column), []) for column in columns] for row in rows[table]]
        out[table] = {tuple(tuple(sorted(places)) for places in cells) for cells in found}
    out["dates"] = {tuple(at[cell]) for cell in at if cell[0] == "events" and cell[2] == "date_raw"}
    for table in NAMED:
        out[table] = {(row.values["name"],) for row in rows[table]}
    return out


def compared(records: Files, start: Files) -> dict[str, Score]:
    """By table: records, rows that the suggestions make, and how many of these are records."""
    wanted, given = keys_of(rows_of(records)), keys_of(rows_of(moved(start, suggest(start))))
    kept = keys_of(rows_of(start)) if any(name.startswith("dataset/articles/") for name in start) else {}
    out = {}
    for table in ("articles", "segments", *NAMED, *PLACED, "dates"):
        due, found = (side.get(table, set()) - kept.get(table, set()) for side in (wanted, given))
        out[table] = (len(due), len(found), len(due & found))
    return out


def roots() -> dict[str, Path]:
    """The roots of this repository: this page first."""
    return {"this page": ROOT, **{path.name: path for path in sorted(ROOTS.iterdir()) if path.is_dir()}}


def measured() -> dict[str, dict[str, dict[str, Score]]]:
    """By way of starting and by root the scores of each table."""
    files = {name: dict(read_files(path)) for name, path in roots().items()}
    ways = {"From the page alone": page_alone, "From the lines": lines_alone}
    return {way: {name: compared(read, start(read)) for name, read in files.items()} for way, start in ways.items()}


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _row(name: str, score: Score) -> str:
    records, proposed, right = score
    return f"| {name} | {records} | {proposed} | {_share(right, records)} | {_share(right, proposed)} |"


def _added(scores: Iterable[Score]) -> Score:
    columns = list(zip(*scores, strict=True))
    return sum(columns[0]), sum(columns[1]), sum(columns[2])


def tables(found: Mapping[str, Mapping[str, Mapping[str, Score]]]) -> str:
    """The figures as Markdown: of each way a table by table and a table by root."""
    out = []
    for way, by_root in found.items():
        page, others = by_root["this page"], [scores for name, scores in by_root.items() if name != "this page"]
        out.append(f"## {way}\n")
        added = {table: _added(one[table] for one in others) for table in page}
        out.append(_table("This page", "table", page))
        out.append(_table(f"The {len(others)} roots of tests/roots", "table", added))
        out.append(_table("All tables", "root", {name: _added(scores.values()) for name, scores in by_root.items()}))
    return "\n".join(out)


def _table(title: str, first: str, rows: Mapping[str, Score]) -> str:
    head = f"| {first} | records | proposed | recall | precision |\n| --- | ---: | ---: | ---: | ---: |\n"
    return f"{title}:\n\n{head}" + "".join(f"{_row(name, score)}\n" for name, score in rows.items())


def page(text: str, found: Mapping[str, Mapping[str, Mapping[str, Score]]]) -> str:
    """The page with the figures made anew; what stands above the mark is written by hand."""
    head, mark, _ = text.partition(MARK)
    return f"{head}{mark}\n{tables(found)}"


def main() -> None:
    """Print the figures, or write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/DRAFT.md")
    if parser.parse_args().write:
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), measured()), encoding="utf-8", newline="\n")
    else:
        print(tables(measured()))


if __name__ == "__main__":
    main()
