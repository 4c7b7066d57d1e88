"""Check, then store: the main job."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lingang.limits as limits
from lingang.authored.tree import facts
from lingang.check.root import Checked, check_root
from lingang.files.cache import Cache
from lingang.files.contents import contents, differences
from lingang.files.owned import check_apart, check_made
from lingang.files.store import output, write_files, writing
from lingang.problems import CannotRun, Report
from lingang.rules.scope import Chosen, every_rule
from lingang.tables import TABLES
from lingang.tables.arrow import Tables

__all__ = ["Published", "build", "counts", "guides", "inputs", "shares", "stale", "validated"]


@dataclass(frozen=True, slots=True)
class Published:
    """A report, the tables where there was no error, and what ``about.yaml`` says."""

    report: Report
    tables: Tables | None
    facts: dict[str, Any] = field(default_factory=dict)


def inputs(root: Path) -> list[Path]:
    """The folders of a root that are read: no output lies in them, or holds them.

    Raises ``CannotRun`` where there is no such root.
    """
    if not (root / "dataset").is_dir():
        raise CannotRun(f"{root} is no dataset root: it has no folder dataset/")
    return [root / "raw", root / "dataset"]


def guides(root: Path) -> dict[str, bytes]:
    """What tells how values were decided, where a root has it: the rules of annotation, ``CODEBOOK.md``, and how they
    were applied, ``CASES.md``; each from ``dataset/``, else from ``docs/``."""
    out: dict[str, bytes] = {}
    for name in ("CODEBOOK.md", "CASES.md"):
        for path in (root / "dataset" / name, root / "docs" / name):
            if path.is_file():
                out.setdefault(name, path.read_bytes())
    return out


def validated(
    root: Path, *, strict: bool = False, chosen: Chosen = every_rule, cache: Cache | None = None
) -> Published:
    """The report on an authored root (with ``strict`` its warnings are errors), and its tables."""
    checked: Checked = check_root(root, chosen, limits.KEPT, cache)
    report = checked.report.strict() if strict else checked.report
    return Published(report, None if report.failed else checked.tables, facts(root))


def build(
    root: Path, out: Path, *, strict: bool = False, chosen: Chosen = every_rule, cache: Cache | None = None
) -> Published:
    """Validate an authored root and publish its tables into the folder ``out``; with any error, or a rule that could
    not be run, nothing is written.

    Raises ``CannotRun`` where ``out`` may not be written, or holds what no build wrote.
    """
    check_apart(out, inputs(root))
    with output(out, check_made) as made:
        published = validated(root, strict=strict, chosen=chosen, cache=cache)
        if published.tables is not None:
            files = contents(published.tables, guides(root), published.facts, made.target)
            with writing(out):
                write_files(files, made.folder)
                made.finish()
    return published


def stale(root: Path, tables: Tables, out: Path) -> list[str]:
    """What a build of checked tables into ``out`` would change, by its path; nothing is written."""
    if not out.is_dir():
        return [out.as_posix()]
    found = differences(out, contents(tables, guides(root), facts(root), out))
    return [(out / name).as_posix() for name in found]


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
