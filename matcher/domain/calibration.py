"""From a score to the probability that a match is a good visit, and from there to a band in words."""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from matcher.domain.errors import InvalidField

HIGH_FROM = 0.6  # probabilities from which a match is called high, and medium
MEDIUM_FROM = 0.3
LARGEST_EXPONENT = 500.0  # beyond it a probability is 0 or 1 to the last digit, and exp is still finite

FloatVector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A logistic curve over scores; it rises, so that the order of a list and of its probabilities are one.

    Source: Platt, Advances in Large Margin Classifiers, 1999.
    """

    slope: float  # log-odds for each unit of the score
    intercept: float  # log-odds at score 0

    def __post_init__(self) -> None:
        if not self.slope > 0:
            raise InvalidField("The slope of a calibration is above 0.", field="slope")

    def probabilities(self, scores: FloatVector) -> FloatVector:
        """In [0, 1], one for each score."""
        log_odds = np.clip(self.slope * scores + self.intercept, -LARGEST_EXPONENT, LARGEST_EXPONENT)
        return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float64)

    def probability(self, score: float) -> float:
        return float(self.probabilities(np.array([score]))[0])

    def score_at(self, probability: float) -> float:
        """The score that has this probability, which lies between 0 and 1."""
        return (log(probability / (1 - probability)) - self.intercept) / self.slope

    @property
    def bands(self) -> tuple[float, float]:
        """Scores from which a match is high, and medium."""
        return self.score_at(HIGH_FROM), self.score_at(MEDIUM_FROM)
