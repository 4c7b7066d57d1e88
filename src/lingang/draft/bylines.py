"""How bylines and credits look, by the forms of the lexicon, and who is named in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from lingang.lexicon import Lexicon
from lingang.rules.unknown import STOPS, words_before_names

__all__ = ["Bylines"]

_LONGEST = 40
"""Characters of names, with what stands between them, in one byline."""


class Bylines:
    """The forms of bylines of a lexicon, ready to be looked for in texts without white space."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _single(self) -> list[re.Pattern[str]]:
        forms = sorted(self._lexicon.words("byline_forms"))
        gap = f"[^。！？；，：\n]{{1,{_LONGEST}}}"
        return [re.compile(re.escape(form).replace("@", gap).replace("…", gap)) for form in forms if "@" in form]

    @cached_property
    def _lines(self) -> list[re.Pattern[str]]:
        """The forms one by one: of several that begin a text the longest is meant."""
        gap = f"[^。！？；，\n]{{1,{_LONGEST}}}?"
        forms = sorted(form for form in self._lexicon.words("byline_forms") if form[0] not in "@")
        return [re.compile(re.escape(form).replace("@", gap).replace("…", gap)) for form in forms]

    def leading(self, text: str) -> int:
        """How many characters of a text are a byline at its beginning: forms that follow one another; 0 for none."""
        end = 0
        while found := max((match.end() for form in self._lines if (match := form.match(text, end))), default=0):
            end = found
        return end

    def trailing(self, text: str) -> int:
        """Where a byline in brackets at the end of a text begins; the length of the text where there is none."""
        start = max(text.rfind(mark) for mark in "（(〔【")
        if start > 0 and text[-1] in "）)〕】" and any(form.fullmatch(text, start) for form in self._single):
            return start
        return len(text)

    def begins(self, text: str) -> bool:
        """Whether a line begins as a byline does, be it cut by the end of the line."""
        return text.startswith(self._openings)

    @cached_property
    def _openings(self) -> tuple[str, ...]:
        found = {form.partition("@")[0].partition("…")[0] for form in self._lexicon.words("byline_forms")}
        return tuple(sorted(opening for opening in found if len(opening) > 1))

    def alone(self, text: str) -> bool:
        """Whether a line is a byline or a credit and nothing else."""
        return len(text) <= _LONGEST and any(form.fullmatch(text) for form in self._single)

    @cached_property
    def _words(self) -> tuple[list[str], list[str]]:
        """The words before names in bylines, and those after them."""
        cues = [cue for word in self._lexicon["byline_role"].words for cue in word.cues if "…" not in cue]
        after = {cue.removeprefix("@") for cue in cues if cue.startswith("@")}
        return words_before_names(self._lexicon), sorted(after)

    def named(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the text of a byline or credit names persons: after a word such as that for a reporter, in a list too;
        half open."""
        before, after = self._words
        places = {at for word in before for at in _find(text, word)}
        ends = {start for word in after for start, end in _find(text, word) if text[end : end + 1] in STOPS | {""}}
        begins = {start for start, _ in places} | ends
        for start in sorted({end for _, end in places} - {start for start, _ in places}):
            while True:
                end = start
                while end < len(text) and end not in begins and text[end] not in STOPS:
                    end += 1
                if not 2 <= end - start <= 4:
                    break
                yield start, end
                if text[end : end + 1] != "、" or end + 1 in begins:
                    break
                start = end + 1


def _find(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)
