"""How sure a figure is: bootstrap percentile intervals and paired tests, all resamples at once.

A figure is a function of weights: how often each query counts. Weight one for all gives the figure itself, drawn
weights give its bootstrap distribution. Queries that belong together (the same text in three languages) are drawn
together, for they are no independent evidence.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

FloatVector = NDArray[np.float64]
FloatMatrix = NDArray[np.float64]
IntVector = NDArray[np.int64]
Statistic = Callable[[FloatMatrix], FloatVector]  # weights (n_resamples, n_queries) -> figures (n_resamples,)

COVERAGE = 0.95
N_RESAMPLES = 2_000
N_FLIPS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with its interval; all NaN where no query counts."""

    value: float
    low: float
    high: float


def group_numbers(groups: Sequence[Hashable]) -> IntVector:
    """The number of each query's group, counted in order of first sight, shape (n_queries,)."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(group, len(numbers)) for group in groups], dtype=np.int64)


def bootstrap(
    statistic: Statistic,
    groups: IntVector,
    rng: Generator,
    *,
    coverage: float = COVERAGE,
    n_resamples: int = N_RESAMPLES,
) -> Estimate:
    """The figure and its percentile interval.

    Args:
        statistic: the figure as a function of weights; NaN where it is not defined, such resamples are left out.
        groups: the group of each query, shape (n_queries,), numbered from 0.
        rng: where chance comes from.
        coverage: in (0, 1).
        n_resamples: how often the groups are drawn.

    Source: Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13; groups as in cluster sampling.
    """
    if not len(groups):
        return Estimate(value=np.nan, low=np.nan, high=np.nan)
    value = float(statistic(np.ones((1, len(groups))))[0])
    drawn = statistic(_drawn_weights(groups, rng, n_resamples))
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return Estimate(value=value, low=np.nan, high=np.nan)
    low, high = np.quantile(drawn, [(1 - coverage) / 2, (1 + coverage) / 2])
    return Estimate(value=value, low=float(low), high=float(high))


def weighted_mean(values: FloatVector) -> Statistic:
    """The mean over the queries whose value is not NaN; NaN where no such query counts."""
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)

    def statistic(weights: FloatMatrix) -> FloatVector:
        return ratio(weights @ filled, weights @ known.astype(np.float64))

    return statistic


def share_of(n_hits: FloatVector, n_all: FloatVector) -> Statistic:
    """Hits among all of all queries together, from two counts per query; NaN where there is nothing to hit."""

    def statistic(weights: FloatMatrix) -> FloatVector:
        return ratio(weights @ n_hits, weights @ n_all)

    return statistic


def micro_f1(n_shared: FloatVector, n_wanted: FloatVector, n_said: FloatVector) -> Statistic:
    """F1 over all labels of all queries together, from three counts per query; NaN where nobody names any."""

    def statistic(weights: FloatMatrix) -> FloatVector:
        return ratio(2 * (weights @ n_shared), weights @ (n_wanted + n_said))

    return statistic


def macro_f1(wanted: IntVector, said: IntVector, n_classes: int) -> Statistic:
    """Mean F1 of the classes that occur among the wanted; classes are numbered from 0, -1 is an answer of no class."""

    def statistic(weights: FloatMatrix) -> FloatVector:
        scores = []
        for one in range(n_classes):
            is_wanted, is_said = (wanted == one).astype(np.float64), (said == one).astype(np.float64)
            f1 = ratio(2 * (weights @ (is_wanted * is_said)), weights @ (is_wanted + is_said))
            scores.append(np.where(weights @ is_wanted > 0, f1, np.nan))
        by_class = np.array(scores)  # (n_classes, n_resamples)
        return ratio(np.nansum(by_class, axis=0), (~np.isnan(by_class)).sum(axis=0).astype(np.float64))

    return statistic


def paired_randomisation(
    first: FloatVector, second: FloatVector, groups: IntVector, rng: Generator, *, n_flips: int = N_FLIPS
) -> float:
    """Two-sided p of "both systems are equally good": whose value is whose is drawn anew, group by group.

    Args:
        first: the values of one system, shape (n_queries,); a query that is NaN in either is left out.
        second: the values of the other, in the same order.
        groups: the group of each query, numbered from 0.
        rng: where chance comes from.
        n_flips: how many assignments are drawn.

    Returns:
        In (0, 1]; never 0, because the assignment seen counts as one of those drawn. NaN where no query is left.

    Source: Smucker, Allan & Carterette, CIKM 2007; the +1 after Davison & Hinkley, Bootstrap Methods, 1997, §4.2.
    """
    difference = first - second
    known = ~np.isnan(difference)
    if not known.any():
        return np.nan
    by_group = np.bincount(groups[known], weights=difference[known])
    signs = rng.integers(0, 2, size=(n_flips, len(by_group))) * 2.0 - 1.0
    seen = abs(by_group.sum())
    as_far = np.abs(signs @ by_group) >= seen * (1 - 1e-12)  # rounding must not break a tie
    return float((1 + as_far.sum()) / (1 + n_flips))


def _drawn_weights(groups: IntVector, rng: Generator, n_resamples: int) -> FloatMatrix:
    n_groups = int(groups.max()) + 1
    times_drawn = rng.multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=n_resamples)
    return times_drawn[:, groups].astype(np.float64)


def ratio(numerator: FloatVector, denominator: FloatVector) -> FloatVector:
    """NaN where the denominator is 0."""
    ratio = np.full(len(denominator), np.nan)
    np.divide(numerator, denominator, out=ratio, where=denominator > 0)
    return ratio
