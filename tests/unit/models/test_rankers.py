"""The released ranker's file: complete, with a reason for every weight."""

import numpy as np
import pytest
import yaml

from matcher.domain.calibration import Calibration
from matcher.domain.errors import ModelNotFound
from matcher.domain.matches import Criterion
from matcher.features.pairs import FEATURE_NAMES
from models.rankers import PRIOR, RELEASED, PriorRanker, load_prior, write_calibration

COVERAGES = ("service_coverage", "capability_coverage", "site_coverage")
AGAINST = {"off_field", "space_not_ready"}  # the more, the worse


@pytest.fixture
def weights() -> dict:
    return yaml.safe_load((RELEASED / PRIOR).read_text(encoding="utf-8"))


def test_every_feature_has_a_reason_a_criterion_and_a_neutral_value(weights) -> None:
    assert set(weights["features"]) == set(FEATURE_NAMES)
    for name, row in weights["features"].items():
        assert set(row) == {"criterion", "startup", "carrier", "neutral", "evidence"}, name
        assert row["criterion"] in list(Criterion), name
        assert len(row["evidence"]) > 30, name
        assert 0 <= row["neutral"] <= 1, name


def test_a_better_value_never_speaks_against_a_pair(weights) -> None:
    for name, row in weights["features"].items():
        sign = -1 if name in AGAINST else 1
        assert sign * row["startup"] >= 0, name
        assert sign * row["carrier"] >= 0, name


@pytest.mark.parametrize("name", COVERAGES)
def test_what_a_record_names_can_only_add_since_the_rest_is_unknown(weights, name) -> None:
    assert weights["features"][name]["neutral"] == 0


def test_field_and_stage_weigh_most_and_recognition_is_a_tie_break(weights) -> None:
    weight = {name: abs(row["startup"]) + abs(row["carrier"]) for name, row in weights["features"].items()}

    assert {"industry_match", "stage_fit"} == set(sorted(weight, key=weight.get)[-2:])
    assert weight["level"] == min(value for value in weight.values() if value)


def test_a_part_is_weight_times_distance_from_neutral(ranker, weights) -> None:
    features = np.full((1, len(FEATURE_NAMES)), np.nan)
    features[0, FEATURE_NAMES.index("stage_fit")] = 0.75
    row = weights["features"]["stage_fit"]
    stage = list(Criterion).index(Criterion.STAGE)

    startup, carrier = ranker.parts(features)

    assert startup[0, stage] == pytest.approx(row["startup"] * (0.75 - row["neutral"]))
    assert carrier[0, stage] == pytest.approx(row["carrier"] * (0.75 - row["neutral"]))
    assert np.count_nonzero(startup) == 1


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ModelNotFound, match=r"prior\.yaml"):
        load_prior(tmp_path)


def test_a_missing_or_strange_feature_is_named(weights) -> None:
    weights["features"]["charm"] = weights["features"].pop("level")

    with pytest.raises(ModelNotFound, match="charm, level"):
        PriorRanker(weights)


def test_a_feature_whose_criterion_is_mistyped_is_not_dropped_in_silence(weights) -> None:
    weights["features"]["level"]["criterion"] = "standign"

    with pytest.raises(ModelNotFound, match="level"):
        PriorRanker(weights)


def test_weights_are_read_from_the_folder_asked_for(tmp_path, weights) -> None:
    (tmp_path / PRIOR).write_text(yaml.safe_dump(weights | {"version": 7}), encoding="utf-8")

    assert load_prior(tmp_path).id.endswith("@7")


def test_the_calibration_says_what_it_was_fitted_on(weights) -> None:
    assert set(weights["calibration"]) == {"slope", "intercept", "fitted_on"}
    assert "data/qrels" in weights["calibration"]["fitted_on"]


@pytest.mark.parametrize("broken", [None, {}, {"slope": 1}, {"slope": -1, "intercept": 0}, {"slope": "steep"}])
def test_a_calibration_that_cannot_be_used_is_said(weights, broken) -> None:
    with pytest.raises(ModelNotFound, match="calibration"):
        PriorRanker(weights | {"calibration": broken})


def test_a_new_calibration_leaves_the_rest_of_the_file_as_it_is(tmp_path) -> None:
    before = (RELEASED / PRIOR).read_text(encoding="utf-8")
    (tmp_path / PRIOR).write_text(before, encoding="utf-8")

    for slope in (0.5, 1.25):
        write_calibration(Calibration(slope=slope, intercept=-2.0), "Two pairs.", tmp_path)

    assert load_prior(tmp_path).calibration == Calibration(slope=1.25, intercept=-2.0)
    after = (tmp_path / PRIOR).read_text(encoding="utf-8")
    assert after.partition("calibration:\n")[0] == before.partition("calibration:\n")[0]
    assert after.count("fitted_on") == 1
