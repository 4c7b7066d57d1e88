"""What was found is kept for the next run: the report is the same to the byte, and nothing that is kept is trusted."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import lingang.check.again as again
import lingang.check.kept as kept
import lingang.check.root as root_check
import lingang.limits as limits
from lingang.authored.tree import read_files
from lingang.check.again import check_again
from lingang.check.kept import as_json, from_json
from lingang.check.paged import Look
from lingang.check.root import check_files
from lingang.cli.commands import main
from lingang.files.cache import Cache, key_of, user_folder
from lingang.printers import PRINTERS
from lingang.problems import CannotRun, Report
from lingang.rules.catalogue import catalogue
from lingang.rules.scope import choice, every_rule

Files = dict[str, bytes]
ROOTS = Path(__file__).parents[1] / "roots"
RULES = list(catalogue().values())


def _suffixed(text: str, ids: list[str], suffix: str) -> str:
    whole = "|".join(sorted(map(re.escape, ids), key=len, reverse=True))
    return re.sub(rf"(?<![\w-])({whole})(?![\w-])", rf"\1{suffix}", text)


def _gazette() -> Files:
    """Four pages: those of two invented cities, and both again, with the same people."""
    files = read_files(ROOTS / "two-cities")
    texts = {name: data.decode() for name, data in files.items() if name.startswith("dataset/")}
    items = [name for name in texts if "/articles/" in name]
    events = [key for name in items for key in re.findall(r"^  ([a-z-]+):$", texts[name], re.MULTILINE)]
    pages = ["yunhe-2023-03", "linxi-2023-03"]
    ids = [*pages, *(Path(name).stem for name in items), *events]
    out = dict(files)
    for name in items:
        out[name.replace(".yaml", "-b.yaml")] = _suffixed(texts[name], ids, "-b").encode()
    more = _suffixed(texts["dataset/sources.yaml"], ids, "-b").replace(".txt", "-b.txt")
    out["dataset/sources.yaml"] += more.encode()
    for name in ("people", "organizations", "places", "campaigns"):
        path = f"dataset/{name}.yaml"
        out[path] = re.sub(r"in: \[([a-z0-9-]+)\]", r"in: [\1, \1-b]", texts[path]).encode()
    for name in ("yunhe", "linxi"):
        out[f"raw/{name}-b.txt"] = files[f"raw/{name}.txt"] + b"\n"
    return _pinned(out)


def _pinned(files: Files) -> Files:
    pages = sorted(name for name in files if name.startswith("raw/") and name != "raw/SHA256SUMS")
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name[4:]}\n" for name in pages)
    return {**files, "raw/SHA256SUMS": sums.encode()}


GAZETTE = _gazette()


def shown(report: Report) -> tuple[str, str]:
    return PRINTERS["text"](report, RULES), PRINTERS["json"](report, RULES)


def on_disk(files: Files, folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages each run looked at, of those that it could look at one by one."""
    out: list[int] = []
    of = Look.of

    def noted(*given: object) -> Look | None:
        look = of(*given)  # type: ignore[arg-type]
        out.extend([] if look is None else [len(look.fresh)])
        return look

    monkeypatch.setattr(Look, "of", noted)
    return out


# The same report


@pytest.mark.long
def test_the_pages_of_the_gazette_are_clean_and_told_apart(tmp_path: Path, looks: list[int]) -> None:
    cache = Cache(tmp_path / "cache")
    plain = check_files(GAZETTE).report
    assert not plain.errors
    assert looks == []
    assert shown(check_files(GAZETTE, cache=cache).report) == shown(plain)
    assert shown(check_files(GAZETTE, cache=cache).report) == shown(plain)
    assert looks == [4, 0]


@pytest.mark.long
def test_only_the_page_that_changed_is_looked_at(tmp_path: Path, looks: list[int]) -> None:
    cache = Cache(tmp_path / "cache")
    check_files(GAZETTE, cache=cache)
    item = "dataset/articles/job-fair-b.yaml"
    changed = {**GAZETTE, item: GAZETTE[item].replace(b", why: {role: the firms offer work}", b"")}
    assert changed != GAZETTE
    report = check_files(changed, cache=cache).report
    assert looks == [4, 1]
    assert shown(report) == shown(check_files(changed).report)
    assert "EVI008" in {problem.rule for problem in report}


@pytest.mark.long
def test_rows_that_are_refused_are_looked_at_again(tmp_path: Path, looks: list[int]) -> None:
    cache = Cache(tmp_path / "cache")
    item = "dataset/articles/job-fair-b.yaml"
    long = "一" * 2
    changed = {**GAZETTE, item: GAZETTE[item] + f"note: '{long} '\n".encode()}
    reports = [shown(check_files(changed, cache=cache).report) for _ in range(2)]
    assert reports == [shown(check_files(changed).report)] * 2


@pytest.mark.long
def test_a_form_that_two_pages_print_is_told_at_the_first(tmp_path: Path, looks: list[int]) -> None:
    """MEN002 is told once a form; where the page that told it has it no longer, the next one does."""
    cache = Cache(tmp_path / "cache")
    line = "石桥镇供水管理局发布通知。".encode()
    files = dict(GAZETTE)
    for name in ("raw/linxi.txt", "raw/linxi-b.txt"):
        files[name] = files[name].rstrip(b"\n") + line + b"\n"
    both = _pinned(files)
    first = check_files(both, cache=cache).report
    assert {problem.place.file for problem in first if problem.rule == "MEN002"} == {"dataset/articles/job-fair.yaml"}
    files["raw/linxi.txt"] = GAZETTE["raw/linxi.txt"]
    second = check_files(_pinned(files), cache=cache).report
    assert looks[1:] == [1]
    assert {problem.place.file for problem in second if problem.rule == "MEN002"} == {
        "dataset/articles/job-fair-b.yaml"
    }
    assert shown(second) == shown(check_files(_pinned(files)).report)


def _line_gone(data: bytes, at: int) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[: at % max(len(lines), 1)] + lines[at % max(len(lines), 1) + 1 :])


def _line_twice(data: bytes, at: int) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[: at % max(len(lines), 1) + 1] + lines[at % max(len(lines), 1) :])


_WORDS = [
    ("attendee", "chair"),
    ("organizer", "host"),
    ("planned", "occurred"),
    ("周文博", "钱程"),
    ("钱程", "李娜"),
    ("李娜", "li-na-2"),
    ("临汐市委", "市委"),
    ("3月15日", "3月1"),
    ("3月", "5月"),
    ("86", "68"),
    ("event: none", "event: notice-issued"),
    ("召开", "参加"),
    ("Li Na", "Li Xyz"),
    ("name: 江帆", "name: 江帆, aliases: [帆]"),
    ("before: ", "after: "),
    ("why: {", "why: {kind: so it is, "),
    ("yunhe-2023-03", "linxi-2023-03"),
    ("-b", ""),
    ("，", "。"),
    (":", ""),
]


def _other_word(data: bytes, at: int) -> bytes:
    fitting = [(old, new) for old, new in _WORDS if old.encode() in data]
    if not fitting:
        return data
    old, new = fitting[at % len(fitting)]
    parts = data.split(old.encode())
    where = at // len(fitting) % (len(parts) - 1) + 1
    return old.encode().join(parts[:where]) + new.encode() + old.encode().join(parts[where:])


_ADDED = {
    "dataset/about.yaml": ["lexicon: zh-news 1\n", "name: gazette\ntitle: Gazette\n", "lexicon: none 7\n"],
    "dataset/lexicon.yaml": [
        "triggers: [被评为, 开展]\n",
        "organization_kind:\n  party_committee: {cues: ['人社局$']}\n",
        "x: 1\n",
    ],
    "dataset/labels/en.yaml": [
        "values: {市长: mayor}\n",
        "events: {tree-planting: {name: Trees}}\n",
        "events: {none: {name: x}}\n",
    ],
    "dataset/articles/again.yaml": ["source: linxi-2023-03\ntext: {headline: 1}\n", "source: nowhere\n"],
    "dataset/verification.yaml": [
        "readers: {r: {kind: model, note: x}}\nreadings:\n"
        "  - {reader: r, pass: first, date: 2026-01-02, records: {events: {tree-planting: " + "0" * 64 + "}}}\n"
    ],
    "dataset/articles/job-fair.yaml": ["\naccept:\n  - {rule: EVI008, quote: 86家, reason: so}\n"],
    "dataset/people.yaml": [
        "\naccept:\n  - {rule: PER004, record: people/li-na, reason: so}\n",
        "wu-shan: {name: 吴珊}\n",
    ],
}


@st.composite
def edits(draw: st.DrawFn) -> Callable[[Files], Files]:
    """A change that somebody may make to the files of a root."""
    kind = draw(st.sampled_from(["word", "word", "word", "word", "gone", "twice", "page", "file", "added", "added"]))
    at, which = draw(st.integers(0, 10_000)), draw(st.integers(0, 10_000))

    def edited(files: Files) -> Files:
        out = dict(files)
        if kind == "added":
            name = sorted(_ADDED)[which % len(_ADDED)]
            texts = _ADDED[name]
            out[name] = (out.get(name, b"") if "accept" in texts[at % len(texts)] else b"") + texts[
                at % len(texts)
            ].encode()
            return out
        pages = sorted(name for name in files if name.startswith("raw/") and name.endswith(".txt"))
        names = pages if kind == "page" else sorted(name for name in files if name.startswith("dataset/"))
        if not names:
            return out
        name = names[which % len(names)]
        if kind == "file":
            del out[name]
        else:
            change = {"word": _other_word, "page": _other_word, "gone": _line_gone, "twice": _line_twice}[kind]
            out[name] = change(out[name], at)
        return _pinned(out) if kind == "page" and at % 4 else out

    return edited


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("shared") / "cache")


def the_same(changes: list[Callable[[Files], Files]], keep: int, shared: Cache) -> None:
    files = GAZETTE
    for change in changes:
        files = change(files)
    plain = shown(check_files(files, keep=keep).report)
    for _ in range(2):
        assert shown(check_files(files, keep=keep, cache=shared).report) == plain


EDITS = st.lists(edits(), min_size=1, max_size=3)
KEEP = st.sampled_from([1000, 1000, 1000, 2])


@pytest.mark.long
@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(changes=EDITS, keep=KEEP)
def test_the_report_is_the_same_with_and_without(
    changes: list[Callable[[Files], Files]], keep: int, shared: Cache
) -> None:
    the_same(changes, keep, shared)


@pytest.mark.sweep
@settings(max_examples=500, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(changes=EDITS, keep=KEEP)
def test_the_report_is_the_same_after_many_edits(
    changes: list[Callable[[Files], Files]], keep: int, shared: Cache
) -> None:
    the_same(changes, keep, shared)


@pytest.mark.parametrize("edit", range(len(_WORDS)))
def test_every_edit_of_a_word_is_one(edit: int) -> None:
    """No pair of words above has become idle."""
    old, _ = _WORDS[edit]
    assert any(old.encode() in data for name, data in GAZETTE.items() if name.startswith(("dataset/", "raw/")))


@pytest.mark.long
def test_a_root_that_the_rules_see_page_by_page_is_the_same_without_a_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large root is looked at page by page with and without a cache."""
    whole = shown(check_files(GAZETTE).report)
    monkeypatch.setattr(root_check, "_MANY_ROWS", 0)
    monkeypatch.setattr(root_check.os, "cpu_count", lambda: 1)
    assert shown(check_files(GAZETTE).report) == whole


# What is kept, and what is not


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return on_disk(GAZETTE, tmp_path / "root")


def plain(root: Path) -> tuple[str, str]:
    return shown(check_files(read_files(root)).report)


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".json")


@pytest.mark.long
def test_the_report_on_files_that_did_not_change_is_kept(root: Path, tmp_path: Path, looks: list[int]) -> None:
    cache = Cache(tmp_path / "cache")
    first = check_again(root, every_rule, 1000, cache)
    assert shown(check_again(root, every_rule, 1000, cache)) == shown(first) == plain(root)
    assert looks == [4]
    item = root / "dataset/articles/job-fair.yaml"
    item.write_bytes(item.read_bytes() + b"\n# a remark\n")
    assert shown(check_again(root, every_rule, 1000, cache)) == plain(root)
    assert looks == [4, 0]  # the rows are the same


@pytest.mark.long
def test_other_rules_and_bounds_have_reports_of_their_own(root: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    for chosen, keep in ((every_rule, 1000), (choice(["MEN", "PER"], None), 1000), (choice(["MEN", "PER"], None), 0)):
        report = check_again(root, chosen, keep, cache)
        assert shown(report) == shown(check_files(read_files(root), chosen=chosen, keep=keep).report)


def test_a_report_as_json_is_the_report(root: Path) -> None:
    files = {**GAZETTE, "dataset/articles/job-fair.yaml": b"text: [\n"}
    for report in (check_files(GAZETTE).report, check_files(files).report, check_files({}, keep=1).report):
        assert from_json(json.loads(json.dumps(as_json(report)))) == report


@pytest.mark.parametrize("value", [None, [], {}, 1, "x", {"problems": [[1]]}, {"problems": 3, "ran": []}])
def test_json_that_is_no_report_is_none(value: object) -> None:
    assert from_json(value) is None


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    return data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]


def _other_sum(data: bytes) -> bytes:
    return b"0" * 64 + data[64:]


@pytest.mark.long
@pytest.mark.parametrize(
    "damage", [_cut, _flipped, _other_sum, lambda data: b"", lambda data: b"\x80\x04}.", lambda data: b"[" * 100_000]
)
def test_damaged_entries_are_as_good_as_none(damage: Callable[[bytes], bytes], root: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = shown(check_again(root, every_rule, 1000, cache))
    good = {path: path.read_bytes() for path in entries(cache.folder)}
    for path, data in good.items():
        path.write_bytes(damage(data))
    assert shown(check_again(root, every_rule, 1000, Cache(cache.folder))) == before
    assert {path: path.read_bytes() for path in entries(cache.folder)} == good  # written anew


def test_an_entry_under_the_name_of_another_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    one, other = key_of(["one"]), key_of(["other"])
    cache.put(one, {"a": 1})
    (cache.folder / f"{one}.json").rename(cache.folder / f"{other}.json")
    assert cache.get(one) is None
    assert cache.get(other) is None


@pytest.mark.long
@pytest.mark.parametrize(
    "value",
    [{"rules": "none"}, {"rules": {}, "reads": {}, "coverage": None}, [1], {"rules": {}, "reads": 1, "coverage": 1}],
)
def test_an_entry_that_is_well_formed_and_no_result_is_none(value: object, root: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = shown(check_again(root, every_rule, 1000, cache))
    for path in entries(cache.folder):
        cache.put(path.stem, value)
    assert shown(check_again(root, every_rule, 1000, cache)) == before


@pytest.mark.long
def test_another_version_finds_nothing_of_it(
    root: Path, tmp_path: Path, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    check_again(root, every_rule, 1000, cache)
    for module in (again, sys.modules["lingang.check.paged"]):
        monkeypatch.setattr(module, "toolkit", lambda: "another version")
    assert shown(check_again(root, every_rule, 1000, cache)) == plain(root)
    assert looks == [4, 4]


def test_the_version_is_told_by_the_code_and_its_libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept.toolkit.cache_clear()
    own = kept.toolkit()
    assert re.fullmatch("[0-9a-f]{64}", own)
    for changed in ({"_version": lambda library: "1"}, {"__file__": str(tmp_path / "package" / "check" / "kept.py")}):
        (tmp_path / "package").mkdir(exist_ok=True)
        with monkeypatch.context() as patch:
            for name, value in changed.items():
                patch.setattr(kept, name, value)
            kept.toolkit.cache_clear()
            assert kept.toolkit() != own
    (tmp_path / "package" / "a.sql").write_text("SELECT 1")
    monkeypatch.setattr(kept, "__file__", str(tmp_path / "package" / "check" / "kept.py"))
    kept.toolkit.cache_clear()
    one = kept.toolkit()
    (tmp_path / "package" / "a.sql").write_text("SELECT 2")
    kept.toolkit.cache_clear()
    assert kept.toolkit() != one
    kept.toolkit.cache_clear()


# Whose folder it is


posix = pytest.mark.skipif(os.name == "nt", reason="there the profile of a user is closed to others")


@pytest.mark.long
@posix
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_is_not_used(mode: int, root: Path, tmp_path: Path, looks: list[int]) -> None:
    cache = Cache(tmp_path / "cache")
    check_again(root, every_rule, 1000, cache)
    cache.folder.chmod(mode)
    other = Cache(cache.folder)
    assert "others may write" in other.refused
    assert shown(check_again(root, every_rule, 1000, other)) == plain(root)
    assert looks == [4, 4]


@posix
def test_an_entry_that_others_may_write_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    key = key_of(["one"])
    cache.put(key, 1)
    assert cache.get(key) == 1
    (cache.folder / f"{key}.json").chmod(0o666)
    assert cache.get(key) is None
    cache.put(key, 1)
    assert cache.get(key) == 1
    assert stat.S_IMODE((cache.folder / f"{key}.json").stat().st_mode) == 0o600


@posix
def test_what_another_user_wrote_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    key = key_of(["one"])
    cache.put(key, 1)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert cache.get(key) is None  # the file is of another
    assert "another user" in Cache(cache.folder).refused


@posix
def test_a_link_to_an_entry_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    key = key_of(["one"])
    cache.put(key, 1)
    path = cache.folder / f"{key}.json"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert cache.get(key) is None


@posix
def test_a_pipe_in_the_place_of_an_entry_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    key = key_of(["one"])
    assert cache.get(key) is None
    os.mkfifo(cache.folder / f"{key}.json")
    assert cache.get(key) is None


def test_a_folder_with_files_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    cache = Cache(tmp_path / "mine")
    cache.put(key_of(["one"]), 1)
    assert "no cache of lingang" in cache.refused
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n# of another\n")
    assert "another program" in Cache(tmp_path / "theirs").refused
    (tmp_path / "file").write_text("x")
    assert Cache(tmp_path / "file").refused
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["CACHEDIR.TAG", "file", "letter.txt", "mine", "theirs"]


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_is_read(root: Path, tmp_path: Path, looks: list[int]) -> None:
    cache = Cache(tmp_path / "cache")
    check_again(root, every_rule, 1000, cache)
    cache.folder.chmod(0o500)
    try:
        item = root / "dataset/articles/job-fair.yaml"
        item.write_bytes(item.read_bytes().replace(b"86", b"68"))
        assert shown(check_again(root, every_rule, 1000, Cache(cache.folder))) == plain(root)
        assert looks == [4, 1]
        assert Cache(tmp_path / "cache" / "below").refused
    finally:
        cache.folder.chmod(0o700)


def test_a_folder_that_takes_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, key, other = Cache(tmp_path / "cache"), key_of(["one"]), key_of(["other"])
    cache.put(key, 1)

    def refuse(*given: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("lingang.files.cache.tempfile.mkstemp", refuse)
    monkeypatch.setattr(os, "utime", refuse)
    cache.put(other, 2)
    assert (cache.get(key), cache.get(other)) == (1, None)


def test_no_space_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    key = key_of(["one"])
    assert not cache.refused

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        cache.put(key, 1)
    assert cache.get(key) is None
    assert [path.name for path in cache.folder.iterdir()] == ["CACHEDIR.TAG"]


def test_the_size_is_bounded_and_what_was_used_last_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CACHE_BYTES", 3 * limits.CACHE_BLOCK)
    cache = Cache(tmp_path / "cache")
    keys = [key_of([str(number)]) for number in range(5)]
    for number, key in enumerate(keys):
        cache.put(key, number)
        os.utime(cache.folder / f"{key}.json", (1_000_000 + number, 1_000_000 + number))
    (cache.folder / "letter.txt").write_text("dear")
    old = cache.folder / ".abcdefgh.new"
    old.write_text("left by a run that was killed")
    os.utime(old, (1000, 1000))
    assert cache.get(keys[0]) == 0
    cache.close()
    assert [cache.get(key) for key in keys] == [0, None, None, 3, 4]
    assert {path.name for path in cache.folder.iterdir() if path.suffix != ".json"} == {"CACHEDIR.TAG", "letter.txt"}


@pytest.mark.long
def test_two_runs_at_once(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    command = [sys.executable, "-m", "lingang", "validate", str(root), "--format", "json", "--cache", str(folder)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [run.communicate()[0] for run in runs]
    assert told == [plain(root)[1]] * 2
    assert not [path for path in folder.iterdir() if path.suffix == ".new"]


def test_threads_that_write_one_entry_leave_one_that_is_whole(tmp_path: Path) -> None:
    cache, key = Cache(tmp_path / "cache"), key_of(["one"])
    assert not cache.refused
    threads = [threading.Thread(target=cache.put, args=(key, "x" * 100_000)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get(key) == "x" * 100_000
    assert len(list(cache.folder.iterdir())) == 2


# The command line


def test_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_folder() == tmp_path / "lingang"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    if sys.platform == "linux":
        assert user_folder() == tmp_path / "home" / ".cache" / "lingang"


def test_a_root_of_few_articles_is_not_kept_unless_a_folder_is_named(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "caches"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    assert main(["validate", str(root)]) == 0
    plain = capsys.readouterr()
    assert not home.exists()
    assert main(["validate", str(root), "--cache", str(tmp_path / "named")]) == 0
    assert main(["validate", str(root), "--cache", str(tmp_path / "named")]) == 0
    assert capsys.readouterr() == (plain.out * 2, plain.err)
    assert len(entries(tmp_path / "named")) == 5
    assert not home.exists()


@pytest.mark.long
def test_a_root_of_many_articles_is_kept_for_the_user(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: list[int]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr(limits, "CACHED_FROM", 8)
    assert main(["validate", str(root), "--no-cache"]) == 0
    assert not (tmp_path / "caches").exists()
    assert main(["validate", str(root)]) == 0
    assert len(entries(tmp_path / "caches" / "lingang")) == 5
    assert main(["build", str(root)]) == 0
    assert looks == [4, 0]


@pytest.mark.long
def test_what_is_built_is_the_same(root: Path, tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("plain", "first", "second")]
    assert main(["build", str(root), "--no-cache", "--out", str(outs[0])]) == 0
    for out in outs[1:]:
        assert main(["build", str(root), "--cache", str(tmp_path / "cache"), "--out", str(out)]) == 0
    built = [sorted(path for path in out.rglob("*") if path.is_file()) for out in outs]
    first, *others = [[(path.name, path.read_bytes()) for path in paths] for paths in built]
    assert others == [first, first]


@pytest.mark.long
def test_a_folder_that_serves_as_none_is_told_and_changes_nothing(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(root)]) == 0
    plain = capsys.readouterr()
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        assert main(["validate", str(root), "--cache", str(folder)]) == 0
        told = capsys.readouterr()
        assert told.out == plain.out
        assert re.fullmatch(rf"lingang: {re.escape(str(folder))} is not used as a cache: .+\n", told.err)
        assert main(["build", str(root), "--cache", str(folder), "--out", str(tmp_path / "out")]) == 0
        assert re.fullmatch(rf"lingang: {re.escape(str(folder))} is not used as a cache: .+\n", capsys.readouterr().err)


@pytest.mark.parametrize("where", ["dataset", "dataset/cache", "raw/cache", "."])
def test_a_cache_within_what_is_read_is_refused(where: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(root.rglob("*"))
    for command in ("validate", "build"):
        assert main([command, str(root), "--cache", str(root / where)]) == 2
        assert "--cache: " in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before


def test_both_options_at_once_are_refused(root: Path) -> None:
    assert main(["validate", str(root), "--cache", "x", "--no-cache"]) == 2


@pytest.mark.long
def test_from_python_nothing_is_kept_unless_asked(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr(limits, "CACHED_FROM", 0)
    root_check.check_root(root)
    assert not (tmp_path / "caches").exists()
    root_check.check_root(root, cache=Cache(tmp_path / "mine"))
    assert len(entries(tmp_path / "mine")) == 4
    with pytest.raises(CannotRun):
        check_again(tmp_path / "none", every_rule, 1000, Cache(tmp_path / "mine"))
