"""What happened to startups like this one: the grades that judged startups got from each carrier."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.domain.ids import CarrierId

Floats = NDArray[np.float64]
LIKE_ANOTHER_STAGE = 0.2  # how much a startup of quite another stage still counts
HARDLY_ALIKE = 1e-3  # weight of a startup that has nothing in common, so that there always is a mean
SHRINKAGE = 0.3  # weight of the carrier's mean over all startups


@dataclass(frozen=True)
class JudgedStartups:
    """Startups whose matches were graded from 0 to 3 (or admitted: 3), as they were read."""

    subfields: Floats  # probabilities, shape (n, n_subfields)
    industries: Floats  # shape (n, n_industries)
    stages: Floats  # shape (n, n_stages); even where the stage could not be told
    carriers: tuple[CarrierId, ...]
    grades: Floats  # shape (n, n_carriers)

    @property
    def n_columns(self) -> tuple[int, int, int]:
        """Of sub-fields, industries and stages."""
        return self.subfields.shape[1], self.industries.shape[1], self.stages.shape[1]

    def rated(
        self,
        *,
        subfields: Floats,
        industries: Floats,
        stages: Floats,
        carriers: Sequence[CarrierId],
        left_out: NDArray[np.bool_] | None = None,
    ) -> Floats:
        """As `PastRatings` says.

        `left_out` names who takes no part for which asker, shape (n_startups, n_judged): in training a startup must not
        see its own grades, nor those of its translations.
        """
        field = (industries @ self.industries.T + subfields @ self.subfields.T) / 2
        stage = even_where_unknown(stages) @ self.stages.T
        both = field * (LIKE_ANOTHER_STAGE + stage) + HARDLY_ALIKE
        industry = industries @ self.industries.T + HARDLY_ALIKE
        if left_out is not None:
            both, industry = np.where(left_out, 0.0, both), np.where(left_out, 0.0, industry)
        by_both = (both @ self.grades + SHRINKAGE * self._overall) / (both.sum(axis=1, keepdims=True) + SHRINKAGE)
        by_industry = (industry @ self.grades) / industry.sum(axis=1, keepdims=True)
        columns = np.array([self._column_of.get(carrier, -1) for carrier in carriers], np.int64)
        rated = np.stack([by_both, by_industry], axis=-1)[:, columns]
        return np.where((columns >= 0)[None, :, None], rated, np.nan)

    @cached_property
    def _overall(self) -> Floats:
        return self.grades.mean(axis=0)  # type: ignore[no-any-return]

    @cached_property
    def _column_of(self) -> dict[CarrierId, int]:
        return {carrier: number for number, carrier in enumerate(self.carriers)}


def even_where_unknown(stages: Floats) -> Floats:
    """Stage probabilities, the same for each stage where a row is unknown."""
    return np.where(np.isnan(stages), 1 / stages.shape[1], stages)
