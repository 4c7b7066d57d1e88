"""Forms, Latin names and ids in running text, whatever white space cuts them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from lingang.roots.removal.person import NAMELESS, Person
from lingang.text.page import WHITE, squeeze

__all__ = ["Words"]

_GAP = f"[{WHITE}]*"


def _cut(form: str) -> str:
    """A pattern of a form that white space may cut anywhere."""
    return _GAP.join(map(re.escape, form))


def _any(forms: Iterable[str]) -> re.Pattern[str]:
    """The longest of the forms that begins at a place; nothing where there are none."""
    return re.compile("|".join(_cut(form) for form in sorted(forms, key=lambda form: (-len(form), form))) or "(?!)")


def _is_telling(slug: str) -> bool:
    """Whether an id stands for nobody else, so that it is one wherever it stands: it has two parts."""
    return "-" in slug


class Words:
    """How the names of one person are found in text, and masked there."""

    def __init__(self, person: Person) -> None:
        self.person = person
        parts = (person.latin or "").split()
        orders = [parts, [*parts[1:], *parts[:1]]] if len(parts) > 1 else []
        spelt = [r"[\s]+".join(map(re.escape, order)) for order in orders]
        self._latin = re.compile(r"(?<![A-Za-z])(?:" + "|".join(spelt) + r")(?![A-Za-z])" if spelt else "(?!)", re.I)
        ids = [person.id, *(other for other in person.others if other.startswith(person.id))]
        slugs = "|".join(re.escape(slug) for slug in sorted(ids, key=len, reverse=True))
        self._id = re.compile(rf"(?<![A-Za-z0-9])(?:{slugs})(?![A-Za-z0-9])" if _is_telling(person.id) else "(?!)")

    def masked(self, text: str, kept: Collection[str] = (), marks: Mapping[str, str] | None = None) -> str:
        """The text with a mark for each character of a form, the forms in ``kept`` left as they are, and without Latin
        name and id."""
        marks = self.person.marks if marks is None else marks

        def mask(match: re.Match[str]) -> str:
            mark = marks.get(squeeze(match[0]))
            if mark is None or squeeze(match[0]) in kept:
                return match[0]
            return "".join(char if char in WHITE else mark for char in match[0])

        text = _any({*marks, *kept, *self.person.longer}).sub(mask, text)
        if not self.person.shared_latin:
            text = self._latin.sub(NAMELESS, text)
        return self.without_id(text)

    def without_id(self, text: str) -> str:
        """The text with the new id wherever the old one stands, in longer ids too."""
        person = self.person
        return self._id.sub(lambda match: person.new_id if match[0] == person.id else match[0], text)

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """Position and form of what still names the person: forms, Latin name, id."""
        longer = self.person.longer
        for match in _any({*self.person.marks, *longer}).finditer(text):
            if squeeze(match[0]) not in longer:
                yield match.start(), match[0]
        for pattern in (self._latin, self._id):
            for match in pattern.finditer(text):
                if match[0] not in self.person.others:
                    yield match.start(), match[0]
