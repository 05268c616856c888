"""Pairs and places as a market."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.calibration import Calibration
from matcher.evaluation.allocation import UNKNOWN
from matcher.ports.allocation import UNIT
from matcher.services.markets import (
    PairValues,
    as_order,
    market_of,
    worth_of_probabilities,
    worth_of_ranked,
    worth_of_scores,
)

PAIRS = [("s2", "c1", 300_000), ("s1", "c2", 100_000), ("s1", "c1", 700_000)]


def pairs_of(rows: list[tuple[str, str, int]], **changes: object) -> PairValues:
    startups, carriers, worth = zip(*rows, strict=True)
    return PairValues(
        startups, carriers, np.array(worth, np.int64), **{"likes": None, "liked": None, "calibrated": True, **changes}
    )


@given(st.permutations(PAIRS))
def test_the_order_of_the_pairs_does_not_matter(rows) -> None:
    market = market_of(pairs_of(rows), {"c1": 1, "c3": 4})

    assert (market.startups, market.carriers) == (("s1", "s2"), ("c1", "c2", "c3"))
    assert market.free.carriers.tolist() == [[0, 1], [0, 0]]
    assert market.free.worth.tolist() == [[700_000, 100_000], [300_000, 0]]
    assert market.places.tolist() == [1, UNKNOWN, 4]


def test_what_each_side_likes_stays_with_its_pair() -> None:
    market = market_of(pairs_of(PAIRS, likes=np.array([7, 8, 9]), liked=np.array([4, 5, 6])), {})

    assert market.likes.tolist() == [[9, 8], [7, 0]]
    assert market.liked.tolist() == [[6, 5], [4, 0]]


def test_a_startup_without_a_pair_is_looked_at_too() -> None:
    assert market_of(pairs_of(PAIRS), {}, also=["s0"]).free.are_pairs.any(axis=1).tolist() == [False, True, True]


def test_any_chance_at_all_is_worth_something() -> None:
    assert worth_of_probabilities(np.array([0, 1e-9, 0.5, 1])).tolist() == [0, 1, UNIT // 2, UNIT]


def test_scores_of_any_scale_are_worth_more_than_nothing_in_their_order() -> None:
    worth = worth_of_scores(np.array([-40.0, 10.0, 5.0]))

    assert worth[0] == UNIT // 1000
    assert worth[1] == UNIT
    assert worth[0] < worth[2] < worth[1]
    assert worth_of_scores(np.array([3.0, 3.0])).tolist() == [UNIT, UNIT]


def test_a_ranked_pair_is_worth_the_probability_of_a_good_visit() -> None:
    assert worth_of_ranked(np.array([0.0]), Calibration(slope=1, intercept=0)).tolist() == [UNIT // 2]


def test_an_order_keeps_what_is_equal_equal() -> None:
    assert as_order(np.array([0.5, -1, 0.5])).tolist() == [1, 0, 1]
