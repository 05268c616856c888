"""Who gets seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.ids import CarrierId
from matcher.evaluation.exposure import appearances, gini, share_seen

A, B, C, D = CARRIERS = [CarrierId(name) for name in "abcd"]
counts = st.lists(st.integers(0, 50), min_size=1, max_size=20).filter(any).map(np.array)


def test_only_the_first_k_places_count_as_seen() -> None:
    assert appearances([[A, B, C], [B, A, D]], CARRIERS, k=1).tolist() == [1, 1, 0, 0]
    assert share_seen([[A, B, C], [B, A, D]], CARRIERS, k=1) == 0.5
    assert share_seen([[A, B, C], [B, A, D]], CARRIERS, k=3) == 1.0


def test_carriers_beyond_those_asked_about_are_not_counted() -> None:
    assert share_seen([[CarrierId("elsewhere"), A]], CARRIERS, k=2) == 0.25


def test_gini_is_zero_where_all_get_the_same() -> None:
    assert gini(np.array([3, 3, 3])) == pytest.approx(0)


def test_gini_is_largest_where_one_gets_all() -> None:
    assert gini(np.array([0, 0, 0, 9])) == pytest.approx(3 / 4)


def test_gini_of_nothing_is_unknown() -> None:
    assert np.isnan(gini(np.array([0, 0])))
    assert np.isnan(share_seen([[A]], [], k=1))


@given(counts=counts)
def test_gini_equals_the_mean_difference_between_all_pairs(counts) -> None:
    mean_difference = np.abs(counts[:, None] - counts).mean()

    assert gini(counts) == pytest.approx(mean_difference / (2 * counts.mean()), abs=1e-12)
