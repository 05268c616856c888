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

# Of the carrier's utility and of the linear model beside the startup's utility; chosen on past rounds of recorded
# acceptances.
ADMITS_WEIGHT = 0.5
CHOICE_WEIGHT = 0.5
Features = NDArray[np.float32]  # NaN is unknown


class LearnedRanker(Protocol):
    """Features of pairs to the parts of one side's utility, as learned from what happened."""

    @property
    def criteria(self) -> tuple[str, ...]:
        """In the order of the parts."""

    def parts(self, X: FloatMatrix) -> FloatMatrix:  # noqa: N803 - named as everywhere in scikit-learn
        """Shape (n_pairs, n_criteria) from (n_pairs, n_features)."""


class LearnedChoice(Protocol):
    """The same for what a startup chooses among the open carriers; it sees all candidates of a startup at once."""

    def parts(self, X: Features, is_open: NDArray[np.bool_]) -> Floats:  # noqa: N803
        """Shape (n_startups, n_carriers, n_criteria) from (n_startups, n_carriers, n_features)."""


class NetworkLearner(Protocol):
    """Learns from graded pairs; each feature belongs to a criterion, in the order of `criteria`."""

    def ranker(
        self,
        features: Features,
        grades: Ints,
        sizes: Sequence[int],
        *,
        criteria: Sequence[str],
        directions: Sequence[int],
    ) -> LearnedRanker:
        """From queries whose pairs stand side by side.

        Args:
            features: shape (n_pairs, n_features).
            grades: from 0 to 3, shape (n_pairs,).
            sizes: how many pairs each query has, in order.
            criteria: the criterion of each feature.
            directions: 1 where more of a feature must not speak against a pair, -1 the other way, 0 where it may.
        """

    def choice(
        self, blocks: Sequence[Features], grades: Sequence[Ints], *, criteria: Sequence[str], used: Sequence[int]
    ) -> LearnedChoice:
        """From blocks of startups with the same candidates.

        Args:
            blocks: each of shape (n_startups, n_carriers, n_features).
            grades: each of shape (n_startups, n_carriers).
            criteria: the criterion of each feature.
            used: the features that are looked at.
        """


@dataclass(frozen=True)
class Utilities:
    """What was learned: what the startup gains, whom the carrier admits, and a linear model beside them."""

    gain: LearnedRanker
    admits: LearnedRanker | None  # None: no carrier admitted in two rounds, so nothing tells whom it prefers
    choice: LearnedChoice

    def parts(self, features: Features, is_open: NDArray[np.bool_]) -> Floats:
        """What each criterion adds to the score, shape (n_startups, n_carriers, n_criteria).

        Args:
            features: shape (n_startups, n_carriers, n_features).
            is_open: carriers that may be chosen, shape (n_carriers,).
        """
        flat = features.reshape(-1, features.shape[-1]).astype(np.float64)
        parts = self.gain.parts(flat)
        if self.admits is not None:
            parts += ADMITS_WEIGHT * self.admits.parts(flat)
        of_trees: Floats = parts.reshape(*features.shape[:2], parts.shape[1])
        return of_trees + CHOICE_WEIGHT * self.choice.parts(features, is_open)


@dataclass(frozen=True)
class NetworkRanker:
    """The utilities, and what is needed to measure a pair as it was measured when they were learned."""

    utilities: Utilities
    rare: Floats  # weights of the hashed words
    months: int  # of a window
    encoder_id: str
    features: tuple[str, ...]  # names of the columns, in order
    facts: Mapping[str, object] = field(default_factory=dict)  # how it was made, and how good it is

    @property
    def criteria(self) -> tuple[str, ...]:
        return self.utilities.gain.criteria

    def parts(self, tables: NetworkTables, events: Events, rows: Ints) -> Iterator[Floats]:
        """For blocks of startups: parts, shape (n_rows, n_carriers, n_criteria), that sum to the score."""
        moment = events.moment(0)
        for features in pair_features(tables, moment, rows):
            yield self.utilities.parts(features, moment.is_open)
