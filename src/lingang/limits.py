"""The bounds of what is read: each stands here alone, is asked before the work that it bounds, and is told by name and
figure in docs/LIMITS.md.

Imports nothing. Bytes are bytes, characters code points.
"""

from __future__ import annotations

__all__ = [
    "ARCHIVE_BYTES",
    "ARCHIVE_MEMBERS",
    "CACHED_FROM",
    "CACHE_BLOCK",
    "CACHE_BYTES",
    "CORPUS_FILES",
    "EXPANSION",
    "EXPANSION_FROM",
    "ID_CHARACTERS",
    "JSON_BYTES",
    "KEPT",
    "LEAST_MEMORY",
    "LINE_BYTES",
    "LINE_KEYS",
    "PAGE_BYTES",
    "ROOT_BYTES",
    "ROOT_FILES",
    "TABLE_BYTES",
    "TOLD",
    "UNREAD_LINES",
    "YAML_BYTES",
    "YAML_DEPTH",
    "YAML_FAULTS",
    "YAML_NODES",
]

KEPT = 1_000
"""Problems of a report that are kept unless ``--max`` asks for more; the others are counted."""
TOLD = 2_000
"""Characters of a cell that a report shows."""
LEAST_MEMORY = 1 << 29
"""Bytes that ``--memory`` must give."""

YAML_BYTES = 1 << 20
"""Bytes of an authored file."""
YAML_DEPTH = 32
"""Levels of an authored file."""
YAML_NODES = 200_000
"""Keys, values, lists and mappings of an authored file."""
YAML_FAULTS = 1_000
"""Faults of an authored file after which it is read no further."""
PAGE_BYTES = 1 << 21
"""Bytes of a raw page, and of a text in a table."""
ROOT_FILES = 20_000
"""Files of a dataset root, pages among them."""
ROOT_BYTES = 1 << 28
"""Bytes of the files of a dataset root together."""

ID_CHARACTERS = 500
"""Characters of an id."""
LINE_BYTES = 1 << 24
"""Bytes of a line of JSON Lines."""
LINE_KEYS = 1_000
"""Keys of a line of JSON Lines."""
UNREAD_LINES = 1_000
"""Lines of a file that are no row after which it is read no further."""
JSON_BYTES = 1 << 24
"""Bytes of ``about.json``, ``lexicon.json``, ``SHA256SUMS`` and a schema."""
CORPUS_FILES = 20_000
"""Files of a folder of tables."""
TABLE_BYTES = 1 << 29
"""Bytes of a table of a release in either form: it is read whole."""

ARCHIVE_MEMBERS = 10_000
"""Members of an archive, folders among them."""
ARCHIVE_BYTES = 1 << 29
"""Bytes of the members of an archive together, unpacked."""
EXPANSION = 200
"""How many times as large as it is packed a table in ``.gz`` or ``.zst`` may be."""
EXPANSION_FROM = 1 << 26
"""Bytes of an unpacked table up to which ``EXPANSION`` is not asked."""

CACHED_FROM = 100
"""Articles of a root from which on its report is kept in the user's cache; under ``--cache DIR`` any is."""
CACHE_BYTES = 1 << 27
"""Bytes of the files of a cache: what was used least recently is removed."""
CACHE_BLOCK = 1 << 12
"""Bytes that a smaller file of a cache counts for."""
