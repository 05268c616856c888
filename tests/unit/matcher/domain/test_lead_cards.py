"""A card is made of the vocabulary alone, and tells no more than it has to."""

from dataclasses import replace

import pytest

from matcher.domain.ids import TermId
from matcher.domain.lead_cards import AgeBand, card_of, known_places
from matcher.domain.messages import Language, Texts
from matcher.domain.registry import Place
from matcher.domain.startups import Stated
from tests.factories import a_carrier, a_finding, a_profile, a_registry

TAICANG = Place(
    id="太仓", name=Texts(zh="太仓", en="Taicang", de="Taicang"), country="CN", province="Jiangsu", delta=True
)


def card(places=None, **changes):
    return card_of(a_profile(**changes), Language.EN, places or {})


def test_only_nearly_certain_sub_fields_are_shown_and_never_more_than_two() -> None:
    found = (("a", 0.9), ("b", 0.61), ("c", 0.6), ("d", 0.59))
    subfields = tuple(a_finding(name, probability=share) for name, share in found)

    assert card(subfields=subfields).subfields == ("a", "b")
    assert card(subfields=subfields[3:]).subfields == ()
    assert card(subfields=(a_finding("e", probability=0.1, stated=True),)).subfields == ("e",)


@pytest.mark.parametrize(("probability", "shown"), [(0.5, "stage.seed"), (0.49, None)])
def test_a_stage_that_is_doubtful_is_unknown(probability, shown) -> None:
    assert card(stage=a_finding("stage.seed", probability=probability)).stage == shown


@pytest.mark.parametrize(
    ("months", "band"),
    [
        (0, AgeBand.UNDER_1), (11, AgeBand.UNDER_1), (12, AgeBand.UNDER_2), (23, AgeBand.UNDER_2),
        (24, AgeBand.UNDER_5), (59, AgeBand.UNDER_5), (60, AgeBand.OLDER), (None, None),
    ],
)  # fmt: skip
def test_an_age_is_a_band(months, band) -> None:
    assert card(company_age_months=months).company_age is band


def test_the_order_of_needs_does_not_tell_how_probable_they_are() -> None:
    needs = (a_finding("service.site", probability=0.9), a_finding("service.money", probability=0.7))

    assert card(services=needs).services == card(services=needs[::-1]).services


def test_a_place_is_told_by_its_official_name_and_other_words_are_not(taxonomy) -> None:
    registry = a_registry(taxonomy, a_carrier(district="沙溪镇"), places={"太仓": TAICANG})
    stated = Stated(districts=("TAICANG", "Shaxi Town", "the hall behind our lab", "taicang"))

    shown = card(places=known_places(registry), stated=stated).places

    assert shown == (TAICANG.name, Texts(zh="沙溪镇"))


def test_amounts_and_words_of_the_text_are_not_in_it() -> None:
    profile = a_profile(facts={"equity_cny": 4_711_000.0})
    told = repr(card_of(replace(profile, industry=a_finding(TermId("biomed"))), Language.EN, {}))

    assert not any(word in told for word in ("4711", "catheter", "14", "0.8"))
