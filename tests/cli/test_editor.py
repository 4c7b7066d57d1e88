"""What an editor sees while an author writes: the schemas of the authored files, and a language server with them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import lingang
from conftest import ROOT
from language_server import COMMAND, LanguageServer
from lingang.authored import shapes
from lingang.authored.nodes import plain
from lingang.authored.tree import parse, read_files
from lingang.cli.commands import main
from lingang.editor.files import schema_text
from lingang.editor.schema import FILES, authored_schema, texts
from lingang.lexicon.roots import lexicon_of
from lingang.roots.starting import start

ROOTS = [ROOT, *sorted(path for path in (ROOT / "tests/roots").iterdir() if path.is_dir())]
ITEM = "dataset/articles/first-item.yaml"
PEOPLE = "dataset/people.yaml"
server_only = pytest.mark.skipif(COMMAND is None, reason="yaml-language-server is not installed (npm install -g)")


def kind_of(file: str) -> str:
    """The schema of an authored file, by its path."""
    folder, name = file.split("/")[-2:]
    return {"articles": "article", "labels": "labels"}.get(folder, name.removesuffix(".yaml"))


# -- the schemas -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one_and_comes_from_the_installed_package(name: str) -> None:
    found = lingang.schema(f"authored/{name}")
    Draft202012Validator.check_schema(found)
    assert found["$id"] == f"authored/{name}.schema.json"


def test_no_schema_of_another_name() -> None:
    for name in ("authored/persons", "authored/", "authored/accepted", "other/people", "persons"):
        with pytest.raises(KeyError):
            lingang.schema(name)


def test_every_key_of_every_shape_is_told_in_two_languages_and_no_other_key_is() -> None:
    kinds = [kind for kind in vars(shapes).values() if isinstance(kind, type) and issubclass(kind, shapes._Shape)]
    keys = {(kind.__name__, field.alias or name) for kind in kinds for name, field in kind.model_fields.items()}
    told = texts()
    for kind in kinds:
        for name, field in kind.model_fields.items():
            key = field.alias or name
            found = next(
                (told[base.__name__][key] for base in kind.__mro__ if key in told.get(base.__name__, {})), None
            )
            assert found is not None, f"{kind.__name__}.{key}"
    for kind, named in told.items():
        for key, (label, english, chinese, *_) in named.items():
            assert kind in ("_Shape", "Word") or (kind, key) in keys, f"{kind}.{key} is no key"
            assert any("\u4e00" <= character <= "\u9fff" for character in label) and len(chinese) > 1
            assert english[0].isascii() and english.endswith(".")


def strings(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from strings(value)


def test_every_word_stands_in_a_schema_with_its_labels() -> None:
    words = {
        word: told
        for schema in strings(authored_schema("article"))
        if "markdownEnumDescriptions" in schema
        for word, told in zip(schema["enum"], schema["markdownEnumDescriptions"], strict=True)
    }
    assert words["chair"].startswith("**") and "chair" in words["chair"]
    assert {"occurred", "planned", "meeting", "chair", "speaker", "referenced", "count", "other"} <= set(words)


def test_an_open_vocabulary_takes_other_words_and_a_closed_one_does_not() -> None:
    check = Draft202012Validator(authored_schema("article"))

    def item(**event: Any) -> dict[str, Any]:
        return {"text": {"body": [1]}, "events": {"e": {"name": "会", "trigger": "开", **event}}}

    assert check.is_valid(item(kind="meeting", status="planned"))
    assert check.is_valid(item(kind="street_fair"))
    assert not check.is_valid(item(kind="Street fair"))
    assert not check.is_valid(item(status="cancelled"))
    assert check.is_valid(item(participants=[{"role": ["chair", "new_role"], "name": "某"}]))
    assert not check.is_valid(item(participants=[{"role": "主持", "name": "某"}]))


def test_the_words_of_a_root_are_in_its_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "r"
    shutil.copytree(ROOT / "tests/roots/police-notice", root)
    assert main(["schema", str(tmp_path / "out"), "--from", str(root)]) == 0
    assert "with the words of" in capsys.readouterr().out
    schema = json.loads((tmp_path / "out/authored/article.schema.json").read_bytes())
    assert "owner" in json.dumps(schema["$defs"]["participation_role"]) and "失主" in json.dumps(
        schema["$defs"]["participation_role"], ensure_ascii=False
    )
    assert "owner" not in json.dumps(lingang.schema("authored/article")["$defs"]["participation_role"])
    assert main(["schema", str(root)]) == 0
    assert (root / "schema/authored/article.schema.json").read_bytes() == (
        tmp_path / "out/authored/article.schema.json"
    ).read_bytes()


def test_schemas_are_written_anew_when_words_change_and_over_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "r"
    start(root)
    place = root / "schema/authored/places.schema.json"
    before = place.read_bytes()
    (root / "dataset/lexicon.yaml").write_text(
        "place_kind:\n  ferry:\n    labels: {en: ferry, zh: 渡口}\n    definition: Where boats cross.\n",
        encoding="utf-8",
    )
    assert main(["schema", str(root)]) == 0
    assert b"ferry" in place.read_bytes() and b"ferry" not in before
    assert main(["validate", str(root)]) == 0
    place.write_text("mine", encoding="utf-8")
    assert main(["schema", str(root)]) == 2
    assert "places.schema.json" in capsys.readouterr().err and place.read_text(encoding="utf-8") == "mine"
    other = tmp_path / "other"
    (other / "authored").mkdir(parents=True)
    (other / "authored/about.schema.json").write_text("mine", encoding="utf-8")
    assert main(["schema", str(other)]) == 2
    assert sorted(path.name for path in other.rglob("*")) == ["about.schema.json", "authored"]
    (tmp_path / "release").mkdir()
    (tmp_path / "release/SHA256SUMS").write_text(f"{'0' * 64}  events.jsonl\n", encoding="ascii")
    assert main(["schema", str(tmp_path / "release")]) == 2


def test_words_that_cannot_be_read_are_no_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "r"
    start(root)
    (root / "dataset/lexicon.yaml").write_text("plase_kind: {}\n", encoding="utf-8")
    assert main(["schema", str(root)]) == 2
    error = capsys.readouterr().err
    assert "lexicon.yaml:1" in error and "lingang validate" in error
    assert main(["schema", str(tmp_path / "o"), "--from", str(tmp_path / "nowhere")]) == 2


@pytest.mark.long
@pytest.mark.parametrize("root", ROOTS, ids=lambda path: path.name)
def test_no_false_alarm_of_the_schemas_alone(root: Path) -> None:
    files = read_files(root)
    schemas = {
        name: Draft202012Validator(json.loads(data))
        for name, data in schema_text(None, lexicon_of(files, parse(files)).compiling).items()
    }
    for file, data in files.items():
        if file.startswith("dataset/"):
            check = schemas[f"authored/{kind_of(file)}.schema.json"]
            from lingang.authored.loader import load

            node, _ = load(data, file)
            assert node is not None
            assert [error.message for error in check.iter_errors(plain(node))] == [], file


def test_the_committed_settings_name_every_schema() -> None:
    settings = json.loads((ROOT / "src/lingang/roots/starting/shared/.vscode/settings.json").read_bytes())
    assert set(settings["yaml.schemas"]) == {f"./schema/authored/{name}.schema.json" for name in FILES}


# -- an editor ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("editor") / "r"
    start(root)
    return root


@pytest.fixture(scope="module")
def server(begun: Path) -> Iterator[LanguageServer]:
    with LanguageServer(begun) as running:
        yield running


SLIPS = {
    "an unknown key": (ITEM, "    trigger:", "    triger:", 13, "triger"),
    "a key that is missing": (ITEM, "    name: 青禾镇春耕技能比赛\n", "", None, "name"),
    "a key not yet filled": (ITEM, "    date: 3月1日", "    date:", None, ""),
    "a word of a closed vocabulary misspelt": (ITEM, "    date: 3月1日", "    status: ocurred", 15, "occurred"),
    "a word that cannot be one": (ITEM, "{role: site", "{role: 地点", 17, ""),
    "an id that is none": (ITEM, "event: skills-contest", "event: Skills contest", 22, ""),
    "a number where text is wanted": (ITEM, "number: 42名", "number: 42", 22, ""),
    "text where a list is wanted": (ITEM, "body: [5-7]", "body: 5-7", 6, ""),
    "a range that is none": (ITEM, "[5-7]", "[5–7]", 6, ""),
    "a key twice": (ITEM, "    date: 3月1日", "    date: 3月1日\n    date: 3月2日", None, "unique"),
    "a full-width colon": (ITEM, "  headline: 3", "  headline：3", None, ""),
    "a full-width comma": (PEOPLE, "{name: 陈守一, ", "{name: 陈守一，", None, ""),
    "an entry without a name": (PEOPLE, "name: 吴珊, ", "", 4, "name"),
    "a tab": (ITEM, "    date: 3月1日", "\tdate: 3月1日", None, ""),
    "an id of a registry in capitals": (PEOPLE, "wu-shan:", "Wu-Shan:", 4, "Wu-Shan"),
    "a licence that is a sentence": (
        "dataset/about.yaml",
        "# license: {annotations: CC-BY-4.0",
        "license: {annotations: free use",
        None,
        "",
    ),
    "a version of two numbers": ("dataset/about.yaml", "0.1.0", "0.1", 4, ""),
    "a source without its file": ("dataset/sources.yaml", "  file: page.txt\n", "", None, "file"),
}


@server_only
@pytest.mark.parametrize("slip", SLIPS)
def test_the_editor_sees_a_slip(server: LanguageServer, begun: Path, slip: str) -> None:
    file, old, new, line, said = SLIPS[slip]
    text = (begun / file).read_text(encoding="utf-8")
    assert old in text
    marks = server.marks(file, text.replace(old, new, 1))
    assert marks
    assert any((line is None or mark.startswith(f"{line}: ")) and said in mark for mark in marks), marks


@server_only
def test_the_editor_sees_nothing_in_what_new_writes(server: LanguageServer, begun: Path) -> None:
    for path in sorted((begun / "dataset").rglob("*.yaml")):
        assert server.marks(path.relative_to(begun).as_posix()) == [], path


@server_only
@pytest.mark.parametrize("root", ROOTS, ids=lambda path: path.name)
def test_the_editor_sees_nothing_in_a_root_of_the_repository(root: Path, tmp_path: Path) -> None:
    copied = tmp_path / "r"
    shutil.copytree(root / "dataset", copied / "dataset")
    shutil.copytree(ROOT / "src/lingang/roots/starting/shared/.vscode", copied / ".vscode")
    assert main(["schema", str(copied)]) == 0
    with LanguageServer(copied) as server:
        files = sorted((copied / "dataset").rglob("*.yaml"))
        assert files
        for path in files:
            assert server.marks(path.relative_to(copied).as_posix()) == [], path.name
        broken = f"{files[0].read_text(encoding='utf-8')}\nNo Key: [\n"
        assert server.marks(files[0].relative_to(copied).as_posix(), broken), "the server looks at nothing"


@server_only
def test_the_editor_offers_words_and_keys(server: LanguageServer, begun: Path) -> None:
    text = (
        (begun / ITEM)
        .read_text(encoding="utf-8")
        .replace("    date: 3月1日\n", "    date: 3月1日\n    status: \n    kind: \n    \n")
    )

    def offered(place: str) -> dict[str, str]:
        found = server.at("completion", ITEM, text, place)
        return {item["label"]: json.dumps(item, ensure_ascii=False) for item in found["items"]}

    assert {"occurred", "planned", "ongoing", "background"} <= set(offered("    status: "))
    assert {"meeting", "contest", "donation"} <= set(offered("    kind: "))
    assert "nucleus" in offered("    kind: \n    ")


@server_only
def test_the_editor_shows_what_a_key_is(server: LanguageServer, begun: Path) -> None:
    text = (
        (begun / ITEM)
        .read_text(encoding="utf-8")
        .replace("    date: 3月1日\n", "    date: 3月1日\n    status: planned\n")
    )

    def shown(place: str) -> str:
        return json.dumps(server.at("hover", ITEM, text, place), ensure_ascii=False)

    assert "The word that says that it happens" in shown("    trig") and "触发词" in shown("    trig")
    assert "headline" in shown("  headl") and "标题" in shown("  headl")
    assert "planned" in shown("status: plan")
    told = lingang.load("words").set_index("word").loc["planned", "label_zh"]
    assert str(told) in shown("status: plan")


def test_a_line_of_new_names_the_schema_of_its_file(begun: Path) -> None:
    for path in sorted((begun / "dataset").rglob("*.yaml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert named != first
        schema = (path.parent / named).resolve()
        assert schema.name == f"{kind_of(path.relative_to(begun).as_posix())}.schema.json"
        errors = Draft202012Validator(json.loads(schema.read_bytes())).iter_errors(yaml.safe_load(path.read_bytes()))
        assert path.name in ("sources.yaml",) or list(errors) == []
