"""The facts of a dataset as a whole: every descriptor, card and citation of a release states these and no others.

They are written in ``dataset/about.yaml`` of a root and travel as ``about.json`` with what is published.
Imports nothing that is not in the standard library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = [
    "ABOUT",
    "ARCHIVE_SUMS",
    "FACTS",
    "FULL",
    "INSTALLED",
    "SUMS",
    "WANTED",
    "About",
    "Creator",
    "edition_of",
    "licence_url",
    "read_facts",
    "stem",
]

INSTALLED = Path(__file__).parent / "data"
"""The dataset that travels with the package."""

ABOUT = "about.json"
"""The file of a published folder that holds the facts."""

SUMS = "SHA256SUMS"
"""The file of a published folder that lists the sum of every other."""

ARCHIVE_SUMS = "ARCHIVES.sha256"
"""The file beside published archives that lists their sums."""

FULL, FACTS = "full", "facts"
"""The editions: everything; and all but the wording of the pages beyond names and titles."""

WANTED = ("name", "title", "version", "description", "creators", "contact", "base", "license", "method")
"""What a release cannot do without."""

_TEXTS = (
    "edition",
    "private_contact",
    "released",
    "persons",
    "collection",
    "missing",
    "annotation",
    "impact",
    "maintenance",
    "homepage",
    "repository",
)
_LISTS = ("keywords", "uses", "limitations", "biases", "collection_types", "annotation_tools")
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-([0-9]\.[0-9])")


@dataclass(frozen=True, slots=True)
class Creator:
    """Who made the dataset: a person or a body."""

    name: str
    kind: str = "organization"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a dataset is, by whom and under which rights. A day is ISO 8601, a licence an SPDX identifier.

    ``base`` is what identifiers begin with; ``method`` who or what read the pages, and how often. What may be left
    out is ``None`` or empty.
    """

    name: str
    title: str
    version: str
    description: str
    creators: tuple[Creator, ...]
    contact: str
    base: str
    annotations_license: str
    text_license: str
    method: str
    rights: str
    released: str | None = None
    keywords: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    biases: tuple[str, ...] = ()
    persons: str | None = None
    collection: str | None = None
    collection_types: tuple[str, ...] = ()
    annotation_tools: tuple[str, ...] = ()
    missing: str | None = None
    annotation: str | None = None
    impact: str | None = None
    maintenance: str | None = None
    homepage: str | None = None
    repository: str | None = None
    edition: str = FULL
    private_contact: str | None = None

    @classmethod
    def if_whole(cls, facts: Mapping[str, Any]) -> About | None:
        """``of``; ``None`` where a wanted fact is missing."""
        try:
            return cls.of(facts)
        except KeyError:
            return None

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> About:
        """From what ``about.yaml`` or ``about.json`` holds; raises ``KeyError`` for a wanted fact that is missing."""
        licence = facts["license"]
        told = f"Annotations: {licence['annotations']}. The text of the pages: {licence['text']}."
        given: dict[str, Any] = {name: facts[name] for name in WANTED if name not in ("creators", "license")}
        given |= {name: facts[name] for name in _TEXTS if name in facts}
        given |= {name: tuple(facts[name]) for name in _LISTS if name in facts}
        return cls(
            creators=tuple(Creator(**creator) for creator in facts["creators"]),
            annotations_license=licence["annotations"],
            text_license=licence["text"],
            rights=facts.get("rights", told),
            **given,
        )

    @property
    def authors(self) -> str:
        """The names of the creators, joined by a comma."""
        return ", ".join(creator.name for creator in self.creators)

    @property
    def label(self) -> str:
        """``name-version``, of an edition that leaves something out with its name: what archives and folders of a
        release are called."""
        return f"{self.name}-{self.version}" + ("" if self.edition == FULL else f"-{self.edition}")

    @property
    def stated(self) -> str:
        """The version, and the day of its release where one is given."""
        return self.version if self.released is None else f"{self.version}, {self.released}"

    @property
    def address(self) -> str | None:
        """Where the dataset is found: its page, else its repository; ``None`` where neither is told."""
        return self.homepage or self.repository

    @property
    def identifier(self) -> str:
        """The identifier of the dataset itself: ``base`` without the # before which ids follow."""
        return self.base.removesuffix("#")

    @property
    def contacts(self) -> str:
        """How to ask, in public and not."""
        return self.contact if self.private_contact is None else f"{self.contact} In private: {self.private_contact}"

    def iri(self, path: str) -> str:
        """The identifier of something of this dataset: ``base`` and a path below it."""
        return stem(self.base) + path


def stem(base: str) -> str:
    """``base`` with a delimiter at its end, so that a path can follow."""
    return base if base.endswith(("/", ":", "#", "=")) else f"{base}/"


def edition_of(facts: Mapping[str, Any]) -> str:
    """The edition that the facts of a published folder name."""
    return FACTS if facts.get("edition") == FACTS else FULL


def licence_url(identifier: str) -> str | None:
    """Where a licence can be read, by its SPDX identifier; ``None`` for one that SPDX does not list."""
    if identifier.startswith("LicenseRef-"):
        return None
    if identifier == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    match = _CREATIVE_COMMONS.fullmatch(identifier)
    if match is not None:
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    return f"https://spdx.org/licenses/{identifier}.html"


def read_facts(folder: Path) -> dict[str, Any]:
    """The facts of a published folder; empty where it carries none. Raises ``ValueError`` where they are no JSON."""
    path = folder / ABOUT
    facts = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if not isinstance(facts, dict):
        raise ValueError(f"{ABOUT} holds no JSON object")
    return facts
