"""What is learned: texts to vectors and profiles, pairs to scores."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.domain.calibration import Calibration
from matcher.domain.ids import CarrierId
from matcher.domain.startups import Description, Profile

FloatMatrix = NDArray[np.float64]
Embeddings = NDArray[np.float32]  # rows of unit length, or zero where there is no content


class Encoder(Protocol):
    """Texts to centred embeddings."""

    @property
    def id(self) -> str:
        """Name and revision: vectors of different ids are not comparable."""

    @property
    def dims(self) -> int: ...

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Embeddings:
        """Shape (n_texts, dims)."""

    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Embeddings, list[Embeddings]]:
        """The whole texts, shape (n_texts, dims), and for each text one row per span of characters."""


class Reader(Protocol):
    """Descriptions to profiles."""

    @property
    def id(self) -> str: ...

    def read(self, descriptions: Sequence[Description], on: date) -> list[Profile]:
        """One profile per description; ages are counted up to `on`."""


class PastRatings(Protocol):
    """What happened to startups like the one that asks."""

    @property
    def n_columns(self) -> tuple[int, int, int]:
        """Of sub-fields, industries and stages."""

    def rated(
        self,
        *,
        subfields: FloatMatrix,
        industries: FloatMatrix,
        stages: FloatMatrix,
        carriers: Sequence[CarrierId],
    ) -> FloatMatrix:
        """Two mean grades, from 0 to 3, of each carrier by startups like these.

        Args:
            subfields: probabilities of those who ask, shape (n_startups, n_subfields).
            industries: the same, shape (n_startups, n_industries).
            stages: the same, shape (n_startups, n_stages); a row of NaN where the stage cannot be told.
            carriers: whose grades, in order.

        Returns:
            Shape (n_startups, n_carriers, 2): by likeness in field and stage, and in industry; NaN for a carrier of
            which nothing was recorded.
        """


class Ranker(Protocol):
    """Features of pairs to the parts of their scores; additive, so that parts are exact."""

    @property
    def id(self) -> str: ...

    @property
    def past(self) -> PastRatings | None:
        """What the ranker wants to be told of the past; None where it asks for nothing."""

    @property
    def calibration(self) -> Calibration:
        """From a score to the probability that the match is a good visit."""

    @property
    def bands(self) -> tuple[float, float]:
        """Scores from which a match is called high, and medium; they follow from the calibration."""

    def parts(self, features: FloatMatrix) -> tuple[FloatMatrix, FloatMatrix]:
        """What the startup gains and what the carrier gains, by criterion.

        Args:
            features: shape (n_pairs, n_features), columns in the order of `PAIR_FEATURES`; NaN is unknown.

        Returns:
            Two matrices of shape (n_pairs, n_criteria), in the order of `Criterion`.
        """


class Weight(Protocol):
    """What one feature adds to each side's log-odds: weight times (value - neutral); an unknown value adds nothing."""

    @property
    def feature(self) -> str: ...
    @property
    def startup(self) -> float: ...
    @property
    def carrier(self) -> float: ...
    @property
    def neutral(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Correction:
    """What was learned about one criterion on top of the weights."""

    features: frozenset[str]  # that it looks at; where all are unknown it adds nothing
    most: float  # that it can add to a score


class SeparableRanker(Ranker, Protocol):
    """A ranker that is linear but for corrections, each of which looks at few features: so all pairs can be bounded."""

    @property
    def weights(self) -> Sequence[Weight]:
        """One for each feature."""

    @property
    def corrections(self) -> Collection[Correction]: ...
