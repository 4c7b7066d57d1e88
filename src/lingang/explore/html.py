"""The file itself: templates filled, style and script inside, and the policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lingang.about import About
from lingang.explore.cards import FOLDED, Cards
from lingang.explore.overview import matrix, timeline
from lingang.explore.runs import BASES, Claim, Sheet, numbered, sheet
from lingang.models import TABLES
from lingang.ordering import event_order

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


def _first_runs(sheets: Sequence[Sheet]) -> dict[int, int]:
    """The first run of each claim."""
    out: dict[int, int] = {}
    for made in sheets:
        for block in made.blocks:
            for run in block.runs:
                for number in run.claims:
                    out.setdefault(number, run.number)
    return out


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
    year = (about.released or words["no_date"])[:4] if about.released else words["no_date"]
    text = f"{about.authors} ({year}). {about.title}. {words['version']} {about.version}. {about.contact}"

    def plain(value: str) -> str:
        return "".join(char if char not in "{}\\" else "" for char in value)

    fields = {
        "title": "{" + plain(about.title) + "}",
        "author": " and ".join("{" + plain(creator.name) + "}" for creator in about.creators),
        **({"year": about.released[:4]} if about.released else {}),
        "version": about.version,
        "note": plain(about.contact),
    }
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
    return text, f"@misc{{{plain(about.label)},\n{lines}\n}}"


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
    style, script = _part("templates/style.css"), _part("templates/script.js")
    environment = Environment(
        loader=PackageLoader("lingang.explore"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    glossary: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in sorted(tables["words"], key=lambda row: (row["vocabulary"], row["position"])):
        glossary[row["vocabulary"]].append(row)
    parts = [(declared, cards.of_table(declared.name)) for declared in TABLES if declared.name not in FOLDED]
    shown = {(card.table, card.id) for _, made in parts for card in made}
    told = environment.get_template("page.html").render(
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
        glossary=glossary,
        matrix=matrix(tables, cards, order),
        timeline=timeline(tables, order),
        bases=BASES,
        numbers={(claim.table, claim.id): claim.number for claim in claims},
        first=_first_runs(sheets),
        lines=_lines(tables, claims),
        page_language=next((row["language"] for row in sources.values()), "und"),
        how=_readings(tables),
        unread=[row for row in tables["readings"] if (row["table_name"], row["record_id"]) not in shown],
        lost=[row for row in tables["evidence"] if not _placed(row, shown)],
        lost_mentions=[row for row in tables["mentions"] if (row["entity_table"], row["entity_id"]) not in shown],
    )
    return told.encode()


def _placed(row: Mapping[str, Any], shown: set[tuple[str, str]]) -> bool:
    """Whether a piece of evidence is told with its record: in a card, or with a mention."""
    return (row["table_name"], row["record_id"]) in shown or row["table_name"] == "mentions"
