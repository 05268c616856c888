"""The page on ranking names everything that a score is made of."""

import re
from pathlib import Path

import pytest
import yaml

from matcher.domain.calibration import HIGH_FROM, MEDIUM_FROM
from matcher.domain.matches import Band, Criterion
from matcher.features.pairs import FEATURE_NAMES
from models.rankers import PRIOR, RELEASED

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-ranking-works.md").read_text(encoding="utf-8")
WEIGHTS = yaml.safe_load((RELEASED / PRIOR).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_a_feature_stands_with_its_criterion_and_the_weights_in_use(name) -> None:
    row = WEIGHTS["features"][name]
    (line,) = [line for line in PAGE.splitlines() if f"| `{name}` |" in line]

    assert line.startswith(f"| {row['criterion']} |")
    assert line.endswith(f"| {row['startup']:g} | {row['carrier']:g} | {row['neutral']:g} |")


@pytest.mark.parametrize("criterion", Criterion)
def test_every_criterion_is_named(criterion) -> None:
    assert f"| {criterion} |" in PAGE or f"*{criterion}*" in PAGE


@pytest.mark.parametrize("band", Band)
def test_every_band_is_named(band) -> None:
    assert f"`{band}`" in PAGE


@pytest.mark.parametrize(("band", "limit"), [(Band.HIGH, HIGH_FROM), (Band.MEDIUM, MEDIUM_FROM)])
def test_the_limits_of_the_bands_are_those_in_use(band, limit) -> None:
    assert re.search(rf"`{band}` (begins )?at {limit:g}\b", PAGE)
