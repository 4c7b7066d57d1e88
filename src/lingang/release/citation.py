"""The files by which others cite: ``CITATION.cff`` (https://citation-file-format.github.io) and ``.zenodo.json``."""

from __future__ import annotations

import json

from lingang.about import About, Creator, licence_url

__all__ = ["CITATION", "ZENODO", "citation", "zenodo"]

CITATION = "CITATION.cff"
ZENODO = ".zenodo.json"


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
        "url": about.homepage,
        "repository-code": about.repository,
    }
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items() if value is not None
    ]
    return "".join(lines).encode()


def zenodo(about: About) -> bytes:
    """The metadata of a deposit, as Zenodo reads it from a repository (https://developers.zenodo.org)."""
    related = [
        {"identifier": address, "relation": relation}
        for address, relation in ((about.homepage, "isDescribedBy"), (about.repository, "isSupplementTo"))
        if address
    ]
    fields: dict[str, object] = {
        "upload_type": "dataset",
        "title": about.title,
        "version": about.version,
        "publication_date": about.released,
        "creators": [{"name": creator.name} for creator in about.creators],
        "description": about.description,
        "notes": f"{about.method} {about.rights}",
        "access_right": "open",
        "license": about.annotations_license.lower() if licence_url(about.annotations_license) else None,
        "keywords": list(about.keywords) or None,
        "related_identifiers": related or None,
    }
    told = {name: value for name, value in fields.items() if value is not None}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
