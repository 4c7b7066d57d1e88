"""Whether the ledger names each reading as it describes it."""

from __future__ import annotations

from collections.abc import Iterator

from lingang.authored.nodes import Mapping, Node, Scalar, Sequence
from lingang.problems import Problem

__all__ = ["check_readings", "entries"]


def _below(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return node.entries if isinstance(node, Mapping) else ()


def entries(ledger: Mapping) -> Iterator[tuple[str, Scalar, tuple[Scalar, ...]]]:
    """Of a ledger of the right shape ``(table, id, words)``: the hash of what was read, then the readings."""
    for name, rows in _below(ledger.get("records")):
        for key, value in _below(rows):
            words = value.items if isinstance(value, Sequence) else ()
            yield name.text, key, tuple(word for word in words if isinstance(word, Scalar))


def check_readings(ledger: Mapping) -> list[Problem]:
    """LED003 for a reading that is not described, or that stands twice for one record; YML015 for a description
    of a reading that no record names."""
    described = {key.text: key for key, _ in _below(ledger.get("readings"))}
    expected = ", ".join(described) or "a reading that readings: describes"
    out, named = [], set()
    for _, _, words in entries(ledger):
        seen: set[str] = set()
        for word in words[1:]:
            if word.text not in described or word.text in seen:
                message = "this reading stands before" if word.text in seen else f"no reading “{word.text}”"
                out.append(Problem("LED003", message, word.place, expected, word.text))
            seen.add(word.text)
        named |= seen
    idle = (key for name, key in described.items() if name not in named)
    why = "a reading is described for the records that name it"
    return out + [Problem("YML015", f"“{key.text}” has no effect here", key.place, why, "no record") for key in idle]
