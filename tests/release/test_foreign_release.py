"""What another team releases is theirs: their facts, their documents, and nothing of the dataset of this repository."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import tarfile
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

import lingang
from foreign import ABOUT, foreign_root
from lingang.about import WANTED
from lingang.authored.shapes import AboutFile
from lingang.check.subject import check_path
from lingang.cli.commands import main
from lingang.exports import all_exports, read_tables

NAME = "yunhe-0.3.0"
TEXTS = "rights private_contact persons collection missing annotation impact maintenance".split()
PLACES = "Lingang Zhoukou zhoukou 周口 临港 淮河路 太昊路 开来路 南徐 徐庄 曲剧 万达 麒麟".split()
GENRE = "市委 市政府 市纪委 党工委 管委会 纪工委 监工委 文明城市创建 文明创建 创文".split()
"""Names of bodies and of drives that any city's paper prints: the lexicon, which a release carries, has them too."""
STATED = ["2023", "2026-11-23", "1.0.0", "May 2023", "nine items"]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = foreign_root(tmp_path_factory.mktemp("foreign") / "root")
    out = root.parent / "dist"
    assert main(["release", str(root), "--out", str(out)]) == 0
    return out


def authored(root: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "dataset" / f"{name}.yaml").read_text("utf-8"))
    return found


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str) and value != "lingang":
        yield value


def sentences(facts: dict[str, Any]) -> Iterator[str]:
    """What the facts of this repository say, and each sentence and clause of it that is long enough to be its own."""
    for text in texts(facts):
        yield text
        yield from (part.strip() for part in re.split(r"[.;:,] ", text) if len(part.strip()) > 24)


def forbidden(root: Path) -> set[str]:
    """Names, ids and facts of the dataset of this repository."""
    facts = {key: fact for key, fact in authored(root, "about").items() if key not in ("languages", "lexicon")}
    words = {*PLACES, *STATED, *sentences(facts), *authored(root, "sources")}
    for name in ("people", "organizations", "places", "campaigns"):
        for key, entry in authored(root, name).items():
            words |= {key, entry["name"], entry.get("latin", key), *entry.get("aliases", ())}
    for path in (root / "dataset" / "articles").glob("*.yaml"):
        words |= {path.stem, *(yaml.safe_load(path.read_text("utf-8")).get("events") or {})}
    return words - {"Chinese", "newspaper", "events", "quotations", "provenance", "named entities", *GENRE}


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and, of what is packed, what it holds: members of archives, cells and descriptions of tables."""
    yield name, name.encode() + b"\n" + data
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield from unpacked(f"{name}/{info.filename}", archive.read(info))
    elif name.endswith(".tar.gz"):
        with tarfile.open(fileobj=io.BytesIO(data)) as bundle:
            for member in bundle:
                yield from unpacked(f"{name}/{member.name}", bundle.extractfile(member).read())  # type: ignore[union-attr]
    elif name.endswith(".parquet"):
        table = pq.ParquetFile(io.BytesIO(data)).read()
        metadata = [table.schema.metadata, *(field.metadata for field in table.schema)]
        told = [value.decode() for described in metadata for value in described.values()]
        yield f"{name} (read)", repr((table.to_pylist(), told)).encode()
    elif name.endswith(".sqlite"):
        connection = sqlite3.connect(":memory:")
        connection.deserialize(data)
        yield f"{name} (read)", "\n".join(connection.iterdump()).encode()
        connection.close()


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from unpacked(path.relative_to(folder).as_posix(), path.read_bytes())


@pytest.mark.long
def test_no_file_says_anything_of_this_dataset(dist: Path, root: Path) -> None:
    words = {word: word.encode() for word in forbidden(root)}
    assert {
        "临港开发区",
        "孙鹏",
        "Sun Peng",
        "lingang-2023-05",
        "the lingang contributors",
        "urn:uuid:657aba4c-0cbb-42ad-b13d-724ffcf8d2c4#",
    } <= set(words)
    found = {(name, word) for name, data in everything(dist) for word, sought in words.items() if sought in data}
    assert found == set()


def test_the_search_for_words_of_this_dataset_finds_them_in_its_own(root: Path, tmp_path: Path) -> None:
    """The search above can fail: over the installed data, packed, it finds words in every kind of file."""
    with zipfile.ZipFile(tmp_path / "own.zip", "w") as archive:
        for name in ("people.jsonl", "people.parquet", "about.json"):
            archive.writestr(name, (resources.files("lingang") / "data" / name).read_bytes())
    words = {word.encode() for word in forbidden(root)}
    found = {name for name, data in everything(tmp_path) if any(word in data for word in words)}
    assert {"own.zip/people.jsonl", "own.zip/people.parquet (read)", "own.zip/about.json"} <= found


@pytest.mark.long
def test_the_toolkit_is_named_as_the_maker_alone(dist: Path) -> None:
    allowed = re.compile(
        rb"lingang(\[validate\]|:| validate \.|`, not edited)|\"lingang\": \"tag:[a-z.,:/0-9]+/terms/\""
    )
    for name, data in everything(dist):
        assert "lingang" not in name
        assert b"lingang" not in allowed.sub(b"", data), name


@pytest.mark.long
def test_every_descriptor_states_the_facts_of_the_root(dist: Path) -> None:
    folder = dist / NAME
    said = yaml.safe_load(ABOUT)
    assert json.loads((folder / "about.json").read_text("utf-8")) == said
    for name in ("README.md", "huggingface/README.md", "CITATION.cff", "datapackage.json", "croissant.json"):
        text = (folder / name).read_text("utf-8")
        for fact in (
            "0.3.0",
            "云河晚报一版",
            "白露工作组",
            "陈守一",
            "One sentence of an invented paper.",
            "LicenseRef-yunhe",
        ):
            assert fact in text, (name, fact)
    assert json.loads((folder / "schema" / "events.schema.json").read_text("utf-8"))["$id"] == (
        "tag:example.org,2024:yunhe/schema/events.schema.json"
    )
    assert {path.name for path in folder.rglob("*.sqlite")} == {"yunhe.sqlite"}
    assert not list(folder.rglob("LICENSE*"))
    for path in (folder, dist / f"{NAME}.zip", dist / f"{NAME}.tar.gz"):
        assert list(check_path(path)) == []


def test_without_a_day_of_release_files_have_the_first_day_of_archives(dist: Path) -> None:
    with zipfile.ZipFile(dist / f"{NAME}.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    with tarfile.open(dist / f"{NAME}.tar.gz") as bundle:
        assert {member.mtime for member in bundle} == {315532800}


def test_tables_of_others_are_exported_without_facts_of_ours(dist: Path, root: Path) -> None:
    made = all_exports(read_tables(dist / NAME))
    words = forbidden(root)
    assert {(name, word) for name, data in made.items() for word in words if word.encode() in data} == set()
    assert b"urn:lingang:sources/yunhe-page" in made["web-annotation/lingang.jsonld"]


@pytest.mark.long
def test_a_corpus_keeps_the_facts_that_lie_beside_its_tables(
    dist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    for path in (*(dist / NAME).glob("*.jsonl"), dist / NAME / "about.json"):
        (corpus / path.name).write_bytes(path.read_bytes())
    assert main(["build", str(corpus), "--out", str(out)]) == 0
    assert (out / "about.json").read_bytes() == (corpus / "about.json").read_bytes()
    assert b'"$id": "tag:example.org,2024:yunhe/schema/' in (out / "schema" / "events.schema.json").read_bytes()
    assert main(["validate", str(out)]) == 0
    (corpus / "about.json").write_text('{"name": 1}')
    for arguments in (["validate"], ["build", "--out", str(tmp_path / "more")]):
        capsys.readouterr()
        assert main([*arguments, str(corpus)]) == 1
        assert "about.json:1:10: PUB007" in capsys.readouterr().out
    assert not (tmp_path / "more").exists()


def test_the_version_of_a_frame_is_that_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lingang, "__version__", "9.9.9")
    facts = json.loads((resources.files("lingang") / "data" / "about.json").read_text("utf-8"))
    assert lingang.load("events").attrs["version"] == facts["version"] != "9.9.9"


@pytest.mark.long
def test_every_fact_reaches_a_document(tmp_path: Path) -> None:
    told = {
        **{key: f"The {key} of it." for key in TEXTS},
        **{key: [f"The {key} of it.", f"More {key}."] for key in ("keywords", "uses", "limitations", "biases")},
        "collection_types": ["Manual Human Curation"],
        "annotation_tools": ["A tagger proposed the names."],
        "released": "2024-03-02",
        "homepage": "https://example.org/yunhe",
        "repository": "https://example.org/yunhe.git",
    }
    more = "".join(f"{key}: {json.dumps(value)}\n" for key, value in told.items())
    root = foreign_root(tmp_path / "root", ABOUT + more + "lexicon: zh-news 1\nlanguages: [en]\n")
    assert main(["release", str(root), "--out", str(tmp_path / "dist")]) == 0
    folder = tmp_path / "dist" / NAME
    facts = json.loads((folder / "about.json").read_text("utf-8"))
    assert set(facts) == set(AboutFile.model_fields)
    names = ("README.md", "huggingface/README.md", "CITATION.cff", "datapackage.json", "croissant.json")
    said = "\n".join((folder / name).read_text("utf-8") for name in names)
    for key, value in facts.items():
        if key not in ("lexicon", "languages"):  # what it was made with, for those who check it
            assert all(text in said for text in texts(value)), key


@pytest.mark.long
def test_documents_are_those_of_the_root(tmp_path: Path) -> None:
    root = foreign_root(tmp_path / "root")
    own = {name: f"{name} of our own\n" for name in ("RIGHTS.md", "ETHICS.md", "LICENSE.txt")}
    own["README.md"] = "# 云河\n\n| `no/such.file` | what |\n"
    for name, text in own.items():
        (root / name).write_text(text, "utf-8")
    assert main(["release", str(root), "--out", str(tmp_path / "dist")]) == 0
    folder = tmp_path / "dist" / NAME
    for name in ("RIGHTS.md", "ETHICS.md", "LICENSE.txt"):
        assert (folder / name).read_text("utf-8") == own[name]
    assert (folder / "README.md").read_text("utf-8").endswith(own["README.md"])
    assert (folder / "huggingface" / "LICENSE.txt").read_text("utf-8") == own["LICENSE.txt"]
    assert "`LICENSE.txt`" in (folder / "README.md").read_text("utf-8")


@pytest.mark.long
def test_a_root_without_facts_validates_and_builds(tmp_path: Path) -> None:
    root = foreign_root(tmp_path / "root", about=None)
    assert main(["validate", str(root)]) == 0
    out = tmp_path / "out"
    assert main(["build", str(root), "--out", str(out)]) == 0
    assert not (out / "about.json").exists()
    assert json.loads((out / "schema" / "events.schema.json").read_text("utf-8"))["$id"] == "events.schema.json"
    assert list(check_path(out)) == []


def test_a_release_without_facts_says_which_it_wants(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = foreign_root(tmp_path / "root", about=None)
    assert main(["release", str(root), "--out", str(tmp_path / "dist")]) == 1
    said = capsys.readouterr().out
    assert said.startswith("dataset/about.yaml: YML013 dataset/about.yaml is missing\n")
    assert ", ".join(WANTED) in said
    assert not (tmp_path / "dist").exists()


@pytest.mark.long
@pytest.mark.parametrize("key", WANTED)
def test_a_release_names_the_fact_that_is_missing(tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept = "".join(line for line in ABOUT.splitlines(keepends=True) if not line.startswith(f"{key}:"))
    root = foreign_root(tmp_path / "root", about=kept)
    assert main(["validate", str(root)]) == 0
    assert main(["release", str(root), "--out", str(tmp_path / "dist")]) == 1
    assert f"dataset/about.yaml:1:1: YML011 key “{key}” is missing here" in capsys.readouterr().out
    assert not (tmp_path / "dist").exists()


FAULTS = {
    "an unknown key": ("titel: x\n", "10:1: YML010 unknown key “titel”"),
    "no value": ("rights:\n", "10:8: YML012"),
    "an empty text": ('rights: ""\n', "10:9: YML012"),
    "white space": ('rights: " "\n', "10:9: YML012"),
    "an empty list": ("keywords: []\n", "10:11: YML012"),
    "a list with nothing": ("keywords: [a, ~]\n", "10:15: YML012"),
    "a list for a text": ("rights: [a]\n", "10:9: YML012"),
    "a text for a list": ("keywords: a\n", "10:11: YML012"),
    "a day that is none": ("released: 2024-02-30\n", "10:11: YML012"),
    "no day": ("released: yesterday\n", "10:11: YML012"),
    "a day before archives": ("released: 1979-12-31\n", "10:11: YML012"),
    "a layer without number": ("lexicon: zh-news\n", "10:10: YML012"),
}
REPLACED = {
    "a version of two numbers": ("version: 0.3.0", "version: 0.3", "3:10: YML012"),
    "a version with a line feed": ("version: 0.3.0", r'version: "0.3.0\n"', "3:10: YML012"),
    "a version that is a number": ("version: 0.3.0", "version: 3", "3:10: YML012"),
    "a name that is no slug": ("name: yunhe", "name: Yun He", "1:7: YML012"),
    "a name that is a path": ("name: yunhe", "name: ../yunhe", "1:7: YML012"),
    "a base that is no URI": ("base: tag:example.org,2024:yunhe", "base: yunhe", "7:7: YML012"),
    "a base with a space": ("base: tag:example.org,2024:yunhe", "base: tag:a b", "7:7: YML012"),
    "no creator": ("creators: [{name: 白露工作组}, ", "creators: [{nam: x}, ", "5:13: YML010"),
    "another kind of creator": ("kind: person", "kind: robot", "5:45: YML012"),
    "half a license": (", text: LicenseRef-yunhe", "", "8:10: YML011 key “text” is missing"),
    "a license in words": ("annotations: CC0-1.0", "annotations: CC BY", "8:24: YML012"),
}


@pytest.mark.long
@pytest.mark.parametrize("fault", [*FAULTS, *REPLACED])
def test_faulty_facts_are_told_at_their_place(tmp_path: Path, fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    if fault in FAULTS:
        about, at = ABOUT + FAULTS[fault][0], FAULTS[fault][1]
    else:
        old, new, at = REPLACED[fault]
        assert old in ABOUT
        about = ABOUT.replace(old, new)
    assert main(["validate", str(foreign_root(tmp_path / "root", about=about))]) == 1
    assert f"dataset/about.yaml:{at}" in capsys.readouterr().out


@pytest.mark.long
@pytest.mark.parametrize("command", ["build", "release"])
def test_nothing_is_made_with_faulty_facts(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = foreign_root(tmp_path / "root", about=ABOUT.replace("version: 0.3.0", "version:"))
    assert main([command, str(root), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().out.count("dataset/about.yaml:3:9: YML012") == 1
    assert not (tmp_path / "out").exists()


def test_a_text_in_paragraphs_is_kept(tmp_path: Path) -> None:
    about = ABOUT.replace("description: One", "description: |\n  One").replace(
        "paper.\n", "paper.\n\n  Two paragraphs.\n"
    )
    assert main(["build", str(foreign_root(tmp_path / "root", about)), "--out", str(tmp_path / "out")]) == 0
    facts = json.loads((tmp_path / "out" / "about.json").read_text("utf-8"))
    assert facts["description"] == "One sentence of an invented paper.\n\nTwo paragraphs."


@pytest.mark.long
def test_facts_of_a_published_folder_are_checked(dist: Path, tmp_path: Path) -> None:
    import hashlib
    import shutil

    folder = Path(shutil.copytree(dist / NAME, tmp_path / "copy"))
    facts = (folder / "about.json").read_text("utf-8").replace('"contact": "write to the editors"', '"contakt": 1')
    (folder / "about.json").write_text(facts, "utf-8")
    listed = (folder / "SHA256SUMS").read_text()
    total = hashlib.sha256(facts.encode()).hexdigest()
    (folder / "SHA256SUMS").write_text(re.sub(r"[0-9a-f]{64}(?=  about\.json)", total, listed))
    assert [f"{problem.place} {problem.rule}" for problem in check_path(folder)] == ["about.json:16:3 PUB007"]


# One version, one content


def edited(tmp_path: Path, **facts: str) -> Path:
    """The root with a wording of its record changed, under the version that is given."""
    about = ABOUT.replace("0.3.0", facts.get("version", "0.3.0"))
    root = foreign_root(tmp_path / "changed", about)
    people = root / "dataset" / "people.yaml"
    people.write_text(people.read_text("utf-8").replace("identity_basis", "note: a remark, identity_basis"), "utf-8")
    return root


@pytest.mark.long
@pytest.mark.parametrize(
    "log", [None, "## 0.3.0 - 2024-03-02\n\nFirst.\n", "## 0.3.0 - 2024-03-02\n\n## 0.2.0 - 2024-03-01\n"]
)
def test_other_tables_under_one_version_are_refused(
    dist: Path, tmp_path: Path, log: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    root = edited(tmp_path)
    if log is not None:
        (root / "CHANGELOG.md").write_text(log)
    arguments = ["release", str(root), "--out", str(tmp_path / "dist"), "--since", str(dist / f"{NAME}.zip")]
    assert main(arguments) == 1
    said = capsys.readouterr().out
    assert said.startswith("version 0.3.0 cannot follow 0.3.0\n")
    assert "raise version in dataset/about.yaml" in said
    assert "__version__" not in said


@pytest.mark.long
def test_a_raised_version_is_released(dist: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    assert (
        main(["release", str(edited(tmp_path, version="0.3.1")), "--out", str(out), "--since", str(dist / NAME)]) == 0
    )
    assert json.loads((out / "yunhe-0.3.1" / "about.json").read_text("utf-8"))["version"] == "0.3.1"
