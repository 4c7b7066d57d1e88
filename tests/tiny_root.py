"""A root of a few invented lines, for what the one real page cannot show."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from lingang.check.root import Checked, check_files

REGISTRIES = {
    "people": """\
chen-shouyi: {name: 陈守一, latin: Chen Shouyi}
""",
    "organizations": """\
songling-committee: {name: 松岭市委, aliases: [市委]}
qinghe-school: {name: 青禾镇小学}
""",
}


def tiny_root(
    page: str, articles: Mapping[str, str], *, source: str = "", registries: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """The files of a root with one page; ``source`` is more YAML of its entry in sources.yaml."""
    raw = page.encode()
    files = {
        "raw/p.txt": raw,
        "raw/SHA256SUMS": f"{hashlib.sha256(raw).hexdigest()}  p.txt\n".encode(),
        "dataset/sources.yaml": f"p:\n  file: p.txt\n  language: zh-Hans\n{source}".encode(),
    }
    for name, text in {**REGISTRIES, **(registries or {})}.items():
        files[f"dataset/{name}.yaml"] = text.encode()
    for name, text in articles.items():
        files[f"dataset/articles/{name}.yaml"] = text.encode()
    return files


def problems(files: Mapping[str, bytes], *, ignore: tuple[str, ...] = ("LED",)) -> list[str]:
    """What is reported of a root, one line a problem, without the rules to ignore."""
    return told(checked(files), ignore=ignore)


def told(result: Checked, *, ignore: tuple[str, ...] = ("LED",)) -> list[str]:
    """What a report says, one line a problem, without the rules to ignore."""
    return [str(problem) for problem in result.report.problems if not problem.rule.startswith(ignore)]


def checked(files: Mapping[str, bytes]) -> Checked:
    return check_files(dict(files))
