"""Records and profiles as columns of numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.carriers import Status
from matcher.domain.taxonomy import Facet
from matcher.features.tables import FURTHER_INDUSTRY, RELATED_SUBFIELD, carrier_table, mask_of, startup_table
from tests.factories import a_carrier, a_finding, a_read_profile

NOTHING_KNOWN = {
    **dict.fromkeys(("kind", "specialised", "level")),
    **dict.fromkeys(("industries", "subfields", "services", "capabilities", "site", "anchors"), ()),
    "status": Status.UNKNOWN,
}


def a_row(taxonomy, **record):
    return carrier_table([a_carrier(**record)], taxonomy, np.ones((1, 4), np.float32), [[False] * 4])


@given(st.lists(st.sampled_from("abcdefg")))
def test_a_mask_has_one_bit_per_known_term_however_often_it_is_named(terms) -> None:
    mask = int(mask_of(terms, list("abcde")))

    assert {letter for place, letter in enumerate("abcde") if mask >> place & 1} == set(terms) & set("abcde")


def test_of_a_carrier_of_which_nothing_is_known_every_column_says_so(taxonomy) -> None:
    row = a_row(taxonomy, **NOTHING_KNOWN)

    for name in ("serves_subfield", "serves_industry", "specialised", "stage_fit", "openness", "level"):
        assert np.isnan(getattr(row, name)).all(), name
    assert (row.services, row.capabilities, row.site) == (0, 0, 0)


def test_the_first_industry_is_the_centre_and_further_ones_are_served_too(taxonomy) -> None:
    (served,) = a_row(taxonomy, industries=("aerospace", "ict")).serves_industry
    of = dict(zip(taxonomy.ids(Facet.INDUSTRY), served, strict=True))

    assert (of["aerospace"], of["ict"], of["biomed"]) == (1, FURTHER_INDUSTRY, 0)


def test_an_own_subfield_counts_fully_and_a_related_one_half(taxonomy) -> None:
    own = next(name for name in taxonomy.ids(Facet.SUBFIELD) if taxonomy.related(name))
    related = taxonomy.related(own)[0]
    (served,) = a_row(taxonomy, subfields=(own,)).serves_subfield
    of = dict(zip(taxonomy.ids(Facet.SUBFIELD), served, strict=True))

    assert (of[own], of[related]) == (1, RELATED_SUBFIELD)
    assert set(served) == {0, RELATED_SUBFIELD, 1}


@pytest.mark.parametrize(
    ("specialised", "industries", "general"),
    [(None, (), 1), (False, ("biomed",), 1), (None, ("biomed",), 0), (True, ("biomed",), 0), (True, (), 0)],
)
def test_a_general_home_names_no_field_or_says_that_it_is_general(taxonomy, specialised, industries, general) -> None:
    assert a_row(taxonomy, specialised=specialised, industries=industries).general_home == [general]


def test_the_less_open_a_carrier_the_lower_its_openness(taxonomy) -> None:
    states = (Status.OPERATING, Status.UNDER_CONSTRUCTION, Status.PLANNED)
    openness = [float(a_row(taxonomy, status=status).openness[0]) for status in states]

    assert openness == sorted(openness, reverse=True)
    assert len(set(openness)) == 3


def test_a_platform_without_named_capabilities_leaves_capabilities_unknown(taxonomy) -> None:
    assert a_row(taxonomy, capabilities=("platform.testing",)).capabilities == [0]


def test_an_adjacent_industry_is_near_but_a_served_one_is_not_only_near(taxonomy) -> None:
    adjacent = next(name for name in taxonomy.ids(Facet.INDUSTRY) if taxonomy.near(name))
    chain = taxonomy.near(adjacent)[0]
    place = taxonomy.ids(Facet.INDUSTRY).index(adjacent)

    assert a_row(taxonomy, industries=(chain,)).near_industry[0, place] == 1
    assert a_row(taxonomy, industries=(chain, adjacent)).near_industry[0, place] == 0


def test_a_stage_that_cannot_be_told_is_a_row_of_nan_and_another_sums_to_one(taxonomy) -> None:
    unknown = a_read_profile(taxonomy, {"biomed.devices": 1.0})
    unsure = a_read_profile(taxonomy, {}, "stage.seed", stage_probabilities=np.array([0.1, 0.3, 0.2, 0.0, 0.0]))
    stages = startup_table([unknown, unsure], taxonomy).stages

    assert np.isnan(stages[0]).all()
    np.testing.assert_allclose(stages[1], [1 / 6, 1 / 2, 1 / 3, 0, 0])


def test_rows_are_chosen_from_every_column(taxonomy) -> None:
    profiles = [a_read_profile(taxonomy, {name: 1.0}) for name in ("biomed.devices", "ict.ic_design", "aerospace.uav")]
    profiles[1] = a_read_profile(taxonomy, {"ict.ic_design": 1.0}, services=(a_finding("service.site"),))
    table = startup_table(profiles, taxonomy)
    chosen = table.rows(np.array([1]))

    assert len(chosen) == 1
    assert chosen.services[0] == table.services[1] != 0
    np.testing.assert_array_equal(chosen.industries[0], table.industries[1])
