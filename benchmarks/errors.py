"""Single errors to plant in a corpus, each with the rule that names it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["ERRORS", "Error", "plant"]

Row = dict[str, Any]


@dataclass(frozen=True)
class Error:
    """``change`` turns the bytes of one line (without its line feed) into others; ``None`` takes the line out."""

    name: str
    table: str
    rule: str
    change: Callable[[bytes], bytes | None]
    holds: bytes = b""
    """The line that is changed is the first after the middle of the file that holds these bytes."""
    core: bool = True


def _row(change: Callable[[Row], Row]) -> Callable[[bytes], bytes]:
    return lambda line: json.dumps(change(json.loads(line)), ensure_ascii=False).encode()


def _set(**cells: Any) -> Callable[[bytes], bytes]:
    return _row(lambda row: {**row, **cells})


def _with(column: str, change: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    return _row(lambda row: {**row, column: change(row[column])})


def _without(column: str) -> Callable[[bytes], bytes]:
    return _row(lambda row: {key: value for key, value in row.items() if key != column})


def _bytes(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(line: bytes) -> bytes:
        assert old in line
        return line.replace(old, new, 1)

    return change


def _twice(line: bytes) -> bytes:
    return line + b"\n" + line


def _in_cue(what: bytes) -> Callable[[bytes], bytes]:
    return lambda line: line.replace(b'"cue": "', b'"cue": "' + what, 1)


def _swapped(text: str) -> str:
    return text[1] + text[0] + text[2:] if text[0] != text[1] else text[0] + "一" + text[2:]


ERRORS: tuple[Error, ...] = (
    # what a reader of JSON Lines has to refuse
    Error("unknown key", "evidence", "ROW006", _row(lambda row: {**row, "extra": 1})),
    Error("unknown key, null", "evidence", "ROW006", _row(lambda row: {**row, "extra": None})),
    Error("missing key of a filled cell", "evidence", "ROW006", _without("quote")),
    Error("missing key of a null", "evidence", "ROW006", _without("rule"), b'"rule": null'),
    Error("misspelt key of a null, as long", "evidence", "ROW006", _bytes(b'"rule"', b'"role"'), b'"rule": null'),
    Error("misspelt last key of a null, as long", "evidence", "ROW006", _bytes(b'"note"', b'"nota"'), b'"note": null'),
    Error(
        "key twice, same value",
        "events",
        "PUB006",
        _bytes(b'"kind": "meeting"', b'"kind": "meeting", "kind": "meeting"'),
        b'"kind": "meeting"',
    ),
    Error(
        "key twice, other value",
        "events",
        "PUB006",
        _bytes(b'"status": "occurred"', b'"status": "planned", "status": "occurred"'),
        b'"occurred"',
    ),
    Error("text for a number", "segments", "ROW001", _with("raw_start", str)),
    Error("a fraction for an integer", "segments", "ROW001", _with("raw_start", lambda value: value + 0.5)),
    Error("a whole fraction for an integer", "segments", "ROW001", _with("raw_start", float)),
    Error(
        "a number with an exponent, as long",
        "segments",
        "ROW001",
        lambda line: re.sub(rb'("raw_end": \d+)\d\d,', rb"\1e2,", line),
        b'"role": "body"',
    ),
    Error("number for text", "quotations", "ROW001", _set(cue=7)),
    Error(
        "text for a truth value",
        "participations",
        "ROW001",
        _with("list_open", lambda value: str(value).lower()),
        b'"list_open": true',
    ),
    Error("text for a list", "events", "ROW001", _set(about="创文")),
    Error("a null in a list", "events", "ROW001", _set(about=["创文", None])),
    Error("an object for text", "positions", "ROW001", _set(title={"value": "书记"})),
    Error("a lone surrogate", "quotations", "PUB006", _in_cue(b"\\ud842")),
    Error("bytes that are not UTF-8", "quotations", "PUB006", _in_cue(b"\xff")),
    Error("a line cut short", "mentions", "PUB006", lambda line: line[:-9]),
    Error("a blank line", "mentions", "PUB006", lambda line: b"\n" + line),
    Error("two objects on a line", "mentions", "PUB006", lambda line: line + b" " + line),
    # cells
    Error("a line feed at the end of an id", "documents", "ROW004", _with("document_id", lambda key: key + "\n")),
    Error("a capital in an id", "evidence", "ROW004", _with("evidence_id", str.title)),
    Error("white space before text", "quotations", "ROW004", _with("text", lambda text: " " + text)),
    Error("a word of no vocabulary", "participations", "ROW003", _set(role="onlooker")),
    Error("a word of another vocabulary", "segments", "ROW003", _set(role="attendee")),
    Error("a null that may not be", "mentions", "ROW002", _set(surface=None)),
    Error("a number below its bound", "articles", "ROW005", _set(seq=0)),
    Error("a number beyond 32 bits", "mentions", "ROW005", _set(raw_end=2**31)),
    Error("a day that does not exist", "events", "ROW004", _set(date_start="2023-02-30"), b'"2023-05'),
    Error(
        "a day with other marks, as long",
        "events",
        "ROW004",
        lambda line: line.replace(b'"date_start": "2023-05-', b'"date_start": "2023/05/'),
        b'"date_start": "2023-05-',
    ),
    Error("an item twice in a list", "events", "ROW004", _set(about=["创文", "创文"])),
    # keys
    Error("a row twice", "issues", "KEY001", _twice),
    Error("a key that points to nothing", "positions", "KEY002", _set(person_id="nobody-at-all")),
    Error("a row that others point to taken out", "segments", "KEY002", lambda line: None, b'"role": "body"'),
    Error(
        "a fact twice under other ids",
        "bylines",
        "KEY006",
        lambda line: line + b"\n" + _with("byline_id", lambda key: key + "-again")(line),
    ),
    # dates and spans
    Error("an end before its start", "events", "EVI020", _set(date_end="2022-01-01"), b'"2023-05', core=False),
    Error("a span one off", "evidence", "EVI001", _with("raw_end", lambda end: end - 1)),
    Error(
        "a span moved by one",
        "evidence",
        "EVI001",
        _row(lambda row: {**row, "raw_start": row["raw_start"] + 1, "raw_end": row["raw_end"] + 1}),
    ),
    Error("a span beyond the page", "evidence", "EVI001", _set(raw_start=900000, raw_end=900010)),
    Error("two characters of a quote swapped", "evidence", "EVI001", _with("quote", _swapped), b'"basis": "stated"'),
    Error("a character of a page changed", "sources", "EVI001", _bytes("召开".encode(), "召閞".encode())),
    # what only the whole catalogue sees
    Error(
        "a value that differs from its quote",
        "quotations",
        "EVI006",
        _with("text", lambda text: text[:-2] + "一" + text[-1]),
        core=False,
    ),
    Error("another person of the registry", "positions", "EVI007", _set(person_id="xi-jinping"), core=False),
    Error("another basis", "evidence", "EVI018", _set(basis="read"), b'"column_name": "role"', core=False),
    Error(
        "a participant without its key",
        "participations",
        "ROW007",
        _set(person_id=None),
        b'"participant_kind": "person"',
    ),
    Error(
        "evidence of a record that is not there",
        "evidence",
        "KEY008",
        _with("record_id", lambda key: key + "-x"),
        core=False,
    ),
)


def plant(folder: Path, error: Error, target: Path, skip: int = 0) -> int:
    """Copy a corpus of JSON Lines with one error in it; returns the 1-based line that was changed.

    With ``skip`` another line that holds what the error needs is taken, so that many errors do not meet.
    """
    target.mkdir(parents=True, exist_ok=True)
    changed = 0
    for path in folder.iterdir():
        if path.name != f"{error.table}.jsonl":
            (target / path.name).unlink(missing_ok=True)
            (target / path.name).hardlink_to(path)
            continue
        lines = path.read_bytes().split(b"\n")
        fit = [n for n in range(len(lines) // 2, len(lines)) if error.holds in lines[n] and lines[n]]
        changed = fit[skip % len(fit)]
        line = error.change(lines[changed])
        assert line != lines[changed], error.name
        lines[changed : changed + 1] = [] if line is None else [line]
        (target / path.name).unlink(missing_ok=True)
        (target / path.name).write_bytes(b"\n".join(lines))
    return changed + 1
