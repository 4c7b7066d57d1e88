"""``croissant.json``: Croissant 1.1 with its Responsible AI fields (https://docs.mlcommons.org/croissant).

A record set a table, read from its Parquet file; the words of a vocabulary stand in the
description of its field. Foreign keys are in ``datapackage.json`` alone: mlcroissant fails on chained references.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lingang.about import FULL, About, Creator, licence_url
from lingang.files.contents import json_text
from lingang.lexicon import Lexicon
from lingang.tables import Column, Table, tables_in

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
    "float64": "cr:Float64",
    "bool": "sc:Boolean",
    "date32": "sc:Date",
    "list<str>": "sc:Text",
}

_GAPS = "The table issues lists what is missing, odd or doubtful. A cell is null where the page does not say."

_RAW = {FULL: "The decoded pages, unchanged, in sources.text."}
"""Where the raw data are, by edition."""


def _responsible(about: About, names: Iterable[str]) -> dict[str, Any]:
    """The Responsible AI fields (Croissant RAI 1.0): what any dataset made this way can say, and its own facts."""
    guides = {"CODEBOOK.md": "the rules of annotation", "CASES.md": "how they were applied to the pages"}
    protocol = [f"{name}: {what}." for name, what in guides.items() if name in names]
    fields: dict[str, Any] = {
        "rai:dataCollection": about.collection,
        "rai:dataCollectionType": list(about.collection_types),
        "rai:dataCollectionRawData": _RAW.get(about.edition),
        "rai:dataCollectionMissingData": _GAPS if about.missing is None else f"{about.missing} {_GAPS}",
        "rai:dataPreprocessingProtocol": [
            "White space is removed from the text by one published rule with a map of positions in both directions; "
            "misprints stay as printed."
        ],
        "rai:dataImputationProtocol": "Nothing is imputed: what the page does not print is null.",
        "rai:dataAnnotationProtocol": protocol or None,
        "rai:annotationsPerItem": about.annotation,
        "rai:dataAnnotationAnalysis": [about.method],
        "rai:machineAnnotationTools": [
            *about.annotation_tools,
            "Mentions of registered names are found by program; positions, counts and days are computed.",
        ],
        "rai:dataUseCases": list(about.uses),
        "rai:dataLimitations": list(about.limitations),
        "rai:dataBiases": list(about.biases),
        "rai:personalSensitiveInformation": None if about.persons is None else [about.persons],
        "rai:dataSocialImpact": about.impact,
        "rai:dataReleaseMaintenancePlan": about.maintenance or about.contacts,
    }
    return {name: value for name, value in fields.items() if value}


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


def _creator(creator: Creator) -> dict[str, str]:
    kind = "sc:Person" if creator.kind == "person" else "sc:Organization"
    return {"@type": kind, "name": creator.name, **({} if creator.url is None else {"url": creator.url})}


def _facts(about: About, languages: Sequence[str]) -> dict[str, Any]:
    makers = [_creator(creator) for creator in about.creators]
    fields: dict[str, Any] = {
        "name": about.name,
        "alternateName": about.title,
        "description": about.description,
        "url": about.identifier,
        "version": about.version,
        "datePublished": about.released,
        "inLanguage": languages[0] if len(languages) == 1 else list(languages),
        "keywords": list(about.keywords),
        "creator": makers[0] if len(makers) == 1 else makers,
        "license": [licence_url(name) or name for name in (about.annotations_license, about.text_license)],
        "copyrightNotice": about.rights,
        "citeAs": f"{about.authors}. {about.title}. Version {about.stated}.",
    }
    return {name: value for name, value in fields.items() if value}


def croissant(files: Mapping[str, bytes], about: About, languages: Sequence[str], lexicon: Lexicon | None) -> bytes:
    """The descriptor of the Parquet files; ``languages`` are the BCP 47 tags of the pages, the words those of the
    lexicon."""
    tables = tables_in(lexicon, about.edition)
    names = [f"{declared.name}.parquet" for declared in tables]
    return json_text(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
            **_facts(about, languages),
            "isLiveDataset": False,
            **_responsible(about, files),
            "distribution": [_file(name, files[name], "application/x-parquet") for name in names],
            "recordSet": [_record_set(declared) for declared in tables],
        }
    )
