"""``CITATION.cff``: Citation File Format 1.2.0 (https://citation-file-format.github.io)."""

from __future__ import annotations

import json

from lingang.about import About, Creator, licence_url

__all__ = ["CITATION", "citation"]

CITATION = "CITATION.cff"


def _author(creator: Creator) -> dict[str, str]:
    return {"name": creator.name, **({} if creator.url is None else {"website": creator.url})}


def citation(about: About) -> bytes:
    """The citation file; each value is written as JSON, which is YAML too."""
    fields: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": about.title,
        "abstract": f"{about.description} {about.rights}",
        "authors": [_author(creator) for creator in about.creators],
        "version": about.version,
        "date-released": about.released,
        "license": about.annotations_license if licence_url(about.annotations_license) else None,
        "keywords": list(about.keywords) or None,
    }
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items() if value is not None
    ]
    return "".join(lines).encode()
