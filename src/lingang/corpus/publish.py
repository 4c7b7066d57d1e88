"""A corpus as Parquet: staged, checked, renamed into place; rows keep their order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lingang.about import ABOUT, read_facts
from lingang.corpus.check import begun_corpus, opened, run_rules
from lingang.corpus.corpus import Corpus
from lingang.corpus.options import Options
from lingang.corpus.work import temporary
from lingang.problems import Report
from lingang.progress import Progress
from lingang.store import SUMS, check_target, json_text, swap, table_schemas

__all__ = ["build_corpus"]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(corpus: Corpus, folder: Path, facts: Mapping[str, Any]) -> None:
    """The tables as Parquet, the schemas, the facts that lie beside the tables, the sums."""
    (folder / "schema").mkdir(parents=True)
    for name, data in table_schemas(facts.get("base")).items():
        (folder / "schema" / name).write_bytes(data)
    corpus.write(folder)
    if facts:
        (folder / ABOUT).write_bytes(json_text(facts))
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    (folder / SUMS).write_text("".join(f"{_digest(folder / name)}  {name}\n" for name in names), encoding="ascii")


def build_corpus(
    folder: Path, out: Path, options: Options, *, strict: bool = False
) -> tuple[Report, list[tuple[str, int]]]:
    """Validate the tables in a folder and publish them into ``out``; with any error, or a rule that could not be run,
    nothing is written.

    Returns the report, and ``(table, rows)`` of what was published.
    """
    check_target(out, folder)
    report, tell = begun_corpus(folder, options), Progress()
    out.parent.mkdir(parents=True, exist_ok=True)
    with temporary(out.parent.resolve()) as work:
        try:
            with opened(folder, work, options, report, tell) as corpus:
                run_rules(corpus, tell)
                report = report.strict() if strict else report
                if report.failed:
                    return report, []
                tell.tell("publishing", 1.0)
                _write(corpus, work / "out", read_facts(folder))
                rows = corpus.rows()
            swap(work / "out", out)
        finally:
            tell.close()
    return report, rows
