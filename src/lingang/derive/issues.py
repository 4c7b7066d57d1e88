"""Oddities of the source."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError, anchor_of
from lingang.authored.nodes import Mapping, Sequence
from lingang.derive.draft import Draft
from lingang.derive.item import Item
from lingang.problems import Problem
from lingang.text.page import Page, Span

__all__ = ["add_issues"]


def add_issues(page: Page, item: Item | None, issues: Sequence, draft: Draft) -> None:
    """Rows of ``issues`` of an article file, or of a page where ``item`` is ``None``."""
    placed: list[tuple[Span, Mapping]] = []
    for node in issues.items:
        assert isinstance(node, Mapping), "the shape was checked"
        try:
            placed.append((_span(item, node), node))
        except AnchorError as error:
            draft.give_up(node, error.problem)
    # Numbered in page order, so that their order in the file means nothing.
    for number, (span, node) in enumerate(sorted(placed, key=_in_order), start=1):
        _add_issue(page, item, number, span, node, draft)


def _in_order(entry: tuple[Span, Mapping]) -> tuple[Span, str]:
    seen = entry[1].scalar("seen")
    return entry[0], str(seen.raw) if seen else ""


def _span(item: Item | None, node: Mapping) -> Span:
    """Where the oddity stands; an empty span at 0 for one that is only described."""
    observed, seen = node.get("observed"), node.scalar("seen")
    if (observed is None) == (seen is None) or (item is None and observed is not None):
        raise AnchorError(
            Problem(
                "YML011",
                "an issue has either observed (printed text of an item) or seen (a description)",
                node.place,
                expected="observed or seen; of a whole page only seen",
                found="both" if observed is not None and seen is not None else "neither or misplaced",
            )
        )
    return item.place(anchor_of(observed)) if item is not None and observed is not None else Span(0, 0)


def _add_issue(page: Page, item: Item | None, number: int, span: Span, node: Mapping, draft: Draft) -> None:
    observed, seen = node.get("observed"), node.scalar("seen")
    kind, decision, reason, reading = (node.scalar(key) for key in ("kind", "decision", "reason", "reading"))
    assert kind is not None and decision is not None and reason is not None
    draft.add(
        "issues",
        node.place,
        {
            "issue_id": f"{item.id if item else page.source_id}-issue-{number:02d}",
            "source_id": page.source_id,
            "article_id": item.id if item else None,
            "raw_start": span.start if observed else None,
            "raw_end": span.end if observed else None,
            "kind": kind.value,
            "observed": seen.text if seen else page.quote(span),
            "reading": reading.text if reading else None,
            "decision": decision.value,
            "reason": reason.text,
        },
        kind=kind.place,
        observed=(observed or seen or node).place,
        decision=decision.place,
        reading=reading.place if reading else node.place,
        reason=reason.place,
    )
