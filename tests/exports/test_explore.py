"""The explorer, in a real browser: the page is the page, each claim lights its words, nothing is loaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lingang
from lingang.cli.commands import main
from lingang.explore.html import html
from lingang.explore.overview import abbreviations
from lingang.text.page import squeeze

ROOTS = sorted(path for path in (Path(__file__).parents[1] / "roots").iterdir() if path.is_dir())
SQUEEZED = "text => text.replace(/\\s+/gu, '')"
EXECUTABLE = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if EXECUTABLE is None:
        pytest.skip("no chromium is installed; apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=EXECUTABLE, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lingang.explore(tmp_path_factory.mktemp("explore") / "explore.html")


@pytest.fixture(scope="module")
def page(browser: Any, file: Path) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1400, "height": 900})
    opened.problems = []
    opened.on("console", lambda message: opened.problems.append(message.text))
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    opened.requests = []
    opened.on("request", lambda request: opened.requests.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    assert opened.problems == []
    assert {address.split("#")[0] for address in opened.requests} == {file.as_uri()}


LIT = """async addresses => {
  const out = {};
  for (const address of addresses) {
    location.hash = address;
    await new Promise(done => setTimeout(done));
    if (!document.getElementById(address)) { out[address] = null; continue; }
    const lit = [...document.querySelectorAll('.r.on, .seg.on .r')].map(run => run.textContent).join('');
    const card = document.getElementById(address);
    let open = true;
    for (let up = card; up; up = up.parentElement) if (up.tagName === 'DETAILS' && !up.open) open = false;
    out[address] = [lit.replace(/\\s+/gu, ''), open && card.getClientRects().length > 0];
  }
  return out;
}"""


@pytest.mark.long
def test_the_text_of_all_runs_is_the_page(page: Any) -> None:
    assert page.evaluate("document.getElementById('page').textContent") == lingang.raw()
    runs = page.evaluate("[...document.querySelectorAll('.r')].map(run => run.textContent).join('')")
    assert squeeze(runs) == squeeze(lingang.raw())


@pytest.mark.long
@pytest.mark.parametrize(("table", "words"), [("evidence", "quote"), ("mentions", "surface")])
def test_each_claim_lights_exactly_its_words(page: Any, table: str, words: str) -> None:
    rows = lingang.load(table)
    found = page.evaluate(LIT, [f"{table}/{key}" for key in rows.iloc[:, 0]])
    expected = {f"{table}/{key}": [text, True] for key, text in zip(rows.iloc[:, 0], rows[words], strict=True)}
    assert {key: value for key, value in found.items() if value != expected[key]} == {}


@pytest.mark.long
@pytest.mark.parametrize("table", lingang.tables())
def test_every_record_of_every_table_is_reached(page: Any, table: str) -> None:
    found = page.evaluate(LIT, [f"{table}/{key}" for key in lingang.load(table).iloc[:, 0]])
    assert [key for key, value in found.items() if value is None or not value[1]] == []


@pytest.mark.long
def test_without_javascript_all_is_there(browser: Any, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{file.as_uri()}#events/investment-meeting")
    text = file.read_text(encoding="utf-8")
    assert "id=events/investment-meeting>" in text and "<noscript" not in text
    assert page.locator(".card summary").count() == page.locator("details.card").count() > 200
    assert page.locator("#page").is_visible() and page.locator("#about").is_visible()
    assert not page.locator("#search").is_visible()
    context.close()


@pytest.mark.long
def test_without_javascript_every_claim_has_its_address(browser: Any, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for table in ("evidence", "mentions", "words", "segments"):
        for key in lingang.load(table).iloc[:, 0]:
            assert text.count(f" id={table}/{key}>") + text.count(f" id={table}/{key} ") == 1, key
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    row = lingang.evidence("events", "investment-meeting").iloc[-1]
    for address in (f"evidence/{row['evidence_id']}", "words/event-kind-meeting", "mentions/" + mention_of("sun-peng")):
        page.goto(f"{file.as_uri()}#{address}")
        target = page.locator(f"[id='{address}']")
        assert target.is_visible()  # the browser opens what it lies in
        assert target.evaluate("element => element.matches(':target')")
        top = target.evaluate("element => element.getBoundingClientRect().top")
        assert 0 <= top < 900
    place = page.locator(f"[id='evidence/{row['evidence_id']}'] > a").get_attribute("href")
    page.goto(file.as_uri() + str(place))
    assert squeeze(page.locator("#page :target").text_content())[0] == row["quote"][0]
    context.close()


def mention_of(person: str) -> str:
    rows = lingang.load("mentions")
    return str(rows.loc[rows["entity_id"] == person, "mention_id"].iloc[0])


@pytest.mark.long
def test_basis_and_reader_are_drawn_where_they_belong(page: Any) -> None:
    draw = "([id, pseudo]) => getComputedStyle(document.getElementById(id).querySelector('a') , pseudo).content"
    page.goto(page.url.split("#")[0])
    words = lingang.words("evidence_basis").set_index("word")["label_en"]
    evidence = lingang.load("evidence")
    for basis in evidence["basis"].cat.categories:
        rows = evidence.loc[evidence["basis"] == basis, "evidence_id"]
        if len(rows):
            told = page.evaluate(draw, [f"evidence/{rows.iloc[0]}", "::after"])
            assert told.strip('"').split(" ", 1)[1] == words[basis]
    marks = "[...document.querySelectorAll('#page a')].map(mark => getComputedStyle(mark, '::after').content)"
    assert set(page.evaluate(marks)) == {"none"}  # nothing is drawn into the page but its marks
    read = "id => getComputedStyle(document.getElementById(id), '::before').content"
    reading = lingang.load("readings")["reading_id"][0]
    assert reading.endswith(page.evaluate(read, f"readings/{reading}").strip('"'))


def test_a_word_shows_what_rests_on_it_by_mouse_and_by_keyboard(page: Any) -> None:
    page.goto(page.url.split("#")[0])
    page.locator(".r", has_text="5月").first.click()
    assert "events · " in page.locator("#here").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("#here").is_visible()
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("Enter")
    assert page.locator("#here a").count() > 0


def test_every_control_and_card_is_in_the_order_of_tab(page: Any) -> None:
    page.goto(page.url.split("#")[0])
    beyond = page.evaluate(
        "[...document.querySelectorAll('summary,nav a,input,select,button')].filter(e => e.tabIndex < 0).length"
    )
    assert beyond == 0
    page.locator("#search").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#filter') !== null")


@pytest.mark.long
@pytest.mark.parametrize(("wanted", "found"), [("创文", "line"), ("sun peng", "people"), ("Meeting", "words")])
def test_search(page: Any, wanted: str, found: str) -> None:
    page.locator("#search").fill(wanted)
    page.locator("#found").wait_for(state="visible")
    page.wait_for_timeout(250)
    assert found in page.locator("#found").inner_text()
    page.locator("#search").fill("")
    page.wait_for_timeout(250)


@pytest.mark.long
def test_a_filter_leaves_the_words_of_its_basis(page: Any) -> None:
    page.goto(page.url.split("#")[0])
    for basis in ("stated", "composed", "normalized", "unmarked", "read"):
        page.locator(f"#filter input[value={basis}]").uncheck()
    count = "name => document.querySelectorAll('.r.b-' + name).length"
    assert page.evaluate(count, "stated") == 0 < page.evaluate(count, "inferred")
    for basis in ("stated", "composed", "normalized", "unmarked", "read"):
        page.locator(f"#filter input[value={basis}]").check()


CONTRAST = """() => {
  const parse = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const poor = new Set();
  for (const element of document.querySelectorAll('body *')) {
    if (!element.getClientRects().length || ![...element.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
      continue;
    let back = element, colour = [0, 0, 0, 0];
    while (back && (colour.length === 4 && colour[3] === 0)) {
      colour = parse(getComputedStyle(back).backgroundColor);
      back = back.parentElement;
    }
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(colour)].sort((a, b) => b - a);
    if ((one + 0.05) / (other + 0.05) < 4.5) poor.add(element.tagName + '.' + element.className);
  }
  return [...poor];
}"""


@pytest.mark.long
@pytest.mark.parametrize("view", ["events/investment-meeting", "timeline", "matrix", "glossary", "about"])
def test_text_stands_out_from_its_ground(page: Any, view: str) -> None:
    page.goto(f"{page.url.split('#')[0]}#{view}")
    page.wait_for_timeout(100)
    assert page.evaluate(CONTRAST) == []


def test_a_narrow_screen_needs_no_scrolling_sideways(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for view in ("events/investment-meeting", "matrix", "timeline", "about"):
        page.goto(f"{page.url.split('#')[0]}#{view}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    page.set_viewport_size({"width": 1400, "height": 900})


@pytest.mark.long
@pytest.mark.parametrize("root", ROOTS, ids=lambda path: path.name)
def test_each_foreign_root_gives_a_file(root: Path, browser: Any, tmp_path: Path) -> None:
    data = lingang.open(root)
    lang = "zh" if ROOTS.index(root) % 2 else "en"
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(data.explore(tmp_path / "e.html", lang=lang).as_uri())
    sources = data.load("sources")
    assert page.evaluate("document.getElementById('page').textContent") == "".join(sources["text"])
    for table in data.tables():
        found = page.evaluate(LIT, [f"{table}/{key}" for key in data.load(table).iloc[:, 0]])
        assert [key for key, value in found.items() if value is None or not value[1]] == []
        if table == "evidence":
            quotes = dict(zip(data.load(table).iloc[:, 0], data.load(table)["quote"], strict=True))
            assert {key: value[0] for key, value in found.items()} == {f"{table}/{k}": v for k, v in quotes.items()}
    assert problems == []
    page.close()


NASTY = "</script><script>document.title='x'</script><!-- \u2028 \u202e א {{ 7 * 7 }} <img src=x onerror=alert(1)> \" '"


@pytest.mark.long
def test_what_a_record_holds_stays_text(browser: Any, tmp_path: Path) -> None:
    tables = {name: [dict(row) for row in rows] for name, rows in lingang.open()._rows().items()}
    for table, column in (("people", "name"), ("events", "name"), ("issues", "reason"), ("evidence", "note")):
        for row in tables[table]:
            row[column] = NASTY
    path = tmp_path / "e.html"
    path.write_bytes(html(tables, {"title": NASTY, "description": NASTY, "version": NASTY}, "en"))
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(path.as_uri())
    assert page.locator("h1").text_content() == NASTY
    assert page.evaluate("[document.scripts.length, document.images.length]") == [1, 0]
    assert NASTY in str(page.locator("[id='people/sun-peng'] dd").first.text_content())
    assert problems == []
    page.close()


@pytest.mark.long
def test_same_input_same_bytes_small_and_no_other_address(tmp_path: Path) -> None:
    one = lingang.explore(tmp_path / "one.html").read_bytes()
    command = [sys.executable, "-m", "lingang", "explore", "-o", str(tmp_path / "two.html")]
    subprocess.run(command, check=True, capture_output=True)  # another process: other addresses, other hashes
    assert (tmp_path / "two.html").read_bytes() == one
    assert b" at 0x" not in one and b"&lt;built-in" not in one
    assert len(one) <= 600_000
    head = one.decode().split("</head>")[0]
    assert "default-src &#39;none&#39;" in head and "unsafe" not in head
    assert b"src=" not in one.split(b"<script>")[0] and b" style=" not in one and b" onclick=" not in one


def test_no_other_file_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e.html").write_text("mine")
    assert main(["explore", "-o", str(tmp_path / "e.html")]) == 2
    assert (tmp_path / "e.html").read_text() == "mine"
    assert "is there already and differs" in capsys.readouterr().err


@pytest.mark.long
def test_a_release_with_an_error_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(Path(lingang.path("events")).parent, tmp_path / "release")
    people = tmp_path / "release" / "people.jsonl"
    rows = [json.loads(line) for line in people.read_text(encoding="utf-8").splitlines()]
    rows[0]["name"] = "无名"
    people.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert main(["explore", str(tmp_path / "release"), "-o", str(tmp_path / "e.html")]) == 1
    assert not (tmp_path / "e.html").exists()
    assert "people.jsonl" in capsys.readouterr().out


def test_beginnings_tell_labels_apart() -> None:
    assert abbreviations(["chair", "contestant", "attendee"]) == {"attendee": "a", "chair": "ch", "contestant": "co"}
    assert abbreviations(["site", "sites"]) == {"site": "site", "sites": "sites"}
