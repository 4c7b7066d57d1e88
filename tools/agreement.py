"""Agreement of a second reading, made without sight of the records, with them, by table.

python tools/agreement.py           docs/agreement/second_reading.yaml against the installed tables
python tools/agreement.py --write   the same as docs/AGREEMENT.md, each difference with its decision

The records are taken as they were when the two were compared; docs/agreement/later.yaml says what changed since. The
items that the second reader read are compared, and of the registries the records that these items name.

Precision is the share of the second reader's rows that the records have too, recall the share of the records that the
second reader has too; F1 is their harmonic mean. For vocabularies Cohen's kappa over the rows that both have, with n.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

import lingang

ROOT = Path(__file__).resolve().parent.parent
READING = ROOT / "docs" / "agreement" / "second_reading.yaml"
DECISIONS = READING.with_name("decisions.yaml")
LATER = READING.with_name("later.yaml")
PAGE = ROOT / "docs" / "AGREEMENT.md"

REGISTRIES = (
    ("people", "person_id"),
    ("organizations", "organization_id"),
    ("places", "place_id"),
    ("campaigns", "campaign_id"),
)

Row = dict[str, Any]
Key = tuple[Hashable, ...]


def squeezed(value: Any) -> Any:
    """Without white space; a list as a tuple, a whole number without its fraction."""
    if isinstance(value, list):
        return tuple(squeezed(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "".join(value.split()) if isinstance(value, str) else value


def kappa(pairs: Sequence[tuple[Any, Any]]) -> float | None:
    """Cohen's kappa of two readers' words; ``None`` where only one word was ever used by both."""
    if not pairs:
        return None
    total = len(pairs)
    observed = sum(a == b for a, b in pairs) / total
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[word] * second[word] for word in first) / total**2
    return None if chance == 1 else (observed - chance) / (1 - chance)


@dataclass(slots=True)
class Agreement:
    """One table: the rows of both readers by natural key, and the columns compared where both have a row."""

    name: str
    records: dict[Key, Row]
    second: dict[Key, Row]
    columns: tuple[str, ...] = ()
    pairs: dict[str, list[tuple[Any, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        both = [key for key in self.records if key in self.second]
        for column in self.columns:
            self.pairs[column] = [
                (squeezed(self.records[key].get(column)), squeezed(self.second[key].get(column))) for key in both
            ]

    def scores(self) -> tuple[float, float, float]:
        both = len(self.records.keys() & self.second.keys())
        precision = both / len(self.second) if self.second else 1.0
        recall = both / len(self.records) if self.records else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def differences(self) -> list[str]:
        out = [f"{self.name}: only the records have {key}" for key in self.records if key not in self.second]
        out += [f"{self.name}: only the second reading has {key}" for key in self.second if key not in self.records]
        for key in self.records:
            for column in self.columns if key in self.second else ():
                ours, theirs = squeezed(self.records[key].get(column)), squeezed(self.second[key].get(column))
                if ours != theirs:
                    out.append(
                        f"{self.name} {key}: {column} is {ours!r} in the records, {theirs!r} in the second reading"
                    )
        return out


def named(items: Collection[int], number: Mapping[str, int]) -> set[str]:
    """The ids of the registry records that the items name, and of the records above them."""
    out = {row["entity_id"] for row in rows("mentions") if number[row["article_id"]] in items}
    out |= {row["person_id"] for row in rows("bylines") if number[row["article_id"]] in items}
    for table, key in REGISTRIES[1:]:
        parents = {row[key]: row[f"parent_{key}"] for row in rows(table)}
        for entity in [entity for entity in out if entity in parents]:
            while above := parents[entity]:
                out.add(above)
                entity = above
    return out


class Names:
    """Registry names and forms, and the items by number."""

    def __init__(self) -> None:
        self.number = {row["article_id"]: int(row["seq"]) for row in rows("articles")}
        self.name: dict[str, str] = {}
        self.form: dict[str, str] = {}
        for table, key in REGISTRIES:
            for row in rows(table):
                self.name[row[key]] = row["name"]
                for form in (row["name"], *row.get("aliases", ())):
                    self.form[squeezed(form)] = row["name"]

    def of(self, printed: Any) -> Any:
        return (
            self.form.get(squeezed(printed).strip("“”"), self.form.get(squeezed(printed), squeezed(printed)))
            if printed
            else None
        )


def rows(name: str) -> list[Row]:
    import pyarrow.parquet as pq

    found: list[Row] = pq.ParquetFile(lingang.path(name)).read().to_pylist()
    return found


def keyed(found: Sequence[Row], *columns: str) -> dict[Key, Row]:
    return {tuple(squeezed(row.get(column)) for column in columns): row for row in found}


def _likeness(a: Row, b: Row) -> float:
    same: int = sum(a.get(column) == b.get(column) for column in ("trigger", "date_raw", "kind", "status"))
    names = set(squeezed(a["name"])) & set(squeezed(b["name"]))
    return float(same) + 3 * len(names) / max(1, len(set(squeezed(a["name"])) | set(squeezed(b["name"]))))


def match_events(ours: list[Row], theirs: list[Row], names: Names) -> dict[tuple[int, str], str]:
    """The record's event id for each ``(item, event)`` of the second reading; the most alike first, each once."""
    pairs = sorted(
        (
            (-_likeness(a, b), a["event_id"], (b["article"], b["event"]))
            for a in ours
            for b in theirs
            if names.number[a["article_id"]] == b["article"]
        ),
    )
    out: dict[tuple[int, str], str] = {}
    for score, event_id, key in pairs:
        if -score >= 1 and event_id not in out.values() and key not in out:
            out[key] = event_id
    return out


def before(table: str) -> list[Row]:
    """The rows of a table as the second reading was compared with them, before a decision for it or a later one
    changed them: of a record that was changed its old cells, of one that was dropped its row (``had``), and without
    one that was added (``added``)."""
    changes = [entry["before"] for entry in decisions().values() if entry["decision"] == "second reading"]
    changes += [change for entry in later() for change in entry["changes"]]
    changes = [change for change in changes if change["table"] == table]
    added = [change["added"].items() for change in changes if "added" in change]
    cells: dict[str, Row] = {}
    for change in changes:
        if "cells" in change:
            cells[change["id"]] = {
                **change["cells"],
                **cells.get(change["id"], {}),
            }  # the earliest tells what was compared
    now = [row for row in rows(table) if not any(all(row[name] == cell for name, cell in wanted) for wanted in added)]
    now = [{**row, **cells.get(next(iter(row.values())), {})} for row in now]
    return now + [change["had"] for change in changes if "had" in change]


def decisions() -> dict[str, Row]:
    """The decisions, by the difference they are about."""
    return {entry["difference"]: entry for entry in yaml.safe_load(DECISIONS.read_text(encoding="utf-8"))}


def later() -> list[Row]:
    """What changed in the records since they were compared: each reason with its ``changes``."""
    found: list[Row] = yaml.safe_load(LATER.read_text(encoding="utf-8"))
    return found


def compare(reading: Mapping[str, list[Any]]) -> list[Agreement]:
    """One ``Agreement`` for each table, with the records as they were before a difference changed them."""
    names = Names()
    number = names.number
    items = set(reading["items"])
    article_of = {row["event_id"]: number[row["article_id"]] for row in rows("events")}
    known, keys = named(items, number), dict(REGISTRIES)

    def ours(table: str, **more: Any) -> list[Row]:
        out = []
        for row in before(table):
            article = number[row["article_id"]] if row.get("article_id") else article_of.get(row.get("event_id", ""))
            if row[keys[table]] in known if table in keys else article in items:
                out.append({**row, "article": article, **{key: value(row) for key, value in more.items()}})
        return out

    def theirs(table: str, **more: Any) -> list[Row]:
        return [{**row, **{key: value(row) for key, value in more.items()}} for row in reading[table]]

    events = match_events(ours("events"), reading["events"], names)

    def event_of(row: Row, key: str = "event") -> str | None:
        return events.get((row["article"], row[key]), f"new {row[key]}") if row.get(key) else None

    def participant(row: Row) -> str:
        key = row["person_id"] or row["organization_id"] or row["place_id"]
        return names.name[key] if key else row["group_label"]

    def speaker(row: Row) -> str | None:
        key = row["person_id"] or row["organization_id"]
        return names.name[key] if key else row["group_label"]

    def by_name(column: str) -> Any:
        return lambda row: names.name.get(row[column]) if row[column] else None

    return [
        Agreement(
            "articles",
            keyed(ours("articles"), "article"),
            keyed(theirs("articles"), "article"),
            ("kind", "headline", "subheadline", "kicker", "byline"),
        ),
        Agreement(
            "people", keyed(ours("people"), "name"), keyed(theirs("people"), "name"), ("public_role", "identity_basis")
        ),
        Agreement(
            "organizations",
            keyed(ours("organizations", parent=by_name("parent_organization_id")), "name"),
            keyed(
                theirs(
                    "organizations", name=lambda row: names.of(row["name"]), parent=lambda row: names.of(row["parent"])
                ),
                "name",
            ),
            ("kind", "parent"),
        ),
        Agreement(
            "places",
            keyed(ours("places", parent=by_name("parent_place_id")), "name"),
            keyed(
                theirs("places", name=lambda row: names.of(row["name"]), parent=lambda row: names.of(row["parent"])),
                "name",
            ),
            ("kind", "parent"),
        ),
        Agreement(
            "campaigns",
            keyed(ours("campaigns", parent=by_name("parent_campaign_id")), "name"),
            keyed(
                theirs("campaigns", name=lambda row: names.of(row["name"]), parent=lambda row: names.of(row["parent"])),
                "name",
            ),
            ("parent",),
        ),
        Agreement(
            "positions",
            keyed(
                ours("positions", person=by_name("person_id"), organization=by_name("organization_id")),
                "article",
                "person",
                "title_raw",
            ),
            keyed(
                theirs("titles", organization=lambda row: names.of(row["organization"])),
                "article",
                "person",
                "title_raw",
            ),
            ("title", "kind", "organization"),
        ),
        Agreement(
            "events",
            keyed(ours("events"), "event_id"),
            keyed(theirs("events", event_id=event_of), "event_id"),
            (
                "kind",
                "status",
                "trigger",
                "name",
                "about",
                "date_raw",
                "date_edtf",
                "date_precision",
                "year_basis",
                "day_part",
            ),
        ),
        Agreement(
            "event_links",
            keyed(ours("event_links"), "event_id", "relation", "other_event_id"),
            keyed(
                theirs("links", event_id=event_of, other_event_id=lambda row: event_of(row, "other")),
                "event_id",
                "relation",
                "other_event_id",
            ),
        ),
        Agreement(
            "participations",
            keyed(
                ours(
                    "participations",
                    participant=participant,
                    **{"for": by_name("for_organization_id")},
                ),
                "event_id",
                "participant",
                "role",
            ),
            keyed(
                theirs(
                    "participations",
                    event_id=event_of,
                    participant=lambda row: names.of(row["participant"]),
                    **{"for": lambda row: names.of(row["for"])},
                ),
                "event_id",
                "participant",
                "role",
            ),
            ("participant_kind", "award", "for", "list_seq", "list_open"),
        ),
        Agreement(
            "quotations",
            keyed(
                ours(
                    "quotations", starts=lambda row: row["text"][:8], ends=lambda row: row["text"][-8:], speaker=speaker
                ),
                "article",
                "cue",
                "starts",
            ),
            keyed(
                theirs(
                    "quotations",
                    speaker=lambda row: names.of(row["speaker"]) if row["speaker_kind"] != "event" else None,
                ),
                "article",
                "cue",
                "starts",
            ),
            ("form", "speaker_kind", "speaker", "ends"),
        ),
        Agreement(
            "documents",
            keyed(ours("documents", issuer=by_name("issuer_organization_id")), "article", "title"),
            keyed(theirs("documents", issuer=lambda row: names.of(row["issuer"])), "article", "title"),
            ("kind", "action", "issuer"),
        ),
        Agreement(
            "figures",
            keyed(ours("figures"), "article", "value", "unit", "label"),
            keyed(theirs("figures"), "article", "value", "unit", "label"),
            ("kind",),
        ),
        Agreement(
            "event_campaigns",
            keyed(ours("event_campaigns", campaign=by_name("campaign_id")), "article", "campaign"),
            keyed(theirs("campaign_uses", campaign=lambda row: names.of(row["campaign"])), "article", "campaign"),
            ("relation",),
        ),
        Agreement(
            "bylines",
            keyed(ours("bylines", person=by_name("person_id")), "article", "person", "role"),
            keyed(theirs("bylines"), "article", "person", "role"),
        ),
        Agreement(
            "issues",
            keyed(ours("issues"), "article", "kind", "observed"),
            keyed(theirs("issues"), "article", "kind", "observed"),
            ("decision",),
        ),
    ]


def report(found: Sequence[Agreement]) -> str:
    """The agreement as a Markdown table."""
    lines = [
        "| table | records | second reading | precision | recall | F1 | columns: share equal, kappa (n) |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for table in found:
        precision, recall, score = table.scores()
        columns = []
        for column, pairs in table.pairs.items():
            value = kappa(pairs)
            equal = sum(a == b for a, b in pairs) / len(pairs) if pairs else 1.0
            columns.append(f"{column} {equal:.0%}, {'–' if value is None else f'{value:.2f}'} ({len(pairs)})")
        figures = f"{precision:.2f} | {recall:.2f} | {score:.2f}"
        lines.append(
            f"| {table.name} | {len(table.records)} | {len(table.second)} | {figures} | {'; '.join(columns)} |"
        )
    return "\n".join(lines)


def decided(found: Sequence[Agreement]) -> str:
    """Each difference with its decision, as Markdown; raises ``SystemExit`` where one waits for a decision."""
    differences = [difference for table in found for difference in table.differences()]
    if wanting := [difference for difference in differences if difference not in decisions()]:
        raise SystemExit("\n".join(["not decided yet:", *wanting]))
    lines = ["| difference | decided for | why |", "| --- | --- | --- |"]
    for difference, entry in decisions().items():
        lines.append(f"| {difference} | the {entry['decision']} | {entry['reason']} |")
    return "\n".join(lines)


def changed() -> str:
    """What changed since, as Markdown."""
    lines = ["## What changed in the records since", "", "| rows | table | why |", "| ---: | --- | --- |"]
    for entry in later():
        tables = ", ".join(sorted({change["table"] for change in entry["changes"]}))
        lines.append(f"| {len(entry['changes'])} | {tables} | {entry['reason']} |")
    return "\n".join([*lines, ""])


def page(found: Sequence[Agreement]) -> str:
    """``docs/AGREEMENT.md``."""
    head = (READING.parent / "AGREEMENT.head.md").read_text(encoding="utf-8")
    return f"{head}\n## By table\n\n{report(found)}\n\n## Each difference, decided\n\n{decided(found)}\n\n{changed()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    found = compare(yaml.safe_load(READING.read_text(encoding="utf-8")))
    if options.write:
        PAGE.write_text(page(found), encoding="utf-8", newline="\n")
    else:
        print("\n".join([report(found), "", *(line for table in found for line in table.differences())]))


if __name__ == "__main__":
    main()
