"""What each printer makes of a report, to the letter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from lingang import __version__
from lingang.printers import PRINTERS
from lingang.printers.wording import visible
from lingang.problems import Place, Problem, Report

DATA = Path(__file__).parents[1] / "data"
HOSTILE = "a\nb\r\x1b[31m\x00\x85\u2028\u202e\ud800\uffff]]> <&\"' 50% {0}"


@dataclass(frozen=True)
class Rule:
    id: str
    severity: str
    title: str
    why: str = ""
    mend: str = ""


RULES = [
    Rule("EVI002", "error", "A quote stands in its item", "A record rests on it.", "Copy the {exact} quote."),
    Rule("LED001", "warning", "The ledger is complete"),
    Rule("SRC001", "error", "The page is unchanged"),
]
QUOTE = Problem(
    rule="EVI002",
    message='quote not found in this item: "港区"',
    place=Place("dataset/articles/x y.yaml", 12, 7),
    expected="周口临港开发区",
    found="周口港区",
    hint="Copy the quote.",
    table="events",
    record_id="E01",
    column_name="quote",
)
LEDGER = Problem("LED001", "no entry", Place("ledger:1,2.yaml", 1), severity="warning")
WHOLE_FILE = Problem("EVI002", "file is empty", Place("dataset/空.yaml"))


def report() -> Report:
    return Report([LEDGER, WHOLE_FILE, QUOTE, QUOTE])


def hostile() -> Report:
    return Report([Problem("EVI002", HOSTILE, Place(f"f{HOSTILE}", 1), HOSTILE, HOSTILE, HOSTILE)])


def render(name: str, given: Report, *, colour: bool = False, maximum: int | None = None) -> str:
    return PRINTERS[name](given, RULES, colour=colour, maximum=maximum)


@pytest.mark.parametrize("name", PRINTERS)
@pytest.mark.parametrize("maximum", [None, 0, 1, 9])
def test_output_can_be_written_and_holds_no_stray_control(name: str, maximum: int | None) -> None:
    for given in (Report(), report(), hostile()):
        written = render(name, given, maximum=maximum)
        written.encode("utf-8")
        assert written.endswith("\n")
        assert all(visible(line) == line for line in written.split("\n"))


def test_text() -> None:
    assert render("text", report()) == (
        'dataset/articles/x y.yaml:12:7: EVI002 quote not found in this item: "港区"\n'
        "  cell:     events/E01, column quote\n"
        "  expected: 周口临港开发区\n"
        "  found:    周口港区\n"
        "  mend:     Copy the quote.\n"
        "dataset/空.yaml: EVI002 file is empty\n"
        "ledger:1,2.yaml:1: warning LED001 no entry\n"
        "2 errors, 1 warning\n"
    )


def test_text_without_problems() -> None:
    assert render("text", Report()) == "no problems\n"


def accounted() -> Report:
    ran, not_run = {"SRC001"}, {"LED001": "the records have errors", "EVI002": "events could not be read"}
    return Report(ran=ran, not_run=not_run, not_applicable={"OLD001"})


def test_text_says_what_was_run_and_what_was_not() -> None:
    assert render("text", Report(ran={"A", "B"})) == "2 requirements checked; no problems\n"
    assert render("text", accounted()) == (
        "1 requirement checked; no problems; 1 not run: events could not be read; 1 not run: the records have errors\n"
    )
    assert "\x1b[31m" in render("text", accounted(), colour=True)
    many = Report([LEDGER], ran={"A"}, not_run={"B": "x", "C": "x", "D": "y", "E": "z", "F": "w"})
    assert render("text", many).splitlines()[-1] == (
        "1 requirement checked; 0 errors, 1 warning; 5 not run, for 4 reasons: x; --format json has them all"
    )


def test_every_format_says_what_was_not_run() -> None:
    for name in PRINTERS:
        assert "events could not be read" in render(name, accounted()), name
    assert json.loads(render("json", accounted()))["not_run"][0] == {
        "rule": "EVI002",
        "reason": "events could not be read",
    }
    assert render("github", accounted()).splitlines()[0] == "::error title=not run::1 not run: events could not be read"
    jsonschema.Draft202012Validator(report_schema()).validate(json.loads(render("json", accounted())))


def test_text_cut_to_a_maximum_counts_all() -> None:
    assert render("text", Report([WHOLE_FILE, LEDGER]), maximum=1) == (
        "dataset/空.yaml: EVI002 file is empty\n… and 1 more\n1 error, 1 warning\n"
    )
    assert render("text", Report([LEDGER]), maximum=0) == "… and 1 more\n0 errors, 1 warning\n"


def test_text_in_colour() -> None:
    assert render("text", Report([LEDGER]), colour=True) == (
        "\x1b[1mledger:1,2.yaml:1:\x1b[0m \x1b[33mwarning LED001\x1b[0m no entry\n\x1b[33m0 errors, 1 warning\x1b[0m\n"
    )
    assert render("text", Report(), colour=True) == "\x1b[32mno problems\x1b[0m\n"


def test_text_lets_no_message_forge_a_line() -> None:
    escaped = "a\\u000Ab\\u000D\\u001B[31m\\u0000\\u0085\\u2028\\u202E\\uD800\\uFFFF]]> <&\"' 50% {0}"
    assert render("text", hostile()) == (
        f"f{escaped}:1: EVI002 {escaped}\n"
        f"  expected: {escaped}\n"
        f"  found:    {escaped}\n"
        f"  mend:     {escaped}\n"
        "1 error, 0 warnings\n"
    )


def test_json() -> None:
    assert render("json", report(), maximum=1) == (
        "{\n"
        ' "version": 1,\n'
        ' "errors": 2,\n'
        ' "warnings": 1,\n'
        ' "problems": [\n'
        "  {\n"
        '   "rule": "EVI002",\n'
        '   "severity": "error",\n'
        '   "message": "quote not found in this item: \\"港区\\"",\n'
        '   "expected": "周口临港开发区",\n'
        '   "found": "周口港区",\n'
        '   "hint": "Copy the quote.",\n'
        '   "file": "dataset/articles/x y.yaml",\n'
        '   "line": 12,\n'
        '   "column": 7,\n'
        '   "table": "events",\n'
        '   "record_id": "E01",\n'
        '   "column_name": "quote"\n'
        "  }\n"
        " ]\n"
        "}\n"
    )


def test_json_keeps_every_character_and_writes_null_for_no_line() -> None:
    problem = json.loads(render("json", hostile()))["problems"][0]
    assert [problem[key] for key in ("message", "expected", "found", "hint")] == [HOSTILE] * 4
    problem = json.loads(render("json", Report([WHOLE_FILE])))["problems"][0]
    assert (problem["line"], problem["column"]) == (None, None)


def report_schema() -> Any:
    return json.loads(files("lingang.printers").joinpath("report.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("given", [Report(), report(), hostile()])
def test_json_fits_its_schema(given: Report) -> None:
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(render("json", given)))


@pytest.mark.parametrize(("key", "value"), [("line", 0), ("severity", "fatal"), ("other", 1), ("file", None)])
def test_json_schema_refuses_what_no_report_holds(key: str, value: object) -> None:
    written = json.loads(render("json", report()))
    written["problems"][0][key] = value
    assert not jsonschema.Draft202012Validator(report_schema()).is_valid(written)


def test_github() -> None:
    assert render("github", report()) == (
        "::error file=dataset/articles/x y.yaml,line=12,col=7,title=EVI002::"
        'quote not found in this item: "港区"'
        "%0Acell: events/E01, column quote%0Aexpected: 周口临港开发区%0Afound: 周口港区%0Amend: Copy the quote.\n"
        "::error file=dataset/空.yaml,title=EVI002::file is empty\n"
        "::warning file=ledger%3A1%2C2.yaml,line=1,title=LED001::no entry\n"
        "2 errors, 1 warning\n"
    )


def test_github_cut_to_a_maximum() -> None:
    assert render("github", report(), maximum=0) == "… and 3 more\n2 errors, 1 warning\n"


def test_github_escapes_percent_and_its_own_line_breaks_only_once() -> None:
    problem = Problem("EVI002", "50% %0A ::error::x\r\ny", Place("100%.yaml"), found="a:b,c")
    assert render("github", Report([problem])).splitlines()[0] == (
        "::error file=100%25.yaml,title=EVI002::50%25 %250A ::error::x\\u000D\\u000Ay%0Afound: a:b,c"
    )


def test_sarif() -> None:
    run = {
        "tool": {
            "driver": {
                "name": "lingang",
                "version": __version__,
                "rules": [
                    {
                        "id": "EVI002",
                        "shortDescription": {"text": "A quote stands in its item"},
                        "fullDescription": {"text": "A record rests on it."},
                        "help": {
                            "text": "Copy the {{exact}} quote.",
                            "markdown": "A record rests on it.\n\n**How to mend it:** Copy the {{exact}} quote.\n\n"
                            "`lingang rules EVI002` shows the rule.",
                        },
                        "defaultConfiguration": {"level": "error"},
                    },
                    {
                        "id": "LED001",
                        "shortDescription": {"text": "The ledger is complete"},
                        "fullDescription": {"text": "The ledger is complete"},
                        "help": {
                            "text": "The ledger is complete",
                            "markdown": "**How to mend it:** The ledger is complete\n\n"
                            "`lingang rules LED001` shows the rule.",
                        },
                        "defaultConfiguration": {"level": "warning"},
                    },
                    {
                        "id": "SRC001",
                        "shortDescription": {"text": "The page is unchanged"},
                        "fullDescription": {"text": "The page is unchanged"},
                        "help": {
                            "text": "The page is unchanged",
                            "markdown": "**How to mend it:** The page is unchanged\n\n"
                            "`lingang rules SRC001` shows the rule.",
                        },
                        "defaultConfiguration": {"level": "error"},
                    },
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that the names of files begin in."}}},
        "results": [
            {
                "ruleId": "EVI002",
                "ruleIndex": 0,
                "level": "error",
                "message": {
                    "text": 'quote not found in this item: "港区"\ncell: events/E01, column quote\n'
                    "expected: 周口临港开发区\n"
                    "found: 周口港区\nmend: Copy the quote."
                },
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "dataset/articles/x%20y.yaml", "uriBaseId": "%SRCROOT%"},
                            "region": {"startLine": 12, "startColumn": 7},
                        },
                        "logicalLocations": [{"fullyQualifiedName": "events/E01/quote"}],
                    }
                ],
            },
            {
                "ruleId": "EVI002",
                "ruleIndex": 0,
                "level": "error",
                "message": {"text": "file is empty"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "dataset/%E7%A9%BA.yaml", "uriBaseId": "%SRCROOT%"},
                            "region": {"startLine": 1},
                        }
                    }
                ],
            },
            {
                "ruleId": "LED001",
                "ruleIndex": 1,
                "level": "warning",
                "message": {"text": "no entry"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "ledger%3A1%2C2.yaml", "uriBaseId": "%SRCROOT%"},
                            "region": {"startLine": 1},
                        }
                    }
                ],
            },
        ],
        "properties": {"errors": 2, "warnings": 1},
    }
    written = json.loads(render("sarif", report()))
    assert written.pop("$schema").endswith("/sarif-schema-2.1.0.json")
    marks = [result.pop("partialFingerprints")["lingang/v1"] for result in written["runs"][0]["results"]]
    assert len({*marks}) == 3 and all(len(mark) == 64 for mark in marks)
    assert written == {"version": "2.1.0", "runs": [run]}


def test_sarif_of_a_problem_without_file_and_of_an_unknown_rule() -> None:
    results = json.loads(render("sarif", Report([Problem("NEW001", "{0}", Place(""))])))["runs"][0]["results"]
    assert results[0].pop("partialFingerprints")
    place = {"artifactLocation": {"uri": ".", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 1}}
    location = {"physicalLocation": place}  # an upload for code scanning refuses a result without
    assert results == [{"ruleId": "NEW001", "level": "error", "message": {"text": "{{0}}"}, "locations": [location]}]


@pytest.mark.parametrize("maximum", [None, 1])
@pytest.mark.parametrize("given", [Report(), report(), hostile(), Report([Problem("NEW001", "", Place(""))])])
def test_sarif_fits_the_official_schema(given: Report, maximum: int | None) -> None:
    schema = json.loads((DATA / "sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    written = json.loads(render("sarif", given, maximum=maximum))
    validator.validate(written)
    written["runs"][0]["columnKind"] = "bytes"
    assert not validator.is_valid(written)


def test_junit() -> None:
    assert render("junit", report()) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<testsuites>\n"
        ' <testsuite name="lingang" tests="3" failures="1" errors="0" skipped="0">\n'
        '  <testcase classname="EVI" name="EVI002 A quote stands in its item" '
        'file="dataset/articles/x y.yaml" line="12">\n'
        '   <failure type="error" message="quote not found in this item: &quot;港区&quot;">'
        'dataset/articles/x y.yaml:12:7: EVI002 quote not found in this item: "港区"\n'
        "  cell:     events/E01, column quote\n"
        "  expected: 周口临港开发区\n"
        "  found:    周口港区\n"
        "  mend:     Copy the quote.\n"
        "dataset/空.yaml: EVI002 file is empty</failure>\n"
        "  </testcase>\n"
        '  <testcase classname="LED" name="LED001 The ledger is complete">\n'
        "   <system-out>ledger:1,2.yaml:1: warning LED001 no entry</system-out>\n"
        "  </testcase>\n"
        '  <testcase classname="SRC" name="SRC001 The page is unchanged" />\n'
        " </testsuite>\n"
        "</testsuites>\n"
    )


def test_junit_of_a_hostile_message() -> None:
    failure = ElementTree.fromstring(render("junit", hostile())).find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == visible(HOSTILE)
    assert f"{failure.text}\n1 error, 0 warnings\n" == render("text", hostile())


def test_junit_fails_a_rule_whose_problems_are_all_cut() -> None:
    suites = ElementTree.fromstring(render("junit", report().strict(), maximum=1))
    failures = {case.get("classname"): case.findtext("failure") for case in suites.iter("testcase")}
    assert failures["EVI"] is not None
    assert failures["EVI"].splitlines()[-1] == "… and 1 more"
    assert failures["LED"] == "… and 1 more"
    assert failures["SRC"] is None


def test_junit_keeps_a_problem_of_an_unknown_rule() -> None:
    suites = ElementTree.fromstring(render("junit", Report([Problem("NEW001", "x", Place("a"))])))
    cases = [(case.get("name"), case.findtext("failure")) for case in suites.iter("testcase")]
    assert cases[-1] == ("NEW001", "a: NEW001 x")
