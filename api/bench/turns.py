"""Pieces of work in turns, so that whatever else the machine does hits all alike: medians and quartiles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Self

import numpy as np
from numpy.typing import NDArray

Work = Callable[[int], object]  # of the number of the round, so that each may ask something else
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Spread:
    """A median with the quartiles beside it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> Self:
        low, median, high = np.quantile(values, (0.25, 0.5, 0.75)).tolist()
        return cls(median, low, high)

    def times(self, factor: float) -> "Spread":
        return Spread(self.median * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Turns:
    """Processor seconds, shape (n_works, n_rounds)."""

    seconds: NDArray[np.float64]

    def of(self, work: int) -> Spread:
        return Spread.of(self.seconds[work])

    def ratio(self, work: int, to: int) -> Spread:
        """Of two works within each round."""
        return Spread.of(self.seconds[work] / self.seconds[to])


def in_turns(works: Sequence[Work], n_rounds: int, clock: Clock = process_time) -> Turns:
    """Each work once a round, after one round that does not count."""
    seconds = np.zeros((len(works), n_rounds))
    for number in range(-1, n_rounds):
        for place, work in enumerate(works):
            start = clock()
            work(max(0, number))
            if number >= 0:
                seconds[place, number] = clock() - start
    return Turns(np.maximum(seconds, 1e-9))  # a clock may stand still over very little work
