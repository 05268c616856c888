"""From which score on a startup may be among a carrier's best: estimated on a sample, proven when lists are made.

A wrong estimate costs time and never a lead: a carrier for which too few startups reach it is looked at again in full.
"""

from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from matcher.features.sides import Askers, Rows
from matcher.retrieval.bounds import NEVER, BoundMaker

SAMPLE = 2_048  # startups, at least
MOST_SKIPPED = 32  # one startup of so many, at least
N_AT_ONCE = 512
Thresholds = NDArray[np.float32]


def sample_of(askers: Askers) -> Rows:
    """Rows of startups that a hash of their ids chooses: a new startup changes nothing about the others."""
    stride = min(MOST_SKIPPED, 2 ** max(0, int(np.log2(max(1, len(askers)) / SAMPLE))))
    chosen = (askers.hashes % np.uint64(stride) == 0) & askers.facts.lists & askers.facts.discoverable
    return np.flatnonzero(chosen)


def thresholds(askers: Askers, maker: BoundMaker, n_leads: int) -> Thresholds:
    """Shape (n_carriers,); -inf where all startups are to be looked at."""
    n_carriers, sample = len(maker.homes), sample_of(askers)
    share = len(sample) / max(1, int((askers.facts.lists & askers.facts.discoverable).sum()))
    expected = n_leads * share
    rank = ceil(expected + 3 * sqrt(expected) + 3)  # three deviations on the safe side
    if rank >= len(sample):
        return np.full(n_carriers, -np.inf, np.float32)
    best = np.full((rank, n_carriers), NEVER, np.float32)
    for start in range(0, len(sample), N_AT_ONCE):
        bounds = maker.bounds(askers.rows(sample[start : start + N_AT_ONCE]))
        both = np.concatenate([best, bounds]).T
        best = np.partition(both, both.shape[1] - rank, axis=1)[:, -rank:].T
    least = best.min(axis=0)
    return np.where(least <= NEVER / 2, np.float32(-np.inf), least).astype(np.float32)
