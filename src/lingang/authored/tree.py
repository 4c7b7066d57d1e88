"""The files of a dataset root: which there may be, read strictly and checked for their shape."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Container, Iterator
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import lingang.limits as limits
from lingang.about import WANTED
from lingang.authored.half_width import first_suspect
from lingang.authored.loader import load, place_at
from lingang.authored.nodes import Mapping, Node, Scalar, plain
from lingang.authored.reading import read_at_most
from lingang.authored.shape_check import check_shape
from lingang.problems import CannotRun, Place, Problem
from lingang.text.characters import CARRIAGE_RETURN, LINE_ENDS, MERGE, MERGE_ENDS, SLUG, merge_mark
from lingang.text.page import Page, PageError

__all__ = [
    "ABOUT",
    "ACCEPT",
    "LEXICON",
    "REGISTRIES",
    "SUGGESTIONS",
    "Authored",
    "article_files",
    "facts",
    "parse",
    "read_files",
    "read_shaped",
    "wanted_facts",
]

REGISTRIES = ("people", "organizations", "places", "campaigns")
LEXICON = "dataset/lexicon.yaml"
_SINGLE = ("about", "sources", *REGISTRIES, "verification")
_FOLDERS = {"articles": "article", "labels": "labels"}
SUGGESTIONS = "dataset/suggestions"
"""What ``lingang draft`` proposes; no build and no check reads it."""
_SUMS = "raw/SHA256SUMS"
ABOUT = "dataset/about.yaml"
"""The facts of the dataset; no row is made of it."""
_LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
ACCEPT = "accept"
"""The key of a registry that is no entry."""
_EMPTY = Mapping((), Place("dataset"))


@dataclass(slots=True)
class Authored:
    """The parsed files of a root: each as a checked tree, and the pages they are about.

    ``broken`` holds the files that could not be used; their problems are in ``problems``. A registry that is not
    there is empty.
    """

    sources: Mapping | None = None
    registries: dict[str, Mapping] = field(default_factory=lambda: dict.fromkeys(REGISTRIES, _EMPTY))
    articles: dict[str, Mapping] = field(default_factory=dict)
    labels: dict[str, Mapping] = field(default_factory=dict)
    verification: Mapping | None = None
    about: Mapping | None = None
    pages: dict[str, Page] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_files(root: Path) -> dict[str, bytes]:
    """Every file below ``dataset/`` and ``raw/`` of a root, by its path with forward slashes; documents, hidden files
    and folders, and suggestions aside.

    Of a file that is larger than it may be one byte more is read than it may have. Raises ``CannotRun`` where there is
    no such root, a file cannot be read, or there are too many.
    """
    if not (root / "dataset").is_dir():
        raise CannotRun(f"{root} is no dataset root: it has no folder dataset/")
    out: dict[str, bytes] = {}
    left = limits.ROOT_BYTES
    for path in sorted(path for folder in ("dataset", "raw") for path in _below(root / folder)):
        parts = path.relative_to(root).parts
        name = "/".join(parts)
        if (
            path.suffix != ".md"
            and not any(part.startswith(".") for part in parts)
            and not name.startswith(f"{SUGGESTIONS}/")
        ):
            most = limits.PAGE_BYTES if parts[0] == "raw" else limits.YAML_BYTES
            out[name] = read_at_most(path, most)
            left -= len(out[name])
            if len(out) > limits.ROOT_FILES or left < 0:
                raise CannotRun(
                    f"{root} is too large: a root has at most {limits.ROOT_FILES} files and {limits.ROOT_BYTES} bytes; "
                    "give the pages to several roots"
                )
    return out


def article_files(files: AbstractMapping[str, bytes]) -> list[str]:
    """The names of those files of a root that hold an item each."""
    return [name for name in files if name.startswith("dataset/articles/")]


def _below(folder: Path) -> Iterator[Path]:
    """What is below a folder and no folder itself, links that lead nowhere among them; raises ``CannotRun`` for one
    that cannot be looked into, and for a link to one."""

    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # a root may be without pages
            raise CannotRun(f"{error.filename} cannot be read: {error.strerror}") from error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        link = next((path for name in folders if (path := Path(parent, name)).is_symlink()), None)
        if link is not None:
            raise CannotRun(f"{link} is a link to a folder, which is not followed; put the folder itself there")
        yield from (Path(parent, name) for name in names)


@lru_cache(maxsize=4096)
def read_shaped(file: str, data: bytes, shape: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """One file as a checked tree, or its problems; cached, because a contributor's runs change one file at a time."""
    node: Node | None
    node, problems = load(data, file)
    if node is None:
        return None, tuple(problems)
    if not isinstance(node, Mapping):
        return None, (_no_mapping(node, data.decode()),)
    problems = _check(node, shape)
    return (None if problems else node), tuple(problems)


def _no_mapping(node: Node, text: str) -> Problem:
    """The problem of a file that is a list or one value; the latter is what full-width colons make of keys."""
    message = "a file of the dataset is a mapping at the top"
    slip = first_suspect(text) if isinstance(node, Scalar) else None
    if slip is None:
        return Problem("YML012", message, node.place, "key: value", "a list or one value")
    place = place_at(text, slip.index, node.place.file)
    return Problem("YML012", f"{message}, and this one has {slip.message}", place, slip.expected, slip.found, slip.hint)


def _check(node: Mapping, shape: str) -> list[Problem]:
    """The faults of a file; of a registry the reserved key apart from the entries."""
    if shape not in REGISTRIES or ACCEPT not in node:
        return check_shape(node, shape)
    entries = Mapping(tuple(entry for entry in node.entries if entry[0].raw != ACCEPT), node.place)
    accepted = Mapping(tuple(entry for entry in node.entries if entry[0].raw == ACCEPT), node.place)
    return [*check_shape(entries, shape), *check_shape(accepted, "accepted")]


def _shape_of(file: str) -> str | None:
    """The shape that a file of ``dataset/`` has by its name; ``None`` for one that has no place there."""
    path = PurePosixPath(file)
    if path.suffix != ".yaml":
        return None
    folder = path.parent.as_posix()
    if folder == "dataset":
        return path.stem if path.stem in _SINGLE else None
    shape = _FOLDERS.get(path.parent.name) if path.parent.parent.as_posix() == "dataset" else None
    pattern = SLUG if shape == "article" else _LANGUAGE
    return shape if shape and re.fullmatch(pattern.strip("^$"), path.stem) else None


def _misplaced(file: str, files: AbstractMapping[str, bytes]) -> Problem:
    twin = f"{PurePosixPath(file).with_suffix('.yaml')}"
    also = f"; {twin} is there too" if twin in files and twin != file else ""
    expected = f"{', '.join(f'{name}.yaml' for name in (*_SINGLE, 'lexicon'))}, articles/<article-id>.yaml, "
    expected += "or labels/<language>.yaml"
    return Problem("YML014", f"a file that has no place here{also}", Place(file), expected, file)


def parse(files: AbstractMapping[str, bytes]) -> Authored:
    """All files of a root as checked trees; one broken file hides no problem of another."""
    out = Authored(files=frozenset(files))
    for file in sorted(files):
        if file.startswith("raw/") or file == LEXICON:
            continue
        shape = _shape_of(file)
        if shape is None:
            out.problems.append(_misplaced(file, files))
            continue
        node, problems = read_shaped(file, files[file], shape)
        out.problems.extend(problems)
        if node is None:
            out.broken.add(file)
        else:
            _take(out, shape, PurePosixPath(file).stem, node)
    _ask_for_files(out, files)
    if out.sources is not None:
        _read_pages(out, files)
    return out


def _take(out: Authored, shape: str, stem: str, node: Mapping) -> None:
    match shape:
        case "article":
            out.articles[stem] = node
        case "labels":
            out.labels[stem] = node
        case "sources":
            out.sources = node
        case "verification":
            out.verification = node
        case "about":
            out.about = node
        case _:
            out.registries[shape] = node


def _ask_for_files(out: Authored, files: AbstractMapping[str, bytes]) -> None:
    """A root has at least its sources and one article."""
    if "dataset/sources.yaml" not in files:
        file = "dataset/sources.yaml"
        twin = "dataset/page.yaml"
        found = f"{twin}, its old name" if twin in files else "no such file"
        out.problems.append(Problem("YML013", f"{file} is missing", Place(file), file, found))
        out.broken.add(file)
    if not article_files(files):
        place, expected = Place("dataset/articles"), "articles/<article-id>.yaml"
        out.problems.append(Problem("YML013", "there is no article file", place, expected, "none"))


def facts(root: Path) -> dict[str, Any]:
    """What ``dataset/about.yaml`` of a root says; empty where it is not there, or faulty, which ``parse`` reports."""
    path = root / ABOUT
    node = read_shaped(ABOUT, read_at_most(path, limits.YAML_BYTES), "about")[0] if path.is_file() else None
    said = {} if node is None else {key: plain(value) for key, value in node.items()}
    return {key: value.strip() if isinstance(value, str) else value for key, value in said.items()}


def wanted_facts(root: Path) -> list[Problem]:
    """What a release wants to be told and ``dataset/about.yaml`` does not say: YML013 or YML011."""
    told = facts(root)
    lacking = [key for key in WANTED if key not in told]
    path = root / ABOUT
    keys = f"a release wants {', '.join(WANTED)}"
    if not path.is_file():
        hint = "write the file: what the dataset is, by whom and under which rights"
        return [Problem("YML013", f"{ABOUT} is missing", Place(ABOUT), keys, "no such file", hint=hint)]
    node, problems = read_shaped(ABOUT, read_at_most(path, limits.YAML_BYTES), "about")
    if node is None:
        return list(problems)
    if not lacking:
        return []
    named = f"key “{lacking[0]}” is" if len(lacking) == 1 else f"{len(lacking)} keys are"
    hint = f"write {', '.join(lacking)}: only what they say is ever stated in the name of the dataset"
    return [Problem("YML011", f"{named} missing here", node.place, keys, ", ".join(told) or "none", hint=hint)]


def _sums(files: AbstractMapping[str, bytes], named: Container[str], problems: list[Problem]) -> dict[str, str]:
    """The pinned sums of raw/, in the form that ``sha256sum`` writes; of the ``named`` pages it is told elsewhere that
    they are missing."""
    sums: dict[str, str] = {}
    if not files.get(_SUMS, b"").strip():
        found = "no sum in it" if _SUMS in files else "no such file"
        hint = "in raw/: sha256sum FILE… > SHA256SUMS"
        problems.append(Problem("TXT001", f"{_SUMS} is missing", Place(_SUMS), "a line for each page", found, hint))
        return sums
    text = files[_SUMS].decode("utf-8", "replace")
    mark = merge_mark(text)
    if mark is not None:
        problems.append(_unmerged(text, mark, _SUMS))
        return sums
    for number, line in enumerate(text.splitlines(), start=1):
        match = re.fullmatch(r"([0-9a-f]{64}) [ *](?:\./)?(\S.*)", line)
        if match is None or match[2] in sums:
            found = "the file again" if match else line[:80]
            problems.append(
                Problem(
                    "TXT001",
                    "not a line of sha256sum, or a second one",
                    Place(_SUMS, number, 1),
                    "<sum>  <file>",
                    found,
                )
            )
            continue
        sums[match[2]] = match[1]
        page = f"raw/{match[2]}"
        if page not in files and match[2] not in named:
            problems.append(Problem("TXT001", f"{page} is missing", Place(_SUMS, number, 1), page, "no such file"))
    return sums


def _read_pages(out: Authored, files: AbstractMapping[str, bytes]) -> None:
    assert out.sources is not None
    named = [(key, name) for key, node in out.sources.items() if (name := _file_of(node)) is not None]
    sums = _sums(files, {name.text for _, name in named}, out.problems)
    pages = {file[4:] for file in files if file.startswith("raw/") and file != _SUMS}
    unnamed = sorted(pages - {name.text for _, name in named})
    used: set[str] = set()
    for key, name in named:
        data = files.get(f"raw/{name.text}")
        found = "named twice" if name.text in used else "no such file" if data is None else "no sum for it"
        if name.text in used or data is None or (sums and name.text not in sums):
            close = f", such as {', '.join(f'raw/{page}' for page in unnamed)}" if data is None and unnamed else ""
            expected = f"a file of raw/ with its sum in raw/SHA256SUMS, named by one source{close}"
            out.problems.append(Problem("TXT001", f"raw/{name.text} cannot be used", name.place, expected, found))
        elif sums:
            _read_page(out, key, name.text, data, sums[name.text])
        used.add(name.text)
    # where a source names a page that is not there, one that no source names is no other fault
    for page in unnamed if used <= pages else ():
        expected = f"a source in dataset/sources.yaml with the file {page}, or raw/ without it"
        place = Place(f"raw/{page}" if named else "dataset/sources.yaml")
        out.problems.append(Problem("TXT007", "a page that no source names", place, expected, f"raw/{page}"))


def _file_of(node: Node) -> Scalar | None:
    """The file that an entry of ``sources.yaml`` names."""
    return node.scalar("file") if isinstance(node, Mapping) else None


def _unmerged(text: str, mark: re.Match[str], file: str) -> Problem:
    place = place_at(text, mark.start(), file)
    return Problem("TXT001", f"the file holds {MERGE}", place, "one version of each line", mark.group(), MERGE_ENDS)


def _read_page(out: Authored, source: str, name: str, data: bytes, pinned: str) -> None:
    place = Place(f"raw/{name}")
    if len(data) > limits.PAGE_BYTES:
        expected, found = f"at most {limits.PAGE_BYTES} bytes", f"more than {limits.PAGE_BYTES}"
        out.problems.append(Problem("TXT002", "the page is too large", place, expected, found))
        return
    try:
        out.pages[source] = Page.from_bytes(source, name, data)
    except PageError as error:
        place = Place(f"raw/{name}", error.line, 1 if error.line else None)
        hint = LINE_ENDS if error.found == CARRIAGE_RETURN else ""
        out.problems.append(Problem(error.rule, error.message, place, error.expected, error.found, hint))
        return  # whether it is another page too is no question for as long
    actual = hashlib.sha256(data).hexdigest()
    mark = merge_mark(out.pages[source].text) if actual != pinned else None
    if mark is not None:
        out.problems.append(_unmerged(out.pages.pop(source).text, mark, place.file))
    elif actual != pinned:
        out.problems.append(Problem("TXT001", "the page is not the one that was pinned", place, pinned, actual))
