"""Looks at the list as a whole: the core park of a chain stays in sight."""

import numpy as np
from numpy.typing import NDArray

CORE_PARK_WITHIN = 3  # the policy's own yardstick: the core park is among the first three


def order_by_score(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Row numbers, best first; ties in the order of the rows, which is that of the ids."""
    return np.argsort(-scores, kind="stable")


def with_core_park(order: NDArray[np.int64], core_park: int | None) -> tuple[NDArray[np.int64], bool]:
    """The order with the core park lifted to the third place if it stands lower, and whether it was lifted.

    Args:
        order: row numbers, best first.
        core_park: its row; None where there is none, or a rule or a wish takes it off the list.
    """
    if core_park is None:
        return order, False
    place = int(np.flatnonzero(order == core_park)[0])
    if place < CORE_PARK_WITHIN:
        return order, False
    rest = np.delete(order, place)
    return np.insert(rest, CORE_PARK_WITHIN - 1, core_park), True
