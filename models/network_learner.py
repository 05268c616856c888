"""Learns a network's utilities with the additive trees and the linear choice, as they were tuned."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.additive_ranker import AdditiveRanker
from models.linear_choice import LinearChoice

SEED = 1


class AdditiveLearner:
    """Answers `NetworkLearner`."""

    def ranker(
        self,
        features: NDArray[np.float32],
        grades: NDArray[np.int64],
        sizes: Sequence[int],
        *,
        criteria: Sequence[str],
        directions: Sequence[int],
    ) -> AdditiveRanker:
        """From queries whose pairs stand side by side."""
        ranker = AdditiveRanker(criterion_of_feature=tuple(criteria), directions=tuple(directions), seed=SEED)
        return ranker.fit(features, grades, sizes=sizes)

    def choice(
        self,
        blocks: Sequence[NDArray[np.float32]],
        grades: Sequence[NDArray[np.int64]],
        *,
        criteria: Sequence[str],
        used: Sequence[int],
    ) -> LinearChoice:
        """From blocks of startups with the same candidates."""
        return LinearChoice(criterion_of_feature=tuple(criteria), used=tuple(used)).fit(blocks, grades)
