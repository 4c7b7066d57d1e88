"""Print a reading for dataset/verification.yaml: of the records named, or of all, as they are now.

python tools/readings.py READER PASS all              every record was read in this reading
python tools/readings.py READER PASS TABLE ID [ID …]  these records of a table were
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from lingang.authored.tree import read_files
from lingang.check import check_files
from lingang.models import table
from lingang.models.content import READ, content

ROOT = Path(__file__).resolve().parent.parent


def contents(name: str, wanted: set[str]) -> dict[str, dict[str, str]]:
    """The content of the records by table and id; ``name`` is a table or ``all``."""
    tables = check_files(read_files(ROOT)).tables
    if tables is None:
        sys.exit("the dataset has errors; mend them first: lingang validate .")
    out = {}
    for known in READ if name == "all" else [name]:
        declared = table(known)
        rows = {row[declared.key]: row for row in tables.arrow[known].to_pylist()}
        missing = wanted - set(rows)
        if missing and name != "all":
            sys.exit(f"{known} has no {', '.join(sorted(missing))}")
        out[known] = {key: content(declared, row) for key, row in rows.items() if name == "all" or key in wanted}
    return out


def main(reader: str, step: str, name: str, wanted: set[str]) -> None:
    """Print the entry of ``readings:``, dated today."""
    if name != "all" and name not in READ:
        sys.exit(f"no table {name} that readers decide; there are: all, {', '.join(READ)}")
    print(f"  - reader: {reader}\n    pass: {step}\n    date: {datetime.datetime.now().date()}\n    records:")
    for known, records in contents(name, wanted).items():
        if records:
            print(f"      {known}:")
        for key, digest in records.items():
            print(f"        {key}: {digest}")


if __name__ == "__main__":
    if len(sys.argv) < 4 or (sys.argv[3] != "all" and len(sys.argv) < 5):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3], set(sys.argv[4:]))
