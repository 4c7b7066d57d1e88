"""One cause, one error: what follows from a fault is not told beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lingang.cli import main

Inputs = Callable[[str], Path]


def problems(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    assert main(["validate", str(folder), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    return [problem for problem in report["problems"] if problem["severity"] == "error"], report["not_run"]


@pytest.mark.parametrize("name", ["events", "people", "organizations", "campaigns"])
@pytest.mark.parametrize("without", ["rows", "file"])
def test_an_emptied_table_of_a_corpus_is_one_problem(
    name: str, without: str, inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = inputs("corpus")
    if without == "rows":
        (folder / f"{name}.jsonl").write_bytes(b"")
    else:
        (folder / f"{name}.jsonl").unlink()
    (problem,), not_run = problems(folder, capsys)
    assert (problem["rule"], problem["file"], problem["found"]) == ("KEY002", f"{name}.jsonl", "no row")
    assert "positions" in problem["expected"] or "participations" in problem["expected"] or name == "campaigns"
    assert {entry["reason"] for entry in not_run} == {f"{name} could not be read"}


def test_an_emptied_table_of_a_release_is_told_once_for_all_that_point_to_it(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = inputs("release")
    (folder / "events.jsonl").write_bytes(b"")
    found, _ = problems(folder, capsys)
    assert [problem["rule"] for problem in found] == ["KEY002", "PUB001", "PUB002"]


def test_a_table_without_rows_to_which_nothing_points_is_none(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = inputs("corpus")
    assert (folder / "accepted.jsonl").read_bytes() == b""
    assert main(["validate", str(folder)]) == 0
    capsys.readouterr()


def test_a_manifest_may_name_files_from_the_folder_on(inputs: Inputs, capsys: pytest.CaptureFixture[str]) -> None:
    """As ``sha256sum ./*`` writes it; the same file twice is told all the same."""
    folder = inputs("release")
    sums = (folder / "SHA256SUMS").read_text("ascii").replace("  ", "  ./")
    (folder / "SHA256SUMS").write_text(sums, "ascii")
    assert main(["validate", str(folder)]) == 0
    (folder / "SHA256SUMS").write_text(sums + sums.splitlines()[0].replace("./", "") + "\n", "ascii")
    capsys.readouterr()
    (problem,), _ = problems(folder, capsys)
    assert problem["rule"] == "PUB001"


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        ("people", "name: 孙鹏", "name: 孙朋", "KEY003", "it stands in 7 more places"),
        ("sources", "year: 2023", "year: 2032", "EVI009", "2032"),
        ("organizations", "parent: 周口临港开发区", "parent: 不存在局", "KEY003", "nothing like it"),
    ],
)
def test_a_slip_in_a_registry_is_one_problem(
    file: str, old: str, new: str, rule: str, says: str, copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied / "dataset" / f"{file}.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    (problem,), _ = problems(copied, capsys)
    assert problem["rule"] == rule and says in problem["found"]


def test_an_article_under_another_name_is_one_problem(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = copied / "dataset" / "articles"
    (articles / "moral-envoys.yaml").rename(articles / "moral-envoy.yaml")
    (problem,), _ = problems(copied, capsys)
    assert problem["rule"] == "KEY002"
