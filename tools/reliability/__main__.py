"""python tools/reliability                          every part, at most 100 faults of each figure
python tools/reliability cells --sample 5 --seed 1  one part, five of each figure, always the same
python tools/reliability --report docs/RELIABILITY.md
python tools/reliability bits --floor 100           exit status 1 if a figure of it is lower
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

if not __package__:  # run as a folder, which is then the first place to import from
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from reliability import bits, cells
from reliability.fault import Judged, figures

PARTS = ("cells", "bits")


def _judged(part: str, options: argparse.Namespace) -> list[Judged]:
    if part == "cells":
        return cells.judge(cells.changes(options.sample, options.seed), options.jobs)
    return bits.judge(options.sample, options.seed)


def _share(judged: list[Judged]) -> float:
    return 100 * sum(one.noticed for one in judged) / len(judged)


def page(judged: list[Judged], options: argparse.Namespace) -> str:
    """docs/RELIABILITY.md: the share of each figure, and what was missed, by place."""
    parts = "" if options.parts == list(PARTS) else " ".join(["", *options.parts])
    command = f"python tools/reliability{parts} --sample {options.sample} --seed {options.seed}"
    lines = [
        "# Reliability",
        "",
        f"Written by `{command} --report docs/RELIABILITY.md`: faults are planted in the published tables one at a",
        "time. A fault counts as noticed when the report has a problem that it has not of the tables as they are",
        "(warnings count); a changed cell must be noticed in a release with its sums made anew and in a corpus.",
        "Whether a reading is of a record as it stands (EVI020 of readings) no corpus is asked: it does not count.",
        "",
        "| figure | noticed | share | judged otherwise in release and corpus |",
        "| --- | --- | --- | --- |",
    ]
    by_figure = figures(judged)
    for figure, found in by_figure.items():
        unlike = sum(not one.alike for one in found)
        lines.append(
            f"| {figure} | {sum(one.noticed for one in found)} of {len(found)} | {_share(found):.1f}% | {unlike} |"
        )
    lines += ["", "## What was missed", "", "| figure | place | times |", "| --- | --- | --- |"]
    for figure, found in by_figure.items():
        missed = Counter(one.place for one in found if not one.noticed)
        lines += [f"| {figure} | {place} | {times} |" for place, times in sorted(missed.items())]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0, or 1 where a figure is below the floor."""
    parser = argparse.ArgumentParser(
        prog="reliability", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{' or '.join(PARTS)} (default: every part)")
    parser.add_argument("--sample", type=int, default=100, metavar="N", help="faults of each figure (default: 100)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which (default: %(default)s)")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the figures as a page to FILE")
    parser.add_argument("--floor", type=float, default=0.0, metavar="PERCENT", help="exit 1 if a figure is lower")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes (default: %(default)s)")
    options = parser.parse_args(arguments)
    options.parts = options.parts or list(PARTS)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"no part {unknown[0]}; the parts are: {', '.join(PARTS)}")
    judged = [one for part in options.parts for one in _judged(part, options)]
    text = page(judged, options)
    print(text, end="")
    if options.report:
        options.report.write_text(text, encoding="utf-8")
    return int(any(_share(found) < options.floor for found in figures(judged).values()))


if __name__ == "__main__":
    sys.exit(main())
