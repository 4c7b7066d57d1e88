"""docs/CORRUPTION.md: the figures as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corruption.damage import ALTERED, DROPPED, IDS, MOVED
from corruption.places import WHOLE, proof_of
from corruption.score import FIGURES, Count, Score

__all__ = ["page"]

_HEAD = """\
# The corruption score

Written by `python tools/corruption . tests/roots/*/ --sample {sample} --seed {seed} --report docs/CORRUPTION.md`: the
authored records are damaged one at a time. A damage counts as noticed when the report has a problem that it has not of
the undamaged root (warnings count, readings and acceptances do not): in the damaged file, or, of a registry or
`sources.yaml`, in any. What is not noticed and changes no row is harmless and does not count. At most {sample} damages
of each figure were judged (of other roots a tenth of that), seed {seed}: a share is known to some points only.

**{share:.2%}** of {harmful} values and quotes altered are noticed.
"""
_TAIL = """
## What is not damaged

- note, reason, seen, reading: prose of the editors, which no page can bear out (`why:` has a figure of its own)
- the fixed names of keys and keys that must be there: the shape of the files refuses them all alike
- about.yaml, verification.yaml, labels/, lexicon.yaml and accept: what the page does not say
"""
_GOALS = {ALTERED: "99%", DROPPED: "97%", MOVED: "70%"}
_REASONS: Mapping[str, str] = {
    "composed": "the other words stand on the page too",
    "cue": "a word of the other value stands there too, or of none, or a reader's reason stands for the cell",
    "derived": "the page allows the other value",
    "key": "both records are named there",
    "none": "the editors' word: nothing on the page repeats it",
    "quote": "the other words stand on the page too, or an author may leave them out",
    "rule": "both are read from the same words",
    WHOLE: "an author may leave it out, or it may stand there too; `lingang validate` shows how much is held",
}
"""By the proof of a column, why its damages are missed."""


def _table(*columns: str) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _shares(count: Count) -> tuple[str, str, str, str]:
    shown, required = count.of(count.noticed + count.shown), count.of(count.required)
    return f"{count.noticed} of {count.harmful}", f"{count.share:.1%}", f"{required:.1%}", f"{shown:.1%}"


def _first(score: Score) -> Iterator[str]:
    shares = ("noticed", "share", "by requirements alone", "or shown by the coverage lines")
    yield from _table("figure", *shares, "goal", "harmless", "there are", "what could notice it")
    for figure, count in score.figures().items():
        rest = (_GOALS.get(figure, ""), count.outcomes["harmless"], f"{score.found[figure]:,}", FIGURES[figure])
        yield _row(figure, *_shares(count), *rest)
    yield "\nValues and quotes altered, by the proof of the column:"
    yield from _table("proof", *shares)
    for proof, count in score.by("proof", ALTERED).items():
        yield _row(proof, *_shares(count))
    yield "\n## What is left, by column"
    yield from _table("figure", "column", "missed", "of", "why")
    for figure in score.figures():
        for column, count in score.by("column", figure).items():
            if count.noticed < count.harmful:
                reason = _REASONS[proof_of(column) if figure in (ALTERED, IDS) else WHOLE]
                yield _row(figure, column, count.harmful - count.noticed, count.harmful, reason)


def _others(scores: Sequence[Score], refused: Mapping[str, str]) -> Iterator[str]:
    yield "\n## Other roots\n\nInvented text, annotated by others; goals: 95% altered, 90% dropped."
    shares = ("noticed", "share", "by requirements alone", "or shown by the coverage lines")
    yield from _table("root", "characters", "figure", *shares)
    for score in scores:
        for figure, count in score.figures().items():
            yield _row(score.name, score.characters, figure, *_shares(count))
    for name, why in refused.items():
        yield _row(name, "", f"not scored: {why}", "", "", "", "")


def page(scores: Sequence[Score], refused: Mapping[str, str], sample: int | None, seed: int) -> str:
    """The first root in full, the others by their two figures."""
    first, *others = scores
    altered = first.figures()[ALTERED]
    head = _HEAD.format(sample=sample or "ALL", seed=seed, share=altered.share, harmful=f"{altered.harmful:,}")
    lines = [*_first(first), *(_others(others, refused) if others or refused else ())]
    return head + "\n".join(lines) + "\n" + _TAIL
