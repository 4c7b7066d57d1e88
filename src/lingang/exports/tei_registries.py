"""The header of the TEI file, and the registries and relations that its text points to."""

from __future__ import annotations

from lingang.about import About, licence_url
from lingang.exports.corpus import Corpus, Row
from lingang.exports.xml_writer import Writer

__all__ = ["write_header", "write_registries"]

_UNTITLED = "Newspaper pages, with their records"


def _campaigns(writer: Writer, corpus: Corpus, parent: str | None) -> None:
    for row in corpus.rows("campaigns", parent_campaign_id=parent):
        with writer.block("category", {"xml:id": f"campaigns.{row['campaign_id']}"}):
            for name in (row["name"], *row["aliases"]):
                writer.leaf("catDesc", text=name)
            _campaigns(writer, corpus, row["campaign_id"])


def _write_publication(writer: Writer, about: About | None) -> None:
    """titleStmt, editionStmt and publicationStmt; without facts, no more than TEI asks for."""
    with writer.block("titleStmt"):
        writer.leaf("title", text=_UNTITLED if about is None else about.title)
    if about is None:
        with writer.block("publicationStmt"):
            writer.leaf("p", text="Unpublished.")
        return
    with writer.block("editionStmt"):
        writer.leaf("edition", {"n": about.version}, f"Version {about.version}")
    with writer.block("publicationStmt"):
        for creator in about.creators:
            writer.leaf("publisher", text=creator.name)
        with writer.block("availability"):
            writer.leaf("licence", {"target": licence_url(about.annotations_license)}, about.rights)


def write_header(writer: Writer, corpus: Corpus) -> None:
    """teiHeader: what the file is, the pages it rests on, how the text was made, the campaigns."""
    with writer.block("teiHeader"):
        with writer.block("fileDesc"):
            _write_publication(writer, corpus.about)
            with writer.block("sourceDesc"):
                for row in corpus.rows("sources"):
                    with writer.block("bibl", {"xml:id": f"sources.{row['source_id']}"}):
                        writer.leaf("idno", {"type": "file"}, row["file"])
                        writer.leaf("idno", {"type": "sha256"}, row["sha256"])
        with writer.block("encodingDesc"):
            with writer.block("editorialDecl"):
                writer.leaf(
                    "p", text="The text is cut from the raw page; white space alone is changed, misprints stay."
                )
            if corpus.rows("campaigns"):
                with writer.block("classDecl"), writer.block("taxonomy", {"xml:id": "campaigns"}):
                    _campaigns(writer, corpus, None)
        with writer.block("profileDesc"), writer.block("langUsage"):
            for language in sorted({row["language"] for row in corpus.rows("sources")}):
                writer.leaf("language", {"ident": language})


def _name(writer: Writer, row: Row) -> None:
    """The name as printed, in its parts where it splits."""
    if row["family_name"] is None or row["given_name"] is None:
        writer.leaf("persName", text=row["name"])
        return
    writer.open("persName")
    for tag, column in (("surname", "family_name"), ("forename", "given_name")):
        writer.open(tag)
        writer.text(row[column])
        writer.close(tag)
    writer.close("persName")
    writer.line()


def _people(writer: Writer, corpus: Corpus) -> None:
    for row in corpus.rows("people"):
        with writer.block("person", {"xml:id": f"people.{row['person_id']}", "role": row["public_role"]}):
            _name(writer, row)
            for alias in row["aliases"]:
                writer.leaf("persName", {"type": "alias"}, alias)
            if row["name_latin"] is not None:
                writer.leaf("persName", {"type": "latin"}, row["name_latin"])
    groups = [(f"participations.{row['participation_id']}", row) for row in corpus.rows("participations")]
    groups += [(f"quotations.{row['quotation_id']}.speaker", row) for row in corpus.rows("quotations")]
    for identifier, row in groups:
        if row["group_label"] is not None:
            with writer.block("personGrp", {"xml:id": identifier}):
                writer.leaf("p", text=row["group_label"])


def _event(writer: Writer, row: Row) -> None:
    start, end = row["date_start"], row["date_end"]
    attributes = {
        "xml:id": f"events.{row['event_id']}",
        "type": row["kind"],
        "subtype": row["status"],
        "when": str(start) if start is not None and start == end else None,
        "from": str(start) if start is not None and start != end else None,
        "to": str(end) if end is not None and start != end else None,
    }
    with writer.block("event", attributes):
        writer.leaf("label", text=row["name"])


def _relations(corpus: Corpus) -> list[dict[str, str]]:
    out = []
    for table, key, parent in (
        ("organizations", "organization_id", "parent_organization_id"),
        ("places", "place_id", "parent_place_id"),
    ):
        out += [
            {"name": "part_of", "active": f"#{table}.{row[key]}", "passive": f"#{table}.{row[parent]}"}
            for row in corpus.rows(table)
            if row[parent] is not None
        ]
    columns = {"person": "person_id", "organization": "organization_id", "place": "place_id"}
    tables = {"person": "people", "organization": "organizations", "place": "places"}
    for row in corpus.rows("participations"):
        kind = row["participant_kind"]
        active = f"participations.{row['participation_id']}"
        if kind in columns:
            active = f"{tables[kind]}.{row[columns[kind]]}"
        out.append({"name": row["role"], "active": f"#{active}", "passive": f"#events.{row['event_id']}"})
    out += [
        {"name": row["relation"], "active": f"#events.{row['event_id']}", "passive": f"#events.{row['other_event_id']}"}
        for row in corpus.rows("event_links")
    ]
    out += [
        {
            "name": row["relation"],
            "active": f"#events.{row['event_id']}",
            "passive": f"#campaigns.{row['campaign_id']}",
        }
        for row in corpus.rows("event_campaigns")
        if row["event_id"] is not None
    ]
    return out


def write_registries(writer: Writer, corpus: Corpus) -> None:
    """standOff: people and described groups, bodies, places, events, and how they relate."""
    with writer.block("standOff"):
        if corpus.rows("people"):
            with writer.block("listPerson"):
                _people(writer, corpus)
        for tag, entry, name, table, key in (
            ("listOrg", "org", "orgName", "organizations", "organization_id"),
            ("listPlace", "place", "placeName", "places", "place_id"),
        ):
            rows = corpus.rows(table)
            if rows:
                with writer.block(tag):
                    for row in rows:
                        with writer.block(entry, {"xml:id": f"{table}.{row[key]}", "type": row["kind"]}):
                            writer.leaf(name, text=row["name"])
                            for alias in row.get("aliases", ()):
                                writer.leaf(name, {"type": "alias"}, alias)
        if corpus.rows("events"):
            with writer.block("listEvent"):
                for row in corpus.rows("events"):
                    _event(writer, row)
        relations = _relations(corpus)
        if relations:
            with writer.block("listRelation"):
                for relation in relations:
                    writer.leaf("relation", relation)
