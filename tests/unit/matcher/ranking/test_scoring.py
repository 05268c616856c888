"""Scores: exact sums in which the unknown adds nothing and more never costs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.carriers import Status
from matcher.domain.matches import Criterion
from matcher.domain.messages import Texts
from matcher.domain.startups import Scope, Stated
from matcher.domain.taxonomy import Facet
from matcher.ranking.reciprocal import STEPS
from matcher.ranking.scoring import score_pairs, wished_places
from tests.factories import a_finding, a_read_profile
from tests.unit.matcher.ranking.worlds import (
    NOTHING_KNOWN,
    RANKER,
    TAXONOMY,
    a_device_maker,
    a_plain_carrier,
    scored,
    scores,
)

CRITERIA = list(Criterion)
FACETS = {"services": Facet.SERVICE, "capabilities": Facet.CAPABILITY, "site": Facet.SITE}
FULL = {
    "kind": "kind.specialised_incubator",
    "specialised": True,
    "level": "level.unrated",
    "industries": ("biomed",),
    "subfields": ("biomed.cro",),
    "services": ("service.market",),
    "capabilities": ("cap.flight_test",),
    "site": ("req.floor_load",),
    "description": Texts(),
}
stages = st.sampled_from([None, "stage.team", "stage.seed", "stage.incubation", "stage.growth", "stage.industrial"])


def test_the_ids_used_here_are_of_the_vocabulary() -> None:
    used = [term for value in FULL.values() if isinstance(value, tuple) for term in value]

    assert all(term in TAXONOMY.by_id for term in used)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_a_score_on_the_seed_is_exactly_the_sum_of_its_parts_in_any_order(board, seed) -> None:
    rng = np.random.default_rng(seed)
    subfields = dict(zip(rng.choice(TAXONOMY.ids(Facet.SUBFIELD), 3, replace=False), (0.5, 0.25, 0.25), strict=True))
    result = score_pairs(a_read_profile(TAXONOMY, subfields, "stage.seed"), board, Scope.ALL, RANKER)
    shuffled = result.parts[:, rng.permutation(len(CRITERIA))]

    assert (result.parts * STEPS % 1 == 0).all()
    assert shuffled.sum(axis=1).tolist() == [sum(row) for row in result.parts.tolist()]
    assert ((result.startup_utility > 0) & (result.startup_utility < 1)).all()
    assert ((result.carrier_utility > 0) & (result.carrier_utility < 1)).all()


@given(stage=stages)
def test_of_a_carrier_of_which_nothing_is_known_only_its_openness_to_any_field_counts(stage) -> None:
    unknown = a_plain_carrier(**NOTHING_KNOWN, description=Texts())
    profile = a_device_maker(stage)
    (parts,) = scored(profile, unknown).parts

    assert {CRITERIA[place] for place in np.flatnonzero(parts)} <= {Criterion.FIELD}
    assert parts[CRITERIA.index(Criterion.FIELD)] > 0


@pytest.mark.parametrize("field", ["services", "capabilities", "site", "subfields", "level", "specialised"])
@given(stage=stages)
def test_a_thinner_record_never_scores_below_one_with_a_known_non_match(field, stage) -> None:
    profile = a_read_profile(
        TAXONOMY,
        {"aerospace.uav": 1.0},
        stage,
        services=(a_finding("service.site"),),
        capabilities=(a_finding("cap.medtech_test"),),
        site=(a_finding("req.wet_lab"),),
    )
    full = a_plain_carrier(**FULL)
    thin = a_plain_carrier(**FULL | {field: None if field in ("level", "specialised") else ()})
    of_full, of_thin = scores(profile, full, thin)

    assert of_thin >= of_full


@pytest.mark.parametrize("need", FACETS)
@given(data=st.data())
def test_naming_more_of_what_it_offers_never_costs_a_carrier(need, data) -> None:
    terms = st.lists(st.sampled_from(TAXONOMY.ids(FACETS[need])), unique=True, max_size=4)
    fewer, more = data.draw(terms), data.draw(terms)
    asked = tuple(a_finding(term) for term in data.draw(terms))
    thin, rich = (a_plain_carrier(**{need: tuple(offered)}) for offered in (fewer, [*fewer, *more]))
    of_thin, of_rich = scores(a_device_maker(**{need: asked}), thin, rich)

    assert of_rich >= of_thin


@given(stage=stages, needs_space=st.booleans(), subfield=st.sampled_from(["biomed.devices", "ict.ai", "aerospace.uav"]))
def test_the_same_carrier_stands_higher_open_than_being_built_and_than_planned(stage, needs_space, subfield) -> None:
    states = (Status.OPERATING, Status.UNDER_CONSTRUCTION, Status.PLANNED)
    site = (a_finding("req.cleanroom_class"),) if needs_space else ()
    profile = a_read_profile(TAXONOMY, {subfield: 1.0}, stage, site=site)
    is_open, built, planned = scores(profile, *(a_plain_carrier(status=status) for status in states))

    assert is_open > built > planned


def test_equal_carriers_stand_in_the_order_of_their_ids() -> None:
    carriers = [a_plain_carrier(id=name) for name in ("c3", "c1", "c2")]
    result = scored(a_device_maker(), *carriers)

    assert result.order.tolist() == [0, 1, 2]


def test_a_startup_whose_stage_is_unknown_gets_no_part_for_it() -> None:
    result = scored(a_device_maker(stage=None), a_plain_carrier(), a_plain_carrier(kind="kind.accelerator"))

    assert (result.parts[:, CRITERIA.index(Criterion.STAGE)] == 0).all()


def test_without_carriers_there_is_nothing_to_order() -> None:
    assert scored(a_device_maker()).order.tolist() == []


# Wishes for a place


@pytest.mark.parametrize(
    "wish", ["太仓", "Taicang", "taicang ", "沙溪", "沙溪镇", "Shaxi", "Gemeinde Shaxi", "Shaxi Town"]
)
def test_a_city_is_wished_for_in_any_language_and_a_district_by_part_of_its_name(registry, wish) -> None:
    carriers = [a_plain_carrier(city="太仓", district="沙溪镇"), a_plain_carrier(city="西安", district="高新区")]

    assert wished_places(carriers, [wish], registry).tolist() == [1, 0]


def test_where_a_carrier_lies_within_its_city_may_be_unknown(registry) -> None:
    carriers = [a_plain_carrier(city="太仓", district=None), a_plain_carrier(city=None, district=None)]

    assert np.isnan(wished_places(carriers, ["沙溪镇"], registry)).all()


@pytest.mark.parametrize("places", [(), ("",), ("  ",)])
def test_an_empty_wish_is_none(registry, places) -> None:
    assert wished_places([a_plain_carrier()], places, registry) is None


def test_a_wish_lifts_the_place_wished_for_and_the_unknown_stays_between() -> None:
    profile = a_device_maker(stated=Stated(districts=("沙溪镇",)))
    here, unknown, there = scores(profile, *(a_plain_carrier(district=d) for d in ("沙溪镇", None, "浏河镇")))

    assert here > unknown > there


def test_a_changed_profile_changes_the_score_it_should() -> None:
    seed, growth = (a_device_maker(stage_probabilities=np.eye(5)[place]) for place in (1, 3))
    incubator, accelerator = a_plain_carrier(), a_plain_carrier(kind="kind.accelerator")

    assert np.argmax(scores(seed, incubator, accelerator)) == 0
    assert np.argmax(scores(replace(growth), incubator, accelerator)) == 1
