"""How long a new process takes to import lingang, and to load a table.

python benchmarks/start.py [ROUNDS]   a Markdown table: medians of alternating rounds, and their ratios

Each process is measured from its start to its end. What is compared runs in turn, so that a machine that is busy
for a while slows both. The last column is the ratio that is aimed at; nothing fails where it is missed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import lingang

ROOT = str(Path(__file__).resolve().parent.parent)
FILE = str(lingang.path("events"))
COMPARED = [
    ("import lingang", "import lingang", "a bare interpreter", "pass", 1.5),
    (
        'lingang.load("events")',
        "import lingang; lingang.load('events')",
        "pandas.read_parquet of its file",
        f"import pandas; pandas.read_parquet({FILE!r})",
        1.15,
    ),
    (
        "lingang validate, the real page",
        f"from lingang.cli.commands import main; main(['validate', {ROOT!r}])",
        "Python with pandas, pyarrow, pydantic, yaml, duckdb imported",
        "import pandas, pyarrow.parquet, pydantic, yaml, duckdb",
        2.0,
    ),
]


def seconds(code: str) -> float:
    """The wall time of a new interpreter that runs the code."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def alternating(ours: str, theirs: str, rounds: int) -> tuple[float, float]:
    """The medians of both; a first round, which fills the caches, does not count."""
    times = [(seconds(ours), seconds(theirs)) for _ in range(rounds + 1)][1:]
    return median(first for first, _ in times), median(second for _, second in times)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    print(f"Python {sys.version.split()[0]}, lingang {lingang.__version__}, medians of {rounds} rounds\n")
    print("| what | ms | compared with | ms | ratio | goal |")
    print("| --- | ---: | --- | ---: | ---: | ---: |")
    for name, ours, other, theirs, goal in COMPARED:
        first, second = alternating(ours, theirs, rounds)
        print(f"| {name} | {first * 1000:.1f} | {other} | {second * 1000:.1f} | {first / second:.2f} | {goal} |")


if __name__ == "__main__":
    main()
