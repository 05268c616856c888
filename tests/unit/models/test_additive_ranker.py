"""The additive ranker learns order, adds up exactly, and gives the same bytes twice."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from models.additive_ranker import AdditiveRanker
from models.tree_tables import criteria_of, tree_tables

CRITERIA = ("text", "text", "place", "history")
N_QUERIES, N_CANDIDATES = 120, 12


@pytest.fixture(scope="module")
def pairs() -> tuple[np.ndarray, np.ndarray, list[int]]:
    rng = np.random.default_rng(5)
    features = rng.normal(size=(N_QUERIES * N_CANDIDATES, len(CRITERIA)))
    wish = features[:, 0] + 2 * (features[:, 2] > 0.5) + 0.3 * rng.normal(size=len(features))
    best = wish.reshape(N_QUERIES, N_CANDIDATES).argmax(axis=1)
    grades = np.zeros((N_QUERIES, N_CANDIDATES), np.int64)
    grades[np.arange(N_QUERIES), best] = 3
    features[rng.random(features.shape) < 0.1] = np.nan
    features[::7, 3] = 0.0
    return features, grades.ravel(), [N_CANDIDATES] * N_QUERIES


def ranker(**changed: object) -> AdditiveRanker:
    return AdditiveRanker(CRITERIA, n_trees=40, min_rows_in_leaf=20, **changed)


@pytest.fixture(scope="module")
def fitted(pairs) -> AdditiveRanker:
    features, grades, sizes = pairs
    return ranker().fit(features, grades, sizes=sizes)


def test_the_parts_sum_to_what_lightgbm_predicts(fitted, pairs) -> None:
    features, _, _ = pairs
    strange = np.concatenate([features, np.full((1, 4), np.nan), np.zeros((1, 4)), np.full((1, 4), 1e30)])

    parts = fitted.parts(strange)

    assert parts.shape == (len(strange), 3)
    assert np.abs(parts.sum(axis=1) - fitted.booster_.predict(strange)).max() < 1e-9
    assert np.array_equal(fitted.predict(strange), parts.sum(axis=1))


def test_missing_values_go_where_lightgbm_sends_them_even_if_training_saw_none(pairs) -> None:
    features, grades, sizes = pairs
    complete = ranker().fit(np.nan_to_num(features, nan=0.3), grades, sizes=sizes)

    assert np.abs(complete.predict(features) - complete.booster_.predict(features)).max() < 1e-9


def test_a_part_changes_only_with_its_own_features(fitted, pairs) -> None:
    features, _, _ = pairs
    changed = features.copy()
    changed[:, 2] += 1

    before, after = fitted.parts(features), fitted.parts(changed)

    place = fitted.criteria.index("place")
    assert np.array_equal(np.delete(before, place, axis=1), np.delete(after, place, axis=1))
    assert not np.array_equal(before[:, place], after[:, place])


def test_the_best_candidate_comes_first_more_often_than_by_chance(fitted, pairs) -> None:
    features, grades, _ = pairs

    first = fitted.predict(features).reshape(N_QUERIES, -1).argmax(axis=1)

    assert (first == grades.reshape(N_QUERIES, -1).argmax(axis=1)).mean() > 0.6


def test_the_same_data_and_seed_give_the_same_bytes(pairs) -> None:
    features, grades, sizes = pairs

    assert len({ranker().fit(features, grades, sizes=sizes).to_text() for _ in range(2)}) == 1
    assert clone(ranker(seed=2)).get_params() == ranker(seed=2).get_params()


def test_a_direction_is_kept(pairs) -> None:
    features, grades, sizes = pairs
    falling = ranker(directions=(0, 0, -1, 0)).fit(features, grades, sizes=sizes)

    steps = np.tile(features[:1], (9, 1))
    steps[:, 2] = np.linspace(-2, 2, 9)
    assert (np.diff(falling.predict(steps)) <= 0).all()


def test_what_was_written_is_read_back(fitted, pairs) -> None:
    again = AdditiveRanker.from_text(fitted.to_text(), fitted.get_params())

    assert np.array_equal(again.parts(pairs[0]), fitted.parts(pairs[0]))
    assert again.to_text() == fitted.to_text()


def test_before_it_has_learned_it_says_so() -> None:
    with pytest.raises(NotFittedError):
        ranker().predict(np.zeros((1, 4)))


def test_trees_that_mix_criteria_have_no_parts(pairs) -> None:
    features, grades, sizes = pairs
    mixed = AdditiveRanker(("all",) * 4, n_trees=20).fit(features, grades, sizes=sizes)

    with pytest.raises(ValueError, match="two criteria"):
        criteria_of(tree_tables(mixed.booster_.dump_model()), np.arange(4))
