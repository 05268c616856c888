"""The order by score, and the core park kept in sight."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.reranking import CORE_PARK_WITHIN, order_by_score, with_core_park

orders = st.integers(1, 9).flatmap(lambda n: st.permutations(range(n))).map(np.array)


def test_the_best_score_comes_first_and_ties_keep_the_order_of_the_ids() -> None:
    assert order_by_score(np.array([1.0, 3.0, 1.0, 3.0])).tolist() == [1, 3, 0, 2]


@given(orders, st.data())
def test_the_core_park_is_within_the_first_three_and_nobody_else_changes_places(order, data) -> None:
    park = data.draw(st.sampled_from(order.tolist()))

    new, lifted = with_core_park(order, park)

    assert new.tolist().index(park) < CORE_PARK_WITHIN
    assert lifted == (order.tolist().index(park) >= CORE_PARK_WITHIN)
    assert [row for row in new.tolist() if row != park] == [row for row in order.tolist() if row != park]


@given(orders)
def test_without_a_core_park_the_order_stays(order) -> None:
    new, lifted = with_core_park(order, None)

    assert new.tolist() == order.tolist()
    assert not lifted
