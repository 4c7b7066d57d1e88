"""A release read by the tools that people use: every table, every value, the same as in JSON Lines.

A test is skipped, saying so, where its tool is not installed: ``pip install --group consumers``, of Spark
``'lingang[spark]'`` and Java, of R itself and jsonlite.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

import lingang
from lingang.release.build import build_release
from lingang.tables import TABLES, Table

Row = dict[str, Any]
NAMES = [declared.name for declared in TABLES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The release as it lies in ``dist/``."""
    return build_release(root, tmp_path_factory.mktemp("consumers") / "dist")[0]


@pytest.fixture(scope="module")
def rows(folder: Path) -> dict[str, list[Row]]:
    """The rows of each table, from JSON Lines, read with the standard library."""
    return {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").split("\n") if line]
        for name in NAMES
    }


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """A copy of the release that a test may break."""
    return Path(shutil.copytree(folder, tmp_path / "own"))


def plain(value: Any) -> Any:
    """A value of any tool as it stands in JSON: null, bool, int, text, ISO day, list of texts."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if value is None or (isinstance(value, str | bool | int | float) and value == value):
        return value
    if hasattr(value, "isoformat") and value == value:
        return value.isoformat()[:10]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, Iterable):
        return [plain(entry) for entry in value]
    if value != value or type(value).__name__ == "NAType":
        return None
    raise TypeError(f"a value of no type of the dataset: {value!r}")


def same(found: Iterable[Mapping[str, Any]], expected: list[Row]) -> None:
    assert [{name: plain(value) for name, value in row.items()} for row in found] == expected


@pytest.mark.long
def test_pandas_reads_parquet(folder: Path, rows: dict[str, list[Row]]) -> None:
    pandas = pytest.importorskip("pandas")
    for name in NAMES:
        frame = pandas.read_parquet(folder / f"{name}.parquet", dtype_backend="pyarrow")
        same(frame.astype(object).to_dict("records"), rows[name])


@pytest.mark.long
def test_pandas_reads_json_lines(folder: Path, rows: dict[str, list[Row]]) -> None:
    pandas = pytest.importorskip("pandas")
    for name in NAMES:
        frame = pandas.read_json(folder / f"{name}.jsonl", lines=True, dtype=False)
        assert list(frame.columns) == (list(rows[name][0]) if rows[name] else [])
        if not rows[name]:
            continue
        assert frame.iloc[:, 0].tolist() == [next(iter(row.values())) for row in rows[name]]


def from_csv(declared: Table, row: Mapping[str, str]) -> Row:
    """A row of CSV by the rules that the landing page gives."""
    out: Row = {}
    for column in declared.columns:
        text = row[column.name].removeprefix("'")
        match column.type:
            case "list<str>":
                out[column.name] = text.split("|") if text else []
            case "bool":
                out[column.name] = {"": None, "true": True, "false": False}[text]
            case "int32" | "int64":
                out[column.name] = int(text) if text else None
            case "float64":
                out[column.name] = float(text) if text else None
            case _:
                out[column.name] = text or None
    return out


def test_pandas_reads_csv(folder: Path, rows: dict[str, list[Row]]) -> None:
    pandas = pytest.importorskip("pandas")
    for declared in TABLES:
        frame = pandas.read_csv(folder / "csv" / f"{declared.name}.csv", dtype=str, keep_default_na=False)
        assert [from_csv(declared, row) for row in frame.to_dict("records")] == rows[declared.name]


def test_polars(folder: Path, rows: dict[str, list[Row]]) -> None:
    polars = pytest.importorskip("polars")
    for name in NAMES:
        frame = polars.read_parquet(folder / f"{name}.parquet")
        same(frame.to_dicts(), rows[name])
        if not rows[name]:
            continue
        lines = polars.read_ndjson(folder / f"{name}.jsonl", infer_schema_length=None)
        assert lines.columns == frame.columns
        assert lines.height == frame.height
    assert polars.read_parquet(folder / "events.parquet").schema["date_start"] == polars.Date


@pytest.mark.long
def test_duckdb(folder: Path, rows: dict[str, list[Row]]) -> None:
    duckdb = pytest.importorskip("duckdb")
    for declared in TABLES:
        name = declared.name
        for source in (f"read_parquet('{folder}/{name}.parquet')", f"read_json('{folder}/{name}.jsonl')"):
            found = duckdb.connect().execute(f"SELECT * FROM {source}")
            columns = [column[0] for column in found.description]
            same([dict(zip(columns, row, strict=True)) for row in found.fetchall()], rows[name])
        found = duckdb.connect().sql(f"SELECT * FROM read_csv('{folder}/csv/{name}.csv')")
        assert found.columns == [column.name for column in declared.columns]


def test_sqlite(folder: Path, rows: dict[str, list[Row]]) -> None:
    connection = sqlite3.connect(f"file:{folder / 'lingang.sqlite'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    for declared in TABLES:
        found = []
        for row in connection.execute(f"SELECT * FROM {declared.name} ORDER BY {declared.key}"):
            kinds = {column.name: column.type for column in declared.columns}
            found.append(
                {
                    name: json.loads(row[name])
                    if kinds[name] == "list<str>"
                    else bool(row[name])
                    if kinds[name] == "bool" and row[name] is not None
                    else row[name]
                    for name in kinds
                }
            )
        assert found == rows[declared.name]
    connection.close()


OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


def run(code: str, folder: Path, cache: Path) -> str:
    """What a program prints that runs in the folder of the release, without a network for the Hub."""
    environment = {**os.environ, **OFFLINE, "HF_HOME": str(cache), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.long
def test_datasets_loads_every_configuration_offline(folder: Path, rows: dict[str, list[Row]], tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    code = """
import json
from datasets import get_dataset_config_names, load_dataset
names = get_dataset_config_names("huggingface")
tables = {name: load_dataset("huggingface", name, split="train").to_list() for name in names}
tables["default"] = load_dataset("huggingface", split="train").to_list()
print(json.dumps(tables, default=lambda day: day.isoformat()[:10]))
"""
    found = json.loads(run(code, folder, tmp_path).splitlines()[-1])
    assert found.pop("default") == rows["events"]
    assert found == {name: table for name, table in rows.items() if table}


@pytest.mark.long
def test_spark(folder: Path, rows: dict[str, list[Row]], tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'lingang[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed, and Spark runs on it")
    code = """
import json
from pathlib import Path
from pyspark.sql import SparkSession
settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1"}
spark = SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
tables, kinds = {}, {}
for path in sorted(Path().glob("*.parquet")):
    frame = spark.read.parquet(str(path))
    tables[path.stem] = [row.asDict() for row in frame.collect()]
    kinds[path.stem] = dict(frame.dtypes)
print(json.dumps([tables, kinds], default=lambda day: day.isoformat()))
"""
    tables, kinds = json.loads(run(code, folder, tmp_path).splitlines()[-1])
    assert tables == rows
    names = {
        "str": "string",
        "int32": "int",
        "int64": "bigint",
        "float64": "double",
        "bool": "boolean",
        "date32": "date",
    }
    for declared in TABLES:
        expected = {column.name: names.get(column.type, "array<string>") for column in declared.columns}
        assert kinds[declared.name] == expected


def against_the_profiles(package: Any) -> list[str]:
    """What the published profiles of Data Package 2.0 refuse: of the package, its resources and their schemas."""
    pytest.importorskip("dplib", reason="pip install dplib-py gives the profiles of Data Package 2.0")
    profiles = resources.files("dplib") / "profiles" / "2.0"
    described = [("datapackage", package)]
    described += [("dataresource", resource) for resource in package["resources"]]
    described += [("tableschema", resource["schema"]) for resource in package["resources"] if "schema" in resource]
    found = []
    for name, part in described:
        assert part["$schema"] == f"https://datapackage.org/profiles/2.0/{name}.json"
        profile = json.loads((profiles / f"{name}.json").read_text("utf-8"))
        found += [f"{name}: {error.message}" for error in Draft7Validator(profile).iter_errors(part)]
    return found


REFUSED: dict[str, Callable[[Any], object]] = {
    "datapackage": lambda package: package["licenses"][0].clear(),
    "dataresource": lambda package: package["resources"][0].update(path="../people.jsonl"),
    "tableschema": lambda package: package["resources"][0]["schema"]["fields"][0].update(type="text"),
}


@pytest.mark.long
def test_the_data_package_is_one_of_version_2(folder: Path) -> None:
    text = (folder / "datapackage.json").read_text("utf-8")
    assert against_the_profiles(json.loads(text)) == []
    for name, change in REFUSED.items():
        package = json.loads(text)
        change(package)
        assert {message.split(":")[0] for message in against_the_profiles(package)} >= {name}


def frictionless_report(descriptor: Path) -> Any:
    return pytest.importorskip("frictionless").Package(str(descriptor)).validate()


@pytest.mark.long
def test_frictionless_validates_every_resource(folder: Path) -> None:
    report = frictionless_report(folder / "datapackage.json")
    assert report.valid, report.flatten(["name", "type", "note"])
    assert len(report.tasks) == 2 * len(NAMES) + 1
    assert {task.name for task in report.tasks if task.type == "table"} >= set(NAMES)


PLANTED = {
    "a key that points to nothing": (
        "bylines",
        '"person_id": "song-feng"',
        '"person_id": "nobody-here"',
        "foreign-key",
    ),
    "a key into its own table": ("places", '"parent_place_id": "', '"parent_place_id": "no-', "foreign-key"),
    "a word of no vocabulary": ("events", '"kind": "meeting"', '"kind": "feast"', "constraint-error"),
    "an id twice": ("people", '"person_id": "li-peng"', '"person_id": "li-qinghua"', "primary-key"),
    "a text for a number": ("figures", '"value": 198', '"value": "many"', "type-error"),
    "another sum": ("people", '"given_name": "鹏"', '"given_name": "朋"', "hash-count"),
}


@pytest.mark.long
@pytest.mark.parametrize("plant", list(PLANTED))
def test_frictionless_finds_what_is_planted(own: Path, plant: str) -> None:
    table, old, new, kind = PLANTED[plant]
    path = own / f"{table}.jsonl"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    if kind != "hash-count":  # the sums agree, so that the change alone is found
        package = json.loads((own / "datapackage.json").read_text("utf-8"))
        package["resources"] = [entry for entry in package["resources"] if entry["path"].endswith(".jsonl")]
        for entry in package["resources"]:
            del entry["bytes"], entry["hash"]
        (own / "datapackage.json").write_text(json.dumps(package), "utf-8")
    report = frictionless_report(own / "datapackage.json")
    assert not report.valid
    assert kind in {error for (error,) in report.flatten(["type"])}


def croissant(folder: Path) -> Any:
    mlcroissant = pytest.importorskip("mlcroissant")
    return mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))


@pytest.mark.long
def test_mlcroissant_iterates_every_record_set(folder: Path, rows: dict[str, list[Row]]) -> None:
    dataset = croissant(folder)
    assert not dataset.metadata.ctx.issues.errors
    assert not dataset.metadata.ctx.issues.warnings
    assert [record_set.id for record_set in dataset.metadata.record_sets] == NAMES
    for name in NAMES:
        found = [
            {key.removeprefix(f"{name}/"): value for key, value in record.items()} for record in dataset.records(name)
        ]
        same(found, rows[name])


def test_mlcroissant_finds_another_sum(own: Path) -> None:
    shutil.copy(own / "places.parquet", own / "people.parquet")
    dataset = croissant(own)  # says nothing yet: the sum is looked at when the records are read
    with pytest.raises(Exception, match=r"Download\(people\.parquet\)"):
        list(dataset.records("people"))


def test_the_responsible_ai_fields_are_read(folder: Path) -> None:
    metadata = croissant(folder).metadata
    assert metadata.data_limitations
    assert metadata.personal_sensitive_information
    assert metadata.data_annotation_protocol
    assert metadata.version == json.loads((folder / "about.json").read_text("utf-8"))["version"]


@pytest.mark.long
@pytest.mark.parametrize("place", ["release", "repository"])
def test_the_citation_file_is_valid(folder: Path, root: Path, place: str) -> None:
    pytest.importorskip("check_jsonschema")
    path = (folder if place == "release" else root) / "CITATION.cff"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.long
def test_datasette_serves_a_view_and_the_search(folder: Path) -> None:
    pytest.importorskip("datasette")
    for path, expected in (
        ("/lingang/timeline.json?_shape=array", len(lingang.timeline())),
        ("/lingang/search_text.json?_search=%E5%88%9B%E6%96%87&_fts_table=search&_fts_pk=search_id&_shape=array", None),
        ("/lingang/claims.json?record_id=investment-meeting&_shape=array", 12),
        ("/lingang/find.json?word=%E5%88%9B%E6%96%87&_shape=array", None),
        ("/lingang.json?sql=SELECT+*+FROM+search+WHERE+search+MATCH+'%E5%88%9B%E6%96%87'&_shape=array", None),
    ):
        command = [sys.executable, "-m", "datasette", str(folder / "lingang.sqlite"), "--get", path]
        command += ["--metadata", str(folder / "metadata.json")]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert len(found) == expected if expected else found


# The landing page: what it says to run is run


def blocks(folder: Path) -> dict[str, str]:
    """The code under each bold name of the landing page."""
    text = (folder / "README.md").read_text("utf-8")
    return dict(re.findall(r"\*\*([A-Za-z ]+)\*\*.*?\n```[a-z]+\n(.*?)```", text, re.DOTALL))


@pytest.mark.long
@pytest.mark.parametrize(
    ("title", "package"),
    [("pandas", "pandas"), ("polars", "polars"), ("DuckDB", "duckdb"), ("Hugging Face datasets", "datasets")],
)
def test_the_landing_page_runs(folder: Path, tmp_path: Path, title: str, package: str) -> None:
    pytest.importorskip(package)
    run(blocks(folder)[title], folder, tmp_path)


def test_the_sql_of_the_landing_page_runs(folder: Path) -> None:
    connection = sqlite3.connect(f"file:{folder / 'lingang.sqlite'}?mode=ro", uri=True)
    statements = [line for line in blocks(folder)["SQL"].splitlines() if not line.startswith("--")]
    assert len(statements) >= 6
    for statement in statements:
        assert connection.execute(statement).fetchall(), statement
    connection.close()


def test_the_r_of_the_landing_page_runs(folder: Path, tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed")
    probe = subprocess.run([program, "-e", "library(jsonlite)"], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("the R package jsonlite is not installed")
    script = tmp_path / "run.R"
    script.write_text(blocks(folder)["R"] + "stopifnot(nrow(events) > 0, nrow(people) > 0)\n", "utf-8")
    done = subprocess.run([program, str(script)], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_the_sums_are_checked_without_anything_of_ours(folder: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
