"""``CITATION.cff``: Citation File Format 1.2.0 (https://citation-file-format.github.io)."""

from __future__ import annotations

import json

from lingang import about

__all__ = ["CITATION", "citation"]

CITATION = "CITATION.cff"


def citation() -> bytes:
    """The citation file; each value is written as JSON, which is YAML too."""
    fields: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": about.TITLE,
        "abstract": f"{about.DESCRIPTION} {about.RIGHTS}",
        "authors": [{"name": about.AUTHORS}],
        "version": about.VERSION,
        "date-released": about.RELEASED,
        "license": about.DATA_LICENCE,
        "keywords": list(about.KEYWORDS),
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()]
    return "".join(lines).encode()
