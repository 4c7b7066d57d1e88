"""python tools/corruption [ROOT …]                    every damage to this repository's root, or to others
python tools/corruption --sample 40 --seed 1        at most 40 of each figure, always the same
python tools/corruption --floor 97                  exit status 1 if values and quotes altered score lower
python tools/corruption --missed FILE               the list of what was missed goes to FILE
python tools/corruption . tests/roots/*/ --sample 100 --report docs/CORRUPTION.md
python tools/corruption --harmless                  edits that mean nothing must raise nothing
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

if not __package__:  # run as a folder, which is then the first place to import from
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from corruption.damage import ALTERED, DROPPED
from corruption.harmless import harmless_edits
from corruption.judge import Root
from corruption.page import page
from corruption.score import FIGURES, Score, damages, results, sampled
from lingang.authored.tree import read_files
from lingang.problems import CannotRun

HERE = Path(__file__).resolve().parent.parent.parent


def _score(path: Path, options: argparse.Namespace) -> Score:
    root = Root(read_files(path))
    found = damages(root)
    figures = FIGURES if path == options.roots[0] else (ALTERED, DROPPED)
    number = options.sample or len(found)
    chosen = sampled(found, figures, number if figures is FIGURES else max(1, number // 10), options.seed)
    judged = list(zip(chosen, results(chosen, root, options.jobs), strict=True))
    return Score(path.resolve().name, root.characters, judged, Counter(damage.figure for damage in found))


def _scored(options: argparse.Namespace) -> int:
    scores, refused = [], {}
    for path in options.roots:
        try:
            scores.append(_score(path, options))
        except CannotRun as error:
            refused[path.resolve().name] = str(error)
            print(f"{path}: {error}", file=sys.stderr)
        else:
            print(scores[-1].summary())
    missed = "\n".join(line for score in scores for line in score.listing()) + "\n"
    if options.missed:
        options.missed.write_text(missed, encoding="utf-8")
    if options.report and scores:
        options.report.write_text(page(scores, refused, options.sample, options.seed), encoding="utf-8")
    if not scores or (refused and not options.report):
        return 2
    return int(any(100 * score.figures()[ALTERED].share < options.floor for score in scores))


def _harmless(options: argparse.Namespace) -> int:
    told = 0
    for path in options.roots:
        root = Root(read_files(path))
        edits = list(harmless_edits(root.files))
        said = [(edit, what) for edit, what in zip(edits, results(edits, root, options.jobs), strict=True) if what]
        print(*(f"{edit.file}: {edit.kind}: {what}" for edit, what in said), sep="\n", end="\n" if said else "")
        print(f"{path}: {len(edits)} edits that mean nothing, {len(said)} of them raise something")
        told += len(said)
    return int(told > 0)


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0, or 1 where the score is below the floor, 2 where a root could not be scored."""
    parser = argparse.ArgumentParser(
        prog="corruption", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("roots", nargs="*", type=Path, default=[HERE], metavar="ROOT")
    parser.add_argument(
        "--sample", type=int, metavar="N", help="judge at most N of each figure, a tenth of other roots"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which N (default: %(default)s)")
    parser.add_argument("--missed", type=Path, metavar="FILE", help="write the list of what was missed to FILE")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the score as a page to FILE")
    parser.add_argument("--floor", type=float, default=0.0, metavar="PERCENT", help="exit 1 if the score is lower")
    parser.add_argument("--harmless", action="store_true", help="make edits that mean nothing instead")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes (default: %(default)s)")
    options = parser.parse_args(arguments)
    try:
        return _harmless(options) if options.harmless else _scored(options)
    except CannotRun as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
