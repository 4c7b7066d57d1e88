"""Printers: each turns a finished report into text; none checks, and none writes anything out."""

from __future__ import annotations

from lingang.printers import github, gitlab, json_report, junit, sarif, text
from lingang.printers.protocol import Printer, RuleInfo

__all__ = ["PRINTERS", "Printer", "RuleInfo"]

PRINTERS: dict[str, Printer] = {
    "text": text.render,
    "json": json_report.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
