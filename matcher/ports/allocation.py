"""Who may go where and what it is worth, and what shares the places out."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
UNIT = 1_000_000  # worth is counted in whole millionths, so that sums and comparisons are exact on every machine


@dataclass(frozen=True)
class Candidates:
    """A list of carriers for each startup, all of one width; who is not in it never gets there."""

    carriers: Ints  # rows, shape (n_startups, width), each at most once in a row; any where there is no pair
    worth: Ints  # in millionths, shape (n_startups, width); 0 where there is no pair, else above 0

    @property
    def are_pairs(self) -> Flags:
        return self.worth > 0

    def __len__(self) -> int:
        return len(self.worth)


class Allocates(Protocol):
    """Shares places out so that the sum of worth is as large as can be."""

    def __call__(self, candidates: Candidates, places: Ints, k: int) -> Flags:
        """Which pairs are placed, shape (n_startups, width).

        Args:
            candidates: the pairs.
            places: of each carrier, 0 or more.
            k: most carriers of a startup.
        """
