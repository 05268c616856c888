"""Places shared out, and what is said of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.min_cost_flow import flows_are_there, shared_by_flow
from matcher.domain.allocations import AllocationOrder, Method, WhyLeftOut
from matcher.domain.errors import InvalidField, InvalidInput
from matcher.evaluation.allocation import UNKNOWN
from matcher.ports.allocation import UNIT, Candidates
from matcher.services.allocate import Allocate, Market
from tests.allocation import a_crowded_market, breaks_nothing, markets

by_price = Allocate(exactly=None)
either_way = [
    by_price,
    pytest.param(Allocate(shared_by_flow), marks=pytest.mark.skipif(not flows_are_there(), reason="no OR-Tools")),
]


def a_market(lists: Candidates, places: np.ndarray, **changes: object) -> Market:
    names = {
        "startups": tuple(f"s{row}" for row in range(len(lists))),
        "carriers": tuple(f"c{row}" for row in range(len(places))),
    }
    return Market(free=lists, places=places, calibrated=True, **{**names, **changes})


def two_places_for_three() -> Candidates:
    """All like the first carrier best; the third startup has nobody."""
    return Candidates(
        np.array([[0, 1], [0, 1], [0, 0]]),
        np.array([[800_000, 500_000], [600_000, 100_000], [0, 0]]),
    )


@pytest.mark.parametrize("allocate", either_way)
def test_the_figures_are_those_of_an_allocation_worked_out_by_hand(allocate) -> None:
    done = allocate(a_market(two_places_for_three(), np.array([1, 1])), AllocationOrder())

    figures = done.figures
    assert done.lists.carriers[done.chosen].tolist() == [1, 0]  # 0.5 + 0.6 is more than 0.8 + 0.1
    assert (figures.n_placed, figures.n_places, figures.filled) == (2, 2, 1.0)
    assert figures.expected == figures.worth == pytest.approx(1.1)
    assert figures.bound == pytest.approx(1.1, abs=0.02)
    assert figures.left_out == {WhyLeftOut.NO_PAIR: 1}
    assert (figures.first_choices, figures.ranks_lost, figures.most_ranks_lost) == (0.5, 0.5, 1)
    assert figures.n_envious == 1  # the first startup wants the first carrier, where it is worth more than the second
    assert figures.n_wasted == 0


def test_both_sides_orders_leave_nobody_envious() -> None:
    done = by_price(a_market(two_places_for_three(), np.array([1, 1])), AllocationOrder(method=Method.ORDERS))

    assert done.lists.carriers[done.chosen].tolist() == [0, 1]
    assert done.figures.n_envious == 0
    assert done.figures.gap == pytest.approx(0.2 / 1.1, abs=0.02)


@given(markets(most_startups=6, most_carriers=4), st.integers(0, 2**32))
def test_no_order_leaves_envy_or_waste_behind_deferred_acceptance(market, seed) -> None:
    lists, places, k = market
    rng = np.random.default_rng(seed)
    likes, liked = (rng.permutation(lists.worth.size).reshape(lists.worth.shape) for _ in range(2))

    done = by_price(a_market(lists, places, likes=likes, liked=liked), AllocationOrder(k=k, method=Method.ORDERS))

    assert breaks_nothing(lists, done.chosen, places, k)
    assert (done.figures.n_envious, done.figures.n_wasted) == (0, 0)


@given(markets(), st.sampled_from([Method.PRICES, Method.FLOW] if flows_are_there() else [Method.PRICES]))
def test_every_method_keeps_to_the_places_and_to_its_bound(market, method) -> None:
    lists, places, k = market

    done = Allocate(shared_by_flow)(a_market(lists, places), AllocationOrder(k=k, method=method))

    assert breaks_nothing(lists, done.chosen, places, k)
    figures = done.figures  # a millionth for each pair: worth is counted in those
    assert 0.995 * figures.bound - len(lists) * k / UNIT <= figures.worth <= figures.bound
    assert done.figures.n_startups_placed + sum(done.figures.left_out.values()) == len(lists)


def test_unknown_places_are_not_none_and_not_many() -> None:
    lists = Candidates(np.array([[0, 1], [0, 2], [1, 2]]), np.full((3, 2), UNIT // 2))

    done = by_price(a_market(lists, np.array([UNKNOWN, UNKNOWN, 0])), AllocationOrder())

    assert done.figures.n_unknown == 2
    assert done.figures.n_places == 0
    assert dict(done.reasons) == {
        0: WhyLeftOut.UNKNOWN_PLACES,
        1: WhyLeftOut.NO_PLACES,
        2: WhyLeftOut.NO_PLACES,
    }
    assert np.isnan(done.figures.filled)


def test_where_nobody_has_told_nothing_is_shared_out() -> None:
    with pytest.raises(InvalidInput, match="not known of any of the 2 carriers"):
        by_price(a_market(two_places_for_three(), np.array([UNKNOWN, UNKNOWN])), AllocationOrder())


def test_who_came_too_late_is_told_so() -> None:
    lists = Candidates(np.array([[0], [0]]), np.array([[500_000], [400_000]]))

    assert dict(by_price(a_market(lists, np.array([1])), AllocationOrder()).reasons) == {1: WhyLeftOut.TAKEN}


def test_all_pairs_fill_what_lists_leave_empty_and_ranks_count_all_pairs() -> None:
    worth, crowded, places = a_crowded_market(500, 80, 2, width=8)
    free = a_market(crowded, places)
    wide = a_market(crowded, places, all_pairs=worth)

    of_lists, of_all = (by_price(market, AllocationOrder(k=2)).figures for market in (free, wide))

    assert of_lists.filled < 0.9
    assert of_all.filled >= 0.98
    assert of_all.worth >= 0.995 * of_all.bound > of_lists.worth
    assert of_all.most_ranks_lost > 8


def test_carriers_are_told_by_size() -> None:
    lists = Candidates(np.array([[0, 1], [0, 1], [0, 1]]), np.array([[9, 5], [8, 5], [7, 5]]) * 10_000)

    sizes = by_price(a_market(lists, np.array([2, 7])), AllocationOrder()).figures.sizes

    assert [(one.at_least, one.n_places, one.n_wished, one.n_placed) for one in sizes] == [(1, 2, 3, 2), (5, 7, 0, 1)]


def test_what_is_not_there_cannot_be_asked_for() -> None:
    market = a_market(two_places_for_three(), np.array([1, 1]))

    with pytest.raises(InvalidInput, match="exact allocation is not there"):
        by_price(market, AllocationOrder(method=Method.FLOW))
    with pytest.raises(InvalidField, match="between 1 and 100"):
        AllocationOrder(k=0)
    with pytest.raises(InvalidInput, match="lists only"):
        by_price(
            a_market(two_places_for_three(), np.array([1, 1]), all_pairs=np.ones((3, 2), np.int32)),
            AllocationOrder(method=Method.ORDERS),
        )
