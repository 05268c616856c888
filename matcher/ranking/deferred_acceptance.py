"""Shares places out by both sides' orders: startups propose from the top, carriers hold the best who have proposed.

In the end no startup and carrier would both rather have each other than what they have; of all such outcomes it is the
one that startups like best.

Source: Gale & Shapley, American Mathematical Monthly 69(1), 1962; Roth, Journal of Political Economy 92(6), 1984,
for several places on either side.
"""

import numpy as np

from matcher.ports.allocation import Candidates, Flags, Ints
from matcher.ranking.held_places import Bids, HeldPlaces


def deferred_acceptance(candidates: Candidates, likes: Ints, liked: Ints, places: Ints, k: int) -> Flags:
    """Which pairs are placed, shape (n_startups, width).

    Args:
        candidates: the pairs; their worth does not matter, only that it is above 0.
        likes: how much the startup likes the carrier, more is better, shape (n_startups, width); equal ones in the
            order of the list.
        liked: how much the carrier likes the startup, likewise; equal ones in the order of the startups.
        places: of each carrier, 0 or more.
        k: most carriers of a startup.
    """
    n_startups, width = likes.shape
    are_pairs = candidates.are_pairs & (places[candidates.carriers] > 0)
    order = np.lexsort([-likes, ~are_pairs], axis=-1)
    n_pairs = are_pairs.sum(axis=1)
    n_asked = np.zeros(n_startups, np.int64)
    held = HeldPlaces(places, (n_startups, width))
    lacking = np.arange(n_startups)
    while len(lacking):
        n_now = np.minimum(k - held.n_held[lacking], n_pairs[lacking] - n_asked[lacking])
        startup = np.repeat(lacking, n_now)
        within = np.arange(len(startup)) - np.repeat(np.cumsum(n_now) - n_now, n_now)
        slot = order[startup, n_asked[startup] + within]
        n_asked[lacking] += n_now
        lacking = held.take(Bids(startup, slot, candidates.carriers[startup, slot], liked[startup, slot]))
    return held.chosen
