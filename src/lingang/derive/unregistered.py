"""Words that end like the name of a body, a place or a campaign, and the registry in which such a name belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Unknown", "unknown_names"]

_ENDINGS = {
    "campaigns": (
        "专项提升行动|专项整治行动|集中督导|专项监督|文明城市创建|文明创建|创文"
        "|(?:争创|创建)(?:国家|省|市)级[一-龥]{0,8}开发区"
    ),
    "organizations": (
        "党工委|管委会|纪工委|监工委|办事处|居委会|小学|中学|学校|超市|公司|剧团|[市省]委|市政府|市纪委|开发区|委员会"
    ),
    "places": "停车场|建材市场|万达广场|[一-龥]路(?=[、，。])",
}
_NAME = re.compile("|".join(f"(?P<{registry}>{endings})" for registry, endings in _ENDINGS.items()))


class Unknown(NamedTuple):
    """Where a word stands that ends like a name, and the registry for names of its kind."""

    start: int
    end: int
    registry: str


def unknown_names(text: str, known: Iterable[tuple[int, int]]) -> Iterator[Unknown]:
    """The words of a text that end like a name and that none of the known spans holds whole."""
    spans = list(known)
    for match in _NAME.finditer(text):
        if not any(first <= match.start() and match.end() <= last for first, last in spans):
            assert match.lastgroup is not None, "each alternative is a group"
            yield Unknown(match.start(), match.end(), match.lastgroup)
