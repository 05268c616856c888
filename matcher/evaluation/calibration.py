"""Do probabilities hold? Reliability bins, calibration error, Brier score, and the logistic curve fitted anew."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.calibration import HIGH_FROM, MEDIUM_FROM, Calibration, FloatVector
from matcher.domain.errors import InvalidField
from matcher.evaluation.intervals import FloatMatrix, IntVector, Statistic, ratio

N_STEPS = 50  # of Newton's method; it needs about ten
LEAST_GAIN = 1e-12  # step, in both parameters, below which the fit stands still
PULL = 1e-6  # towards 0, so that scores that part the grades perfectly have a finite slope

Bins = list[NDArray[np.int64]]  # the places of the predictions in each bin


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Predictions of about the same probability, and how often they came true."""

    probability: float  # mean
    share: float  # that came true
    n: int


def equal_mass_bins(probabilities: FloatVector, n_bins: int) -> Bins:
    """The predictions by probability, cut into parts of the same size (within one); empty parts are left out.

    Source: Nguyen & O'Connor, EMNLP 2015: with bins of equal width most of them would be nearly empty.
    """
    parts = np.array_split(np.argsort(probabilities, kind="stable"), n_bins)
    return [part.astype(np.int64) for part in parts if len(part)]


def band_bins(probabilities: FloatVector) -> Bins:
    """The predictions by the band that people see, lowest first; empty bands are left out."""
    numbers = band_numbers(probabilities)
    return [np.flatnonzero(numbers == one) for one in np.unique(numbers)]


def band_numbers(probabilities: FloatVector) -> IntVector:
    """0 low, 1 medium, 2 high."""
    return np.digitize(probabilities, (MEDIUM_FROM, HIGH_FROM)).astype(np.int64)


def reliability(probabilities: FloatVector, outcomes: FloatVector, bins: Bins) -> tuple[Bin, ...]:
    """What was promised and what came true, bin by bin; `outcomes` are 1 and 0."""
    return tuple(
        Bin(probability=float(probabilities[rows].mean()), share=float(outcomes[rows].mean()), n=len(rows))
        for rows in bins
    )


def calibration_error(
    probabilities: FloatVector, outcomes: FloatVector, bins: Bins, queries: IntVector, n_queries: int
) -> Statistic:
    """Expected calibration error (ECE) as a function of the weights of queries; the bins stay as they are.

    ECE = sum over bins of (n_bin / n) * |mean probability - share that came true|.

    Args:
        probabilities: shape (n_predictions,).
        outcomes: 1 where it came true, else 0.
        bins: each prediction is in one of them.
        queries: the query of each prediction, from 0.
        n_queries: how many there are; some may have no prediction.

    Source: Naeini, Cooper & Hauskrecht, AAAI 2015; Guo et al., ICML 2017.
    """
    gaps, counts = np.zeros((n_queries, len(bins))), np.zeros((n_queries, len(bins)))
    for column, rows in enumerate(bins):
        gap = probabilities[rows] - outcomes[rows]
        gaps[:, column] = np.bincount(queries[rows], weights=gap, minlength=n_queries)
        counts[:, column] = np.bincount(queries[rows], minlength=n_queries)

    def statistic(weights: FloatMatrix) -> FloatVector:
        return ratio(np.abs(weights @ gaps).sum(axis=1), (weights @ counts).sum(axis=1))

    return statistic


def brier(probabilities: FloatVector, outcomes: FloatVector, queries: IntVector, n_queries: int) -> Statistic:
    """Mean squared distance of probability and outcome, as a function of the weights of queries.

    Source: Brier, Monthly Weather Review 78(1), 1950, for two outcomes and with one term.
    """
    squares = np.bincount(queries, weights=(probabilities - outcomes) ** 2, minlength=n_queries)
    counts = np.bincount(queries, minlength=n_queries).astype(np.float64)

    def statistic(weights: FloatMatrix) -> FloatVector:
        return ratio(weights @ squares, weights @ counts)

    return statistic


def fit_calibration(scores: FloatVector, outcomes: FloatVector) -> Calibration:
    """The logistic curve of largest likelihood, by Newton's method.

    Args:
        scores: shape (n_pairs,).
        outcomes: 1 for a good visit, else 0.

    Raises:
        InvalidField: there are not both kinds of pairs, or higher scores do not go with better grades.

    Source: Platt, Advances in Large Margin Classifiers, 1999; the steps as in McCullagh & Nelder, Generalized Linear
    Models, 1989, §4.4.
    """
    if not 0 < outcomes.sum() < len(outcomes):
        raise InvalidField("A calibration needs good pairs and others.", field="grades")
    columns = np.column_stack([scores, np.ones(len(scores))])
    parameters = np.zeros(2)
    for _ in range(N_STEPS):
        probabilities = 1 / (1 + np.exp(-np.clip(columns @ parameters, -30, 30)))
        slope = columns.T @ (probabilities - outcomes) + PULL * parameters
        curvature = (columns * (probabilities * (1 - probabilities))[:, None]).T @ columns + PULL * np.eye(2)
        step = np.linalg.solve(curvature, slope)
        parameters = parameters - step
        if np.abs(step).max() < LEAST_GAIN:
            break
    return Calibration(slope=float(parameters[0]), intercept=float(parameters[1]))


def cross_fitted(scores: FloatVector, outcomes: FloatVector, folds: IntVector) -> FloatVector:
    """The probability of each pair from a curve that was fitted without its fold; NaN where none can be fitted."""
    probabilities = np.full(len(scores), np.nan)
    for fold in np.unique(folds):
        held_out = folds == fold
        try:
            fitted = fit_calibration(scores[~held_out], outcomes[~held_out])
        except InvalidField:  # too few pairs to tell good from bad: unknown, not 0
            continue
        probabilities[held_out] = fitted.probabilities(scores[held_out])
    return probabilities
