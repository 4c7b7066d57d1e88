"""A corpus as Parquet: staged, checked, renamed into place; rows keep their order."""

from __future__ import annotations

from pathlib import Path

from lingang.corpus.check import opened, run_rules
from lingang.corpus.corpus import Corpus
from lingang.corpus.options import Options
from lingang.files.contents import table_schemas
from lingang.files.owned import check_apart, check_made, resolved
from lingang.files.store import filling, output, write_files, writing
from lingang.files.sums import SUMS, folder_sums
from lingang.problems import CannotRun, Report
from lingang.progress import Progress

__all__ = ["build_corpus"]


def _write(corpus: Corpus, folder: Path) -> None:
    """The tables as Parquet, the schemas, the sums."""
    write_files({f"schema/{name}": data for name, data in table_schemas().items()}, folder)
    corpus.write(folder)
    (folder / SUMS).write_bytes(folder_sums(folder))


def _in_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def build_corpus(
    folder: Path, out: Path, options: Options, *, strict: bool = False
) -> tuple[Report, list[tuple[str, int]]]:
    """Validate the tables in a folder and publish them into ``out``; with any error nothing is written.

    Returns the report, and ``(table, rows)`` of what was published.
    """
    check_apart(out, [folder])
    for path in (folder, out):
        if not _in_utf8(resolved(path)):
            raise CannotRun(f"{path} cannot be used: its name is no UTF-8, which the engines need; rename it")
    report, tell = Report(keep=options.keep), Progress()
    with output(out, check_made) as made, filling(out):
        try:
            with opened(folder, made.work, options, report, tell) as corpus:
                run_rules(corpus, options.chosen, tell)
                report = report.strict() if strict else report
                if report.errors:
                    return report, []
                tell.tell("publishing", 1.0)
                with writing(out):
                    _write(corpus, made.folder)
                rows = corpus.rows()
            with writing(out):
                made.finish()
        finally:
            tell.close()
    return report, rows
