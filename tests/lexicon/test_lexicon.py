"""The shipped lexicon: its form, its width, and what it tells of texts that nobody fitted it to."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from lingang.lexicon import LISTS, Vocabulary, Word, bare, extend, for_language, layer, layers
from lingang.lexicon.shipped import FOLDER, read_layer
from lingang.text.cues import parse

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).resolve().parents[1] / "data"
ZH = read_layer(FOLDER / "zh-news-1")
CUED = [vocabulary for vocabulary in ZH.vocabularies.values() if any(word.cues for word in vocabulary.words)]
SENTENCES: dict[str, list[dict[str, Any]]] = yaml.safe_load((DATA / "lexicon-sentences.yaml").read_text("utf-8"))


def test_the_json_that_is_read_is_the_yaml_that_is_written() -> None:
    assert layers() == ("zh-news 1",)
    assert layer("zh-news 1") == ZH, "run python build.py"


def test_the_layer_of_a_language() -> None:
    assert for_language("zh-Hans") is for_language("zh-Hant") is for_language("zh") is layer("zh-news 1")
    assert for_language("en") is None
    assert for_language("zhx") is None
    with pytest.raises(LookupError, match="there are: zh-news 1"):
        layer("zh-news 2")


def test_a_language_without_a_layer_has_the_words_and_nothing_that_tells_them() -> None:
    lexicon = bare()
    assert {name: found.values for name, found in lexicon.vocabularies.items()} == {
        name: found.values for name, found in ZH.vocabularies.items()
    }
    assert not any(word.cues for found in lexicon.vocabularies.values() for word in found.words)
    assert not any(lexicon.lists.values())
    more, problems = extend(lexicon, b"event_kind:\n  meeting: {cues: [met]}\ntriggers: [met]\n")
    assert problems == []
    assert more["event_kind"].matcher.name("theymet").word == "meeting"  # type: ignore[union-attr]


def test_reading_the_lexicon_needs_no_yaml_and_nothing_above_it() -> None:
    code = (
        "import sys; sys.modules['yaml'] = None; from lingang.lexicon import layer; layer('zh-news 1'); "
        "print(*(name for name in sys.modules if name.startswith('lingang.')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True)
    loaded = run.stdout.decode().split()
    assert loaded, run.stderr.decode()
    above = ("tables", "models", "authored.loader", "compile", "derive", "rules", "check", "release")
    assert not [name for name in loaded if name.removeprefix("lingang.").startswith(above)]


@pytest.mark.parametrize("vocabulary", ZH.vocabularies.values(), ids=lambda vocabulary: vocabulary.name)
def test_every_word_has_labels_and_a_definition(vocabulary: Vocabulary) -> None:
    assert vocabulary.words
    for word in vocabulary.words:
        assert word.label_en and word.label_zh and word.definition.endswith("."), word.value
        assert not word.own
    assert vocabulary.default is None or vocabulary.default in vocabulary
    labels = Counter(word.label_en for word in vocabulary.words) + Counter(word.label_zh for word in vocabulary.words)
    twice = {label for label, count in labels.items() if count > 2 or (count == 2 and not label.isascii())}
    assert not twice


FIRST_EDITION = {
    "article_kind": "news photo_news",
    "segment_role": "headline subheadline kicker byline body caption credit",
    "byline_role": "reporter correspondent photographer",
    "public_role": "national_leader official reporter correspondent private",
    "identity_basis": "single_item same_name_same_post same_name_same_body same_byline",
    "organization_kind": "development_zone party_body government_body discipline_body subdistrict_office "
    "residents_committee school company troupe other",
    "place_kind": "city district road site car_park market other",
    "position_kind": "post membership collective",
    "event_kind": "meeting inspection donation contest award_ceremony selection performance other",
    "event_status": "occurred ongoing planned background",
    "date_precision": "part_of_day day month year vague none",
    "year_basis": "stated article page none",
    "day_part": "morning afternoon evening",
    "link_relation": "part_of precedes selects_for discusses",
    "campaign_relation": "launched advanced discussed mentioned",
    "participant_kind": "person organization place group",
    "participation_role": "organizer co_organizer chair speaker attendee inspector site presenter awardee contestant "
    "performer donor beneficiary nominator",
    "quotation_form": "direct indirect",
    "speaker_kind": "person organization event group",
    "document_kind": "opinion notice roster policy other",
    "document_action": "read_out conveyed referenced",
    "figure_kind": "count label_number ordinal",
    "evidence_basis": "stated normalized composed inferred",
    "issue_kind": "misprint syntax ambiguity line_break misplaced_block missing_block inconsistency",
    "issue_decision": "keep_sic join reattach leave_open",
    "entity_table": "people organizations places campaigns",
}


@pytest.mark.parametrize("name", FIRST_EDITION)
def test_words_of_the_first_edition_are_all_there(name: str) -> None:
    assert set(FIRST_EDITION[name].split()) <= set(ZH[name].values)


def test_the_words_that_the_second_edition_adds() -> None:
    added = {
        "segment_role": "masthead dateline folio crosshead table furniture",
        "public_role": "other_public",
        "organization_kind": "territory police court hospital media association village_committee congress",
        "event_kind": "accident disaster arrest visit signing unveiling match exhibition training death",
        "participation_role": "host accompanying victim suspect visitor guest other",
        "campaign_relation": "called_for",
        "day_part": "early_morning noon night",
        "figure_kind": "money share measure age",
        "qualifier": "exact at_least at_most about several",
        "year_basis": "published",
        "evidence_basis": "unmarked read",
        "reader_kind": "person model",
        "pass": "first second blind adjudication sign_off",
    }
    for name, words in added.items():
        assert set(words.split()) <= set(ZH[name].values), name


def test_which_vocabularies_are_open_and_what_is_told_by_default() -> None:
    is_open = {vocabulary.name for vocabulary in ZH.vocabularies.values() if vocabulary.open}
    assert is_open == {
        "organization_kind", "place_kind", "event_kind", "document_kind", "participation_role", "byline_role",
        "link_relation", "campaign_relation",
    }  # fmt: skip
    defaults = {vocabulary.name: vocabulary.default for vocabulary in ZH.vocabularies.values() if vocabulary.default}
    others = ("organization_kind", "place_kind", "event_kind", "document_kind", "participation_role", "byline_role")
    assert defaults == {
        **dict.fromkeys(others, "other"),
        "event_status": "occurred", "document_action": "referenced", "campaign_relation": "mentioned",
        "quotation_form": "indirect", "qualifier": "exact", "position_kind": "post", "figure_kind": "count",
    }  # fmt: skip


def test_the_plain_lists_are_all_there() -> None:
    assert set(ZH.lists) == set(LISTS)
    assert all(ZH.lists.values())
    assert all(word.reading for word in ZH.lists["readings"])
    assert {word.table for word in ZH.lists["name_endings"]} == {"people", "organizations", "places", "campaigns"}


@pytest.mark.parametrize("vocabulary", CUED, ids=lambda vocabulary: vocabulary.name)
def test_no_cue_stands_in_two_words(vocabulary: Vocabulary) -> None:
    words: dict[str, list[str]] = {}
    for word in vocabulary.words:
        assert len(set(word.cues)) == len(word.cues)
        for cue in word.cues:
            words.setdefault(cue, []).append(word.value)
    shared = {cue: found for cue, found in words.items() if len(found) > 1}
    assert not {cue: found for cue, found in shared.items() if not _ranked(vocabulary, found)}


def _ranked(vocabulary: Vocabulary, values: list[str]) -> bool:
    """Whether of each two of the words one outranks the other or both go together."""
    pairs = [(vocabulary[one], vocabulary[other]) for one in values for other in values if one < other]
    return all(
        one.value in other.over or other.value in one.over or vocabulary.matcher.go_together(one.value, other.value)
        for one, other in pairs
    )


def _alone(cue: str, filling: str) -> tuple[str, tuple[int, int] | None]:
    """The least text that a cue fits, its gaps filled, and where its participant stands."""
    read = parse(cue)
    text = filling.join(f"{part.before}{'◇' * part.participant}{part.after}" for part in read.parts)
    text = f"{'' if read.starts else '○'}{text}{'' if read.ends else '○'}"
    return text, (text.index("◇"), text.index("◇") + 1) if "◇" in text else None


@pytest.mark.parametrize("vocabulary", CUED, ids=lambda vocabulary: vocabulary.name)
def test_every_cue_alone_tells_its_word(vocabulary: Vocabulary) -> None:
    """None is shadowed by a cue of another word without a rank, by its own exceptions, or by a word over its own."""
    wrong = []
    for word in vocabulary.words:
        for cue in word.cues:
            told = set.intersection(*(_told(vocabulary, *_alone(cue, filling)) for filling in ("", "○○")))
            apart = {one for one in told - {word.value} if not vocabulary.matcher.go_together(one, word.value)}
            if word.value not in told or apart:
                wrong.append((word.value, cue, sorted(told)))
    assert not wrong


def _told(vocabulary: Vocabulary, text: str, at: tuple[int, int] | None) -> set[str]:
    if vocabulary.told_by == "name":
        found = vocabulary.matcher.name(text)
        return {found.word} if found else set()
    return {told.word for told in vocabulary.matcher.tell(text, at)}


def _traditional() -> dict[str, str]:
    """The forms that a simplified character has in traditional text, itself among them where it stays in some words."""
    lines = (DATA / "traditional.txt").read_text("utf-8").splitlines()
    return {line[0]: line[2:] for line in lines}


@pytest.mark.parametrize(
    "word", [word for vocabulary in CUED for word in vocabulary.words], ids=lambda word: word.value
)
def test_traditional_forms_stand_beside_simplified_ones(word: Word) -> None:
    for words in (word.cues, word.but):
        assert not _without_traditional(words)


@pytest.mark.parametrize("name", LISTS)
def test_traditional_forms_stand_beside_simplified_ones_in_lists(name: str) -> None:
    assert not _without_traditional(ZH.words(name))


def _without_traditional(words: tuple[str, ...]) -> list[str]:
    table = _traditional()

    def other(text: str, candidate: str) -> bool:
        return len(text) == len(candidate) and all(b in table.get(a, a) for a, b in zip(text, candidate, strict=True))

    return [
        text
        for text in words
        if any(character not in table.get(character, character) for character in text)
        and not any(other(text, candidate) for candidate in words)
    ]


def _page() -> str:
    return "".join(path.read_text("utf-8") for path in sorted((ROOT / "raw").glob("*.txt"))).replace("\n", "")


def _stands(cue: str, page: str) -> bool:
    place = 0
    for literal in parse(cue).literals:
        place = page.find(literal, place)
        if place < 0:
            return False
        place += len(literal)
    return True


@pytest.mark.parametrize("name", [*(vocabulary.name for vocabulary in CUED), *LISTS])
def test_no_more_than_a_third_stands_on_the_page_of_this_repository(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lexicon is for a genre; a list that this page fills was cut from it. Traditional forms are not counted."""
    page = "".join(_page().split())
    table = {form for character, forms in _traditional().items() for form in forms if character not in forms}
    words = [cue for word in ZH[name].words for cue in word.cues] if name in ZH.vocabularies else ZH.words(name)
    simplified = [word for word in words if not set(word) & table]
    standing = [word for word in simplified if _stands(word, page)]
    with capsys.disabled():
        print(f"\n{name}: {len(standing)} of {len(simplified)} stand on the page", end="")
    assert len(standing) * 3 <= len(simplified)


def test_sentences_are_there_for_every_vocabulary_with_cues_and_every_list() -> None:
    assert set(SENTENCES) == {vocabulary.name for vocabulary in CUED} | set(LISTS)
    for name, sentences in SENTENCES.items():
        tells = [sentence.get("tells") or sentence.get("finds") for sentence in sentences]
        assert sum(bool(told) for told in tells) >= 2, name
        assert not all(tells), name


def _sentences(*keys: str) -> list[Any]:
    return [
        pytest.param(name, sentence, id=f"{name}-{next(iter(sentence.values()))}-{sentence.get('at', '')}")
        for name, sentences in SENTENCES.items()
        for sentence in sentences
        if next(iter(sentence)) in keys
    ]


@pytest.mark.parametrize(("name", "sentence"), _sentences("clause", "name"))
def test_what_a_sentence_tells(name: str, sentence: dict[str, Any]) -> None:
    matcher = ZH[name].matcher
    if "name" in sentence:
        found = matcher.name(sentence["name"])
        assert (found.word if found else None) == sentence["tells"]
        return
    clause, at = sentence["clause"], None
    if "at" in sentence:
        assert clause.count(sentence["at"]) == 1
        at = clause.index(sentence["at"]), clause.index(sentence["at"]) + len(sentence["at"])
    assert sorted({told.word for told in matcher.tell(clause, at)}) == sorted(sentence["tells"])


@pytest.mark.parametrize(("name", "sentence"), _sentences("text"))
def test_what_a_list_finds(name: str, sentence: dict[str, Any]) -> None:
    found = {told.word for told in ZH.finder(name).fits(sentence["text"])}
    if sentence.get("finds") == []:
        assert not found
    assert set(sentence.get("finds", ())) <= found
    for word in sentence.get("leaves", ()):
        assert word in ZH.words(name) or word in "和該"
        assert word not in found
