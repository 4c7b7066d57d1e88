"""The removal of a person's name from a root: from its pages, texts, quotes, ids and readings, all or nothing.

A mask has as many code points as the name, so that every position holds; ``docs/REMOVAL.md`` says what else to do.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lingang.authored.tree import SUGGESTIONS, Authored, parse, read_files
from lingang.check.root import Checked, check_files
from lingang.compile.dataset import Compiled, compile_dataset
from lingang.files.store import workplace, write_files, writing
from lingang.files.sums import SUMS, sums
from lingang.lexicon.roots import lexicon_of
from lingang.problems import CannotRun, Report
from lingang.roots.removal.authored import contexts_masked, file_masked, rebound, tree_of
from lingang.roots.removal.left import copies, given_names, records, still_named
from lingang.roots.removal.pages import Inside, Named, occurrences
from lingang.roots.removal.person import Person, person_of
from lingang.roots.removal.words import Words
from lingang.tables.content import READ
from lingang.text.page import squeeze

__all__ = ["NotValid", "Removed", "remove"]

_SUMS = "raw/SHA256SUMS"
_READINGS = "dataset/verification.yaml"


class NotValid(Exception):
    """The root has errors, or would have some without the name; ``report`` holds them. Nothing was changed."""

    def __init__(self, said: str, report: Report) -> None:
        super().__init__(said)
        self.report = report


@dataclass(frozen=True, slots=True)
class Removed:
    """What was done, and what is left.

    ``pages``: how many names are masked in each file of ``raw/``. ``files``: what was written. ``kept``: places where a
    form stands for somebody or something else. ``named``: places that still name the person. ``hints``: what else the
    page prints of the name. ``records``: what the dataset still says of the person. ``copies``: what was made of the
    dataset before. ``advice``: rules that find more than before.
    """

    new_id: str
    pages: Mapping[str, int]
    files: tuple[str, ...]
    kept: tuple[str, ...]
    named: tuple[str, ...]
    hints: tuple[str, ...]
    records: tuple[str, ...]
    copies: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Root:
    """A root as it was read: its files, trees, rows."""

    files: Mapping[str, bytes]
    authored: Authored
    compiled: Compiled
    report: Report


def remove(root: Path, person: str, inside: Inside | None = None) -> Removed:
    """Mask the name of a person, told by id or printed form, in every file of ``dataset/`` and ``raw/``.

    ``inside`` says what is done where the name stands in that of a body, a place, a campaign, or where an author says
    that it is none. The new files are written beside, checked, and moved into place in one step, under a lock.
    Raises ``CannotRun`` where nobody, or more than one, has the name, or the decision is wanted, and ``NotValid`` where
    the root has errors before or after.
    """
    if not (root / "dataset").is_dir():
        raise CannotRun(f"{root} is no dataset root: it has no folder dataset/")
    with workplace(root, "remove", root) as place:
        before = _read(root)
        texts = {name: data.decode("utf-8", "replace") for name, data in before.files.items()}
        who = person_of(before.authored, person, texts.values())
        named = Named([*occurrences(before.compiled, before.authored.pages, who)], inside)
        files, checked = _without(before, texts, who, named)
        changed = {name: data for name, data in files.items() if before.files.get(name) != data}
        with writing(root):
            write_files(changed, place.new)
            if _all_files(root) != before.files:
                raise CannotRun(f"{root} was changed meanwhile; nothing was written: run it again")
            place.replace(sorted({*changed, *(before.files.keys() - files.keys())}))
    return _told(root, before, who, named, files, checked, tuple(sorted(changed)))


def _all_files(root: Path) -> dict[str, bytes]:
    """What a build reads, and what stands beside it in ``dataset/``: documents, suggestions."""
    beside = (path for path in (root / "dataset").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in beside} | read_files(root)


def _read(root: Path) -> _Root:
    files = _all_files(root)
    read = _read_by_a_build(files)
    checked = check_files(read)
    if checked.tables is None:
        raise NotValid(f"{root} has errors; mend them first", checked.report)
    return _Root(files, *_compiled(read), checked.report)


def _read_by_a_build(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """As ``read_files`` chooses them."""
    return {
        name: data
        for name, data in files.items()
        if not name.endswith(".md")
        and not name.startswith(f"{SUGGESTIONS}/")
        and not any(part.startswith(".") for part in name.split("/"))
    }


def _compiled(files: Mapping[str, bytes]) -> tuple[Authored, Compiled]:
    authored = parse(files)
    lexicon = lexicon_of(files, authored).compiling
    assert lexicon is not None, "a root without errors has one"
    return authored, compile_dataset(authored, lexicon)


def _without(before: _Root, texts: Mapping[str, str], who: Person, named: Named) -> tuple[dict[str, bytes], Checked]:
    """Every file without the person, and the check of them; raises ``NotValid`` where that finds errors."""
    words = Words(who)
    pages = {f"raw/{file}": text.encode() for file, text in named.pages(who.marks).items()}
    files = {name: data for name, data in before.files.items() if name.startswith("raw/")} | pages
    files[_SUMS] = _pinned(before.files[_SUMS], pages)
    for name, text in texts.items():
        if name.startswith("dataset/") and _is_text(before.files[name]):
            masked = file_masked(name, text, tree_of(before.authored, name), words, named)
            files[words.without_id(name)] = masked.encode()
        elif name.startswith("dataset/"):
            files[name] = before.files[name]
    _sum_suggestions(files)
    _mend_contexts(before, files, words)
    _rebind(before, files, words, named.longer)
    checked = check_files(_read_by_a_build(files))
    if checked.tables is None:
        raise NotValid("without the name the dataset would have errors; nothing was changed", checked.report)
    return files, checked


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _pinned(sums: bytes, pages: Mapping[str, bytes]) -> bytes:
    """The pins of raw/, anew for the pages that change; other lines stay as they are."""
    text = sums.decode("utf-8")
    for name, data in pages.items():
        line = re.compile(rf"^[0-9a-f]{{64}}(?= [ *]{re.escape(name.removeprefix('raw/'))}$)", re.M)
        text = line.sub(hashlib.sha256(data).hexdigest(), text)
    return text.encode()


def _sum_suggestions(files: dict[str, bytes]) -> None:
    """The manifest of what a draft wrote, anew: the next draft writes over nothing that it did not write."""
    own = {name.removeprefix(f"{SUGGESTIONS}/"): data for name, data in files.items() if name.startswith(SUGGESTIONS)}
    if SUMS in own:
        files[f"{SUGGESTIONS}/{SUMS}"] = sums(own)


def _mend_contexts(before: _Root, files: dict[str, bytes], words: Words) -> None:
    """Quotes that hold a part of the name alone: before:, after:, from:, to:."""
    authored = parse(_read_by_a_build(files))
    for article_id, item in before.compiled.items.items():
        now = words.without_id(article_id)
        page = authored.pages.get(item.page.source_id) or authored.pages.get(words.without_id(item.page.source_id))
        if now in authored.articles and page is not None:
            file = f"dataset/articles/{now}.yaml"
            old, new = squeeze(item.page.text), squeeze(page.text)
            was = before.authored.articles[article_id]
            files[file] = contexts_masked(files[file].decode(), was, authored.articles[now], old, new).encode()


def _rebind(before: _Root, files: dict[str, bytes], words: Words, longer: frozenset[str]) -> None:
    """The readings, bound to the records as they are now."""
    tree = before.authored.verification
    if tree is None:
        return
    after = _compiled(_read_by_a_build(files))[1]
    if any(len(before.compiled.rows[name]) != len(after.rows[name]) for name in READ):
        return  # the check tells why
    text = rebound(before.files[_READINGS].decode(), tree, before.compiled, after)
    files[_READINGS] = words.masked(text, words.person.shared | longer).encode()


def _told(
    root: Path,
    before: _Root,
    who: Person,
    named: Named,
    files: Mapping[str, bytes],
    checked: Checked,
    changed: tuple[str, ...],
) -> Removed:
    assert checked.tables is not None, "it was checked"
    given = next(row.values["given_name"] for row in before.compiled.rows["people"] if row.id == who.id)
    more = Counter(found.rule for found in checked.report) - Counter(found.rule for found in before.report)
    pages = parse(_read_by_a_build(files)).pages.values()
    others = {(one.page.file, offset) for one in named.kept for offset in one.offsets}
    return Removed(
        new_id=who.new_id,
        pages=Counter(one.page.file for one in named.masked),
        files=changed,
        kept=tuple(map(str, named.kept)),
        named=tuple(still_named(root, Words(who), files)),
        hints=tuple(given_names(pages, str(given) if given else None, others)),
        records=tuple(records(checked.tables, who.new_id)),
        copies=tuple(copies(root)),
        advice=tuple(f"{rule}: {count} more" for rule, count in sorted(more.items())),
    )
