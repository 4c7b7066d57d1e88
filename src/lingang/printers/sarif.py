"""SARIF 2.1.0, the OASIS exchange format for findings of static analysis.

A rule tells why it is and how to mend what it finds in ``help``; ``helpUri`` stands beside where the distribution of
the toolkit names the address of its documentation. Each result has a place: one of no file stands at the folder that
was checked, because uploads refuse a result without.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata
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

__all__ = ["address", "render"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TOP = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning"}


def render(report: Report, rules: Sequence[RuleInfo], *, colour: bool = False, maximum: int | None = None) -> str:
    shown, _ = cut(report, maximum)
    indices = {rule.id: index for index, rule in enumerate(rules)}
    documentation = address()
    descriptors = [_descriptor(rule, documentation) for rule in rules]
    driver = {"name": "lingang", "version": __version__, "rules": descriptors}
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


def address() -> str | None:
    """Where the distribution says that its documentation is; ``None`` where it says nothing."""
    try:
        told = metadata("lingang").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    named = dict(line.split(", ", 1) for line in told)
    return named.get("Documentation")


def _descriptor(rule: RuleInfo, documentation: str | None) -> dict[str, Any]:
    mend = rule.mend or rule.title
    told = [rule.why, f"**How to mend it:** {mend}", f"`lingang rules {rule.id}` shows the rule."]
    out: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": _message(rule.title),
        "fullDescription": _message(rule.why or rule.title),
        "help": {**_message(mend), "markdown": _escaped("\n\n".join(filter(None, told)))},
    }
    if documentation is not None:
        out["helpUri"] = f"{documentation.rstrip('/')}/RULES/"
    return out | {"defaultConfiguration": {"level": _level(rule.severity)}}


def _result(problem: Problem, indices: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": problem.rule}
    if problem.rule in indices:
        result["ruleIndex"] = indices[problem.rule]
    result["level"] = _level(problem.severity)
    result["message"] = _message(statement(problem))
    location: dict[str, Any] = {"physicalLocation": _location(problem.place)}
    if problem.table:
        location["logicalLocations"] = [{"fullyQualifiedName": _cell(problem)}]
    return result | {"locations": [location]}


def _cell(problem: Problem) -> str:
    return visible("/".join(filter(None, (problem.table, problem.record_id, problem.column_name))))


def _location(place: Place) -> dict[str, Any]:
    # A path may hold anything the file system allows; surrogatepass encodes even a lone surrogate.
    uri = quote(place.file or ".", safe="/", errors="surrogatepass")
    whole = place.file.startswith("/")
    artifact = {"uri": f"file://{uri}"} if whole else {"uri": uri, "uriBaseId": _TOP}
    region = {"startLine": place.line or 1}  # a problem of a whole file stands at its first line: readers want one
    if place.column is not None:
        region["startColumn"] = place.column
    return {"artifactLocation": artifact, "region": region}


def _message(text: str) -> dict[str, str]:
    return {"text": _escaped(text)}


def _escaped(text: str) -> str:
    """Single braces would be read as placeholders (section 3.11.5 of the standard)."""
    return text.replace("{", "{{").replace("}", "}}")


def _level(severity: str) -> str:
    return _LEVELS.get(severity, "note")
