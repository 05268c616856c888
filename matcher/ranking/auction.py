"""Shares places out by prices: startups bid for the carriers that are worth most to them less their price.

The sum of worth falls short of the largest possible one by at most one step for each pair placed; usually by far less.

Source: Bertsekas & Castañón, The auction algorithm for the transportation problem, Annals of Operations Research 20,
1989; here all startups that lack a place bid at once, and each for as many carriers as it lacks.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from matcher.ports.allocation import Candidates, Flags, Ints
from matcher.ranking.best_slots import best_slots
from matcher.ranking.held_places import Bids, HeldPlaces

FIRST_STEP = 0.2  # of the mean worth
NOT_AGAIN = -(2**40)  # worth of what a startup holds already


@dataclass(frozen=True)
class Priced:
    """Pairs placed, and what a place costs in the end."""

    chosen: Flags  # shape (n_startups, width)
    prices: Ints  # in millionths, shape (n_carriers,); 0 where a place is left
    bound: int  # no allocation of these pairs is worth more, in millionths

    def worth(self, candidates: Candidates) -> int:
        return int(candidates.worth[self.chosen].sum())


def shared_by_price(candidates: Candidates, places: Ints, k: int, *, short_by: float = 0.004) -> Priced:
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
        missing = found.bound - found.worth(candidates)
        if step == 1 or missing <= short_by * found.bound:
            return found
        step = finer(step, short_by * found.bound / missing)


def finer(step: int, share: float) -> int:
    """What should do, at most half of it: what is missing shrinks about with the square of the steps.

    Args:
        step: that leaves too much.
        share: what may be missing, of what is.
    """
    return max(1, min(step // 2, int(0.8 * sqrt(share) * step)))


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
    _, best = best_slots(np.maximum(gain, 0), k)
    sums: Ints = best.sum(axis=1)
    return sums


def _bids(open_to: Ints, carriers: Ints, held: HeldPlaces, lacking: Ints, k: int, step: int) -> Bids:
    gain = open_to[lacking] - held.lowest[carriers[lacking]]
    gain[held.chosen[lacking]] = NOT_AGAIN
    wishes = wishes_of(gain, k - held.n_held[lacking], k)
    startup = lacking[wishes.row]
    carrier = carriers[startup, wishes.column]
    return Bids(startup, wishes.column, carrier, held.lowest[carrier] + wishes.more + step)


@dataclass(frozen=True)
class Wishes:
    """What startups would bid for, one row each."""

    row: Ints
    column: Ints
    more: Ints  # than the price it may cost until the next best choice is as good
    next_best: Ints  # gain by that choice, 0 where there is none; of each row of the gains, not of the wishes


def wishes_of(gain: Ints, n_lacking: Ints, k: int) -> Wishes:
    """The best of each row, as many as it lacks.

    Args:
        gain: worth less price; no more than 0 where nothing is to be had.
        n_lacking: of each row, from 1 to k.
        k: most carriers of a startup.
    """
    columns, best = best_slots(gain, k + 1)
    n_found = best.shape[1]
    next_best = np.take_along_axis(best, np.minimum(n_lacking, n_found - 1)[:, None], axis=1)[:, 0]
    next_best = np.maximum(np.where(n_lacking < n_found, next_best, 0), 0)
    row, place = np.nonzero((np.arange(n_found) < n_lacking[:, None]) & (best > 0))
    return Wishes(row, columns[row, place], best[row, place] - next_best[row], next_best)
