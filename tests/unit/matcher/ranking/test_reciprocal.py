"""Two sides joined to one score that stays an exact sum."""

from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.domain.matches import Criterion
from matcher.ranking.reciprocal import STEPS, reciprocal_parts, utility

N_CRITERIA = len(Criterion)
parts = arrays(np.float64, st.tuples(st.integers(1, 4), st.just(N_CRITERIA)), elements=st.floats(-20, 20))


@given(parts, st.permutations(range(N_CRITERIA)))
def test_parts_are_binary_fractions_so_that_their_sum_is_exact_in_any_order(startup, order) -> None:
    joined = reciprocal_parts(startup, startup[::-1])

    assert (joined * STEPS % 1 == 0).all()
    for row in joined.tolist():
        assert sum(row) == sum(row[place] for place in order) == fsum(row)
    assert joined[:, order].sum(axis=1).tolist() == joined.sum(axis=1).tolist()


@given(parts)
def test_a_part_is_the_mean_of_both_sides_to_half_a_step(startup) -> None:
    carrier = -0.5 * startup

    np.testing.assert_allclose(reciprocal_parts(startup, carrier), startup / 4, atol=0.5 / STEPS)


@given(parts)
def test_neither_side_counts_more(startup) -> None:
    carrier = startup[:, ::-1]

    np.testing.assert_array_equal(reciprocal_parts(startup, carrier), reciprocal_parts(carrier, startup))


@given(parts)
def test_a_utility_is_a_share_and_grows_with_every_part(startup) -> None:
    before, after = utility(startup), utility(startup + 0.1)

    assert ((before >= 0) & (before <= 1)).all()
    assert (after >= before).all()


def test_a_pair_with_nothing_for_or_against_stands_in_the_middle() -> None:
    assert utility(np.zeros((1, N_CRITERIA))).tolist() == [0.5]


def test_the_score_is_the_logarithm_of_the_geometric_mean_of_odds() -> None:
    startup, carrier = np.array([[2.0, -0.5]]), np.array([[-1.0, 0.25]])
    odds = [one / (1 - one) for one in (utility(startup)[0], utility(carrier)[0])]

    assert reciprocal_parts(startup, carrier).sum() == pytest.approx(np.log(np.sqrt(odds[0] * odds[1])), abs=1e-3)
