"""``lingang new``: a root to start from, that validates as it is written and writes over nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from lingang.check.root import check_root
from lingang.cli.commands import main

PAGE = "云河晚报\n\n松岭县举办书法展\n\n本报讯 昨日，松岭县书法展在\n县文化馆开展，展出作品86幅。\n"


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(folder: Path, text: str | bytes = PAGE, name: str = "page.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.long
def test_the_example_validates_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "my-pages"
    assert main(["new", str(root)]) == 0
    out = capsys.readouterr().out
    assert f"lingang validate {root}" in out
    assert {"raw/page.txt", "dataset/about.yaml", "dataset/sources.yaml"} <= set(out.splitlines())
    files = written(root)
    assert set(out.splitlines()) >= set(files)
    assert ".vscode/settings.json" in files and ".github/workflows/validate.yml" in files and "README.md" in files
    sums = f"{hashlib.sha256(files['raw/page.txt']).hexdigest()}  page.txt\n"
    assert files["raw/SHA256SUMS"] == sums.encode()
    assert [str(problem) for problem in check_root(root).report.problems] == []
    assert main(["validate", str(root)]) == 0


def test_the_example_builds_and_holds_one_of_each(tmp_path: Path) -> None:
    root = tmp_path / "r"
    assert main(["new", str(root)]) == 0
    assert main(["build", str(root)]) == 0
    rows = {path.stem: len(path.read_bytes().splitlines()) for path in (root / "build").glob("*.jsonl")}
    assert rows["articles"] == rows["events"] == rows["figures"] == 1
    assert rows["participations"] >= 2 and rows["people"] == 2 and rows["positions"] == 1


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "松岭县举办书法展",  # one line, no line feed at its end
        "松岭县举办书法展\n\n\n",
        "\n\n  \n标题\n正文。\n",
        "标题\n" + "正文一行。\n" * 300,
        "Headline\nA page without a Han character.\n",
        "標題\n\n本報訊 昨日，書法展開展，計86幅。\n",
        "\u3000\n标题：{a: b} # 一\n\t正文“引”《书》。\n",
    ],
)
def test_a_page_of_ones_own_validates_with_advice_alone(tmp_path: Path, text: str) -> None:
    given, root = page(tmp_path, text), tmp_path / "r"
    assert main(["new", str(root), "--page", str(given)]) == 0
    assert (root / "raw/page.txt").read_bytes() == text.encode()
    assert main(["validate", str(root)]) == 0
    report = check_root(root).report
    assert not report.errors and not report.not_run


@pytest.mark.long
def test_the_page_keeps_its_name_where_that_can_stand_in_raw(tmp_path: Path) -> None:
    for number, (name, kept) in enumerate(
        [
            ("云河晚报 0302.txt", "云河晚报 0302.txt"),
            (".hidden", "page.txt"),
            ("notes.md", "page.txt"),
            ("p: x", "page.txt"),
        ]
    ):
        root = tmp_path / str(number)
        assert main(["new", str(root), "--page", str(page(tmp_path, name=name))]) == 0
        (root / "raw" / kept).read_bytes()
        assert main(["validate", str(root)]) == 0, name


def test_a_page_that_lies_in_its_place_already_is_pinned_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "raw").mkdir()
    page(tmp_path / "raw", name="p.txt")
    monkeypatch.chdir(tmp_path)
    assert main(["new", ".", "--page", "raw/p.txt"]) == 0
    assert "raw/p.txt" not in capsys.readouterr().out.splitlines()
    assert main(["validate", "."]) == 0


@pytest.mark.parametrize(
    "there",
    ["README.md", "raw/SHA256SUMS", "dataset/articles/first-item.yaml", ".vscode/settings.json", "raw/page.txt"],
)
def test_a_file_that_is_there_is_never_written_over(
    tmp_path: Path, there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given, root = page(tmp_path), tmp_path / "r"
    path = root / there
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    assert main(["new", str(root), "--page", str(given)]) == 2
    said = capsys.readouterr().err
    assert there in said and "nothing was written" in said and "Traceback" not in said
    assert written(root) == {there: b"mine"}
    assert main(["new", str(root)]) == 2
    assert written(root) == {there: b"mine"}


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "r")]) == 0
    before = written(tmp_path)
    assert main(["new", str(tmp_path / "r")]) == 2
    assert written(tmp_path) == before


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "dataset").mkdir()
    (tmp_path / "dataset" / "own.md").write_text("mine", encoding="utf-8")
    (tmp_path / "dataset" / ".DS_Store").write_text("mine", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 0
    assert written(tmp_path)["notes.txt"] == written(tmp_path)["dataset/own.md"] == b"mine"


@pytest.mark.parametrize("there", ["dataset/articles/other.yaml", "dataset/people.yaml", "raw/other.txt"])
def test_a_root_that_was_begun_is_left_alone(tmp_path: Path, there: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What lies in dataset/ and raw/ would be read together with what is new."""
    (tmp_path / there).parent.mkdir(parents=True)
    (tmp_path / there).write_text("{}", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 2
    assert there in capsys.readouterr().err
    assert written(tmp_path) == {there: b"{}"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("标题\r\n正文\r\n".encode(), "LF"),
        (b"\xef\xbb\xbf" + PAGE.encode(), "byte order mark"),
        (PAGE.encode("gb18030"), "iconv -f GB18030 -t UTF-8"),
        (b"", "empty"),
        (b" \n\n", "empty"),
    ],
)
def test_a_page_that_cannot_be_used_says_what_to_do(
    tmp_path: Path, data: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "r"), "--page", str(page(tmp_path, data))]) == 2
    error = capsys.readouterr().err
    assert said in error and "page.txt" in error and "Traceback" not in error
    assert not (tmp_path / "r").exists()


def test_a_page_or_folder_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "r"), "--page", str(tmp_path / "missing.txt")]) == 2
    assert "missing.txt" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "r"), "--page", str(tmp_path)]) == 2
    assert main(["new", str(page(tmp_path))]) == 2
    assert "page.txt" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]


def test_a_folder_that_takes_no_file_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").write_text("a file where a folder should be", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_what_is_not_filled_in_is_not_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "r"
    assert main(["new", str(root)]) == 0
    assert main(["release", str(root), "--out", str(tmp_path / "dist")]) == 1
    out = capsys.readouterr().out
    assert "mend:     write title, description, creators, contact, base, license, method: only what" in out
    about = (root / "dataset/about.yaml").read_text(encoding="utf-8")
    filled = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and ": " in line else line for line in about.split("\n")
    )
    assert set(yaml.safe_load(filled)) >= {"title", "creators", "license"}


def test_the_name_of_the_folder_names_the_data(tmp_path: Path) -> None:
    for folder, name in (("Yunhe Pages_2024", "yunhe-pages-2024"), ("云河", "my-pages"), ("2024", "my-pages")):
        root = tmp_path / folder
        assert main(["new", str(root)]) == 0
        assert yaml.safe_load((root / "dataset/about.yaml").read_bytes())["name"] == name


def test_the_readme_names_no_file_that_is_not_there(tmp_path: Path) -> None:
    root = tmp_path / "r"
    assert main(["new", str(root)]) == 0
    text = (root / "README.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("| `"):
            assert (root / line.split("`")[1]).exists(), line
