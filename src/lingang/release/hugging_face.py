"""``huggingface/``: a folder that is a dataset repository as it stands: the card and one Parquet file a configuration.

Card: https://huggingface.co/docs/hub/datasets-cards. The data files are those of the release, byte for byte; they lie
in the folder because a card can name only files of its own repository.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from lingang.about import About, licence_url
from lingang.release.markdown import cell, code, grid
from lingang.tables import TABLES

__all__ = ["FOLDER", "hugging_face"]

FOLDER = "huggingface"
_FIRST = "events"
"""The configuration that is loaded when none is named."""
_SIZES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "n>1B")

Rows = Mapping[str, Sequence[Mapping[str, object]]]


def _size(rows: Rows) -> str:
    """The size category of the Hub: of the rows of the longest table."""
    longest = max(map(len, rows.values()))
    return next((name for power, name in enumerate(_SIZES[:-1], start=3) if longest < 10**power), _SIZES[-1])


def _head(about: About, rows: Rows, languages: Sequence[str], licence: str | None) -> str:
    spoken = sorted({language.partition("-")[0] for language in languages})
    fields: dict[str, object] = {
        "pretty_name": about.title,
        "language": spoken,
        "multilinguality": ["monolingual" if len(spoken) == 1 else "multilingual"],
        "license": "other",
        "license_name": f"{about.annotations_license}-and-{about.text_license}".lower(),
        "license_link": licence or licence_url(about.annotations_license),
        "size_categories": [_size(rows)],
        "source_datasets": ["original"],
        "task_categories": ["token-classification"],
        "tags": list(about.keywords),
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items() if value]
    lines.append("configs:")
    filled = [declared.name for declared in TABLES if rows[declared.name]]
    for name in filled:  # the tool takes a split without rows for a fault
        lines += [f"- config_name: {name}", f"  data_files: data/{name}.parquet"]
        if name == (_FIRST if _FIRST in filled else filled[0]):
            lines.append("  default: true")
    return "---\n" + "\n".join(lines) + "\n---\n"


def _card(about: About, rows: Rows, languages: Sequence[str], licence: str | None) -> bytes:
    kinds = [(code(declared.name), cell(declared.description)) for declared in TABLES]
    limits = "".join(f"- {text}\n" for text in about.limitations)
    sections = [("Method", about.method), ("Limitations", limits.strip()), ("Persons", about.persons)]
    sections += [("Rights", about.rights), ("Contact", about.contacts)]
    return (
        f"{_head(about, rows, languages, licence)}\n# {about.title}\n\n{about.description}\n\n"
        f"`{about.name}`, version {about.stated}, by {about.authors}.\n\n"
        "```python\nfrom datasets import load_dataset\n\n"
        'events = load_dataset(".", "events", split="train")  # in this folder, or the name of the repository\n```\n\n'
        "One configuration a table that has rows, each with one split, named `train` by the tool; it is no training "
        "set.\n\n"
        f"{grid(('configuration', 'what a row is'), kinds)}\n"
        + "\n".join(f"## {title}\n\n{text}\n" for title, text in sections if text)
    ).encode()


def hugging_face(files: Mapping[str, bytes], about: About, rows: Rows, languages: Sequence[str]) -> dict[str, bytes]:
    """The files of the folder, from those of the release, by their names in the release."""
    licences = sorted(name for name in files if name.startswith("LICENSE"))
    licence = "LICENSE-DATA" if "LICENSE-DATA" in licences else next(iter(licences), None)
    out = {f"{FOLDER}/README.md": _card(about, rows, languages, licence)}
    for declared in TABLES:
        out[f"{FOLDER}/data/{declared.name}.parquet"] = files[f"{declared.name}.parquet"]
    if licence is not None:
        out[f"{FOLDER}/{licence}"] = files[licence]
    return out
