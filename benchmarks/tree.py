"""A large authored root: python benchmarks/tree.py ARTICLES FOLDER; the nine items, twice or oftener, under other ids.

python benchmarks/tree.py time      how long validating takes by the number of articles, and how many cores it kept busy
python benchmarks/tree.py again [N] of N articles (1,008): the runs after the first, with what it kept, as shares of it
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

__all__ = ["write"]

ROOT = Path(__file__).resolve().parent.parent


def write(folder: Path, articles: int) -> int:
    """An authored root of at least so many articles; returns how many it has."""
    items = sorted((ROOT / "dataset" / "articles").glob("*.yaml"))
    texts = {item.stem: item.read_text(encoding="utf-8") for item in items}
    ids = {*texts, *(key for text in texts.values() for key in yaml.safe_load(text)["events"])}
    whole_id = re.compile(
        "|".join(rf"(?<![\w-]){re.escape(key)}(?![\w-])" for key in sorted(ids, key=len, reverse=True))
    )
    page_text = (ROOT / "dataset" / "sources.yaml").read_text(encoding="utf-8")
    (page_key,) = yaml.safe_load(page_text)
    (page,) = (ROOT / "raw").glob("*.txt")
    copies = -(-articles // len(items))
    for name in ("dataset/articles", "raw"):
        (folder / name).mkdir(parents=True)
    for name in ("people", "organizations", "places", "campaigns"):
        (folder / "dataset" / f"{name}.yaml").write_bytes((ROOT / "dataset" / f"{name}.yaml").read_bytes())
    pages, sums = [], []
    for number in range(copies):
        suffix, file = f"-p{number:04}", f"page-{number:04}.txt"

        def renamed(text: str, suffix: str = suffix) -> str:
            return whole_id.sub(lambda match: match[0] + suffix, text)

        data = page.read_bytes() + b"\n" * number
        (folder / "raw" / file).write_bytes(data)
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {file}\n")
        pages.append(renamed(page_text).replace(page_key, page_key + suffix).replace(page.name, file))
        for key, text in texts.items():
            path = folder / "dataset" / "articles" / f"{key}{suffix}.yaml"
            path.write_text(f"source: {page_key}{suffix}\n{renamed(text)}", encoding="utf-8")
    (folder / "raw" / "SHA256SUMS").write_text("".join(sums), encoding="ascii")
    (folder / "dataset" / "sources.yaml").write_text("\n".join(pages), encoding="utf-8")
    return copies * len(items)


def _validated(root: str, *options: str) -> tuple[float, float]:
    """Seconds by the clock, and of the processors, of validating a root."""
    start, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "lingang", "validate", root, *options]
    subprocess.run(command, check=True, capture_output=True)
    seconds, after = time.perf_counter() - start, os.times()
    return seconds, after.children_user + after.children_system - before.children_user - before.children_system


def _time() -> None:
    print("| articles | seconds | milliseconds an article | cores kept busy |\n| ---: | ---: | ---: | ---: |")
    for articles in (18, 126, 252, 504, 1008):
        with tempfile.TemporaryDirectory() as folder:
            count = write(Path(folder) / "root", articles)
            seconds, used = _validated(f"{folder}/root", "--no-cache")
        print(f"| {count:,} | {seconds:.1f} | {seconds / count * 1000:.0f} | {used / seconds:.1f} |", flush=True)


def _again(articles: int) -> None:
    """Each run as a share of the first: the machine counts for less in a ratio."""
    print("| run | seconds | of the first | processor seconds | of the first |\n| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        root, cache = f"{folder}/root", ("--cache", f"{folder}/cache")
        write(Path(root), articles)
        item = next(Path(root, "dataset", "articles").glob("*-p0001.yaml"))
        runs = {
            "the first": cache,
            "nothing changed": cache,
            "one file changed": cache,
            "without a cache": ("--no-cache",),
        }
        first: tuple[float, float] | None = None
        for name, options in runs.items():
            if name == "one file changed":  # the rows of its page change: a note of its item
                item.write_text(f"{item.read_text(encoding='utf-8')}\nnote: Read again.\n", encoding="utf-8")
            found = _validated(root, *options)
            first = first or found
            shares = [f"{one:.1f} | {one / whole:.0%}" for one, whole in zip(found, first, strict=True)]
            print(f"| {name} | {' | '.join(shares)} |", flush=True)


def main() -> None:
    if sys.argv[1] == "time":
        _time()
    elif sys.argv[1] == "again":
        _again(int(sys.argv[2]) if sys.argv[2:] else 1008)
    else:
        write(Path(sys.argv[2]), int(sys.argv[1]))


if __name__ == "__main__":
    main()
