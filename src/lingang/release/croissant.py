"""``croissant.json``: Croissant 1.1 with its Responsible AI fields (https://docs.mlcommons.org/croissant).

A record set a table, read from its Parquet file; the words of a vocabulary stand in the
description of its field. Foreign keys are in ``datapackage.json`` alone: mlcroissant fails on chained references.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from lingang import about
from lingang.files.contents import json_text
from lingang.models import TABLES, Column, Table

__all__ = ["CROISSANT", "croissant"]

CROISSANT = "croissant.json"

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {
    "str": "sc:Text",
    "int32": "cr:Int32",
    "int64": "cr:Int64",
    "bool": "sc:Boolean",
    "date32": "sc:Date",
    "list<str>": "sc:Text",
}

RESPONSIBLE = {
    "rai:dataCollection": (
        "The page is the text layer of a PDF, kept as received; its sha256 is in the table sources. The records "
        "were written by hand from the page and from nothing else."
    ),
    "rai:dataCollectionType": ["Manual Human Curation"],
    "rai:dataCollectionRawData": "The decoded page, unchanged, in sources.text.",
    "rai:dataCollectionMissingData": (
        "Masthead, date of publication, page number and pictures are missing from the text; the table issues lists "
        "what is missing, odd or doubtful. A cell is null where the page does not say."
    ),
    "rai:dataPreprocessingProtocol": [
        "White space is removed from the text by one published rule with a map of positions in both directions; "
        "misprints stay as printed."
    ],
    "rai:dataImputationProtocol": "Nothing is imputed: what the page does not print is null.",
    "rai:dataAnnotationProtocol": ["CODEBOOK.md: each decision with cases, counter-cases and borderline cases."],
    "rai:annotationsPerItem": "One decision a cell; each record was then read against the page twice by the makers.",
    "rai:dataAnnotationAnalysis": [about.VERIFICATION],
    "rai:machineAnnotationTools": [
        "Mentions of registered names are found by program; positions, counts and days are computed; "
        "the rest is by hand."
    ],
    "rai:dataUseCases": list(about.USES),
    "rai:dataLimitations": list(about.LIMITATIONS),
    "rai:dataBiases": [
        "One page of one local paper: its choice of events, and its view of them, is that of the paper.",
        "Officials are named and quoted; those for whom things are done are described as groups.",
    ],
    "rai:personalSensitiveInformation": [about.PERSONAL],
    "rai:dataSocialImpact": (
        "It makes public acts of officials easier to follow; ETHICS.md says what should not be done with it: no "
        "profiles of persons, no linking to people of the same name."
    ),
    "rai:dataReleaseMaintenancePlan": (
        "Corrections come with a new version, by the rules of docs/VERSIONS.md; a request to remove something is an "
        "issue in the repository."
    ),
}
"""The Responsible AI fields (Croissant RAI 1.0)."""


def _file(name: str, data: bytes, format: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(data)} B",
        "encodingFormat": format,
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _field(declared: Table, column: Column) -> dict[str, Any]:
    words = ""
    if column.vocabulary is not None:
        words = " " + " ".join(f"{word.value}: {word.definition}" for word in column.vocabulary.words)
    out: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{declared.name}/{column.name}",
        "name": column.name,
        "description": column.description + words,
        "dataType": _TYPES[column.type],
        "source": {
            "fileObject": {"@id": f"{declared.name}.parquet"},
            "extract": {"column": column.name},
        },
    }
    if column.type == "list<str>":
        out |= {"isArray": True, "arrayShape": "-1"}
    return out


def _record_set(declared: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": declared.name,
        "name": declared.name,
        "description": f"{declared.title}. {declared.description}",
        "key": {"@id": f"{declared.name}/{declared.key}"},
        "field": [_field(declared, column) for column in declared.columns],
    }


def croissant(files: Mapping[str, bytes]) -> bytes:
    """The descriptor of the Parquet files."""
    names = [f"{declared.name}.parquet" for declared in TABLES]
    return json_text(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
            "name": about.NAME,
            "alternateName": about.TITLE,
            "description": about.DESCRIPTION,
            "url": about.IDENTIFIER,
            "version": about.VERSION,
            "datePublished": about.RELEASED,
            "inLanguage": about.LANGUAGE,
            "keywords": list(about.KEYWORDS),
            "creator": {"@type": "sc:Organization", "name": about.AUTHORS},
            "license": about.DATA_LICENCE_URL,
            "copyrightNotice": about.RIGHTS,
            "citeAs": f"{about.AUTHORS}. {about.TITLE}. Version {about.VERSION}, {about.RELEASED}.",
            "isLiveDataset": False,
            **RESPONSIBLE,
            "distribution": [_file(name, files[name], "application/x-parquet") for name in names],
            "recordSet": [_record_set(declared) for declared in TABLES],
        }
    )
