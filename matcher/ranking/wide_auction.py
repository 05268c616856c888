"""Shares places out by price among all pairs, looking at a short list of each startup as long as that is enough.

Lists of the best alone crowd on few carriers, and whoever all of them turn away is placed nowhere. Prices only rise; so
a carrier that was not among the best when a list was taken gains no more now than it did then, and the list is taken
anew, by worth less price, only when its next choice gains less than that.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.ports.allocation import Candidates, Flags, Ints
from matcher.ranking.auction import FIRST_STEP, NOT_AGAIN, best_sums, finer, wishes_of
from matcher.ranking.best_slots import best_slots
from matcher.ranking.held_places import Bids, HeldPlaces

N_AT_ONCE = 1_024  # startups all of whose pairs are compared at once
ALWAYS = 2**38  # gain of what a startup holds: it stays in the list
Worths = NDArray[np.int32]  # in millionths, shape (n_startups, n_carriers); 0 where a pair must not be


@dataclass(frozen=True)
class WidelyPriced:
    """Pairs placed among all pairs."""

    chosen: Flags  # shape (n_startups, n_carriers)
    prices: Ints  # in millionths, shape (n_carriers,); 0 where a place is left
    bound: int  # no allocation of any pairs is worth more, in millionths


def shared_widely(
    worth: Worths, places: Ints, k: int, *, short_by: float = 0.004, width: int | None = None
) -> WidelyPriced:
    """With steps as fine as it takes to come this close to the bound.

    Args:
        worth: of all pairs.
        places: of each carrier, 0 or more.
        k: most carriers of a startup.
        short_by: share of the bound that may be missing.
        width: of the short lists, more than k; decides the time it takes, not what comes out.
    """
    width = min(worth.shape[1], 4 * k + 16 if width is None else width)
    open_to = np.where(places > 0, worth, 0).astype(np.int32)
    n_pairs = np.count_nonzero(open_to)
    step = max(1, int(FIRST_STEP * open_to.sum(dtype=np.int64) / max(1, n_pairs)))
    while True:
        held = _auction(open_to, places, k, step, width)
        found = WidelyPriced(held.chosen, held.lowest, bound_of_all(open_to, places, k, held.lowest))
        missing = found.bound - int(worth[found.chosen].sum(dtype=np.int64))
        if step == 1 or missing <= short_by * found.bound:
            return found
        step = finer(step, short_by * found.bound / missing)


def priced_lists(worth: Worths, places: Ints, prices: Ints, width: int, chosen: Flags | None = None) -> Candidates:
    """Of each startup the carriers that are worth most to it less their price.

    Args:
        worth: of all pairs.
        places: of each carrier; one without places is in no list.
        prices: in millionths; zeros give the lists of the best alone.
        width: how many of each startup.
        chosen: pairs that are in the lists whatever they cost; at most as many of a startup as the lists are wide.
    """
    width = min(width, worth.shape[1])
    carriers = np.zeros((len(worth), width), np.int64)
    kept = np.zeros((len(worth), width), np.int64)
    for some in _blocks(len(worth)):
        there = np.where(places > 0, worth[some], 0).astype(np.int64)
        gain = np.where(there > 0, there - prices, NOT_AGAIN)
        if chosen is not None:
            gain[chosen[some]] += ALWAYS
        carriers[some], _ = best_slots(gain, width)
        kept[some] = np.take_along_axis(there, carriers[some], axis=1)
    return Candidates(carriers, kept)


def ranks_among_all(worth: Worths, lists: Candidates) -> Ints:
    """Where each pair of the lists stands by worth among all pairs of its startup, from 1; 0 for no pair."""
    ranks = np.zeros(lists.worth.shape, np.int64)
    for some in _blocks(len(worth)):
        order, _ = best_slots(worth[some].astype(np.int64), worth.shape[1])
        of_all = np.empty_like(order)
        np.put_along_axis(of_all, order, np.broadcast_to(np.arange(1, order.shape[1] + 1), order.shape), axis=1)
        ranks[some] = np.take_along_axis(of_all, lists.carriers[some], axis=1)
    found: Ints = np.where(lists.are_pairs, ranks, 0)
    return found


def bound_of_all(worth: Worths, places: Ints, k: int, prices: Ints) -> int:
    """What no allocation exceeds, whatever the prices, in millionths."""
    return int(sum(best_sums(worth[some] - prices, k).sum() for some in _blocks(len(worth))) + (places * prices).sum())


@dataclass
class _Lists:
    """Of each startup the carriers that gained most when its list was taken, and what the best of the others gained."""

    worth: Worths
    width: int
    carriers: Ints = field(init=False)
    left_out: Ints = field(init=False)  # gain of the best carrier that is not in the list, 0 where none gains anything

    def __post_init__(self) -> None:
        self.carriers = np.zeros((len(self.worth), self.width), np.int64)
        self.left_out = np.zeros(len(self.worth), np.int64)

    def take(self, startups: Ints, held: HeldPlaces) -> None:
        for some in _blocks(len(startups)):
            rows = startups[some]
            gain = self.worth[rows] - held.lowest
            gain[held.chosen[rows]] = ALWAYS
            columns, best = best_slots(gain, self.width + 1)
            self.carriers[rows] = columns[:, : self.width]
            self.left_out[rows] = np.maximum(best[:, self.width], 0) if best.shape[1] > self.width else 0


def _auction(worth: Worths, places: Ints, k: int, step: int, width: int) -> HeldPlaces:
    held = HeldPlaces(places, (worth.shape[0], worth.shape[1]))
    lists = _Lists(worth, width)
    lacking = np.flatnonzero(worth.any(axis=1))
    lists.take(lacking, held)
    while len(lacking):
        bids = _bids(lists, held, lacking, k, step)
        if not len(bids.startup):
            break
        lacking = held.take(bids)
    return held


def _bids(lists: _Lists, held: HeldPlaces, lacking: Ints, k: int, step: int) -> Bids:
    n_lacking = k - held.n_held[lacking]
    wishes = wishes_of(_gain(lists, held, lacking), n_lacking, k)
    too_short = lacking[wishes.next_best < lists.left_out[lacking]]
    if len(too_short):
        lists.take(too_short, held)
        wishes = wishes_of(_gain(lists, held, lacking), n_lacking, k)
    startup = lacking[wishes.row]
    carrier = lists.carriers[startup, wishes.column]
    return Bids(startup, carrier, carrier, held.lowest[carrier] + wishes.more + step)


def _gain(lists: _Lists, held: HeldPlaces, startups: Ints) -> Ints:
    carriers = lists.carriers[startups]
    gain = lists.worth[startups[:, None], carriers] - held.lowest[carriers]
    gain[held.chosen[startups[:, None], carriers]] = NOT_AGAIN
    return gain


def _blocks(n_startups: int) -> Iterator[slice]:
    for start in range(0, n_startups, N_AT_ONCE):
        yield slice(start, min(start + N_AT_ONCE, n_startups))
