"""The released ranker: an additive prior whose weights and reasons stand in one readable file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from matcher.domain.calibration import Calibration
from matcher.domain.errors import InvalidField, ModelNotFound
from matcher.domain.matches import Criterion
from matcher.features.pairs import FEATURE_NAMES
from matcher.ports import Correction

RELEASED = Path(__file__).parent / "released" / "ranker"
PRIOR = "prior.yaml"
CALIBRATION = "calibration:\n"  # the last part of the file: written by a program, while people write the rest
FloatMatrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one feature adds to each side's log-odds: weight times (value - neutral)."""

    feature: str
    criterion: Criterion
    startup: float
    carrier: float
    neutral: float


class PriorRanker:
    """Weighted distances from a neutral value, summed by criterion."""

    def __init__(self, weights: dict[str, Any]) -> None:
        """Check that the file speaks of exactly the features there are.

        Raises:
            ModelNotFound: a feature is missing in the file or is not known to the program, or it belongs to no
                criterion.
        """
        features = weights["features"]
        if set(features) != set(FEATURE_NAMES):
            differing = sorted(set(features) ^ set(FEATURE_NAMES))
            raise ModelNotFound("The ranker's file does not fit the features: {names}.", names=", ".join(differing))
        lost = [name for name, row in features.items() if row["criterion"] not in list(Criterion)]
        if lost:  # its weight would be dropped in silence
            raise ModelNotFound("The ranker's file names no criterion for: {names}.", names=", ".join(sorted(lost)))
        self._id = f"{weights['id']}@{weights['version']}"
        rows = [features[name] for name in FEATURE_NAMES]
        self._neutral = np.array([row["neutral"] for row in rows])
        self._criteria = np.array([[row["criterion"] == one.value for one in Criterion] for row in rows], np.float64)
        self._startup = np.array([row["startup"] for row in rows])
        self._carrier = np.array([row["carrier"] for row in rows])
        self._calibration = _calibration(weights)
        self.weights = tuple(_weight(name, row) for name, row in zip(FEATURE_NAMES, rows, strict=True))

    @property
    def id(self) -> str:
        return self._id

    @property
    def past(self) -> None:
        """The prior weighs nothing of the past."""
        return

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Nothing was learned beside the weights."""
        return ()

    @property
    def criterion_of_feature(self) -> NDArray[np.int64]:
        """The place in `Criterion` of each feature, shape (n_features,)."""
        return self._criteria.argmax(axis=1)

    @property
    def calibration(self) -> Calibration:
        return self._calibration

    @property
    def bands(self) -> tuple[float, float]:
        return self._calibration.bands

    def parts(self, features: FloatMatrix) -> tuple[FloatMatrix, FloatMatrix]:
        """What the startup and the carrier gain by criterion, each of shape (n_pairs, n_criteria), in log-odds."""
        known = np.nan_to_num(features - self._neutral, nan=0.0)
        return (known * self._startup) @ self._criteria, (known * self._carrier) @ self._criteria


def _weight(feature: str, row: dict[str, Any]) -> Weight:
    startup, carrier, neutral = (float(row[name]) for name in ("startup", "carrier", "neutral"))
    return Weight(feature, Criterion(row["criterion"]), startup, carrier, neutral)


def _calibration(weights: dict[str, Any]) -> Calibration:
    try:
        row = weights["calibration"]
        return Calibration(slope=float(row["slope"]), intercept=float(row["intercept"]))
    except (KeyError, TypeError, ValueError, InvalidField) as error:
        raise ModelNotFound("The ranker's file needs a calibration with a slope above 0 and an intercept.") from error


def load_prior(folder: Path = RELEASED) -> PriorRanker:
    """The prior of the released ranker, or of one in another folder; raises ModelNotFound."""
    path = folder / PRIOR
    if not path.is_file():
        raise ModelNotFound("The ranker in {folder} has no file {name}.", folder=folder.name, name=PRIOR)
    return PriorRanker(yaml.safe_load(path.read_text(encoding="utf-8")))


def write_calibration(calibration: Calibration, fitted_on: str, folder: Path = RELEASED) -> None:
    """Put this calibration in the place of the old one; everything before it stays as it is, comments included."""
    path = folder / PRIOR
    before, _, _ = path.read_text(encoding="utf-8").partition(CALIBRATION)
    written = (
        f'  slope: {calibration.slope:.4f}\n  intercept: {calibration.intercept:.4f}\n  fitted_on: "{fitted_on}"\n'
    )
    path.write_text(f"{before}{CALIBRATION}{written}", encoding="utf-8")
