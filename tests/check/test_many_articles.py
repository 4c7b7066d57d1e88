"""Authored trees of many pages: the same rules on several cores, the same report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import lingang.check.root
import tree
from lingang.authored.tree import read_files
from lingang.check.root import Checked, _semantic_findings, check_files
from lingang.rules.python import PYTHON_RULES

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("many") / "root"
    assert tree.write(folder, 20) == 27
    return read_files(folder)


def on_all_cores(monkeypatch: pytest.MonkeyPatch, cores: int = 3) -> None:
    monkeypatch.setattr(lingang.check.root, "_MANY_ROWS", 0)
    monkeypatch.setattr(lingang.check.root.os, "cpu_count", lambda: cores)


def test_every_copy_of_the_page_is_clean(many: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    on_all_cores(monkeypatch)
    assert check_files(many).report.problems == []


def test_several_cores_report_what_one_reports(many: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = "dataset/articles/investment-promotion-meeting-p0002.yaml"
    tour = "dataset/articles/civilized-city-inspection-p0001.yaml"
    broken = dict(many)
    for file, old, new in (
        (meeting, "date: 5月4", "date: 月4"),
        (tour, "attendee, names: [李清华, 等]", "attendee, names: [李清华]"),
    ):
        assert old.encode() in broken[file]
        broken[file] = broken[file].replace(old.encode(), new.encode(), 1)
    alone = check_files(broken).report.problems
    on_all_cores(monkeypatch)
    together = check_files(broken).report.problems
    assert {problem.place.file for problem in alone} == {meeting, tour}
    assert sorted(map(str, together)) == sorted(map(str, alone))
    assert "PAR005" in {problem.rule for problem in together}  # a rule in Python


def test_every_rule_in_python_has_its_process(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked.tables is not None
    for cores in (1, 2, 3):
        on_all_cores(monkeypatch, cores)
        with _semantic_findings(checked.tables) as findings:
            found = findings()
            assert [number for number, _ in found] == list(range(len(PYTHON_RULES)))
            assert all((outcome.findings, outcome.broken, outcome.failure) == ([], None, None) for _, outcome in found)
            assert all(outcome.reads for _, outcome in found)


SCRIPT = """
import lingang.check.root, os, sys
from lingang.cli.commands import main

print("run")
lingang.check.root._MANY_ROWS = 0
os.cpu_count = lambda: 2
sys.exit(main(["validate", sys.argv[1]]))
"""


def test_a_script_without_a_main_guard_runs_once(tmp_path: Path) -> None:
    """A process that is started runs no script of its caller again."""
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    tree.write(tmp_path / "root", 1)
    command = [sys.executable, str(tmp_path / "script.py"), str(tmp_path / "root")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("run\n")
    assert done.stdout.count("run\n") == 1
    assert "no problems" in done.stdout
