"""Joins what the startup gains and what the carrier gains to one score that stays a sum of parts."""

import numpy as np
from numpy.typing import NDArray

FloatMatrix = NDArray[np.float64]
FloatVector = NDArray[np.float64]
STEPS = 2.0**12  # parts are multiples of 1/STEPS: binary fractions, so that their sums are exact in any order


def reciprocal_parts(startup_parts: FloatMatrix, carrier_parts: FloatMatrix) -> FloatMatrix:
    """The mean of both sides' parts, shape (n_pairs, n_criteria), each a multiple of 2 ** -12.

    Utilities are log-odds, so the mean of the two is the logarithm of the geometric mean of their odds: one side's
    enthusiasm does not make up for the other's refusal, and the score is still a sum over criteria.
    """
    return np.round((startup_parts + carrier_parts) / 2 * STEPS) / STEPS


def utility(parts: FloatMatrix) -> FloatVector:
    """One side's utility in [0, 1]: the logistic function of the sum of its parts, shape (n_pairs,)."""
    return 1 / (1 + np.exp(-parts.sum(axis=1)))  # type: ignore[no-any-return]
