"""A reader of the roots under tests/roots that uses nothing of lingang: it proves the material, not the code.

It knows the authored form only: which lines and quotes of a page are which run of text (``roots_pages``), where a name
or a list stands in an item (``roots_item``), and where each quote stands (``roots_quotes``), white space left out. It
judges no kind, role or date. Every complaint is a line of text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from roots_item import Entity, Item
from roots_pages import Source, Wrong, as_list, beside, is_lines, read_yaml, squeeze
from roots_quotes import quotes_of

REGISTRIES = ("people", "organizations", "places", "campaigns")
RESERVED = "accept"


def _complaints(checks: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for function, *arguments in checks:
        try:
            function(*arguments)
        except Wrong as wrong:
            yield str(wrong)


class Root:
    """A whole root: pages, registries and items."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = path / "dataset"
        self.registries = {name: read_yaml(self.data / f"{name}.yaml") for name in REGISTRIES}
        self.articles = {file.stem: read_yaml(file) for file in sorted((self.data / "articles").glob("*.yaml"))}
        self.labels = {file.stem: read_yaml(file) for file in sorted((self.data / "labels").glob("*.yaml"))}
        self.sources: dict[str, Source] = {}
        self.broken: list[str] = []
        for source_id, entry in read_yaml(self.data / "sources.yaml").items():
            raw = (path / "raw" / entry["file"]).read_bytes().decode("utf-8")
            source = self.sources[source_id] = Source(source_id, entry, raw)
            for article_id, article in self.articles.items():
                if self.source_of(article) == source_id:
                    order = sorted(article["text"].items(), key=lambda kv: not all(map(is_lines, as_list(kv[1]))))
                    for role, value in order:
                        self._add(source, role, value, article_id)
            for role, value in (entry.get("text") or {}).items():
                self._add(source, role, value)
        self.entities = [
            Entity(
                table,
                key,
                [squeeze(form) for form in (entry["name"], *entry.get("aliases", []))],
                as_list(entry.get("in")),
            )
            for table, entries in self.registries.items()
            for key, entry in entries.items()
            if key != RESERVED
        ]

    def _add(self, source: Source, role: str, value: Any, item: str = "") -> None:
        try:
            source.add(role, value, item)
        except Wrong as wrong:
            self.broken.append(str(wrong))

    def source_of(self, article: dict[str, Any]) -> str:
        return article.get("source") or next(iter(read_yaml(self.data / "sources.yaml")))

    @cached_property
    def items(self) -> list[Item]:
        """The items in the order of their names; raises where a page is not wholly held."""
        return [
            Item(article_id, article, self.sources[self.source_of(article)], self.entities)
            for article_id, article in self.articles.items()
        ]

    def complaints(self) -> list[str]:
        """Everything that does not hold; an empty list is a proof of the material."""
        out = [*self.broken, *_complaints(self._sums()), *_complaints(self._pages())]
        return out or [*_complaints(self._registry()), *_complaints(self._quotes()), *self._labels()]

    def _sums(self) -> Iterator[tuple[Any, ...]]:
        def same() -> None:
            sums = (self.path / "raw" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
            files = sorted(file.name for file in (self.path / "raw").glob("*.txt"))
            if [line.split("  ")[1] for line in sums] != files:
                raise Wrong("SHA256SUMS names other files than raw/ holds")
            for line in sums:
                digest, name = line.split("  ")
                if hashlib.sha256((self.path / "raw" / name).read_bytes()).hexdigest() != digest:
                    raise Wrong(f"raw/{name} has another sum")

        yield (same,)

    def _registry(self) -> Iterator[tuple[Any, ...]]:
        """Every form of an entry stands on a page of its scope; parents and scopes exist."""
        ids = {*self.sources, *self.articles}

        def holds(entity: Entity, entry: dict[str, Any]) -> None:
            for scope in entity.scope:
                if scope not in ids:
                    raise Wrong(f"{entity.id}: scope {scope} is no source and no item")
            texts = [
                item.reading + "\n" + item.others
                for item in self.items
                if not entity.scope or item.id in entity.scope or item.source.id in entity.scope
            ]
            for form in entity.forms:
                if not any(form in text for text in texts):
                    raise Wrong(f"{entity.id}: “{form}” is not printed in its scope")
            parent = entry.get("parent")
            near = [e for e in self.entities if e.table == entity.table and parent in (e.id, *e.forms)]
            if parent not in (None, "none") and len({e.id for e in near}) != 1:
                raise Wrong(f"{entity.id}: parent {parent} is {len(near)} entries")

        for entity in self.entities:
            yield holds, entity, self.registries[entity.table][entity.id]

    def _labels(self) -> Iterator[str]:
        """Labels of records that are not there, and of values that no page prints."""
        known = {table: {e.id for e in self.entities if e.table == table} for table in REGISTRIES}
        known["events"] = {key for article in self.articles.values() for key in article.get("events", {})}
        for language, labels in self.labels.items():
            for group, entries in labels.items():
                for key in entries:
                    if group == "values":
                        if not any(squeeze(key) in source.page.printed for source in self.sources.values()):
                            yield f"labels {language}: “{key}” is printed nowhere"
                    elif key not in known.get(group, set()):
                        yield f"labels {language}: {group} {key} is no record"

    def _pages(self) -> Iterator[tuple[Any, ...]]:
        for source in self.sources.values():
            yield (source.pieces,)
            for key in ("publisher", "published"):
                if key in source.entry:
                    yield self._furniture, source, source.entry[key]

    def _furniture(self, source: Source, value: Any) -> None:
        anchor = value if isinstance(value, dict) else {"quote": value}
        runs = [source.page.printed[slice(*run.span)] for run in source.pieces() if not run.item]
        found = [span for text in runs for span in beside(text, anchor)]
        if len(found) != 1:
            raise Wrong(f"{source.id}: {value!r} stands {len(found)} times in the furniture")

    def _quotes(self) -> Iterator[tuple[Any, ...]]:
        for item in self.items:
            yield from quotes_of(item, self.sources[item.source.id])
