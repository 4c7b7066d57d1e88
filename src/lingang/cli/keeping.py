"""Where what was found is kept for the next run: ``--cache DIR`` and ``--no-cache``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lingang.cli.streams import note
from lingang.problems import CannotRun

if TYPE_CHECKING:
    from lingang.files.cache import Cache

__all__ = ["cache_of", "cache_options"]


def cache_options(parser: argparse.ArgumentParser) -> None:
    cached = parser.add_mutually_exclusive_group()
    cached.add_argument(
        "--cache",
        metavar="DIR",
        help="keep there what was found on a root, so that the next run looks again only at pages that changed "
        "(default: the cache folder of the user, for roots of many articles)",
    )
    cached.add_argument("--no-cache", action="store_true", help="keep nothing, and use nothing that was kept")


def cache_of(options: argparse.Namespace) -> Cache | None:
    """The cache that is asked for, or the one of the user; ``None`` where there is none, or the one that is named
    cannot be used, which is told.

    Raises ``CannotRun`` for a folder in which a root has its files.
    """
    import lingang.limits as limits
    from lingang.files.cache import Cache, user_folder
    from lingang.files.owned import check_apart

    if options.no_cache:
        return None
    if options.cache is None:
        folder = user_folder()
        return None if folder is None else Cache(folder, limits.CACHED_FROM)
    folder = Path(options.cache)
    for path in map(Path, getattr(options, "paths", None) or [getattr(options, "root", None) or "."]):
        try:
            check_apart(folder, [path / name for name in ("raw", "dataset") if (path / name).is_dir()])
        except CannotRun as error:
            raise CannotRun(f"--cache: {error}") from error
    cache = Cache(folder)
    if cache.refused:
        note(f"{folder} is not used as a cache: {cache.refused}")
        return None
    return cache
