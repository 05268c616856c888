"""Shares places out by prices: startups bid for the carriers that are worth most to them less their price.

The sum of worth falls short of the largest possible one by at most one step for each pair placed; usually by far less.

Source: Bertsekas & Castañón, The auction algorithm for the transportation problem, Annals of Operations Research 20,
1989; here all startups that lack a place bid at once, and each for as many carriers as it lacks.
"""

from dataclasses import dataclass

import numpy as np

from matcher.ports.allocation import Candidates, Flags, Ints
from matcher.ranking.held_places import Bids, HeldPlaces

FIRST_STEP = 0.02  # of the mean worth
FINER = 4  # a step is divided by this while the bound says that too much is left
NOT_AGAIN = -(2**62)  # worth of what a startup holds already


@dataclass(frozen=True)
class Priced:
    """Pairs placed, and what a place costs in the end."""

    chosen: Flags  # shape (n_startups, width)
    prices: Ints  # in millionths, shape (n_carriers,); 0 where a place is left
    bound: int  # no allocation of these pairs is worth more, in millionths

    def worth(self, candidates: Candidates) -> int:
        return int(candidates.worth[self.chosen].sum())


def shared_by_price(candidates: Candidates, places: Ints, k: int, *, short_by: float = 0.002) -> Priced:
    """With steps as fine as it takes to come this close to the bound.

    Args:
        candidates: the pairs.
        places: of each carrier, 0 or more.
        k: most carriers of a startup.
        short_by: share of the bound that may be missing; what it cannot reach it comes as near to as whole numbers do.
    """
    worth = candidates.worth[candidates.are_pairs & (places[candidates.carriers] > 0)]
    step = max(1, int(FIRST_STEP * worth.mean())) if len(worth) else 1
    while True:
        found = auction(candidates, places, k, step)
        if step == 1 or found.bound - found.worth(candidates) <= short_by * found.bound:
            return found
        step = max(1, step // FINER)


def auction(candidates: Candidates, places: Ints, k: int, step: int) -> Priced:
    """With one size of steps: what a bid exceeds the startup's next best choice by, in millionths."""
    open_to = np.where(places[candidates.carriers] > 0, candidates.worth, 0)
    held = HeldPlaces(places, (len(candidates), open_to.shape[1]))
    lacking = np.flatnonzero(open_to.any(axis=1))
    while len(lacking):
        bids = _bids(open_to, candidates.carriers, held, lacking, k, step)
        if not len(bids.startup):
            break
        lacking = held.take(bids)
    return Priced(held.chosen, held.lowest, upper_bound(candidates, places, k, held.lowest))


def upper_bound(candidates: Candidates, places: Ints, k: int, prices: Ints) -> int:
    """What no allocation exceeds, whatever the prices, in millionths; carriers without a place cannot add to it."""
    gain = np.where(places[candidates.carriers] > 0, candidates.worth - prices[candidates.carriers], 0)
    return int(best_sums(gain, k).sum() + (places * prices).sum())


def best_sums(gain: Ints, k: int) -> Ints:
    """Of each row the sum of its k largest values above 0."""
    above = np.maximum(gain, 0)
    if k < above.shape[1]:
        above = -np.partition(-above, k - 1, axis=1)[:, :k]
    sums: Ints = above.sum(axis=1)
    return sums


def _bids(open_to: Ints, carriers: Ints, held: HeldPlaces, lacking: Ints, k: int, step: int) -> Bids:
    """Of each startup for the best carriers that it lacks: as high as makes the next best one equally good."""
    gain = open_to[lacking] - held.lowest[carriers[lacking]]
    gain[held.chosen[lacking]] = NOT_AGAIN
    n_looked_at = min(k + 1, gain.shape[1])
    slots = np.argpartition(-gain, n_looked_at - 1, axis=1)[:, :n_looked_at]
    slots.sort(axis=1)  # equal ones in the order of the list, whatever the partition did
    best = np.take_along_axis(gain, slots, axis=1)
    order = np.argsort(-best, axis=1, kind="stable")
    slots, best = np.take_along_axis(slots, order, axis=1), np.take_along_axis(best, order, axis=1)
    n_lacking = k - held.n_held[lacking]
    next_best = np.take_along_axis(best, np.minimum(n_lacking, n_looked_at - 1)[:, None], axis=1)[:, 0]
    next_best = np.maximum(np.where(n_lacking < n_looked_at, next_best, 0), 0)
    row, column = np.nonzero((np.arange(n_looked_at) < n_lacking[:, None]) & (best > 0))
    startup, slot = lacking[row], slots[row, column]
    carrier = carriers[startup, slot]
    height = held.lowest[carrier] + best[row, column] - next_best[row] + step
    return Bids(startup, slot, carrier, height)
