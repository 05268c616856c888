"""Calibration error, Brier score and the fitted curve against numbers worked out by hand and known truths."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from matcher.domain.errors import InvalidField
from matcher.evaluation.calibration import (
    band_bins,
    brier,
    calibration_error,
    cross_fitted,
    equal_mass_bins,
    fit_calibration,
    reliability,
)

RNG = np.random.default_rng(3)
SCORES = RNG.normal(0, 2, 4_000)
TRUE = 1 / (1 + np.exp(-(1.5 * SCORES - 1)))
GOOD = (RNG.random(4_000) < TRUE).astype(float)


def value(statistic, n_queries: int) -> float:
    return float(statistic(np.ones((1, n_queries)))[0])


def test_bins_of_equal_mass_hold_equally_many_by_rising_probability() -> None:
    bins = equal_mass_bins(np.array([0.9, 0.1, 0.5, 0.2, 0.8]), 2)

    assert [rows.tolist() for rows in bins] == [[1, 3, 2], [4, 0]]


def test_more_bins_than_predictions_leave_none_empty() -> None:
    assert len(equal_mass_bins(np.array([0.3, 0.6]), 5)) == 2
    assert equal_mass_bins(np.array([]), 5) == []


def test_bins_of_bands_begin_at_their_limits() -> None:
    bins = band_bins(np.array([0.6, 0.59, 0.3, 0.29]))

    assert [rows.tolist() for rows in bins] == [[3], [1, 2], [0]]


def test_the_error_is_the_mean_gap_of_the_bins_by_hand() -> None:
    probabilities, outcomes = np.array([0.2, 0.4, 0.9, 0.7]), np.array([0.0, 1.0, 1.0, 1.0])
    bins = equal_mass_bins(probabilities, 2)  # 0.3 promised, 0.5 true; 0.8 promised, 1.0 true

    assert value(calibration_error(probabilities, outcomes, bins, np.arange(4), 4), 4) == pytest.approx(0.2)
    low, high = reliability(probabilities, outcomes, bins)
    assert (low.probability, low.share, low.n) == (pytest.approx(0.3), 0.5, 2)
    assert (high.probability, high.share, high.n) == (pytest.approx(0.8), 1.0, 2)


def test_a_query_that_counts_twice_counts_twice_in_its_bins() -> None:
    probabilities, outcomes = np.array([0.5, 0.5]), np.array([1.0, 0.0])
    error = calibration_error(probabilities, outcomes, [np.array([0, 1])], np.array([0, 1]), 2)

    assert error(np.array([[1.0, 1.0], [2.0, 0.0], [2.0, 1.0]])) == pytest.approx([0.0, 0.5, 1 / 6])


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    score = brier(np.array([0.5, 1.0, 0.0]), np.array([1.0, 1.0, 1.0]), np.array([0, 0, 2]), 3)

    assert value(score, 3) == pytest.approx((0.25 + 0 + 1) / 3)


def test_probabilities_that_are_true_have_almost_no_error_and_overconfident_ones_do() -> None:
    queries = np.arange(len(TRUE))

    def error(probabilities) -> float:
        bins = equal_mass_bins(probabilities, 10)
        return value(calibration_error(probabilities, GOOD, bins, queries, len(queries)), len(queries))

    assert error(TRUE) < 0.02
    assert error(np.round(TRUE)) > 0.1


def test_no_prediction_has_no_error() -> None:
    nothing = np.array([])

    assert np.isnan(value(calibration_error(nothing, nothing, [], np.array([], dtype=np.int64), 2), 2))


def test_the_curve_is_that_of_a_logistic_regression_without_penalty() -> None:
    fitted = fit_calibration(SCORES, GOOD)
    model = LogisticRegression(C=1e9, tol=1e-9).fit(SCORES[:, None], GOOD)

    assert fitted.slope == pytest.approx(model.coef_[0, 0], rel=1e-3)
    assert fitted.intercept == pytest.approx(model.intercept_[0], rel=1e-3)


def test_scores_that_part_the_grades_perfectly_still_have_a_curve() -> None:
    fitted = fit_calibration(np.array([-1.0, -0.5, 0.5, 1.0]), np.array([0.0, 0.0, 1.0, 1.0]))

    assert np.isfinite(fitted.slope)
    assert fitted.probability(1.0) > 0.9


@pytest.mark.parametrize("good", [[0.0, 0.0], [1.0, 1.0]])
def test_pairs_of_one_kind_alone_cannot_be_calibrated_on(good) -> None:
    with pytest.raises(InvalidField, match="good pairs and others"):
        fit_calibration(np.array([0.0, 1.0]), np.array(good))


def test_scores_that_go_against_the_grades_are_no_calibration() -> None:
    with pytest.raises(InvalidField, match="slope"):
        fit_calibration(-SCORES, GOOD)


def test_a_probability_across_folds_does_not_depend_on_its_own_grades() -> None:
    folds = np.arange(len(SCORES)) % 4
    changed = np.where(folds == 0, 1 - GOOD, GOOD)

    before, after = cross_fitted(SCORES, GOOD, folds), cross_fitted(SCORES, changed, folds)

    np.testing.assert_array_equal(before[folds == 0], after[folds == 0])
    assert (before[folds != 0] != after[folds != 0]).all()


def test_where_no_curve_can_be_fitted_the_probability_is_unknown() -> None:
    assert np.isnan(cross_fitted(np.array([1.0, 2.0]), np.array([1.0, 1.0]), np.array([0, 1]))).all()
