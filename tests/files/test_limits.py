"""Small input, huge work: every bound is asked before it, and docs/LIMITS.md tells its name and figure."""

from __future__ import annotations

import gzip
import io
import os
import re
import socket
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import lingang.limits as limits
from lingang.check.corpus import check_corpus
from lingang.check.released import check_release
from lingang.check.root import check_root
from lingang.check.subject import check_path
from lingang.cli.commands import main
from lingang.corpus.options import Options
from lingang.problems import CannotRun
from lingang.tables import table
from lingang.tables.json_lines import read_file, read_line
from table_forms import as_json_lines, changed

Inputs = Callable[[str], Path]


def test_the_page_of_limits_tells_every_bound_with_its_figure(root: Path) -> None:
    page = (root / "docs/LIMITS.md").read_text(encoding="utf-8")
    told = {name: int(figure) for name, figure in re.findall(r"^\| `([A-Z_]+)` \| (\d+) \|", page, re.MULTILINE)}
    assert told == {name: getattr(limits, name) for name in limits.__all__}


def test_no_bound_is_told_twice_in_the_code(root: Path) -> None:
    """A module that has a bound of its own would have it beside the page and the test above."""
    large = re.compile(r"^[A-Z_]*MAX[A-Z_]* = ", re.MULTILINE)
    found = [path.name for path in (root / "src/lingang").rglob("*.py") if large.search(path.read_text("utf-8"))]
    assert found == []


def rules(folder: Path) -> set[tuple[str, str]]:
    return {(problem.rule, str(problem.place)) for problem in check_corpus(folder, Options())}


@pytest.mark.long
@pytest.mark.parametrize("line", [b"{}\n", b"\n", b"[]\n", b'{"a": 1}\n', b"nothing\n"])
def test_lines_that_are_no_rows_are_read_no_further(line: bytes, tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus", but="events")
    (folder / "events.jsonl").write_bytes(line * 2_000_000)
    start = time.monotonic()
    report = check_corpus(folder, Options())
    assert time.monotonic() - start < 30
    assert {problem.place.file for problem in report} == {"events.jsonl"}
    assert len(report) <= 30 * limits.UNREAD_LINES
    told = [fault for _, _, faults in read_file(table("events"), line * 2000) for fault in faults]
    assert "read no further" in told[-1].expected


@pytest.mark.long
def test_a_release_is_read_no_further_either(inputs: Inputs) -> None:
    folder = inputs("release")
    (folder / "events.jsonl").write_bytes(b"{}\n" * 1_000_000)
    report = check_release(folder)
    assert len(report) < 30 * limits.UNREAD_LINES and report.failed
    assert report.keep == limits.KEPT >= len(report.problems)


def test_a_packed_table_that_comes_out_far_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPANSION_FROM", 1 << 20)
    folder = as_json_lines(tmp_path / "corpus", but="events")
    (folder / "events.jsonl.gz").write_bytes(gzip.compress(b" " * (1 << 24)))
    assert rules(folder) == {("PUB006", "events.jsonl.gz")}


def test_a_line_of_very_many_keys_is_one_problem() -> None:
    keys = ", ".join(f'"k{number}": 1' for number in range(limits.LINE_KEYS + 1))
    for line in (f"{{{keys}}}", f'{{{keys}, "k{limits.LINE_KEYS}": 2}}'):
        row, faults = read_line(table("events"), line.encode())
        assert row is None and [fault.rule for fault in faults] == ["PUB006"]
    row, faults = read_line(table("events"), b'"' + b"a" * limits.LINE_BYTES + b'"')
    assert row is None and "bytes at most" in faults[0].expected


@pytest.mark.long
@pytest.mark.parametrize("name", ["people", "events", "evidence", "sources"])
def test_an_id_of_very_many_characters_is_refused_at_its_row(name: str, tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus")
    key = table(name).key
    changed(folder / f"{name}.jsonl", lambda rows: rows[0].update({key: "a" * (limits.ID_CHARACTERS + 1)}))
    assert ("ROW004", f"{name}.jsonl:1:1") in rules(folder)


@pytest.mark.long
def test_a_text_beyond_a_page_is_refused_in_root_release_and_corpus(inputs: Inputs, tmp_path: Path) -> None:
    large = "云河" * (limits.PAGE_BYTES // 6 + 1)
    folder = as_json_lines(tmp_path / "large")
    changed(folder / "events.jsonl", lambda rows: rows[0].update(note=large))
    assert rules(folder) == {("PUB006", "events.jsonl:1:1")}
    release = inputs("release")
    changed(release / "events.jsonl", lambda rows: rows[0].update(note=large))
    assert ("PUB006", "events.jsonl:1:1") in {(p.rule, str(p.place)) for p in check_release(release)}
    own = inputs("root")
    (page,) = (own / "raw").glob("*.txt")
    page.write_text(large, encoding="utf-8")
    assert [(p.rule, p.message) for p in check_root(own).report] == [("TXT002", "the page is too large")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("".join(f"k{number}:\n" for number in range(90_000)), "YML010"),
        ("".join(f"k{number}:\n" for number in range(110_000)), "YML008"),
        ("k:\n" * 200_000, "YML005"),
        (f"kind: news\ntext: {{headline: 1, body: [{'1,' * 400_000}]}}\n", "YML008"),
        (f"a: [{'&a x,' * 150_000}]\n", "YML006"),
        (f"a: &a x\nb: [{'*a ,' * 150_000}]\n", "YML006"),
        (f"a: {'x' * 900_000}\n", "YML010"),
        (f"a: {'9' * 900_000}\n", "YML010"),
    ],
    ids=["keys", "more keys", "one key", "a list", "anchors", "aliases", "a long text", "a long number"],
)
def test_a_large_authored_file_has_an_answer_soon(text: str, rule: str, inputs: Inputs) -> None:
    own = inputs("root")
    (own / "dataset/articles/x.yaml").write_text(text, encoding="utf-8")
    start = time.monotonic()
    report = check_root(own).report
    assert time.monotonic() - start < 30
    own_problems = [problem for problem in report if problem.place.file == "dataset/articles/x.yaml"]
    assert rule in {problem.rule for problem in own_problems}
    assert len(own_problems) <= limits.YAML_FAULTS + 1


def test_a_root_of_very_many_files_or_bytes_is_refused(inputs: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    own = inputs("root")
    for name, most in (("ROOT_FILES", 10), ("ROOT_BYTES", 10_000)):
        with monkeypatch.context() as patch:
            patch.setattr(limits, name, most)
            with pytest.raises(CannotRun, match="too large"):
                check_root(own)


def tarred(path: Path, members: list[tarfile.TarInfo], data: bytes = b"") -> Path:
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for member in members:
            member.size = len(data) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(data) if member.isreg() else None)
    return path


def folder_member(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type = tarfile.DIRTYPE
    return member


@pytest.mark.long
def test_archives_of_very_many_members_or_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [tarfile.TarInfo(f"f{number}") for number in range(limits.ARCHIVE_MEMBERS + 1)]
    folders = [folder_member(f"f{number}") for number in range(limits.ARCHIVE_MEMBERS + 1)]
    refused = [tarred(tmp_path / "many.tar.gz", many), tarred(tmp_path / "folders.tar.gz", folders)]
    for kind in ("", "/"):
        with zipfile.ZipFile(tmp_path / f"many{len(kind)}.zip", "w") as archive:
            for number in range(limits.ARCHIVE_MEMBERS + 1):
                archive.writestr(f"f{number}{kind}", b"")
        refused.append(tmp_path / f"many{len(kind)}.zip")
    for path in refused:
        with pytest.raises(CannotRun, match="too large"):
            check_path(path)
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 1000)
    path = tarred(tmp_path / "large.tgz", [tarfile.TarInfo("SHA256SUMS"), tarfile.TarInfo("b")], b"x" * 600)
    with pytest.raises(CannotRun, match="too large"):
        check_path(path)


def test_a_header_of_a_tar_archive_has_a_bound(tmp_path: Path) -> None:
    member = tarfile.TarInfo("SHA256SUMS")
    member.pax_headers = {"comment": "x" * (1 << 20)}
    with pytest.raises(CannotRun, match="header"):
        check_path(tarred(tmp_path / "a.tar.gz", [member]))


@pytest.mark.long
def test_very_many_small_files_are_told_at_their_own_lines(tmp_path: Path) -> None:
    folder = as_json_lines(tmp_path / "corpus")
    lines = (folder / "evidence.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "evidence.jsonl").unlink()
    for number, line in enumerate(lines):
        (folder / f"evidence-{number:05}.jsonl").write_bytes(line)
    assert rules(folder) == set()
    (folder / "evidence-00300.jsonl").write_bytes(lines[300] + b"{}\n")
    (folder / "evidence-00700.jsonl").write_bytes(lines[700].rstrip(b"\n"))
    assert {("ROW006", "evidence-00300.jsonl:2:1"), ("PUB006", "evidence-00700.jsonl:1:1")} == rules(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "CORPUS_FILES", 100)
        with pytest.raises(CannotRun, match="at most 100"):
            check_corpus(folder, Options())


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def plug(path: Path) -> None:
    where = Path.cwd()
    os.chdir(path.parent)  # a socket's whole path may have a hundred bytes
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(where)


@pytest.mark.parametrize("special", [pipe, endless, plug])
@pytest.mark.parametrize("name", ["dataset/people.yaml", "dataset/articles/x.yaml", "raw/x.txt", "raw/SHA256SUMS"])
def test_only_files_are_read_in_a_root(special: Callable[[Path], None], name: str, inputs: Inputs) -> None:
    own = inputs("root")
    (own / name).unlink(missing_ok=True)
    special(own / name)
    with pytest.raises(CannotRun, match="not a file"):
        check_root(own)


@pytest.mark.long
@pytest.mark.parametrize("special", [pipe, endless, plug])
def test_only_files_are_read_in_a_corpus_and_a_release(
    special: Callable[[Path], None], inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, release = inputs("corpus"), inputs("release")
    (corpus / "events.jsonl").unlink()
    special(corpus / "events.jsonl")
    assert main(["validate", str(corpus)]) == 2
    (release / "events.jsonl").unlink()
    special(release / "events.jsonl")
    assert main(["validate", str(release)]) in (1, 2)
    out = capsys.readouterr()
    assert "events.jsonl" in out.out and "Traceback" not in out.err


def test_a_link_to_a_folder_is_not_passed_over(inputs: Inputs) -> None:
    own = inputs("root")
    (own / "dataset/articles").rename(own / "elsewhere")
    (own / "dataset/articles").symlink_to(own / "elsewhere")
    with pytest.raises(CannotRun, match="link to a folder"):
        check_root(own)


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells what a process holds")
def test_memory_bounds_the_whole_process(inputs: Inputs, tmp_path: Path) -> None:
    release = inputs("release")
    line = (release / "labels.jsonl").read_bytes().split(b"\n")[0] + b"\n"
    (release / "labels.jsonl").write_bytes(line * 600_000)
    done = subprocess.run(
        [sys.executable, "-m", "lingang", "validate", str(release), "--memory", "512MB"],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        timeout=120,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("lingang: 512MB of memory are too little for ") and "--memory" in done.stderr
    assert "Traceback" not in done.stderr and not list(tmp_path.glob("lingang-work-*"))


def zipped(path: Path, folder: Path, below: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"{below}{file.relative_to(folder).as_posix()}")
    return path


@pytest.mark.long
@pytest.mark.parametrize("below", ["", "top/"])
@pytest.mark.parametrize("kind", ["root", "release", "corpus"])
def test_an_archive_is_checked_as_the_folder_that_it_holds(
    kind: str, below: str, inputs: Inputs, tmp_path: Path
) -> None:
    path = zipped(tmp_path / "a.zip", inputs(kind), below)
    report = check_path(path)
    assert not report.failed, [str(problem.place) for problem in report][:3]


def test_bytes_before_and_behind_an_archive_are_refused(inputs: Inputs, tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", inputs("corpus")).read_bytes()
    packed = tarred(tmp_path / "a.tar.gz", [tarfile.TarInfo("SHA256SUMS")], b"x\n").read_bytes()
    more = gzip.compress(gzip.decompress(packed) + b"more")
    for name, data in {
        "before.zip": b"MZ more" + whole,
        "behind.zip": whole + b"more",
        "two.zip": whole + whole,
        "behind.tar.gz": packed + b"more",
        "inside.tar.gz": more,
        "two.tar.gz": packed + packed,
    }.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CannotRun, match=r"bytes|archive"):
            check_path(tmp_path / name)


@pytest.mark.long
def test_a_file_of_a_user_is_advice_in_a_folder_and_an_error_in_an_archive(inputs: Inputs, tmp_path: Path) -> None:
    release = inputs("release")
    (release / "my-notes.txt").write_text("mine\n", encoding="utf-8")
    report = check_path(release)
    assert [(one.rule, str(one.place)) for one in report] == [("PUB009", "my-notes.txt")] and not report.failed
    packed = check_path(zipped(tmp_path / "a.zip", release))
    assert [(one.rule, str(one.place)) for one in packed] == [("PUB004", "my-notes.txt")]
