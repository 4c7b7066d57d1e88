"""A root checked with what earlier runs found: where no file of it changed, the report that it had."""

from __future__ import annotations

import json
from pathlib import Path

from lingang.authored.tree import article_files, read_files
from lingang.check.kept import as_json, from_json, of_files, toolkit
from lingang.files.cache import Cache, key_of
from lingang.problems import Report
from lingang.rules.catalogue import catalogue
from lingang.rules.scope import Chosen

__all__ = ["check_again"]


def check_again(root: Path, chosen: Chosen, keep: int, cache: Cache) -> Report:
    """The report on an authored root; raises ``CannotRun`` where there is none."""
    files = read_files(root)
    key = None
    if len(article_files(files)) >= cache.least:
        asked = json.dumps([sorted(filter(chosen, catalogue())), keep])
        key = key_of(["report", toolkit(), asked, of_files(files)])
        kept = from_json(cache.get(key))
        if kept is not None:
            return kept
    from lingang.check.root import checked_in_sight  # half of the time of a report that is kept would be importing

    report = checked_in_sight(files, chosen, keep, cache if key is not None else None).report
    if key is not None:
        cache.put(key, as_json(report))
        cache.close()
    return report
