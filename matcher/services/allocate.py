"""Shares the places of carriers out among startups, and says what it costs and how far it is from the best."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matcher.domain.allocations import AllocationFigures, AllocationOrder, Method, WhyLeftOut
from matcher.domain.errors import InvalidInput
from matcher.evaluation import allocation as measured
from matcher.evaluation.allocation import UNKNOWN
from matcher.ports.allocation import UNIT, Allocates, Candidates, Flags, Ints
from matcher.ranking.auction import shared_by_price
from matcher.ranking.deferred_acceptance import deferred_acceptance
from matcher.ranking.wide_auction import Worths, priced_lists, ranks_among_all, shared_widely

WIDTH = 64  # of lists that are taken from all pairs by worth less price


@dataclass(frozen=True)
class Market:
    """Startups with their lists, and carriers with their places."""

    startups: tuple[str, ...]
    carriers: tuple[str, ...]
    free: Candidates  # the lists as they are when everybody has places enough
    places: Ints  # of each carrier; UNKNOWN where it has not told
    calibrated: bool  # worth is the probability of a good visit
    likes: Ints | None = None  # of the startup, the more the better, shape (n_startups, width); None: by worth
    liked: Ints | None = None  # of the carrier, likewise
    all_pairs: Worths | None = None  # where more than the lists was scored


@dataclass(frozen=True)
class Allocation:
    """Who goes where."""

    market: Market
    lists: Candidates  # what was shared out: the free lists, or lists by worth less price
    chosen: Flags  # shape (n_startups, width)
    prices: Ints  # of a place, in millionths, shape (n_carriers,); 0 where one is left or the places are not known
    ranks: Ints  # in the free list, from 1; 0 for no pair
    reasons: Mapping[int, WhyLeftOut]  # of the startups placed nowhere, by row
    figures: AllocationFigures


@dataclass(frozen=True)
class _Shared:
    """What a method gives."""

    lists: Candidates
    chosen: Flags
    prices: Ints
    bound: int  # in millionths
    likes: Ints
    liked: Ints


@dataclass(frozen=True)
class Allocate:
    """Exact where that can be had and nothing else is asked for; else by price."""

    exactly: Allocates | None

    def __call__(self, market: Market, order: AllocationOrder) -> Allocation:
        """The same market and order give the same allocation.

        Raises:
            InvalidInput: no carrier's places are known, or what is asked for cannot be had.
        """
        if len(market.places) and (market.places == UNKNOWN).all():
            raise InvalidInput(
                "How many places are left is not known of any of the {n} carriers: give a file of places, or a number "
                "to assume.",
                field="places",
                n=len(market.places),
            )
        method = order.method or (Method.PRICES if self.exactly is None else Method.FLOW)
        places = np.maximum(market.places, 0)
        if method is Method.ORDERS:
            shared = _by_orders(market, places, order.k)
        else:
            shared = _by_price(market, places, order.k)
            if method is Method.FLOW:
                shared = self._by_flow(market, shared, places, order.k)
        return _described(market, shared, places, order.k, method)

    def _by_flow(self, market: Market, priced: _Shared, places: Ints, k: int) -> _Shared:
        """Exact on the lists; where these are some of all pairs the bound is that of all."""
        if self.exactly is None:
            raise InvalidInput("The exact allocation is not there; share the places out by price.", field="method")
        chosen = self.exactly(priced.lists, places, k)
        bound = priced.bound if market.all_pairs is not None else int(priced.lists.worth[chosen].sum())
        return _Shared(priced.lists, chosen, priced.prices, bound, priced.likes, priced.liked)


def _by_price(market: Market, places: Ints, k: int) -> _Shared:
    if market.all_pairs is None:
        priced = shared_by_price(market.free, places, k)
        return _Shared(market.free, priced.chosen, priced.prices, priced.bound, market.free.worth, market.free.worth)
    found = shared_widely(market.all_pairs, places, k)
    lists = priced_lists(market.all_pairs, places, found.prices, max(WIDTH, 2 * k), found.chosen)
    chosen = np.take_along_axis(found.chosen, lists.carriers, axis=1) & lists.are_pairs
    return _Shared(lists, chosen, found.prices, found.bound, lists.worth, lists.worth)


def _by_orders(market: Market, places: Ints, k: int) -> _Shared:
    if market.all_pairs is not None:
        raise InvalidInput("Both sides' orders can rule lists only, not all pairs.", field="method")
    likes = market.free.worth if market.likes is None else market.likes
    liked = market.free.worth if market.liked is None else market.liked
    chosen = deferred_acceptance(market.free, likes, liked, places, k)
    bound = shared_by_price(market.free, places, k).bound
    return _Shared(market.free, chosen, np.zeros_like(places), bound, likes, liked)


def _described(market: Market, shared: _Shared, places: Ints, k: int, method: Method) -> Allocation:
    """With the figures of it."""
    lists, chosen = shared.lists, shared.chosen
    free_ranks = measured.free_ranks(market.free)
    ranks = free_ranks if market.all_pairs is None else ranks_among_all(market.all_pairs, lists)
    placed = np.asarray(chosen.any(axis=1))
    lost = measured.ranks_lost(ranks, chosen)
    reasons = measured.why_left_out(market.free, market.places, placed)
    n_carriers, n_placed = len(market.carriers), int(chosen.sum())
    n_wanted = int(np.minimum(market.free.are_pairs.sum(axis=1), k).sum())
    most = min(n_wanted, int(places.sum()))
    worth = int(lists.worth[chosen].sum())
    wished = market.free.carriers[(free_ranks > 0) & (free_ranks <= k)]
    figures = AllocationFigures(
        method=method,
        k=k,
        n_startups=len(market.startups),
        n_carriers=n_carriers,
        n_unknown=int((market.places == UNKNOWN).sum()),
        n_places=int(places.sum()),
        n_placed=n_placed,
        n_startups_placed=int(placed.sum()),
        filled=n_placed / most if most else np.nan,
        worth=worth / UNIT,
        bound=max(shared.bound, worth) / UNIT,
        expected=worth / UNIT if market.calibrated else None,
        left_out=measured.counted(reasons),
        first_choices=float((ranks[chosen] <= k).mean()) if n_placed else np.nan,
        ranks_lost=float(lost.mean()) if n_placed else np.nan,
        most_ranks_lost=int(lost.max(initial=0)),
        n_envious=int(measured.envious(lists, shared.likes, shared.liked, places, chosen, k).sum()),
        n_wasted=int(measured.wasting(lists, places, chosen, k).sum()),
        sizes=measured.by_size(
            market.places,
            np.bincount(wished, minlength=n_carriers),
            np.bincount(lists.carriers[chosen], minlength=n_carriers),
        ),
    )
    return Allocation(market, lists, chosen, shared.prices, ranks, reasons, figures)
