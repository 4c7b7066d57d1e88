"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import lingang
from lingang.cli.commands import main
from lingang.exports import FORMATS
from lingang.release.succession import lowest

DATA = lingang.path("events").parent
VERSION = "1.0.0"
"""Of the data of the repository, by dataset/about.yaml."""
NAME = f"lingang-{VERSION}"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "lingang", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_show_prints_the_record_and_its_evidence_in_context(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "investment-meeting"]) == 0
    out = capsys.readouterr().out
    assert "events investment-meeting" in out
    assert "line 5, stated: …（记者宋风通讯员曹文娟）[5月4日]，周口临港开发区召开招商…" in out
    assert "\x1b" not in out


def test_show_highlights_in_a_terminal() -> None:
    assert "\x1b[1;32m5月4日\x1b[0m" in str(lingang.show("investment-meeting", colour=True))


def test_tables_has_one_line_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 23
    assert lines[1].split()[:2] == ["articles", "9"]


def test_rules_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "EVI002  error    a quote that is not found" in capsys.readouterr().out
    assert main(["rules", "evi001"]) == 0
    assert "SELECT evidence_id AS record_id" in capsys.readouterr().out


def test_json_report(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(copied), "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {key: report.pop(key) for key in ("version", "errors", "warnings")} == {
        "version": 1,
        "errors": 0,
        "warnings": 0,
    }
    assert (report.pop("problems"), report.pop("not_run")) == ([], [])
    assert {rule[:3] for rule in report.pop("not_applicable")} == {"PUB"}
    assert {"YML003", "EVI002", "LED001", "ROW003"} <= set(report.pop("ran"))
    assert report.pop("accepted") == []
    assert {row["seen"] >= row["held"] for row in report.pop("coverage")} == {True}
    assert report == {}


@pytest.mark.long
def test_select_ignore_and_max(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = copied / "dataset" / "people.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("Zhao Yu", "Zhao Yx"), encoding="utf-8")
    assert main(["validate", str(copied)]) == 0  # advice
    assert "warning PER002" in capsys.readouterr().out
    assert main(["validate", str(copied), "--strict", "--ignore", "PER"]) == 0
    capsys.readouterr()
    assert main(["validate", str(copied), "--strict", "--select", "PER002", "--max", "0"]) == 1
    assert "1 error" in capsys.readouterr().out


@pytest.mark.long
def test_several_roots_in_one_call(copied: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = copied / "dataset" / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("Zhao Yu", "Zhao Yx"), encoding="utf-8")
    assert main(["validate", str(root), str(copied), "--strict"]) == 1
    assert f"{copied.as_posix()}/dataset/people.yaml:" in capsys.readouterr().out


@pytest.mark.long
@pytest.mark.parametrize("form", ["github", "sarif"])
@pytest.mark.parametrize("above", [True, False])
def test_a_forge_gets_file_names_from_where_it_stands(
    form: str, above: bool, copied: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = copied / "dataset" / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("Zhao Yu", "Zhao Yx"), encoding="utf-8")
    monkeypatch.chdir(copied.parent if above else copied)
    assert main(["validate", copied.name if above else ".", "--format", form, "--strict"]) == 1
    shown = f"{copied.name}/dataset/people.yaml" if above else "dataset/people.yaml"
    out = capsys.readouterr().out
    assert f"file={shown}," in out or f'"uri": "{shown}"' in out


def test_the_output_does_not_depend_on_the_locale() -> None:
    plain = run("show", "sun-peng", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert plain.returncode == 0
    assert "孙鹏" in plain.stdout.decode("utf-8")


@pytest.mark.long
@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colours_only_in_a_terminal_that_wants_them(
    terminal: bool,
    environment: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert main(["validate", "--max", "0"]) == 0
    assert ("\x1b[32m" in capsys.readouterr().out) == coloured


def test_help_and_version() -> None:
    assert b"validate" in run("--help").stdout
    assert run("--version").stdout.startswith(b"lingang 1.")


@pytest.mark.long
@pytest.mark.parametrize("command", ["draft", "validate", "build", "release", "diff"])
def test_a_command_that_lacks_its_extra_says_which_one(command: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.touch()
    given = {"diff": [str(archive)] * 2, "draft": [str(tmp_path)]}
    arguments = [command, *given.get(command, [])]
    code = f"import sys; sys.modules['yaml'] = None\nfrom lingang.cli import main; sys.exit(main({arguments}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"pip install 'lingang[validate]'" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(f"{sys.executable} -m lingang rules | head -1", shell=True, capture_output=True, check=False)
    assert done.stderr == b""


# diff


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """The published folder with one value changed."""
    folder = Path(shutil.copytree(DATA, tmp_path / "corrected"))
    people = folder / "people.jsonl"
    people.write_text(people.read_text(encoding="utf-8").replace("Cao Wenjuan", "Cao Wenjun", 1), encoding="utf-8")
    return folder


def test_diff_of_equal_releases(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(DATA), str(DATA)]) == 0
    assert capsys.readouterr().out == "no difference\n"
    assert main(["diff", str(DATA), str(DATA), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["differs"] is False


def test_diff_of_different_releases(corrected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(DATA), str(corrected)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "people: 0 added, 0 removed, 1 changed",
        '  ~ cao-wenjuan name_latin: "Cao Wenjuan" -> "Cao Wenjun"',
        "this asks for a patch version",
    ]
    assert main(["diff", str(DATA), str(corrected), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["required_bump"] == "patch"
    assert [cell["new"] for cell in found["cells"]] == ["Cao Wenjun"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diff", "nothing", "."], "lingang: no such path: nothing\n"),
        (["diff", ".", "."], "lingang: . is no release: it has no SHA256SUMS\n"),
        (["diff", "."], "the following arguments are required: NEW\n"),
        (["diff", ".", ".", "--format", "sarif"], "invalid choice: 'sarif'"),
        (["release", "nothing"], "lingang: nothing is no dataset root"),
        (["release", "--since"], "argument --since: expected one argument\n"),
        (["release", "--since", "nothing.zip"], "lingang: no such path: nothing.zip\n"),
        (["release", "--out", "."], "lingang: . cannot be the output: it is no folder of its own\n"),
        (["export", "xml", "x"], f"lingang: no format xml; the formats are: {', '.join(FORMATS)}\n"),
        (["export", "tei"], "the following arguments are required: PATH\n"),
        (["export", "tei", "file/x.xml"], "lingang: file/x.xml cannot be written: "),
    ],
)
def test_what_cannot_be_run(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# export


@pytest.mark.parametrize("form", FORMATS)
def test_export_names_what_it_writes(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", form, f"{tmp_path / 'out'}/"]) == 0
    written = sorted((tmp_path / "out").iterdir())
    assert capsys.readouterr().out.splitlines() == [path.as_posix() for path in written]
    assert all(path.stat().st_size for path in written)


def test_export_writes_the_file_that_is_named(tmp_path: Path) -> None:
    assert main(["export", "csv", str(tmp_path / "edges.csv")]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["edges.csv"]


# release


@pytest.mark.long
def test_release_names_what_it_makes(copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["release", str(copied), "--out", str(out)]) == 0
    made = [out / NAME, out / f"{NAME}.zip", out / f"{NAME}.tar.gz", out / "ARCHIVES.sha256"]
    assert capsys.readouterr().out.splitlines() == [path.as_posix() for path in made]
    assert sorted(out.iterdir()) == sorted(made)

    # the same number once more
    assert main(["release", str(copied), "--out", str(tmp_path / "again"), "--since", str(made[1])]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"version {VERSION} cannot follow {VERSION}",
        f"  expected: {lowest(VERSION, None)} or later: the tables are the same",
        f"  found:    {VERSION}",
        "  mend:     raise version in dataset/about.yaml, or take the change back; lingang diff lists it",
        "nothing was released: the last good output is as it was",
    ]


def test_release_refuses_a_root_with_an_error(copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = copied / "dataset" / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("name: 赵愚", "nmae: 赵愚"), encoding="utf-8")
    assert main(["release", str(copied), "--out", str(tmp_path / "out")]) == 1
    out = capsys.readouterr().out
    assert "dataset/people.yaml:" in out
    assert out.endswith("nothing was released: the last good output is as it was\n")
    assert not (tmp_path / "out").exists()


def test_generated_documents_are_fresh(root: Path) -> None:
    from lingang.rules.explain import markdown

    assert (root / "docs" / "RULES.md").read_text(encoding="utf-8") == markdown()
