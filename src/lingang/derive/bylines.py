"""Who is named in a byline or a photo credit, and as what."""

from __future__ import annotations

import re

from lingang.derive.draft import Draft
from lingang.derive.item import Item, Unregistered
from lingang.problems import Place, Problem
from lingang.text.page import Searchable, Segment, Span, squeeze

__all__ = ["add_bylines"]

_ROLES = {"记者": "reporter", "通讯员": "correspondent"}
_PHOTO = ("文/图", "摄", "图")
_AFTER_NAME = re.compile("|".join((*_ROLES, *_PHOTO, "、", "，")))


def add_bylines(item: Item, draft: Draft, place: Place) -> None:
    """Rows of ``bylines`` from the byline and credit segments: 记者 and 通讯员 before the names, 文/图 or 摄
    after them. A name that no registry knows is a problem (KEY003)."""
    seq = 0
    for segment in item.segments:
        if segment.role in ("byline", "credit"):
            seq = _read(item, segment, draft, place, seq)


def _read(item: Item, segment: Segment, draft: Draft, place: Place, seq: int) -> int:
    zone = Searchable(item.page, [segment.span])
    text = zone.text
    opened = text.find("（") + 1
    closed = text.find("）") if "）" in text else len(text)
    people = {
        zone.position(mention.span.start): mention
        for mention in item.mentions
        if mention.segment == segment and mention.entity.table == "people"
    }
    at, role, role_at, last = opened, "", opened, None
    rows: list[tuple[str, str, Span, Span]] = []
    while at < closed:
        word = next((word for word in _ROLES if text.startswith(word, at)), None)
        photo = next((word for word in _PHOTO if text.startswith(word, at)), None)
        if word:
            role, role_at, at = _ROLES[word], at, at + len(word)
        elif at in people and role:
            mention = people[at]
            at += len(mention.surface)
            last = (mention.entity.id, role_at, mention.span)
            rows.append((mention.entity.id, role, mention.span, zone.span(role_at, at)))
        elif photo and last:
            at += len(photo)
            if segment.role == "credit":  # in a credit 记者 is the photographer's post, the work is the photo
                rows.pop()
            rows.append((last[0], "photographer", last[2], zone.span(last[1], at)))
        elif text[at] in "、，":
            at += 1
        else:
            name = _AFTER_NAME.split(text[at:closed])[0]
            item.unregistered.append(Unregistered(name, ("people",), place))
            draft.problems.append(
                Problem(
                    "KEY003",
                    f"no registry knows “{text[at:closed]}” of the byline",
                    place,
                    expected="names that people.yaml has, each after 记者 or 通讯员",
                    found=squeeze(text),
                )
            )
            return seq
    for person, kind, mention_span, quote in rows:
        seq += 1
        row = draft.add(
            "bylines",
            place,
            {
                "byline_id": f"{item.id}-{kind}-{person}",
                "article_id": item.id,
                "person_id": person,
                "seq": seq,
                "role": kind,
            },
        )
        draft.prove(row, "person_id", [mention_span], item.page, item.id)
        draft.prove(row, "role", [quote], item.page, item.id)
    return seq
