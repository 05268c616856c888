"""The prior corrected by trees that look at one criterion each."""

import json
from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.errors import ModelNotFound
from matcher.domain.matches import Criterion
from matcher.features.pairs import FEATURE_NAMES
from models.learned_ranker import LEARNED, LearnedRanker, load_ranker
from models.ranker_training import DIRECTIONS, GradedPairs, cross_validated, learn
from models.rankers import RELEASED, load_prior
from tests.unit.matcher.features.blocks import startups_of

N_FEATURES, N_STARTUPS, N_CARRIERS = len(FEATURE_NAMES), 24, 8
LEARNED_CRITERIA = {Criterion.STAGE, Criterion.STANDING, Criterion.FACILITIES, Criterion.HISTORY}


@pytest.fixture(scope="module")
def released() -> LearnedRanker:
    ranker = load_ranker()
    assert isinstance(ranker, LearnedRanker)
    return ranker


def some_features(n_pairs: int, seed: int = 3):
    rng = np.random.default_rng(seed)
    features = rng.random((n_pairs, N_FEATURES))
    features[rng.random(features.shape) < 0.3] = np.nan
    return features


def graded(seed: int = 5) -> GradedPairs:
    """Grades that follow the stage's fit, which the trees may look at."""
    rng = np.random.default_rng(seed)
    features = rng.random((N_STARTUPS, N_CARRIERS, N_FEATURES))
    grades = np.floor(features[..., FEATURE_NAMES.index("stage_fit")] * 3.99)
    startups = startups_of(rng, N_STARTUPS)
    carriers = tuple(f"c-{number}" for number in range(N_CARRIERS))
    return GradedPairs(startups, np.arange(N_STARTUPS) // 2, carriers, features, grades)


def test_trees_change_only_the_criteria_that_they_may_look_at(released) -> None:
    features = some_features(200)
    changes = [
        ours - priors for ours, priors in zip(released.parts(features), released.prior.parts(features), strict=True)
    ]

    for change in changes:
        moved = {criterion for column, criterion in enumerate(Criterion) if np.abs(change[:, column]).max() > 0}
        assert moved <= LEARNED_CRITERIA
    np.testing.assert_allclose(*changes, atol=1e-12)


def test_of_a_pair_of_which_nothing_is_known_nothing_is_learned(released) -> None:
    for parts in released.parts(np.full((2, N_FEATURES), np.nan)):
        assert (parts == 0).all()


@pytest.mark.parametrize(("name", "direction"), DIRECTIONS.items())
def test_more_of_a_feature_never_goes_against_its_direction(released, name, direction) -> None:
    features = np.nan_to_num(some_features(60), nan=0.5)
    steps = []
    for value in np.linspace(0, 3 if name.startswith("rated") else 1, 13):
        features[:, FEATURE_NAMES.index(name)] = value
        steps.append(np.sum(released.parts(features), axis=(0, 2)))

    assert (direction * np.diff(steps, axis=0) >= -1e-9).all()


def test_it_survives_saving(released, tmp_path) -> None:
    released.save(tmp_path / LEARNED, {"texts": 1})
    read = LearnedRanker.load(tmp_path / LEARNED, released.prior)

    features = some_features(50)
    for ours, again in zip(released.parts(features), read.parts(features), strict=True):
        np.testing.assert_allclose(again, ours, atol=1e-5)
    assert read.calibration == released.calibration


def test_trees_of_other_features_are_refused(tmp_path) -> None:
    content = json.loads((RELEASED / LEARNED).read_text(encoding="utf-8"))
    content["features"][0] = "charm"
    (tmp_path / LEARNED).write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(ModelNotFound, match="make train"):
        LearnedRanker.load(tmp_path / LEARNED, load_prior())


def test_the_prior_serves_where_nothing_was_learned(tmp_path) -> None:
    (tmp_path / "prior.yaml").write_text((RELEASED / "prior.yaml").read_text(encoding="utf-8"), encoding="utf-8")

    assert load_ranker(tmp_path).id == load_prior().id


def test_learning_finds_what_the_grades_follow_and_gives_the_same_again() -> None:
    prior, pairs = load_prior(), graded()
    once, again = (
        learn(pairs, np.arange(N_STARTUPS), prior, name="n@1", calibration=prior.calibration) for _ in range(2)
    )
    high, low = np.full((1, N_FEATURES), 0.5), np.full((1, N_FEATURES), 0.5)
    high[0, FEATURE_NAMES.index("stage_fit")], low[0, FEATURE_NAMES.index("stage_fit")] = 0.95, 0.05

    gain = np.sum(once.parts(high)) - np.sum(once.parts(low))
    assert gain > np.sum(prior.parts(high)) - np.sum(prior.parts(low))
    np.testing.assert_array_equal(once.parts(some_features(30)), again.parts(some_features(30)))


def test_nobody_is_rated_by_its_own_grades_or_those_of_its_translation() -> None:
    pairs, every = graded(), np.arange(N_STARTUPS)
    changed = replace(pairs, grades=pairs.grades.copy())
    changed.grades[:2] = 3 - changed.grades[:2]  # the first two say the same in two languages

    before, after = pairs.with_ratings(every, every), changed.with_ratings(every, every)

    column = FEATURE_NAMES.index("rated_in_industry")
    own_mean_only = np.abs(before[:2, :, column] - after[:2, :, column]).max()
    assert own_mean_only == pytest.approx(0, abs=1e-12)
    assert np.abs(before[2:, :, column] - after[2:, :, column]).max() > 0


def test_scores_of_unseen_texts_cover_all_pairs() -> None:
    scores = cross_validated(graded(), load_prior(), np.arange(N_STARTUPS) // 2 % 3)

    assert scores.shape == (N_STARTUPS, N_CARRIERS)
    assert np.isfinite(scores).all()
