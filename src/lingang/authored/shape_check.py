"""Whether an authored file has the shape of its kind; each deviation as a problem with its place."""

from __future__ import annotations

import difflib
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from lingang.authored.nodes import Node, Scalar, at, key_place, plain
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
        key = str(loc[-1])
        close = difflib.get_close_matches(key, _known_keys(shape), n=1)
        return Problem(
            "YML010",
            f"unknown key “{key}”",
            key_place(root, loc),
            expected=f"a key of this file; close to it: {close[0]}" if close else "a key of this file",
            found=key,
        )
    if error["type"] == "missing":
        place = at(root, loc[:-1]).place
        return Problem("YML011", f"key “{loc[-1]}” is missing here", place, expected=str(loc[-1]))
    value = at(root, loc)
    if loc[-1] == "[key]":
        return Problem(
            "YML012",
            f"“{loc[-2]}” cannot be a key here",
            key_place(root, loc[:-1]),
            _expected(error),
            str(loc[-2]),
        )
    return Problem("YML012", "a value of the wrong kind", value.place, _expected(error), _found(value))
