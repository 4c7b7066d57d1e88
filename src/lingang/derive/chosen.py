"""Mentions that the program finds and the author corrects."""

from __future__ import annotations

from lingang.authored.anchor import AnchorError, anchor_of
from lingang.authored.nodes import Mapping, Sequence
from lingang.authored.tree import REGISTRIES
from lingang.derive.item import Chosen, Item
from lingang.derive.registry import Entity
from lingang.problems import Problem
from lingang.text.page import Span

__all__ = ["chosen_mentions"]


def chosen_mentions(item: Item) -> dict[Span, Chosen]:
    """What the author says of mentions that the program finds, by their spans.

    Raises ``AnchorError`` (EVI002 no mention there, or one that was changed already; YML011 not one of is and exclude).
    """
    out: dict[Span, Chosen] = {}
    changes = item.node.get("mentions")
    spans = {known.span for known in item.mentions}
    for change in changes.items if isinstance(changes, Sequence) else ():
        assert isinstance(change, Mapping)
        mention, reason = change.get("mention"), change.scalar("reason")
        assert mention is not None and reason is not None
        span = item.place(anchor_of(mention))
        if span not in spans or span in out:
            message = "the mention here is changed above" if span in out else "no mention stands here"
            expected = "each mention once" if span in out else "the whole surface of a mention"
            raise AnchorError(Problem("EVI002", message, mention.place, expected, item.page.quote(span)))
        out[span] = Chosen(_meant(item, change), reason.text, (change.scalar("is") or change).place)
    return out


def _meant(item: Item, change: Mapping) -> Entity | None:
    """The entity that a changed mention means; ``None`` where it means none."""
    instead, exclude = change.scalar("is"), change.scalar("exclude")
    excluded = exclude is not None and exclude.value is True
    if excluded == (instead is not None):
        found = "both" if excluded else "exclude: false alone" if exclude is not None else "neither"
        place = (exclude or change).place
        message = "a change of a mention says which record is meant, or that none is"
        raise AnchorError(Problem("YML011", message, place, "is: an id, or exclude: true", found))
    return item.resolve(instead.text, REGISTRIES, instead.place) if instead is not None else None
