"""The pages lead somewhere, as files and as a site; the site loads nothing from elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "analyses").glob("*.md")]
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*DOCS, ROOT / "dataset" / "CASES.md"])


def prose(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """The anchors of headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.*)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"(?<!`)\]\(([^)\s]+)\)", prose(text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (ROOT / name).parent / path if path else ROOT / name
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(found.read_text(encoding="utf-8")), target


def test_every_page_of_docs_is_in_the_navigation_or_linked() -> None:
    told = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for name in PAGES:
        place = name.removeprefix("docs/").removeprefix("dataset/")
        assert place in told or name in {"README.md", "README.zh.md"}, name


def built(config: Path, out: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A site as ``mkdocs build --strict`` makes it; ``--quiet`` would let its warnings pass uncounted."""
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        str(config),
        "--site-dir",
        str(out),
    ]
    told = {**os.environ, **environment, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material")
    out = tmp_path_factory.mktemp("site")
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    done = built(ROOT / "mkdocs.yml", out, nowhere)
    assert done.returncode == 0, done.stderr[-2000:]
    return out


@pytest.mark.long
def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = sorted(set(site.rglob("*.html")) - {site / "404.html"})  # whose links begin at the root of a server
    assert len(pages) > 30
    for page in pages:
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=[\"']?([^\"' >]+)", text)
        assert loaded
        for address in loaded:
            assert not re.match(r"([a-z]+:)?//", address), (page.name, address)
            assert (page.parent / address.split("?")[0].split("#")[0]).exists() or address == ".", (page.name, address)
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?https?:|@import", sheet.read_text(encoding="utf-8")), sheet.name


@pytest.mark.long
def test_pages_of_the_root_and_the_notebook_are_on_the_site(site: Path) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    assert 'src="explorer.png"' in start and 'href="zh.html"' in start and 'href="analyses/index.html"' in start
    assert "three_questions" in start  # a link to the page of the notebook
    notebook = (site / "NOTEBOOK.html").read_text(encoding="utf-8")
    assert notebook.count("<img") == len(list(site.glob("notebook-*.png"))) == 3
    contributing = (site / "CONTRIBUTING.html").read_text(encoding="utf-8")
    assert contributing.count("<ol>") == 3  # blocks within a numbered list do not end it
    for name in ("API", "FAQ", "GLOSSARY", "DATA_DICTIONARY", "CODEBOOK", "CORPORA", "CI", "DECISIONS", "CASES"):
        assert (site / f"{name}.html").is_file()


@pytest.mark.long
def test_a_dead_link_and_a_page_that_is_nowhere_stop_the_build(tmp_path: Path) -> None:
    pytest.importorskip("material")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    config = (
        (ROOT / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .replace("tools/docs_site.py", str(ROOT / "tools/docs_site.py"))
    )
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    (tmp_path / "docs" / "NEW.md").write_text("# New\n\n[one](nowhere.md) [two](FAQ.md#nothing)\n", encoding="utf-8")
    done = built(tmp_path / "mkdocs.yml", tmp_path / "site", {})
    assert done.returncode == 1
    assert "NEW.md" in done.stderr and "nowhere.md" in done.stderr and "#nothing" in done.stderr
    assert 'not included in the "nav"' in done.stderr
