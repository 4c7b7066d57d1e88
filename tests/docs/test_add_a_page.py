"""docs/ADD_A_PAGE.md, followed: its files written and its commands run, in its order, in an empty folder."""

from __future__ import annotations

import re

import pytest
import yaml

import followed
from conftest import ROOT

PAGE = (ROOT / "docs" / "ADD_A_PAGE.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "docs" / "ADD_A_PAGE.zh.md").read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    return re.findall(r"^\$ (.+)$", text, re.MULTILINE)


@pytest.mark.long
def test_the_page_is_followed_from_an_empty_folder_to_a_release() -> None:
    assert followed.follow(PAGE) == PAGE
    assert [command.split()[1] for command in commands(PAGE) if command.startswith("lingang")] == [
        *("new", "validate", "validate", "validate", "read", "release", "validate", "show")
    ]
    last = PAGE[PAGE.index("$ lingang validate dist/") :]
    assert "; no problems" in last and "error" not in last


def test_what_a_page_shows_wrongly_is_seen() -> None:
    files = '```text title="a/b.txt"\n一\n```\n\n```text title="a/b.txt" continued\n二\n```\n\n'
    page = files + "```console\n$ cat a/b.txt\n{}```\n"
    assert followed.follow(page.format("一\n\n二\n")) == page.format("一\n\n二\n")
    assert followed.follow(page.format("…\n二\n")) == page.format("…\n二\n")
    assert followed.follow(page.format("…\n三\n")) == page.format("一\n\n二\n")
    assert followed.follow(page.format("一\n")) == page.format("一\n\n二\n")


KEYS = yaml.safe_load((ROOT / "src" / "lingang" / "editor" / "keys.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("shape", sorted(KEYS.keys() - {"PublishedAbout", "Maker", "_Shape"}))
def test_every_key_is_shown_or_explained(shape: str) -> None:
    told = set(re.findall(r"\b([a-z_]+):", PAGE)) | set(re.findall(r"`([a-z_]+)", PAGE))
    assert set(KEYS[shape]) <= told


def test_the_chinese_page_names_the_same_commands_and_keys() -> None:
    named = set(re.findall(r"`(lingang [^`]+)`", CHINESE))
    assert named - {"lingang draft my-pages"} <= set(commands(PAGE))
    assert "`lingang draft my-pages`" in PAGE
    keys = {key for shape in KEYS.values() for key in shape}
    for key in re.findall(r"`([a-z_]+):`|`([a-z_]+)`", CHINESE):
        assert "".join(key) in keys
