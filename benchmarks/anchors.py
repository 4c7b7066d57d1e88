"""Quotes put back to their places: lingang.anchor beside the aligner of langextract, on evidence of the installed page.

python benchmarks/anchors.py           a Markdown table; langextract takes part where it is installed

Each distinct span of evidence in the reading text of an item is a quote whose place is known. A program is given the
text and the words; its answer is right (the very code points), wrong (others), or none. langextract is given all
quotes of an item at once, in the order of the text, as a model would list them; lingang.anchor one after the other, and
in the second line, where it refuses, once more with four code points of what follows.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version

import lingang
from lingang.authored.anchoring import NotAnchored

Span = tuple[int, int]
Item = tuple[str, list[Span]]
Answers = Sequence[Span | None]

_BESIDE = 4


def items() -> list[Item]:
    """The reading text of each item, and the distinct spans of evidence in it, in the order of the text."""
    claims = lingang.claims().dropna(subset=["text_start"])
    out = []
    for item, rows in claims.groupby("article_id", sort=True):
        spans = {(int(start), int(end)) for start, end in zip(rows["text_start"], rows["text_end"], strict=True)}
        out.append((lingang.text(str(item)), sorted(spans)))
    return out


def _answer(text: str, span: Span, beside: Sequence[int]) -> Span | None:
    for follows in beside:
        try:
            return lingang.anchor(text, text[slice(*span)], before=text[span[1] : span[1] + follows])
        except NotAnchored:
            continue
    return None


def alone(text: str, spans: Sequence[Span]) -> Answers:
    """The answers of lingang.anchor."""
    return [_answer(text, span, [0]) for span in spans]


def beside(text: str, spans: Sequence[Span]) -> Answers:
    """The same; a refusal is asked again with what follows the quote."""
    return [_answer(text, span, [0, _BESIDE]) for span in spans]


def theirs() -> Iterator[tuple[str, Callable[[str, Sequence[Span]], Answers]]]:
    """The aligner of langextract with each of its tokenizers; nothing where it is not installed."""
    try:
        from langextract.core import data, tokenizer
        from langextract.resolver import WordAligner
    except ModuleNotFoundError:
        return
    for kind in (tokenizer.RegexTokenizer, tokenizer.UnicodeTokenizer):

        def answers(text: str, spans: Sequence[Span], kind: type = kind) -> Answers:
            asked = [data.Extraction("quote", text[start:end]) for start, end in spans]
            (found,) = WordAligner().align_extractions([asked], text, tokenizer_impl=kind())
            places = [one.char_interval for one in found]
            return [None if place is None else (place.start_pos, place.end_pos) for place in places]

        yield f"langextract {version('langextract')}, {kind.__name__}", answers


def row(name: str, answers: Callable[[str, Sequence[Span]], Answers], pages: Sequence[Item]) -> str:
    """One line of the table."""
    counted: Counter[str] = Counter()
    start = time.perf_counter()
    given = [answers(text, spans) for text, spans in pages]
    seconds = time.perf_counter() - start
    for (_, spans), found in zip(pages, given, strict=True):
        for span, place in zip(spans, found, strict=True):
            counted["none" if place is None else "right" if place == span else "wrong"] += 1
    return f"| {name} | {counted['right']} | {counted['wrong']} | {counted['none']} | {seconds * 1000:.0f} |"


def main() -> None:
    pages = items()
    print(f"Python {sys.version.split()[0]}, {sum(len(spans) for _, spans in pages)} spans in {len(pages)} items\n")
    print("| program | right | wrong | none | ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    print(row("lingang.anchor, the quote alone", alone, pages))
    print(row(f"the same, refusals with `before=` {_BESIDE} code points", beside, pages))
    for name, answers in theirs():
        print(row(name, answers, pages))


if __name__ == "__main__":
    main()
