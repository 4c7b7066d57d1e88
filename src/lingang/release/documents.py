"""The documents of a root that a release carries."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote

__all__ = ["OWN_README", "README", "documents", "own_readme", "without_dead_links"]

README = "README.md"
OWN_README = (
    "*What follows is the README of the root that this release was made from. What it links to and the release does "
    "not hold stands without a link.*"
)
"""The line of a release's README after which that of the root begins."""

_NAMED = ("CHANGELOG", "DATASHEET", "ETHICS", "README", "RIGHTS")
_ENDINGS = ("", ".md", ".rst", ".txt")
_GUIDE = re.compile(r"(?:docs|dataset)/((?:CODEBOOK|CASES)\.md)")
"""Documents that lie elsewhere in the root than in a release."""

_TARGET = r"\(\s*<?({}[^()\s<>]*)>?(?:\s+[\"'(][^)]*)?\s*\)"
_PIECE = re.compile(
    r"^(?P<fence>```+|~~~+).*?^(?P=fence)[`~]*$"  # code: left alone
    r"|(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`)"
    r"|!\[(?P<alt>[^\]]*)\]"
    + _TARGET.format("?P<picture>")
    + r"|\[(?P<shown>(?:[^\[\]]|!?\[[^\]]*\](?:\([^)]*\))?)*)\]"
    + _TARGET.format("?P<link>")
    + r"|^ {0,3}\[[^\]\n]+\]:[ \t]*<?(?P<defined>[^\s>]+)>?[^\n]*\n?"
    r"|<(?:img|a)\b[^>]*?\b(?:src|href)\s*=\s*[\"'](?P<tag>[^\"']*)[\"'][^>]*>",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)


def documents(root: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each document beside ``dataset/``, licences, the rules of versions and of removals too;
    ``README.md`` is left out (see ``own_readme``)."""
    named = [root / f"{name}{ending}" for name in _NAMED for ending in _ENDINGS]
    for path in [*named, *sorted(root.glob("LICENSE*")), root / "docs" / "VERSIONS.md", root / "docs" / "REMOVAL.md"]:
        if path.is_file() and path.name != README:
            yield path.relative_to(root).as_posix(), path.read_bytes()


def own_readme(root: Path, names: Collection[str]) -> bytes:
    """The README of the root, to stand at the end of that of its release, whose files are ``names``; empty where it has
    none."""
    path = root / README
    if not path.is_file():
        return b""
    try:
        text = without_dead_links(path.read_bytes().decode("utf-8"), names).encode()
    except UnicodeDecodeError:  # whatever it is, its bytes are carried
        text = path.read_bytes()
    return f"\n---\n\n{OWN_README}\n\n".encode() + text


def without_dead_links(text: str, names: Collection[str]) -> str:
    """A Markdown text whose links to files that are not among ``names`` are their texts; code is left alone."""

    def kept(match: re.Match[str]) -> str:
        inner = match["alt"] if match["shown"] is None else _PIECE.sub(kept, match["shown"])
        target = next((match[name] for name in ("picture", "link", "defined", "tag") if match[name]), "")
        path, hash_, anchor = target.partition("#")
        guide = _GUIDE.fullmatch(posixpath.normpath(path))
        if guide is not None and guide[1] in names and match["link"]:
            return f"[{inner}]({guide[1]}{hash_}{anchor})"
        if _dead(target, names):
            return inner or ""
        return match[0] if match["shown"] is None else match[0].replace(match["shown"], inner, 1)

    return _PIECE.sub(kept, text)


def _dead(target: str, names: Collection[str]) -> bool:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\Z", target):
        return False
    path = posixpath.normpath(unquote(target.partition("#")[0].partition("?")[0]))
    return path not in names and not any(name.startswith(f"{path}/") for name in names)
