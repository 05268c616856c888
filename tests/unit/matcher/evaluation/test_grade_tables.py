"""Average grades by cell, against numbers worked out by hand."""

import numpy as np
import pytest

from matcher.evaluation.grade_tables import SHRINKAGE, table_scores

FOLDS = np.array([0, 1, 1, 1])
GRADES = np.array([[0.0, 3.0], [3.0, 0.0], [1.0, 0.0], [2.0, 1.0]])


def test_popularity_is_the_mean_of_the_other_folds_and_the_same_for_all() -> None:
    scores = table_scores(GRADES, [], FOLDS)

    assert scores[0] == pytest.approx([2.0, 1 / 3])
    assert scores[1:].tolist() == [[0.0, 3.0]] * 3


def test_a_cell_is_pulled_towards_the_coarser_average() -> None:
    scores = table_scores(GRADES, [["a", "a", "b", "b"]], FOLDS)

    assert scores[0] == pytest.approx([(3 + SHRINKAGE * 2) / (1 + SHRINKAGE), (0 + SHRINKAGE / 3) / (1 + SHRINKAGE)])


def test_a_cell_without_texts_is_its_coarser_one() -> None:
    chains = ["a", "a", "b", "b"]
    cells = [("a", "seed"), ("a", "team"), ("b", "seed"), ("b", "seed")]

    by_chain, by_cell = table_scores(GRADES, [chains], FOLDS), table_scores(GRADES, [chains, cells], FOLDS)

    np.testing.assert_allclose(by_cell[0], by_chain[0])


def test_the_own_grades_of_a_fold_never_reach_its_scores() -> None:
    changed = GRADES.copy()
    changed[0] = 9

    before, after = (table_scores(grades, [["a"] * 4], FOLDS) for grades in (GRADES, changed))

    np.testing.assert_array_equal(before[0], after[0])
    assert (before[1:] != after[1:]).all()


def test_where_nothing_is_left_to_learn_from_all_carriers_are_equal() -> None:
    assert (table_scores(GRADES, [], np.zeros(4, dtype=np.int64)) == 0).all()
