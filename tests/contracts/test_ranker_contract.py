"""What every ranker promises: additive parts, by criterion, in which the unknown adds nothing."""

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.matches import Criterion
from matcher.features.pairs import FEATURE_NAMES
from models.learned_ranker import load_ranker
from models.rankers import RELEASED, PriorRanker, load_prior

N_FEATURES, N_CRITERIA = len(FEATURE_NAMES), len(Criterion)
values = st.one_of(st.just(float("nan")), st.floats(-1, 1))
rows = st.lists(values, min_size=N_FEATURES, max_size=N_FEATURES)
blocks = st.lists(rows, min_size=1, max_size=5).map(np.array)


def other_weights() -> PriorRanker:
    """As somebody may lay them down: all of one size, neutral at a half."""
    weights = yaml.safe_load((RELEASED / "prior.yaml").read_text(encoding="utf-8"))
    for row in weights["features"].values():
        row |= {"startup": 1.0, "carrier": -0.5, "neutral": 0.5}
    return PriorRanker(weights)


RANKERS = {"released": load_ranker(), "prior": load_prior(), "other weights": other_weights()}


@pytest.fixture(params=RANKERS)
def ranker(request):
    return RANKERS[request.param]


def test_its_id_names_a_version(ranker) -> None:
    name, _, version = ranker.id.partition("@")

    assert name
    assert version


def test_a_high_band_begins_above_a_medium_one(ranker) -> None:
    high, medium = ranker.bands

    assert high > medium


@pytest.mark.parametrize("name", RANKERS)
@given(features=blocks)
def test_each_side_has_one_finite_part_per_pair_and_criterion(name, features) -> None:
    for parts in RANKERS[name].parts(features):
        assert parts.shape == (len(features), N_CRITERIA)
        assert np.isfinite(parts).all()


def test_a_pair_of_which_nothing_is_known_gains_and_loses_nothing(ranker) -> None:
    for parts in ranker.parts(np.full((2, N_FEATURES), np.nan)):
        assert (parts == 0).all()


def test_no_pairs_have_no_parts(ranker) -> None:
    for parts in ranker.parts(np.empty((0, N_FEATURES))):
        assert parts.shape == (0, N_CRITERIA)


@pytest.mark.parametrize("name", RANKERS)
@given(features=blocks)
def test_a_pair_is_judged_as_it_is_alone(name, features) -> None:
    together = RANKERS[name].parts(features)
    alone = [RANKERS[name].parts(features[n : n + 1]) for n in range(len(features))]

    for side in (0, 1):
        np.testing.assert_allclose(together[side], np.concatenate([one[side] for one in alone]), atol=1e-12)


@pytest.mark.parametrize("place", range(N_FEATURES), ids=FEATURE_NAMES)
def test_a_feature_moves_one_criterion_alone_and_by_what_that_criterion_knows(ranker, place) -> None:
    """What a feature adds may depend on others of its criterion, and on nothing else."""
    rng = np.random.default_rng(place)
    before = rng.random((20, N_FEATURES))
    after = before.copy()
    after[:, place] += 0.25

    own = ranker_criteria() == ranker_criteria()[place]
    elsewhere = [np.where(own, features, rng.random((20, N_FEATURES))) for features in (before, after)]
    for low, high, low_elsewhere, high_elsewhere in zip(
        *(ranker.parts(features) for features in (before, after, *elsewhere)), strict=True
    ):
        assert (np.abs(high - low).max(axis=0) > 1e-9).sum() <= 1
        column = ranker_criteria()[place]
        np.testing.assert_allclose((high - low)[:, column], (high_elsewhere - low_elsewhere)[:, column], atol=1e-9)


def ranker_criteria():
    """The place in `Criterion` of each feature."""
    return load_prior().criterion_of_feature
