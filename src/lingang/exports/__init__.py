"""The dataset in the formats of other programs, made from the published tables alone.

==================  ==============================  ============================================
format              file                            read by
==================  ==============================  ============================================
``nlp``             ``nlp/<name>.jsonl``            anything that reads JSON Lines
``brat``            ``brat/<article_id>.txt, .ann`` brat and its readers
``tei``             ``tei/<name>.xml``              TEI P5 tools
``web-annotation``  ``web-annotation/<name>.jsonld``  W3C Web Annotation, any RDF store; in a folder, the pages beside
``csv``             ``network/person_event.csv``    spreadsheets, Gephi
``graphml``         ``network/person_event.graphml``  networkx, igraph, Gephi
==================  ==============================  ============================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from lingang.about import FULL, INSTALLED, About
from lingang.exports.brat import export_brat
from lingang.exports.corpus import Corpus, Tables, read_about, read_tables
from lingang.exports.network import export_csv, export_graphml
from lingang.exports.nlp import export_nlp
from lingang.exports.tei import export_tei
from lingang.exports.web_annotation import export_web_annotation
from lingang.files.owned import check_apart, resolved
from lingang.files.store import add_files, writing

__all__ = ["FORMATS", "WITHOUT_TEXT", "all_exports", "export", "read_about", "read_tables"]

FORMATS: dict[str, Callable[[Corpus], dict[str, bytes]]] = {
    "brat": export_brat,
    "csv": export_csv,
    "graphml": export_graphml,
    "nlp": export_nlp,
    "tei": export_tei,
    "web-annotation": export_web_annotation,
}

WITHOUT_TEXT = ("csv", "graphml")
"""The formats that hold no wording of the pages beyond names and titles."""


def all_exports(tables: Tables, about: About | None = None) -> dict[str, bytes]:
    """Every export of the tables: relative file name to bytes (UTF-8, LF), in the order of the names.

    ``tables`` holds the rows of each published table by its name, as ``read_tables`` gives them, ``about`` the facts
    of their dataset, as ``read_about`` does; without these the exports say nothing of title, authors and rights. Of an
    edition without the wording of the pages there are those that hold none.
    """
    corpus = Corpus(tables, about)
    whole = about is None or about.edition == FULL
    makers = [make for name, make in FORMATS.items() if whole or name in WITHOUT_TEXT]
    files = {name: data for make in makers for name, data in make(corpus).items()}
    return dict(sorted(files.items()))


def export(
    fmt: str,
    path: str | Path,
    tables: Tables | None = None,
    about: About | None = None,
    apart: Iterable[Path] = (),
) -> list[Path]:
    """Write one export, whole or not at all, and return its files, sorted.

    ``path`` is the file to write, or a folder, existing or written with an end ``/``, to write it into;
    of brat, which is many files, always a folder; of web-annotation a folder gets the texts of the pages too.
    ``tables``, with their ``about``, are those of the installed data by
    default; nothing is written among the inputs of ``apart``.
    No file is written over: one that is there already must hold the same bytes.
    Raises ``ValueError`` for an unknown format, with the known ones, and ``CannotRun`` where it cannot be written.
    """
    if fmt not in FORMATS:
        raise ValueError(f"no format {fmt!r}; the formats are: {', '.join(FORMATS)}")
    target = Path(path)
    check_apart(target, [INSTALLED, *apart])
    files = FORMATS[fmt](Corpus(read_tables(), read_about()) if tables is None else Corpus(tables, about))
    main = next(iter(files), "")  # of a dataset without items brat has none
    with writing(target):
        if target.exists() and not target.is_file() and not target.is_dir():  # a pipe, /dev/stdout: nothing is lost
            target.write_bytes(b"".join(files.values()) if fmt == "brat" else files[main])
            return [target]
        into = fmt == "brat" or target.is_dir() or str(path).endswith(("/", "\\"))
        place = resolved(target)
        named = {PurePosixPath(name).name: data for name, data in files.items()} if into else {place.name: files[main]}
        add_files(named, place if into else place.parent, target)
    return sorted(target / name for name in named) if into else [target]
