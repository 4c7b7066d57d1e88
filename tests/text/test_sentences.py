"""Single sentences of invented text, and what must be read from them: one file a family under ``sentences``.

The material is proven here: each quote stands in its sentence at one place. Numbers and dates are read by
``lingang.text`` where it is there; the other families are read by the rules that come.
"""

from __future__ import annotations

import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from roots_pages import as_list, read_yaml

SENTENCES = Path(__file__).parents[1] / "sentences"
MEASURES = (
    *(
        "人",
        "元",
        "标箱",
        "人次",
        "袋",
        "亩",
        "名",
        "个",
        "级",
        "公里",
        "届",
        "岁",
        "个百分点",
        "箱",
        "公頃",
        "条",
        "米",
        "吨",
    ),
    *("度", "%", "‰"),
)
NOT_THERE = pytest.mark.xfail(
    find_spec("lingang.text") is None,
    strict=True,
    reason="lingang.text, which reads numbers and dates, is not there yet",
)


def family(name: str) -> Any:
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=case["text"]) for case in read_yaml(SENTENCES / name)]
    )


def _quotes(case: dict[str, Any]) -> list[str]:
    """Every quote of a case that must stand in its sentence."""
    out = [*case.get("numbers", {}), *case.get("dates", {}), *as_list(case.get("trigger"))]
    out += [*case.get("roles", {}), *case.get("people", {}), *case.get("bodies", {})]
    out += list(case["none"])
    for speech in case.get("speech", []):
        out += [speech[key] for key in ("cue", "starts", "ends")]
        out += [speech["speaker"]] if speech["speaker"] != "event" else []
    for person, title, body, rest in case.get("titles", []):
        out += [person, title, rest, *as_list(body)]
    return [str(quote) for quote in out]


@pytest.mark.parametrize("path", sorted(SENTENCES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_quote_stands_in_its_sentence(path: Path) -> None:
    cases = read_yaml(path)
    assert len({case["text"] for case in cases}) == len(cases) >= 10
    for case in cases:
        quotes = _quotes({"none": []} | case)
        assert quotes, case
        for quote in quotes:
            assert quote in case["text"], (case["text"], quote)
        for quote in (*case.get("numbers", {}), *case.get("dates", {})):
            assert case["text"].count(quote) == 1, (case["text"], quote)


@NOT_THERE
@family("numbers.yaml")
def test_a_number_is_read_whole_or_not_at_all(case: dict[str, Any]) -> None:
    from lingang.text import numbers

    text = case["text"]
    for quote, cells in case["numbers"].items():
        start = text.index(quote)
        number = numbers.read(text, start, start + len(quote), MEASURES)
        found = {"value": number.value, "unit": number.unit, "qualifier": str(number.qualifier)}
        wanted = {key: value for key, value in cells.items() if key != "or_null"}
        if cells.get("or_null") and number.value is None:
            wanted["value"] = None
        assert {key: found[key] for key in wanted} == wanted, quote


@NOT_THERE
@family("dates.yaml")
def test_a_date_is_read_whole_or_not_at_all(case: dict[str, Any]) -> None:
    from lingang.text import dates

    text = case["text"]
    published = case.get("published")
    known = dates.Known(
        published=datetime.date.fromisoformat(published) if published else None,
        article_year=case.get("article_year"),
        planned=case.get("planned", False),
    )
    tokens = [(token.start, token.end) for token in dates.find(text)]
    for quote, cells in case.get("dates", {}).items():
        start = text.index(quote)
        assert (start, start + len(quote)) in tokens, quote
        date = dates.read(quote, known)
        found = {key: getattr(date, key) for key in ("edtf", "year_basis", "time", "day_part")}
        assert found == dict.fromkeys(found) | cells, quote
    for quote in case.get("none", []):
        start = text.index(quote)
        assert not [token for token in tokens if token[0] < start + len(quote) and start < token[1]], quote
