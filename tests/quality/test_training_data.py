"""The texts and word lists that readers learn from: no leaks of judged texts, no doubles, only known ids."""

import json
import re
from collections import Counter, defaultdict

import pytest
import yaml

from data.qrels import qrels_folder
from data.seed import seed_folder
from matcher.domain.startups import Outcome
from matcher.domain.taxonomy import CHAINS, NO_CHAIN, Facet
from tests.released import vocabulary

DATA = seed_folder().parent
CORPUS = [
    json.loads(line)
    for path in sorted((DATA / "corpus").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
JUDGED = [json.loads(line) for line in (qrels_folder() / "startups.jsonl").read_text(encoding="utf-8").splitlines()]
WORD_LISTS = {
    path.name: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((DATA / "lexicon").glob("*.yaml"))
    if path.name != "needs.yaml"
}
NEEDS = yaml.safe_load((DATA / "lexicon" / "needs.yaml").read_text(encoding="utf-8"))
HAN_RUN, WORD_RUN = 12, 8  # so much in a row in two texts is no chance
HAN = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[^\W\d_]+")


def runs(text) -> set[str]:
    """All runs of so many Chinese characters, and of so many Latin words; marks, figures and case do not count."""
    han = "".join(HAN.findall(text))
    words = WORD.findall(HAN.sub(" ", text).casefold())
    return {han[start : start + HAN_RUN] for start in range(len(han) - HAN_RUN + 1)} | {
        " ".join(words[start : start + WORD_RUN]) for start in range(len(words) - WORD_RUN + 1)
    }


def normal(text) -> str:
    """Without marks, spaces and case."""
    return "".join(character for character in text.casefold() if character.isalnum())


def twice(names) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_no_text_to_learn_from_is_or_resembles_a_judged_one() -> None:
    judged = {run for row in JUDGED for run in runs(row["text"])}
    whole = {normal(row["text"]) for row in JUDGED}

    leaks = [row["id"] for row in CORPUS if normal(row["text"]) in whole or runs(row["text"]) & judged]
    assert leaks == []


def test_no_word_list_holds_a_run_of_a_judged_text() -> None:
    judged = {run for row in JUDGED for run in runs(row["text"])}

    terms = [
        str(term) for of in WORD_LISTS.values() for lists in of.values() for some in lists.values() for term in some
    ]
    assert [term for term in terms if runs(term) & judged] == []


def test_no_text_and_no_id_stands_twice() -> None:
    assert twice(row["id"] for row in CORPUS) == []
    assert twice(normal(row["text"]) for row in CORPUS) == []


@pytest.mark.parametrize(
    ("key", "facet"),
    [
        ("subfields", Facet.SUBFIELD),
        ("services", Facet.SERVICE),
        ("capabilities", Facet.CAPABILITY),
        ("site", Facet.SITE),
    ],
)
def test_lists_of_labels_hold_known_ids_once(key, facet) -> None:
    known = set(vocabulary().ids(facet))

    assert {name for row in CORPUS for name in row[key]} <= known
    assert [row["id"] for row in CORPUS if twice(row[key])] == []


def test_single_labels_are_known_and_agree() -> None:
    stages = {*vocabulary().ids(Facet.STAGE), None}

    assert {row["stage"] for row in CORPUS} <= stages
    assert {row["outcome"] for row in CORPUS} <= {outcome.value for outcome in Outcome}
    assert {row["chain"] for row in CORPUS} <= {*CHAINS, NO_CHAIN}
    for row in CORPUS:
        assert row["chain"] == vocabulary().chain_of(row["industry"]), row["id"]
        if row["subfields"]:
            assert row["industry"] == vocabulary().industry_of(row["subfields"][0]), row["id"]
        assert (row["outcome"] == "ranked") == (row["chain"] != NO_CHAIN), row["id"]


def test_every_sub_field_has_texts_and_words_in_all_three_languages() -> None:
    named = set(vocabulary().ids(Facet.SUBFIELD)) - {"other.unclassified"}
    listed = {name for of in WORD_LISTS.values() for name in of}

    assert {row["subfields"][0] for row in CORPUS if row["subfields"]} >= named
    assert listed == named
    for of in WORD_LISTS.values():
        for name, lists in of.items():
            assert set(lists) == {"zh", "en", "de"}, name
            assert all(some for some in lists.values()), name


def test_a_word_list_lies_in_the_file_of_its_industry() -> None:
    for file, of in WORD_LISTS.items():
        assert {vocabulary().industry_of(name) for name in of} == {file.removesuffix(".yaml")}


def test_every_term_is_text() -> None:
    for of in WORD_LISTS.values():
        for name, lists in of.items():
            for some in lists.values():
                assert all(isinstance(term, str) and term == term.strip() != "" for term in some), name


def test_no_term_stands_twice_in_one_list() -> None:
    doubles = {
        (name, language): twice(normal(term) for term in some)
        for of in WORD_LISTS.values()
        for name, lists in of.items()
        for language, some in lists.items()
    }

    assert {place: terms for place, terms in doubles.items() if terms} == {}


def test_no_term_points_to_two_sub_fields() -> None:
    places = defaultdict(set)
    for of in WORD_LISTS.values():
        for name, lists in of.items():
            for some in lists.values():
                for term in some:
                    places[normal(term)].add(name)

    assert {term: names for term, names in places.items() if len(names) > 1} == {}


def test_no_term_is_a_keyword_of_another_sub_field() -> None:
    keyword_of = defaultdict(set)
    for term in vocabulary().of(Facet.SUBFIELD):
        for words in term.keywords.values():
            for word in words:
                keyword_of[normal(word)].add(term.id)

    clashes = {
        term: (name, keyword_of[normal(term)])
        for of in WORD_LISTS.values()
        for name, lists in of.items()
        for some in lists.values()
        for term in some
        if keyword_of.get(normal(term), {name}) - {name}
    }
    assert clashes == {}


def test_patterns_of_needs_are_known_and_sound() -> None:
    known = {*vocabulary().ids(Facet.SERVICE), *vocabulary().ids(Facet.CAPABILITY), *vocabulary().ids(Facet.SITE)}

    assert set(NEEDS) <= known
    for name, patterns in NEEDS.items():
        assert patterns, name
        for pattern in patterns:
            compiled = re.compile(pattern, re.IGNORECASE)
            assert compiled.search("") is None, f"{name} finds something in nothing"
            assert compiled.groups == 0, f"{name} captures a group that nobody reads"
