"""Whatever comes in: no traceback, no hang, nothing written outside the target."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import tempfile
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingang.authored.anchor import Anchor, AnchorError, find_once
from lingang.check.released import check_release, read_jsonl
from lingang.check.root import check_files
from lingang.check.subject import check_path
from lingang.cli.commands import main
from lingang.files.contents import contents
from lingang.problems import CannotRun, Place, Report
from lingang.tables import table
from lingang.tables.arrow import Tables
from lingang.tables.rows import check_row
from lingang.text.page import Page, Searchable, Span

SMALL = st.text(alphabet="甲乙，。 \n𠮷A1“", max_size=12)


@settings(max_examples=300, deadline=None)
@given(SMALL.filter(lambda text: text.strip() != ""), SMALL, SMALL, SMALL, st.booleans())
def test_an_anchor_is_a_span_or_a_problem(text: str, quote: str, before: str, after: str, first: bool) -> None:
    page = Page.from_bytes("p", "p.txt", text.encode())
    zone = Searchable(page, [Span(0, len(text))])
    try:
        span: Span | None = find_once([zone], Anchor(quote, Place("x.yaml", 1, 1), before, after), first=first)
        rule = ""
    except AnchorError as error:
        span, rule = None, error.problem.rule
    assert rule in ("EVI002", "EVI003") if span is None else page.quote(span) == "".join(quote.split())


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(alphabet='{}[]":,0.e-\\u d8a\n', max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    )
)
def test_a_line_of_json_is_a_row_or_a_problem(data: bytes) -> None:
    report = Report()
    rows = read_jsonl(table("documents"), data, "documents.jsonl", report)
    assert (rows is None) == bool(report.problems)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda line: line.replace(b'"seq": 1', b'"seq": 1.5'), "ROW001"),
        (lambda line: line.replace(b'"seq": 1', b'"seq": "1"'), "ROW001"),
        (lambda line: line.replace(b'"seq": 1', b'"seq": 1, "seq": 1'), "PUB006"),
        (lambda line: line.replace(b'"seq": 1, ', b""), "ROW006"),
        (lambda line: line.replace(b'"seq": 1', b'"seq": 1, "more": 1'), "ROW006"),
        (lambda line: line.replace(b'"seq": 1', b'"seq": NaN'), "PUB006"),
        (lambda line: line.replace("记者".encode(), b"\\ud800"), "PUB006"),
        (lambda line: line.replace("记者".encode(), b"\xff"), "PUB006"),
        (lambda line: line.replace(b'"seq": 1', b'"seq": 2147483648'), "ROW005"),
        (lambda line: line.rstrip(b"\n"), "PUB006"),
    ],
)
def test_strict_reading_of_a_row(root: Path, change: object, says: str) -> None:
    lines = (root / "src/lingang/data/articles.jsonl").read_bytes().splitlines(keepends=True)
    first = next(line for line in lines if b'"seq": 1,' in line)
    report = Report()
    assert read_jsonl(table("articles"), change(first), "articles.jsonl", report) is None  # type: ignore[operator]
    assert {problem.rule for problem in report} == {says}
    assert all(problem.place.line == 1 for problem in report)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"seq": 1', '"seq": null'), ('"lingang-2023-05"', '"lingang-2023-05\\n"'), ('"seq": 1', '"seq": -1')],
)
def test_a_row_that_is_only_refused_by_its_declaration_is_read(root: Path, old: str, new: str) -> None:
    lines = (root / "src/lingang/data/articles.jsonl").read_text("utf-8").splitlines(keepends=True)
    first = next(line for line in lines if '"seq": 1,' in line)
    assert old in first
    report = Report()
    rows = read_jsonl(table("articles"), first.replace(old, new).encode(), "articles.jsonl", report)
    assert rows is not None and len(rows) == 1 and not report.problems  # the rules over tables find it
    assert check_row(table("articles"), rows[0])


def zipped(members: dict[str, bytes], *more: tuple[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name twice
        for name, data in (*members.items(), *more):
            archive.writestr(name, data)
    return sink.getvalue()


def tarred(members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:gz") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return sink.getvalue()


def link(name: str, target: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    return info


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("up.zip", zipped({"../outside.txt": b"x", "SHA256SUMS": b""})),
        ("deep.zip", zipped({"a/../../outside.txt": b"x"})),
        ("root.zip", zipped({"/outside.txt": b"x"})),
        ("drive.zip", zipped({"C:\\outside.txt": b"x"})),
        ("up.tar.gz", tarred([(tarfile.TarInfo("../outside.txt"), b"x")])),
        ("link.tar.gz", tarred([(link("inside", "/etc"), b"")])),
        ("twice.zip", zipped({"SHA256SUMS": b"", "a": b"x"}, ("a", b"y"))),
        ("twice-in-another-case.zip", zipped({"SHA256SUMS": b"", "a": b"x"}, ("A", b"y"))),
        ("twice-with-a-dot.zip", zipped({"SHA256SUMS": b"", "a": b"x"}, ("./a", b"y"))),
        ("twice.tar.gz", tarred([(tarfile.TarInfo(name), b"") for name in ("SHA256SUMS", "a", "a")])),
        ("two-releases.zip", zipped({"one/SHA256SUMS": b"", "two/SHA256SUMS": b""})),
        ("beside.zip", zipped({"one/SHA256SUMS": b"", "notes.txt": b"x"})),
        ("none.zip", zipped({"readme.txt": b"x"})),
        ("broken.zip", b"PK\x03\x04 nothing"),
        ("broken.tar.gz", b"\x1f\x8b nothing"),
        ("empty.tar.gz", b""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # bytes hold the time, and workers must agree on names
)
def test_an_archive_that_is_no_release_is_refused_and_writes_nothing_outside(
    tmp_path: Path, name: str, data: bytes
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / name).write_bytes(data)
    with pytest.raises(CannotRun):
        check_path(folder / name)
    assert [path.name for path in tmp_path.rglob("*")] == ["here", name]


def encrypted() -> bytes:
    data = bytearray(zipped({"top/SHA256SUMS": b"x"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (encrypted(), "holds top/SHA256SUMS, which is encrypted"),
        (zipped({"a": b"x", "a/b": b"x"}), "holds a/b, which has no place among the other names"),
        (zipped({"a/b": b"x", "a": b"x"}), "holds a, which has no place among the other names"),
        (zipped({"a/" + "n" * 5000: b"x"}), "n…, which has no place among the other names"),
    ],
    ids=["encrypted", "a file as a folder", "a folder as a file", "a name too long"],
)
def test_the_member_that_cannot_be_unpacked_is_named(
    data: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert main(["validate", str(tmp_path / "a.zip")]) == 2
    said = capsys.readouterr().err
    assert says in said and "work-" not in said and "ZipInfo" not in said and said.count("\n") == 1


EMPTY = [
    ["validate", ""],
    ["validate", "", "."],
    ["build", ""],
    ["release", ".", "--since", ""],
    ["release", ".", "--out", ""],
    ["diff", "", "."],
    ["explore", ""],
    ["show", "x", "--from", ""],
    ["draft", ""],
    ["new", ""],
]


@pytest.mark.parametrize("arguments", EMPTY, ids=" ".join)
def test_an_empty_path_is_not_this_folder(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert capsys.readouterr().err == "lingang: a path is empty; write . for the folder that you are in\n"
    assert not list(tmp_path.iterdir())


def test_a_pipe_is_no_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "a.zip")
    for path in (tmp_path / "a.zip", Path("/dev/zero")):
        assert main(["validate", str(path)]) == 2
        assert "is neither a file nor a folder" in capsys.readouterr().err


@pytest.mark.long
def test_what_a_mac_leaves_in_an_archive_is_passed_over_and_nothing_else(root: Path, tmp_path: Path) -> None:
    data = root / "src" / "lingang" / "data"
    files = {f"r/{path.relative_to(data).as_posix()}": path.read_bytes() for path in data.rglob("*") if path.is_file()}
    left = {"r/.DS_Store": b"x", "__MACOSX/r/._events.jsonl": b"x", "__MACOSX/._SHA256SUMS": b"x"}
    (tmp_path / "r.zip").write_bytes(zipped({**files, **left}))
    assert list(check_path(tmp_path / "r.zip")) == []
    for name in ("r/x__pycache__y.exe", "r/__pycache__/x.exe", "r/schema/__pycache__/x.pyc", "r/DS_Store"):
        (tmp_path / "r.zip").write_bytes(zipped({**files, name: b"x"}))
        assert [(p.rule, f"r/{p.place.file}") for p in check_path(tmp_path / "r.zip")] == [("PUB004", name)]


PARTS = [("release/SHA256SUMS", b"0" * 64 + b"  events.jsonl\n"), ("release/events.jsonl", b"{}\n" * 40)]
ARCHIVES = {".zip": zipped(dict(PARTS)), ".tar.gz": tarred([(tarfile.TarInfo(name), data) for name, data in PARTS])}
TAR = gzip.decompress(ARCHIVES[".tar.gz"])


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([".zip", ".tar.gz", ".tar in .gz"]), st.integers(0, 10**6), st.binary(max_size=4), st.integers(0, 3)
)
def test_an_archive_with_bytes_changed_has_a_report_or_is_refused(kind: str, at: int, new: bytes, dropped: int) -> None:
    data = TAR if kind == ".tar in .gz" else ARCHIVES[kind]
    at %= len(data)
    data = data[:at] + new + data[at + dropped :]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / ("a.zip" if kind == ".zip" else "a.tar.gz")
        path.write_bytes(gzip.compress(data) if kind == ".tar in .gz" else data)
        try:
            report: Report | None = check_path(path)
        except CannotRun:
            report = None
        assert report is None or report.errors
        assert [found.name for found in Path(name).iterdir()] == [path.name]


def test_an_archive_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lingang.limits.ARCHIVE_BYTES", 10)
    (tmp_path / "large.zip").write_bytes(zipped({"SHA256SUMS": b"x" * 11}))
    with pytest.raises(CannotRun, match="too large"):
        check_path(tmp_path / "large.zip")


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_release_with_bytes_changed_has_problems(
    tables: Tables, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("release")
    made = contents(tables, None, {})
    name = data.draw(st.sampled_from(sorted(name for name in made if made[name])))
    at = data.draw(st.integers(0, len(made[name]) - 1))
    made[name] = made[name][:at] + data.draw(st.binary(max_size=3)) + made[name][at + 1 :]
    for file, content in made.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(content)
    report = check_release(folder)
    if made[name] != contents(tables, None, {})[name] and not name.endswith(".parquet"):
        assert report.errors


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_authored_file_with_bytes_changed_gives_a_report(files: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, max(0, len(files[name]) - 1)))
    new = data.draw(
        st.one_of(st.binary(max_size=4), st.sampled_from(["[", "{", ": ", "\n", "  ", "0", "等", "、"]).map(str.encode))
    )
    checked = check_files({**files, name: files[name][:at] + new + files[name][at + 1 :]})
    assert checked.report.errors == 0 or checked.tables is None
