"""The file itself: templates filled, style and script inside, and the policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from lingang.about import About
from lingang.dataset.citing import bibtex, reference
from lingang.dataset.ordering import event_order
from lingang.explore.cards import FOLDED, Cards
from lingang.explore.overview import matrix, timeline
from lingang.explore.runs import BASES, Claim, Run, Sheet, numbered, sheet
from lingang.tables import TABLES

__all__ = ["EXPLORER", "html"]

EXPLORER = "explore.html"
"""What the file is called, where nobody names it otherwise."""

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
_HERE = files("lingang") / "explore"


def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded or sent; this style and this script are the only ones that are used."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _sheets(tables: Tables, claims: Sequence[Claim]) -> list[Sheet]:
    out: list[Sheet] = []
    for source in tables["sources"]:
        first = sum(len(block.runs) for made in out for block in made.blocks)
        out.append(sheet(source, tables, claims, first))
    return out


def _first_runs(sheets: Sequence[Sheet], claims: Sequence[Claim]) -> dict[tuple[str, str], int]:
    """The first run of each claim."""
    out: dict[tuple[str, str], int] = {}
    for made in sheets:
        for block in made.blocks:
            for run in block.runs:
                for number in run.claims:
                    out.setdefault((claims[number].table, claims[number].id), run.number)
    return out


class _Numbers:
    """Numbers of claims in the order in which they are asked for, which is that of the file."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._given: dict[tuple[str, str], int] = {}

    def of(self, table: str, record_id: str) -> int:
        return self._given.setdefault((table, record_id), len(self._given))

    def over(self, run: Run, but: int) -> str:
        """The numbers of the claims that stand on a run, but for that of its segment."""
        found = [self.of(self._claims[number].table, self._claims[number].id) for number in run.claims]
        return " ".join(str(number) for number in found if number != but)


class _Readings:
    """Readings by what the ids of many have in common beside their record: it is written once, in the style."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        found = (self._rest(row) for row in rows)
        self.kinds = sorted({rest for rest in found if rest is not None})

    @staticmethod
    def _rest(row: Mapping[str, Any]) -> str | None:
        prefix = f"{row['table_name'].replace('_', '-')}-{row['record_id']}-"
        rest = str(row["reading_id"]).removeprefix(prefix)
        return rest if len(rest) < len(row["reading_id"]) and _SLUG.fullmatch(rest) else None

    def kind(self, row: Mapping[str, Any]) -> int | None:
        """The number of its kind; ``None`` for an id that is built otherwise."""
        rest = self._rest(row)
        return None if rest is None else self.kinds.index(rest)


_MARKS = dict(zip(BASES, "●✚◆○▲■", strict=True))
_SLUG = re.compile("[a-z0-9-]+")


def _drawn(cards: Cards, readings: _Readings) -> str:
    """What the style writes: on what a claim rests, beside its words, and who read a record."""
    words = {basis: cards.word("evidence_basis", basis).text for basis in BASES}
    quoted = {basis: "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in word) for basis, word in words.items()}
    claims = (f'li.b-{basis}>a::after{{content:"{_MARKS[basis]} {word}"}}' for basis, word in quoted.items())
    return "\n".join([*claims, *(f'.u{n}::before{{content:"{kind}"}}' for n, kind in enumerate(readings.kinds))])


_PLAIN = re.compile(r"[^\s\"'=<>`&]+")


def _attribute(value: str) -> Markup:
    """The value of an attribute, in quotes only where it needs them."""
    return Markup(value) if _PLAIN.fullmatch(value) else Markup('"') + escape(value) + Markup('"')


def _lines(tables: Tables, claims: Sequence[Claim]) -> dict[tuple[str, str], int]:
    """The 1-based line on which each claim begins."""
    texts = {row["source_id"]: row["text"] for row in tables["sources"]}
    return {(claim.table, claim.id): texts[claim.source_id].count("\n", 0, claim.start) + 1 for claim in claims}


def _reading(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a reading has in common with others: who read, in which pass, when, and whether it holds."""
    return row["reader"], row["reader_kind"], row["pass"], row["date"], row["current"]


def _readings(tables: Tables) -> dict[tuple[Any, ...], int]:
    """How many readings have what in common."""
    return dict(sorted(Counter(map(_reading, tables["readings"])).items()))


def citation(about: About | None, words: Mapping[str, str]) -> tuple[str, str]:
    """How to cite the dataset: as a line, and as BibTeX."""
    if about is None:
        return words["unnamed"], ""
    return reference(about, undated=words["no_date"], version=words["version"]), bibtex(about)


def _environment(lang: str) -> Environment:
    made = Environment(
        loader=PackageLoader("lingang.explore"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["attribute"] = _attribute
    made.filters["other_language"] = lambda tag: Markup("") if tag == lang else Markup(" lang=") + _attribute(tag)
    return made


def _glossary(tables: Tables) -> dict[str, list[Mapping[str, Any]]]:
    """The words of each vocabulary in its order."""
    out: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in sorted(tables["words"], key=lambda row: (row["vocabulary"], row["position"])):
        out[row["vocabulary"]].append(row)
    return out


def html(tables: Tables, facts: Mapping[str, Any], lang: str) -> bytes:
    """The explorer of a dataset: UTF-8, one file, the same bytes for the same input.

    ``tables`` holds the rows of each table, ``facts`` what ``about`` says (it may be empty), ``lang`` is en or zh.
    """
    words = json.loads(_part(f"interface/{lang}.json"))
    claims = numbered(tables)
    sheets = _sheets(tables, claims)
    order = event_order(tables["events"], tables["event_links"])
    cards = Cards(tables, lang, [event for event, _ in order])
    about = About.if_whole(facts)
    sources = {row["source_id"]: row for row in tables["sources"]}
    readings = _Readings(tables["readings"])
    style, script = _part("templates/style.css") + _drawn(cards, readings), _part("templates/script.js")
    parts = [(declared, cards.of_table(declared.name)) for declared in TABLES if declared.name not in FOLDED]
    shown = {(card.table, card.id) for _, made in parts for card in made}
    told = (
        _environment(lang)
        .get_template("page.html")
        .render(
            t=words,
            lang=lang,
            facts=defaultdict(str, facts),
            about=about,
            citation=citation(about, words),
            policy=_policy(style, script),
            style=Markup(style),
            script=Markup(script),
            sheets=sheets,
            articles={row["article_id"]: row for row in tables["articles"]},
            issues={row["issue_id"]: row for row in tables["issues"]},
            cards=cards,
            parts=[(declared, made) for declared, made in parts if made],
            glossary=_glossary(tables),
            matrix=matrix(tables, cards, order),
            timeline=timeline(tables, order),
            bases=BASES,
            numbers=_Numbers(claims),
            readings=readings,
            first=_first_runs(sheets, claims),
            lines=_lines(tables, claims),
            page_language=next((row["language"] for row in sources.values()), "und"),
            how=_readings(tables),
            unread=[row for row in tables["readings"] if (row["table_name"], row["record_id"]) not in shown],
            lost=[row for row in tables["evidence"] if not _placed(row, shown)],
            lost_mentions=[row for row in tables["mentions"] if (row["entity_table"], row["entity_id"]) not in shown],
        )
    )
    return told.encode()


def _placed(row: Mapping[str, Any], shown: set[tuple[str, str]]) -> bool:
    """Whether a piece of evidence is told with its record: in a card, or with a mention."""
    return (row["table_name"], row["record_id"]) in shown or row["table_name"] == "mentions"
