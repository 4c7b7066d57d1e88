"""Strict loading: what is refused, where, and what a value that passes is read as."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lingang.authored import loader
from lingang.authored.loader import load, load_path
from lingang.authored.nodes import Mapping, Node, Scalar, Sequence, at, key_place, plain
from lingang.limits import YAML_BYTES, YAML_DEPTH
from lingang.problems import CannotRun, Place, Problem


def as_bytes(source: str | bytes) -> bytes:
    return source.encode() if isinstance(source, str) else source


def good(source: str | bytes) -> Node:
    node, problems = load(as_bytes(source), "f.yaml")
    assert problems == []
    assert node is not None
    return node


def bad(source: str | bytes) -> list[Problem]:
    node, problems = load(as_bytes(source), "f.yaml")
    assert node is None
    assert problems
    return problems


def found(source: str | bytes) -> list[str]:
    return [f"{problem.rule} {problem.place}" for problem in bad(source)]


REFUSED: dict[str, tuple[str | bytes, list[str]]] = {
    "not utf-8": (b"a: 1\nb: \xff", ["YML001 f.yaml:2:4"]),
    "not utf-8 after Chinese": ("中𠀀".encode() + b"\xff", ["YML001 f.yaml:1:3"]),
    "a character cut short": ("a: 中".encode()[:-1], ["YML001 f.yaml:1:4"]),
    "utf-16": ("a: 1".encode("utf-16"), ["YML001 f.yaml:1:1"]),
    "mark": (b"\xef\xbb\xbfa: 1\n", ["YML002 f.yaml:1:1"]),
    "mark inside": ("a: 1\nb: \ufeff", ["YML002 f.yaml:2:4"]),
    "crlf, once": ("a: 1\r\nb: 2\r\n", ["YML002 f.yaml:1:5"]),
    "mark, crlf and nul": ("\ufeffa: 1\r\nb: \0\r\n", ["YML002 f.yaml:1:1", "YML002 f.yaml:1:6", "YML002 f.yaml:2:4"]),
    "nul": ("a: 1\n中: \0", ["YML002 f.yaml:2:4"]),
    "delete": ("a: 1\x7f", ["YML002 f.yaml:1:5"]),
    "next line": ("a: 1\nb: '\x85'\n", ["YML002 f.yaml:2:5"]),
    "line separator": ("a: 1\nb: '\u2028'\n", ["YML002 f.yaml:2:5"]),
    "lone surrogate": (b"a: 1\nb: \xed\xa0\x80", ["YML002 f.yaml:2:4"]),
    "escaped line separator": ('a: "\\u2028"', ["YML002 f.yaml:1:4"]),
    "noncharacter": ('a: 1\nb: "\\U0001FFFE"', ["YML002 f.yaml:2:4"]),
    "escaped nul": ('a: "\\0"\nb: "\\x1b"', ["YML002 f.yaml:1:4", "YML002 f.yaml:2:4"]),
    "tab as indentation": ("a:\n\t- b\n", ["YML003 f.yaml:2:1"]),
    "list cut short": ("a: [1, 2", ["YML003 f.yaml:1:9"]),
    "quote cut short": ("a: 1\nb: '中\n", ["YML003 f.yaml:3:1"]),
    "colon in plain text": ("a: 中: c", ["YML003 f.yaml:1:5"]),
    "uneven indentation": ("a:\n  - b\n c: d", ["YML003 f.yaml:3:2"]),
    "empty": ("", ["YML004 f.yaml:1:1"]),
    "only comments": ("# a\n\n# b\n", ["YML004 f.yaml:1:1"]),
    "empty document": ("---", ["YML004 f.yaml:1:1"]),
    "two documents": ("a: 1\n---\nb: 2\n", ["YML004 f.yaml:2:1"]),
    "three documents": ("---\na\n---\n---\nb\n", ["YML004 f.yaml:3:1", "YML004 f.yaml:4:1"]),
    "duplicate keys": (
        "a: 1\nb: 2\na: 3\nb: {c: 1, c: 2}\n",
        ["YML005 f.yaml:3:1", "YML005 f.yaml:4:1", "YML005 f.yaml:4:11"],
    ),
    "duplicate after quoting": ("1: a\n'1': b\n", ["YML005 f.yaml:2:1"]),
    "anchor and alias": ("a: &x 1\nb: *x\n", ["YML006 f.yaml:1:4", "YML006 f.yaml:2:4"]),
    "anchors on lists, mappings, keys": (
        "- &x\n  &y b: c\n- &z [d]\n",
        ["YML006 f.yaml:1:3", "YML006 f.yaml:2:3", "YML006 f.yaml:3:3"],
    ),
    "alias as key": ("*x : 1\n*y : 2\n", ["YML006 f.yaml:1:1", "YML006 f.yaml:2:1"]),
    "alias without anchor": ("- *x", ["YML006 f.yaml:1:3"]),
    "tags": ("a: !!str 1\nb: !x {}\nc: ! 2\n", ["YML007 f.yaml:1:4", "YML007 f.yaml:2:4", "YML007 f.yaml:3:4"]),
    "anchor, then tag": ("a: &x !!int 5", ["YML006 f.yaml:1:4", "YML007 f.yaml:1:7"]),
    "tag, then anchor": ("a: !!int # why\n  &x 5", ["YML006 f.yaml:2:3", "YML007 f.yaml:1:4"]),
    "yaml directive": ("# a\n%YAML 1.1\n---\na: 1\n", ["YML007 f.yaml:2:1"]),
    "tag directive": ("%TAG !e! tag:e,2000:\n---\na: 1\n", ["YML007 f.yaml:1:1"]),
    "too large": (b"#" * (YAML_BYTES + 1), ["YML008 f.yaml"]),
    "too deep": ("[" * (YAML_DEPTH + 1) + "]" * (YAML_DEPTH + 1), [f"YML008 f.yaml:1:{YAML_DEPTH + 1}"]),
    "list as key": ("? [a]\n: 1\n? {b: c}\n: 2\n", ["YML009 f.yaml:1:3", "YML009 f.yaml:3:3"]),
    "merge key": ("a:\n  <<: {b: 1}\n", ["YML009 f.yaml:2:3"]),
    "empty key": ("{? : 1}", ["YML009 f.yaml:1:4"]),
    "block as key": ("? |\n  a\n: 1\n", ["YML009 f.yaml:1:3"]),
    "not taken for a twin of the key that is a list": ("? [a]\n: 1\n(not text 0): 2\n", ["YML009 f.yaml:1:3"]),
    "all that is wrong": (
        "a: &x 1\na: *x\n<<: !!str 中\nb: c: d\n",
        [
            "YML006 f.yaml:1:4",
            "YML005 f.yaml:2:1",
            "YML006 f.yaml:2:4",
            "YML009 f.yaml:3:1",
            "YML007 f.yaml:3:5",
            "YML003 f.yaml:4:5",
        ],
    ),
}


@pytest.mark.parametrize(("source", "expected"), REFUSED.values(), ids=REFUSED)
def test_refused(source: str | bytes, expected: list[str]) -> None:
    assert found(source) == expected


@pytest.mark.parametrize("source", [source for source, _ in REFUSED.values()], ids=REFUSED)
def test_says_what_in_one_short_line(source: str | bytes) -> None:
    for problem in bad(source):
        assert problem.message[0].islower() or problem.message.startswith("not YAML")
        assert "\n" not in problem.message and len(problem.message) < 140
        assert problem.expected and problem.found


# The two parsers differ in where an empty key stands, as it has no text.
SAME_WITHOUT_LIBYAML = [name for name in REFUSED if name != "empty key"]


@pytest.mark.parametrize("name", SAME_WITHOUT_LIBYAML)
def test_without_libyaml(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_Loader", yaml.SafeLoader)
    source, expected = REFUSED[name]
    assert found(source) == expected


def test_surrogate_escape_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found('a: "\\ud800"') == ["YML003 f.yaml:1:7"]
    monkeypatch.setattr(loader, "_Loader", yaml.SafeLoader)
    assert found('a: "\\ud800"') == ["YML002 f.yaml:1:4"]


def test_not_utf8_names_byte_and_line() -> None:
    assert bad(b"a: 1\nb: \xff")[0].message == "the file is not UTF-8 at byte 8, line 2"


def test_syntax_error_names_what_it_is_in() -> None:
    (problem,) = bad("a: [1,\n  2\nb: 3\n")
    assert "while parsing a flow sequence that begins on line 1" in problem.message


def test_tab_is_named() -> None:
    assert bad("a:\n\tb: 1\n")[0].found == "a tab"


PLAIN: list[tuple[str, str | int | bool | None]] = [
    *[(word, word) for word in ("no", "yes", "on", "off", "y", "No", "True", "FALSE", "Null", "NULL")],
    *[(word, word) for word in ("12:30", "010", "0o7", "0x1F", "1.5", "1e3", ".inf", "1_000", "+1", "00", "--1")],
    *[(word, word) for word in ("2023-05-12", "=", "１２", "2023年")],
    *[(word, int(word)) for word in ("0", "7", "-3", "-0", "9" * 18, "-" + "9" * 18)],
    ("9" * 19, "9" * 19),
    ("true", True),
    ("false", False),
    ("null", None),
    ("~", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "value"), PLAIN)
def test_plain_scalars(written: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for yaml_loader in (loader._Loader, yaml.SafeLoader):
        monkeypatch.setattr(loader, "_Loader", yaml_loader)
        read = plain(good(f"a: {written}\n"))
        assert read == {"a": value} and isinstance(read, dict)
        assert type(read["a"]) is type(value)


@pytest.mark.parametrize("written", ["'{}'", '"{}"', "|-\n  {}", ">-\n  {}"])
@pytest.mark.parametrize("value", ["1", "true", "null", "~", "no"])
def test_quoted_and_block_scalars_are_text(written: str, value: str) -> None:
    assert plain(good("a: " + written.format(value))) == {"a": value}


def test_quoted_nothing_is_text() -> None:
    assert plain(good("a: ''")) == {"a": ""}
    assert plain(good("''")) == ""


def test_nothing_written_out_is_a_document() -> None:
    assert good("~\n") == Scalar(None, Place("f.yaml", 1, 1))


def test_keys_are_text() -> None:
    source = "1: a\ntrue: b\nnull: c\n010: d\n'': e\n'<<': f\n"
    assert plain(good(source)) == {"1": "a", "true": "b", "null": "c", "010": "d", "": "e", "<<": "f"}


def test_depth_and_size_that_are_allowed() -> None:
    assert isinstance(good("[" * YAML_DEPTH + "]" * YAML_DEPTH), Sequence)
    assert isinstance(good(b"a\n" + b"#" * (YAML_BYTES - 2)), Scalar)


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "[{"])
def test_forty_thousand_levels(unit: str) -> None:
    assert bad(unit * 40_000)[-1].rule == "YML008"


@pytest.mark.long
def test_forty_thousand_levels_of_indentation() -> None:
    levels = "\n".join(" " * level + "a:" for level in range(1_000))  # more is refused for its size
    assert found(levels) == [f"YML008 f.yaml:{YAML_DEPTH + 1}:{YAML_DEPTH + 1}"]
    assert found("\n".join(" " * level + "a:" for level in range(40_000))[: YAML_BYTES + 1]) == ["YML008 f.yaml"]


def test_many_keys_are_compared_once() -> None:
    class Counted(dict[str, int | None]):
        lookups = 0

        def __contains__(self, key: object) -> bool:
            Counted.lookups += 1
            return super().__contains__(key)

    made = loader._Frame.__init__

    def init(frame: loader._Frame, place: Place, is_mapping: bool) -> None:
        made(frame, place, is_mapping)
        frame.lines = Counted()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader._Frame, "__init__", init)
        good("".join(f"k{number}: 1\n" for number in range(2_000)))
    assert Counted.lookups == 2_000


CHINESE = "𠀀中: {周口: '𠮷', 港: 1}\nlist:\n  - 临港\n  - |\n    文\n  - \"𠀀\"\n  - k: >-\n      x\n"


def place(line: int, column: int) -> Place:
    return Place("f.yaml", line, column)


def test_places_count_code_points(monkeypatch: pytest.MonkeyPatch) -> None:
    for yaml_loader in (loader._Loader, yaml.SafeLoader):
        monkeypatch.setattr(loader, "_Loader", yaml_loader)
        node = good(CHINESE)
        assert isinstance(node, Mapping)
        assert node.place == place(1, 1)
        assert at(node, ("𠀀中",)).place == place(1, 5)
        assert key_place(node, ("𠀀中", "周口")) == place(1, 6)
        assert at(node, ("𠀀中", "周口")).place == place(1, 10)  # the opening quote
        assert key_place(node, ("𠀀中", "港")) == place(1, 15)
        assert at(node, ("𠀀中", "港")).place == place(1, 18)
        assert at(node, ("list",)).place == place(3, 3)
        assert [at(node, ("list", index)).place for index in range(4)] == [
            place(3, 5),
            place(4, 5),  # the sign of the block
            place(6, 5),
            place(7, 5),
        ]
        assert at(node, ("list", 3, "k")).place == place(7, 8)
        assert plain(node) == {"𠀀中": {"周口": "𠮷", "港": 1}, "list": ["临港", "文\n", "𠀀", {"k": "x"}]}


def test_at_stops_where_the_path_leads_nowhere() -> None:
    node = good(CHINESE)
    assert at(node, ()) is node
    assert at(node, ("missing",)) is node
    assert at(node, ("𠀀中", "missing")).place == place(1, 5)
    assert at(node, ("list", 9)).place == at(node, ("list", -1)).place == place(3, 3)
    assert at(node, ("𠀀中", 0)).place == place(1, 5)
    assert at(node, ("list", 3, "MemberOfUnion", "k")).place == place(7, 8)


def test_key_place_of_what_is_no_key() -> None:
    node = good(CHINESE)
    assert key_place(node, ()) == place(1, 1)
    assert key_place(node, ("𠀀中", "missing")) == place(1, 5)
    assert key_place(node, ("list", 0)) == place(3, 5)


def test_mapping() -> None:
    node = good("a: 1\nb: null\n")
    assert isinstance(node, Mapping)
    assert "a" in node and "b" in node and "c" not in node and 1 not in node
    assert [(key, plain(value)) for key, value in node.items()] == [("a", 1), ("b", None)]
    assert node.get("b") == Scalar(None, place(2, 4)) and node.get("c") is None
    assert node.key("b") == Scalar("b", place(2, 1)) and node.key("c") is None


def test_text_of_a_number_is_refused() -> None:
    assert Scalar("a", place(1, 1)).text == "a"
    with pytest.raises(TypeError, match=r"f\.yaml:1:1"):
        _ = Scalar(1, place(1, 1)).text


def test_load_path(tmp_path: Path) -> None:
    path = tmp_path / "页.yaml"
    path.write_bytes("a: 中\n".encode())
    assert load_path(path, "页.yaml") == load("a: 中\n".encode(), "页.yaml")
    with pytest.raises(CannotRun, match="No such file"):
        load_path(tmp_path / "none.yaml", "none.yaml")
    with pytest.raises(CannotRun, match="folder"):
        load_path(tmp_path, "directory")


def assert_is_read_or_refused(data: bytes) -> None:
    node, problems = load(data, "f.yaml")
    assert (node is None) == bool(problems)
    lines = data.decode("utf-8", "replace").split("\n")
    for problem in problems:  # a place is one that an editor can go to
        if problem.place.line is not None and problem.place.column is not None:
            assert 1 <= problem.place.line <= len(lines)
            if problem.rule not in ("YML001", "YML002"):
                assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


SYNTAX = st.text(st.sampled_from("ab1 \n\t:-?[]{},&*!|>'\"%#<~.\\中𠀀"), max_size=40)


@settings(max_examples=200, deadline=None)
@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    assert_is_read_or_refused(data)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters()))
def test_any_text(text: str) -> None:
    assert_is_read_or_refused(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(SYNTAX)
def test_any_mix_of_signs(text: str) -> None:
    assert_is_read_or_refused(text.encode())
