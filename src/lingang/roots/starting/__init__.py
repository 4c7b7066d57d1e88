"""A root to start from: a page pinned, the files around it, and one item that validates."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from lingang.editor.files import schema_files
from lingang.files.store import add_files
from lingang.files.sums import SUMS, sums
from lingang.lexicon import newest
from lingang.problems import CannotRun
from lingang.text.characters import SLUG
from lingang.text.page import PageError, decode

__all__ = ["start"]

_KEPT_NAME = re.compile(r"\w[\w. -]*\.txt")
"""Names of pages that can stand in YAML and in a manifest as they are."""
_PAGE, _SOURCE = "page.txt", "my-page"


def start(folder: Path, page: Path | None = None) -> list[str]:
    """Write a root into a folder; the paths of its new files.

    The page is the file ``page``, as it is, whose first line is taken for a headline and the rest for the body; by
    default an invented one, annotated. Raises ``CannotRun``, and writes nothing, where the page cannot be used, and
    where a file is there already that would be written over or read together with these.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise CannotRun(f"{folder} is no folder; name a new or an empty one")
    made = _of_example(folder) if page is None else _of_page(folder, page)
    made |= {f"schema/{name}": data for name, data in schema_files().items()}
    own = {name for name in made if page is not None and name.startswith("raw/") and _is_same(folder / name, page)}
    there = sorted(_in_the_way(folder, made) - own)
    if there:
        raise CannotRun(
            f"{folder} holds {', '.join(there)} already; nothing was written. Choose a new folder, or move that away"
        )
    new = {name: data for name, data in sorted(made.items()) if name not in own}
    add_files(new, folder, folder)
    return list(new)


def _in_the_way(folder: Path, made: Mapping[str, bytes]) -> set[str]:
    """What is there under the names of new files, or lies where a root is read from."""
    there = {name for name in made if os.path.lexists(folder / name)}
    for part in ("dataset", "raw"):
        if os.path.lexists(folder / part) and not (folder / part).is_dir():
            there.add(part)
        below = (path for path in (folder / part).rglob("*") if not path.is_dir())
        there |= {path.relative_to(folder).as_posix() for path in below if path.suffix != ".md" and path.name[0] != "."}
    return there


def _is_same(path: Path, page: Path) -> bool:
    return path.is_file() and path.samefile(page)


def _name(folder: Path) -> str:
    """What the data are called: the folder's name as far as it can be an id."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    return name if re.match(SLUG, name) else "my-pages"


def _of_example(folder: Path) -> dict[str, bytes]:
    made = _filled(folder, "example", file=_PAGE)
    return made | {f"raw/{SUMS}": sums({_PAGE: made[f"raw/{_PAGE}"]})}


def _of_page(folder: Path, page: Path) -> dict[str, bytes]:
    try:
        data = page.read_bytes()
        text = decode(data)
    except OSError as error:
        raise CannotRun(f"{page} cannot be read: {error.strerror}") from None
    except PageError as error:
        raise CannotRun(f"{page}{_line(error)}: {error.message}; {_mend(error)}") from None
    name = page.name if _KEPT_NAME.fullmatch(page.name) else _PAGE
    made = _filled(folder, "yours", file=name, source=_SOURCE, text=_layout(text))
    return made | {f"raw/{name}": data, f"raw/{SUMS}": sums({name: data})}


def _line(error: PageError) -> str:
    return f":{error.line}" if error.line else ""


def _mend(error: PageError) -> str:
    """The next step for a page that is not as pages are."""
    if "UTF-8 at" in error.message:
        return "save it as UTF-8, or convert it: iconv -f GB18030 -t UTF-8 OLD > NEW"
    if "carriage return" in error.message:
        return "save it with LF line ends, or convert it: tr -d '\\r' < OLD > NEW"
    return f"a page is {error.expected}"


def _layout(text: str) -> str:
    """The lines of the one item: the first with text the headline, the rest one paragraph, which an item needs."""
    first, *rest = (number for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    body = f"[{rest[0]}-{rest[-1]}]" if rest else f"[{first}]"
    told = f"  body: {body:<24} # the first line of each paragraph; the last as a range: [5, 9, 14-20]"
    return f"  headline: {first}\n{told}" if rest else told


def _filled(folder: Path, kind: str, **words: str) -> dict[str, bytes]:
    """The files of the templates by path, with their words filled in."""
    words |= {"name": _name(folder), "lexicon": newest("zh-news").id}
    templates = files("lingang.roots.starting")
    return {
        name: Template(text).substitute(words).encode()
        for part in ("shared", kind)
        for name, text in _templates(templates / part, "")
    }


def _templates(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _templates(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry.read_text(encoding="utf-8")
