"""Features of pairs: equal to plain Python, in their ranges, unknown where unknown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.bench.pair_reference import plain_pair_features, rows_of
from matcher.features.pairs import FEATURE_NAMES, PairBlock, chain_columns, pair_features
from tests.unit.matcher.features.blocks import CHAIN_COLUMNS, blocks, carriers_of, startups_of

EVER_UNKNOWN = {
    *("subfield_match", "industry_match", "text_similarity", "stage_fit", "off_field", "openness", "level"),
    *("service_coverage", "capability_coverage", "site_coverage", "in_wished_place"),
    *("rated_in_field_and_stage", "rated_in_industry"),
}
COVERAGES = {"service_coverage": "services", "capability_coverage": "capabilities", "site_coverage": "site"}


def same(features, expected) -> None:
    np.testing.assert_allclose(features, expected, rtol=1e-9, atol=1e-9, equal_nan=True)


def plain(pairs: PairBlock):
    """Pair by pair, in plain Python; one row of either table is paired with each of the other."""
    startups, carriers = rows_of(pairs.startups), rows_of(pairs.carriers)
    n_pairs = max(len(startups), len(carriers))
    return [
        plain_pair_features(startups[min(n, len(startups) - 1)], carriers[min(n, len(carriers) - 1)], CHAIN_COLUMNS)
        for n in range(n_pairs)
    ]


def columns(features) -> dict:
    return dict(zip(FEATURE_NAMES, features.T, strict=True))


@given(blocks())
def test_one_startup_with_many_carriers_is_as_in_plain_python_unknown_included(pairs) -> None:
    same(pair_features(pairs), plain(pairs))


@given(blocks(n_startups=st.integers(1, 6), n_carriers=st.just(1)))
def test_many_startups_with_one_carrier_are_as_in_plain_python(pairs) -> None:
    same(pair_features(pairs), plain(pairs))


@given(blocks(n_startups=st.just(5), n_carriers=st.just(5)))
def test_rows_paired_one_by_one_are_as_in_plain_python(pairs) -> None:
    same(pair_features(pairs), plain(pairs))


@given(blocks(n_startups=st.just(3), n_carriers=st.just(4)).map(lambda one: (one.startups, one.carriers)))
def test_from_either_side_and_all_with_all_a_pair_has_the_same_features(sides) -> None:
    startups, carriers = sides
    by_startup = np.stack(
        [pair_features(PairBlock(startups.rows(slice(n, n + 1)), carriers, CHAIN_COLUMNS)) for n in range(3)]
    )
    by_carrier = np.stack(
        [pair_features(PairBlock(startups, carriers.rows(slice(n, n + 1)), CHAIN_COLUMNS)) for n in range(4)], axis=1
    )
    all_with_all = pair_features(PairBlock(startups.facing_all(), carriers, CHAIN_COLUMNS))

    same(by_startup, by_carrier)
    same(all_with_all.reshape(by_startup.shape), by_startup)


@given(blocks(n_carriers=st.just(6)), st.permutations(range(6)))
def test_carriers_in_another_order_give_the_same_rows_in_that_order(pairs, order) -> None:
    chosen = np.array(order)

    same(pair_features(replace(pairs, carriers=pairs.carriers.rows(chosen))), pair_features(pairs)[chosen])


@given(blocks(n_startups=st.just(4), n_carriers=st.just(4)))
def test_every_feature_stays_in_its_range(pairs) -> None:
    for name, values in columns(pair_features(pairs)).items():
        known = values[~np.isnan(values)]
        lowest = -1 if name == "text_similarity" else 0
        assert ((known >= lowest - 1e-6) & (known <= 1 + 1e-6)).all(), name
        assert name in EVER_UNKNOWN or len(known) == len(values), name


@given(blocks())
def test_a_feature_is_unknown_exactly_where_a_side_of_it_is(pairs) -> None:
    known = {name: ~np.isnan(values) for name, values in columns(pair_features(pairs)).items()}
    startup, carriers = pairs.startups, pairs.carriers

    expected = {
        "subfield_match": ~np.isnan(carriers.serves_subfield).any(axis=1),
        "industry_match": ~np.isnan(carriers.serves_industry).any(axis=1),
        "text_similarity": startup.embedding.any() & carriers.embedding.any(axis=1),
        "stage_fit": ~np.isnan(startup.stages).any() & ~np.isnan(carriers.stage_fit).any(axis=1),
        "off_field": (carriers.specialised == 1) & ~np.isnan(carriers.serves_industry).any(axis=1),
        "openness": ~np.isnan(carriers.openness),
        "level": ~np.isnan(carriers.level),
        **dict.fromkeys(
            ("in_wished_place", "rated_in_field_and_stage", "rated_in_industry"), np.zeros(pairs.n_pairs, bool)
        ),
        **{name: (getattr(startup, need) > 0) & (getattr(carriers, need) > 0) for name, need in COVERAGES.items()},
    }
    assert set(expected) == EVER_UNKNOWN
    for name, is_known in expected.items():
        np.testing.assert_array_equal(known[name], is_known, name)


@pytest.mark.parametrize("name", COVERAGES)
@given(pairs=blocks(n_carriers=st.just(3)), bit=st.sampled_from([1, 2, 4, 8, 1 << 63]))
def test_offering_one_thing_more_never_covers_less(name, pairs, bit) -> None:
    more = replace(pairs.carriers, **{COVERAGES[name]: getattr(pairs.carriers, COVERAGES[name]) | np.uint64(bit)})
    before = columns(pair_features(pairs))[name]
    after = columns(pair_features(replace(pairs, carriers=more)))[name]

    assert (np.isnan(before) | (after >= before)).all()


@pytest.mark.parametrize("name", COVERAGES)
def test_a_coverage_is_the_share_of_what_is_asked_for(name) -> None:
    rng = np.random.default_rng(3)
    need = COVERAGES[name]
    startup = replace(startups_of(rng, 1), **{need: np.array([0b0111], np.uint64)})
    carriers = replace(carriers_of(rng, 4), **{need: np.array([0, 0b1000, 0b1011, 0b1111], np.uint64)})

    same(columns(pair_features(PairBlock(startup, carriers, CHAIN_COLUMNS)))[name], [np.nan, 0, 2 / 3, 1])


def test_a_wish_for_a_place_passes_through() -> None:
    rng = np.random.default_rng(4)
    wished = np.array([1.0, 0.0, np.nan])
    pairs = PairBlock(startups_of(rng, 1), carriers_of(rng, 3), CHAIN_COLUMNS, wished)

    same(columns(pair_features(pairs))["in_wished_place"], wished)


def test_ratings_of_the_past_are_taken_as_given() -> None:
    rng = np.random.default_rng(6)
    rated = np.array([[0.0, 1.5], [3.0, 2.0], [np.nan, np.nan]])
    pairs = PairBlock(startups_of(rng, 1), carriers_of(rng, 3), CHAIN_COLUMNS, rated=rated)

    found = columns(pair_features(pairs))

    same(found["rated_in_field_and_stage"], rated[:, 0])
    same(found["rated_in_industry"], rated[:, 1])


@pytest.mark.parametrize(("site", "stage", "expected"), [
    (1, [0, 1, 0, 0, 0], [0, 1, 1, 0]),
    (1, [np.nan] * 5, [0, 1, 1, 0]),
    (1, [0, 0, 0.25, 0.75, 0], [0, 0.25, 0.25, 0]),
    (0, [0, 1, 0, 0, 0], [0, 0, 0, 0]),
])  # fmt: skip
def test_space_is_not_ready_where_a_young_firm_needs_it_and_the_carrier_is_known_to_be_closed(
    site, stage, expected
) -> None:
    rng = np.random.default_rng(5)
    carriers = replace(carriers_of(rng, 4), openness=np.array([1.0, 0.4, 0.2, np.nan]))
    startup = replace(startups_of(rng, 1), site=np.array([site], np.uint64), stages=np.array([stage], np.float64))

    same(columns(pair_features(PairBlock(startup, carriers, CHAIN_COLUMNS)))["space_not_ready"], expected)


@pytest.mark.parametrize(("n_startups", "n_carriers"), [(1, 0), (0, 1), (0, 0)])
def test_where_one_side_is_empty_there_are_no_pairs(n_startups, n_carriers) -> None:
    rng = np.random.default_rng(6)
    pairs = PairBlock(startups_of(rng, n_startups), carriers_of(rng, n_carriers), CHAIN_COLUMNS)

    assert pair_features(pairs).shape == (0, len(FEATURE_NAMES))


def test_a_name_is_a_column_and_stands_once() -> None:
    assert len(set(FEATURE_NAMES)) == len(FEATURE_NAMES)


def test_the_chains_are_found_among_the_industries() -> None:
    assert chain_columns(("biomed", "ict", "aerospace", "equipment", "materials")) == (3, 4, 2, 0)
