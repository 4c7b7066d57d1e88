"""What forges read: files named from the top of the repository, a place for every problem, marks that outlast a move of
lines; the hook that runs for deletions too, and the action that passes its arguments on as they are."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from foreign import foreign_root
from lingang.cli.commands import main
from lingang.printers import PRINTERS, sarif
from lingang.problems import Place, Problem, Report
from lingang.rules.catalogue import catalogue

HERE = Path(__file__).parents[1]
SCHEMA = json.loads((HERE / "data" / "sarif-2.1.0.json").read_text("utf-8"))
FORGES = ("github", "gitlab", "sarif")


def render(form: str, *problems: Problem) -> str:
    return PRINTERS[form](Report([*problems]), list(catalogue().values()), colour=False, maximum=None)


def files_of(form: str, written: str) -> set[str]:
    """The names of files that a report holds."""
    if form == "sarif":
        document = json.loads(written)
        jsonschema.Draft4Validator(SCHEMA).validate(document)
        results = document["runs"][0]["results"]
        return {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    if form == "gitlab":
        return {entry["location"]["path"] for entry in json.loads(written)}
    return {line.split("file=")[1].split(",")[0] for line in written.splitlines() if "file=" in line}


@pytest.mark.parametrize("form", FORGES)
@pytest.mark.parametrize("given", ["from a folder below", "as a whole path", "with dots", "from the top"])
def test_files_are_named_from_the_top_of_the_repository(
    form: str, given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    top = tmp_path / "repository"
    root = foreign_root(top / "data" / "yunhe")
    (top / ".git").mkdir()
    (root / "dataset/people.yaml").write_text("chen: [\n", "utf-8")
    at, path = {
        "from a folder below": (top / "data", "yunhe"),
        "as a whole path": (top, str(root)),
        "with dots": (root, "../yunhe"),
        "from the top": (top, "data/yunhe"),
    }[given]
    monkeypatch.chdir(at)
    assert main(["validate", path, "--format", form]) == 1
    assert "data/yunhe/dataset/people.yaml" in files_of(form, capsys.readouterr().out)


def test_a_file_outside_of_the_repository_is_an_absolute_uri(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = foreign_root(tmp_path / "云 河")
    (root / "dataset/people.yaml").write_text("chen: [\n", "utf-8")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main(["validate", str(root), "--format", "sarif"]) == 1
    assert f"{root.as_uri()}/dataset/people.yaml" in files_of("sarif", capsys.readouterr().out)


@pytest.mark.parametrize("rule", ["YML013", "YML014", "TXT001", "PUB001", "PUB004"])
def test_a_problem_of_a_whole_file_has_a_place(rule: str) -> None:
    written = render("sarif", Problem(rule, "of the file", Place("a.yaml")))
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(written))
    (result,) = json.loads(written)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    (entry,) = json.loads(render("gitlab", Problem(rule, "of the file", Place("a.yaml"))))
    assert entry["location"] == {"path": "a.yaml", "lines": {"begin": 1}}


def test_a_code_scanning_upload_finds_what_it_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each rule its title, its why and how to mend it, as text and as Markdown; of each result a place."""
    written = json.loads(render("sarif", Problem("EVI002", "of no file", Place(""))))
    jsonschema.Draft4Validator(SCHEMA).validate(written)
    (run,) = written["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {*catalogue()}
    for rule in rules:
        told = [rule[name]["text"] for name in ("shortDescription", "fullDescription", "help")]
        assert all(told), rule["id"]
        assert rule["help"]["markdown"] and f"`lingang rules {rule['id']}`" in rule["help"]["markdown"], rule["id"]
        assert "helpUri" not in rule, "the toolkit has no public address"
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": ".", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 1}}
    assert result["partialFingerprints"]

    monkeypatch.setattr("lingang.printers.sarif.address", lambda: "https://pages.example/lingang/")
    (run,) = json.loads(render("sarif"))["runs"]
    assert {rule["helpUri"] for rule in run["tool"]["driver"]["rules"]} == {"https://pages.example/lingang/RULES/"}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], None),
        (["Changelog, https://pages.example/changes"], None),
        (
            ["Changelog, https://a.example", "Documentation, https://pages.example/lingang"],
            "https://pages.example/lingang",
        ),
    ],
)
def test_the_address_of_the_documentation_is_that_of_the_distribution(
    told: list[str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = Message()
    for one in told:
        message["Project-URL"] = one
    monkeypatch.setattr(sarif, "metadata", lambda name: message)
    assert sarif.address() == expected


def marks(form: str, *problems: Problem) -> list[str]:
    written = json.loads(render(form, *problems))
    if form == "gitlab":
        return [entry["fingerprint"] for entry in written]
    return [result["partialFingerprints"]["lingang/v1"] for result in written["runs"][0]["results"]]


@pytest.mark.parametrize("form", ["gitlab", "sarif"])
def test_a_mark_outlasts_a_move_of_lines_and_tells_problems_apart(form: str) -> None:
    here = Problem(
        "EVI002", "not found", Place("a.yaml", 3, 5), table="events", record_id="opening", column_name="name"
    )
    moved = replace(here, place=Place("a.yaml", 9, 5))
    assert marks(form, here) == marks(form, moved)
    others = [replace(here, record_id="fair"), replace(here, rule="EVI003"), replace(here, place=Place("b.yaml", 3, 5))]
    assert len({*marks(form, here, moved, *others)}) == 5


def test_the_code_quality_report_holds_what_gitlab_wants() -> None:
    error = Problem("EVI002", "not found", Place("a.yaml", 3, 5), found="x", table="events", record_id="opening")
    advice = Problem("MEN002", "unknown", Place("b.yaml", 1, 1), severity="warning")
    report = Report([error, advice], not_run={"EVI016": "events could not be read"}, ran={"EVI002"})
    entries = json.loads(PRINTERS["gitlab"](report, [], colour=False, maximum=None))
    assert [(entry["check_name"], entry["severity"]) for entry in entries] == [
        ("EVI002", "major"),
        ("MEN002", "minor"),
        ("not run", "major"),
    ]
    for entry in entries:
        assert {*entry} == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["location"]["path"] and entry["location"]["lines"]["begin"] >= 1
    assert "events/opening" in entries[0]["description"] and len({entry["fingerprint"] for entry in entries}) == 3
    assert json.loads(render("gitlab")) == []


def test_a_failed_case_of_junit_leads_to_its_line() -> None:
    suites = ElementTree.fromstring(render("junit", Problem("EVI002", "not found", Place("a.yaml", 3, 5))))
    failed = [case.attrib for case in suites.iter("testcase") if case.find("failure") is not None]
    assert [(case["file"], case["line"]) for case in failed] == [("a.yaml", "3")]
    suites = ElementTree.fromstring(render("junit", Problem("YML014", "no place", Place("b.yaml"))))
    (failed_case,) = (case for case in suites.iter("testcase") if case.find("failure") is not None)
    assert failed_case.get("file") == "b.yaml" and failed_case.get("line") is None


def hooks(name: str) -> list[dict[str, Any]]:
    found: Any = yaml.safe_load((HERE.parent / name).read_text("utf-8"))
    return found if isinstance(found, list) else [hook for repo in found["repos"] for hook in repo["hooks"]]


def test_hooks_that_look_at_the_whole_root_run_for_a_commit_that_only_deletes() -> None:
    whole = [
        *hooks(".pre-commit-hooks.yaml"),
        *(hook for hook in hooks(".pre-commit-config.yaml") if hook["id"] == "build"),
    ]
    assert len(whole) == 2
    for hook in whole:
        assert hook["always_run"] is True and hook["pass_filenames"] is False and "files" not in hook, hook["id"]


HOSTILE = ["a b", "*", "$(touch planted)", "; touch planted", "a'b", '"', "--strict"]


def test_the_action_passes_its_arguments_on_as_they_are(tmp_path: Path) -> None:
    steps = yaml.safe_load((HERE.parent / "action.yml").read_text("utf-8"))["runs"]["steps"]
    run = next(step for step in steps if "ARGUMENTS" in step.get("env", {}))
    assert run["shell"] == "python3 {0}" and "${{" not in run["run"]
    (tmp_path / "step.py").write_text(run["run"], "utf-8")
    (tmp_path / "lingang").mkdir()
    (tmp_path / "lingang" / "__init__.py").touch()
    (tmp_path / "lingang" / "__main__.py").write_text(
        "import json, sys; print(json.dumps(sys.argv[1:])); sys.exit(7)\n"
    )
    environment = {**os.environ, "CHECKED": "my root *", "ARGUMENTS": shlex.join(HOSTILE), "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "step.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 7, done.stderr
    assert json.loads(done.stdout) == ["validate", "my root *", "--format", "github", *HOSTILE]
    assert not (tmp_path / "planted").exists()
