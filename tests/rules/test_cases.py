"""Every rule has a broken case that raises it and nothing else, at its place; every good case raises nothing.

A case is a small YAML file under tests/cases/, found by globbing; its file name begins with the rule. It says what is
changed in the dataset of this repository:

- ``edit: {file, old, new}``     text of an authored file; ``old`` stands there exactly once (a list: several edits);
  ``pin: true`` renews raw/SHA256SUMS after an edit of the page
- ``remove: file``, ``add: {file, text}`` or ``add: {file, hex}``    whole files
- ``table: {name, record, set: {column: value}}``, or ``drop: true``, ``double: true``    a row of the built tables
  (a list: several edits); ``where: {column: value}`` in place of ``record`` for every row with these values
- ``release: {file, old, new}``, ``{remove: file}``, ``{add: file}``, ``{copy: file, to: file}``,
  ``{swap: table}`` (its first two rows, in both forms)    a published folder; its sums are made anew unless
  ``keep_sums: true``

``at`` is where the problem must be.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from lingang.check.released import check_release
from lingang.check.root import check_files, check_tables
from lingang.files.contents import contents, parquet
from lingang.files.sums import SUMS, sums
from lingang.problems import Report
from lingang.rules.catalogue import catalogue, sql_rules
from lingang.tables import TABLES, table
from lingang.tables.arrow import Origins, Tables, arrow_schema

CASES = Path(__file__).resolve().parents[1] / "cases"
BAD = sorted((CASES / "bad").glob("*.yaml"))
GOOD = sorted((CASES / "good").glob("*.yaml"))


def read(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return case


def changed(files: dict[str, bytes], case: dict[str, Any]) -> dict[str, bytes]:
    """The authored files with the changes of a case."""
    out = dict(files)
    edits = case.get("edit", [])
    for edit in edits if isinstance(edits, list) else [edits]:
        text = out[edit["file"]].decode()
        assert text.count(edit["old"]) == 1, f"{edit['old']!r} stands {text.count(edit['old'])} times"
        out[edit["file"]] = text.replace(edit["old"], edit["new"]).encode()
    if case.get("pin"):
        pages = [name for name in out if name.startswith("raw/") and name.endswith(".txt")]
        lines = (f"{hashlib.sha256(out[name]).hexdigest()}  {name.removeprefix('raw/')}\n" for name in pages)
        out["raw/SHA256SUMS"] = "".join(lines).encode()
    if "remove" in case:
        del out[case["remove"]]
    if "add" in case:
        added = case["add"]
        out[added["file"]] = bytes.fromhex(added["hex"]) if "hex" in added else added["text"].encode()
    return out


def edited(tables: Tables, edits: dict[str, Any] | list[dict[str, Any]]) -> Tables:
    """The built tables with rows changed, dropped or doubled; the origins are those of published tables."""
    arrow, listed = dict(tables.arrow), edits if isinstance(edits, list) else [edits]
    if all(edit["name"] != "readings" for edit in listed):  # a changed row is not what was read
        arrow["readings"] = arrow["readings"].slice(0, 0)
    for edit in listed:
        declared = table(edit["name"])
        where = edit.get("where") or {declared.key: edit["record"]}
        before, rows = Tables(arrow, tables.origins).rows(declared.name), []
        for row in before:
            if all(row[column] == value for column, value in where.items()):
                if edit.get("drop"):
                    continue
                rows += [row] if edit.get("double") else []
                row = {**row, **edit.get("set", {})}
            rows.append(row)
        assert rows != before, f"the case changes nothing in {declared.name}"
        nullable = pa.schema([field.with_nullable(True) for field in arrow_schema(declared.name)])
        arrow[declared.name] = pa.Table.from_pylist(rows, schema=nullable)
    origins = Origins(files={known.name: f"{known.name}.jsonl" for known in TABLES})
    return Tables(arrow, origins, tables.lexicon)


def released(tables: Tables, case: dict[str, Any], folder: Path) -> Report:
    """The report on a published folder with the change of a case."""
    files, change = contents(tables, None, {}), case["release"]
    if "remove" in change:
        del files[change["remove"]]
    elif "add" in change:
        files[change["add"]] = b"more\n"
    elif "copy" in change:
        assert files[change["copy"]] != files[change["to"]], "the case changes nothing"
        files[change["to"]] = files[change["copy"]]
    elif "swap" in change:
        first, second, *rest = files[f"{change['swap']}.jsonl"].splitlines(keepends=True)
        files[f"{change['swap']}.jsonl"] = b"".join([second, first, *rest])
        rows = tables.arrow[change["swap"]]
        files[f"{change['swap']}.parquet"] = parquet(rows.take([1, 0, *range(2, rows.num_rows)]))
    else:
        old = change["old"].encode()
        assert files[change["file"]].count(old) >= 1
        files[change["file"]] = files[change["file"]].replace(old, change["new"].encode(), 1)
    if not case.get("keep_sums"):
        files[SUMS] = sums(files)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return check_release(folder)


@pytest.mark.long
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_case_raises_its_rule_and_no_other(
    path: Path, files: dict[str, bytes], tables: Tables, tmp_path: Path
) -> None:
    case, rule = read(path), path.stem[:6]
    if "table" in case:
        report = check_tables(edited(tables, case["table"]))
    elif "release" in case:
        report = released(tables, case, tmp_path)
    else:
        report = check_files(changed(files, case)).report
    # Of a record that was changed the ledger warns too; that is its own rule.
    problems = [problem for problem in report if rule.startswith("LED") or not problem.rule.startswith("LED")]
    shown = [f"{problem.place} {problem.rule} {problem.found}" for problem in problems]
    assert {problem.rule for problem in problems} == {rule}, shown
    assert case["at"] in {str(problem.place) for problem in problems}, shown
    assert all(problem.severity == catalogue()[rule].severity for problem in problems)
    assert all(problem.message and problem.hint and (problem.found or problem.expected) for problem in problems)


@pytest.mark.long
@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_case_raises_nothing_and_changes_no_row(path: Path, files: dict[str, bytes], tables: Tables) -> None:
    checked = check_files(changed(files, read(path)))
    assert [f"{problem.place} {problem.rule}" for problem in checked.report] == []
    assert checked.tables is not None
    other = [name for name in tables.arrow if name != "evidence"]
    assert [name for name in other if not checked.tables.arrow[name].equals(tables.arrow[name])] == []


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {path.stem[:6] for path in BAD} == set(catalogue())


@pytest.mark.parametrize("banned", ["regexp_replace", "$", "trim(", '"'])
def test_no_select_says_what_duckdb_and_spark_read_in_two_ways(banned: str) -> None:
    assert [rule.id for rule in sql_rules() if banned in rule.sql.lower()] == []


def test_every_case_says_why() -> None:
    assert all(read(path).get("why") for path in [*BAD, *GOOD])
