"""Whether an authored file has the shape of its kind; each deviation as a problem with its place."""

from __future__ import annotations

import difflib
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from lingang.authored.nodes import Mapping, Node, Scalar, Sequence, plain
from lingang.authored.shapes import SHAPES
from lingang.problems import Place, Problem

__all__ = ["check_shape"]

_KIND = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    int: "a number",
    bool: "true or false",
    type(None): "nothing",
}


def _walk(node: Node, loc: tuple[str | int, ...]) -> tuple[Node, list[str | int]]:
    """The node that a pydantic ``loc`` leads to (names of union members in it are passed over), and the
    parts that were not followed."""
    left: list[str | int] = []
    for part in loc:
        if isinstance(node, Mapping) and isinstance(part, str) and (step := node.get(part)) is not None:
            node, left = step, []
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node, left = node.items[part], []
        else:
            left.append(part)
    return node, left


def _expected(error: Any) -> str:
    message: str = error["msg"]
    kinds = {
        "string_type": "text",
        "int_type": "a whole number",
        "bool_type": "true or false",
        "dict_type": "a mapping",
        "list_type": "a list",
        "model_type": "a mapping",
    }
    if error["type"] == "string_pattern_mismatch":
        return f"text of the form {error['ctx']['pattern']}"
    return kinds.get(error["type"], message[0].lower() + message[1:])


def _found(node: Node) -> str:
    return str(node.value) if isinstance(node, Scalar) and node.value is not None else _KIND[type(plain(node))]


@cache
def _known_keys(shape: str) -> frozenset[str]:
    schema = SHAPES[shape].model_json_schema(by_alias=True)
    keys: set[str] = set(schema.get("properties", {}))
    for definition in schema.get("$defs", {}).values():
        keys.update(definition.get("properties", {}))
    return frozenset(keys)


def check_shape(node: Node, shape: str, file: str) -> list[Problem]:
    """Problems YML010 (unknown key), YML011 (missing key), YML012 (wrong kind of value)."""
    model: type[BaseModel] = SHAPES[shape]
    try:
        model.model_validate(plain(node))
    except ValidationError as error:
        found: dict[Place, Problem] = {}
        for item in error.errors(include_url=False, include_input=False):
            problem = _problem(node, item, shape)
            known = found.get(problem.place)
            if known is None or problem.rule < known.rule:
                found[problem.place] = problem
        return list(found.values())
    return []


def _problem(root: Node, error: Any, shape: str) -> Problem:
    loc = tuple(error["loc"])
    if error["type"] == "extra_forbidden":
        parent, _ = _walk(root, loc[:-1])
        key = str(loc[-1])
        scalar = parent.key(key) if isinstance(parent, Mapping) else None
        close = difflib.get_close_matches(key, _known_keys(shape), n=1)
        return Problem(
            "YML010",
            f"unknown key “{key}”",
            scalar.place if scalar else parent.place,
            expected=f"a key of this file; close to it: {close[0]}" if close else "a key of this file",
            found=key,
        )
    if error["type"] == "missing":
        parent, _ = _walk(root, loc[:-1])
        return Problem("YML011", f"key “{loc[-1]}” is missing here", parent.place, expected=str(loc[-1]))
    value, left = _walk(root, loc)
    if "[key]" in left:
        parent, _ = _walk(root, loc[:-2])
        bad = parent.key(str(loc[-2])) if isinstance(parent, Mapping) else None
        return Problem(
            "YML012",
            f"“{loc[-2]}” cannot be a key here",
            bad.place if bad else parent.place,
            _expected(error),
            str(loc[-2]),
        )
    return Problem("YML012", "a value of the wrong kind", value.place, _expected(error), _found(value))
