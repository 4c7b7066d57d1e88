"""Enter a reading into dataset/verification.yaml, for the records named or for all.

python tools/ledger.py READING all              every record was read in this reading
python tools/ledger.py READING TABLE ID [ID …]  these records of a table were

A record whose content changed since loses its earlier readings: they were of something else.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from lingang.authored.tree import read_files
from lingang.check import check_files
from lingang.ledger import FILE, fingerprints

ROOT = Path(__file__).resolve().parent.parent


def enter(reading: str, name: str, wanted: set[str]) -> None:
    """Add the reading to the ledger; ``name`` is a table or ``all``."""
    tables = check_files(read_files(ROOT)).tables
    if tables is None:
        sys.exit("the dataset has errors; mend them first: lingang validate .")
    ledger = yaml.safe_load((ROOT / FILE).read_text(encoding="utf-8"))
    if reading not in ledger["readings"]:
        sys.exit(f"no reading {reading}; there are: {', '.join(ledger['readings'])}")
    records = {}
    for table, now in fingerprints(tables).items():
        before = (ledger.get("records") or {}).get(table, {})
        entries = {}
        for record, content in now.items():
            known = before.get(record, [])
            readings = known[1:] if known[:1] == [content] else []
            if (name == "all" or (name == table and record in wanted)) and reading not in readings:
                readings = [*readings, reading]
            if readings:
                entries[record] = [content, *readings]
        records[table] = entries
    lines = (ROOT / FILE).read_text(encoding="utf-8").split("records:\n")[0] + "records:\n"
    for table, entries in records.items():
        lines += f"  {table}:" + ("\n" if entries else " {}\n")
        lines += "".join(f"    {record}: [{', '.join(words)}]\n" for record, words in entries.items())
    (ROOT / FILE).write_text(lines, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) < 3 or (sys.argv[2] != "all" and len(sys.argv) < 4):
        sys.exit(__doc__)
    enter(sys.argv[1], sys.argv[2], set(sys.argv[3:]))
