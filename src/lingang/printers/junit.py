"""JUnit XML: each rule is a test case, which an error fails; one that was not run is skipped.

JUnit knows no warnings, and a failed case would contradict a check that passed; so warnings stand
in the output of the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from lingang.printers.text import block
from lingang.printers.wording import cut, more, visible, why_skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lingang.printers.protocol import RuleInfo
    from lingang.problems import Problem, Report

__all__ = ["render"]


def render(report: Report, rules: Sequence[RuleInfo], *, colour: bool = False, maximum: int | None = None) -> str:
    shown = set(cut(report, maximum)[0])
    names = {rule.id: f"{rule.id} {rule.title}" for rule in rules}
    found: dict[str, list[Problem]] = {rule_id: [] for rule_id in names}
    for problem in report:
        # A problem of a rule that the catalogue does not name must not be lost.
        found.setdefault(problem.rule, []).append(problem)

    suites = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(suites, "testsuite", name="lingang")
    for rule_id, problems in found.items():
        family = visible(rule_id.rstrip("0123456789"))
        name = visible(names.get(rule_id, rule_id))
        case = ElementTree.SubElement(suite, "testcase", classname=family, name=name)
        errors = [problem for problem in problems if problem.severity == "error"]
        case.attrib |= _place(errors)
        others = [problem for problem in problems if problem.severity != "error"]
        skipped = why_skipped(report, rule_id)
        if skipped and not errors:
            ElementTree.SubElement(case, "skipped", message=visible(skipped))
        # One element a case holds all its errors: most readers show only the first failure.
        if errors:
            message = visible(errors[0].message)
            failure = ElementTree.SubElement(case, "failure", type="error", message=message)
            failure.text = _blocks(errors, shown)
        if others:
            ElementTree.SubElement(case, "system-out").text = _blocks(others, shown)
    counts = {name: sum(case.find(name) is not None for case in suite) for name in ("failure", "skipped")}
    failures, skipped_cases = str(counts["failure"]), str(counts["skipped"])
    suite.attrib |= {"tests": str(len(suite)), "failures": failures, "errors": "0", "skipped": skipped_cases}
    ElementTree.indent(suites, " ")
    # ElementTree would declare the encoding of the locale for a str.
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return declaration + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _place(errors: Sequence[Problem]) -> dict[str, str]:
    """The file and line of the first error, for readers that lead there."""
    if not errors or not errors[0].place.file:
        return {}
    place = errors[0].place
    return {"file": visible(place.file), **({"line": str(place.line)} if place.line else {})}


def _blocks(problems: Sequence[Problem], shown: set[Problem]) -> str:
    lines = [block(problem) for problem in problems if problem in shown]
    if len(lines) < len(problems):
        lines.append(more(len(problems) - len(lines)))
    return "\n".join(lines)
