"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lingang.cli import main


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
    from lingang.show import show

    assert "\x1b[1;32m5月4日\x1b[0m" in str(show("investment-meeting", colour=True))


def test_tables_has_one_line_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 19
    assert lines[0].split()[:2] == ["articles", "9"]


def test_rules_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "EVI002  error    a quote that is not found" in capsys.readouterr().out
    assert main(["rules", "evi001"]) == 0
    assert "SELECT evidence_id AS record_id" in capsys.readouterr().out


def test_json_report(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(copied), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, "errors": 0, "warnings": 0, "problems": []}


def test_select_ignore_and_max(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = copied / "dataset" / "people.yaml"
    page.write_text(
        page.read_text(encoding="utf-8").replace("Zhao Yu", "Zhao Yx").replace("zhao-yu:", "zhao-yx:"), encoding="utf-8"
    )
    assert main(["validate", str(copied)]) == 1
    assert "PER002" in capsys.readouterr().out
    assert main(["validate", str(copied), "--ignore", "PER"]) == 0
    capsys.readouterr()
    assert main(["validate", str(copied), "--select", "PER002", "--max", "0"]) == 1
    assert "1 error" in capsys.readouterr().out


def test_several_roots_in_one_call(copied: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = copied / "dataset" / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("Zhao Yu", "Zhao Yx"), encoding="utf-8")
    assert main(["validate", str(root), str(copied)]) == 1
    assert f"{copied.as_posix()}/dataset/people.yaml:" in capsys.readouterr().out


def test_the_output_does_not_depend_on_the_locale() -> None:
    plain = run("show", "sun-peng", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert plain.returncode == 0
    assert "孙鹏" in plain.stdout.decode("utf-8")


def test_help_and_version() -> None:
    assert b"validate" in run("--help").stdout
    assert run("--version").stdout.startswith(b"lingang 1.")


def test_a_command_that_lacks_its_extra_says_which_one() -> None:
    code = "import sys; sys.modules['yaml'] = None\nfrom lingang.cli import main; sys.exit(main(['validate']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"pip install 'lingang[validate]'" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(f"{sys.executable} -m lingang rules | head -1", shell=True, capture_output=True, check=False)
    assert done.stderr == b""


def test_generated_documents_are_fresh(root: Path) -> None:
    from lingang.rules.explain import markdown

    assert (root / "docs" / "RULES.md").read_text(encoding="utf-8") == markdown()
