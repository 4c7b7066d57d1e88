"""One cause, one error: what follows from a fault is not told beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lingang.authored.tree import read_files
from lingang.check.root import check_files
from lingang.cli.commands import main
from lingang.problems import Problem

Inputs = Callable[[str], Path]
Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def problems(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    assert main(["validate", str(folder), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    return [problem for problem in report["problems"] if problem["severity"] == "error"], report["not_run"]


@pytest.mark.long
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


@pytest.mark.long
def test_an_emptied_table_of_a_release_is_told_once_for_all_that_point_to_it(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = inputs("release")
    (folder / "events.jsonl").write_bytes(b"")
    found, _ = problems(folder, capsys)
    assert [problem["rule"] for problem in found] == ["KEY002", "PUB001", "PUB002"]


@pytest.mark.long
def test_a_table_without_rows_to_which_nothing_points_is_none(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = inputs("corpus")
    assert (folder / "accepted.jsonl").read_bytes() == b""
    assert main(["validate", str(folder)]) == 0
    capsys.readouterr()


@pytest.mark.long
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


@pytest.mark.long
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


@pytest.mark.long
def test_an_article_under_another_name_is_one_problem(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = copied / "dataset" / "articles"
    (articles / "moral-envoys.yaml").rename(articles / "moral-envoy.yaml")
    (problem,), _ = problems(copied, capsys)
    assert problem["rule"] == "KEY002"


ROOTS = Path(__file__).parents[1] / "roots"


def errors_of(files: dict[str, bytes]) -> list[Problem]:
    return [problem for problem in check_files(files).report if problem.severity == "error"]


def with_text(root: str, file: str, old: str, new: str) -> dict[str, bytes]:
    files = read_files(ROOTS / root)
    assert old.encode() in files[file], old
    return {**files, file: files[file].replace(old.encode(), new.encode(), 1)}


ARTICLE = "dataset/articles/"
SLIPS: list[tuple[str, str, str, str, str, str]] = [
    # a key that an entry needs, misspelt: the unknown key, which says what the needed one wants
    ("obituary-and-prices", "dataset/about.yaml", "annotations:", "annotation:", "YML010", "annotations: text in one"),
    ("two-cities", f"{ARTICLE}tree-planting.yaml", "cue:", "cu:", "YML010", "cue: "),
    ("town-donation", f"{ARTICLE}rice-company-gift.yaml", "- {role:", "- {rol:", "YML010", "role: "),
    ("county-meeting", "dataset/campaigns.yaml", "name:", "nam:", "YML010", "name: "),
    ("obituary-and-prices", "dataset/lexicon.yaml", "definition:", "definitio:", "YML010", "definition"),
    # a word that the lexicon knows by another spelling, and a new one, lack labels and definition together
    ("police-notice", "dataset/lexicon.yaml", "  suspect:", "  suspec:", "YML011", "close to it: suspect"),
    ("obituary-and-prices", "dataset/lexicon.yaml", "    labels:", "    xlabels:", "YML010", "labels"),
    # one of several places of a title
    ("congress-appointments", f"{ARTICLE}appointments.yaml", "quote:", "quot:", "YML010", "quote"),
    # the id of an event, and all that hangs on it
    ("court-cases", f"{ARTICLE}fraud.yaml", "  fraud:", "  frau:", "KEY002", "close to it: frau"),
    ("new-year-week", f"{ARTICLE}new-year-watch.yaml", "  watch:", "  watc:", "KEY002", "close to it: watc"),
    ("dates", f"{ARTICLE}flood-meeting.yaml", "  rescue:", "  rescu:", "KEY002", "close to it: rescu"),
    # an item that could not be read is there all the same
    ("two-cities", f"{ARTICLE}cadre-symposium.yaml", "source:", "sourc:", "YML010", "source"),
    ("two-cities", f"{ARTICLE}job-fair.yaml", "participants:", "participant:", "YML010", "participants"),
    # the scope of an entry
    (
        "two-cities",
        "dataset/organizations.yaml",
        "in: [yunhe-2023-03]",
        "in: [yunhe-2023-0]",
        "KEY002",
        "yunhe-2023-03",
    ),
    ("two-cities", "dataset/people.yaml", "in: [yunhe-2023-03]", "in: [yunhe-2023-0]", "KEY002", "yunhe-2023-03"),
    # what a date and its reason say
    ("new-year-week", f"{ARTICLE}new-year-watch.yaml", "why: {edtf:", "why: {edt:", "YML010", "edtf"),
    # a title, and the list in which it stands between names
    ("county-meeting", f"{ARTICLE}economic-work-meeting.yaml", "  县政协主席:", "  县政协主:", "EVI002", ""),
    ("court-cases", f"{ARTICLE}fraud.yaml", "  被告人:", "  被告:", "EVI002", ""),
    (
        "town-donation",
        f"{ARTICLE}rice-company-gift.yaml",
        "for: 镇中心小学",
        "for: 镇中心小",
        "KEY003",
        "organizations.yaml",
    ),
    # a line of another segment
    ("no-year", f"{ARTICLE}wheat-harvest.yaml", "caption: 9", "caption: 10", "EVI002", ""),
    ("furniture", f"{ARTICLE}old-street.yaml", "kicker: 4", "kicker: 5", "TXT009", ""),
    ("court-cases", f"{ARTICLE}fraud.yaml", "rule: MEN002", "rule: MEN00", "ROW004", ""),
    # a name that two entries use, and a form of which two items must say whose it is
    ("furniture", "dataset/places.yaml", "name: 青石街\n", "name: 青石\n", "KEY003", "dataset/places.yaml"),
    ("two-cities", "dataset/people.yaml", "  in: [cadre-symposium]\n", "", "KEY004", "tree-planting.yaml"),
    # a full-width colon in a key makes no second fault of its value
    (
        "congress-appointments",
        "dataset/organizations.yaml",
        "yunhe-city: {name:",
        "yunhe-city：{name:",
        "YML012",
        "an id",
    ),
    # pages and their sums
    ("furniture", "dataset/sources.yaml", "file: page.txt", "file: page.tx", "TXT001", "raw/page.txt"),
    ("furniture", "dataset/sources.yaml", "furniture: 2", "furniture: 3", "TXT004", ""),
]


@pytest.mark.long
@pytest.mark.parametrize(("root", "file", "old", "new", "rule", "says"), SLIPS, ids=lambda value: str(value)[-24:])
def test_a_slip_is_one_error(root: str, file: str, old: str, new: str, rule: str, says: str) -> None:
    found = errors_of(with_text(root, file, old, new))
    assert [problem.rule for problem in found] == [rule], [(str(one.place), one.rule, one.found) for one in found]
    assert says in f"{found[0].expected} {found[0].found}", found[0]


def without(name: str) -> Change:
    return lambda files: {file: data for file, data in files.items() if file != name}


def put(name: str, change: Callable[[bytes], bytes]) -> Change:
    return lambda files: {**files, name: change(files[name])}


LOSSES: dict[str, tuple[str, Change, str, str]] = {
    "an item": ("court-cases", without(f"{ARTICLE}vase.yaml"), "TXT008", ""),
    "an item that is a scope": ("two-cities", without(f"{ARTICLE}job-fair.yaml"), "KEY002", "job-fair"),
    "a registry": ("congress-appointments", without("dataset/people.yaml"), "KEY003", "dataset/people.yaml"),
    "the registry of bodies": ("sports-result", without("dataset/organizations.yaml"), "KEY003", "organizations.yaml"),
    "a page": ("taiwan-briefs", without("raw/page.txt"), "TXT001", "no such file"),
    "the sums": ("dates", without("raw/SHA256SUMS"), "TXT001", "no such file"),
    "every sum": ("dates", put("raw/SHA256SUMS", lambda _: b""), "TXT001", "no sum"),
}


@pytest.mark.long
@pytest.mark.parametrize("what", LOSSES)
def test_a_loss_is_one_error(what: str) -> None:
    root, change, rule, says = LOSSES[what]
    found = errors_of(change(read_files(ROOTS / root)))
    assert [problem.rule for problem in found] == [rule], [(str(one.place), one.rule, one.found) for one in found]
    assert says in f"{found[0].expected} {found[0].found}", found[0]


def test_a_manifest_of_pages_may_name_them_from_the_folder_on() -> None:
    files = read_files(ROOTS / "dates")
    sums = files["raw/SHA256SUMS"]
    assert errors_of({**files, "raw/SHA256SUMS": sums.replace(b"  ", b"  ./")}) == []
    assert errors_of({**files, "raw/SHA256SUMS": sums.replace(b"  ", b" *./")}) == []


@pytest.mark.parametrize("part", ["dataset/", "raw/", ""], ids=["records", "page", "all"])
def test_a_windows_checkout_is_one_error_that_says_how_to_mend_it(part: str) -> None:
    files = read_files(ROOTS / "town-donation")
    turned = {file: data.replace(b"\n", b"\r\n") if file.startswith(part) else data for file, data in files.items()}
    (problem,) = errors_of(turned)
    assert ".gitattributes" in problem.hint and "renormalize" in problem.hint
    assert "carriage return" in problem.message


def test_lines_that_moved_on_a_page_are_one_error() -> None:
    """A page with one more line, pinned again: every item below it has other lines."""
    files = read_files(ROOTS / "two-cities")
    (name,) = (file for file in files if file.startswith("raw/yunhe") and file.endswith(".txt"))
    page = b"\n" + files[name]
    old, new = (hashlib.sha256(data).hexdigest().encode() for data in (files[name], page))
    found = errors_of({**files, name: page, "raw/SHA256SUMS": files["raw/SHA256SUMS"].replace(old, new)})
    assert [problem.rule for problem in found if problem.rule == "TXT004"] == ["TXT004"]
    assert "more place" in next(problem.found for problem in found if problem.rule == "TXT004")
