"""``dataset/suggestions/`` of a root: written anew, whole or not at all, where an earlier run wrote what is there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from lingang.authored.tree import SUGGESTIONS, read_files
from lingang.draft.suggest import suggest
from lingang.draft.suggestion import Suggestion
from lingang.draft.writing import MARK, item_file, yaml_files
from lingang.files.owned import check_marked
from lingang.files.store import output, write_files, writing
from lingang.files.sums import SUMS, sums
from lingang.problems import CannotRun

__all__ = ["draft"]


def draft(root: Path, item: str | None = None) -> tuple[list[Path], list[Suggestion]]:
    """Write the suggestions for a root, or anew for one item of it; returns the files that are there then, and what was
    proposed for them.

    The files of the whole root (names, lines of the page) are written anew with those of an item. Raises ``CannotRun``
    where there is no such root or item, or where the folder holds a file that no draft wrote or that was changed since;
    ``NotReadable`` where a file of the root has to be mended first. Nothing is written then.
    """
    found = suggest(read_files(root))
    folder = root / SUGGESTIONS
    files = yaml_files(found)
    with output(folder, partial(check_marked, mark=MARK)) as made:
        if item is not None:
            _known(root, item, found)
            files = _with_others(folder, item, files)
            found = [one for one in found if one.file == f"articles/{item}.yaml" or "/" not in one.file]
        with writing(folder):
            write_files({**files, SUMS: sums(files)}, made.folder)
            made.finish()
    return [folder / name for name in sorted(files)], found


def _known(root: Path, item: str, found: Iterable[Suggestion]) -> None:
    there = {path.stem for path in (root / "dataset" / "articles").glob("*.yaml")}
    names = sorted(there | {Path(one.file).stem for one in found if "/" in one.file})
    if item not in names:
        raise CannotRun(f"{root} has no item {item}; there are: {', '.join(names) or 'none'}")


def _with_others(folder: Path, item: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The new files of an item and of the whole root, and those of other items as they are."""
    new = {name: data for name, data in files.items() if name == item_file(item) or "/" in name}
    others = (path for path in folder.glob("*.yaml") if path.name != item_file(item))
    return {**{path.name: path.read_bytes() for path in others}, **new}
