"""What is said of an allocation: envy, waste, ranks lost."""

import numpy as np

from matcher.evaluation.allocation import envious, free_ranks, ranks_lost, wasting
from matcher.ports.allocation import Candidates

LISTS = Candidates(np.array([[0, 1], [0, 1]]), np.array([[900, 300], [500, 400]]))


def test_who_could_have_a_place_that_is_left_is_wasted_and_not_envious() -> None:
    chosen = np.array([[False, False], [True, False]])

    for places, envy, waste in ([2, 0], [False, False], [True, False]), ([1, 0], [True, False], [False, False]):
        found = (
            envious(LISTS, LISTS.worth, LISTS.worth, np.array(places), chosen, 1).tolist(),
            wasting(LISTS, np.array(places), chosen, 1).tolist(),
        )
        assert found == (envy, waste)


def test_nobody_envies_a_place_that_it_likes_less_or_where_it_is_liked_less() -> None:
    chosen = np.array([[True, False], [False, True]])

    assert not envious(LISTS, LISTS.worth, LISTS.worth, np.array([1, 1]), chosen, 1).any()


def test_ranks_are_lost_against_the_best_as_many_as_one_has() -> None:
    lists = Candidates(np.array([[0, 1, 2, 3]]), np.array([[9, 7, 7, 0]]))

    assert free_ranks(lists).tolist() == [[1, 2, 3, 0]]
    assert ranks_lost(free_ranks(lists), np.array([[True, False, True, False]])).tolist() == [0, 1]
