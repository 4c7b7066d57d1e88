"""Outputs: nothing of others is touched, and the last good one is whole whatever happens at whichever step."""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import lingang
from lingang.build import root as publish
from lingang.build.corpus import build_corpus
from lingang.check.root import Checked
from lingang.cli.commands import main
from lingang.corpus.options import Options
from lingang.files import lock, store
from lingang.files.contents import contents
from lingang.files.owned import check_apart, check_made
from lingang.files.sums import folder_sums, read_sums, sums
from lingang.problems import CannotRun
from lingang.release.build import build_release
from lingang.tables.arrow import Tables

Snapshot = dict[str, bytes | None]


def snapshot(folder: Path) -> Snapshot:
    """Everything below a folder, hidden files and folders too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT", 0.2)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # others may use the disk, too


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, checked: Checked) -> None:
    """Without validating the same root again: what is tested comes after it."""
    monkeypatch.setattr(publish, "check_root", lambda *_: checked)


@pytest.fixture
def published(tables: Tables, tmp_path: Path, copied: Path, quick: None) -> Path:
    out = tmp_path / "out"
    assert publish.build(copied, out).tables is not None
    return out


# Whose a folder is


def refused(copied: Path, out: Path, says: str) -> None:
    """A build into ``out`` is refused, and nothing in it or beside it is changed."""
    before = snapshot(copied.parent)
    with pytest.raises(CannotRun, match=says):
        publish.build(copied, out)
    assert snapshot(copied.parent) == before


def downloads(folder: Path) -> None:
    (folder / "photos").mkdir(parents=True)
    (folder / "thesis.docx").write_bytes(b"years of work")
    (folder / "photos" / "harbour.jpg").write_bytes(b"light")


STRANGERS: dict[str, Callable[[Path], object]] = {
    "no manifest": lambda folder: None,
    "an empty manifest": lambda folder: (folder / "SHA256SUMS").touch(),
    "a manifest of its own": lambda folder: (folder / "SHA256SUMS").write_bytes(folder_sums(folder)),
    "no text": lambda folder: (folder / "SHA256SUMS").write_bytes(b"\xff\x00"),
    "a manifest that is a link": lambda folder: (folder / "SHA256SUMS").symlink_to("thesis.docx"),
    "a manifest that is a folder": lambda folder: (folder / "SHA256SUMS").mkdir(),
}


@pytest.mark.parametrize("manifest", STRANGERS)
def test_a_folder_of_others_is_left_alone(copied: Path, tmp_path: Path, quick: None, manifest: str) -> None:
    downloads(tmp_path / "downloads")
    STRANGERS[manifest](tmp_path / "downloads")
    refused(copied, tmp_path / "downloads", "which lingang did not write")


def test_tables_that_a_user_summed_are_no_output(copied: Path, published: Path, quick: None) -> None:
    mine = published.with_name("mine")
    mine.mkdir()
    for file in published.glob("*.jsonl"):
        shutil.copy(file, mine)
    (mine / "SHA256SUMS").write_bytes(folder_sums(mine))
    refused(copied, mine, "which lingang did not write")


ADDED: dict[str, Callable[[Path], object]] = {
    "notes": lambda out: (out / "notes.md").write_text("mine"),
    "notes below": lambda out: (out / "schema" / "notes.md").write_text("mine"),
    "hidden": lambda out: (out / ".notes").write_text("mine"),
    "a folder": lambda out: (out / "drafts").mkdir(),
    "a link": lambda out: (out / "link").symlink_to("/"),
    "a table of another": lambda out: (out / "harvests.jsonl").write_text("{}\n"),
    "no UTF-8": lambda out: (out / os.fsdecode(b"\xff.txt")).write_text("mine"),
}


@pytest.mark.long
@pytest.mark.parametrize("added", ADDED)
def test_what_a_user_added_stops_a_build(copied: Path, published: Path, added: str) -> None:
    ADDED[added](published)
    refused(copied, published, "which lingang did not write; nothing was touched")


def test_notes_do_not_become_ours_by_a_sum(copied: Path, published: Path) -> None:
    (published / "notes.md").write_text("mine")
    (published / "SHA256SUMS").write_bytes(folder_sums(published))
    refused(copied, published, "holds notes.md, which lingang did not write")


@pytest.mark.long
@pytest.mark.parametrize("name", ["events.jsonl", "events.parquet", "schema/events.schema.json"])
@pytest.mark.parametrize("how", ["edited", "a link"])
def test_what_a_user_changed_stops_a_build(copied: Path, published: Path, name: str, how: str) -> None:
    file, elsewhere = published / name, published.with_name("elsewhere")
    elsewhere.write_bytes(file.read_bytes())
    if how == "edited":
        file.write_bytes(file.read_bytes() + b"\n")
    else:
        file.unlink()
        file.symlink_to(elsewhere)
    refused(copied, published, f"{name} was changed after lingang wrote it")


def test_what_a_user_removed_is_made_anew(copied: Path, published: Path) -> None:
    before = snapshot(published)
    (published / "events.jsonl").unlink()
    publish.build(copied, published)
    assert snapshot(published) == before


def test_a_file_that_a_build_makes_no_more_is_removed(copied: Path, published: Path) -> None:
    before = snapshot(published)
    (published / "harvests.jsonl").write_bytes(b"{}\n")
    (published / "SHA256SUMS").write_bytes(folder_sums(published))
    publish.build(copied, published)
    assert snapshot(published) == before


@pytest.mark.long
def test_a_release_is_no_place_for_a_build(copied: Path, tmp_path: Path, quick: None) -> None:
    (folder, *_) = build_release(copied, tmp_path / "dist")
    refused(copied, folder, "holds a release")
    refused(copied, tmp_path / "dist", "which lingang did not write")


@pytest.mark.parametrize(
    "out",
    ["raw", "dataset", "dataset/articles", ".", "..", "build/../raw", "link", "link/new", "raw/new", "../root/raw"],
)
def test_an_output_lies_in_no_input_and_holds_none(copied: Path, out: str, quick: None) -> None:
    (copied / "link").symlink_to("raw")
    refused(copied, copied / out, "cannot be the output: it (lies in|holds) .*, which is read")


@pytest.mark.parametrize("out", [".", "..", "more", "link/more"])
def test_an_output_lies_in_no_corpus(root: Path, tmp_path: Path, out: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "corpus" / "link").symlink_to("../corpus")
    for file in (root / "src/lingang/data").glob("*.jsonl"):
        shutil.copy(file, corpus)
    before = snapshot(tmp_path)
    with pytest.raises(CannotRun, match="cannot be the output"):
        build_corpus(corpus, corpus / out, Options())
    assert snapshot(tmp_path) == before


def test_folders_are_the_same_by_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system that takes ``RAW`` for ``raw``."""
    (tmp_path / "raw").mkdir()
    real = Path.samefile
    monkeypatch.setattr(
        Path, "samefile", lambda self, other: str(self).lower() == str(other).lower() or real(self, other)
    )
    with pytest.raises(CannotRun, match="lies in"):
        check_apart(tmp_path / "RAW" / "out", [tmp_path / "raw"])


@pytest.mark.long
def test_a_link_is_followed(copied: Path, tmp_path: Path, quick: None) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "dangling").symlink_to("later")
    for link, target in (("link", "real"), ("dangling", "later")):
        for _ in range(2):
            publish.build(copied, tmp_path / link)
            assert (tmp_path / link).is_symlink()
            assert (tmp_path / target / "events.jsonl").is_file()


# What a command writes, and nothing else


@pytest.mark.long
def test_build_writes_the_folder_build_of_the_root(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own: Snapshot = {"CITATION.cff": b"title: ours\n", "DATA_DICTIONARY.md": b"# Ours\n", "schema/my.sql": b"CREATE"}
    own |= {"src/lingang/data/events.jsonl": b"{}\n"}
    for name, data in own.items():
        (copied / name).parent.mkdir(parents=True, exist_ok=True)
        (copied / name).write_bytes(data or b"")
    before = snapshot(copied)
    assert main(["build", str(copied), "--check"]) == 1
    assert snapshot(copied) == before
    assert main(["build", str(copied)]) == 0
    after = snapshot(copied)
    assert {name: data for name, data in after.items() if name.split("/")[0] != "build"} == before
    capsys.readouterr()
    assert main(["build", str(copied), "--check"]) == 0
    (copied / "build" / "events.jsonl").unlink()
    assert main(["build", str(copied), "--check"]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        f"{copied}/build/events.jsonl differs from a fresh build",
        f"run lingang build {copied} to make it anew",
    ]


@pytest.mark.long
def test_every_file_has_its_sum(published: Path, copied: Path, tmp_path: Path) -> None:
    build_corpus(published_lines(published, tmp_path), tmp_path / "corpus-out", Options())
    build_release(copied, tmp_path / "dist")
    for folder in (published, tmp_path / "corpus-out", tmp_path / "dist" / f"lingang-{lingang.__version__}"):
        listed = {line.name for line in read_sums((folder / "SHA256SUMS").read_bytes())}
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert listed == there - {"SHA256SUMS"}
        done = subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"], cwd=folder, check=False)
        assert done.returncode == 0


def published_lines(published: Path, tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir(exist_ok=True)
    for file in published.glob("*.jsonl"):
        shutil.copy(file, corpus)
    return corpus


@pytest.mark.long
@pytest.mark.parametrize("manifest", ["ARCHIVES.sha256", "SHA256SUMS"], ids=["now", "as earlier versions wrote it"])
def test_the_sums_of_other_releases_stay(copied: Path, tmp_path: Path, quick: None, manifest: str) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "lingang-0.9.0.zip").write_bytes(b"the last")
    (dist / manifest).write_bytes(sums({"lingang-0.9.0.zip": b"the last", "lingang-0.8.0.zip": b"gone"}))
    build_release(copied, dist)
    done = subprocess.run(["sha256sum", "-c", "ARCHIVES.sha256"], cwd=dist, check=False, capture_output=True)
    assert done.returncode == 0
    assert b"lingang-0.9.0.zip: OK" in done.stdout
    assert not (dist / "SHA256SUMS").exists(), "the sums of archives have one name"


@pytest.mark.long
@pytest.mark.parametrize("changed", [False, True])
def test_a_release_of_an_earlier_version_is_made_anew(copied: Path, tmp_path: Path, quick: None, changed: bool) -> None:
    dist = tmp_path / "dist"
    build_release(copied, dist)
    (dist / "ARCHIVES.sha256").rename(dist / "SHA256SUMS")
    if not changed:
        build_release(copied, dist)
        assert {path.name for path in dist.iterdir()} == {NAME, f"{NAME}.zip", f"{NAME}.tar.gz", "ARCHIVES.sha256"}
        return
    (dist / f"{NAME}.zip").write_bytes(b"mine")
    before = snapshot(tmp_path)
    with pytest.raises(CannotRun, match="was changed after lingang wrote it"):
        build_release(copied, dist)
    assert snapshot(tmp_path) == before


@pytest.mark.long
@pytest.mark.parametrize("held", [b"", b"0" * 64 + b"  mine.iso\n", b"\xff\x00", b"0" * 64 + b"  lingang-1.zip\n" * 2])
def test_sums_of_a_user_beside_a_release_are_left_alone(copied: Path, tmp_path: Path, quick: None, held: bytes) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "SHA256SUMS").write_bytes(held)
    for _ in range(2):
        build_release(copied, dist)
        assert (dist / "SHA256SUMS").read_bytes() == held


@pytest.mark.long
def test_each_release_unpacks_into_a_folder_of_its_name_and_checks_itself(
    copied: Path, tmp_path: Path, quick: None
) -> None:
    build_release(copied, tmp_path / "dist")
    for suffix in (".zip", ".tar.gz"):
        folder = tmp_path / suffix
        shutil.unpack_archive(tmp_path / "dist" / f"{NAME}{suffix}", folder)
        assert [path.name for path in folder.iterdir()] == [NAME]
        done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder / NAME, check=False)
        assert done.returncode == 0


NAME = f"lingang-{lingang.__version__}"


@pytest.mark.parametrize("name", [NAME, f"{NAME}/note.txt", f"{NAME}.zip", f"{NAME}.tar.gz", "ARCHIVES.sha256"])
def test_a_release_replaces_nothing_of_others(copied: Path, tmp_path: Path, quick: None, name: str) -> None:
    (tmp_path / "dist" / name).parent.mkdir(parents=True)
    (tmp_path / "dist" / name).write_bytes(b"0" * 64 + b"  mine.iso\n")
    before = snapshot(tmp_path)
    with pytest.raises(CannotRun, match=r"which lingang did not write|no folder of its own"):
        build_release(copied, tmp_path / "dist")
    assert snapshot(tmp_path) == before


@pytest.mark.long
@pytest.mark.parametrize("name", [f"{NAME}/README.md", f"{NAME}.zip", f"{NAME}.tar.gz"])
def test_a_release_that_was_changed_stops_the_next(copied: Path, tmp_path: Path, quick: None, name: str) -> None:
    build_release(copied, tmp_path / "dist")
    build_release(copied, tmp_path / "dist")
    (tmp_path / "dist" / name).write_bytes(b"mine")
    before = snapshot(tmp_path)
    with pytest.raises(CannotRun, match="was changed after lingang wrote it"):
        build_release(copied, tmp_path / "dist")
    assert snapshot(tmp_path) == before


def test_export_writes_over_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.xml"
    mine.write_text("mine")
    assert main(["export", "tei", str(mine)]) == 2
    assert f"{mine} is there already and differs; nothing was written." in capsys.readouterr().err
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "moral-envoys.txt").write_text("mine")
    (tmp_path / "brat" / "other.txt").write_text("mine")
    before = snapshot(tmp_path)
    assert main(["export", "brat", str(tmp_path / "brat")]) == 2
    assert main(["export", "csv", str(lingang.path("events").parent / "edges.csv")]) == 2
    assert snapshot(tmp_path) == before
    (tmp_path / "brat" / "moral-envoys.txt").unlink()
    assert main(["export", "brat", str(tmp_path / "brat")]) == 0
    written = snapshot(tmp_path)
    assert main(["export", "brat", str(tmp_path / "brat")]) == 0
    assert snapshot(tmp_path) == written
    assert (tmp_path / "brat" / "other.txt").read_text() == "mine"


def test_export_into_a_pipe(tmp_path: Path) -> None:
    command = f"{sys.executable} -m lingang export nlp /dev/stdout | tail -1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"/dev/stdout\n", b"")


# What was left by runs that were killed, and what only looks like it


def test_what_looks_like_staging_is_not_ours(copied: Path, published: Path) -> None:
    beside = published.parent
    for name in (".out.staged-mine", ".out.staged-abcd1234", ".out.old", "lingang-work-1-mine", ".lingang-release-x"):
        (beside / name).mkdir()
        (beside / name / "thesis.docx").write_text("mine")
    before = snapshot(beside)
    publish.build(copied, published)
    assert snapshot(beside) == before


@pytest.mark.parametrize("name", [".out.staged-lingang", ".out.lock-lingang"])
def test_what_is_in_the_way_is_named(copied: Path, published: Path, name: str) -> None:
    if "lock" in name:
        (published.parent / name).write_text("mine")
    else:
        (published.parent / name).mkdir()
        (published.parent / name / "thesis.docx").write_text("mine")
    refused(copied, published, f"{name} is in the way")


def test_a_lock_that_a_dead_run_left_is_no_obstacle(copied: Path, published: Path) -> None:
    (published.parent / ".out.lock-lingang").write_text("process 1\n")
    before = snapshot(published)
    publish.build(copied, published)
    assert snapshot(published) == before
    assert not (published.parent / ".out.lock-lingang").exists()


HOLDER = """
import sys, time
from pathlib import Path
from lingang.files.store import workplace
with workplace(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[2])) as place:
    (place.new / "half").write_text("written")
    print("there", flush=True)
    time.sleep(60)
"""


@contextmanager
def other_run(base: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes an output now."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, base, name], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "there\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.long
@pytest.mark.parametrize("command", ["build", "corpus", "release", "export"])
def test_a_second_run_leaves_the_first_alone(
    copied: Path, published: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, out = published_lines(published, tmp_path), str(published)
    arguments, base, name = {
        "build": (["build", str(copied), "--out", out], tmp_path, "out"),
        "corpus": (["build", str(corpus), "--out", out], tmp_path, "out"),
        "release": (["release", str(copied), "--out", str(tmp_path / "dist")], tmp_path / "dist", "release"),
        "export": (["export", "tei", str(tmp_path / "x.xml")], tmp_path, "export"),
    }[command]
    with other_run(base, name) as first:
        before = snapshot(tmp_path)
        assert main(arguments) == 2
        assert f"is being written by process {first.pid}; wait until it has ended" in capsys.readouterr().err
        assert snapshot(tmp_path) == before
    assert main(arguments) == 0  # the first was killed: nothing of it is in the way, and nothing stays
    assert not [path for path in snapshot(tmp_path) if "lingang" in Path(path).name and Path(path).name[0] == "."]


def test_a_run_that_ends_in_time_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT", 30.0)
    with other_run(tmp_path, "out") as first:
        os.kill(first.pid, signal.SIGKILL)
        with store.workplace(tmp_path, "out", tmp_path / "out") as place:
            assert snapshot(place.folder) == {"new": None, "work": None}


# Every step fails once


def small(version: int) -> dict[str, bytes]:
    """What a published folder holds at least."""
    files = {"sources.parquet": b"%d" % version, "sources.jsonl": b"%d\n" % version}
    files["schema/sources.schema.json"] = b'{"$id": "x:sources.schema.json"}'
    files |= {"events.jsonl": b"more"} if version == 1 else {"people.jsonl": b"else"}
    return files | {"SHA256SUMS": sums(files)}


def place_folder(base: Path, version: int) -> None:
    files = small(version)
    with store.output(base / "out", check_made) as made, store.writing(base / "out"):
        store.write_files(files, made.folder)
        made.finish()


def place_inside(base: Path, version: int) -> None:
    """As on a mount point: the folder itself is not moved."""
    (base / "out").mkdir(exist_ok=True)
    real = store._stays
    store._stays = lambda folder: True  # type: ignore[assignment]
    try:
        place_folder(base, version)
    finally:
        store._stays = real


def place_several(base: Path, version: int) -> None:
    """As a release and build.py do: files and folders, at several places, one of them new, one of them gone."""
    with store.workplace(base, "all", base) as place, store.writing(base):
        store.write_files({f"deep/er/out/{name}": data for name, data in small(version).items()}, place.new)
        store.write_files({"a.txt": b"%d" % version, f"{version}.txt": b"only then"}, place.new)
        place.replace(["deep/er/out", "a.txt", "1.txt", "2.txt"])


PLACINGS = {"folder": place_folder, "inside": place_inside, "several": place_several}

EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "os.fsync")
MOVES = ("os.rename",)


class Steps:
    """Counts the steps that change the file system, and breaks at one of them; an audit hook cannot be removed."""

    def __init__(self) -> None:
        self.left = -1
        self.base = ""
        self.broken: BaseException | None = None
        self.kill = False
        self.seen = 0
        self.events = EVENTS
        sys.addaudithook(self.step)

    def step(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.base or event not in self.events:
            return
        if event == "open" and not (str(arguments[0]).startswith(self.base) and int(str(arguments[2])) & 3):
            return  # what is read, and what others open
        if self.events is MOVES and all("-lingang" in str(path) for path in arguments[:2]):
            return  # from one place of the staging folder to another
        self.seen += 1
        if self.seen == self.left:
            if self.kill:
                os.kill(os.getpid(), signal.SIGKILL)
            assert self.broken is not None
            raise self.broken


@pytest.fixture(scope="module")
def steps() -> Steps:
    return Steps()


@contextmanager
def counted(
    steps: Steps, base: Path, at: int, error: BaseException | None, events: tuple[str, ...] = EVENTS
) -> Iterator[None]:
    real = os.fsync

    def sync(file: int) -> None:
        steps.step("os.fsync", ())

    steps.seen, steps.left, steps.broken, steps.events, os.fsync = 0, at, error, events, sync
    steps.base = str(base)
    try:
        yield
    finally:
        steps.base, os.fsync = "", real


def whole(base: Path) -> Snapshot:
    """What stands in a folder but for what a run that was broken off left there for the next."""
    return {name: data for name, data in snapshot(base).items() if "-lingang" not in name}


@pytest.fixture(params=PLACINGS)
def placing(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Callable[[Path, int], None], Snapshot, Snapshot]:
    """A way to place an output, what stands in the folder ``old``, and what will stand there."""
    place: Callable[[Path, int], None] = PLACINGS[request.param]
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        place(tmp_path / name, 1)
    place(tmp_path / "new", 2)
    old, new = snapshot(tmp_path / "old"), snapshot(tmp_path / "new")
    assert old != new
    return place, old, new


@pytest.mark.long
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EROFS, None], ids=str)
def test_a_step_that_fails_leaves_the_old_or_the_new(
    steps: Steps, tmp_path: Path, placing: tuple[Callable[[Path, int], None], Snapshot, Snapshot], error: int | None
) -> None:
    place, old, new = placing
    at, reached = 0, True
    while reached:
        at += 1
        base, failed, said = Path(shutil.copytree(tmp_path / "old", tmp_path / str(at))), False, ""
        failure = KeyboardInterrupt() if error is None else OSError(error, os.strerror(error))
        with counted(steps, base, at, failure):
            try:
                place(base, 2)
            except (CannotRun, KeyboardInterrupt) as stop:
                failed, said = True, str(stop)
        assert not failed or error is None or os.strerror(error) in said
        reached = steps.seen >= at
        there = whole(base)
        assert there == (old if failed else new) or (error is None and there == new), at
        place(base, 2)
        assert snapshot(base) == new, at
        shutil.rmtree(base)
    assert at > 25, "too few steps were seen to be all"


def killed_at(
    steps: Steps, base: Path, at: int, command: Callable[[], object], events: tuple[str, ...] = EVENTS
) -> bool:
    """Run a command in a process of its own that is killed before a step; tells whether it came so far."""
    child = os.fork()
    if child == 0:
        steps.kill = True
        try:
            with counted(steps, base, at, None, events):
                command()
        except BaseException:
            traceback.print_exc()
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status != 0


@pytest.mark.long
def test_a_kill_leaves_what_the_next_run_puts_right(
    steps: Steps, tmp_path: Path, placing: tuple[Callable[[Path, int], None], Snapshot, Snapshot]
) -> None:
    place, old, new = placing
    at, reached, puts_back = 0, True, 0
    while reached:
        at += 1
        base = Path(shutil.copytree(tmp_path / "old", tmp_path / str(at)))
        reached = killed_at(steps, base, at, lambda base=base: place(base, 2))  # type: ignore[misc]
        between = whole(base)
        # a run that is refused for another reason puts right what was left, too
        with pytest.raises(ZeroDivisionError):
            interrupted(place, base)
        assert snapshot(base) in (old, new), at
        puts_back += between not in (old, new)
        place(base, 2)
        assert snapshot(base) == new, at
        shutil.rmtree(base)
    assert at > 25
    assert puts_back


def interrupted(place: Callable[[Path, int], None], base: Path) -> None:
    real = store.write_files
    store.write_files = lambda *_: 1 / 0  # type: ignore[assignment, return-value]
    try:
        place(base, 2)
    finally:
        store.write_files = real


def test_what_cannot_be_put_back_is_told_and_put_back_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_several(tmp_path, 1)
    before = snapshot(tmp_path)
    real, calls = Path.rename, []

    def dying(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) >= 4:
            raise OSError(errno.EIO, "Input/output error")
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", dying)
        with pytest.raises(CannotRun, match=r"could not be put back .*: the next run does it"):
            place_several(tmp_path, 2)
    assert snapshot(tmp_path) != before
    with pytest.raises(ZeroDivisionError):
        interrupted(place_several, tmp_path)
    assert snapshot(tmp_path) == before


def test_what_a_user_put_in_place_of_what_was_moved_aside_is_kept(tmp_path: Path, steps: Steps) -> None:
    place_folder(tmp_path, 1)
    moves = iter(range(1, 9))
    while (tmp_path / "out").exists():
        assert killed_at(steps, tmp_path, next(moves), lambda: place_folder(tmp_path, 2), MOVES)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "restored.txt").write_text("by hand")
    before = snapshot(tmp_path)
    del before[".out.lock-lingang"]
    with pytest.raises(CannotRun, match="by a run that was broken off, and stands there again"):
        place_folder(tmp_path, 2)
    assert snapshot(tmp_path) == before


# The commands themselves


@pytest.fixture(params=["build", "corpus", "release"])
def command(request: pytest.FixtureRequest, copied: Path, tables: Tables, quick: None) -> Callable[[Path], object]:
    """A command that writes ``out`` in a folder."""
    if request.param == "corpus":
        corpus = copied.with_name("corpus")
        store.write_files({name: data for name, data in contents(tables, None, {}).items() if ".jsonl" in name}, corpus)
        return lambda base: build_corpus(corpus, base / "out", Options())
    if request.param == "release":
        return lambda base: build_release(copied, base / "out")
    return lambda base: publish.build(copied, base / "out")


@pytest.mark.long
def test_a_command_that_cannot_move_a_file(steps: Steps, tmp_path: Path, command: Callable[[Path], object]) -> None:
    base, at, moved = tmp_path / "base", 0, True
    base.mkdir()
    command(base)
    good = snapshot(base)
    assert {"out/SHA256SUMS", "out/ARCHIVES.sha256"} & {*good}
    while moved:
        at += 1
        with counted(steps, base, at, OSError(errno.EIO, "Input/output error"), MOVES), contextlib.suppress(CannotRun):
            command(base)
        moved = steps.seen >= at
        assert snapshot(base) == good, at
    assert at > 2


@pytest.mark.long
def test_a_command_that_is_killed(steps: Steps, tmp_path: Path, copied: Path, quick: None) -> None:
    """A release changes four places: after a kill the next run has them all, and what it does not make it puts back."""
    base = tmp_path / "base"
    base.mkdir()
    build_release(copied, base / "out")
    good = snapshot(base)
    for at in range(1, 8, 2):
        assert killed_at(steps, base, at, lambda: build_release(copied, base / "out"), MOVES)
    with store.workplace(base / "out", "release", base / "out"):
        pass
    assert snapshot(base) == good


@pytest.mark.long
def test_a_kill_of_build_py_leaves_all_or_nothing(
    steps: Steps, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(root / "dataset", repository / "dataset")
    build_py = load_build_py(root)
    assert build_py.build(repository) == 0
    new = snapshot(repository)
    assert {build_py.DATA, build_py.SCHEMA, "CITATION.cff", "DATA_DICTIONARY.md", build_py.RULES} <= {*new}
    (repository / "DATA_DICTIONARY.md").write_text("old")
    (repository / "schema" / "events.schema.json").write_text("old")
    (repository / "schema" / "harvests.schema.json").write_text("a table of old")
    old = snapshot(repository)
    at, reached, mixed = 0, True, 0
    while reached:
        at += 1
        shutil.rmtree(repository)
        write(old, repository)
        reached = killed_at(steps, repository, at, lambda: build_py.build(repository), MOVES)
        mixed += whole(repository) not in (old, new)
        with monkeypatch.context() as patched:
            patched.setattr(build_py, "checked", lambda *_, **__: None)
            assert build_py.build(repository) == 1
        assert snapshot(repository) == (old if reached else new), at
    assert mixed > 5
    assert build_py.build(repository) == 0
    assert snapshot(repository) == new


def write(there: Snapshot, folder: Path) -> None:
    for name, data in there.items():
        if data is None:
            (folder / name).mkdir(parents=True, exist_ok=True)
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)


def load_build_py(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("build_py", root / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_build_py_stops_at_files_of_others(root: Path, tmp_path: Path, quick: None) -> None:
    build_py = load_build_py(root)
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "my.sql").write_text("mine")
    before = snapshot(tmp_path)
    with pytest.raises(CannotRun, match=r"holds my\.sql, which lingang did not write"):
        build_py.build(tmp_path)
    assert snapshot(tmp_path) == before


# What the system refuses


def mounted(folder: Path, *options: str) -> bool:
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", folder], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts a file system of its own, where that is allowed."""
    there: list[Path] = []

    def make(*options: str) -> Path:
        folder = tmp_path / f"mount{len(there)}"
        if not shutil.which("mount") or not mounted(folder, *options):
            pytest.skip("nothing may be mounted here")
        there.append(folder)
        return folder

    yield make
    for folder in there:
        subprocess.run(["umount", "--lazy", folder], check=False)  # a file of a broken write may be open still


@pytest.mark.long
def test_a_mount_point_is_filled_in_its_place(copied: Path, published: Path, mount: Callable[..., Path]) -> None:
    folder = mount()
    for _ in range(2):
        publish.build(copied, folder)
        assert snapshot(folder) == snapshot(published)
    assert os.path.ismount(folder)
    (folder / "notes.md").write_text("mine")
    refused(copied, folder, "holds notes.md")


@pytest.mark.long
def test_a_folder_that_is_mounted_once_more_is_filled_in_its_place(
    copied: Path, published: Path, mount: Callable[..., Path], tmp_path: Path
) -> None:
    mount()
    (tmp_path / "真 bind").mkdir()
    (tmp_path / "held").mkdir()
    subprocess.run(["mount", "--bind", tmp_path / "held", tmp_path / "真 bind"], check=True)
    try:
        for _ in range(2):
            publish.build(copied, tmp_path / "真 bind")
        assert snapshot(tmp_path / "held") == snapshot(published)
    finally:
        subprocess.run(["umount", tmp_path / "真 bind"], check=True)


@pytest.mark.long
@pytest.mark.parametrize("size", ["40k", "300k", "900k"])
@pytest.mark.parametrize("name", ["", "out"])
def test_a_full_disk(
    size: str, name: str, command: Callable[[Path], object], mount: Callable[..., Path], copied: Path
) -> None:
    folder = mount("-o", f"size={size}")
    with contextlib.suppress(CannotRun):
        command(folder)
    before = whole(folder)
    (folder / "ballast").write_bytes(b"")
    with contextlib.suppress(OSError), (folder / "ballast").open("wb") as file:
        while True:
            file.write(b"0" * 4096)
            file.flush()
    with pytest.raises(CannotRun, match="cannot be written: No space left on device"):
        command(folder)
    (folder / "ballast").unlink()
    assert snapshot(folder) == before


@pytest.mark.long
def test_a_place_that_can_be_read_only(
    command: Callable[[Path], object], mount: Callable[..., Path], copied: Path
) -> None:
    folder = mount()
    command(folder)
    before = snapshot(folder)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    with pytest.raises(CannotRun, match="out cannot be written: Read-only file system; the last good output is as it"):
        command(folder)
    assert snapshot(folder) == before


# Standard output


@pytest.mark.long
@pytest.mark.parametrize("closed", [">/dev/full", ">&-", "2>&1 >/dev/full 2>/dev/full", "<&- >&- 2>&-"])
@pytest.mark.parametrize("arguments", ["tables", "validate", "rules", "show sun-peng"])
def test_what_cannot_be_told_is_not_green(arguments: str, closed: str) -> None:
    command = f"{sys.executable} -m lingang {arguments} {closed}"
    done = subprocess.run(command, shell=True, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() in (
        "lingang: standard output cannot be written: No space left on device\n",
        "lingang: standard output cannot be written: it is closed\n",
        *([""] if "2>" in closed else []),
    )


@pytest.mark.long
def test_a_name_that_is_no_utf_8(copied: Path, tmp_path: Path) -> None:
    out = tmp_path / os.fsdecode(b"\xff")
    for arguments in (
        ["build", copied, "--out", out],
        ["build", copied, "--out", out, "--check"],
        ["export", "tei", out.with_suffix(".xml")],
    ):
        done = subprocess.run([sys.executable, "-m", "lingang", *arguments], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
    (out / "notes").touch()
    done = subprocess.run(
        [sys.executable, "-m", "lingang", "build", copied, "--out", out], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"\\udcff holds notes, which lingang did not write" in done.stderr
    assert done.stderr.count(b"\n") == 1
