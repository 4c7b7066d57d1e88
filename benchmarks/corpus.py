"""Corpora of any size in the tables of the dataset, seeded: real article text recombined, with other names.

python benchmarks/corpus.py --evidence 1000000 --out FOLDER

Each page holds the nine items of the real page in another order, each person under a name of its own of the same
length, some with characters beyond the Basic Multilingual Plane; organizations, places and campaigns are those of the
real page, which is the first page of every corpus. Nothing of it tells of anybody.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import lingang
from lingang.tables import TABLES as MODELS
from lingang.text.page import squeeze

Row = dict[str, Any]

SHARED = ("organizations", "places", "campaigns")
ONCE = ("labels", "words", "accepted", "readings")
"""Tables that a corpus has from its first page alone."""
TABLES = tuple(table.name for table in MODELS)
REFERENCES = {
    table.name: {column.name: column.references for column in table.columns if column.references} for table in MODELS
}
FAMILY = dict(
    zip(
        "赵钱孙周吴郑冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜谢邹喻柏窦章苏潘葛范彭鲁韦马方俞任袁柳鲍史唐薛雷贺倪汤",
        (
            "Zhao Qian Sun Zhou Wu Zheng Feng Chen Wei Jiang Shen Han Yang Zhu Qin Xu He Lü Shi Zhang Kong Cao Yan Jin "
            "Wei Tao Jiang Xie Zou Yu Bai Dou Zhang Su Pan Ge Fan Peng Lu Wei Ma Fang Yu Ren Yuan Liu Bao Shi Tang Xue "
            "Lei He Ni Tang"
        ).split(),
        strict=True,
    )
)
GIVEN = "ming wei jun hui li fang jing yan chao bo rui xin yu chen han zhe kai lei ning bin".split()
"""Readings for the generated given names; which character has which does not matter to any rule."""


def rows(name: str) -> list[Row]:
    found: list[Row] = pq.ParquetFile(lingang.path(name)).read().to_pylist()
    return found


class Real:
    """The real page as rows, cut into blocks of lines by item."""

    def __init__(self) -> None:
        self.tables = {name: rows(name) for name in TABLES}
        (self.source,) = self.tables["sources"]
        self.text: str = self.source["text"]
        segments = sorted(self.tables["segments"], key=lambda row: row["raw_start"])
        self.blocks: list[tuple[str, int, int]] = []
        """``(item, start, end)``: whole lines; together the page."""
        for before, row in zip([None, *segments], segments, strict=False):
            if before is None or before["article_id"] != row["article_id"]:
                self.blocks.append((row["article_id"], row["raw_start"], 0))
        starts = [start for _, start, _ in self.blocks]
        self.blocks = [
            (item, start if number else 0, end)
            for number, ((item, start, _), end) in enumerate(
                zip(self.blocks, [*starts[1:], len(self.text)], strict=True)
            )
        ]
        self.people = {row["person_id"]: row for row in self.tables["people"]}
        named = [row for row in self.tables["mentions"] if row["entity_table"] == "people"]
        self.names = [
            (row["entity_id"], [at for at in range(row["raw_start"], row["raw_end"]) if self.text[at].strip()])
            for row in named
        ]
        self.printed = set(self.text) | set(FAMILY)


class Names:
    """New names, each once in a corpus."""

    def __init__(self, printed: set[str], seed: int) -> None:
        self.random = random.Random(seed)
        plain = [chr(code) for code in range(0x4E00, 0x9FA6) if chr(code) not in printed]
        astral = [chr(code) for code in range(0x20000, 0x20400)]
        self.plain, self.astral = plain, astral
        self.used: set[str] = set()
        self.slugs = dict.fromkeys((row["person_id"] for row in rows("people")), 1)

    def one(self, length: int) -> Row:
        while True:
            family = self.random.choice(tuple(FAMILY))
            pool = self.astral if self.random.random() < 0.05 else self.plain
            given = "".join(self.random.choice(pool) for _ in range(length - 1))
            if family + given not in self.used:
                break
        self.used.add(family + given)
        latin = f"{FAMILY[family]} {''.join(self.random.choice(GIVEN) for _ in given).title()}"
        slug = latin.lower().replace("ü", "v").replace(" ", "-")
        number = self.slugs[slug] = self.slugs.get(slug, 0) + 1
        return {
            "person_id": slug if number == 1 else f"{slug}-{number}",
            "name": family + given,
            "family_name": family,
            "given_name": given,
            "name_latin": latin,
        }


class Page:
    """One generated page: where each block went, and who bears which name."""

    def __init__(self, real: Real, names: Names, number: int) -> None:
        self.real, self.suffix = real, f"-{number}"
        self.people = {key: names.one(len(row["name"])) for key, row in real.people.items()}
        characters = list(real.text)
        for key, positions in real.names:
            for at, character in zip(positions, self.people[key]["name"], strict=True):
                characters[at] = character
        text = "".join(characters)
        last = real.blocks[-1]
        order = real.blocks[:-1]
        names.random.shuffle(order)
        self.order = [*order, last]
        self.moved: list[tuple[int, int, int, int]] = []
        """``(start, end, code points to add, lines to add)`` by block."""
        parts: list[str] = []
        at = line = 0
        for _, start, end in self.order:
            self.moved.append((start, end, at - start, line - real.text.count("\n", 0, start)))
            part = text[start:end] + ("" if text[end - 1] == "\n" else "\n")
            parts.append(part)
            at += len(part)
            line += part.count("\n")
        self.text = "".join(parts)
        first: dict[str, int] = {}
        for number_of, (item, _, _) in enumerate(self.order):
            first.setdefault(item, number_of)
        self.seq = {item: place for place, item in enumerate(sorted(first, key=first.__getitem__), start=1)}
        self.renamed = [(row["name"], self.people[key]["name"]) for key, row in real.people.items()]

    def shift(self, at: int) -> tuple[int, int]:
        for start, end, points, lines in self.moved:
            if start <= at < end:
                return points, lines
        raise ValueError(at)

    def rename(self, value: str) -> str:
        for old, new in self.renamed:
            if old in value:
                value = value.replace(old, new)
        return value

    def identify(self, table: str, key: str) -> str:
        if table == "people":
            return str(self.people[key]["person_id"])
        return key if table in SHARED else key + self.suffix

    def row(self, name: str, row: Row) -> Row:
        out: Row = {column: self.rename(value) if isinstance(value, str) else value for column, value in row.items()}
        key = next(iter(row))
        out[key] = self.identify(name, row[key])
        for column, target in REFERENCES[name].items():
            if row[column] is not None:
                out[column] = self.identify(target, row[column])
        match name:
            case "sources":
                out |= {
                    "file": f"page{self.suffix}.txt",
                    "text": self.text,
                    "char_count": len(self.text),
                    "line_count": self.text.count("\n"),
                    "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
                }
            case "articles":
                out["seq"] = self.seq[row["article_id"]]
            case "people":
                out |= self.people[row["person_id"]]
            case "mentions":
                out["entity_id"] = self.identify(row["entity_table"], row["entity_id"])
            case "evidence":
                out["record_id"] = self.identify(row["table_name"], row["record_id"])
        if row.get("raw_start") is not None:
            points, lines = self.shift(row["raw_start"])
            out["raw_start"] += points
            out["raw_end"] += points
            if name == "segments":
                out["line_start"] += lines
                out["line_end"] += lines
            if name == "evidence":
                out["quote"] = squeeze(self.text[out["raw_start"] : out["raw_end"]])
        if name == "events" and out["about"]:
            out["about"] = [self.rename(item) for item in out["about"]]
        return out


def pages(evidence: int, seed: int) -> Iterator[dict[str, list[Row]]]:
    """The tables of one page after the other, until they hold so many rows of evidence; the first is the real page."""
    real = Real()
    names = Names(real.printed, seed)
    yield real.tables
    of_page = {
        name: [row for row in found if row.get("table_name") not in SHARED]
        for name, found in real.tables.items()
        if name not in SHARED and name not in ONCE
    }
    written, number = len(real.tables["evidence"]), 1
    while written < evidence:
        number += 1
        page = Page(real, names, number)
        yield {name: [page.row(name, row) for row in found] for name, found in of_page.items()}
        written += len(of_page["evidence"])


def write(folder: Path, evidence: int, seed: int = 0) -> None:
    """JSON Lines of every table, in page order."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: (folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") for name in TABLES}
    for tables in pages(evidence, seed):
        for name, found in tables.items():
            files[name].writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in found)
    for file in files.values():
        file.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evidence", type=int, default=10_000, metavar="N", help="rows of evidence, at least")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args()
    write(options.out, options.evidence, options.seed)


if __name__ == "__main__":
    main()
