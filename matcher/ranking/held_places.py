"""Who holds which place while places are shared out: each carrier keeps the best bids and lets the others go."""

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from matcher.ports.allocation import Flags, Ints

MOST_BITS = 63


def _none() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True)
class Bids:
    """One row a bid."""

    startup: Ints = field(default_factory=_none)
    slot: Ints = field(default_factory=_none)  # column of the startup's list
    carrier: Ints = field(default_factory=_none)
    height: Ints = field(default_factory=_none)  # the higher the better for the carrier; equal ones by startup

    def rows(self, chosen: Ints | Flags) -> Self:
        return replace(
            self,
            startup=self.startup[chosen],
            slot=self.slot[chosen],
            carrier=self.carrier[chosen],
            height=self.height[chosen],
        )

    def and_also(self, other: "Bids") -> "Bids":
        return Bids(
            np.concatenate([self.startup, other.startup]),
            np.concatenate([self.slot, other.slot]),
            np.concatenate([self.carrier, other.carrier]),
            np.concatenate([self.height, other.height]),
        )


@dataclass
class HeldPlaces:
    """The bids that hold a place, and what the lowest of them is where all places are held."""

    places: Ints  # of each carrier
    shape: tuple[int, int]  # of the lists
    held: Bids = field(default_factory=Bids)
    lowest: Ints = field(init=False)  # bid to beat, 0 where a place is free; shape (n_carriers,)
    chosen: Flags = field(init=False)  # pairs that hold a place
    n_held: Ints = field(init=False)  # of each startup

    def __post_init__(self) -> None:
        self.lowest = np.zeros(len(self.places), np.int64)
        self.chosen = np.zeros(self.shape, bool)
        self.n_held = np.zeros(self.shape[0], np.int64)

    def take(self, bids: Bids) -> Ints:
        """Startups that now hold fewer places than they bid for or held, ascending."""
        touched = np.zeros(len(self.places), bool)
        touched[bids.carrier] = True
        looked_at = touched[self.held.carrier]
        all_bids = self.held.rows(looked_at).and_also(bids)
        all_bids = all_bids.rows(_best_first(all_bids))
        position = np.arange(len(all_bids.carrier)) - np.searchsorted(all_bids.carrier, all_bids.carrier)
        stays = position < self.places[all_bids.carrier]
        last = all_bids.rows(position == self.places[all_bids.carrier] - 1)
        self.lowest[last.carrier] = last.height
        kept, lost = all_bids.rows(stays), all_bids.rows(~stays)
        self.chosen[bids.startup, bids.slot] = True
        self.chosen[lost.startup, lost.slot] = False
        self.n_held += np.bincount(bids.startup, minlength=self.shape[0])
        self.n_held -= np.bincount(lost.startup, minlength=self.shape[0])
        self.held = self.held.rows(~looked_at).and_also(kept)
        has_lost = np.zeros(self.shape[0], bool)
        has_lost[lost.startup] = True
        return np.flatnonzero(has_lost)


def _best_first(bids: Bids) -> Ints:
    """By carrier, the highest bid first, equal ones by startup; as one number each where they fit, which is quicker."""
    fall = bids.height.max(initial=0) - bids.height
    bits = [int(column.max(initial=0)).bit_length() for column in (bids.carrier, fall, bids.startup)]
    if sum(bits) > MOST_BITS:
        return np.lexsort([bids.startup, fall, bids.carrier])
    return np.argsort((((bids.carrier << bits[1]) | fall) << bits[2]) | bids.startup)
