"""Rules that are part of making the tables, or derived from the declarations of the columns."""

from __future__ import annotations

from lingang.rules.rule import Rule

__all__ = ["BUILT_RULES"]


def _rule(id: str, title: str, why: str, mend: str, *, advice: bool = False, core: bool = False) -> Rule:
    return Rule(id, "advice" if advice else "requirement", title, why, mend, core=core)


_ONE_READING = "A file that two readers could take in two ways is read by none."

BUILT_RULES: tuple[Rule, ...] = (
    _rule("YML001", "a file that is not UTF-8", _ONE_READING, "save the file as UTF-8"),
    _rule(
        "YML002",
        "a byte order mark, a carriage return or a control character",
        _ONE_READING,
        "save the file as UTF-8 without a mark, with LF line ends, and take control characters out",
    ),
    _rule(
        "YML003",
        "a file that is not YAML",
        _ONE_READING,
        "mend the line; indent with spaces, close quotes and brackets",
    ),
    _rule(
        "YML004",
        "a file without one document",
        "A file holds one document.",
        "write one document, without --- after it",
    ),
    _rule(
        "YML005",
        "a key that stands twice",
        "Most readers keep the last silently; a value would be lost.",
        "keep one of the two",
    ),
    _rule(
        "YML006",
        "an anchor or an alias",
        "A value is written where it stands, so that its line is its place.",
        "write the value out",
    ),
    _rule("YML007", "a tag or a directive", _ONE_READING, "take the tag out; put text in quotes where needed"),
    _rule(
        "YML008",
        "a file too large or too deep",
        "A bound keeps a check from hanging on a file that is no record.",
        "split the file, or take levels out",
    ),
    _rule("YML009", "a key that is not text", _ONE_READING, "write a plain word as key"),
    _rule(
        "YML010",
        "an unknown key",
        "A misspelt key would be passed over silently.",
        "correct the key, or take it out",
    ),
    _rule(
        "YML011",
        "a key that is missing, or keys that do not go together",
        "Each entry says all that it must, once.",
        "add the key that is missing, or keep one of those that exclude each other",
    ),
    _rule(
        "YML012",
        "a value of the wrong kind",
        "Each key takes one kind of value.",
        "write a value of the kind that is expected; put text that looks like a number in quotes",
    ),
    _rule(
        "YML013",
        "a file that is missing",
        "A dataset has sources.yaml and at least one article; an absent registry is empty.",
        "add the file; lingang new DIR writes a root to start from",
    ),
    _rule(
        "YML014",
        "a file that has no place here",
        "A file under another name would be passed over silently, or be there twice.",
        "rename or remove the file",
    ),
    _rule(
        "YML015",
        "a value that has no effect",
        "What is written and reaches no record would be lost in silence.",
        "take the key out, or write it where it has an effect",
    ),
    _rule(
        "TXT001",
        "a page that is not the pinned one",
        "Positions hold for one sequence of bytes only; raw/SHA256SUMS pins it.",
        "put the page back as received; for a new page run sha256sum in raw/ anew",
    ),
    _rule(
        "TXT002",
        "a page that is not clean UTF-8 text",
        "Positions are code points of a page with LF line ends.",
        "keep the page as received if it is clean; convert it before it is pinned if it is not",
    ),
    _rule(
        "TXT003",
        "lines that the page does not have, or out of order",
        "An item is given by lines of the page, in page order.",
        "correct the line numbers",
    ),
    _rule(
        "TXT004",
        "a blank line where text begins or ends",
        "A segment begins and ends with text.",
        "name the line on which the text begins or ends",
    ),
    _rule(
        "TXT006",
        "an item without text",
        "An item has body text or a caption.",
        "add body: or caption: with its lines",
    ),
    _rule(
        "TXT007",
        "a page that no source names",
        "A page in raw/ is part of the dataset or does not belong there.",
        "name it in dataset/sources.yaml, or take it out",
    ),
    _rule("ROW001", "a value of the wrong type", "Each column has one type.", "correct the value", core=True),
    _rule(
        "ROW002",
        "an empty cell in a column that must be filled",
        "Only columns declared so may be empty.",
        "fill the cell",
        core=True,
    ),
    _rule(
        "ROW003",
        "a word that is not of the vocabulary",
        "Each word of a vocabulary has a definition; a word that nobody defined means nothing to the next reader.",
        "choose one of the words listed; an open vocabulary takes new ones in dataset/lexicon.yaml",
        core=True,
    ),
    _rule(
        "ROW004",
        "text of the wrong form",
        "Ids, dates and tags have one form.",
        "correct the text",
        core=True,
    ),
    _rule("ROW005", "a number out of range", "Numbers have bounds.", "correct the number", core=True),
    _rule(
        "ROW008",
        "a character that looks like another, or is not seen, in a text that was typed",
        "A radical or a compatibility form in place of a character, or a zero width space: who searches the text does "
        "not find what it seems to say.",
        "type the character itself; accept the advice with the record where it is meant",
        advice=True,
    ),
    _rule(
        "ROW006",
        "an unknown or missing column",
        "A row has every column of its table and no other.",
        "add or remove the key",
        core=True,
    ),
    _rule(
        "KEY001",
        "a primary key that stands twice",
        "A key names one row.",
        "give one of them another id, or take it out if it is a repetition",
        core=True,
    ),
    _rule(
        "KEY002",
        "a key that points to nothing",
        "What a row points to is there.",
        "name a record that exists, or add it",
        core=True,
    ),
    _rule(
        "KEY003",
        "a name that no registry knows",
        "Entities are written as printed and resolved through the registries.",
        "register the name or the form, or write it as registered",
    ),
    _rule(
        "KEY004",
        "a name of several records",
        "A homonym is told apart by its id.",
        "write the id of the record that is meant",
    ),
    _rule(
        "KEY005",
        "a word that cannot stand for the name",
        "A stand-in ends like the name that was mentioned before it.",
        "name the body that the word stands for",
    ),
    _rule(
        "KEY006",
        "two rows that say the same thing",
        "A fact is recorded once.",
        "keep one of the two",
        core=True,
    ),
    _rule(
        "EVI002",
        "a quote that is not found",
        "A quote stands in its own item, white space ignored.",
        "write the quote as printed in this item, without omissions",
    ),
    _rule(
        "EVI003",
        "a quote that is found more than once",
        "A quote that could be meant in two places proves neither.",
        "tell the places apart with before: or after: (the text right next to the quote)",
    ),
    _rule(
        "EVT002",
        "a date that is no calendar day",
        "A printed date is a day that exists.",
        "check the date against the page; a misprinted date stays out of date:",
    ),
    _rule(
        "QUO001",
        "a quotation that is empty or too long",
        "A quotation lies within one paragraph.",
        "correct from: or to:, or split the quotation by paragraph",
    ),
    _rule(
        "NUM001",
        "a number shorter than printed",
        "A number is as long as the text gives it.",
        "write the whole number with its measure word",
    ),
    _rule(
        "PUB001",
        "a file that differs from its sum",
        "SHA256SUMS shows a file that was changed or cut short.",
        "download or build the release again",
        core=True,
    ),
    _rule(
        "PUB002",
        "Parquet and JSON Lines differ",
        "The two forms of a table hold the same rows.",
        "build the release again",
        core=True,
    ),
    _rule(
        "PUB003",
        "a schema that differs from the models",
        "The schema that is published is the one that is checked.",
        "build the release again with this version, or check it with its own",
        core=True,
    ),
    _rule(
        "PUB004",
        "a file that is missing, or that nothing lists",
        "SHA256SUMS lists every file and none besides.",
        "download or build the release again",
        core=True,
    ),
    _rule(
        "PUB005",
        "a Parquet file with another schema",
        "Types, keys and a description on every column travel with the file.",
        "write the file with the columns and types that are expected; of a release, build it again",
        core=True,
    ),
    _rule(
        "PUB006",
        "a table that cannot be read",
        "A line of JSON Lines is one JSON object with each key once.",
        "write the line or the file as is expected; of a release, build it again",
        core=True,
    ),
    _rule(
        "PUB007",
        "facts of the dataset that cannot be read",
        "about.json says what the dataset is, by whom and under which rights.",
        "correct dataset/about.yaml of the root and build again; or download the release again",
        core=True,
    ),
    _rule(
        "PUB008",
        "rows out of the order of their key",
        "Rows of a published table stand in the order of their key, by code point: the same rows are the same bytes.",
        "download or build the release again",
        core=True,
    ),
    _rule(
        "PUB009",
        "a file of your own in a published folder",
        "SHA256SUMS does not list it: it is no part of what was published, and a copy of the folder takes it along.",
        "put it elsewhere, or leave it; nothing reads it",
        advice=True,
    ),
    _rule(
        "ACC001",
        "an acceptance that silences nothing",
        "Advice that is gone needs no acceptance; one that is left over hides the next.",
        "take the acceptance out",
        advice=True,
    ),
    _rule(
        "ACC002",
        "an acceptance of what is no advice",
        "A requirement cannot be overruled, and a rule that does not exist says nothing.",
        "mend what the rule finds; lingang rules lists the rules",
    ),
)
