"""A corpus as Parquet: staged, checked, renamed into place; rows keep their order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lingang.about import ABOUT, read_facts
from lingang.check.corpus import begun_corpus, opened, run_rules
from lingang.corpus.corpus import Corpus
from lingang.corpus.options import Options
from lingang.files.contents import LEXICON, json_text, table_schemas
from lingang.files.owned import check_apart, check_made, resolved
from lingang.files.store import filling, output, write_files, writing
from lingang.files.sums import SUMS, folder_sums
from lingang.lexicon import from_json
from lingang.problems import CannotRun, Report
from lingang.progress import Progress

__all__ = ["build_corpus"]


def _write(corpus: Corpus, folder: Path, facts: Mapping[str, Any]) -> None:
    """The tables as Parquet, the schemas, the facts that lie beside the tables, the sums."""
    own = corpus.lexicon.encode() if corpus.lexicon is not None else None
    lexicon = from_json(own, LEXICON)[0] if own is not None else None
    files = {f"schema/{name}": data for name, data in table_schemas(facts.get("base"), lexicon).items()}
    files |= {ABOUT: json_text(facts)} if facts else {}
    files |= {LEXICON: own} if own is not None else {}
    write_files(files, folder)
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
    """Validate the tables in a folder and publish them into ``out``; with any error, or a rule that could not be run,
    nothing is written.

    Returns the report, and ``(table, rows)`` of what was published.
    """
    check_apart(out, [folder])
    for path in (folder, out):
        if not _in_utf8(resolved(path)):
            raise CannotRun(f"{path} cannot be used: its name is not UTF-8, which the engines need; rename it")
    report, tell = begun_corpus(folder, options), Progress()
    with output(out, check_made) as made, filling(out):
        try:
            with opened(folder, made.work, options, report, tell) as corpus:
                run_rules(corpus, tell)
                report = report.strict() if strict else report
                if report.failed:
                    return report, []
                tell.tell("publishing", 1.0)
                with writing(out):
                    _write(corpus, made.folder, read_facts(folder))
                rows = corpus.rows()
            with writing(out):
                made.finish()
        finally:
            tell.close()
    return report, rows
