"""Very many small files of a table joined to few: each file costs as much as ten thousand rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lingang.corpus.inputs import Part

__all__ = ["joined"]

_MANY = 64
"""From here on the files of a table are joined."""
_SMALL = 1 << 20
_TOGETHER = 1 << 26
"""Bytes of a file that is joined to others at most, and of those together about."""


def _lines(path: Path) -> bytes | None:
    """The bytes of a small file of whole lines; ``None`` for any other, which is read by itself."""
    if path.stat().st_size > _SMALL:
        return None
    data = path.read_bytes()
    return data if data.endswith(b"\n") else None


def _of_table(parts: list[Part], work: Path) -> Iterator[Part]:
    run: list[tuple[Part, bytes]] = []
    size = 0

    def together() -> Part:
        first = run[0][0]
        path = work / f"{first.table}-{first.name.replace('/', '-')}.joined"
        path.write_bytes(b"".join(data for _, data in run))
        pieces, lines = [], 0
        for part, data in run:
            pieces.append((lines, part.name))
            lines += data.count(b"\n")
        return replace(first, path=path, pieces=tuple(pieces))

    for part in parts:
        data = None if part.packed or part.form != "jsonl" else _lines(part.path)
        if run and (data is None or size > _TOGETHER):
            yield together()
            run.clear()
            size = 0
        if data is None:
            yield part
        else:
            run.append((part, data))
            size += len(data)
    if run:
        yield together()


def joined(found: Mapping[str, list[Part]], work: Path) -> dict[str, list[Part]]:
    """The files of each table, small ones joined in ``work`` where there are very many; rows keep their order and
    places."""
    return {name: [*_of_table(parts, work)] if len(parts) > _MANY else list(parts) for name, parts in found.items()}
