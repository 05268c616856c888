"""A forest gives what its trees give one at a time."""

import numpy as np
import pytest

from models.forest import Forest
from models.tree_tables import LEAF, TreeTable, parts_of

N_FEATURES, N_CRITERIA = 4, 3


def a_tree(rng: np.random.Generator) -> TreeTable:
    """One test, and below its right side another one."""
    feature = np.array([rng.integers(N_FEATURES), LEAF, rng.integers(N_FEATURES), LEAF, LEAF])
    inner = feature != LEAF
    return TreeTable(
        feature=feature,
        threshold=np.where(inner, rng.normal(size=5), np.inf),
        missing_left=np.where(inner, rng.random(5) < 0.5, True),
        left=np.array([1, 1, 3, 3, 4]),
        right=np.array([2, 1, 4, 3, 4]),
        value=np.where(inner, 0.0, rng.normal(size=5)),
        depth=2,
    )


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize("n_rows", [0, 1, 30, 20_000])
def test_parts_are_those_of_the_trees_also_where_values_are_missing(rng, n_rows) -> None:
    trees = [a_tree(rng) for _ in range(40)]
    criteria = rng.integers(0, N_CRITERIA, 40)
    rows = rng.normal(size=(n_rows, N_FEATURES))
    rows[rng.random(rows.shape) < 0.3] = np.nan
    forest = Forest.of(trees, criteria, N_CRITERIA, N_FEATURES)

    assert np.allclose(forest.parts(rows), parts_of(rows, trees, criteria, N_CRITERIA), rtol=0, atol=1e-12)


def test_a_row_gets_the_same_alone_and_among_others_to_the_last_bit(rng) -> None:
    forest = Forest.of([a_tree(rng) for _ in range(40)], rng.integers(0, N_CRITERIA, 40), N_CRITERIA, N_FEATURES)
    rows = rng.normal(size=(50, N_FEATURES))

    assert np.vstack([forest.parts(row[None]) for row in rows]).tolist() == forest.parts(rows).tolist()


def test_a_criterion_without_trees_gets_nothing_and_a_tree_of_one_leaf_its_value(rng) -> None:
    leaf = TreeTable(
        np.array([LEAF]), np.array([np.inf]), np.array([True]), np.array([0]), np.array([0]), np.array([0.5]), 0
    )
    forest = Forest.of([leaf], np.array([1]), N_CRITERIA, N_FEATURES)

    assert forest.parts(np.zeros((2, N_FEATURES))).tolist() == [[0.0, 0.5, 0.0]] * 2
