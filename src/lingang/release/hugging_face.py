"""``huggingface/``: a folder that is a dataset repository as it stands: the card and one Parquet file a configuration.

Card: https://huggingface.co/docs/hub/datasets-cards. The data files are those of the release, byte for byte; they lie
in the folder because a card can name only files of its own repository.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from lingang import about
from lingang.models import TABLES
from lingang.release.markdown import cell, code, grid

__all__ = ["FOLDER", "hugging_face"]

FOLDER = "huggingface"
_FIRST = "events"
"""The configuration that is loaded when none is named."""


def _head() -> str:
    fields: dict[str, object] = {
        "pretty_name": about.TITLE,
        "language": ["zh"],
        "multilinguality": ["monolingual"],
        "license": "other",
        "license_name": "cc-by-4.0-annotations-only",
        "license_link": "LICENSE-DATA",
        "size_categories": ["n<1K"],
        "source_datasets": ["original"],
        "task_categories": ["token-classification"],
        "tags": list(about.KEYWORDS),
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    lines.append("configs:")
    for declared in TABLES:
        lines += [f"- config_name: {declared.name}", f"  data_files: data/{declared.name}.parquet"]
        if declared.name == _FIRST:
            lines.append("  default: true")
    return "---\n" + "\n".join(lines) + "\n---\n"


def _card() -> bytes:
    rows = [(code(declared.name), cell(declared.description)) for declared in TABLES]
    limits = "".join(f"- {text}\n" for text in about.LIMITATIONS)
    return (
        f"{_head()}\n# {about.NAME}\n\n{about.DESCRIPTION}\n\n"
        f"Version {about.VERSION}, {about.RELEASED}, by {about.AUTHORS}.\n\n"
        "```python\nfrom datasets import load_dataset\n\n"
        'events = load_dataset(".", "events", split="train")  # in this folder, or the name of the repository\n```\n\n'
        "One configuration a table. Each has one split, named `train` by the tool; it is no training set.\n\n"
        f"{grid(('configuration', 'what a row is'), rows)}\n"
        f"## Verification\n\n{about.VERIFICATION}\n\n"
        f"## Limitations\n\n{limits}\n"
        f"## Persons\n\n{about.PERSONAL}\n\n"
        f"## Rights\n\n{about.RIGHTS}\n"
    ).encode()


def hugging_face(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the folder, from those of the release, by their names in the release."""
    out = {f"{FOLDER}/README.md": _card()}
    for declared in TABLES:
        out[f"{FOLDER}/data/{declared.name}.parquet"] = files[f"{declared.name}.parquet"]
    if "LICENSE-DATA" in files:
        out[f"{FOLDER}/LICENSE-DATA"] = files["LICENSE-DATA"]
    return out
