"""Places shared out by price among all pairs, so that lists do not crowd."""

import numpy as np
from hypothesis import given

from matcher.ports.allocation import Candidates
from matcher.ranking.auction import shared_by_price
from matcher.ranking.wide_auction import bound_of_all, priced_lists, shared_widely
from tests.allocation import a_crowded_market, best_by_trying_all, markets


def all_pairs(lists: Candidates, n_carriers: int) -> np.ndarray:
    worth = np.zeros((len(lists), n_carriers), np.int32)
    np.put_along_axis(worth, lists.carriers, lists.worth, axis=1)
    return worth


@given(markets(most_startups=3))
def test_nothing_is_broken_and_hardly_anything_lost(market) -> None:
    lists, places, k = market
    worth = all_pairs(lists, len(places))

    found = shared_widely(worth, places, k, short_by=0.0)

    assert (found.chosen.sum(axis=0) <= places).all()
    assert (found.chosen.sum(axis=1) <= k).all()
    assert (worth[found.chosen] > 0).all()
    got, optimum = int(worth[found.chosen].sum()), best_by_trying_all(lists, places, k)
    assert optimum - len(lists) * k <= got <= optimum <= found.bound


def test_how_long_the_short_lists_are_does_not_matter() -> None:
    worth, _, places = a_crowded_market(300, 60, 2, width=10)

    short, long = (shared_widely(worth, places, 2, width=width) for width in (3, 60))

    assert (short.chosen == long.chosen).all()
    assert (short.prices == long.prices).all()


def test_lists_by_price_fill_what_lists_of_the_best_leave_empty() -> None:
    worth, crowded, places = a_crowded_market(1_000, 100, 3, width=10)

    found = shared_widely(worth, places, 3)
    priced = priced_lists(worth, places, found.prices, 10, found.chosen)

    assert shared_by_price(crowded, places, 3).chosen.sum() < 0.8 * 3_000
    assert found.chosen.sum() >= 0.98 * 3_000
    assert shared_by_price(priced, places, 3).chosen.sum() >= 0.98 * 3_000
    assert np.take_along_axis(found.chosen, priced.carriers, axis=1).sum() == found.chosen.sum()


def test_a_list_by_price_is_in_the_order_of_worth_less_price() -> None:
    worth = np.array([[500, 400, 300, 0]], np.int32)

    lists = priced_lists(worth, np.array([1, 1, 1, 1]), np.array([200, 0, 0, 0]), 3)

    assert lists.carriers.tolist() == [[1, 0, 2]]  # equal ones in the order of the carriers
    assert lists.worth.tolist() == [[400, 500, 300]]


def test_a_carrier_without_places_is_in_no_list() -> None:
    lists = priced_lists(np.array([[500, 400]], np.int32), np.array([0, 1]), np.zeros(2, np.int64), 2)

    assert lists.carriers[lists.are_pairs].tolist() == [1]


def test_the_bound_holds_for_any_prices() -> None:
    worth, _, places = a_crowded_market(200, 20, 2, width=20)
    got = worth[shared_widely(worth, places, 2).chosen].sum()

    assert all(bound_of_all(worth, places, 2, np.full(20, price)) >= got for price in (0, 100_000, 900_000))
