"""What a report looked for: a choice of rules hides nothing, and what could not be run is said and is not green."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lingang.cli.commands import main
from lingang.problems import Report
from lingang.rules.catalogue import catalogue
from lingang.tables.arrow import arrow_schema

Inputs = Callable[[str], Path]
FAMILIES = sorted({rule_id[:3] for rule_id in catalogue()})
ARTICLE = "dataset/articles/moral-envoys.yaml"


def lines_of(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]


def write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(text, "utf-8", newline="\n")


def first_cell(name: str, column: str, value: object) -> Callable[[Path], None]:
    """Change the first filled cell of a column."""

    def change(folder: Path) -> None:
        rows = lines_of(folder, name)
        next(row for row in rows if row[column] is not None)[column] = value
        write(folder, name, rows)

    return change


def bytes_of(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(data) and None


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8", newline="\n")

    return change


UNREADABLE: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "an article that is no YAML": ("root", bytes_of(ARTICLE, b"kind: [\n"), "YML003"),
    "a registry with an unknown key": ("root", bytes_of("dataset/people.yaml", b"sun-peng: {nmae: x}\n"), "YML010"),
    "a list of sources that is missing": ("root", lambda folder: (folder / "dataset/sources.yaml").unlink(), "YML013"),
    "a registry that is missing": ("root", lambda folder: (folder / "dataset/people.yaml").unlink(), "KEY003"),
    "a ledger that is no YAML": ("root", bytes_of("dataset/verification.yaml", b"records: [\n"), "YML003"),
    "a page that is not UTF-8": ("root", bytes_of("raw/000_12cb73f56a8ba074.txt", b"\xff\n"), "TXT002"),
    "a trigger that stands nowhere": (
        "root",
        replaced("dataset/articles/investment-promotion-meeting.yaml", "trigger: 召开", "trigger: 召开不存在"),
        "EVI002",
    ),
    "a line of a release that is no JSON": ("release", bytes_of("events.jsonl", b"NOT JSON\n"), "PUB006"),
    "a table of a release that is missing": ("release", lambda folder: (folder / "events.jsonl").unlink(), "PUB004"),
    "a Parquet file that is cut": ("release", bytes_of("events.parquet", b"PAR1"), "PUB006"),
    "a line that is no JSON": ("corpus", bytes_of("events.jsonl", b"NOT JSON\n"), "PUB006"),
    "a number in quotes": ("corpus", first_cell("mentions", "raw_start", "12"), "ROW001"),
    "a day that is none": ("corpus", first_cell("events", "date_start", "2023-13-45"), "ROW004"),
    "a day beyond year 9999": ("corpus", first_cell("events", "date_start", "12023-05-04"), "ROW004"),
    "a number that no column holds": ("corpus", first_cell("evidence", "raw_end", 2**31), "ROW005"),
    "a Parquet file that is none": (
        "corpus",
        lambda folder: (folder / "events.jsonl").rename(folder / "events.parquet") and None,
        "PUB006",
    ),
}
CHOICES = [
    [],
    *(["--select", family] for family in ("EVI", "KEY", "LED", "PER", "PUB", "YML")),
    *(["--ignore", family] for family in ("YML", "TXT", "PUB", "ROW")),
    ["--select", "core"],
    ["--ignore", "core"],
    ["--max", "0"],
]


@pytest.mark.long
@pytest.mark.parametrize("what", UNREADABLE)
def test_no_choice_of_rules_hides_what_cannot_be_read(
    what: str, inputs: Inputs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kind, change, rule = UNREADABLE[what]
    folder = inputs(kind)
    change(folder)
    for choice in CHOICES:
        status = main(["validate", str(folder), *choice])
        said = capsys.readouterr()
        assert status == (1 if said.out else 2), (choice, said)
        assert f" {rule} " in said.out or choice == ["--max", "0"] or "none of the rules" in said.err, (choice, said)
    for choice in ([], ["--select", "core"], ["--select", "EVT"]):
        if kind != "release":
            assert main(["build", str(folder), "--out", str(tmp_path / "out"), *choice]) in (1, 2), choice
            assert not (tmp_path / "out").exists(), choice
    if kind == "root":
        assert main(["release", str(folder), "--out", str(tmp_path / "out")]) == 1
        assert not (tmp_path / "out").exists()


def report_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    status = main(["validate", *arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.long
def test_rules_over_a_table_that_cannot_be_read_are_not_run_and_the_others_are(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("release", "corpus"):
        folder = inputs(kind)
        (folder / "documents.jsonl").write_bytes(b"NOT JSON\n")
        status, report = report_of(capsys, str(folder), "--select", "PER", "--select", "EVI016", "--select", "KEY009")
        assert status == 1
        assert {"PER002", "PER004", "PER010"} <= set(report["ran"])
        reasons = {entry["rule"]: entry["reason"] for entry in report["not_run"]}
        assert set(reasons) == {"EVI016", "KEY009"}
        assert set(reasons.values()) == {"documents could not be read"}
        assert not set(reasons) & set(report["ran"])
        first, *_ = report["problems"]
        assert (first["rule"], first["line"]) == ("PUB006", 1) and "PUB006" not in reasons


@pytest.mark.long
def test_records_are_not_green_where_their_rules_had_to_wait(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replaced("dataset/articles/investment-promotion-meeting.yaml", "trigger: 召开", "trigger: 召开不存在")(copied)
    status, report = report_of(capsys, str(copied), "--select", "PAR")
    assert status == 1
    assert {entry["rule"] for entry in report["not_run"]} >= {"PAR005", "PAR007", "PAR008"}
    assert {entry["reason"] for entry in report["not_run"]} == {
        "dataset/articles/investment-promotion-meeting.yaml could not be read whole"
    }
    assert main(["validate", str(copied), "--select", "PAR"]) == 1
    closing = capsys.readouterr().out.splitlines()[-1]
    assert closing.endswith(" not run: dataset/articles/investment-promotion-meeting.yaml could not be read whole"), (
        closing
    )


@pytest.mark.long
def test_rows_that_a_rule_refuses_hide_nothing_where_the_rule_is_not_asked_for(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("release", "corpus"):
        folder = inputs(kind)
        first_cell("evidence", "basis", "nothing")(folder)
        rows = lines_of(folder, "evidence")
        rows[0]["quote"] = "云河"
        write(folder, "evidence", rows)
        status, report = report_of(capsys, str(folder), "--select", "EVI")
        assert status == 1
        assert ("EVI001", 1) in {(problem["rule"], problem["line"]) for problem in report["problems"]}


# which rules there are


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "family"),
    [
        ("root", "PUB"),
        ("release", "YML"),
        ("corpus", "YML"),
        ("corpus", "LED"),
        ("corpus", "PUB"),
        ("release", "TXT001"),
        ("installed", "YML"),
    ],
)
def test_rules_that_cannot_apply_are_exit_2(
    kind: str, family: str, inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path() if kind == "installed" else inputs(kind)
    paths = [] if kind == "installed" else [str(folder)]
    assert main(["validate", *paths, "--select", family]) == 2
    said = capsys.readouterr()
    assert "none of the rules that are asked for can be run on a " in said.err and said.out == ""
    assert main(["validate", *paths, "--select", family, "--select", "EVI"]) == 0


@pytest.mark.long
@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("text", ["", " ", ",", "XYZ", "EVI,PER", "evi", "EVI001x", "cor", "\udcff"])
@pytest.mark.parametrize("command", ["validate", "build"])
def test_a_pattern_that_names_no_rule_is_exit_2(
    option: str, text: str, command: str, copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(copied), option, text, "--select", "core"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"lingang: {option} ") and len(said.err.splitlines()) == 1 and said.out == ""


def test_ignoring_all_that_is_selected_is_exit_2(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(copied), "--select", "EVI", "--ignore", "EV"]) == 2
    assert main(["validate", str(copied), *(part for family in FAMILIES for part in ("--ignore", family))]) == 2
    capsys.readouterr()


@pytest.mark.parametrize("number", ["-1", "", "x", "1.5", "１"])
def test_a_maximum_that_is_no_number_is_exit_2(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", f"--max={number}"]) == 2
    assert "is no number of problems" in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.parametrize("kind", ["root", "release", "corpus"])
def test_a_clean_run_says_how_many_rules_were_checked(
    kind: str, inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    status, report = report_of(capsys, str(inputs(kind)))
    assert status == 0 and report["not_run"] == [] and report["problems"] == []
    assert sorted([*report["ran"], *report["not_applicable"]]) == sorted(catalogue())
    assert main(["validate", str(inputs_again(inputs, kind))]) == 0
    counted = [int(number) for number in re.findall(r"\d+", capsys.readouterr().out.splitlines()[-1])]
    assert sum(counted) == len(report["ran"])
    schema = json.loads((Path(__file__).parents[2] / "src/lingang/printers/report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)


def inputs_again(inputs: Inputs, kind: str) -> Path:
    return inputs("root").parent / kind


@pytest.mark.long
def test_core_is_what_any_table_has_and_what_is_read(inputs: Inputs, capsys: pytest.CaptureFixture[str]) -> None:
    status, report = report_of(capsys, str(inputs("corpus")), "--select", "core")
    core = {rule.id for rule in catalogue().values() if rule.core}
    assert status == 0
    assert set(report["ran"]) == core - {"PUB001", "PUB002", "PUB003", "PUB008"}


# several paths


@pytest.mark.parametrize("options", [["--engine", "spark"], ["--master", "local[2]"]], ids=" ".join)
@pytest.mark.parametrize(
    ("command", "kind"), [("validate", "root"), ("validate", "release"), ("validate", None), ("build", "root")]
)
def test_an_option_of_folders_of_tables_is_not_passed_over_elsewhere(
    command: str, kind: str | None, options: list[str], inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    path = [] if kind is None else [str(inputs(kind))]
    assert main([command, *path, *options]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert options[0] in said.err and "folder of tables" in said.err


def test_a_master_without_spark_is_not_passed_over(inputs: Inputs, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(inputs("corpus")), "--master", "local[2]"]) == 2
    assert "--engine spark" in capsys.readouterr().err


@pytest.mark.long
def test_several_paths_are_each_heard(inputs: Inputs, capsys: pytest.CaptureFixture[str]) -> None:
    root, release, corpus = (str(inputs(kind)) for kind in ("root", "release", "corpus"))
    assert main(["validate", root, release, corpus]) == 0
    assert "no problems" in capsys.readouterr().out
    first_cell("positions", "person_id", "nobody")(Path(corpus))
    assert main(["validate", root, release, corpus, "--max", "0"]) == 1
    capsys.readouterr()
    for paths in ([root, "nowhere", corpus], ["nowhere", corpus, root], [corpus, root, "nowhere", "elsewhere"]):
        assert main(["validate", *paths]) == 2
        said = capsys.readouterr()
        assert f"{corpus}/positions.jsonl:1:1: KEY002" in said.out
        assert said.err.splitlines() == [f"lingang: no such path: {p}" for p in paths if p.endswith("where")]
    assert main(["validate", root, release, "--select", "YML"]) == 2
    said = capsys.readouterr()
    assert "can be run on a release" in said.err and "checked; no problems" in said.out
    (Path(release) / "events.jsonl").write_bytes(b"NOT JSON\n")
    status, report = report_of(capsys, release, root, "--select", "EVT")
    assert status == 1
    assert {entry["reason"] for entry in report["not_run"]} == {f"{release}: events could not be read"}
    assert "EVT010" not in report["ran"] and "EVI002" not in report["not_applicable"]


# build


@pytest.mark.long
@pytest.mark.parametrize("kind", ["root", "corpus"])
def test_nothing_is_published_of_which_a_core_rule_was_not_asked(
    kind: str, inputs: Inputs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = str(inputs(kind)), tmp_path / "out"
    for choice in (["--select", "EVT"], ["--ignore", "ROW"], ["--select", "core", "--ignore", "EVI001"]):
        assert main(["build", folder, "--out", str(out), *choice]) == 2
        assert "not put to every core rule" in capsys.readouterr().err
        assert not out.exists()
    assert main(["build", folder, "--out", str(out), "--select", "core", "--select", "PER"]) == 0
    said = capsys.readouterr().out
    assert "rules that were not asked for: " in said and "EVT007" in said and "checked, no errors" in said
    assert main(["build", folder, "--out", str(out)]) == 0
    assert "not asked for" not in capsys.readouterr().out


@pytest.mark.long
def test_what_is_not_asked_for_does_not_keep_a_root_from_being_published(
    copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced("dataset/organizations.yaml", "aliases: [管委会]", "aliases: [管委会, 云河局]")(copied)
    assert main(["build", str(copied), "--out", str(tmp_path / "out")]) == 1
    assert main(["build", str(copied), "--out", str(tmp_path / "out"), "--ignore", "EVI013"]) == 0
    assert "published without" in capsys.readouterr().out


# the other formats


def test_junit_skips_what_was_not_run_and_what_does_not_apply(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = inputs("corpus")
    (folder / "documents.jsonl").write_bytes(b"NOT JSON\n")
    assert main(["validate", str(folder), "--select", "KEY009", "--select", "QUO", "--format", "junit"]) == 1
    suites = ElementTree.fromstring(capsys.readouterr().out)
    cases = {str(case.get("name"))[:6]: case for case in suites.iter("testcase")}
    assert set(cases) == set(catalogue())
    said = {
        name: case.find("skipped").get("message") for name, case in cases.items() if case.find("skipped") is not None
    }  # type: ignore[union-attr]
    assert said["KEY009"] == "not run: documents could not be read"
    assert said["YML001"] == "not applicable: there is no such input"
    assert said["EVT007"] == "not asked for"
    assert "QUO004" not in said and "PUB006" not in said and cases["PUB006"].find("failure") is not None
    suite = suites.find("testsuite")
    assert suite is not None and suite.get("skipped") == str(len(said))


def test_sarif_and_github_name_what_was_not_run(inputs: Inputs, capsys: pytest.CaptureFixture[str]) -> None:
    folder = inputs("corpus")
    (folder / "documents.jsonl").write_bytes(b"NOT JSON\n")
    assert main(["validate", str(folder), "--select", "KEY009", "--format", "sarif"]) == 1
    written = json.loads(capsys.readouterr().out)
    schema = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate(written)
    (invocation,) = written["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    told = {entry["associatedRule"]["id"]: entry for entry in invocation["toolExecutionNotifications"]}
    assert "documents could not be read" in told["KEY009"]["message"]["text"]
    rules = written["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[entry["associatedRule"]["index"]]["id"] == rule_id for rule_id, entry in told.items())
    assert main(["validate", str(folder), "--select", "KEY009", "--format", "github"]) == 1
    assert "::error title=not run::" in capsys.readouterr().out


def test_reports_are_joined_without_losing_what_was_not_run() -> None:
    one = Report(ran={"A1", "B1"}, not_run={"C1": "x"}, not_applicable={"D1", "E1"})
    two = Report(ran={"A1", "C1", "D1"}, not_run={"B1": "y"}, not_applicable={"E1"})
    both = Report()
    both.join(one)
    both.join(two)
    assert (both.ran, both.not_run, both.not_applicable) == ({"A1", "D1"}, {"B1": "y", "C1": "x"}, {"E1"})
    assert both.failed and both.strict().not_run == both.not_run


# extremes at their cell


@pytest.mark.long
def test_a_participation_without_participant_is_told_at_its_row(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("release", "corpus"):
        folder = inputs(kind)
        rows = lines_of(folder, "participations")
        number = next(n for n, row in enumerate(rows) if row["participant_kind"] == "person")
        rows[number]["person_id"] = None
        write(folder, "participations", rows)
        status, report = report_of(capsys, str(folder))
        assert status == 1
        places = {(problem["rule"], problem["file"], problem["line"]) for problem in report["problems"]}
        assert ("ROW007", "participations.jsonl", number + 1) in places


@pytest.mark.long
@pytest.mark.parametrize("value", [2**31 - 1, -(2**31), 2**31, 2**63, 10**40])
def test_an_integer_extreme_is_told_at_its_row(value: int, inputs: Inputs, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("release", "corpus"):
        folder = inputs(kind)
        first_cell("evidence", "raw_start", value)(folder)
        status, report = report_of(capsys, str(folder), "--select", "core")
        assert status == 1
        found = {(problem["rule"], problem["line"]) for problem in report["problems"] if "evidence" in problem["file"]}
        assert found & {("EVI001", 1), ("ROW005", 1)}, found


def test_a_day_of_parquet_beyond_year_9999_is_told_at_its_row(
    inputs: Inputs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = inputs("corpus")
    rows = lines_of(folder, "events")
    for row in rows:
        for column in ("date_start", "date_end"):
            row[column] = row[column] and datetime.date.fromisoformat(row[column])
    table = pa.Table.from_pylist(rows, schema=arrow_schema("events"))
    at = table.schema.get_field_index("date_start")
    days = [None if row["date_start"] is None else 0 for row in rows]
    number = next(n for n, day in enumerate(days) if day is not None)
    days[number] = 4_000_000  # the year 12921
    table = table.set_column(at, table.schema.field(at), pa.array(days, pa.int32()).cast(pa.date32()))
    pq.write_table(table, folder / "events.parquet")
    (folder / "events.jsonl").unlink()
    status, report = report_of(capsys, str(folder), "--select", "KEY")
    assert status == 1
    assert [(p["rule"], p["file"], p["line"], p["column_name"]) for p in report["problems"]] == [
        ("ROW004", "events.parquet", number + 1, "date_start")
    ]
    assert report["not_run"]


# streams, names, debugging


def run(command: str, folder: Path) -> tuple[int, str, str]:
    script = f"{sys.executable} -m lingang {command}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, cwd=folder, env=dict(os.environ))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.long
def test_a_stream_that_takes_nothing_is_exit_2(inputs: Inputs) -> None:
    folder = inputs("corpus").parent
    for command in ("validate corpus >&-", "validate corpus >/dev/full", "rules >/dev/full"):
        status, out, err = run(command, folder)
        assert (status, out) == (2, "") and len(err.splitlines()) == 1 and err.startswith("lingang: standard output")
    assert run("validate nowhere >&-", folder) == (2, "", "lingang: no such path: nowhere\n")
    assert run("validate corpus 2>&-", folder)[0] == 0
    assert run("validate nowhere 2>&-", folder) == (2, "", "")
    assert run("rules | true; exit ${PIPESTATUS[0]}", folder)[2] == ""


@pytest.mark.long
def test_a_report_that_nobody_reads_to_its_end_is_not_green(inputs: Inputs) -> None:
    folder = inputs("corpus").parent
    status, _, err = run("rules | (exec <&-; sleep 3); exit ${PIPESTATUS[0]}", folder)
    assert (status, err) == (2, "")


@pytest.mark.long
def test_names_that_are_not_utf8_are_no_traceback(inputs: Inputs, tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff")
    corpus, root, release = inputs("corpus"), inputs("root"), inputs("release")
    (root / "raw" / f"{odd}.txt").write_bytes(b"x\n")
    (release / odd).write_bytes(b"x")
    for folder, expected in ((root, 1), (release, 0)):  # a file of a user beside a release is advice
        status, out, err = run(f"validate {folder}", tmp_path)
        assert status == expected and "\\uDCFF" in out and err == ""
    (corpus / "events.jsonl").rename(corpus / f"events-{odd}.jsonl")
    status, out, err = run(f"validate {corpus}", tmp_path)
    assert (status, out) == (2, "") and "its name is not UTF-8" in err and len(err.splitlines()) == 1
    status, out, err = run("validate $'nowhere\\xff'", tmp_path)
    assert (status, out, err) == (2, "", "lingang: no such path: nowhere\\udcff\n")


def test_a_link_to_nothing_is_not_passed_over(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "dataset/articles/linked.yaml").symlink_to("nowhere")
    assert main(["validate", str(copied)]) == 2
    assert "dataset/articles/linked.yaml cannot be read: " in capsys.readouterr().err


FAILURES = [
    MemoryError(),
    RecursionError("deep"),
    PermissionError(13, "Permission denied", "x.yaml"),
    ValueError("odd"),
]


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("command", ["validate", "build", "release"])
def test_whatever_is_raised_is_one_line_and_exit_2(
    error: Exception,
    command: str,
    copied: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails(_: object) -> None:
        raise error

    monkeypatch.setattr("lingang.check.root.compile_dataset", fails)
    arguments = [command, str(copied), *(["--out", str(tmp_path / "out")] if command != "validate" else [])]
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1
    assert str(copied) in said.err or "x.yaml: Permission denied" in said.err
    for given in (["--debug", *arguments], [*arguments, "--debug"]):
        assert main(given) == 2
        assert "Traceback" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
