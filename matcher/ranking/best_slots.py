"""The best few of each row of whole numbers, equal ones in the order of the columns on every machine."""

import numpy as np

from matcher.ports.allocation import Ints


def best_slots(gain: Ints, n: int) -> tuple[Ints, Ints]:
    """Columns and values, best first, both of shape (n_rows, min(n, n_columns)).

    Args:
        gain: each of at most 40 bits, shape (n_rows, n_columns) with at most 2 ** 22 columns.
        n: how many of each row.
    """
    n_columns = gain.shape[1]
    bits = max(1, n_columns - 1).bit_length()
    keys = (-gain << bits) | np.arange(n_columns)  # no two are equal, so it does not matter how they are parted
    if n < n_columns:
        keys = np.partition(keys, n - 1, axis=1)[:, :n]
    keys.sort(axis=1)
    return keys & ((1 << bits) - 1), -(keys >> bits)
