"""Parts of the judged texts for cross-validation; texts that say the same in other languages stay together."""

import numpy as np
from numpy.random import Generator

from matcher.evaluation.intervals import IntVector

N_FOLDS = 5
N_PARTITIONS = 5  # how often the texts are divided anew; figures are averaged over these


def fold_numbers(groups: IntVector, rng: Generator, n_folds: int = N_FOLDS) -> IntVector:
    """The fold of each text, shape (n_texts,); a group is never divided, and folds have as many groups, within one.

    Args:
        groups: the group of each text, numbered from 0.
        rng: where chance comes from.
        n_folds: at least 2.
    """
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    folds: IntVector = (rng.permutation(int(groups.max()) + 1) % n_folds)[groups]
    return folds


def partitions(groups: IntVector, rng: Generator, n_partitions: int = N_PARTITIONS) -> list[IntVector]:
    """The same texts divided several times."""
    return [fold_numbers(groups, rng) for _ in range(n_partitions)]
