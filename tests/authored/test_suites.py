"""The parsing suites of others: what is no JSON or no YAML is refused, what is read means what it says, nothing
crashes. The few differences are listed, each with its reason."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from lingang.authored.loader import load
from lingang.authored.nodes import plain
from lingang.tables import table
from lingang.tables.json_lines import read_line

DATA = Path(__file__).resolve().parents[1] / "data"


def members(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(DATA / name) as archive:
        return {member: archive.read(member) for member in archive.namelist() if member != "LICENSE"}


JSON = members("json-suite.zip")
OTHERWISE = {
    "y_object_duplicated_key.json": "a key twice is refused: readers differ in which they keep",
    "y_object_duplicated_key_and_value.json": "the same",
    "i_number_double_huge_neg_exp.json": "a number too small for a double is 0 to every reader of JSON",
    "i_number_real_underflow.json": "the same",
    "i_number_huge_exp.json": "a number too large for a double is infinite, which the type of the column refuses",
    "i_number_neg_int_huge_exp.json": "the same",
    "i_number_pos_double_huge_exp.json": "the same",
    "i_number_real_neg_overflow.json": "the same",
    "i_number_real_pos_overflow.json": "the same",
    "i_number_too_big_neg_int.json": "whole numbers are read whole; the bounds of the column refuse them",
    "i_number_too_big_pos_int.json": "the same",
    "i_number_very_big_negative_int.json": "the same",
    "i_structure_500_nested_arrays.json": "a list of lists, which the type of the column refuses",
}


def is_read(data: bytes) -> bool:
    """Whether bytes are read as the value of a key."""
    return read_line(table("events"), b'{"note": ' + data + b"}")[0] is not None


@pytest.mark.long
@pytest.mark.parametrize("name", JSON)
def test_json_is_read_and_anything_else_is_refused(name: str) -> None:
    assert read_line(table("events"), JSON[name])[1], "as a line it is no row of a table"
    assert is_read(JSON[name]) == (name.startswith("y_") != (name in OTHERWISE)), name


def test_the_suite_is_whole() -> None:
    kinds = [name[:2] for name in JSON]
    assert (kinds.count("y_"), kinds.count("n_"), kinds.count("i_")) == (95, 188, 35)
    assert set(OTHERWISE) < set(JSON)


MARKS = (("␣", " "), ("»", "\t"), ("—", ""), ("←", "\r"), ("⇔", "\ufeff"), ("↵", ""), ("∎\n", ""))
"""How the suite shows what cannot be seen."""
LENIENT = {
    **dict.fromkeys(("9C9N", "QB6E", "9JBA", "CVW2", "X4QW", "SU5Z"), "indentation in a flow, and # without a space"),
    **dict.fromkeys(("DK95/1", "Y79Y/3"), "a tab that nothing depends on"),
    **dict.fromkeys(("G5U8", "YJV2"), "a hyphen alone in a flow is text"),
    "S98Z": "a block of text after emptier lines that are longer",
}
"""No YAML by the suite, and read by libyaml as anybody would."""
DIFFERENT = {
    "652Z": "? before a key in a flow is its mark even without a space",
    "HM87/1": "the same",
    "JEF9/2": "a block of text at the end of a file without a line feed gets none",
    "L24T/1": "the same",
}


def documents(text: str) -> list[Any]:
    """Every document of JSON; a number with a fraction is text, as in authored files."""
    found, decoder = [], json.JSONDecoder(parse_float=str)
    while text := text.strip():
        value, end = decoder.raw_decode(text)
        found.append(value)
        text = text[end:]
    return found


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for file, data in members("yaml-suite.zip").items():
        found = yaml.load(data, Loader=yaml.BaseLoader)
        told: dict[str, Any] = {}
        for number, case in enumerate(found):
            told = {**{key: told[key] for key in ("yaml", "json") if key in told}, **case}
            yield file.removesuffix(".yaml") + (f"/{number}" if len(found) > 1 else ""), told


CASES = dict(cases())


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_yaml_is_refused_or_means_what_the_suite_says(name: str) -> None:
    case = CASES[name]
    text = case["yaml"]
    for mark, char in MARKS:
        text = text.replace(mark, char)
    node, problems = load(text.encode(), "f.yaml")
    assert (node is None) == bool(problems)
    if "fail" in case:
        assert (node is not None) == (name in LENIENT)
    elif node is not None:
        assert ([plain(node)] == documents(case["json"])) == (name not in DIFFERENT)


def test_much_of_the_suite_is_read() -> None:
    assert len(CASES) > 400
    read = [name for name, case in CASES.items() if load(case["yaml"].encode(), "f.yaml")[0] is not None]
    assert len(read) > 150
