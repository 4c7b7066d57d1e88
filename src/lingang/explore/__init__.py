"""The explorer: a dataset as one HTML file that opens from disk, the page beside its records.

Everything that is hard is done here, when the file is made: the page is cut into runs (``runs``), each of which lists
the claims that rest on it; the records become cards (``cards``). The file reads, prints and can be searched without
JavaScript, loads nothing, and its content security policy allows nothing but its own style and script.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lingang.about import INSTALLED
from lingang.files.owned import check_apart, resolved
from lingang.files.store import add_files, writing
from lingang.problems import CannotRun, Refused

if TYPE_CHECKING:
    from lingang.dataset.loading import Loaded

__all__ = ["write"]


def write(data: Loaded, path: Path, lang: str) -> Path:
    """See ``Dataset.explore``."""
    from lingang.explore.html import html

    check_apart(path, [INSTALLED, *([data._origin] if data._origin is not None else [])])
    if path.is_dir():
        raise CannotRun(f"{path} is a folder; name the file to write")
    made = html(_checked(data)._rows(), data._facts, lang)
    place = resolved(path)
    with writing(path):
        if path.exists() and not path.is_file():  # a pipe, /dev/stdout: nothing is lost
            path.write_bytes(made)
        else:
            add_files({place.name: made}, place.parent, path)
    return path


def _checked(data: Loaded) -> Loaded:
    """The dataset, once nothing in it is an error: what is shown is proven. A root was checked when it was opened."""
    if data._origin is not None and not (data._origin / "dataset").is_dir():
        from lingang.check.subject import check_path

        report = check_path(data._origin)
        if report.errors:
            raise Refused(data._origin, report)
    return data
