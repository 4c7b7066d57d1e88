"""The README of a root in its release: no link leads to what the release does not hold, and code is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lingang.release.documents import OWN_README, own_readme, without_dead_links

NAMES = ("RIGHTS.md", "CODEBOOK.md", "csv/events.csv", "explore.html", "my file.md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [rights](RIGHTS.md) and [notes](notes.md).", "see [rights](RIGHTS.md) and notes."),
        ("[a](RIGHTS.md#who)", "[a](RIGHTS.md#who)"),
        ("[a](./RIGHTS.md) [b](../RIGHTS.md)", "[a](./RIGHTS.md) b"),
        ("[tables](csv/) [none](tables/)", "[tables](csv/) none"),
        ("[rules](docs/CODEBOOK.md#rules)", "[rules](CODEBOOK.md#rules)"),
        ("[how](dataset/CASES.md)", "how"),
        ("![the page](docs/page.png)", "the page"),
        ("[![badge](badge.svg)](ci.md)", "badge"),
        ("[![badge](badge.svg)](RIGHTS.md)", "[badge](RIGHTS.md)"),
        (
            "[![b](https://example.org/b.svg)](https://example.org)",
            "[![b](https://example.org/b.svg)](https://example.org)",
        ),
        ("[`code`](src/code.py) and [mail](mailto:a@example.org)", "`code` and [mail](mailto:a@example.org)"),
        ("[top](#top) [other](//example.org/x)", "[top](#top) [other](//example.org/x)"),
        ("`[a](b.md)` and ``[a](`b.md)``", "`[a](b.md)` and ``[a](`b.md)``"),
        ("```\n[a](b.md)\n```\n[a](b.md)\n", "```\n[a](b.md)\n```\na\n"),
        ('[a][1] [b][2]\n\n[1]: notes.md "Notes"\n[2]: RIGHTS.md\n', "[a][1] [b][2]\n\n[2]: RIGHTS.md\n"),
        (
            '<img src="docs/x.png" width="3"> <img src="https://example.org/x.png">',
            ' <img src="https://example.org/x.png">',
        ),
        ('[a](notes.md "title") [b](<my file.md>)', "a [b](<my file.md>)"),
        ("[b](my%20file.md)", "[b](my%20file.md)"),
        ("[云河](云河.md)，[x] (y)", "云河，[x] (y)"),
    ],
)
def test_a_dead_link_is_its_text(text: str, expected: str) -> None:
    assert without_dead_links(text, NAMES) == expected


def test_what_is_no_utf8_is_carried_as_it_is(tmp_path: Path) -> None:
    assert own_readme(tmp_path, NAMES) == b""
    (tmp_path / "README.md").write_bytes("云河".encode("gb18030"))
    assert own_readme(tmp_path, NAMES).endswith(OWN_README.encode() + b"\n\n" + "云河".encode("gb18030"))
