"""Corpora of three sizes, ours and other programs in turn.

python benchmarks/corpora.py all WORK              everything below, in a folder WORK with 20 GB free
python benchmarks/corpora.py run WORK [SIZE ...]   measure; writes WORK/SIZE.json (default: every size)
python benchmarks/corpora.py errors WORK           plant each single error; writes WORK/errors.json
python benchmarks/corpora.py small WORK            authored trees, and starting; writes WORK/tree.md, WORK/start.md
python benchmarks/corpora.py write WORK            docs/BENCHMARKS.md from what was measured

Each program is a new process, measured from its start to its end, after a first that fills the caches and does not
count; in a round the programs run one after the other. Memory is the peak of the resident sets of a process and of
those that it started, summed.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

import psutil

import corpus
from errors import ERRORS, plant
from rivals import RIVALS

HERE = Path(__file__).resolve().parent
SIZES = {"10k": 10_000, "1m": 1_000_000, "10m": 10_000_000}
OURS = {
    "lingang validate, core": ["validate", "{folder}", "--select", "core"],
    "lingang build, core": ["build", "{folder}", "--out", "{out}", "--select", "core"],
    "lingang validate, full": ["validate", "{folder}"],
    "lingang build, full": ["build", "{folder}", "--out", "{out}"],
}
SLOW = {"frictionless", "jsonschema"}
"""Programs that are run once at a million rows; at ten million only the conversions and our core rules run."""
ROUNDS = {"10k": 5, "1m": 5, "10m": 5}


def programs(size: str) -> dict[str, int]:
    """The programs that run at a size, each with its rounds."""
    names = [*OURS, *RIVALS]
    if size == "10m":
        names = [name for name in names if name.endswith(("core", "conversion"))]
    return {name: 1 if size == "1m" and name in SLOW else ROUNDS[size] for name in names}


def _resident(process: psutil.Process) -> int:
    total = 0
    with suppress(psutil.NoSuchProcess):
        for each in [process, *process.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                total += each.memory_info().rss
    return total


def measured(name: str, folder: Path) -> tuple[float, int]:
    """Seconds and peak bytes of one run; raises where clean data is refused."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        environment["TMPDIR"] = temporary
        if name in OURS:
            words = [word.format(folder=folder, out=f"{temporary}/out") for word in OURS[name]]
            command = [sys.executable, "-m", "lingang", *words]
        else:
            command = [sys.executable, str(HERE / "rivals.py"), name, str(folder)]
        start = time.perf_counter()
        child = psutil.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        seen, ended = [0], Event()

        def look() -> None:
            while not ended.wait(0.1):  # looking costs a millisecond or more
                seen.append(_resident(child))

        looking = Thread(target=look)
        looking.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        ended.set()
        looking.join()
        if status:
            raise SystemExit(f"{name} refused the clean corpus {folder}:\n{child.stdout.read()}")
        return seconds, max(*seen, usage.ru_maxrss * 1024)


def run(work: Path, size: str) -> None:
    folder = work / f"corpus-{size}"
    if not folder.is_dir():
        corpus.write(folder, SIZES[size])
    rows = sum(sum(1 for _ in path.open("rb")) for path in folder.glob("*.jsonl"))
    found: dict[str, Any] = {name: {"seconds": [], "peak": 0} for name in programs(size)}
    for number in range(-1, max(programs(size).values())):
        for name, rounds in programs(size).items():
            if number >= rounds or (number < 0 and rounds == 1):
                continue
            seconds, peak = measured(name, folder)
            print(f"{size} {number + 1} {name}: {seconds:.2f} s, {peak >> 20} MiB", flush=True)
            if number >= 0:
                found[name]["seconds"].append(seconds)
                found[name]["peak"] = max(peak, found[name]["peak"])
    bytes_ = sum(path.stat().st_size for path in folder.glob("*.jsonl"))
    said = {"rows": rows, "evidence": SIZES[size], "bytes": bytes_, "programs": found, "machine": machine()}
    (work / f"{size}.json").write_text(json.dumps(said, indent=1), encoding="utf-8")


def machine() -> dict[str, str]:
    names = ("duckdb", "polars", "pandera", "frictionless", "jsonschema", "jsonschema-rs", "pydantic", "pyarrow")
    with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return {
        "cores": str(os.cpu_count()),
        "processor": model or platform.machine(),
        "memory": f"{memory} GiB",
        "Python": platform.python_version(),
        **{name: version(name) for name in names},
    }


def errors(work: Path) -> None:
    """Which error each program refuses, on a small corpus, in this process; ours must name the rule too."""
    from lingang.check.corpus import check_corpus
    from lingang.corpus.options import Options
    from lingang.rules.catalogue import catalogue

    core = {rule.id for rule in catalogue().values() if rule.core}
    ours = {
        "lingang, core": Options(chosen=core.__contains__),
        "lingang, full": Options(),
    }
    found: dict[str, dict[str, bool]] = {}
    with tempfile.TemporaryDirectory(dir=work) as temporary:
        clean = Path(temporary) / "clean"
        corpus.write(clean, 2_000)
        for label, folder, error in [("none", clean, None), *((e.name, Path(temporary) / "bad", e) for e in ERRORS)]:
            if error is not None:
                plant(clean, error, folder)
            found[label] = {
                name: any(error is None or p.rule == error.rule for p in check_corpus(folder, options))
                for name, options in ours.items()
            }
            for name, program in RIVALS.items():
                try:
                    found[label][name] = not program(folder)
                except Exception:
                    found[label][name] = True
            print(label, found[label], flush=True)
            if error is not None:
                shutil.rmtree(folder)
    (work / "errors.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


SMALL = {"tree": ("Authored trees", ["tree.py", "time"]), "start": ("Starting", ["start.py"])}
"""What is measured apart from corpora: the heading, and what runs."""


def small(work: Path) -> None:
    for name, (_, (program, *words)) in SMALL.items():
        command = [sys.executable, str(HERE / program), *words]
        with (work / f"{name}.md").open("w", encoding="utf-8") as out:
            subprocess.run(command, check=True, stdout=out)


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "| --- |" + " ---: |" * (len(rows[0]) - 1), *lines[1:]]) + "\n"


def _speeds(said: dict[str, Any]) -> str:
    times = {name: median(each["seconds"]) for name, each in said["programs"].items()}
    limit = min(times["DuckDB, conversion"], times["polars, conversion"])
    rows = [["program", "seconds", "over the faster conversion", "rows a second", "peak memory, MiB", "rounds"]]
    for name, seconds in sorted(times.items(), key=lambda item: item[1]):
        each = said["programs"][name]
        ratio, speed = f"{seconds / limit:.2f}", f"{said['rows'] / seconds:,.0f}"
        rows.append([name, f"{seconds:.2f}", ratio, speed, str(each["peak"] >> 20), str(len(each["seconds"]))])
    return _table(rows)


def _goals(said: dict[str, Any]) -> str:
    def seconds(size: str, name: str) -> float:
        return float(median(said[size]["programs"][name]["seconds"]))

    def limit(size: str) -> float:
        return min(seconds(size, "DuckDB, conversion"), seconds(size, "polars, conversion"))

    validate, build = "lingang validate, core", "lingang build, core"
    peak = max(said["10m"]["programs"][name]["peak"] for name in (validate, build)) / 2**30
    per_row = seconds("10m", validate) / said["10m"]["rows"] / (seconds("1m", validate) / said["1m"]["rows"])
    caught = {name: sum(said["errors"][e.name][name] for e in ERRORS) for name in ("lingang, core", "lingang, full")}
    core = sum(error.core for error in ERRORS)
    rows = [
        ["figure", "aimed at", "reached"],
        ["validate, 1 million, over the faster conversion", "≤ 1.5", f"{seconds('1m', validate) / limit('1m'):.2f}"],
        ["validate + publish, 1 million", "≤ 2.2", f"{seconds('1m', build) / limit('1m'):.2f}"],
        ["validate + publish, 10 million", "≤ 2.2", f"{seconds('10m', build) / limit('10m'):.2f}"],
        [
            "full over core, validate + publish, 1 million",
            "≤ 2.0",
            f"{seconds('1m', 'lingang build, full') / seconds('1m', build):.2f}",
        ],
        ["peak memory at 10 million", "≤ 2 GiB", f"{peak:.2f} GiB"],
        ["time a row, 10 million over 1 million", "≤ 1.2", f"{per_row:.2f}"],
        ["frictionless over ours", "≥ 15", f"{seconds('1m', 'frictionless') / seconds('1m', validate):.1f}"],
        [
            "pandera on polars over ours, validate",
            "≥ 1.2",
            f"{seconds('1m', 'pandera on polars') / seconds('1m', validate):.2f}",
        ],
        [
            "single errors caught; false alarms",
            f"{len(ERRORS)}; 0",
            f"{caught['lingang, full']} ({caught['lingang, core']} of {core} by core alone); "
            f"{sum(said['errors']['none'][name] for name in caught)}",
        ],
    ]
    return _table(rows)


def _caught(found: dict[str, dict[str, bool]]) -> str:
    names = [name for name in found["none"] if "conversion" not in name]
    rows = [["error", "rule", *names]]
    for error in ERRORS:
        rows.append([error.name, error.rule, *("x" if found[error.name][name] else "" for name in names)])
    rows.append(["**caught**", "", *(str(sum(found[error.name][name] for error in ERRORS)) for name in names)])
    rows.append(["**false alarm on clean data**", "", *("yes" if found["none"][name] else "no" for name in names)])
    return _table(rows)


def write(work: Path) -> None:
    said = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in work.glob("*.json")}
    parts = [
        (HERE / "BENCHMARKS.head.md").read_text(encoding="utf-8"),
        "## Goals\n\n" + _goals(said),
    ]
    for size, evidence in SIZES.items():
        parts.append(
            f"## {evidence:,} rows of evidence\n\n{said[size]['rows']:,} rows in nineteen tables, "
            f"{said[size]['bytes'] / 1e6:,.1f} MB of JSON Lines.\n\n{_speeds(said[size])}"
        )
    parts.append("## Which single error each one caught\n\n" + _caught(said["errors"]))
    parts += [
        f"## {title}\n\n{(work / f'{name}.md').read_text(encoding='utf-8')}" for name, (title, _) in SMALL.items()
    ]
    facts = "; ".join(f"{name} {value}" for name, value in said["1m"]["machine"].items())
    parts.append(f"## The machine\n\n{facts}.\n")
    (HERE.parent / "docs" / "BENCHMARKS.md").write_text("\n".join(parts), encoding="utf-8")


def main() -> None:
    what, folder, *sizes = sys.argv[1:]
    work = Path(folder).resolve()
    work.mkdir(parents=True, exist_ok=True)
    if what in ("all", "run"):
        for size in sizes or SIZES:
            run(work, size)
    if what in ("all", "errors"):
        errors(work)
    if what in ("all", "small"):
        small(work)
    if what in ("all", "write"):
        write(work)


if __name__ == "__main__":
    main()
