"""The facts of the dataset as a whole: every descriptor, card and citation of a release states these and no others.

Imports nothing that is not in the standard library. A date here is a day, ISO 8601.
"""

from __future__ import annotations

from lingang import __version__

__all__ = [
    "AUTHORS",
    "CODE_LICENCE",
    "DATA_LICENCE",
    "DATA_LICENCE_URL",
    "DESCRIPTION",
    "IDENTIFIER",
    "KEYWORDS",
    "LANGUAGE",
    "LIMITATIONS",
    "NAME",
    "PERSONAL",
    "RELEASED",
    "RIGHTS",
    "SUMS",
    "TITLE",
    "USES",
    "VERIFICATION",
    "VERSION",
]

NAME = "lingang"
VERSION = __version__
RELEASED = "2026-11-23"
"""The day of this version. Every date in a release, of its files too, is this one: no clock is read."""

SUMS = "SHA256SUMS"
"""The file of a published folder that lists the sum of every other."""

TITLE = "lingang: one Chinese local newspaper page, hand-verified and evidence-anchored"

DESCRIPTION = (
    "Hand-verified records of one Chinese local newspaper page about the Zhoukou Lingang Development Zone "
    "(周口临港开发区), May 2023: nine items, who met whom, in which post, where, when and about what. Every value that "
    "rests on the text has its evidence, a span of the page that a program compares with the value at every build."
)

AUTHORS = "the lingang contributors"
LANGUAGE = "zh-Hans"
"""BCP 47."""

CODE_LICENCE = "MIT"
DATA_LICENCE = "CC-BY-4.0"
"""SPDX identifiers."""
DATA_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

RIGHTS = (
    "The facts and annotations are licensed under CC BY 4.0, the code under MIT. The newspaper's text - headlines, "
    "reading texts, segments, quotations, evidence quotes and the decoded page - remains its owner's; the page names "
    "no publisher, and no right in that text is granted here."
)

IDENTIFIER = "https://lingang.example/"
"""The stem of the identifiers of schemas and records. A reserved name (RFC 2606): no page answers there."""

KEYWORDS = (
    "Chinese",
    "newspaper",
    "local government",
    "events",
    "named entities",
    "quotations",
    "provenance",
    "Zhoukou",
)

VERIFICATION = (
    "Each record was read against the page twice by the makers of the dataset; a ledger binds each reading to the "
    "record's content by a hash. Every item was read a third time, from the page and the codebook alone, and each "
    "difference was decided; the codebook takes its examples from this page, so that agreement shows that it was "
    "followed, no more. A program checks each value that rests on text against its evidence. No fact was checked "
    "outside the page."
)

USES = (
    "Reading and teaching: who took part in which event of a development zone, in which role.",
    "Evaluating extraction from Chinese news text that was taken from a PDF: names, titles, dates, events, quotations.",
    "Testing tools that carry evidence spans beside values.",
)

LIMITATIONS = (
    "One page of nine items: no sample of anything, and far too small to train on.",
    "The text comes from a PDF and lacks masthead, date of publication, page number and pictures.",
    "What the page does not print is empty: most dates carry a year that only another item prints (EDTF 2023?-05-04), "
    "and a name missing from a list says nothing.",
    "The readers are the makers of the dataset.",
    "A local paper reports what officials do and say: other voices hardly appear.",
)

PERSONAL = (
    "Names of officials in their public role, of reporters and correspondents in bylines, and of two private persons "
    "with a prize. No one is named as a minor. Nothing was added from outside the page."
)
