"""Characters that look like another, or are not seen: said wherever they stand, on a page, in a typed text of a root, a
release or a corpus, once a line or cell; no page that prints one is kept from being published."""

from __future__ import annotations

import hashlib
import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from foreign import FILES, foreign_root
from lingang.authored.tree import read_files
from lingang.check.corpus import check_corpus
from lingang.check.root import check_files
from lingang.check.subject import check_path
from lingang.cli.commands import main
from lingang.corpus.options import Options
from lingang.files.sums import folder_sums
from lingang.problems import Report
from lingang.text.characters import REFUSED, SUSPECT, named, usual
from table_forms import as_json_lines, as_parquet, changed, parquet_of, rows_of

FORMS = {"⼈": "人", "⻓": "长", "\uf9d1": "六", "\ufa45": "海", "⺠": "民", "\U0002f804": "\u4f60"}
"""Characters that look like another, each with that other."""
UNSEEN = ["\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\ufe00", "\U000e0100", "\u3164", "\u034f"]
NONE = ["\ufffd", "\ue000", "\uf8ff", "\U000f0000", "\U0010fffd", "\ufffc"]
ALL = [*FORMS, *UNSEEN, *NONE]
VISIBLE_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
"""Signs of other scripts that Unicode counts as format characters and that are printed."""


def page_of(character: str) -> str:
    """The page of the invented root, with a character put into its last line but one sentence."""
    return FILES["raw/p.txt"].replace("便民服务中心参加", f"便民服务中心参加{character}")


def root_with(root: Path, character: str) -> Path:
    foreign_root(root)
    page = page_of(character).encode()
    (root / "raw/p.txt").write_bytes(page)
    (root / "raw/SHA256SUMS").write_text(f"{hashlib.sha256(page).hexdigest()}  p.txt\n", "utf-8")
    return root


def told(report: Report) -> list[tuple[str, str, str]]:
    return [(one.rule, str(one.place), one.found) for one in report if one.rule in ("TXT026", "ROW008")]


def test_the_list_is_that_of_unicode() -> None:
    """Asked of ``unicodedata``, not of the list: format characters, private use, and compatibility forms of Han."""
    suspect = {number for number in range(0x110000) if SUSPECT.match(chr(number))}
    refused = {number for number in range(0x110000) if REFUSED.match(chr(number))}
    assert not suspect & refused
    for number in range(0x110000):
        character, kind = chr(number), unicodedata.category(chr(number))
        name = unicodedata.name(character, "")
        expected = (
            (kind == "Cf" and number not in VISIBLE_FORMATS)
            or kind == "Co"
            or name.startswith(("KANGXI RADICAL", "CJK RADICAL", "VARIATION SELECTOR", "MONGOLIAN FREE VARIATION"))
            or (
                name.startswith("CJK COMPATIBILITY IDEOGRAPH") and unicodedata.normalize("NFKC", character) != character
            )
            or name in ("REPLACEMENT CHARACTER", "OBJECT REPLACEMENT CHARACTER", "COMBINING GRAPHEME JOINER")
            or name.endswith(("HANGUL FILLER", "JUNGSEONG FILLER", "CHOSEONG FILLER"))
        )
        if kind != "Cn" and number not in refused and number not in (0x17B4, 0x17B5, 0x180E):
            assert (number in suspect) == expected, f"{number:04X} {name}"


@pytest.mark.parametrize(("character", "plain"), FORMS.items())
def test_what_it_looks_like_is_named(character: str, plain: str) -> None:
    assert usual(character) == plain
    assert named(character) == f"U+{ord(character):04X} for “{plain}” U+{ord(plain):04X}"


@pytest.mark.long
@pytest.mark.parametrize("character", ALL, ids=lambda character: f"{ord(character):04X}")
def test_a_page_that_holds_one_is_told_at_its_line_and_published(character: str, tmp_path: Path) -> None:
    report = check_path(root_with(tmp_path / "root", character))
    ((rule, place, found),) = told(report)
    column = page_of(character).split("\n")[2].index(character) + 1
    assert (rule, place) == ("TXT026", f"raw/p.txt:3:{column}")
    assert found == f"{named(character)} on line 3, column {column}"
    assert not report.errors


@pytest.mark.long
def test_it_is_accepted_where_the_page_has_it_and_comes_out_as_it_is(tmp_path: Path) -> None:
    root = root_with(tmp_path / "root", "⼈")
    assert main(["validate", str(root)]) == 0
    assert main(["validate", str(root), "--strict"]) == 1
    with (root / "dataset/articles/meeting.yaml").open("a", encoding="utf-8") as file:
        file.write("accept:\n  - {rule: TXT026, quote: 中心参加⼈, reason: the page as received has it}\n")
    report = check_path(root)
    assert not told(report) and len(report.accepted) == 1 and not report.errors
    assert main(["release", str(root), "--out", str(tmp_path / "dist")]) == 0
    for made in ("yunhe-0.3.0", "yunhe-0.3.0.zip"):
        again = check_path(tmp_path / "dist" / made)
        assert not told(again) and not again.errors
    assert "参加⼈" in (tmp_path / "dist/yunhe-0.3.0/articles.jsonl").read_text("utf-8")


def test_two_of_a_line_are_told_once_and_each_line_by_itself(tmp_path: Path) -> None:
    root = foreign_root(tmp_path / "root")
    page = "便民服务中⼼\n\n本报讯（记者陈守一）松岭开发区召开会议，便民服务中心参加⼈⼈。\n".encode()
    (root / "raw/p.txt").write_bytes(page)
    (root / "raw/SHA256SUMS").write_text(f"{hashlib.sha256(page).hexdigest()}  p.txt\n", "utf-8")
    found = told(check_path(root))
    assert [place for _, place, _ in found] == ["raw/p.txt:1:6", "raw/p.txt:3:29"]
    assert found[1][2].endswith(", and 1 more there")


# typed texts


@pytest.mark.long
@pytest.mark.parametrize("character", ALL, ids=lambda character: f"{ord(character):04X}")
def test_a_typed_text_that_holds_one_is_told_at_its_value(character: str, tmp_path: Path) -> None:
    root = foreign_root(tmp_path / "root")
    people = "chen-shouyi: {name: 陈守一, latin: Chen Shouyi, public_role: reporter, identity_basis: single_item,\n"
    (root / "dataset/people.yaml").write_text(f"{people}  note: 记者{character}一名}}\n", "utf-8")
    report = check_path(root)
    ((rule, place, found),) = told(report)
    assert (rule, place) == ("ROW008", "dataset/people.yaml:2:9")
    assert found.startswith(f"U+{ord(character):04X} in ")
    (problem,) = (one for one in report if one.rule == "ROW008")
    assert (problem.table, problem.record_id, problem.column_name) == ("people", "chen-shouyi", "note")
    plain = usual(character)
    assert problem.expected == (f"“{plain}” U+{ord(plain):04X}" if plain else "a character that is seen")
    assert not report.errors


def test_a_typed_text_is_accepted_by_its_record(tmp_path: Path) -> None:
    root = foreign_root(tmp_path / "root")
    (root / "dataset/people.yaml").write_text(
        "chen-shouyi: {name: 陈守一, latin: Chen Shouyi, public_role: reporter, identity_basis: single_item,\n"
        "  note: ⼈}\n"
        "accept:\n  - {rule: ROW008, record: people/chen-shouyi, reason: cited from a list of radicals}\n",
        "utf-8",
    )
    report = check_path(root)
    assert not told(report) and len(report.accepted) == 1 and not report.errors


TYPED = [
    ("sources", "note"),
    ("articles", "note"),
    ("people", "note"),
    ("people", "aliases"),
    ("organizations", "aliases"),
    ("places", "note"),
    ("campaigns", "aliases"),
    ("events", "note"),
    ("evidence", "note"),
    ("issues", "reason"),
    ("labels", "text"),
    ("words", "cues"),
    ("words", "definition"),
]


def planted(rows: list[dict[str, Any]], column: str) -> str:
    """Put one into the first row; returns the key of the row."""
    old = rows[0][column]
    rows[0][column] = [*(old or []), "松岭⼈"] if isinstance(old, list) else "松岭⼈"
    return str(next(iter(rows[0].values())))


@pytest.mark.long
@pytest.mark.parametrize(("name", "column"), TYPED, ids=".".join)
@pytest.mark.parametrize("form", ["JSON Lines", "Parquet", "release"])
def test_it_is_told_alike_in_every_form_of_tables(name: str, column: str, form: str, tmp_path: Path) -> None:
    rows, folder = rows_of(name), tmp_path / "tables"
    key = planted(rows, column)
    if form == "release":
        shutil.copytree(parquet_of(name).parent, folder, ignore=shutil.ignore_patterns("__*"))
        changed(folder / f"{name}.jsonl", lambda own: own.__setitem__(0, rows[0]))
        (folder / "SHA256SUMS").write_bytes(folder_sums(folder))
        report = check_path(folder)
    elif form == "JSON Lines":
        as_json_lines(folder)
        changed(folder / f"{name}.jsonl", lambda own: own.__setitem__(0, rows[0]))
        report = check_corpus(folder, Options(keep=10_000, chosen="ROW008".__eq__))
    else:
        as_parquet(folder)
        table = pq.ParquetFile(folder / f"{name}.parquet").read()
        own = table.to_pylist()
        planted(own, column)
        pq.write_table(type(table).from_pylist(own, schema=table.schema), folder / f"{name}.parquet")
        report = check_corpus(folder, Options(keep=10_000, chosen="ROW008".__eq__))
    (problem,) = (one for one in report if one.rule == "ROW008")
    assert (problem.table, problem.record_id, problem.column_name) == (name, key, column)
    assert problem.severity == "warning" and problem.found.startswith("U+2F08 in “")
    assert problem.expected == "“人” U+4EBA"
    assert str(problem.place).endswith(":1:1")


def test_a_page_in_tables_is_told_too(tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus")
    changed(folder / "sources.jsonl", lambda rows: rows[0].update(text=rows[0]["text"] + "\n⻓"))
    report = check_corpus(folder, Options(keep=10_000, chosen="TXT026".__eq__))
    assert [(rule, place) for rule, place, _ in told(report)] == [("TXT026", "sources.jsonl:1:1")]


def test_a_radical_in_a_quote_is_told_beside_the_character_of_the_page() -> None:
    root = Path(__file__).parents[1] / "roots" / "two-cities"
    files = read_files(root)
    name = "dataset/articles/tree-planting.yaml"
    assert "市长".encode() in files[name]
    files[name] = files[name].replace("市长".encode(), "市⻓".encode(), 1)
    found = " ".join(one.found for one in check_files(files).report if one.severity == "error")
    assert "U+2ED3" in found and "U+957F" in found


def test_no_root_of_these_tests_holds_one() -> None:
    for path in (Path(__file__).parents[1] / "roots").rglob("*.txt"):
        assert not SUSPECT.search(path.read_text("utf-8")), path
    for path in (Path(__file__).parents[2] / "src/lingang/data").glob("*.jsonl"):
        assert not SUSPECT.search(json.dumps(path.read_text("utf-8"), ensure_ascii=False)), path
