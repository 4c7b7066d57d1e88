"""Bad input ends in a message and exit status 1 or 2, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from lingang.cli.commands import main

PAGE = "raw/000_12cb73f56a8ba074.txt"
PEOPLE = "dataset/people.yaml"
ARTICLE = "dataset/articles/nanxu-commendation.yaml"


def pin(root: Path, data: bytes) -> None:
    """Write the page and its new sum, so that only what the page holds is judged."""
    import hashlib

    (root / PAGE).write_bytes(data)
    (root / "raw/SHA256SUMS").write_text(f"{hashlib.sha256(data).hexdigest()}  {Path(PAGE).name}\n")


def prepend(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (prepend, f"{PAGE}:1:1: TXT002 the page begins with a byte order mark"),
        (lambda data: data.replace(b"\n", b"\r\n"), f"{PAGE}:1:1: TXT002 the page holds a carriage return"),
        (lambda data: data.replace(b"\n\n", b"\n\xff\n", 1), f"{PAGE}:3:1: TXT002 the page is not UTF-8 at byte 108"),
        (lambda _: b"", f"{PAGE}:1:1: TXT002 the page is empty"),
    ],
    ids=["mark", "crlf", "not utf-8", "empty"],
)
def test_a_page_that_is_not_clean(copied: Path, capsys: pytest.CaptureFixture[str], change: object, says: str) -> None:
    pin(copied, change((copied / PAGE).read_bytes()))  # type: ignore[operator]
    assert main(["validate", str(copied)]) == 1
    assert says in capsys.readouterr().out


@pytest.mark.long
def test_a_page_that_was_altered(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = copied / PAGE
    page.write_bytes(page.read_bytes().replace("孙鹏".encode(), "孙朋".encode(), 1))
    assert main(["validate", str(copied)]) == 1
    out = capsys.readouterr().out
    assert f"{PAGE}: TXT001 the page is not the one that was pinned" in out
    assert "fefd582718c90dce8cc58a01d76f28f6340a2244981c2f872ae8ce6b5d52c6e9" in out


def test_a_page_that_is_missing(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / PAGE).unlink()
    assert main(["validate", str(copied)]) == 1
    out = capsys.readouterr().out
    assert f"dataset/sources.yaml:3:9: TXT001 {PAGE} cannot be used" in out
    assert "YML015" not in out  # one cause, one error


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", ":1:1: YML004"),
        (b"sun-peng: {name: \xe5\xad\x99", ":1:19: YML003"),
        (b"sun-peng:\n\tname: x\n", ":2:1: YML003"),
        (b"a: {}\nb: {}\na: {}\n", ":3:1: YML005"),
        (b"sun-peng:\n  nmae: x\n", ":2:3: YML010 unknown key"),
        (b"a: &x {}\n", ":1:4: YML006"),
        (b"a: !!str x\n", ":1:4: YML007"),
        (b"a: " + b"[" * 40_000, ":1:"),
        (b"a: x\x00\n", ":1:5: YML002"),
        (b"- a\n- b\n", ":1:1: YML012"),
        (b"a: 1\n", ":1:4: YML012"),
    ],
    ids=["empty", "cut short", "tab", "duplicate", "unknown", "anchor", "tag", "deep", "nul", "list", "number"],
)
def test_yaml_that_is_refused(copied: Path, capsys: pytest.CaptureFixture[str], text: bytes, says: str) -> None:
    (copied / PEOPLE).write_bytes(text)
    assert main(["validate", str(copied)]) == 1
    assert f"{PEOPLE}{says}" in capsys.readouterr().out


def test_sources_that_are_missing(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "dataset/sources.yaml").unlink()
    assert main(["validate", str(copied)]) == 1
    out = capsys.readouterr().out
    assert "dataset/sources.yaml: YML013 dataset/sources.yaml is missing" in out and "YML015" not in out


@pytest.mark.long
@pytest.mark.parametrize("name", ["people", "organizations", "places", "campaigns"])
def test_an_absent_registry_is_empty(copied: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (copied / f"dataset/{name}.yaml").unlink()
    assert main(["validate", str(copied)]) == 1
    out = capsys.readouterr().out
    assert "YML013" not in out and "KEY003 no registry knows" in out and f"{name}.yaml" in out


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "lost", "says"),
    [
        (
            "dataset/sources.yaml",
            "  year: 2023\n",
            "dataset/sources.yaml:6:7: YML011 places that print a year, and no year",
        ),
        ("dataset/organizations.yaml", "  name: 南徐居委会\n", "YML011"),
    ],
    ids=["year", "name"],
)
def test_what_items_rely_on_is_missed_in_the_file_that_lost_it(
    copied: Path, capsys: pytest.CaptureFixture[str], file: str, lost: str, says: str
) -> None:
    text = (copied / file).read_text(encoding="utf-8")
    assert text.count(lost) == 1
    (copied / file).write_text(text.replace(lost, ""), encoding="utf-8")
    assert main(["validate", str(copied)]) == 1
    assert says in capsys.readouterr().out


def test_a_page_without_a_source_is_missed_in_sources_yaml(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "dataset/sources.yaml").write_text("{}\n", encoding="utf-8")
    assert main(["validate", str(copied)]) == 1
    assert "dataset/sources.yaml: TXT007 a page that no source names" in capsys.readouterr().out


@pytest.mark.long
def test_a_file_that_is_there_twice(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / ARTICLE).with_suffix(".yml").write_bytes((copied / ARTICLE).read_bytes())
    assert main(["validate", str(copied)]) == 1
    assert "dataset/articles/nanxu-commendation.yml: YML014" in capsys.readouterr().out


@pytest.mark.long
def test_an_article_under_two_ids(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "dataset/articles/again.yaml").write_bytes((copied / ARTICLE).read_bytes())
    assert main(["validate", str(copied)]) == 1
    assert "KEY001 a primary key that stands twice" in capsys.readouterr().out


@pytest.mark.long
def test_a_broken_file_does_not_hide_the_problems_of_the_others(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copied / ARTICLE).write_bytes(b"kind: news\n")
    other = copied / "dataset/articles/moral-envoys.yaml"
    other.write_text(
        other.read_text(encoding="utf-8").replace("stand_in: 该办事处", "stand_in: 该办公室"), encoding="utf-8"
    )
    assert main(["validate", str(copied)]) == 1
    out = capsys.readouterr().out
    assert f"{ARTICLE}:1:1: YML011" in out
    assert "moral-envoys.yaml:29:" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["validate", "nowhere"], "no such path: nowhere"),
        (["build", "nowhere"], "is no dataset root"),
        (["show", "nobody"], "no record has the id or the name nobody"),
        (["rules", "XYZ999"], "no rule XYZ999"),
        (["validate", "--select", "XYZ"], "no rule begins with XYZ"),
        (["frobnicate"], "invalid choice"),
        ([], "required"),
    ],
)
def test_what_cannot_be_run_exits_with_2(capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    assert main(arguments) == 2
    assert says in capsys.readouterr().err
