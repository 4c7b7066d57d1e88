"""What becomes of a damage: noticed, harmless or missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from corruption.known import Known
from lingang.authored.tree import parse
from lingang.check.root import check_files, check_tables
from lingang.compile.dataset import compile_dataset
from lingang.compile.tables import from_compiled
from lingang.lexicon.roots import lexicon_of
from lingang.problems import CannotRun, Problem
from lingang.rules.catalogue import catalogue
from lingang.rules.coverage import coverage
from lingang.tables.arrow import Tables
from lingang.tables.view import View

__all__ = ["Root", "Verdict"]

Found = tuple[str, str, str]
"""The id of a rule, the file in which it finds something, and the column."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``outcome`` is noticed, harmless, missed, or crashed where the check did not end.

    ``required`` says whether a requirement noticed it; ``shown`` whether it was missed and a line of the coverage holds
    less than before; ``elsewhere`` are rules that found something in other files alone, which does not count.
    """

    outcome: str
    required: bool = False
    shown: bool = False
    elsewhere: tuple[str, ...] = ()
    said: str = ""


def _counted(problems: Iterable[Problem]) -> Counter[Found]:
    """What counts as notice: no ledger of readings, no acceptance."""
    kept = (found for found in problems if not found.rule.startswith(("LED", "ACC")))
    return Counter((found.rule, found.place.file, found.column_name) for found in kept)


def _held(tables: Tables) -> dict[str, int]:
    """How many dates, numbers, names … of the page a record holds, as ``lingang validate`` shows it."""
    return {
        line.kind: line.held for line in coverage(View(lambda name: tables.arrow[name].to_pylist(), tables.lexicon))
    }


class Root:
    """An undamaged root: its files, its tables, and what the check finds in it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    @cached_property
    def tables(self) -> Tables:
        """Raises ``CannotRun`` where the root has errors: what they hide cannot be scored."""
        checked = check_files(self.files)
        if checked.tables is None:
            raise CannotRun("it has errors; mend them first: lingang validate")
        self._found = _counted(checked.report)
        self._held = _held(checked.tables)
        return checked.tables

    @cached_property
    def known(self) -> Known:
        lexicon = lexicon_of(self.files, parse(self.files)).compiling
        assert lexicon is not None, "the root was checked"
        return Known(self.tables, lexicon)

    @property
    def characters(self) -> int:
        return len("".join(self.known.page.split()))

    def judge(self, file: str, data: bytes) -> Verdict:
        """What becomes of the root when a file is replaced by another."""
        try:
            return self._judged(file, {**self.files, file: data})
        except Exception as error:  # a check that does not end is the worst a damage can do: it is told, not raised
            return Verdict("crashed", said=f"{type(error).__name__}: {error}")

    def _judged(self, file: str, files: Mapping[str, bytes]) -> Verdict:
        baseline = self.tables
        authored = parse(files)
        lexicon = lexicon_of(files, authored)
        assert lexicon.compiling is not None, "neither about.yaml nor lexicon.yaml is damaged"
        compiled = compile_dataset(authored, lexicon.compiling)
        if compiled.problems:
            seen = self._noticed(file, compiled.problems)
            return seen if seen.required else self._noticed(file, check_files(files).report)
        tables = from_compiled(compiled, lexicon.judging)
        others = {name for name, arrow in tables.arrow.items() if not arrow.equals(baseline.arrow[name])}
        if not others:
            return Verdict("harmless")
        verdict = self._noticed(file, check_tables(tables).problems)
        if verdict.outcome != "missed":
            return verdict
        held = _held(tables)
        shown = any(held[kind] < number for kind, number in self._held.items())
        return Verdict("harmless") if others == {"evidence"} else replace(verdict, shown=shown)

    def _noticed(self, file: str, problems: Iterable[Problem]) -> Verdict:
        new = _counted(problems) - self._found
        anywhere = not file.startswith("dataset/articles/")
        seen = {rule for rule, where, _ in new if anywhere or where == file}
        if seen:
            required = any(catalogue()[rule].level == "requirement" for rule in seen)
            return Verdict("noticed", required)
        return Verdict("missed", elsewhere=tuple(sorted({rule for rule, *_ in new})))
