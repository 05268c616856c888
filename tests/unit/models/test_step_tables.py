"""A table of steps gives what the trees give, to the last bit."""

import numpy as np
import pytest

from models.forest import Forest
from models.step_tables import SteppedForest
from models.tree_tables import LEAF, TreeTable

N_FEATURES, N_CRITERIA = 6, 3
COLUMNS = {0: [0, 1], 1: [2], 2: [3, 4, 5]}  # what the trees of each criterion look at


def a_tree(rng: np.random.Generator, columns: list[int]) -> TreeTable:
    """One test, and below its right side another one."""
    feature = np.array([rng.choice(columns), LEAF, rng.choice(columns), LEAF, LEAF])
    inner = feature != LEAF
    return TreeTable(
        feature=feature,
        threshold=np.where(inner, np.round(rng.normal(size=5), 1), np.inf),
        missing_left=np.where(inner, rng.random(5) < 0.5, True),
        left=np.array([1, 1, 3, 3, 4]),
        right=np.array([2, 1, 4, 3, 4]),
        value=np.where(inner, 0.0, rng.normal(size=5)),
        depth=2,
    )


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def test_parts_are_those_of_the_walked_trees_on_the_steps_between_and_where_values_are_missing(rng) -> None:
    criteria = rng.integers(0, N_CRITERIA, 120)
    trees = [a_tree(rng, COLUMNS[criterion]) for criterion in criteria.tolist()]
    rows = np.round(rng.normal(size=(3000, N_FEATURES)), 1)  # often a threshold itself
    rows[rng.random(rows.shape) < 0.2] = np.nan
    rows[rng.random(rows.shape) < 0.05] = np.inf
    rows[rng.random(rows.shape) < 0.05] = -np.inf

    stepped = SteppedForest.of(trees, criteria, N_CRITERIA, N_FEATURES)

    assert [table.criterion for table in stepped.tables] == [0, 1]  # the third would need too many cells
    expected = Forest.of(trees, criteria, N_CRITERIA, N_FEATURES).parts(rows)
    assert stepped.parts(rows).tolist() == expected.tolist()


def test_without_a_test_there_is_one_step(rng) -> None:
    leaf = TreeTable(
        np.array([LEAF]), np.array([np.inf]), np.array([True]), np.array([0]), np.array([0]), np.array([0.5]), 0
    )
    stepped = SteppedForest.of([leaf], np.array([1]), N_CRITERIA, N_FEATURES)

    assert stepped.parts(rng.normal(size=(2, N_FEATURES))).tolist() == [[0.0, 0.5, 0.0]] * 2
