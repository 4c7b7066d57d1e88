"""Check, then store: the main job."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lingang.arrow_tables import Tables
from lingang.authored.tree import facts
from lingang.check import Checked, check_root
from lingang.models import TABLES
from lingang.problems import Report
from lingang.rules.scope import Chosen, every_rule
from lingang.store import authored_schemas, check_target, contents, differences, place, table_schemas

__all__ = ["Published", "build", "counts", "shares"]


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did: the report, and the tables where there was no error; what ``about.yaml`` says.

    ``stale`` names the committed files that a fresh build would change (``check`` alone).
    """

    report: Report
    tables: Tables | None
    stale: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


def build(
    root: Path,
    out: Path | None = None,
    *,
    check: bool = False,
    strict: bool = False,
    chosen: Chosen = every_rule,
) -> Published:
    """Validate an authored root and publish its tables into ``out`` (``src/lingang/data`` of the root by default).

    A root that has a folder ``schema/`` gets its generated schemas there too. With ``check`` nothing is
    written: what a build would change is named. With any error nothing is written either.
    """
    target = out if out is not None else root / "src" / "lingang" / "data"
    check_target(target, root)
    checked: Checked = check_root(root, chosen)
    report = checked.report.strict() if strict else checked.report
    if checked.tables is None or report.failed:
        return Published(report, None)
    codebook = root / "dataset" / "CODEBOOK.md"
    about = facts(root)
    base = about.get("base")
    files = contents(checked.tables, codebook.read_bytes() if codebook.is_file() else None, about)
    schemas = {**table_schemas(base), **authored_schemas(base)} if (root / "schema").is_dir() else None
    if check:
        stale = [f"{target.name}/{name}" for name in differences(target, files)]
        if schemas is not None:
            stale += [f"schema/{name}" for name in differences(root / "schema", schemas)]
        return Published(report, checked.tables, tuple(stale), about)
    place(files, target)
    if schemas is not None and differences(root / "schema", schemas):
        place(schemas, root / "schema")
    return Published(report, checked.tables, facts=about)


def counts(tables: Tables) -> list[tuple[str, int]]:
    """``(table, rows)`` in the order of the models."""
    return [(table.name, tables.arrow[table.name].num_rows) for table in TABLES]


def shares(tables: Tables) -> list[tuple[str, int, float]]:
    """``(basis, evidence rows, share)`` of each basis, most rows first."""
    found: dict[str, int] = {}
    for basis in tables.arrow["evidence"].column("basis").to_pylist():
        found[basis] = found.get(basis, 0) + 1
    total = sum(found.values()) or 1
    return [(basis, count, count / total) for basis, count in sorted(found.items(), key=lambda item: -item[1])]
