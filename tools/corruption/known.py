"""The names and words that are known where another one is put in the place of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from corruption.places import Spot, table_of
from lingang.authored.tree import REGISTRIES
from lingang.lexicon import Lexicon
from lingang.tables import table
from lingang.tables.arrow import Tables

__all__ = ["Known"]

_NAMES: Mapping[str, tuple[str, ...]] = {
    "Participant.name": ("people", "organizations", "places"),
    "Participant.names": ("people", "organizations", "places"),
    "Participant.for": ("organizations",),
    "TitleHolders.names": ("people",),
    "ArticleFile.titles": ("people",),
    "Quotation.speaker": ("people", "organizations"),
    "Document.issuer": ("organizations",),
    "CampaignUse.campaign": ("campaigns",),
    "MentionChange.is": REGISTRIES,
    "Source.stand_ins": ("organizations",),
}
"""The registries whose records a key names, by shape and key; in a registry ``name``, ``aliases`` and ``parent``."""
_KIND = {"people": "person", "organizations": "organization", "places": "place", "campaigns": "campaign"}


class Known:
    """What the tables of a root name, and the words of its lexicon."""

    def __init__(self, tables: Tables, lexicon: Lexicon) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {name: tables.rows(name) for name in tables.arrow}
        self.lexicon = lexicon
        self.page = "".join(row["text"] for row in self._rows["sources"])
        self.texts = {row["article_id"]: row["text"] for row in self._rows["articles"]}

    @cached_property
    def records(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Every form of every record, by registry and id, in the order of the ids."""
        return {
            name: {row[table(name).key]: (row["name"], *row.get("aliases", ())) for row in self._rows[name]}
            for name in REGISTRIES
        }

    @cached_property
    def printed(self) -> dict[str, dict[tuple[str, str], list[str]]]:
        """The forms that an item prints, by item, registry and id."""
        out: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self._rows["mentions"]:
            surfaces = out[row["article_id"]][row["entity_table"], row["entity_id"]]
            if row["surface"] not in surfaces:
                surfaces.append(row["surface"])
        return out

    @cached_property
    def events(self) -> dict[str, list[str]]:
        """The events of each item."""
        out: dict[str, list[str]] = {item: [] for item in self.texts}
        for row in self._rows["events"]:
            out[row["article_id"]].append(row["event_id"])
        return out

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """The labels of groups, by item."""
        item_of = {event: item for item, events in self.events.items() for event in events}
        out: dict[str, list[str]] = defaultdict(list)
        for row in self._rows["participations"]:
            if row["group_label"] and row["group_label"] not in out[item_of[row["event_id"]]]:
                out[item_of[row["event_id"]]].append(row["group_label"])
        return out

    def event_of(self, quotation: int, item: str) -> str | None:
        """The event that the n-th quotation of an item has in its row."""
        rows = [row for row in self._rows["quotations"] if row["article_id"] == item]
        return rows[quotation]["event_id"] if quotation < len(rows) else None

    def words(self, column: str) -> tuple[str, ...]:
        """The words of a column's vocabulary."""
        name, _, rest = column.partition(".")
        declared = table(name)[rest].vocabulary if rest else None
        return self.lexicon[declared.name].values if declared else ()

    def words_in(self, text: str, name: str) -> list[str]:
        """The words of a plain list that stand in a text once."""
        return [word for word in self.lexicon.words(name) if text.count(word) == 1]

    def _registries(self, spot: Spot) -> tuple[str, ...]:
        if spot.is_key:
            return ()
        own = table_of(spot.shape)
        if own in REGISTRIES:
            return (own,) if spot.key in ("name", "aliases", "parent") else ()
        return _NAMES.get(f"{spot.shape}.{spot.key}", ())

    def record(self, spot: Spot) -> tuple[str, str] | None:
        """The registry and the id of what a spot names."""
        value = spot.value[0] if isinstance(spot.value, list) and spot.value else spot.value
        for name in self._registries(spot):
            for key, forms in self.records[name].items():
                if str(value) in (*forms, key):
                    return name, key
        return None

    def kind(self, spot: Spot) -> str:
        """The kind of record that a spot names, empty where it names none."""
        record = self.record(spot)
        return _KIND[record[0]] if record else ""

    def others(self, spot: Spot, file: str) -> list[str]:
        """What may be written in the place of a name: of an item, what that item names; of a registry, the rest."""
        item = PurePosixPath(file).stem
        if spot.key == "event":
            elsewhere = [event for article, events in self.events.items() if article != item for event in events]
            return [*self.events[item], *elsewhere[:1]]
        if spot.key in ("group", "counts"):
            return self.groups[item]
        if spot.key == "article":
            return sorted(self.texts)
        record = self.record(spot)
        if record is None:
            return []
        name, key = record
        if not file.startswith("dataset/articles/"):
            ids = list(self.records[name])
            following = ids[(ids.index(key) + 1) % len(ids)]
            forms = [form for known in self.records[name].values() for form in known]
            return [*self.records[name][key], self.records[name][following][0]] if spot.key != "parent" else forms
        printed = self.printed[item]
        here = [form for (other, _), forms in printed.items() if other == name for form in forms]
        absent = [forms[0] for other, forms in self.records[name].items() if (name, other) not in printed]
        return [*self.records[name][key], *here, *absent[:1]]
