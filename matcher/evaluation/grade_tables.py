"""The plainest thing that learns: average grades of each carrier, over all texts or by what was read of them."""

from collections.abc import Hashable, Sequence

import numpy as np

from matcher.evaluation.intervals import FloatMatrix, IntVector, group_numbers

SHRINKAGE = 1.0  # how many texts the coarser average counts for


def table_scores(grades: FloatMatrix, levels: Sequence[Sequence[Hashable]], folds: IntVector) -> FloatMatrix:
    """For each text the average grades of the carriers in the other folds, shape (n_texts, n_carriers).

    A cell is (sum of its grades + SHRINKAGE * coarser cell) / (its texts + SHRINKAGE), from the average over all
    texts down to the finest level; so a cell without texts is its coarser one.

    Args:
        grades: shape (n_texts, n_carriers); a carrier that is not judged has 0.
        levels: from coarse to fine, the cell of each text; a finer cell lies within one coarser cell. Without
            levels all texts get the same: popularity.
        folds: the fold of each text; at least two differ.

    Source: Efron & Morris, Scientific American 236(5), 1977, with a fixed weight of the coarser average.
    """
    scores = np.zeros_like(grades)
    for fold in np.unique(folds):
        held_out = folds == fold
        if held_out.all():
            continue  # nothing is left to learn from
        scores[held_out] = _from_others(grades[~held_out], levels, held_out)
    return scores


def _from_others(known: FloatMatrix, levels: Sequence[Sequence[Hashable]], held_out: IntVector) -> FloatMatrix:
    means = np.broadcast_to(known.mean(axis=0), (len(held_out), known.shape[1]))
    for level in levels:
        cells = group_numbers(level)
        is_in = (cells[:, None] == np.arange(cells.max() + 1)).astype(np.float64)  # (n_texts, n_cells)
        learned_from = is_in[~held_out]
        sums, n_texts = learned_from.T @ known, learned_from.sum(axis=0)
        means = (sums[cells] + SHRINKAGE * means) / (n_texts[cells] + SHRINKAGE)[:, None]
    return np.asarray(means[held_out], dtype=np.float64)
