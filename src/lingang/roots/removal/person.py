"""Who is to be removed: the record, its printed forms, and the marks that take their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lingang.authored.nodes import Mapping as Tree
from lingang.authored.nodes import Scalar, Sequence, plain
from lingang.authored.tree import Authored
from lingang.problems import CannotRun
from lingang.text.page import squeeze

__all__ = ["NAMELESS", "Person", "person_of"]

MARKS = "〓█▓▒░▇▆▅▄▃▂▁"
"""What may stand for a character of a name. 〓 is the printer's mark for a character that is not there; unlike ○, □
and × it is no digit, no sign of a byline and no measure. Each form has a mark of its own: no mask lies in another."""
NAMELESS = "N. N."
"""What stands for a Latin name: nomen nescio."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the registry; ``marks`` are by printed form, ``others`` the forms of other people, by id."""

    id: str
    new_id: str
    latin: str | None
    marks: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]
    shared_latin: bool

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(self.marks)

    @property
    def shared(self) -> frozenset[str]:
        """The forms that are forms of someone else, too."""
        return frozenset(form for forms in self.others.values() for form in forms) & frozenset(self.marks)

    @property
    def longer(self) -> frozenset[str]:
        """The forms of other people that hold one of this person's, and more."""
        every = (form for forms in self.others.values() for form in forms)
        return frozenset(form for form in every if any(own in form and own != form for own in self.marks))


def _forms(entry: Tree) -> tuple[str, ...]:
    name, aliases = entry.get("name"), entry.get("aliases")
    found = [name, *(aliases.items if isinstance(aliases, Sequence) else ())]
    return tuple(dict.fromkeys(squeeze(str(node.raw)) for node in found if isinstance(node, Scalar)))


def person_of(authored: Authored, wanted: str, texts: Iterable[str]) -> Person:
    """The person with an id or a printed form; ``texts`` are those in which no mark may stand.

    Raises ``CannotRun`` where there is none, or more than one.
    """
    people = {
        str(key): (_forms(entry), entry)
        for key, entry in authored.registries["people"].items()
        if isinstance(entry, Tree)
    }
    name = squeeze(wanted)
    found = [wanted] if wanted in people else [key for key, (forms, _) in people.items() if name in forms]
    if not found:
        raise CannotRun(f"no person of dataset/people.yaml has the id or the printed form {wanted}")
    if len(found) > 1:
        raise CannotRun(f"{wanted} is a form of {len(found)} people; name one by its id: {', '.join(found)}")
    person_id = found[0]
    forms, entry = people[person_id]
    latin = plain(entry).get("latin")  # type: ignore[attr-defined]
    others = {key: value[0] for key, value in people.items() if key != person_id}
    namesakes = [plain(other).get("latin") for key, (_, other) in people.items() if key != person_id]  # type: ignore[attr-defined]
    return Person(person_id, _free(people), latin, _marks(forms, texts), others, latin in namesakes)


def _free(people: Iterable[str]) -> str:
    """The next id of a person without a name."""
    used = {int(match[1]) for key in people if (match := re.fullmatch(r"removed-([1-9][0-9]*)", key))}
    return f"removed-{max(used, default=0) + 1}"


def _marks(forms: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    used = set().union(*map(set, texts)) if texts else set()
    free = [mark for mark in MARKS if mark not in used]
    wanted = list(forms)
    if len(free) < len(wanted):
        raise CannotRun(f"the root uses {len(MARKS) - len(free)} of the marks {MARKS} already; too few are left")
    return dict(zip(wanted, free, strict=False))
