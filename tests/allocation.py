"""Small markets for allocations, and what can be said of any allocation of them."""

from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st

from api.bench.allocation import made_up_market
from matcher.ports.allocation import UNIT, Candidates
from matcher.ranking.wide_auction import priced_lists


@st.composite
def markets(draw, most_startups: int = 4, most_carriers: int = 3) -> tuple[Candidates, np.ndarray, int]:
    """Lists with gaps, carriers without a place, and equal worths among them; how many each startup may have."""
    n_startups, n_carriers = draw(st.integers(1, most_startups)), draw(st.integers(1, most_carriers))
    worth = draw(
        st.lists(
            st.lists(st.sampled_from([0, 1, 7, UNIT // 3, UNIT // 2, UNIT]), min_size=n_carriers, max_size=n_carriers),
            min_size=n_startups,
            max_size=n_startups,
        )
    )
    places = draw(st.lists(st.integers(0, 3), min_size=n_carriers, max_size=n_carriers))
    orders = [draw(st.permutations(range(n_carriers))) for _ in range(n_startups)]
    carriers = np.array(orders, np.int64)
    lists = Candidates(carriers, np.take_along_axis(np.array(worth, np.int64), carriers, axis=1))
    return lists, np.array(places, np.int64), draw(st.integers(1, 3))


def a_crowded_market(
    n_startups: int, n_carriers: int, k: int, *, width: int
) -> tuple[np.ndarray, Candidates, np.ndarray]:
    """All worths, lists of the best of each startup, and places."""
    worth, places = made_up_market(n_startups, n_carriers, k)
    return worth, priced_lists(worth, np.ones_like(places), np.zeros_like(places), width), places


def places_used(lists: Candidates, chosen: np.ndarray, n_carriers: int) -> np.ndarray:
    return np.bincount(lists.carriers[chosen], minlength=n_carriers)


def breaks_nothing(lists: Candidates, chosen: np.ndarray, places: np.ndarray, k: int) -> bool:
    return bool(
        (places_used(lists, chosen, len(places)) <= places).all()
        and (chosen.sum(axis=1) <= k).all()
        and lists.are_pairs[chosen].all()
    )


def best_by_trying_all(lists: Candidates, places: np.ndarray, k: int) -> int:
    """The largest sum of worth of any allocation."""
    width = lists.worth.shape[1]
    choices = [slots for n in range(min(k, width) + 1) for slots in combinations(range(width), n)]
    best = 0
    for chosen in product(choices, repeat=len(lists)):
        flags = np.zeros(lists.worth.shape, bool)
        for row, slots in enumerate(chosen):
            flags[row, list(slots)] = True
        if breaks_nothing(lists, flags, places, k):
            best = max(best, int(lists.worth[flags].sum()))
    return best
