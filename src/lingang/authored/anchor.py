"""From a typed quote to its span: found with white space ignored, inside its item, exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lingang.authored.nodes import Mapping, Node, Scalar
from lingang.authored.not_found import candidates, nearest
from lingang.problems import Place, Problem
from lingang.text.page import Searchable, Span, squeeze

__all__ = ["Anchor", "AnchorError", "anchor_of", "find_once"]


class AnchorError(Exception):
    """A quote could not be placed; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote as typed, with the text that must stand right before or after it, and its place."""

    quote: str
    place: Place
    before: str = ""
    after: str = ""


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def anchor_of(node: Node, context: Mapping | None = None) -> Anchor:
    """The anchor in a value: a plain string, or a mapping with quote, before and after.

    For a plain string the neighbours may stand beside it in ``context``.
    """
    if isinstance(node, Mapping):
        quote = node.get("quote")
        assert isinstance(quote, Scalar), "the shape was checked"
        return Anchor(quote.text, quote.place, _text(node.get("before")), _text(node.get("after")))
    assert isinstance(node, Scalar), "the shape was checked"
    if context is not None:
        return Anchor(node.text, node.place, _text(context.get("before")), _text(context.get("after")))
    return Anchor(node.text, node.place)


def find_once(zones: Sequence[Searchable], anchor: Anchor, *, within: Span | None = None, first: bool = False) -> Span:
    """The span of a quote that matches exactly once in the first zone that holds it at all.

    With ``first`` the first of several matches is taken (parts of composed names).
    Raises ``AnchorError`` (EVI002 not found, EVI003 found more than once).
    """
    quote = squeeze(anchor.quote)
    for zone in zones:
        found = zone.find(quote, before=anchor.before, after=anchor.after, within=within)
        if len(found) == 1 or (found and first):
            return zone.span(*found[0])
        if found:
            raise AnchorError(
                Problem(
                    "EVI003",
                    f"quote found {len(found)} times in this item: “{quote}”",
                    anchor.place,
                    expected="one place",
                    found=candidates(zone, found),
                    hint="tell them apart with before: or after: (the text right next to the quote)",
                )
            )
    where = " in the place that was named for it" if within is not None else ""
    beside = f" before “{anchor.before}”" if anchor.before else ""
    beside += f" after “{anchor.after}”" if anchor.after else ""
    said, hint = nearest(zones, quote, beside=bool(beside))
    raise AnchorError(
        Problem(
            "EVI002",
            f"quote not found in this item{where}: “{quote}”{beside}",
            anchor.place,
            expected="text that stands in the item, white space ignored",
            found=said,
            hint=hint,
        )
    )
