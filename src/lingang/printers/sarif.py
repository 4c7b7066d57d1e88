"""SARIF 2.1.0, the OASIS exchange format for findings of static analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lingang import __version__
from lingang.printers.fingerprints import fingerprints
from lingang.printers.json_report import account, dump
from lingang.printers.wording import cut, is_accounted, statement, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lingang.printers.protocol import RuleInfo
    from lingang.problems import Place, Problem, Report

__all__ = ["render"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TOP = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning"}


def render(report: Report, rules: Sequence[RuleInfo], *, colour: bool = False, maximum: int | None = None) -> str:
    shown, _ = cut(report, maximum)
    indices = {rule.id: index for index, rule in enumerate(rules)}
    driver = {"name": "lingang", "version": __version__, "rules": [_descriptor(rule) for rule in rules]}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_TOP: {"description": {"text": "The folder that the names of files begin in."}}},
        "results": [
            {**_result(problem, indices), "partialFingerprints": {"lingang/v1": fingerprint}}
            for problem, fingerprint in zip(shown, fingerprints(shown), strict=True)
        ],
        # SARIF has no counts of its own; these count what a maximum has cut, too.
        "properties": {"errors": report.errors, "warnings": report.warnings},
    }
    if is_accounted(report):
        run["invocations"] = [_invocation(report, indices)]
        run["properties"] |= account(report)
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(report: Report, indices: Mapping[str, int]) -> dict[str, Any]:
    """That the run came to its end, and the rules that could not be run, a notification each."""
    notifications = []
    for rule_id, reason in sorted(report.not_run.items()):
        rule: dict[str, Any] = {"id": rule_id}
        if rule_id in indices:
            rule["index"] = indices[rule_id]
        message = _message(visible(f"not run: {reason}"))
        notifications.append({"associatedRule": rule, "level": "error", "message": message})
    return {"executionSuccessful": not report.not_run, "toolExecutionNotifications": notifications}


def _descriptor(rule: RuleInfo) -> dict[str, Any]:
    texts = {"shortDescription": rule.title, "fullDescription": rule.why, "help": rule.mend}
    return {
        "id": rule.id,
        **{name: _message(text) for name, text in texts.items() if text},
        "defaultConfiguration": {"level": _level(rule.severity)},
    }


def _result(problem: Problem, indices: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": problem.rule}
    if problem.rule in indices:
        result["ruleIndex"] = indices[problem.rule]
    result["level"] = _level(problem.severity)
    result["message"] = _message(statement(problem))
    location: dict[str, Any] = {"physicalLocation": _location(problem.place)} if problem.place.file else {}
    if problem.table:
        location["logicalLocations"] = [{"fullyQualifiedName": _cell(problem)}]
    if location:
        result["locations"] = [location]
    return result


def _cell(problem: Problem) -> str:
    return visible("/".join(filter(None, (problem.table, problem.record_id, problem.column_name))))


def _location(place: Place) -> dict[str, Any]:
    # A path may hold anything the file system allows; surrogatepass encodes even a lone surrogate.
    uri = quote(place.file, safe="/", errors="surrogatepass")
    whole = place.file.startswith("/")
    artifact = {"uri": f"file://{uri}"} if whole else {"uri": uri, "uriBaseId": _TOP}
    region = {"startLine": place.line or 1}  # a problem of a whole file stands at its first line: readers want one
    if place.column is not None:
        region["startColumn"] = place.column
    return {"artifactLocation": artifact, "region": region}


def _message(text: str) -> dict[str, str]:
    # Single braces would be read as placeholders (section 3.11.5 of the standard).
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _level(severity: str) -> str:
    return _LEVELS.get(severity, "note")
