"""Whether an authored file has the shape of its kind; each deviation as a problem with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from lingang.authored.half_width import typed
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence, at, key_place, plain
from lingang.authored.shapes import SHAPES, explained
from lingang.authored.wanted import SLUG_IN_WORDS, keys_at, known_keys, wanted
from lingang.problems import Problem
from lingang.text.likest import close_to_it, likest

__all__ = ["check_shape"]

_MANY = 200
"""So many faults of a file are told one by one; a file that is no record has them by the ten thousand."""

_EMPTY = "an empty text"

Path = tuple[str | int, ...]


class _Fault(NamedTuple):
    """What is wrong at a path of the file; the key of a mapping itself where ``of_key``."""

    kind: str
    path: Path
    of_key: bool = False


def check_shape(node: Node, shape: str) -> list[Problem]:
    """Problems YML010 (unknown key), YML011 (missing key), YML012 (wrong kind of value), one a place."""
    model: type[BaseModel] = SHAPES[shape]
    try:
        model.model_validate(plain(node))
        found = []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
    faults, tell = [*_faults(node, found), *_idle_reasons(node, shape)], _Told(node, shape)
    if faults:
        problems = list(tell.problems(faults[:_MANY]))
        if len(faults) > _MANY:
            (last,) = tell.problems(faults[_MANY : _MANY + 1])
            message = f"{last.message}; {len(faults) - _MANY:,} keys and values from here on are wrong"
            problems.append(replace(last, message=message))
        return problems
    return []


def _faults(root: Node, errors: Iterable[Any]) -> list[_Fault]:
    """The faults, each once; of a value that may be of several kinds only what its own kind lacks."""
    out: dict[_Fault, None] = {}
    within: set[Path] = set()
    for error in errors:
        of_key = error["loc"][-1:] == ("[key]",)
        path = _path(root, error["loc"])
        kind = error["type"] if error["type"] in ("extra_forbidden", "missing") else "value"
        fault = _Fault(kind, (*path, error["loc"][-1]) if kind == "missing" else path, of_key)
        out[fault] = None
        within.update(fault.path[:size] for size in range(len(fault.path)))
    keys = {fault.path for fault in out if fault.of_key}

    def is_own(fault: _Fault) -> bool:
        """Whether a fault is no refusal by a kind that the value is not: one beside it has faults of its own kind."""
        if fault.of_key:
            return True
        if not keys.isdisjoint(fault.path[:size] for size in range(len(fault.path) + 1)):
            return False  # what stands under a key that is none
        if fault.kind != "value":
            return True
        node, parent = at(root, fault.path), at(root, fault.path[:-1])
        beside = range(len(parent.items)) if isinstance(parent, Sequence) and fault.path else ()
        alike = (other for n in beside if (other := (*fault.path[:-1], n)) in within)
        return fault.path not in within and not any(type(at(root, other)) is type(node) for other in alike)

    return [fault for fault in out if is_own(fault)]


def _idle_reasons(node: Node, shape: str, path: Path = ()) -> Iterator[_Fault]:
    """The keys of ``why:`` that can be no key of the entry which it explains."""
    if isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from _idle_reasons(item, shape, (*path, number))
    if not isinstance(node, Mapping):
        return
    for key, value in node.items():
        if key != "why" or not isinstance(value, Mapping):
            yield from _idle_reasons(value, shape, (*path, key))
            continue
        for reason, _ in value.items():
            if reason not in explained() and "why" in keys_at(shape, path):
                yield _Fault("extra_forbidden", (*path, key, reason))


def _path(node: Node, loc: Iterable[str | int]) -> Path:
    """The parts of pydantic's ``loc`` that lead to a node: it also names the members of unions."""
    out: list[str | int] = []
    for part in loc:
        if isinstance(node, Mapping) and isinstance(part, str) and part in node:
            below = node.get(part)
            assert below is not None
            node = below
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            continue
        out.append(part)
    return tuple(out)


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.raw is None else _EMPTY if node.raw == "" else _scalar(node)
    return ("a list" if node.items else "an empty list") if isinstance(node, Sequence) else "a mapping"


def _scalar(node: Scalar) -> str:
    return str(node.raw).lower() if isinstance(node.raw, bool) else str(node.raw)


def _key_wanted(path: Path) -> str:
    return "text in one line" if {"titles", "stand_ins", "records"} & set(path[:-1]) else SLUG_IN_WORDS


def _keys(node: Node) -> str:
    keys = [str(key.raw) for key, _ in node.entries] if isinstance(node, Mapping) else []
    return ", ".join(keys[:12]) or "no key"


class _Told:
    """The faults of one file in words."""

    def __init__(self, root: Node, shape: str) -> None:
        self.root, self.shape = root, shape
        self.pairs: dict[int, dict[object, str]] = {}

    def problems(self, faults: Iterable[_Fault]) -> Iterator[Problem]:
        faults = list(faults)
        missing: dict[Path, list[str]] = {}
        instead = self._instead(faults)
        for fault in faults:
            if fault in instead.values():
                continue
            if fault.kind == "missing":
                missing.setdefault(fault.path[:-1], []).append(str(fault.path[-1]))
            elif fault.kind == "extra_forbidden":
                yield self._unknown_key(fault.path, instead.get(fault))
            elif fault.of_key:
                place, key = key_place(self.root, fault.path), str(fault.path[-1])
                message, wants = f"“{key}” cannot be a key here", _key_wanted(fault.path)
                yield Problem("YML012", message, place, wants, key or _EMPTY, typed(key, wants))
            else:
                yield self._wrong_value(fault.path)
        yield from (self._missing(path, keys) for path, keys in missing.items())

    def _missing(self, path: Path, keys: list[str]) -> Problem:
        parent = at(self.root, path)
        named = f"keys {', '.join(f'“{key}”' for key in keys)} are" if keys[1:] else f"key “{keys[0]}” is"
        wants = "; ".join(f"{key}: {wanted(self.shape, (*path, key))}" for key in keys)
        return Problem("YML011", f"{named} missing here", parent.place, wants, _keys(parent))

    def _instead(self, faults: Iterable[_Fault]) -> dict[_Fault, _Fault]:
        """The unknown keys that stand for a missing one: of those beside it the likest, or the only one."""
        unknown: dict[Path, list[_Fault]] = {}
        missing: dict[Path, dict[str, _Fault]] = {}
        for fault in faults:
            if fault.kind == "extra_forbidden":
                unknown.setdefault(fault.path[:-1], []).append(fault)
            elif fault.kind == "missing":
                missing.setdefault(fault.path[:-1], {})[str(fault.path[-1])] = fault
        out = {}
        for path, lacking in missing.items():
            beside = unknown.get(path, [])
            alone = len(beside) == len(lacking) == 1
            for fault in beside:
                name = likest(str(fault.path[-1]), lacking) or (next(iter(lacking), "") if alone else "")
                if name:
                    out[fault] = lacking.pop(name)
        return out

    def _unknown_key(self, path: Path, instead: _Fault | None) -> Problem:
        key, expected = str(path[-1]), "a key of this file"
        if instead is not None:
            expected = f"{instead.path[-1]}: {wanted(self.shape, instead.path)}"
        elif path[-2:-1] == ("why",):
            expected = f"a key of the entry that it explains: {', '.join(keys_at(self.shape, path[:-2]))}"
        if instead is None:
            here = close_to_it(key, keys_at(self.shape, path[:-1]))
            expected += here or close_to_it(key, known_keys(self.shape))
        place = key_place(self.root, path)
        hint = typed(key, "a key") or self._comma(path)
        return Problem("YML010", f"unknown key “{key}”", place, expected, key or _EMPTY, hint)

    def _wrong_value(self, path: Path) -> Problem:
        node, wants = at(self.root, path), wanted(self.shape, path)
        name = self._name(path)
        if isinstance(node, Scalar) and node.raw in (None, ""):
            hint = self._comma(path) or "write the value, or take the key out where there is nothing to say"
            return Problem("YML012", f"{name} has no value yet", node.place, wants, _found(node), hint)
        is_text = isinstance(node, Scalar) and isinstance(node.raw, str) and "text in one line" not in wants
        hint = typed(_found(node), wants) if is_text else ""
        return Problem("YML012", f"{name} has a value of the wrong kind", node.place, wants, _found(node), hint)

    def _name(self, path: Path) -> str:
        key = next((part for part in reversed(path) if isinstance(part, str)), None)
        if key is None:
            return "the file"
        return f"“{key}”" if path[-1] == key else f"an entry of “{key}”"

    def _comma(self, path: Path) -> str:
        """The hint for a key that may be the rest of a text with a comma: in braces, after a text."""
        before = self._before(path)
        if before is None:
            return ""
        return f"in braces a comma ends a value: where the text of {before}: goes on after it, put that text in quotes"

    def _before(self, path: Path) -> str | None:
        """The key with a text right before a key, in braces."""
        parent = at(self.root, path[:-1])
        if not isinstance(parent, Mapping) or not parent.flow:
            return None
        if id(parent) not in self.pairs:
            self.pairs[id(parent)] = {
                after.raw: str(key.raw)
                for (key, value), (after, _) in pairwise(parent.entries)
                if isinstance(value, Scalar) and isinstance(value.raw, str)
            }
        return self.pairs[id(parent)].get(path[-1])
