"""The damages: one value, one record or one place of a record, in one file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from corruption.known import Known
from corruption.places import RECORDS, Path, Spot, authored, column_of, is_line, optional, read, spots, table_of, write

__all__ = [
    "ALTERED",
    "DROPPED",
    "IDS",
    "MOVED",
    "REPEATED",
    "Change",
    "Damage",
    "altered",
    "damages_of",
    "inside",
    "put",
]

ALTERED = "values and quotes altered"
IDS = "ids altered"
DROPPED = "records dropped whole"
REPEATED = "entries doubled or in another order"
MOVED = "participants and records moved to another event of the item"


@dataclass(frozen=True, slots=True)
class Damage:
    """One change of one file; ``path`` leads to it, ``data`` is the file as it is then.

    ``figure`` is the figure that it counts for; ``column`` the cell it is of, or the table of a whole record.
    """

    figure: str
    file: str
    path: Path
    kind: str
    column: str
    before: str
    after: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a file: the file as it is then (``root``), and what the damage tells of it."""

    figure: str
    path: Path
    kind: str
    column: str
    before: Any
    after: Any
    root: Any


def inside(root: Any, path: Path) -> Any:
    """What stands at a path."""
    for part in path:
        root = root[part]
    return root


def put(root: Any, path: Path, new: Any) -> Any:
    """The file with another value at a path."""
    if not path:
        return new
    copied = root.copy()
    copied[path[0]] = put(root[path[0]], path[1:], new)
    return copied


_NUMERALS = "〇一二三四五六七八九十"


def _pool(character: str, page: str) -> str:
    """Characters of the kind of a character: letters, digits, or of the page words or marks."""
    if character.isascii():
        lower = "abcdefghijklmnopqrstuvwxyz"
        return "0123456789" if character.isdigit() else lower.upper() if character.isupper() else lower
    others = {other for other in page if not other.isascii() and not other.isspace()}
    return "".join(sorted(other for other in others if other.isalnum() == character.isalnum()))


def _another(character: str, pool: str, seed: str) -> str:
    """A character of the pool that is not this one; always the same for the same seed."""
    rest = pool.replace(character, "") or "〇"
    return rest[int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]) % len(rest)]


def _characters(text: str, seed: str, page: str) -> Iterator[tuple[str, str]]:
    """A character replaced, dropped, swapped with its neighbour: first, middle and last."""
    for at in sorted({0, len(text) // 2, len(text) - 1}):
        other = _another(text[at], _pool(text[at], page), f"{seed}:{at}")
        yield "character replaced", text[:at] + other + text[at + 1 :]
        yield "character dropped", text[:at] + text[at + 1 :]
    for at in sorted({0, len(text) // 2 - 1, len(text) - 2}):
        if 0 <= at < len(text) - 1:
            yield "characters swapped", text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Each number in a text one more and one less: 5月4日 as 5月5日, 第二届 as 第三届."""
    for match in re.finditer("[0-9]+", text):
        for number in (int(match.group()) - 1, int(match.group()) + 1):
            shown = str(max(number, 0)).zfill(len(match.group()))
            yield "number off by one", text[: match.start()] + shown + text[match.end() :]
    for at, character in enumerate(text):
        value = _NUMERALS.find(character)
        for number in (value - 1, value + 1) if value >= 0 else ():
            if 1 <= number < len(_NUMERALS):
                yield "number off by one", text[:at] + _NUMERALS[number] + text[at + 1 :]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """A line, or each end of a range of lines, one line off."""
    ends = text.split("-")
    for at, end in enumerate(ends):
        for line in (int(end) - 1, int(end) + 1):
            yield "line off by one", "-".join([*ends[:at], str(line), *ends[at + 1 :]])


def _values(spot: Spot, column: str, file: str, known: Known) -> Iterator[tuple[str, Any]]:
    """``(kind, value)`` of what may stand in the place of a value or a key."""
    if isinstance(spot.value, bool):
        yield "the other truth value", not spot.value
        return
    text = str(spot.value)
    seed = "/".join(map(str, (file, *spot.path)))
    changes = list(_lines(text)) if is_line(spot) else [*_characters(text, seed, known.page), *_numbers(text)]
    changes += [("another word", word) for word in known.words(column)] if not spot.is_key else []
    changes += [("another name", name) for name in known.others(spot, file)] if not spot.is_key else []
    for kind, value in changes:
        if value != text:
            number = isinstance(spot.value, int) and re.fullmatch("0|[1-9][0-9]*", value)
            yield kind, int(value) if number else value


def _of_scalar(root: Any, spot: Spot, file: str, known: Known) -> Iterator[Change]:
    column = column_of(spot, known.kind(spot))
    events = known.events.get(PurePosixPath(file).stem, []) if spot.shape != "Link" else []
    for kind, value in _values(spot, column, file, known):
        if not spot.is_key:
            figure = MOVED if spot.key == "event" and value in events else ALTERED
            yield Change(figure, spot.path, kind, column, spot.value, value, put(root, spot.path, value))
            continue
        entries = inside(root, spot.path[:-1])
        if value not in entries:  # a key that stands twice is no mapping
            renamed = {value if key == spot.value else key: child for key, child in entries.items()}
            figure = ALTERED if spot.key in ("titles", "stand_ins") else IDS
            made = put(root, spot.path[:-1], renamed)
            yield Change(figure, spot.path, f"key: {kind}", column, spot.value, value, made)


def _of_list(root: Any, spot: Spot, known: Known) -> Iterator[Change]:
    """Entries dropped, doubled, in another order."""
    records = spot.below in RECORDS
    column = table_of(spot.below) if records else column_of(spot, known.kind(spot))
    items = spot.value
    # each name of a printed list is a record of its own
    dropped = DROPPED if records or (spot.key in ("names", "titles") and len(items) > 1) else ALTERED
    for at, item in enumerate(items):
        variants = [
            (dropped, "entry dropped", "nothing", [*items[:at], *items[at + 1 :]]),
            (REPEATED, "entry doubled", "twice", [*items[: at + 1], *items[at:]]),
        ]
        if at + 1 < len(items) and items[at + 1] != item:
            swapped = [*items[:at], items[at + 1], item, *items[at + 2 :]]
            variants.append((REPEATED, "entries swapped", items[at + 1], swapped))
        for figure, kind, after, new in variants:
            yield Change(figure, (*spot.path, at), kind, column, item, after, put(root, spot.path, new))


def _dropped(root: Any, spot: Spot, known: Known) -> Iterator[Change]:
    """A key that may be left out, or an entry whose key is data."""
    key = spot.path[-1]
    if not spot.is_key and not (key == spot.key and optional(spot.shape, spot.key)):
        return
    holder = inside(root, spot.path[:-1])
    made = put(root, spot.path[:-1], {name: value for name, value in holder.items() if name != key})
    figure, kind, column = ALTERED, "key left out", ""
    if spot.below in RECORDS or spot.key == "titles":
        figure, kind = DROPPED, "entry dropped"
        column = "positions" if spot.key == "titles" else table_of(spot.below)
    column = column or column_of(spot, known.kind(spot))
    yield Change(figure, spot.path, kind, column, {key: holder[key]}, "nothing", made)


def altered(root: Any, file: str, known: Known) -> Iterator[Change]:
    """Every value altered, every entry dropped, doubled or swapped."""
    for spot in spots(root, file):
        yield from _dropped(root, spot, known)
        if isinstance(spot.value, list):
            yield from _of_list(root, spot, known)
        elif not isinstance(spot.value, dict):
            yield from _of_scalar(root, spot, file, known)


def _shown(value: Any) -> str:
    """A value on one line, cut where it is long."""
    text = write(value, flow=True).decode().removesuffix("\n").removesuffix("\n...").strip()
    return text if len(text) <= 90 else text[:89] + "…"


def damages_of(files: Mapping[str, bytes], changes: Callable[[Any, str], Iterator[Change]]) -> Iterator[Damage]:
    """The damages to every authored file, in the order of the files; no two give the same file."""
    for file in authored(files):
        root = read(files[file], file)
        seen = {write(root)}
        for change in changes(root, file):
            data = write(change.root)
            if data not in seen:
                seen.add(data)
                before, after = _shown(change.before), _shown(change.after)
                yield Damage(change.figure, file, change.path, change.kind, change.column, before, after, data)
