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
VALIDATE = "from lingang.cli import main; main(['validate'{}])"
COMPARED = [
    ("import lingang", "import lingang", "a bare interpreter", "pass", 1.5),
    (
        'lingang.load("events")',
        "import lingang; lingang.load('events')",
        "pandas.read_parquet of its file",
        f"import pandas; pandas.read_parquet({FILE!r})",
        1.15,
    ),
]
"""What is measured, its code, what it is compared with, its code, and the ratio aimed at."""


def imported(code: str) -> str:
    """Code that imports what other code imports that is neither of Python nor of this package, in that order."""
    told = "; import sys; print(*(name for name, module in sys.modules.items() if getattr(module, '__spec__', None)))"

    def modules(code: str) -> list[str]:
        done = subprocess.run([sys.executable, "-c", code + told], check=True, capture_output=True, text=True)
        return done.stdout.splitlines()[-1].split()

    without = {*modules("pass"), "lingang", "__main__"}
    own = ("lingang.", "_sysconfigdata")
    names = [name for name in modules(code) if name not in without and not name.startswith(own)]
    return "import " + ", ".join(name for name in names if name.partition(".")[0] not in sys.stdlib_module_names)


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
    validating = [
        (name, code, "Python with what it imports imported", imported(code), 2.0)
        for name, code in (
            ("lingang validate, the real page", VALIDATE.format(f", {ROOT!r}")),
            ("lingang validate, the installed data", VALIDATE.format("")),
        )
    ]
    for name, ours, other, theirs, goal in [*COMPARED, *validating]:
        first, second = alternating(ours, theirs, rounds)
        print(f"| {name} | {first * 1000:.1f} | {other} | {second * 1000:.1f} | {first / second:.2f} | {goal} |")


if __name__ == "__main__":
    main()
