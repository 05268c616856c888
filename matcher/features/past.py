"""The admissions that are known at one moment, and what they say of a carrier when looked at as one group."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
HALF_LIFE = 3.0  # windows after which an admission counts half, where recency is asked for


@dataclass(frozen=True)
class Past:
    """One row per admission, grouped by carrier."""

    startups: Ints  # rows of the startups, shape (n_past,)
    carriers: Ints  # rows of the carriers, ascending, shape (n_past,)
    ago: Ints  # windows back: 1 in the last window before the moment, shape (n_past,)
    n_carriers: int

    @classmethod
    def of(cls, startups: Ints, carriers: Ints, ago: Ints, n_carriers: int) -> Self:
        """From admissions in any order."""
        order = np.lexsort((startups, ago, carriers))
        return cls(startups[order], carriers[order], ago[order], n_carriers)

    def __len__(self) -> int:
        return len(self.startups)

    @property
    def recency(self) -> Floats:
        """Shape (n_past,); 1 in the last window."""
        weights: Floats = 0.5 ** ((self.ago - 1) / HALF_LIFE)
        return weights

    def counts(self, weights: Floats | None = None) -> Floats:
        """How many admissions each carrier has, or their weights' sum; shape (n_carriers,)."""
        return np.bincount(self.carriers, weights, self.n_carriers).astype(np.float64)

    def sums(self, of_startups: NDArray[np.floating], weights: Floats | None = None) -> Floats:
        """The sum over each carrier's startups of their rows in `of_startups`; shape (n_carriers, n_columns)."""
        total = np.zeros((self.n_carriers, of_startups.shape[1]))
        for carrier, rows in self.groups():
            chosen = of_startups[self.startups[rows]].astype(np.float64)
            total[carrier] = chosen.sum(axis=0) if weights is None else weights[rows] @ chosen
        return total

    def groups(self) -> Iterator[tuple[int, slice]]:
        """Each carrier that has admissions, and its rows."""
        if not len(self):
            return
        starts = np.flatnonzero(np.diff(self.carriers, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(self)], strict=True):
            yield int(self.carriers[start]), slice(int(start), int(end))
