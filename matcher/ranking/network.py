"""A ranker that was learned from one network's own files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.features.network_tables import NetworkTables
from matcher.features.past import Floats, Ints
from matcher.features.rounds import Events, pair_features
from matcher.ports import FloatMatrix

ADMITS_WEIGHT = 0.5  # of the carrier's utility beside the startup's; chosen on past rounds of recorded acceptances


class LearnedRanker(Protocol):
    """Features of pairs to the parts of one side's utility, as learned from what happened."""

    @property
    def criteria(self) -> tuple[str, ...]:
        """In the order of the parts."""

    def parts(self, X: FloatMatrix) -> FloatMatrix:  # noqa: N803 - named as everywhere in scikit-learn
        """Shape (n_pairs, n_criteria); NaN in a feature is unknown."""


class RankerLearner(Protocol):
    """Learns a ranker from queries of graded pairs."""

    def __call__(
        self,
        features: NDArray[np.float32],
        grades: NDArray[np.int64],
        sizes: Sequence[int],
        *,
        criteria: Sequence[str],
        directions: Sequence[int],
    ) -> LearnedRanker:
        """Learn.

        Args:
            features: shape (n_pairs, n_features), the pairs of a query side by side; NaN is unknown.
            grades: from 0 to 3, shape (n_pairs,).
            sizes: how many pairs each query has, in order.
            criteria: the criterion of each feature.
            directions: 1 where more of a feature must not speak against a pair, -1 the other way, 0 where it may.
        """


@dataclass(frozen=True)
class NetworkRanker:
    """What the startup gains and, where carriers also declined, whom the carrier admits."""

    gain: LearnedRanker
    admits: LearnedRanker | None  # None: no carrier admitted in two rounds, so nothing tells whom it prefers
    rare: Floats  # weights of the hashed words
    months: int  # of a window
    encoder_id: str
    features: tuple[str, ...]  # names of the columns, in order
    facts: Mapping[str, object] = field(default_factory=dict)  # how it was made, and how good it is

    def parts(self, tables: NetworkTables, events: Events, rows: Ints) -> Iterator[NDArray[np.float64]]:
        """For blocks of startups: parts of the score, shape (n_rows, n_carriers, n_criteria); they sum to the score."""
        for features in pair_features(tables, events.moment(0), rows):
            flat = features.reshape(-1, features.shape[-1]).astype(np.float64)
            yield joint_parts(self.gain, self.admits, flat).reshape(*features.shape[:2], -1)


def joint_parts(gain: LearnedRanker, admits: LearnedRanker | None, features: FloatMatrix) -> FloatMatrix:
    """What each criterion adds to both sides' utilities together, shape (n_pairs, n_criteria)."""
    parts = gain.parts(features)
    return parts if admits is None else parts + ADMITS_WEIGHT * admits.parts(features)
