"""The seed that comes with the program is whole, and says what its cards say."""

import json
import re
from collections import Counter
from datetime import date

import pytest

from data.seed import read_seed, seed_folder
from matcher.domain.carriers import Role, Status
from matcher.domain.facts import Grade
from matcher.domain.taxonomy import Facet


@pytest.fixture(scope="module")
def seed():
    return read_seed(seed_folder())


def term(seed, term_id):
    return seed.vocabulary.by_id[term_id]


def test_every_row_can_be_used(seed) -> None:
    assert [(row.file, row.line, str(row.reason)) for row in seed.broken] == []
    lines = (seed_folder() / "carriers.jsonl").read_text(encoding="utf-8").splitlines()
    assert [carrier.id for carrier in seed.carriers] == [json.loads(line)["id"] for line in lines]
    assert len(seed.entry_rules) == 13
    assert len(seed.finance) == 18


@pytest.mark.parametrize(
    ("facet", "n"),
    [
        (Facet.INDUSTRY, 13),
        (Facet.SUBFIELD, 82),
        (Facet.SERVICE, 8),
        (Facet.SERVICE_ITEM, 20),
        (Facet.PLATFORM, 5),
        (Facet.CAPABILITY, 29),
        (Facet.SITE, 16),
        (Facet.STAGE, 5),
        (Facet.KIND, 10),
        (Facet.LEVEL, 7),
        (Facet.FINANCE, 8),
        (Facet.ANCHOR, 11),
        (Facet.ACTOR, 15),
    ],
)
def test_the_vocabulary_has_all_its_lists(seed, facet, n) -> None:
    terms = seed.vocabulary.of(facet)

    assert [one.order for one in terms] == list(range(n))
    assert all(all(one.label) for one in terms)


def test_words_that_show_a_term_are_kept_by_language(seed) -> None:
    tools = term(seed, "equipment.machine_tools")

    assert "数控机床" in tools.keywords["zh"]
    assert "Fräsmaschine" in tools.keywords["de"]
    assert "Werkzeugmaschine" in tools.aliases
    assert "Miete" in term(seed, "service.site").keywords["any"]


def test_stages_are_in_their_order(seed) -> None:
    stages = ["team", "seed", "incubation", "growth", "industrial"]

    assert seed.vocabulary.ids(Facet.STAGE) == tuple(f"stage.{name}" for name in stages)


def test_what_the_matcher_asks_of_the_vocabulary_is_there(seed) -> None:
    vocabulary = seed.vocabulary

    assert vocabulary.version == "2026-11"
    assert vocabulary.core_park("biomed") == "anchor.shaxi_biomed"
    assert vocabulary.near("ict") == ("equipment", "aerospace")
    assert vocabulary.handover_chain[0] == "kind.makerspace"
    assert any(vocabulary.related(subfield) for subfield in vocabulary.ids(Facet.SUBFIELD))


def test_an_ambiguous_word_may_be_several_words(seed) -> None:
    [cell] = [one for one in seed.vocabulary.ambiguous if "电芯" in one.terms]

    assert cell.terms == ("cell", "电芯", "细胞", "Zelle")
    assert {sense.subfield for sense in cell.senses} == {"energy.storage", "biomed.cgt", "equipment.robotics"}
    [carrier] = [one for one in seed.vocabulary.ambiguous if one.terms == ("载体",)]
    assert carrier.senses[0].subfield is None


def test_a_rule_has_its_source_and_holds_from_its_date(seed) -> None:
    rules = {rule.id: rule for rule in seed.entry_rules}
    age = rules["rule.inc.age_at_entry"]

    assert age.value == 24
    assert age.source.id == "most-2018-300"
    assert age.source.grade is Grade.COPY
    assert "superseded" in age.source.note
    assert age.valid_from == date(2018, 12, 14)
    assert rules["rule.inc.sme_tech"].valid_from == date(2017, 1, 1)  # only the year is known
    assert rules["rule.cgt.foreign_investment"].valid_from == date(2024, 9, 1)
    assert [one.value for one in rules["rule.inc.tenure"].exceptions] == [60]


def test_every_carrier_has_sources_that_are_shared_where_equal(seed) -> None:
    sources = [source for carrier in seed.carriers for source in carrier.sources]

    assert all(carrier.sources for carrier in seed.carriers)
    assert len({source.id for source in sources}) == len(set(sources)) < len(sources)


def test_every_city_has_a_place_and_every_place_a_carrier(seed) -> None:
    cities = {carrier.city for carrier in seed.carriers} - {None}

    assert {place.id for place in seed.places} == cities
    for place in seed.places:
        assert all(place.name)
        assert place.delta == (place.province in ("Shanghai", "Jiangsu", "Zhejiang", "Anhui"))


def test_an_enclave_says_where_its_firms_are_meant_to_land(seed) -> None:
    landing = {carrier.id: carrier.landing_in for carrier in seed.carriers if carrier.landing_in}

    assert landing == {"cn018": "太仓", "cn063": "苏州"}


def test_the_card_counts_right(seed) -> None:
    card = (seed_folder() / "CARD.md").read_text(encoding="utf-8")
    status = Counter(carrier.status for carrier in seed.carriers)
    roles = Counter(carrier.role for carrier in seed.carriers)

    assert f"{roles[Role.CARRIER]} carriers, {roles[Role.PARTNER]} partners" in card
    assert f"operating {status[Status.OPERATING]}, unknown {status[Status.UNKNOWN]}" in card
    for city in ("Taicang", "Chengdu", "Suzhou", "Shanghai"):
        [place] = [place for place in seed.places if place.name.en == city]
        assert f"{city} {sum(carrier.city == place.id for carrier in seed.carriers)}" in card


@pytest.mark.parametrize("folder", ["seed", "corpus", "qrels"])
def test_a_card_names_only_what_is_in_this_project(folder) -> None:
    home = seed_folder().parent / folder
    card = (home / "CARD.md").read_text(encoding="utf-8")

    for name in re.findall(r"`((?:\.\./)?[\w/]+\.(?:jsonl|yaml|md))`", card):
        assert (home / name).exists(), name
    assert "shared/" not in card
