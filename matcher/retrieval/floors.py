"""Which values of a row are among its largest, without sorting or partitioning it: a floor, then one comparison."""

import numpy as np
from numpy.typing import NDArray

from matcher.retrieval.bounds import NEVER, Bounds

GROUPS_OF_ONE = 8  # groups for each value that is wanted: two of the largest seldom fall into the same
FEW_ROWS = 64
LEAST = NEVER / 2  # every pair that may be listed lies above


def row_floors(values: Bounds, k: int) -> Bounds:
    """A value of each row, shape (n_rows, 1), that at least its k largest reach, and that is seldom far below the k-th.

    The k-th largest of the largest of some groups of columns: as many as k values reach it. Taking maxima of whole
    columns at once costs a small part of a partition.

    Args:
        values: shape (n_rows, n_columns).
        k: at least 1; where there are not so many columns, all values reach the floor.
    """
    n_rows, n_columns = values.shape
    if k >= n_columns:
        return np.full((n_rows, 1), -np.inf, np.float32)
    n_groups = min(n_columns, GROUPS_OF_ONE * k)
    n_groups = n_columns // (n_columns // n_groups)  # of equal width, with a rest narrower than a group is long
    if n_rows < FEW_ROWS:
        whole = n_columns // n_groups * n_groups
        grouped = values[:, :whole].reshape(n_rows, whole // n_groups, n_groups)
        largest, rest = grouped.max(axis=1), range(whole, n_columns, n_groups)
    else:  # the reshaped maximum leaves the cache with many rows
        largest, rest = values[:, :n_groups].copy(), range(n_groups, n_columns, n_groups)
    for start in rest:
        some = values[:, start : start + n_groups]
        np.maximum(largest[:, : some.shape[1]], some, out=largest[:, : some.shape[1]])
    return np.partition(largest, n_groups - k, axis=1)[:, n_groups - k, None]


def reaching(values: Bounds, floors: Bounds) -> NDArray[np.int64]:
    """Places in the flattened array, ascending, of the values that reach their floor and that may be listed at all.

    Args:
        values: shape (n_rows, n_columns).
        floors: broadcast against them.
    """
    return np.flatnonzero(values >= np.maximum(floors, LEAST))
