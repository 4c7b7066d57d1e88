"""The damages of a root with their verdicts, counted by figure, column and kind."""

from __future__ import annotations

import multiprocessing
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corruption.damage import ALTERED, DROPPED, IDS, MOVED, REPEATED, Damage, altered, damages_of
from corruption.harmless import Edit, raised
from corruption.judge import Root, Verdict
from corruption.places import proof_of
from corruption.records import INVENTED, REVERSED, WRONG, of_records

__all__ = ["FIGURES", "Count", "Score", "damages", "results", "sampled"]

FIGURES: Mapping[str, str] = {
    ALTERED: "the page, other records and the words of the lexicon",
    IDS: "what uses an id; an id itself is the editors' word",
    DROPPED: "what names the record; names, numbers, titles, speech and dates of the page that no record holds",
    REPEATED: "the order of the page; a record that stands twice",
    MOVED: "how far an event reaches in its item",
    REVERSED: "a word of order in the quote; without one, a second reading",
    INVENTED: "the page, where the invented words do not stand so; what the page does say, a second reading alone",
    WRONG: "nothing but a second reading: a reason is the reader's word",
}
"""The figures, each with what could notice its damages."""


def damages(root: Root) -> list[Damage]:
    """Every damage to every authored file of a root."""
    known = root.known
    found = list(damages_of(root.files, lambda value, file: altered(value, file, known)))
    return found + list(damages_of(root.files, lambda value, file: of_records(value, file, known)))


def sampled(found: list[Damage], figures: Iterable[str], number: int, seed: int) -> list[Damage]:
    """At most so many of each figure, always the same for the same seed, in their order."""
    out = []
    for figure in figures:
        of_figure = [damage for damage in found if damage.figure == figure]
        chosen = random.Random(f"{seed} {figure}").sample(range(len(of_figure)), min(number, len(of_figure)))
        out += [of_figure[at] for at in sorted(chosen)]
    return out


@dataclass(slots=True)
class Count:
    """Damages by what became of them."""

    outcomes: Counter[str] = field(default_factory=Counter)
    required: int = 0
    shown: int = 0

    def add(self, verdict: Verdict) -> None:
        self.outcomes[verdict.outcome] += 1
        self.required += verdict.required
        self.shown += verdict.shown

    @property
    def noticed(self) -> int:
        return self.outcomes["noticed"]

    @property
    def harmful(self) -> int:
        return self.outcomes.total() - self.outcomes["harmless"]

    @property
    def share(self) -> float:
        return self.of(self.noticed)

    def of(self, number: int) -> float:
        return number / self.harmful if self.harmful else 1.0


@dataclass(slots=True)
class Score:
    """Damages with their verdicts; ``found`` is how many there are of each figure, judged or not."""

    name: str
    characters: int
    judged: list[tuple[Damage, Verdict]]
    found: Counter[str]

    def by(self, attribute: str, figure: str = "") -> dict[str, Count]:
        out: dict[str, Count] = defaultdict(Count)
        for damage, verdict in self.judged:
            if figure in ("", damage.figure):
                value = proof_of(damage.column) if attribute == "proof" else getattr(damage, attribute)
                out[value].add(verdict)
        return dict(sorted(out.items()))

    def figures(self) -> dict[str, Count]:
        counted = self.by("figure")
        return {figure: counted[figure] for figure in FIGURES if figure in counted}

    @property
    def unseen(self) -> list[tuple[Damage, Verdict]]:
        return [(damage, verdict) for damage, verdict in self.judged if verdict.outcome in ("missed", "crashed")]

    def summary(self) -> str:
        lines = [self.name]
        for figure, count in self.figures().items():
            judged = f"{count.noticed} of {count.harmful}, {count.outcomes['harmless']} more harmless"
            lines.append(f"  {count.share:7.2%}  {figure}: {judged}; {self.found[figure]} there are")
            lines.append(f"  {count.of(count.required):7.2%}    by requirements alone")
            lines.append(f"  {count.of(count.noticed + count.shown):7.2%}    noticed, or shown by a line of coverage")
        return "\n".join(lines)

    def listing(self) -> list[str]:
        """What was missed, one line each."""
        return [_line(damage, verdict) for damage, verdict in self.unseen]


def _line(damage: Damage, verdict: Verdict) -> str:
    path = ".".join(map(str, damage.path)) or "."
    more = f"  [{verdict.said}]" if verdict.said else ""
    more += f"  [{' '.join(verdict.elsewhere)} in other files]" if verdict.elsewhere else ""
    told = f"{damage.file}: {path}: {damage.kind} ({damage.column}): {damage.before} → {damage.after}{more}"
    return f"{damage.figure}: {told}"


_ROOT: list[Root] = []
"""The undamaged root of this process."""


def _start(files: Mapping[str, bytes]) -> None:
    _ROOT[:] = [Root(files)]


def _one(task: Damage | Edit) -> Verdict | str:
    root = _ROOT[0]
    if isinstance(task, Edit):
        return raised(root, task)
    verdict = root.judge(task.file, task.data)
    if task.figure == WRONG and verdict.outcome == "harmless":  # a reason is a cell of evidence, and no other
        return Verdict("missed")
    return verdict


def results(tasks: list[Any], root: Root, jobs: int) -> Iterator[Any]:
    """The verdict of each damage, or what each edit raises, in their order; how far it is shows on a terminal."""
    with multiprocessing.Pool(jobs, _start, (root.files,)) as pool:
        for number, result in enumerate(pool.imap(_one, tasks, chunksize=4), start=1):
            if sys.stderr.isatty():
                end = "\n" if number == len(tasks) else ""
                print(f"\r{number} of {len(tasks)}", end=end, file=sys.stderr, flush=True)
            yield result
