"""Places shared out by price: nothing is broken, and hardly anything is lost."""

import numpy as np
from hypothesis import given

from matcher.ports.allocation import UNIT, Candidates
from matcher.ranking.auction import auction, shared_by_price, upper_bound
from tests.allocation import a_crowded_market, best_by_trying_all, breaks_nothing, markets, places_used


@given(markets())
def test_no_place_is_given_twice_and_only_pairs_are_placed(market) -> None:
    lists, places, k = market

    assert breaks_nothing(lists, shared_by_price(lists, places, k).chosen, places, k)


@given(markets(most_startups=3))
def test_each_pair_costs_at_most_one_step_of_the_optimum(market) -> None:
    lists, places, k = market
    optimum = best_by_trying_all(lists, places, k)

    for step in (1, UNIT // 10):
        found = auction(lists, places, k, step)
        assert found.bound >= optimum
        assert optimum - found.worth(lists) <= step * len(lists) * k


@given(markets())
def test_a_place_that_is_left_costs_nothing(market) -> None:
    lists, places, k = market

    found = auction(lists, places, k, 5)

    assert not found.prices[places_used(lists, found.chosen, len(places)) < places].any()


@given(markets())
def test_any_prices_bound_the_optimum(market) -> None:
    lists, places, k = market
    prices = np.arange(len(places)) * UNIT // 4

    assert upper_bound(lists, places, k, prices) >= shared_by_price(lists, places, k).worth(lists)


def test_the_first_choice_goes_to_whom_it_is_worth_more() -> None:
    lists = Candidates(np.array([[0, 1], [0, 1]]), np.array([[900_000, 800_000], [850_000, 100_000]]))

    found = auction(lists, np.array([1, 1]), 1, 1)

    assert lists.carriers[found.chosen].tolist() == [1, 0]
    assert 100_000 <= found.prices[0] <= 750_001


def test_a_crowded_market_ends_close_to_the_bound_and_the_same_every_time() -> None:
    _, lists, places = a_crowded_market(600, 40, 3, width=20)

    found, again = (shared_by_price(lists, places, 3) for _ in range(2))

    assert breaks_nothing(lists, found.chosen, places, 3)
    assert found.worth(lists) >= 0.996 * found.bound
    assert (found.chosen == again.chosen).all()


def test_nobody_is_placed_where_there_is_no_place_or_no_pair() -> None:
    lists = Candidates(np.zeros((3, 2), np.int64), np.zeros((3, 2), np.int64))

    assert not shared_by_price(lists, np.array([2]), 1).chosen.any()
    assert not shared_by_price(Candidates(lists.carriers, lists.worth + 5), np.array([0]), 1).chosen.any()
