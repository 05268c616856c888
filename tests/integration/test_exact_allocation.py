"""The exact allocation, and prices beside it."""

import pytest
from hypothesis import given

from matcher.ranking.auction import shared_by_price
from tests.allocation import a_crowded_market, best_by_trying_all, breaks_nothing, markets

pytest.importorskip("ortools")
from api.min_cost_flow import shared_by_flow


@given(markets(most_startups=3))
def test_a_flow_finds_what_trying_all_finds(market) -> None:
    lists, places, k = market

    chosen = shared_by_flow(lists, places, k)

    assert breaks_nothing(lists, chosen, places, k)
    assert lists.worth[chosen].sum() == best_by_trying_all(lists, places, k)


@pytest.mark.parametrize("k", [1, 5])
def test_prices_reach_99_5_percent_of_the_optimum(k) -> None:
    _, lists, places = a_crowded_market(1_000, 60, k, width=25)

    priced, optimum = shared_by_price(lists, places, k), shared_by_flow(lists, places, k)

    assert breaks_nothing(lists, optimum, places, k)
    assert 0.995 * lists.worth[optimum].sum() <= priced.worth(lists) <= lists.worth[optimum].sum() <= priced.bound
