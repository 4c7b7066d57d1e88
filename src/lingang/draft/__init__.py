"""Suggestions: what a page seems to hold, in the authored form, by the grammars of ``text`` and the words of a lexicon.

A person moves over what is right; no build and no check reads the rest.

>>> import hashlib
>>> page = "青禾镇召开防汛会议\\n\\n3月2日，青禾镇召开防汛会议，镇长李明出席会议。".encode()
>>> files = {
...     "raw/p.txt": page,
...     "raw/SHA256SUMS": f"{hashlib.sha256(page).hexdigest()}  p.txt".encode(),
...     "dataset/sources.yaml": b"p: {file: p.txt, language: zh-Hans}",
... }
>>> [(one.kind, one.line, one.quote) for one in suggest(files) if one.kind in ("date", "title", "trigger")]
[('title', 3, '镇长'), ('trigger', 3, '召开'), ('date', 3, '3月2日')]
"""

from lingang.draft.folder import draft
from lingang.draft.suggest import NotReadable, suggest
from lingang.draft.suggestion import Suggestion
from lingang.draft.writing import yaml_files

__all__ = ["NotReadable", "Suggestion", "draft", "suggest", "yaml_files"]
