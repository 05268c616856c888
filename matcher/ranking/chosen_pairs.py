"""Scores chosen pairs exactly as a single list does: the same features, the same ranker, the same rounding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from matcher.domain.matches import Criterion
from matcher.features.pairs import PairBlock, pair_features
from matcher.features.sides import Askers, Homes
from matcher.features.tables import StartupTable
from matcher.ports import Ranker
from matcher.ranking.reciprocal import reciprocal_parts, utility

N_AT_ONCE = 1_024  # pairs whose columns are held at once: what fits the cache
Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


class Past(Protocol):
    """What is recorded of the few carriers of which anything is."""

    @property
    def place(self) -> Rows:
        """Of each carrier among those, -1 for the others."""

    def rated(self, startups: StartupTable) -> Floats:
        """Shape (n_startups, n_of_those, 2)."""


@dataclass(frozen=True)
class PairScores:
    """One row a pair. 32 bits hold parts and score exactly: they are multiples of 2 ** -12 and small."""

    score: NDArray[np.float32]
    startup_utility: NDArray[np.float32]
    carrier_utility: NDArray[np.float32]
    parts: NDArray[np.float32]  # shape (n_pairs, n_criteria)

    def __len__(self) -> int:
        return len(self.score)

    def rows(self, chosen: Rows) -> Self:
        return type(self)(**{column.name: getattr(self, column.name)[chosen] for column in fields(self)})

    @classmethod
    def joined(cls, some: Sequence[Self]) -> Self:
        """All of them in this order; there is at least one."""
        return cls(
            **{column.name: np.concatenate([getattr(one, column.name) for one in some]) for column in fields(cls)}
        )


def score_chosen(askers: Askers, homes: Homes, past: Past, ranker: Ranker, pairs: tuple[Rows, Rows]) -> PairScores:
    """One row for each pair.

    Args:
        askers: the startups.
        homes: the carriers.
        past: what is recorded of these carriers.
        ranker: as it serves single lists.
        pairs: rows of the startups, and of the carriers.
    """
    n_pairs = len(pairs[0])
    parts = np.empty((n_pairs, len(Criterion)), np.float32)
    utilities = np.empty((2, n_pairs), np.float32)
    rated = past.rated(askers.table) if len(past.place) else np.zeros((len(askers), 0, 2))
    for some in _blocks(n_pairs):
        i, j = pairs[0][some], pairs[1][some]
        of_past = None
        if rated.shape[1]:
            of_past = np.where(past.place[j, None] >= 0, rated[i, past.place[j]], np.nan)
        block = PairBlock(
            startups=askers.table.rows(i),
            carriers=homes.table.rows(j),
            chain_columns=homes.chain_columns,
            wished_place=homes.wished_by(askers.facts.wish[i], j),
            rated=of_past,
        )
        startup_parts, carrier_parts = ranker.parts(pair_features(block))
        parts[some] = reciprocal_parts(startup_parts, carrier_parts)
        utilities[0, some], utilities[1, some] = utility(startup_parts), utility(carrier_parts)
    return PairScores(parts.sum(axis=1), utilities[0], utilities[1], parts)


def _blocks(n_pairs: int) -> Iterator[slice]:
    for start in range(0, n_pairs, N_AT_ONCE):
        yield slice(start, min(start + N_AT_ONCE, n_pairs))
