import numpy as np

from api.train_ranker import revision_of
from matcher.domain.calibration import Calibration

PARTS = np.array([[0.5, -1.0], [2.0, 0.25]])
CURVE = Calibration(slope=0.9, intercept=-3.0)


def test_a_new_calibration_is_a_new_id() -> None:
    again = revision_of(PARTS.copy(), Calibration(slope=0.9, intercept=-3.0))

    assert revision_of(PARTS, CURVE) == again
    assert revision_of(PARTS, Calibration(slope=0.8, intercept=-3.0)) != again
    assert revision_of(PARTS, Calibration(slope=0.9, intercept=-3.1)) != again


def test_other_scores_are_a_new_id() -> None:
    assert revision_of(PARTS + 0.001, CURVE) != revision_of(PARTS, CURVE)
