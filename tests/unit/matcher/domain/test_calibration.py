"""The curve from score to probability, and the bands that follow from it."""

import numpy as np
import pytest

from matcher.domain.calibration import HIGH_FROM, MEDIUM_FROM, Calibration
from matcher.domain.errors import InvalidField

CURVE = Calibration(slope=2.0, intercept=-1.0)


def test_a_probability_is_the_logistic_function_of_the_score() -> None:
    assert CURVE.probability(0.5) == pytest.approx(0.5)
    assert CURVE.probability(1.5) == pytest.approx(1 / (1 + np.exp(-2)))


def test_a_band_begins_at_the_score_whose_probability_is_its_limit() -> None:
    high, medium = CURVE.bands

    assert CURVE.probability(high) == pytest.approx(HIGH_FROM)
    assert CURVE.probability(medium) == pytest.approx(MEDIUM_FROM)


def test_the_largest_scores_have_probabilities_too() -> None:
    assert CURVE.probabilities(np.array([-1e9, 1e9])) == pytest.approx([0.0, 1.0])


@pytest.mark.parametrize("slope", [0.0, -1.0, float("nan")])
def test_a_curve_that_does_not_rise_is_refused(slope) -> None:
    with pytest.raises(InvalidField, match="slope"):
        Calibration(slope=slope, intercept=0.0)
