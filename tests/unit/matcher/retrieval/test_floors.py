"""Floors find the largest values of rows without sorting them."""

import numpy as np
import pytest

from matcher.retrieval.bounds import NEVER
from matcher.retrieval.floors import FEW_ROWS, reaching, row_floors


@pytest.mark.parametrize(("n_columns", "k"), [(1, 1), (7, 3), (100, 1), (100, 40), (1003, 10), (64, 8)])
def test_at_least_k_values_reach_the_floor_and_among_them_the_k_largest(n_columns, k) -> None:
    values = np.random.default_rng(n_columns).standard_normal((50, n_columns)).astype(np.float32)

    floors = row_floors(values, k)

    kth = np.sort(values, axis=1)[:, max(0, n_columns - k)]
    assert (floors[:, 0] <= kth).all()
    assert ((values >= floors).sum(axis=1) >= min(k, n_columns)).all()


def test_a_floor_lets_few_others_through() -> None:
    values = np.random.default_rng(0).standard_normal((200, 15_000)).astype(np.float32)

    assert (values >= row_floors(values, 10)).sum(axis=1).mean() < 15


def test_what_may_not_be_listed_reaches_no_floor() -> None:
    values = np.array([[NEVER, 1, NEVER], [NEVER, NEVER, NEVER]], np.float32)

    assert reaching(values, row_floors(values, 2)).tolist() == [1]


def test_few_rows_and_many_have_the_same_floors() -> None:
    values = np.random.default_rng(4).normal(size=(3 * FEW_ROWS, 1003)).astype(np.float32)

    few = [row_floors(values[row : row + 1], 7) for row in range(len(values))]

    assert np.array_equal(np.concatenate(few), row_floors(values, 7))
    assert row_floors(values[:0], 7).shape == (0, 1)
