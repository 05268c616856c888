"""Cross-validation never learns from the translation of a text that it is measured on."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.evaluation.folds import fold_numbers, partitions
from matcher.evaluation.intervals import group_numbers

groupings = st.lists(st.integers(0, 30), min_size=1, max_size=60).map(group_numbers)
seeds = st.integers(0, 1_000)


@given(groups=groupings, seed=seeds)
def test_no_fold_divides_texts_that_say_the_same(groups, seed) -> None:
    folds = fold_numbers(groups, np.random.default_rng(seed))

    for group in np.unique(groups):
        assert len(np.unique(folds[groups == group])) == 1


@given(groups=groupings, seed=seeds)
def test_folds_have_equally_many_groups(groups, seed) -> None:
    folds = fold_numbers(groups, np.random.default_rng(seed))
    first_of_group = np.unique(groups, return_index=True)[1]
    sizes = np.bincount(folds[first_of_group], minlength=5)

    assert sizes.max() - sizes.min() <= 1


def test_each_partition_is_another_and_the_same_seed_gives_the_same() -> None:
    groups = np.arange(40)
    some, again = (partitions(groups, np.random.default_rng(7)) for _ in range(2))

    assert len({tuple(folds) for folds in some}) == len(some)
    assert [folds.tolist() for folds in some] == [folds.tolist() for folds in again]


def test_no_texts_have_no_folds() -> None:
    assert len(fold_numbers(np.zeros(0, dtype=np.int64), np.random.default_rng(1))) == 0
