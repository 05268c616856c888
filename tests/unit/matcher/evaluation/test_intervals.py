"""Bootstrap intervals and the paired test."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.evaluation.intervals import (
    bootstrap,
    group_numbers,
    macro_f1,
    micro_f1,
    paired_randomisation,
    weighted_mean,
)

shares = arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1))


def apart(n_queries):
    """Every query is a group of its own."""
    return np.arange(n_queries)


def a_generator():
    return np.random.default_rng(11)


@given(values=shares)
def test_an_interval_lies_within_the_values(values) -> None:
    estimate = bootstrap(weighted_mean(values), apart(len(values)), a_generator(), n_resamples=200)

    assert estimate.value == pytest.approx(values.mean())
    assert values.min() - 1e-9 <= estimate.low <= estimate.high <= values.max() + 1e-9


def test_the_same_seed_gives_the_same_interval() -> None:
    values = np.linspace(0, 1, 20)

    assert bootstrap(weighted_mean(values), apart(20), a_generator()) == bootstrap(
        weighted_mean(values), apart(20), a_generator()
    )


def test_an_interval_of_a_mean_is_about_as_wide_as_theory_says() -> None:
    values = np.random.default_rng(3).normal(size=400)

    estimate = bootstrap(weighted_mean(values), apart(400), a_generator(), n_resamples=4000)

    expected = 2 * 1.96 * values.std() / np.sqrt(400)
    assert estimate.high - estimate.low == pytest.approx(expected, rel=0.08)


def test_queries_without_a_value_are_left_out_and_not_counted_as_zero() -> None:
    estimate = bootstrap(weighted_mean(np.array([1.0, np.nan, 1.0])), apart(3), a_generator())

    assert (estimate.value, estimate.low, estimate.high) == (1.0, 1.0, 1.0)


def test_a_figure_of_nothing_is_unknown() -> None:
    assert np.isnan(bootstrap(weighted_mean(np.array([])), apart(0), a_generator()).value)
    assert np.isnan(bootstrap(weighted_mean(np.array([np.nan])), apart(1), a_generator()).low)


def test_texts_that_say_the_same_are_drawn_together_so_that_the_interval_is_wider() -> None:
    values = np.repeat([0.0, 1.0, 1.0, 0.0, 1.0], 4)
    together = bootstrap(weighted_mean(values), group_numbers(np.repeat(list("abcde"), 4).tolist()), a_generator())
    alone = bootstrap(weighted_mean(values), apart(20), a_generator())

    assert together.value == alone.value
    assert together.high - together.low > alone.high - alone.low


def test_micro_f1_adds_the_counts_of_all_queries() -> None:
    statistic = micro_f1(np.array([1.0, 0.0]), np.array([2.0, 1.0]), np.array([1.0, 0.0]))

    assert statistic(np.ones((1, 2)))[0] == pytest.approx(2 * 1 / (3 + 1))


def test_macro_f1_is_the_mean_over_the_classes_that_occur() -> None:
    wanted, said = np.array([0, 0, 1, 1]), np.array([0, 1, 1, -1])  # class 2 never occurs

    f1_of_0, f1_of_1 = 2 * 1 / (2 + 1), 2 * 1 / (2 + 2)
    assert macro_f1(wanted, said, 3)(np.ones((1, 4)))[0] == pytest.approx((f1_of_0 + f1_of_1) / 2)


@given(values=shares)
def test_a_system_does_not_differ_from_itself(values) -> None:
    assert paired_randomisation(values, values, apart(len(values)), a_generator(), n_flips=50) == 1.0


def test_the_p_value_approaches_that_of_all_assignments() -> None:
    first, second = np.array([0.9, 0.8, 0.7, 0.6, 0.75, 0.2]), np.array([0.5, 0.6, 0.5, 0.5, 0.7, 0.4])
    differences = first - second
    sums = np.abs([np.dot(signs, differences) for signs in product([-1, 1], repeat=6)])
    exact = (sums >= abs(differences.sum()) - 1e-12).mean()

    assert paired_randomisation(first, second, apart(6), a_generator()) == pytest.approx(exact, abs=0.02)


def test_the_p_value_does_not_depend_on_which_system_comes_first() -> None:
    first, second = np.array([0.9, 0.8, np.nan, 0.6]), np.array([0.5, 0.6, 0.5, 0.7])

    assert paired_randomisation(first, second, apart(4), a_generator()) == paired_randomisation(
        second, first, apart(4), a_generator()
    )


def test_no_pair_gives_no_p_value() -> None:
    assert np.isnan(paired_randomisation(np.array([np.nan]), np.array([1.0]), apart(1), a_generator()))


def test_texts_that_say_the_same_are_one_piece_of_evidence() -> None:
    first, second = np.ones(12), np.zeros(12)

    assert paired_randomisation(first, second, np.zeros(12, dtype=np.int64), a_generator()) == 1.0
    assert paired_randomisation(first, second, apart(12), a_generator()) < 0.01
