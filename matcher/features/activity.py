"""How often, how lately and how regularly a carrier has admitted; one value for each carrier."""

import numpy as np
from numpy.typing import NDArray

from matcher.features.past import Floats, Past


def admitted(past: Past) -> Floats:
    """Log of one more than the number of all admissions."""
    counts: Floats = np.log1p(past.counts())
    return counts


def admitted_lately(past: Past) -> Floats:
    """The same for the last two windows."""
    counts: Floats = np.log1p(past.counts((past.ago <= 2).astype(np.float64)))
    return counts


def admitted_last(past: Past) -> Floats:
    """Number in the last window."""
    return past.counts((past.ago == 1).astype(np.float64))


def idle(past: Past) -> Floats:
    """Windows since the last admission, 1 for the last window."""
    return _least(past, past.ago)


def age(past: Past) -> Floats:
    """Windows since the first admission."""
    return -_least(past, -past.ago)


def regularity(past: Past) -> Floats:
    """Share of the windows since the first admission in which there was any."""
    return active_windows(past) / age(past)


def intake(past: Past) -> Floats:
    """Admissions in a window that has any."""
    return past.counts() / active_windows(past)


def active_windows(past: Past) -> Floats:
    """In how many windows there was any admission; NaN where in none."""
    both = np.unique(np.column_stack([past.carriers, past.ago]), axis=0)
    active = np.bincount(both[:, 0], minlength=past.n_carriers).astype(np.float64)
    return np.where(active > 0, active, np.nan)


def _least(past: Past, values: NDArray[np.int64]) -> Floats:
    least = np.full(past.n_carriers, np.inf)
    np.minimum.at(least, past.carriers, values.astype(np.float64))
    return np.where(np.isfinite(least), least, np.nan)
