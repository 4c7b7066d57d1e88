"""A root of one invented sentence, as another team would write it, with what a release wants to be told."""

from __future__ import annotations

import hashlib
from pathlib import Path

ABOUT = """\
name: yunhe
title: 云河晚报一版
version: 0.3.0
description: One sentence of an invented paper.
creators: [{name: 白露工作组}, {name: 陈守一, kind: person, url: "https://example.org/chen"}]
contact: write to the editors
base: tag:example.org,2024:yunhe
license: {annotations: CC0-1.0, text: LicenseRef-yunhe}
method: read once by one person
"""

FILES = {
    "dataset/sources.yaml": "yunhe-page: {file: p.txt, language: zh-Hans}\n",
    "dataset/people.yaml": (
        "chen-shouyi: {name: 陈守一, latin: Chen Shouyi, public_role: reporter, identity_basis: single_item}\n"
    ),
    "dataset/organizations.yaml": "songling-zone: {name: 松岭开发区, kind: development_zone}\n",
    "dataset/places.yaml": "service-center: {name: 便民服务中心, kind: site}\n",
    "dataset/campaigns.yaml": "{}\n",
    "dataset/articles/meeting.yaml": """\
kind: news
text: {headline: 1, byline: 本报讯（记者陈守一）, body: [3]}
events:
  meeting:
    kind: meeting
    status: occurred
    trigger: 召开
    name: 召开会议
    about: [召开会议]
    participants:
      - {role: organizer, name: 松岭开发区, before: 召开}
      - {role: attendee, name: 便民服务中心, quote: 便民服务中心参加}
""",
    "raw/p.txt": "便民服务中心\n\n本报讯（记者陈守一）松岭开发区召开会议，便民服务中心参加。\n",
}


def foreign_root(root: Path, about: str | None = ABOUT) -> Path:
    """Write the root; with ``about`` as its facts, or without any."""
    page = FILES["raw/p.txt"].encode()
    files = {**FILES, "raw/SHA256SUMS": f"{hashlib.sha256(page).hexdigest()}  p.txt\n"}
    if about is not None:
        files["dataset/about.yaml"] = about
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root
