"""Places shared out by the orders of both sides."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.ports.allocation import Candidates
from matcher.ranking.deferred_acceptance import deferred_acceptance
from tests.allocation import breaks_nothing, markets

seeds = st.integers(0, 2**32)


def orders(lists: Candidates, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Strict ones."""
    rng = np.random.default_rng(seed)
    return tuple(rng.permutation(lists.worth.size).reshape(lists.worth.shape) for _ in range(2))


def blocking(lists, likes, liked, places, k, chosen) -> list[tuple[int, int]]:
    """Pairs that would both rather have each other, or would use what is free."""
    found = []
    for row, slot in zip(*np.nonzero(lists.are_pairs & ~chosen), strict=True):
        carrier = lists.carriers[row, slot]
        own = likes[row][chosen[row]]
        there = liked[chosen & (lists.carriers == carrier)]
        wants = len(own) < k or own.min() < likes[row, slot]
        is_wanted = len(there) < places[carrier] or (len(there) > 0 and there.min() < liked[row, slot])
        if wants and is_wanted:
            found.append((int(row), int(slot)))
    return found


@given(markets(most_startups=6, most_carriers=4), seeds)
def test_no_two_would_rather_have_each_other(market, seed) -> None:
    lists, places, k = market
    likes, liked = orders(lists, seed)

    chosen = deferred_acceptance(lists, likes, liked, places, k)

    assert breaks_nothing(lists, chosen, places, k)
    assert blocking(lists, likes, liked, places, k, chosen) == []


def test_the_carrier_decides_between_two_who_want_its_place() -> None:
    lists = Candidates(np.array([[0, 1], [0, 1]]), np.ones((2, 2), np.int64))
    likes = np.array([[2, 1], [2, 1]])

    chosen = deferred_acceptance(lists, likes, np.array([[1, 9], [5, 1]]), np.array([1, 1]), 1)

    assert lists.carriers[chosen].tolist() == [1, 0]


def test_equal_wishes_go_by_the_order_of_the_lists() -> None:
    lists = Candidates(np.array([[1, 0], [0, 1]]), np.ones((2, 2), np.int64))
    same = np.zeros((2, 2), np.int64)

    assert lists.carriers[deferred_acceptance(lists, same, same, np.array([1, 1]), 1)].tolist() == [1, 0]


@given(markets(most_startups=6, most_carriers=4), seeds)
def test_how_far_apart_wishes_are_does_not_matter(market, seed) -> None:
    lists, places, k = market
    likes, liked = orders(lists, seed)

    near, far = (deferred_acceptance(lists, likes, liked * unit, places, k) for unit in (1, 2**57))

    assert (near == far).all()
