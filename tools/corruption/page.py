"""docs/CORRUPTION.md: the figures as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corruption.damage import ALTERED, DROPPED, IDS, MOVED, REPEATED
from corruption.places import WHOLE, proof_of
from corruption.score import FIGURES, Score

__all__ = ["page"]

NOT_DAMAGED = (
    "note, reason, seen, reading: prose of the editors, which no page can bear out (why: a figure of its own)",
    "the fixed names of keys and keys that must be there: the shape of the files refuses them all alike",
    "about.yaml, verification.yaml, labels/, lexicon.yaml, accept: what the page does not say",
)
REASONS: Mapping[str, str] = {
    "composed": "the other parts stand on the page too",
    "cue": "a word of the other value stands there too, or none of any, or a reason of the reader stands for the cell",
    "derived": "computed from other cells, and the page allows the other value",
    "key": "both records are named there",
    "none": "the editors' word: nothing on the page repeats it",
    "quote": "the other words stand on the page too, or an author may leave them out",
    "rule": "both are read from the same words",
    WHOLE: "an author may leave it out, or it may stand there too: `lingang validate` shows how much of the page is held",
}
"""By the proof of a column, why its damages are missed."""
GOALS = {ALTERED: "99%", DROPPED: "97%", MOVED: "70%"}


def _figures(score: Score) -> Iterator[str]:
    yield "| figure | noticed | of | share | goal | noticed or shown by coverage | by requirements alone | harmless | there are | what could notice it |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for figure, count in score.figures().items():
        harmless = count.outcomes["harmless"]
        yield (
            f"| {figure} | {count.noticed} | {count.harmful} | {count.share:.2%} | {GOALS.get(figure, '')} "
            f"| {count.of(count.noticed + count.shown):.2%} "
            f"| {count.of(count.required):.2%} | {harmless} | {score.found[figure]:,} | {FIGURES[figure]} |"
        )


def _proofs(score: Score) -> Iterator[str]:
    yield "| proof | noticed | of | share | by requirements alone |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for proof, count in score.by("proof", ALTERED).items():
        yield f"| {proof} | {count.noticed} | {count.harmful} | {count.share:.2%} | {count.of(count.required):.2%} |"


def _left(score: Score) -> Iterator[str]:
    yield "| column | missed | of | why |"
    yield "| --- | ---: | ---: | --- |"
    for figure in (ALTERED, IDS, DROPPED, REPEATED, MOVED):
        for column, count in score.by("column", figure).items():
            missed = count.harmful - count.noticed
            if missed:
                yield f"| {column} ({figure}) | {missed} | {count.harmful} | {REASONS[proof_of(column)]} |"


def _others(scores: Sequence[Score], refused: Mapping[str, str]) -> Iterator[str]:
    yield "| root | characters | values and quotes altered | by requirements alone | records dropped whole | or shown by coverage |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for score in scores:
        altered, dropped = score.figures()[ALTERED], score.figures()[DROPPED]
        yield (
            f"| {score.name} | {score.characters} | {altered.share:.1%} of {altered.harmful} "
            f"| {altered.of(altered.required):.1%} | {dropped.share:.1%} of {dropped.harmful} "
            f"| {dropped.of(dropped.noticed + dropped.shown):.1%} |"
        )
    for name, why in refused.items():
        yield f"| {name} | | not scored: {why} | | | |"


def page(scores: Sequence[Score], refused: Mapping[str, str], sample: int | None, seed: int) -> str:
    """The first root in full, the others by their two figures."""
    first, *others = scores
    judged = (
        f"At most {sample} damages of each figure were judged, seed {seed}" if sample else "Every damage was judged"
    )
    count = first.figures()[ALTERED]
    lines = [
        "# The corruption score",
        "",
        "Written by `python tools/corruption . tests/roots/* --report docs/CORRUPTION.md` (with `--sample` and `--seed` as",
        "said below): the authored records are damaged one at a time. A damage counts as noticed when the report has a",
        "problem that it has not of the undamaged root (warnings count, readings and acceptances do not): in the damaged",
        "file, or, of a registry or `sources.yaml`, in any. What is not noticed and changes no row is harmless and does not",
        f"count. {judged}.",
        "",
        f"**{count.share:.2%}** of {count.harmful:,} values and quotes altered are noticed.",
        "",
        *_figures(first),
        "",
        "## Values and quotes altered, by proof",
        "",
        *_proofs(first),
        "",
        "## What is left, by column",
        "",
        *_left(first),
        "",
        *(["## Other roots", "", "Invented text, annotated by other people.", ""] if others or refused else []),
        *(_others(others, refused) if others or refused else []),
        *([""] if others or refused else []),
        "## What is not damaged",
        "",
        *(f"- {what}" for what in NOT_DAMAGED),
    ]
    return "\n".join(lines) + "\n"
